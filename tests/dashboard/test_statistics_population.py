"""Two estimates differ when they are further apart than the 95% range of their difference."""

from __future__ import annotations

import pytest

from dashboard.statistics.population import TWO_ESTIMATES, is_clear_change


def test_the_range_of_a_difference_is_that_of_two_estimates():
    assert round(TWO_ESTIMATES, 5) == 0.01344


@pytest.mark.parametrize(
    ("before", "after", "clear"),
    [
        (58_860, 58_972, False),  # Merthyr Tydfil, mid-2014 to mid-2024
        (68_740, 67_873, False),  # Blaenau Gwent
        (689_350, 697_115, False),  # North Wales Police area
        (153_440, 155_867, True),  # Flintshire, +1.6%
        (350_920, 383_919, True),  # Cardiff
        (100, 100, False),
        (None, 100, False),
        (100, None, False),
        (0, 100, False),
        (float("nan"), 100, False),
    ],
)
def test_a_change_within_the_range_is_not_clear(before, after, clear):
    assert is_clear_change(before=before, after=after) is clear
    assert is_clear_change(before=after, after=before) is clear
