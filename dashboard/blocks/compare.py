"""The same figure for many places at once: what a ranked chart or a map needs.

The awkward fact: counts of large and small places cannot be compared, and not every count may become a
rate. A running total never does; a stock or a flow does when its measure allows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import queries
from dashboard.blocks import common
from dashboard.blocks.build import Dot
from dashboard.figure import Column, Subject, Table
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import ByName, FirstLetter, Wording, joined, say
from dashboard.model import Area, Measure, Observation, Period, Source
from dashboard.nations import HOME
from dashboard.statistics import rate, rate_base
from dashboard.tables import period_name


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
    rows: ByName[AreaFigure]
    without: tuple[str, ...]

    @property
    def counted(self) -> tuple[AreaFigure, ...]:
        """The rows with a figure."""
        return tuple(row for row in self.rows if row.figure.value is not None)


def authorities(measure: str, *, category: str = "total", as_rate: bool, build: str) -> AreaFigures | None:
    """Return the newest figures of the Welsh authorities, as rates where asked and allowed."""
    kind = "local_authority"
    what = queries.measure(measure, build=build)
    period = queries.latest_period(measure, kind=kind, category=category, nation=HOME.code, build=build)
    if period is None:
        return None
    held = queries.snapshot(measure, kind=kind, period=period, category=category, nation=HOME.code, build=build)
    base = rate_base(kind=kind) if as_rate and what.rate and what.kind != "cumulative" else None
    found = [_row(o, base=base, build=build) for o in held]
    rows = ByName(found, keys=((-(row.value or 0), row.area.alphabet) for row in found))
    without = queries.areas_without(measure, kind=kind, period=period, category=category, nation=HOME.code, build=build)
    return AreaFigures(measure=what, period=period, base=base, rows=rows, without=without)


def _row(figure: Observation, *, base: int | None, build: str) -> AreaFigure:
    people = queries.population(figure.area, period=figure.period, build=build) if base else None
    per = rate(count=figure.value, population=people.value if people else None, per=base) if base else figure.value
    return AreaFigure(area=queries.area(figure.area, build=build), figure=figure, population=people, value=per)


def dots(figures: AreaFigures) -> ByName[Dot]:
    """Return one dot per place, with its number written."""
    return figures.rows.each(lambda row: _dot(row, figures))


def _dot(row: AreaFigure, figures: AreaFigures) -> Dot:
    name = row.area.name
    written = Numeral(row.value, places=1 if figures.base else figures.measure.decimals)
    count = common.amount(row.figure.value, figures.measure)
    counted = (" (", count, ")") if figures.base else ()
    hover = joined(name, "<br><b>", written, "</b> ", unit(figures), *counted)
    return Dot(name=name, value=row.value, label=written, hover=hover, code=row.area.code)


def unit(figures: AreaFigures) -> Wording:
    """Return the unit of the number drawn: "per 10,000 people", or the measure's own."""
    return say("unit.per_10000") if figures.base else figures.measure.unit


def table(figures: AreaFigures, view: Subject) -> Table[Wording]:
    """Return the rows: place, count, and where it is a rate the population and the rate."""
    known = queries.sources(build=view.build)
    columns = (
        Column(key="area", label=say("column.area")),
        Column(key="area_code", label=say("column.area_code"), shown=False),
        Column(key="period", label=say("column.period"), shown=False),
        Column(key="count", label=FirstLetter(figures.measure.unit), kind="number", decimals=figures.measure.decimals),
        Column(key="population", label=say("column.population"), kind="number", shown=bool(figures.base)),
        Column(key="rate", label=unit(figures), kind="number", decimals=1, shown=bool(figures.base)),
        Column(key="source", label=say("column.source"), shown=False),
        Column(key="edition", label=say("figure.edition"), shown=False),
        Column(key="grade", label=say("grade.label"), shown=False),
    )
    when = period_name(figures.period)
    rows = figures.rows.each(
        lambda row: (
            row.area.name,
            row.area.code,
            when,
            row.figure.value,
            row.population.value if row.population else None,
            row.value if figures.base else None,
            known[row.figure.source].title,
            known[row.figure.source].edition,
            known[row.figure.source].grade,
        )
    )
    return Table(columns=columns, rows=rows)


def sources(figures: AreaFigures, view: Subject) -> tuple[Source, ...]:
    """Return the sources of the figures and of the populations behind rates."""
    used = [row.figure for row in figures.rows] + [row.population for row in figures.rows if row.population]
    return queries.sources_of(tuple(used), build=view.build)
