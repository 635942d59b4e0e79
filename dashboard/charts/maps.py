"""Maps of areas, from our own simplified boundaries: shaded in classes by a rate, or with circles sized by a count.

The awkward fact: Plotly fetches a world map from its own server for any geographical chart. `CONFIG`
points it at an empty world among our static files, and outlines are given by address, so geometry
is fetched once and never travels with a page's reruns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any

from dashboard.charts.classes import class_edges, class_of
from dashboard.charts.letters import wrapped
from dashboard.charts.outlines import STATIC, corners, degrees_of, inside, outlines_at
from dashboard.charts.scale import tick_texts
from dashboard.charts.template import INK, MUTED, NAVY, NO_FIGURE, ORANGE, RULE, SEQUENTIAL, Plot, Point, layout

# The United Kingdom without Orkney and Shetland, which leave half a page of sea; drawn whole when they take part.
WINDOW: dict[str, Any] = {"lonaxis": {"range": [-8.4, 2.0]}, "lataxis": {"range": [49.8, 59.6]}}
UNIT_ROOM = 300  # pixels a telephone has for the words above the shades
LARGEST_CIRCLE = 44  # pixels across
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
    """Shade areas by value in five classes of about as many areas, or in `classes`; never by a count.

    `outlines` is the address of a GeoJSON whose features carry `properties.code`; `ground` are the codes of
    areas that take no part and only show where the others lie.
    """
    held = [p for p in points if p.value is not None]
    missing = [p for p in points if p.value is None]
    whole = not ground or bool(OUTERMOST & {p.code for p in points})
    data = [_ground([c for c in ground if whole or c not in OUTERMOST], outlines=outlines)] if ground else []
    data += [_shaded(held, outlines=outlines, unit=unit, classes=classes)]
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


def symbol_map(
    points: Sequence[Point], *, outlines: str, chosen: Sequence[str] = (), height: int = 520, ground: Sequence[str] = ()
) -> Plot:
    """Draw a circle on each area whose surface is in proportion to its count: a shade would make large places dark."""
    held = [p for p in points if p.value is not None]
    whole = not ground or bool(OUTERMOST & {p.code for p in points})
    under = [c for c in ground if whole or c not in OUTERMOST]
    data = [_ground(under, outlines=outlines)] if under else []
    data.append(_flat(list(points), outlines=outlines, fill=NO_FIGURE, line=MUTED, width=0.5))
    ours = [p for p in points if p.code in chosen]
    if ours:
        data.append(_flat(ours, outlines=outlines, fill="rgba(0,0,0,0)", line=ORANGE, width=1.5 if ground else 3))
    data.append(_circles(held, outlines=outlines, chosen=chosen))
    geo: dict[str, Any] = {"visible": False, "projection": {"type": "mercator"}, "bgcolor": "#FFFFFF"}
    geo |= _window(outlines, [*ground, *(p.code for p in points)]) if whole else WINDOW
    return {"data": data, "layout": layout(height=height, geo=geo, margin={"l": 0, "r": 0, "t": 0, "b": 0})}


def diameters(values: Sequence[float], *, largest: float = LARGEST_CIRCLE) -> list[float]:
    """Return how wide the circles of some counts are: their surfaces are in proportion, and nobody has none."""
    top = max(values, default=0.0)
    return [largest * sqrt(max(value, 0.0) / top) if top > 0 else 0.0 for value in values]


def _circles(points: Sequence[Point], *, outlines: str, chosen: Sequence[str]) -> dict[str, Any]:
    """Return the circles; those of `chosen` areas have a strong rim, because they may hide the outline below."""
    known = outlines_at(outlines)
    drawn = [p for p in points if p.code in known]
    places = [degrees_of(inside(known[p.code])) for p in drawn]
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": [round(longitude, 4) for longitude, _ in places],
        "lat": [round(latitude, 4) for _, latitude in places],
        "text": [p.hover for p in drawn],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": diameters([p.value or 0.0 for p in drawn]),
            "color": NAVY,
            "opacity": 0.75,
            "line": {
                "color": [ORANGE if p.code in chosen else "#FFFFFF" for p in drawn],
                "width": [3 if p.code in chosen else 1 for p in drawn],
            },
        },
        "showlegend": False,
    }


def shades(classes: int, *, low_is_dark: bool = False) -> tuple[str, ...]:
    """Return as many shades as there are classes, from pale to dark or the other way round."""
    every = SEQUENTIAL[::-1] if low_is_dark else SEQUENTIAL
    last = len(every) - 1
    return tuple(every[round(n * last / (classes - 1)) if classes > 1 else last] for n in range(classes))


def edges_of(values: Sequence[float], classes: Classes | None) -> list[float]:
    """Return the edges that a map is shaded by: those of its own scale, or of classes of about as many areas."""
    return list(classes.edges) if classes else class_edges(values, most=len(SEQUENTIAL))


def _shaded(points: Sequence[Point], *, outlines: str, unit: str, classes: Classes | None) -> dict[str, Any]:
    """Return the areas by their class, so that every class is as wide on the bar as any other."""
    values = [p.value for p in points if p.value is not None]
    edges = edges_of(values, classes)
    many = len(edges) - 1
    colours = shades(many, low_is_dark=bool(classes and classes.low_is_dark))
    stops = [(round(n / many, 6), colour) for at, colour in enumerate(colours) for n in (at, at + 1)]
    return {
        "type": "choropleth",
        "geojson": outlines,
        "featureidkey": "properties.code",
        "locations": [p.code for p in points],
        "z": [class_of(value, edges) + 0.5 for value in values],
        "zmin": 0,
        "zmax": many,
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
            "title": {"text": "<br>".join(wrapped(unit, size=15, most=UNIT_ROOM)), "side": "top"},
            **_legend_ticks(edges, classes=classes),
            "outlinewidth": 0,
        },
    }


def _legend_ticks(edges: list[float], *, classes: Classes | None) -> dict[str, Any]:
    if classes is None:
        return {"tickvals": list(range(len(edges))), "ticktext": tick_texts(edges)}
    return {"tickvals": [n + 0.5 for n, _ in enumerate(pairwise(edges))], "ticktext": list(classes.labels)}


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
