"""What is expected of a count from the figures before it: a regression with season and trend, and its spread.

The awkward fact: crime counts have seasons, they grow, and they spread more widely than chance. Limits that know none
of this call a winter rise of half ordinary, and steady growth unusual. So each figure is judged by a quasi-Poisson
regression on the six years before it, and by no later figure; and where a way of recording ends, it starts anew.

A missing or negative figure is set aside with its reason: it is judged by nothing, judges nothing, and ends a run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from dashboard.statistics.inputs import BoolArray, FloatArray, Numbers, Reason, is_held, number_or_none, numbers, tail

OUTER_LEVEL = 0.992  # three standard errors for six years of quarters, and more for fewer
WINDOW = 24  # periods that set what is expected, six years of quarters: enough to find a rise of half, and no older
FEWEST_POINTS = 12
FEWEST_EVENTS = 5  # in a period, on average: with fewer no spread can be told from chance
FEWEST_OF_A_SEASON = 2
RUN = 8  # quarters in a row on one side: two whole years
STANDS_OUT = 3.0  # spreads from what the other figures lead to expect: from there a figure counts less
ROUNDING = 0.5
PASSES, ROUNDS, SETTLED = 3, 40, 1e-7

Times: TypeAlias = NDArray[np.int64]
Verdict: TypeAlias = Literal["within", "above", "below"]


@dataclass(frozen=True, kw_only=True)
class Rebase:
    """A new process begins at the point `index`, for a recorded reason (a break or a decision)."""

    index: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How many times as widely (as a variance) as chance a series spreads around its season and trend; at least 1.

    `freedom` is how many figures are left over to tell: the fewer, the less sure.
    """

    phi: float
    freedom: float


@dataclass(frozen=True, kw_only=True)
class Point:
    """One figure with what was expected of it: the mean, and the least and the greatest count that are not unusual.

    `reason` says why the figure is set aside, or why nothing can be expected of it.
    """

    value: float | None
    expected: float | None = None
    lower: float | None = None
    upper: float | None = None
    verdict: Verdict | None = None
    reason: Reason | None = None

    @property
    def holds_none(self) -> bool:
        """Tell whether a count of none lies inside the limits: then no fall could be found, whatever happened."""
        return self.lower is not None and self.lower <= 0

    @property
    def holds_double(self) -> bool:
        """Tell whether twice as many as expected lie inside the limits."""
        return self.upper is not None and self.expected is not None and self.upper >= 2 * self.expected

    @property
    def says_little(self) -> bool:
        """Tell whether "within" would be said of it and of nearly anything else: none and twice as many are inside."""
        return self.verdict == "within" and self.holds_none and self.holds_double


@dataclass(frozen=True, kw_only=True)
class ExpectedRange:
    """A series, each figure with what was expected of it; the rest is of the point `latest`, the newest with a value.

    `used` are the points that set its limits, `spread` is theirs. `run` is how many figures in a row, the latest
    included, lie above what was expected of each (below: negative), by more than whole numbers can hide.
    """

    points: tuple[Point, ...]
    rebases: tuple[Rebase, ...]
    latest: int | None
    verdict: Verdict | None = None
    reason: Reason | None = None
    spread: Spread | None = None
    used: tuple[int, ...] = ()
    run: int = 0


@dataclass(frozen=True, kw_only=True, eq=False)
class _Windows:
    """For some figures the ones before them: a row for each, with their `counts`, `design` and `weights`.

    `ahead` are the rows of the design of the figures judged. A figure that takes no part has the weight 0.
    """

    counts: FloatArray
    design: FloatArray
    ahead: FloatArray
    weights: FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class _Regression:
    """Coefficients, means and the inverse of the information, for each row of windows."""

    beta: FloatArray
    means: FloatArray
    inverse: FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class _Fit:
    """For each row of windows the mean expected, the variance of its logarithm, and the spread with its freedom."""

    expected: FloatArray
    error: FloatArray
    phi: FloatArray
    freedom: FloatArray


