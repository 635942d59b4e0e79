"""Fewer than five people with Plotly: a box along what they may be, in place of a dot, and its key under the chart.

The awkward fact: a dot can be read off an axis. So it is made unseen, and stands in the middle of its box, where the
pointer and the keyboard still find its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.geometry.few import ROW, SWATCH, SWATCH_HEIGHT, SWATCH_WIDTH, few_boxes
from dashboard.charts.geometry.lines import Line
from dashboard.charts.look import MUTED, NAVY, paler
from dashboard.charts.spec import Point

KEY_SIZE, KEY_LINE, KEY_GAP = 13, 18, 12  # pixels: a key under a chart, its lines, and the gap above it


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
            **_look(each.look.colour),
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
            **_look(colour),
        }
        for (row, point), colour in zip(points, colours, strict=True)
        if point.stretch
    ]


def _look(colour: str) -> dict[str, Any]:
    return {"fillcolor": paler(colour), "line": {"color": colour, "width": 1.5}}


def with_keys(
    figure: dict[str, Any], *, few: Sequence[str], others: Sequence[Sequence[str]] = (), room: float
) -> dict[str, Any]:
    """Return a layout with keys under its axes: the box of fewer than five people, then other keys in lines.

    `room` pixels at the left of the axes are theirs too.
    """
    down = figure["margin"]["b"]
    annotations, shapes = [*figure.get("annotations", [])], [*figure.get("shapes", [])]
    for lines, aside in ((few, SWATCH), *((lines, 0) for lines in others)):
        if not lines:
            continue
        down += KEY_GAP
        if aside:
            shapes.append(_swatch(left=-room, middle=-down - KEY_LINE / 2))
        annotations.append(_words(lines, left=aside - room, top=-down))
        down += KEY_LINE * len(lines)
    if down == figure["margin"]["b"]:
        return figure
    grown = down - figure["margin"]["b"]
    margin = figure["margin"] | {"b": down}
    return figure | {
        "annotations": annotations,
        "shapes": shapes,
        "margin": margin,
        "height": figure["height"] + grown,
    }


def _swatch(*, left: float, middle: float) -> dict[str, Any]:
    places = {"xref": "paper", "yref": "paper", "xanchor": 0, "yanchor": 0, "xsizemode": "pixel", "ysizemode": "pixel"}
    sides = {
        "x0": left,
        "x1": left + SWATCH_WIDTH,
        "y0": middle - SWATCH_HEIGHT / 2,
        "y1": middle + SWATCH_HEIGHT / 2,
    }
    return {"type": "rect", **places, **sides, **_look(NAVY)}


def _words(lines: Sequence[str], *, left: float, top: float) -> dict[str, Any]:
    place = {"x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}
    words = {"text": "<br>".join(lines), "showarrow": False, "align": "left", "xshift": left, "yshift": top}
    return place | words | {"borderpad": 0, "font": {"size": KEY_SIZE, "color": MUTED}}
