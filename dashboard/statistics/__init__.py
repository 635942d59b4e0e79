"""The statistics of the product: pure functions, each with its source.

The awkward fact: a number that cannot be had is not zero. What is missing comes in as None (or NaN)
and goes out as None with a `Reason`, so that the page can say why.
"""

from __future__ import annotations

from dashboard.statistics.benchmarks import (
    LARGE_PART,
    MOST_SPREAD,
    Benchmark,
    Comparison,
    Funnel,
    Overdispersion,
    benchmark_of,
    compare_with_benchmark,
    funnel_limits,
    outside_funnel,
    overdispersion,
)
from dashboard.statistics.changes import CHANCE, Change, change
from dashboard.statistics.expected import (
    RUN,
    ExpectedRange,
    Point,
    Rebase,
    Spread,
    expected_range,
)
from dashboard.statistics.inputs import LEVEL, WIDE_LEVEL, Numbers, Reason
from dashboard.statistics.prose import Rounded, round_for_prose
from dashboard.statistics.rates import (
    Estimate,
    Intervals,
    count_interval,
    count_intervals,
    proportion_interval,
    proportion_intervals,
    rate,
    rate_interval,
    rate_intervals,
)

__all__ = [
    "CHANCE",
    "LARGE_PART",
    "LEVEL",
    "MOST_SPREAD",
    "RUN",
    "WIDE_LEVEL",
    "Benchmark",
    "Change",
    "Comparison",
    "Estimate",
    "ExpectedRange",
    "Funnel",
    "Intervals",
    "Numbers",
    "Overdispersion",
    "Point",
    "Reason",
    "Rebase",
    "Rounded",
    "Spread",
    "benchmark_of",
    "change",
    "compare_with_benchmark",
    "count_interval",
    "count_intervals",
    "expected_range",
    "funnel_limits",
    "outside_funnel",
    "overdispersion",
    "proportion_interval",
    "proportion_intervals",
    "rate",
    "rate_interval",
    "rate_intervals",
    "round_for_prose",
]
