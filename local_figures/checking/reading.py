"""From an uploaded file's bytes to rows of text: CSV in whatever dress a spreadsheet gave it, or XLSX.

The awkward fact: Excel in Wales may write semicolons, tabs or Windows letters; a workbook may hold formulas, merged
cells or a bomb. A cell that is not what is seen in it is told, not guessed.
"""

from __future__ import annotations

import csv
import re
import zipfile
from array import array
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import IO

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from cohesion.errors import OF_DAMAGED_ARCHIVES
from cohesion.runs import NUMBER
from cohesion.runs import apart as with_signs_apart
from dashboard.i18n import LANGUAGES, t
from local_figures.checking.looks import Look, looks_of
from local_figures.checking.problems import Problem, UnreadableError, unreadable
from local_figures.checking.visible_text import one_form
from local_figures.templates.files import DATA

MOST_BYTES = 10_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 60
MOST_PARTS = 500  # of an archive, and tabs of a workbook
MOST_CELLS = 1_500_000  # from the first cell to the last, whether something stands in them or not
MOST_ELEMENTS = 4_000_000  # of the first tab, and of all others together
MOST_IN_CELL = 1_000  # elements
MOST_LETTERS = 10_000_000  # of all cells together: what a CSV could bring
MOST_STRINGS = 400_000
MOST_CONTENTS = 1_000_000  # bytes of the parts that tell which tabs there are
MOST_PROBLEMS = 1_000  # no more are told one by one
_TRUE = ("1", "true")
LEAST_WIDTH, LEAST_HEIGHT = 1.0, 3.0  # of a letter, and points: in less nobody sees that something is there
_BACKWARDS = re.compile(r"[\u202b\u202e\u2067]")  # signs that make what follows run from right to left
PIECE = 1 << 18
_DELIMITER = re.compile(r"\"?sep=([,;\t|])\"?", re.IGNORECASE)
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows of a file by their number in it, the first being the header, and what was wrong with single cells.

    `has_semicolons` is true of a CSV whose cells they divide: programs write one where a comma begins the decimals.
    """

    rows: dict[int, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    has_semicolons: bool = False


def read(content: bytes) -> Sheet:
    """Return the filled rows of a CSV or XLSX; raise `UnreadableError` for any other file, or one too large."""
    if not content.strip():
        raise unreadable("empty")
    if len(content) > MOST_BYTES:
        raise _too_large(len(content))
    sheet = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    if not sheet.rows:
        raise unreadable("first_sheet_empty" if sheet.warnings else "empty")
    return sheet


def read_file(file: Path) -> Sheet:
    """Return what `read` makes of a file, of which no more is taken into memory than may be."""
    with file.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _too_large(max(file.stat().st_size, len(content)))
    return read(content)


def _too_large(size: int) -> UnreadableError:
    return unreadable("too_large", most=f"{MOST_BYTES // 1_000_000}", came=f"{size / 1_000_000:,.1f}")


def _csv(content: bytes) -> Sheet:
    text = _text(content)
    header = text.lstrip("\r\n").split("\n", 1)[0]
    named = _DELIMITER.fullmatch(header.strip())  # Excel may say it in a line of its own
    delimiter = named[1] if named else max(",;\t|", key=header.count)
    rows: dict[int, tuple[str, ...]] = {}
    problems: list[Problem] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for at, row in enumerate(reader, start=1):
            _bound(at, len(row))
            if any(cell.strip() for cell in row):
                rows[at] = tuple(tidy(cell) for cell in row)
                problems += _turned(at, row) if len(problems) <= MOST_PROBLEMS else ()
    except csv.Error as error:
        raise unreadable("not_csv", row=reader.line_num) from error
    if named:
        del rows[next(iter(rows))]
    return Sheet(rows=rows, problems=_bounded(problems), has_semicolons=delimiter == ";")


def _turned(at: int, row: Sequence[object]) -> Iterator[Problem]:
    """Yield each cell with a sign that makes it run backwards: 321 is seen where 123 is kept."""
    for column, cell in enumerate(row, start=1):
        if isinstance(cell, str) and not cell.isascii() and _BACKWARDS.search(cell):
            yield Problem(key="turned", row=at, column=letters(column))


def _bounded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of single cells, as many as are told one by one."""
    first = tuple(islice(problems, MOST_PROBLEMS + 1))
    if len(first) > MOST_PROBLEMS:
        raise unreadable("too_many_problems", most=f"{MOST_PROBLEMS:,}")
    return first


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\x00" in content:
        raise unreadable("not_table")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:  # lines of a file that was put together from two may be of both kinds
        return "".join(map(_line, content.removeprefix(BOM_UTF8).splitlines(keepends=True)))


