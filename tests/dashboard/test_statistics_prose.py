"""A sentence carries three figures at most, and says "around" only when that changed the number."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.statistics import round_for_prose


@pytest.mark.parametrize(
    ("value", "figures", "rounded", "around"),
    [
        (2868, 3, 2870, True),
        (246, 3, 246, False),
        (1_391_890, 3, 1_390_000, True),
        (383_920, 2, 380_000, True),
        (5_000, 3, 5_000, False),
        (2.0605, 3, 2.06, True),
        (0.84435, 2, 0.84, True),
        (0.125, 2, 0.13, True),
        (-2865, 3, -2870, True),
        (99.96, 3, 100, True),
        (9_996, 3, 10_000, True),
        (0, 3, 0, False),
    ],
)
def test_three_figures_at_most(value, figures, rounded, around):
    found = round_for_prose(value=value, figures=figures)
    assert (found.value, found.around, found.reason) == (pytest.approx(rounded, rel=1e-12), around, None)


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_a_missing_number_stays_missing(value):
    found = round_for_prose(value=value)
    assert (found.value, found.around, found.reason) == (None, False, "missing_value")


@pytest.mark.parametrize("figures", [0, 4])
def test_never_more_than_three_figures(figures):
    with pytest.raises(ValueError, match="1 to 3"):
        round_for_prose(value=5, figures=figures)


@settings(deadline=None)
@given(value=st.floats(-1e12, 1e12).filter(lambda x: abs(x) > 1e-9 or x == 0), figures=st.integers(1, 3))
def test_rounding_is_close_stays_put_and_mirrors(value, figures):
    found = round_for_prose(value=value, figures=figures)
    assert abs(found.value - value) <= abs(value) * 0.5 * 10 ** (1 - figures) * (1 + 1e-9)
    assert found.around == (found.value != value)
    again = round_for_prose(value=found.value, figures=figures)
    assert (again.value, again.around) == (found.value, False)
    assert round_for_prose(value=-value, figures=figures).value == -found.value
