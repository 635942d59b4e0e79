"""Counts, rates and proportions with their intervals.

The awkward fact: an interval shows chance variation only, not under-reporting or changes in recording.
The one-number functions give reasons; their plurals take and give arrays, with NaN where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.special import gammaincinv, ndtri

from dashboard.statistics.inputs import (
    LEVEL,
    FloatArray,
    Numbers,
    Reason,
    count_reason,
    is_held,
    number_or_none,
    numbers,
    same_length,
    tail,
)

BYAR_FROM = 10
N = TypeVar("N", float, FloatArray)


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A value between two ends, all in the unit of the value; `reason` says why what is None is None."""

    value: float | None
    lower: float | None
    upper: float | None
    level: float
    reason: Reason | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Intervals:
    """Many estimates at once: three arrays of one length, NaN where there is none."""

    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    level: float

    def first(self, *, reason: Reason | None = None) -> Estimate:
        """Return the first estimate with plain numbers."""
        value, lower, upper = (number_or_none(array[0]) for array in (self.value, self.lower, self.upper))
        return Estimate(value=value, lower=lower, upper=upper, level=self.level, reason=reason)


def rate(*, count: float | None, population: float | None, per: int) -> float | None:
    """Return count ÷ population × `per` (events per `per` people), or None when either is missing or not positive.

    A count of 0 over a population is a rate of 0. Source: shared methods of the UK public-health
    statistics community; Home Office tables use `per=1000` for police force areas.
    """
    if not is_held(count) or not is_held(population) or population <= 0:
        return None
    return _per(count, population, per)


def _per(count: N, population: N, per: int) -> N:
    """Divide first: the one formula, because the last digit depends on the order."""
    return count / population * per


def count_interval(*, count: float | None, level: float = LEVEL) -> Estimate:
    """Return a count of events with the range its long-run mean may lie in: 3 is 0.62 to 8.77 at 95%.

    Under 10 the ends are exact Poisson ones (chi-square; Garwood 1936), from 10 up Byar's approximation
    (Breslow and Day 1987), as in the technical guide of Public Health England. 0 has the lower end 0.
    """
    return count_intervals(counts=[count], level=level).first(reason=count_reason(count))


def count_intervals(*, counts: Numbers, level: float = LEVEL) -> Intervals:
    """Return `count_interval` of every count, in arrays; missing and negative counts have no ends."""
    observed = numbers(counts)
    beyond = tail(level)
    lower, upper = np.full_like(observed, np.nan), np.full_like(observed, np.nan)
    few = (observed >= 0) & (observed < BYAR_FROM)
    many = observed >= BYAR_FROM
    lower[few], upper[few] = _exact_ends(observed[few], beyond)
    lower[many], upper[many] = _byar_ends(observed[many], beyond)
    return Intervals(value=observed, lower=lower, upper=upper, level=level)


def rate_interval(*, count: float | None, population: float | None, per: int, level: float = LEVEL) -> Estimate:
    """Return events per `per` people with their range: the ends of the count over the same population.

    Without a count, or a population above 0, there is no rate. A negative count (a net correction, a net
    flow) keeps its rate and has no range. Source: as `count_interval`; the population is taken as known.
    """
    rates = rate_intervals(counts=[count], populations=[population], per=per, level=level)
    return rates.first(reason=count_reason(count, population))


def rate_intervals(*, counts: Numbers, populations: Numbers, per: int, level: float = LEVEL) -> Intervals:
    """Return `rate_interval` of every place or period, in arrays; ValueError unless equally many of each."""
    people = numbers(populations)
    events = count_intervals(counts=counts, level=level)
    same_length(counts=events.value, populations=people)
    people = np.where(people > 0, people, np.nan)
    value, lower, upper = (_per(ends, people, per) for ends in (events.value, events.lower, events.upper))
    return Intervals(value=value, lower=lower, upper=upper, level=level)


def proportion_interval(*, count: float | None, whole: float | None, level: float = LEVEL) -> Estimate:
    """Return the share count ÷ whole, from 0 to 1, with its Wilson score range: 5 of 20 is 0.112 to 0.469 at 95%.

    A count below 0 or above its whole has no share. Source: Wilson 1927; Newcombe and Altman 2000.
    """
    reason = count_reason(count, whole)
    if reason is None and is_held(count) and is_held(whole) and count > whole:
        reason = "more_than_whole"
    return proportion_intervals(counts=[count], wholes=[whole], level=level).first(reason=reason)


def proportion_intervals(*, counts: Numbers, wholes: Numbers, level: float = LEVEL) -> Intervals:
    """Return `proportion_interval` of every pair, in arrays; ValueError unless equally many of each."""
    part, whole = numbers(counts), numbers(wholes)
    same_length(counts=part, wholes=whole)
    z = -float(ndtri(tail(level)))
    possible = (whole > 0) & (part >= 0) & (part <= whole)
    part, whole = np.where(possible, part, np.nan), np.where(possible, whole, np.nan)
    share = part / whole
    middle = (part + z**2 / 2) / (whole + z**2)
    reach = z * np.sqrt(part * (1 - share) + z**2 / 4) / (whole + z**2)
    # arithmetic may miss 0 and 1 by a hair, and the share itself where the range is all on one side
    lower = np.where(part == 0, 0.0, np.minimum(middle - reach, share))
    upper = np.where(part == whole, 1.0, np.maximum(middle + reach, share))
    return Intervals(value=share, lower=lower, upper=upper, level=level)


def _exact_ends(counts: FloatArray, beyond: float) -> tuple[FloatArray, FloatArray]:
    """Return the exact Poisson ends: half the chi-square quantiles with 2O and 2O + 2 degrees of freedom."""
    lower = np.where(counts > 0, gammaincinv(np.where(counts > 0, counts, 1.0), beyond), 0.0)
    return lower.astype(np.float64), np.asarray(gammaincinv(counts + 1, 1 - beyond), dtype=np.float64)


def _byar_ends(counts: FloatArray, beyond: float) -> tuple[FloatArray, FloatArray]:
    """Return O(1 − 1/(9O) − z/(3√O))³ and the same with O + 1 and + z."""
    z = -float(ndtri(beyond))
    above = counts + 1
    lower = counts * (1 - 1 / (9 * counts) - z / (3 * np.sqrt(counts))) ** 3
    return lower, above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
