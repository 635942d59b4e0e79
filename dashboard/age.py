"""How old a figure is: how many releases of its publication have come out, by its calendar, since the one it is from.

The awkward fact: a newest figure is the newest we hold, not the newest there is. A quarter of three years ago reads
like news unless its age stands beside it, and only the calendar of its publication can tell old from up to date.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.i18n import Language
from dashboard.i18n.text import Wording, say, written
from dashboard.model import Period, Rhythm, Source

TODAY = "COHESION_TODAY"
MONTHS_OF_YEAR = 12
NAMED_YEARS = 10  # "over ten years old"; more are said in figures
FEWEST_MONTHS = 2  # a release after the next one cannot be out sooner
_RANK_BY_YEAR, _RANK_MOST = 10, 60  # places of a message's rank, out of 100
_NEWER = {3: "age.newer_quarters", 12: "age.newer_years"}


class BadDayError(ValueError):
    """The day named in the environment is no day."""


def today() -> date:
    """Return the day figures are read on: the one COHESION_TODAY names (YYYY-MM-DD), else today."""
    named = os.environ.get(TODAY, "").strip()
    if not named:
        return date.today()
    try:
        return date.fromisoformat(named)
    except ValueError as error:
        raise BadDayError(f"{TODAY}: expected a day such as 2026-11-28; came {named!r}") from error


@dataclass(frozen=True, kw_only=True)
class Age:
    """A newest figure on a day: releases of its publication missed since its own, and months since its period ended.

    `is_out` is True where a newer release is known to be out: figures of it are held, of other areas or measures.
    """

    missed: int
    months: int
    rhythm: Rhythm | None = None
    is_out: bool = False

    @property
    def older(self) -> bool:
        """True when the figure is more than one cycle of its publication old, which must then be said."""
        return self.missed > 0

    @property
    def lowers_rank_by(self) -> int:
        """How far a message falls: ten places for each year, or part of one, that its publication has moved on."""
        if self.rhythm is None or not self.older:
            return 0
        years = -(-self.missed * self.rhythm.cycle_months // MONTHS_OF_YEAR)
        return min(_RANK_MOST, _RANK_BY_YEAR * years)

    def text(self, lang: Language) -> str:
        """Say it in a language."""
        return written(self.wording, lang)

    @property
    def wording(self) -> Wording:
        """Say "over three years old; newer quarters are out"; "" where not older."""
        if self.rhythm is None or not self.older:
            return ""
        old = _old(self.months)
        if self.rhythm.kind in ("irregular", "past"):
            return old
        if self.rhythm.kind == "ended":
            return say("age.ended", old=old)
        if self.rhythm.kind == "suspended":
            return say("age.suspended", old=old)
        key = (
            "age.due"
            if self.missed == 1 and not self.is_out
            else _NEWER.get(self.rhythm.cycle_months, "age.newer_figures")
        )
        return say(key, old=old)

    @property
    def beside_others(self) -> Wording:
        """Say it beside other figures' ages: also of a figure that nothing newer follows, once it is a year old."""
        ends = self.rhythm is not None and self.rhythm.kind == "one_off" and self.months >= MONTHS_OF_YEAR
        return _old(self.months) if ends else self.wording


NEW = Age(missed=0, months=0)


def of(source: Source, newest: Period, *, day: date | None = None, held_until: date | None = None) -> Age:
    """Return the age on a day (today, unless named) of the newest period held of a source.

    `held_until` is the last day that the publication is held to, whatever the source: a later one is out for certain.
    """
    now = day or today()
    months = _months_between(newest.end, now)
    rhythm = source.rhythm
    if rhythm is None or rhythm.kind == "one_off":
        return Age(missed=0, months=months, rhythm=rhythm)
    is_out = held_until is not None and held_until > newest.end
    return Age(missed=_missed(newest.end, now, rhythm), months=months, rhythm=rhythm, is_out=is_out)


def oldest(ages: Iterable[Age]) -> Age:
    """Return the age of the figure whose publication has moved on furthest; that of a new one where there is none."""
    return max(ages, key=lambda age: (age.missed > 0, age.lowers_rank_by, age.months), default=NEW)


def _missed(end: date, now: date, rhythm: Rhythm) -> int:
    """Count the releases after a period's own; a release counts as out once its month is over."""
    own = _number(end) + rhythm.lag_months
    while own % MONTHS_OF_YEAR + 1 not in rhythm.release_months:
        own += 1
    out = sum(month % MONTHS_OF_YEAR + 1 in rhythm.release_months for month in range(own + 1, _number(now)))
    return out if rhythm.cycle_months <= MONTHS_OF_YEAR else out * MONTHS_OF_YEAR // rhythm.cycle_months


def _number(day: date) -> int:
    """Return the number of a month: one more than that of the month before."""
    return day.year * MONTHS_OF_YEAR + day.month - 1


def _months_between(end: date, now: date) -> int:
    """Return the whole months from the day after a period to a day; 0 where it has not ended."""
    after = end + timedelta(days=1)
    return max(0, _number(now) - _number(after) - (now.day < after.day))


def _old(months: int) -> Wording:
    years = months // MONTHS_OF_YEAR
    if not years:
        return say(f"age.months_{max(months, FEWEST_MONTHS)}")
    if years > NAMED_YEARS:
        return say("age.years", n=years)
    return say(f"age.years_{years}")
