"""An XLSX whose cells lie where no table has them is refused in words before anything makes room for it."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from etl.__main__ import main
from etl.contract import ContractError
from etl.reading import xlsx
from tests.scratch import scratch_data

ROOT = Path(__file__).parents[3]
SHEET = "xl/worksheets/sheet1.xml"
TOO_FAR = r"at most 1,024 columns, 1,048,576 rows and 5,000,000 cells between its corners; came"


def workbook(path: Path, *, cells: dict[str, str | float]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("S")
        for place, value in cells.items():
            sheet.write(place, value)
    return path


def edited(path: Path, old: str, new: str, *, part: str = SHEET) -> Path:
    """Write the workbook again with one piece of a part replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new, 1).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_cells_come_back_where_they_stood(tmp_path):
    path = workbook(tmp_path / "a.xlsx", cells={"B2": "x", "D3": 1.0, "D4": 1.5})
    assert [(r.number, r.cells) for r in xlsx.rows(path)] == [
        (2, ("", "x")),
        (3, ("", "", "", "1")),
        (4, ("", "", "", "1.5")),
    ]


@pytest.mark.parametrize(
    "cells",
    [{"A1": "x", "XFD1048576": "x"}, {"A1": "x", "CV1048576": "x"}, {"A1": "x", "AMK1": "x"}],
    ids=["the four corners", "a hundred columns, every row", "one column too many"],
)
def test_a_grid_that_no_table_needs_is_refused(tmp_path, cells):
    with pytest.raises(ContractError, match=TOO_FAR):
        list(xlsx.rows(workbook(tmp_path / "a.xlsx", cells=cells)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r="C3"', 'r="W06000099"'),
        ('r="C3"', "r = 'ZZZZ3'"),
        ('r="C3"', 'r="C99999999999"'),
        ('<c r="C3"', '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="AAAA3"'),
    ],
)
def test_one_edited_place_is_found_however_it_is_written(tmp_path, old, new):
    path = workbook(tmp_path / "a.xlsx", cells={"A1": "x", "C3": 5})
    text = zipfile.ZipFile(path).read(SHEET).decode()
    if "x:c" in new:
        cell = re.search(r'<c r="C3".*?</c>', text).group()
        old, new = cell, cell.replace('<c r="C3"', new).replace("</c>", "</x:c>")
    with pytest.raises(ContractError, match=TOO_FAR):
        list(xlsx.rows(edited(path, old, new)))


def test_a_place_that_is_none_is_refused_by_what_it_is(tmp_path):
    path = edited(workbook(tmp_path / "a.xlsx", cells={"C3": 5}), 'r="C3"', 'r="none"')
    with pytest.raises(ContractError, match="expected a cell such as C130; came 'none'"):
        list(xlsx.rows(path))


def test_a_sheet_that_lies_in_an_unusual_part_is_looked_at_too(tmp_path):
    path = workbook(tmp_path / "a.xlsx", cells={"A1": "x", "XFD1048576": "x"})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/odd.bin"] = parts.pop(SHEET)
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"worksheets/sheet1.xml", b"odd.bin")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(ContractError, match=TOO_FAR):
        list(xlsx.rows(path))


@pytest.mark.parametrize(("limit", "told"), [("LARGEST_PART", "bytes unpacked"), ("MOST_FILLED", "filled cells")])
def test_what_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch, limit, told):
    path = workbook(tmp_path / "a.xlsx", cells={"A1": 1, "A2": 2})
    monkeypatch.setattr(xlsx, limit, 1)
    with pytest.raises(ContractError, match=told):
        list(xlsx.rows(path))


def test_a_failure_inside_the_reading_library_is_a_refusal(tmp_path, monkeypatch):
    class PanicException(BaseException):  # as Rust's failures arrive
        """No Exception."""

    def panics(_path: str) -> None:
        raise PanicException("index out of bounds")

    path = workbook(tmp_path / "a.xlsx", cells={"A1": 1})
    monkeypatch.setattr(xlsx, "CalamineWorkbook", type("Broken", (), {"from_path": staticmethod(panics)}))
    with pytest.raises(ContractError, match="expected an XLSX we can read; came index out of bounds"):
        list(xlsx.rows(path))


