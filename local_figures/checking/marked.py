"""The file handed back with its errors marked in it: each in its cell, and all of a row in words beside it."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO

import xlsxwriter

from dashboard.i18n import Language, t
from local_figures.checking.check import Checked
from local_figures.checking.reading import letters
from local_figures.templates.files import DATA


def marked_bytes(checked: Checked, *, lang: Language, mark: str = "") -> bytes:
    """Return a workbook of what was uploaded, as text and never as a formula, with what is wrong in the last column.

    `mark` says who may see it, on every printed page and among the properties of the file.
    """
    texts: dict[int, list[str]] = defaultdict(list)
    cells: dict[tuple[int, str], str] = {}
    for problem in (*checked.errors, *checked.warnings):
        sentence = problem.text(lang=lang)
        texts[problem.row or 1].append(sentence)
        if problem.row and problem.column:
            cells[problem.row, problem.column] = sentence
    stream = BytesIO()
    width = max(len(row) for row in checked.sheet.rows.values())
    header = next(iter(checked.sheet.rows.values()))
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        red, sheet = book.add_format({"bg_color": "#F6D7D2", "border": 1}), book.add_worksheet(DATA)
        for at, row in checked.sheet.rows.items():
            for place, cell in enumerate(row):
                wrong = cells.get((at, header[place] if place < len(header) else "")) or cells.get(
                    (at, letters(place + 1))
                )
                sheet.write_string(at - 1, place, cell, red if wrong else None)
                if wrong:
                    sheet.write_comment(at - 1, place, wrong)
        if mark:
            sheet.set_header("&L" + mark.replace("&", "&&"))
            book.set_properties({"comments": mark})
        sheet.write_string(0, width, t("local.sheet.problems", lang=lang))
        for at, sentences in texts.items():
            told = f"{t('local.sheet.problems', lang=lang)}: " if at == 1 else ""
            sheet.write_string(at - 1, width, told + " ".join(sentences), red)
    return stream.getvalue()