def _line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _bound(row: int, columns: int) -> None:
    if row > MOST_ROWS + 1:
        raise unreadable("too_many_rows", most=f"{MOST_ROWS:,}")
    if columns > MOST_COLUMNS:
        raise unreadable("too_many_columns", most=MOST_COLUMNS)


def _xlsx(content: bytes) -> Sheet:
    try:
        _unpack_all(content)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            tabs, strings, looks = _tabs(archive), _strings(archive), _looks(archive)
            book = CalamineWorkbook.from_filelike(BytesIO(content))
            problems = _bounded(_scan(archive, tabs, book.sheet_names, _Scanner(strings, looks)))
            warnings = tuple(_unread(archive, tabs[1:]))
        data = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (*OF_DAMAGED_ARCHIVES, OSError, ValueError, KeyError, CalamineError, etree.XMLSyntaxError) as error:
        raise unreadable("not_table") from error
    problems = _bounded((*problems, *(one for at, row in enumerate(data, start=1) for one in _turned(at, row))))
    rows = {at: tuple(tidy(as_typed(cell)) for cell in row) for at, row in enumerate(data, start=1)}
    return Sheet(rows={at: row for at, row in rows.items() if any(row)}, problems=problems, warnings=warnings)


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


@dataclass(frozen=True, kw_only=True)
class _Tab:
    """One tab of a workbook: what it is called, whether it can be seen, and the part that holds its cells."""

    name: str
    hidden: bool
    part: str | None


