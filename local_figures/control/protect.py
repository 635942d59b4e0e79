"""Chooses what to hide beside the small counts, so that what is shown adds nothing to what is known of them.

The awkward fact: marks alone already say something. Of four parts that are each 1 to 4 in a total that is 1 to 4 every
one is 1, though no number is shown. So the yardstick is the table with every number but the zeros hidden, and where
even that gives a count away the parts of a small total are not given at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log2

import numpy as np

from local_figures.control.attack import End, Puzzle, Range, Vector, ends, farthest, ranges, reaches
from local_figures.control.model import LARGEST, GivenAwayError, Hidden, Key, Mask, Table

FEWEST = 2  # whole numbers that a hidden count may be, at the least
TOTALS_COST = 3.0  # a total that people quote is hidden last
Goals = Mapping[Key, Range]


def protect(table: Table) -> dict[Key, Hidden]:
    """Return what to hide of a table, each with its reason; raise `GivenAwayError` when nothing would be enough.

    Promised of each count of 1 to 4: a reader of everything shown, even one who is told each reason, cannot narrow it
    beyond what the reasons themselves say, and never to one number.
    """
    mask: dict[Key, Hidden] = {}
    for piece in table.apart():
        if piece.small or piece.past:
            puzzle = Puzzle(table=piece)
            least, goals = _least(puzzle)
            found = _pruned(puzzle, *_hidden(puzzle, least, goals))
            check(piece, found)
            mask |= found
    return mask


def check(table: Table, mask: Mask) -> None:
    """Attack a mask from nothing; raise `GivenAwayError` unless it hides every small count and keeps the promise."""
    if any(key not in mask for key in table.small):
        raise GivenAwayError("a count of 1 to 4 would be shown")
    puzzle = Puzzle(table=table)
    goals = _all_hidden(puzzle, {key: why for key, why in mask.items() if key not in table.free})
    if _narrow(goals):
        raise GivenAwayError("the marks themselves tell a count of 1 to 4")
    asked = ends({puzzle.place[key]: goal for key, goal in goals.items()})
    if missing := sum(not reaches(puzzle, step, end) for end, step in farthest(puzzle, mask, asked).items()):
        raise GivenAwayError(f"{missing} end(s) of counts of 1 to 4 are closed by what is shown")


def _least(puzzle: Puzzle) -> tuple[dict[Key, Hidden], Goals]:
    """Return what is hidden at the least (small counts, parts that marks would tell), and the goals."""
    table, past = puzzle.table, puzzle.table.past or {}
    mask: dict[Key, Hidden] = {**dict.fromkeys(table.small, Hidden.SMALL), **past}
    while narrow := _narrow(goals := _all_hidden(puzzle, mask)):
        lines = [s for s in table.sums if s.total in table.small and narrow & {s.total, *s.parts}]
        parts = {part for line in lines for part in line.parts if part not in table.told} - set(past)
        if all(mask.get(part) is Hidden.DETAIL for part in parts):
            raise GivenAwayError("earlier editions, or the marks themselves, tell a count of 1 to 4")
        mask |= dict.fromkeys(parts, Hidden.DETAIL)
    return mask, goals


def _all_hidden(puzzle: Puzzle, mask: Mask) -> dict[Key, Range]:
    """Return the ranges when every number is hidden but zeros, and what was told before."""
    targets = [key for key, why in mask.items() if why is not Hidden.SECOND and 0 < puzzle.table.counts[key] <= LARGEST]
    return ranges(puzzle, {**dict.fromkeys(puzzle.table.free, Hidden.SECOND), **mask}, targets)


def _narrow(found: Goals) -> set[Key]:
    return {key for key, (low, high) in found.items() if high - low + 1 < FEWEST}


def _hidden(puzzle: Puzzle, least: Mask, goals: Goals) -> tuple[dict[Key, Hidden], dict[End, Vector]]:
    """Return a mask under which every goal is reached, and the table that reaches each."""
    mask = dict(least)
    asked = ends({puzzle.place[key]: goal for key, goal in goals.items()})
    tried = farthest(puzzle, mask, asked)
    proofs = {end: step for end, step in tried.items() if reaches(puzzle, step, end)}
    for end in sorted(asked, key=lambda one: -abs(one.value - puzzle.truth[one.number])):
        if end in proofs:
            continue
        step = _cheapest(puzzle, mask, end)
        mask |= dict.fromkeys(
            (puzzle.keys[n] for n in np.flatnonzero(step) if puzzle.keys[n] not in mask), Hidden.SECOND
        )
        if not puzzle.fits(mask, step):
            raise GivenAwayError("the solver's table does not fit what is shown")
        proofs |= {one: step for one in asked if one not in proofs and reaches(puzzle, step, one)}
    return mask, proofs


def _cheapest(puzzle: Puzzle, mask: Mask, end: End) -> Vector:
    """Return a step to an end that moves few shown counts; where none is near, one of those with all hidden."""
    free = puzzle.table.free - set(mask)
    step = puzzle.cheapest(mask, end, {puzzle.place[key]: _cost(puzzle.table, key) for key in free})
    if step is None:
        step = puzzle.step({**dict.fromkeys(free, Hidden.SECOND), **mask}, {end.number: end.sign})
    return step


def _cost(table: Table, key: Key) -> float:
    """Return how much is lost by hiding a count: larger ones and totals are asked for most."""
    return (1 + log2(table.counts[key])) * (TOTALS_COST if key in table.totals else 1.0)


def _pruned(puzzle: Puzzle, mask: dict[Key, Hidden], proofs: dict[End, Vector]) -> dict[Key, Hidden]:
    """Show again what need not be hidden, the dearest first: every end that leaned on it must be reached without."""
    seconds = [key for key in mask if key in puzzle.table.free and mask[key] is Hidden.SECOND]
    for key in sorted(seconds, key=lambda one: (-_cost(puzzle.table, one), one)):
        number = puzzle.place[key]
        without = {one: why for one, why in mask.items() if one != key}
        lost = [end for end, step in proofs.items() if step[number]]
        kept = {id(step): step for step in proofs.values() if not step[number]}.values()
        again = {end: step for step in kept for end in lost if reaches(puzzle, step, end)}
        for end in lost:
            if end not in again:
                step = puzzle.step(without, {end.number: end.sign})
                if not reaches(puzzle, step, end):
                    break
                again |= {one: step for one in lost if one not in again and reaches(puzzle, step, one)}
        else:
            mask, proofs = without, {**proofs, **again}
    return mask
