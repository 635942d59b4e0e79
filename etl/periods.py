"""From the publishers' words for time to a first day and a length in months.

The awkward fact: the Home Office's financial quarter 1 is April to June, so "2023/24 quarter 2"
is July to September 2023; and the ONS's year "2019" of population change runs from 1 July 2018.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from etl.contract import ContractError


def financial_year_start(text: str) -> date:
    """Return 1 April of a financial year written "2012/13", "2015_16" or "2012-13"."""
    match = re.fullmatch(r"(\d{4})[/_-](\d{2})", text.strip())
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ContractError(f"expected a financial year such as 2012/13; came {text!r}")
    return date(int(match[1]), 4, 1)


def financial_quarter_start(year: str, quarter: str) -> date:
    """Return the first day of a financial quarter ("2023/24", "2" -> 1 July 2023)."""
    start = financial_year_start(year)
    if quarter.strip() not in ("1", "2", "3", "4"):
        raise ContractError(f"expected a financial quarter from 1 to 4; came {quarter!r}")
    month = 4 + 3 * (int(quarter) - 1)
    return date(start.year + (month > 12), month - 12 if month > 12 else month, 1)


def mid_year_flow_start(year: str) -> date:
    """Return the first day of the twelve months that end at mid-`year` ("2019" -> 1 July 2018)."""
    if not re.fullmatch(r"\d{4}", year.strip()):
        raise ContractError(f"expected a year such as 2019; came {year!r}")
    return date(int(year) - 1, 7, 1)


def point_in_time(text: str) -> date:
    """Return the day written "31 Mar 2026" or "2026-03-31"."""
    for form in ("%d %b %Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise ContractError(f"expected a day such as 31 Mar 2026 or 2026-03-31; came {text!r}")


def iso_interval(text: str) -> tuple[date, int]:
    """Return the first day and the length in months of an ISO interval ("2021-04-01/P1Y" -> 1 April 2021, 12)."""
    match = re.fullmatch(r"(\d{4}-\d{2}-01)/P([1-9]\d?)([YM])", text.strip())
    if match is None:
        raise ContractError(f"expected a start and a length such as 2021-04-01/P1Y; came {text!r}")
    return point_in_time(match[1]), int(match[2]) * (12 if match[3] == "Y" else 1)


def calendar_quarter_start(text: str) -> date:
    """Return the first day of a calendar quarter ("2023-Q3" or "2023 Q3" -> 1 July 2023)."""
    match = re.fullmatch(r"(\d{4})[- ]Q([1-4])", text.strip())
    if match is None:
        raise ContractError(f"expected a calendar quarter such as 2023-Q3; came {text!r}")
    return date(int(match[1]), 3 * int(match[2]) - 2, 1)
