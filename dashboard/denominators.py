"""May a figure be divided by a population? The one answer, so that no rate mixes two vintages unseen.

The awkward fact: populations of one place differ by edition, not by day alone. One from before a rebasing belongs to
figures from before it, and mid-2025 came with revised years that are not held, so places cannot be set side by side
with the population of one at mid-2025 and of another at mid-2024.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dashboard import queries
from dashboard.model import TOTAL, Measure, Observation, Period

BEFORE_REBASING = "mid_year_before_rebasing"
THEIR_PEOPLE = "population_pre_rebase"
PER_PEOPLE = 10_000  # what rates are given per, on pages, in messages and in files
OTHERWISE: Mapping[str, int] = {"hate_crimes": 1_000}  # as the Home Office prints it for police forces


class DenominatorError(ValueError):
    """A population was offered that a figure may not be divided by."""


def people_per(measure: str) -> int:
    """Return the number of people that rates of a measure are given per, everywhere."""
    return OTHERWISE.get(measure, PER_PEOPLE)


def per_of(measure: Measure) -> int:
    """Return what `people_per` does for a measure that is given as a rate; 0 for others, and for what is cumulative."""
    return people_per(measure.code) if measure.rate and measure.kind != "cumulative" else 0


def people_of(figure: Observation, *, build: str) -> Observation | None:
    """Return the population to divide a figure by, of its own series: one from before a rebasing has its own people."""
    if not _is_before_rebasing(figure, build=build):
        return queries.population(figure.area, period=figure.period, build=build)
    people_on = {o.period: o for o in queries.series(THEIR_PEOPLE, figure.area, build=build).observations if o.value}
    return next((people_on[day] for day in _mid_years_inside(figure.period) if day in people_on), None)


def people_of_each(figures: Iterable[Observation], *, build: str) -> dict[str, Observation]:
    """Return `people_of` the figures of many places in one period, by place, without a question for each."""
    people_in = {o.area: _people_among_all(o, build=build) for o in figures}
    return {code: people for code, people in people_in.items() if people is not None}


def _people_among_all(figure: Observation, *, build: str) -> Observation | None:
    if not _is_before_rebasing(figure, build=build):
        return queries.population(figure.area, period=figure.period, build=build)
    days = _mid_years_inside(figure.period)
    people_on = queries.figures(THEIR_PEOPLE, periods=days, build=build)
    return next((o for day in days if (o := people_on.get((figure.area, TOTAL, day))) and o.value), None)


def _is_before_rebasing(figure: Observation, *, build: str) -> bool:
    return queries.sources(build=build)[figure.source].line == BEFORE_REBASING


def _mid_years_inside(period: Period) -> tuple[Period, ...]:
    days = (date(year, 6, 30) for year in range(period.start.year, period.end.year + 1))
    return tuple(Period(start=day, months=0) for day in days if period.start <= day <= period.end)


def suits(figure: Observation, people: Observation, *, build: str) -> None:
    """Raise `DenominatorError` unless `people` is of the figure's place, of a day that suits it, and of its vintage."""
    if figure.area != people.area:
        raise DenominatorError(f"expected the population of {figure.area}; came that of {people.area}")
    day, span = people.period.start, figure.period
    inside = span.start <= day <= span.end if span.months else day <= span.start
    if not inside:
        raise DenominatorError(f"{figure.area}: expected a population of a mid-year in or before {span}; came {day}")
    sources = queries.sources(build=build)
    older = [sources[one.source].line == BEFORE_REBASING for one in (figure, people)]
    if older[0] != older[1]:
        lines = [sources[one.source].line for one in (figure, people)]
        raise DenominatorError(f"{figure.area}: expected figure and population of one vintage; came {lines}")


def one_vintage(people: Iterable[Observation], *, build: str) -> None:
    """Raise `DenominatorError` unless the populations of places set side by side are of one day and one edition."""
    sources, every = queries.sources(build=build), tuple(people)
    editions = sorted({(o.period.start.isoformat(), sources[o.source].line) for o in every})
    if len(editions) > 1:
        raise DenominatorError(f"expected populations of one mid-year and one vintage; came {editions}")
