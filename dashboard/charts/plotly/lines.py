"""Change over time with Plotly: one line with its breaks, or several small charts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from dashboard.charts.geometry import lines as geometry
from dashboard.charts.geometry.breaks import GAP, Label, Labels, break_labels, key_lines
from dashboard.charts.geometry.endings import END_SIZE, Ending, endings, height_of, set_apart
from dashboard.charts.geometry.few import few_words
from dashboard.charts.geometry.lines import Line, band_corners, columns_of, event_rows, held_back
from dashboard.charts.letters import text_width, wrapped
from dashboard.charts.look import BAND, INK, MUTED, NAVY
from dashboard.charts.plotly.answers import answers
from dashboard.charts.plotly.axes import (
    AXIS_ROOM,
    HEIGHT,
    NARROW,
    Plot,
    layout,
    numbered,
    numbers_room,
    time_axis,
    value_axis,
)
from dashboard.charts.plotly.few import boxes_over_time, without_few
from dashboard.charts.plotly.keys import KEY_SIZE, with_keys
from dashboard.charts.scale import Scale, day
from dashboard.charts.spec import Band, Mark, Point, SmallMultiples, TimeLine

PLOT_HEIGHT, AXIS_HEIGHT = 118, 40  # pixels of one small chart, and of the years below it
TITLE_LINE, TITLE_GAP = 18, 22  # pixels of one line of its title, and between title and chart
GAP_ACROSS = 32  # pixels between two columns; more where the numbers of the second need it
PANEL_WIDTH = 230  # pixels that a small chart should have where there are many columns
ASIDE, TOP, UNDER = 16, 8, 8  # pixels right of, above and below small charts
TITLE_SIZE, TITLE_ROOM = 14, 6  # pixels: its letters, and from its end to the next column
LABEL_STEP, LEADER_END = 18, 4  # pixels from level to level of labels; from the end of a line to the next level
MARKER_SIZE = 12  # pixels, the letters of a marker on the axis
ALONG, IN_PANEL, MIDDLE = 15, 14, 0.35  # pixels, the letters of the newest number; their middle above the baseline
TALL = 322  # pixels between the axes of one series
ALONE_ROOM, ALONE_SHIFT = 76, 4  # pixels right of the chart for a number that stands right of its point
LABEL_REACH = 8  # pixels that a panel's newest number reaches beyond its point
EVENT_STEP, EVENT_ROOM = 18, 0.06  # pixels from row to row of events; how near, of the width, two share no row
ENDS_ROOM, ENDS_GAP = 124, 8  # pixels right of the axes for the names of several places, and before them
OVER_LINES = 1.04  # how far above its highest point an axis of several lines reaches
LOW_PLOT = 150  # pixels of a small chart of several places
SHORT_YEARS, FEW_YEARS = 6, 3  # of a chart, and of a small one: one tick a year


def time_line(drawing: TimeLine, *, width: int, shape: Line | None = None) -> Plot:
    """Draw one series over time, marking its breaks and writing its newest number at its point; `shape` its geometry.

    Bands shade the expected range behind the line; events are numbered on the axis, by their letter.
    """
    line, points = shape or geometry.time_line(drawing), drawing.points
    if drawing.others:
        return _of_several(drawing, line, width=width)
    alone = bool(line.newest and line.newest.is_alone)
    left, right = numbers_room(line.numbers), ALONE_ROOM if alone else 40
    axes = _axes(line, wide=width - left - right, tall=TALL)
    labels = break_labels(line.marks, axes.across, left=-left, right=axes.across.end + right)
    top = TOP + 4 + LABEL_STEP * labels.levels
    figure = layout(
        height=top + TALL + AXIS_ROOM,
        xaxis=time_axis(**_yearly(points), **_only_year(line), **_stretched(line)),
        yaxis=value_axis(range=[axes.up.low, axes.up.high], **numbered(line.numbers)),
        margin={"l": left, "r": right, "t": top, "b": AXIS_ROOM},
    )
    figure["shapes"] = [
        *_band_shapes(drawing.bands),
        *_break_lines(line.marks, labels, tall=TALL),
        *boxes_over_time(line),
    ]
    figure["annotations"] = [
        *map(_break_label, labels.labels),
        *_event_numbers(drawing.events, points),
        *_held_back(points, axes),
        *_latest_label(line, axes),
    ]
    unseen = answers(line.marks, top=axes.up.high, expected=drawing.expected, events=drawing.events)
    return {"data": [_trace(line), *unseen], "layout": _keyed(figure, drawing, labels, width=width, room=left)}


def _keyed(figure: dict[str, Any], drawing: TimeLine, labels: Labels, *, width: int, room: float) -> dict[str, Any]:
    """Return a layout with its keys: what the box of fewer than five people means, and the letters of breaks."""
    few = few_words(drawing, most=width - 2, size=KEY_SIZE)
    letters = key_lines(labels.key, most=width - 2, size=KEY_SIZE)
    return with_keys(figure, few=few, others=[letters], room=room)


def _of_several(drawing: TimeLine, line: Line, *, width: int) -> Plot:
    """Draw the lines of several places, each named at its end."""
    line_ends = endings(drawing, line, room=ENDS_ROOM)
    inside = max(HEIGHT - 28 - AXIS_ROOM, ceil(height_of(line_ends)))
    left, right = numbers_room(line.numbers), ENDS_ROOM + ENDS_GAP
    axes = _axes(line, wide=width - left - right, tall=inside)
    labels = break_labels(line.marks, axes.across, left=-left, right=axes.across.end + right)
    top = 28 + LABEL_STEP * labels.levels
    figure = layout(
        height=inside + top + AXIS_ROOM,
        xaxis=time_axis(**_yearly_of(line), **_only_year(line), **_stretched(line)),
        yaxis=value_axis(**numbered(line.numbers), range=_reach(line)),
        margin={"l": left, "r": right, "t": top, "b": AXIS_ROOM},
    )
    figure["shapes"] = [
        *_band_shapes(drawing.bands),
        *_break_lines(line.marks, labels, tall=inside),
        *boxes_over_time(line),
    ]
    events = _event_numbers(drawing.events, drawing.points)
    figure["annotations"] = [
        *map(_break_label, labels.labels),
        *events,
        *_names(line_ends, line, height=inside),
    ]
    unseen = answers(line.marks, top=_reach(line)[1], expected=drawing.expected, events=drawing.events)
    layout_with_keys = _keyed(figure, drawing, labels, width=width, room=left)
    return {"data": [*_traces(line), *unseen], "layout": layout_with_keys}


def _reach(line: Line) -> list[float]:
    low, high = line.values
    return [low * OVER_LINES, high * OVER_LINES]


def _names(line_ends: Sequence[Ending], line: Line, *, height: float, axis: str = "") -> list[dict[str, Any]]:
    """Write the names of several places right of the axes, level with the ends of their lines."""
    low, high = _reach(line)
    placed = set_apart(line_ends, line, high=height, above=lambda value: (value - low) / (high - low) * height)
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": ENDS_GAP,
            "y": one.middle / height,
            "yref": f"y{axis} domain",
            "yanchor": "middle",
            "text": _ending_text(one),
            "align": "left",
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": END_SIZE, "color": one.look.words},
        }
        for one in placed
    ]


def _ending_text(one: Ending) -> str:
    return f"{'<br>'.join(one.lines)}{'<br>' if one.is_apart else ' '}<b>{one.number}</b>"


def _several_multiples(drawing: SmallMultiples, *, width: int, shape: tuple[Line, ...]) -> Plot:
    """Draw one small chart per panel, one below the other, the lines of several places named at their ends."""
    panels, lines = drawing.panels, shape or geometry.small_multiples(drawing)
    named = [endings(panel, line, room=ENDS_ROOM) for panel, line in zip(panels, lines, strict=True)]
    inside = max(LOW_PLOT, *(ceil(height_of(line_ends)) for line_ends in named))
    titles = [wrapped(panel.title, size=TITLE_SIZE, most=width - TITLE_ROOM, bold=True) for panel in panels]
    title_height = TITLE_LINE * max(len(title) for title in titles) + TITLE_GAP
    row, room = title_height + inside + AXIS_HEIGHT, max(numbers_room(line.numbers) for line in lines)
    whole = row * len(panels)
    figure = layout(height=whole + TOP + UNDER, margin={"l": room, "r": ENDS_ROOM + ENDS_GAP, "t": TOP, "b": UNDER})
    figure["annotations"], figure["shapes"], data = [], [], []
    for number, (title, line, line_ends) in enumerate(zip(titles, lines, named, strict=True)):
        suffix = "" if number == 0 else str(number + 1)
        top = 1 - (number * row + title_height) / whole
        down = [max(0.0, top - inside / whole), top]
        figure[f"xaxis{suffix}"] = time_axis(
            anchor=f"y{suffix}", tickangle=0, **_yearly_of(line), **_only_year(line), **_stretched(line)
        )
        figure[f"yaxis{suffix}"] = value_axis(
            domain=down, anchor=f"x{suffix}", **numbered(line.numbers), range=_reach(line)
        )
        figure["annotations"] += [
            _title(title, left=0.0, top=top, room=room),
            *_names(line_ends, line, height=inside, axis=suffix),
        ]
        figure["shapes"] += [
            *(_mark_line(mark, axis=suffix) for mark in line.marks),
            *boxes_over_time(line, axis=suffix),
        ]
        figure["annotations"] += [_mark_letter(mark, axis=suffix) for mark in line.marks if mark.letter]
        data += _traces(line, axis=suffix)
        data += answers(line.marks, top=_reach(line)[1], axis=suffix)
    return {"data": data, "layout": _keyed_panels(figure, drawing, width=width, room=room)}


def _keyed_panels(figure: dict[str, Any], drawing: SmallMultiples, *, width: int, room: float) -> dict[str, Any]:
    few = few_words(drawing, most=width - 2, size=KEY_SIZE)
    letters = geometry.key_to(drawing, most=width - 2, size=KEY_SIZE)
    return with_keys(figure, few=few, others=[letters], room=room)


def small_multiples(
    drawing: SmallMultiples, *, width: int = NARROW, columns: int = 0, shape: tuple[Line, ...] = ()
) -> Plot:
    """Draw one small chart per panel, each from zero, or all on one height of axis; under them what letters mean."""
    if any(panel.others for panel in drawing.panels):
        return _several_multiples(drawing, width=width, shape=shape)
    panels, lines = drawing.panels, shape or geometry.small_multiples(drawing)
    columns = columns or columns_of(len(panels), most=width // PANEL_WIDTH)
    rooms = [max((numbers_room(each.numbers) for each in lines[n::columns]), default=0) for n in range(columns)]
    grid = _grid([panel.title for panel in panels], rooms=rooms, width=width)
    figure = layout(height=round(grid.tall) + TOP + UNDER, margin={"l": rooms[0], "r": ASIDE, "t": TOP, "b": UNDER})
    figure["annotations"] = []
    figure["shapes"] = []
    data = []
    for number, (panel, line) in enumerate(zip(panels, lines, strict=True)):
        suffix = "" if number == 0 else str(number + 1)
        across, down = grid.across(number), grid.down(number)
        axes = _axes(line, wide=grid.panel, tall=PLOT_HEIGHT)
        match = {"matches": "y"} if drawing.shared_scale and number else {}
        figure[f"xaxis{suffix}"] = time_axis(
            domain=across,
            anchor=f"y{suffix}",
            **({"nticks": 3} | _yearly(panel.points, most=FEW_YEARS)),
            **_only_year(line),
            tickangle=0,
            **_stretched(line),
        )
        figure[f"yaxis{suffix}"] = value_axis(
            domain=down, anchor=f"x{suffix}", range=[axes.up.low, axes.up.high], **numbered(line.numbers), **match
        )
        title = grid.titles[number]
        figure["annotations"] += [_panel_title(title, across=across, down=down, room=rooms[number % columns])]
        figure["annotations"] += [
            *_held_back(panel.points, axes, axis=suffix),
            *_latest_label(line, axes, axis=suffix),
        ]
        figure["shapes"] += [
            *(_mark_line(mark, axis=suffix) for mark in line.marks),
            *boxes_over_time(line, axis=suffix),
        ]
        figure["annotations"] += [_mark_letter(mark, axis=suffix) for mark in line.marks if mark.letter]
        data += [_trace(line, axis=suffix), *answers(line.marks, top=line.values[1], axis=suffix)]
    return {"data": data, "layout": _keyed_panels(figure, drawing, width=width, room=rooms[0])}


def _traces(line: Line, *, axis: str = "") -> list[dict[str, Any]]:
    """Return the lines of several places, ours over all others."""
    return [_trace(one, axis=axis) for one in (*reversed(line.others), line)]


@dataclass(frozen=True, kw_only=True)
class Axes:
    """The scales of a drawing as wide as it is at least: a number that covers nothing there never does."""

    across: Scale
    up: Scale


def _axes(line: Line, *, wide: float, tall: float) -> Axes:
    first, last = line.days or (0.0, 1.0)
    low, high = geometry.room_around(line.values, tall=tall)
    return Axes(
        across=Scale(low=first, high=last, start=0, end=max(wide, 1)), up=Scale(low=low, high=high, start=tall, end=0)
    )


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Where small charts stand: pixels of one across, of the gap between two and of all down; their titles in lines."""

    columns: int
    panel: float
    gap: float
    tops: tuple[float, ...]  # of each row's charts, below its titles
    tall: float
    titles: tuple[tuple[str, ...], ...]

    def across(self, number: int) -> list[float]:
        """Return the part of the width that a panel's axes take."""
        whole = self.panel * self.columns + self.gap * (self.columns - 1)
        left = (number % self.columns) * (self.panel + self.gap)
        return [left / whole, min(1.0, (left + self.panel) / whole)]

    def down(self, number: int) -> list[float]:
        """Return the part of the height that a panel's axes take."""
        top = self.tops[number // self.columns]
        return [max(0.0, 1 - (top + PLOT_HEIGHT) / self.tall), 1 - top / self.tall]


def _grid(titles: Sequence[str], *, rooms: Sequence[int], width: int) -> Grid:
    """Return columns of one width, each row as high as its longest title needs."""
    columns = len(rooms)
    gap = float(max(GAP_ACROSS, *rooms[1:])) if columns > 1 else 0.0
    panel = max((width - rooms[0] - ASIDE - gap * (columns - 1)) / columns, 1.0)
    broken = tuple(
        wrapped(title, size=TITLE_SIZE, most=max(panel + rooms[n % columns] - TITLE_ROOM, 40), bold=True)
        for n, title in enumerate(titles)
    )
    tops, top = [], 0.0
    for first in range(0, len(titles), columns):
        top += TITLE_LINE * max(len(lines) for lines in broken[first : first + columns]) + TITLE_GAP
        tops.append(top)
        top += PLOT_HEIGHT + AXIS_HEIGHT
    return Grid(columns=columns, panel=panel, gap=gap, tops=tuple(tops), tall=top or 1.0, titles=broken)


def _trace(line: Line, *, axis: str = "") -> dict[str, Any]:
    points, look = line.points, line.look
    stroke = {"color": look.colour, "width": look.width}
    return {
        "type": "scatter",
        "mode": "+".join(
            name for name, is_drawn in (("lines", line.is_joined), ("markers", line.has_dots)) if is_drawn
        ),
        "x": [p.at for p in points],
        "y": [p.value for p in points],
        "text": [p.hover for p in points],
        "hovertemplate": "%{text}<extra></extra>",
        "line": stroke if look.dash == "solid" else stroke | {"dash": look.dash},
        "marker": without_few(points, {"color": look.colour, "size": 5}),
        "connectgaps": False,
        "cliponaxis": False,
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
    }


def _stretched(line: Line) -> dict[str, Any]:
    return {"range": [date.fromordinal(round(each)).isoformat() for each in line.days]} if line.days else {}


def _yearly_of(line: Line) -> dict[str, Any]:
    """Return one tick a year for a short chart of several lines, and few where a telephone has room for few."""
    first, last = (date.fromordinal(round(each)).year for each in line.days or (1.0, 1.0))
    return {"dtick": "M12", "tick0": "2000-01-01"} if last - first <= FEW_YEARS else {"nticks": 4}


def _yearly(points: Sequence[Point], *, most: int = SHORT_YEARS) -> dict[str, Any]:
    """Return one tick a year for a short series, which would otherwise print the same year twice."""
    years = int(points[-1].at[:4]) - int(points[0].at[:4]) if points else 0
    return {"dtick": "M12", "tick0": "2000-01-01"} if years <= most else {}


def _only_year(line: Line) -> dict[str, Any]:
    """Return the name of the year under the first point where no year begins within the line: it has no other."""
    first, last = (date.fromordinal(round(each)) for each in line.days or (1.0, 1.0))
    if not line.points or first.year < last.year or first == date(first.year, 1, 1):
        return {}
    return {"tickmode": "array", "tickvals": [line.points[0].at], "ticktext": [str(first.year)]}


def _break_lines(marks: Sequence[Mark], labels: Labels, *, tall: float) -> list[dict[str, Any]]:
    """Return the lines of breaks over axes `tall` pixels long, each up to its label."""
    lines = [(_mark_line(mark), labels.reach(mark)) for mark in marks]
    return [line | {"y1": 1 + max(0, LABEL_STEP * levels - LEADER_END) / tall} for line, levels in lines]


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


def _break_label(label: Label) -> dict[str, Any]:
    """Write the words of a break beside the end of its line, or its letter over it."""
    sides: dict[str, dict[str, Any]] = {
        "right": {"xanchor": "left", "xshift": GAP},
        "left": {"xanchor": "right", "xshift": -GAP},
        "over": {"xanchor": "center"},
    }
    return {
        "x": label.mark.at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": LABEL_STEP * label.level,
        "text": label.text,
        "showarrow": False,
        "borderpad": 0,
        **sides[label.side],
        "font": {"size": 13, "color": MUTED},
    }


def _band_shapes(bands: Sequence[Band]) -> list[dict[str, Any]]:
    """Shade each range and dash its centre, behind the line."""
    shapes: list[dict[str, Any]] = []
    for band in bands:
        below = {"type": "path", "xref": "x", "yref": "y", "layer": "below"}
        fill = {"path": f"{_path(band_corners(band))} Z", "fillcolor": BAND, "line": {"width": 0}}
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
    rows = event_rows(events, room=near)
    return [_event_number(event, row=row) for event, row in zip(events, rows, strict=True)]


def _event_number(event: Mark, *, row: int) -> dict[str, Any]:
    place = {"x": event.at, "y": 0, "yref": "paper", "yanchor": "bottom", "yshift": 3 + EVENT_STEP * row}
    look = {"bordercolor": MUTED, "borderwidth": 1, "borderpad": 2, "bgcolor": "#FFFFFF", "showarrow": False}
    return place | look | {"text": event.letter, "font": {"size": 11, "color": MUTED}}


def _mark_letter(mark: Mark, *, axis: str) -> dict[str, Any]:
    place = {"x": mark.at, "y": 1, "xref": f"x{axis}", "yref": f"y{axis} domain", "yanchor": "bottom"}
    return place | {"text": mark.letter, "showarrow": False, "font": {"size": 12, "color": MUTED}}


def _held_back(points: Sequence[Point], axes: Axes, *, axis: str = "") -> list[dict[str, Any]]:
    """Write the marker of each figure that may not be told on the axis, where its number would stand over it."""
    size = MARKER_SIZE
    room = (text_width("[c]", size=size) + 4) * (axes.across.high - axes.across.low) / axes.across.end
    place = {"y": 0, "xref": f"x{axis}", "yref": f"y{axis} domain", "yanchor": "bottom", "yshift": 2}
    look = {"showarrow": False, "borderpad": 0, "font": {"size": size, "color": MUTED}}
    return [{"x": at, "text": marker} | place | look for at, marker in held_back(points, room=room)]


def _latest_label(line: Line, axes: Axes, *, axis: str | None = None) -> list[dict[str, Any]]:
    """Write a number at the newest point; in a panel (`axis`) it ends there: beside it the next one's numbers begin.

    A break that runs through it is painted over: no number is struck through.
    """
    newest, points = line.newest, line.points
    if newest is None or newest.point.value is None:
        return []
    size = ALONG if axis is None else IN_PANEL
    x, y = axes.across.at(day(newest.point.at)), axes.up.at(newest.point.value)
    wide = text_width(newest.text, size=size, bold=True)
    anchor: dict[str, Any]
    if axis is not None:
        left, anchor = x + LABEL_REACH - wide, {"xanchor": "right", "xshift": LABEL_REACH}
    elif newest.is_alone:
        left, anchor = x - ALONE_SHIFT, {"xanchor": "left", "xshift": -ALONE_SHIFT}
    else:
        left, anchor = x - wide / 2, {"xanchor": "center"}
    baseline = geometry.baseline_of(
        newest, points, across=axes.across, up=axes.up, left=left - 2, right=left + wide + 2, size=size
    )
    where = {"x": newest.point.at, "y": newest.point.value, "xref": f"x{axis or ''}", "yref": f"y{axis or ''}"}
    words = {"text": f"<b>{newest.text}</b>", "showarrow": False, "yshift": round(y - baseline + size * MIDDLE)}
    crossed = any(left <= axes.across.at(day(mark.at)) <= left + wide for mark in line.marks)
    ground = {"bgcolor": "rgba(255,255,255,0.85)"} if crossed else {}
    return [where | anchor | words | ground | {"borderpad": 0, "font": {"size": size, "color": NAVY}}]


def _panel_title(lines: Sequence[str], *, across: list[float], down: list[float], room: int) -> dict[str, Any]:
    """Write a panel's title above it, from where the `room` for its numbers begins."""
    return _title(lines, left=across[0], top=down[1], room=room)


def _title(lines: Sequence[str], *, left: float, top: float, room: int) -> dict[str, Any]:
    text = "<br>".join(lines)
    return {
        "x": left,
        "y": top,
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
