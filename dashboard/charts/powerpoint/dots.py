"""Places side by side as a native scatter chart: a dot per row with its name, its number and its interval.

The awkward fact: a scatter chart has no names on its axis. They are the labels of a series of unseen points along the
left edge, so they move with the rows; a bar chart would have them for nothing, and would shout.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE

from dashboard.charts import IntervalDots, Point, RankedDots
from dashboard.charts.geometry.dots import SHAPES, dots_from_below, from_below
from dashboard.charts.look import INK, MUTED, NAVY, OTHERS
from dashboard.charts.measure import width_of
from dashboard.charts.powerpoint.axes import Native, Ticks, base_line, ticks, value_axis
from dashboard.charts.powerpoint.frame import CHART_SIZE
from dashboard.charts.powerpoint.sheets import NamedPoints
from dashboard.charts.powerpoint.words import name_of
from dashboard.charts.powerpoint.xml import Label, dot, inner_layout, label_points, look, put
from dashboard.i18n import t
from dashboard.i18n.bilingual import Both, on_lines

_SYMBOLS = {"triangle-right": "triangle", "triangle-left": "diamond", "circle": "circle"}
_NAME_SHARE, _BOTH_SHARE = 0.42, 0.56  # of the chart's width, at most, for names in one language and in both
_TOP, _BOTTOM, _EDGE = 10.0, 36.0, 14.0


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: its name, its number (None for no dot), the text at its end and how its dot looks."""

    name: str
    value: float | None
    text: str
    strong: bool
    symbol: str = "circle"
    color: str = NAVY
    lower: float | None = None
    upper: float | None = None
    ring: float | None = None
    held_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """What the rows are beside: an upright line with its label."""

    value: float
    label: str


def add_ranked_dots(native: Native, drawing: RankedDots) -> Any:
    """Add one dot per row, largest or first given on top, and a hollow ring for the place to compare with."""
    rings = {ring.at: ring.value for ring in drawing.rings}
    pairs = dots_from_below(drawing.points, drawing.labels, ranked=drawing.ranked)
    rows = [_ranked(point, label, ring=rings.get(point.at), chosen=drawing.chosen) for point, label in pairs]
    return _add(native, rows, benchmark=None)


def _ranked(point: Point, label: str, *, ring: float | None, chosen: Sequence[str]) -> Row:
    strong = point.code in chosen
    color = NAVY if strong else OTHERS
    return Row(
        name=point.at,
        value=point.value,
        text=label,
        strong=strong,
        color=color,
        ring=ring,
        held_back=bool(point.marker),
    )


def add_interval_dots(native: Native, drawing: IntervalDots) -> Any:
    """Add one dot per row, largest on top, with its interval, and the benchmark as an upright line."""
    rows = [
        Row(
            name=row.at,
            value=row.value,
            text=row.label,
            strong=row.code in drawing.chosen,
            symbol=_SYMBOLS[SHAPES[row.verdict][0]],
            color=SHAPES[row.verdict][1],
            lower=row.lower,
            upper=row.upper,
        )
        for row in from_below(drawing.rows, ranked=drawing.ranked)
    ]
    mark = None if drawing.benchmark is None else Benchmark(value=drawing.benchmark, label=drawing.benchmark_label)
    return _add(native, rows, benchmark=mark)


