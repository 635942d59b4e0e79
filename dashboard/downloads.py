"""The rows behind a figure as CSV, and what every file prints of a source.

The awkward fact: a CSV cell has no type, and a spreadsheet that opens one runs what looks like a formula. So numbers
stay numbers, "-378" among them, and a text that could be taken for a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from dashboard.figure import Column, Figure, Summary, Table
from dashboard.i18n import Language, t
from dashboard.i18n.periods import release_label
from dashboard.model import Source

_FORMULA = re.compile(r" ?[=+\-@＝＋－＠\t\r\n]")
_BEHIND = re.compile(r"([;|\t\r\n] ?)(?=[=+\-@＝＋－＠])")  # what some spreadsheets divide cells by, in quotes too
_NUMBER = re.compile(r"[+-]?[\d.,]+%?")


def file_stem(code: str, *, place: str, lang: Language, build: str) -> str:
    """Return a file name that says what is inside: "cohesion-trends_rra_quarterly_W06000015_en_1a2b3c"."""
    return f"cohesion-trends_{code}_{place}_{lang}_{build[:6]}"


def csv_bytes(block: Figure | Summary, *, lang: Language) -> bytes:
    """Return every row with every column.

    The last column says on every row what the figure does not tell: it has no second sheet, and rows are copied alone.
    """
    caveats = Column(key="caveats", label=t("figure.does_not_tell", lang=lang))
    table = with_age(block, lang=lang)
    return csv_of_table(table.beside([caveats], [(" ".join(block.caveat_texts),)] * len(table.rows)))


def csv_of_table(table: Table) -> bytes:
    """Return the rows of a table under one row of headings: exact numbers, days in ISO, an empty cell for no figure."""
    rows = ((_whole(cell) for cell in row) for row in table.rows)
    return csv_of([[column.label for column in table.columns], *rows])


def csv_of(rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows as CSV: UTF-8 with a byte-order mark, so that a spreadsheet reads "Môn" right; None is nothing."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(map(_cells, rows))
    return text.getvalue().encode("utf-8-sig")


def _cells(row: Iterable[object]) -> Iterator[object]:
    return (_inert(cell) if isinstance(cell, str) else cell for cell in row)


def _inert(text: str) -> str:
    """Return a text so that no spreadsheet runs it: with an apostrophe before what could be a formula."""
    inert = _BEHIND.sub(r"\1'", text)
    return f"'{inert}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else inert


def _whole(cell: object) -> object:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def with_age(block: Figure | Summary, *, lang: Language) -> Table:
    """Return the table of a figure; how old the newest figures are stands in a last column: rows are copied alone."""
    if not block.age:
        return block.table
    column = Column(key="age", label=t("column.age", lang=lang))
    return block.table.beside([column], [(block.age,)] * len(block.table.rows))


def source_lines(source: Source, *, lang: Language) -> tuple[str, ...]:
    """Return the citation of a source, line by line, as files print it."""
    return (
        f"{t('figure.source', lang=lang)}: {source.publisher_inside(lang)}, {source.title.text(lang)}",
        f"{t('figure.edition', lang=lang)}: {source.edition.text(lang)}",
        f"{t('figure.released', lang=lang)}: {release_label(source.released, lang=lang)}",
        f"{t('grade.label', lang=lang)}: {t(f'grade.{source.grade}', lang=lang)}",
        _licence(source, lang=lang),
    )


def _licence(source: Source, *, lang: Language) -> str:
    """Return under which licence a source is, or who may see what is published nowhere."""
    if not source.url:
        return f"{t('own.column.mark', lang=lang)}: {source.licence.text(lang)}"
    return f"{t('figure.licence', lang=lang)}: {source.licence.text(lang)} · {source.url}"
