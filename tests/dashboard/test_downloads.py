"""What people take away opens in what they have: the same rows, Welsh letters whole, text always text."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from dashboard.blocks import hate_crime, migration
from dashboard.briefing.figure_workbook import xlsx_bytes
from dashboard.downloads import csv_bytes, csv_of, file_stem
from dashboard.figure import Column, Table
from dashboard.figures.catalogue import BY_CODE, answer
from dashboard.figures.request import read
from dashboard.i18n import LANGUAGES, t
from tests.every_block import usual_block


@pytest.fixture(scope="module")
def anglesey(view):
    return migration.population(view("W06000001", "cy"))


def sheets(figure, lang: str, build: str) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx_bytes(figure, lang=lang, build=build)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def with_text(figure, text: str):
    first = (text, *figure.table.rows[0][1:])
    return replace(figure, table=Table(columns=figure.table.columns, rows=(first, *figure.table.rows[1:])))


def test_the_csv_opens_with_its_welsh_letters_and_holds_every_row_and_column(anglesey):
    raw = csv_bytes(anglesey, lang="en")
    assert raw.startswith(b"\xef\xbb\xbf")
    header, *rows = list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")))
    assert header[-1] == t("figure.does_not_tell", lang="en")
    assert {row[-1] for row in rows} == {" ".join(anglesey.caveat_texts)}
    assert header[:-1] == [c.label for c in anglesey.table.columns]  # mid-2025 is the newest there is: no age to say
    assert len(rows) == len(anglesey.table.rows)
    assert "Ynys Môn" in rows[0]
    assert str(int(anglesey.table.rows[0][[c.key for c in anglesey.table.columns].index("value")])) in rows[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rows_of_a_map_have_no_column_that_holds_nothing(build, lang):
    maps = {"asylum_map": {"unit": "count"}, "ukraine": {}, "small_areas": {"layer": "wimd_decile-total"}}
    compared = [{"measure": code, "unit": "count"} for code in ("homes_for_ukraine", "asylum_supported", "religion")]
    for code, chosen in (*maps.items(), *(("compare_map", one) for one in compared)):
        request, _ = read({"place": "W06000015", "lang": lang, **chosen}, options=BY_CODE[code].options)
        head, *rows = csv.reader(StringIO(csv_bytes(answer(code, request), lang=lang).decode("utf-8-sig")))
        assert [name for name, cells in zip(head, zip(*rows, strict=True), strict=True) if not any(cells)] == [], code


def test_a_gap_is_an_empty_cell_beside_its_marker(view):
    strands = hate_crime.strands(view("XCAV"))
    rows = list(csv.DictReader(StringIO(csv_bytes(strands, lang="en").decode("utf-8-sig"), newline="")))
    gaps = [row for row in rows if row[t("column.marker", lang="en")] == "[x]"]
    assert len(gaps) == 5
    assert {row["Offences"] for row in gaps} == {""}


def as_read(cell: object, column: Column) -> object:
    """Return a cell as it is read back: a day as a day, a number as near as fifteen figures are."""
    if column.kind == "date":
        return date.fromisoformat(str(cell))
    return pytest.approx(cell, rel=1e-12) if isinstance(cell, float) else cell


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_holds_the_table_exactly_and_the_notes(view, build, lang):
    figure = hate_crime.forces_compared(view("XCAV", lang))
    table_name, notes_name = t("figure.sheet_table", lang=lang), t("figure.notes", lang=lang)
    found = sheets(figure, lang, build)
    assert set(found) == {table_name, notes_name}
    head = next(
        n
        for n, row in enumerate(found[table_name])
        if row[: len(figure.table.columns)] == [c.label for c in figure.table.columns]
    )
    wide = len(figure.table.columns)
    read = [tuple(cell if cell != "" else None for cell in row[:wide]) for row in found[table_name][head + 1 :]]
    assert {row[wide] for row in found[table_name][head + 1 :]} == {figure.age}
    assert len(read) == len(figure.table.rows)
    for there, here in zip(read, figure.table.rows, strict=True):
        assert there == tuple(as_read(cell, c) for cell, c in zip(here, figure.table.columns, strict=True))
    notes = "\n".join(str(row[0]) for row in found[notes_name])
    for words in (figure.title, figure.sentence, *figure.caveat_texts, figure.sources[0].publisher_inside(lang), build):
        assert words in notes


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://example.org","x")', "+44", "@SUM(A1)", "-2"])
def test_text_that_looks_like_a_formula_stays_text_in_the_workbook(anglesey, build, text):
    content = xlsx_bytes(with_text(anglesey, text), lang="cy", build=build)
    cells = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert text in [row[0] for row in cells]
    with ZipFile(BytesIO(content)) as parts:
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist() if "sheet" in name)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *((text, f"'{text}") for text in ("=1+1", " =1+1", "＝1+1", "＋44", "－2+3", "＠SUM(A1)")),
        ("x;=1+1", "x;'=1+1"),
        ("x; ＝1+1", "x; '＝1+1"),
        ("x\t@y", "x\t'@y"),
        *((text, text) for text in ("-378", "+4.5%", "Race; religion", "a = b", "mixed-race")),
    ],
)
def test_no_text_of_a_csv_is_run_by_a_spreadsheet(text, written):
    ((cell,),) = csv.reader(StringIO(csv_of([[text]]).decode("utf-8-sig"), newline=""))
    assert cell == written


def test_a_file_is_named_for_what_is_inside(anglesey, build):
    stem = file_stem(anglesey.code, place="W06000001", lang="cy", build=build)
    assert stem == f"cohesion-trends_population_W06000001_cy_{build[:6]}"


def test_the_same_figure_makes_the_same_csv(view):
    first, second = (csv_bytes(migration.population(view("XCAV")), lang="en") for _ in range(2))
    assert first == second


def test_a_workbook_of_a_table_with_two_columns_of_one_name_has_every_head(view, build):
    figure = usual_block(view("W06000015"), code="compare_dots", measure="homes_for_ukraine")
    again = replace(figure.table.columns[0], key="again")
    figure = replace(figure, table=figure.table.beside([again], [(f"{row[0]} again",) for row in figure.table.rows]))
    labels = [column.label.lower() for column in figure.table.columns]
    assert len(set(labels)) < len(labels)
    rows = sheets(figure, "en", build)[t("figure.sheet_table", lang="en")]
    heads = [str(cell) for cell in next(row for row in rows if row[0] == figure.table.columns[0].label)]
    assert len(set(heads) - {""}) >= len(labels)
