"""Comparisons and sums as drawings: ranked dots, dots with intervals, and the waterfall.

The awkward fact: names are long, longest in Welsh, and a telephone is narrow. So names take at most a set part of the
width, on as many lines as they need, and the row grows with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.bars import (
    SHAPES,
    Interval,
    dots_from_below,
    dots_range,
    from_below,
    intervals_range,
    running_sums,
)
from dashboard.charts.drawing import IntervalDots, RankedDots, Waterfall
from dashboard.charts.letters import text_width, wrapped
from dashboard.charts.scale import Scale, tick_text, ticks
from dashboard.charts.svg.canvas import (
    LINE,
    Anchor,
    Frame,
    Sheet,
    clamped,
    dot,
    element,
    line,
    lines_of_text,
    number,
    path,
    rect,
    text,
)
from dashboard.charts.template import INK, MUTED, NAVY, OTHERS, RULE, SEQUENTIAL, Point

SIZE, SMALL, TICKS_HEIGHT = 14, 13, 26
ROW, BAR_ROW, BAR = 24, 30, 17
NAMES, WORDS = 0.44, 0.3  # of the width, at most: names on the left, words at the end of a row
FAINT = "#F1F2F2"
MOST_TICKS = 5


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: its name in lines, whether it is strong, where its middle is, and how high it is."""

    lines: tuple[str, ...]
    strong: bool
    middle: float
    height: float
    end: str = ""  # bold, after the last line


def ranked_dots(drawing: RankedDots, *, width: int) -> Sheet:
    """Draw one dot per row, largest or first given on top, each with its number."""
    pairs = dots_from_below(drawing.points, drawing.labels, ranked=drawing.ranked)[::-1]
    names = [p.at for p, _ in pairs]
    strong = [p.code in drawing.chosen for p, _ in pairs]
    with_name = bool(drawing.rings)
    ends = [label if with_name else "" for _, label in pairs]
    rows = _rows(names, ends, [s and not with_name for s in strong], top=TICKS_HEIGHT, most=width * NAMES)
    beside = 14.0 if with_name else max(text_width(label, size=SIZE, bold=True) for _, label in pairs) + 14
    frame = Frame(left=_left(rows), top=TICKS_HEIGHT, right=width - beside, bottom=_bottom(rows))
    low, high = dots_range(drawing.points, drawing.rings)
    across = Scale(low=low, high=high, start=frame.left, end=frame.right)
    rings = {p.at: p for p in drawing.rings}
    parts = [*_grid(across, frame, names_at=TICKS_HEIGHT - 8), *_names(rows, frame)]
    for (point, label), row, is_strong in zip(pairs, rows, strong, strict=True):
        parts += _ring(rings.get(point.at), across, row)
        parts += _dot(point, "" if with_name else label, across, row, strong=is_strong)
    return Sheet(height=frame.bottom + 4, parts=tuple(parts))


def _ring(ring: Point | None, across: Scale, row: Row) -> list[str]:
    if ring is None or ring.value is None:
        return []
    return [dot(across.at(ring.value), row.middle, 6, fill="#FFFFFF", stroke=MUTED, width=2, kind="ring")]


def _dot(point: Point, label: str, across: Scale, row: Row, *, strong: bool) -> list[str]:
    if point.value is None:
        return []
    x, colour = across.at(point.value), NAVY if strong else OTHERS
    parts = [dot(x, row.middle, 6.5 if strong else 4.5, fill=colour)]
    if label:
        fill = NAVY if strong else MUTED
        parts.append(text(x + 11, row.middle + 5, label, size=SIZE, fill=fill, bold=strong, kind="label"))
    return parts


def waterfall(drawing: Waterfall, *, width: int) -> Sheet:
    """Draw the steps that add to the total, read from top to bottom, each with its signed number."""
    every = [*drawing.steps, drawing.total]
    rows = _rows([p.at for p in every], [""] * len(every), [False] * len(every), top=4, most=width * NAMES, row=BAR_ROW)
    room = max(text_width(words, size=SIZE) for words in drawing.texts) + 12
    left = _left(rows)
    frame = Frame(left=left, top=4, right=float(width), bottom=_bottom(rows))
    ends = running_sums([p.value or 0 for p in drawing.steps])
    low, high = min(0.0, *ends), max(0.0, *ends) or 1.0
    across = Scale(low=low, high=high, start=left + (room if low < 0 else 14), end=width - room)
    starts = [0.0, *ends[:-1], 0.0]
    parts = [*_grid(across, frame, names_at=frame.bottom + 18), *_names(rows, frame)]
    parts += [
        _connector(across.at(end), above, below) for end, above, below in zip(ends, rows[:-1], rows[1:], strict=True)
    ]
    for step, (point, start, words) in enumerate(zip(every, starts, drawing.texts, strict=True)):
        parts += _bar(point, start, words, across, rows[step], least=left, total=step == len(drawing.steps))
    return Sheet(height=frame.bottom + TICKS_HEIGHT, parts=tuple(parts))


def _connector(x: float, above: Row, below: Row) -> str:
    return line(x, above.middle + BAR / 2, x, below.middle - BAR / 2, stroke=MUTED)


