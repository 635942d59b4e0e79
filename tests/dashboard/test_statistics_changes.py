"""Two counts differ only when chance alone would seldom make them differ, and small ones get no percentage."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from dashboard.statistics import WIDE_LEVEL, change, same_quarter

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


# racially or religiously aggravated offences (9B), South Wales Police area, April 2018 to September 2022
QUARTERS = [228, 214, 205, 181, 233, 243, 183, 190, 241, 297, 203, 198, 258, 290, 249, 216, 243, 276]


def test_a_quarter_is_set_beside_the_same_quarter_of_earlier_years():
    found = same_quarter(values=QUARTERS)
    assert found.value == 276
    assert found.earlier == (290, 297, 243, 214)
    assert (found.lowest, found.highest, found.mean) == (214, 297, 261)
    assert found.verdict == "within"
    assert found.chance_outside == pytest.approx(0.4)
    assert (found.year_before.before, found.year_before.verdict) == (290, "no_clear_change")


@pytest.mark.parametrize(("value", "verdict"), [(298, "above"), (297, "within"), (214, "within"), (213, "below")])
def test_only_beyond_every_earlier_year_is_above_or_below(value, verdict):
    assert same_quarter(values=[*QUARTERS[:-1], value]).verdict == verdict


def test_a_gap_stays_a_gap_among_the_earlier_years():
    found = same_quarter(values=[214, 0, 0, 0, None, 0, 0, 0, 290, 0, 0, 0, 276, 0, 0, 0, 300])
    assert found.earlier == (276, 290, None, 214)
    assert (found.verdict, found.chance_outside) == ("above", 0.5)


@pytest.mark.parametrize(
    ("values", "reason"),
    [([], "missing_value"), ([5], "too_few_years"), ([*QUARTERS, None], "missing_value"), ([5] * 9, "too_few_years")],
)
def test_too_little_history_gives_no_verdict(values, reason):
    found = same_quarter(values=values)
    assert (found.verdict, found.lowest, found.reason) == (None, None, reason)


def test_equal_years_are_within():
    assert same_quarter(values=[5] * 13).verdict == "within"


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 500)), max_size=40))
def test_the_place_among_earlier_years_never_fails(values):
    found = same_quarter(values=values)
    assert (found.verdict is None) == (found.reason is not None)


def test_a_year_has_at_least_one_period():
    with pytest.raises(ValueError, match="at least 1"):
        same_quarter(values=[1], per_year=0)
