"""The waterfall as a drawing: steps that add to a total, read from top to bottom."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.geometry.rows import names_go_above
from dashboard.charts.geometry.steps import STEP_FILLS, TEXT_GAP, Step, reach, steps_of, text_place
from dashboard.charts.letters import text_width
from dashboard.charts.look import MUTED
from dashboard.charts.scale import Scale
from dashboard.charts.spec import Waterfall
from dashboard.charts.svg.canvas import Anchor, Frame, Sheet, line, rect, text
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

BAR_ROW, BAR = 30, 17
NAMES = 0.44  # of the width, at most


def waterfall(drawing: Waterfall, *, width: int) -> Sheet:
    """Draw the steps that add to the total, read from top to bottom, each with its signed number."""
    bars = steps_of(drawing)
    names, empty, plain = [b.name for b in bars], [""] * len(bars), [False] * len(bars)
    rows = stacked(names, empty, plain, top=4, most=width * NAMES, row=BAR_ROW)
    room = max(text_width(words, size=SIZE) for words in drawing.texts) + 12
    low, high = reach(bars)
    left = left_of(rows)
    across = Scale(low=low, high=high or 1.0, start=left + (room if low < 0 else 14), end=width - room)
    if names_go_above(across, width=width, size=SIZE, most=MOST_TICKS):
        rows = stacked(names, empty, plain, top=4, most=width, row=BAR_ROW, above=True)
        left = left_of(rows)
        across = replace(across, start=left + (room if low < 0 else 14))
    frame = Frame(left=left, top=4, right=float(width), bottom=bottom_of(rows))
    parts = [*grid(across, frame, names_at=frame.bottom + 18), *names_beside(rows, frame)]
    parts += [
        _connector(across.at(bar.end), above, below)
        for bar, above, below in zip(bars, rows[:-1], rows[1:], strict=False)
    ]
    for bar, row in zip(bars, rows, strict=True):
        parts += _bar(bar, across, row, least=left)
    return Sheet(height=frame.bottom + TICKS_HEIGHT, parts=tuple(parts))


def _connector(x: float, above: Row, below: Row) -> str:
    return line(x, above.middle + BAR / 2, x, below.middle - BAR / 2, stroke=MUTED)


def _bar(bar: Step, across: Scale, row: Row, *, least: float) -> list[str]:
    """Draw a step with its number where it crosses neither the names (left of `least`) nor the line of zero."""
    left, right = across.at(bar.start), across.at(bar.end)
    bar_svg = rect(left, row.middle - BAR / 2, right, row.middle + BAR / 2, fill=STEP_FILLS[bar.way], kind="bar")
    value, side = text_place(bar, across, width=text_width(bar.text, size=SIZE), least=least)
    anchor: Anchor = "end" if side == "before" else "start"
    at = across.at(value) + (-TEXT_GAP if side == "before" else TEXT_GAP)
    return [bar_svg, text(at, row.middle + 5, bar.text, size=SIZE, anchor=anchor, kind="label")]
