"""Reading an ODS of any size row by row, in constant memory, every cell as text.

The awkward fact: ODS writes a run of equal cells or rows once with a count, and a sheet of ten rows may end
with a million blank ones in a single element. So blank runs only move the row number on, and a run of filled
cells is written out only up to what a real table could hold.

lxml's default limits stay on (`huge_tree=False`), entities are not resolved, nothing is fetched, and a file
with a document type, which no ODS needs, is refused before its first row: docs/decisions/0007.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from lxml import etree

from cohesion.releases import Kind
from cohesion.runs import NUMBER
from etl.contract import ContractError, Problem
from etl.reading.zip_safety import PIECE, opened

MOST_COLUMNS = 1_024
MOST_SAME_ROWS = 10_000
MOST_SPACES = 1_000
LONGEST_CELL = 40_000  # characters; a spreadsheet holds 32,767 at most
LONGEST_ROW = 16_000_000  # bytes of XML between the ends of two rows: lxml keeps a row whole until its end
MANIFEST = "META-INF/manifest.xml"
LONGEST_NUMBER = 40
LONGEST_COUNT = 9
CONTENT = "content.xml"

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DOCUMENT, _SHEET, _ROW = f"{_OFFICE}document-content", f"{_TABLE}table", f"{_TABLE}table-row"
_CELL = f"{_TABLE}table-cell"
_COLUMNS_REPEATED, _ROWS_REPEATED = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_PARAGRAPH, _ANNOTATION = f"{_TEXT}p", f"{_OFFICE}annotation"
_VALUE, _VALUE_TYPE = f"{_OFFICE}value", f"{_OFFICE}value-type"
_OTHER_VALUES = tuple(f"{_OFFICE}{kind}-value" for kind in ("date", "time", "boolean", "string"))


class Row(NamedTuple):
    """A row that holds something: its sheet, its number as a spreadsheet shows it, its cells up to the last filled."""

    sheet: str
    number: int
    cells: tuple[str, ...]


_Where = tuple[str, str, int]  # file, sheet, row


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def every_sheet(_name: str) -> bool:
    """Want every sheet."""
    return True


def rows(path: Path, *, sheet_filter: Callable[[str], bool] = every_sheet) -> Iterator[Row]:
    """Yield the filled rows of the wanted sheets, in the order of the file."""
    with opened(path) as archive:
        if CONTENT not in archive.namelist():
            raise ContractError([Problem(file=path.name, expected=f"an ODS with {CONTENT}", came="an archive without")])
        if MANIFEST in archive.namelist() and b"encryption-data" in archive.read(MANIFEST):
            came = "a document under a password: open it and save it without one"
            raise ContractError([Problem(file=path.name, expected="an ODS that anybody may read", came=came)])
        with archive.open(CONTENT) as stream:
            try:
                yield from _rows(stream, sheet_filter=sheet_filter, file=path.name)
            except etree.XMLSyntaxError as error:
                expected = "XML that is whole and within the limits"
                raise ContractError(
                    [Problem(file=f"{path.name}, {CONTENT}", expected=expected, came=str(error))]
                ) from error


def _rows(stream: _Readable, *, sheet_filter: Callable[[str], bool], file: str) -> Iterator[Row]:
    sheet: Any = None
    parent: Any = None
    name, number, take = "", 0, False
    hidden: frozenset[str] = frozenset()
    dress: Mapping[str, str] = {}
    for element in _finished_rows(stream, file=file):
        if element.getparent() is not parent:
            if parent is None:
                hidden, dress = _hidden_styles(element), _dress_of_styles(element)
            parent = element.getparent()
            _forget_before(parent)
            if (of := _sheet_of(element, file=file)) is not sheet:
                sheet, number, name = of, 0, of.get(f"{_TABLE}name", "")
                take = sheet_filter(name)
                if take and sheet_filter is not every_sheet and of.get(f"{_TABLE}style-name") in hidden:
                    raise hidden_sheet(name, file=file)
        where = (file, name, number + 1)
        times = _count(element.get(_ROWS_REPEATED), where=where)
        cells = _cells(element, where=where, dress=dress) if take else ()
        if cells:
            if times > MOST_SAME_ROWS:
                raise _too_much(where, most=MOST_SAME_ROWS, of="equal rows", came=f"{times:,}")
            for again in range(times):
                yield Row(name, number + 1 + again, cells)
        number += times
        _forget(element)


def _hidden_styles(row: Any) -> frozenset[str]:
    """Return the styles of sheets that are not shown; asked at the first row, before they are freed."""
    styles = row.getroottree().getroot().iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
    return frozenset(
        style.get(f"{_STYLE}name", "")
        for style in styles
        if any(part.get(f"{_TABLE}display") == "false" for part in style.iterfind(f"{_STYLE}table-properties"))
    )


def _dress_of_styles(row: Any) -> Mapping[str, str]:
    """Return what the styles of letters mean that raise them or strike them out; asked at the first row too."""
    styles = row.getroottree().getroot().iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
    kinds = {style.get(f"{_STYLE}name", ""): _kind(style) for style in styles}
    return {name: kind for name, kind in kinds.items() if kind}


_ON_THE_LINE = ("", "0%")  # of the position of letters; others are "super", "sub" or a percentage up or down


def _kind(style: Any) -> str:
    for part in style.iterfind(f"{_STYLE}text-properties"):
        if part.get(f"{_STYLE}text-line-through-style", "none") != "none":
            return "struck"
        if part.get(f"{_STYLE}text-position", "").split(" ")[0] not in _ON_THE_LINE:
            return "note"
    return ""


def hidden_sheet(name: str, *, file: str) -> ContractError:
    """Return the refusal of a hidden sheet that is called like the one to read."""
    came = "a hidden one, which may be an older copy"
    return ContractError([Problem(file=f"{file}, sheet {name!r}", expected="a sheet that is shown", came=came)])


def _finished_rows(stream: _Readable, *, file: str) -> Iterator[Any]:
    """Yield each row element once its end was read; raise first of all when the document has a type."""
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=(_DOCUMENT, _ROW),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    events: Any = parser.read_events()
    is_document, unfinished = False, 0
    while piece := stream.read(PIECE):
        parser.feed(piece)
        unfinished += len(piece)
        for event, element in events:
            if event == "end" and element.tag == _ROW:
                unfinished = 0
                yield element
            elif not is_document and element.tag == _DOCUMENT:
                is_document = True
                _refuse_document_type(element, file=file)
        if unfinished > LONGEST_ROW:
            expected = f"the end of a row within {LONGEST_ROW:,} bytes"
            problem = Problem(file=f"{file}, {CONTENT}", expected=expected, came="more without one")
            raise ContractError([problem], kind="archive")
    root = parser.close()
    if not is_document or root.tag != _DOCUMENT:
        raise ContractError([Problem(file=f"{file}, {CONTENT}", expected="an ODS document", came="other XML")])


def _refuse_document_type(root: Any, *, file: str) -> None:
    declared = root.getroottree().docinfo
    if declared.doctype or declared.internalDTD is not None:
        came = declared.doctype or "a document type"
        raise ContractError([Problem(file=f"{file}, {CONTENT}", expected="XML without a document type", came=came)])


def _sheet_of(element: Any, *, file: str) -> Any:
    """Return the sheet that a row stands in; a table inside a cell of another is refused."""
    sheets = list(element.iterancestors(_SHEET))
    if len(sheets) != 1:
        raise ContractError([Problem(file=file, expected="each row in one sheet", came=f"a row in {len(sheets)}")])
    return sheets[0]


def _forget(element: Any) -> None:
    """Free a row and everything before it in its sheet."""
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]


def _forget_before(element: Any) -> None:
    """Free what stands before an element and before all that it stands in: sheets and groups of rows that are read."""
    while element is not None and (parent := element.getparent()) is not None:
        del parent[: parent.index(element)]
        element = parent


def _cells(row: Any, *, where: _Where, dress: Mapping[str, str]) -> tuple[str, ...]:
    """Return a row's cells as text; blank ones at its end are left out."""
    cells: list[str] = []
    blanks = 0
    for cell in row:
        text = _text(cell, where=where, dress=dress)
        repeated = cell.get(_COLUMNS_REPEATED)
        times = 1 if repeated is None else _count(repeated, where=where)
        if not text:
            blanks += times
        elif blanks or times > 1:
            if len(cells) + blanks + times > MOST_COLUMNS:
                raise _too_much(where, most=MOST_COLUMNS, of="columns", came="more")
            cells += [""] * blanks + [text] * times
            blanks = 0
        else:
            cells.append(text)
    return tuple(cells)


