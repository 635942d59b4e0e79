"""From an uploaded file's bytes to rows of text: CSV in whatever dress a spreadsheet gave it, or XLSX.

The awkward fact: Excel in Wales may write semicolons, tabs or Windows letters; a workbook may hold formulas, merged
cells or a bomb. A cell that is not what is seen in it is told, not guessed.
"""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
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
                rows[at] = tuple(_tidy(cell) for cell in row)
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
        names = book.sheet_names
        problems = tuple(_scan(content))
        data = book.get_sheet_by_index(0).to_python(skip_empty_area=False) if names else []
    except (*_DAMAGE, CalamineError, etree.XMLSyntaxError) as error:
        raise unreadable("not_table") from error
    rows = {at: tuple(_tidy(_cell(cell)) for cell in row) for at, row in enumerate(data, start=1)}
    return Sheet(rows={at: row for at, row in rows.items() if any(row)}, problems=problems)


def _unpack_all(content: bytes) -> None:
    """Unpack every part once, keeping nothing: the sizes that an archive tells of itself may be lies."""
    unpacked = 0
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if len(archive.infolist()) > MOST_PARTS or "xl/workbook.xml" not in archive.namelist():
            raise unreadable("not_table")
        for part in archive.infolist():
            with archive.open(part) as stream:
                while piece := stream.read(PIECE):
                    unpacked += len(piece)
                    if unpacked > MOST_UNPACKED:
                        raise unreadable("bomb", most=f"{MOST_UNPACKED // 1_000_000}")


def _scan(content: bytes) -> Iterator[Problem]:
    """Bound the first sheet by its own cells, and tell of formulas and merged cells in it."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = sorted(name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
        for name in sheets:
            with archive.open(name) as stream:
                yield from _scanned(stream, tell=name == sheets[0])


def _scanned(stream: object, *, tell: bool) -> Iterator[Problem]:
    found = etree.iterparse(stream, events=("end",), resolve_entities=False, no_network=True, huge_tree=False)
    for _, element in found:
        tag = etree.QName(element).localname
        if tag == "c" and (match := _CELL.fullmatch(element.get("r", ""))):
            _bound(int(match[2]), _number(match[1]))
            if tell and any(etree.QName(child).localname == "f" for child in element):
                yield Problem(key="formula", row=int(match[2]), column=match[1])
        if tell and tag == "mergeCell" and (match := _CELL.match(element.get("ref", ""))):
            yield Problem(key="merged", row=int(match[2]), column=match[1])
        if tag in ("row", "mergeCell"):
            element.clear()


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
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _tidy(cell: str) -> str:
    return " ".join(cell.replace("\u00a0", " ").replace("\x00", "").split())
