"""Places beside a benchmark: a word only when the whole range says so, and limits that hold what they promise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dashboard.statistics import (
    WIDE_LEVEL,
    Estimate,
    benchmark_of,
    compare_with_benchmark,
    funnel_limits,
    outside_funnel,
    overdispersion,
    rate_interval,
)

POPULATIONS = [60_000, 95_000, 135_000, 240_000, 383_920]


@pytest.mark.parametrize(
    ("benchmark", "verdict"), [(0.9, "higher"), (1.0, "similar"), (1.5, "similar"), (2.0, "similar"), (2.1, "lower")]
)
def test_a_place_differs_only_when_its_whole_range_does(benchmark, verdict):
    estimate = Estimate(value=1.5, lower=1.0, upper=2.0, level=0.95)
    assert compare_with_benchmark(estimate=estimate, benchmark=benchmark).verdict == verdict


@settings(deadline=None)
@given(count=st.integers(0, 10**5), population=st.integers(1, 10**7))
def test_a_place_is_similar_to_itself(count, population):
    own = rate_interval(count=count, population=population, per=10_000)
    assert compare_with_benchmark(estimate=own, benchmark=own.value).verdict == "similar"


@settings(deadline=None)
@given(count=st.integers(0, 10**4), benchmark=st.floats(0, 1000))
def test_the_wider_level_never_finds_what_the_narrower_does_not(count, benchmark):
    narrow, wide = (rate_interval(count=count, population=1e5, per=10_000, level=one) for one in (0.95, WIDE_LEVEL))
    found = compare_with_benchmark(estimate=wide, benchmark=benchmark).verdict
    assert found in {"similar", compare_with_benchmark(estimate=narrow, benchmark=benchmark).verdict}


@pytest.mark.parametrize(
    ("count", "population", "benchmark", "reason"),
    [
        (None, 100, 2.0, "missing_count"),
        (5, 0, 2.0, "no_population"),
        (-5, 100, 2.0, "negative_count"),
        (5, 100, None, "missing_benchmark"),
        (5, 100, math.nan, "missing_benchmark"),
    ],
)
def test_a_comparison_that_cannot_be_had_says_why(count, population, benchmark, reason):
    estimate = rate_interval(count=count, population=population, per=1_000)
    found = compare_with_benchmark(estimate=estimate, benchmark=benchmark)
    assert (found.verdict, found.reason) == (None, reason)


def test_the_whole_counts_of_the_limits_are_scipys_quantiles_the_upper_one_event_higher():
    populations = np.geomspace(500, 5e6, 400)
    found = funnel_limits(populations=populations, benchmark=20.6, per=10_000)
    expected = populations * 20.6 / 10_000
    shares = {"inner_lower": 0.025, "inner_upper": 0.975, "outer_lower": 0.001, "outer_upper": 0.999}
    for name, share in shares.items():
        counts = getattr(found, name) * populations / 10_000
        one_higher = 1 if share > 0.5 else 0
        assert np.ceil(np.round(counts, 9)) == pytest.approx(stats.poisson.ppf(share, expected) + one_higher)


@pytest.mark.parametrize("level", [0.95, WIDE_LEVEL])
@pytest.mark.parametrize("expected", [0.5, 1.0, 2.0, 3.0, 20.0, 100.0, 790.0])
def test_an_ordinary_place_lies_outside_no_more_often_than_the_limit_says(expected, level):
    # summed; interpolated quantiles alone put 9.0% above 95% limits at 0.5 expected, 8.0% at 1, 3.4% at 20
    counts = np.arange(2_000)
    chance, people = stats.poisson.pmf(counts, expected), np.full(2_000, 1_000)
    out = outside_funnel(counts=counts, populations=people, benchmark=expected, per=1_000, level=level)
    high, low = chance[out & (counts > expected)].sum(), chance[out & (counts < expected)].sum()
    assert max(high, low) <= (1 - level) / 2
    assert high > 0.3 * (1 - level) / 2 or expected < 20


@pytest.mark.parametrize("expected", [0.5, 1.0, 2.0, 3.0, 20.0, 100.0, 790.0])
def test_the_lines_and_the_judgement_agree(expected):
    counts = np.arange(2_000)
    lines = funnel_limits(populations=[1_000], benchmark=expected, per=1_000)
    for level, lower, upper in (
        (0.95, lines.inner_lower[0], lines.inner_upper[0]),
        (WIDE_LEVEL, lines.outer_lower[0], lines.outer_upper[0]),
    ):
        people = np.full(2_000, 1_000)
        out = outside_funnel(counts=counts, populations=people, benchmark=expected, per=1_000, level=level)
        assert out.tolist() == ((counts < lower) | (counts > upper)).tolist()


def test_a_place_that_cannot_be_judged_is_not_outside():
    counts, people = [None, 9_000, -2, 9_000], [95_000, 0, 95_000, 95_000]
    judged = outside_funnel(counts=counts, populations=people, benchmark=20.6, per=10_000)
    assert judged.tolist() == [False, False, False, True]
    assert not outside_funnel(counts=counts, populations=people, benchmark=None, per=10_000).any()
    with pytest.raises(ValueError, match="as many of one as of the other"):
        outside_funnel(counts=[1], populations=[1, 2], benchmark=20.6, per=10_000)


def test_the_interpolated_limit_is_the_published_formula():
    # mean 10: P(X ≤ 3) = 0.010336, P(X ≤ 4) = 0.029253, so 2.5% lies at 4 − (0.029253 − 0.025) ÷ 0.018917
    found = funnel_limits(populations=[10], benchmark=1.0, per=1)
    assert found.inner_lower[0] * 10 == pytest.approx(4 - (0.029253 - 0.025) / 0.018917, abs=1e-3)


def test_limits_close_in_on_the_benchmark_as_populations_grow():
    found = funnel_limits(populations=POPULATIONS, benchmark=20.6, per=10_000)
    for lower, upper in ((found.inner_lower, found.inner_upper), (found.outer_lower, found.outer_upper)):
        assert (np.diff(lower) > 0).all()
        assert (np.diff(upper) < 0).all()
        assert (lower < 20.6).all()
        assert (upper > 20.6).all()
    assert (found.outer_lower < found.inner_lower).all()
    assert (found.outer_upper > found.inner_upper).all()


@settings(deadline=None)
@given(population=st.integers(1, 10**7), benchmark=st.floats(0, 500))
def test_limits_do_not_depend_on_the_base_and_are_never_negative(population, benchmark):
    one = funnel_limits(populations=[population], benchmark=benchmark, per=1_000)
    ten = funnel_limits(populations=[population], benchmark=benchmark * 10, per=10_000)
    assert ten.inner_upper[0] == pytest.approx(one.inner_upper[0] * 10)
    assert 0 <= one.outer_lower[0] <= one.inner_lower[0] <= one.inner_upper[0] <= one.outer_upper[0]


def test_a_place_without_people_has_no_limits_and_the_others_keep_theirs():
    found = funnel_limits(populations=[None, 0, 95_000], benchmark=20.6, per=10_000)
    assert np.isnan(found.inner_lower).tolist() == [True, True, False]


@pytest.mark.parametrize("benchmark", [None, math.nan, -1])
def test_without_a_benchmark_there_is_no_funnel(benchmark):
    found = funnel_limits(populations=POPULATIONS, benchmark=benchmark, per=10_000)
    assert np.isnan(found.outer_upper).all()
    assert (found.benchmark, found.reason) == (None, "missing_benchmark")


def test_overdispersion_is_chi_square_over_its_degrees_of_freedom():
    counts, populations = [30, 45, 80], [10_000, 20_000, 30_000]
    reference = stats.chisquare(counts, np.array(populations) * sum(counts) / sum(populations))
    found = overdispersion(counts=counts, populations=populations)
    assert found.phi == pytest.approx(reference.statistic / 2)
    assert found.p_value == pytest.approx(reference.pvalue)
    assert (found.areas, found.left_out, found.reason) == (3, 0, None)


def test_chance_alone_has_an_overdispersion_of_one():
    # the mean of 500 estimates over 22 places; one has variance 2 ÷ 21, so their mean lies within 1 ± 0.05 (3.6 errors)
    rng = np.random.default_rng(20260401)
    populations = np.linspace(60_000, 400_000, 22)
    draws = rng.poisson(populations * 0.002, size=(500, 22)).astype(float)
    found = [overdispersion(counts=counts, populations=populations) for counts in draws]
    assert np.mean([one.phi for one in found]) == pytest.approx(1, abs=0.05)
    assert np.mean([one.p_value < 0.05 for one in found]) == pytest.approx(0.05, abs=0.03)


@pytest.mark.parametrize("phi", [1.0, 1.5, 2.0])
def test_widened_limits_hold_what_they_promise_of_counts_that_spread_that_much(phi):
    # negative binomial counts of mean 200 and variance phi x 200, summed; without widening 5.0 and 9.2% were above 95%
    counts, mean = np.arange(1_000), 200
    chance = stats.poisson.pmf(counts, mean) if phi == 1 else stats.nbinom.pmf(counts, mean / (phi - 1), 1 / phi)
    people = np.full(1_000, 1_000)
    out = outside_funnel(counts=counts, populations=people, benchmark=mean, per=1_000, level=0.95, phi=phi)
    assert chance[out].sum() == pytest.approx(0.05, abs=0.012)
    lines = funnel_limits(populations=[1_000], benchmark=mean, per=1_000, phi=phi)
    plain = funnel_limits(populations=[1_000], benchmark=mean, per=1_000)
    assert lines.inner_upper[0] - mean == pytest.approx((plain.inner_upper[0] - mean) * phi**0.5, rel=0.06)


def test_limits_narrower_than_chance_are_refused():
    with pytest.raises(ValueError, match=r"phi 1 or more; came 0\.5"):
        funnel_limits(populations=[1], benchmark=1, per=1, phi=0.5)


def test_a_few_places_do_not_set_the_spread_alone():
    counts = [*([100] * 19), 300, 300, 300]
    found = overdispersion(counts=counts, populations=[1_000] * 22)
    assert found.winsorised < found.phi / 1.0
    one = overdispersion(counts=[*([100, 104, 96] * 7), 400], populations=[1_000] * 22)
    assert one.phi > 30
    assert one.winsorised < 2


@settings(deadline=None)
@given(scale=st.integers(2, 50))
def test_equal_rates_spread_less_than_chance(scale):
    found = overdispersion(counts=[10 * scale, 20 * scale], populations=[1_000, 2_000])
    assert found.phi == pytest.approx(0)
    assert found.p_value == pytest.approx(1)


@pytest.mark.parametrize(
    ("counts", "populations", "areas", "left_out", "reason"),
    [
        ([], [], 0, 0, "too_few_areas"),
        ([5], [100], 1, 0, "too_few_areas"),
        ([5, None, 7, -1], [100, 100, 0, 100], 1, 3, "too_few_areas"),
        ([0, 0], [100, 200], 2, 0, "no_events"),
    ],
)
def test_an_overdispersion_that_cannot_be_had_says_why(counts, populations, areas, left_out, reason):
    found = overdispersion(counts=counts, populations=populations)
    assert (found.phi, found.p_value, found.areas, found.left_out, found.reason) == (
        None,
        None,
        areas,
        left_out,
        reason,
    )


@pytest.mark.parametrize(
    ("count", "population", "is_rest"),
    [
        (2_299, 1_363_561, True),
        (1_313, 383_919, True),
        (21, 135_743, False),
        (340, 100_000, True),
        (3_223, 3_186_581, False),
    ],
)
def test_a_place_above_a_tenth_of_a_whole_stands_beside_the_rest_of_it(count, population, is_rest):
    found = benchmark_of(count=count, population=population, whole_count=3_223, whole_population=3_186_581)
    assert found.is_rest is is_rest
    left = (3_223 - count, 3_186_581 - population) if is_rest else (3_223, 3_186_581)
    assert (found.count, found.population) == left
