"""When figures were taken from a system: what was added to it later is not in them, and the newest grow the most.

The awkward fact: a force's records of a quarter go on changing after it. So the day of the extract stands with every
number that was made from it, and what was taken early, or not all on one day, is said to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.caveats import Caveat, Weight, caveat
from dashboard.figure import Cell, Column, Table
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.periods import PeriodName, day_name
from dashboard.i18n.text import Wording, say
from dashboard.model import Period
from local_figures.door import Figure as OwnFigure

TAKEN, FIRST, LAST = "taken", "taken_first", "taken_last"  # columns of rows
FRESH = 30  # days: what is taken sooner after its period has ended is likely to grow


@dataclass(frozen=True, kw_only=True)
class ExtractDays:
    """The first and the last day on which some figures were taken from a system."""

    first: date
    last: date

    @property
    def named(self) -> Wording:
        """Say the day inside a sentence, or the first and the last."""
        first, last = (day_name(one) for one in (self.first, self.last))
        if self.first == self.last:
            return say("own.taken.day", day=first)
        return say("own.taken.days", first=first, last=last)

    @property
    def cells(self) -> dict[str, Cell[Wording]]:
        """What a row says of it."""
        return {TAKEN: self.named, FIRST: self.first.isoformat(), LAST: self.last.isoformat()}


def days_of(figure: OwnFigure) -> ExtractDays | None:
    """Return when a figure was taken, where its template asks for that."""
    if figure.days_taken is None:
        return None
    first, last = map(date.fromisoformat, figure.days_taken)
    return ExtractDays(first=first, last=last)


def fresh(period: Period, snapshot: ExtractDays | None) -> Wording:
    """Say that figures were taken so soon after their period that more is likely to come; "" where they were not.

    The quarters of a year are taken before it ends: that says nothing of the year, but its last extract does.
    """
    if snapshot is None:
        return ""
    early = snapshot.first if snapshot.first > period.end else snapshot.last
    if (early - period.end).days >= FRESH:
        return ""
    when = PeriodName(start=period.start, months=period.months, inside=True)
    return say("own.taken.soon", in_period=when, days=Numeral(FRESH), taken=ExtractDays(first=early, last=early).named)


def of_rows(table: Table[Wording], periods: Sequence[Period]) -> ExtractDays | None:
    """Return between which days the rows of some periods were taken; None where they say nothing of it."""
    if not table.holds(FIRST):
        return None
    starts = {one.start.isoformat() for one in periods}
    rows = zip(*(table.cells(key) for key in ("period_start", FIRST, LAST)), strict=True)
    days = [date.fromisoformat(str(day)) for start, *both in rows if start in starts for day in both if day]
    return ExtractDays(first=min(days), last=max(days)) if days else None


def notes(table: Table[Wording], periods: Sequence[Period]) -> Iterator[Caveat[Wording]]:
    """Say what it means that figures are of the day on which they were taken: of the newest, and of different days."""
    snapshot = of_rows(table, periods)
    if snapshot is None:
        return
    newest = max(periods)
    soon = fresh(newest, of_rows(table, [newest]))
    yield Caveat(text=soon, weight=Weight.MISLEADS) if soon else caveat("own.taken.snapshot")
    if snapshot.first != snapshot.last:
        yield Caveat(text=say("own.taken.mixed", taken=snapshot.named), weight=Weight.MISLEADS)


def columns(rows: Iterable[Mapping[str, Cell[Wording]]], *, label: Wording) -> Iterator[Column[Wording]]:
    """Yield the columns of when each row was taken; on a page only where that is not the same of all."""
    days = {(row[FIRST], row[LAST]) for row in rows if FIRST in row}
    if days:
        yield Column(key=TAKEN, label=label, is_shown=len(days) > 1)
        yield Column(key=FIRST, label=say("own.taken.first", what=label), kind="date", is_shown=False)
        yield Column(key=LAST, label=say("own.taken.last", what=label), kind="date", is_shown=False)
