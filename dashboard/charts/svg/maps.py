"""Maps as drawings: areas shaded in classes, their edges written under a bar of shades.

The awkward fact: a drawing names its outlines by the address a browser would fetch. Only our own boundary files are
opened for it, by their name, from the folder that the address stands for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, pi, radians, tan
from pathlib import Path
from typing import TypeAlias

from dashboard.charts.drawing import AreaMap
from dashboard.charts.maps import OUTERMOST, STATIC, WINDOW, class_edges
from dashboard.charts.scale import tick_text
from dashboard.charts.svg.canvas import LINE, Sheet, clamped, element, number, rect, text
from dashboard.charts.template import INK, NO_FIGURE, ORANGE, RULE, SEQUENTIAL

FOLDER = Path(__file__).parents[2] / "static"
OURS = re.compile(rf"{re.escape(STATIC)}/(boundaries/\w+\.geojson)")
BAR_WIDTH, BAR_HEIGHT, SIZE = 460, 14, 14
Ring: TypeAlias = tuple[tuple[float, float], ...]
Outlines: TypeAlias = Mapping[str, tuple[Ring, ...]]


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How flattened degrees become pixels."""

    left: float
    top: float
    scale: float
    aside: float

    def of(self, rings: Iterable[Ring]) -> str:
        """Return the `d` of some rings, to a tenth of a pixel."""
        return "".join(f"M{'L'.join(self._corner(x, y) for x, y in ring)}Z" for ring in rings)

    def _corner(self, x: float, y: float) -> str:
        return f"{(x - self.left) * self.scale + self.aside:.1f} {(self.top - y) * self.scale:.1f}"


def area_map(drawing: AreaMap, *, width: int) -> Sheet:
    """Draw the areas, those we look at outlined, and the classes below; ValueError for outlines that are not ours."""
    outlines = _outlines(drawing.outlines)
    whole = not drawing.ground or bool(OUTERMOST & {p.code for p in drawing.points})
    ground = [code for code in drawing.ground if whole or code not in OUTERMOST]
    codes = [*ground, *(p.code for p in drawing.points)]
    fit, height = _fit(outlines, codes, windowed=not whole, width=width, most=drawing.height)
    held = {p.code: p.value for p in drawing.points if p.value is not None}
    edges = list(drawing.classes.edges) if drawing.classes else class_edges(list(held.values()))
    shades = SEQUENTIAL[::-1] if drawing.classes and drawing.classes.low_is_dark else SEQUENTIAL
    fills = {code: shades[_class(value, edges)] for code, value in held.items()}
    parts = [_area(outlines, code, fit, fill=NO_FIGURE, stroke=RULE, wide=0.5) for code in ground]
    for point in drawing.points:
        fill, stroke, wide = (fills[point.code], "#FFFFFF", 1.0) if point.code in fills else (NO_FIGURE, INK, 0.5)
        parts.append(_area(outlines, point.code, fit, fill=fill, stroke=stroke, wide=wide))
    ours = [p.code for p in drawing.points if p.code in drawing.chosen]
    parts += [_area(outlines, c, fit, fill="none", stroke=ORANGE, wide=1.5 if drawing.ground else 3) for c in ours]
    window = {"x": 0, "y": 0, "width": width, "height": height}
    inside = element("svg", window, "".join(parts))  # which cuts what lies outside
    labels = drawing.classes.labels if drawing.classes else ()
    return Sheet(
        height=height + 2 * LINE + BAR_HEIGHT + 18,
        parts=(inside, *_key(drawing.unit, edges, labels, shades, top=height + 8, width=width)),
    )


def _area(outlines: Outlines, code: str, fit: Fit, *, fill: str, stroke: str, wide: float) -> str:
    look = {"fill": fill, "stroke": stroke, "stroke-width": number(wide), "fill-rule": "evenodd"}
    return element("path", {"d": fit.of(outlines[code]), **look, "class": "area"})


def _class(value: float, edges: Sequence[float]) -> int:
    """Return the class that holds a value; one on an edge belongs to the class above, but the highest to the last."""
    return min(sum(value >= edge for edge in edges[1:-1]), len(edges) - 2)


def _key(
    unit: str, edges: Sequence[float], labels: Sequence[str], shades: Sequence[str], *, top: float, width: int
) -> list[str]:
    """Return the bar of shades with the unit above it, and below it the edges, or the classes' own names."""
    wide = min(width * 0.86, BAR_WIDTH)
    left, step = (width - wide) / 2, wide / len(shades)
    parts = [text(left, top + SIZE, unit, size=SIZE, kind="key")]
    bar = top + LINE + 6
    for n, fill in enumerate(shades):
        parts.append(rect(left + n * step, bar, left + (n + 1) * step, bar + BAR_HEIGHT, fill=fill, kind="class"))
    middles = [(n + 0.5) * step for n in range(len(shades))]
    places = middles if labels else [n * step for n in range(len(edges))]
    for place, words in zip(places, labels or [tick_text(edge) for edge in edges], strict=True):
        x = clamped(left + place, words, width=width, size=SIZE)
        parts.append(text(x, bar + BAR_HEIGHT + SIZE + 3, words, size=SIZE, anchor="middle", kind="key"))
    return parts


def _fit(outlines: Outlines, codes: Sequence[str], *, windowed: bool, width: int, most: float) -> tuple[Fit, float]:
    """Return how the areas, or the window on them, fill the width, or `most` pixels of height."""
    points = [point for code in codes for ring in outlines[code] for point in ring]
    if windowed:
        across, up = WINDOW["lonaxis"]["range"], WINDOW["lataxis"]["range"]
        points = [_flat(across[0], up[0]), _flat(across[1], up[1])]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, top = min(y for _, y in points), max(y for _, y in points)
    scale = min((width - 6) / (right - left), (most - 6) / (top - low))
    margin = 3 / scale
    aside = (width - (right - left) * scale) / 2 + 3 - margin * scale
    return Fit(left=left, top=top + margin, scale=scale, aside=aside), (top - low) * scale + 6


def _flat(longitude: float, latitude: float) -> tuple[float, float]:
    """Flatten a place as Mercator did."""
    return radians(longitude), log(tan(pi / 4 + radians(latitude) / 2))


@cache
def _outlines(address: str) -> Outlines:
    """Read one of our boundary files: the flattened rings of each area, by its code."""
    ours = OURS.fullmatch(address)
    if not ours:
        raise ValueError(f"expected outlines at {STATIC}/boundaries/<name>.geojson; came {address!r}")
    features = json.loads((FOLDER / ours[1]).read_text(encoding="utf-8"))["features"]
    return {f["properties"]["code"]: _rings(f["geometry"]) for f in features}


def _rings(geometry: Mapping[str, object]) -> tuple[Ring, ...]:
    polygons: list[list[list[list[float]]]] = geometry["coordinates"]  # type: ignore[assignment]
    if geometry["type"] == "Polygon":
        polygons = [polygons]  # type: ignore[list-item]
    return tuple(tuple(_flat(x, y) for x, y, *_ in ring) for polygon in polygons for ring in polygon)
