"""From a publisher's workbook (ODS or XLSX) to one table of text cells, found by its headings.

The awkward fact: what is on row 2 this quarter is on row 3 the next, and a sheet is renamed. So a header is
looked for by its words; and whatever is not exactly what a layout declares, a heading that is gone or new, a
cell that is neither number nor known marker, is refused with its file, sheet and cell.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

import pandas as pd

from cohesion.files import sha256_of
from etl.contract import ContractError, Problem
from etl.reading import ods, xlsx
from etl.reading.markers import MARKER_OF
from etl.reading.ods import Row
from etl.reading.wording import listed, name, one_line, plain, without_notes, without_stuck_digits
from etl.reading.zip_safety import opened

HEADER_WITHIN = 30  # rows from a sheet's top in which its header must stand
SHOWN_AT_MOST = 20
END_OF_TABLE = "end of table"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column to read: our name for it, the headings it may stand under, and what its cells may hold."""

    name: str
    headings: tuple[str, ...]
    number: bool = False  # a whole one, of people or offences
    signed: bool = False  # and it may stand below 0
    markers: bool = False  # beside numbers, a marker that etl/reading/markers.py knows
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A table as its publisher lays it out: columns to read, and headings that may stand beside them unread."""

    columns: tuple[Column, ...]
    unread: tuple[str, ...] = ()

    def every_heading(self) -> set[str]:
        """Return every heading that may stand in the header."""
        return {plain(h) for c in self.columns for h in c.headings} | {plain(h) for h in self.unread}


def same_names(*names: str, numbers: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return columns whose headings are our names for them."""
    return tuple(Column(name=name, headings=(name,), number=name in numbers) for name in names)


def is_ods(path: Path) -> bool:
    """Say whether an archive is an ODS; raise for one that is no workbook at all."""
    with opened(path) as archive:
        names = set(archive.namelist())
    if ods.CONTENT in names:
        return True
    if "xl/workbook.xml" in names:
        return False
    raise ContractError([Problem(file=path.name, expected="an ODS or XLSX workbook", came="another archive")])


def rows(path: Path, *, sheet_filter: Callable[[str], bool] = ods.every_sheet) -> Iterator[Row]:
    """Yield the filled rows of the wanted sheets of a workbook, every cell as text; one sheet for one table.

    Where only some sheets are wanted, one that is hidden or stands there under two spellings is refused: it may be
    an older copy, and both would be read and added.
    """
    chosen = sheet_filter if sheet_filter is ods.every_sheet else _once(sheet_filter, file=path.name)
    yield from (ods if is_ods(path) else xlsx).rows(path, sheet_filter=chosen)


def _once(sheet_filter: Callable[[str], bool], *, file: str) -> Callable[[str], bool]:
    """Want the same sheets; raise at a second one that is called like the first."""
    sheet_of: dict[str, str] = {}

    def once(sheet: str) -> bool:
        if not sheet_filter(sheet):
            return False
        key = "" if isinstance(sheet_filter, Named) else _sheet_key(sheet)
        if key in sheet_of:
            came = listed((sheet_of[key], sheet))
            raise ContractError([Problem(file=file, expected="one sheet for one table", came=came)])
        sheet_of[key] = sheet
        return True

    return once


def address(column: int, row: int) -> str:
    """Return a cell's name in a spreadsheet (0, 7 -> "A7")."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def table(
    path: Path,
    *,
    sheet_filter: Callable[[str], bool],
    sheets: str,
    layout: Layout,
    keep: Callable[[tuple[str, ...]], bool] = lambda _: True,
    ends: tuple[str, ...] = (),
    prepared: Callable[[Iterable[Row]], Iterable[Row]] = iter,
) -> pd.DataFrame:
    """Return the cells of `layout` in the wanted sheets (`sheets` says which, in words), and `sheet`, as text.

    The index is such that the row of a refused cell is named as the spreadsheet counts it, in a table of one sheet.
    `keep` picks rows by the cells of `layout.columns`; a sheet's table ends at a first cell that begins with one
    of `ends`, or "End of table". `prepared` mends the rows of an unusual layout before they are looked at.
    """
    digest = sha256_of(path) if path.is_file() else ""
    cells = _table(
        path,
        digest,
        sheet_filter=sheet_filter,
        sheets=sheets,
        layout=layout,
        keep=keep,
        ends=ends,
        prepared=prepared,
    )
    return cells.copy(deep=False)


@lru_cache(maxsize=2)  # a file that is dated and read, table after table, is laid out once
def _table(
    path: Path,
    _digest: str,
    *,
    sheet_filter: Callable[[str], bool],
    sheets: str,
    layout: Layout,
    keep: Callable[[tuple[str, ...]], bool],
    ends: tuple[str, ...],
    prepared: Callable[[Iterable[Row]], Iterable[Row]],
) -> pd.DataFrame:
    reader = _Reader(file=path.name, layout=layout, keep=keep, ends=(END_OF_TABLE, *ends))
    names: list[str] = []

    def note(name: str) -> bool:
        names.append(name)
        return sheet_filter(name)

    for row in prepared(rows(path, sheet_filter=note)):
        reader.take(row)
    reader.finish(expected=sheets, sheets=names)
    return reader.frame()


def in_sheet(path: Path, cells: pd.DataFrame) -> str:
    """Return where the rows of a table of one sheet stand, for the refusal of one of them."""
    return f"{path.name}, sheet {cells['sheet'].iloc[0]!r}" if len(cells) else path.name


def one_header(rows: Iterable[Row], *, pair: Callable[[Row, Row], bool]) -> Iterator[Row]:
    """Yield the rows with a header of two rows made one: the lower cell where there is one, else the upper."""
    upper: Row | None = None
    for row in rows:
        if upper is not None and upper.sheet == row.sheet and pair(upper, row):
            cells = zip_longest(upper.cells, row.cells, fillvalue="")
            upper = Row(row.sheet, row.number, tuple(below or above for above, below in cells))
            continue
        if upper is not None:
            yield upper
        upper = row
    if upper is not None:
        yield upper


_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+")
# What a spreadsheet writes where a formula failed, in Excel and in LibreOffice.
_ERROR = re.compile(
    r"#(N/A|REF|VALUE|DIV/0|NAME|NUM|NULL|GETTING_DATA|SPILL|CALC|FIELD|BLOCKED|UNKNOWN)\b|Err:\d+", re.I
)


def without_typing(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows as older tables mean them: "North Wales2" is "North Wales", and the text "1,043" the number 1043."""
    for row in rows:
        yield row._replace(cells=tuple(meant(cell) for cell in row.cells))


