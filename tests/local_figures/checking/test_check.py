"""Ugly files: every error by row and column, all at once, in either language; nothing that is wrong is kept."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from dashboard.i18n import LANGUAGES
from local_figures import places
from local_figures.checking import problems, reading
from local_figures.checking.cells import Place, meaning
from local_figures.checking.check import check
from local_figures.checking.marked import marked_bytes
from local_figures.checking.problems import UnreadableError
from local_figures.checking.reading import read
from local_figures.checking.visible_text import one_form
from local_figures.templates import files, templates

PLACE = Place(today=date(2026, 11, 29), areas=frozenset({"W06000015", "W06000014"}))
HEADER = "quarter,area_code,crime_or_incident,strand,count,extracted_on"
TENSION = ",".join(templates()["tension_log"].names)


def row(quarter="2026-07-01", area="W06000015", kind="crime", strand="race", count="7", day="2026-10-12") -> str:
    return ",".join((quarter, area, kind, strand, count, day))


def checked(*rows: str, header: str = HEADER, template: str = "police_figures"):
    content = "\n".join((header, *rows)).encode()
    return check(read(content), templates()[template], PLACE, place_words=places.words_of_places())


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
        (row(quarter="1026-07-01"), "too_early", "quarter"),
        (row(quarter="1926-07-01"), "too_early", "quarter"),
        (row(quarter="1026"), "not_a_day", "quarter"),
        (row(quarter="２０２６-07-01"), "not_a_day", "quarter"),
        (row(quarter="01/07/٢٠٢٦"), "not_a_day", "quarter"),
        (row(quarter="1 July ２０２６"), "not_a_day", "quarter"),
        (row(count="７"), "not_whole", "count"),
        (row(count="١٢"), "not_whole", "count"),
        (row(day="2026-09-30"), "taken_early", "extracted_on"),
        (row(day="2026-07-01"), "taken_early", "extracted_on"),
        (row(day="1926-10-12"), "too_early", "extracted_on"),
    ],
)
def test_a_cell_that_is_wrong_is_told_by_row_and_column(bad, key, column):
    assert errors(row(strand="religion"), bad) == [(key, 3, column)]


@pytest.mark.parametrize("day", ["2026-07-01", "01/07/2026", "1 July 2026", "1 Gorffennaf 2026", "1af Gorffennaf 2026"])
def test_days_are_understood_as_people_of_both_languages_write_them(day):
    found = checked(row(quarter=day))
    assert found.errors == ()
    assert found.lines[2]["quarter"] == "2026-07-01"


@pytest.mark.parametrize(
    "area", ["Cardiff", "CAERDYDD", "Nghaerdydd", "yng Nghaerdydd", "i Gaerdydd", "Gaerdydd", " w06000015 "]
)
def test_an_area_may_be_called_by_its_name(area):
    found = checked(row(area=area))
    assert found.errors == ()
    assert found.lines[2]["area_code"] == "W06000015"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_area_that_is_not_ours_is_told_what_to_write(lang):
    [wrong] = checked(row(area="Newport")).errors
    assert wrong.key == "not_your_area"
    assert "W06000014" in wrong.text(lang=lang)
    assert "Newport" in wrong.text(lang=lang)


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
    above = checked(row(strand="total", count="1011"), *rows)
    assert above.errors == ()
    warning = ("total_above_parts", 2, {"total": "1,011", "parts": "10"})
    assert [(one.key, one.row, one.values) for one in above.warnings] == [warning]
    assert all("1,011" in above.warnings[0].text(lang=lang) for lang in LANGUAGES)
    assert errors(row(strand="total", count="8"), *rows) == []
    header = ",".join(templates()["caravans"].names)
    lines = ("2026-07-16,W06000015,total,20", "2026-07-16,W06000015,authorised_social,21")
    assert errors(*lines, header=header, template="caravans") == [("does_not_add", 2, "caravans")]


def test_a_part_of_a_row_is_not_more_than_the_whole():
    header = ",".join(templates()["training"].names)
    assert errors("2026-07-01,Education,Course,10,12,5", header=header, template="training") == [
        ("more_than", 2, "feedback_n")
    ]


@pytest.mark.parametrize("other", ["CHILDREN'S", "Children\u2019s", "children's"])
def test_rows_that_differ_in_their_capitals_or_apostrophes_alone_are_the_same_twice(other):
    header = ",".join(templates()["training"].names)
    rows = [f"2026-07-01,{department},Course,40,12,10" for department in ("Children's", other, "Housing")]
    assert errors(*rows, header=header, template="training") == [("duplicate", 3, None)]


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


@pytest.mark.parametrize(
    ("year", "key"),
    [("２０２５/26", "not_a_year"), ("2025/２６", "not_a_year"), ("1026/27", "too_early"), ("1926/27", "too_early"),
     ("9999/00", "not_ended"), ("2026", "not_a_year"), ("2025/27", "not_a_year")],
)  # fmt: skip
def test_a_year_is_of_these_times_and_in_plain_digits(year, key):
    assert (key, 2, "year") in of_year(year)


def test_a_year_of_outcomes_is_not_before_that_in_which_the_offences_were_recorded():
    header = ",".join(templates()["outcomes"].names)
    assert errors("2024/25,W06000015,2025/26,total,60", header=header, template="outcomes") == [("before", 2, "year")]


def test_what_is_to_come_is_within_a_life_of_work():
    column = templates()["meeting_log"].column("due")
    assert meaning("2027-12-15", column, PLACE) == "2027-12-15"
    assert meaning("9999-12-31", column, PLACE).key == "too_far"
    assert meaning("1026-12-15", column, PLACE).key == "too_early"


@pytest.mark.parametrize("typed", ["Wedi’i brofi", "WEDI'I BROFI", "experienced"])
def test_a_choice_is_read_by_its_words_with_either_apostrophe(typed):
    assert meaning(typed, templates()["tension_log"].column("tension_kind"), PLACE) == "experienced"


def test_an_area_lies_in_the_area_of_a_welsh_force_and_a_file_tells_of_one():
    abroad = Place(today=PLACE.today, areas=frozenset({"W06000015", "E06000023", "W92000004", "W06000022"}))
    content = "\n".join((HEADER, row(), row(area="E06000023"), row(area="W92000004"), row(area="W06000022"))).encode()
    found = check(read(content), templates()["police_figures"], abroad)
    assert [(one.key, one.row) for one in found.errors] == [("no_force", 3), ("no_force", 4)]
    assert [(one.key, one.row, one.values) for one in found.warnings] == [("two_forces", 5, {"other": 2})]
    assert checked(row(), row(area="W06000014")).warnings == ()


@pytest.mark.parametrize("template", templates(), ids=str)
def test_the_names_of_another_template_are_told_by_its_name(template):
    other = next(key for key in templates() if key != template)
    found = check(read(",".join(templates()[template].names).encode()), templates()[other], PLACE).errors
    assert [one.values["template"] for one in found if one.key == "looks_like"] == [template]
    assert templates()[template].name["cy"] in next(one for one in found if one.key == "looks_like").text(lang="cy")


def test_names_that_are_nearly_right_are_not_told_to_be_of_another_template():
    assert "looks_like" not in {key for key, *_ in errors(row(), header=HEADER.replace("count", "number"))}


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


@pytest.mark.parametrize(
    ("template", "header", "row_of", "column"),
    [
        ("training", "quarter,department,course,attended,feedback_n,more_confident_n",
         "2026-07-01,Education,Hate crime,24,,40", "more_confident_n"),
        ("resident_survey", "year,area_code,question_code,group,n,percent,lower,upper",
         "2025/26,W06000015,get_on_well,all,412,,80,75", "lower"),
    ],
)  # fmt: skip
def test_a_part_of_a_part_is_not_more_than_the_whole_where_what_is_between_was_not_collected(
    template, header, row_of, column
):
    assert ("more_than", 2, column) in errors(row_of, header=header, template=template)


SURVEY = "year,area_code,question_code,group,n,percent,lower,upper"


@pytest.mark.parametrize(
    ("percents", "asked"),
    [
        ("0.715,0.67,0.756", ("0.715", "71.5")),
        ("0.7149999,0.67,0.756", ("0.715", "71.5")),
        ("1,0.98,1", ("1", "100")),
        ("0.0004,0,0.0009", ("0.0004", "0.04")),
        ("71.5,67,75.6", None),
        ("0.8,0.2,1.9", None),
        ("0,0,0", None),
    ],
)
def test_a_percentage_that_may_be_a_fraction_is_asked_about(percents, asked):
    found = checked(f"2025/26,W06000015,get_on_well,all,412,{percents}", header=SURVEY, template="resident_survey")
    assert found.errors == ()
    told = [(one.key, one.row, one.column, *one.values.values()) for one in found.warnings]
    assert told == ([("fraction", 2, "percent", *asked)] if asked else [])


@pytest.mark.parametrize(
    ("value", "unit", "is_asked"),
    [("0.86", "%", True), ("0.86", "Per cent", True), ("86", "%", False), ("-0.5", "%", False), ("0.5", "days", False)],
)
def test_a_number_of_a_scorecard_may_be_a_fraction_where_its_unit_is_a_percentage(value, unit, is_asked):
    header = "outcome,item,quadrant,period,value,unit,target,note"
    found = checked(f"1,Found it useful,how_well,2025/26,{value},{unit},80,", header=header, template="scorecard")
    assert [one.key for one in found.warnings] == (["fraction"] if is_asked else [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_cell_that_excel_shows_as_a_percentage_is_asked_about_in_words(lang):
    book = openpyxl.Workbook()
    book.active.append(SURVEY.split(","))
    book.active.append(["2025/26", "W06000015", "get_on_well", "all", 412, 0.715, 0.67, 0.756])
    for cell in ("F2", "G2", "H2"):
        book.active[cell].number_format = "0.0%"
    content = BytesIO()
    book.save(content)
    found = check(read(content.getvalue()), templates()["resident_survey"], PLACE)
    (warning,) = found.warnings
    assert "71.5%" in warning.sentence(lang=lang)
    assert "0.715" in warning.sentence(lang=lang)


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


def test_a_file_of_two_encodings_is_read_line_by_line_and_a_letter_that_was_lost_is_told():
    header = ",".join(templates()["training"].names)
    lines = (header, *(f"2026-07-01,T\u0177 {name},Course,40,12,10" for name in ("A", "B")))
    old = "2026-07-01,Caf\u00e9,Course,40,12,10".encode("cp1252")
    lost = b"2026-07-01,Hous\x81ing,Course,40,12,10"
    for mark in (b"", b"\xef\xbb\xbf"):
        content = mark + b"\r\n".join((*(line.encode() for line in lines), old, lost))
        found = check(read(content), templates()["training"], PLACE)
        assert [one.get("department") for one in found.lines.values()] == ["T\u0177 A", "T\u0177 B", "Caf\u00e9", None]
        assert [(one.key, one.row, one.column) for one in found.errors] == [("lost_letter", 5, "department")]


def test_formulas_and_merged_cells_are_told_by_cell():
    cells = ("2026-07-01", "W06000015", "crime", "race", 7, "2026-10-12")
    assert of_workbook(workbook(cells)).errors == ()
    assert of_workbook(workbook((date(2026, 7, 1), *cells[1:]))).lines[2]["quarter"] == "2026-07-01"
    found = of_workbook(workbook(cells, change=lambda sheet: sheet.__setitem__("E2", "=3+4"))).errors
    assert ("formula", 2, "E") in [(one.key, one.row, one.column) for one in found]
    found = of_workbook(workbook(cells, cells, change=lambda sheet: sheet.merge_cells("A2:A3"))).errors
    assert ("merged", 2, "A") in [(one.key, one.row, one.column) for one in found]


def hidden(**named):
    """Return a change that hides rows, columns or the whole tab."""

    def change(sheet) -> None:
        for number in named.get("rows", ()):
            sheet.row_dimensions[number].hidden = True
        for letter in named.get("columns", ()):
            sheet.column_dimensions[letter].hidden = True
        if named.get("tab"):
            sheet.parent.create_sheet("shown").append(("a note",))
            sheet.sheet_state = named["tab"]

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (hidden(rows=(3,)), [("hidden_row", 3, None)]),
        (hidden(rows=(9,)), []),
        (hidden(columns=("E",)), [("hidden_column", 1, "E")]),
        (hidden(columns=("Z",)), []),
        (hidden(tab="hidden"), [("hidden_sheet", 1, None)]),
        (hidden(tab="veryHidden"), [("hidden_sheet", 1, None)]),
    ],
)
def test_what_cannot_be_seen_in_a_workbook_is_told(change, told):
    cells = ("2026-07-01", "W06000015", "crime", "race", 7, "2026-10-12")
    other = (*cells[:3], "religion", *cells[4:])
    found = of_workbook(workbook(cells, other, change=change))
    assert [(one.key, one.row, one.column) for one in found.errors] == told


def in_runs(*runs: tuple[str, dict]) -> CellRichText:
    return CellRichText(*(TextBlock(InlineFont(**dress), text) for text, dress in runs))


def dressed(value, **dress):
    """Return a change that writes a number with a dress of its own."""

    def change(sheet) -> None:
        sheet["E2"] = value
        for name, one in dress.items():
            setattr(sheet["E2"], name, one)

    return change


RAISED, STRUCK = {"vertAlign": "superscript"}, {"strike": True}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (dressed(in_runs(("7", {}), ("1", RAISED))), "apart"),  # a note's sign, which is read as 71
        (dressed(in_runs(("7", STRUCK), ("12", {}))), "apart"),
        (dressed(in_runs(("7", {}), ("1", {"b": True}))), None),
        (dressed(7, font=Font(strike=True)), "struck"),
        (dressed("7", font=Font(strike=True)), "struck"),
        (dressed("7", number_format="0%"), None),  # a text is seen as it stands
        (dressed(0.07, number_format='0.0" "%'), "as_percent"),
        (dressed(0.07, number_format="0%"), "as_percent"),
        (dressed(0, number_format="0%"), None),
        (dressed(7000, number_format='#,##0,"k"'), "scaled"),
        (dressed(7000, number_format='#,##0" (%, in all)"'), None),
        (dressed(7, number_format=";;;"), "unseen"),
        (dressed("7", number_format=";;;"), "unseen"),
        (dressed(7, number_format='"70"'), "unseen"),
        (dressed(7, number_format='[=7]"70";0'), "unseen"),
        (dressed(7, number_format='[=0]"-";#,##0'), None),  # a dash for 0 alone
        (dressed(0, number_format='[=0]"-";#,##0'), None),
        (dressed(0, number_format='[=0]"";General'), "unseen"),
        (dressed(7, number_format='[=0]"-";0%'), "as_percent"),
        (dressed(7, number_format='[=0]"-";[=7]"70";0'), "unseen"),
        (dressed(0, number_format="0;-0;;@"), "unseen"),  # seen as "not collected"
        (dressed(7, number_format="0;-0;;@"), None),
        (dressed(7, number_format='0;-0;"a;b"'), None),
        (dressed(0, number_format='_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'), None),  # as accountants write it
    ],
)
def test_a_number_that_is_seen_as_another_is_told_and_not_handed_back_as_it_is_read(change, key):
    found = of_workbook(workbook(CELLS, change=change))
    told = [(one.key, one.row, one.column) for one in found.errors if one.column == "E"]
    assert told == ([(key, 2, "E")] if key else [])
    sheet = openpyxl.load_workbook(BytesIO(marked_bytes(found, lang="en"))).active
    assert (sheet["E2"].value == "?") is bool(key)


def test_a_row_or_a_column_of_no_size_is_hidden_as_well():
    for old, new, key in (
        ('<row r="2"', '<row ht="0" customHeight="1" r="2"', "hidden_row"),
        ("<sheetFormatPr ", '<sheetFormatPr zeroHeight="1" ', "hidden_row"),
        ("<sheetData>", '<cols><col min="1" max="2" width="0" customWidth="1"/></cols><sheetData>', "hidden_column"),
        ('<row r="2"', '<row ht="0.75" customHeight="1" r="2"', "hidden_row"),  # a pixel
        ("<sheetData>", '<cols><col min="5" max="5" width="0.14" customWidth="1"/></cols><sheetData>', "hidden_column"),
        ("<sheetFormatPr ", '<sheetFormatPr defaultColWidth="0.14" ', "hidden_column"),
        ('defaultRowHeight="15"', 'defaultRowHeight="0.75"', "hidden_row"),
    ):
        changed = parts(workbook(CELLS), lambda name, text, old=old, new=new: (name, text.replace(old, new)))
        assert key in {one.key for one in of_workbook(changed).errors}


def test_rows_and_columns_of_a_size_of_their_own_are_seen_whatever_the_others_are():
    def change(name: str, text: str) -> tuple[str, str]:
        text = text.replace("<sheetFormatPr ", '<sheetFormatPr defaultColWidth="0.14" ')
        text = text.replace('defaultRowHeight="15"', 'defaultRowHeight="0.75"').replace("<row ", '<row ht="15" ')
        return name, text.replace("<sheetData>", '<cols><col min="1" max="60" width="12"/></cols><sheetData>')

    assert of_workbook(parts(workbook(CELLS), change)).errors == ()


def test_other_sheets_with_something_in_them_are_told_to_be_unread():
    def change(sheet) -> None:
        book = sheet.parent
        book.create_sheet("Vale").append(("2026-07-01",))
        book.create_sheet("secret").append(("John",))
        book["secret"].sheet_state = "hidden"
        book.create_sheet("Sheet2")
        book.create_sheet("Example").append(("An example",))

    found = of_workbook(workbook(CELLS, change=change))
    assert found.errors == ()
    assert [(one.key, one.values["name"]) for one in found.warnings] == [
        ("sheet_unread", "Vale"),
        ("sheet_hidden", "secret"),
    ]


def test_the_workbook_of_every_template_has_no_sheet_to_tell_of():
    for template in templates().values():
        for lang in LANGUAGES:
            assert read(files.xlsx_bytes(template, lang=lang)).warnings == ()


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


def of_parts(sheet: str, *, strings: str = "", merged: str = "") -> bytes:
    """Return a workbook whose first sheet and shared strings are written as they are given."""
    form = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = {
        "xl/worksheets/sheet1.xml": f"<worksheet {form}><sheetData>{sheet}</sheetData>{merged}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {form}>{strings}</sst>",
    }
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook())) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for name in {*before.namelist(), *parts}:
            after.writestr(name, parts[name] if name in parts else before.read(name))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("key", "sheet", "more"),
    [
        (
            "too_many_letters",
            ("<row>" + '<c t="s"><v>1</v></c>' * 50 + "</row>") * 7,
            {"strings": f"<si><t>a</t></si><si><t>{'A' * 30_000}</t></si>"},
        ),
        ("too_many_letters", "", {"strings": f"<si><r><t>{'A' * 9_000_000}</t></r></si>" * 2}),
        ("too_many_letters", "", {"strings": "<si/>" * 1_001}),
        ("too_many_cells", '<row><c r="A1"><v>1</v></c></row><row r="100000"><c r="BH100000"><v>1</v></c></row>', {}),
        ("too_many_cells", f"<row><c r='A1'>{'<v/>' * 2_000}</c></row>", {}),
        ("too_many_problems", "<row><c><f>1</f></c><c><f>1</f></c></row>" * 600, {}),
        ("too_many_problems", "", {"merged": "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 1_500 + "</mergeCells>"}),
    ],
    ids=range(7),
)
def test_a_small_workbook_that_would_fill_the_memory_is_refused_before_it_is_laid_out(key, sheet, more, monkeypatch):
    monkeypatch.setattr(reading, "MOST_STRINGS", 1_000)
    with pytest.raises(UnreadableError) as error:
        read(of_parts(sheet, **more))
    assert error.value.problem.key == key
    assert all(error.value.problem.text(lang=lang) for lang in LANGUAGES)


def test_a_workbook_of_shared_words_is_read():
    sheet = "<row>" + "".join(f'<c t="s"><v>{at}</v></c>' for at in (1, 0, 1)) + "</row>"
    assert read(of_parts(sheet, strings="<si><t>a</t></si><si><r><t>b</t></r></si>")).rows == {1: ("b", "a", "b")}


def test_numbers_that_are_no_letters_are_not_in_a_cell():
    assert one_form("Edu\uffff w\u0302 \ufdd0\U0001fffe\x0b") == "Edu \u0175"


def bomb() -> bytes:
    stream = BytesIO(workbook())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image.bin", b"\0" * (reading.MOST_UNPACKED + 1))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda: b"", "empty"),
        (lambda: b" \n\n", "empty"),
        (lambda: b"\xef\xbb\xbf", "empty"),
        (lambda: b"\xd0\xcf\x11\xe0\x00\x00", "not_table"),
        (lambda: b"PK\x03\x04", "not_table"),
        (lambda: b'a,b\n"x,y', "not_csv"),
        (lambda: b"a," * 61, "too_many_columns"),
        (lambda: b"a\n" * (reading.MOST_ROWS + 2), "too_many_rows"),
        (lambda: b"x" * (reading.MOST_BYTES + 1), "too_large"),
        (lambda: workbook()[:-200], "not_table"),
        (bomb, "bomb"),
        (lambda: workbook(change=lambda sheet: sheet.__setitem__("A1000000", 1)), "too_many_rows"),
        (lambda: workbook(change=lambda sheet: sheet.__setitem__("ZZ2", 1)), "too_many_columns"),
    ],
    ids=range(13),
)
def test_what_is_no_table_or_too_much_is_refused_in_one_sentence(make, key):
    content = make()
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


def test_a_name_in_free_text_is_a_warning_by_row_and_column():
    found = checked(
        "2026-11-02,W06000015,experienced,race,,,,Spoke to John Smith,,,6", header=TENSION, template="tension_log"
    )
    assert [(one.key, one.row, one.column) for one in found.warnings] == [("seems_name", 2, "action")]


def test_words_that_are_refused_are_searched_as_well():
    cell = "Spoke to John Smith " * 20
    found = checked(f"2026-11-02,W06000015,experienced,race,,,,{cell},,,6", header=TENSION, template="tension_log")
    assert [one.key for one in found.errors] == ["too_long"]
    assert [one.key for one in found.warnings] == ["seems_name"]


def test_words_are_counted_as_they_are_seen():
    welsh = "w\u0302" * 200  # ŵ as a letter and an accent
    found = checked(f"2026-11-02,W06000015,experienced,race,,,,{welsh},,,6", header=TENSION, template="tension_log")
    assert found.errors == ()
    assert found.lines[2]["action"] == "ŵ" * 200
    found = checked("2026-11-02,W06000015,experienced,ra\u200bce,,,,,,,6", header=TENSION, template="tension_log")
    assert found.lines[2]["theme"] == "race"


@pytest.mark.parametrize(
    "text",
    [
        *("＝1+1", "＋1", "－1", "＠x", "x;=1+1", "x; @y", "x|-1", "'=1", "; ＝1"),
        *("=1+1", "+cmd", "@x", "-2", "<b>bold</b>", "<script>x</script>", "<img src=x", "&lt;b&gt;", "[a](b)"),
    ],
)
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
def test_a_marked_file_that_was_mended_is_taken_as_it_is(lang):
    found = checked(row(), row(strand="religion", count="<5"), header=HEADER + ",note")
    book = openpyxl.load_workbook(BytesIO(marked_bytes(found, lang=lang, mark="Private & ours")))
    assert book.properties.description == "Private & ours"
    book.active["E3"].value = "7"
    book.active.delete_cols(7)
    stream = BytesIO()
    book.save(stream)
    again = of_workbook(stream.getvalue())
    assert (again.errors, len(again.lines)) == ((), 2)


def test_a_cell_that_is_named_by_its_letter_is_marked_too():
    found = of_workbook(workbook(CELLS, change=formula))
    sheet = openpyxl.load_workbook(BytesIO(marked_bytes(found, lang="en"))).active
    assert sheet["E2"].comment is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_names_row_and_column(lang):
    for problem in checked(row(count="x"), row(area="?")).errors:
        assert str(problem.row) in problem.text(lang=lang)
        assert problem.column in problem.text(lang=lang)


def test_a_marked_copy_of_a_template_keeps_its_widths_its_lists_and_its_days():
    template = templates()["police_figures"]
    book = openpyxl.load_workbook(BytesIO(files.xlsx_bytes(template, lang="en")))
    for at, (strand, count) in enumerate((("race", 7), ("religion", "<5")), start=2):
        cells = ("2026-07-01", "W06000015", "crime", strand, count, date(2026, 10, 12))
        for place, cell in enumerate(cells, start=1):
            book.active.cell(at, place).value = cell
    stream = BytesIO()
    book.save(stream)
    marked = marked_bytes(of_workbook(stream.getvalue()), lang="cy")
    ours, theirs = (
        openpyxl.load_workbook(BytesIO(one)).active for one in (files.xlsx_bytes(template, lang="cy"), marked)
    )
    assert [ours.column_dimensions[one].width for one in "ABCDEF"] == [
        theirs.column_dimensions[one].width for one in "ABCDEF"
    ]
    lists = [
        [(str(one.sqref), one.formula1, one.prompt) for one in sheet.data_validations.dataValidation]
        for sheet in (ours, theirs)
    ]
    assert lists[0] == lists[1]
    assert theirs["F2"].value == datetime(2026, 10, 12)
    assert theirs["F2"].number_format == "yyyy-mm-dd"
    assert (theirs["E2"].value, theirs["E3"].value) == (7, "<5")
    again = of_workbook(marked)
    assert [(one.key, one.row) for one in again.errors] == [("not_whole", 3)]
    assert again.lines[2]["extracted_on"] == "2026-10-12"


def test_a_wrong_day_is_marked_and_stays_a_day_and_what_reads_back_otherwise_stays_as_it_is():
    found = checked(row(day="2026-12-24"), row(strand="religion", count='"1,234"', day="12/10/2026"))
    sheet = openpyxl.load_workbook(BytesIO(marked_bytes(found, lang="en"))).active
    assert (sheet["F2"].value, sheet["F2"].comment is None) == (datetime(2026, 12, 24), False)
    assert (sheet["E3"].value, sheet["F3"].value) == ("1,234", "12/10/2026")


def test_of_very_many_errors_the_first_are_told_and_the_rest_counted_by_kind(monkeypatch):
    monkeypatch.setattr(problems, "MOST_TOLD", 5)
    rows = [row(count="x", day="y" if n == 19 else "2026-10-12", strand="race") for n in range(20)]
    found = checked(*rows[::-1])
    assert [one.row for one in found.errors] == [2, 2, 3, 3, 4]
    assert {one.key: n for one, n in found.more} == {"not_whole": 18, "duplicate": 17}
    assert found.count == 40
    sheet = openpyxl.load_workbook(BytesIO(marked_bytes(found, lang="en"))).active
    assert "18 more like this one: Row" in sheet["G1"].value


def test_more_to_answer_than_anybody_looks_at_is_an_error(monkeypatch):
    monkeypatch.setattr(problems, "MOST_TOLD", 3)
    rows = [f"2026-11-02,W06000015,experienced,race,{n},,,Spoke to John Smith,,,6" for n in range(1, 6)]
    found = checked(*rows, header=TENSION, template="tension_log")
    assert [one.key for one in found.errors] == ["too_many_to_answer"]


def test_names_that_stand_lower_or_twice_are_told_by_their_row():
    title = ("South Wales Police,,,,,", HEADER, row())
    assert errors(*title[1:], header=title[0]) == [("header_below", 1, None)]
    template = templates()["police_figures"]
    headings = ",".join(one.heading["en"] for one in template.columns)
    assert errors(headings, row()) == [("header_again", 2, None)]
    assert errors(row(), HEADER) == [("header_again", 3, None)]


def test_rows_are_looked_at_beside_a_column_more():
    found = errors(row(count="x") + ",why", row(strand="religion") + ",", header=HEADER + ",note")
    assert found == [("header_extra", 1, None), ("not_whole", 2, "count")]


def test_excel_may_say_the_delimiter_in_a_line_of_its_own():
    text = "\n".join(("sep=;", HEADER, row())).replace(",", ";")
    found = check(read(text.encode()), templates()["police_figures"], PLACE)
    assert (found.errors, list(found.lines)) == ((), [3])


def test_how_far_a_check_is_is_told():
    told: list[float] = []
    content = "\n".join((HEADER, *(row(count=str(n)) for n in range(4_500)))).encode()
    check(read(content), templates()["police_figures"], PLACE, progress=told.append)
    assert told == sorted(told)
    assert told[0] == 0
    assert 0.8 < told[-1] < 1


def test_a_cell_without_a_value_is_not_taken_for_one_that_nobody_collected():
    def broken(sheet):
        sheet["E2"], sheet["E3"] = "#REF!", "=1+6"

    rows = [tuple(row(strand=strand).split(",")) for strand in ("race", "religion")]
    found = of_workbook(workbook(*rows, change=broken))
    assert [(one.key, one.row, one.column) for one in found.errors] == [("cell_error", 2, "E"), ("formula", 3, "E")]
    again = of_workbook(marked_bytes(found, lang="en"))
    assert [(one.key, one.row) for one in again.errors] == [("not_whole", 2), ("not_whole", 3)]


@pytest.mark.parametrize("count", ["NaN", "Infinity", "-Infinity", "inf", "1e9", "007", "1_000"])
def test_what_is_nearly_a_number_comes_back_as_it_stands(count):
    found = checked(row(count=count))
    sheet = openpyxl.load_workbook(BytesIO(marked_bytes(found, lang="en"))).active
    assert sheet["E2"].value == count


def test_a_marked_file_with_lines_above_its_names_is_taken_once_it_is_mended():
    found = check(read(f"\n\n{HEADER}\n{row(count='x')}".encode()), templates()["police_figures"], PLACE)
    book = openpyxl.load_workbook(BytesIO(marked_bytes(found, lang="en")))
    book.active["E4"].value = 7
    stream = BytesIO()
    book.save(stream)
    assert of_workbook(stream.getvalue()).errors == ()


def test_a_first_sheet_that_is_empty_is_told_to_be_the_one_that_is_read():
    with pytest.raises(UnreadableError) as error:
        read(workbook(tuple(row().split(",")), change=lambda sheet: sheet.parent.create_sheet("front", 0)))
    assert error.value.problem.key == "first_sheet_empty"


@pytest.mark.parametrize("sign", ["\u202e", "\u202b", "\u2067"])
def test_a_cell_that_runs_backwards_is_told(sign):
    """321 with the sign before it is seen as 123, and was kept as 321."""
    found = checked(row(count=f"{sign}321"))
    assert [(one.key, one.row, one.column) for one in found.errors] == [("turned", 2, "E")]
    cells = (*CELLS[:4], f"{sign}321", *CELLS[5:])
    assert ("turned", 2, "E") in [(one.key, one.row, one.column) for one in of_workbook(workbook(cells)).errors]
    assert not errors(row(count="\u200e321"))  # a mark that turns nothing: programs leave it behind


def in_semicolons(content: str) -> bytes:
    return content.replace(",", ";").replace("|", ",").encode()


def test_a_comma_in_a_file_with_semicolons_is_told_as_what_it_was_read():
    lines = "\n".join((HEADER, row(count="1|234"), row(strand="religion", count="2|345")))
    found = check(read(in_semicolons(lines)), templates()["police_figures"], PLACE)
    assert [one["count"] for one in found.lines.values()] == ["1234", "2345"]
    told = [(one.key, one.row, one.column, dict(one.values)) for one in found.warnings if one.key == "thousands"]
    assert told == [("thousands", 2, "count", {"came": "1,234", "read": "1234"})]
    plain = check(read(in_semicolons("\n".join((HEADER, row(count="1234"))))), templates()["police_figures"], PLACE)
    assert "thousands" not in [one.key for one in plain.warnings]
    english = checked(row(count='"1,234"'))
    assert "thousands" not in [one.key for one in english.warnings]


@pytest.mark.parametrize(
    ("value", "told"),
    [("1|234", ["comma_unclear"]), ("1|234.5", []), ("1|234|567", []), ("12|5", ["not_decimal"]), ("1234.5", [])],
)
def test_a_number_that_may_have_decimals_behind_its_comma_is_refused(value, told):
    header = ",".join(templates()["scorecard"].names)
    lines = "\n".join((header, f"1,Found it useful,how_well,2025/26,{value},people,,"))
    found = check(read(in_semicolons(lines)), templates()["scorecard"], PLACE)
    assert [one.key for one in found.errors] == told
