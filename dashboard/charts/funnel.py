"""A funnel: places' rates against their populations, with the limits that chance alone would keep most within.

The awkward fact: a small place's rate swings more by chance than a large one's, so the limits narrow to the
right, and a list from high to low would put small places at both ends for no other reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.scale import ticks
from dashboard.charts.template import (
    AXIS_ROOM,
    INK,
    MUTED,
    NAVY,
    OTHERS,
    Plot,
    layout,
    numbered,
    numbers_room,
    value_axis,
)

HEIGHT = 460
NAME_WIDE, NAME_TALL = 0.4, 0.05  # of the drawing on a telephone, what a name covers


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One place of a funnel: its people, its rate, its name and the words shown on hover."""

    code: str
    name: str
    population: float
    rate: float
    hover: str


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A pair of limit lines over `populations`, and what is written at their upper end."""

    populations: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]
    label: str
    dash: str


def funnel_plot(
    spots: Sequence[Spot],
    *,
    limits: Sequence[Limit],
    benchmark: float,
    benchmark_label: str,
    chosen: Sequence[str],
    across: str,
) -> Plot:
    """Draw the places, the limits and the benchmark; `chosen` codes are strong and named; `across` names the x axis."""
    lines = [_line(limit, ends) for limit in limits for ends in (limit.lower, limit.upper)]
    top = max([s.rate for s in spots] + [limit.upper[-1] for limit in limits] + [benchmark])
    widest = reach(spots, limits)
    numbers = ticks(0, top * 1.12, most=6)
    figure = layout(
        height=HEIGHT,
        xaxis=value_axis(range=[0, widest * 1.02], nticks=5, tickangle=0, showgrid=False)
        | {"title": {"text": across, "font": {"size": 14, "color": MUTED}}},
        yaxis=value_axis(range=[0, top * 1.12], **numbered(numbers)),
        margin={"l": numbers_room(numbers), "r": 12, "t": 48, "b": AXIS_ROOM + 24},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 14}, "itemclick": False}
        | {"itemdoubleclick": False},
    )
    return {
        "data": [_level(benchmark, benchmark_label, widest), *lines, _places(spots, chosen, widest=widest, top=top)],
        "layout": figure,
    }


def reach(spots: Sequence[Spot], limits: Sequence[Limit]) -> float:
    """Return the population at the right end of the drawing: that of the limits, or of the largest place."""
    return max([limit.populations[-1] for limit in limits] + [spot.population * 1.06 for spot in spots])


def _line(limit: Limit, ends: Sequence[float]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(limit.populations),
        "y": list(ends),
        "line": {"color": MUTED, "width": 1.5, "dash": limit.dash},
        "hoverinfo": "skip",
        "name": limit.label,
        "showlegend": ends is limit.upper,
    }


def _places(spots: Sequence[Spot], chosen: Sequence[str], *, widest: float, top: float) -> dict[str, Any]:
    order = sorted(spots, key=lambda spot: spot.code in chosen)  # the strong ones last, so that they lie on top
    strong = [spot.code in chosen for spot in order]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [spot.population for spot in order],
        "y": [spot.rate for spot in order],
        "text": [f"<b>{spot.name}</b>" if s else "" for spot, s in zip(order, strong, strict=True)],
        "textposition": [_beside(spot, order, widest=widest, top=top) for spot in order],
        "textfont": {"color": NAVY, "size": 14},
        "hovertext": [spot.hover for spot in order],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "opacity": 1,
            "size": [14 if s else 9 for s in strong],
            "color": [NAVY if s else OTHERS for s in strong],
            "line": {"color": [INK if s else MUTED for s in strong], "width": 1},
        },
        "cliponaxis": False,
        "showlegend": False,
    }


def _beside(spot: Spot, spots: Sequence[Spot], *, widest: float, top: float) -> str:
    """Return the side on which a name stays inside the drawing and covers the fewest of the other places."""
    on_the_left = spot.population > 0.55 * max(s.population for s in spots)
    sides = {"top": 1.0, "middle": 0.0} | ({"bottom": -1.0} if spot.rate > 2 * NAME_TALL * top else {})

    def covered(rise: float) -> int:
        reach = ((s.population - spot.population) * (-1 if on_the_left else 1) / widest for s in spots if s != spot)
        lifts = ((s.rate - spot.rate) / top - rise * NAME_TALL for s in spots if s != spot)
        return sum(0 < far < NAME_WIDE and abs(up) < NAME_TALL for far, up in zip(reach, lifts, strict=True))

    side = min(sides, key=lambda name: covered(sides[name]))
    return f"{side} {'left' if on_the_left else 'right'}"


def _level(benchmark: float, label: str, widest: float) -> dict[str, Any]:
    line = {"type": "scatter", "mode": "lines", "x": [0, widest], "y": [benchmark, benchmark], "name": label}
    return line | {"line": {"color": INK, "width": 1.5}, "hoverinfo": "skip"}
