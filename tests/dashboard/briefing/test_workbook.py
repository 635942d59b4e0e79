"""The workbook says what the tables say, in both forms and languages, and keeps the guidance on spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from itertools import chain
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from dashboard.briefing import workbook
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.model import Absent, KeyMessages
from dashboard.briefing.sheets import LONGEST_NAME
from dashboard.briefing.tray import of as tray_of
from dashboard.figure import Table, in_language
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.text import joined
from dashboard.model import MARKERS
from dashboard.tables import OF_A_RANGE

WRITERS = {"xlsx": workbook.xlsx_bytes, "ods": workbook.ods_bytes}
FORMS = pytest.mark.parametrize("form", WRITERS)
LANGS = pytest.mark.parametrize("lang", LANGUAGES)
PLACES = ("XCAV", "W06000024", "W15000004", "W92000004")
ODF = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
MARK = re.compile(r"\[[a-z]+\]")


@pytest.fixture(scope="module")
def briefing(compose_for):
    return compose_for("data", "XCAV")


@pytest.fixture(scope="module")
def written(compose_for) -> Callable[..., bytes]:
    """Return a maker of files that makes each once: `written("ods", "cy", place="XCAV", kind="data")`."""
    return cache(lambda form, lang, place="XCAV", kind="data": WRITERS[form](compose_for(kind, place), lang=lang))


@pytest.fixture(scope="module")
def cells(written) -> Callable[..., dict[str, list[list[object]]]]:
    """Return a reader of what stands in the cells of a file, sheet by sheet."""
    return cache(lambda *asked, **more: read(written(*asked, **more)))


@pytest.fixture(scope="module")
def excel(written) -> Callable[..., Workbook]:
    """Return a reader of XLSX with its tables, styles and properties: `excel("cy", place="XCAV")`."""
    return cache(lambda lang, **more: load_workbook(BytesIO(written("xlsx", lang, **more))))


@pytest.fixture(scope="module")
def coded(excel, cells) -> Callable[..., dict[str, list[list[object]]]]:
    """Return the cells of the sheets with tables, by the codes that name them in Excel; ODS has the same order."""

    def by_code(form: str, lang: str) -> dict[str, list[list[object]]]:
        names = {code: sheet.title for sheet in excel(lang) for code in sheet.tables}
        return {code: cells(form, lang)[name] for code, name in names.items()}

    return by_code


def read(content: bytes) -> dict[str, list[list[object]]]:
    """Read every sheet with a reader that has no part in writing them."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def part(content: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(content)) as parts:
        return etree.fromstring(parts.read(name))


def own_tables(briefing, lang: str) -> dict[str, Table]:
    """Return the tables of a briefing by their codes, taken from the briefing itself."""
    figures = {f.code: in_language(f, lang).table for f in briefing.figures}
    return figures | {r.code: in_language(r.table, lang) for r in briefing.tables}


def below_head(rows: list[list[object]], labels: set[str]) -> list[dict[str, object]]:
    """Return the rows under the row of headings, by heading."""
    at = next(n for n, row in enumerate(rows) if {cell for cell in row if cell != ""} <= labels and row[1] != "")
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]


def empty(column, *, none: str, marker: str) -> str:
    """Return what an empty cell says: that no range applies, why there is no number, or that there is none."""
    if column.key in OF_A_RANGE:
        return "[z]"
    return marker if column.kind == "number" else none


def expected(row, columns, none: str) -> dict[str, object]:
    """Return a row as cells must show it: nothing is a marker among numbers, and a word among texts."""
    marker = next((cell for cell, c in zip(row, columns, strict=True) if c.key == "marker" and cell), "[x]")
    cells = {
        c.label: cell if cell is not None and cell != "" else empty(c, none=none, marker=marker)
        for cell, c in zip(row, columns, strict=True)
    }
    days = {c.label for c in columns if c.kind == "date"}
    return {
        label: date.fromisoformat(cell) if label in days and cell != none else cell for label, cell in cells.items()
    }


def near(cell: object) -> object:
    """Return a number as it may come back: Excel keeps fifteen figures of it."""
    return pytest.approx(cell, rel=1e-14) if isinstance(cell, float) else cell


@LANGS
@FORMS
def test_every_value_of_every_table_stands_in_the_workbook(briefing, coded, form, lang):
    sheets = coded(form, lang)
    none = t("workbook.none", lang=lang)
    for code, table in own_tables(briefing, lang).items():
        there = below_head(sheets.pop(code), {c.label for c in table.columns})
        assert len(there) == len(table.rows)
        for cells, row in zip(there, table.rows, strict=True):
            right = expected(row, table.columns, none)
            assert cells == {label: near(right[label]) for label in cells}
            lost = {label for label in right if label not in cells}
            lengths = {c.label for c in table.columns if c.key == "period_months"}
            assert {right[label] for label in lost - lengths} <= {none, "[x]", "[z]"}
    assert set(sheets) == {"contents", "notes", "sources", "not_held"}


