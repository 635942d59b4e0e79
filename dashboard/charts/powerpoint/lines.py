"""Change over time as a native line chart: the expected range behind it, its breaks as upright lines.

The awkward fact: a native line chart has one list of days for all its series, and days of breaks and events are among
them. So blanks are bridged, each stretch of comparable figures is a series of its own, and nothing joins two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import Any, Literal, TypeAlias

from pptx.enum.chart import XL_CHART_TYPE

from dashboard.charts import Band, Mark, Panel, Point, TimeLine
from dashboard.charts.geometry import lines as geometry
from dashboard.charts.geometry.breaks import Labels, Side, break_labels, key_lines
from dashboard.charts.geometry.lines import MOST_MARKERS, Line, Newest, event_rows, held_back
from dashboard.charts.look import BAND, INK, MUTED, NAVY
from dashboard.charts.measure import LINE_HEIGHT, line_count, width_of
from dashboard.charts.powerpoint.axes import Native, Ticks, base_line, number_code, ticks, value_axis
from dashboard.charts.powerpoint.frame import CHART_SIZE
from dashboard.charts.powerpoint.sheets import Beside, TrueValues
from dashboard.charts.powerpoint.words import add_words, name_of
from dashboard.charts.powerpoint.xml import (
    Label,
    dot,
    drop_lines,
    inner_layout,
    label_points,
    look,
    piece,
    plain,
    put,
    titled,
)
from dashboard.charts.scale import Scale, are_whole
from dashboard.i18n.bilingual import on_lines

_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
_DAY = timedelta(days=1)
_LABEL_ROOM = 25.0  # points of height that one label takes
_LEFT, _RIGHT, _BOTTOM, _TOP = 70.0, 34.0, 36.0, 8.0  # points around the axes
_YEAR_ROOM = 60.0  # points of width that one year takes on the axis
_TITLE_LINE, _UNDER_TITLE = 22.0, 14.0
_LEAST_PLOT = 90.0  # of a small chart, between its axes
_WIDER = 1.1  # that Arial may be than our letters
_BESIDE_LABEL = 8.0  # points that PowerPoint leaves around a label
_SIDES: dict[Side, str] = {"right": "r", "left": "l", "over": "ctr"}  # as PowerPoint names them
_NUMBER_ROOM = 25.0  # points of width that the number of an event takes
Role: TypeAlias = Literal["base", "range", "middle", "figures", "cut", "note", "label", "event", "held_back"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One series of the chart: what it is for, its name, and its numbers by day."""

    role: Role
    name: str
    values: dict[date, float]


def add_time_line(native: Native, drawing: TimeLine, *, peak: float = 0, title: str = "", room: float = 0) -> Any:
    """Add a line over time; `peak` makes the axis at least so high, as small charts of one scale need.

    Over it a `title` has some `room`, as much as those beside it.
    """
    shape = geometry.time_line(drawing)
    drawing = replace(drawing, marks=shape.marks)
    whole, labels = native.frame, _break_labels(shape, native)
    key = "\n".join(key_lines(labels.key, most=whole.width / _WIDER, size=CHART_SIZE))
    key_room = line_count(key, size=CHART_SIZE, width=whole.width) * CHART_SIZE * LINE_HEIGHT if key else 0.0
    native = replace(native, frame=whole.first(whole.height - key_room))
    heights = [
        peak,
        *(p.value for p in drawing.points if p.value is not None),
        *(upper for b in drawing.bands for upper in b.upper),
    ]
    plot = native.frame.height - _BOTTOM - _TOP - room
    scale = ticks(min(0.0, *heights), max(heights), whole=are_whole(p.value for p in drawing.points))
    labels_end = 1 - _LABEL_ROOM * (_lines_of(labels) * labels.levels + 1) / plot
    scale = replace(scale, high=max(scale.high, max(heights) / labels_end))
    level = (scale.high - scale.low) * _LABEL_ROOM / plot
    columns = _columns(drawing, shape, native, labels=labels, scale=scale, level=level)
    days = sorted({_day(p.at) for p in drawing.points} | {day for c in columns for day in c.values})
    columns = [_filled(column, days) for column in columns]
    chart = native.add(XL_CHART_TYPE.LINE, _data(columns, days, beside=_beside(drawing, native, days), native=native))
    put(chart._chartSpace.chart, '<c:dispBlanksAs val="span"/>')
    _set_axes(chart, native, days=days, scale=scale)
    _set_series(chart, native, drawing, shape, labels=labels, columns=columns, days=days)
    _lay_areas(chart, columns)
    _place(chart, native, title=title, room=room)
    if key:
        add_words(native, key, whole.below(whole.height - key_room))
    return chart


