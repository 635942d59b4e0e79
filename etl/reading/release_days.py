"""The day of release as a workbook says it itself, on its cover or among its notes, in English or Welsh.

The awkward fact: the day a publisher's page was last touched is not the day its file came out, and sentences in the
notes speak of other releases. So only a label and a day that fill a cell, or two cells side by side, are believed; a
line about the next release never is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from etl.reading import ods
from etl.reading.ods import Row
from etl.reading.periods import MONTH_OF
from etl.reading.sheets import rows
from etl.reading.zip_safety import opened

_NEXT = re.compile(r"\b(next|nesaf|future)\b")
LONGEST_LINE = 200  # letters of a cell that only states a day
TOP = 40  # rows of a sheet among which a label is looked for
_FRONT = re.compile(
    r"cover|contents|notes|information|introduction|about|metadata|title|read.?me|clawr|cynnwys|nodiadau|gwybodaeth|rhagarweiniad"
)
_LABEL = (
    r"(first |last )?(published|publication date|date of publication|released?( on| date)?|date (published|released)|"
    r"(date )?(last )?updated|revised|reissued|republished)( on)?|"
    r"dyddiad (cyhoeddi|rhyddhau|diweddaru)|(ail)?gyhoeddwyd|cyhoeddwyd|diweddarwyd|diwygiwyd"
)
_DAY = (
    r"(?P<d>\d{1,2})(st|nd|rd|th|af|ail|ydd|fed|eg|ain)? (of )?(?P<m>[^\W\d_]+),? (?P<y>\d{4})|"
    r"(?P<dd>\d{1,2})[/.](?P<mm>\d{1,2})[/.](?P<yy>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2})(t[\d:.]+z?)?"
)
_LINE = re.compile(
    rf"({_LABEL})( ddiwethaf)?( ar)?\W*(\w+day,? )?(dydd \w+,? )?([\d:.]+ ?(am|pm)?,? (on )?)??({_DAY})\W*"
)


@dataclass(frozen=True, kw_only=True, order=True)
class Stated:
    """A day of release as a workbook states it ("2026-11-26"), and on which sheet and row."""

    day: str
    where: str


def stated(path: Path) -> Stated | None:
    """Return the newest day of release or update that a workbook's front sheets state, or None."""
    days = (
        Stated(day=day.isoformat(), where=f"sheet {row.sheet!r}, row {row.number}")
        for row in _front(path)
        for day in _days(row)
    )
    return max(days, default=None)


def _front(path: Path) -> Iterator[Row]:
    if not zipfile.is_zipfile(path) or not _is_workbook(path):
        return
    for row in rows(path, sheet_filter=lambda name: _FRONT.search(name.casefold()) is not None):
        if row.number <= TOP:
            yield row


def _is_workbook(path: Path) -> bool:
    with opened(path) as archive:
        return bool({ods.CONTENT, "xl/workbook.xml"} & set(archive.namelist()))


def _days(row: Row) -> Iterator[date]:
    """Give the days that a cell, or a cell with the one after it, states."""
    filled = [" ".join(cell.split()) for cell in row.cells if cell and len(cell) <= LONGEST_LINE]
    if any(_NEXT.search(text.casefold()) for text in filled):
        return
    for text in (*filled, *(f"{one} {other}" for one, other in pairwise(filled))):
        matched = _LINE.fullmatch(text.casefold())
        day = _day(matched) if matched else None
        if day:
            yield day


def _day(matched: re.Match[str]) -> date | None:
    try:
        if matched["iso"]:
            return date.fromisoformat(matched["iso"])
        if matched["dd"]:
            return date(int(matched["yy"]), int(matched["mm"]), int(matched["dd"]))
        return date(int(matched["y"]), MONTH_OF[matched["m"]], int(matched["d"]))
    except (ValueError, KeyError):
        return None
