"""Places beside a benchmark: higher, similar or lower; funnel limits; how far places spread beyond chance.

The awkward fact: places differ for more reasons than chance, so limits of chance alone would call nearly every
place unusual. Limits are widened by the overdispersion up to a point, and beyond it there are none to draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import chdtrc, gammainc, gammaincc, pdtr, pdtrik

from dashboard.statistics.inputs import (
    LEVEL,
    WIDE_LEVEL,
    BoolArray,
    FloatArray,
    Numbers,
    Reason,
    is_held,
    numbers,
    same_length,
    tail,
)
from dashboard.statistics.rates import Estimate

FEWEST_AREAS = 2
WINSORISED = 0.1  # of the places, at either end, count as no further out than the next
MOST_SPREAD = 2.0  # phi beyond which no funnel is drawn: its limits would tell nothing
LARGE_PART = 0.1  # of a whole: a place above this is compared with the rest


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A verdict against a benchmark, or the reason for having none."""

    verdict: Literal["higher", "similar", "lower"] | None
    reason: Reason | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Funnel:
    """Limits in events per `per` people, one for each population; NaN where there is none.

    `inner` holds 95% and `outer` 99.8% of places that differ from the benchmark by chance alone.
    """

    populations: FloatArray
    benchmark: float | None
    per: int
    inner_lower: FloatArray
    inner_upper: FloatArray
    outer_lower: FloatArray
    outer_upper: FloatArray
    reason: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class Overdispersion:
    """`phi`: how many times the spread of places (as a variance) is that of chance; 1 is chance alone.

    `winsorised` is phi with the outermost tenth at either end drawn in, so that a few places do not set it alone.
    """

    areas: int
    left_out: int
    phi: float | None = None
    winsorised: float | None = None
    p_value: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """The events and people that a place stands beside: the rest of a whole (`is_rest`), or the whole itself."""

    count: float
    population: float
    is_rest: bool


def benchmark_of(*, count: float, population: float, whole_count: float, whole_population: float) -> Benchmark:
    """Return what a place inside a whole is compared with: the rest of it where the place is over a tenth of it.

    A large place pulls the whole towards itself: South Wales has 72% of the people on asylum support in Wales, so its
    rate of 18.0 stands beside 10.6 for Wales and 5.2 for the rest. A tenth is counted in events or in people, whichever
    is more. Where the place is all there is, the whole is returned. Net changes may be below 0.
    """
    is_large = count > LARGE_PART * whole_count or population > LARGE_PART * whole_population
    if is_large and whole_population > population:
        return Benchmark(count=whole_count - count, population=whole_population - population, is_rest=True)
    return Benchmark(count=whole_count, population=whole_population, is_rest=False)


def compare_with_benchmark(*, estimate: Estimate, benchmark: float | None) -> Comparison:
    """Return whether the whole range of `estimate` lies above or below `benchmark`, in one unit, else "similar".

    The benchmark is taken as known, and is not to contain a large place (see `benchmark_of`).
    Source: technical guide of Public Health England, comparison with a benchmark.
    """
    if estimate.lower is None or estimate.upper is None:
        return Comparison(verdict=None, reason=estimate.reason or "missing_value")
    if not is_held(benchmark):
        return Comparison(verdict=None, reason="missing_benchmark")
    if estimate.lower > benchmark:
        return Comparison(verdict="higher")
    return Comparison(verdict="lower" if estimate.upper < benchmark else "similar")


def funnel_limits(*, populations: Numbers, benchmark: float | None, per: int, phi: float = 1.0) -> Funnel:
    """Return between which rates, per `per` people, places of these populations lie by chance alone.

    Poisson quantiles of the expected count, interpolated between whole counts, never below 0; the upper one
    lies one event higher, because a count is rarer than its tail only when the count below it passes the
    quantile. The lines are for the eye; `outside_funnel` judges the places. Missing or non-positive
    populations have no limits; nor has any without a benchmark of 0 or more. With a `phi` above 1 they are
    those of counts that vary phi times as much as chance (a quasi-Poisson: counts come in lumps of phi).
    Source: Spiegelhalter 2005, Statistics in Medicine 24, appendix A.1, with the upper limit by exact tails.
    """
    _widened(phi)
    people = numbers(populations)
    centre = benchmark if is_held(benchmark) and benchmark >= 0 else None
    scale = per / np.where(people > 0, people, np.nan)
    expected = (np.nan if centre is None else centre) / scale / phi
    inner, outer = tail(LEVEL), tail(WIDE_LEVEL)
    lump = scale * phi
    return Funnel(
        populations=people,
        benchmark=centre,
        per=per,
        inner_lower=_poisson_limit(expected, inner) * lump,
        inner_upper=(_poisson_limit(expected, 1 - inner) + 1) * lump,
        outer_lower=_poisson_limit(expected, outer) * lump,
        outer_upper=(_poisson_limit(expected, 1 - outer) + 1) * lump,
        reason="missing_benchmark" if centre is None else None,
    )


