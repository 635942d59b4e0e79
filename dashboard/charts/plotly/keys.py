"""The keys under a chart with Plotly: what the box of fewer than five people means, and what letters stand for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.geometry.few import SWATCH, SWATCH_HEIGHT, SWATCH_WIDTH
from dashboard.charts.look import MUTED, NAVY
from dashboard.charts.plotly.few import box_look

KEY_SIZE, KEY_LINE, KEY_GAP = 13, 18, 12  # pixels: a key under a chart, its lines, and the gap above it


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
    return {"type": "rect", **places, **sides, **box_look(NAVY)}


def _words(lines: Sequence[str], *, left: float, top: float) -> dict[str, Any]:
    place = {"x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}
    words = {"text": "<br>".join(lines), "showarrow": False, "align": "left", "xshift": left, "yshift": top}
    return place | words | {"borderpad": 0, "font": {"size": KEY_SIZE, "color": MUTED}}
