"""What every statistic does with its input: arrays with gaps, confidence levels, reasons for having no answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, TypeAlias, TypeGuard

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = Sequence[float | None] | FloatArray

Reason = Literal[
    "missing_count",
    "missing_population",
    "missing_value",
    "missing_benchmark",
    "no_population",
    "no_events",
    "no_values",
    "negative_count",
    "more_than_whole",
    "small_count",
    "too_few_areas",
    "too_few_points",
    "too_few_events",
    "unknown_spread",
]

LEVEL = 0.95
WIDE_LEVEL = 0.998


def is_held(value: float | None) -> TypeGuard[float]:
    """Return whether there is a number: None, NaN and infinity are not."""
    return value is not None and math.isfinite(value)


def numbers(values: Numbers) -> FloatArray:
    """Return a fresh one-dimensional array of `values`, NaN where no number is held."""
    array = np.array(values, dtype=np.float64, ndmin=1)
    array[~np.isfinite(array)] = np.nan
    return array


def number_or_none(value: float) -> float | None:
    """Return `value` as a plain float, or None for NaN."""
    return None if math.isnan(value) else float(value)


def same_length(**arrays: FloatArray) -> None:
    """Raise ValueError, with the lengths, unless the named arrays are equally long."""
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"expected as many of one as of the other, came {lengths}")


def tail(level: float) -> float:
    """Return the share beyond each end of a two-sided interval: 0.025 for 0.95; ValueError outside 0 to 1."""
    if not 0 < level < 1:
        raise ValueError(f"expected a confidence level between 0 and 1, such as 0.95, came {level}")
    return (1 - level) / 2


def count_reason(count: float | None, population: float | None = 1) -> Reason | None:
    """Return why no rate, interval or comparison can be had from `count` over `population`, or None when it can."""
    if not is_held(count):
        return "missing_count"
    if not is_held(population):
        return "missing_population"
    if population <= 0:
        return "no_population"
    return "negative_count" if count < 0 else None