def outside_funnel(
    *,
    counts: Numbers,
    populations: Numbers,
    benchmark: float | None,
    per: int,
    level: float = WIDE_LEVEL,
    phi: float = 1.0,
) -> BoolArray:
    """Return which places lie outside a funnel: so many events, or so few, have a chance below the tail of `level`.

    A place without a count or a population above 0 is not outside; nor is any without a benchmark of 0 or more.
    With a `phi` above 1 the tails are those of counts that vary phi times as much as chance.
    ValueError unless equally many counts and populations. Source: exact Poisson tails, as UKHSA's inversion.
    """
    _widened(phi)
    observed, people = numbers(counts), numbers(populations)
    same_length(counts=observed, populations=people)
    centre = benchmark if is_held(benchmark) and benchmark >= 0 else np.nan
    usable = (observed >= 0) & (people > 0)
    expected = np.where(usable, people, np.nan) * centre / per / phi
    lumps = np.maximum(observed, 0.0) / phi  # not whole numbers, so the tails are those of the gamma function
    as_many = np.where(lumps > 0, gammainc(np.where(lumps > 0, lumps, 1.0), expected), 1.0)
    as_few = gammaincc(lumps + 1, expected)
    return np.asarray((as_few < tail(level)) | (as_many < tail(level)), dtype=np.bool_)


def _widened(phi: float) -> None:
    if not phi >= 1:
        raise ValueError(f"expected limits as wide as chance or wider, phi 1 or more; came {phi}")


def overdispersion(*, counts: Numbers, populations: Numbers) -> Overdispersion:
    """Return chi-square ÷ (n − 1) of the counts around their common rate, and how likely chance alone is.

    Places without a count or a population above 0 are left out and counted in `left_out`. Under two
    places, or without a single event, there is no estimate. ValueError unless equally many of each.
    Source: Spiegelhalter 2005, multiplicative overdispersion, with and without winsorising a tenth at either end.
    """
    observed, people = numbers(counts), numbers(populations)
    same_length(counts=observed, populations=people)
    usable = (observed >= 0) & (people > 0)
    observed, people = observed[usable], people[usable]
    areas, left_out = len(observed), int((~usable).sum())
    if areas < FEWEST_AREAS:
        return Overdispersion(areas=areas, left_out=left_out, reason="too_few_areas")
    if not observed.any():
        return Overdispersion(areas=areas, left_out=left_out, reason="no_events")
    expected = people * (observed.sum() / people.sum())
    apart = (observed - expected) / np.sqrt(expected)
    chi_square = float((apart**2).sum())
    drawn_in = np.clip(apart, *np.quantile(apart, [WINSORISED, 1 - WINSORISED]))
    return Overdispersion(
        areas=areas,
        left_out=left_out,
        phi=chi_square / (areas - 1),
        winsorised=float((drawn_in**2).sum()) / (areas - 1),
        p_value=float(chdtrc(areas - 1, chi_square)),
    )


def _poisson_limit(expected: FloatArray, share: float) -> FloatArray:
    """Return the count below which a `share` of Poisson counts lie, interpolated between whole counts."""
    count = np.ceil(pdtrik(share, expected))
    one_less = np.maximum(count - 1, 0.0)
    count = np.where(pdtr(one_less, expected) >= share, one_less, count)
    at = pdtr(count, expected)
    before = np.where(count > 0, pdtr(np.maximum(count - 1, 0.0), expected), 0.0)
    return np.asarray(np.maximum(count - (at - share) / (at - before), 0.0), dtype=np.float64)
