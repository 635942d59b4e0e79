"""What is expected of the newest figure of a held series: from which figures, and where they start anew.

The awkward fact: limits describe one steady way of recording. They start anew at every hard break and at every
change of recording, so a better way of recording is never shown as an unusual quarter. And a later period without a
value must not decide which figure is judged: the series ends, here, with its newest figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.memory import remembered
from dashboard.model import Break, Observation, Series
from dashboard.statistics import ExpectedRange, Point, Rebase, expected_range

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """The figures of a series up to its newest, each beside what was expected of it, in the same order."""

    observations: tuple[Observation, ...]
    range: ExpectedRange

    @property
    def newest(self) -> Point | None:
        """The newest figure beside its limits, or None where none is held."""
        return None if self.range.latest is None else self.range.points[self.range.latest]

    @property
    def used(self) -> tuple[Observation, ...]:
        """The figures that set the limits of the newest, and how widely the series spreads."""
        return tuple(self.observations[n] for n in self.range.used)


def rebasing_breaks(series: Series) -> tuple[Break, ...]:
    """Return the breaks at which a series' limits start anew: hard ones, and changes of recording."""
    return tuple(b for b in series.breaks if b.severity == "hard" or b.kind == "recording")


@remembered(most=512)
def expected_of(series: Series) -> Expectation:
    """Return what was expected of each figure of a series, up to its newest, from the figures before it.

    Figures of another length of time than the newest take no part. ValueError for figures of days (stocks).
    """
    newest = series.latest
    months = newest.period.months if newest else MONTHS
    if not months or MONTHS % months:
        raise ValueError(f"{series.measure.code}: expected figures of quarters or years; came one of {months} months")
    end = newest.period.end if newest else None
    figures = tuple(o for o in series.observations if o.period.months == months and end and o.period.end <= end)
    expected = expected_range(
        values=[o.value for o in figures],
        times=[o.period.number for o in figures],
        per_year=MONTHS // months,
        rebases=_rebases(series, figures),
    )
    return Expectation(observations=figures, range=expected)


def _rebases(series: Series, figures: tuple[Observation, ...]) -> list[Rebase]:
    """Return where limits start anew: at the first figure on or after the day of a break, or after the end of a gap."""
    by_index = {}
    for one, day in ((each, edge) for each in rebasing_breaks(series) for edge in each.edges):
        index = next((n for n, o in enumerate(figures) if o.period.start >= day), None)
        if index:
            by_index[index] = Rebase(index=index, reason=one.label.en)
    return [by_index[index] for index in sorted(by_index)]