def add_small_multiples(natives: Sequence[Native], panels: Sequence[Panel], *, shared_scale: bool) -> None:
    """Add one small chart per panel; breaks carry their letters, which the slide explains."""
    peak = max((p.value or 0 for panel in panels for p in panel.points), default=0) if shared_scale else 0
    room = max((_title_room(panel, width=native.frame.width) for native, panel in zip(natives, panels, strict=True)))
    for native, panel in zip(natives, panels, strict=True):
        marks = tuple(replace(mark, label=mark.letter) for mark in panel.marks)
        dots = len(panel.points) <= MOST_MARKERS
        drawing = TimeLine(points=panel.points, marks=marks, latest=panel.latest, markers=dots)
        add_time_line(native, drawing, peak=peak, title=panel.title, room=room)


def panels_height(panels: Sequence[Panel], *, width: float) -> float:
    """Return how high small charts of some width must be, so that no title stands on a chart."""
    titles = max((_title_room(panel, width=width) for panel in panels), default=0.0)
    return _TOP + titles + _LEAST_PLOT + _BOTTOM


def _title_room(panel: Panel, *, width: float) -> float:
    return line_count(on_lines(panel.title), size=CHART_SIZE, width=width, bold=True) * _TITLE_LINE + _UNDER_TITLE


def _day(at: str) -> date:
    return date.fromisoformat(at)


def _break_labels(shape: Line, native: Native) -> Labels:
    """Return where the words of breaks stand between the ends of the axis of years."""
    if shape.days is None:
        return Labels(labels=())
    days = [_day(point.at) for point in shape.points]
    first, last = _ends(min(days), max(days))
    end = native.frame.width - _LEFT - _RIGHT
    across = Scale(low=first.toordinal(), high=last.toordinal(), start=0.0, end=end)
    return break_labels(shape.marks, across, left=0.0, right=end + _RIGHT, width=_width_of_label)  # no word on numbers


def _width_of_label(text: str) -> float:
    return max(width_of(line, size=CHART_SIZE) for line in on_lines(text).split("\n")) + _BESIDE_LABEL


def _ends(first: date, last: date) -> tuple[date, date]:
    """Return the days between which the axis of years runs: whole years."""
    return date(first.year, 1, 1), date(last.year + 1, 1, 1)


def _columns(
    drawing: TimeLine, shape: Line, native: Native, *, labels: Labels, scale: Ticks, level: float
) -> list[Column]:
    """Return every series, in the order in which they are drawn."""
    each = level * _lines_of(labels)
    top = scale.high - each * labels.levels
    lines = {_day(mark.at): top + each * labels.reach(mark) for mark in drawing.marks if mark.cuts}
    notes = {_day(mark.at): top + each * labels.reach(mark) for mark in drawing.marks if not mark.cuts}
    events = _event_places(drawing, native, low=scale.low, level=level)
    hidden = {_day(at): scale.low for at, _ in _held_back(drawing, native)}
    marks = [
        ("cut", "break", lines),
        ("note", "note", notes),
        ("event", "events", events),
        ("held_back", "held_back", hidden),
    ]
    columns = [*_range_columns(drawing.bands, native), *_figure_columns(shape, native)]
    columns += [Column(role=role, name=name_of(key, native), values=at) for role, key, at in marks]  # type: ignore[arg-type]
    columns += [_label_column(labels, native, top=top, level=each)]
    return [column for column in columns if column.values]


def _lines_of(labels: Labels) -> int:
    """Return on how many lines the words of breaks stand: in both languages on two."""
    return max((len(on_lines(label.text).split("\n")) for label in labels.labels), default=1)


def _figure_columns(shape: Line, native: Native) -> list[Column]:
    runs = shape.runs
    several = len(runs) > 1
    return [
        Column(
            role="figures",
            name=f"{native.unit}, {_years(run)}" if several else native.unit,
            values={_day(p.at): p.value for p in run if p.value is not None},
        )
        for run in runs
    ]


def _years(run: Sequence[Point]) -> str:
    first, last = run[0].at[:4], run[-1].at[:4]
    return first if first == last else f"{first}–{last}"


