"""What every rule asks of a series: its newest count, the figure of a year before, and a rate.

The awkward fact: a rule must also answer on bad figures. A count that is missing or below 0, a population of 0, or a
series of one point is met here once, so that a rule says nothing rather than something false.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard import queries
from dashboard.comparability import Comparability
from dashboard.denominators import people_per
from dashboard.findings.message import Quantity, Scope, Value, phrase_in
from dashboard.i18n.text import Translatable, say, sentences, translatable
from dashboard.model import Observation, Period, Series
from dashboard.places import rest_of
from dashboard.statistics import Comparison, compare_with_benchmark, rate, rate_interval


def newest_count(series: Series) -> Observation | None:
    """Return the newest figure with a value, or None where none is held or it is below 0 (a net correction)."""
    newest = series.latest
    return newest if newest is not None and (newest.value or 0) >= 0 else None


def at(series: Series, period: Period) -> Observation | None:
    """Return the figure of a period, where it has a value."""
    return next((o for o in series.observations if o.period == period and o.value is not None), None)


def years_before(period: Period, *, years: int = 1) -> Period:
    """Return the same period of an earlier year; 29 February becomes the 28th."""
    day = 28 if (period.start.month, period.start.day) == (2, 29) else period.start.day
    return Period(start=date(period.start.year - years, period.start.month, day), months=period.months)


def per_people(figure: Observation, *, scope: Scope) -> Quantity | None:
    """Return a figure as a rate of the people of its place, or None without a population above 0."""
    people = queries.population(figure.area, period=figure.period, build=scope.build)
    return None if people is None else per(figure, people)


def per(figure: Observation, people: Observation) -> Quantity | None:
    """Return a figure as a rate of some people, or None without both, or without anybody."""
    base = people_per(figure.measure)
    per_head = rate(count=figure.value, population=people.value, per=base)
    return None if per_head is None else Quantity(value=per_head, how="per_people", of=(figure, people), per=base)


def against(mine: Quantity, benchmark: Quantity) -> Comparison:
    """Return whether one rate is higher than, similar to, or lower than another, at 95%."""
    count, people = (figure.value for figure in mine.of)
    return compare_with_benchmark(
        estimate=rate_interval(count=count, population=people, per=mine.per), benchmark=benchmark.value
    )


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The rate that a place's rate stands beside, and where that is: "in the rest of Wales", or "in Wales"."""

    rate: Quantity
    is_rest: bool
    in_: Translatable


def beside(mine: Quantity, whole: Quantity, *, of: Series) -> Beside:
    """Return what a rate stands beside in the place of a series: the rest of it for a large place, else all of it."""
    (figure, people), (all_figures, all_people) = mine.of, whole.of
    benchmark = rest_of((all_figures, all_people), (figure, people), measure=of.measure)
    count, others = (one.value for one in benchmark) if benchmark else (None, None)
    rest = rate(count=count, population=others, per=mine.per)
    if rest is None or rest < 0:
        return Beside(rate=whole, is_rest=False, in_=phrase_in(of.area))
    less = Quantity(value=rest, how="rest_per_people", of=(*whole.of, *mine.of), per=mine.per)
    return Beside(rate=less, is_rest=True, in_=say("finding.in_the_rest_of_wales"))


def across(comparability: Comparability) -> tuple[tuple[str, ...], dict[str, Value]]:
    """Return the sentence on what soft breaks between two compared figures did, with its words; nothing without any.

    It stands in the text and not among the notes, which a form may fold or cut.
    """
    if not comparability.notes:
        return (), {}
    return ("finding.across_a_break",), {
        "break_effect": sentences(*dict.fromkeys(b.effect for b in comparability.notes))
    }


def refused(comparability: Comparability) -> Translatable:
    """Return why two figures may not be compared."""
    return translatable(comparability.wording)