def _add(native: Native, rows: Sequence[Row], *, benchmark: Benchmark | None) -> Any:
    scale = _scale(rows, benchmark)
    filled = [(number, row) for number, row in enumerate(rows, start=1) if row.value is not None]
    rings = [(row.ring, number) for number, row in enumerate(rows, start=1) if row.ring is not None]
    marked = [(number, row) for number, row in enumerate(rows, start=1) if row.held_back]
    named = rows if marked else [row for _, row in filled]
    data = NamedPoints(heading=name_of("across", native), beside=_beside(named, native))
    first = [(native.unit, [(row.value or 0.0, number) for number, row in filled])]
    for key, edge in (("names", scale.low), ("labels", scale.high)):
        first.append((name_of(key, native), [(edge, number) for number, _ in enumerate(rows, start=1)]))
    # LibreOffice draws no series that is shorter than a later one: where dots are missing they come last of these.
    for name, points in (*first[1:], first[0]) if marked else first:
        _add_points(data, name, points)
    if rings:
        _add_points(data, name_of("compared", native), rings)
    if benchmark:
        _add_points(data, benchmark.label, [(benchmark.value, 0), (benchmark.value, len(rows) + 0.6)])
    for number, row in _with_ends(rows):
        _add_points(data, row.name, [(row.lower or 0.0, number), (row.upper or 0.0, number)])
    if marked:
        _add_points(data, name_of("held_back", native), [(max(scale.low, 0.0), number) for number, _ in marked])
    chart = native.add(XL_CHART_TYPE.XY_SCATTER, data)
    series = list(chart.plots[0].series)
    if marked:
        _write_markers(series.pop(), native, [row for _, row in marked])
        series[:3] = (series[2], *series[:2])
    _draw_dots(series[0], [row for _, row in filled])
    _write_rows(series[:3], native, rows)
    _draw_rest(series[3:], native, benchmark=benchmark, has_rings=bool(rings))
    _set_axes(chart, native, scale=scale, rows=len(rows), has_benchmark=benchmark is not None)
    _place(chart, native, rows)
    return chart


def _beside(rows: Sequence[Row], native: Native) -> list[list[str | float | None]]:
    """Return what the sheet says of each dot: its name, its number and the ends of its interval, if any."""
    sheet: list[list[str | float | None]] = [[t("briefing.chart.name", lang=native.lang), *(row.name for row in rows)]]
    sheet.append([native.unit, *(row.value for row in rows)])
    if any(row.lower is not None for row in rows):
        sheet.append([name_of("lower", native), *(row.lower for row in rows)])
        sheet.append([name_of("upper", native), *(row.upper for row in rows)])
    return sheet


def _add_points(data: XyChartData, name: str, points: Sequence[tuple[float, float]]) -> None:
    series = data.add_series(name)
    for across, up in points:
        series.add_data_point(across, up)


def _scale(rows: Sequence[Row], benchmark: Benchmark | None) -> Ticks:
    """Return an axis from zero, or from near the lowest where all lie close together far from it."""
    ends = [end for row in rows for end in (row.value, row.lower, row.upper, row.ring) if end is not None]
    ends += [benchmark.value] if benchmark else []
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    is_far = any(row.lower is not None for row in rows) and low > 0 and (high - low) < 0.2 * high
    return ticks(low if is_far else min(0.0, low), high, most=5)


def _draw_dots(series: Any, rows: Sequence[Row]) -> None:
    put(series._element, look(line_only=True))
    put(series._element, dot(symbol="circle", size=10, color=NAVY))
    for number, row in enumerate(rows):
        outline = INK if row.strong and row.lower is not None else row.color
        marker = dot(symbol=row.symbol, size=14 if row.strong else 10, color=row.color, outline=outline)
        _put_point(series, f'<c:dPt><c:idx val="{number}"/>{marker}<c:bubble3D val="0"/></c:dPt>')


def _put_point(series: Any, xml: str) -> None:
    """Put the look of one point behind those before it."""
    points = series._element.findall(f"{{{series._element.nsmap['c']}}}dPt")
    last = put(series._element, xml)
    for point in points:
        last.addprevious(point)


