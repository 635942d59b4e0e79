"""Fewer than five people over time: a box from the fewest to the most they may be, and the key that says so.

The awkward fact: a dot, or the bend of a line, can be read off an axis. So a box lies over the line, as wide for one
period as for many in a row, and its key stands under the chart: nobody guesses what a box means.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import TypeAlias

from dashboard.charts.geometry.lines import Line
from dashboard.charts.letters import wrapped
from dashboard.charts.scale import day
from dashboard.charts.spec import Drawing, Point, RankedDots, SmallMultiples, TimeLine, has_few

Corners: TypeAlias = tuple[tuple[str, float], ...]
ASIDE = 0.01  # of the time that a chart spans, from a day to the side of its box
ROW = 0.22  # of a row's height, from its middle to the edge of a box
SWATCH, SWATCH_WIDTH, SWATCH_HEIGHT = 22, 14, 10  # pixels: the room of the key's box before its words, and its size


def few_boxes(line: Line) -> tuple[Corners, ...]:
    """Return a box for each run of periods of fewer than five people: two that touch are one."""
    if line.days is None:
        return ()
    days = sorted({day(point.at) for point in line.points})
    span = line.days[1] - line.days[0]
    apart = min((later - earlier for earlier, later in pairwise(days)), default=span)
    aside = max(1, round(min(ASIDE * span, apart / 2)))
    runs = (tuple(run) for is_few, run in groupby(line.points, lambda point: point.stretch is not None) if is_few)
    return tuple(_corners(run, aside=aside) for run in runs)


def _corners(run: Sequence[Point], *, aside: int) -> Corners:
    days = [day(point.at) for point in run]
    ends = [point.stretch or (0.0, 0.0) for point in run]
    days, ends = [days[0] - aside, *days, days[-1] + aside], [ends[0], *ends, ends[-1]]
    upper = [(date.fromordinal(at).isoformat(), high) for at, (_, high) in zip(days, ends, strict=True)]
    lower = [(date.fromordinal(at).isoformat(), low) for at, (low, _) in zip(days, ends, strict=True)]
    return (*upper, *reversed(lower))


def few_words(drawing: Drawing, *, most: float, size: float) -> tuple[str, ...]:
    """Return what the box means, in lines no wider than `most` pixels with the box before them; none without a box."""
    match drawing:
        case TimeLine(few=words) | SmallMultiples(few=words) | RankedDots(few=words) if words and has_few(drawing):
            return wrapped(words, size=size, most=most - SWATCH)
        case _:
            return ()
