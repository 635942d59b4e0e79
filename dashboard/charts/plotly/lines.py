"""Change over time with Plotly: one line with its breaks, or several small charts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any

from dashboard.charts.geometry import lines as geometry
from dashboard.charts.geometry.endings import END_SIZE, Ending, endings, height_of, set_apart
from dashboard.charts.geometry.lines import Line, Newest, band_corners, event_rows
from dashboard.charts.letters import wrapped
from dashboard.charts.look import BAND, INK, MUTED, NAVY
from dashboard.charts.plotly.axes import AXIS_ROOM, HEIGHT, Plot, layout, numbered, numbers_room, time_axis, value_axis
from dashboard.charts.scale import day
from dashboard.charts.spec import Band, Mark, Point, SmallMultiples, TimeLine

PLOT_HEIGHT, AXIS_HEIGHT = 118, 40  # pixels of one small chart, and of the years below it
TITLE_LINE, TITLE_GAP = 18, 22  # pixels of one line of its title, and between title and chart
GAP_ACROSS = 0.14  # of the width, between two columns; more where the numbers of the second need it
NARROW = 250  # pixels that a telephone leaves for both columns
TITLE_SIZE, TITLE_ROOM = 14, 124  # pixels: from column to column on a 320 px screen, the narrowest WCAG asks for
LABEL_STEP = 18
ALONE_ROOM, ALONE_SHIFT = 76, 4  # pixels right of the chart for a number that stands right of its point
LABEL_REACH = 8  # pixels that a panel's newest number reaches beyond its point
EVENT_STEP, EVENT_ROOM = 18, 0.06  # pixels from row to row of events; how near, of the width, two share no row
ENDS_ROOM, ENDS_GAP = 124, 8  # pixels right of the axes for the names of several places, and before them
OVER_LINES = 1.04  # how far above its highest point an axis of several lines reaches
LOW_PLOT, TITLE_ACROSS = 150, 300  # pixels of a small chart of several places, and of a line of its title
SHORT_YEARS, FEW_YEARS = 6, 3  # of a chart, and of a small one: one tick a year


def time_line(drawing: TimeLine) -> Plot:
    """Draw one series over time, marking its breaks and writing its newest number at its point.

    Bands shade the expected range behind the line; events are numbered on the axis, by their letter.
    """
    line, points = geometry.time_line(drawing), drawing.points
    if drawing.others:
        return _of_several(drawing, line)
    alone = bool(line.newest and line.newest.is_alone)
    figure = layout(
        xaxis=time_axis(**_yearly(points), **_stretched(line)),
        yaxis=value_axis(**numbered(line.numbers)),
        margin={
            "l": numbers_room(line.numbers),
            "r": ALONE_ROOM if alone else 40,
            "t": 28 + LABEL_STEP * len(line.marks),
            "b": AXIS_ROOM,
        },
    )
    figure["height"] += LABEL_STEP * len(line.marks)
    middle = points[len(points) // 2].at if points else ""
    figure["shapes"] = [*_band_shapes(drawing.bands), *(_mark_line(mark) for mark in line.marks)]
    labels = [_mark_label(mark, level=level, right=mark.at > middle) for level, mark in enumerate(line.marks)]
    figure["annotations"] = [*labels, *_event_numbers(drawing.events, points), *_latest_label(line.newest)]
    return {"data": [_trace(line)], "layout": figure}


def _of_several(drawing: TimeLine, line: Line) -> Plot:
    """Draw the lines of several places, each named at its end."""
    found = endings(drawing, line, room=ENDS_ROOM)
    inside = max(HEIGHT - 28 - AXIS_ROOM, ceil(height_of(found)))
    top = 28 + LABEL_STEP * len(line.marks)
    figure = layout(
        height=inside + top + AXIS_ROOM,
        xaxis=time_axis(**_yearly_of(line), **_stretched(line)),
        yaxis=value_axis(**numbered(line.numbers), range=_reach(line)),
        margin={"l": numbers_room(line.numbers), "r": ENDS_ROOM + ENDS_GAP, "t": top, "b": AXIS_ROOM},
    )
    first, last = line.days or (0.0, 1.0)
    middle = date.fromordinal(round((first + last) / 2)).isoformat()
    figure["shapes"] = [*_band_shapes(drawing.bands), *(_mark_line(mark) for mark in line.marks)]
    labels = [_mark_label(mark, level=level, right=mark.at > middle) for level, mark in enumerate(line.marks)]
    events = _event_numbers(drawing.events, drawing.points)
    figure["annotations"] = [*labels, *events, *_names(found, line, height=inside)]
    return {"data": _traces(line), "layout": figure}


def _reach(line: Line) -> list[float]:
    low, high = line.values
    return [low * OVER_LINES, high * OVER_LINES]


def _names(found: Sequence[Ending], line: Line, *, height: float, axis: str = "") -> list[dict[str, Any]]:
    """Write the names of several places right of the axes, level with the ends of their lines."""
    low, high = _reach(line)
    placed = set_apart(found, line, high=height, above=lambda value: (value - low) / (high - low) * height)
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


def _several_multiples(drawing: SmallMultiples) -> Plot:
    """Draw one small chart per panel, one below the other, the lines of several places named at their ends."""
    panels, lines = drawing.panels, geometry.small_multiples(drawing)
    named = [endings(panel, line, room=ENDS_ROOM) for panel, line in zip(panels, lines, strict=True)]
    inside = max(LOW_PLOT, *(ceil(height_of(found)) for found in named))
    titles = [wrapped(panel.title, size=TITLE_SIZE, most=TITLE_ACROSS, bold=True) for panel in panels]
    title_height = TITLE_LINE * max(len(title) for title in titles) + TITLE_GAP
    row, room = title_height + inside + AXIS_HEIGHT, max(numbers_room(line.numbers) for line in lines)
    whole = row * len(panels)
    figure = layout(height=whole + 16, margin={"l": room, "r": ENDS_ROOM + ENDS_GAP, "t": 8, "b": 8})
    figure["annotations"], figure["shapes"], data = [], [], []
    for number, (title, line, found) in enumerate(zip(titles, lines, named, strict=True)):
        suffix = "" if number == 0 else str(number + 1)
        top = 1 - (number * row + title_height) / whole
        down = [max(0.0, top - inside / whole), top]
        figure[f"xaxis{suffix}"] = time_axis(anchor=f"y{suffix}", tickangle=0, **_yearly_of(line), **_stretched(line))
        figure[f"yaxis{suffix}"] = value_axis(
            domain=down, anchor=f"x{suffix}", **numbered(line.numbers), range=_reach(line)
        )
        figure["annotations"] += [
            _title(title, left=0.0, top=top, room=room),
            *_names(found, line, height=inside, axis=suffix),
        ]
        figure["shapes"] += [_mark_line(mark, axis=suffix) for mark in line.marks]
        figure["annotations"] += [_mark_letter(mark, axis=suffix) for mark in line.marks if mark.letter]
        data += _traces(line, axis=suffix)
    return {"data": data, "layout": figure}


def small_multiples(drawing: SmallMultiples, *, columns: int = 2) -> Plot:
    """Draw one small chart per panel, each from zero, or all on one height of axis."""
    if any(panel.others for panel in drawing.panels):
        return _several_multiples(drawing)
    panels, lines = drawing.panels, geometry.small_multiples(drawing)
    rows = -(-len(panels) // columns)
    title_height = TITLE_LINE * max((len(_title_lines(p.title)) for p in panels), default=1) + TITLE_GAP
    row_height = title_height + PLOT_HEIGHT + AXIS_HEIGHT
    rooms = [max((numbers_room(each.numbers) for each in lines[n::columns]), default=0) for n in range(columns)]
    gap = max((GAP_ACROSS, *(room / NARROW for room in rooms[1:])))
    figure = layout(height=rows * row_height + 16, margin={"l": rooms[0], "r": 16, "t": 8, "b": 8})
    figure["annotations"], figure["shapes"] = [], []
    data = []
    for number, (panel, line) in enumerate(zip(panels, lines, strict=True)):
        suffix = "" if number == 0 else str(number + 1)
        across, down = _domain(number, columns=columns, rows=rows, title_height=title_height, gap=gap)
        match = {"matches": "y"} if drawing.shared_scale and number else {}
        figure[f"xaxis{suffix}"] = time_axis(
            domain=across,
            anchor=f"y{suffix}",
            **({"nticks": 3} | _yearly(panel.points, most=FEW_YEARS)),
            tickangle=0,
            **_stretched(line),
        )
        figure[f"yaxis{suffix}"] = value_axis(domain=down, anchor=f"x{suffix}", **numbered(line.numbers), **match)
        figure["annotations"] += [_panel_title(panel.title, across=across, down=down, room=rooms[number % columns])]
        figure["annotations"] += _latest_label(line.newest, axis=suffix)
        figure["shapes"] += [_mark_line(mark, axis=suffix) for mark in line.marks]
        figure["annotations"] += [_mark_letter(mark, axis=suffix) for mark in line.marks if mark.letter]
        data.append(_trace(line, axis=suffix))
    return {"data": data, "layout": figure}


def _traces(line: Line, *, axis: str = "") -> list[dict[str, Any]]:
    """Return the lines of several places, ours over all others."""
    return [_trace(one, axis=axis) for one in (*reversed(line.others), line)]


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
        "marker": {"color": look.colour, "size": 5},
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


def _latest_label(newest: Newest | None, *, axis: str | None = None) -> list[dict[str, Any]]:
    """Write a number at the newest point; in a panel (`axis`) it ends there: beside it the next one's numbers begin."""
    if newest is None:
        return []
    where = {"x": newest.point.at, "y": newest.point.value, "xref": f"x{axis or ''}", "yref": f"y{axis or ''}"}
    if axis is not None:
        where |= {"xanchor": "right", "xshift": LABEL_REACH}
    else:
        where |= {"xanchor": "left", "xshift": -ALONE_SHIFT} if newest.is_alone else {"xanchor": "center"}
    words = {"text": f"<b>{newest.text}</b>", "showarrow": False, "yshift": -16 if newest.is_below else 16}
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
    return _title(_title_lines(title), left=across[0], top=down[1], room=room)


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
