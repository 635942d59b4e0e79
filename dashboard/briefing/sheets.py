"""What a workbook is before it is XLSX or ODS: sheets of lines and at most one table each, in one language.

The awkward fact: a screen reader starts in cell A1 and goes down. So a sheet is what is read from the top: a title,
lines in column A, and then the table, with nothing beside and nothing below it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from textwrap import wrap
from typing import Literal, TypeAlias

from dashboard.i18n import Language

LONGEST_NAME = 31  # Excel's limit for the name of a sheet
SANS = "Arial"
TEXT_SIZE, TITLE_SIZE, HEADING_SIZE = 12, 18, 14
WIDE = 110
WIDEST = 40
_NARROWEST = 11
_LEADING, _AIR = 1.3, 6  # the height of a line as a share of its letters; points over a title or a heading


@dataclass(frozen=True, kw_only=True)
class Line:
    """A text in a cell; `sheet` or `url` makes it a link, `lang` says its language where it is not the workbook's."""

    text: str
    style: Literal["title", "heading", "text"] = "text"
    sheet: str = ""
    url: str = ""
    lang: Language | None = None


Entry: TypeAlias = str | float | date | Line


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head of a column; `decimals` are those shown, None for a column of text; `width` in letters."""

    label: str
    width: int
    decimals: int | None = None


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The one table of a sheet: `name` is how a program finds it; `frozen` keeps its heads in sight.

    No cell of a briefing is empty; None is one in the rows of a single figure, which say why in another column.
    """

    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Entry | None, ...], ...]
    frozen: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: its name on the tab, the lines in column A, and the table under them where it has one."""

    name: str
    lines: tuple[Line, ...]
    grid: Grid | None = None


@dataclass(frozen=True, kw_only=True)
class Book:
    """A workbook with its properties; the first sheet is the one it opens on; `mark` stands over each printed page."""

    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    lang: Language
    made_on: date
    sheets: tuple[Sheet, ...]
    mark: str = ""


def entry_text(entry: Entry | None) -> str:
    """Return the text of an entry, a number as it is held and a day as 2026-06-30."""
    return entry.text if isinstance(entry, Line) else "" if entry is None else str(entry)


def width_for(label: str, entries: Iterable[Entry], *, widest: int = WIDEST) -> int:
    """Return how wide a column is: as its longest text up to the widest, and never cutting a word of its label."""
    longest_word = max((len(word) for word in label.split()), default=0)
    texts = max((len(entry_text(entry)) for entry in entries if not isinstance(entry, float)), default=0)
    return max(_NARROWEST, longest_word + 2, min(widest, texts + 2))


def widths(sheet: Sheet) -> tuple[int, ...]:
    """Return the widths of the columns of a sheet, in letters."""
    return tuple(head.width for head in sheet.grid.heads) if sheet.grid else (WIDE,)


def heights(sheet: Sheet) -> tuple[float, ...]:
    """Return the heights of the rows of a sheet from the top, in points, so that wrapped text is read whole.

    Over a table, lines run on to the right and are not wrapped.
    """
    over = (_line_height(line, width=0 if sheet.grid else WIDE) for line in sheet.lines)
    if sheet.grid is None:
        return tuple(over)
    rows = (tuple(head.label for head in sheet.grid.heads), *sheet.grid.rows)
    return (*over, *(_row_height(row, widths(sheet)) for row in rows))


def _line_height(line: Line, *, width: int) -> float:
    size = {"title": TITLE_SIZE, "heading": HEADING_SIZE}.get(line.style, TEXT_SIZE)
    lines = _lines(line.text, width * TEXT_SIZE // size) if width else 1
    return lines * size * _LEADING + (0 if line.style == "text" else _AIR)


def _row_height(row: Iterable[Entry | None], wide: Iterable[int]) -> float:
    return max(_lines(entry_text(entry), width) for entry, width in zip(row, wide, strict=True)) * TEXT_SIZE * _LEADING


@lru_cache(maxsize=4096)
def _lines(text: str, width: int) -> int:
    """Count the lines of a text; a letter counts as wide as a figure, so it may leave room but cuts nothing."""
    return len(wrap(text, width)) or 1
