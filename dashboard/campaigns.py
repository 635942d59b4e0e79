"""Weeks, months and days of the year that a cohesion officer plans by, each with its rule of date.

The awkward fact: some have a day for ever, some a rule, and some are set anew each year by whoever runs them. Of these
only the month is known: they are told with that month and asked to be checked, and never given a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cohesion.periods import last_day
from dashboard.model import Words

Rule = Literal["fixed", "month", "nth_weekday", "each_year"]
WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """A week, month or day: its rule of date, what we hold for it, and the page on which the rule was read.

    "fixed" begins on `day` of `month`, "month" is all of it, "nth_weekday" begins on the `nth` of a weekday (1 is
    Monday); each lasts `days`. Of "each_year" the month it usually begins in is known, and the `last_month` where it
    runs on into another.
    """

    code: str
    name: Words
    rule: Rule
    month: int
    day: int = 0
    nth: int = 0
    weekday: int = 0
    days: int = 1
    last_month: int = 0
    figures: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    source_url: str = ""

    def in_year(self, year: int) -> Occasion:
        """Return when it is in a year."""
        if self.rule in ("month", "each_year"):
            ends = self.last_month or self.month
            last = last_day(date(year + (ends < self.month), ends, 1), months=1)
            return Occasion(campaign=self, first=date(year, self.month, 1), last=last)
        first = date(year, self.month, self.day or 1)
        if self.rule == "nth_weekday":
            first += timedelta(days=(self.weekday - first.isoweekday()) % WEEK + WEEK * (self.nth - 1))
        return Occasion(campaign=self, first=first, last=first + timedelta(days=self.days - 1))


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """A campaign in a year: its days, or where nobody knows them yet those of the months it falls in."""

    campaign: Campaign
    first: date
    last: date

    @property
    def is_dated(self) -> bool:
        """Whether its days are known: by a rule, and not from whoever sets them each year."""
        return self.campaign.rule != "each_year"

    def may_be_over(self, day: date) -> bool:
        """Tell whether it may have been before a day of its months, as its own days are not known."""
        return not self.is_dated and self.first < day <= self.last


def ahead(campaigns: Iterable[Campaign], day: date) -> tuple[Occasion, ...]:
    """Return each once, as it is next after a day or on that day, in the order of time."""
    every = (one.in_year(year) for one in campaigns for year in (day.year - 1, day.year, day.year + 1))
    next_of: dict[str, Occasion] = {}
    for one in sorted(every, key=lambda occasion: occasion.first):
        if one.last >= day:
            next_of.setdefault(one.campaign.code, one)
    return tuple(sorted(next_of.values(), key=lambda one: (one.first, one.last, one.campaign.code)))
