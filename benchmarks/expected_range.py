"""How often the expected range calls an ordinary quarter, and how often it finds a real change: by simulation.

`python benchmarks/expected_range.py` prints the tables in Markdown, the same on every run; `--runs 2000` for steadier
numbers (the default of 500 takes a minute or two). The last table is of the real series: how often would each quarter
of every police force have been called, by what was known then?
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

if not __package__:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import numpy as np

from benchmarks.simulated import SEED, Process, series_per_number, share
from dashboard import queries, store
from dashboard.expectations import expected_of
from dashboard.statistics import RUN, expected_range

QUARTERS = ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")
SHAPES = (("none", 0.0), ("South Wales", 0.045), ("steep", 0.12))
PHIS = (1.0, 2.6, 4.0)


def called(process: Process, *, newest: int, runs: int, rise: float = 1.0, outlier: float = 1.0) -> Counter[str]:
    """Return how many of some series are called above or below, and how many end in a run; one with an `outlier`."""
    rng = np.random.default_rng([SEED, newest])
    verdicts: Counter[str] = Counter()
    for _ in range(runs):
        counts = process.counts(rng, newest=newest, rise=rise)
        counts[-8] = round(counts[-8] * outlier)
        judged = expected_range(values=counts)
        verdicts[judged.verdict or "no range"] += 1
        verdicts["run"] += abs(judged.run) >= RUN
        verdicts["any"] += judged.verdict in ("above", "below") or abs(judged.run) >= RUN
    return verdicts


def false_alarms(runs: int) -> None:
    """Print how often an ordinary quarter is called."""
    print("\nNothing unusual happens: all four quarters, and the worst of them\n")
    print("| mean count | season, growth a year | spread φ | above | below | outside, mean | outside, worst | a run |")
    print("|---:|---|---:|---:|---:|---:|---:|---:|")
    for mean, phis in ((300.0, PHIS), (70.0, PHIS), (10.0, (1.0, 2.0))):
        for season, growth in SHAPES:
            for phi in phis:
                process = Process(mean=mean, season=season, growth=growth, phi=phi)
                each = [called(process, newest=newest, runs=runs) for newest in range(4)]
                outside = [one["above"] + one["below"] for one in each]
                four = 4 * runs
                cells = (sum(one["above"] for one in each), sum(one["below"] for one in each), sum(outside))
                shares = [share(cell, four) for cell in cells]
                shares += [share(max(outside), runs), share(sum(one["run"] for one in each), four)]
                print(f"| {mean:.0f} | {season}, {growth:.1%} | {phi} | {' | '.join(shares)} |")


def power(runs: int) -> None:
    """Print how often a real change of the newest quarter is called."""
    print("\nA real change in the newest quarter, South Wales's season and growth: called above, or below\n")
    print(f"| mean count | spread φ | change | quarters before | {' | '.join(QUARTERS)} |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    cases = [(mean, 2.6, rise, 32) for mean in (300.0, 410.0) for rise in (1.3, 1.5, 1.75, 0.67)]
    cases += [(300.0, 1.0, 1.3, 32), (300.0, 4.0, 1.5, 32), (300.0, 2.6, 1.5, 12), (70.0, 1.5, 1.5, 32)]
    for mean, phi, rise, before in cases:
        process = Process(mean=mean, phi=phi, quarters=before + 1)
        side = "above" if rise > 1 else "below"
        cells = [share(called(process, newest=n, runs=runs, rise=rise)[side], runs) for n in range(4)]
        print(f"| {mean:.0f} | {phi} | ×{rise} | {before} | {' | '.join(cells)} |")


def outliers(runs: int) -> None:
    """Print how an earlier quarter that stands out changes both."""
    print("\nOne quarter, seven before the newest, is a multiple of itself (mean 300, φ 2.6)\n")
    print("| that quarter | an ordinary quarter is called | a rise of half is called |")
    print("|---:|---:|---:|")
    for outlier in (1.0, 1.5, 2.0, 3.0):
        each = [called(Process(), newest=n, runs=runs, outlier=outlier) for n in range(4)]
        risen = [called(Process(), newest=n, runs=runs, outlier=outlier, rise=1.5) for n in range(4)]
        ordinary = sum(one["above"] + one["below"] for one in each)
        print(f"| ×{outlier} | {share(ordinary, 4 * runs)} | {share(sum(one['above'] for one in risen), 4 * runs)} |")


def real_series() -> None:
    """Print how often quarters of real series were called, each by the quarters before it."""
    build = store.build_id()
    verdicts: Counter[str] = Counter()
    forces = [area.code for area in queries.areas(build=build).values() if area.kind == "police_force"]
    for code in forces:
        points = expected_of(queries.series("rra_offences", code, build=build)).range.points
        verdicts.update(point.verdict for point in points if point.verdict)
    judged = sum(verdicts.values())
    print(f"\nReal quarters of {len(forces)} police forces, racially or religiously aggravated offences\n")
    print("| judged | above | below | outside |")
    print("|---:|---:|---:|---:|")
    outside = share(verdicts["above"] + verdicts["below"], judged)
    print(f"| {judged:,} | {verdicts['above']} | {verdicts['below']} | {outside} |")


def main() -> None:
    """Print every table."""
    runs = series_per_number(__doc__)
    false_alarms(runs)
    power(runs)
    outliers(runs)
    real_series()


if __name__ == "__main__":
    main()
