"""Maps on a slide: a shape for each area, which whoever is given the deck can select, recolour and read.

The awkward fact: PowerPoint has no chart for a map that opens without a network. So each area is a freeform with its
name and its figure, and the key stands beside the map as text; all of it is one group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from dashboard.charts.geometry.maps import LARGEST_CIRCLE, WINDOW, Map, area_map, diameters
from dashboard.charts.geometry.outlines import Outlines, Point, Ring, corners, flat, inside, outlines_at
from dashboard.charts.look import MUTED, NAVY, NO_FIGURE, ORANGE, RULE
from dashboard.charts.measure import LINE_HEIGHT, line_count, width_of
from dashboard.charts.powerpoint.axes import Native
from dashboard.charts.powerpoint.frame import CHART_SIZE, EMU, GAP, Frame
from dashboard.charts.powerpoint.words import NumberedShape, numbered, words_of
from dashboard.charts.powerpoint.xml import fill, line, plain
from dashboard.charts.scale import tick_text
from dashboard.charts.spec import AreaMap
from dashboard.charts.spec import Point as Figure
from dashboard.i18n.bilingual import Both, on_lines

SWATCH, ASIDE, LINE, LEAST_KEY = 22.0, 8.0, CHART_SIZE * LINE_HEIGHT, 150.0
KEY_SHARE = 0.42  # of the frame's width, at most, for what the shades mean
_WHITE = "#FFFFFF"


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How flattened degrees become points of the slide."""

    left: float
    top: float
    scale: float
    frame: Frame

    def at(self, point: Point) -> Point:
        """Return the place of a flattened point on the slide."""
        return self.frame.left + (point[0] - self.left) * self.scale, self.frame.top + (
            self.top - point[1]
        ) * self.scale


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a shape looks: its fill, its line and how thick that is in points."""

    fill: str
    line: str
    width: float


def add_area_map(native: Native, drawing: AreaMap) -> Any:
    """Add the areas, those we look at outlined and in front, and the key at the right, as one group."""
    outlines, shape = outlines_at(drawing.outlines), area_map(drawing)
    key = _key_width(native, drawing, shape)
    whole = native.frame
    room = replace(whole, width=whole.width - key - GAP)
    fit = _fit(outlines, shape, room)
    group = native.slide.shapes.add_group_shape()
    ids = count(1 + max(one.shape_id for one in native.slide.shapes))
    parts = [*_areas(drawing, shape, outlines, fit), *_circles(drawing, shape, outlines, fit)]
    parts += _key(native, drawing, shape, replace(whole, left=whole.left + whole.width - key, width=key))
    for make in parts:
        group._element.append(parse_xml(make(next(ids))))
    group.name = plain(drawing.unit)
    group._element.nvGrpSpPr.cNvPr.set("descr", native.alt)
    left, top, width, height = native.frame.emu()
    group._element.grpSpPr.insert(0, _placed(left, top, width, height))
    return group


def _areas(drawing: AreaMap, shape: Map, outlines: Outlines, fit: Fit) -> Iterator[NumberedShape]:
    """Yield a freeform for each area: those without a part behind, those that are outlined in front."""
    for code in shape.ground:
        if code in outlines:
            yield _freeform(outlines[code], fit, Look(fill=NO_FIGURE, line=RULE, width=0.5), name="")
    chosen = {point.code for point in shape.chosen}
    filled = {point.code for point in shape.with_figure}
    for point in sorted(drawing.points, key=lambda one: one.code in chosen):
        if point.code not in outlines:  # an area of another year's boundaries
            continue
        shaded = point.code in filled and not drawing.counts
        shade = shape.colours[shape.class_of(point)] if shaded else NO_FIGURE
        edge = (ORANGE, shape.rim) if point.code in chosen else (_WHITE, 0.75) if shaded else (MUTED, 0.5)
        yield _freeform(outlines[point.code], fit, Look(fill=shade, line=edge[0], width=edge[1]), name=name_of(point))


def name_of(point: Figure) -> str:
    """Return an area with its figure in words: "Newport: +13.3%"."""
    return plain(point.hover or point.at)


def _circles(drawing: AreaMap, shape: Map, outlines: Outlines, fit: Fit) -> Iterator[NumberedShape]:
    """Yield a circle for each count, its surface in proportion, the largest behind."""
    circles = [point for point in shape.with_figure if point.code in outlines] if drawing.counts else []
    order = sorted(circles, key=lambda point: -(point.value or 0.0))
    for point, wide in zip(order, diameters([point.value or 0.0 for point in order]), strict=True):
        x, y = fit.at(inside(outlines[point.code]))
        rim = Look(fill=NAVY, line=ORANGE, width=3) if point in shape.chosen else Look(fill=NAVY, line=_WHITE, width=1)
        place = Frame(left=x - wide / 2, top=y - wide / 2, width=wide, height=wide)
        yield _simple("ellipse", place, rim, name_of(point))


def _fit(outlines: Outlines, shape: Map, room: Frame) -> Fit:
    window = corners(outlines, shape.codes) if shape.is_whole else tuple(flat(*corner) for corner in WINDOW)
    (left, low), (right, top) = window
    scale = min(room.width / (right - left), room.height / (top - low))
    wide = (right - left) * scale
    middle = Frame(left=room.left + (room.width - wide) / 2, top=room.top, width=wide, height=room.height)
    return Fit(left=left, top=top, scale=scale, frame=middle)


def _labels(shape: Map) -> list[str]:
    """Return what each shade stands for: the name of its class, or its two ends."""
    if shape.middle:
        return list(shape.labels)
    return [f"{low} – {high}" for low, high in zip(shape.labels, shape.labels[1:], strict=False)]


def _key_width(native: Native, drawing: AreaMap, shape: Map) -> float:
    """Return how wide the key is: its longest line, but no more than its share."""
    labels = [] if drawing.counts else _labels(shape)
    words = [word for one in _alone(drawing.unit) for word in one.split()]
    rows = [SWATCH + ASIDE + width_of(label, size=CHART_SIZE) for label in labels]
    widest = max([*rows, *(width_of(word, size=CHART_SIZE) for word in words)])
    return min(max(widest, LEAST_KEY) + 4, native.frame.width * KEY_SHARE)


def _alone(text: str) -> Sequence[str]:
    return text.alone if isinstance(text, Both) else (text,)


def _key(native: Native, drawing: AreaMap, shape: Map, frame: Frame) -> Iterator[NumberedShape]:
    """Yield the key: what is shown, and under it each shade with its ends, or the largest circle with its number."""
    unit = on_lines(drawing.unit)
    lines = sum(line_count(one, size=CHART_SIZE, width=frame.width) for one in _alone(drawing.unit))
    yield words_of(native, unit, frame.first(lines * LINE))
    below = frame.below(lines * LINE + 6)
    if drawing.counts:
        most = max((point.value or 0.0 for point in shape.with_figure), default=0.0)
        circle = replace(below, width=float(LARGEST_CIRCLE), height=float(LARGEST_CIRCLE))
        yield _simple("ellipse", circle, Look(fill=NAVY, line=_WHITE, width=1), "")
        yield words_of(
            native, tick_text(most), _after(below.below((circle.height - LINE) / 2).first(LINE), circle.width)
        )
        return
    for number, (colour, label) in enumerate(zip(shape.colours, _labels(shape), strict=True)):
        row = below.below(number * (LINE + 4)).first(LINE)
        yield _simple("rect", replace(row, width=SWATCH), Look(fill=colour, line=colour, width=0.5), "")
        yield words_of(native, label, _after(row, SWATCH))


def _after(row: Frame, used: float) -> Frame:
    """Return what is left of a row at the right of a sign."""
    return replace(row, left=row.left + used + ASIDE, width=row.width - used - ASIDE)


# ---- shapes as DrawingML: python-pptx writes a freeform point by point, and a map has two thousand


def _freeform(rings: Sequence[Ring], fit: Fit, look: Look, *, name: str) -> NumberedShape:
    placed = [[tuple(round(side * EMU) for side in fit.at(point)) for point in ring] for ring in rings]
    xs, ys = [x for ring in placed for x, _ in ring], [y for ring in placed for _, y in ring]
    left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    paths = "".join(_path([(x - left, y - top) for x, y in ring]) for ring in placed)
    inner = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}">{paths}</a:path></a:pathLst></a:custGeom>'
    )
    return _shape(name, f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>', inner, look)


def _path(points: Sequence[tuple[int, int]]) -> str:
    first, *others = points
    lines = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in others)
    return f'<a:moveTo><a:pt x="{first[0]}" y="{first[1]}"/></a:moveTo>{lines}<a:close/>'


def _simple(kind: str, frame: Frame, look: Look, name: str) -> NumberedShape:
    left, top, width, height = frame.emu()
    room = f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'
    return _shape(name, room, f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>', look)


def _shape(name: str, room: str, inner: str, look: Look) -> NumberedShape:
    properties = f"<p:spPr><a:xfrm>{room}</a:xfrm>{inner}{fill(look.fill)}{line(look.line, width=look.width)}</p:spPr>"
    return partial(numbered, name, "<p:cNvSpPr/>", properties)


def _placed(left: int, top: int, width: int, height: int) -> Any:
    room = f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'
    return parse_xml(
        f'<a:xfrm {nsdecls("a")}>{room}<a:chOff x="{left}" y="{top}"/><a:chExt cx="{width}" cy="{height}"/></a:xfrm>'
    )
