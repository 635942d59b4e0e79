"""A rate is a count over a population, or nothing at all; its interval holds it, and widens with the level."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dashboard.statistics import (
    WIDE_LEVEL,
    count_interval,
    count_intervals,
    proportion_interval,
    proportion_intervals,
    rate,
    rate_interval,
    rate_intervals,
)


def test_south_wales_recorded_about_two_hate_crimes_for_every_thousand_people():
    # 2,868 offences in the year ending March 2025 over 1,391,890 people at mid-2024
    assert rate(count=2868, population=1_391_890, per=1_000) == pytest.approx(2.06, abs=0.005)


def test_no_events_are_a_rate_of_zero():
    assert rate(count=0, population=383_920, per=10_000) == 0


@pytest.mark.parametrize(("count", "population"), [(None, 100), (5, None), (5, 0), (5, -1), (None, None)])
def test_without_a_count_or_a_population_there_is_no_rate(count, population):
    assert rate(count=count, population=population, per=1_000) is None


@settings(deadline=None)
@given(count=st.integers(0, 10**6), population=st.integers(1, 10**8), per=st.sampled_from([1_000, 10_000]))
def test_a_rate_gives_back_its_count(count, population, per):
    assert rate(count=count, population=population, per=per) * population / per == pytest.approx(count)


@given(counts=st.lists(st.integers(0, 10**6), min_size=1), population=st.integers(1, 10**8))
def test_a_rate_is_one_number_alone_and_among_others_to_its_last_digit(counts, population):
    many = rate_intervals(counts=counts, populations=[population] * len(counts), per=1_000).value
    assert list(many) == [rate(count=count, population=population, per=1_000) for count in counts]


# the published check values are exact Poisson ends; Byar's from 10 up may differ by 0.01
PUBLISHED = [(3, 0.62, 8.77), (5, 1.62, 11.67), (10, 4.80, 18.39), (25, 16.18, 36.90), (100, 81.36, 121.63)]
LEVELS = st.sampled_from([0.95, WIDE_LEVEL])
COUNTS = st.integers(0, 10**6)


def exact(count: int, level: float) -> tuple[float, float]:
    """The chi-square ends, as SciPy's own distribution gives them."""
    beyond = (1 - level) / 2
    lower = stats.chi2.ppf(beyond, 2 * count) / 2 if count else 0.0
    return lower, stats.chi2.ppf(1 - beyond, 2 * count + 2) / 2


@pytest.mark.parametrize(("count", "lower", "upper"), PUBLISHED)
def test_the_published_check_values_are_scipys_exact_ones(count, lower, upper):
    assert exact(count, 0.95) == pytest.approx((lower, upper), abs=0.0051)


@pytest.mark.parametrize(("count", "lower", "upper"), PUBLISHED)
def test_a_count_has_its_published_interval(count, lower, upper):
    found = count_interval(count=count)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.0051 if count < 10 else 0.0131)
    assert (found.value, found.level, found.reason) == (count, 0.95, None)


@pytest.mark.parametrize("level", [0.95, WIDE_LEVEL])
@pytest.mark.parametrize("count", range(10))
def test_under_ten_the_ends_are_exact(count, level):
    found = count_interval(count=count, level=level)
    assert (found.lower, found.upper) == pytest.approx(exact(count, level), rel=1e-9)


@pytest.mark.parametrize(("level", "z"), [(0.95, 1.959964), (WIDE_LEVEL, 3.090232)])
@pytest.mark.parametrize("count", [10, 25, 246, 2868])
def test_from_ten_up_the_ends_are_byars(count, level, z):
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    upper = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * math.sqrt(count + 1))) ** 3
    found = count_interval(count=count, level=level)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), rel=1e-6)
    assert (found.lower, found.upper) == pytest.approx(exact(count, level), rel=0.025)


def test_no_events_may_still_be_up_to_three_point_seven():
    found = count_interval(count=0)
    assert found.lower == 0
    assert found.upper == pytest.approx(-math.log(0.025))


@pytest.mark.parametrize("level", [0.95, WIDE_LEVEL])
@pytest.mark.parametrize("mean", [0.5, 4, 9.5, 30, 246])
def test_the_interval_holds_the_mean_as_often_as_it_says(mean, level):
    # summed over all counts, not simulated: exact ends never cover less; Byar's may miss by a thousandth
    counts = np.arange(int(mean + 12 * math.sqrt(mean) + 20))
    found = count_intervals(counts=counts.astype(float), level=level)
    covered = stats.poisson.pmf(counts, mean)[(found.lower <= mean) & (mean <= found.upper)].sum()
    assert covered >= level - 0.001


@settings(deadline=None)
@given(count=COUNTS, level=LEVELS)
def test_an_interval_holds_its_count(count, level):
    found = count_interval(count=count, level=level)
    assert 0 <= found.lower <= count < found.upper


@settings(deadline=None)
@given(count=COUNTS, level=LEVELS)
def test_more_events_have_higher_ends_also_where_the_method_changes(count, level):
    found = count_intervals(counts=[count, count + 1], level=level)
    assert found.lower[0] < found.lower[1]
    assert found.upper[0] < found.upper[1]


