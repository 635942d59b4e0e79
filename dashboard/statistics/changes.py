"""How two counts differ, and how a quarter stands among the same quarters of earlier years.

The awkward fact: with small counts most differences are chance, so no percentage is given under 20.
Whether two figures may be compared at all (breaks, definitions) is decided before they come here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import betaincinv

from dashboard.statistics.inputs import LEVEL, Numbers, Reason, count_reason, number_or_none, numbers, tail

SMALL_COUNT = 20
FEWEST_EARLIER_YEARS = 3


@dataclass(frozen=True, kw_only=True)
class Change:
    """The ratio after ÷ before with its range; `reason` says why what is None is None.

    A ratio over a count of 0 is infinite, and an infinite `upper` is "no upper end".
    """

    before: float | None
    after: float | None
    level: float
    ratio: float | None = None
    lower: float | None = None
    upper: float | None = None
    verdict: Literal["higher", "lower", "no_clear_change"] | None = None
    reason: Reason | None = None

    @property
    def percent(self) -> float | None:
        """The change in per cent (15.0 for 400 to 460), or None where a count is under 20."""
        return self._percent(self.ratio)

    @property
    def percent_lower(self) -> float | None:
        """The lower end of the change in per cent."""
        return self._percent(self.lower)

    @property
    def percent_upper(self) -> float | None:
        """The upper end of the change in per cent."""
        return self._percent(self.upper)

    def _percent(self, ratio: float | None) -> float | None:
        """Return `ratio` as a change in per cent, unless there is a reason against it."""
        return None if ratio is None or self.reason is not None else (ratio - 1) * 100


@dataclass(frozen=True, kw_only=True)
class SameQuarter:
    """The newest value beside the same quarter of earlier years, newest first, gaps kept as None."""

    value: float | None
    earlier: tuple[float | None, ...]
    year_before: Change
    lowest: float | None = None
    highest: float | None = None
    mean: float | None = None
    verdict: Literal["above", "within", "below"] | None = None
    chance_outside: float | None = None
    reason: Reason | None = None


def change(
    *,
    before: float | None,
    after: float | None,
    exposure_before: float | None = 1.0,
    exposure_after: float | None = 1.0,
    level: float = LEVEL,
) -> Change:
    """Return how the rate of events changed between two counts: 400 to 460 is 1.15 (1.00 to 1.32), higher.

    Exposures are populations, or lengths of time, in one unit. Given both counts together, `after` is
    binomial; its Clopper–Pearson range becomes that of the ratio (Przyborowski and Wilenski 1940).
    Zero twice has no ratio and no clear change. Negative counts and missing input have no verdict.
    """
    beyond = tail(level)
    reason = count_reason(before, exposure_before) or count_reason(after, exposure_after)
    if reason or before is None or after is None or exposure_before is None or exposure_after is None:
        return Change(before=before, after=after, level=level, reason=reason)
    scale = exposure_before / exposure_after
    lower, upper = (odds * scale for odds in _odds_ends(before, after, beyond))
    return Change(
        before=before,
        after=after,
        level=level,
        ratio=_ratio(before, after, scale),
        lower=lower,
        upper=upper,
        verdict="higher" if lower > 1 else "lower" if upper < 1 else "no_clear_change",
        reason="small_count" if min(before, after) < SMALL_COUNT else None,
    )


def same_quarter(*, values: Numbers, per_year: int = 4, level: float = LEVEL) -> SameQuarter:
    """Return where the last of `values` stands among the same quarter of earlier years, in the unit of the values.

    `values` are evenly spaced in time, None where missing. With k earlier years an ordinary year lies
    outside their range with probability 2 ÷ (k + 1), given as `chance_outside`: among four years, 0.4.
    Under three earlier years there is no verdict. Source: ranks of exchangeable values.
    """
    if per_year < 1:
        raise ValueError(f"expected at least 1 period in a year, came {per_year}")
    series = [number_or_none(value) for value in numbers(values)]
    value, earlier = (series[-1], tuple(series[-1 - per_year :: -per_year])) if series else (None, ())
    year_before = change(before=earlier[0] if earlier else None, after=value, level=level)
    held = [one for one in earlier if one is not None]
    reason: Reason | None = "missing_value" if value is None else None
    if reason is None and len(held) < FEWEST_EARLIER_YEARS:
        reason = "too_few_years"
    found = SameQuarter(value=value, earlier=earlier, year_before=year_before, reason=reason)
    return found if reason or value is None else _placed(found, value, held)


def _placed(found: SameQuarter, value: float, held: list[float]) -> SameQuarter:
    """Return `found` with the range of the years held and the place of `value` in it."""
    lowest, highest = min(held), max(held)
    return SameQuarter(
        value=value,
        earlier=found.earlier,
        year_before=found.year_before,
        lowest=lowest,
        highest=highest,
        mean=float(np.mean(held)),
        verdict="above" if value > highest else "below" if value < lowest else "within",
        chance_outside=2 / (len(held) + 1),
    )


def _ratio(before: float, after: float, scale: float) -> float | None:
    """Return after ÷ before × `scale`: infinite over 0, None for 0 over 0."""
    if before == 0:
        return None if after == 0 else math.inf
    return after / before * scale


def _odds_ends(before: float, after: float, beyond: float) -> tuple[float, float]:
    """Return the Clopper–Pearson ends of p ÷ (1 − p), p the share of `after` in both counts.

    1 − p is read from the other tail, so that nothing is lost where p is close to 1.
    """
    lower = _odds(after, before + 1, beyond) if after > 0 else 0.0
    against = _odds(before, after + 1, beyond) if before > 0 else 0.0
    return lower, 1 / against if against > 0 else math.inf


def _odds(a: float, b: float, beyond: float) -> float:
    """Return the odds of the lower `beyond` quantile of a beta distribution."""
    share = float(betaincinv(a, b, beyond))
    return share / (1 - share) if share < 1 else math.inf
