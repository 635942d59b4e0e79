"""What a reader can work out of a hidden count, exactly: the least and the most whole number it can be.

The awkward fact: a linear programme may call a range wide that whole numbers do not fill (over three totals at once,
half a crime here and half there). So each end is a whole table that fits everything shown, or it is not believed. Such
a table mostly differs near its count alone, so that is looked at first: what reaches an end there reaches it anywhere.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, overload

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from local_figures.control.model import FREE, LARGEST, SMALLEST, GivenAwayError, Key, Mask, Table, reach

SECONDS = 20.0  # for one question; past it nothing is proved, and what is not proved is not shown
FAR = 4.0
NEAR_ENOUGH = 0.3  # of the least cost; the first good answer is taken, and is the same every time
STRIDES = (2, 3)  # relations from a count to those that are let move for it at first, and then; at last all are
Vector = NDArray[np.float64]
Numbers = NDArray[np.int64]
Limits = tuple[Vector, Vector]  # how far down and up each count may step
Range = tuple[int, int]
FULL: Range = (SMALLEST, LARGEST)
FULL_STEP: Range = (0, FREE)  # that nothing came, or five and more, stays as likely


class NotProvedError(GivenAwayError):
    """The solver gave no answer in time, so nothing may be shown on its strength."""


@dataclass(frozen=True, kw_only=True)
class End:
    """One question: whether this count can be so small (`sign` -1) or so large (1)."""

    number: int
    sign: int
    value: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Puzzle:
    """A table as a reader faces it. Other tables that fit are kept as steps away from the true one."""

    table: Table
    until: float = field(
        default=float("inf")
    )  # the moment of this thread's processor time past which nothing is proved

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Return the counts in a fixed order."""
        return tuple(self.table.counts)

    @cached_property
    def place(self) -> dict[Key, int]:
        """Return each count's number in that order."""
        return {key: number for number, key in enumerate(self.keys)}

    @cached_property
    def truth(self) -> Vector:
        """Return the counts as they are."""
        return np.array(list(self.table.counts.values()), dtype=float)

    @cached_property
    def relations(self) -> tuple[csr_array, Vector, Vector]:
        """Return what a step must keep: factors of each relation, and the least and most it may come to."""
        rows, columns, factors, least, most = [], [], [], [], []
        for row, (left, right, equal) in enumerate(self.table.relations()):
            for keys, factor in ((left, 1.0), (right, -1.0)):
                rows += [row] * len(keys)
                columns += [self.place[key] for key in keys]
                factors += [factor] * len(keys)
            slack = float(self.table.total(right) - self.table.total(left))
            least.append(0.0 if equal else -np.inf)
            most.append(slack)
        at = (np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64))
        matrix = csr_array((np.array(factors), at), shape=(len(least), len(self.keys)))
        return matrix, np.array(least), np.array(most)

    @cached_property
    def beside(self) -> csr_array:
        """Return which counts stand in a relation together."""
        matrix = abs(self.relations[0])
        return csr_array(matrix.T @ matrix)

    @cached_property
    def roof(self) -> float:
        """Return a count that none is thought to pass: fewer tables fit than truly do, so no hope is false."""
        return 4.0 * max(self.table.counts.values(), default=0) + 1_000

    def limits(self, mask: Mask) -> Limits:
        """Return how far down and up each count may step: a shown one not at all."""
        low, high = np.zeros(len(self.keys)), np.zeros(len(self.keys))
        for key, reason in mask.items():
            number = self.place[key]
            least, most = reach(reason)
            low[number] = max(least, -self.roof) - self.truth[number]
            high[number] = min(most, self.roof) - self.truth[number]
        return low, high

    def around(self, number: int, strides: int, moves: NDArray[np.bool_]) -> Numbers:
        """Return the counts that may move and are no further from one than so many relations."""
        near = np.zeros(len(self.keys), dtype=bool)
        near[number] = True
        edge = np.array([number])
        for _ in range(strides):
            ways = (self.beside.indices[self.beside.indptr[n] : self.beside.indptr[n + 1]] for n in edge)
            reached = np.unique(np.concatenate(list(ways))) if len(edge) else edge
            edge = reached[moves[reached] & ~near[reached]]
            near[edge] = True
        return np.flatnonzero(near)

    @overload
    def step(self, limits: Limits, aims: Mapping[int, int], near: Numbers | None = None) -> Vector: ...

    @overload
    def step(self, limits: Limits, aims: Mapping[int, int], *, at_once: Literal[True]) -> Vector | None: ...

    def step(
        self, limits: Limits, aims: Mapping[int, int], near: Numbers | None = None, *, at_once: bool = False
    ) -> Vector | None:
        """Return the step to another table that fits, with the counts of `aims` as far along their signs as can be.

        Only the counts of `near` move, where it is given. `at_once` takes a whole answer only if it comes unasked.
        """
        low, high = limits
        open_now = np.flatnonzero(low < high) if near is None else near[low[near] < high[near]]
        aim = np.zeros(len(self.keys))
        aim[list(aims)] = list(aims.values())
        change = np.zeros(len(self.keys))
        if len(open_now):
            ends = Bounds(low[open_now], high[open_now])
            answer = self._whole(-aim[open_now], self._rules(open_now), ends, at_once=at_once)
            if answer is None:
                return None
            change[open_now] = answer
        return change

    def cheapest(self, limits: Limits, end: End, cost: Mapping[int, float], near: Numbers | None) -> Vector | None:
        """Return the step that takes one count to its end and moves the cheapest shown counts of `cost`."""
        low, high = limits[0].copy(), limits[1].copy()
        extra = np.array(sorted(cost if near is None else cost.keys() & set(near.tolist())), dtype=np.int64)
        low[extra], high[extra] = np.maximum(-FAR, FREE - self.truth[extra]), FAR
        low[end.number] = high[end.number] = end.value - self.truth[end.number]
        open_now = np.flatnonzero((low < high) | (low != 0))
        open_now = open_now if near is None else np.intersect1d(open_now, near)
        rules = self._rules(open_now, switches=len(extra))
        if len(extra):  # a count may move only where its switch is on, and a switch costs
            picks = eye_array(len(open_now), format="csr")[np.searchsorted(open_now, extra)]
            moved = -FAR * eye_array(len(extra))
            links = csr_array(vstack([hstack([picks, moved]), hstack([-picks, moved])]))
            rules.append(LinearConstraint(links, -np.inf, 0))
        off, on = np.zeros(len(extra)), np.ones(len(extra))
        ends = Bounds(np.append(low[open_now], off), np.append(high[open_now], on))
        answer = milp(
            np.concatenate([np.zeros(len(open_now)), [cost[number] for number in extra]]),
            integrality=np.ones(len(open_now) + len(extra), dtype=np.int64),
            constraints=rules,
            bounds=ends,
            options={"time_limit": self._seconds(), "mip_rel_gap": NEAR_ENOUGH, "node_limit": 1},
        )
        if answer.x is None:
            return None
        change = np.zeros(len(self.keys))
        change[open_now] = np.round(answer.x[: len(open_now)])
        return change

    def fits(self, limits: Limits, step: Vector) -> bool:
        """Return whether a step leads to a table that a reader cannot tell from the true one."""
        low, high = limits
        matrix, least, most = self.relations
        sums = matrix @ step
        within = (step >= low).all() and (step <= high).all() and (sums >= least).all() and (sums <= most).all()
        return bool(within and (step == np.round(step)).all())

    def _seconds(self) -> float:
        """Return how long one question may take; none is asked when all the time is spent."""
        seconds = self.until - time.thread_time()
        if seconds <= 0:
            raise NotProvedError("no table that fits was found in time")
        return min(SECONDS, seconds)

    def _rules(self, columns: Numbers, *, switches: int = 0) -> list[LinearConstraint]:
        """Return the relations between the counts of some columns, with empty columns beside them."""
        matrix, least, most = self.relations
        part = matrix[:, columns]
        rows = np.flatnonzero(np.diff(part.indptr))
        if not len(rows):
            return []
        wide = hstack([part[rows], csr_array((len(rows), switches))], format="csr")
        return [LinearConstraint(wide, least[rows], most[rows])]

    def _whole(self, costs: Vector, rules: list[LinearConstraint], ends: Bounds, *, at_once: bool) -> Vector | None:
        """Return the whole numbers of least cost: most come whole unasked, and then nothing lies beyond them."""
        plain = milp(costs, constraints=rules, bounds=ends, options={"time_limit": self._seconds()})
        if plain.status == 0 and np.abs(plain.x - np.round(plain.x)).max() < 1e-7:
            return np.round(plain.x)
        if at_once:
            return None
        # presolve of HiGHS 1.12 gave an end that a table in hand went beyond: it stays off
        answer = milp(
            costs,
            integrality=np.ones(len(costs), dtype=np.int64),
            constraints=rules,
            bounds=ends,
            options={"time_limit": self._seconds(), "mip_rel_gap": 0.0, "presolve": False},
        )
        if answer.status != 0 or answer.x is None:
            raise NotProvedError("no table that fits was found in time")
        return np.round(answer.x)


