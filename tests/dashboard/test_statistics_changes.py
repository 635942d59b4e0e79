"""Two counts differ only when their usual ups and downs would seldom make them; small ones get no percentage."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from dashboard.statistics import CHANCE, WIDE_LEVEL, Spread, expected_range
from dashboard.statistics import change as change_by

change = partial(change_by, spread=CHANCE)
COUNTS = st.integers(0, 10**5)
EXPOSURES = st.floats(0.01, 1e7)


def test_40_to_52_is_no_clear_change():
    found = change(before=40, after=52)
    assert found.verdict == "no_clear_change"
    # published as 0.84 to 2.02: the exact 0.844 and 2.015, rounded outwards
    assert math.floor(found.lower * 100) / 100 == 0.84
    assert math.ceil(found.upper * 100) / 100 == 2.02
    assert found.percent == pytest.approx(30)


def test_400_to_460_is_15_per_cent_higher():
    found = change(before=400, after=460)
    assert found.verdict == "higher"
    assert (round(found.percent), round(found.percent_lower), round(found.percent_upper)) == (15, 0, 32)
    assert found.reason is None


@pytest.mark.parametrize("level", [0.95, WIDE_LEVEL])
@pytest.mark.parametrize(("before", "after"), [(40, 52), (400, 460), (1, 9), (0, 7), (7, 0), (2868, 2500)])
def test_the_range_is_scipys_clopper_pearson_turned_into_odds(before, after, level):
    exact = stats.binomtest(after, before + after).proportion_ci(confidence_level=level, method="exact")
    found = change(before=before, after=after, exposure_before=2.0, exposure_after=3.0, level=level)
    upper = exact.high / (1 - exact.high) if exact.high < 1 else math.inf
    assert found.lower == pytest.approx(exact.low / (1 - exact.low) * 2 / 3)
    assert found.upper == pytest.approx(upper * 2 / 3)


@pytest.mark.parametrize("mean", [4, 25, 200])
def test_chance_alone_is_called_a_change_at_most_one_time_in_twenty(mean):
    # summed over the likely pairs: the exact range is conservative, so 5% is never passed, and 1% is at mean 25 and up
    span = range(int(max(0, mean - 5 * mean**0.5)), int(mean + 5 * mean**0.5))
    chance = {count: stats.poisson.pmf(count, mean) for count in span}
    called = sum(
        chance[a] * chance[b] for a in span for b in span if change(before=a, after=b).verdict != "no_clear_change"
    )
    assert called <= 0.05
    assert called > (0.01 if mean >= 25 else 0.001)


@settings(deadline=None)
@given(before=COUNTS, after=COUNTS, a=EXPOSURES, b=EXPOSURES)
def test_the_range_holds_the_ratio(before, after, a, b):
    assume(before + after > 0)
    found = change(before=before, after=after, exposure_before=a, exposure_after=b)
    assert found.lower <= found.ratio <= found.upper


@settings(deadline=None)
@given(before=COUNTS, after=COUNTS, a=EXPOSURES, b=EXPOSURES)
def test_swapping_the_counts_inverts_the_ratio_and_the_verdict(before, after, a, b):
    assume(before + after > 0)
    there = change(before=before, after=after, exposure_before=a, exposure_after=b)
    back = change(before=after, after=before, exposure_before=b, exposure_after=a)
    for one, other in ((there.ratio, back.ratio), (there.lower, back.upper), (there.upper, back.lower)):
        assert one == pytest.approx(math.inf if other == 0 else 1 / other)
    opposite = {"higher": "lower", "lower": "higher", "no_clear_change": "no_clear_change"}
    assert back.verdict == opposite[there.verdict]


@settings(deadline=None)
@given(before=COUNTS, after=COUNTS, scale=st.floats(0.001, 1000))
def test_the_unit_of_the_exposures_does_not_matter(before, after, scale):
    assume(before + after > 0)
    one = change(before=before, after=after)
    other = change(before=before, after=after, exposure_before=scale, exposure_after=scale)
    assert (other.ratio, other.lower, other.upper) == pytest.approx((one.ratio, one.lower, one.upper))


@settings(deadline=None)
@given(before=st.integers(1, 10**4), after=st.integers(0, 10**4))
def test_more_events_afterwards_are_a_greater_change(before, after):
    less, more = (change(before=before, after=n) for n in (after, after + 1))
    assert less.ratio < more.ratio
    assert less.lower < more.lower
    assert less.upper < more.upper


@pytest.mark.parametrize(("before", "after"), [(19, 400), (400, 19), (0, 0), (3, 9)])
def test_small_counts_have_no_percentage(before, after):
    found = change(before=before, after=after)
    assert (found.percent, found.percent_lower, found.percent_upper) == (None, None, None)
    assert found.reason == "small_count"
    assert found.verdict is not None


def test_twenty_is_enough_for_a_percentage():
    assert change(before=20, after=25).percent == pytest.approx(25)


def test_nothing_twice_is_no_clear_change_without_a_ratio():
    found = change(before=0, after=0)
    assert (found.verdict, found.ratio, found.lower, found.upper) == ("no_clear_change", None, 0, math.inf)


def test_many_after_none_is_higher_without_an_upper_end():
    found = change(before=0, after=30)
    assert (found.verdict, found.ratio, found.upper) == ("higher", math.inf, math.inf)


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        ({"before": -3, "after": 40}, "negative_count"),
        ({"before": 40, "after": -3}, "negative_count"),
        ({"before": None, "after": 40}, "missing_count"),
        ({"before": 40, "after": math.nan}, "missing_count"),
        ({"before": 40, "after": 40, "exposure_after": None}, "missing_population"),
        ({"before": 40, "after": 40, "exposure_before": 0}, "no_population"),
    ],
)
def test_a_change_that_cannot_be_had_says_why(given_, reason):
    found = change(**given_)
    assert (found.ratio, found.lower, found.verdict, found.percent, found.reason) == (None, None, None, None, reason)


def test_counts_under_one_or_beyond_all_bounds_end_in_a_range_too():
    assert change(before=0.0005, after=0).upper == math.inf
    assert change(before=0, after=1e20).lower == math.inf


# spread: crime counts vary more widely than chance


def test_a_spread_makes_each_count_tell_as_much_as_fewer_events():
    wide = change(before=400, after=460, spread=Spread(phi=2.0, freedom=math.inf))
    fewer = change(before=200, after=230)
    assert (wide.lower, wide.upper) == pytest.approx((fewer.lower, fewer.upper))
    assert (wide.ratio, wide.verdict) == (1.15, "no_clear_change")


def test_a_spread_that_few_figures_tell_is_trusted_less():
    ends = [change(before=400, after=460, spread=Spread(phi=2.0, freedom=n)).upper for n in (5, 19, 200, math.inf)]
    assert ends == sorted(ends, reverse=True)
    # t of 19 degrees of freedom at 97.5% is 2.093, as far out as a normal at 98.18%
    t_as_normal = change(before=400, after=460, level=2 * stats.norm.cdf(2.0930241) - 1)
    assert change(before=400, after=460, spread=Spread(phi=1.0, freedom=19)).upper == pytest.approx(t_as_normal.upper)


def test_without_a_spread_there_is_no_verdict_and_no_percentage():
    found = change(before=400, after=460, spread=None)
    assert (found.ratio, found.verdict, found.percent, found.reason) == (1.15, None, None, "unknown_spread")


# recorded hate crimes, years ending March 2024 and 2025, by the spreads that the reviewer named
@pytest.mark.parametrize(
    ("before", "after", "phi", "verdict"),
    [
        (5929, 6213, 1.0, "higher"),
        (5929, 6213, 2.0, "no_clear_change"),
        (1436, 1575, 1.0, "higher"),
        (1436, 1575, 2.0, "no_clear_change"),
        (131, 173, 1.44, "no_clear_change"),
        (1098, 1373, 6.75, "higher"),
        (594, 397, 6.75, "lower"),
    ],
)
def test_the_welsh_changes_of_2025_by_their_spread(before, after, phi, verdict):
    assert change(before=before, after=after, spread=Spread(phi=phi, freedom=math.inf)).verdict == verdict


def test_an_end_that_is_printed_as_nothing_is_no_change():
    # 6.0004 to 1: the exact lower end is 1.0002, which a sentence would print as "between 0.0% and 12%"
    pairs = ((before, after) for before in range(9_990, 10_010) for after in range(10_270, 10_290))
    for before, after in pairs:
        found = change(before=before, after=after)
        assert found.verdict == ("higher" if found.percent_lower > 0.05 else "no_clear_change")


@pytest.mark.parametrize("phi", [1.0, 2.6, 6.75])
def test_nothing_changed_is_called_a_change_at_most_one_time_in_twenty_whatever_the_spread(phi):
    # 300 series of 28 quarters, seeded; without the spread 22% would be called at 2.6 and 45% at 6.75
    rng, called = np.random.default_rng(20260402), 0
    for _ in range(300):
        means = np.full(28, 300.0)
        counts = rng.poisson(means) if phi == 1 else rng.poisson(rng.gamma(means / (phi - 1), phi - 1))
        spread = expected_range(values=counts.astype(float)).spread
        called += change(before=counts[-5], after=counts[-1], spread=spread).verdict != "no_clear_change"
    assert called / 300 <= 0.05
