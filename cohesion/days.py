"""A day as somebody writes it, in either language: in a box, in a link, in a cell of a spreadsheet.

The awkward fact: 03/04/2026 is two days to two people. Here the day comes first, as in Wales, unless the year does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from cohesion.vocabulary import MONTHS_CY, MONTHS_EN

CENTURY = 2000  # of a year of two digits, where one may be written
_SHORTEST = 3  # letters of a month's name that is cut short: "Sep", "Med", "Rhag"


def _spellings() -> Iterator[tuple[str, int]]:
    """Yield every name of a month, whole and cut short, with its number."""
    for names in (MONTHS_EN, MONTHS_CY):
        for number, name in enumerate(names, start=1):
            yield from ((name[:letters].casefold(), number) for letters in range(_SHORTEST, len(name) + 1))


def _unambiguous(spellings: Iterator[tuple[str, int]]) -> Mapping[str, int]:
    """Return the spellings that mean one month in both languages."""
    numbers: dict[str, set[int]] = {}
    for name, number in spellings:
        numbers.setdefault(name, set()).add(number)
    return MappingProxyType({name: min(meant) for name, meant in numbers.items() if len(meant) == 1})


_MONTH_OF = _unambiguous(_spellings())
# digits are 0 to 9 alone: those of other scripts, and the wide ones, are no figures that a form takes
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:T00:00:00)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_IN_WORDS = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)?(?: |-)(?:of )?([^\W\d_]+)\.?,?(?: |-)([0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)


def day_written(text: str, *, short_years: bool) -> date | None:
    """Return the day that a text names, or None: 2026-09-10, 10/9/2026, 10 September 2026, 10 Medi 2026.

    With `short_years` a year may have two digits, as people type it: 10/9/26, 10 Sep 26.
    """
    text = " ".join(text.split())
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.group(1, 2, 3)
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.group(1, 3, 4)
    elif (match := _IN_WORDS.fullmatch(text)) and match[2].casefold() in _MONTH_OF:
        day, month, year = match[1], str(_MONTH_OF[match[2].casefold()]), match[3]
    else:
        return None
    if len(year) < len("2026") and not short_years:
        return None
    try:
        return date(int(year) + (0 if len(year) == len("2026") else CENTURY), int(month), int(day))
    except ValueError:
        return None
