"""The tables of a briefing as data files hold them: every column and row, each table once, in the sections' order.

The awkward fact: a page shows a table beside its chart and leaves columns out; a data file has no chart to lean on. So
a table takes its neutral name from what the chart measures, and keeps what the chart says apart from what it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dashboard.briefing.model import Bilingual, Briefing, Picture, Rows
from dashboard.figure import Cell, Column, Figure, Table
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.model import Source, Words

_PARTS = ("area", "measure", "category")
NO_WORDS = Words(en="", cy="")


@dataclass(frozen=True, kw_only=True)
class DataTable:
    """One table: `code` names it in files, `title` says what it holds, `finding` and `sentence` what its chart says.

    `finding` and `sentence` are "" for a table that has no chart; `notes` are what it does not tell.
    """

    code: str
    title: Words
    table: Bilingual[Table]
    sources: tuple[Source, ...]
    notes: tuple[Words, ...]
    finding: Words = NO_WORDS
    sentence: Words = NO_WORDS
    chips: tuple[Words, ...] = ()


def data_tables(briefing: Briefing) -> tuple[DataTable, ...]:
    """Return the tables that hold anything, each once by its code; a form that a meeting fills in is none."""
    found = {one.code: one for one in _all(briefing) if any(_filled(cell) for row in one.table.en.rows for cell in row)}
    titles = Counter(one.title for one in found.values())
    return tuple(_told_apart(one) if titles[one.title] > 1 else one for one in found.values())


def _all(briefing: Briefing) -> Iterator[DataTable]:
    for item in briefing.items():
        if isinstance(item, Picture):
            yield _of_figure(item.figure)
        elif isinstance(item, Rows):
            table = Bilingual(en=_measured(item.table.en), cy=_measured(item.table.cy))
            yield DataTable(code=item.code, title=item.caption, table=table, sources=item.sources, notes=item.notes)


def _told_apart(one: DataTable) -> DataTable:
    """Return a table whose title another has too, with what its rows are broken down by: ", by category"."""
    english, welsh = (_broken_down(one.title.text(lang), one.table.of(lang), lang) for lang in LANGUAGES)
    return replace(one, title=Words(en=english, cy=welsh))


def _broken_down(title: str, table: Table, lang: Language) -> str:
    parts = [column.label.lower() for column in table.columns if column.shown and column.key in _PARTS]
    return t("workbook.title_by", lang=lang, title=title, what=", ".join(parts)) if parts else title


def _of_figure(figure: Bilingual[Figure]) -> DataTable:
    english, welsh = figure.en, figure.cy
    return DataTable(
        code=english.code,
        title=Words(en=english.subtitle, cy=welsh.subtitle),
        table=Bilingual(en=_measured(english.table), cy=_measured(welsh.table)),
        sources=english.sources,
        notes=_pairs(english.caveats, welsh.caveats),
        finding=Words(en=english.title, cy=welsh.title),
        sentence=Words(en=english.sentence, cy=welsh.sentence),
        chips=_pairs(english.chips, welsh.chips),
    )


def _pairs(english: tuple[str, ...], welsh: tuple[str, ...]) -> tuple[Words, ...]:
    return tuple(Words(en=en, cy=cy) for en, cy in zip(english, welsh, strict=True))


def _measured(table: Table) -> Table:
    """Leave out a hidden number that no row has: what the table does not measure, as a running total has no rate."""
    blank = [column for column in blank_columns(table) if column.kind == "number" and not column.shown]
    return with_columns(table, [column for column in table.columns if column not in blank])


def blank_columns(table: Table) -> list[Column]:
    """Return the columns in which no row has anything."""
    return [
        column for number, column in enumerate(table.columns) if not any(_filled(row[number]) for row in table.rows)
    ]


def constant_columns(table: Table) -> list[Column]:
    """Return the columns in which every row has the same."""
    return [column for number, column in enumerate(table.columns) if len({row[number] for row in table.rows}) == 1]


def with_columns(table: Table, columns: Iterable[Column]) -> Table:
    """Return a table with some of its columns, in the order given."""
    kept = tuple(columns)
    at = [table.columns.index(column) for column in kept]
    return Table(columns=kept, rows=tuple(tuple(row[number] for number in at) for row in table.rows))


def _filled(cell: Cell) -> bool:
    return cell is not None and cell != ""


def markers(table: Table) -> tuple[str | None, ...]:
    """Return the marker of each row, None where there is none or the table has no column for it."""
    at = next((number for number, column in enumerate(table.columns) if column.key == "marker"), None)
    if at is None:
        return (None,) * len(table.rows)
    return tuple(str(row[at]) if row[at] else None for row in table.rows)
