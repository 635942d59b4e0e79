"""Tables of figures: exact values for files, written values for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeAlias

from dashboard import queries
from dashboard.figure import Cell, Column, Table
from dashboard.i18n import Language, t
from dashboard.i18n.numbers import decimals, signed
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import FirstLetter, Joined, Text, Wording, joined, list_of, say
from dashboard.model import MARKERS, Area, Observation, Period, Series, Source


def is_mid_year(period: Period, *, measure: str) -> bool:
    """Tell whether a period is the mid-year of a population or projection, which is named after its year alone."""
    of_people = measure.startswith(("population", "projected_population"))
    return of_people and (period.start.month, period.start.day, period.months) == (6, 30, 0)


def period_text(period: Period, *, lang: Language, measure: str = "", short: bool = False) -> str:
    """Name a period in a table or on a chart, in a language."""
    return period_name(period, measure=measure, short=short).text(lang)


@lru_cache(maxsize=4096)  # rows of many figures are of the same periods
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
Named: TypeAlias = Mapping[str, Cell[Wording]]  # the cells of a row by the columns they stand in
OWN_MEANINGS = {"[c]": "marker.own_c", "[z]": "marker.own_z"}  # of markers in what a council holds itself
# Columns that files have for what a chart draws about a figure: empty where it draws none.
BESIDE_EXPECTED = "beside_expected"
EXPECTED = ("expected_lower", "expected_middle", "expected_upper", BESIDE_EXPECTED)
EXPECTED_RATE = ("expected_rate_lower", "expected_rate_middle", "expected_rate_upper")
CHANCE = ("chance_95_lower", "chance_95_upper", "chance_998_lower", "chance_998_upper")
OF_A_RANGE = frozenset((*EXPECTED, *EXPECTED_RATE, *CHANCE))


def day_columns() -> tuple[Column[Wording], ...]:
    """Return the columns of the first and the last day of a period, which files have beside its name."""
    return common_columns("period_start", "period_end", is_shown=False)


_COMMON: tuple[Column[Wording], ...] = (
    Column(key="area", label=say("column.area")),
    Column(key="area_code", label=say("column.area_code")),
    Column(key="measure", label=say("column.measure")),
    Column(key="category", label=say("column.category")),
    Column(key="category_code", label=say("column.category_code")),
    Column(key="period", label=say("column.period")),
    Column(key="period_start", label=say("column.period_start"), kind="date"),
    Column(key="period_end", label=say("column.period_end"), kind="date"),
    Column(key="period_months", label=say("column.period_months"), kind="number"),
    Column(key="count", label=say("column.count"), kind="number"),
    Column(key="population", label=say("column.population"), kind="number"),
    Column(key="marker", label=say("column.marker")),
    Column(key="source", label=say("column.source")),
    Column(key="edition", label=say("figure.edition")),
    Column(key="grade", label=say("grade.label")),
    Column(key="vintage", label=say("column.vintage")),
)
_BY_KEY = MappingProxyType({one.key: one for one in _COMMON})


def common_columns(*keys: str, is_shown: bool = True) -> tuple[Column[Wording], ...]:
    """Return columns that mean the same in every table that has them, by their keys."""
    return tuple(replace(_BY_KEY[key], is_shown=is_shown) for key in keys)


@lru_cache(maxsize=4096)
def days(period: Period) -> tuple[str, str]:
    """Return the first and the last day of a period as cells hold them."""
    return period.start.isoformat(), period.end.isoformat()


@lru_cache(maxsize=4096)
def named_days(period: Period) -> Named:
    """Return the cells of `day_columns` by their names."""
    return MappingProxyType(dict(zip(("period_start", "period_end"), days(period), strict=True)))


@lru_cache(maxsize=512)
def cited(source: Source) -> Named:
    """Return the cells that say where a figure stands, by their names: a table takes those it has columns for."""
    return MappingProxyType(
        {
            "source": source.title,
            "edition": source.edition,
            "grade": source.grade,
            "vintage": say(f"vintage.{source.vintage}"),
        }
    )


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
    """Return the rows of some series, newest first: period, area and category, value, marker, and where each stands.

    Figures with published intervals have the ends of each after its value.
    """
    every = tuple(series)
    rows = [row for s in every for row in _series_rows(s, build=build)]
    rows.sort(key=lambda row: str(row["period_start"]), reverse=True)
    on_page = {
        "area": len({s.area.code for s in every}) > 1,
        "category": len({s.category.code for s in every}) > 1,
        "marker": any(row["marker"] for row in rows),
    }
    ends = any(row["lower"] is not None for row in rows)
    return Table.of(observation_columns(every[0], on_page=on_page, ends=ends), rows)


def series_table_later(
    series: Iterable[Series], *, build: str, make: Callable[..., Table[Wording]] = series_table
) -> Table[Wording]:
    """Return the table that `make` makes of some series, made when somebody looks into it."""
    every = tuple(series)
    return Table.later(lambda: make(every, build=build), areas=by_name(s.area for s in every if s.observations))


def by_name(areas: Iterable[Area]) -> dict[Wording, str]:
    """Return the codes of areas by their names."""
    return {one.name: one.code for one in areas}


def _series_rows(series: Series, *, build: str) -> list[Named]:
    """Return a row per figure; the first after a break says so, so that the rows carry the ledger with them."""
    rows: list[Named] = []
    before = None
    for figure in series.observations:
        since: list[Wording] = [
            b.label if day == b.date else say("break.complete_again")
            for b in series.breaks
            for day in b.edges
            if before and before.period.start < day <= figure.period.end
        ]
        labels = list_of(dict.fromkeys(since)) if since else ""
        rows.append({**observation_row(series, figure, build=build), "break": labels})
        before = figure
    return rows


def measures_table(series: Iterable[Series], *, build: str) -> Table[Wording]:
    """Return the rows of several measures in one table, with the measure shown."""
    table = series_table(series, build=build)
    return Table(
        columns=tuple(replace(c, is_shown=c.is_shown or c.key == "measure") for c in table.columns), rows=table.rows
    )


def observation_columns(series: Series, *, on_page: Mapping[str, bool], ends: bool) -> tuple[Column[Wording], ...]:
    """Return the columns of `observation_row`, with those of an interval's `ends`, and the break a figure follows."""
    unit, places = FirstLetter(series.measure.unit), series.measure.decimals
    interval = (
        Column[Wording](key="lower", label=say("compare.column.lower"), kind="number", decimals=places),
        Column[Wording](key="upper", label=say("compare.column.upper"), kind="number", decimals=places),
    )
    return (
        *common_columns("period"),
        *day_columns(),
        *common_columns("period_months", "area_code", is_shown=False),
        *common_columns("area", is_shown=on_page["area"]),
        *common_columns("measure", is_shown=False),
        *common_columns("category", is_shown=on_page["category"]),
        Column(key="value", label=unit, kind="number", decimals=places),
        *(interval if ends else ()),
        *common_columns("marker", is_shown=on_page["marker"]),
        *common_columns("source", "edition", "grade", "vintage", is_shown=False),
        Column(key="break", label=say("column.break"), is_shown=False),
    )


