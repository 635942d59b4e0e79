"""Which new counts stay hidden because a hidden count of an earlier edition may be near them.

The awkward fact: whether a step is small is known to us and not to a reader. 6 shown after `[c]` would say that the
`[c]` was a 1, if 6 were hidden after 2, 3 and 4. So the answer is worked out of what earlier editions show, and is
the same for every count that their marks leave possible.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from local_figures.control.attack import End, NotProvedError, Puzzle, nearest
from local_figures.control.model import FREE, LARGEST, Hidden, Key, Mask, Table, reach

SECONDS = 20.0  # of this thread's processor: what is not known by then counts as near
Pair = tuple[Key, Key]  # a count hidden in an earlier edition, and a new one of the same cell
FEW = (Hidden.SMALL, Hidden.DETAIL)  # hidden for these reasons a count is 4 at the most


def near(table: Table, mask: Mask, pairs: Mapping[Pair, int], *, seconds: float = SECONDS) -> frozenset[Pair]:
    """Return of some pairs those whose new count is within 4 of any that the hidden one may be.

    `table` and `mask` are the earlier editions as a reader has them; `pairs` have the new counts. Where the hidden one
    may be anything five below the new count and five above it, the new one says nothing of it.
    """
    pairs_near = {pair for pair, new in pairs.items() if mask[pair[0]] in FEW and new <= 2 * LARGEST}
    wide = {pair: new for pair, new in pairs.items() if mask[pair[0]] not in FEW}
    until = time.thread_time() + seconds
    for piece in table.apart() if wide else ():
        own = {pair: new for pair, new in wide.items() if pair[0] in piece.counts}
        if own:
            reasons = {key: why for key, why in mask.items() if key in piece.counts}
            puzzle = Puzzle(table=piece, until=until)
            pairs_near |= {pair for pair, new in own.items() if _is_near(puzzle, reasons, pair[0], new)}
    return frozenset(pairs_near)


def _is_near(puzzle: Puzzle, mask: Mask, hidden: Key, new: int) -> bool:
    """Tell whether a new count is near what a hidden one may be, unless that reaches far to both sides of it."""
    number, least = puzzle.place[hidden], int(reach(mask[hidden])[0])
    limits = puzzle.limits(mask)
    below, above = max(least, new - FREE), new + FREE
    try:
        low, high = (
            int(puzzle.truth[number] + nearest(puzzle, limits, End(number=number, sign=sign, value=value))[number])
            for sign, value in ((-1, below), (1, above))
        )
    except NotProvedError:
        return True
    if low <= below and high >= above:
        return False
    return low - LARGEST <= new <= high + LARGEST
