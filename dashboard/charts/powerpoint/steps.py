"""A waterfall as a native stacked bar chart: each step floats on an unseen base, its signed number beside it.

The awkward fact: stacked bars count from zero on both sides, so a step that crosses zero is drawn in two parts, and
the sheet behind the chart holds sizes: which way a step goes is said by its series and by its label.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from pptx.enum.chart import XL_CHART_TYPE

from dashboard.charts import Waterfall
from dashboard.charts.geometry.steps import STEP_FILLS, Step, Way, reach, steps_of
from dashboard.charts.look import INK
from dashboard.charts.measure import width_of
from dashboard.charts.powerpoint.axes import Native, Ticks, base_line, number_code, ticks, value_axis
from dashboard.charts.powerpoint.frame import CHART_SIZE
from dashboard.charts.powerpoint.sheets import TrueValues
from dashboard.charts.powerpoint.xml import Label, inner_layout, label_points, look, put
from dashboard.i18n import t

Part: TypeAlias = Way | Literal["base"]
_NAME_SHARE, _EDGE, _LABEL_GAP = 0.34, 12.0, 5.0
_TOP, _BOTTOM = 8.0, 36.0
_LABEL_SIZE, _LABEL_SHARE = 18, 0.24


@dataclass(frozen=True, kw_only=True)
class Bar(Step):
    """A step as the parts that a stacked bar is drawn from."""

    @property
    def base(self) -> float:
        """Where the bar floats: its end nearer to zero, or zero when it crosses it."""
        return 0.0 if self.start * self.end < 0 else min(self.start, self.end, key=abs)

    @property
    def parts(self) -> tuple[float, float]:
        """The parts on this side of zero and, when it crosses zero, on the other: signed as the axis is."""
        if self.start * self.end < 0:
            return max(self.start, self.end), min(self.start, self.end)
        return max(self.start, self.end, key=abs) - self.base, 0.0


def add_waterfall(native: Native, drawing: Waterfall) -> Any:
    """Add the steps that add to the total, read from top to bottom."""
    bars = [Bar(**vars(step)) for step in steps_of(drawing)]
    scale = _scale(bars)
    columns = _columns(bars)
    signed = [point.value or 0.0 for point in (*drawing.steps, drawing.total)]
    heading, value = (t(f"briefing.chart.{name}", lang=native.lang) for name in ("name", "value"))
    data: Any = TrueValues(heading=heading, beside=[[value, *signed]])
    data.categories = [bar.name for bar in bars]
    for way, across, values in columns:
        data.add_series(_named(way, across=across, native=native), values)
    chart = native.add(XL_CHART_TYPE.BAR_STACKED, data)
    names = _name_room(native, bars)
    plot = native.frame.width - names - _EDGE
    _set_bars(chart, native, columns=columns, bars=bars, points_per_unit=plot / (scale.high - scale.low))
    _set_axes(chart, native, scale)
    height = native.frame.height
    inner_layout(
        chart,
        left=names / native.frame.width,
        top=_TOP / height,
        width=plot / native.frame.width,
        height=(height - _TOP - _BOTTOM) / height,
    )
    return chart


def _columns(bars: Sequence[Bar]) -> list[tuple[Part, bool, list[float | None]]]:
    """Return the series: one per way, and one more for the parts that lie across zero where there are any."""
    columns: list[tuple[Part, bool, list[float | None]]] = [("base", False, [bar.base or None for bar in bars])]
    for way in STEP_FILLS:
        for across in (False, True):
            sizes = [bar.parts[across] if bar.way == way else None for bar in bars]
            if any(sizes) or not across:
                columns.append((way, across, sizes))
    return columns


def _named(way: Part, *, across: bool, native: Native) -> str:
    if way == "total":
        return native.unit
    name = f"{way}_across" if across else way
    return t(f"briefing.chart.{name}", lang=native.lang)


def _scale(bars: Sequence[Bar]) -> Ticks:
    """Return an axis with room at the right for the number beside the longest bar."""
    low, high = reach(bars)
    scale = ticks(low, high, most=5)
    return replace(scale, high=max(scale.high, high + (high - scale.low) * _LABEL_SHARE))


def _set_bars(
    chart: Any,
    native: Native,
    *,
    columns: Sequence[tuple[Part, bool, list[float | None]]],
    bars: Sequence[Bar],
    points_per_unit: float,
) -> None:
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    put(plot._element, '<c:varyColors val="0"/>')
    for series, (way, across, values) in zip(plot.series, columns, strict=True):
        put(series._element, look(inside="" if way == "base" else STEP_FILLS[way]))
        put(series._element, '<c:invertIfNegative val="0"/>')
        if way != "base" and not across:
            labels = [
                _beside(bars[at], at=at, native=native, points_per_unit=points_per_unit)
                for at, value in enumerate(values)
                if value is not None
            ]
            label_points(series, labels, lang=native.lang)


def _beside(bar: Bar, *, at: int, native: Native, points_per_unit: float) -> Label:
    """Return a bar's signed number, moved from the middle of its first part to the right of the whole bar."""
    size, _ = bar.parts
    code = "" if bar.parts[1] else number_code(bar.text, value=size)
    middle = bar.base + size / 2
    right = (max(bar.start, bar.end) - middle) * points_per_unit
    text = width_of(bar.text, size=_LABEL_SIZE, bold=True)
    return Label(
        at=at,
        where="ctr",
        code=code,
        text="" if code else bar.text,
        color=INK,
        bold=True,
        size=_LABEL_SIZE,
        shift=(right + _LABEL_GAP + text / 2) / native.frame.width,
    )


def _set_axes(chart: Any, native: Native, scale: Ticks) -> None:
    value_axis(chart.value_axis, scale, lang=native.lang)
    put(chart.value_axis._element, '<c:crosses val="max"/>')
    base_line(chart.category_axis, lang=native.lang, color=INK)
    chart.category_axis.reverse_order = True
    put(chart.category_axis._element, '<c:tickLblPos val="low"/>')
    put(chart.category_axis._element, '<c:majorTickMark val="none"/>')


def _name_room(native: Native, bars: Sequence[Bar]) -> float:
    """Return the room for the names, which PowerPoint breaks in lines by itself."""
    widest = native.frame.width * _NAME_SHARE
    lines = (line for bar in bars for line in textwrap.wrap(bar.name, 24))
    return min(widest, max(width_of(line, size=CHART_SIZE) for line in lines) + 2 * _EDGE)