def reaches(puzzle: Puzzle, step: Vector, end: End) -> bool:
    """Return whether a table takes a count to its end."""
    return bool(end.sign * (puzzle.truth[end.number] + step[end.number]) >= end.sign * end.value)


def reached(puzzle: Puzzle, step: Vector, ends_asked: Iterable[End]) -> list[End]:
    """Return the ends to which one table takes their counts."""
    return [end for end in ends_asked if reaches(puzzle, step, end)]


def nearest(puzzle: Puzzle, limits: Limits, end: End, *, strides: Sequence[int | None] = (*STRIDES, None)) -> Vector:
    """Return a table that takes a count to its end, or the one that comes nearest to it; None is without a border."""
    moves = limits[0] < limits[1]
    step = np.zeros(len(puzzle.keys))
    for far in strides:
        near = None if far is None else puzzle.around(end.number, far, moves)
        step = puzzle.step(limits, {end.number: end.sign}, near)
        if reaches(puzzle, step, end):
            break
    return step


def farthest(puzzle: Puzzle, mask: Mask, ends_asked: Iterable[End]) -> dict[End, Vector]:
    """Return for each end a table that reaches it, or else the one that comes nearest; one often serves many ends."""
    limits = puzzle.limits(mask)
    ends_left = dict.fromkeys(ends_asked)
    proofs: dict[End, Vector] = {}

    def take(step: Vector, also: End | None = None) -> None:
        if not puzzle.fits(limits, step):
            raise NotProvedError("the solver's table does not fit what is shown")
        for end in {**dict.fromkeys(reached(puzzle, step, ends_left)), **({also: None} if also else {})}:
            proofs[end] = step
            del ends_left[end]

    take(np.zeros(len(puzzle.keys)))
    for sign in (1, -1):
        together = {end.number: sign for end in ends_left if end.sign == sign}
        step = puzzle.step(limits, together, at_once=True) if together else None
        if step is not None:
            take(step)
    while ends_left:
        end = next(iter(ends_left))
        take(nearest(puzzle, limits, end), end)
    return proofs


def ranges(puzzle: Puzzle, mask: Mask, keys: Iterable[Key]) -> dict[Key, Range]:
    """Return the least and most of 1 to 4 that each of some hidden counts can be, for a reader of all that is shown.

    A step between editions is followed from none to five: that many came, or none, is what a reader may not rule out.
    """
    goals = {puzzle.place[key]: FULL_STEP if key in puzzle.table.steps else FULL for key in keys}
    both_ends = ends(goals)
    proofs = farthest(puzzle, mask, both_ends)
    bounds = [int(puzzle.truth[end.number] + proofs[end][end.number]) for end in both_ends]
    pairs = zip(both_ends[::2], bounds[::2], bounds[1::2], strict=True)
    return {
        puzzle.keys[end.number]: (max(low, goals[end.number][0]), min(high, goals[end.number][1]))
        for end, low, high in pairs
    }


def ends(goals: Mapping[int, Range]) -> list[End]:
    """Return the two ends of each goal."""
    return [
        End(number=n, sign=sign, value=value)
        for n, goal in goals.items()
        for sign, value in zip((-1, 1), goal, strict=True)
    ]
