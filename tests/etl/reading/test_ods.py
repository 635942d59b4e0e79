"""The streaming reader: what stands in a sheet comes out, what a bomb would unpack does not."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from etl.contract import ContractError
from etl.reading import ods, zip_safety
from etl.reading.ods import rows
from etl.reading.zip_safety import opened, tried
from tests import synthetic
from tests.synthetic import BODY, END, HEAD, write_content, write_ods

ROOT = Path(__file__).parents[3]
P = "<text:p>x</text:p>"


def content(row: str) -> str:
    return f'{HEAD}{BODY}<table:table table:name="S">{row}</table:table>{END}'


def cell(inside: str, attributes: str = "") -> str:
    return content(f"<table:table-row><table:table-cell {attributes}>{inside}</table:table-cell></table:table-row>")


def read_one(path: Path, text: str) -> str:
    (row,) = rows(write_content(path, text))
    return row.cells[0]


def expected(book):
    found = []
    for name, grid in book.items():
        for number, row in enumerate(grid, start=1):
            texts = [synthetic.as_text(c) for c in row]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                found.append((name, number, tuple(texts)))
    return found


@settings(deadline=None)
@given(book=st.dictionaries(st.sampled_from(["A", "Tŷ & tân", "2015_16"]), synthetic.grids, min_size=1))
def test_every_cell_comes_back_where_it_stood_whatever_was_repeated(tmp_path_factory, book):
    path = write_ods(tmp_path_factory.mktemp("ods") / "any.ods", book)
    assert list(rows(path)) == expected(book)


def test_the_synthetic_writer_does_repeat(tmp_path):
    path = write_ods(tmp_path / "a.ods", {"S": [["a", "a", "a"], ["a", "a", "a"], [], ["b"]]})
    with zipfile.ZipFile(path) as made:
        text = made.read("content.xml").decode()
    assert 'number-columns-repeated="3"' in text
    assert 'number-rows-repeated="2"' in text
    assert [r.number for r in rows(path)] == [1, 2, 4]


def test_only_the_sheets_that_are_wanted_are_read(tmp_path):
    path = write_ods(tmp_path / "a.ods", {"A": [["1"]], "B": [["2"]]})
    assert [r.sheet for r in rows(path, sheet_filter=lambda name: name == "B")] == ["B"]


@pytest.mark.parametrize(
    ("inside", "attributes", "text"),
    [
        ("<text:p>1,418</text:p>", 'office:value-type="float" office:value="1418"', "1418"),
        ("<text:p>12</text:p>", 'office:value-type="float" office:value="12.0"', "12"),
        ("<text:p>0.1</text:p>", 'office:value-type="float" office:value="0.12345678901234"', "0.12345678901234"),
        ("<text:p>5%</text:p>", 'office:value-type="percentage" office:value="0.05"', "0.05"),
        ("<text:p>1e3</text:p>", 'office:value-type="float" office:value="1E3"', "1000"),
        (P, 'office:value-type="date" office:date-value="2026-03-31T00:00:00"', "2026-03-31"),
        (P, 'office:value-type="boolean" office:boolean-value="true"', "true"),
        ("", 'office:value-type="string" office:string-value="unprinted"', "unprinted"),
        ("<text:p>two</text:p><text:p>lines</text:p>", "", "two\nlines"),
        ('<text:p>a<text:s text:c="3"/>b<text:tab/>c</text:p>', "", "a   b c"),
        ("<text:p><text:span>Race</text:span> <text:a>[note 3]</text:a></text:p>", "", "Race [note 3]"),
        ("<office:annotation><text:p>a remark</text:p></office:annotation><text:p>9</text:p>", "", "9"),
    ],
)
def test_a_cell_gives_its_exact_value(tmp_path, inside, attributes, text):
    assert read_one(tmp_path / "a.ods", cell(inside, attributes)) == text


RAISED = (
    '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="T3" style:family="text">'
    '<style:text-properties style:text-underline-style="solid"/></style:style>'
    '<style:style style:name="T4" style:family="text">'
    '<style:text-properties style:text-position="33% 58%"/></style:style>'
    '<style:style style:name="T5" style:family="text">'
    '<style:text-properties style:text-position="0% 100%"/></style:style>'
    "</office:automatic-styles>"
)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('7<text:span text:style-name="T1">1</text:span>', "7 [note 1]"),
        ('<text:span text:style-name="T2">7</text:span>12', "[struck 7] 12"),
        ('7<text:span text:style-name="T3">1</text:span>', "71"),
        ('7<text:span text:style-name="T4">1</text:span>', "7 [note 1]"),
        ('7<text:span text:style-name="T5">1</text:span>', "71"),
        ('Race<text:span text:style-name="T1">1</text:span>', "Race1"),
        ("12</text:p><text:p>3", "12\n3"),  # in a file with such styles the others are read as everywhere
        ("12<text:line-break/>3", "12 3"),
        ('1<text:s text:c="1"/>2', "1 2"),
        ("1,2<text:tab/>3", "1,2 3"),
        ('1<text:s text:c="1"/>2<text:span text:style-name="T1">3</text:span>', "1 2 [note 3]"),
    ],
)
def test_a_sign_that_is_raised_or_struck_out_is_no_digit_of_a_number(tmp_path, inside, text):
    dressed = cell(f"<text:p>{inside}</text:p>").replace("<office:body>", f"{RAISED}<office:body>")
    assert read_one(tmp_path / "a.ods", dressed) == text


def test_a_covered_cell_is_blank_and_keeps_its_place(tmp_path):
    row = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>a</text:p></table:table-cell>'
        '<table:covered-table-cell office:value="7"><text:p>7</text:p></table:covered-table-cell>'
        "<table:table-cell><text:p>c</text:p></table:table-cell></table:table-row>"
    )
    assert next(rows(write_content(tmp_path / "a.ods", content(row)))).cells == ("a", "", "c")


def test_header_rows_and_groups_count_as_rows(tmp_path):
    row = f"<table:table-row><table:table-cell>{P}</table:table-cell></table:table-row>"
    text = content(
        f"<table:table-header-rows>{row}</table:table-header-rows><table:table-row-group>{row}</table:table-row-group>{row}"
    )
    assert [r.number for r in rows(write_content(tmp_path / "a.ods", text))] == [1, 2, 3]


ENTITIES = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
MANY = f'<table:table-row table:number-rows-repeated="99999"><table:table-cell>{P}</table:table-cell></table:table-row>'
WIDE = (
    f'<table:table-row><table:table-cell table:number-columns-repeated="16384">{P}</table:table-cell></table:table-row>'
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            HEAD.replace("?>", f"?>{ENTITIES}") + BODY + cell("<text:p>&b;</text:p>")[len(HEAD + BODY) :],
            "document type",
        ),
        (HEAD.replace("?>", f"?>{OUTSIDE}") + BODY + cell("<text:p>&a;</text:p>")[len(HEAD + BODY) :], "document type"),
        (HEAD.replace("?>", '?><!DOCTYPE x SYSTEM "http://example.org/x.dtd">') + BODY + END, "document type"),
        (content(MANY), "at most 10,000 equal rows; came 99,999"),
        (content(WIDE), "at most 1,024 columns"),
        (cell('<text:p><text:s text:c="999999"/>x</text:p>'), "at most 1,000 spaces"),
        (cell(P, 'table:number-columns-repeated="-3"'), "a count of repeats; came '-3'"),
        (cell(P, 'table:number-columns-repeated="99999999999999"'), "a count of repeats"),
        (cell(P, 'office:value="1E999999999"'), "a number; came '1E999999999'"),
        (cell(P, 'office:value="nan"'), "a number; came 'nan'"),
        ("<other/>", "an ODS document"),
        (content("<table:table-row>"), "XML that is whole"),
        (HEAD + BODY + '<table:table table:name="S">' + "<table:table-row-group>" * 5000, "XML that is whole"),
        (
            cell(
                f"<table:table><table:table-row><table:table-cell>{P}</table:table-cell></table:table-row></table:table>"
            ),
            "in one sheet",
        ),
        (cell(f"<text:p>{'x' * 10_500_000}</text:p>"), "within the limits"),
    ],
)
def test_what_would_grow_or_reach_out_is_refused(tmp_path, monkeypatch, text, told):
    monkeypatch.setattr(zip_safety, "MOST_TIMES_SMALLER", 2_000)  # so that it is the XML that is refused
    with pytest.raises(ContractError, match=told):
        list(rows(write_content(tmp_path / "bomb.ods", text)))


def test_a_million_laughs_cost_no_memory(tmp_path):
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><x a="&l9;">&l9;</x>'
    with pytest.raises(ContractError):
        list(rows(write_content(tmp_path / "laughs.ods", text)))


def repacked(path: Path, name: str, data: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, data)
    return path


@pytest.mark.parametrize("name", ["../content.xml", "/etc/passwd", "a/../../b", "C:\\x", "..\\x"])
def test_a_part_that_leads_out_of_the_archive_is_refused(tmp_path, name):
    with pytest.raises(ContractError, match="a way out of it"), opened(repacked(tmp_path / "a.ods", name)):
        pass


def test_a_part_that_is_nothing_but_repeats_is_refused(tmp_path):
    path = repacked(tmp_path / "zip-bomb.ods", "content.xml", b"0" * 30_000_000)
    with pytest.raises(ContractError, match="400 times as large"):
        list(rows(path))


def test_too_many_parts_too_large_and_twice_the_same_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("content.xml", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("content.xml", "y" * 99)
    monkeypatch.setattr(zip_safety, "MOST_PARTS", 1)
    monkeypatch.setattr(zip_safety, "LARGEST_PART", 10)
    monkeypatch.setattr(zip_safety, "LARGEST_WHOLE", 20)
    with pytest.raises(ContractError) as told, opened(path):
        pass
    for words in ("at most 1 parts", "at most 20 bytes", "each part once", "at most 10 bytes"):
        assert words in str(told.value)


def test_an_archive_that_lies_about_its_size_is_refused_before_another_library_sees_it(tmp_path):
    path = repacked(tmp_path / "a.xlsx", "xl/workbook.xml", b"0" * 5_000)
    data = path.read_bytes()
    path.write_bytes(data.replace((5_000).to_bytes(4, "little"), (50).to_bytes(4, "little")))
    with pytest.raises(ContractError, match="a whole XLSX"):
        tried(path)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "an empty file"),
        (b"\n<!DOCTYPE html><html>", "a web page"),
        (b"PK\x03\x04 cut", "a file that is cut off or damaged"),
        (b"hello", "another kind of file"),
    ],
)
def test_what_is_no_archive_is_named_for_what_it_is(tmp_path, data, told):
    path = tmp_path / "a.ods"
    path.write_bytes(data)
    with pytest.raises(ContractError, match=f"a whole ODS file; came {told}"):
        list(rows(path))


def test_a_download_that_was_cut_off_is_refused_at_every_length(tmp_path):
    whole = write_ods(tmp_path / "a.ods", {"S": [[f"x{n}", n] for n in range(300)]}).read_bytes()
    for length in range(0, len(whole) - 1, 97):
        (tmp_path / "cut.ods").write_bytes(whole[:length])
        with pytest.raises(ContractError):
            list(rows(tmp_path / "cut.ods"))


def test_no_file_is_said_so(tmp_path):
    with pytest.raises(ContractError, match="nothing there"):
        list(rows(tmp_path / "none.ods"))


# The kernel's own high-water mark of this program: `ru_maxrss` would carry over that of the process which started it.
MEMORY = """
import sys
from pathlib import Path
from etl.reading.ods import rows
assert sum(1 for _ in rows(Path(sys.argv[1]))) == int(sys.argv[2])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux how much memory a process held")
def test_ten_times_the_rows_take_no_more_memory(tmp_path):
    held = []
    for times in (3_000, 30_000):
        path = write_ods(tmp_path / f"{times}.ods", {"S": [[f"a{n}", n, f"b{n}"] for n in range(times)]})
        command = [sys.executable, "-c", MEMORY, str(path), str(times)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        held.append(int(done.stdout))
    assert held[1] < held[0] + 8_000  # kilobytes; the text of the larger file alone is more than that


def test_limits_are_those_that_the_messages_name():
    assert (ods.MOST_SAME_ROWS, ods.MOST_COLUMNS, ods.MOST_SPACES) == (10_000, 1_024, 1_000)


def test_a_cell_of_endless_spaces_is_refused_before_they_are_written_out(tmp_path):
    spaces = "<text:s text:c='1000'/>" * 50
    with pytest.raises(ContractError, match="expected at most 40,000 characters in a cell; came more"):
        read_one(tmp_path / "a.ods", cell(f"<text:p>{spaces}</text:p>"))
    with pytest.raises(ContractError, match="expected at most 40,000 characters in a cell; came more"):
        read_one(tmp_path / "a.ods", cell(f"<text:p>{spaces[: len(spaces) // 2]}</text:p>" * 3))


def test_a_row_that_does_not_end_is_refused_while_it_is_still_small(tmp_path, monkeypatch):
    monkeypatch.setattr(ods, "LONGEST_ROW", 1_000_000)
    cells = "<table:table-cell/>" * 100_000
    with pytest.raises(ContractError, match=r"content\.xml: expected the end of a row within 1,000,000 bytes"):
        list(rows(write_content(tmp_path / "a.ods", content(f"<table:table-row>{cells}</table:table-row>"))))


def test_a_document_under_a_password_is_named(tmp_path):
    path = write_content(tmp_path / "a.ods", cell(P))
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>")
    with pytest.raises(ContractError, match="a document under a password"):
        list(rows(path))


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (b"", "an old Excel workbook \\(\\.xls\\)"),
        ("EncryptedPackage".encode("utf-16-le"), "a workbook under a password"),
    ],
)
def test_an_old_or_protected_excel_file_is_named_for_what_it_is(tmp_path, inside, told):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + inside)
    with pytest.raises(ContractError, match=told), opened(path):
        pass


@pytest.mark.parametrize("name", ["table", "table-row-group"])
def test_sheets_and_groups_that_are_read_are_freed(name):
    """A file of many small sheets would otherwise be kept whole: 100 MB of them took 900."""
    root = etree.fromstring(f"<d><s>{'<g><r/></g>' * 5}</s></d>".replace("g>", f"{name}>"))
    last = root[0][-1][0]
    ods._forget_before(last.getparent())
    assert len(root[0]) == 1
    assert root[0][0][0] is last
