"""Change over time: one line with its breaks, or several small charts side by side.

The awkward fact: a line promises that its points are comparable. So a hard break cuts the line, and a
missing figure leaves a hole instead of a slope.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.charts.letters import wrapped
from dashboard.charts.scale import are_whole, day, ticks
from dashboard.charts.template import (
    AXIS_ROOM,
    BAND,
    INK,
    MUTED,
    NAVY,
    Plot,
    Point,
    layout,
    numbered,
    numbers_room,
    time_axis,
    value_axis,
)

PLOT_HEIGHT, AXIS_HEIGHT = 118, 40  # pixels of one small chart, and of the years below it
TITLE_LINE, TITLE_GAP = 18, 22  # pixels of one line of its title, and between title and chart
GAP_ACROSS = 0.14  # of the width, between two columns; more where the numbers of the second need it
NARROW = 250  # pixels that a telephone leaves for both columns
TITLE_SIZE, TITLE_ROOM = 14, 124  # pixels: from column to column on a 320 px screen, the narrowest WCAG asks for
LABEL_STEP = 18
ALONE_ROOM, ALONE_SHIFT = 76, 4  # pixels right of the chart for a number that stands right of its point
LABEL_REACH = 8  # pixels that a panel's newest number reaches beyond its point
EVENT_STEP, EVENT_ROOM = 18, 0.06  # pixels from row to row of events; how near, of the width, two share no row
MOST_NUMBERS, MOST_IN_PANEL = 6, 4  # round numbers along an axis
SHORT_YEARS, FEW_YEARS = 6, 3  # of a chart, and of a small one: one tick a year
FEWEST_JOINED = 4  # fewer points are no line: nothing is known of what lay between them
MOST_MARKERS = 24  # with more points a line reads better without dots


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A day worth marking: a break that cuts the line ("hard"), or one that only needs a note."""

    at: str
    label: str
    cuts: bool
    letter: str = ""


@dataclass(frozen=True, kw_only=True)
class Band:
    """What was expected of the points on some days that follow one another: limits, and their centre."""

    at: tuple[str, ...]
    lower: tuple[float, ...]
    centre: tuple[float, ...]
    upper: tuple[float, ...]

    @property
    def outline(self) -> tuple[tuple[str, float], ...]:
        """The corners of the band: along its upper limits, and back along the lower; one day alone has some width."""
        days = self.at if len(self.at) > 1 else _around(self.at[0])
        upper, lower = (limits if len(limits) > 1 else limits * 2 for limits in (self.upper, self.lower))
        there, back = zip(days, upper, strict=True), zip(days, lower, strict=True)
        return (*there, *reversed(tuple(back)))


def _around(at: str) -> tuple[str, str]:
    """Return a day a month before another, and one a month after it."""
    middle = day(at)
    return tuple(date.fromordinal(round(middle + away)).isoformat() for away in (-30, 30))  # type: ignore[return-value]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One small chart: its title, its points, and its breaks, which it names by letter for want of room."""

    title: str
    points: tuple[Point, ...]
    latest: str = ""
    marks: tuple[Mark, ...] = ()


