"""How sure a difference between two population estimates is.

The awkward fact: a mid-year estimate is a calculation, not a count, and its range is published for single authorities
and in a research series alone. A few hundred people more or fewer over ten years may be no change at all.
"""

from __future__ import annotations

from math import hypot

from dashboard.statistics.inputs import is_held

ONE_ESTIMATE = 0.0095  # half of the 95% range of one estimate, as a share of it
TWO_ESTIMATES = hypot(ONE_ESTIMATE, ONE_ESTIMATE)  # of the difference of two: about 1.3%


def is_clear_change(*, before: float | None, after: float | None) -> bool:
    """Return whether two estimates differ by more than the 95% range of their difference (about 1.3%).

    False where either is missing or not positive. The range of one estimate is that of the most certain authority
    three years after a census: 1.90% of the estimate, so 0.95% either way; most are less certain. Source: ONS,
    Measures of statistical uncertainty in ONS local authority mid-year population estimates, England and Wales, 2011
    to 2019 (research), table 2.
    """
    if not is_held(before) or not is_held(after) or before <= 0 or after <= 0:
        return False
    return abs(after / before - 1) > TWO_ESTIMATES
