"""Can a count of 1 to 4 be worked out from what is shown? `python -m benchmarks.disclosure --tables 3000` tries it.

Random tables as councils have them (strands that add up or overlap, quarters and years, Cardiff with the Vale) are
hidden by the room's own control and attacked by the tests' linear programme, which shares no code with it and is
told of every hidden cell whether it is 1 to 4. Prints how wide the ranges were that it was left with, and the cost.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

if not __package__:  # run as a file, this folder would be searched first
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from local_figures.control.model import GivenAwayError, Hidden
from local_figures.control.protect import protect
from tests.local_figures.attacker import seen, whole_numbers
from tests.local_figures.random_tables import table


def main() -> int:
    """Print the table; 1 when the attacker found a count or narrowed one beyond what its mark says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disclosure")
    parser.add_argument("--tables", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    widths: Counter[int] = Counter()
    reasons: Counter[str] = Counter()
    broken, withheld, cells, seconds = 0, 0, 0, 0.0
    for seed in range(options.first, options.first + options.tables):
        one = table(seed)
        began = time.process_time()
        try:
            mask = protect(one)
        except GivenAwayError:
            withheld += 1
            continue
        seconds += time.process_time() - began
        shown, by_marks = seen(one, mask), seen(one, {**dict.fromkeys(one.free, Hidden.SECOND), **mask})
        cells += len(one.counts)
        reasons.update(why.value for why in mask.values())
        for key in (key for key, why in mask.items() if why is not Hidden.SECOND and one.counts[key]):
            least, most = whole_numbers(shown[key])
            widths[most - least + 1] += 1
            broken += (least, most) != whole_numbers(by_marks[key]) or least == most
    print(
        f"{options.tables:,} tables, {cells:,} counts: {dict(reasons)}; withheld {withheld}; "
        f"{seconds / options.tables:.3f} s of processor each"
    )
    print("\n| whole numbers that a count of 1 to 4 may be | counts |\n|---:|---:|")
    print("\n".join(f"| {width} | {widths[width]:,} |" for width in sorted(widths)))
    print(f"\nnarrowed beyond their marks, or known: {broken}")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
