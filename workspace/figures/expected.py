"""What earlier quarters lead to expect of a count: the house's own range, on counts that are shown alone.

The awkward fact: what is hidden is mostly small, so a range over the gaps would lie too high. It is therefore worked
out from the quarters since the newest hidden one, and is not told where those are too few.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.blocks.expected import in_stretches
from dashboard.charts import Band, Point
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import Wording, say, sentences
from dashboard.statistics import Point as Limits
from dashboard.statistics import expected_range
from dashboard.statistics.expected import FEWEST_POINTS, WINDOW
from workspace.figures.inputs import Count, Line

Ends = tuple[float | None, float | None, float | None]


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The counts since the newest hidden one, each beside its limits, and how many set those of the newest."""

    judged: tuple[tuple[Count, Limits], ...]
    used: int = 0

    @property
    def with_limits(self) -> tuple[tuple[Count, Limits], ...]:
        """Those that have limits."""
        return tuple((count, at) for count, at in self.judged if at.expected is not None)

    @property
    def limits(self) -> Mapping[str, Ends]:
        """The lowest, the middle and the highest by the first day of each period."""
        return {count.period.start.isoformat(): (at.lower, at.expected, at.upper) for count, at in self.with_limits}

    @property
    def bands(self) -> tuple[Band, ...]:
        """The limits as one band for each stretch of periods that follow one another."""
        return in_stretches(
            (count.period.number, count.period.middle.isoformat(), at) for count, at in self.with_limits
        )

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
            for count, at in self.with_limits
        )

    @property
    def sentence(self) -> Wording:
        """Say where the newest count stands beside what how many earlier ones lead to expect, or why nothing can be.

        That it is "within" is said of no range in which nearly anything would be: no other verdict was possible.
        """
        if not self.judged:
            return say("own.expected.newest_hidden")
        _, newest = self.judged[-1]
        if newest.verdict is None:
            key = "own.expected.few_events" if newest.reason == "too_few_events" else "own.expected.few_points"
            return say(key, fewest=Numeral(FEWEST_POINTS), most=Numeral(WINDOW), n=Numeral(self.used))
        ends = {"lower": Numeral(newest.lower), "upper": Numeral(newest.upper), "n": Numeral(self.used)}
        middle = Numeral(newest.expected)
        if newest.says_little:
            return say("own.expected.wide", **ends, middle=middle)
        sentence = say(f"own.expected.{newest.verdict}", **ends)
        if newest.verdict == "within" and newest.holds_double:
            return sentences(sentence, say("own.expected.double", middle=middle))
        return sentence


def expected_of(line: Line, *, since: date = date.min) -> Expected:
    """Return what was expected of each quarter of a line since the newest hidden one; of those `since` a day alone.

    The quarters before that day take part in what was expected, though nobody asked to see them.
    """
    hidden = [number for number, one in enumerate(line.counts) if one.count is None]
    counts = line.counts[hidden[-1] + 1 :] if hidden else line.counts
    if not counts:
        return Expected(judged=())
    range_of_counts = expected_range(values=[one.count for one in counts], times=[one.period.number for one in counts])
    judged = zip(counts, range_of_counts.points, strict=True)
    return Expected(judged=tuple(one for one in judged if one[0].period.start >= since), used=len(range_of_counts.used))