def observation_row(series: Series, figure: Observation, *, build: str) -> Named:
    """Return one figure as a row, with the words that say what and whose it is."""
    return {
        "period": period_name(figure.period, measure=series.measure.code),
        **named_days(figure.period),
        "period_months": figure.period.months,
        "area_code": series.area.code,
        "area": series.area.name,
        "measure": series.measure.name,
        "category": series.category.name,
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "marker": figure.marker,
        **_published_in(queries.sources(build=build)[figure.source]),
    }


@lru_cache(maxsize=512)
def _published_in(source: Source) -> Named:
    """Return the cells that say where a figure stands, its publisher too: the same ones for all of a source."""
    return MappingProxyType({**cited(source), "source": joined(source.publisher, ": ", source.title)})


@dataclass(frozen=True, kw_only=True)
class ReadTable:
    """A table as it is read, on a page or in a file: the shown columns alone, and their cells as text.

    Columns of numbers, which end under each other, are of the kind "number", written ones too.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def as_read(table: Table, *, lang: Language) -> ReadTable:
    """Return the shown columns of a table, every cell written."""
    columns = [(at, column) for at, column in enumerate(table.columns) if column.is_shown]
    cells = (_written_column([row[at] for row in table.rows], column, lang=lang) for at, column in columns)
    rows = zip(*cells, strict=True) if columns else ((),) * len(table.rows)
    kinds = tuple(replace(one, kind="number") if one.kind == "written" else one for _, one in columns)
    return ReadTable(columns=kinds, rows=tuple(rows))


def marker_key(table: Table, *, lang: Language) -> tuple[str, ...]:
    """Return what each marker in a table means, a sentence each; nothing where there is none."""
    markers = frozenset(MARKERS).intersection(chain.from_iterable(table.rows))
    return tuple(f"{mark} {t(meaning(mark, table), lang=lang)}." for mark in MARKERS if mark in markers)


def meaning(mark: str, table: Table[Any]) -> str:
    """Return the key of what a marker means in a table: no publisher holds back what carries its own mark."""
    usual = f"marker.{mark[1:-1]}"
    return OWN_MEANINGS.get(mark, usual) if table.holds("mark") else usual


def written(cell: Cell, *, column: Column, lang: Language) -> str:
    """Write a cell for the page: a number with commas, an absent one as words, text as it is."""
    return _written_column((cell,), column, lang=lang)[0]


def _written_column(cells: Iterable[Cell], column: Column, *, lang: Language) -> list[str]:
    """Write the cells of a column; a marker may stand in the place of a number."""
    if column.kind != "number":
        return ["" if cell is None else str(cell) for cell in cells]
    every = tuple(cells)
    numbers = [None if cell is None or isinstance(cell, str) else float(cell) for cell in every]
    texts = (
        [signed(number, places=column.decimals, lang=lang) for number in numbers]
        if column.signed
        else decimals(numbers, places=column.decimals, lang=lang)
    )
    return [cell if isinstance(cell, str) else text for cell, text in zip(every, texts, strict=True)]
