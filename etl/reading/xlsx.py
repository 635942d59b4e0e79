"""Reading an XLSX as text, once its extreme cells are known to make a grid that fits.

The awkward fact: the library that reads it lays out a full grid from the first filled cell to the last before it gives
one row, so two cells in opposite corners of a sheet take all memory and end the process without a word. So the places
that a sheet names are read first, a piece at a time, and what no table of a publication needs is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from cohesion.files import sha256_of
from cohesion.runs import apart
from etl.contract import ContractError, Problem
from etl.reading.ods import MOST_COLUMNS, Row, every_sheet, hidden_sheet
from etl.reading.zip_safety import PIECE, opened, tried

MOST_ROWS = 1_048_576  # of a sheet, as in Excel
MOST_CELLS = 5_000_000  # of a sheet's whole grid; the largest table read today has 400,000
MOST_FILLED = 20_000_000  # of all sheets, counted as they stand
MOST_ERRORS, LONGEST_ERROR = 100_000, 20  # rows of a sheet with cells that failed or are dressed; letters of one
SMALL_PIECE = 1 << 10  # bytes, in which a part's outermost element has begun
LARGEST_PART = 300_000_000  # bytes of XML unpacked
# row -> column -> what the library does not give: what a failed formula left ("#REF!"), a number with a raised note
Errors = dict[int, dict[int, str]]
_STRINGS, _DRESS = "xl/sharedstrings.xml", (b"vertAlign", b"strike")
_PLACE = re.compile(r"\$?([A-Za-z]{1,8})\$?([0-9]{1,12})")
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_GIVEN = {"row": "start", "c": "end"}  # the event at which each is given: what stands in a cell has come at its end
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_PANIC = "PanicException"  # what Rust's own failures are called; it is no Exception


def rows(path: Path, *, sheet_filter: Callable[[str], bool] = every_sheet) -> Iterator[Row]:
    """Yield the filled rows of the wanted sheets, in the order of the file, every cell as text."""
    errors = _bounded(tried(path))
    try:
        yield from _rows(path, sheet_filter=sheet_filter, errors=errors)
    except CalamineError as error:
        raise ContractError([Problem(file=path.name, expected="a whole XLSX", came=str(error))]) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise ContractError([Problem(file=path.name, expected="an XLSX we can read", came=str(error))]) from error


def _rows(path: Path, *, sheet_filter: Callable[[str], bool], errors: Mapping[str, Errors]) -> Iterator[Row]:
    workbook = CalamineWorkbook.from_path(str(path))
    is_shown = {sheet.name: sheet.visible == SheetVisibleEnum.Visible for sheet in workbook.sheets_metadata}
    for name in workbook.sheet_names:
        if sheet_filter(name):
            if sheet_filter is not every_sheet and not is_shown.get(name, True):
                raise hidden_sheet(name, file=path.name)
            sheet = workbook.get_sheet_by_name(name)
            first = sheet.start[0] if sheet.start else 0
            failed = errors.get(name, {})
            for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
                texts = [_text(cell) for cell in cells]
                for column, error in failed.get(number, {}).items():
                    texts[column - 1 : column] = [error]
                while texts and not texts[-1]:
                    texts.pop()
                if texts and number > first:
                    yield Row(name, number, tuple(texts))


def _text(cell: int | float | str | bool | time | date | datetime | timedelta) -> str:
    """Return a cell as text: whole numbers without ".0", days as 2026-03-31."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat().removesuffix("T00:00:00")
    return str(cell).strip()


def _bounded(path: Path) -> Mapping[str, Errors]:
    """Return the failed cells of each sheet; raise `ContractError` when a part is too large, or the grid of a sheet.

    A file that is recognised, dated and read, table after table, is looked through once.
    """
    return _looked_through(path, sha256_of(path))


@lru_cache(maxsize=4)
def _looked_through(path: Path, _digest: str) -> Mapping[str, Errors]:
    """Look through every part: which of them are sheets is for the file itself to say, and it may say anything."""
    with opened(path) as archive:
        for part in archive.infolist():
            if part.file_size > LARGEST_PART:
                where, expected = f"{path.name}, part {part.filename!r}", f"at most {LARGEST_PART:,} bytes unpacked"
                raise ContractError(
                    [Problem(file=where, expected=expected, came=f"{part.file_size:,}")], kind="archive"
                )
        errors: dict[str, Errors] = {part.filename: {} for part in archive.infolist()}
        dressed = _dressed(archive)
        filled = sum(
            _filled(archive, part, file=path.name, errors=failed, dressed=dressed) for part, failed in errors.items()
        )
        sheets = _sheets(archive) if any(errors.values()) else {}
    if filled > MOST_FILLED:
        expected = f"at most {MOST_FILLED:,} filled cells"
        raise ContractError([Problem(file=path.name, expected=expected, came=f"{filled:,}")], kind="archive")
    return {name: errors.get(part, {}) for part, name in sheets.items()}


