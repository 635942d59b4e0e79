"""A day as somebody writes it, in either language: in a box, in a link, in a cell of a spreadsheet.

The awkward fact: 03/04/2026 is two days to two people. Here the day comes first, as in Wales, unless the year does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from cohesion.vocabulary import MONTHS_CY, MONTHS_EN

CENTURY, LATEST_SHORT = 2000, 69  # of a year of two digits, where one may be written; later ones mean another century
EARLIEST = 1970  # a year before it is a slip of a finger: 1026, 1926
_SHORTEST = 3  # letters of a month's name that is cut short: "Sep", "Med", "Rhag"


def _spellings() -> Iterator[tuple[str, int]]:
    """Yield every name of a month, whole and cut short, with its number; in Welsh as it stands after "o" too."""
    for names in (MONTHS_EN, MONTHS_CY, tuple(map(_softened, MONTHS_CY))):
        for number, name in enumerate(names, start=1):
            yield from ((name[:letters].casefold(), number) for letters in range(_SHORTEST, len(name) + 1))


def _softened(name: str) -> str:
    """Return a Welsh name with the soft mutation that "o" asks of it: o Fawrth, o Orffennaf, o Dachwedd, o Ragfyr."""
    begin = next((one for one in _SOFTENED if name.startswith(one)), "")
    return (_SOFTENED[begin] + name[len(begin) :]).capitalize() if begin else name


def _unambiguous(spellings: Iterator[tuple[str, int]]) -> Mapping[str, int]:
    """Return the spellings that mean one month in both languages."""
    numbers: dict[str, set[int]] = {}
    for name, number in spellings:
        numbers.setdefault(name, set()).add(number)
    return MappingProxyType({name: min(meant) for name, meant in numbers.items() if len(meant) == 1})


_SOFTENED = MappingProxyType({"M": "F", "G": "", "T": "D", "Rh": "R"})  # of the letters that months begin with
_MONTH_OF = _unambiguous(_spellings())
# digits are 0 to 9 alone: those of other scripts, and the wide ones, are no figures that a form takes
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})(?:T00:00:00)?")
# three numbers between hyphens have no short year: the first may as well be the year; with a month's name none is open
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:([/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})|-([0-9]{1,2})-([0-9]{4}))")
_ENDING = "(?:st|nd|rd|th|af|ail|il|ydd|edd|fed|ed|eg|ain)?"  # of a number: 10th, 10fed
_IN_WORDS = re.compile(
    rf"([0-9]{{1,2}}){_ENDING}(?: |-)(?:of |o )?([^\W\d_]+)\.?,?(?: |-)([0-9]{{4}}|[0-9]{{2}})",
    re.IGNORECASE,
)


def day_written(text: str, *, short_years: bool) -> date | None:
    """Return the day that a text names, or None: 2026-09-10, 10/9/2026, 10 September 2026, 10 Medi 2026.

    With `short_years` a year may have two digits, as people type it: 10/9/26, 10 Sep 26.
    """
    text = " ".join(text.split())
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.group(1, 3, 4)
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match[1], match[3] or match[5], match[4] or match[6]
    elif (match := _IN_WORDS.fullmatch(text)) and match[2].casefold() in _MONTH_OF:
        day, month, year = match[1], str(_MONTH_OF[match[2].casefold()]), match[3]
    else:
        return None
    is_short = len(year) < len("2026")
    if is_short and (not short_years or int(year) > LATEST_SHORT):
        return None
    try:
        return date(int(year) + (CENTURY if is_short else 0), int(month), int(day))
    except ValueError:
        return None
