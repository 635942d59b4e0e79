"""An attacker who shares no code with what he attacks: a linear programme over everything that a reader sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog

from local_figures.control.model import Hidden, Key, Mask, Table

ENOUGH = 100_000  # no count of a test comes near; without a limit HiGHS may say "infeasible" of what has no end
REACH = {Hidden.SMALL: (1, 4), Hidden.SECOND: (5, ENOUGH), Hidden.DETAIL: (0, ENOUGH), Hidden.WHOLE: (0, ENOUGH)}
Line = tuple[Mapping[tuple, float], float, bool]  # factors of cells, what they add up to at most, and whether exactly


def bounds(
    shown: Mapping[tuple, int],
    hidden: Mapping[tuple, tuple[float, float]],
    lines: Iterable[Line],
    only: Collection[tuple] | None = None,
) -> dict[tuple, tuple[float, float]]:
    """Return the least and most of each hidden cell beside the shown ones; `hidden` says what is known."""
    cells = list(hidden)
    equal, exactly, below, at_most = [], [], [], []
    for factors, value, exact in lines:
        row = np.array([factors.get(cell, 0.0) for cell in cells])
        rest = value - sum(factor * shown[cell] for cell, factor in factors.items() if cell in shown)
        if row.any():
            (equal if exact else below).append(row)
            (exactly if exact else at_most).append(rest)
    system = {
        "A_eq": np.array(equal) if equal else None,
        "b_eq": exactly or None,
        "A_ub": np.array(below) if below else None,
        "b_ub": at_most or None,
        "bounds": [hidden[cell] for cell in cells],
        "method": "highs",
    }
    return {
        cell: (_end(number, 1, system, len(cells)), _end(number, -1, system, len(cells)))
        for number, cell in enumerate(cells)
        if only is None or cell in only
    }


def seen(table: Table, mask: Mask, *, only: frozenset[Key] | None = None) -> dict[Key, tuple[float, float]]:
    """Attack a table under its mask, told of each hidden cell whether it is 1 to 4, or 5 and more."""
    known = {key: REACH[why] for key, why in mask.items()}
    lines = [({**dict.fromkeys(s.parts, 1.0), s.total: -1.0}, 0.0, True) for s in table.sums]
    lines += [({**dict.fromkeys(b.at_most, 1.0), **dict.fromkeys(b.of, -1.0)}, 0.0, False) for b in table.bounds]
    return bounds({key: count for key, count in table.counts.items() if key not in mask}, known, lines, only)


def whole_numbers(range_: tuple[float, float]) -> tuple[int, int]:
    """Return the whole numbers of 1 to 4 that lie in a range."""
    low, high = range_
    return max(1, ceil(low - 1e-6)), 4 if high > 4 else floor(high + 1e-6)


def _end(number: int, sign: int, system: dict, size: int) -> float:
    aim = np.zeros(size)
    aim[number] = sign
    answer = linprog(aim, **system)
    assert answer.status == 0, answer.message
    return sign * answer.fun