def expected_range(
    *, values: Numbers, times: Sequence[int] | None = None, per_year: int = 4, rebases: Sequence[Rebase] = ()
) -> ExpectedRange:
    """Return each count beside what the 24 periods before it lead to expect, season and trend included.

    log mean = level + trend + season, fitted to the counts since the last re-base (12 or more, 5 events or more on
    average) by quasi-Poisson regression; a figure that stands out counts less. The limits carry the spread (never
    below chance) and the uncertainty of the fit, on the 2/3-power scale. `times` are the numbers of the periods,
    where some are missing; `per_year` is 4 for quarters and 1 for years, which have no season. ValueError for times
    that do not rise, and for a re-base outside the series or without a reason.
    Source: Farrington et al. 1996, JRSS A 159; Noufaily et al. 2013, Statistics in Medicine 32.
    """
    counts = numbers(values)
    at = np.arange(len(counts)) if times is None else np.array(times, dtype=np.int64)
    _check(at, len(counts), per_year, rebases)
    is_value = np.array([is_held(v) and v >= 0 for v in counts.tolist()], dtype=np.bool_)
    inside = _before(at, is_value, rebases)
    reasons = [_too_few(row, counts, at % per_year) for row in inside]
    judged = [n for n, reason in enumerate(reasons) if reason is None]
    fit = _fitted(_windows(judged, counts, at, per_year, inside)) if judged else None
    points = _points(counts.tolist(), reasons, judged, fit)
    latest = int(np.flatnonzero(is_value)[-1]) if is_value.any() else None
    every = ExpectedRange(points=points, rebases=_in_order(rebases), latest=latest, reason="no_values")
    if latest is None:
        return every
    newest, row = points[latest], judged.index(latest) if latest in judged else None
    return replace(
        every,
        verdict=newest.verdict,
        reason=newest.reason,
        spread=None if row is None or fit is None else _spread(fit, row),
        used=tuple(np.flatnonzero(inside[latest]).tolist()),
        run=_run(points[: latest + 1], at),
    )


def _check(at: Times, size: int, per_year: int, rebases: Sequence[Rebase]) -> None:
    """Raise ValueError for input that describes no series."""
    if per_year < 1:
        raise ValueError(f"expected at least 1 period in a year, came {per_year}")
    if len(at) != size or (np.diff(at) <= 0).any():
        raise ValueError(f"expected {size} times, each later than the one before, came {at.tolist()}")
    for rebase in rebases:
        if not 0 < rebase.index < size or not rebase.reason.strip():
            raise ValueError(f"expected a re-base between 1 and {size - 1} with a reason, came {rebase}")


def _in_order(rebases: Sequence[Rebase]) -> tuple[Rebase, ...]:
    return tuple(sorted(rebases, key=lambda rebase: rebase.index))


def _before(at: Times, is_value: BoolArray, rebases: Sequence[Rebase]) -> BoolArray:
    """Return, a row for each point, which points are held, lie in the window before it, and since its re-base."""
    starts = np.zeros(len(at), dtype=np.int64)
    starts[[rebase.index for rebase in rebases]] = 1
    segment = np.cumsum(starts)
    ago = at[:, None] - at[None, :]
    return np.asarray(
        (ago > 0) & (ago <= WINDOW) & (segment[:, None] == segment[None, :]) & is_value[None, :], dtype=np.bool_
    )


def _too_few(inside: BoolArray, every: FloatArray, season: Times) -> Reason | None:
    """Return why nothing can be expected of a point from the figures before it."""
    counts, seasons = every[inside], season[inside]
    if len(counts) < FEWEST_POINTS:
        return "too_few_points"
    if counts.mean() < FEWEST_EVENTS:
        return "too_few_events"
    for one in np.unique(season):
        of_season = counts[seasons == one]
        if len(of_season) < FEWEST_OF_A_SEASON:
            return "too_few_points"
        if not of_season.any():
            return "too_few_events"
    return None


def _windows(judged: list[int], every: FloatArray, at: Times, per_year: int, inside: BoolArray) -> _Windows:
    """Return the figures before each point, time counted in years from the point itself."""
    rows = np.array(judged)[:, None]
    columns = rows + np.arange(-WINDOW, 0)  # times rise, so no more figures than this lie in a window
    figures = np.maximum(columns, 0)
    counts = every[figures]
    return _Windows(
        counts=np.where(np.isfinite(counts) & (counts >= 0), counts, 0.0),
        design=_design((at[figures] - at[rows]) / per_year, at[figures] % per_year, per_year),
        ahead=_design(np.zeros(rows.shape), at[rows] % per_year, per_year)[:, 0],
        weights=(inside[rows, figures] & (columns >= 0)).astype(np.float64),
    )


def _design(years: FloatArray, season: Times, per_year: int) -> FloatArray:
    """Return level, trend and season as columns; the effects of the seasons add up to none."""
    effects = [(season == one) * 1.0 - (season == per_year - 1) * 1.0 for one in range(per_year - 1)]
    return np.stack([np.ones_like(years), years, *effects], axis=-1)


def _fitted(windows: _Windows) -> _Fit:
    """Return the regression of each window, in which a figure that stands out from the others counts less."""
    weights = windows.weights
    fit = _regression(windows, weights, np.log(np.maximum(windows.counts, 0.5)))
    for _ in range(PASSES):
        far = _distances(windows, weights, fit)
        before, weights = weights, windows.weights * np.minimum(1.0, (STANDS_OUT / np.maximum(far, STANDS_OUT)) ** 4)
        if np.array_equal(before, weights):
            break
        fit = _regression(windows, weights, np.log(fit.means))
    freedom = np.maximum(weights.sum(axis=1) - windows.design.shape[-1], 1.0)
    chi_square = (weights * (windows.counts - fit.means) ** 2 / fit.means).sum(axis=1)
    return _Fit(
        expected=np.exp(np.einsum("tp,tp->t", windows.ahead, fit.beta)),
        error=np.einsum("tp,tpq,tq->t", windows.ahead, fit.inverse, windows.ahead),
        phi=np.maximum(chi_square / freedom, 1.0),
        freedom=freedom,
    )