def _bar(point: Point, start: float, words: str, across: Scale, row: Row, *, least: float, total: bool) -> list[str]:
    """Draw a step with its number beyond its end; before its start where names stand in the way (left of `least`)."""
    change = point.value or 0
    fill = MUTED if total else NAVY if change >= 0 else SEQUENTIAL[2]
    left, right = across.at(start), across.at(start + change)
    bar = rect(left, row.middle - BAR / 2, right, row.middle + BAR / 2, fill=fill, kind="bar")
    zero = across.at(0)
    fits_before = right - 6 - text_width(words, size=SIZE) > (zero + 2 if right >= zero else least)
    anchor: Anchor = "end" if change < 0 and fits_before else "start"
    at = right - 6 if anchor == "end" else max(left, right) + 6
    return [bar, text(at, row.middle + 5, words, size=SIZE, anchor=anchor, kind="label")]


def interval_dots(drawing: IntervalDots, *, width: int) -> Sheet:
    """Draw one row per place with its interval and words, largest on top, and the benchmark as a labelled line."""
    order = from_below(drawing.rows, ranked=drawing.ranked)[::-1]
    strong = [row.code in drawing.chosen for row in order]
    title = wrapped(drawing.benchmark_label, size=SIZE, most=width, bold=True) if drawing.benchmark is not None else ()
    top = LINE * len(title) + 6.0
    words = [wrapped(r.label, size=SMALL, most=width * WORDS, bold=s) for r, s in zip(order, strong, strict=True)]
    least = max(ROW + 2, LINE * max(len(lines) for lines in words) + 8)
    rows = _rows([r.at for r in order], [""] * len(order), strong, top=top, most=width * 0.38, row=least)
    widest = max(text_width(one, size=SMALL, bold=s) for lines, s in zip(words, strong, strict=True) for one in lines)
    frame = Frame(left=_left(rows), top=top, right=width - widest - 10, bottom=_bottom(rows))
    low, high = intervals_range(order, drawing.benchmark)
    across = Scale(low=low, high=high, start=frame.left, end=frame.right)
    parts = [*_grid(across, frame, names_at=frame.bottom + 18), *_names(rows, frame)]
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


def _rows(
    names: Sequence[str], ends: Sequence[str], strong: Sequence[bool], *, top: float, most: float, row: float = ROW
) -> list[Row]:
    """Stack the rows under `top`, each as high as its name needs."""
    found = []
    for name, end, is_strong in zip(names, ends, strong, strict=True):
        lines = wrapped(name, size=SIZE, most=most, bold=is_strong)
        if end and _with_end(lines[-1], end) > most:
            lines = (*lines, "")
        height = max(row, LINE * len(lines) + 8.0)
        found.append(Row(lines=lines, strong=is_strong, middle=top + height / 2, height=height, end=end))
        top += height
    return found


def _with_end(words: str, end: str) -> float:
    return text_width(words, size=SIZE) + (text_width(f"  {end}", size=SIZE, bold=True) if end else 0)


def _left(rows: Sequence[Row]) -> float:
    """Return where the axis begins: right of the widest name."""
    widths = [text_width(one, size=SIZE, bold=row.strong) for row in rows for one in row.lines]
    return max([*widths, *(_with_end(row.lines[-1], row.end) for row in rows)]) + 10


def _bottom(rows: Sequence[Row]) -> float:
    return rows[-1].middle + rows[-1].height / 2


def _names(rows: Sequence[Row], frame: Frame) -> list[str]:
    """Write the names, ending at the axis, and a faint rule along each row."""
    parts = []
    for row in rows:
        parts.append(line(frame.left, row.middle, frame.right, row.middle, stroke=FAINT))
        top = row.middle - LINE * len(row.lines) / 2
        for level, words in enumerate(row.lines):
            end = row.end if level == len(row.lines) - 1 else ""
            at, y = frame.left - 10, top + LINE * level + SIZE
            parts.append(text(at, y, words, size=SIZE, bold=row.strong, anchor="end", kind="name", then_bold=end))
    return parts


def _grid(across: Scale, frame: Frame, *, names_at: float) -> list[str]:
    """Rule the round numbers and write them on one line, as many as stand clear of each other."""
    parts = []
    for value in fitting(across):
        x = across.at(value)
        parts.append(line(x, frame.top, x, frame.bottom, stroke=MUTED if value == 0 else RULE))
        centre = max(x, text_width(tick_text(value), size=SIZE) / 2)
        parts.append(text(centre, names_at, tick_text(value), size=SIZE, fill=MUTED, anchor="middle", kind="tick-x"))
    return parts


def fitting(across: Scale) -> list[float]:
    """Return the most round numbers of a scale that stand clear of each other when written."""
    found: list[float] = []
    for most in range(MOST_TICKS, 0, -1):
        found = ticks(across.low, across.high, most=most)
        widest = max((text_width(tick_text(v), size=SIZE) for v in found), default=0)
        if len(found) < 2 or abs(across.at(found[1]) - across.at(found[0])) >= widest + 12:
            break
    return found
