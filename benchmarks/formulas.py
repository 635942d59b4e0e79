"""How long the statistics take, beside a floor: NumPy's mean of the same numbers.

`python benchmarks/formulas.py` prints a table in Markdown. The inputs have the sizes of the product's own:
22 authorities, 56 quarters. Each time is the median of many calls, warm, on one thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias

if not __package__:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np

from benchmarks import arguments
from dashboard import statistics as ours

Ask: TypeAlias = Callable[[], object]
Case: TypeAlias = tuple[Ask, Any]

ROUNDS = 25
SECONDS_PER_ROUND = 0.004
PER = 10_000


def inputs() -> dict[str, Any]:
    """Return made-up figures of realistic size: the same on every run."""
    rng = np.random.default_rng(1)
    populations = np.linspace(58_000, 384_000, 22)
    quarters = rng.poisson(200 + 40 * np.sin(np.arange(56) * np.pi / 2)).astype(float)
    return {
        "populations": populations,
        "counts": rng.poisson(populations * 0.002).astype(float),
        "grid": np.geomspace(10_000, 1_000_000, 200),
        "quarters": quarters,
    }


def single() -> dict[str, Case]:
    """Return the statistics of one number or pair: what to time, and the array its floor is the mean of."""
    one = ours.rate_interval(count=246, population=383_920, per=PER)
    asks: dict[str, Ask] = {
        "rate": partial(ours.rate, count=246, population=383_920, per=PER),
        "count_interval": partial(ours.count_interval, count=246),
        "rate_interval": partial(ours.rate_interval, count=246, population=383_920, per=PER),
        "proportion_interval": partial(ours.proportion_interval, count=5, whole=20),
        "change": partial(ours.change, before=400, after=460, spread=ours.CHANCE),
        "compare_with_benchmark": partial(ours.compare_with_benchmark, estimate=one, benchmark=8.2),
        "round_for_prose": partial(ours.round_for_prose, value=2868),
    }
    return {name: (ask, np.array([246.0])) for name, ask in asks.items()}


def places(data: dict[str, Any]) -> dict[str, Case]:
    """Return the statistics of many places at once."""
    counts, people, grid = data["counts"], data["populations"], data["grid"]
    funnel = partial(ours.funnel_limits, benchmark=20.6, per=PER)
    return {
        "rate_intervals, 22 places": (partial(ours.rate_intervals, counts=counts, populations=people, per=PER), counts),
        "proportion_intervals, 22 places": (partial(ours.proportion_intervals, counts=counts, wholes=people), counts),
        "funnel_limits, 22 places": (partial(funnel, populations=people), people),
        "funnel_limits, 200 populations": (partial(funnel, populations=grid), grid),
        "overdispersion, 22 places": (partial(ours.overdispersion, counts=counts, populations=people), counts),
    }


def series(data: dict[str, Any]) -> dict[str, Case]:
    """Return the statistics of a series in time, and all that one place asks."""
    quarters = data["quarters"]
    rebased = partial(ours.expected_range, rebases=[ours.Rebase(index=28, reason="a new system")])
    return {
        "expected_range, 56 quarters": (partial(ours.expected_range, values=quarters), quarters),
        "expected_range, 56 quarters, re-based": (partial(rebased, values=quarters), quarters),
        "everything for one place": (partial(one_place, data), quarters),
    }


def one_place(data: dict[str, Any]) -> None:
    """Ask what the findings of one place ask: 15 measures, each with rate, comparison, change and expected range."""
    for _ in range(15):
        estimate = ours.rate_interval(count=246, population=383_920, per=PER)
        ours.compare_with_benchmark(estimate=estimate, benchmark=8.2)
        ours.change(before=400, after=460, exposure_before=380_000, exposure_after=383_920, spread=ours.CHANCE)
        ours.expected_range(values=data["quarters"])
        ours.round_for_prose(value=2868)
    ours.rate_intervals(counts=data["counts"], populations=data["populations"], per=PER)
    ours.funnel_limits(populations=data["grid"], benchmark=20.6, per=PER)
    ours.overdispersion(counts=data["counts"], populations=data["populations"])


def microseconds(ask: Ask) -> float:
    """Return the median time of one call, over rounds of as many calls as fill a few milliseconds."""
    ask()
    started = perf_counter()
    ask()
    calls = max(1, int(SECONDS_PER_ROUND / max(perf_counter() - started, 1e-7)))
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        for _ in range(calls):
            ask()
        times.append((perf_counter() - started) / calls)
    return float(np.median(times)) * 1e6


def main() -> None:
    """Print the table."""
    arguments.nothing(__doc__)
    print("| statistic | median, µs | floor (mean), µs | times the floor |")
    print("|---|---:|---:|---:|")
    data = inputs()
    for name, (ask, array) in (single() | places(data) | series(data)).items():
        took, floor = microseconds(ask), microseconds(partial(np.mean, array))
        print(f"| {name} | {took:,.1f} | {floor:,.1f} | {took / floor:,.1f} |")


if __name__ == "__main__":
    main()
