"""Maps of areas with Plotly: shaded in classes by a rate, or with circles sized by a count.

The awkward fact: Plotly fetches a world map from its own server for any geographical chart. `CONFIG`
points it at an empty world among our static files, and outlines are given by address, so geometry
is fetched once and never travels with a page's reruns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.geometry import maps as geometry
from dashboard.charts.geometry.maps import LARGEST_CIRCLE, WINDOW, Map, diameters
from dashboard.charts.geometry.outlines import STATIC, corners, degrees_of, inside, outlines_at, rings_at
from dashboard.charts.letters import evened
from dashboard.charts.look import INK, MUTED, NAVY, NO_FIGURE, ORANGE, RULE
from dashboard.charts.plotly.axes import Plot, layout
from dashboard.charts.scale import tick_text
from dashboard.charts.spec import AreaMap, Point

UNIT_ROOM = 0.9  # of a map's width, for the words above the shades or beside the key
KEY_HEIGHT = 60  # pixels below a map of circles for the key to their sizes
MARGIN = 0.02  # of the larger side, around the areas of a map


def map_config(*, static: str = STATIC) -> dict[str, Any]:
    """Return the Plotly configuration that keeps a map on this server."""
    return {"topojsonURL": f"{static}/topojson/"}


def area_maps(drawing: AreaMap, *widths: int) -> tuple[Plot, ...]:
    """Shade areas by value, or draw a circle on each for a count: a shade would make large places dark.

    A plot for each width: they share their data, and differ in the room for the words of shades and circles.
    """
    shape, outlines = geometry.area_map(drawing), drawing.outlines
    data = [_ground(shape.ground, outlines=outlines)] if drawing.ground else []
    if drawing.counts:
        data.append(_flat(drawing.points, outlines=outlines, fill=NO_FIGURE, line=MUTED, width=0.5))
    else:
        data.append(_shaded(shape, outlines=outlines))
        if shape.missing:
            data.append(_flat(shape.missing, outlines=outlines, fill=NO_FIGURE, line=INK, width=0.5))
    if shape.chosen:
        data.append(_flat(shape.chosen, outlines=outlines, fill="rgba(0,0,0,0)", line=ORANGE, width=shape.rim))
    if drawing.counts:
        data.append(_circles(shape.with_figure, outlines=outlines, chosen=drawing.chosen))
    geo: dict[str, Any] = {"visible": False, "projection": {"type": "mercator"}, "bgcolor": "#FFFFFF"}
    geo |= _window(shape, drawing)
    foot = KEY_HEIGHT if drawing.counts else 0
    around: dict[str, Any] = {"margin": {"l": 0, "r": 0, "t": 0, "b": foot}, "geo": geo}
    rooms = [round(UNIT_ROOM * width) for width in widths]
    keys = (
        _size_key(shape.with_figure, unit=drawing.unit, most=most)
        if drawing.counts
        else {"coloraxis": _shades(shape, unit=drawing.unit, most=most)}
        for most in rooms
    )
    return tuple({"data": data, "layout": layout(height=drawing.height + foot, **around, **key)} for key in keys)


def _size_key(points: Sequence[Point], *, unit: str, most: int) -> dict[str, Any]:
    """Return the key of the circles below the map: the largest, with its number and what it counts.

    `most` pixels are there for it.
    """
    largest = max((point.value or 0.0 for point in points), default=0.0)
    across, middle = LARGEST_CIRCLE, -KEY_HEIGHT / 2
    in_pixels = {"xref": "paper", "yref": "paper", "xanchor": 0, "yanchor": 0}
    circle = {
        "type": "circle",
        **in_pixels,
        **{"xsizemode": "pixel", "ysizemode": "pixel"},
        **{"x0": 0, "x1": across, "y0": middle - across / 2, "y1": middle + across / 2},
        "fillcolor": NAVY,
        "opacity": 0.75,
        "line": {"width": 0},
    }
    words = "<br>".join(evened(f"{tick_text(largest)} · {unit}", size=15, most=most - across))
    texts = {
        "text": words,
        **{"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xshift": across + 8, "yshift": middle},
        **{"xanchor": "left", "yanchor": "middle", "align": "left", "showarrow": False},
    }
    return {"shapes": [circle], "annotations": [texts]}


def _window(shape: Map, drawing: AreaMap) -> dict[str, Any]:
    """Return the ranges that hold the areas; Plotly's own `fitbounds` leaves a tenth of a degree around them."""
    if not shape.is_whole:
        (west, south), (east, north) = WINDOW
        return {"lonaxis": {"range": [west, east]}, "lataxis": {"range": [south, north]}}
    (west, south), (east, north) = corners(rings_at(drawing.outlines), shape.codes)
    aside = MARGIN * max(east - west, north - south)
    return {
        "lonaxis": {"range": [round(west - aside, 4), round(east + aside, 4)]},
        "lataxis": {"range": [round(south - aside, 4), round(north + aside, 4)]},
    }


def _circles(points: Sequence[Point], *, outlines: str, chosen: Sequence[str]) -> dict[str, Any]:
    """Return the circles; those of `chosen` areas have a strong rim, because they may hide the outline below."""
    outlined = outlines_at(outlines)
    circles = [p for p in points if p.code in outlined]
    places = [degrees_of(inside(outlined[p.code])) for p in circles]
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": [round(longitude, 4) for longitude, _ in places],
        "lat": [round(latitude, 4) for _, latitude in places],
        "text": [p.hover for p in circles],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": diameters([p.value or 0.0 for p in circles]),
            "color": NAVY,
            "opacity": 0.75,
            "line": {
                "color": [ORANGE if p.code in chosen else "#FFFFFF" for p in circles],
                "width": [3 if p.code in chosen else 1 for p in circles],
            },
        },
        "showlegend": False,
    }


def _shaded(shape: Map, *, outlines: str) -> dict[str, Any]:
    """Return the areas by their class; what each is shaded with stands in `_shades`."""
    return {
        "type": "choropleth",
        "geojson": outlines,
        "featureidkey": "properties.code",
        "locations": [p.code for p in shape.with_figure],
        "z": [shape.class_of(p) + 0.5 for p in shape.with_figure],
        "text": [p.hover for p in shape.with_figure],
        "hovertemplate": "%{text}<extra></extra>",
        "coloraxis": "coloraxis",
        "marker": {"line": {"color": "#FFFFFF", "width": 1}},
    }


def _shades(shape: Map, *, unit: str, most: int) -> dict[str, Any]:
    """Return the shades and their bar, on which every class is as wide as any other; `most` pixels hold its words."""
    many = len(shape.colours)
    return {
        "cmin": 0,
        "cmax": many,
        "colorscale": [(round(n / many, 6), colour) for at, colour in enumerate(shape.colours) for n in (at, at + 1)],
        "colorbar": {
            "orientation": "h",
            "thickness": 14,
            "len": 0.9,
            "y": 0,
            "yanchor": "top",
            "title": {"text": "<br>".join(evened(unit, size=15, most=most)), "side": "top"},
            "tickvals": [n + 0.5 for n in range(many)] if shape.middle else list(range(many + 1)),
            "ticktext": list(shape.labels),
            "outlinewidth": 0,
        },
    }


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
