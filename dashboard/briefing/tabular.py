"""The tables of a briefing as data files hold them: every column and row, each table once, in the sections' order.

The awkward fact: a page shows a table beside its chart and leaves columns out; a data file has no chart to lean on. So
a table takes its neutral name from what the chart measures, and keeps what the chart says apart from what it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dashboard.briefing.model import Briefing, Picture, Rows
from dashboard.figure import Cell, Column, Figure, Table
from dashboard.i18n.text import FirstLetter, Translatable, W, Wording, each, list_of, say, translatable
from dashboard.model import Source

_PARTS = ("area", "measure", "category")


@dataclass(frozen=True, kw_only=True)
class DataTable:
    """One table: `code` names it in files, `title` says what it holds, `finding` and `sentence` what its chart says.

    `finding` and `sentence` are None for a table that has no chart; `notes` are what it does not tell.
    """

    code: str
    title: Translatable
    table: Table[Wording]
    sources: tuple[Source, ...]
    notes: tuple[Translatable, ...]
    finding: Translatable | None = None
    sentence: Translatable | None = None
    chips: tuple[Translatable, ...] = ()


def data_tables(briefing: Briefing) -> tuple[DataTable, ...]:
    """Return the tables that hold anything, each once by its code; a form that a meeting fills in is none."""
    by_code = {
        one.code: one for one in _all(briefing) if any(_is_filled(cell) for row in one.table.rows for cell in row)
    }
    titles = Counter(one.title for one in by_code.values())
    return tuple(_told_apart(one) if titles[one.title] > 1 else one for one in by_code.values())


def _all(briefing: Briefing) -> Iterator[DataTable]:
    for item in briefing.items():
        if isinstance(item, Picture):
            yield _of_figure(item.figure)
        elif isinstance(item, Rows):
            table = _without_blank_numbers(item.table)
            yield DataTable(code=item.code, title=item.caption, table=table, sources=item.sources, notes=item.notes)


def _told_apart(one: DataTable) -> DataTable:
    """Return a table whose title another has too, with what its rows are broken down by: ", by category"."""
    parts = [column.label for column in one.table.columns if column.is_shown and column.key in _PARTS]
    if not parts:
        return one
    what = list_of((FirstLetter(part, capital=False) for part in parts), between=", ")
    return replace(one, title=say("workbook.title_by", title=one.title, what=what))


def _of_figure(figure: Figure[Wording]) -> DataTable:
    return DataTable(
        code=figure.code,
        title=translatable(figure.subtitle),
        table=_without_blank_numbers(figure.table),
        sources=figure.sources,
        notes=tuple(translatable(text) for text in figure.caveat_texts),
        finding=translatable(figure.title),
        sentence=translatable(figure.sentence),
        chips=tuple(translatable(chip) for chip in figure.chips),
    )


def _without_blank_numbers(table: Table[Wording]) -> Table[Wording]:
    """Leave out a hidden number that no row has: what the table does not measure, as a running total has no rate."""
    blank = [column for column in blank_columns(table) if column.kind == "number" and not column.is_shown]
    return with_columns(table, [column for column in table.columns if column not in blank])


def blank_columns(table: Table[W]) -> list[Column[W]]:
    """Return the columns in which no row has anything."""
    return [
        column for number, column in enumerate(table.columns) if not any(_is_filled(row[number]) for row in table.rows)
    ]


def constant_columns(table: Table[W]) -> list[Column[W]]:
    """Return the columns in which every row has the same."""
    return [column for number, column in enumerate(table.columns) if len({row[number] for row in table.rows}) == 1]


def with_columns(table: Table[W], columns: Iterable[Column[W]]) -> Table[W]:
    """Return a table with some of its columns, in the order given."""
    chosen = tuple(columns)
    at = [table.columns.index(column) for column in chosen]
    return Table(columns=chosen, rows=each(table.rows, lambda row: tuple(row[number] for number in at)))


def _is_filled(cell: Cell[Wording]) -> bool:
    return cell is not None and cell != ""


def markers(table: Table[Wording]) -> tuple[str | None, ...]:
    """Return the marker of each row, None where there is none or the table has no column for it."""
    at = next((number for number, column in enumerate(table.columns) if column.key == "marker"), None)
    if at is None:
        return (None,) * len(table.rows)
    return tuple(str(row[at]) if row[at] else None for row in table.rows)
