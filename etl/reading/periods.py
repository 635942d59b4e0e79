"""From the publishers' words for time to a first day and a length in months.

The awkward fact: the Home Office's financial quarter 1 is April to June, so "2023/24 quarter 2"
is July to September 2023; and the ONS's year "2019" of population change runs from 1 July 2018.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pandas as pd

from cohesion.folding import folded
from cohesion.vocabulary import MONTHS_CY, MONTHS_EN
from etl.contract import ContractError

QUARTERS = ("1", "2", "3", "4")  # of a financial year, as the Home Office numbers them
# A month's number by its name in small letters, English or Welsh, whole or cut to three letters ("sept" too).
MONTH_OF: Mapping[str, int] = MappingProxyType(
    {name.casefold(): n for names in (MONTHS_CY, MONTHS_EN) for n, name in enumerate(names, start=1)}
    | {name[:3].casefold(): n for n, name in enumerate(MONTHS_EN, start=1)}
    | {"sept": 9}
)
_IN_WORDS = re.compile(
    r"(?:as (?:at|of):? |ar )?(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?[ .-]+(?P<m>[^\W\d_]+)|"
    r"(?P<us>[^\W\d_]+)\.? (?P<ud>\d{1,2}))[., -]+(?P<y>\d{4}|\d{2})"
)
_IN_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[t ]00:00(?::00(?:\.0+)?)?z?)?")


def financial_year_start(text: str) -> date:
    """Return 1 April of a financial year written "2012/13", "2015_16" or "2012-13"."""
    match = re.fullmatch(r"(\d{4})[/_-](\d{2})", text.strip())
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ContractError(f"expected a financial year such as 2012/13; came {text!r}")
    return date(int(match[1]), 4, 1)


def financial_quarter_start(year: str, quarter: str) -> date:
    """Return the first day of a financial quarter ("2023/24", "2" -> 1 July 2023)."""
    start = financial_year_start(year)
    if quarter.strip() not in QUARTERS:
        raise ContractError(f"expected a financial quarter from 1 to 4; came {quarter!r}")
    month = 4 + 3 * (int(quarter) - 1)
    return date(start.year + (month > 12), month - 12 if month > 12 else month, 1)


def mid_year_flow_start(year: str) -> date:
    """Return the first day of the twelve months that end at mid-`year` ("2019" -> 1 July 2018)."""
    if not re.fullmatch(r"\d{4}", year.strip()):
        raise ContractError(f"expected a year such as 2019; came {year!r}")
    return date(int(year) - 1, 7, 1)


def point_in_time(text: str) -> date:
    """Return the day written "31 Mar 2026", "31st March 2026", "31-Mar-26", "31/03/2026" or "2026-03-31".

    In "06/05/2026" either number may be the month, so that is refused.
    """
    plain = folded(text)
    try:
        if matched := _ISO.fullmatch(plain):
            return date(*map(int, matched.groups()))
        if matched := _IN_NUMBERS.fullmatch(plain):
            day, month, year = map(int, matched.groups())
            if day > 12 or day == month:
                return date(year, month, day)
        elif matched := _IN_WORDS.fullmatch(plain):
            year = int(matched["y"]) + (2000 if len(matched["y"]) == 2 else 0)
            return date(year, MONTH_OF[matched["m"] or matched["us"]], int(matched["d"] or matched["ud"]))
    except (ValueError, KeyError):
        pass
    raise ContractError(f"expected a day such as 31 Mar 2026 or 2026-03-31; came {text!r}")


def iso_interval(text: str) -> tuple[date, int]:
    """Return the first day and the length in months of an ISO interval ("2021-04-01/P1Y" -> 1 April 2021, 12)."""
    match = re.fullmatch(r"(\d{4}-\d{2}-01)/P([1-9]\d?)([YM])", text.strip())
    if match is None:
        raise ContractError(f"expected a start and a length such as 2021-04-01/P1Y; came {text!r}")
    return point_in_time(match[1]), int(match[2]) * (12 if match[3] == "Y" else 1)


_QUARTER = re.compile(r"(\d{4})[ -]*q(?:uarter )?([1-4])|q(?:uarter )?([1-4])[ ,-]*(\d{4})")
_MONTHS = re.compile(
    r"(?:\b1 )?\b([^\W\d_]{3,})\.?(?: (\d{4}))?(?: to | ?- ?| and | i )(?:3[01] )?([^\W\d_]{3,})\.?,? (\d{4})\b"
)


def calendar_quarter_start(text: str) -> date:
    """Return the first day of a calendar quarter: "2023-Q3", "Q3 2023" or "July to September 2023" -> 1 July 2023."""
    plain = folded(text)
    if matched := _QUARTER.fullmatch(plain):
        return date(int(matched[1] or matched[4]), 3 * int(matched[2] or matched[3]) - 2, 1)
    quarters = quarters_in(plain)
    if len(quarters) != 1 or not _MONTHS.fullmatch(plain):
        raise ContractError(f"expected a calendar quarter such as 2023-Q3; came {text!r}")
    return quarters.pop()


def quarters_in(text: str) -> set[date]:
    """Return the first day of every calendar quarter that a text names by its months ("July to September 2025")."""
    quarters = set()
    for first, year, last, last_year in _MONTHS.findall(folded(text)):
        months = MONTH_OF.get(first, 0), MONTH_OF.get(last, 0)
        if months[0] % 3 == 1 and months[1] == months[0] + 2 and year in ("", last_year):
            quarters.add(date(int(last_year), months[0], 1))
    return quarters


def day_words(day: date) -> tuple[str, str]:
    """Return a day in English and Welsh words ("23 July 2026", "23 Gorffennaf 2026")."""
    return f"{day.day} {day:%B} {day.year}", f"{day.day} {MONTHS_CY[day.month - 1]} {day.year}"


def month_words(day: date) -> tuple[str, str]:
    """Return a month in English and Welsh words ("June 2026", "Mehefin 2026")."""
    return f"{day:%B} {day.year}", f"{MONTHS_CY[day.month - 1]} {day.year}"


def iso_days(dates: pd.Series) -> pd.Series:
    """Return ISO days for "31 Mar 2026" or "2026-03-31"."""
    iso_of = {text: point_in_time(text).isoformat() for text in dates.unique()}
    return dates.map(iso_of)
