"""What is expected knows season, trend and spread; it rarely calls an ordinary quarter, and finds a real rise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dashboard.statistics import RUN, Rebase, expected_range

# racially or religiously aggravated offences, South Wales Police area, July 2018 to December 2025: 24 quarters and more
SOUTH_WALES = [282, 247, 226, 290, 314, 247, 240, 292, 378, 254, 230, 331, 366, 342, 271]
SOUTH_WALES += [328, 348, 318, 283, 338, 378, 419, 356, 407, 466, 404, 360, 430, 530, 414]
CALM = [100, 104, 98, 101, 97, 103, 99, 102, 105, 96, 100, 101]
SEASONED = [80, 100, 120, 100] * 6
COUNTS = st.lists(st.integers(0, 1000), min_size=12, max_size=40)
GAPPY = st.lists(st.one_of(st.none(), st.integers(-20, 1000)), max_size=40)


def judged(*last, before=CALM, **more):
    """The newest of `last` beside what `before` and the rest lead to expect."""
    return expected_range(values=[*before, *last], **more)


def test_the_fit_is_that_of_statsmodels():
    # statsmodels 0.14, GLM of the 24 quarters before with Poisson family, quarter dummies and a trend, scale="X2":
    # scale 2.330108427778091, mean of the next 445.36185933917073, variance of its logarithm 0.002199817083314152
    found = expected_range(values=SOUTH_WALES)
    point, phi = found.points[-1], 2.330108427778091
    assert found.spread.phi == pytest.approx(phi, rel=1e-9)
    assert found.spread.freedom == 24 - 5
    assert point.expected == pytest.approx(445.36185933917073, rel=1e-9)
    far = -stats.t.ppf(0.004, 19) * math.sqrt(phi / point.expected + 0.002199817083314152) * 2 / 3
    assert (point.lower, point.upper) == (
        math.ceil(point.expected * (1 - far) ** 1.5),
        math.floor(point.expected * (1 + far) ** 1.5),
    )
    assert (point.lower, point.upper, point.verdict, found.used) == (337, 563, "within", tuple(range(5, 29)))


# Gwent Police area, January 2015 to June 2023: limits that knew no season or trend called 173 "above (43 to 153)"
GWENT = [46, 54, 81, 60, 52, 62, 79, 68, 74, 99, 99, 75, 87, 103, 111, 92, 83]
GWENT += [103, 110, 86, 75, 125, 131, 94, 72, 137, 161, 127, 121, 131, 165, 116, 154, 173]


def test_a_summer_of_a_growing_series_is_what_was_expected():
    found = expected_range(values=GWENT)
    point = found.points[-1]
    assert point.verdict == "within"
    assert point.expected == pytest.approx(162, abs=8)
    assert point.lower < 125 < 205 < point.upper


def test_season_and_trend_are_expected_and_not_called():
    for first in range(4):
        values = [SEASONED[(first + n) % 4] * 1.12 ** (n / 4) for n in range(25)]
        found = expected_range(values=[round(value) for value in values])
        assert found.points[-1].expected == pytest.approx(values[-1], rel=0.01)
        assert (found.verdict, found.run) != ("above", RUN)
        assert found.verdict == "within"


@pytest.mark.parametrize("first", range(4))
def test_a_rise_of_half_is_called_in_every_season(first):
    before = [SEASONED[(first + n) % 4] * 3 for n in range(24)]
    usual = SEASONED[first] * 3
    assert judged(usual, before=before).verdict == "within"
    assert judged(round(usual * 1.5), before=before).verdict == "above"
    assert judged(round(usual / 1.5), before=before).verdict == "below"


def test_a_count_on_a_limit_is_within_and_limits_are_whole():
    point = judged(100).points[-1]
    assert point.lower == int(point.lower)
    assert point.upper == int(point.upper)
    values = (point.lower - 1, point.lower, point.upper, point.upper + 1)
    assert [judged(value).verdict for value in values] == ["below", "within", "within", "above"]


def test_the_newest_figure_sets_no_limits_of_its_own_nor_of_those_before_it():
    one, other = judged(100, 100), judged(100, 5_000)
    assert one.points[-1].upper == other.points[-1].upper
    assert one.points[:-1] == other.points[:-1]


def test_the_spread_is_never_below_that_of_chance():
    assert judged(100, before=[100] * 24).spread.phi == 1
    # limits of Poisson counts around a mean that six years tell: 3 standard errors, and one more of the mean itself
    point = judged(100, before=[100] * 24).points[-1]
    assert 60 < point.lower < 75 < 125 < point.upper < 145


@pytest.mark.parametrize("times", [2, 4])
def test_an_earlier_quarter_that_stands_out_does_not_swamp_what_comes_after(times):
    before = [300 + (7 * n) % 41 - 20 for n in range(24)]
    spoilt = [*before[:15], 300 * times, *before[16:]]
    clean, dirty = judged(300, before=before).points[-1], judged(300, before=spoilt).points[-1]
    assert dirty.upper < clean.upper * 1.1
    assert judged(450, before=spoilt).verdict == "above"


def test_only_the_six_years_before_are_asked():
    found = judged(300, before=[9_999] * 12 + [300] * 24)
    assert found.used == tuple(range(12, 36))
    assert found.points[-1].expected == pytest.approx(300)


def test_each_re_base_starts_anew_and_is_kept():
    rebases = [Rebase(index=12, reason="new recording rules"), Rebase(index=26, reason="two forces merged")]
    values = CALM + [value * 10 for value in [*CALM, 100, 100]] + CALM[:5]
    found = expected_range(values=values, rebases=rebases[::-1])
    assert found.rebases == tuple(rebases)
    assert [n for n, point in enumerate(found.points) if point.upper is not None] == [24, 25]
    assert found.points[24].expected == pytest.approx(1_000, rel=0.05)
    assert (found.verdict, found.reason, found.spread) == (None, "too_few_points", None)


@pytest.mark.parametrize("rebase", [(0, "x"), (12, "x"), (-1, "x"), (5, " ")])
def test_a_rebase_starts_a_segment_and_has_a_reason(rebase):
    with pytest.raises(ValueError, match="between 1 and 11 with a reason"):
        expected_range(values=CALM, rebases=[Rebase(index=rebase[0], reason=rebase[1])])


@pytest.mark.parametrize("times", [list(range(11)), [0, *range(11)], [*range(11), 5]])
def test_times_rise_one_for_each_value(times):
    with pytest.raises(ValueError, match="12 times, each later"):
        expected_range(values=CALM, times=times)


def test_a_year_has_at_least_one_period():
    with pytest.raises(ValueError, match="at least 1"):
        expected_range(values=CALM, per_year=0)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "no_values"),
        ([None, math.nan], "no_values"),
        ([100], "too_few_points"),
        (CALM, "too_few_points"),
        ([*CALM[:11], None, 100], "too_few_points"),
        ([0] * 30, "too_few_events"),
        ([4] * 30, "too_few_events"),
        ([0, 40, 40, 40] * 6 + [3], "too_few_events"),
    ],
)
def test_a_range_that_cannot_be_had_says_why(values, reason):
    found = expected_range(values=values)
    assert (found.verdict, found.reason, found.spread, found.run) == (None, reason, None, 0)
    assert len(found.points) == len(values)


def test_twelve_earlier_points_are_enough_and_five_events_each():
    assert judged(100).verdict == "within"
    assert judged(5, before=[5] * 12).verdict == "within"


def test_a_gap_keeps_the_season_where_it_is():
    values = [SEASONED[n % 4] * 3 for n in range(25)]
    whole = expected_range(values=values)
    gone = expected_range(values=[*values[:9], *values[11:]], times=[*range(9), *range(11, 25)])
    unheld = expected_range(values=[*values[:9], None, None, *values[11:]])
    for one in (gone, unheld):
        assert one.points[-1].expected == pytest.approx(whole.points[-1].expected)
        assert one.points[-1].upper == gone.points[-1].upper
    assert unheld.points[9].reason == "missing_value"


def test_a_missing_quarter_is_no_season_of_another():
    # without the times, the quarters after the gap would be taken for their neighbours
    values = [SEASONED[n % 4] * 3 for n in range(25)]
    assert expected_range(values=[*values[:9], *values[10:]]).points[-1].expected != pytest.approx(240, rel=0.01)


def test_a_negative_correction_is_set_aside_and_the_verdict_is_of_the_newest_count():
    found = judged(100, -3)
    assert (found.points[13].value, found.points[13].reason, found.points[13].verdict) == (-3, "negative_count", None)
    assert (found.latest, found.verdict) == (12, "within")


def test_years_have_a_trend_and_no_season():
    found = judged(round(300 * 1.1**12), before=[round(300 * 1.1**n) for n in range(12)], per_year=1)
    assert (found.verdict, found.spread.freedom) == ("within", 12 - 2)
    assert found.points[-1].expected == pytest.approx(300 * 1.1**12, rel=0.01)
    assert judged(1_500, before=[round(300 * 1.1**n) for n in range(12)], per_year=1).verdict == "above"


def test_a_run_is_of_points_above_what_was_expected_of_each():
    ever_faster = [300 + round(0.6 * n * n) for n in range(1, 10)]
    found = judged(*ever_faster, before=[300] * 24)
    assert (found.run, found.verdict) == (len(ever_faster), "within")
    mirrored = judged(*(600 - value for value in ever_faster), before=[300] * 24)
    assert mirrored.run < -RUN
    assert judged(*ever_faster, 250, before=[300] * 24).run == -1


def test_a_run_clears_what_was_expected_by_more_than_printed_rounding():
    # 271 beside 270.94 is printed 271 beside 271: no reader would find it higher
    before = [262 + (7 * n) % 19 for n in range(24)]
    expected = judged(271, before=before).points[-1].expected
    assert expected != round(expected)
    assert judged(round(expected), before=before).run == 0
    assert judged(round(expected) + 1, before=before).run > 0
    assert judged(round(expected) - 1, before=before).run < 0


def test_a_run_ends_at_a_gap_and_at_a_re_base():
    ever_faster = [300 + round(0.6 * n * n) for n in range(1, 10)]
    assert judged(*ever_faster[:5], None, *ever_faster[6:], before=[300] * 24).run == 3
    times = [*range(29), *range(30, 34)]
    assert judged(*ever_faster, before=[300] * 24, times=times).run == 4


@settings(deadline=None, max_examples=50)
@given(values=GAPPY)
def test_every_series_has_a_defined_answer(values):
    found = expected_range(values=values)
    assert (found.verdict is None) == (found.reason is not None)
    for value, point in zip(values, found.points, strict=True):
        assert point.value == value
        assert (point.verdict is None) == (point.reason is not None)
        assert point.lower is None or 0 <= point.lower <= point.upper


@settings(deadline=None, max_examples=50)
@given(values=COUNTS, newest=st.integers(0, 5000))
def test_more_in_the_newest_quarter_is_never_called_lower(values, newest):
    order = {"below": 0, "within": 1, "above": 2, None: 1}
    less, more = (judged(n, before=values).verdict for n in (newest, newest + 50))
    assert order[less] <= order[more]


def test_counts_beyond_all_bounds_end_in_an_answer_too():
    found = expected_range(values=[1e15 + n for n in range(30)])
    assert found.verdict == "within"


# false alarms and power, small and with fixed seeds; `benchmarks/expected_range.py` prints the whole table

SEASON = np.array([0.83, 1.02, 1.15, 1.0])


def alarms(*, phi, growth, rise=1.0, mean=300, repeats=250, seed=20260401):
    """In what share of simulated series the newest quarter is called above and below; winter, spring and summer."""
    rng = np.random.default_rng(seed)
    called = {"above": 0, "below": 0, "within": 0}
    for repeat in range(repeats):
        quarter = (np.arange(25) + repeat) % 4
        means = mean * SEASON[quarter] / SEASON.mean() * (1 + growth) ** ((np.arange(25) - 24) / 4)
        means[-1] *= rise
        counts = rng.poisson(means) if phi == 1 else rng.poisson(rng.gamma(means / (phi - 1), phi - 1))
        called[expected_range(values=counts.astype(float)).verdict] += 1
    return called["above"] / repeats, called["below"] / repeats


@pytest.mark.parametrize(("phi", "growth"), [(1, 0.12), (2.6, 0.045), (4, 0.12)])
def test_an_ordinary_quarter_is_seldom_called(phi, growth):
    assert sum(alarms(phi=phi, growth=growth, repeats=500)) <= 0.015


def test_a_rise_of_half_is_found_eight_times_in_ten():
    assert alarms(phi=2.6, growth=0.045, rise=1.5)[0] >= 0.8
