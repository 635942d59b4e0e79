"""What a reader can work out of a hidden count, exactly: the least and the most whole number it can be.

The awkward fact: a linear programme may call a range wide that whole numbers do not fill (over three totals at once,
half a crime here and half there). So each end is a whole table that fits everything shown, or it is not believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from local_figures.control.model import FREE, LARGEST, SMALLEST, GivenAwayError, Key, Mask, Table, reach

SECONDS = 20.0  # for one question; past it nothing is proved, and what is not proved is not shown
FAR = 4.0
NEAR_ENOUGH = 0.3  # of the least cost; the first good answer is taken, and is the same every time
Vector = NDArray[np.float64]
Range = tuple[int, int]
FULL: Range = (SMALLEST, LARGEST)


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
    def roof(self) -> float:
        """Return a count that none is thought to pass: fewer tables fit than truly do, so no hope is false."""
        return 4.0 * max(self.table.counts.values(), default=0) + 1_000

    def limits(self, mask: Mask) -> tuple[Vector, Vector]:
        """Return how far down and up each count may step: a shown one not at all."""
        low, high = np.zeros(len(self.keys)), np.zeros(len(self.keys))
        for key, reason in mask.items():
            number = self.place[key]
            least, most = reach(reason)
            low[number], high[number] = least - self.truth[number], min(most, self.roof) - self.truth[number]
        return low, high

    def step(self, mask: Mask, aims: Mapping[int, int]) -> Vector:
        """Return the step to another table that fits, with the counts of `aims` as far along their signs as can be."""
        low, high = self.limits(mask)
        open_now = np.flatnonzero(low < high)
        aim = np.zeros(len(self.keys))
        aim[list(aims)] = list(aims.values())
        found = np.zeros(len(self.keys))
        if len(open_now):
            ends = Bounds(low[open_now], high[open_now])
            found[open_now] = _whole(-aim[open_now], self._rules(open_now), ends)
        return found

    def cheapest(self, mask: Mask, end: End, cost: Mapping[int, float]) -> Vector | None:
        """Return the step that takes one count to its end and moves the cheapest shown counts of `cost`."""
        low, high = self.limits(mask)
        extra = np.array(sorted(cost), dtype=np.int64)
        low[extra], high[extra] = np.maximum(-FAR, FREE - self.truth[extra]), FAR
        low[end.number] = high[end.number] = end.value - self.truth[end.number]
        open_now = np.flatnonzero((low < high) | (low != 0))
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
            options={"time_limit": SECONDS, "mip_rel_gap": NEAR_ENOUGH, "node_limit": 1},
        )
        if answer.x is None:
            return None
        found = np.zeros(len(self.keys))
        found[open_now] = np.round(answer.x[: len(open_now)])
        return found

    def _rules(self, columns: NDArray[np.int64], *, switches: int = 0) -> list[LinearConstraint]:
        """Return the relations between the counts of some columns, with empty columns beside them."""
        matrix, least, most = self.relations
        part = matrix[:, columns]
        rows = np.flatnonzero(np.diff(part.indptr))
        if not len(rows):
            return []
        wide = hstack([part[rows], csr_array((len(rows), switches))], format="csr")
        return [LinearConstraint(wide, least[rows], most[rows])]

    def fits(self, mask: Mask, step: Vector) -> bool:
        """Return whether a step leads to a table that a reader cannot tell from the true one."""
        low, high = self.limits(mask)
        matrix, least, most = self.relations
        kept = matrix @ step
        within = (step >= low).all() and (step <= high).all() and (kept >= least).all() and (kept <= most).all()
        return bool(within and (step == np.round(step)).all())


def _whole(costs: Vector, rules: list[LinearConstraint], ends: Bounds) -> Vector:
    """Return the whole numbers of least cost: most come whole unasked, and then nothing lies beyond them."""
    plain = milp(costs, constraints=rules, bounds=ends, options={"time_limit": SECONDS})
    if plain.status == 0 and np.abs(plain.x - np.round(plain.x)).max() < 1e-7:
        return np.round(plain.x)
    # presolve of HiGHS 1.12 gave an end that a table in hand went beyond: it stays off
    answer = milp(
        costs,
        integrality=np.ones(len(costs), dtype=np.int64),
        constraints=rules,
        bounds=ends,
        options={"time_limit": SECONDS, "mip_rel_gap": 0.0, "presolve": False},
    )
    if answer.status != 0 or answer.x is None:
        raise NotProvedError("no table that fits was found in time")
    return np.round(answer.x)


def reaches(puzzle: Puzzle, step: Vector, end: End) -> bool:
    """Return whether a table takes a count to its end."""
    return bool(end.sign * (puzzle.truth[end.number] + step[end.number]) >= end.sign * end.value)


def farthest(puzzle: Puzzle, mask: Mask, asked: Iterable[End]) -> dict[End, Vector]:
    """Return for each end a table that reaches it, or else the one that comes nearest; one often serves many ends."""
    wanted = list(asked)
    here = np.zeros(len(puzzle.keys))
    proofs: dict[End, Vector] = {end: here for end in wanted if reaches(puzzle, here, end)}
    for sign in (1, -1):
        left = [end for end in wanted if end.sign == sign and end not in proofs]
        for together in (left, *([end] for end in left)):
            still = {end.number: sign for end in together if end not in proofs}
            if still:
                step = puzzle.step(mask, still)
                if not puzzle.fits(mask, step):
                    raise NotProvedError("the solver's table does not fit what is shown")
                proofs |= {end: step for end in wanted if end not in proofs and reaches(puzzle, step, end)}
                proofs |= {end: step for end in together if end not in proofs and len(together) == 1}
    return proofs


def ranges(puzzle: Puzzle, mask: Mask, keys: Iterable[Key]) -> dict[Key, Range]:
    """Return the least and most of 1 to 4 that each of some hidden counts can be, for a reader of all that is shown."""
    asked = ends({puzzle.place[key]: FULL for key in keys})
    proofs = farthest(puzzle, mask, asked)
    found = [int(puzzle.truth[end.number] + proofs[end][end.number]) for end in asked]
    pairs = zip(asked[::2], found[::2], found[1::2], strict=True)
    return {puzzle.keys[end.number]: (max(low, SMALLEST), min(high, LARGEST)) for end, low, high in pairs}


def ends(goals: Mapping[int, Range]) -> list[End]:
    """Return the two ends of each goal."""
    return [
        End(number=n, sign=sign, value=value)
        for n, goal in goals.items()
        for sign, value in zip((-1, 1), goal, strict=True)
    ]
