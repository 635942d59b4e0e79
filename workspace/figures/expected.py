"""What earlier quarters lead to expect of a count: the house's own range, on counts that are shown alone.

The awkward fact: what is hidden is mostly small, so a range over the gaps would lie too high. It is therefore worked
out from the quarters since the newest hidden one, and is not told where those are too few.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.charts import Band, Point
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import Wording, say
from dashboard.statistics import Point as Limits
from dashboard.statistics import expected_range
from dashboard.statistics.expected import FEWEST_POINTS
from workspace.figures.given import Count, Line

MONTHS = 12
Ends = tuple[float | None, float | None, float | None]


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The counts since the newest hidden one, each beside its limits."""

    judged: tuple[tuple[Count, Limits], ...]

    @property
    def told(self) -> tuple[tuple[Count, Limits], ...]:
        """Those that have limits."""
        return tuple((count, at) for count, at in self.judged if at.expected is not None)

    @property
    def limits(self) -> Mapping[str, Ends]:
        """The lowest, the middle and the highest by the first day of each period."""
        return {count.period.start.isoformat(): (at.lower, at.expected, at.upper) for count, at in self.told}

    @property
    def bands(self) -> tuple[Band, ...]:
        """The limits as one band for each stretch of periods that follow one another."""
        stretches: list[list[tuple[Count, Limits]]] = []
        for one in self.told:
            follows = stretches and _number(one[0]) == _number(stretches[-1][-1][0]) + 1
            if not follows:
                stretches.append([])
            stretches[-1].append(one)
        return tuple(_band(stretch) for stretch in stretches)

    @property
    def middles(self) -> tuple[Point[Wording], ...]:
        """The middle of what was expected, with its limits in words."""
        return tuple(
            Point(
                at=count.period.middle.isoformat(),
                value=at.expected,
                hover=say(
                    "rra.expected_hover",
                    period=PeriodName(start=count.period.start, months=count.period.months),
                    lower=Numeral(at.lower),
                    upper=Numeral(at.upper),
                ),
            )
            for count, at in self.told
        )

    @property
    def sentence(self) -> Wording:
        """Say where the newest count stands beside what was expected, or why nothing can be."""
        if not self.judged:
            return say("own.expected.newest_hidden")
        _, newest = self.judged[-1]
        if newest.verdict is None:
            key = "own.expected.few_events" if newest.reason == "too_few_events" else "own.expected.few_points"
            return say(key, fewest=Numeral(FEWEST_POINTS), n=Numeral(len(self.judged) - 1))
        return say(f"own.expected.{newest.verdict}", lower=Numeral(newest.lower), upper=Numeral(newest.upper))


def expected_of(line: Line) -> Expected:
    """Return what was expected of each quarter of a line since the newest hidden one."""
    hidden = [number for number, one in enumerate(line.counts) if one.count is None]
    counts = line.counts[hidden[-1] + 1 :] if hidden else line.counts
    if not counts:
        return Expected(judged=())
    found = expected_range(values=[one.count for one in counts], times=[_number(one) for one in counts])
    return Expected(judged=tuple(zip(counts, found.points, strict=True)))


def _number(count: Count) -> int:
    """Return the number of a quarter among all."""
    start, months = count.period.start, count.period.months
    return (start.year * MONTHS + start.month - 1) // months


def _band(stretch: list[tuple[Count, Limits]]) -> Band:
    return Band(
        at=tuple(count.period.middle.isoformat() for count, _ in stretch),
        lower=tuple(at.lower or 0.0 for _, at in stretch),
        centre=tuple(at.expected or 0.0 for _, at in stretch),
        upper=tuple(at.upper or 0.0 for _, at in stretch),
    )
