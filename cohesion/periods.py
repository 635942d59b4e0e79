"""When a period ends: both rooms count a first day and a number of months, and must come to the same last day."""

from __future__ import annotations

from datetime import date, timedelta


def last_day(start: date, *, months: int) -> date:
    """Return the last day of `months` from a first day; the day itself for a point in time (0 months)."""
    if not months:
        return start
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, start.day) - timedelta(days=1)
