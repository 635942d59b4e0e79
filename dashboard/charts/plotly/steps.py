"""A waterfall with Plotly: the steps that add to a total, read from top to bottom.

The awkward fact: Plotly's own waterfalls are in none of its parts that has maps, so the bars are shapes, and points
that nobody sees answer for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.charts.geometry.rows import names_go_above
from dashboard.charts.geometry.steps import STEP_FILLS, TEXT_GAP, Step, reach, steps_of, text_place
from dashboard.charts.letters import text_width, wrapped
from dashboard.charts.look import INK, MUTED
from dashboard.charts.plotly.axes import (
    ABOVE_LEFT,
    AXIS_ROOM,
    NAME_GAP,
    Plot,
    layout,
    names_above,
    names_room,
    numbered,
    value_axis,
)
from dashboard.charts.scale import Scale, are_whole, fitting
from dashboard.charts.spec import Point, Waterfall

STEP_SIZE = 15  # pixels, the letters of a step's name and number
BAR = 0.5  # of a row's height
ROW, TALL_ROW = 52, 64  # pixels of a row, and of one with its name above its bar
ABOVE, DOWN = 5, 0.2  # pixels from the middle of such a row to its name, and of its height, from there to the bar's
NAMES, MOST_TICKS, ASIDE = 0.44, 6, 8  # of the width at most; round numbers; pixels right of the drawing


def waterfall(drawing: Waterfall, *, width: int) -> Plot:
    """Draw the steps that add to the total, read from top to bottom, with the signed numbers beside."""
    every = (*drawing.steps, drawing.total)
    bars = steps_of(drawing)
    names, row, down = _steps(every, most=width * NAMES), ROW, 0.0
    left, over = names_room(names), list[dict[str, Any]]()
    across = _across(bars, pixels=width - left - ASIDE)
    numbers = text_width(max((bar.text for bar in bars), key=len), size=STEP_SIZE)
    room = replace(across, end=across.end - numbers * (2 if across.low < 0 else 1))
    if names_go_above(room, width=width, size=STEP_SIZE, most=MOST_TICKS):
        over = names_above(_steps(every, most=width - ABOVE_LEFT), room=ABOVE)
        names, row, down = names | {"ticktext": [""] * len(every)}, TALL_ROW, DOWN
        left = ABOVE_LEFT
        across = _across(bars, pixels=width - left - ASIDE)
    ticks = fitting(across, size=STEP_SIZE, most=MOST_TICKS, whole=are_whole(p.value for p in every))
    trace = {
        "type": "scatter",
        "mode": "markers",
        "y": [bar.name for bar in bars],
        "x": [(bar.start + bar.end) / 2 for bar in bars],
        "hovertext": [p.hover for p in every],
        "hoverinfo": "text",
        "marker": {"opacity": 0, "color": MUTED},
        "cliponaxis": False,
    }
    figure = layout(
        height=60 + row * len(every),
        xaxis=value_axis(range=[across.low, across.high], tickangle=0, **numbered(ticks)),
        yaxis=names,
        margin={"l": left, "r": ASIDE, "t": 28, "b": AXIS_ROOM},
        hovermode="y",  # a row answers wherever it is pointed at
        shapes=[
            *(_connector(at + down, bar.end) for at, bar in enumerate(bars[:-1])),
            *(_bar(at + down, bar) for at, bar in enumerate(bars)),
        ],
        annotations=[*over, *(_number(bar, across, down=down * row) for bar in bars)],
    )
    return {"data": [trace], "layout": figure}


def _bar(at: float, bar: Step) -> dict[str, Any]:
    """Draw a step on its row, the `at`th from the top; a row is 1 high, and the least step a pixel wide."""
    fill = STEP_FILLS[bar.way]
    sides = {"x0": bar.start, "x1": bar.end, "y0": at - BAR / 2, "y1": at + BAR / 2}
    return {"type": "rect", "layer": "between", "line": {"color": fill, "width": 1}, "fillcolor": fill} | sides


def _connector(at: float, value: float) -> dict[str, Any]:
    """Lead the eye from the end of a step to the next."""
    sides = {"x0": value, "x1": value, "y0": at + BAR / 2, "y1": at + 1 - BAR / 2}
    return {"type": "line", "layer": "between", "line": {"color": MUTED, "width": 1}} | sides


def _across(bars: Sequence[Step], *, pixels: float) -> Scale:
    """Return the scale of the steps: room for the longest number after the highest end, and before one below zero."""
    low, high = reach(bars)
    room = max(text_width(bar.text, size=STEP_SIZE) for bar in bars) + 2 * TEXT_GAP
    before = room if low < 0 else 0.0
    unit = ((high - low) or 1.0) / max(pixels - room - before, 1)
    return Scale(low=low - before * unit, high=(high if high > low else low + 1) + room * unit, start=0.0, end=pixels)


def _number(bar: Step, across: Scale, *, down: float) -> dict[str, Any]:
    """Write a step's signed number beside its bar."""
    value, side = text_place(bar, across, width=text_width(bar.text, size=STEP_SIZE), least=0)
    anchor = {"before": {"xanchor": "right", "xshift": -TEXT_GAP}, "after": {"xanchor": "left", "xshift": TEXT_GAP}}
    place = {"x": value, "y": bar.name, "yshift": -down, "showarrow": False, "borderpad": 0} | anchor[side]
    return place | {"text": bar.text, "font": {"size": STEP_SIZE, "color": INK}}


def _steps(steps: Sequence[Point], *, most: float) -> dict[str, Any]:
    """Return the axis of steps, the first on top, long names in lines that leave a telephone room for the bars."""
    names = ["<br>".join(wrapped(step.at, size=STEP_SIZE, most=most)) for step in steps]
    words = {"tickvals": [step.at for step in steps], "ticktext": names, "tickfont": {"size": STEP_SIZE}}
    return words | {
        "range": [len(steps) - 0.5, -0.5],
        "showgrid": False,
        "fixedrange": True,
        "ticklabelstandoff": NAME_GAP,
    }
