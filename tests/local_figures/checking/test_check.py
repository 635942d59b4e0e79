"""Ugly files: every error by row and column, all at once, in either language; nothing that is wrong is kept."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from dashboard.i18n import LANGUAGES
from local_figures import places
from local_figures.checking import reading
from local_figures.checking.cells import Place, meaning
from local_figures.checking.check import check
from local_figures.checking.free_text import signs
from local_figures.checking.marked import marked_bytes
from local_figures.checking.problems import UnreadableError
from local_figures.checking.reading import read
from local_figures.templates import templates

PLACE = Place(today=date(2026, 11, 29), areas=frozenset({"W06000015", "W06000014"}))
HEADER = "quarter,area_code,crime_or_incident,strand,count,extracted_on"
TENSION = ",".join(templates()["tension_log"].names)


def row(quarter="2026-07-01", area="W06000015", kind="crime", strand="race", count="7", day="2026-10-12") -> str:
    return ",".join((quarter, area, kind, strand, count, day))


def checked(*rows: str, header: str = HEADER, template: str = "police_figures"):
    content = "\n".join((header, *rows)).encode()
    return check(read(content), templates()[template], PLACE, known=places.words_of_places())


def errors(*rows: str, **named) -> list[tuple]:
    return [(one.key, one.row, one.column) for one in checked(*rows, **named).errors]


def workbook(*rows: tuple, change=lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    for one in (HEADER.split(","), *rows):
        book.active.append(one)
    change(book.active)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def of_workbook(content: bytes):
    return check(read(content), templates()["police_figures"], PLACE)


@pytest.mark.parametrize(
    ("bad", "key", "column"),
    [
        (row(quarter="2026-10-01"), "not_ended", "quarter"),
        (row(quarter="9999-10-01"), "not_ended", "quarter"),
        (row(quarter="2026-08-01"), "not_quarter", "quarter"),
        (row(quarter="summer"), "not_a_day", "quarter"),
        (row(quarter="31/02/2026"), "not_a_day", "quarter"),
        (row(area="W06000022"), "not_your_area", "area_code"),
        (row(area="E09000001"), "not_your_area", "area_code"),
        (row(kind="crimes"), "not_in_list", "crime_or_incident"),
        (row(strand=""), "missing", "strand"),
        (row(count="<5"), "not_whole", "count"),
        (row(count="-1"), "not_whole", "count"),
        (row(count="3.5"), "not_whole", "count"),
        (row(count="n/a"), "not_whole", "count"),
        (row(count="99999999999"), "not_whole", "count"),
        (row(day="2026-12-24"), "in_future", "extracted_on"),
    ],
)
def test_a_cell_that_is_wrong_is_told_by_row_and_column(bad, key, column):
    assert errors(row(strand="religion"), bad) == [(key, 3, column)]


@pytest.mark.parametrize("day", ["2026-07-01", "01/07/2026", "1 July 2026", "1 Gorffennaf 2026", "1af Gorffennaf 2026"])
def test_days_are_understood_as_people_of_both_languages_write_them(day):
    found = checked(row(quarter=day))
    assert found.errors == ()
    assert found.lines[2]["quarter"] == "2026-07-01"


def test_all_errors_come_at_once_in_the_order_of_the_rows():
    found = errors(row(count="x"), row(strand="?", area="W06000022"), row(day=""))
    assert found == [
        ("not_whole", 2, "count"),
        ("not_your_area", 3, "area_code"),
        ("not_in_list", 3, "strand"),
        ("duplicate", 4, None),
        ("missing", 4, "extracted_on"),
    ]


@pytest.mark.parametrize(
    ("header", "keys"),
    [
        (HEADER.replace("count", "number"), {"header_missing", "header_extra"}),
        (HEADER + ",note", {"header_extra"}),
        (HEADER.replace("strand", "count"), {"header_missing", "header_twice"}),
        (HEADER.upper(), {"header_missing", "header_extra"}),
    ],
)
def test_only_the_exact_header_is_taken(header, keys):
    assert {key for key, *_ in errors(row(), header=header)} == keys


def test_columns_may_stand_in_another_order():
    header = "count,quarter,area_code,crime_or_incident,strand,extracted_on"
    assert errors("7,2026-07-01,W06000015,crime,race,2026-10-12", header=header) == []


def test_totals_and_parts_are_held_against_each_other():
    every = ("race", "religion", "sexual_orientation", "disability", "transgender")
    assert errors(row(strand="total", count="5")) == []
    assert errors(row(strand="total", count="5"), row(count="7")) == [("part_above_total", 3, "count")]
    rows = [row(strand=strand, count="2") for strand in every]
    assert errors(row(strand="total", count="11"), *rows) == [("total_above_parts", 2, "count")]
    assert errors(row(strand="total", count="8"), *rows) == []
    header = ",".join(templates()["caravans"].names)
    lines = ("2026-07-16,W06000015,total,20", "2026-07-16,W06000015,authorised_social,21")
    assert errors(*lines, header=header, template="caravans") == [("does_not_add", 2, "caravans")]


def test_a_part_of_a_row_is_not_more_than_the_whole():
    header = ",".join(templates()["training"].names)
    assert errors("2026-07-01,Education,Course,10,12,5", header=header, template="training") == [
        ("more_than", 2, "feedback_n")
    ]


def test_a_week_with_nothing_to_report_is_a_row():
    nil = "2026-11-23,W06000015,none,none,,,,,,,0"
    assert errors(nil, header=TENSION, template="tension_log") == []
    assert errors(nil[:-1] + "3", header=TENSION, template="tension_log") == [("nil", 2, "count")]
    assert errors("2026-11-24" + nil[10:], header=TENSION, template="tension_log") == [("not_monday", 2, "week_start")]


def test_a_week_with_nothing_to_report_has_no_row_that_reports():
    nil, six = "2026-11-16,W06000015,none,none,,,,,,,0", "2026-11-16,W06000015,experienced,race,2,,,,,,6"
    assert errors(nil, six, header=TENSION, template="tension_log") == [("not_nil", 2, "tension_kind")]
    other_week, other_area = six.replace("-16", "-09"), six.replace("W06000015", "W06000014")
    assert errors(nil, other_week, other_area, header=TENSION, template="tension_log") == []


def of_year(year: str) -> list[tuple]:
    header = ",".join(templates()["outcomes"].names)
    return errors(f"{year},W06000015,2024/25,total,60", header=header, template="outcomes")


def of_term(year: str, term: str, today: date) -> list[str]:
    header = ",".join(templates()["school_bullying"].names)
    content = f"{header}\n{year},W06000015,{term},secondary,total,,,31,14,18".encode()
    place = Place(today=today, areas=PLACE.areas)
    return [one.key for one in check(read(content), templates()["school_bullying"], place).errors]


def test_a_period_that_has_not_ended_is_refused():
    assert of_year("2025/26") == []
    assert of_year("2026/27") == of_year("2027/28") == [("not_ended", 2, "year")]
    assert of_term("2026/27", "autumn", date(2026, 11, 29)) == ["not_ended"]
    assert of_term("2026/27", "autumn", date(2027, 1, 1)) == []
    assert of_term("2026/27", "summer", date(2027, 1, 1)) == ["not_ended"]
    assert of_term("2025/26", "summer", date(2026, 11, 29)) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1234567.5", "1234567.5"), ("1,234,567.25", "1234567.25"), ("0.00001", "0.00001"), ("71.50", "71.5"), ("-0", "0"),
     ("100", "100"), ("007", "7"), ("-3.25", "-3.25")],
)  # fmt: skip
def test_a_decimal_keeps_its_digits(typed, kept):
    column = templates()["scorecard"].column("value")
    assert meaning(typed, column, PLACE) == kept


def test_a_period_of_nothing_but_zeros_is_asked_about():
    found = checked(row(count="0"), row(strand="religion", count="0"))
    assert found.errors == ()
    assert [one.key for one in found.warnings] == ["all_zero"]
    assert [one.key for one in checked(row(count="0"), row(strand="religion", count="")).warnings] == []


def test_what_was_not_collected_is_kept_empty_and_never_as_0():
    assert checked(row(count="")).lines[2]["count"] == ""


@pytest.mark.parametrize("dress", [";", "\t", "|"])
def test_other_delimiters_marks_and_letters_of_windows_are_read(dress):
    text = "\r\n".join((HEADER, row(strand="Crefydd neu gred"))).replace(",", dress)
    for content in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert check(read(content), templates()["police_figures"], PLACE).lines[2]["strand"] == "religion"
    words = "2026-11-02,W06000015,experienced,race,,,,Caf\u00e9 owner reassured,,,6"
    content = f"{TENSION}\n{words}".encode("cp1252")
    assert check(read(content), templates()["tension_log"], PLACE).lines[2]["action"] == "Caf\u00e9 owner reassured"


def test_formulas_and_merged_cells_are_told_by_cell():
    cells = ("2026-07-01", "W06000015", "crime", "race", 7, "2026-10-12")
    assert of_workbook(workbook(cells)).errors == ()
    assert of_workbook(workbook((date(2026, 7, 1), *cells[1:]))).lines[2]["quarter"] == "2026-07-01"
    found = of_workbook(workbook(cells, change=lambda sheet: sheet.__setitem__("E2", "=3+4"))).errors
    assert ("formula", 2, "E") in [(one.key, one.row, one.column) for one in found]
    found = of_workbook(workbook(cells, cells, change=lambda sheet: sheet.merge_cells("A2:A3"))).errors
    assert ("merged", 2, "A") in [(one.key, one.row, one.column) for one in found]


CELLS = ("2026-07-01", "W06000015", "crime", "race", 7, "2026-10-12")


def formula(sheet) -> None:
    sheet["E2"] = "=3+4"


def parts(content: bytes, change) -> bytes:
    """Return a workbook with the name and text of each part changed."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name).decode()))
    return stream.getvalue()


