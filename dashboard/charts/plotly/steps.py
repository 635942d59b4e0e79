"""A waterfall with Plotly: the steps that add to a total, read from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.geometry.steps import STEP_FILLS, reach, steps_of
from dashboard.charts.letters import wrapped
from dashboard.charts.look import MUTED
from dashboard.charts.plotly.axes import AXIS_ROOM, NAME_GAP, Plot, layout, names_room, value_axis
from dashboard.charts.spec import Point, Waterfall

STEP_SIZE, STEP_ROOM = 15, 128  # pixels, the letters of a step's name and its longest line


def waterfall(drawing: Waterfall) -> Plot:
    """Draw the steps that add to the total, read from top to bottom, with the signed numbers beside."""
    steps, every = drawing.steps, (*drawing.steps, drawing.total)
    low, high = reach(steps_of(drawing))
    room = (high - low or 1) * 0.32
    trace = {
        "type": "waterfall",
        "orientation": "h",
        "measure": ["relative"] * len(steps) + ["total"],
        "y": [p.at for p in every],
        "x": [p.value for p in every],
        "text": list(drawing.texts),
        "textposition": "outside",
        "hovertext": [p.hover for p in every],
        "hoverinfo": "text",
        "cliponaxis": False,
        "connector": {"line": {"color": MUTED, "width": 1}},
        "increasing": {"marker": {"color": STEP_FILLS["increase"]}},
        "decreasing": {"marker": {"color": STEP_FILLS["decrease"]}},
        "totals": {"marker": {"color": STEP_FILLS["total"]}},
    }
    names = _steps(every)
    figure = layout(
        height=60 + 52 * len(every),
        xaxis=value_axis(range=[low - room, high + room], nticks=4, tickangle=0, **_by_ones(low - room, high + room)),
        yaxis=names,
        margin={"l": names_room(names), "r": 20, "t": 28, "b": AXIS_ROOM},
        waterfallgap=0.5,
    )
    return {"data": [trace], "layout": figure}


def _by_ones(low: float, high: float) -> dict[str, Any]:
    """Return the words that keep a short axis of counts to whole numbers; nothing for a longer one, which has them."""
    return {"tick0": 0, "dtick": 1} if high - low < 4 else {}


def _steps(steps: Sequence[Point]) -> dict[str, Any]:
    """Return the axis of steps, the first on top, long names in lines that leave a telephone room for the bars."""
    names = ["<br>".join(wrapped(step.at, size=STEP_SIZE, most=STEP_ROOM)) for step in steps]
    words = {"tickvals": [step.at for step in steps], "ticktext": names, "tickfont": {"size": STEP_SIZE}}
    return words | {"autorange": "reversed", "fixedrange": True, "ticklabelstandoff": NAME_GAP}
