"""From an uploaded file's bytes to rows of text: CSV in whatever dress a spreadsheet gave it, or XLSX.

The awkward fact: Excel in Wales may write semicolons, tabs or Windows letters; a workbook may hold formulas, merged
cells or a bomb. A cell that is not what is seen in it is told, not guessed.
"""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from local_figures.checking.problems import Problem, unreadable

MOST_BYTES = 10_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 60
MOST_PARTS = 500
PIECE = 1 << 18
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows of a file by their number in it, the first being the header, and what was wrong with single cells."""

    rows: dict[int, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()


def read(content: bytes) -> Sheet:
    """Return the filled rows of a CSV or XLSX; raise `UnreadableError` for any other file, or one too large."""
    if not content.strip():
        raise unreadable("empty")
    if len(content) > MOST_BYTES:
        raise unreadable("too_large", most=f"{MOST_BYTES // 1_000_000}", came=f"{len(content) / 1_000_000:.1f}")
    sheet = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    if not sheet.rows:
        raise unreadable("empty")
    return sheet


def _csv(content: bytes) -> Sheet:
    text = _text(content)
    header = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t|", key=header.count)
    rows: dict[int, tuple[str, ...]] = {}
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for at, row in enumerate(reader, start=1):
            _bound(at, len(row))
            if any(cell.strip() for cell in row):
                rows[at] = tuple(tidy(cell) for cell in row)
    except csv.Error as error:
        raise unreadable("not_csv", row=reader.line_num) from error
    return Sheet(rows=rows)


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\x00" in content:
        raise unreadable("not_table")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _bound(row: int, columns: int) -> None:
    if row > MOST_ROWS + 1:
        raise unreadable("too_many_rows", most=f"{MOST_ROWS:,}")
    if columns > MOST_COLUMNS:
        raise unreadable("too_many_columns", most=MOST_COLUMNS)


def _xlsx(content: bytes) -> Sheet:
    try:
        _unpack_all(content)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        problems = tuple(_scan(content, book.sheet_names))
        data = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (*_DAMAGE, CalamineError, etree.XMLSyntaxError) as error:
        raise unreadable("not_table") from error
    rows = {at: tuple(tidy(_cell(cell)) for cell in row) for at, row in enumerate(data, start=1)}
    return Sheet(rows={at: row for at, row in rows.items() if any(row)}, problems=problems)


def _unpack_all(content: bytes) -> None:
    """Unpack every part once, keeping nothing: the sizes that an archive tells of itself may be lies."""
    unpacked = 0
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = {name.casefold().replace("\\", "/") for name in archive.namelist()}
        if len(archive.infolist()) > MOST_PARTS or len(names) != len(archive.infolist()):
            raise unreadable("not_table")
        for part in archive.infolist():
            with archive.open(part) as stream:
                while piece := stream.read(PIECE):
                    unpacked += len(piece)
                    if unpacked > MOST_UNPACKED:
                        raise unreadable("bomb", most=f"{MOST_UNPACKED // 1_000_000}")


def _scan(content: bytes, names: Sequence[str]) -> Iterator[Problem]:
    """Bound the first sheet by its own cells, and tell of formulas and merged cells in it."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        first, part = _first_sheet(archive)
        if names[:1] != [first]:  # the reader of its cells must mean the same sheet
            raise unreadable("not_table")
        with archive.open(part) as stream:
            yield from _scanned(stream)


def _first_sheet(archive: zipfile.ZipFile) -> tuple[str, str]:
    """Return the name of the first tab and the part that holds its cells: their order is the workbook's alone."""
    tab = next(_elements(archive, "xl/workbook.xml", "sheet"), None)
    if tab is None:
        raise unreadable("not_table")
    wanted = next((value for name, value in tab.attrib.items() if etree.QName(name).localname == "id"), None)
    links = {link.get("Id"): link for link in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")}
    if wanted not in links or not links[wanted].get("Type", "").endswith("/worksheet"):
        raise unreadable("not_table")
    target = links[wanted].get("Target", "")
    return tab.get("name", ""), target[1:] if target.startswith("/") else f"xl/{target}"


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[etree._Element]:
    root = etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True))
    return root.iter(f"{{*}}{name}")


def _scanned(stream: object) -> Iterator[Problem]:
    """Yield what is wrong with single cells; one that does not say where it is stands after the one before it."""
    found = etree.iterparse(stream, ("start", "end"), resolve_entities=False, no_network=True, remove_comments=True)
    row, column = 0, 0
    for event, element in found:
        tag = etree.QName(element).localname
        if event == "start":
            if tag == "row":
                row, column = int(element.get("r", row + 1)), 0
            continue
        if tag == "c":
            row, column = _place(element.get("r"), row, column + 1)
            _bound(row, column)
            if any(True for _ in element.iterchildren("{*}f")):
                yield Problem(key="formula", row=row, column=_letters(column))
        if tag == "mergeCell" and (match := _CELL.match(element.get("ref", ""))):
            yield Problem(key="merged", row=int(match[2]), column=match[1])
        if tag in ("row", "mergeCell"):
            element.clear()


def _place(told: str | None, row: int, column: int) -> tuple[int, int]:
    """Return the row and column that a cell tells of itself, or else those where it stands."""
    if told is None:
        return row, column
    match = _CELL.fullmatch(told.upper())
    if match is None:
        raise unreadable("not_table")
    return int(match[2]), _number(match[1])


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cell(cell: object) -> str:
    """Return a cell as it would be typed: 12.0 is 12, a day is in ISO form."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        return f"{Decimal(str(cell)):f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def tidy(cell: str) -> str:
    """Return a cell with single spaces between its words and none around them."""
    return " ".join(cell.replace("\u00a0", " ").replace("\x00", "").split())