def turned(content: bytes) -> bytes:
    """Return a workbook of two tabs with the second one first."""
    book = openpyxl.load_workbook(BytesIO(content))
    book.create_sheet("other").append(("not", "this"))
    stream = BytesIO()
    book.save(stream)

    def change(name: str, text: str) -> tuple[str, str]:
        swapped = {"sheet1.xml": "sheet9.xml", "sheet2.xml": "sheet1.xml"}
        for old, new in swapped.items():
            name, text = name.replace(old, new), text.replace(old, new)
        return name, text

    return parts(stream.getvalue(), change)


def renamed(content: bytes) -> bytes:
    return parts(content, lambda name, text: (name.replace("sheet1.xml", "tab1.xml"), text.replace("sheet1.xml", "tab1.xml")))  # fmt: skip # noqa: E501


def unplaced(content: bytes) -> bytes:
    """Return a workbook whose cells and rows do not say where they are."""
    return parts(content, lambda name, text: (name, re.sub(r'<(c|row) r="\w+"', r"<\1", text)))


@pytest.mark.parametrize("dress", [turned, renamed, unplaced])
def test_the_sheet_that_is_read_is_the_one_that_is_searched(dress):
    assert of_workbook(dress(workbook(CELLS))).errors == ()
    found = of_workbook(dress(workbook(CELLS, change=formula))).errors
    assert ("formula", 2, "E") in [(one.key, one.row, one.column) for one in found]
    wide = dress(workbook(tuple(range(61))))
    with pytest.raises(UnreadableError) as error:
        read(wide)
    assert error.value.problem.key == "too_many_columns"