def _regression(windows: _Windows, weights: FloatArray, linear: FloatArray) -> _Regression:
    """Return the fit of each window by iteratively reweighted least squares, begun at the logarithms `linear`."""
    transposed = np.swapaxes(windows.design, -1, -2)
    means = np.exp(linear)
    for _ in range(ROUNDS):
        working = linear + (windows.counts - means) / means
        information = (transposed * (weights * means)[:, None, :]) @ windows.design
        beta = np.linalg.solve(information, transposed @ (weights * means * working)[..., None])[..., 0]
        before, linear = linear, np.clip((windows.design @ beta[..., None])[..., 0], -50.0, 50.0)
        means = np.exp(linear)
        if np.abs((linear - before) * weights).max() < SETTLED:
            break
    inverse = np.linalg.inv((transposed * (weights * means)[:, None, :]) @ windows.design)
    return _Regression(beta=np.asarray(beta), means=means, inverse=np.asarray(inverse, dtype=np.float64))


def _distances(windows: _Windows, weights: FloatArray, fit: _Regression) -> FloatArray:
    """Return how many spreads each figure lies from its mean, the spread taken from the other figures alone."""
    leverage = ((windows.design @ fit.inverse) * windows.design).sum(axis=-1) * fit.means
    own = np.clip(leverage * weights, 0.0, 0.95)
    square = (windows.counts - fit.means) ** 2 / fit.means
    total = (weights * square).sum(axis=1, keepdims=True)
    freedom = weights.sum(axis=1, keepdims=True) - windows.design.shape[-1] - weights
    others = np.maximum((total - weights * square / (1 - own)) / np.maximum(freedom, 1.0), 1.0)
    return np.asarray(np.sqrt(square / (others * (1 - own))), dtype=np.float64)


def _points(
    values: list[float], reasons: list[Reason | None], judged: list[int], fit: _Fit | None
) -> tuple[Point, ...]:
    """Return every figure with its limits, or with why it has none."""
    limits = dict(zip(judged, _limits(fit), strict=True)) if fit is not None else {}
    return tuple(_point(value, limits.get(n), _value_reason(value) or reasons[n]) for n, value in enumerate(values))


def _value_reason(value: float) -> Reason | None:
    """Return why a figure is set aside."""
    if not is_held(value):
        return "missing_value"
    return "negative_count" if value < 0 else None


def _limits(fit: _Fit) -> list[tuple[float, float, float]]:
    """Return the mean expected with the least and the greatest whole count inside the limits."""
    reach = -stdtrit(fit.freedom, tail(OUTER_LEVEL))
    # (count ÷ mean) to the power 2/3 is nearly normal, with 2/3 of the spread of the logarithm
    far = reach * np.sqrt(fit.phi / fit.expected + fit.phi * fit.error) * 2 / 3
    lower = np.ceil(fit.expected * np.maximum(1 - far, 0.0) ** 1.5)
    upper = np.floor(fit.expected * (1 + far) ** 1.5)
    return list(zip(fit.expected.tolist(), lower.tolist(), upper.tolist(), strict=True))


def _point(value: float, limits: tuple[float, float, float] | None, reason: Reason | None) -> Point:
    """Return a figure beside its limits; without them, or set aside, it has no verdict."""
    if limits is None or not all(math.isfinite(limit) for limit in limits):
        return Point(value=number_or_none(value), reason=reason or "too_few_points")
    expected, lower, upper = limits
    verdict: Verdict | None = "above" if value > upper else "below" if value < lower else "within"
    if reason is not None:
        verdict = None
    return Point(
        value=number_or_none(value), expected=expected, lower=lower, upper=upper, verdict=verdict, reason=reason
    )


def _spread(fit: _Fit, row: int) -> Spread:
    return Spread(phi=float(fit.phi[row]), freedom=float(fit.freedom[row]))


def _run(points: Sequence[Point], at: Times) -> int:
    """Return how many points in a row, the last included, lie on one side of what was expected: + above, − below."""
    side, length = 0, 0
    for number in range(len(points) - 1, -1, -1):
        here = _side(points[number])
        follows = number == len(points) - 1 or at[number + 1] - at[number] == 1
        if here == 0 or not follows or (side and here != side):
            break
        side, length = here, length + 1
    return side * length


def _side(point: Point) -> int:
    """Return 1 above what was expected, −1 below, and 0 where the difference is no more than rounding, or not known."""
    if point.reason is not None or point.value is None or point.expected is None:
        return 0
    difference = point.value - point.expected
    return 0 if abs(difference) <= ROUNDING else int(math.copysign(1, difference))
