"""Change over time: what may be joined, where breaks and events stand, and where the newest number goes.

The awkward fact: a line promises that its points are comparable. So a hard break cuts the line, and a
missing figure leaves a hole instead of a slope.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from typing import TypeAlias

from cohesion.sharing_out import evenly
from dashboard.charts.geometry.breaks import key_lines
from dashboard.charts.look import BENCHMARK, PLACE_NAMES, PLACES
from dashboard.charts.scale import Scale, are_whole, day, ticks
from dashboard.charts.spec import Band, Mark, Other, Panel, Point, SmallMultiples, TimeLine, every_line

MOST_NUMBERS, MOST_IN_PANEL = 6, 4  # round numbers along an axis
FEWEST_JOINED = 4  # fewer points are no line: nothing is known of what lay between them
MOST_MARKERS = 24  # with more points a line reads better without dots
ROOM_BELOW = 5  # a number goes below a point that stands at least a fifth of the axis above its lower end
HEADROOM, FOOT = 28, 8  # pixels above the highest value for the newest number, and below the lowest where it is below 0
GAP = 8  # pixels between the newest number and what lies near it
Range: TypeAlias = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Newest:
    """The newest number: its point, its words, whether it stands below it, and whether a break is at its left."""

    point: Point
    text: str
    is_below: bool
    is_alone: bool


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a line of several is drawn, and the colour of the words at its end."""

    colour: str
    words: str
    width: float
    dash: str


