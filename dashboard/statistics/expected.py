"""The range expected from a series itself (XmR, and Laney's u′ for rates), and the four rules that call a signal.

The awkward fact: limits describe one steady process. A break or a recorded decision starts a new one,
so each re-base is kept with its reason; with under 12 points there are no limits, and the reason is given.

A missing or negative figure is set aside with its reason. It counts in no limit, no moving range is
taken across it, and it ends a run, because what it would have been is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np

from dashboard.statistics.inputs import (
    BoolArray,
    FloatArray,
    Numbers,
    Reason,
    count_reason,
    is_held,
    number_or_none,
    numbers,
    same_length,
)

XMR_REACH = 2.66
LANEY_REACH = 3 / 1.128
SCREEN = 3.267
FEWEST_POINTS = 12
FEWEST_RANGES = 6
RUN = 7
SAME = 1e-9

Rule: TypeAlias = Literal["outside", "shift", "trend", "near_limit"]
Verdict: TypeAlias = Literal["within", "above", "below"]


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A rule that a point takes part in: `up` is above, or rising; `down` is below, or falling."""

    rule: Rule
    direction: Literal["up", "down"]


@dataclass(frozen=True, kw_only=True)
class Rebase:
    """A new process begins at the point `index`, for a recorded reason (a break or a decision)."""

    index: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """One point with the limits around it, in the unit of the series; `reason` says why it is set aside."""

    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    signals: tuple[Signal, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class Segment:
    """The points from `start` up to `stop`, which share one set of limits, set by `points` of them.

    `mean_range` is the mean moving range after `screened` wide ones were left out (for u′ in standard
    units); `reason` says why there are no limits.
    """

    start: int
    stop: int
    points: int
    centre: float | None = None
    mean_range: float | None = None
    screened: int = 0
    reason: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class ExpectedRange:
    """A series with its limits, signals and re-bases; `verdict` is of the point `latest`, the newest with a value."""

    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    rebases: tuple[Rebase, ...]
    latest: int | None
    verdict: Verdict | None
    reason: Reason | None


@dataclass(frozen=True, kw_only=True, eq=False)
class _Series:
    """What both charts share: values (NaN where set aside), why, and exposures for a chart of rates."""

    values: FloatArray
    shown: FloatArray
    reasons: tuple[Reason | None, ...]
    exposures: FloatArray | None
    reach: float
    signed: bool
    held_out: int


def expected_range(
    *, values: Numbers, rebases: Sequence[Rebase] = (), signed: bool = False, held_out: int = 0
) -> ExpectedRange:
    """Return between which values an ordinary point lies, judged by the series itself (XmR), in its unit.

    Centre = mean; limits = mean ± 2.66 × mean moving range, ranges above 3.267 × their mean screened out
    once. The lower limit stops at 0 and negative values are set aside, unless `signed` (net flows). The
    last `held_out` points do not set limits, so that a sentence may say "from earlier quarters".
    ValueError for a re-base outside the series or without a reason.
    Source: Wheeler, Understanding Variation; NHS England, Making Data Count (limits and the four rules).
    """
    shown = numbers(values)
    reasons = tuple(_value_reason(value, signed) for value in shown.tolist())
    series = _series(shown=shown, reasons=reasons, exposures=None, signed=signed, held_out=held_out)
    return _charted(series, rebases)


def expected_rate_range(
    *, counts: Numbers, populations: Numbers, per: int, rebases: Sequence[Rebase] = (), held_out: int = 0
) -> ExpectedRange:
    """Return `expected_range` for rates per `per` people over changing populations (Laney's u′).

    Centre = all events ÷ all exposure. Limits = centre ± 3 σz √(centre ÷ exposure), σz = mean moving
    range of the standardised rates ÷ 1.128, so real change between periods beyond Poisson is allowed for.
    Points without a count or a population above 0 are set aside. ValueError unless equally many of each.
    Source: Laney 2002, Quality Engineering 14(4).
    """
    observed, people = numbers(counts), numbers(populations)
    same_length(counts=observed, populations=people)
    exposures = np.where(people > 0, people, np.nan) / per
    reasons = tuple(count_reason(*pair) for pair in zip(observed.tolist(), people.tolist(), strict=True))
    shown = observed / exposures
    return _charted(_series(shown=shown, reasons=reasons, exposures=exposures, held_out=held_out), rebases)


def _series(
    *,
    shown: FloatArray,
    reasons: tuple[Reason | None, ...],
    exposures: FloatArray | None,
    held_out: int,
    signed: bool = False,
) -> _Series:
    """Return the series to chart; ValueError when a negative number of points would be held out."""
    if held_out < 0:
        raise ValueError(f"expected 0 or more points held out, came {held_out}")
    return _Series(
        values=np.where([reason is None for reason in reasons], shown, np.nan),
        shown=shown,
        reasons=reasons,
        exposures=exposures,
        reach=XMR_REACH if exposures is None else LANEY_REACH,
        signed=signed,
        held_out=held_out,
    )


def _value_reason(value: float, signed: bool) -> Reason | None:
    """Return why a value is set aside."""
    if not is_held(value):
        return "missing_value"
    return "negative_count" if value < 0 and not signed else None


def _charted(series: _Series, rebases: Sequence[Rebase]) -> ExpectedRange:
    """Return the chart: each segment with its own limits, then the verdict of the newest point."""
    size = len(series.values)
    _check_rebases(rebases, size)
    edges = sorted({0, size, *(rebase.index for rebase in rebases)})
    segments, points = [], []
    for start, stop in pairwise(edges):
        segment = _segment(series, start, stop)
        segments.append(segment)
        points.extend(_points(series, segment))
    held = np.flatnonzero(~np.isnan(series.values))
    latest = int(held[-1]) if len(held) else None
    return ExpectedRange(
        points=tuple(points),
        segments=tuple(segments),
        rebases=tuple(sorted(rebases, key=lambda rebase: rebase.index)),
        latest=latest,
        verdict=None if latest is None else _verdict(points[latest]),
        reason="no_values" if latest is None else _reason_at(segments, latest),
    )


def _check_rebases(rebases: Sequence[Rebase], size: int) -> None:
    """Raise ValueError for a re-base that starts no segment inside the series, or records no reason."""
    for rebase in rebases:
        if not 0 < rebase.index < size or not rebase.reason.strip():
            raise ValueError(f"expected a re-base between 1 and {size - 1} with a reason, came {rebase}")


def _segment(series: _Series, start: int, stop: int) -> Segment:
    """Return what sets the limits of the points from `start` up to `stop`, or why there are none."""
    end = max(start, min(stop, len(series.values) - series.held_out))
    values = series.values[start:end]
    held = ~np.isnan(values)
    points = int(held.sum())
    if points < FEWEST_POINTS:
        return Segment(start=start, stop=stop, points=points, reason="too_few_points")
    exposures = None if series.exposures is None else series.exposures[start:end]
    centre = _centre(values[held], None if exposures is None else exposures[held])
    ranges = np.abs(np.diff(_standardised(_from_centre(values, centre), centre, exposures)))
    ranges = ranges[~np.isnan(ranges)]
    if len(ranges) < FEWEST_RANGES:
        return Segment(start=start, stop=stop, points=points, reason="too_few_ranges")
    kept = ranges[ranges <= SCREEN * ranges.mean()]
    screened = len(ranges) - len(kept)
    mean_range = float(kept.mean())
    return Segment(start=start, stop=stop, points=points, centre=centre, mean_range=mean_range, screened=screened)


def _centre(values: FloatArray, exposures: FloatArray | None) -> float:
    """Return the mean, weighted by exposure; taken from the first value, so that equal values give it back exactly."""
    return float(values[0] + np.average(values - values[0], weights=exposures))


def _from_centre(values: FloatArray, centre: float) -> FloatArray:
    """Return the distances from the centre; under a billionth of it they are arithmetic, and 0."""
    distance = values - centre
    distance[np.abs(distance) <= SAME * abs(centre)] = 0.0
    return distance


def _scale(centre: float, exposures: FloatArray | None) -> FloatArray | float:
    """Return the chance spread of a rate over each exposure, or 1 for plain values."""
    return 1.0 if exposures is None else np.sqrt(centre / exposures)


def _standardised(distance: FloatArray, centre: float, exposures: FloatArray | None) -> FloatArray:
    """Return distances in units of chance spread; without any event they are all 0 already."""
    return distance if centre == 0 else distance / _scale(centre, exposures)


def _points(series: _Series, segment: Segment) -> list[Point]:
    """Return the points of one segment with limits and signals, or with their values alone."""
    span = slice(segment.start, segment.stop)
    shown, reasons = [number_or_none(value) for value in series.shown[span].tolist()], series.reasons[span]
    if segment.centre is None or segment.mean_range is None:
        alone = zip(shown, reasons, strict=True)
        return [Point(value=value, centre=None, lower=None, upper=None, reason=reason) for value, reason in alone]
    exposures = None if series.exposures is None else series.exposures[span]
    reach = np.broadcast_to(series.reach * segment.mean_range * _scale(segment.centre, exposures), len(shown))
    lower = segment.centre - reach if series.signed else np.maximum(segment.centre - reach, 0.0)
    signals = _signals(_from_centre(series.values[span], segment.centre), reach)
    limits = zip(lower.tolist(), (segment.centre + reach).tolist(), strict=True)
    return [
        Point(
            value=value,
            centre=segment.centre,
            lower=number_or_none(low),
            upper=number_or_none(high),
            signals=found,
            reason=reason,
        )
        for value, (low, high), found, reason in zip(shown, limits, signals, reasons, strict=True)
    ]


def _signals(distance: FloatArray, reach: FloatArray) -> list[tuple[Signal, ...]]:
    """Return, for each point, the rules it takes part in; NaN takes part in none and ends a run."""
    found: list[tuple[Signal, ...]] = [()] * len(distance)
    for signal, flags in (*_rules(distance, reach, "up"), *_rules(-distance, reach, "down")):
        for index in np.flatnonzero(flags).tolist():
            found[index] += (signal,)
    return found


def _rules(distance: FloatArray, reach: FloatArray, direction: Literal["up", "down"]) -> list[tuple[Signal, BoolArray]]:
    """Return which points take part in each of the four rules, looking `direction`.

    The outer third lies inside the limit and is measured before the lower limit is stopped at 0.
    """
    near = (distance > reach * 2 / 3) & (distance <= reach)
    flags: dict[Rule, BoolArray] = {
        "outside": distance > reach,
        "shift": _windows(distance > 0, length=RUN, at_least=RUN, covers=RUN),
        "trend": _windows(np.diff(distance) > 0, length=RUN - 1, at_least=RUN - 1, covers=RUN),
        "near_limit": near & _windows(near, length=3, at_least=2, covers=3),
    }
    return [(Signal(rule=rule, direction=direction), hit) for rule, hit in flags.items()]


def _windows(marks: BoolArray, *, length: int, at_least: int, covers: int) -> BoolArray:
    """Return the points covered by any stretch of `length` marks with `at_least` set; a stretch covers `covers`."""
    points = len(marks) + covers - length
    if len(marks) < length:
        return np.zeros(max(points, 0), dtype=np.bool_)
    hits = np.convolve(marks, np.ones(length, dtype=int), "valid") >= at_least
    return np.convolve(hits, np.ones(covers, dtype=int)) > 0


def _verdict(point: Point) -> Verdict | None:
    """Return where the point lies, or None where it has no limits."""
    if point.upper is None:
        return None
    outside = [signal.direction for signal in point.signals if signal.rule == "outside"]
    if not outside:
        return "within"
    return "above" if outside == ["up"] else "below"


def _reason_at(segments: list[Segment], index: int) -> Reason | None:
    """Return why the segment that holds the point `index` has no limits, if it has none."""
    return next(segment.reason for segment in segments if segment.start <= index < segment.stop)