def test_a_tab_may_have_a_name_with_signs():
    assert of_workbook(workbook(CELLS, change=lambda sheet: setattr(sheet, "title", "R&D <'é\">"))).errors == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<sheet ', '<other '),
        ('r:id="rId1"', 'r:id="rId99"'),
        ('Target="/xl/worksheets/sheet1.xml"', 'Target="/xl/worksheets/none.xml"'),
        ('r="A2"', 'r="2A"'),
    ],
)  # fmt: skip
def test_a_workbook_whose_first_sheet_is_not_found_is_refused(old, new):
    content = workbook(CELLS)
    changed = parts(content, lambda name, text: (name, text.replace(old, new)))
    assert changed != parts(content, lambda name, text: (name, text))
    with pytest.raises(UnreadableError) as error:
        read(changed)
    assert error.value.problem.key == "not_table"


def bomb() -> bytes:
    stream = BytesIO(workbook())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image.bin", b"\0" * (reading.MOST_UNPACKED + 1))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xd0\xcf\x11\xe0\x00\x00", "not_table"),
        (b"PK\x03\x04", "not_table"),
        (b'a,b\n"x,y', "not_csv"),
        (b"a," * 61, "too_many_columns"),
        (b"a\n" * (reading.MOST_ROWS + 2), "too_many_rows"),
        (b"x" * (reading.MOST_BYTES + 1), "too_large"),
        (workbook()[:-200], "not_table"),
        (bomb(), "bomb"),
        (workbook(change=lambda sheet: sheet.__setitem__("A1000000", 1)), "too_many_rows"),
        (workbook(change=lambda sheet: sheet.__setitem__("ZZ2", 1)), "too_many_columns"),
    ],
    ids=range(13),
)
def test_what_is_no_table_or_too_much_is_refused_in_one_sentence(content, key):
    with pytest.raises(UnreadableError) as error:
        read(content)
    assert error.value.problem.key == key
    for lang in LANGUAGES:
        assert error.value.problem.text(lang=lang).endswith(".")


