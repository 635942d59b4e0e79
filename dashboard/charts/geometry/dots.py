"""Places side by side: in which order their rows stand, how far the axis reaches, and what a verdict looks like.

The awkward fact: ranking places on hate crime invites "worst" and "best". So higher, similar and lower differ in
shape and in words, and the blues only repeat it: no colour means good or bad.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.look import BENCHMARK, NAVY, OTHERS, PLACE_NAMES, PLACES, SEQUENTIAL
from dashboard.charts.spec import Interval, Point

SHAPES: dict[str, tuple[str, str]] = {
    "higher": ("triangle-right", NAVY),
    "similar": ("circle", SEQUENTIAL[2]),
    "lower": ("triangle-left", SEQUENTIAL[3]),
    "": ("circle", OTHERS),
}


HEADING = -1  # of a row that only names the group below it


def place_colours(place: int) -> tuple[str, str]:
    """Return the colour of a place's dots and that of its words: beyond the strong colours a benchmark's grey."""
    if 0 <= place < len(PLACES):
        return PLACES[place], PLACE_NAMES[place]
    return BENCHMARK, BENCHMARK


def dots_from_below(points: Sequence[Point], labels: Sequence[str], *, ranked: bool) -> list[tuple[Point, str]]:
    """Return rows with their labels from the lowest to the top one: by size, or the first given on top."""
    pairs = list(zip(points, labels, strict=True))
    return sorted(pairs, key=lambda pair: pair[0].value or 0) if ranked else pairs[::-1]


def dots_range(points: Sequence[Point], rings: Sequence[Point]) -> list[float]:
    """Return a range from a little below zero, so that a dot at 0 stands clear of the names."""
    values = [p.value for p in (*points, *rings) if p.value is not None]
    low, high = min(0.0, *values), max(0.0, *values) if values else 1.0
    span = (high - low) or 1.0
    return [low - span * 0.03, high + span * 0.06]


def from_below(rows: Sequence[Interval], *, ranked: bool) -> list[Interval]:
    """Return rows from the lowest line upwards: by value, or in the order given, the first on top."""
    return sorted(rows, key=lambda row: row.value) if ranked else list(rows)[::-1]


def intervals_range(order: Sequence[Interval], benchmark: float | None) -> list[float]:
    """Return a range that holds every interval and the benchmark, from zero, or from near the lowest of a scale."""
    every = [end for row in order for end in (row.value, row.lower, row.upper) if end is not None]
    every += [] if benchmark is None else [benchmark]
    low, high = min(every, default=0.0), max(every, default=1.0)
    start = low if low > 0 and (high - low) < 0.2 * high else min(0.0, low)
    span = (high - start) or 1.0
    return [start - span * 0.08, high + span * 0.08]
