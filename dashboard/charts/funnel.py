"""A funnel: places' rates against their populations, with the limits that chance alone would keep most within.

The awkward fact: a small place's rate swings more by chance than a large one's, so the limits narrow to the
right, and a list from high to low would put small places at both ends for no other reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.template import INK, MUTED, NAVY, OTHERS, Plot, layout, value_axis

HEIGHT = 460


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
    widest = max(limit.populations[-1] for limit in limits)
    figure = layout(
        height=HEIGHT,
        xaxis=value_axis(range=[0, widest * 1.02], nticks=5, tickangle=0, showgrid=False)
        | {"title": {"text": across, "font": {"size": 14, "color": MUTED}}},
        yaxis=value_axis(range=[0, top * 1.12]),
        margin={"l": 8, "r": 12, "t": 20, "b": 8},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 14}, "itemclick": False}
        | {"itemdoubleclick": False},
    )
    return {"data": [_level(benchmark, benchmark_label, widest), *lines, _places(spots, chosen)], "layout": figure}


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


def _places(spots: Sequence[Spot], chosen: Sequence[str]) -> dict[str, Any]:
    order = sorted(spots, key=lambda spot: spot.code in chosen)  # the strong ones last, so that they lie on top
    strong = [spot.code in chosen for spot in order]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [spot.population for spot in order],
        "y": [spot.rate for spot in order],
        "text": [f"<b>{spot.name}</b>" if s else "" for spot, s in zip(order, strong, strict=True)],
        "textposition": [_beside(spot, order) for spot in order],
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


def _beside(spot: Spot, spots: Sequence[Spot]) -> str:
    """Return the side on which a name stays inside the drawing."""
    return "top left" if spot.population > 0.55 * max(s.population for s in spots) else "top right"


def _level(benchmark: float, label: str, widest: float) -> dict[str, Any]:
    line = {"type": "scatter", "mode": "lines", "x": [0, widest], "y": [benchmark, benchmark], "name": label}
    return line | {"line": {"color": INK, "width": 1.5}, "hoverinfo": "skip"}