@FORMS
def test_a_hidden_column_is_left_out_only_where_no_row_has_anything_or_all_periods_are_as_long(briefing, coded, form):
    sheets = coded(form, "en")
    for code, table in own_tables(briefing, "en").items():
        filled = [any(row[n] not in (None, "") for row in table.rows) for n in range(len(table.columns))]
        alike = [len({row[n] for row in table.rows}) == 1 for n in range(len(table.columns))]
        kept = [
            c
            for n, c in enumerate(table.columns)
            if c.is_shown or (filled[n] and not (c.key == "period_months" and alike[n]))
        ]
        there = below_head(sheets[code], {c.label for c in table.columns})
        assert list(there[0]) == [c.label for c in sorted(kept, key=lambda c: not c.is_shown)]


@FORMS
def test_both_languages_hold_the_same_numbers_in_the_same_places(coded, form):
    english, welsh = (
        [[[c if isinstance(c, float) else None for c in row] for row in rows] for rows in sheets.values()]
        for sheets in (coded(form, lang) for lang in LANGUAGES)
    )
    assert english == welsh
    assert sum(cell is not None for rows in english for row in rows for cell in row) > 1000


def test_the_two_forms_say_the_same(cells):
    one, other = (cells(form, "cy") for form in WRITERS)
    assert list(one) == list(other)
    for name, rows in one.items():
        assert [[near(cell) for cell in row] for row in rows] == other[name]


def test_a_missing_figure_is_its_marker_and_not_an_empty_cell(briefing, coded):
    strands = next(in_language(f, "en") for f in briefing.figures if f.code == "strands_england_wales")
    rows = below_head(coded("ods", "en")[strands.code], {c.label for c in strands.table.columns})
    gaps = [row for row in rows if row["Offences"] == "[x]"]
    assert len(gaps) == 5
    assert {row[t("column.marker", lang="en")] for row in gaps} == {"[x]"}


@pytest.mark.parametrize("place", PLACES)
@LANGS
def test_excel_finds_one_named_table_on_each_sheet_and_nothing_beside_or_below_it(excel, place, lang):
    book = excel(lang, place=place)
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names)) == len(book.worksheets) - 1
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        first, last = table.ref.split(":")
        assert first.startswith("A")
        assert last == sheet.cell(sheet.max_row, sheet.max_column).coordinate
        assert table.headerRowCount == 1
        assert table.autoFilter is None
        assert [c.name for c in table.tableColumns] == [cell.value for cell in sheet[first[1:]]]
        assert all(cell.value not in (None, "") for row in sheet[table.ref] for cell in row)
        over = [sheet.cell(n, 1).value for n in range(1, int(first[1:]))]
        assert all(over)
        assert t("workbook.one_table", lang=lang) in over