def _tabs(archive: zipfile.ZipFile) -> tuple[_Tab, ...]:
    """Return the tabs in their order, which is the workbook's alone."""
    links = {link.get("Id"): link for link in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")}
    tabs: list[_Tab] = []
    for tab in _elements(archive, "xl/workbook.xml", "sheet"):
        if len(tabs) == MOST_PARTS:
            raise unreadable("not_table")
        relation = next((value for name, value in tab.attrib.items() if etree.QName(name).localname == "id"), None)
        part = None
        if relation in links and links[relation].get("Type", "").endswith("/worksheet"):
            target = links[relation].get("Target", "")
            part = target[1:] if target.startswith("/") else f"xl/{target}"
        tabs.append(_Tab(name=tab.get("name", ""), hidden=tab.get("state", "visible") != "visible", part=part))
    return tuple(tabs)


@dataclass(frozen=True, kw_only=True)
class _Strings:
    """The shared strings, which the file holds once however many cells repeat them.

    How many letters each has, which are numbers, and of which of these some signs are raised or struck out.
    """

    lengths: Sequence[int]
    numbers: frozenset[int]
    apart: frozenset[int]


def _strings(archive: zipfile.ZipFile) -> _Strings:
    lengths = array("L")
    numbers, apart = set[int](), set[int]()
    part = _part(archive, "xl/sharedstrings.xml")
    letters, elements = 0, 0
    with archive.open(part) if part else BytesIO(b"<sst/>") as stream:
        for _, element in _parsed(stream, ("end",)):
            elements += 1
            if _tag(element) == "si":
                if _is_number(element):
                    numbers.add(len(lengths))
                if with_signs_apart(element):
                    apart.add(len(lengths))
                lengths.append(sum(map(len, element.itertext())))
                letters += lengths[-1]
                _forget(element)
            if letters > MOST_LETTERS or len(lengths) > MOST_STRINGS or elements > MOST_ELEMENTS:
                raise _too_many_letters()
    return _Strings(lengths=lengths, numbers=frozenset(numbers), apart=frozenset(apart))


def _is_number(text: etree._Element) -> bool:
    """Tell whether what stands in a text is a number, whatever it is made of."""
    return NUMBER.fullmatch("".join(map(str, text.itertext())).strip()) is not None


def _part(archive: zipfile.ZipFile, name: str) -> str | None:
    """Return what the archive calls a part, as the reader of the cells looks for it: in letters of any case."""
    return next((one for one in archive.namelist() if one.casefold().replace("\\", "/") == name), None)


def _looks(archive: zipfile.ZipFile) -> Sequence[Look]:
    """Return for each style what is otherwise with a number in it."""
    part = _part(archive, "xl/styles.xml")
    if part is None:
        return ()
    with archive.open(part) as stream:
        return looks_of(_of_styles(stream))


def _of_styles(stream: IO[bytes]) -> Iterator[etree._Element]:
    for elements, (_, element) in enumerate(_parsed(stream, ("end",))):
        if elements > MOST_ELEMENTS:
            raise _too_many_cells()
        yield element
        if _tag(element) in ("border", "cellStyle", "dxf", "fill", "font", "numFmt", "xf"):
            _forget(element)


def _too_many_letters() -> UnreadableError:
    return unreadable("too_many_letters", most=f"{MOST_LETTERS // 1_000_000}")


def _too_many_cells() -> UnreadableError:
    return unreadable("too_many_cells", most=f"{MOST_CELLS:,}")


def _forget(element: etree._Element) -> None:
    """Let an element that was read go, with those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _scan(archive: zipfile.ZipFile, tabs: Sequence[_Tab], names: Sequence[str], scanner: _Scanner) -> Iterator[Problem]:
    """Bound the first sheet by its own cells, and tell of what in it is not as it is seen."""
    # the reader of its cells must mean the same sheet
    if not tabs or tabs[0].part is None or names[:1] != [tabs[0].name]:
        raise unreadable("not_table")
    if tabs[0].hidden:
        yield Problem(key="hidden_sheet", row=1, values={"name": tabs[0].name[:31]})
    with archive.open(tabs[0].part) as stream:
        yield from scanner.problems(stream)


def _unread(archive: zipfile.ZipFile, tabs: Sequence[_Tab]) -> Iterator[Problem]:
    """Yield a warning for each other sheet with something in it that no template brings along."""
    names = ("local.sheet.columns", "local.sheet.lists", "local.sheet.example")
    ours = {DATA, *(t(name, lang=lang) for name in names for lang in LANGUAGES)}
    parts, elements_left = set(archive.namelist()), iter(range(MOST_ELEMENTS))
    for tab in tabs:
        if tab.part not in parts or not _is_filled(archive, tab.part, elements_left):
            continue
        if tab.hidden:
            yield Problem(key="sheet_hidden", values={"name": tab.name[:31]})
        elif tab.name not in ours:
            yield Problem(key="sheet_unread", values={"name": tab.name[:31]})


def _is_filled(archive: zipfile.ZipFile, part: str, elements_left: Iterator[int]) -> bool:
    """Return whether a cell of a tab holds something, or is past as many elements as are looked at."""
    with archive.open(part) as stream:
        for _, element in _parsed(stream, ("end",)):
            if next(elements_left, None) is None or (_tag(element) == "c" and _has_value(element)):
                return True
            if _tag(element) in ("c", "row"):
                _forget(element)
    return False


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[etree._Element]:
    with archive.open(part) as stream:
        content = stream.read(MOST_CONTENTS + 1)
    if len(content) > MOST_CONTENTS:
        raise unreadable("not_table")
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    return root.iter(f"{{*}}{name}")


class _Scanner:
    """Walks over the cells of a sheet and tells of each that is not what somebody sees who opens it."""

    def __init__(self, strings: _Strings, looks: Sequence[Look]) -> None:
        self.strings, self.looks = strings, looks
        self.letters, self.elements = 0, 0
        self.in_cell = 0  # elements of the cell that has begun and not ended, itself among them
        self.last_row, self.last_column = 0, 0
        self.row, self.column = 0, 0
        self.columns_hidden: list[tuple[int, int]] = []
        self.columns_shown: list[tuple[int, int]] = []  # those of a size of their own
        self.rows_hidden, self.row_hidden = False, False
        self.rows_low, self.columns_narrow = False, False  # where nothing else is said of them
        self.told_hidden: set[int | str] = set()  # rows and columns

    def problems(self, stream: IO[bytes]) -> Iterator[Problem]:
        """Yield what is wrong with single cells; one that does not say where it is stands after the one before it."""
        for event, element in _parsed(stream, ("start", "end")):
            tag = _tag(element)
            if event == "start":
                self._begins(tag, element)
                continue
            if tag == "c":
                yield from self._cell(element)
            elif tag == "mergeCell" and (match := _CELL.match(element.get("ref", ""))):
                yield Problem(key="merged", row=int(match[2]), column=match[1])
            if tag == "c" or not self.in_cell:
                self.in_cell = 0
                _forget(element)

    def _begins(self, tag: str, element: etree._Element) -> None:
        self.elements += 1
        self.in_cell += tag == "c" or self.in_cell > 0
        if self.elements > MOST_ELEMENTS or self.in_cell > MOST_IN_CELL:
            raise _too_many_cells()
        if tag == "row":
            self.row, self.column = int(element.get("r", self.row + 1)), 0
            by_default = self.rows_hidden or (self.rows_low and element.get("ht") is None)
            self.row_hidden = _is_hidden(element, "ht", least=LEAST_HEIGHT, by_default=by_default)
        elif tag == "col":
            columns = (int(element.get("min", 0)), int(element.get("max", 0)))
            is_hidden = _is_hidden(element, "width", least=LEAST_WIDTH)
            (self.columns_hidden if is_hidden else self.columns_shown).append(columns)
        elif tag == "sheetFormatPr":
            self.rows_hidden = element.get("zeroHeight") in _TRUE
            self.rows_low = _is_less(element.get("defaultRowHeight", ""), LEAST_HEIGHT)
            self.columns_narrow = _is_less(element.get("defaultColWidth", ""), LEAST_WIDTH)

    def _cell(self, element: etree._Element) -> Iterator[Problem]:
        self.row, self.column = _place(element.get("r"), self.row, self.column + 1)
        _bound(self.row, self.column)
        self._hold(element)
        name = letters(self.column)
        if any(True for _ in element.iterchildren("{*}f")):
            yield Problem(key="formula", row=self.row, column=name)
        elif element.get("t") == "e":
            yield Problem(key="cell_error", row=self.row, column=name)
        if not _has_value(element):
            return
        if look := self._look(element):
            yield Problem(key=look, row=self.row, column=name)
        if self.row_hidden and self.row not in self.told_hidden:
            self.told_hidden.add(self.row)
            yield Problem(key="hidden_row", row=self.row)
        if name not in self.told_hidden and self._is_column_hidden():
            self.told_hidden.add(name)
            yield Problem(key="hidden_column", row=self.row, column=name)

    def _is_column_hidden(self) -> bool:
        """Return whether the column of the cell is hidden by itself, or too narrow as all that have no size are."""
        if any(first <= self.column <= last for first, last in self.columns_hidden):
            return True
        return self.columns_narrow and not any(first <= self.column <= last for first, last in self.columns_shown)

    def _look(self, cell: etree._Element) -> str:
        """Return the key of why another number is seen in a cell than is read from it, "" where there is none."""
        value, kind, style = cell.findtext("{*}v") or "", cell.get("t", "n"), int(cell.get("s", 0))
        look = self.looks[style] if 0 <= style < len(self.looks) else Look()
        if kind == "n":
            number = float(value or 0)
            return look.positive if number > 0 else look.negative if number < 0 else look.zero
        if kind == "s":
            at = int(value) if value.isdecimal() else -1
            is_number, is_apart = at in self.strings.numbers, at in self.strings.apart
        else:
            is_number = _is_number(cell)
            is_apart = any(map(with_signs_apart, cell.iterchildren("{*}is")))
        if is_apart:
            return "apart"
        return look.text if is_number or look.text != "struck" else ""  # words struck out are words

    def _hold(self, cell: etree._Element) -> None:
        """Count a cell in: the grid up to it is laid out whole, and a shared string once for each cell."""
        self.last_row, self.last_column = max(self.row, self.last_row), max(self.column, self.last_column)
        if self.last_row * self.last_column > MOST_CELLS:
            raise _too_many_cells()
        if cell.get("t") == "s":
            for value in cell.iterchildren("{*}v"):
                number = int(value.text or 0)
                lengths = self.strings.lengths
                self.letters += lengths[number] if 0 <= number < len(lengths) else 0
        if self.letters > MOST_LETTERS:
            raise _too_many_letters()


def _is_hidden(element: etree._Element, size: str, *, least: float, by_default: bool = False) -> bool:
    """Return whether a row or a column is hidden, or has no size to speak of."""
    hidden = element.get("hidden")
    return hidden in _TRUE or (hidden is None and by_default) or _is_less(element.get(size, ""), least)


def _is_less(size: str, least: float) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", size) is not None and float(size) < least


def _has_value(element: etree._Element) -> bool:
    return any(_tag(child) in ("v", "is") for child in element)


def _parsed(stream: IO[bytes], events: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    yield from etree.iterparse(
        stream, events, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Return the row and column that a cell tells of itself, or else those where it stands."""
    if reference is None:
        return row, column
    match = _CELL.fullmatch(reference.upper())
    if match is None:
        raise unreadable("not_table")
    return int(match[2]), _number(match[1])


def letters(column: int) -> str:
    """Return what a spreadsheet calls a column by its number."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def as_typed(cell: object) -> str:
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
    """Return a cell with single spaces between its words, none around them, and nothing that cannot be seen."""
    return one_form(cell)
