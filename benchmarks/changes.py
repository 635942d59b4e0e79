"""How often two counts are called changed though nothing changed, and how often a real change is found: by simulation.

`python benchmarks/changes.py` prints the tables in Markdown, the same on every run; `--runs 2000` for steadier numbers.
"Poisson" is the exact test that knows chance alone; "with spread" is the product's, which takes the spread from the
quarters of the same series, season and trend taken out.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

if not __package__:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np

from benchmarks.simulated import SEED, Process, series_per_number
from dashboard.statistics import CHANCE, Spread, change, expected_range

PHIS = (1.0, 2.0, 2.6, 4.0, 6.75)
FORCES, TESTS = 4, 3
Verdicts = tuple[bool, bool, bool, bool]


def trial(process: Process, rng: np.random.Generator, *, rise: float) -> Verdicts:
    """Return whether a quarter, and a year, is called changed from a year before: by chance alone, and with spread.

    The counts are those of `process`; each quarter of the newest year is `rise` times the quarter a year before.
    """
    counts = process.counts(rng, newest=3)
    spread = expected_range(values=counts).spread
    after = [float(process.spread_around(process.mean * rise, rng)) for _ in range(4)]
    before = [float(process.spread_around(process.mean, rng)) for _ in range(4)]
    pairs: Sequence[tuple[float, float]] = ((before[-1], after[-1]), (sum(before), sum(after)))
    quarter, year = ((_called(pair, CHANCE), _called(pair, spread)) for pair in pairs)
    return (*quarter, *year)


def _called(pair: tuple[float, float], spread: Spread | None) -> bool:
    return change(before=pair[0], after=pair[1], spread=spread).verdict in ("higher", "lower")


def rates(process: Process, *, runs: int, rise: float = 1.0) -> list[float]:
    """Return how often each of the four is called."""
    rng = np.random.default_rng([SEED, int(process.phi * 100), int(process.mean)])
    each = [trial(process, rng, rise=rise) for _ in range(runs)]
    return [float(rate) for rate in np.mean(each, axis=0)]


def false_alarms(runs: int) -> None:
    """Print how often nothing is called a change, alone and among many."""
    print("\nNothing changed: called higher or lower (nominal 5%)\n")
    print("| mean of a quarter | spread φ | quarter, Poisson | with spread | year, Poisson | with spread |")
    print("|---:|---:|---:|---:|---:|---:|")
    for mean in (300.0, 70.0, 20.0):
        for phi in PHIS:
            cells = [f"{rate:.1%}" for rate in rates(Process(mean=mean, phi=phi), runs=runs)]
            print(f"| {mean:.0f} | {phi} | {' | '.join(cells)} |")
    print(
        f"\nAt least one of {FORCES} forces called in a year, and one of {FORCES * TESTS} tests of a page, "
        "were they independent\n"
    )
    print("| spread φ | 4 tests, Poisson | with spread | 12 tests, with spread |")
    print("|---:|---:|---:|---:|")
    for phi in (1.0, 2.6):
        _, _, poisson, ours = rates(Process(phi=phi), runs=runs)
        some = [1 - (1 - rate) ** n for rate, n in ((poisson, FORCES), (ours, FORCES), (ours, FORCES * TESTS))]
        print(f"| {phi} | {' | '.join(f'{one:.0%}' for one in some)} |")


def power(runs: int) -> None:
    """Print how often a real change is found, with the spread."""
    print("\nA real change: called, with spread (mean of a quarter 300)\n")
    print("| spread φ | change | quarter | year |")
    print("|---:|---:|---:|---:|")
    for phi in (1.0, 2.6):
        for rise in (1.1, 1.25, 1.5, 0.75):
            _, quarter, _, year = rates(Process(phi=phi), runs=runs, rise=rise)
            print(f"| {phi} | ×{rise} | {quarter:.0%} | {year:.0%} |")


def main() -> None:
    """Print every table."""
    runs = series_per_number(__doc__)
    false_alarms(runs)
    power(runs)


if __name__ == "__main__":
    main()
