"""Maps as drawings: areas shaded in classes with their edges under a bar of shades, or circles sized by counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.classes import class_of
from dashboard.charts.drawing import AreaMap
from dashboard.charts.letters import wrapped
from dashboard.charts.maps import LARGEST_CIRCLE, OUTERMOST, WINDOW, diameters, edges_of, shades
from dashboard.charts.outlines import Outlines, Point, Ring, corners, flat, inside, outlines_at
from dashboard.charts.scale import tick_text, tick_texts
from dashboard.charts.svg.canvas import LINE, Sheet, clamped, dot, element, lines_of_text, number, rect, text
from dashboard.charts.template import INK, MUTED, NAVY, NO_FIGURE, ORANGE, RULE

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

    def at(self, point: Point) -> Point:
        """Return the pixels of a flattened place."""
        x, y = point
        return (x - self.left) * self.scale + self.aside, (self.top - y) * self.scale

    def _corner(self, x: float, y: float) -> str:
        across, down = self.at((x, y))
        return f"{across:.1f} {down:.1f}"


def area_map(drawing: AreaMap, *, width: int) -> Sheet:
    """Draw the areas, those we look at outlined, and a key below; ValueError for outlines that are not ours."""
    found = outlines_at(drawing.outlines)
    whole = not drawing.ground or bool(OUTERMOST & {p.code for p in drawing.points})
    ground = [code for code in drawing.ground if whole or code not in OUTERMOST]
    codes = [*ground, *(p.code for p in drawing.points)]
    fit, height = _fit(found, codes, windowed=not whole, width=width, most=drawing.height)
    held = {p.code: p.value for p in drawing.points if p.value is not None}
    edges = edges_of(list(held.values()), drawing.classes)
    colours = shades(len(edges) - 1, low_is_dark=bool(drawing.classes and drawing.classes.low_is_dark))
    fills = {} if drawing.counts else {code: colours[class_of(value, edges)] for code, value in held.items()}
    parts = [_area(found, code, fit, fill=NO_FIGURE, stroke=RULE, wide=0.5) for code in ground]
    edge = MUTED if drawing.counts else INK
    for point in drawing.points:
        fill, stroke, wide = (fills[point.code], "#FFFFFF", 1.0) if point.code in fills else (NO_FIGURE, edge, 0.5)
        parts.append(_area(found, point.code, fit, fill=fill, stroke=stroke, wide=wide))
    ours = [p.code for p in drawing.points if p.code in drawing.chosen]
    parts += [_area(found, c, fit, fill="none", stroke=ORANGE, wide=1.5 if drawing.ground else 3) for c in ours]
    parts += _circles(held, found, fit, chosen=drawing.chosen) if drawing.counts else []
    window = {"x": 0, "y": 0, "width": width, "height": height}
    cut = element("svg", window, "".join(parts))  # which cuts what lies outside
    if drawing.counts:
        largest = _largest(drawing.unit, max(held.values(), default=0.0), top=height + 8, width=width)
        return Sheet(height=height + LARGEST_CIRCLE + 16, parts=(cut, *largest))
    labels = drawing.classes.labels if drawing.classes else ()
    return Sheet(
        height=height + LINE * (1 + _lines(drawing.unit, width)) + BAR_HEIGHT + 18,
        parts=(cut, *_key(drawing.unit, edges, labels, colours, top=height + 8, width=width)),
    )


def _circles(held: Mapping[str, float], outlines: Outlines, fit: Fit, *, chosen: Sequence[str]) -> list[str]:
    """Return a circle on each area whose surface is in proportion to its count, the largest at the back."""
    order = sorted((code for code in held if code in outlines), key=lambda code: -held[code])
    wide = diameters([held[code] for code in order])
    places = [fit.at(inside(outlines[code])) for code in order]
    rims = [(ORANGE, 3) if code in chosen else ("#FFFFFF", 1) for code in order]
    return [
        dot(x, y, w / 2, fill=NAVY, stroke=rim, width=thick, kind="count")
        for (x, y), w, (rim, thick) in zip(places, wide, rims, strict=True)
    ]


def _largest(unit: str, most: float, *, top: float, width: int) -> list[str]:
    """Return the key of the circles: the largest, with its number and what it counts."""
    radius = LARGEST_CIRCLE / 2
    left = max((width - BAR_WIDTH) / 2, 0.0) + radius
    words = f"{tick_text(most)} · {unit}"
    named = text(left + radius + 8, top + radius + 5, words, size=SIZE, kind="key")
    return [dot(left, top + radius, radius, fill=NAVY, kind="class"), named]


def _area(outlines: Outlines, code: str, fit: Fit, *, fill: str, stroke: str, wide: float) -> str:
    look = {"fill": fill, "stroke": stroke, "stroke-width": number(wide), "fill-rule": "evenodd"}
    return element("path", {"d": fit.of(outlines[code]), **look, "class": "area"})


def _lines(unit: str, width: int) -> int:
    """Return how many lines the words above the bar of shades need."""
    return len(wrapped(unit, size=SIZE, most=width - (width - _bar(width)) / 2))


def _bar(width: int) -> float:
    return min(width * 0.86, BAR_WIDTH)


def _key(
    unit: str, edges: Sequence[float], labels: Sequence[str], colours: Sequence[str], *, top: float, width: int
) -> list[str]:
    """Return the bar of shades with the unit above it, and below it the edges, or the classes' own names."""
    wide = _bar(width)
    left, step = (width - wide) / 2, wide / len(colours)
    lines = wrapped(unit, size=SIZE, most=width - left)
    parts = list(lines_of_text(left, top, lines, size=SIZE, kind="key"))
    bar = top + LINE * len(lines) + 6
    for n, fill in enumerate(colours):
        parts.append(rect(left + n * step, bar, left + (n + 1) * step, bar + BAR_HEIGHT, fill=fill, kind="class"))
    middles = [(n + 0.5) * step for n in range(len(colours))]
    places = middles if labels else [n * step for n in range(len(edges))]
    for place, words in zip(places, labels or tick_texts(edges), strict=True):
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
