"""The same figure for many places at once: what a ranked chart or a map needs.

The awkward fact: counts of large and small places cannot be compared, and not every count may become a
rate. A running total never does; a stock or a flow does when its measure allows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import queries
from dashboard.blocks import common
from dashboard.blocks.build import Dot
from dashboard.figure import Column, Table, View
from dashboard.i18n import Language, t
from dashboard.i18n.numbers import decimal
from dashboard.model import Area, Measure, Observation, Period, Source
from dashboard.nations import HOME
from dashboard.statistics import rate, rate_base
from dashboard.tables import period_text


@dataclass(frozen=True, kw_only=True)
class AreaFigure:
    """One place's figure, the people it is divided by, and the number to draw (a rate, or the figure itself)."""

    area: Area
    figure: Observation
    population: Observation | None
    value: float | None


@dataclass(frozen=True, kw_only=True)
class AreaFigures:
    """One measure for many places in one period, largest first; `base` is the people a rate is per, or None.

    `without` are the places that have no figure in it, because it is suppressed or not there.
    """

    measure: Measure
    period: Period
    base: int | None
    rows: tuple[AreaFigure, ...]
    without: tuple[str, ...]

    @property
    def counted(self) -> tuple[AreaFigure, ...]:
        """The rows with a figure."""
        return tuple(row for row in self.rows if row.figure.value is not None)

    def ranked(self, lang: Language) -> tuple[AreaFigure, ...]:
        """Return the rows largest first; equal ones stand in the alphabet of a language."""
        return tuple(sorted(self.rows, key=lambda row: (-(row.value or 0), row.area.alphabet.text(lang))))


def authorities(measure: str, *, category: str = "total", as_rate: bool, build: str) -> AreaFigures | None:
    """Return the newest figures of the Welsh authorities, as rates where asked and allowed."""
    kind = "local_authority"
    what = queries.measure(measure, build=build)
    period = queries.latest_period(measure, kind=kind, category=category, nation=HOME.code, build=build)
    if period is None:
        return None
    held = queries.snapshot(measure, kind=kind, period=period, category=category, nation=HOME.code, build=build)
    base = rate_base(kind=kind) if as_rate and what.rate and what.kind != "cumulative" else None
    rows = sorted((_row(o, base=base, build=build) for o in held), key=lambda r: r.value or 0, reverse=True)
    without = queries.areas_without(measure, kind=kind, period=period, category=category, nation=HOME.code, build=build)
    return AreaFigures(measure=what, period=period, base=base, rows=tuple(rows), without=without)


def _row(figure: Observation, *, base: int | None, build: str) -> AreaFigure:
    people = queries.population(figure.area, period=figure.period, build=build) if base else None
    per = rate(count=figure.value, population=people.value if people else None, per=base) if base else figure.value
    return AreaFigure(area=queries.area(figure.area, build=build), figure=figure, population=people, value=per)


def dots(figures: AreaFigures, view: View) -> list[Dot]:
    """Return one dot per place, with its number written."""
    return [_dot(row, figures, view) for row in figures.ranked(view.lang)]


def _dot(row: AreaFigure, figures: AreaFigures, view: View) -> Dot:
    name = row.area.name.text(view.lang)
    written = decimal(row.value, places=1 if figures.base else figures.measure.decimals, lang=view.lang)
    count = common.amount(row.figure.value, figures.measure, lang=view.lang)
    hover = f"{name}<br><b>{written}</b> {unit(figures, view)}" + (f" ({count})" if figures.base else "")
    return Dot(name=name, value=row.value, label=written, hover=hover, code=row.area.code)


def unit(figures: AreaFigures, view: View) -> str:
    """Return the unit of the number drawn: "per 10,000 people", or the measure's own."""
    return t("unit.per_10000", lang=view.lang) if figures.base else figures.measure.unit.text(view.lang)


def table(figures: AreaFigures, view: View) -> Table:
    """Return the rows: place, count, and where it is a rate the population and the rate."""
    known = queries.sources(build=view.build)
    label = figures.measure.unit.text(view.lang)
    columns = (
        Column(key="area", label=t("column.area", lang=view.lang)),
        Column(key="area_code", label=t("column.area_code", lang=view.lang), shown=False),
        Column(key="period", label=t("column.period", lang=view.lang), shown=False),
        Column(key="count", label=label[:1].upper() + label[1:], kind="number", decimals=figures.measure.decimals),
        Column(key="population", label=t("column.population", lang=view.lang), kind="number", shown=bool(figures.base)),
        Column(key="rate", label=unit(figures, view), kind="number", decimals=1, shown=bool(figures.base)),
        Column(key="source", label=t("column.source", lang=view.lang), shown=False),
        Column(key="edition", label=t("figure.edition", lang=view.lang), shown=False),
        Column(key="grade", label=t("grade.label", lang=view.lang), shown=False),
    )
    when = period_text(figures.period, lang=view.lang)
    rows = tuple(
        (
            row.area.name.text(view.lang),
            row.area.code,
            when,
            row.figure.value,
            row.population.value if row.population else None,
            row.value if figures.base else None,
            known[row.figure.source].title.text(view.lang),
            known[row.figure.source].edition.text(view.lang),
            known[row.figure.source].grade,
        )
        for row in figures.ranked(view.lang)
    )
    return Table(columns=columns, rows=rows)


def sources(figures: AreaFigures, view: View) -> tuple[Source, ...]:
    """Return the sources of the figures and of the populations behind rates."""
    used = [row.figure for row in figures.rows] + [row.population for row in figures.rows if row.population]
    return queries.sources_of(tuple(used), build=view.build)