def test_a_file_of_a_hundred_thousand_rows_is_read_and_checked():
    start = date(2026, 11, 2)
    assert start.weekday() == 0
    rows = [
        f"2026-11-02,W06000015,experienced,race,{n % 6 + 1},police,no,step {n % 90_000},,,1"
        for n in range(reading.MOST_ROWS)
    ]
    found = checked(*rows, header=TENSION, template="tension_log")
    assert {one.key for one in found.errors} == {"duplicate"}
    assert len(found.lines) == reading.MOST_ROWS


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("ring 029 2087 2087 for details", "telephone"),
        ("ring +44 7700 900123", "telephone"),
        ("07700900123", "telephone"),
        ("QQ 12 34 56 C", None),
        ("AB123456C was given", "insurance"),
        ("near CF10 4UW", "postcode"),
        ("write to a.b@example.org", "email"),
        ("John Smith was told", "name"),
        ("spoke to Mr Hussain", "name"),
        ("Gwelwyd Dafydd ap Gwilym yno", "name"),
        ("Officer visited the school twice in 2026", None),
        ("leaflets in Newport and Rhondda Cynon Taf", None),
        ("12 people came", None),
        ("Leaflets on Monday March 2", None),
        ("In May we met", None),
        ("dydd Llun Mawrth 2", None),
        ("seen with Theresa May", "name"),
        ("April Jones came", "name"),
        ("In John Smith's shop", "name"),
    ],
)
def test_words_are_searched_for_what_points_at_a_person(text, sign):
    assert signs(text, known=places.words_of_places()) == ((sign,) if sign else ())


def test_a_name_in_free_text_is_a_warning_by_row_and_column():
    found = checked(
        "2026-11-02,W06000015,experienced,race,,,,Spoke to John Smith,,,6", header=TENSION, template="tension_log"
    )
    assert [(one.key, one.row, one.column) for one in found.warnings] == [("seems_name", 2, "action")]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "@x", "-2", "<b>bold</b>", "<script>x</script>"])
def test_formulas_and_markup_in_words_are_refused(text):
    found = errors(f"2026-11-02,W06000015,experienced,race,,,,{text},,,6", header=TENSION, template="tension_log")
    assert [column for *_, column in found] == ["action"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_comes_back_with_its_errors_marked(lang):
    found = checked(row(), row(strand="religion", count="=9"))
    sheet = openpyxl.load_workbook(BytesIO(marked_bytes(found, lang=lang))).active
    assert [cell.value for cell in sheet[1]][:6] == HEADER.split(",")
    assert sheet["E3"].comment.text == found.errors[0].text(lang=lang)
    assert sheet["E3"].value == "=9"
    assert sheet["E3"].data_type == "s"
    assert found.errors[0].text(lang=lang) in sheet["G3"].value
    assert sheet["G2"].value is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_names_row_and_column(lang):
    for problem in checked(row(count="x"), row(area="?")).errors:
        assert str(problem.row) in problem.text(lang=lang)
        assert problem.column in problem.text(lang=lang)
