"""Maps of areas shaded in classes, from our own simplified boundaries.

The awkward fact: Plotly fetches a world map from its own server for any geographical chart. `CONFIG`
points it at an empty world among our static files, and outlines are given by address, so geometry
is fetched once and never travels with a page's reruns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10
from typing import Any

from dashboard.charts.outlines import STATIC, corners, degrees_of, outlines_at
from dashboard.charts.template import INK, NO_FIGURE, ORANGE, RULE, SEQUENTIAL, Plot, Point, layout

# The United Kingdom without Orkney and Shetland, which leave half a page of sea; drawn whole when they take part.
WINDOW: dict[str, Any] = {"lonaxis": {"range": [-8.4, 2.0]}, "lataxis": {"range": [49.8, 59.6]}}
MARGIN = 0.02  # of the larger side, around the areas of a map
OUTERMOST = frozenset({"S12000023", "S12000027"})


def map_config(*, static: str = STATIC) -> dict[str, Any]:
    """Return the Plotly configuration that keeps a map on this server."""
    return {"topojsonURL": f"{static}/topojson/"}


@dataclass(frozen=True, kw_only=True)
class Classes:
    """Fixed classes of a scale that has its own: their edges, their labels, and whether low values are dark."""

    edges: tuple[float, ...]
    labels: tuple[str, ...]
    low_is_dark: bool = False


DECILES = Classes(edges=(0.5, 2.5, 4.5, 6.5, 8.5, 10.5), labels=("1–2", "3–4", "5–6", "7–8", "9–10"), low_is_dark=True)


def choropleth(
    points: Sequence[Point],
    *,
    outlines: str,
    chosen: Sequence[str] = (),
    unit: str,
    classes: Classes | None = None,
    height: int = 520,
    ground: Sequence[str] = (),
) -> Plot:
    """Shade areas by value in five rounded classes, or in `classes`.

    `outlines` is the address of a GeoJSON whose features carry `properties.code`; `ground` are the codes of
    areas that take no part and only show where the others lie.
    """
    held = [p for p in points if p.value is not None]
    edges = list(classes.edges) if classes else class_edges([p.value for p in held if p.value is not None])
    missing = [p for p in points if p.value is None]
    whole = not ground or bool(OUTERMOST & {p.code for p in points})
    data = [_ground([c for c in ground if whole or c not in OUTERMOST], outlines=outlines)] if ground else []
    data += [_shaded(held, outlines=outlines, edges=edges, unit=unit, classes=classes)]
    if missing:
        data.append(_flat(missing, outlines=outlines, fill=NO_FIGURE, line=INK, width=0.5))
    ours = [p for p in points if p.code in chosen]
    if ours:
        data.append(_flat(ours, outlines=outlines, fill="rgba(0,0,0,0)", line=ORANGE, width=1.5 if ground else 3))
    geo: dict[str, Any] = {"visible": False, "projection": {"type": "mercator"}, "bgcolor": "#FFFFFF"}
    geo |= _window(outlines, [*ground, *(p.code for p in points)]) if whole else WINDOW
    return {"data": data, "layout": layout(height=height, geo=geo, margin={"l": 0, "r": 0, "t": 0, "b": 0})}


def _window(outlines: str, codes: Sequence[str]) -> dict[str, Any]:
    """Return the ranges that hold some areas; Plotly's own `fitbounds` leaves a tenth of a degree around them."""
    (west, south), (east, north) = map(degrees_of, corners(outlines_at(outlines), codes))
    aside = MARGIN * max(east - west, north - south)
    return {
        "lonaxis": {"range": [round(west - aside, 4), round(east + aside, 4)]},
        "lataxis": {"range": [round(south - aside, 4), round(north + aside, 4)]},
    }


def class_edges(values: Sequence[float]) -> list[float]:
    """Return six rounded edges of five equal classes that hold every value, e.g. [0, 2, 4, 6, 8, 10]."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    rough = (high - low) / len(SEQUENTIAL) or 1.0
    unit = 10.0 ** floor(log10(rough))
    for step in (m * unit for m in (1, 2, 2.5, 5, 10, 20)):
        start = floor(low / step) * step
        if start + step * len(SEQUENTIAL) >= high:
            return [round(start + step * n, 6) for n in range(len(SEQUENTIAL) + 1)]
    raise AssertionError("a step of twenty units holds any range of five")


def _shaded(
    points: Sequence[Point], *, outlines: str, edges: list[float], unit: str, classes: Classes | None
) -> dict[str, Any]:
    span = edges[-1] - edges[0]
    shades = SEQUENTIAL[::-1] if classes and classes.low_is_dark else SEQUENTIAL
    stops = [
        (round((edge - edges[0]) / span, 6), colour)
        for colour, low, high in zip(shades, edges, edges[1:], strict=False)
        for edge in (low, high)
    ]
    return {
        "type": "choropleth",
        "geojson": outlines,
        "featureidkey": "properties.code",
        "locations": [p.code for p in points],
        "z": [p.value for p in points],
        "zmin": edges[0],
        "zmax": edges[-1],
        "text": [p.hover for p in points],
        "hovertemplate": "%{text}<extra></extra>",
        "colorscale": stops,
        "marker": {"line": {"color": "#FFFFFF", "width": 1}},
        "colorbar": {
            "orientation": "h",
            "thickness": 14,
            "len": 0.9,
            "y": 0,
            "yanchor": "top",
            "title": {"text": unit, "side": "top"},
            **_legend_ticks(edges, classes=classes),
            "outlinewidth": 0,
        },
    }


def _legend_ticks(edges: list[float], *, classes: Classes | None) -> dict[str, Any]:
    if classes is None:
        return {"tickvals": edges, "tickformat": ",~r"}
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    return {"tickvals": middles, "ticktext": list(classes.labels)}


def _ground(codes: Sequence[str], *, outlines: str) -> dict[str, Any]:
    points = [Point(at=code, value=None, hover="", code=code) for code in codes]
    return _flat(points, outlines=outlines, fill=NO_FIGURE, line=RULE, width=0.5) | {
        "hoverinfo": "skip",
        "hovertemplate": "",
    }


def _flat(points: Sequence[Point], *, outlines: str, fill: str, line: str, width: float) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geojson": outlines,
        "featureidkey": "properties.code",
        "locations": [p.code for p in points],
        "z": [0] * len(points),
        "colorscale": [(0, fill), (1, fill)],
        "showscale": False,
        "text": [p.hover for p in points],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"line": {"color": line, "width": width}},
    }
