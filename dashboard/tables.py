"""Tables of figures: exact values for files, written values for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TypeAlias

from dashboard import queries
from dashboard.figure import Cell, Column, Table
from dashboard.i18n import Language, t
from dashboard.i18n.numbers import decimal, signed
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import FirstLetter, Joined, Text, Wording, joined, list_of, say
from dashboard.model import MARKERS, Observation, Period, Series, Source


def is_mid_year(period: Period, *, measure: str) -> bool:
    """Tell whether a period is the mid-year of a population or projection, which is named after its year alone."""
    of_people = measure.startswith(("population", "projected_population"))
    return of_people and (period.start.month, period.start.day, period.months) == (6, 30, 0)


def period_text(period: Period, *, lang: Language, measure: str = "", short: bool = False) -> str:
    """Name a period in a table or on a chart, in a language."""
    return period_name(period, measure=measure, short=short).text(lang)


def period_name(period: Period, *, measure: str = "", short: bool = False, inside: bool = False) -> PeriodName:
    """Name a period in a table, on a chart or `inside` a sentence; populations and projections by their mid-years."""
    start, months = period.start, period.months
    if is_mid_year(period, measure=measure):
        return PeriodName(start=start, months=0, style="mid_year", inside=inside)
    if inside:
        return PeriodName(start=start, months=months, inside=True)
    if measure.startswith("projected_population"):
        return PeriodName(start=start, months=months, style="mid_years")
    return PeriodName(start=start, months=months, style="short" if short else "long")


Cells: TypeAlias = tuple[Cell[Wording], ...]
# Columns that files have for what a chart draws about a figure: empty where it draws none.
BESIDE_EXPECTED = "beside_expected"
EXPECTED = ("expected_lower", "expected_middle", "expected_upper", BESIDE_EXPECTED)
EXPECTED_RATE = ("expected_rate_lower", "expected_rate_middle", "expected_rate_upper")
CHANCE = ("chance_95_lower", "chance_95_upper", "chance_998_lower", "chance_998_upper")
OF_A_RANGE = frozenset((*EXPECTED, *EXPECTED_RATE, *CHANCE))


def day_columns() -> tuple[Column[Wording], ...]:
    """Return the columns of the first and the last day of a period, which files have beside its name."""
    keys = ("period_start", "period_end")
    return tuple(Column(key=key, label=say(f"column.{key}"), kind="date", shown=False) for key in keys)


def days(period: Period) -> tuple[str, str]:
    """Return the first and the last day of a period as cells hold them."""
    return period.start.isoformat(), period.end.isoformat()


def with_days(table: Table[Wording], *, of: str = "period") -> Table[Wording]:
    """Return a table with the first and last day of every row's period after the column `of`, which names it.

    A cell that names several periods is of the time from the first of them to the last.
    """
    named = (tuple(_periods(cell)) for cell in table.cells(of))
    spans = (
        (min(one.start for one in every).isoformat(), max(one.end for one in every).isoformat())
        if every
        else (None,) * 2
        for every in named
    )
    return table.beside(day_columns(), spans, after=of)


def _periods(words: object) -> Iterator[Period]:
    """Yield the periods that a text names."""
    match words:
        case PeriodName():
            yield Period(start=words.start, months=words.months)
        case Joined(parts=tuple()):
            for part in words.parts:
                yield from _periods(part)
        case Text():
            for _, value in words.values:
                yield from _periods(value)
        case _:
            pass


def series_table(series: Iterable[Series], *, build: str) -> Table[Wording]:
    """Return the rows of some series, newest first: period, area and category, value, marker, and where each stands."""
    every = tuple(series)
    several = {"area": len({s.area.code for s in every}) > 1, "category": len({s.category.code for s in every}) > 1}
    columns = observation_columns(every[0], show_area=several["area"], show_category=several["category"])
    at = {column.key: number for number, column in enumerate(columns)}
    rows = [row for s in every for row in _series_rows(s, build=build)]
    rows.sort(key=lambda row: str(row[at["period_start"]]), reverse=True)
    marked = any(row[at["marker"]] for row in rows)
    shown = tuple(replace(c, shown=marked) if c.key == "marker" else c for c in columns)
    table = Table(columns=shown, rows=tuple(rows))
    return _with_ends(table, every) if any(o.lower is not None for s in every for o in s.observations) else table


def _with_ends(table: Table[Wording], series: Iterable[Series]) -> Table[Wording]:
    """Return the rows of figures with published intervals with the ends of each after its value."""
    ends = {
        (s.measure.name, s.category.name, s.area.code, o.period.start.isoformat(), o.period.months): (o.lower, o.upper)
        for s in series
        for o in s.observations
    }
    at = {column.key: number for number, column in enumerate(table.columns)}
    key = [at[name] for name in ("measure", "category", "area_code", "period_start", "period_months")]
    after, decimals = at["value"] + 1, table.columns[at["value"]].decimals
    named = {"lower": say("compare.column.lower"), "upper": say("compare.column.upper")}
    columns = tuple(
        Column[Wording](key=end, label=label, kind="number", decimals=decimals) for end, label in named.items()
    )
    rows = ((*row[:after], *ends[tuple(row[n] for n in key)], *row[after:]) for row in table.rows)  # type: ignore[index]
    return Table(columns=(*table.columns[:after], *columns, *table.columns[after:]), rows=tuple(rows))


def _series_rows(series: Series, *, build: str) -> list[Cells]:
    """Return a row per figure; the first after a break says so, so that the rows carry the ledger with them."""
    rows: list[Cells] = []
    before = None
    for figure in series.observations:
        since: list[Wording] = [
            b.label if day == b.date else say("break.complete_again")
            for b in series.breaks
            for day in b.edges
            if before and before.period.start < day <= figure.period.end
        ]
        rows.append((*observation_row(series, figure, build=build), list_of(dict.fromkeys(since)) if since else ""))
        before = figure
    return rows


def measures_table(series: Iterable[Series], *, build: str) -> Table[Wording]:
    """Return the rows of several measures in one table, with the measure shown."""
    table = series_table(series, build=build)
    return Table(columns=tuple(replace(c, shown=c.shown or c.key == "measure") for c in table.columns), rows=table.rows)


def observation_columns(series: Series, *, show_area: bool, show_category: bool) -> tuple[Column[Wording], ...]:
    """Return the columns of `observation_row`, and a last one for the break that a figure follows."""
    unit = FirstLetter(series.measure.unit)
    return (
        Column(key="period", label=say("column.period")),
        *day_columns(),
        Column(key="period_months", label=say("column.period_months"), kind="number", shown=False),
        Column(key="area_code", label=say("column.area_code"), shown=False),
        Column(key="area", label=say("column.area"), shown=show_area),
        Column(key="measure", label=say("column.measure"), shown=False),
        Column(key="category", label=say("column.category"), shown=show_category),
        Column(key="value", label=unit, kind="number", decimals=series.measure.decimals),
        Column(key="marker", label=say("column.marker"), shown=False),
        Column(key="source", label=say("column.source"), shown=False),
        Column(key="edition", label=say("figure.edition"), shown=False),
        Column(key="grade", label=say("grade.label"), shown=False),
        Column(key="vintage", label=say("column.vintage"), shown=False),
        Column(key="break", label=say("column.break"), shown=False),
    )


def observation_row(series: Series, figure: Observation, *, build: str) -> Cells:
    """Return one figure as a row, with the words that say what and whose it is."""
    return (
        period_name(figure.period, measure=series.measure.code),
        *days(figure.period),
        figure.period.months,
        series.area.code,
        series.area.name,
        series.measure.name,
        series.category.name,
        figure.value,
        figure.marker,
        *_source_cells(queries.sources(build=build)[figure.source]),
    )


@lru_cache(maxsize=512)
def _source_cells(source: Source) -> Cells:
    """Return the cells that say where a figure stands: the same ones for all figures of a source."""
    words = joined(source.publisher, ": ", source.title)
    return words, source.edition, source.grade, say(f"vintage.{source.vintage}")


@dataclass(frozen=True, kw_only=True)
class Read:
    """A table as it is read, on a page or in a file: the shown columns alone, and their cells as text."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def as_read(table: Table, *, lang: Language) -> Read:
    """Return the shown columns of a table, every cell written."""
    shown = [(at, column) for at, column in enumerate(table.columns) if column.shown]
    cells = ([write(row[at]) for row in table.rows] for at, write in ((at, _writer(c, lang=lang)) for at, c in shown))
    rows = zip(*cells, strict=True) if shown else ((),) * len(table.rows)
    return Read(columns=tuple(column for _, column in shown), rows=tuple(rows))


def marker_key(table: Table, *, lang: Language) -> tuple[str, ...]:
    """Return what each marker in a table means; nothing where there is none."""
    found = {cell for row in table.rows for cell in row if isinstance(cell, str)}
    return tuple(f"{mark} {t(f'marker.{mark[1:-1]}', lang=lang)}" for mark in MARKERS if mark in found)


def written(cell: Cell, *, column: Column, lang: Language) -> str:
    """Write a cell for the page: a number with commas, an absent one as words, text as it is."""
    return _writer(column, lang=lang)(cell)


def _writer(column: Column, *, lang: Language) -> Callable[[Cell], str]:
    """Return what writes the cells of a column."""
    if column.kind != "number":
        return lambda cell: "" if cell is None else str(cell)
    write = partial(signed if column.signed else decimal, places=column.decimals, lang=lang)
    return lambda cell: write(None if cell is None else float(cell))