def test_add_refuses_in_words_and_leaves_nothing(tmp_path, capsys):
    data = scratch_data(tmp_path)
    path = workbook(tmp_path / "corners.xlsx", cells={"A1": "x", "XFD1048576": "x"})
    assert main(["--data", str(data), "add", str(path), "--released", "2026-11-01"]) == 1
    assert re.search(TOO_FAR, capsys.readouterr().err)
    assert not (data / "build" / "staging").exists()


def shared_strings(path: Path, *, size: int) -> Path:
    """Return a workbook whose part of shared strings, which holds no row and no cell, unpacks to `size` bytes."""
    workbook(path, cells={"A1": "x"})
    texts = "".join(f"<si><t>{number * 7919 % 100_003:06}</t></si>" for number in range(50_000))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/more.xml", "w") as part:
        part.write(b"<sst>")
        for _ in range(size // len(texts)):
            part.write(texts.encode())
        part.write(b"</sst>")
    return path


def test_a_part_without_cells_takes_no_more_memory_than_a_piece_of_it(tmp_path):
    pytest.importorskip("resource")
    path = shared_strings(tmp_path / "a.xlsx", size=60_000_000)
    program = (
        "import resource, sys, pathlib; from etl.reading import xlsx; most = resource.RUSAGE_SELF\n"
        "before = resource.getrusage(most).ru_maxrss; xlsx._bounded(pathlib.Path(sys.argv[1]))\n"
        "print(resource.getrusage(most).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, check=True)
    assert int(done.stdout.split()[-1]) < 100_000  # kilobytes; the tree of such a part takes a gigabyte


def test_a_failed_formula_is_its_error_and_not_a_blank(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("First", "S"):
            sheet = book.add_worksheet(name)
            sheet.write("A1", name)
        for place, error in (("B2", "#REF!"), ("D2", "#DIV/0!")):
            sheet.write_formula(place, "=1/0", None, error)
    assert [(row.sheet, row.cells) for row in xlsx.rows(path)] == [
        ("First", ("First",)),
        ("S", ("S",)),
        ("S", ("", "#REF!", "", "#DIV/0!")),
    ]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (("7", {"font_script": 1}, "1"), "7 [note 1]"),
        (({"font_strikeout": True}, "7", "12"), "[struck 7] 12"),
        (("7", {"bold": True}, "1"), "71"),
        (("Race", {"font_script": 1}, "1"), "Race1"),
        (("71", {"font_script": 1}, " "), "71"),
    ],
)
def test_a_sign_that_is_raised_or_struck_out_is_no_digit_of_a_number(tmp_path, runs, text):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("S")
        sheet.write_rich_string("A1", *(book.add_format(one) if isinstance(one, dict) else one for one in runs))
        sheet.write("B1", "beside")
    assert [row.cells for row in xlsx.rows(path)] == [(text, "beside")]


def test_no_raised_sign_is_a_digit_however_many_there_are_before_it(tmp_path, monkeypatch):
    path, rows = tmp_path / "a.xlsx", 150
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, raised = book.add_worksheet("S"), book.add_format({"font_script": 1})
        for row in range(rows):
            sheet.write_rich_string(row, 0, "7", raised, "1")
    assert {row.cells for row in xlsx.rows(path)} == {("7 [note 1]",)}
    xlsx._looked_through.cache_clear()
    monkeypatch.setattr(xlsx, "MOST_ERRORS", rows - 1)
    with pytest.raises(ContractError, match="expected at most 149 rows with a formula that failed"):
        list(xlsx.rows(path))


def test_a_file_that_is_read_again_is_looked_through_once_and_another_in_its_place_anew(tmp_path, monkeypatch):
    path, seen = tmp_path / "book.xlsx", []
    filled = xlsx._filled
    monkeypatch.setattr(xlsx, "_filled", lambda *args, **kwargs: seen.append(args[1]) or filled(*args, **kwargs))

    def write(cell: str) -> None:
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet("A").write("A1", cell)

    write("one")
    assert [row.cells for row in (*xlsx.rows(path), *xlsx.rows(path))] == [("one",), ("one",)]
    once = len(seen)
    assert len(set(seen)) == once
    write("two")
    assert [row.cells for row in xlsx.rows(path)] == [("two",)]
    assert len(seen) == 2 * once
