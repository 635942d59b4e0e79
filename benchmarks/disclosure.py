"""Can a count of 1 to 4 be worked out from what is shown? `python benchmarks/disclosure.py --tables 3000` tries it.

`--editions 1000` tries it over the editions of logs that grow and figures that are put right; `--authorities 22` says
how long the figures of so many take, attacked by the control itself alone.

Random tables as councils have them (strands that add up or overlap, quarters and years, Cardiff with the Vale) are
hidden by the room's own control and attacked by the tests' linear programme, which shares no code with it and is
told of every hidden cell whether it is 1 to 4. Prints how wide the ranges were that it was left with, and the cost.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

if not __package__:  # run as a file, this folder would be searched first
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from local_figures import door, places
from local_figures.control.model import GivenAwayError, Hidden
from local_figures.control.protect import protect
from local_figures.store.rows import StoredEdition
from local_figures.tabulate import tabulated
from local_figures.templates import templates
from tests.local_figures import remembering
from tests.local_figures.attacker import seen, whole_numbers
from tests.local_figures.random_tables import table

POLICE = "police_figures"
A_QUARTER = {
    "race": 40,
    "sexual_orientation": 11,
    "disability": 8,
    "religion": 3,
    "transgender": 3,
}  # of a middling place
EIGHT = ("2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01")


def main() -> int:
    """Print what was asked for; 1 when the attacker found a count or narrowed one beyond what its mark says."""
    parser = argparse.ArgumentParser(prog="python benchmarks/disclosure.py")
    parser.add_argument("--tables", type=int, default=0)
    parser.add_argument("--editions", type=int, default=0, help="sequences of editions of each of five templates")
    parser.add_argument("--authorities", type=int, nargs="*", default=[])
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    broken = 0
    if options.tables or not (options.editions or options.authorities):
        broken += tables(range(options.first, options.first + (options.tables or 300)))
    if options.editions:
        broken += editions(range(options.first, options.first + options.editions))
    for number in options.authorities:
        authorities(number)
    return 1 if broken else 0


def tables(seeds: range) -> int:
    """Attack random tables and return how many counts were known or narrowed."""
    widths: Counter[int] = Counter()
    reasons: Counter[str] = Counter()
    broken, withheld, cells, seconds = 0, 0, 0, 0.0
    for seed in seeds:
        one = table(seed)
        began = time.process_time()
        try:
            mask = protect(one)
        except GivenAwayError:
            withheld += 1
            continue
        seconds += time.process_time() - began
        ranges, by_marks = seen(one, mask), seen(one, {**dict.fromkeys(one.free, Hidden.SECOND), **mask})
        cells += len(one.counts)
        reasons.update(why.value for why in mask.values())
        for key in (key for key, why in mask.items() if why is not Hidden.SECOND and one.counts[key]):
            least, most = whole_numbers(ranges[key])
            widths[most - least + 1] += 1
            broken += (least, most) != whole_numbers(by_marks[key]) or least == most
    print(
        f"{len(seeds):,} tables, {cells:,} counts: {dict(reasons)}; withheld {withheld}; "
        f"{seconds / len(seeds):.3f} s of processor each"
    )
    print("\n| whole numbers that a count of 1 to 4 may be | counts |\n|---:|---:|")
    print("\n".join(f"| {width} | {widths[width]:,} |" for width in sorted(widths)))
    print(f"\nnarrowed beyond their marks, or known: {broken}")
    return broken


def editions(seeds: range) -> int:
    """Attack editions after editions and return how many counts and steps were known or narrowed."""
    broken = 0
    for template, make in remembering.MADE.items():
        totals: Counter[str] = Counter()
        seconds, lost = 0.0, []
        for seed in seeds:
            drafts = make(seed)
            began = time.process_time()
            approved = remembering.approved(template, drafts)
            seconds += time.process_time() - began
            totals["withheld"] += len(drafts) - len(approved)
            for number, one in enumerate(approved, start=1):
                counts = tabulated(templates()[template], one.lines).counts.values()
                totals += Counter({"editions": 1, "counts": len(counts), "small": sum(1 <= n <= 4 for n in counts)})
                totals += Counter(f"hidden as {row[-1]}" for row in one.mask or ())
                lost += [
                    f"seed {seed}, edition {number}: {what}" for what in remembering.found(template, approved[:number])
                ]
        each = seconds / totals["editions"]
        print(f"{template}, {len(seeds):,} sequences: {dict(totals)}; {each:.3f} s of processor each")
        print("\n".join(lost[:20]) or "no count and no step is known or narrowed")
        broken += len(lost)
    return broken


def authorities(number: int) -> None:
    """Print how long it takes to hide what is small in two years of so many authorities, and how much is shown."""
    draft = StoredEdition(
        number=1, status="draft", level="private", settled_at=None, lines=police_lines(number), mask=None
    )
    counts = tabulated(templates()[POLICE], draft.lines).counts
    began, wall = time.process_time(), time.monotonic()
    mask = door.controlled(POLICE, draft, ())
    took, waited = time.process_time() - began, time.monotonic() - wall
    if mask is None:
        print(f"{number} authorities: withheld after {took:.1f} s of processor")
        return
    small = sum(1 <= count <= 4 for count in counts.values())
    why = dict(Counter(row[-1] for row in mask))
    print(f"{number} authorities: {len(counts):,} counts, {small} small, hidden {why}")
    print(f"{took:.1f} s of processor, {waited:.1f} s by the clock")


def police_lines(number: int, *, seed: int = 1) -> dict[int, dict[str, str]]:
    """Return eight quarters of crimes and incidents by strand of some authorities, as large as the real ones are."""
    chance = random.Random(seed)
    force = next(parts for whole, parts in places.wholes().items() if len(parts) == 7 and "W06000015" in parts)
    areas = [*sorted(force), *sorted(places.authorities() - force)][:number]
    lines: list[dict[str, str]] = []
    for area in areas:
        size = chance.choice((0.4, 0.6, 0.8, 1, 1, 1.5, 3))
        for quarter in EIGHT:
            for kind in ("crime", "incident"):
                counts = {
                    s: sum(chance.random() < 0.02 for _ in range(int(50 * n * size))) for s, n in A_QUARTER.items()
                }
                total = max(*counts.values(), sum(counts.values()) - chance.randint(0, 2))
                row = {"quarter": quarter, "area_code": area, "crime_or_incident": kind, "extracted_on": "2026-10-01"}
                lines += [row | {"strand": s, "count": str(n)} for s, n in {**counts, "total": total}.items()]
    return dict(enumerate(lines, start=2))


if __name__ == "__main__":
    raise SystemExit(main())
