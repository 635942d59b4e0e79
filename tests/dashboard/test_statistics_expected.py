"""Limits come from the series itself; four rules call a signal, and chance alone calls one as seldom as it should."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.statistics import Rebase, Signal, expected_range, expected_rate_range

# the worked series of Wheeler's that control-chart packages are checked with
WHEELER = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]
# racially or religiously aggravated offences (9B), South Wales Police area, July 2016 to June 2019
QUARTERS = [225, 168, 164, 202, 242, 151, 151, 228, 214, 205, 181, 233]
CALM = [10, 11, 9, 10, 12, 10, 9, 11, 10, 9, 11, 10]
SERIES = st.lists(st.integers(0, 1000), min_size=12, max_size=40)
GAPPY = st.lists(st.one_of(st.none(), st.integers(-20, 1000)), max_size=40)


def by_hand(values):
    """Mean, mean moving range after one screening and number screened, in plain Python."""
    ranges = [abs(b - a) for a, b in pairwise(values)]
    kept = [one for one in ranges if one <= 3.267 * sum(ranges) / len(ranges)]
    return sum(values) / len(values), sum(kept) / len(kept), len(ranges) - len(kept)


def called(found, rule, direction):
    """The points that take part in a rule."""
    return [i for i, point in enumerate(found.points) if Signal(rule=rule, direction=direction) in point.signals]


def drawn(found):
    """Every centre and limit, in one row, for comparing two charts."""
    return [number for point in found.points for number in (point.centre, point.lower, point.upper)]


def around(*last, before=CALM):
    """A chart whose limits are set by `before` (10.17 ± 3.9) and whose newest points are `last`."""
    return expected_range(values=[*before, *last], held_out=len(last))


@pytest.mark.parametrize("values", [WHEELER, QUARTERS, CALM])
def test_limits_are_the_mean_and_2_66_mean_moving_ranges(values):
    centre, mean_range, screened = by_hand(values)
    found = expected_range(values=values)
    (segment,) = found.segments
    assert (segment.centre, segment.mean_range, segment.screened) == (
        pytest.approx(centre),
        pytest.approx(mean_range),
        screened,
    )
    reach = 2.66 * mean_range
    for point in found.points:
        assert (point.lower, point.upper) == pytest.approx((centre - reach, centre + reach))


def test_one_wide_moving_range_is_screened_out_once():
    # the ranges have a mean of 355.9: 5200 − 3463 = 1737 passes 3.267 × it, 695 does not; 257.3 is left
    assert by_hand(WHEELER)[2] == 1
    found = expected_range(values=WHEELER)
    assert found.points[-1].upper == pytest.approx(sum(WHEELER) / 16 + 2.66 * 3602 / 14)
    assert found.verdict == "above"


def test_screening_is_not_repeated():
    # after 100 is dropped, 9 passes 3.267 × the new mean, and stays
    values = [10, 11, 10, 11, 10, 19, 10, 11, 10, 11, 10, 11, 10, 110]
    kept = [1, 1, 1, 1, 9, 9, 1, 1, 1, 1, 1, 1]
    assert max(kept) > 3.267 * sum(kept) / len(kept)
    assert expected_range(values=values).segments[0].mean_range == pytest.approx(sum(kept) / len(kept))


def test_a_lower_limit_stops_at_zero_for_counts_and_not_for_net_flows():
    values = [2, 0, 5, 1, 7, 0, 3, 9, 1, 4, 0, 6]
    assert {point.lower for point in expected_range(values=values).points} == {0}
    assert expected_range(values=values, signed=True).points[0].lower < 0


@pytest.mark.parametrize("newest", [([14], "within"), ([15], "above"), ([7], "within"), ([6], "below")])
def test_the_newest_point_is_within_above_or_below(newest):
    values, verdict = newest
    found = around(*values)
    assert (found.latest, found.verdict, found.reason) == (12, verdict, None)


def test_a_point_on_the_limit_is_within():
    found = expected_range(values=[10, 12] * 6 + [11 + 2 * 2.66], held_out=1)
    assert found.points[-1].value == pytest.approx(found.points[-1].upper)
    assert found.verdict == "within"


def test_points_held_out_do_not_set_the_limits():
    assert drawn(around(500))[:3] == pytest.approx(drawn(expected_range(values=CALM))[:3])
    assert expected_range(values=[*CALM, 500]).points[0].centre > 40


def test_rule_1_a_point_outside_the_limits():
    found = around(10, 15, 10, 6)
    assert called(found, "outside", "up") == [13]
    assert called(found, "outside", "down") == [15]


def test_rule_2_seven_in_a_row_on_one_side_and_all_seven_are_marked():
    assert called(around(9, *[11, 12] * 3, 11), "shift", "up") == [*range(13, 20)]
    assert called(around(11, *[9] * 8, 11), "shift", "down") == [*range(13, 21)]


def test_six_in_a_row_are_no_shift():
    assert called(around(9, *[11] * 6, 9), "shift", "up") == []


def test_a_point_on_the_centre_ends_a_run():
    base = [9, 11] * 6
    assert called(around(9, 11, 11, 11, 10, 11, 11, 11, before=base), "shift", "up") == []


def test_rule_3_seven_in_a_row_rising_or_falling():
    base = [90, 110] * 6
    rising, falling = [94, 96, 98, 100, 102, 104, 106], [106, 105, 104, 99, 98, 97, 96]
    assert called(around(100, *rising, 99, before=base), "trend", "up") == [*range(13, 20)]
    assert called(around(100, *falling, 99, before=base), "trend", "down") == [*range(13, 20)]


@pytest.mark.parametrize("almost", [[94, 96, 98, 98, 102, 104, 106], [94, 96, 98, 100, 102, 104]])
def test_a_pause_or_a_sixth_point_is_no_trend(almost):
    found = around(100, *almost, 99, before=[90, 110] * 6)
    assert called(found, "trend", "up") == []


def test_rule_4_two_of_three_in_the_same_outer_third():
    # 100 ± 53.2: the outer thirds begin at 135.5 and 64.5
    base = [90, 110] * 6
    assert called(around(140, 100, 141, before=base), "near_limit", "up") == [12, 14]
    assert called(around(60, 59, 100, before=base), "near_limit", "down") == [12, 13]


@pytest.mark.parametrize("last", [[140, 60, 100], [140, 100, 100, 141], [140, 135, 100], [140, 154, 100]])
def test_opposite_ends_far_apart_and_points_outside_are_not_near(last):
    found = around(*last, before=[90, 110] * 6)
    assert called(found, "near_limit", "up") + called(found, "near_limit", "down") == []


def test_a_gap_ends_a_run_and_no_range_is_taken_across_it():
    found = around(*[11] * 4, None, *[11] * 4)
    assert called(found, "shift", "up") == []
    assert (found.points[16].value, found.points[16].reason, found.points[16].signals) == (None, "missing_value", ())
    # 0 to 9 and 90 to 99 in ones: the step from 9 to 90 stands across the gap and would be screened if it were taken
    (segment,) = expected_range(values=[*range(10), None, *range(90, 100)]).segments
    assert (segment.points, segment.mean_range, segment.screened) == (20, 1, 0)


def test_a_negative_correction_is_set_aside_and_the_verdict_is_of_the_newest_count():
    found = around(10, -3)
    assert (found.points[13].value, found.points[13].reason) == (-3, "negative_count")
    assert (found.latest, found.verdict) == (12, "within")


def test_each_segment_has_its_own_limits_and_each_rebase_is_kept():
    rebases = [Rebase(index=12, reason="new recording rules"), Rebase(index=24, reason="two forces merged")]
    found = expected_range(values=CALM + [value * 10 for value in CALM] + CALM[:5], rebases=rebases[::-1])
    assert [(s.start, s.stop, s.points, s.reason) for s in found.segments] == [
        (0, 12, 12, None),
        (12, 24, 12, None),
        (24, 29, 5, "too_few_points"),
    ]
    assert found.points[12].centre == pytest.approx(10 * found.points[11].centre)
    assert found.rebases == tuple(rebases)
    assert (found.verdict, found.reason) == (None, "too_few_points")
    assert all((point.lower, point.upper, point.signals) == (None, None, ()) for point in found.points[24:])


def test_no_run_and_no_range_crosses_a_rebase():
    values = [*CALM, *[11] * 3, *[31] * 4, *[30, 32] * 6]
    found = expected_range(values=values, rebases=[Rebase(index=15, reason="counting rules changed")])
    assert called(found, "shift", "up") == []
    assert found.segments[1].mean_range < 2


@pytest.mark.parametrize("rebase", [(0, "x"), (12, "x"), (-1, "x"), (5, " ")])
def test_a_rebase_starts_a_segment_and_has_a_reason(rebase):
    with pytest.raises(ValueError, match="between 1 and 11 with a reason"):
        expected_range(values=CALM, rebases=[Rebase(index=rebase[0], reason=rebase[1])])


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "no_values"),
        ([None, math.nan], "no_values"),
        ([5], "too_few_points"),
        (CALM[:11], "too_few_points"),
        ([*CALM[:11], None], "too_few_points"),
        ([one for value in CALM for one in (value, None)], "too_few_ranges"),
    ],
)
def test_a_range_that_cannot_be_had_says_why(values, reason):
    found = expected_range(values=values)
    assert (found.verdict, found.reason) == (None, reason)
    assert len(found.points) == len(values)
    assert all(point.upper is None for point in found.points)


def test_twelve_points_are_enough():
    assert expected_range(values=CALM).verdict == "within"


def test_fewer_than_none_cannot_be_held_out():
    with pytest.raises(ValueError, match="0 or more"):
        expected_range(values=CALM, held_out=-1)


@settings(deadline=None)
@given(value=st.floats(0, 1e9), size=st.integers(12, 40))
def test_an_all_equal_series_has_limits_equal_to_its_centre_and_no_signal(value, size):
    found = expected_range(values=[value] * size)
    assert {(p.centre, p.lower, p.upper, p.signals) for p in found.points} == {(value, value, value, ())}
    assert found.verdict == "within"


@settings(deadline=None)
@given(values=SERIES, shift=st.integers(0, 10**5))
def test_a_shift_of_the_series_shifts_its_chart(values, shift):
    one = expected_range(values=values, signed=True)
    other = expected_range(values=[value + shift for value in values], signed=True)
    assert drawn(other) == pytest.approx([number + shift for number in drawn(one)])
    assert [p.signals for p in other.points] == [p.signals for p in one.points]


@settings(deadline=None)
@given(values=SERIES, scale=st.sampled_from([0.25, 2.0, 1024.0]))
def test_a_scaled_series_has_a_scaled_chart(values, scale):
    # powers of two, so that no rounding moves a point across a limit
    one, other = expected_range(values=values), expected_range(values=[value * scale for value in values])
    assert drawn(other) == pytest.approx([number * scale for number in drawn(one)])
    assert [p.signals for p in other.points] == [p.signals for p in one.points]


@settings(deadline=None)
@given(values=SERIES)
def test_a_mirrored_series_has_mirrored_signals(values):
    flip = {"up": "down", "down": "up"}
    one = expected_range(values=values, signed=True)
    other = expected_range(values=[-value for value in values], signed=True)
    for a, b in zip(one.points, other.points, strict=True):
        assert {(s.rule, s.direction) for s in a.signals} == {(s.rule, flip[s.direction]) for s in b.signals}


@settings(deadline=None)
@given(values=GAPPY, held_out=st.integers(0, 5))
def test_every_series_has_a_defined_answer(values, held_out):
    found = expected_range(values=values, held_out=held_out)
    assert (found.verdict is None) == (found.reason is not None)
    for value, point in zip(values, found.points, strict=True):
        assert point.value == value
        assert (point.reason is None) == (value is not None and value >= 0)
        assert point.reason is None or point.signals == ()
        assert point.lower is None or 0 <= point.lower <= point.upper


# u′: rates over changing populations

POPULATIONS = [1_350_000 + 5_000 * i for i in range(12)]


def test_laneys_limits_are_those_of_the_formula():
    per, size = 1_000, len(QUARTERS)
    centre = sum(QUARTERS) / sum(POPULATIONS)
    chance = [math.sqrt(centre / n) for n in POPULATIONS]
    z = [(c / n - centre) / s for c, n, s in zip(QUARTERS, POPULATIONS, chance, strict=True)]
    sigma_z = sum(abs(b - a) for a, b in pairwise(z)) / (size - 1) / 1.128
    found = expected_rate_range(counts=QUARTERS, populations=POPULATIONS, per=per)
    for point, one in zip(found.points, chance, strict=True):
        assert point.centre == pytest.approx(centre * per)
        assert point.upper == pytest.approx((centre + 3 * sigma_z * one) * per)
        assert point.lower == pytest.approx(max(0, centre - 3 * sigma_z * one) * per)


@settings(deadline=None)
@given(counts=SERIES)
def test_over_one_population_laneys_chart_is_the_plain_one(counts):
    plain = expected_range(values=counts)
    rates = expected_rate_range(counts=counts, populations=[50_000] * len(counts), per=50_000)
    # 3 ÷ 1.128 is 2.6596, which the plain chart rounds to 2.66
    assert drawn(rates) == pytest.approx(drawn(plain), rel=2e-4, abs=0.2)


@settings(deadline=None)
@given(counts=SERIES, per=st.sampled_from([1_000, 10_000]))
def test_the_base_of_a_rate_changes_its_unit_alone(counts, per):
    populations = [1_000 + 7 * i for i in range(len(counts))]
    one = expected_rate_range(counts=counts, populations=populations, per=1)
    other = expected_rate_range(counts=counts, populations=populations, per=per)
    assert drawn(other) == pytest.approx([number * per for number in drawn(one)])


def test_smaller_populations_have_wider_limits():
    found = expected_rate_range(counts=QUARTERS, populations=POPULATIONS, per=1_000)
    widths = [point.upper - point.centre for point in found.points]
    assert widths == sorted(widths, reverse=True)


def test_equal_rates_over_growing_populations_are_all_within():
    populations = [1_000 * (i + 3) for i in range(20)]
    found = expected_rate_range(counts=[n * 0.0021 for n in populations], populations=populations, per=1_000)
    assert all(p.signals == () and p.upper == pytest.approx(2.1) == p.lower for p in found.points)


def test_no_events_at_all_are_expected_again():
    found = expected_rate_range(counts=[0] * 13, populations=[100 + i for i in range(13)], per=1_000)
    assert (found.points[0].centre, found.points[0].upper, found.verdict) == (0, 0, "within")


def test_a_rate_without_a_count_or_people_is_set_aside():
    counts, populations = [*CALM, None, 10, 10, -2], [*[100] * 12, 100, None, 0, 100]
    found = expected_rate_range(counts=counts, populations=populations, per=1_000)
    assert [p.reason for p in found.points[12:]] == [
        "missing_count",
        "missing_population",
        "no_population",
        "negative_count",
    ]
    assert (found.latest, found.verdict) == (11, "within")
    assert found.points[13].upper is None


def test_counts_and_populations_go_in_pairs():
    with pytest.raises(ValueError, match="as many of one as of the other"):
        expected_rate_range(counts=[1, 2], populations=[3], per=1_000)


# false alarms: a steady series with chance alone, fixed seeds

LENGTH, REPEATS = 24, 3_000


@pytest.fixture(scope="module")
def alarms():
    """In what share of steady series of 24 points the newest point takes part in each rule, and any point in rule 1."""
    rng = np.random.default_rng(20260401)
    newest, outside = Counter(), 0
    for values in rng.normal(200, 14, size=(REPEATS, LENGTH)):
        found = expected_range(values=values)
        newest.update({signal.rule for signal in found.points[-1].signals})
        outside += sum(any(s.rule == "outside" for s in point.signals) for point in found.points)
    return {rule: count / REPEATS for rule, count in newest.items()} | {"points outside": outside / REPEATS / LENGTH}


def test_rule_1_rarely_calls_a_steady_point(alarms):
    # known limits would give 0.27%; limits from 24 points are uncertain, so somewhat more, under 1.5%
    assert 0.003 < alarms["points outside"] < 0.015


def test_rule_2_calls_fewer_than_its_coin_tosses(alarms):
    # 2 ÷ 2⁷ = 1.6% around a known centre; a centre from the same 24 points leaves fewer long runs
    assert 0.004 < alarms["shift"] < 0.0156


def test_rule_3_calls_as_many_as_the_orderings_say():
    # distribution-free: a point lies in a maximal rising run of k points with density k (k² + k − 1) ÷ (k + 2)!,
    # summed over k ≥ 7 and doubled for falling: 0.248%. About 70 runs in 200,000 points: ± 3.5 errors is ± 42%
    values = np.random.default_rng(20260402).normal(size=200_000)
    found = expected_range(values=values, signed=True)
    exact = 2 * sum(k * (k * k + k - 1) / math.factorial(k + 2) for k in range(7, 20))
    assert exact == pytest.approx(0.00248, abs=0.00001)
    share = sum(any(s.rule == "trend" for s in point.signals) for point in found.points) / len(values)
    assert share == pytest.approx(exact, rel=0.42)


def test_rule_4_rarely_calls_the_newest_point(alarms):
    # known limits: 2 × 2.14% near a limit × 4.2% another of the two before = 0.18%; uncertain limits up to 0.6%
    assert 0.001 < alarms["near_limit"] < 0.006


@pytest.mark.parametrize(("earlier", "band"), [(24, (0.006, 0.02)), (12, (0.012, 0.035))])
def test_the_newest_against_earlier_points_alone_is_called_a_little_more_often(earlier, band):
    # the newest point does not widen its own limits: about 1.2% with 24 earlier points and 2.3% with 12
    rng = np.random.default_rng(20260403)
    series = rng.normal(200, 14, size=(REPEATS, earlier + 1))
    called_out = sum(expected_range(values=one, held_out=1).verdict != "within" for one in series) / REPEATS
    assert band[0] < called_out < band[1]


def test_a_real_change_of_three_spreads_is_found_about_every_other_time():
    rng = np.random.default_rng(20260404)
    series = np.column_stack([rng.normal(200, 14, size=(500, 24)), rng.normal(200 + 3 * 14, 14, size=500)])
    found = sum(expected_range(values=one, held_out=1).verdict == "above" for one in series) / len(series)
    assert 0.4 < found < 0.65
