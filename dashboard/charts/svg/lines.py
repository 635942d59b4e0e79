"""A line over time, and several small ones side by side.

The awkward fact: a page can show a number when a pointer rests on it, paper cannot. So the newest figure, the breaks
and the numbers of events stand in the drawing, and each gets a place where it covers nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.geometry import lines as geometry
from dashboard.charts.geometry.breaks import GAP, SIZE, Labels, break_labels, key_lines
from dashboard.charts.geometry.endings import END_LINE, END_SIZE, Ending, endings, height_of, set_apart
from dashboard.charts.geometry.few import few_boxes, few_words
from dashboard.charts.geometry.lines import (
    Line,
    Newest,
    band_corners,
    baseline_of,
    columns_of,
    event_rows,
    heights,
    held_back,
    room_around,
)
from dashboard.charts.letters import text_width, wrapped
from dashboard.charts.look import BAND, INK, MUTED, NAVY, RULE
from dashboard.charts.scale import Scale, day, tick_text, years
from dashboard.charts.spec import Band, Mark, Panel, Point, SmallMultiples, TimeLine
from dashboard.charts.svg.canvas import (
    KEY,
    LINE,
    Anchor,
    Box,
    Frame,
    Sheet,
    clamped,
    dot,
    few_box,
    few_key,
    key,
    levels,
    line,
    lines_of_text,
    polygon,
    stroke_path,
    text,
)

TICK, LABEL, MARKER = 14, 15, 12
LEADER_END = 2  # pixels from the end of a break's line to the top of its label's level
RING, RING_STEP = 7.5, 18
LOWEST, HIGHEST, PANEL_HEIGHT = 130, 300, 108
YEARS_HEIGHT = 26  # of the ticks and years below an axis
PANEL_WIDTH, ACROSS, DOWN = 200, 28, 16
ENDS_SHARE, ENDS_GAP = 0.3, 10  # of the width, at most, for the names of several places; pixels before them
LOW_PLOT = 140  # pixels of a small chart of several places


@dataclass(frozen=True, kw_only=True)
class Axes:
    """A frame with its two scales."""

    frame: Frame
    across: Scale
    up: Scale

    @property
    def days_per_pixel(self) -> float:
        """How many days one pixel stands for."""
        return (self.across.high - self.across.low) / (self.frame.right - self.frame.left)


def time_line(drawing: TimeLine, *, width: int, tall: float | None = None) -> Sheet:
    """Draw one series with its bands, breaks, events and newest figure, `tall` pixels between its axes if told."""
    shape = geometry.time_line(drawing)
    named = endings(drawing, shape, room=width * ENDS_SHARE)
    usual = min(max(width * 0.36, LOWEST), HIGHEST)
    left = _room_for_numbers(shape.numbers)
    room = text_width(drawing.latest, size=LABEL, bold=True)
    right = width - max(16.0, room if _is_alone(shape) else room / 2 + 2)
    right = width - _ends_room(named) if named else right
    first, last = shape.days or (0.0, 1.0)
    labels = break_labels(shape.marks, Scale(low=first, high=last, start=left, end=right), left=0.0, right=float(width))
    top = LINE * labels.levels + 8
    bottom = top + max(tall or usual, height_of(named) + geometry.HEADROOM)
    axes = _axes(shape, Frame(left=left, top=top, right=right, bottom=bottom))
    events, below = _events(drawing.events, drawing.points, axes)
    parts = [
        *_bands(drawing.bands, axes),
        *_grid(axes, shape.numbers),
        *_mark_strokes(shape.marks, axes, labels),
        *_labels(labels, axes),
        *_traces(shape, axes),
        *_held_back(drawing.points, axes),
        *events,
        *_years(axes),
        *(_names(named, shape, axes) or _latest(shape.newest, drawing.points, axes, size=LABEL, width=width)),
    ]
    foot = bottom + YEARS_HEIGHT + below
    few, few_height = few_key(few_words(drawing, most=width - 2, size=KEY), top=foot)
    letters, height = key(key_lines(labels.key, most=width - 2, size=KEY), top=foot + few_height)
    return Sheet(height=foot + few_height + height, parts=(*parts, *few, *letters))


def small_multiples(drawing: SmallMultiples, *, width: int) -> Sheet:
    """Draw one small chart per panel, on one scale where they share it."""
    of_several = any(panel.others for panel in drawing.panels)
    columns = 1 if of_several else columns_of(len(drawing.panels), most=width // PANEL_WIDTH)
    across = (width - ACROSS * (columns - 1)) / columns
    shapes = geometry.small_multiples(drawing)
    named = [endings(p, s, room=width * ENDS_SHARE) for p, s in zip(drawing.panels, shapes, strict=True)]
    tall = max(LOW_PLOT, *(height_of(ends) + geometry.HEADROOM for ends in named)) if of_several else PANEL_HEIGHT
    parts: list[str] = []
    top = 0.0
    for first in range(0, len(drawing.panels), columns):
        row = drawing.panels[first : first + columns]
        titles = [wrapped(p.title, size=TICK, most=across, bold=True) for p in row]
        above = LINE * max(len(lines) for lines in titles) + 20
        for number, (panel, title) in enumerate(zip(row, titles, strict=True)):
            left = number * (across + ACROSS)
            frame = Frame(left=left, top=top + above, right=left + across, bottom=top + above + tall)
            lowest_line = top + LINE * (max(len(lines) for lines in titles) - len(title))
            parts += [
                *lines_of_text(left, lowest_line, title, bold=True),
                *_panel(panel, shapes[first + number], frame, named[first + number]),
            ]
        top += above + tall + YEARS_HEIGHT + DOWN
    foot = top - DOWN
    few, few_height = few_key(few_words(drawing, most=width - 2, size=KEY), top=foot)
    letters, height = key(geometry.key_to(drawing, most=width - 2, size=KEY), top=foot + few_height)
    return Sheet(height=foot + few_height + height, parts=(*parts, *few, *letters))


def _panel(panel: Panel, shape: Line, outer: Frame, named: Sequence[Ending]) -> list[str]:
    left = outer.left + _room_for_numbers(shape.numbers)
    right = outer.right - max(14.0, text_width(panel.latest, size=TICK, bold=True) / (1 if _is_alone(shape) else 2))
    right = outer.right - _ends_room(named) if named else right
    axes = _axes(shape, Frame(left=left, top=outer.top, right=right, bottom=outer.bottom))
    return [
        *_grid(axes, shape.numbers),
        *_mark_strokes(shape.marks, axes),
        *_letters(shape.marks, axes),
        *_traces(shape, axes),
        *_held_back(panel.points, axes),
        *_years(axes),
        *(_names(named, shape, axes) or _latest(shape.newest, panel.points, axes, size=TICK, width=outer.right)),
    ]


def _ends_room(named: Sequence[Ending]) -> float:
    """Return the width that names at the ends of lines take beside the axes."""
    lines = [text_width(words, size=END_SIZE, bold=True) for one in named for words in _ending_lines(one)]
    return max(lines) + ENDS_GAP


def _ending_lines(one: Ending) -> tuple[str, ...]:
    return (*one.lines, one.number) if one.is_apart else (*one.lines[:-1], f"{one.lines[-1]}  {one.number}")


def _names(named: Sequence[Ending], shape: Line, axes: Axes) -> list[str]:
    """Write the names of several places right of the axes, level with the ends of their lines."""
    foot, parts = axes.frame.bottom, []
    placed = set_apart(named, shape, high=foot - axes.frame.top, above=lambda value: foot - axes.up.at(value))
    for one in placed:
        lines = (*one.lines, "") if one.is_apart else one.lines
        top = foot - one.middle - END_LINE * len(lines) / 2
        for number, words in enumerate(lines):
            end = one.number if number == len(lines) - 1 else ""
            x, y = axes.frame.right + ENDS_GAP, top + END_LINE * number + END_SIZE - 1
            alone, colour = not words, one.look.words
            first, then = (end, "") if alone else (f"{words}\u00a0" if end else words, end)
            parts.append(text(x, y, first, size=END_SIZE, fill=colour, bold=alone, kind="ending", then_bold=then))
    return parts


def _is_alone(shape: Line) -> bool:
    return bool(shape.newest and shape.newest.is_alone)


def _room_for_numbers(values: Sequence[float]) -> float:
    return max(text_width(tick_text(v), size=TICK) for v in values) + 6


def _axes(shape: Line, frame: Frame) -> Axes:
    """Return the scales: zero within, room above for the newest figure; from the first day to the last."""
    first, last = shape.days or (0.0, 1.0)
    low, high = room_around(shape.values, tall=frame.bottom - frame.top)
    return Axes(
        frame=frame,
        across=Scale(low=first, high=last, start=frame.left, end=frame.right),
        up=Scale(low=low, high=high, start=frame.bottom, end=frame.top),
    )


def _grid(axes: Axes, numbers: Sequence[float]) -> list[str]:
    frame, parts = axes.frame, []
    for value in numbers:
        y = axes.up.at(value)
        parts.append(line(frame.left, y, frame.right, y, stroke=MUTED if value == 0 else RULE))
        parts.append(text(frame.left - 6, y + 5, tick_text(value), size=TICK, fill=MUTED, anchor="end", kind="tick-y"))
    return parts


def _years(axes: Axes) -> list[str]:
    frame, top = axes.frame, axes.frame.bottom
    parts = [line(frame.left, top, frame.right, top, stroke=MUTED)]
    most = int((frame.right - frame.left) // (text_width("2000", size=TICK) + 10))
    for at, name in years(round(axes.across.low), round(axes.across.high), most=max(1, most)):
        x = axes.across.at(at)
        parts.append(line(x, top, x, top + 5, stroke=MUTED))
        centre = max(x, text_width(name, size=TICK) / 2)
        parts.append(text(centre, top + 20, name, size=TICK, fill=MUTED, anchor="middle", kind="tick-x"))
    return parts


def _bands(bands: Sequence[Band], axes: Axes) -> list[str]:
    """Shade each range and draw its centre, behind the line."""
    parts = []
    for band in bands:
        corners = [(axes.across.at(day(at)), axes.up.at(max(value, 0))) for at, value in band_corners(band)]
        parts.append(polygon(corners, fill=BAND, kind="band"))
        centre = [(axes.across.at(day(at)), axes.up.at(value)) for at, value in zip(band.at, band.centre, strict=True)]
        parts.append(stroke_path(centre, stroke=MUTED, width=1, dash="dash", kind="centre"))
    return parts


def _traces(shape: Line, axes: Axes) -> list[str]:
    """Draw the lines of several places, ours over all others."""
    return [part for one in (*reversed(shape.others), shape) for part in _trace(one, axes)]


def _trace(shape: Line, axes: Axes) -> list[str]:
    """Draw the line with its holes, and its dots; a point alone between two holes is always a dot."""
    parts, look = [], shape.look
    for run in shape.runs:
        where = [(axes.across.at(day(p.at)), axes.up.at(p.value or 0)) for p in run]
        if shape.is_joined and len(where) > 1:
            parts.append(stroke_path(where, stroke=look.colour, width=look.width, dash=look.dash, kind="run"))
        if shape.has_dots or len(where) == 1:
            dots = [place for p, place in zip(run, where, strict=True) if not p.stretch]
            parts += [dot(x, y, 2.5 if shape.is_joined else 3.5, fill=look.colour) for x, y in dots]
    for corners in few_boxes(shape):
        places = [(axes.across.at(day(at)), axes.up.at(value)) for at, value in corners]
        parts.append(few_box(places, colour=look.colour))
    return parts


def _held_back(points: Sequence[Point], axes: Axes) -> list[str]:
    """Write the marker of each figure that may not be told on the axis, where its number would stand over it."""
    room = (text_width("[c]", size=MARKER) + 4) * axes.days_per_pixel
    where = ((axes.across.at(day(at)), marker) for at, marker in held_back(points, room=room))
    foot = axes.frame.bottom - 5
    return [
        text(x, foot, marker, size=MARKER, fill=MUTED, anchor="middle", kind="held-back", halo=True)
        for x, marker in where
    ]


def _latest(newest: Newest | None, points: Sequence[Point], axes: Axes, *, size: float, width: float) -> list[str]:
    """Write the newest number above all that lies near it, or below where its place is there and it is free.

    Where a break stands close by on the left it begins just left of the point.
    """
    if newest is None:
        return []
    words = newest.text
    half = text_width(words, size=size, bold=True) / 2 + 4
    at = axes.across.at(day(newest.point.at)) + (half - 8 if newest.is_alone else 0)
    centre = clamped(at, words, width=width, size=size, bold=True)
    baseline = baseline_of(
        newest, points, across=axes.across, up=axes.up, left=centre - half, right=centre + half, size=size
    )
    return [text(centre, baseline, words, size=size, fill=NAVY, bold=True, anchor="middle", kind="latest", halo=True)]


def _mark_strokes(marks: Sequence[Mark], axes: Axes, labels: Labels | None = None) -> list[str]:
    """Draw the lines of breaks, each up to its label where it has one."""
    parts = []
    for mark in marks:
        x = axes.across.at(day(mark.at))
        stroke, dash = (INK, "solid") if mark.cuts else (MUTED, "dot")
        over = max(0, LINE * labels.reach(mark) - LEADER_END) if labels else 0
        parts.append(line(x, axes.frame.top - over, x, axes.frame.bottom, stroke=stroke, dash=dash))
    return parts


def _labels(labels: Labels, axes: Axes) -> list[str]:
    """Write the words of breaks beside the ends of their lines, or their letters over them."""
    sides: dict[str, tuple[float, Anchor]] = {"right": (GAP, "start"), "left": (-GAP, "end"), "over": (0, "middle")}
    parts = []
    for label in labels.labels:
        aside, anchor = sides[label.side]
        x, y = axes.across.at(day(label.mark.at)) + aside, axes.frame.top - 6 - LINE * label.level
        parts.append(text(x, y, label.text, size=SIZE, fill=MUTED, anchor=anchor, kind="mark"))
    return parts


def _letters(marks: Sequence[Mark], axes: Axes) -> list[str]:
    """Name the marks of a small chart by their letters, above it."""
    named = [mark for mark in marks if mark.letter]
    where = [axes.across.at(day(mark.at)) for mark in named]
    rows = levels([Box(left=x - 4, right=x + 4) for x in where])
    baselines = [axes.frame.top - 4 - 12 * row for row in rows]
    return [
        text(x, y, mark.letter, size=12, fill=MUTED, anchor="middle", kind="mark")
        for x, y, mark in zip(where, baselines, named, strict=True)
    ]


def _events(events: Sequence[Mark], points: Sequence[Point], axes: Axes) -> tuple[list[str], float]:
    """Return the numbers of events in rings on the axis, and the room they take below it.

    That is none, unless the line would run through a ring: then all stand under the years.
    """
    where = [axes.across.at(day(event.at)) for event in events]
    rows = event_rows(events, room=(2 * RING + 2) * axes.days_per_pixel)
    foot = axes.frame.bottom
    heights = [foot - RING - 3 - row * RING_STEP for row in rows]
    if any(_crossed(x, y, points, axes) for x, y in zip(where, heights, strict=True)):
        heights = [foot + YEARS_HEIGHT + RING + row * RING_STEP for row in rows]
    rings = [
        dot(x, y, RING, fill="#FFFFFF", stroke=MUTED, width=1, kind="event")
        + text(x, y + 4, event.letter, size=11, fill=MUTED, anchor="middle", kind="event")
        for x, y, event in zip(where, heights, events, strict=True)
    ]
    return rings, max([0.0, *(y + RING + 2 - foot - YEARS_HEIGHT for y in heights)])


def _crossed(x: float, y: float, points: Sequence[Point], axes: Axes) -> bool:
    near = heights(points, across=axes.across, up=axes.up, left=x - RING, right=x + RING)
    return min(near) < y + RING + 2 and max(near) > y - RING - 2
