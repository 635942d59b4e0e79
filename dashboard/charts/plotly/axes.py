"""The common layout of Plotly's charts, their axes, and the room that names and numbers need beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import Any

from dashboard.charts.letters import text_width
from dashboard.charts.look import FONT, INK, MUTED, RULE
from dashboard.charts.scale import tick_text

Plot = dict[str, Any]
NARROW, WIDE = (
    288,
    700,
)  # pixels that a chart has at least: on the narrowest telephone, and on a page of 50 letters' width
MARKUP = re.compile(r"</?b>")
HEIGHT = 380
TICK = 14  # pixels, the letters along an axis
NAME_GAP = 9  # pixels between a name and its axis, so that a dot at 0 touches no letter
ABOVE_LEFT = 8  # pixels at the left of rows whose names stand above them
AXIS_ROOM = 30  # pixels below a drawing for ticks and one line along its axis


def layout(*, height: int = HEIGHT, **more: Any) -> dict[str, Any]:
    """Return the common layout with `more` laid over it."""
    base: dict[str, Any] = {
        "height": height,
        "font": {"family": FONT, "size": 15, "color": INK},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "margin": {"l": 8, "r": 16, "t": 28, "b": AXIS_ROOM},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": MUTED, "font": {"family": FONT, "size": 14, "color": INK}},
        "dragmode": False,
        "separators": ".,",
    }
    return base | more


def value_axis(**more: Any) -> dict[str, Any]:
    """Return an axis of numbers: from zero, faint rules, thousands with commas.

    Room for its labels is the chart's to leave (`numbers_room`, `names_room`, `AXIS_ROOM`): Plotly's own `automargin`
    draws each chart twice, and took more than half of its time.
    """
    base: dict[str, Any] = {
        "rangemode": "tozero",
        "gridcolor": RULE,
        "zeroline": True,
        "zerolinecolor": MUTED,
        "zerolinewidth": 1,
        "tickformat": ",~r",
        "nticks": 6,
        "fixedrange": True,
        "tickfont": {"color": MUTED, "size": TICK},
    }
    return base | more


def numbered(values: Sequence[float]) -> dict[str, Any]:
    """Return the words that make an axis write just these round numbers, the ones files write too."""
    return {"tick0": 0, "dtick": round(values[1] - values[0], 10)} if len(values) > 1 else {"tickvals": list(values)}


def numbers_room(values: Sequence[float]) -> int:
    """Return the pixels that round numbers need beside a drawing; Plotly may write one more than there are."""
    more = [2 * values[-1] - values[-2]] if len(values) > 1 else []
    return ceil(max(text_width(tick_text(v), size=TICK) for v in (*values, *more))) + 8


def names_room(axis: dict[str, Any]) -> int:
    """Return the pixels that an axis's names need beside a drawing; "<br>" breaks their lines, and any may be bold."""
    names = dict.fromkeys(axis["ticktext"])  # of places side by side each stands in every group
    lines = (MARKUP.sub("", line) for name in names for line in name.split("<br>"))
    widest = max((text_width(line, size=axis["tickfont"]["size"], bold=True) for line in lines), default=0)
    return ceil(widest) + NAME_GAP + 3


def names_above(axis: dict[str, Any], *, room: float) -> list[dict[str, Any]]:
    """Return the names of an axis over their rows, each from the left edge, `room` pixels above the middle of its row.

    The awkward fact: where Plotly writes an axis's names inside, it leaves out the numbers of the other that are near.
    And an annotation takes a name that reads as a number ("2020", the "3" of a group) for the row of that number, so
    each is given its row's, from below.
    """
    place = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": -ABOVE_LEFT, "yanchor": "bottom", "yshift": room}
    look = {"align": "left", "showarrow": False, "borderpad": 0, "bgcolor": "rgba(255,255,255,0.85)"}
    return [
        {"y": row, "text": name, "font": {"size": axis["tickfont"]["size"], "color": INK}} | place | look
        for row, name in enumerate(axis["ticktext"])
    ]


def time_axis(**more: Any) -> dict[str, Any]:
    """Return an axis of years; months are never printed on it, because Plotly would write them in English."""
    base: dict[str, Any] = {
        "type": "date",
        "tickformat": "%Y",
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "outside",
        "tickcolor": MUTED,
        "fixedrange": True,
        "tickfont": {"color": MUTED, "size": TICK},
    }
    return base | more
