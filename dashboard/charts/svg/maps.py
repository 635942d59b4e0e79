"""Maps as drawings: areas shaded in classes, their edges written under a bar of shades."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.charts.drawing import AreaMap
from dashboard.charts.maps import OUTERMOST, WINDOW, class_edges
from dashboard.charts.outlines import Outlines, Ring, corners, flat, outlines_at
from dashboard.charts.scale import tick_text
from dashboard.charts.svg.canvas import LINE, Sheet, clamped, element, number, rect, text
from dashboard.charts.template import INK, NO_FIGURE, ORANGE, RULE, SEQUENTIAL

BAR_WIDTH, BAR_HEIGHT, SIZE = 460, 14, 14


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
    found = outlines_at(drawing.outlines)
    whole = not drawing.ground or bool(OUTERMOST & {p.code for p in drawing.points})
    ground = [code for code in drawing.ground if whole or code not in OUTERMOST]
    codes = [*ground, *(p.code for p in drawing.points)]
    fit, height = _fit(found, codes, windowed=not whole, width=width, most=drawing.height)
    held = {p.code: p.value for p in drawing.points if p.value is not None}
    edges = list(drawing.classes.edges) if drawing.classes else class_edges(list(held.values()))
    shades = SEQUENTIAL[::-1] if drawing.classes and drawing.classes.low_is_dark else SEQUENTIAL
    fills = {code: shades[_class(value, edges)] for code, value in held.items()}
    parts = [_area(found, code, fit, fill=NO_FIGURE, stroke=RULE, wide=0.5) for code in ground]
    for point in drawing.points:
        fill, stroke, wide = (fills[point.code], "#FFFFFF", 1.0) if point.code in fills else (NO_FIGURE, INK, 0.5)
        parts.append(_area(found, point.code, fit, fill=fill, stroke=stroke, wide=wide))
    ours = [p.code for p in drawing.points if p.code in drawing.chosen]
    parts += [_area(found, c, fit, fill="none", stroke=ORANGE, wide=1.5 if drawing.ground else 3) for c in ours]
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


def _fit(found: Outlines, codes: Sequence[str], *, windowed: bool, width: int, most: float) -> tuple[Fit, float]:
    """Return how the areas, or the window on them, fill the width, or `most` pixels of height."""
    (left, low), (right, top) = corners(found, codes)
    if windowed:
        across, up = WINDOW["lonaxis"]["range"], WINDOW["lataxis"]["range"]
        (left, low), (right, top) = flat(across[0], up[0]), flat(across[1], up[1])
    scale = min((width - 6) / (right - left), (most - 6) / (top - low))
    margin = 3 / scale
    aside = (width - (right - left) * scale) / 2 + 3 - margin * scale
    return Fit(left=left, top=top + margin, scale=scale, aside=aside), (top - low) * scale + 6
