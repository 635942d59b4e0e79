"""Weeks by their Mondays, and the quarters that they add up to.

The awkward fact: few quarters begin on a Monday. A week is of the quarter that its Monday is in, so none is in two.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cohesion.periods import last_day

WEEK = timedelta(days=7)


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def quarter_of(day: date) -> date:
    """Return the first day of a day's quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def after(start: date, *, months: int = 3) -> date:
    """Return the first day after a period."""
    return last_day(start, months=months) + timedelta(days=1)


def mondays(start: date, *, months: int = 3) -> Iterator[date]:
    """Yield the Mondays of a period."""
    week = monday(start + timedelta(days=6))
    while week < after(start, months=months):
        yield week
        week += WEEK
