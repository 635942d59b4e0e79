"""The statistics of the product: pure functions, each with its source.

The awkward fact: a rate without a population is not zero, it does not exist.
"""

from __future__ import annotations


def rate(*, count: float | None, population: float | None, per: int) -> float | None:
    """Return count ÷ population × `per` (events per `per` people), or None when either is missing or not positive.

    A count of 0 over a population is a rate of 0. Source: shared methods of the UK public-health
    statistics community; Home Office tables use `per=1000` for police force areas.
    """
    if count is None or population is None or population <= 0:
        return None
    return count / population * per


def rate_base(*, kind: str) -> int:
    """Return the number of people a rate is given per: 1,000 for police force areas, 10,000 for all others."""
    return 1_000 if kind == "police_force" else 10_000
