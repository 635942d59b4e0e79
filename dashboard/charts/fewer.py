"""Charts with fewer rows or fewer small charts than there are, for where a page's whole chart cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from dashboard.charts.geometry.dots import HEADING
from dashboard.charts.spec import Drawing, IntervalDots, RankedDots, SmallMultiples
from dashboard.i18n.text import W


def many(drawing: Drawing[W]) -> int:
    """Return how many rows or small charts a chart has, 0 for a chart of neither."""
    match drawing:
        case RankedDots():
            return len(drawing.points)
        case IntervalDots():
            return len(drawing.rows)
        case SmallMultiples():
            return len(drawing.panels)
        case _:
            return 0


def fewer(drawing: Drawing[W], *, most: int) -> Drawing[W] | None:
    """Return a chart with `most` of its rows, those of the places looked at and then the largest, or its first panels.

    None where it has no more, or where its rows stand in groups.
    """
    if many(drawing) <= most:
        return None
    match drawing:
        case RankedDots() if not any(drawing.places):
            return only(
                drawing,
                _chosen_and_largest([(one.code in drawing.chosen, one.value) for one in drawing.points], most=most),
            )
        case IntervalDots():
            return only(
                drawing,
                _chosen_and_largest([(one.code in drawing.chosen, one.value) for one in drawing.rows], most=most),
            )
        case SmallMultiples():
            return only(drawing, range(most))
        case _:
            return None


def only(drawing: Drawing[W], at: Iterable[int]) -> Drawing[W]:
    """Return a chart with the rows, or the small charts, that stand at some places in it; ValueError for any other."""
    places = tuple(at)
    match drawing:
        case RankedDots():
            points = tuple(drawing.points[n] for n in places)
            there = {one.at for one in points}
            return replace(
                drawing,
                points=points,
                labels=tuple(drawing.labels[n] for n in places),
                names=tuple(drawing.names[n] for n in places) if drawing.names else (),
                places=tuple(drawing.places[n] for n in places) if drawing.places else (),
                rings=tuple(ring for ring in drawing.rings if ring.at in there),
            )
        case IntervalDots():
            return replace(drawing, rows=tuple(drawing.rows[n] for n in places))
        case SmallMultiples():
            return replace(drawing, panels=tuple(drawing.panels[n] for n in places))
        case _:
            raise ValueError(f"expected a chart of rows or of small charts; came {type(drawing).__name__}")


def groups(drawing: RankedDots[W]) -> list[range]:
    """Return where the rows of each group stand, its heading first; a row alone is a group where there are none."""
    count = len(drawing.points)
    starts = [n for n in range(count) if not drawing.places or drawing.places[n] == HEADING]
    return [range(start, end) for start, end in pairwise([*starts, count])]


def _chosen_and_largest(rows: Sequence[tuple[bool, float | None]], *, most: int) -> list[int]:
    """Return the places in a list of the rows looked at and of the largest others, in its order."""
    order = sorted(range(len(rows)), key=lambda n: (not rows[n][0], -(rows[n][1] or 0)))
    return sorted(order[:most])
