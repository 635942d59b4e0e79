"""Comparisons as drawings: ranked dots, and dots with intervals.

The awkward fact: names are long, longest in Welsh, and a telephone is narrow. So names take at most a set part of the
width, on as many lines as they need, and the row grows with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dashboard.charts.geometry.dots import (
    HEADING,
    SHAPES,
    dots_from_below,
    dots_range,
    from_below,
    intervals_range,
    place_colours,
)
from dashboard.charts.geometry.few import ROW as FEW_ROW
from dashboard.charts.geometry.few import few_words
from dashboard.charts.geometry.rows import names_go_above
from dashboard.charts.letters import text_width, wrapped
from dashboard.charts.look import INK, MUTED, NAVY, OTHERS
from dashboard.charts.scale import Scale
from dashboard.charts.spec import Interval, IntervalDots, Point, RankedDots
from dashboard.charts.svg.canvas import (
    LINE,
    Frame,
    Sheet,
    clamped,
    dot,
    element,
    few_box,
    few_key,
    line,
    lines_of_text,
    number,
    path,
    text,
)
from dashboard.charts.svg.rows import (
    MOST_TICKS,
    SIZE,
    TICKS_HEIGHT,
    Row,
    bottom_of,
    grid,
    left_of,
    names_beside,
    stacked,
)
from dashboard.i18n.bilingual import Both

SMALL = 13  # pixels, the words at the end of a row
NAMES, PLACES, WORDS = 0.44, 0.38, 0.3  # of the width, at most: names on the left, words at the end of a row
NUMBERED = 0.54  # of the width, at most: names whose numbers stand with them, and nothing at the end of the row
ROW, GAP, DOT_ROW = 24, 8.0, 20.0
KEY_GAP, KEY_MARK, KEY_BETWEEN = 4.0, 18.0, 20.0  # over what says whose marks are, a mark's room, and between two
IN_BOTH, CLOSE = 0.64, 2.0  # names in both languages: of the width, at most, and the gap between rows of one line


@dataclass(frozen=True, kw_only=True)
class _Room:
    """What names may take: a part of the width, and the height of a row with the gap in it, or under its name."""

    most: float
    row: float
    under_name: float
    gap: float = GAP
    is_in_both: bool = False

    @classmethod
    def of(cls, names: Sequence[str], *, most: float, row: float, under_name: float) -> _Room:
        """Return the room of names; those in both languages are long and stand beside, close, each on one line."""
        if any(isinstance(name, Both) for name in names):
            return cls(most=IN_BOTH, row=0.0, under_name=0.0, gap=CLOSE, is_in_both=True)
        return cls(most=most, row=row, under_name=under_name)


def _rows_and_scale(
    stack: Callable[..., list[Row]], room: _Room, *, reach: Sequence[float], end: float, width: int
) -> tuple[list[Row], Scale]:
    """Return rows with their names beside them, or above where that leaves no room, and the scale that they share."""
    rows = stack(most=width * room.most, row=room.row, gap=room.gap)
    low, high = reach
    across = Scale(low=low, high=high, start=left_of(rows), end=end)
    if room.is_in_both or not names_go_above(across, width=width, size=SIZE, most=MOST_TICKS):
        return rows, across
    rows = stack(most=width, row=room.under_name, above=True)
    return rows, replace(across, start=left_of(rows))


def ranked_dots(drawing: RankedDots, *, width: int) -> Sheet:
    """Draw one dot per row, largest or first given on top, each with its number."""
    if drawing.places:
        return _grouped_dots(drawing, width=width)
    pairs = dots_from_below(drawing.points, drawing.labels, ranked=drawing.ranked)[::-1]
    names = [p.at for p, _ in pairs]
    strong = [p.code in drawing.chosen for p, _ in pairs]
    with_name = bool(drawing.rings)
    ends = [label if with_name else "" for _, label in pairs]
    bold = [s and not with_name for s in strong]
    room = _Room.of(names, most=NUMBERED if with_name else NAMES, row=ROW, under_name=DOT_ROW)
    beside = 14.0 if with_name else max(text_width(label, size=SIZE, bold=True) for _, label in pairs) + 14
    rows, across = _rows_and_scale(
        partial(stacked, names, ends, bold, top=TICKS_HEIGHT),
        room,
        reach=dots_range(drawing.points, drawing.rings),
        end=width - beside,
        width=width,
    )
    frame = Frame(left=across.start, top=TICKS_HEIGHT, right=across.end, bottom=bottom_of(rows))
    rings = {p.at: p for p in drawing.rings}
    parts = [*grid(across, frame, names_at=TICKS_HEIGHT - 8), *names_beside(rows, frame)]
    for (point, label), row, is_strong in zip(pairs, rows, strong, strict=True):
        parts += _ring(rings.get(point.at), across, row)
        parts += _dot(point, "" if with_name else label, across, row, strong=is_strong)
    owners, height = _whose(drawing, top=frame.bottom + KEY_GAP, left=frame.left, width=width)
    few, few_height = few_key(few_words(drawing, most=width - 2, size=SMALL), top=height)
    return Sheet(height=height + few_height, parts=(*parts, *owners, *few))


def _whose(drawing: RankedDots, *, top: float, left: float, width: int) -> tuple[list[str], float]:
    """Return a line that says whose the dots and whose the rings are, and where it ends.

    It begins under the axis where it fits there, else further left; where one line is too short for both, each has its
    own, or as many as its name needs.
    """
    if not drawing.whose:
        return [], top - KEY_GAP + 4
    widths = [KEY_MARK + text_width(name, size=SMALL) for name in drawing.whose]
    is_on_one_line = sum(widths) + KEY_BETWEEN <= width
    x = max(0.0, min(left, width - sum(widths) - KEY_BETWEEN))
    parts: list[str] = []
    y = top + LINE / 2
    for name, own_width in zip(drawing.whose, widths, strict=True):
        rim = (MUTED, 2) if parts else ("", 0)  # the rings' come second
        parts.append(dot(x + 6, y, 6, fill="#FFFFFF" if parts else NAVY, stroke=rim[0], width=rim[1], kind="key"))
        lines = [name] if is_on_one_line else wrapped(name, size=SMALL, most=width - KEY_MARK)
        for n, words in enumerate(lines):
            parts.append(text(x + KEY_MARK, y + 5 + n * LINE, words, size=SMALL, fill=MUTED, kind="whose"))
        x, y = (x + own_width + KEY_BETWEEN, y) if is_on_one_line else (x, y + len(lines) * LINE)
    return parts, y + LINE * (0.5 if is_on_one_line else -0.5) + 2


def _grouped_dots(drawing: RankedDots, *, width: int) -> Sheet:
    """Draw a group of rows for each heading, a row for each of several places, every dot with its number."""
    headings = [place == HEADING for place in drawing.places]
    beside = max(text_width(label, size=SIZE, bold=True) for label in drawing.labels) + 14
    rows, across = _rows_and_scale(
        partial(stacked, drawing.names, [""] * len(headings), headings, top=TICKS_HEIGHT),
        _Room.of(drawing.names, most=NAMES, row=ROW, under_name=DOT_ROW),
        reach=dots_range(drawing.points, ()),
        end=width - beside,
        width=width,
    )
    frame = Frame(left=across.start, top=TICKS_HEIGHT, right=across.end, bottom=bottom_of(rows))
    parts = [*grid(across, frame, names_at=TICKS_HEIGHT - 8), *names_beside(rows, frame)]
    for point, label, place, row in zip(drawing.points, drawing.labels, drawing.places, rows, strict=True):
        if point.value is None:
            continue
        x, (colour, words) = across.at(point.drawn_value or 0.0), place_colours(place)
        parts.append(_mark(point, across, row, radius=6 if place == 0 else 5, fill=colour))
        parts.append(text(x + 11, row.middle + 5, label, size=SIZE, fill=words, bold=place == 0, kind="label"))
    few, few_height = few_key(few_words(drawing, most=width - 2, size=SMALL), top=frame.bottom)
    return Sheet(height=frame.bottom + 4 + few_height, parts=(*parts, *few))


def _ring(ring: Point | None, across: Scale, row: Row) -> list[str]:
    if ring is None or ring.value is None:
        return []
    return [dot(across.at(ring.drawn_value or 0.0), row.middle, 6, fill="#FFFFFF", stroke=MUTED, width=2, kind="ring")]


def _dot(point: Point, label: str, across: Scale, row: Row, *, strong: bool) -> list[str]:
    if point.value is None:
        x, y = across.at(0.0) + 11, row.middle + 5
        return [text(x, y, point.marker, size=SIZE, fill=MUTED, kind="held-back")] if point.marker else []
    x, colour = across.at(point.drawn_value or 0.0), NAVY if strong else OTHERS
    parts = [_mark(point, across, row, radius=6.5 if strong else 4.5, fill=colour)]
    if label:
        fill = NAVY if strong else MUTED
        parts.append(text(x + 11, row.middle + 5, label, size=SIZE, fill=fill, bold=strong, kind="label"))
    return parts


def _mark(point: Point, across: Scale, row: Row, *, radius: float, fill: str) -> str:
    """Draw a dot, or fewer than five people as the box of what they may be."""
    if point.stretch is None:
        return dot(across.at(point.value or 0.0), row.middle, radius, fill=fill)
    low, high = (across.at(end) for end in point.stretch)
    tall = row.height * FEW_ROW
    corners = [(low, row.middle - tall), (high, row.middle - tall), (high, row.middle + tall), (low, row.middle + tall)]
    return few_box(corners, colour=fill)


def interval_dots(drawing: IntervalDots, *, width: int) -> Sheet:
    """Draw one row per place with its interval and words, largest on top, and the benchmark as a labelled line."""
    order = from_below(drawing.rows, ranked=drawing.ranked)[::-1]
    strong = [row.code in drawing.chosen for row in order]
    title = wrapped(drawing.benchmark_label, size=SIZE, most=width, bold=True) if drawing.benchmark is not None else ()
    top = LINE * len(title) + 6.0
    words = [wrapped(r.label, size=SMALL, most=width * WORDS, bold=s) for r, s in zip(order, strong, strict=True)]
    names, ends = [r.at for r in order], [""] * len(order)
    room = _Room.of(names, most=PLACES, row=ROW + 2, under_name=ROW + 2)
    least = max(room.row, LINE * max(len(lines) for lines in words) + room.gap)
    widest = max(text_width(one, size=SMALL, bold=s) for lines, s in zip(words, strong, strict=True) for one in lines)
    rows, across = _rows_and_scale(
        partial(stacked, names, ends, strong, top=top),
        replace(room, row=least, under_name=least),
        reach=intervals_range(order, drawing.benchmark),
        end=width - widest - 10,
        width=width,
    )
    frame = Frame(left=across.start, top=top, right=across.end, bottom=bottom_of(rows))
    parts = [*grid(across, frame, names_at=frame.bottom + 18), *names_beside(rows, frame)]
    parts += _benchmark(drawing.benchmark, title, across, frame, width=width)
    for interval, row, lines, is_strong in zip(order, rows, words, strong, strict=True):
        parts += _interval(interval, row, across, strong=is_strong)
        above = row.middle - LINE * len(lines) / 2 + 1
        parts += lines_of_text(frame.right + 10, above, lines, size=SMALL, bold=is_strong, kind="label")
    return Sheet(height=frame.bottom + TICKS_HEIGHT, parts=tuple(parts))


def _benchmark(value: float | None, title: Sequence[str], across: Scale, frame: Frame, *, width: float) -> list[str]:
    if value is None:
        return []
    x = across.at(value)
    parts = [line(x, frame.top, x, frame.bottom, stroke=INK, width=1.5)]
    for level, one in enumerate(title):
        centre = clamped(x, one, width=width, size=SIZE, bold=True)
        parts.append(text(centre, LINE * level + SIZE, one, size=SIZE, bold=True, anchor="middle", kind="benchmark"))
    return parts


def _interval(interval: Interval, row: Row, across: Scale, *, strong: bool) -> list[str]:
    parts = []
    if interval.lower is not None and interval.upper is not None:
        ends = across.at(interval.lower), across.at(interval.upper)
        parts.append(line(ends[0], row.middle, ends[1], row.middle, stroke=MUTED, width=1.5))
    shape, colour = SHAPES[interval.verdict]
    return [*parts, _shape(shape, across.at(interval.value), row.middle, 8 if strong else 5.5, colour, strong=strong)]


def _shape(shape: str, x: float, y: float, radius: float, fill: str, *, strong: bool) -> str:
    """Draw a circle, or a triangle that points right or left."""
    stroke, width = (INK, 2) if strong else ("", 0)
    if shape == "circle":
        return dot(x, y, radius, fill=fill, stroke=stroke, width=width)
    tip = radius if shape == "triangle-right" else -radius
    corners = [(x - tip * 0.75, y - radius), (x + tip, y), (x - tip * 0.75, y + radius)]
    rim = {"stroke": stroke, "stroke-width": number(width)} if strong else {}
    return element("path", {"d": path(corners, closed=True), "fill": fill, "class": "point", **rim})
