"""A waterfall with Plotly: the steps that add to a total, read from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.geometry.steps import STEP_FILLS, TEXT_GAP, Step, reach, steps_of, text_place
from dashboard.charts.letters import text_width, wrapped
from dashboard.charts.look import INK, MUTED
from dashboard.charts.plotly.axes import AXIS_ROOM, NAME_GAP, Plot, layout, names_room, numbered, value_axis
from dashboard.charts.scale import Scale, are_whole, fitting
from dashboard.charts.spec import Point, Waterfall

STEP_SIZE = 15  # pixels, the letters of a step's name and number
NAMES, MOST_TICKS, ASIDE = 0.44, 6, 8  # of the width at most; round numbers; pixels right of the drawing


def waterfall(drawing: Waterfall, *, width: int) -> Plot:
    """Draw the steps that add to the total, read from top to bottom, with the signed numbers beside."""
    steps, every = drawing.steps, (*drawing.steps, drawing.total)
    bars = steps_of(drawing)
    names = _steps(every, most=width * NAMES)
    across = _across(bars, pixels=width - names_room(names) - ASIDE)
    ticks = fitting(across, size=STEP_SIZE, most=MOST_TICKS, whole=are_whole(p.value for p in every))
    trace = {
        "type": "waterfall",
        "orientation": "h",
        "measure": ["relative"] * len(steps) + ["total"],
        "y": [p.at for p in every],
        "x": [p.value for p in every],
        "hovertext": [p.hover for p in every],
        "hoverinfo": "text",
        "cliponaxis": False,
        "connector": {"line": {"color": MUTED, "width": 1}},
        "increasing": {"marker": {"color": STEP_FILLS["increase"]}},
        "decreasing": {"marker": {"color": STEP_FILLS["decrease"]}},
        "totals": {"marker": {"color": STEP_FILLS["total"]}},
    }
    figure = layout(
        height=60 + 52 * len(every),
        xaxis=value_axis(range=[across.low, across.high], tickangle=0, **numbered(ticks)),
        yaxis=names,
        margin={"l": names_room(names), "r": ASIDE, "t": 28, "b": AXIS_ROOM},
        waterfallgap=0.5,
        annotations=[_number(bar, across) for bar in bars],
    )
    return {"data": [trace], "layout": figure}


def _across(bars: Sequence[Step], *, pixels: float) -> Scale:
    """Return the scale of the steps: room for the longest number after the highest end, and before one below zero."""
    low, high = reach(bars)
    room = max(text_width(bar.text, size=STEP_SIZE) for bar in bars) + 2 * TEXT_GAP
    before = room if low < 0 else 0.0
    unit = ((high - low) or 1.0) / max(pixels - room - before, 1)
    return Scale(low=low - before * unit, high=(high if high > low else low + 1) + room * unit, start=0.0, end=pixels)


def _number(bar: Step, across: Scale) -> dict[str, Any]:
    """Write a step's signed number beside its bar."""
    value, side = text_place(bar, across, width=text_width(bar.text, size=STEP_SIZE), least=0)
    anchor = {"before": {"xanchor": "right", "xshift": -TEXT_GAP}, "after": {"xanchor": "left", "xshift": TEXT_GAP}}
    place = {"x": value, "y": bar.name, "showarrow": False, "borderpad": 0} | anchor[side]
    return place | {"text": bar.text, "font": {"size": STEP_SIZE, "color": INK}}


def _steps(steps: Sequence[Point], *, most: float) -> dict[str, Any]:
    """Return the axis of steps, the first on top, long names in lines that leave a telephone room for the bars."""
    names = ["<br>".join(wrapped(step.at, size=STEP_SIZE, most=most)) for step in steps]
    words = {"tickvals": [step.at for step in steps], "ticktext": names, "tickfont": {"size": STEP_SIZE}}
    return words | {"autorange": "reversed", "fixedrange": True, "ticklabelstandoff": NAME_GAP}
