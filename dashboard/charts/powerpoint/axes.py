"""What all native charts share: the frame with its alternative text, the axes, and the look of the pages' charts.

The awkward fact: an axis of PowerPoint counts its ticks from its lower end, so an end that is no round number makes
every number on the axis odd. Axes therefore begin and end on a tick.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE

from dashboard.charts.look import MUTED, RULE
from dashboard.charts.powerpoint.frame import Frame
from dashboard.charts.powerpoint.xml import look, put, text_look
from dashboard.charts.scale import round_steps
from dashboard.i18n import LOCALE, Language

MOST_TICKS = 6
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, kw_only=True)
class Native:
    """Where a native chart goes and what it is called: `unit` heads its numbers, `alt` is read instead of it."""

    slide: Any
    frame: Frame
    unit: str
    alt: str
    lang: Language

    def add(self, kind: XL_CHART_TYPE, data: CategoryChartData | XyChartData) -> Any:
        """Add an empty-looking chart of a kind with its data; return the chart."""
        shape = self.slide.shapes.add_chart(kind, *self.frame.emu(), data)
        properties = shape._element.nvGraphicFramePr.cNvPr
        properties.set("descr", self.alt)
        shape.name = self.unit
        chart = shape.chart
        chart.has_legend = chart.has_title = False
        space = chart._chartSpace
        put(space, f'<c:lang val="{LOCALE[self.lang]}"/>')
        put(space, '<c:roundedCorners val="0"/>')
        put(space, text_look(lang=self.lang))
        return chart


@dataclass(frozen=True, kw_only=True)
class Ticks:
    """An axis of numbers that begins and ends on a tick."""

    low: float
    high: float
    step: float

    @property
    def code(self) -> str:
        """The number format that writes each tick exactly."""
        return (
            "#,##0"
            if self.step >= 1 and self.step == round(self.step)
            else f"0.{'0' * max(1, -floor(log10(self.step)))}"
        )


def ticks(low: float, high: float, *, most: int = MOST_TICKS, whole: bool = False) -> Ticks:
    """Return the roundest axis that holds both numbers with at most so many steps, e.g. 0 to 400 by 100.

    `whole` leaves out steps below 1, which counts have no use for.
    """
    steps = round_steps(((high - low) or 1.0) / most, whole=whole)
    candidates = (Ticks(low=_round(floor(low / s) * s), high=_round(ceil(high / s) * s), step=s) for s in steps)
    return next(t for t in candidates if (t.high - t.low) / t.step <= most + 1e-9)


def _round(number: float) -> float:
    """Take away what binary numbers add: 34 times 0.2 is 6.8 and no more."""
    return round(number, 9)


def value_axis(axis: Any, scale: Ticks, *, lang: Language) -> None:
    """Dress an axis of numbers: faint rules, muted numbers, no line of its own."""
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step
    element = axis._element
    put(element, f"<c:majorGridlines>{look(outline=RULE, width=0.75)}</c:majorGridlines>")
    put(element, f'<c:numFmt formatCode="{scale.code}" sourceLinked="0"/>')
    put(element, '<c:majorTickMark val="none"/>')
    put(element, look())
    put(element, text_look(lang=lang, color=MUTED))


def base_line(axis: Any, *, lang: Language, color: str = MUTED) -> None:
    """Dress the axis along which things stand: a thin line and muted words."""
    put(axis._element, look(outline=MUTED, width=1))
    put(axis._element, text_look(lang=lang, color=color))
    put(axis._element, '<c:majorTickMark val="out"/>')


def number_code(text: str, *, value: float) -> str:
    """Return the number format that writes `value` as `text` does ("+5,137", "-16", "2.10"), or "" where none does."""
    places = len(text.partition(".")[2]) if "." in text else 0
    sign = text[:1] if text[:1] in ("+", MINUS) else ""
    if text != f"{sign}{abs(value):,.{places}f}":
        return ""
    plain = "#,##0" + ("." + "0" * places if places else "")
    return f'"{sign}"{plain};"{sign}"{plain};0' if sign else plain