def _with_ends(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """Return the rows that have an interval, each with its height; an interval is a series of its own."""
    return [(n, row) for n, row in enumerate(rows, start=1) if row.lower is not None and row.upper is not None]


def _write_rows(series: Sequence[Any], native: Native, rows: Sequence[Row]) -> None:
    """Write the names along the left edge; each number beside its dot, or at the right edge beside an interval."""
    dots, names, ends = series
    for unseen in (names, ends):
        put(unseen._element, look(line_only=True))
        put(unseen._element, dot(symbol="none", size=0, color=""))
    wrapped = _wrapped(native, rows)
    label_points(
        names,
        [
            Label(at=n, where="l", text=name, bold=row.strong)
            for n, (name, row) in enumerate(zip(wrapped, rows, strict=True))
        ],
        lang=native.lang,
    )
    at_the_end = _texts_at_the_end(rows)
    filled = [row for row in rows if row.value is not None]
    texts = [
        Label(at=n, where="r", text=row.text, bold=row.strong) for n, row in enumerate(rows if at_the_end else filled)
    ]
    label_points(ends if at_the_end else dots, texts, lang=native.lang)


def _write_markers(series: Any, native: Native, rows: Sequence[Row]) -> None:
    """Write the markers of figures that may not be told where their dots would stand."""
    put(series._element, look(line_only=True))
    put(series._element, dot(symbol="none", size=0, color=""))
    labels = [Label(at=n, where="r", text=row.text, color=MUTED) for n, row in enumerate(rows)]
    label_points(series, labels, lang=native.lang)


def _texts_at_the_end(rows: Sequence[Row]) -> bool:
    return any(
        row.lower is not None or row.ring is not None or (row.value is None and not row.held_back) for row in rows
    )


def _wrapped(native: Native, rows: Sequence[Row]) -> list[str]:
    """Return the names in lines that fit their share of the chart."""
    return [_in_lines(row.name, width=native.frame.width) for row in rows]


def name_lines(name: str, *, width: float) -> int:
    """Return on how many lines a row's name stands in a chart of some width."""
    return _in_lines(name, width=width).count("\n") + 1


def _in_lines(name: str, *, width: float) -> str:
    """Return a name in lines; one in both languages on one line where half the chart holds it, else on theirs."""
    if isinstance(name, Both):
        whole = width_of(name, size=CHART_SIZE, bold=True) <= width * _BOTH_SHARE - 2 * _EDGE
        return name if whole else on_lines(Both(*(_in_lines(one, width=width) for one in name.alone)))
    letter = width_of("n", size=CHART_SIZE, bold=True)
    return "\n".join(textwrap.wrap(name, max(12, int((width * _NAME_SHARE - 2 * _EDGE) / letter))))


def _draw_rest(series: Sequence[Any], native: Native, *, benchmark: Benchmark | None, has_rings: bool) -> None:
    """Draw the rings, the benchmark and, last, the intervals: LibreOffice draws no line of a series before the dots."""
    rest = list(series)
    if has_rings:
        ring = rest.pop(0)
        put(ring._element, look(line_only=True))
        put(ring._element, dot(symbol="circle", size=13, color="", outline=MUTED))
    if benchmark:
        label_points(rest[0], [Label(at=1, where="t", text=benchmark.label, bold=True)], lang=native.lang)
    for number, line in enumerate(rest):
        color, width = (INK, 1.5) if benchmark and number == 0 else (MUTED, 2.0)
        put(
            line._element,
            look(outline=color, width=width, line_only=True),
        )
        put(line._element, dot(symbol="none", size=0, color=""))


def _set_axes(chart: Any, native: Native, *, scale: Ticks, rows: int, has_benchmark: bool) -> None:
    across, up = chart.category_axis, chart.value_axis
    value_axis(across, scale, lang=native.lang)
    base_line(across, lang=native.lang)
    value_axis(up, Ticks(low=0, high=rows + (1.4 if has_benchmark else 0.7), step=1), lang=native.lang)
    put(up._element, '<c:delete val="1"/>')


def _place(chart: Any, native: Native, rows: Sequence[Row]) -> None:
    """Give the names and the texts at the right edge the room they need, and the rest to the dots."""
    width, height = native.frame.width, native.frame.height
    lines = [line for name in _wrapped(native, rows) for line in name.split("\n")]
    names = max(width_of(line, size=CHART_SIZE, bold=True) for line in lines) + _EDGE
    texts = max(width_of(row.text, size=CHART_SIZE, bold=True) for row in rows) + _EDGE
    inner_layout(
        chart,
        left=names / width,
        top=_TOP / height,
        width=(width - names - texts) / width,
        height=(height - _TOP - _BOTTOM) / height,
    )