def time_line(
    points: Sequence[Point],
    *,
    marks: Sequence[Mark] = (),
    latest: str = "",
    markers: bool = True,
    bands: Sequence[Band] = (),
    events: Sequence[Mark] = (),
) -> Plot:
    """Draw one series over time, marking its breaks and writing `latest` at its newest point.

    `bands` shade the expected range behind the line; `events` are numbered on the axis, by their letter.
    """
    top = 28 + LABEL_STEP * len(marks)
    marks, alone = between(marks, points), is_alone(points, marks)
    reach = extent([points], bands)
    numbers = ticks(*reach, most=MOST_NUMBERS, whole=are_whole(p.value for p in points))
    figure = layout(
        xaxis=time_axis(**_yearly(points), **_stretched(points)),
        yaxis=value_axis(**numbered(numbers)),
        margin={"l": numbers_room(numbers), "r": ALONE_ROOM if alone else 40, "t": top, "b": AXIS_ROOM},
    )
    figure["height"] += LABEL_STEP * len(marks)
    middle = points[len(points) // 2].at if points else ""
    figure["shapes"] = [*_band_shapes(bands), *(_mark_line(mark) for mark in marks)]
    labels = [_mark_label(mark, level=level, right=mark.at > middle) for level, mark in enumerate(marks)]
    figure["annotations"] = [
        *labels,
        *_event_numbers(events, points),
        *_latest_label(points, text=latest, reach=reach, alone=alone),
    ]
    return {"data": [_trace(cut(points, marks=marks), markers=markers)], "layout": figure}


def small_multiples(panels: Sequence[Panel], *, columns: int = 2, shared_scale: bool = False) -> Plot:
    """Draw one small chart per panel, each from zero; `shared_scale` gives all the same height of axis."""
    rows = -(-len(panels) // columns)
    title_height = TITLE_LINE * max((len(_title_lines(p.title)) for p in panels), default=1) + TITLE_GAP
    row_height = title_height + PLOT_HEIGHT + AXIS_HEIGHT
    shared = extent([p.points for p in panels], ())
    reaches = [shared if shared_scale else extent([p.points], ()) for p in panels]
    numbers = [
        ticks(*reach, most=MOST_IN_PANEL, whole=are_whole(p.value for p in panel.points))
        for reach, panel in zip(reaches, panels, strict=True)
    ]
    rooms = [max((numbers_room(each) for each in numbers[column::columns]), default=0) for column in range(columns)]
    gap = max((GAP_ACROSS, *(room / NARROW for room in rooms[1:])))
    figure = layout(height=rows * row_height + 16, margin={"l": rooms[0], "r": 16, "t": 8, "b": 8})
    figure["annotations"], figure["shapes"] = [], []
    data = []
    for number, panel in enumerate(replace(p, marks=between(p.marks, p.points)) for p in panels):
        suffix = "" if number == 0 else str(number + 1)
        across, down = _domain(number, columns=columns, rows=rows, title_height=title_height, gap=gap)
        match = {"matches": "y"} if shared_scale and number else {}
        figure[f"xaxis{suffix}"] = time_axis(
            domain=across,
            anchor=f"y{suffix}",
            **({"nticks": 3} | _yearly(panel.points, most=FEW_YEARS)),
            tickangle=0,
            **_stretched(panel.points),
        )
        figure[f"yaxis{suffix}"] = value_axis(domain=down, anchor=f"x{suffix}", **numbered(numbers[number]), **match)
        figure["annotations"] += [_panel_title(panel.title, across=across, down=down, room=rooms[number % columns])]
        figure["annotations"] += _latest_label(panel.points, text=panel.latest, reach=reaches[number], axis=suffix)
        figure["shapes"] += [_mark_line(mark, axis=suffix) for mark in panel.marks]
        figure["annotations"] += [_mark_letter(mark, axis=suffix) for mark in panel.marks if mark.letter]
        data.append(
            _trace(cut(panel.points, marks=panel.marks), axis=suffix, markers=len(panel.points) <= MOST_MARKERS)
        )
    return {"data": data, "layout": figure}


def extent(lines: Iterable[Sequence[Point]], bands: Sequence[Band]) -> tuple[float, float]:
    """Return the range of values, always with zero in it; from 0 to 1 where there is none."""
    values = [p.value for points in lines for p in points if p.value is not None] + [
        limit for b in bands for limit in b.upper
    ]
    low, high = min([*values, 0.0]), max([*values, 0.0])
    return low, high if high > low else low + 1.0


def _trace(points: Sequence[Point], *, axis: str = "", markers: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": mode(points, markers=markers),
        "x": [p.at for p in points],
        "y": [p.value for p in points],
        "text": [p.hover for p in points],
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": NAVY, "width": 2.5},
        "marker": {"color": NAVY, "size": 5},
        "connectgaps": False,
        "cliponaxis": False,
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
    }


def mode(points: Sequence[Point], *, markers: bool) -> str:
    """Return how points are joined, in Plotly's words; a few points are no line."""
    if sum(p.value is not None for p in points) < FEWEST_JOINED:
        return "markers"
    return "lines+markers" if markers else "lines"


def stretch(points: Sequence[Point]) -> tuple[float, float]:
    """Return the days between which a line is drawn: its own, and a little room on either side."""
    days = [day(p.at) for p in points]
    pad = max(1.0, (max(days) - min(days)) * 0.015) if len(set(days)) > 1 else 183.0
    return min(days) - pad, max(days) + pad


def _stretched(points: Sequence[Point]) -> dict[str, Any]:
    return {"range": [date.fromordinal(round(each)).isoformat() for each in stretch(points)]} if points else {}


def _yearly(points: Sequence[Point], *, most: int = SHORT_YEARS) -> dict[str, Any]:
    """Return one tick a year for a short series, which would otherwise print the same year twice."""
    years = int(points[-1].at[:4]) - int(points[0].at[:4]) if points else 0
    return {"dtick": "M12", "tick0": "2000-01-01"} if years <= most else {}


def between(marks: Sequence[Mark], points: Sequence[Point]) -> tuple[Mark, ...]:
    """Return marks; one that cuts the line at its newest point stands half-way to the point before, lest it hide it."""
    held = [p.at for p in points if p.value is not None]
    if len(held) < 2:
        return tuple(marks)
    middle = date.fromordinal((day(held[-2]) + day(held[-1])) // 2).isoformat()
    return tuple(replace(mark, at=middle) if mark.cuts and mark.at == held[-1] else mark for mark in marks)


def is_alone(points: Sequence[Point], marks: Sequence[Mark]) -> bool:
    """Return whether the newest point stands apart, just behind a break: its number then stands to the right of it."""
    held = [p for p in points if p.value is not None]
    return len(held) > 1 and any(m.cuts and held[-2].at < m.at <= held[-1].at for m in marks)


def cut(points: Sequence[Point], *, marks: Sequence[Mark]) -> list[Point]:
    """Put a hole into the line at each cutting mark, and wherever one edition's line ends and another's begins."""
    drawn: list[Point] = []
    for point in points:
        if drawn and (drawn[-1].line != point.line or any(m.cuts and drawn[-1].at < m.at <= point.at for m in marks)):
            drawn.append(Point(at=point.at, value=None, hover="", line=point.line))
        drawn.append(point)
    return drawn


def _mark_line(mark: Mark, *, axis: str = "") -> dict[str, Any]:
    return {
        "type": "line",
        "x0": mark.at,
        "x1": mark.at,
        "xref": f"x{axis}",
        "yref": f"y{axis} domain",
        "y0": 0,
        "y1": 1,
        "line": {"color": INK if mark.cuts else MUTED, "width": 1, "dash": "solid" if mark.cuts else "dot"},
    }


def _mark_label(mark: Mark, *, level: int, right: bool) -> dict[str, Any]:
    """Write a mark's label above the chart, each on a line of its own so that no two touch on any screen."""
    return {
        "x": mark.at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": LABEL_STEP * level,
        "text": mark.label,
        "showarrow": False,
        "xanchor": "right" if right else "left",
        "font": {"size": 13, "color": MUTED},
    }


def _band_shapes(bands: Sequence[Band]) -> list[dict[str, Any]]:
    """Shade each range and dash its centre, behind the line."""
    shapes: list[dict[str, Any]] = []
    for band in bands:
        below = {"type": "path", "xref": "x", "yref": "y", "layer": "below"}
        fill = {"path": f"{_path(band.outline)} Z", "fillcolor": BAND, "line": {"width": 0}}
        centre = _path(tuple(zip(band.at, band.centre, strict=True)))
        dashed = {"path": centre, "line": {"color": MUTED, "width": 1, "dash": "dash"}}
        shapes += [below | fill, below | dashed]
    return shapes


def _path(corners: Sequence[tuple[str, float]]) -> str:
    """Return corners as Plotly takes a path."""
    return "M " + " L ".join(f"{at},{value:g}" for at, value in corners)


def _event_numbers(events: Sequence[Mark], points: Sequence[Point]) -> list[dict[str, Any]]:
    """Stand the numbers of events on the time axis, in small boxes; one that comes soon after another stands above."""
    near = EVENT_ROOM * (day(points[-1].at) - day(points[0].at)) if points else 0
    rows: list[float] = []  # the last day on each row
    numbers = []
    for event in events:
        row = next((n for n, last in enumerate(rows) if day(event.at) - last > near), len(rows))
        rows[row : row + 1] = [day(event.at)]
        numbers.append(_event_number(event, row=row))
    return numbers


def _event_number(event: Mark, *, row: int) -> dict[str, Any]:
    place = {"x": event.at, "y": 0, "yref": "paper", "yanchor": "bottom", "yshift": 3 + EVENT_STEP * row}
    look = {"bordercolor": MUTED, "borderwidth": 1, "borderpad": 2, "bgcolor": "#FFFFFF", "showarrow": False}
    return place | look | {"text": event.letter, "font": {"size": 11, "color": MUTED}}


def _mark_letter(mark: Mark, *, axis: str) -> dict[str, Any]:
    place = {"x": mark.at, "y": 1, "xref": f"x{axis}", "yref": f"y{axis} domain", "yanchor": "bottom"}
    return place | {"text": mark.letter, "showarrow": False, "font": {"size": 12, "color": MUTED}}


def _latest_label(
    points: Sequence[Point], *, text: str, reach: tuple[float, float], axis: str | None = None, alone: bool = False
) -> list[dict[str, Any]]:
    """Write a number at the newest point: above it, or below where the line has just fallen and has room there.

    In a panel (`axis`) it ends at the point: beside it the next panel's numbers begin.
    """
    held = [p for p in points if p.value is not None]
    if not held or not text:
        return []
    values = [p.value or 0 for p in held]
    fell = len(values) > 1 and values[-1] < values[-2] and values[-1] - reach[0] > (reach[1] - reach[0]) / 5
    where = {"x": held[-1].at, "y": held[-1].value, "xref": f"x{axis or ''}", "yref": f"y{axis or ''}"}
    if axis is not None:
        where |= {"xanchor": "right", "xshift": LABEL_REACH}
    else:
        where |= {"xanchor": "left", "xshift": -ALONE_SHIFT} if alone else {"xanchor": "center"}
    words = {"text": f"<b>{text}</b>", "showarrow": False, "yshift": -16 if fell else 16}
    words |= {"bgcolor": "rgba(255,255,255,0.85)", "borderpad": 0}  # no axis or break strikes a number through
    return [where | words | {"font": {"size": 15 if axis is None else 14, "color": NAVY}}]


def _domain(number: int, *, columns: int, rows: int, title_height: int, gap: float) -> tuple[list[float], list[float]]:
    """Return the part of the drawing a panel's axes take: columns of one width, room for its title above."""
    column, row = number % columns, number // columns
    width = (1 - gap * (columns - 1)) / columns
    left = column * (width + gap)
    row_height = title_height + PLOT_HEIGHT + AXIS_HEIGHT
    whole = rows * row_height
    top = 1 - (row * row_height + title_height) / whole
    return [left, left + width], [max(0.0, top - PLOT_HEIGHT / whole), top]


def _title_lines(title: str) -> tuple[str, ...]:
    return wrapped(title, size=TITLE_SIZE, most=TITLE_ROOM, bold=True)


def _panel_title(title: str, *, across: list[float], down: list[float], room: int) -> dict[str, Any]:
    """Write a panel's title above it, from where the `room` for its numbers begins."""
    text = "<br>".join(_title_lines(title))
    return {
        "x": across[0],
        "y": down[1],
        "xref": "paper",
        "yref": "paper",
        "text": f"<b>{text}</b>",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "xshift": -room,
        "yshift": 16,
        "font": {"size": TITLE_SIZE, "color": INK},
    }