@LANGS
def test_the_guidance_is_kept_on_every_sheet(excel, lang):
    book = excel(lang)
    assert book.active.title == book.sheetnames[0] == t("workbook.cover", lang=lang)
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is None
        assert sheet["A1"].style == "Heading 1"
        assert sheet["A1"].value
        assert {view.selection[0].activeCell for view in sheet.views.sheetView if view.selection} <= {"A1"}
        assert not any(one.hidden for one in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        assert not sheet.oddHeader.center.text
        for cell in chain.from_iterable(sheet):
            assert cell.data_type in ("s", "n", "d")
            assert cell.fill.fill_type is None
            assert cell.font.name == "Arial"
            assert cell.font.sz >= 12
            assert cell.font.color is None or cell.font.color.type == "theme"
            if cell.data_type == "n" and cell.value is not None:
                assert cell.alignment.horizontal == "right"
            elif cell.alignment.horizontal == "right":
                assert cell.font.b or MARK.fullmatch(cell.value)  # a heading over numbers, a marker among them


@pytest.mark.parametrize("place", PLACES)
@LANGS
def test_no_two_sheets_have_the_same_title(compose_for, place, lang):
    titles = [sheet.lines[0].text.split(": ", 1)[-1] for sheet in workbook.sheets(compose_for("data", place), lang)]
    assert len(set(titles)) == len(titles)


def test_headings_of_the_cover_are_marked_as_headings(compose_for, hostile):
    content = workbook.xlsx_bytes(compose_for("one_page", "XCAV", officer=hostile), lang="cy")
    cover = load_workbook(BytesIO(content)).worksheets[0]
    headings = [cell.value for cell in cover["A"] if cell.style == "Heading 2"]
    assert headings == [
        t(key, lang="cy") for key in ("briefing.introduction", "briefing.section.messages", "workbook.use")
    ]


@LANGS
def test_the_file_says_its_title_its_maker_its_day_and_its_language(briefing, written, excel, lang):
    told = excel(lang).properties
    assert told.title == briefing.title.text(lang)
    assert told.creator == t("app.title", lang=lang)
    assert told.language == f"{lang}-GB"
    assert told.created.date() == briefing.made_on
    meta = part(written("ods", lang), "meta.xml")
    assert meta.findtext(".//dc:title", namespaces=ODF) == briefing.title.text(lang)
    assert meta.findtext(".//dc:language", namespaces=ODF) == f"{lang}-GB"
    assert meta.findtext(".//meta:creation-date", namespaces=ODF).startswith(briefing.made_on.isoformat())


@LANGS
def test_the_contents_lead_to_every_sheet_in_both_forms(written, excel, lang):
    book = excel(lang)
    contents, others = book.worksheets[1], book.sheetnames[2:]
    links = {cell.value: cell.hyperlink.location for cell in contents["A"] if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in others}
    content = part(written("ods", lang), "content.xml")
    linked = content.xpath("(//table:table)[2]//text:a/@xlink:href", namespaces=ODF)
    assert linked == [f"#'{name}'.A1" for name in others]


@LANGS
@pytest.mark.parametrize("place", PLACES)
def test_every_marker_note_and_caveat_is_explained_on_the_notes(compose_for, cells, place, lang):
    briefing, sheets = compose_for("data", place), cells("ods", lang, place=place)
    notes = {row[0]: row[1] for row in sheets[t("figure.notes", lang=lang)]}
    found = {str(cell) for rows in list(sheets.values())[4:] for row in rows for cell in row}
    assert {cell for cell in found if MARK.fullmatch(cell)} <= set(notes)
    assert set(MARKERS) | {"A", "B", "C", "T", "X", t("workbook.none", lang=lang)} <= set(notes)
    told = {caveat for figure in briefing.figures for caveat in in_language(figure, lang).caveat_texts}
    told |= {note.text(lang) for table in briefing.tables for note in table.notes}
    assert told <= set(notes.values())


def test_a_table_names_the_notes_that_are_its_own(briefing, coded):
    figure = next(in_language(f, "en") for f in briefing.figures if f.code == "proxies")
    rows = coded("xlsx", "en")[figure.code]
    line = next(str(row[0]) for row in rows if str(row[0]).startswith("Notes on this table"))
    notes = {row[0]: row[1] for row in coded("xlsx", "en")["notes"]}
    assert [notes[name] for name in re.findall(r"Note \d+", line)] == sorted(
        dict.fromkeys(figure.caveat_texts), key=list(notes.values()).index
    )


def test_every_source_stands_on_its_sheet_with_a_link_and_above_its_tables(briefing, excel, coded):
    book = excel("en")
    links = {cell.value: cell.hyperlink.target for cell in book["Sources"]["B"] if cell.hyperlink}
    assert set(links.items()) >= {(s.title.en, s.url) for s in briefing.sources if "#" not in s.url}
    figure = next(in_language(f, "en") for f in briefing.figures if len(f.sources) > 1)
    over = [str(row[0]) for row in coded("xlsx", "en")[figure.code]]
    for source in figure.sources:
        assert any(line.startswith("Source: ") and source.title.en in line for line in over)


@pytest.mark.parametrize("kind", ["one_page", "four_pages", "deck", "data"])
@LANGS
def test_names_of_sheets_are_such_as_every_program_takes(compose_for, kind, lang):
    for place in PLACES:
        names = [sheet.name for sheet in workbook.sheets(compose_for(kind, place), lang)]
        assert len({name.casefold() for name in names}) == len(names)
        assert all(0 < len(name) <= LONGEST_NAME for name in names)
        assert not any(re.search(r"[\[\]:*?/\\]", name) or name.strip(" '") != name for name in names)


def test_a_place_without_a_figure_is_told_so_and_where_to_look(compose_for, excel):
    briefing = compose_for("data", "W15000004")
    cards = [in_language(item.card, "cy") for item in briefing.items() if isinstance(item, Absent)]
    book = excel("cy", place="W15000004")
    sheet = book[t("workbook.absent", lang="cy")]
    assert cards
    assert t("not_held.never_estimated", lang="cy") in [cell.value for cell in sheet["A"]]
    links = [(cell.value, cell.hyperlink.target) for cell in sheet["D"] if cell.hyperlink]
    assert links == [(card.url_label, card.url) for card in cards]


@pytest.mark.filterwarnings("error::UserWarning")
def test_a_briefing_of_which_nothing_is_held_has_no_sheet_without_a_row(build):
    own = Own(tray=tray_of({"people": ("small_areas",)}))
    briefing = compose(kind="data", place="W92000004", build=build, made_on=date(2026, 11, 25), own=own)
    book = load_workbook(BytesIO(workbook.xlsx_bytes(briefing, lang="en")))
    assert not briefing.sources
    assert t("briefing.sources", lang="en") not in book.sheetnames
    assert all(sheet.tables for sheet in book.worksheets[1:])


def test_the_form_that_a_meeting_fills_in_is_no_table_of_data(compose_for, excel):
    deck = compose_for("deck", "XCAV")
    assert "actions" in [table.code for table in deck.tables]
    assert "actions" not in [name for sheet in excel("en", kind="deck") for name in sheet.tables]


@FORMS
@LANGS
def test_the_cover_says_of_when_and_of_which_data_it_is_and_the_messages(briefing, cells, form, lang):
    cover = [row[0] for row in next(iter(cells(form, lang).values()))]
    assert cover[0] == briefing.title.text(lang)
    said = [m for item in briefing.items() if isinstance(item, KeyMessages) for m in item.messages]
    assert {message.text(lang) for message in said} <= set(cover)
    for words in (briefing.build, briefing.edition.text(lang), t("footer.licence", lang=lang)):
        assert any(words in str(line) for line in cover)
    assert t("briefing.other_language", lang=lang) in cover
    assert (t("frame.translation_notice", lang="cy") in cover) == (lang == "cy")


def test_the_line_about_the_other_language_is_in_that_language(written):
    content = written("ods", "cy")
    cell = part(content, "content.xml").xpath(
        "//table:table-cell[text:p = $said]", said=t("briefing.other_language", lang="cy"), namespaces=ODF
    )[0]
    look = cell.get(f"{{{ODF['table']}}}style-name")
    styles = part(content, "styles.xml")
    spoken = styles.xpath(f"//style:style[@style:name='{look}']/style:text-properties/@fo:language", namespaces=ODF)
    usual = styles.xpath("//style:default-style/style:text-properties/@fo:language", namespaces=ODF)
    assert (spoken, usual) == (["en"], ["cy"])


def test_opendocument_marks_the_header_and_the_range_of_every_table(written, cells):
    root, sheets = part(written("ods", "en"), "content.xml"), cells("ods", "en")
    ranges = root.xpath("//table:database-range", namespaces=ODF)
    assert len(ranges) == len(sheets) - 1
    for table, area in zip(root.xpath("//table:table", namespaces=ODF)[1:], ranges, strict=True):
        name = table.get(f"{{{ODF['table']}}}name")
        (head,) = table.xpath("table:table-header-rows/table:table-row", namespaces=ODF)
        over = len(head.getparent().xpath("preceding-sibling::table:table-row", namespaces=ODF))
        letter = chr(ord("A") + len(head) - 1)
        where = f"'{name}'.A{over + 1}:'{name}'.{letter}{len(sheets[name])}"
        assert area.get(f"{{{ODF['table']}}}target-range-address") == where


@FORMS
def test_an_officers_words_stay_as_typed_and_nothing_runs(compose_for, hostile, form):
    briefing = compose_for("one_page", "XCAV", officer=hostile)
    content = WRITERS[form](briefing, lang="en")
    cover = [row[0] for row in next(iter(read(content).values()))]
    assert cover[0] == briefing.title.text("en")
    assert "=cmd()" in cover[0]
    for line in briefing.officer.introduction.splitlines():
        assert not line.strip() or line in cover
    assert t("briefing.contact", lang="en", contact=briefing.officer.contact) in cover
    with ZipFile(BytesIO(content)) as parts:
        inside = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    assert b"<f>" not in inside
    assert b"table:formula" not in inside


@FORMS
@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "_x0041_", "{=A1}"])
def test_a_cell_that_looks_like_a_formula_is_text(compose_for, form, text):
    page = compose_for("one_page", "XCAV")
    content = WRITERS[form](replace(page, subtitle=joined(text)), lang="en")
    assert str(next(iter(read(content).values()))[1][0]).strip() == text.strip()
    if form == "xlsx":
        assert {cell.data_type for cell in load_workbook(BytesIO(content)).worksheets[0]["A"]} == {"s"}
    else:
        kinds = part(content, "content.xml").xpath("(//table:table)[1]//@office:value-type", namespaces=ODF)
        assert set(kinds) == {"string"}


@FORMS
def test_the_same_briefing_makes_the_same_file_and_two_people_share_nothing(compose_for, form):
    asked = [(place, lang) for place in PLACES[:2] for lang in LANGUAGES] * 2
    briefings = {place: compose_for("one_page", place) for place in PLACES[:2]}
    alone = [WRITERS[form](briefings[place], lang=lang) for place, lang in asked]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda one: WRITERS[form](briefings[one[0]], lang=one[1]), asked))
    assert together == alone
