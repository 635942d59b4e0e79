"""Chooses what to hide beside the small counts, so that what is shown adds nothing to what is known of them.

The awkward fact: marks alone already say something. Of four parts that are each 1 to 4 in a total that is 1 to 4 every
one is 1, though no number is shown. So the yardstick is the table with every number but the zeros hidden, and where
even that gives a count away the parts of a small total are not given at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from math import log2

import numpy as np

from local_figures.control.attack import (
    STRIDES,
    End,
    Limits,
    Puzzle,
    Range,
    Vector,
    ends,
    farthest,
    nearest,
    ranges,
    reached,
    reaches,
)
from local_figures.control.model import LARGEST, GivenAwayError, Hidden, Key, Mask, Table

FEWEST = 2  # whole numbers that a hidden count may be, at the least
TOTALS_COST = 3.0  # a total that people quote is hidden last
SEARCHED_FAR = 800  # counts of a piece; in a larger one less is shown again, and it is done in time
MINUTE = 60.0  # of this thread's processor: what is not proved by then is hidden whole
Goals = Mapping[Key, Range]
Progress = Callable[[float], None]  # told how much is done, from 0 to 1


def unseen(_: float) -> None:
    """Tell nobody how much is done."""


def protect(table: Table, *, seconds: float = MINUTE, progress: Progress = unseen) -> dict[Key, Hidden]:
    """Return what to hide of a table, each with its reason; raise `GivenAwayError` when nothing of it could be shown.

    Promised of each count of 1 to 4: a reader of everything shown, even one who is told each reason, cannot narrow it
    beyond what the reasons themselves say, and never to one number. A piece of which this is not proved in time, or
    cannot be, is hidden whole; where what was told before gives it away even so, nothing of the table is shown.
    """
    mask: dict[Key, Hidden] = {}
    pieces = sorted(table.apart(), key=lambda piece: len(piece.counts))
    until, share, withheld = time.thread_time() + seconds, 0.0, 0
    for piece in pieces:
        part = len(piece.counts) / sum(len(one.counts) for one in pieces)
        try:
            mask |= _piece(piece, until, _within(progress, share, part))
        except GivenAwayError:
            mask |= _whole(piece, seconds)
            withheld += 1
        share += part
        progress(share)
    if withheld and withheld == len(pieces):
        raise GivenAwayError("no piece of the table could be shown safely")
    return mask


def _within(progress: Progress, before: float, part: float) -> Progress:
    """Return who is told how much of a part is done, and tells how much that is of the whole."""
    return lambda share: progress(before + part * share)


def _piece(piece: Table, until: float, progress: Progress) -> dict[Key, Hidden]:
    """Return what to hide of a piece, proved; what was hidden of editions that nothing new joins was proved then."""
    settled = {
        **dict.fromkeys(piece.steps, Hidden.STEP),
        **dict.fromkeys(piece.kept_hidden, Hidden.SECOND),
        **piece.past,
    }
    if not piece.small - settled.keys() and (piece.counts.keys() <= piece.told_before | settled.keys() or not settled):
        return settled
    puzzle = Puzzle(table=piece, until=until)
    least, goals = _least(puzzle)
    mask, proofs = _hidden(puzzle, least, goals, _within(progress, 0.0, 0.5))
    mask = _pruned(puzzle, mask, proofs, _within(progress, 0.5, 0.5))
    check(piece, mask, until=until)
    return mask


def _whole(piece: Table, seconds: float) -> dict[Key, Hidden]:
    """Hide everything of a piece that nobody has yet; raise `GivenAwayError` where what was told before tells more.

    A total that is again what it was two editions ago has been told; beside a part that is hidden now it tells another.
    """
    fresh = (key for key in piece.counts if key not in piece.told_before and key not in piece.steps)
    mask = {**dict.fromkeys(fresh, Hidden.WHOLE), **piece.past}
    if piece.told_before or piece.past or piece.steps:
        puzzle = Puzzle(table=piece, until=time.thread_time() + seconds)
        if _narrow(_all_hidden(puzzle, mask)):
            raise GivenAwayError("earlier editions tell a count of 1 to 4, whatever is hidden of this one")
    return mask


def check(table: Table, mask: Mask, *, until: float = float("inf")) -> None:
    """Attack a mask from nothing; raise `GivenAwayError` unless it hides every small count and keeps the promise."""
    if any(key not in mask for key in (*table.small, *table.steps, *table.kept_hidden)):
        raise GivenAwayError("a count of 1 to 4, or one near what an earlier one may be, would be shown")
    puzzle = Puzzle(table=table, until=until)
    goals = _all_hidden(puzzle, {key: why for key, why in mask.items() if key not in table.free})
    if _narrow(goals):
        raise GivenAwayError("the marks themselves tell a count of 1 to 4")
    both_ends = ends({puzzle.place[key]: goal for key, goal in goals.items()})
    if missing := sum(not reaches(puzzle, step, end) for end, step in farthest(puzzle, mask, both_ends).items()):
        raise GivenAwayError(f"{missing} end(s) of counts of 1 to 4 are closed by what is shown")


def _least(puzzle: Puzzle) -> tuple[dict[Key, Hidden], Goals]:
    """Return what is hidden at the least (small counts, parts that marks would tell), and the goals."""
    table, past = puzzle.table, puzzle.table.past
    mask: dict[Key, Hidden] = {
        **dict.fromkeys(table.small, Hidden.SMALL),
        **dict.fromkeys(table.steps, Hidden.STEP),
        **dict.fromkeys(table.kept_hidden, Hidden.SECOND),
        **past,
    }
    while narrow := _narrow(goals := _all_hidden(puzzle, mask)):
        lines = [s for s in table.sums if s.total in table.small and narrow & {s.total, *s.parts}]
        parts = {part for line in lines for part in line.parts if part not in table.told_before} - set(past)
        if all(mask.get(part) is Hidden.DETAIL for part in parts):
            raise GivenAwayError("earlier editions, or the marks themselves, tell a count of 1 to 4")
        mask |= dict.fromkeys(parts, Hidden.DETAIL)
    return mask, goals


def _all_hidden(puzzle: Puzzle, mask: Mask) -> dict[Key, Range]:
    """Return the ranges when every number is hidden but zeros, and what was told before."""
    counts, steps = puzzle.table.counts, puzzle.table.steps
    small = (key for key, why in mask.items() if why is not Hidden.SECOND and 0 < counts[key] <= LARGEST)
    targets = list(dict.fromkeys((*small, *steps)))
    return ranges(puzzle, {**dict.fromkeys(puzzle.table.free, Hidden.SECOND), **mask}, targets)


def _narrow(goals: Goals) -> set[Key]:
    return {key for key, (low, high) in goals.items() if high - low + 1 < FEWEST}


def _hidden(
    puzzle: Puzzle, least: Mask, goals: Goals, progress: Progress
) -> tuple[dict[Key, Hidden], dict[End, Vector]]:
    """Return a mask under which every goal is reached, and the table that reaches each."""
    mask = dict(least)
    both_ends = ends({puzzle.place[key]: goal for key, goal in goals.items()})
    proofs = _proofs(puzzle, puzzle.limits(mask), both_ends)
    for at, end in enumerate(sorted(both_ends, key=lambda one: -abs(one.value - puzzle.truth[one.number]))):
        progress(at / len(both_ends))
        if end in proofs:
            continue
        step = _cheapest(puzzle, mask, end)
        mask |= dict.fromkeys(
            (puzzle.keys[n] for n in np.flatnonzero(step) if puzzle.keys[n] not in mask), Hidden.SECOND
        )
        if not puzzle.fits(puzzle.limits(mask), step):
            raise GivenAwayError("the solver's table does not fit what is shown")
        proofs |= dict.fromkeys(reached(puzzle, step, (one for one in both_ends if one not in proofs)), step)
    return mask, proofs


def _proofs(puzzle: Puzzle, limits: Limits, both_ends: list[End]) -> dict[End, Vector]:
    """Return tables that reach ends already, found near their counts; ends for which there is none are left out."""
    proofs: dict[End, Vector] = {}
    for end in both_ends:
        if end not in proofs:
            step = nearest(puzzle, limits, end, strides=STRIDES)
            proofs |= dict.fromkeys(reached(puzzle, step, (one for one in both_ends if one not in proofs)), step)
    return proofs


def _cheapest(puzzle: Puzzle, mask: Mask, end: End) -> Vector:
    """Return a step to an end that moves few shown counts; where none is near, one of those with all hidden."""
    free = puzzle.table.free - set(mask)
    costs = {puzzle.place[key]: _cost(puzzle.table, key) for key in free}
    limits = puzzle.limits(mask)
    moves = limits[0] < limits[1]
    moves[list(costs)] = True
    for strides in (*STRIDES, None):
        near = None if strides is None else puzzle.around(end.number, strides, moves)
        step = puzzle.cheapest(limits, end, costs, near)
        if step is not None:
            return step
    return puzzle.step(puzzle.limits({**dict.fromkeys(free, Hidden.SECOND), **mask}), {end.number: end.sign})


def _cost(table: Table, key: Key) -> float:
    """Return how much is lost by hiding a count: larger ones and totals are asked for most."""
    return (1 + log2(table.counts[key])) * (TOTALS_COST if key in table.totals else 1.0)


def _pruned(
    puzzle: Puzzle, mask: dict[Key, Hidden], proofs: dict[End, Vector], progress: Progress
) -> dict[Key, Hidden]:
    """Show again what need not be hidden, the dearest first: every end that leaned on it must be reached without."""
    seconds = [key for key in mask if key in puzzle.table.free and mask[key] is Hidden.SECOND]
    low, high = puzzle.limits(mask)
    enough = time.thread_time() + (puzzle.until - time.thread_time()) / 2  # the rest is for the last attack
    for at, key in enumerate(sorted(seconds, key=lambda one: (-_cost(puzzle.table, one), one))):
        progress(at / len(seconds))
        if time.thread_time() > enough:
            break
        number = puzzle.place[key]
        before = low[number], high[number]
        low[number] = high[number] = 0.0
        again = _again(puzzle, (low, high), proofs, [end for end, step in proofs.items() if step[number]], number)
        if again is None:
            low[number], high[number] = before
        else:
            mask, proofs = {one: why for one, why in mask.items() if one != key}, {**proofs, **again}
    return mask


def _again(
    puzzle: Puzzle, limits: Limits, proofs: Mapping[End, Vector], lost: list[End], number: int
) -> dict[End, Vector] | None:
    """Return tables that reach ends without moving one count more, or None where an end is not reached near it."""
    steps = {id(step): step for step in proofs.values() if not step[number]}.values()
    again = {end: step for step in steps for end in lost if reaches(puzzle, step, end)}
    for end in lost:
        if end not in again:
            step = nearest(puzzle, limits, end, strides=STRIDES if len(puzzle.keys) <= SEARCHED_FAR else STRIDES[:1])
            if not reaches(puzzle, step, end):
                return None
            again |= dict.fromkeys(reached(puzzle, step, (one for one in lost if one not in again)), step)
    return again