def _range_columns(bands: Sequence[Band], native: Native) -> list[Column]:
    """Return the range as two stacked areas and its middle as a line.

    On the days next to a range both areas stand at nothing, so that their ends are upright on the slide.
    """
    base: dict[date, float] = {}
    width: dict[date, float] = {}
    for band in bands:
        days = [_day(at) for at in band.at]
        ends = {days[0] - _DAY: 0.0, days[-1] + _DAY: 0.0}
        widths = (upper - lower for lower, upper in zip(band.lower, band.upper, strict=True))
        base |= ends | dict(zip(days, band.lower, strict=True))
        width |= ends | dict(zip(days, widths, strict=True))
    middles = [dict(zip(map(_day, band.at), band.centre, strict=True)) for band in bands]
    return [
        Column(role="base", name=name_of("lowest", native), values=base),
        Column(role="range", name=name_of("range", native), values=width),
        *(Column(role="middle", name=name_of("middle", native), values=values) for values in middles),
    ]


def _label_column(labels: Labels, native: Native, *, top: float, level: float) -> Column:
    """Return where the labels of breaks stand: above the chart, each on its level; a break may be without one."""
    days = _apart([label.mark for label in labels.labels])
    places = {day: top + level * (label.level + 0.5) for day, label in zip(days, labels.labels, strict=True)}
    return Column(role="label", name=name_of("labels", native), values=places)


def _event_places(drawing: TimeLine, native: Native, *, low: float, level: float) -> dict[date, float]:
    """Return where the numbers of events stand: on the axis, a step up for each that is too near."""
    every = [_day(p.at) for p in drawing.points]
    near = (max(every) - min(every)).days * _NUMBER_ROOM / native.frame.width if every else 0.0
    rows = event_rows(drawing.events, room=near)
    return {day: low + level * row for day, row in zip(_apart(drawing.events), rows, strict=True)}


def _held_back(drawing: TimeLine, native: Native) -> tuple[tuple[str, str], ...]:
    """Return the day and the marker of each figure that may not be told, of near ones the one in their middle."""
    every = [_day(p.at) for p in drawing.points]
    near = (max(every) - min(every)).days * _NUMBER_ROOM / native.frame.width if every else 0.0
    return held_back(drawing.points, room=near)


def _apart(marks: Sequence[Mark]) -> list[date]:
    """Return the days of marks in their order; of two on one day the second stands a day later."""
    days: list[date] = []
    for mark in marks:
        day = _day(mark.at)
        while day in days:
            day += _DAY
        days.append(day)
    return days


def _filled(column: Column, days: Iterable[date]) -> Column:
    """Fill an area's days between the days of a range: an area, unlike a line, falls to nothing at a blank."""
    if column.role not in ("base", "range"):
        return column
    filled_days = sorted(column.values)
    return replace(column, values={day: _between(day, filled_days, column.values) for day in days})


def _between(day: date, days: Sequence[date], values: dict[date, float]) -> float:
    """Return a value on the straight line between those of the days around it; 0 beyond them."""
    before = max((at for at in days if at <= day), default=None)
    after = min((at for at in days if at >= day), default=None)
    if before is None or after is None:
        return 0.0
    share = (day - before) / (after - before) if after > before else 0.0
    return values[before] + share * (values[after] - values[before])


def _beside(drawing: TimeLine, native: Native, days: Sequence[date]) -> Beside:
    """Return what the sheet says of each day: the period that it is in the middle of, its figure, what was expected."""
    points = {_day(point.at): point for point in drawing.points}
    periods = {day: plain(point.hover).partition(": ")[0] for day, point in points.items()}
    columns: list[tuple[str, Mapping[date, str | float | None]]] = [
        (name_of("period", native), periods),
        (native.unit, {day: point.value for day, point in points.items()}),
    ]
    for name, side in (("lowest", "lower"), ("highest", "upper")):
        ends = {_day(at): end for band in drawing.bands for at, end in zip(band.at, getattr(band, side), strict=True)}
        columns += [(name_of(name, native), ends)] if ends else []
    return [[heading, *(values.get(day) for day in days)] for heading, values in columns]


def _data(columns: Sequence[Column], days: Sequence[date], *, beside: Beside, native: Native) -> Any:
    data: Any = TrueValues(heading=name_of("day", native), beside=beside)
    data.categories = days
    for column in columns:
        data.add_series(column.name, [column.values.get(day) for day in days])
    return data


def _set_axes(chart: Any, native: Native, *, days: Sequence[date], scale: Ticks) -> None:
    value_axis(chart.value_axis, scale, lang=native.lang)
    put(chart.value_axis._element, '<c:crossBetween val="midCat"/>')
    first, last = _ends(days[0], days[-1])
    axis = chart.category_axis
    axis.minimum_scale, axis.maximum_scale = ((day - _EPOCH).days for day in (first, last))
    base_line(axis, lang=native.lang)
    element = axis._element
    put(element, '<c:numFmt formatCode="yyyy" sourceLinked="0"/>')
    put(element, '<c:tickLblPos val="low"/>')
    room = native.frame.width - _LEFT - _RIGHT
    step = max(1, ceil((last.year - first.year) * _YEAR_ROOM / room))
    put(element, f'<c:majorUnit val="{step}"/>')
    put(element, '<c:majorTimeUnit val="years"/>')