OURS = Look(colour=PLACES[0], words=PLACE_NAMES[0], width=2.5, dash="solid")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line as every drawer draws it.

    `points` have a hole wherever two may not be joined; `values` is the range of the axis, `numbers` stand along it;
    `days` are those it runs between, with a little room on either side. `others` are drawn on the same axes.
    """

    points: tuple[Point, ...]
    marks: tuple[Mark, ...]
    values: Range
    numbers: tuple[float, ...]
    days: Range | None
    is_joined: bool
    has_dots: bool
    newest: Newest | None
    look: Look = OURS
    others: tuple[Line, ...] = ()

    @property
    def runs(self) -> tuple[tuple[Point, ...], ...]:
        """The stretches of points that may be joined."""
        pieces = groupby(self.points, lambda point: point.value is not None)
        return tuple(tuple(run) for is_held, run in pieces if is_held)


def time_line(drawing: TimeLine) -> Line:
    """Return the geometry of one series over time."""
    values = extent(every_line(drawing), drawing.bands)
    whole = Panel(title="", points=drawing.points, latest=drawing.latest, marks=drawing.marks, others=drawing.others)
    return _line(whole, values=values, most=MOST_NUMBERS, has_dots=drawing.markers)


def small_multiples(drawing: SmallMultiples) -> tuple[Line, ...]:
    """Return the geometry of each small chart, on one range of values where they share it."""
    shared = extent([points for panel in drawing.panels for points in every_line(panel)], ())
    return tuple(
        _line(
            panel,
            values=shared if drawing.shared_scale else extent(every_line(panel), ()),
            most=MOST_IN_PANEL,
            has_dots=len(panel.points) <= MOST_MARKERS,
        )
        for panel in drawing.panels
    )


def key_to(drawing: SmallMultiples, *, most: float, size: float) -> tuple[str, ...]:
    """Return what the letters of small charts mean, in lines: "a: Better crime recording · b: …"; none without any."""
    marks = sorted((m.letter, m.label) for panel in drawing.panels for m in panel.marks if m.letter and m.label)
    return key_lines([f"{letter}: {label}" for letter, label in dict.fromkeys(marks)], most=most, size=size)


def columns_of(panels: int, *, most: int) -> int:
    """Return how many small charts stand side by side where `most` fit, two at least, in rows of nearly one length."""
    return max(map(len, evenly(range(panels), most=max(2, most))))


def _line(panel: Panel, *, values: Range, most: int, has_dots: bool) -> Line:
    marks = between(panel.marks, panel.points)
    is_joined = sum(point.value is not None for point in panel.points) >= FEWEST_JOINED
    every = [point for points in every_line(panel) for point in points]
    return Line(
        points=tuple(
            point if point.value == point.drawn_value else replace(point, value=point.drawn_value)
            for point in cut(panel.points, marks=marks)
        ),
        marks=marks,
        values=values,
        numbers=tuple(ticks(*values, most=most, whole=are_whole(point.value for point in every))),
        days=stretch(every) if every else None,
        is_joined=is_joined,
        has_dots=has_dots or not is_joined,
        newest=_newest(panel.points, panel.latest, marks=marks, values=values),
        others=tuple(
            replace(_other(other, values=values, most=most, has_dots=has_dots), look=look)
            for other, look in zip(panel.others, looks(panel.others), strict=True)
        ),
    )


def _other(other: Other, *, values: Range, most: int, has_dots: bool) -> Line:
    alone = Panel(title="", points=other.points, latest=other.latest, marks=other.marks)
    return _line(alone, values=values, most=most, has_dots=has_dots)


def looks(others: Sequence[Other]) -> tuple[Look, ...]:
    """Return how the other lines look: places in the strong colours after ours, benchmarks grey and broken."""
    strong = iter(zip(PLACES[1:], PLACE_NAMES[1:], strict=True))
    broken = iter(("dash", "dot"))
    return tuple(
        Look(colour=BENCHMARK, words=BENCHMARK, width=2, dash=next(broken))
        if other.is_benchmark
        else Look(**dict(zip(("colour", "words"), next(strong), strict=True)), width=2, dash="solid")
        for other in others
    )


def extent(lines: Iterable[Sequence[Point]], bands: Sequence[Band]) -> Range:
    """Return the range of values, always with zero in it; from 0 to 1 where there is none."""
    values = [p.value for points in lines for p in points if p.value is not None] + [
        limit for b in bands for limit in b.upper
    ]
    low, high = min([*values, 0.0]), max([*values, 0.0])
    return low, high if high > low else low + 1.0


def stretch(points: Sequence[Point]) -> Range:
    """Return the days between which a line is drawn: its own, and a little room on either side."""
    days = [day(p.at) for p in points]
    pad = max(1.0, (max(days) - min(days)) * 0.015) if len(set(days)) > 1 else 183.0
    return min(days) - pad, max(days) + pad


def between(marks: Sequence[Mark], points: Sequence[Point]) -> tuple[Mark, ...]:
    """Return marks; one that cuts the line at its newest point stands half-way to the point before, lest it hide it."""
    days = [p.at for p in points if p.value is not None]
    if len(days) < 2:
        return tuple(marks)
    middle = date.fromordinal((day(days[-2]) + day(days[-1])) // 2).isoformat()
    return tuple(replace(mark, at=middle) if mark.cuts and mark.at == days[-1] else mark for mark in marks)


def cut(points: Sequence[Point], *, marks: Sequence[Mark]) -> list[Point]:
    """Put a hole into the line at each cutting mark, and wherever one edition's line ends and another's begins."""
    run: list[Point] = []
    for point in points:
        if run and (run[-1].line != point.line or any(m.cuts and run[-1].at < m.at <= point.at for m in marks)):
            run.append(Point(at=point.at, value=None, hover="", line=point.line))
        run.append(point)
    return run


def _newest(points: Sequence[Point], text: str, *, marks: Sequence[Mark], values: Range) -> Newest | None:
    """Return where the newest number goes: above its point, or below where the line has just fallen and has room.

    Where the point stands apart, just behind a break, the number stands to the right of it.
    """
    filled = [(point, point.value) for point in points if point.value is not None]
    if not filled or not text:
        return None
    point, value = filled[-1]
    if point.stretch:
        point = replace(point, value=point.stretch[1])
    before = filled[-2] if len(filled) > 1 else None
    has_fallen = before is not None and value < before[1]
    has_room = value - values[0] > (values[1] - values[0]) / ROOM_BELOW
    is_alone = before is not None and any(m.cuts and before[0].at < m.at <= point.at for m in marks)
    return Newest(point=point, text=text, is_below=has_fallen and has_room and not point.stretch, is_alone=is_alone)


def room_around(values: Range, *, tall: float) -> Range:
    """Return the ends of an axis `tall` pixels long: the values, room above for the newest number, a little below."""
    low, high = values
    foot = FOOT if low < 0 else 0
    unit = (high - low) / (tall - HEADROOM - foot)
    return low - foot * unit, high + HEADROOM * unit


def baseline_of(
    newest: Newest, points: Sequence[Point], *, across: Scale, up: Scale, left: float, right: float, size: float
) -> float:
    """Return on which pixel the newest number stands, if it is written from `left` to `right`.

    Above all that the line does near it; below where its place is there and it is free.
    """
    near = [*heights(points, across=across, up=up, left=left, right=right), up.at(newest.point.value or 0.0)]
    below = max(near) + size + GAP - 2
    return below if newest.is_below and below < up.start - GAP + 2 else min(near) - GAP


def heights(points: Sequence[Point], *, across: Scale, up: Scale, left: float, right: float) -> list[float]:
    """Return the pixels between which a line runs over one stretch, where it enters the stretch included."""
    where = [(across.at(day(p.at)), up.at(p.value)) for p in points if p.value is not None]
    heights = [y for x, y in where if left <= x <= right]
    for (x1, y1), (x2, y2) in pairwise(where):
        heights += [y1 + (y2 - y1) * (edge - x1) / (x2 - x1) for edge in (left, right) if x1 < edge < x2]
    return heights or [where[-1][1]]


def band_corners(band: Band) -> tuple[tuple[str, float], ...]:
    """Return the corners of a band: along its upper limits, and back along the lower; one day alone has some width."""
    days = band.at if len(band.at) > 1 else _around(band.at[0])
    upper, lower = (limits if len(limits) > 1 else limits * 2 for limits in (band.upper, band.lower))
    there, back = zip(days, upper, strict=True), zip(days, lower, strict=True)
    return (*there, *reversed(tuple(back)))


def _around(at: str) -> tuple[str, str]:
    """Return a day a month before another, and one a month after it."""
    middle = day(at)
    return tuple(date.fromordinal(round(middle + away)).isoformat() for away in (-30, 30))  # type: ignore[return-value]


def held_back(points: Sequence[Point], *, room: float) -> tuple[tuple[str, str], ...]:
    """Return the day and the marker of each figure that may not be told; those within `room` days share a marker."""
    groups: list[list[Point]] = []
    for point in (one for one in points if one.value is None and one.marker):
        near = bool(groups) and day(point.at) - day(groups[-1][-1].at) < room and groups[-1][-1].marker == point.marker
        if near:
            groups[-1].append(point)
        else:
            groups.append([point])
    return tuple((_between_days(group[0].at, group[-1].at), group[0].marker) for group in groups)


def _between_days(first: str, last: str) -> str:
    return date.fromordinal(round((day(first) + day(last)) / 2)).isoformat()


def event_rows(events: Sequence[Mark], *, room: float) -> list[int]:
    """Return on which row the number of each event stands, 0 on the axis: above one that is within `room` days."""
    last_days: list[int] = []  # of the rows so far
    rows = []
    for at in (day(event.at) for event in events):
        row = next((n for n, last in enumerate(last_days) if at - last > room), len(last_days))
        last_days[row : row + 1] = [at]
        rows.append(row)
    return rows
