"""The file handed back with its errors marked in it: each in its cell, and all of a row in words beside it.

The awkward fact: whoever puts a file right goes on in this very copy. So it is dressed like the template, with its
widths and lists, and a day or a number is one again, as long as it reads back as the same.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from io import BytesIO
from math import isfinite

import xlsxwriter

from dashboard.i18n import Language, t
from local_figures.checking.check import Checked
from local_figures.checking.reading import as_typed, letters
from local_figures.templates import DAYS, NUMBERS
from local_figures.templates.files import DATA, dress

WIDTH = 80  # of the column of errors
RED, ISO = {"bg_color": "#F6D7D2", "border": 1}, {"num_format": "yyyy-mm-dd"}
WITHOUT_VALUE, UNKNOWN = ("formula", "cell_error"), "?"
SEEN_OTHERWISE = (
    "apart",
    "as_percent",
    "scaled",
    "struck",
    "turned",
    "unseen",
)  # the copy has not the dress that said so
LONGEST = 32_000  # letters: a workbook leaves out a cell of more
FIRST_YEAR = 1901  # workbooks know no day before it


def marked_bytes(checked: Checked, *, lang: Language, mark: str = "") -> bytes:
    """Return a workbook of what was uploaded, as text and never as a formula, with what is wrong in the last column.

    `mark` says who may see it, on every printed page and among the properties of the file.
    """
    rows = checked.sheet.rows
    head, header = next(iter(rows.items()))
    texts: dict[int, list[str]] = defaultdict(list)
    cells: dict[tuple[int, str], str] = {}
    unseen: set[tuple[int, str]] = set()  # cells that a workbook shows and gives no value of
    otherwise: set[tuple[int, str]] = set()  # and those of which it shows another than it gives
    for problem in (*checked.errors, *checked.warnings):
        sentence = problem.text(lang=lang)
        texts[problem.row or head].append(sentence)
        if problem.row and problem.column:
            cells[problem.row, problem.column] = sentence
            unseen |= {(problem.row, problem.column)} if problem.key in WITHOUT_VALUE else set()
            otherwise |= {(problem.row, problem.column)} if problem.key in SEEN_OTHERWISE else set()
    if checked.more:
        texts[head] += checked.more_like(lang=lang)
    stream = BytesIO()
    width = max(map(len, rows.values()))
    columns = {header.index(one.name): one for one in checked.template.columns if one.name in header}
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(DATA)
        dress(book, sheet, columns, lang=lang, rows=max(rows))
        forms = {
            (is_day, is_wrong): book.add_format((ISO if is_day else {}) | (RED if is_wrong else {}))
            for is_day in (True, False)
            for is_wrong in (True, False)
        }
        for at, row in rows.items():
            for place, stands in enumerate(row):
                name = header[place] if place < len(header) else ""
                wrong = cells.get((at, name)) or cells.get((at, letters(place + 1)))
                # left empty it would be taken for one that nobody collected
                here = at, letters(place + 1)
                cell = UNKNOWN if here in otherwise else stands or (UNKNOWN if here in unseen else "")
                kind = columns[place].kind if place in columns else ""
                if kind in DAYS and (day := _day(cell)) is not None:
                    sheet.write_datetime(at - 1, place, day, forms[True, bool(wrong)])
                elif kind in NUMBERS and _is_number(cell):
                    sheet.write_number(at - 1, place, float(cell), forms[False, True] if wrong else None)
                else:
                    sheet.write_string(at - 1, place, cell, forms[False, True] if wrong else None)
                if wrong:
                    sheet.write_comment(at - 1, place, wrong)
        if mark:
            sheet.set_header("&L" + mark.replace("&", "&&"))
            book.set_properties({"comments": mark})
        sheet.set_column(width, width, WIDTH)
        sheet.write_string(head - 1, width, t("local.sheet.problems", lang=lang))
        for at, sentences in texts.items():
            heading = f"{t('local.sheet.problems', lang=lang)}: " if at == head else ""
            sheet.write_string(at - 1, width, (heading + " ".join(sentences))[:LONGEST], forms[False, True])
    return stream.getvalue()


def _day(cell: str) -> date | None:
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if day.isoformat() == cell and day.year >= FIRST_YEAR else None


def _is_number(cell: str) -> bool:
    try:
        return isfinite(number := float(cell)) and as_typed(number) == cell
    except (ValueError, OverflowError):
        return False
