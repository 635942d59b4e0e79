"""The one look of every chart: type, colours, spacing. Nothing else sets a colour or a font."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Plot = dict[str, Any]

NAVY, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
INK, MUTED, RULE, OTHERS = "#0B0C0C", "#505A5F", "#E3E6E8", "#A9B1B6"
SEQUENTIAL = ("#D6E6F4", "#9CC3E4", "#5A9BD0", "#2073BC", "#12436D")
NO_FIGURE = "#F1F2F2"
BAND = "#E8F0F8"
FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", Arial, sans-serif'
HEIGHT = 380


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing to draw: its place on the axis, its number (None leaves a gap) and the words shown on hover.

    Points of different `line`s come from editions that may not be joined, and are never joined.
    """

    at: str
    value: float | None
    hover: str
    code: str = ""
    line: str = ""


def layout(*, height: int = HEIGHT, **more: Any) -> dict[str, Any]:
    """Return the common layout with `more` laid over it."""
    base: dict[str, Any] = {
        "height": height,
        "font": {"family": FONT, "size": 15, "color": INK},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "margin": {"l": 8, "r": 16, "t": 28, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": MUTED, "font": {"family": FONT, "size": 14, "color": INK}},
        "dragmode": False,
        "separators": ".,",
    }
    return base | more


def value_axis(**more: Any) -> dict[str, Any]:
    """Return an axis of numbers: from zero, faint rules, thousands with commas."""
    base: dict[str, Any] = {
        "rangemode": "tozero",
        "gridcolor": RULE,
        "zeroline": True,
        "zerolinecolor": MUTED,
        "zerolinewidth": 1,
        "tickformat": ",~r",
        "nticks": 6,
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"color": MUTED, "size": 14},
    }
    return base | more


def time_axis(**more: Any) -> dict[str, Any]:
    """Return an axis of years; months are never printed on it, because Plotly would write them in English."""
    base: dict[str, Any] = {
        "type": "date",
        "tickformat": "%Y",
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "outside",
        "tickcolor": MUTED,
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"color": MUTED, "size": 14},
    }
    return base | more
