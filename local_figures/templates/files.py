"""A template as files to fill: CSV, XLSX with lists to choose from, and the CSVW that describes both.

The awkward fact: an example that is left in a file becomes a figure. So it stands on a sheet, or in a file, of its own,
whose every row says that it is one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Mapping
from io import BytesIO, StringIO

import xlsxwriter

from dashboard.i18n import LANGUAGES, Language, t
from local_figures import places
from local_figures.templates import NUMBERS, Column, Template

DATA = "data"
ROWS_WITH_LISTS = 5_000
_XSD = {"whole": "nonNegativeInteger", "percent": "decimal", "decimal": "decimal", "monday": "date", "day": "date"}


def csv_bytes(template: Template) -> bytes:
    """Return the template as an empty CSV: its names, in UTF-8 with the mark by which Excel knows it."""
    return _csv([template.names])


def example_bytes(template: Template) -> bytes:
    """Return an example as a CSV that says so in a column of its own, for which it would be refused."""
    says = " / ".join(t("local.example", lang=lang) for lang in LANGUAGES)
    return _csv([(*template.names, "example"), *((*row, says) for row in template.example)])


def csvw_bytes(template: Template) -> bytes:
    """Return what describes the CSV: the standard's column names, titles in both languages and data types."""
    columns = [_described(column) for column in template.columns]
    schema = {"columns": columns, "primaryKey": list(template.row_key)}
    whole = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{template.key}.csv",
        "dc:title": [{"@value": template.name[lang], "@language": lang} for lang in LANGUAGES],
        "tableSchema": schema,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def xlsx_bytes(template: Template, *, lang: Language, areas: Collection[str] = ()) -> bytes:
    """Return the template as a workbook: a sheet to fill with lists to choose from, then what they mean, an example.

    `areas` are the codes of the workspace's areas, which stand with their names among the lists.
    """
    stream = BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold, sheet = book.add_format({"bold": True}), book.add_worksheet(DATA)
        for place, column in enumerate(template.columns):
            sheet.write_string(0, place, column.name, bold)
        dress(book, sheet, dict(enumerate(template.columns)), lang=lang)
        about = [
            [one.name, *(one.heading[x] for x in LANGUAGES), *(one.about[x] for x in LANGUAGES)]
            for one in template.columns
        ]
        _fill(book.add_worksheet(t("local.sheet.columns", lang=lang)), about)
        lists = [
            [one.name, code, *(words[x] for x in LANGUAGES)]
            for one in template.columns
            for code, words in one.choices.items()
        ]
        lists += [
            [one.name, code, *places.names()[code]]
            for one in template.columns
            if one.kind == "area"
            for code in sorted(places.names().keys() & set(areas))
        ]
        _fill(book.add_worksheet(t("local.sheet.lists", lang=lang)), lists)
        example = book.add_worksheet(t("local.sheet.example", lang=lang))
        _fill(example, [[t("local.example", lang=lang)], list(template.names), *map(list, template.example)])
    return stream.getvalue()


def dress(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    columns: Mapping[int, Column],
    *,
    lang: Language,
    rows: int = 0,
) -> None:
    """Give columns, by their places, their width, the form of their cells, their lists and what explains them.

    The lists reach as far as somebody may write, and over `rows` in any case.
    """
    plain = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    for place, column in columns.items():
        sheet.set_column(place, place, max(14, len(column.name) + 2), None if column.kind in NUMBERS else plain)
        rule = {"validate": "list", "source": list(column.choices)} if column.choices else {"validate": "any"}
        about = {"input_title": column.heading[lang][:32], "input_message": column.about[lang][:255]}
        sheet.data_validation(1, place, max(ROWS_WITH_LISTS, rows), place, rule | about | {"ignore_blank": True})


def _fill(sheet: xlsxwriter.worksheet.Worksheet, rows: list[list[str]]) -> None:
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(at, place, cell)


def _described(column: Column) -> dict[str, object]:
    described: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "dc:title": [{"@value": column.heading[lang], "@language": lang} for lang in LANGUAGES],
        "dc:description": [{"@value": column.about[lang], "@language": lang} for lang in LANGUAGES],
        "required": not column.optional,
    }
    if column.choices:
        return described | {"datatype": {"base": "string", "format": "|".join(column.choices)}}
    return described | {"datatype": _XSD.get(column.kind, "string")}


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")