def meant(cell: str) -> str:
    """Return what an older table means by a cell: without footnote digits stuck to words, or commas in a number."""
    return without_commas(cell) if _THOUSANDS.fullmatch(cell) else without_stuck_digits(cell)


def without_commas(cell: str) -> str:
    """Return a number typed with commas between its thousands as a plain one, any other text as it stands."""
    return cell.replace(",", "") if _THOUSANDS.fullmatch(cell) else cell


class _Reader:
    """Takes rows one at a time, and holds only those of the table that are kept."""

    def __init__(
        self, *, file: str, layout: Layout, keep: Callable[[tuple[str, ...]], bool], ends: tuple[str, ...]
    ) -> None:
        self.file, self.layout, self.keep, self.ends = file, layout, keep, ends
        self.every_heading = layout.every_heading()
        self.sheet = ""
        self.headless: dict[str, tuple[int, Row]] = {}  # sheets without a header yet, with their likeliest row
        self.places: tuple[int, ...] = ()
        self.ended = False
        self.rows: list[tuple[str, ...]] = []
        self.index: list[int] = []
        self.problems: list[Problem] = []

    def take(self, row: Row) -> None:
        """Look for the sheet's header, and below it read."""
        if row.sheet != self.sheet:
            self.sheet, self.places, self.ended = row.sheet, (), False
            self.headless[row.sheet] = (0, row)
        if self.ended:
            return
        if not self.places:
            self._look_for_header(row)
        elif plain(row.cells[0]).startswith(self.ends):
            self.ended = True
        else:
            self._read(row)

    def _look_for_header(self, row: Row) -> None:
        headings = [self._heading(cell) for cell in row.cells]
        places = [
            next((headings.index(h) for h in map(plain, c.headings) if h in headings), -1) for c in self.layout.columns
        ]
        hits = sum(place >= 0 for place in places)
        if row.number > HEADER_WITHIN or hits < max(2, len(places) // 2):
            if hits > self.headless[row.sheet][0] or row.number == 1:
                self.headless[row.sheet] = (hits, row)
            return
        del self.headless[row.sheet]
        self.places = tuple(places)
        for column, place in zip(self.layout.columns, places, strict=True):
            others = [h for h in dict.fromkeys(map(plain, column.headings)) if h in headings]
            if len(others) > 1:
                expected = f"one column of {' or '.join(map(repr, column.headings))}"
                self._refuse(f"row {row.number}", expected, listed(row.cells[headings.index(h)] for h in others))
            if place < 0 and not column.optional:
                came = f"none among {listed(filter(None, row.cells), most=20)}"
                self._refuse(f"row {row.number}", f"a column {' or '.join(map(repr, column.headings))}", came)
        for place, heading in enumerate(headings):
            if heading and (heading not in self.every_heading or headings.index(heading) != place):
                self._refuse(address(place, row.number), "only known headings, each once", repr(row.cells[place]))

    def _heading(self, cell: str) -> str:
        """Return a heading as the layout writes it; the digits of a note may stick to it."""
        heading = plain(cell)
        return heading if heading in self.every_heading else without_stuck_digits(heading)

    def _read(self, row: Row) -> None:
        for place, cell in enumerate(row.cells):
            if cell.startswith(("#", "Err:")) and _ERROR.match(cell):
                self._refuse(address(place, row.number), "a cell without a spreadsheet's error", repr(cell))
                return
        cells = tuple(
            _meant(row.cells[p] if 0 <= p < len(row.cells) else "", column=column)
            for p, column in zip(self.places, self.layout.columns, strict=True)
        )
        if not any(cells) or not self.keep(cells):
            return
        for column, place, cell in zip(self.layout.columns, self.places, cells, strict=True):
            if column.number and place >= 0 and not _is_number(cell, column=column):
                self._refuse(address(place, row.number), _number_words(column, cell=cell), repr(cell))
        self.rows.append((*(sys.intern(cell) for cell in cells), row.sheet))
        self.index.append(row.number - 2)

    def _refuse(self, where: str, expected: str, came: str) -> None:
        self.problems.append(Problem(file=f"{self.file}, sheet {self.sheet!r}, {where}", expected=expected, came=came))

    def finish(self, *, expected: str, sheets: list[str]) -> None:
        """Raise with every problem met, with sheets that have no header, or when no sheet was the wanted one."""
        if not self.sheet:
            came = listed([*dict.fromkeys(sheets)]) if sheets else "no sheet"
            self.problems.append(Problem(file=self.file, expected=expected, came=came))
        for sheet, (_, row) in self.headless.items():
            headings = ", ".join(repr(c.headings[0]) for c in self.layout.columns if not c.optional)
            where = f"{self.file}, sheet {sheet!r}"
            expected_row = f"a row among the first {HEADER_WITHIN} with the headings {headings}"
            came = f"none; nearest is row {row.number}, {listed(filter(None, row.cells))}"
            self.problems.append(Problem(file=where, expected=expected_row, came=came))
        if self.problems:
            raise ContractError(self.problems[:SHOWN_AT_MOST])
        if not self.rows:
            raise ContractError([Problem(file=self.file, expected="rows below the header", came="none")])

    def frame(self) -> pd.DataFrame:
        """Return what was kept; over several sheets rows are counted through, for one number cannot name two."""
        names = [column.name for column in self.layout.columns]
        one = len({cells[-1] for cells in self.rows}) == 1
        return pd.DataFrame(self.rows, columns=[*names, "sheet"], index=self.index if one else None, dtype=str)


def _meant(cell: str, *, column: Column) -> str:
    """Return what a cell holds: a count without its commas ("1,313" -> "1313"), any other text without its notes."""
    return without_commas(one_line(cell)) if column.number else name(cell)


def _is_number(cell: str, *, column: Column) -> bool:
    whole = re.fullmatch(r"-?\d{1,15}" if column.signed else r"\d{1,15}", cell, re.ASCII)
    return bool(whole) or (column.markers and cell in MARKER_OF)


def _number_words(column: Column, *, cell: str) -> str:
    """Return what a cell should have been; why it is none of it is told where it is a number after all."""
    number = re.fullmatch(r"-?\d+(\.\d+)?", cell, re.ASCII)
    least = "" if column.signed else " and not below 0"
    return f"a number for {column.headings[0]!r}{f', whole{least}' if number else ''}"


def find_text(path: Path, *, sheet_filter: Callable[[str], bool], pattern: str, what: str) -> re.Match[str]:
    """Return the first match of `pattern` in any cell of the wanted sheets; raise saying `what` was looked for."""
    for row in rows(path, sheet_filter=sheet_filter):
        for cell in row.cells:
            if match := re.search(pattern, without_notes(cell)):
                return match
    raise ContractError([Problem(file=path.name, expected=what, came="no such words")])


def title_of(path: Path, *, sheet_filter: Callable[[str], bool], headings: Iterable[str], called: str) -> list[str]:
    """Return a sheet's title: its first cell, and every cell above the header that begins as titles do ("Table 12: …").

    The header is the first row with one of the headings; `called` is how titles begin. Other lines above it may be
    notes, and speak of other periods.
    """
    lines: list[str] = []
    header = set(map(plain, headings))
    for row in rows(path, sheet_filter=sheet_filter):
        if header & set(map(plain, row.cells)) or row.number > HEADER_WITHIN:
            break
        cells = [without_notes(cell) for cell in row.cells if cell]
        lines += [cell for cell in cells if not lines or cell.casefold().startswith(called.casefold())]
    return lines


@dataclass(frozen=True)
class Named:
    """Wants the one sheet of these names."""

    keys: frozenset[str]

    def __call__(self, sheet: str) -> bool:
        """Say whether a sheet is called so."""
        return _sheet_key(sheet) in self.keys


def named(*names: str) -> Named:
    """Want the sheet of these names, whatever the case of their letters, and " - " or "_" between the words."""
    return Named(frozenset(map(_sheet_key, names)))


def _sheet_key(name: str) -> str:
    """Return a sheet's name in its plainest spelling, without the year of its codes ("MYEB3 (2025 Geography)")."""
    return re.sub(r"_\(\d{4}_geography\)$", "", re.sub(r"[\s_-]+", "_", one_line(name)).casefold())


def one_each(frame: pd.DataFrame, *, key: Iterable[str], file: str) -> pd.DataFrame:
    """Return `frame` when no two rows share a key; adding rows that stand twice would double them."""
    columns = list(key)
    twice = frame[frame.duplicated(columns)]
    if not twice.empty:
        came = [" / ".join(values) for values in twice[columns].head(5).itertuples(index=False, name=None)]
        raise ContractError([Problem(file=file, expected=f"each {', '.join(columns)} once", came="; ".join(came))])
    return frame
