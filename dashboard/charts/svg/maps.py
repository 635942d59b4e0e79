"""Maps as drawings: areas shaded in classes with their edges under a bar of shades, or circles sized by counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.charts.geometry import maps as geometry
from dashboard.charts.geometry.maps import LARGEST_CIRCLE, WINDOW, Map, diameters
from dashboard.charts.geometry.outlines import Outlines, Point, Ring, corners, flat, inside, outlines_at
from dashboard.charts.letters import wrapped
from dashboard.charts.look import INK, MUTED, NAVY, NO_FIGURE, ORANGE, RULE
from dashboard.charts.scale import tick_text
from dashboard.charts.spec import AreaMap
from dashboard.charts.svg.canvas import LINE, Sheet, clamped, dot, element, lines_of_text, number, rect, text

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
    outlines, shape = outlines_at(drawing.outlines), geometry.area_map(drawing)
    fit, height = _fit(outlines, shape, width=width, most=drawing.height)
    fills = {} if drawing.counts else {point.code: shape.colours[shape.class_of(point)] for point in shape.with_figure}
    parts = [
        _area(outlines, code, fit, fill=NO_FIGURE, stroke=RULE, wide=0.5) for code in shape.ground if code in outlines
    ]
    edge = MUTED if drawing.counts else INK
    for point in (one for one in drawing.points if one.code in outlines):  # an older area may have no outline any more
        fill, stroke, wide = (fills[point.code], "#FFFFFF", 1.0) if point.code in fills else (NO_FIGURE, edge, 0.5)
        parts.append(_area(outlines, point.code, fit, fill=fill, stroke=stroke, wide=wide))
    parts += [
        _area(outlines, p.code, fit, fill="none", stroke=ORANGE, wide=shape.rim)
        for p in shape.chosen
        if p.code in outlines
    ]
    parts += _circles(shape, outlines, fit) if drawing.counts else []
    window = {"x": 0, "y": 0, "width": width, "height": height}
    cut = element("svg", window, "".join(parts))  # which cuts what lies outside
    if drawing.counts:
        most = max((point.value or 0.0 for point in shape.with_figure), default=0.0)
        largest = _largest(drawing.unit, most, top=height + 8, width=width)
        return Sheet(height=height + LARGEST_CIRCLE + 16, parts=(cut, *largest))
    return Sheet(
        height=height + LINE * (1 + _lines(drawing.unit, width)) + BAR_HEIGHT + 18,
        parts=(cut, *_key(drawing.unit, shape, top=height + 8, width=width)),
    )


def _circles(shape: Map, outlines: Outlines, fit: Fit) -> list[str]:
    """Return a circle on each area whose surface is in proportion to its count, the largest at the back."""
    circles = (point for point in shape.with_figure if point.code in outlines)
    order = sorted(circles, key=lambda point: -(point.value or 0.0))
    wide = diameters([point.value or 0.0 for point in order])
    places = [fit.at(inside(outlines[point.code])) for point in order]
    rims = [(ORANGE, 3) if point in shape.chosen else ("#FFFFFF", 1) for point in order]
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


def _key(unit: str, shape: Map, *, top: float, width: int) -> list[str]:
    """Return the bar of shades with the unit above it, and below it the edges, or the classes' own names."""
    wide = _bar(width)
    left, step = (width - wide) / 2, wide / len(shape.colours)
    lines = wrapped(unit, size=SIZE, most=width - left)
    parts = list(lines_of_text(left, top, lines, size=SIZE, kind="key"))
    bar = top + LINE * len(lines) + 6
    for n, fill in enumerate(shape.colours):
        parts.append(rect(left + n * step, bar, left + (n + 1) * step, bar + BAR_HEIGHT, fill=fill, kind="class"))
    for n, words in enumerate(shape.labels):
        place = (n + (0.5 if shape.middle else 0)) * step
        x = clamped(left + place, words, width=width, size=SIZE)
        parts.append(text(x, bar + BAR_HEIGHT + SIZE + 3, words, size=SIZE, anchor="middle", kind="key"))
    return parts


def _fit(outlines: Outlines, shape: Map, *, width: int, most: float) -> tuple[Fit, float]:
    """Return how the areas, or the window on them, fill the width, or `most` pixels of height."""
    window = corners(outlines, shape.codes) if shape.is_whole else tuple(flat(*corner) for corner in WINDOW)
    (left, low), (right, top) = window
    scale = min((width - 6) / (right - left), (most - 6) / (top - low))
    margin = 3 / scale
    aside = (width - (right - left) * scale) / 2 + 3 - margin * scale
    return Fit(left=left, top=top + margin, scale=scale, aside=aside), (top - low) * scale + 6