def _set_series(
    chart: Any,
    native: Native,
    drawing: TimeLine,
    shape: Line,
    *,
    labels: Labels,
    columns: Sequence[Column],
    days: Sequence[date],
) -> None:
    texts: dict[Role, list[tuple[str, str]]] = {
        "event": [(event.letter, "t") for event in drawing.events],
        "label": [(on_lines(label.text), _SIDES[label.side]) for label in labels.labels],
        "held_back": [(marker, "t") for _, marker in _held_back(drawing, native)],
    }
    for series, column in zip(chart.plots[0].series, columns, strict=True):
        at = {day: number for number, day in enumerate(days)}
        if column.role == "figures":
            _draw_figures(series, joined=shape.is_joined, dots=drawing.markers or len(column.values) == 1)
        else:
            _draw_helper(series, column.role)
        if column.role in texts:
            label_points(series, _labels(column, texts[column.role], at=at), lang=native.lang)
    _label_latest(chart, native, shape.newest, columns=columns, days=days)


def _draw_figures(series: Any, *, joined: bool, dots: bool) -> None:
    put(series._element, look(outline=NAVY if joined else "", width=2.75, line_only=True))
    put(series._element, dot(symbol="circle" if dots or not joined else "none", size=6, color=NAVY))
    put(series._element, '<c:smooth val="0"/>')


def _draw_helper(series: Any, role: Role) -> None:
    lines = {"middle": look(outline=MUTED, width=1.5, dash="dash", line_only=True)}
    put(series._element, lines.get(role, look(line_only=True)))
    put(series._element, dot(symbol="none", size=0, color=""))
    if role == "cut":
        drop_lines(series, color=INK, dash="solid")
    if role == "note":
        drop_lines(series, color=MUTED, dash="sysDot")


def _labels(column: Column, texts: Sequence[tuple[str, str]], *, at: dict[date, int]) -> list[Label]:
    """Return the words of marks, each on its side of its day."""
    pairs = zip(column.values, texts, strict=True)
    return [Label(at=at[day], where=where, text=text, color=MUTED) for day, (text, where) in pairs]


def _label_latest(
    chart: Any, native: Native, newest: Newest | None, *, columns: Sequence[Column], days: Sequence[date]
) -> None:
    """Write the newest number at its point, as a number that follows the sheet where a format can write it so."""
    if newest is None:
        return
    code = number_code(newest.text, value=newest.point.value or 0)
    label = Label(
        at=list(days).index(_day(newest.point.at)),
        where="b" if newest.is_below else "t",
        code=code,
        text="" if code else newest.text,
        color=NAVY,
        bold=True,
        size=20,
    )
    last = max(number for number, column in enumerate(columns) if column.role == "figures")
    label_points(chart.plots[0].series[last], [label], lang=native.lang)


def _lay_areas(chart: Any, columns: Sequence[Column]) -> None:
    """Move the range from the lines into an area chart on the same axes, behind them."""
    lines = chart.plots[0]._element
    areas = [
        s._element for s, c in zip(list(chart.plots[0].series), columns, strict=True) if c.role in ("base", "range")
    ]
    if not areas:
        return
    axes = "".join(f'<c:axId val="{axis.get("val")}"/>' for axis in lines.findall(f"{{{lines.nsmap['c']}}}axId"))
    plot = piece(f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{axes}</c:areaChart>')
    for series, color in zip(areas, ("", BAND), strict=True):
        for name in ("marker", "smooth"):
            for unwanted in series.findall(f"{{{lines.nsmap['c']}}}{name}"):
                series.remove(unwanted)
        put(series, look(inside=color))
        plot.insert(len(plot) - 2, series)
    lines.addprevious(plot)


def _place(chart: Any, native: Native, *, title: str, room: float) -> None:
    top = _TOP + room
    if title:
        put(chart._chartSpace.chart, '<c:autoTitleDeleted val="0"/>')
        put(chart._chartSpace.chart, titled(title, lang=native.lang))
    width, height = native.frame.width, native.frame.height
    inner_layout(
        chart,
        left=_LEFT / width,
        top=top / height,
        width=(width - _LEFT - _RIGHT) / width,
        height=(height - top - _BOTTOM) / height,
    )
