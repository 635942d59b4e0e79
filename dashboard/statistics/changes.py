"""How two counts differ, allowing for how widely counts of their kind spread.

The awkward fact: crime counts spread more widely than chance, and a test that knows chance alone calls one in five
unchanged counts changed. So nobody gets a verdict without saying the spread, and where it is not known there is none.
With small counts most differences are chance, so no percentage is given under 20. Whether two figures may be compared
at all (breaks, definitions) is decided before they come here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy.special import betaincinv, ndtr, stdtrit

from dashboard.statistics.expected import Spread
from dashboard.statistics.inputs import LEVEL, Reason, count_reason, tail

SMALL_COUNT = 20
CHANCE = Spread(phi=1.0, freedom=math.inf)  # counts that come one by one, independently: Poisson
AS_PRINTED = 0.0005  # an end that is printed as 0.0% is no change


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


def change(
    *,
    before: float | None,
    after: float | None,
    spread: Spread | None,
    exposure_before: float | None = 1.0,
    exposure_after: float | None = 1.0,
    level: float = LEVEL,
) -> Change:
    """Return how the rate of events changed between two counts: 400 to 460 by `CHANCE` is 1.15 (1.00 to 1.32), higher.

    Given both counts together, `after` is binomial; its Clopper–Pearson range becomes that of the ratio (Przyborowski
    and Wilenski 1940). With a `spread` of φ each count tells as much as one of φ times fewer events would by chance,
    and the level allows for φ being estimated (t instead of normal); without one there is no verdict. Exposures are
    populations, or lengths of time, in one unit. Zero twice has no ratio and no clear change. Negative counts and
    missing input have no verdict. Source: quasi-Poisson variance, McCullagh and Nelder 1989, chapter 6.
    """
    beyond = tail(level)
    reason = count_reason(before, exposure_before) or count_reason(after, exposure_after)
    if reason or before is None or after is None or exposure_before is None or exposure_after is None:
        return Change(before=before, after=after, level=level, reason=reason)
    scale = exposure_before / exposure_after
    ratio = _ratio(before, after, scale)
    if spread is None:
        return Change(before=before, after=after, level=level, ratio=ratio, reason="unknown_spread")
    ends = _odds_ends(before / spread.phi, after / spread.phi, _beyond(spread, beyond))
    lower, upper = (odds * scale for odds in ends)
    higher, lower_than = lower > 1 + AS_PRINTED, upper < 1 - AS_PRINTED
    return Change(
        before=before,
        after=after,
        level=level,
        ratio=ratio,
        lower=lower,
        upper=upper,
        verdict="higher" if higher else "lower" if lower_than else "no_clear_change",
        reason="small_count" if min(before, after) < SMALL_COUNT else None,
    )


def _beyond(spread: Spread, beyond: float) -> float:
    """Return the tail of a normal that is as far out as the tail `beyond` of t: an estimated spread may be too low."""
    return beyond if math.isinf(spread.freedom) else float(ndtr(stdtrit(spread.freedom, beyond)))


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
