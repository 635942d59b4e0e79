"""Fewer than five people with Plotly: a box along what they may be, in place of a dot.

The awkward fact: a dot can be read off an axis. So it is made unseen, and stands in the middle of its box, where the
pointer and the keyboard still find its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.geometry.few import ROW, few_boxes
from dashboard.charts.geometry.lines import Line
from dashboard.charts.look import paler
from dashboard.charts.spec import Point


def without_few(points: Sequence[Point], marker: dict[str, Any]) -> dict[str, Any]:
    """Return the look of a trace's dots, those of fewer than five people unseen."""
    if not any(point.stretch for point in points):
        return marker
    return marker | {"opacity": [0 if point.stretch else 1 for point in points]}


def boxes_over_time(line: Line, *, axis: str = "") -> list[dict[str, Any]]:
    """Return the boxes of a line and of those beside it, over them: none is seen in a box."""
    return [
        {
            "type": "path",
            "path": f"M {' L '.join(f'{at},{value:g}' for at, value in corners)} Z",
            "xref": f"x{axis}",
            "yref": f"y{axis}",
            **box_look(each.look.colour),
        }
        for each in (*line.others, line)
        for corners in few_boxes(each)
    ]


def boxes_on_rows(points: Sequence[tuple[int, Point]], colours: Sequence[str]) -> list[dict[str, Any]]:
    """Return the boxes of points by the number of their row, from the lowest."""
    return [
        {
            "type": "rect",
            **dict(zip(("x0", "x1"), point.stretch, strict=True)),
            "y0": row - ROW,
            "y1": row + ROW,
            **box_look(colour),
        }
        for (row, point), colour in zip(points, colours, strict=True)
        if point.stretch
    ]


def box_look(colour: str) -> dict[str, Any]:
    """Return the look of a box: pale, with a rim of its line's colour."""
    return {"fillcolor": paler(colour), "line": {"color": colour, "width": 1.5}}