def _count(text: str | None, *, where: _Where) -> int:
    """Return how often a cell or row stands ("3" -> 3; once where nothing is said)."""
    if text is None:
        return 1
    if not (text.isascii() and text.isdecimal() and 0 < len(text) <= LONGEST_COUNT and int(text)):
        raise _refusal(where, expected="a count of repeats", came=repr(text[:80]))
    return int(text)


def _text(cell: Any, *, where: _Where, dress: Mapping[str, str]) -> str:
    """Return what a cell holds: its exact value where it has one, else its words; "" for a cell covered by another."""
    number: str | None = cell.get(_VALUE)
    if number is not None:
        return plain_number(number, where=where) if cell.tag == _CELL else ""
    if not len(cell) or cell.tag != _CELL:
        return _unprinted(cell)
    if cell.get(_VALUE_TYPE) not in (None, "string"):
        return _unprinted(cell)
    first = cell[0]
    if len(cell) == 1 and not len(first) and first.tag == _PARAGRAPH:
        text: str = first.text or ""
        return text.strip()
    words: list[str] = []
    for part in cell:
        if part.tag == _PARAGRAPH:
            words.append(_words(part, where=where))
            if sum(map(len, words)) > LONGEST_CELL:
                raise _too_much(where, most=LONGEST_CELL, of="characters in a cell", came="more")
    whole = "\n".join(words).strip()
    if dress and NUMBER.fullmatch(whole):  # a note's sign would be one more digit
        paragraphs = (_words(part, where=where, dress=dress) for part in cell if part.tag == _PARAGRAPH)
        named = "\n".join(paragraphs).strip()
        whole = " ".join(named.split()) if "[" in named else whole
    return whole or _unprinted(cell)


