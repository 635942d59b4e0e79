"""Rows of a drawing with their names on the left, and the round numbers that stand along its axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.letters import text_width, wrapped
from dashboard.charts.look import MUTED, NO_FIGURE, RULE
from dashboard.charts.scale import Scale, fitting, tick_text
from dashboard.charts.svg.canvas import LINE, Frame, line, text

SIZE, TICKS_HEIGHT = 14, 26
MOST_TICKS = 5
NAME_ABOVE_LEFT = 8.0  # pixels at the left of rows whose names stand above them


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: its name in lines, whether it is strong, where its middle is, and how high it is."""

    lines: tuple[str, ...]
    strong: bool
    middle: float
    height: float
    end: str = ""  # bold, after the last line
    has_name_above: bool = False


def stacked(
    names: Sequence[str],
    ends: Sequence[str],
    strong: Sequence[bool],
    *,
    top: float,
    most: float,
    row: float,
    gap: float = 8.0,
    above: bool = False,
) -> list[Row]:
    """Stack the rows under `top`, each as high as its name needs and a `gap`; names may stand `above` what is drawn."""
    parts = []
    for name, end, is_strong in zip(names, ends, strong, strict=True):
        lines = wrapped(name, size=SIZE, most=most, bold=is_strong)
        if end and _with_end(lines[-1], end) > most:
            lines = (*lines, "")
        name_height = LINE * len(lines) if above else 0.0
        height = max(row, gap if above else LINE * len(lines) + gap)
        middle = top + name_height + height / 2
        parts.append(Row(lines=lines, strong=is_strong, middle=middle, height=height, end=end, has_name_above=above))
        top += name_height + height
    return parts


def _with_end(words: str, end: str) -> float:
    return text_width(words, size=SIZE) + (text_width(f"  {end}", size=SIZE, bold=True) if end else 0)


def left_of(rows: Sequence[Row]) -> float:
    """Return where the axis begins: right of the widest name."""
    if any(row.has_name_above for row in rows):
        return NAME_ABOVE_LEFT
    widths = [text_width(one, size=SIZE, bold=row.strong) for row in rows for one in row.lines]
    return max([*widths, *(_with_end(row.lines[-1], row.end) for row in rows)]) + 10


def bottom_of(rows: Sequence[Row]) -> float:
    """Return the lower edge of the last row."""
    return rows[-1].middle + rows[-1].height / 2


def names_beside(rows: Sequence[Row], frame: Frame) -> list[str]:
    """Write the names, ending at the axis, and a faint rule along each row."""
    parts = []
    for row in rows:
        parts.append(line(frame.left, row.middle, frame.right, row.middle, stroke=NO_FIGURE))
        if row.has_name_above:
            parts += _name_above(row)
            continue
        top = row.middle - LINE * len(row.lines) / 2
        for level, words in enumerate(row.lines):
            end = row.end if level == len(row.lines) - 1 else ""
            at, y = frame.left - 10, top + LINE * level + SIZE
            parts.append(text(at, y, words, size=SIZE, bold=row.strong, anchor="end", kind="name", then_bold=end))
    return parts


def _name_above(row: Row) -> list[str]:
    """Write a row's name from the left edge, over what is drawn."""
    last = len(row.lines) - 1
    foot = row.middle - row.height / 2 + 1
    return [
        text(
            0,
            foot - LINE * (last - level),
            words,
            size=SIZE,
            bold=row.strong,
            kind="name",
            halo=True,
            then_bold=row.end if level == last else "",
        )
        for level, words in enumerate(row.lines)
    ]


def grid(across: Scale, frame: Frame, *, names_at: float) -> list[str]:
    """Rule the round numbers and write them on one line, as many as stand clear of each other."""
    parts = []
    for value in fitting(across, size=SIZE, most=MOST_TICKS):
        x = across.at(value)
        parts.append(line(x, frame.top, x, frame.bottom, stroke=MUTED if value == 0 else RULE))
        centre = max(x, text_width(tick_text(value), size=SIZE) / 2)
        parts.append(text(centre, names_at, tick_text(value), size=SIZE, fill=MUTED, anchor="middle", kind="tick-x"))
    return parts