def _sheets(archive: ZipFile) -> dict[str, str]:
    """Return the name of each sheet by the part that it stands in; none where the library will say what is wrong."""
    try:
        book, links = (etree.fromstring(archive.read(part), _PARSER) for part in (_BOOK, _LINKS))
    except (KeyError, etree.XMLSyntaxError):
        return {}
    parts = {link.get("Id"): str(link.get("Target", "")) for link in links}
    return {
        f"xl/{parts[sheet.get(_LINK)].removeprefix('/').removeprefix('xl/')}": str(sheet.get("name"))
        for sheet in book.iter("{*}sheet")
        if sheet.get(_LINK) in parts
    }


def _dressed(archive: ZipFile) -> Mapping[str, str]:
    """Return by its number each shared string that is a number with signs raised or struck out, these in brackets."""
    part = next((name for name in archive.namelist() if name.casefold() == _STRINGS), None)
    if part is None or not _holds(archive, part, _DRESS):
        return {}
    dressed: dict[str, str] = {}
    with suppress(etree.XMLSyntaxError), archive.open(part) as stream:
        strings = etree.iterparse(stream, ("end",), tag="{*}si", resolve_entities=False, no_network=True)
        for number, (_, element) in enumerate(strings):
            if text := apart(element):
                dressed[str(number)] = text
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return dressed


def _holds(archive: ZipFile, part: str, words: tuple[bytes, ...]) -> bool:
    """Return whether a part has one of some words: few workbooks dress letters, and parts may be large."""
    before = b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            if any(word in before + piece for word in words):
                return True
            before = piece[-SMALL_PIECE:]
    return False


def _otherwise(cell: Any, dressed: Mapping[str, str]) -> str:
    """Return what a cell holds where the library gives it otherwise, "" where it gives it as it is."""
    if cell.get("t") == "e":
        return str(cell.findtext("{*}v"))[:LONGEST_ERROR]
    if cell.get("t") == "s":
        return dressed.get(cell.findtext("{*}v") or "", "")
    return next(filter(None, map(apart, cell.iterfind("{*}is"))), "")


def _filled(archive: ZipFile, part: str, *, file: str, errors: Errors, dressed: Mapping[str, str]) -> int:
    """Return how many cells a part has, and note those that failed; raise when its corners lie too far apart."""
    where = f"{file}, part {part!r}"
    first_row, last_row, last_column, filled, row, column = 0, 0, 0, 0, 0, 0
    for kind, element in _rows_and_cells(archive, part):
        if kind == "row":
            row, column = _number(element.get("r"), where=where) or row + 1, 0
        else:
            row, column = _place(element.get("r"), after=(row, column), where=where)
            filled += 1
            if text := _otherwise(element, dressed):
                errors.setdefault(row, {})[column] = text
            if len(errors) > MOST_ERRORS:  # one that is not noted would be read as a blank, or as another number
                expected = f"at most {MOST_ERRORS:,} rows with a formula that failed or a sign that is raised"
                raise ContractError([Problem(file=where, expected=expected, came="more")], kind="archive")
            first_row, last_row = min(first_row or row, row), max(last_row, row)
            last_column = max(last_column, column)
    grid = (last_row - first_row + 1) * last_column
    if last_column > MOST_COLUMNS or last_row > MOST_ROWS or grid > MOST_CELLS:
        expected = f"at most {MOST_COLUMNS:,} columns, {MOST_ROWS:,} rows and {MOST_CELLS:,} cells between its corners"
        came = f"{last_column:,} columns and {last_row - first_row + 1:,} rows"
        raise ContractError([Problem(file=where, expected=expected, came=came)], kind="archive")
    return filled


def _rows_and_cells(archive: ZipFile, part: str) -> Iterator[tuple[str, Any]]:
    """Yield each row (as it begins) and each cell (as it ends) of a part, and free what is behind; none if no XML."""
    with suppress(etree.XMLSyntaxError):  # the library that reads it says what is wrong
        outermost = _outermost(archive, part)
        parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=(outermost, "{*}row", "{*}c"),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        )
        root: Any = None
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                parser.feed(piece)
                events: Any = parser.read_events()
                for event, element in events:
                    root = element if root is None else root
                    kind = element.tag.rpartition("}")[2]
                    if _GIVEN.get(kind) == event:
                        yield kind, element
                _forget(root)


def _outermost(archive: ZipFile, part: str) -> str:
    """Return the tag of a part's outermost element."""
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, huge_tree=False)
    with archive.open(part) as stream:
        while piece := stream.read(SMALL_PIECE):
            parser.feed(piece)
            events: Any = parser.read_events()
            for _, element in events:
                return str(element.tag)
    return "none"


def _forget(element: Any) -> None:
    """Free what was read but the last of each kind inside the other, which may go on: of whatever name it is."""
    while element is not None and len(element):
        del element[:-1]
        element = element[-1]


def _place(text: str | None, *, after: tuple[int, int], where: str) -> tuple[int, int]:
    """Return the row and column of a cell's name ("C130" -> 130, 3); one without a name stands after the last."""
    if text is None:
        return after[0], after[1] + 1
    match = _PLACE.fullmatch(text)
    if match is None:
        raise ContractError([Problem(file=where, expected="a cell such as C130", came=repr(text[:40]))])
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _number(text: str | None, *, where: str) -> int:
    if text is None:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) <= 12):
        raise ContractError([Problem(file=where, expected="a row's number", came=repr(text[:40]))])
    return int(text)
