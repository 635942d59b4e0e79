"""Tables of figures: exact values for files, written values for the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.figure import Cell, Column, Table
from dashboard.i18n import Language, t
from dashboard.i18n.numbers import decimal, signed
from dashboard.i18n.periods import mid_years_label, period_label
from dashboard.model import MARKERS, Observation, Period, Series


def is_mid_year(period: Period, *, measure: str) -> bool:
    """Tell whether a period is the mid-year of a population or projection, which is named after its year alone."""
    of_people = measure.startswith(("population", "projected_population"))
    return of_people and (period.start.month, period.start.day, period.months) == (6, 30, 0)


def period_text(period: Period, *, lang: Language, measure: str = "", short: bool = False) -> str:
    """Name a period in a table or on a chart; populations and projections by their mid-years."""
    if is_mid_year(period, measure=measure):
        return period_label(start=period.start, months=0, lang=lang, style="mid_year")
    if measure.startswith("projected_population"):
        return mid_years_label(start=period.start, months=period.months, lang=lang)
    return period_label(start=period.start, months=period.months, lang=lang, style="short" if short else "long")


def series_table(series: Iterable[Series], *, lang: Language, build: str) -> Table:
    """Return the rows of some series, newest first: period, area and category, value, marker, and where each stands."""
    every = tuple(series)
    several = {"area": len({s.area.code for s in every}) > 1, "category": len({s.category.code for s in every}) > 1}
    columns = observation_columns(every[0], lang=lang, show_area=several["area"], show_category=several["category"])
    at = {column.key: number for number, column in enumerate(columns)}
    rows = [row for s in every for row in _series_rows(s, lang=lang, build=build)]
    rows.sort(key=lambda row: str(row[at["period_start"]]), reverse=True)
    marked = any(row[at["marker"]] for row in rows)
    shown = tuple(replace(c, shown=marked) if c.key == "marker" else c for c in columns)
    return Table(columns=shown, rows=tuple(rows))


def _series_rows(series: Series, *, lang: Language, build: str) -> list[tuple[Cell, ...]]:
    """Return a row per figure; the first after a break says so, so that the rows carry the ledger with them."""
    rows, before = [], None
    for figure in series.observations:
        since = [
            b.label.text(lang) if day == b.date else t("break.complete_again", lang=lang)
            for b in series.breaks
            for day in b.edges
            if before and before.period.start < day <= figure.period.end
        ]
        after = "; ".join(dict.fromkeys(since))
        rows.append((*observation_row(series, figure, lang=lang, build=build), after))
        before = figure
    return rows


def measures_table(series: Iterable[Series], *, lang: Language, build: str) -> Table:
    """Return the rows of several measures in one table, with the measure shown."""
    table = series_table(series, lang=lang, build=build)
    return Table(columns=tuple(replace(c, shown=c.shown or c.key == "measure") for c in table.columns), rows=table.rows)


def observation_columns(series: Series, *, lang: Language, show_area: bool, show_category: bool) -> tuple[Column, ...]:
    """Return the columns of `observation_row`, and a last one for the break that a figure follows."""
    unit = series.measure.unit.text(lang)
    return (
        Column(key="period", label=t("column.period", lang=lang)),
        Column(key="period_start", label=t("column.period_start", lang=lang), shown=False),
        Column(key="period_months", label=t("column.period_months", lang=lang), kind="number", shown=False),
        Column(key="area_code", label=t("column.area_code", lang=lang), shown=False),
        Column(key="area", label=t("column.area", lang=lang), shown=show_area),
        Column(key="measure", label=t("column.measure", lang=lang), shown=False),
        Column(key="category", label=t("column.category", lang=lang), shown=show_category),
        Column(key="value", label=unit[:1].upper() + unit[1:], kind="number", decimals=series.measure.decimals),
        Column(key="marker", label=t("column.marker", lang=lang), shown=False),
        Column(key="source", label=t("column.source", lang=lang), shown=False),
        Column(key="edition", label=t("figure.edition", lang=lang), shown=False),
        Column(key="grade", label=t("grade.label", lang=lang), shown=False),
        Column(key="vintage", label=t("column.vintage", lang=lang), shown=False),
        Column(key="break", label=t("column.break", lang=lang), shown=False),
    )


def observation_row(series: Series, figure: Observation, *, lang: Language, build: str) -> tuple[Cell, ...]:
    """Return one figure as a row, with the words that say what and whose it is."""
    source = queries.sources(build=build)[figure.source]
    return (
        period_text(figure.period, lang=lang, measure=series.measure.code),
        figure.period.start.isoformat(),
        figure.period.months,
        series.area.code,
        series.area.name.text(lang),
        series.measure.name.text(lang),
        series.category.name.text(lang),
        figure.value,
        figure.marker,
        f"{source.publisher.text(lang)}: {source.title.text(lang)}",
        source.edition.text(lang),
        source.grade,
        t(f"vintage.{source.vintage}", lang=lang),
    )


@dataclass(frozen=True, kw_only=True)
class Read:
    """A table as it is read, on a page or in a file: the shown columns alone, and their cells as text."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def as_read(table: Table, *, lang: Language) -> Read:
    """Return the shown columns of a table, every cell written."""
    shown = [(at, column) for at, column in enumerate(table.columns) if column.shown]
    rows = (tuple(written(row[at], column=column, lang=lang) for at, column in shown) for row in table.rows)
    return Read(columns=tuple(column for _, column in shown), rows=tuple(rows))


def marker_key(table: Table, *, lang: Language) -> tuple[str, ...]:
    """Return what each marker in a table means; nothing where there is none."""
    found = {cell for row in table.rows for cell in row if isinstance(cell, str)}
    return tuple(f"{mark} {t(f'marker.{mark[1:-1]}', lang=lang)}" for mark in MARKERS if mark in found)


def written(cell: Cell, *, column: Column, lang: Language) -> str:
    """Write a cell for the page: a number with commas, an absent one as words, text as it is."""
    if column.kind == "text":
        return "" if cell is None else str(cell)
    number = None if cell is None else float(cell)
    write = signed if column.signed else decimal
    return write(number, places=column.decimals, lang=lang)
