"""One figure, or one small table, as a workbook: its rows, and on a second sheet what must be read with them.

The awkward fact: a workbook of a briefing fills every cell for those who hear it; rows of one figure are taken for
calculating. So here a gap is an empty cell, and the column beside it holds the marker that says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from dashboard.briefing.sheets import Book, Entry, Grid, Head, Line, Sheet, width_for
from dashboard.briefing.xlsx import write
from dashboard.downloads import source_lines, with_age
from dashboard.figure import Cell, Column, Figure, Summary
from dashboard.i18n import Language, t
from dashboard.tables import marker_key

# Stands in every workbook as when it was made: two servers make the same file of the same figure.
MADE = date(2000, 1, 1)


def xlsx_bytes(block: Figure | Summary, *, lang: Language, build: str) -> bytes:
    """Return a workbook of two sheets: the table, and notes with caveats and sources."""
    notes = (*_mark_lines(block), *(Line(text=text) for text in _notes(block, lang=lang, build=build)))
    mark = "".join(line.text for line in _mark_lines(block))
    book = Book(
        title=block.subtitle if mark else block.title,  # a title tells a number, and lists of files show it alone
        subject=mark or block.subtitle,
        author=t("app.title", lang=lang),
        keywords=(mark,) if mark else (),
        lang=lang,
        made_on=MADE,
        sheets=(_table(block, lang=lang), Sheet(name=t("figure.notes", lang=lang), lines=notes)),
    )
    return write(book)


def _table(block: Figure | Summary, *, lang: Language) -> Sheet:
    table = with_age(block, lang=lang)
    rows = tuple(
        tuple(_entry(cell, column) for cell, column in zip(row, table.columns, strict=True)) for row in table.rows
    )
    named = zip(table.columns, _labels(table.columns), zip(*rows, strict=True), strict=True)
    heads = (_head(column, label, down) for column, label, down in named)
    lines = (
        Line(text=block.title, style="title"),
        *((Line(text=block.subtitle),) if block.subtitle else ()),
        *_mark_lines(block),
    )
    grid = Grid(name=block.code, heads=tuple(heads), rows=rows, frozen=True)
    return Sheet(name=t("figure.sheet_table", lang=lang), lines=lines, grid=grid)


def _mark_lines(block: Figure | Summary) -> tuple[Line, ...]:
    """Return who may see it, which stands on every sheet where not everybody may."""
    return (Line(text=block.mark),) if isinstance(block, Figure) and block.mark else ()


def _labels(columns: Iterable[Column]) -> Iterator[str]:
    """Yield the heads of columns; the second of one name is numbered, since a table of a workbook has no two alike."""
    counts: Counter[str] = Counter()
    for column in columns:
        counts[column.label.lower()] += 1
        n = counts[column.label.lower()]
        yield column.label if n == 1 else f"{column.label} ({n})"


def _head(column: Column, label: str, down: Iterable[Entry | None]) -> Head:
    width = width_for(label, (entry for entry in down if entry is not None))
    return Head(label=label, width=width, decimals=column.decimals if column.kind == "number" else None)


def _entry(cell: Cell, column: Column) -> Entry | None:
    if cell is None or cell == "":
        return None
    return date.fromisoformat(str(cell)) if column.kind == "date" else cell


def _notes(block: Figure | Summary, *, lang: Language, build: str) -> Iterator[str]:
    yield from (text for text in (block.title, block.subtitle, block.sentence) if text)
    yield from (t("figure.does_not_tell", lang=lang), *block.caveat_texts)
    yield from marker_key(block.table, lang=lang)
    yield from (line for source in block.sources for line in source_lines(source, lang=lang))
    if not _mark_lines(block):
        yield from (t("footer.build", lang=lang, build=build), t("footer.licence", lang=lang))
