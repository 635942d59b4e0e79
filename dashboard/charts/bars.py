"""Comparisons and sums: ranked dots for places, and a waterfall for what changed a population.

The awkward fact: ranking places on hate crime invites "worst" and "best". Dots are therefore one
neutral colour, ours is picked out by weight and a label, and no colour means good or bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.template import MUTED, NAVY, OTHERS, SEQUENTIAL, Plot, Point, layout, value_axis

ROW_HEIGHT = 24


def ranked_dots(
    points: Sequence[Point], *, chosen: Sequence[str], labels: Sequence[str], rings: Sequence[Point] = ()
) -> Plot:
    """Draw one dot per row, largest on top; `chosen` codes are strong and carry their text of `labels`.

    `rings` are hollow marks on the same rows: the same figure for a place to compare with.
    """
    order = sorted(zip(points, labels, strict=True), key=lambda pair: pair[0].value or 0)
    strong = [p.code in chosen for p, _ in order]
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [p.value for p, _ in order],
        "y": [p.at for p, _ in order],
        "text": [f"<b>{label}</b>" if s and not rings else "" for (_, label), s in zip(order, strong, strict=True)],
        "textposition": "middle right",
        "textfont": {"color": NAVY},
        "hovertext": [p.hover for p, _ in order],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "opacity": 1,
            "size": [13 if s else 9 for s in strong],
            "color": [NAVY if s else OTHERS for s in strong],
        },
        "cliponaxis": False,
    }
    figure = layout(
        height=70 + ROW_HEIGHT * len(points),
        xaxis=value_axis(side="top", nticks=4, tickangle=0, range=_room(points, rings)),
        yaxis=_places(order, strong, with_labels=bool(rings)),
        margin={"l": 8, "r": 56, "t": 36, "b": 8},
    )
    return {"data": [_rings(rings), trace] if rings else [trace], "layout": figure}


def _places(order: Sequence[tuple[Point, str]], strong: Sequence[bool], *, with_labels: bool) -> dict[str, Any]:
    """Return the axis of places, largest on top; beside rings a place's number stands with its name."""
    names = [f"{p.at}  <b>{label}</b>" if with_labels else p.at for p, label in order]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [p.at for p, _ in order],
        "tickvals": [p.at for p, _ in order],
        "ticktext": [f"<b>{n}</b>" if s and not with_labels else n for n, s in zip(names, strong, strict=True)],
        "automargin": True,
        "fixedrange": True,
        "range": [-0.7, len(order) - 0.3],
        "gridcolor": "#F1F2F2",
        "tickfont": {"size": 14},
        "ticksuffix": "  ",
    }


def _room(points: Sequence[Point], rings: Sequence[Point]) -> list[float]:
    """Return a range from a little below zero, so that a dot at 0 stands clear of the names."""
    values = [p.value for p in (*points, *rings) if p.value is not None]
    low, high = min(0.0, *values), max(0.0, *values) if values else 1.0
    span = (high - low) or 1.0
    return [low - span * 0.03, high + span * 0.06]


def _rings(rings: Sequence[Point]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [p.value for p in rings],
        "y": [p.at for p in rings],
        "hovertext": [p.hover for p in rings],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"size": 13, "color": "#FFFFFF", "line": {"color": MUTED, "width": 2}, "opacity": 1},
        "cliponaxis": False,
    }


def waterfall(steps: Sequence[Point], *, total: Point, texts: Sequence[str]) -> Plot:
    """Draw the steps that add to `total`, read from top to bottom; `texts` are the signed numbers written beside."""
    every = [*steps, total]
    ends = _running([s.value or 0 for s in steps])
    low, high = min(0, *ends), max(0, *ends)
    room = (high - low or 1) * 0.32
    trace = {
        "type": "waterfall",
        "orientation": "h",
        "measure": ["relative"] * len(steps) + ["total"],
        "y": [p.at for p in every],
        "x": [p.value for p in every],
        "text": list(texts),
        "textposition": "outside",
        "hovertext": [p.hover for p in every],
        "hoverinfo": "text",
        "cliponaxis": False,
        "connector": {"line": {"color": MUTED, "width": 1}},
        "increasing": {"marker": {"color": NAVY}},
        "decreasing": {"marker": {"color": SEQUENTIAL[2]}},
        "totals": {"marker": {"color": MUTED}},
    }
    figure = layout(
        height=60 + 52 * len(every),
        xaxis=value_axis(range=[low - room, high + room], tickformat=",~r"),
        yaxis={"autorange": "reversed", "automargin": True, "fixedrange": True, "tickfont": {"size": 15}},
        waterfallgap=0.5,
    )
    return {"data": [trace], "layout": figure}


def _running(changes: list[float]) -> list[float]:
    ends, at = [], 0.0
    for change in changes:
        at += change
        ends.append(at)
    return ends
