"""What every block says in the same way: chips, periods, hover words, marks of breaks."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.charts import Point
from dashboard.charts.lines import Mark
from dashboard.figure import View
from dashboard.i18n import Language, t
from dashboard.i18n.numbers import decimal
from dashboard.i18n.periods import in_period
from dashboard.model import Area, Break, Measure, Observation, Period, Series, Source
from dashboard.tables import period_text


def chips(sources: Iterable[Source], *, lang: Language) -> tuple[str, ...]:
    """Return the status, grade and vintage of the sources, each said once."""
    every = tuple(sources)
    said = [t(f"chip.{s.status}", lang=lang) for s in every]
    said += [t(f"grade.{grade}", lang=lang) for grade in sorted({s.grade for s in every})]
    said += [t("chip.older_series", lang=lang) for s in every if s.vintage == "superseded"]
    return tuple(dict.fromkeys(said))


def when(period: Period, *, lang: Language, measure: str = "") -> str:
    """Say a period inside a sentence: "in the year ending March 2025", "yng nghanol 2024"."""
    mid_year = measure.startswith("population")
    return in_period(start=period.start, months=period.months, lang=lang, mid_year=mid_year)


def amount(value: float | None, measure: Measure, *, lang: Language) -> str:
    """Write a figure of a measure exactly."""
    return decimal(value, places=measure.decimals, lang=lang)


def points(series: Series, *, lang: Language) -> tuple[Point, ...]:
    """Return the points of a series with hover words "July to September 2023: 246 offences"."""
    return tuple(_point(series, o, lang=lang) for o in series.observations)


def _point(series: Series, figure: Observation, *, lang: Language) -> Point:
    name = period_text(figure.period, lang=lang, measure=series.measure.code)
    words = figure.marker if figure.value is None else amount(figure.value, series.measure, lang=lang)
    return Point(
        at=figure.period.start.isoformat(),
        value=figure.value,
        hover=f"{name}<br><b>{words}</b> {series.measure.unit.text(lang)}",
    )


def marks(breaks: Iterable[Break], *, lang: Language, first: Period, last: Period) -> tuple[Mark, ...]:
    """Return the marks of the breaks that fall inside the drawn time."""
    return tuple(
        Mark(at=b.date.isoformat(), label=b.label.text(lang), cuts=b.severity == "hard")
        for b in breaks
        if first.start < b.date <= last.end
    )


def series_marks(series: Series, *, lang: Language) -> tuple[Mark, ...]:
    """Return the marks of a series' own breaks."""
    held = series.observations
    return marks(series.breaks, lang=lang, first=held[0].period, last=held[-1].period) if held else ()


def break_notes(series: Series, *, lang: Language) -> tuple[str, ...]:
    """Return what each break inside a series does to it, in words."""
    inside = {m.at for m in series_marks(series, lang=lang)}
    return tuple(dict.fromkeys(b.effect.text(lang) for b in series.breaks if b.date.isoformat() in inside))


def cautions(sources: Iterable[Source], *, lang: Language) -> tuple[str, ...]:
    """Return the cautions the sources carry."""
    return tuple(dict.fromkeys(s.caution.text(lang) for s in sources if s.caution.text(lang)))


def subtitle(measure: Measure, *, area: Area, period: str, lang: Language) -> str:
    """Return the neutral line under a title: measure, unit, area, period."""
    values = {"measure": measure.name.text(lang), "unit": measure.unit.text(lang), "area": area.name.text(lang)}
    return t("figure.subtitle", lang=lang, period=period, **values)


def span(series: Series, *, lang: Language) -> str:
    """Say from when to when a series runs: "April to June 2012 – April to June 2023"."""
    first, last = series.observations[0].period, series.observations[-1].period
    code = series.measure.code
    return f"{period_text(first, lang=lang, measure=code)} – {period_text(last, lang=lang, measure=code)}"


def by_words(area: Area, *, lang: Language) -> str:
    """Say who recorded a police figure: the force itself, or "the four police forces of Wales"."""
    return area.name.text(lang) if area.kind == "police_force" else t("force.wales", lang=lang)


def members_note(view: View, *, area: Area, derived: bool) -> tuple[str, ...]:
    """Say that a figure is our sum of its members' published figures, where it is."""
    return (t("caveat.sum_of_members", lang=view.lang, area=area.name.text(view.lang)),) if derived else ()
