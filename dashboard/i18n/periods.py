"""Names of periods in both languages: "July to September 2023", "Gorffennaf i Fedi 2023".

The awkward fact: Welsh month names change their first letter after "i" (to) and "a" (and), so the
catalogue holds whole phrases ("i Fedi", "a Thachwedd") and its templates only place them.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from cohesion.periods import last_day
from dashboard.i18n import Language, t
from dashboard.i18n.text import Wording, written

PeriodStyle = Literal["long", "short", "mid_year"]

_YEARS_BY_FIRST_MONTH = {1: "calendar_year", 4: "financial_year", 7: "year_to_mid"}


def period_label(*, start: date, months: int, lang: Language, style: PeriodStyle) -> str:
    """Name a period as a label, e.g. start 1 July 2023, 3 months, "cy", "short": "Gorff–Medi 2023".

    `months` 0 is one day. `style="mid_year"` is for populations on 30 June: "mid-2024".
    ValueError when the period cannot be named: negative months, or mid_year on another day.
    """
    if style == "mid_year":
        _check_mid_year(start=start, months=months)
        return t("period.mid_year.long", lang=lang, year=start.year)
    kind = _kind(start=start, months=months)
    values = _values(start=start, months=months, lang=lang, style="short" if style == "short" else "long")
    return t(f"period.{kind}.{style}", lang=lang, **values)


def span_label(*, start: date, months: int, lang: Language) -> str:
    """Name any months by their first and last: "July 2022 to June 2023"; ValueError as for `period_label`."""
    return t("period.span.long", lang=lang, **_values(start=start, months=months, lang=lang))


def mid_years_label(*, start: date, months: int, lang: Language) -> str:
    """Name the years of a projection from one mid-year to another, e.g. "mid-2022 to mid-2032".

    ValueError when it does not run from a 30 June over whole years.
    """
    if (start.month, start.day) != (6, 30) or months <= 0 or months % 12:
        raise ValueError(f"expected whole years from a 30 June; got {start} and {months} months")
    return t("period.mid_years.long", lang=lang, year=start.year, last_year=start.year + months // 12)


def in_period(*, start: date, months: int, lang: Language, mid_year: bool = False) -> str:
    """Say when, as a phrase for the inside of a sentence: "in the year ending March 2025", "ar 31 Mawrth 2026".

    ValueError as for `period_label`.
    """
    if mid_year:
        _check_mid_year(start=start, months=months)
        return t("period.mid_year.in", lang=lang, year=start.year)
    kind = _kind(start=start, months=months)
    return t(f"period.{kind}.in", lang=lang, **_values(start=start, months=months, lang=lang))


def release_label(text: str, *, lang: Language) -> str:
    """Name a release day or month written in ISO: "2023-10-19" is "19 October 2023", "2025-07" is "July 2025".

    Anything else, such as a season, is returned as it stands.
    """
    return written(release_name(text), lang)


@dataclass(frozen=True, kw_only=True)
class PeriodName:
    """A period that is named when a language is asked for: as a label, inside a sentence (`inside`), or as a span."""

    start: date
    months: int
    style: PeriodStyle | Literal["mid_years", "span"] = "long"
    inside: bool = False

    def text(self, lang: Language) -> str:
        """Return the name; ValueError as for `period_label`."""
        return _name(self, lang)


@lru_cache(maxsize=4096)  # rows of many figures are of the same periods
def _name(period: PeriodName, lang: Language) -> str:
    start, months = period.start, period.months
    if period.inside:
        return in_period(start=start, months=months, lang=lang, mid_year=period.style == "mid_year")
    if period.style == "span":
        return span_label(start=start, months=months, lang=lang)
    if period.style == "mid_years":
        return mid_years_label(start=start, months=months, lang=lang)
    return period_label(start=start, months=months, lang=lang, style=period.style)


def day_name(day: date) -> PeriodName:
    """Name a day when a language is asked for: "19 October 2023"."""
    return PeriodName(start=day, months=0)


def release_name(text: str) -> Wording:
    """Name a release day or month as `release_label` does, when a language is asked for."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return day_name(date.fromisoformat(text))
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return PeriodName(start=date.fromisoformat(f"{text}-01"), months=1)
    return text


def _kind(*, start: date, months: int) -> str:
    if months == 0:
        return "day"
    if start.day != 1:
        return "days"
    if months == 1:
        return "month"
    if months == 12:
        return _YEARS_BY_FIRST_MONTH.get(start.month, "days")
    if months == 3:
        # A quarter over New Year needs both years.
        return "quarter" if start.month <= 10 else "span"
    return "span" if months == 36 else "days"


def _values(*, start: date, months: int, lang: Language, style: str = "long") -> dict[str, object]:
    _check_months(start=start, months=months)
    last = last_day(start, months=months)
    return {
        "day": start.day,
        "first": t(f"month.{style}.{start.month}", lang=lang),
        "year": start.year,
        "last_day": last.day,
        "last": t(f"month.{style}.{last.month}", lang=lang),
        "to_last": t(f"month.to.{last.month}", lang=lang),
        "and_last": t(f"month.and.{last.month}", lang=lang),
        "last_year": last.year,
        "last_year_2": f"{last.year % 100:02d}",
    }


def _check_months(*, start: date, months: int) -> None:
    if months < 0:
        raise ValueError(f"expected a period of 0 months or more; got {months} from {start}")
    if months and start.day > 28:
        # No such day in every month, so "n months later" has no one answer.
        raise ValueError(f"expected a period of months to start on day 1 to 28; got {start}")


def _check_mid_year(*, start: date, months: int) -> None:
    if (start.month, start.day, months) != (6, 30, 0):
        raise ValueError(f"expected a mid-year point, 30 June and 0 months; got {start} and {months} months")
