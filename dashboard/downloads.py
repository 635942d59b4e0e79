"""The rows behind a figure as files that open in what people have: CSV, and a workbook with its notes.

The awkward fact: a spreadsheet runs cells that begin with "=". Ours are official numbers and names, but
every text is written as text all the same.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import xlsxwriter

from dashboard.figure import Column, Figure, Table
from dashboard.i18n import Language, t
from dashboard.i18n.periods import release_label
from dashboard.model import MARKERS, Source

# Stands in every workbook as when it was made: two servers make the same file of the same figure.
MADE = datetime(2000, 1, 1, tzinfo=UTC)


def file_stem(code: str, *, place: str, lang: Language, build: str) -> str:
    """Return a file name that says what is inside: "cohesion-trends_rra_quarterly_W06000015_en_1a2b3c"."""
    return f"cohesion-trends_{code}_{place}_{lang}_{build[:6]}"


def csv_bytes(figure: Figure, *, lang: Language) -> bytes:
    """Return every row with every column, UTF-8 with a byte-order mark so that spreadsheets read "Môn" right.

    The last column says on every row what the figure does not tell: it has no second sheet, and rows are copied alone.
    """
    table = _with_age(figure, lang=lang)
    caveats = " ".join(figure.caveat_texts)
    head = [*(c.label for c in table.columns), t("figure.does_not_tell", lang=lang)]
    return csv_of([head, *([*("" if cell is None else _plain(cell) for cell in row), caveats] for row in table.rows)])


def csv_of(rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows as CSV: UTF-8 with a byte-order mark, lines that end as spreadsheets end them; None is nothing."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _with_age(figure: Figure, *, lang: Language) -> Table:
    """Return the table of a figure; how old the newest figures are stands in a last column: rows are copied alone."""
    if not figure.age:
        return figure.table
    column = Column(key="age", label=t("column.age", lang=lang))
    rows = tuple((*row, figure.age) for row in figure.table.rows)
    return Table(columns=(*figure.table.columns, column), rows=rows)


def xlsx_bytes(figure: Figure, *, lang: Language, build: str) -> bytes:
    """Return a workbook of two sheets: the table, and notes with caveats and sources."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": figure.title, "subject": figure.subtitle, "created": MADE})
        _write_table(book, figure, lang=lang)
        _write_notes(book, figure, lang=lang, build=build)
    return target.getvalue()


def _write_table(book: xlsxwriter.Workbook, figure: Figure, *, lang: Language) -> None:
    sheet = book.add_worksheet(t("figure.sheet_table", lang=lang))
    bold, top = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"bold": True, "font_size": 14})
    sheet.write_string(0, 0, figure.title, top)
    sheet.write_string(1, 0, figure.subtitle)
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})  # a day, which a pivot table can group
    told = _with_age(figure, lang=lang)
    columns = told.columns
    number = {
        c.decimals: book.add_format({"num_format": "#,##0" + ("." + "0" * c.decimals if c.decimals else "")})
        for c in columns
    }
    for across, column in enumerate(columns):
        sheet.write_string(3, across, column.label, bold)
        sheet.set_column(across, across, 16 if column.kind == "number" else 28)
    for down, row in enumerate(told.rows, start=4):
        for across, (cell, column) in enumerate(zip(row, columns, strict=True)):
            if isinstance(cell, str) and column.key == "period_start":
                sheet.write_datetime(down, across, date.fromisoformat(cell), day)
            elif isinstance(cell, str):
                sheet.write_string(down, across, cell)
            elif cell is not None:
                sheet.write_number(down, across, cell, number[column.decimals])
    sheet.freeze_panes(4, 1)


def _write_notes(book: xlsxwriter.Workbook, figure: Figure, *, lang: Language, build: str) -> None:
    sheet = book.add_worksheet(t("figure.notes", lang=lang))
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True}))
    lines = [figure.title, figure.subtitle, figure.sentence, t("figure.does_not_tell", lang=lang), *figure.caveat_texts]
    marks = {cell for row in figure.table.rows for cell in row if cell in MARKERS}
    lines += [f"{mark} {t(f'marker.{str(mark)[1:-1]}', lang=lang)}" for mark in MARKERS if mark in marks]
    lines += [line for source in figure.sources for line in source_lines(source, lang=lang)]
    lines += [t("footer.build", lang=lang, build=build), t("footer.licence", lang=lang)]
    for down, line in enumerate(lines):
        sheet.write_string(down, 0, line)


def source_lines(source: Source, *, lang: Language) -> tuple[str, ...]:
    """Return the citation of a source, line by line, as files print it."""
    return (
        f"{t('figure.source', lang=lang)}: {source.publisher_inside(lang)}, {source.title.text(lang)}",
        f"{t('figure.edition', lang=lang)}: {source.edition.text(lang)}",
        f"{t('figure.released', lang=lang)}: {release_label(source.released, lang=lang)}",
        f"{t('grade.label', lang=lang)}: {t(f'grade.{source.grade}', lang=lang)}",
        f"{t('figure.licence', lang=lang)}: {source.licence.text(lang)} · {source.url}",
    )


def _plain(cell: str | float) -> str | int | float:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
