"""The funnel as a drawing: places' rates against their populations, with the limits of chance named above."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.geometry import funnel as geometry
from dashboard.charts.letters import text_width
from dashboard.charts.look import INK, MUTED, NAVY, OTHERS, RULE
from dashboard.charts.scale import Scale, fitting, tick_text
from dashboard.charts.spec import FunnelChart, Limit, Spot
from dashboard.charts.svg.canvas import LINE, Frame, Sheet, clamped, dot, line, stroke_path, text
from dashboard.charts.svg.rows import MOST_TICKS, SIZE, TICKS_HEIGHT

SAMPLE, GAP = 26, 18  # pixels of a sample of a line in the key, and between two entries
LOWEST, HIGHEST = 220, 380


def funnel(drawing: FunnelChart, *, width: int) -> Sheet:
    """Draw the places, the limits and the benchmark, with a key above and the x axis named below."""
    entries = [(drawing.benchmark_label, "solid"), *((limit.label, limit.dash) for limit in drawing.limits)]
    key, top = _key(entries, width=width)
    shape = geometry.funnel(drawing)
    values = shape.numbers
    left = max(text_width(tick_text(v), size=SIZE) for v in values) + 6
    bottom = top + min(max(width * 0.5, LOWEST), HIGHEST)
    frame = Frame(left=left, top=top, right=width - 24.0, bottom=bottom)
    across = Scale(low=0, high=shape.widest * 1.02, start=left, end=frame.right)
    up = Scale(low=0, high=shape.top, start=bottom, end=top)
    level = line(
        left, up.at(drawing.benchmark), across.at(shape.widest), up.at(drawing.benchmark), stroke=INK, width=1.5
    )
    parts = [*key, *_rules(values, up, frame), *_people(across, frame, drawing.across), level]
    parts += [_limit(limit, ends, across, up) for limit in drawing.limits for ends in (limit.lower, limit.upper)]
    for spot in shape.spots:
        parts += _spot(spot, across, up, strong=spot.code in drawing.chosen, width=width)
    return Sheet(height=bottom + TICKS_HEIGHT + LINE + 6, parts=tuple(parts))


def _key(entries: Sequence[tuple[str, str]], *, width: int) -> tuple[list[str], float]:
    """Return samples of the lines with their names, on as many lines as they need, and the height they take."""
    parts, x, y = [], 0.0, 0.0
    for words, dash in entries:
        wide = SAMPLE + 6 + text_width(words, size=SIZE)
        if x and x + wide > width:
            x, y = 0.0, y + LINE
        stroke = INK if dash == "solid" else MUTED
        parts.append(line(x, y + 9, x + SAMPLE, y + 9, stroke=stroke, width=1.5, dash=dash))
        parts.append(text(x + SAMPLE + 6, y + SIZE, words, size=SIZE, kind="key"))
        x += wide + GAP
    return parts, y + LINE + 12


def _rules(values: Sequence[float], up: Scale, frame: Frame) -> list[str]:
    parts = []
    for value in values:
        y = up.at(value)
        parts.append(line(frame.left, y, frame.right, y, stroke=MUTED if value == 0 else RULE))
        parts.append(text(frame.left - 6, y + 5, tick_text(value), fill=MUTED, anchor="end", kind="tick-y"))
    return parts


def _people(across: Scale, frame: Frame, words: str) -> list[str]:
    """Write the populations along the axis and what they are below."""
    parts = []
    for value in fitting(across, size=SIZE, most=MOST_TICKS):
        x = across.at(value)
        parts.append(line(x, frame.bottom, x, frame.bottom + 5, stroke=MUTED))
        parts.append(text(x, frame.bottom + 20, tick_text(value), fill=MUTED, anchor="middle", kind="tick-x"))
    middle = (frame.left + frame.right) / 2
    return [*parts, text(middle, frame.bottom + 40, words, fill=MUTED, anchor="middle", kind="axis")]


def _limit(limit: Limit, ends: Sequence[float], across: Scale, up: Scale) -> str:
    where = [
        (across.at(p), up.at(min(max(rate, up.low), up.high))) for p, rate in zip(limit.populations, ends, strict=True)
    ]
    return stroke_path(where, stroke=MUTED, width=1.5, dash=limit.dash, kind="limit")


def _spot(spot: Spot, across: Scale, up: Scale, *, strong: bool, width: int) -> list[str]:
    x, y = across.at(spot.population), up.at(spot.rate)
    fill, stroke = (NAVY, INK) if strong else (OTHERS, MUTED)
    mark = dot(x, y, 7 if strong else 4.5, fill=fill, stroke=stroke, width=1)
    if not strong:
        return [mark]
    centre = clamped(x, spot.name, width=width, size=SIZE, bold=True)
    return [mark, text(centre, y - 12, spot.name, fill=NAVY, bold=True, anchor="middle", kind="label")]