@settings(deadline=None)
@given(count=COUNTS)
def test_the_wider_level_is_wider(count):
    narrow, wide = count_interval(count=count), count_interval(count=count, level=WIDE_LEVEL)
    assert wide.lower <= narrow.lower
    assert wide.upper > narrow.upper


@settings(deadline=None)
@given(count=COUNTS, population=st.integers(1, 10**8), per=st.sampled_from([1_000, 10_000]))
def test_a_rate_and_its_ends_are_the_counts_over_the_population(count, population, per):
    found, counted = rate_interval(count=count, population=population, per=per), count_interval(count=count)
    assert found.value == pytest.approx(rate(count=count, population=population, per=per))
    assert found.lower * population / per == pytest.approx(counted.lower)
    assert found.upper * population / per == pytest.approx(counted.upper)


@pytest.mark.parametrize(
    ("count", "population", "reason"),
    [
        (None, 100, "missing_count"),
        (math.nan, 100, "missing_count"),
        (5, None, "missing_population"),
        (5, math.nan, "missing_population"),
        (5, math.inf, "missing_population"),
        (5, 0, "no_population"),
        (5, -1, "no_population"),
    ],
)
def test_a_rate_that_cannot_be_had_says_why(count, population, reason):
    found = rate_interval(count=count, population=population, per=1_000)
    assert (found.value, found.lower, found.upper, found.reason) == (None, None, None, reason)
    assert rate(count=count, population=population, per=1_000) is None


def test_a_net_correction_keeps_its_rate_but_has_no_interval():
    found = rate_interval(count=-3, population=1_000, per=1_000)
    assert (found.value, found.lower, found.upper, found.reason) == (-3, None, None, "negative_count")


def test_arrays_hold_what_single_numbers_hold_and_keep_the_gaps():
    counts, populations = [None, 0, 7, 246, 5, -2], [100, 100, 200, 383_920, None, 50]
    found = rate_intervals(counts=counts, populations=populations, per=10_000)
    for index, (count, population) in enumerate(zip(counts, populations, strict=True)):
        one = rate_interval(count=count, population=population, per=10_000)
        for array, number in ((found.value, one.value), (found.lower, one.lower), (found.upper, one.upper)):
            assert array[index] == pytest.approx(math.nan if number is None else number, nan_ok=True)


def test_nothing_in_is_nothing_out():
    assert len(count_intervals(counts=[]).value) == 0


def test_counts_and_populations_go_in_pairs():
    with pytest.raises(ValueError, match="'counts': 2, 'populations': 1"):
        rate_intervals(counts=[1, 2], populations=[3], per=1_000)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_a_share(level):
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        count_interval(count=5, level=level)


def test_the_callers_array_is_left_alone():
    counts = np.array([1.0, np.inf])
    count_intervals(counts=counts)
    assert counts.tolist() == [1.0, np.inf]


@settings(deadline=None)
@given(whole=st.integers(1, 10**6), level=LEVELS, data=st.data())
def test_wilson_is_scipys_wilson(whole, level, data):
    count = data.draw(st.integers(0, whole))
    reference = stats.binomtest(count, whole).proportion_ci(confidence_level=level, method="wilson")
    found = proportion_interval(count=count, whole=whole, level=level)
    assert (found.lower, found.upper) == pytest.approx((reference.low, reference.high), rel=1e-6, abs=1e-9)
    assert 0 <= found.lower <= found.value <= found.upper <= 1


@settings(deadline=None)
@given(whole=st.integers(1, 10**6), data=st.data())
def test_the_other_part_of_a_whole_has_the_mirrored_interval(whole, data):
    count = data.draw(st.integers(0, whole))
    part, rest = (proportion_interval(count=n, whole=whole) for n in (count, whole - count))
    assert part.lower == pytest.approx(1 - rest.upper, abs=1e-12)


def test_none_and_all_end_exactly_at_0_and_1():
    assert proportion_interval(count=0, whole=12).lower == 0
    assert proportion_interval(count=12, whole=12).upper == 1


@pytest.mark.parametrize(
    ("count", "whole", "reason"),
    [
        (None, 10, "missing_count"),
        (3, None, "missing_population"),
        (3, 0, "no_population"),
        (-1, 10, "negative_count"),
        (11, 10, "more_than_whole"),
    ],
)
def test_a_share_that_cannot_be_had_says_why(count, whole, reason):
    found = proportion_interval(count=count, whole=whole)
    assert (found.value, found.lower, found.upper, found.reason) == (None, None, None, reason)


def test_shares_in_arrays_keep_their_gaps():
    found = proportion_intervals(counts=[5, None, 11], wholes=[20, 20, 10])
    assert found.value.tolist() == pytest.approx([0.25, math.nan, math.nan], nan_ok=True)
    assert (found.lower[0], found.upper[0]) == pytest.approx((0.112, 0.469), abs=0.0005)