def _unprinted(cell: Any) -> str:
    """Return a day, time, truth value or text that stands in an attribute ("2026-03-31T00:00:00" -> "2026-03-31")."""
    values = (cell.get(name) for name in _OTHER_VALUES) if cell.tag == _CELL else ()
    return next((value.removesuffix("T00:00:00").strip() for value in values if value), "")


def plain_number(text: str, *, where: _Where) -> str:
    """Return a number as its publisher holds it, "1418" for "1418.0"; raise for what is none."""
    if text.isascii() and text.isdecimal():
        return text
    try:
        number = Decimal(text)
        if len(text) > LONGEST_NUMBER or not number.is_finite() or abs(number.adjusted()) > LONGEST_NUMBER:
            raise InvalidOperation
    except InvalidOperation:
        raise _refusal(where, expected="a number", came=repr(text[:80])) from None
    return str(int(number)) if number == number.to_integral_value() else format(number, "f")


def _refusal(where: _Where, *, expected: str, came: str, kind: Kind = "contract") -> ContractError:
    file, sheet, row = where
    return ContractError([Problem(file=f"{file}, sheet {sheet!r}", row=row, expected=expected, came=came)], kind=kind)


def _too_much(where: _Where, *, most: int, of: str, came: str) -> ContractError:
    """Return the refusal of what no table needs, and a file made to break its reader has."""
    return _refusal(where, expected=f"at most {most:,} {of}", came=came, kind="archive")


def _words(paragraph: Any, *, where: _Where, dress: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a paragraph's words with the spaces and tabs that ODS writes as elements; comments are left out.

    What stands in a style of `dress` is put in brackets: a raised sign as a note, one struck out named so.
    """
    parts = [paragraph.text or ""]
    length = len(parts[0])
    for child in paragraph:
        if length > LONGEST_CELL:
            raise _too_much(where, most=LONGEST_CELL, of="characters in a cell", came="more")
        if child.tag == f"{_TEXT}s":
            count = _count(child.get(f"{_TEXT}c"), where=where)
            if count > MOST_SPACES:
                raise _too_much(where, most=MOST_SPACES, of="spaces", came=f"{count:,}")
            parts.append(" " * count)
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            parts.append(" ")
        elif child.tag not in (_ANNOTATION, etree.Entity):
            parts.append(_words(child, where=where, dress=dress))
        parts.append(child.tail or "")
        length += len(parts[-1]) + (len(parts[-2]) if len(parts) > 1 else 0)
    words, kind = "".join(parts), dress.get(paragraph.get(f"{_TEXT}style-name", ""), "")
    return f" [{kind} {words.strip()}] " if kind and words.strip() else words
