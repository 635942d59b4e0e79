"""A funnel with Plotly: places' rates against their populations, and the limits of chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.geometry import funnel as geometry
from dashboard.charts.geometry.funnel import Funnel
from dashboard.charts.look import INK, MUTED, NAVY, OTHERS
from dashboard.charts.plotly.axes import AXIS_ROOM, Plot, layout, numbered, numbers_room, value_axis
from dashboard.charts.spec import FunnelChart, Limit, Spot

HEIGHT = 460
NAME_WIDE, NAME_TALL = 0.4, 0.05  # of the drawing on a telephone, what a name covers


def funnel(drawing: FunnelChart) -> Plot:
    """Draw the places, the limits and the benchmark; chosen places are strong and named."""
    shape = geometry.funnel(drawing)
    lines = [_line(limit, ends) for limit in drawing.limits for ends in (limit.lower, limit.upper)]
    figure = layout(
        height=HEIGHT,
        xaxis=value_axis(range=[0, shape.widest * 1.02], nticks=5, tickangle=0, showgrid=False)
        | {"title": {"text": drawing.across, "font": {"size": 14, "color": MUTED}}},
        yaxis=value_axis(range=[0, shape.top], **numbered(shape.numbers)),
        margin={"l": numbers_room(shape.numbers), "r": 12, "t": 48, "b": AXIS_ROOM + 24},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 14}, "itemclick": False}
        | {"itemdoubleclick": False},
    )
    level = _level(drawing.benchmark, drawing.benchmark_label, shape.widest)
    return {"data": [level, *lines, _places(shape, drawing.chosen)], "layout": figure}


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


def _places(shape: Funnel, chosen: Sequence[str]) -> dict[str, Any]:
    order = shape.spots
    strong = [spot.code in chosen for spot in order]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [spot.population for spot in order],
        "y": [spot.rate for spot in order],
        "text": [f"<b>{spot.name}</b>" if s else "" for spot, s in zip(order, strong, strict=True)],
        "textposition": [_beside(spot, order, widest=shape.widest, top=shape.highest) for spot in order],
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
