"""How long the key messages take, beside a floor: the queries alone, answered from memory, that a place's rules ask.

`python benchmarks/findings.py` prints a table in Markdown. "Warm" writes all messages of a place anew with the
queries remembered, as for the second visitor of a build; "remembered" is what every later visitor waits for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks import arguments  # noqa: E402
from dashboard import findings, queries, store  # noqa: E402
from dashboard.figure import View  # noqa: E402
from dashboard.i18n import LANGUAGES  # noqa: E402

ROUNDS = 15
PLACE = "XCAV"
ASKED = ("rra_offences", "hate_crimes", "population", "births", "deaths", "internal_net", "international_net")
ASKED += ("other_change", "asylum_supported", "afghan_programme_population", "resettled_people")
ASKED += ("homes_for_ukraine_arrivals",)


def views(build: str) -> list[View]:
    """Return a view of every place."""
    return [View(place=queries.area(code, build=build), lang="en", build=build) for code in queries.places(build=build)]


def write(view: View) -> None:
    """Write all messages of a place anew, in both languages, with their notes."""
    findings._messages.cache_clear()  # type: ignore[attr-defined]
    for message in findings.messages(view):
        for lang in LANGUAGES:
            message.text(lang)
            message.note_texts(lang)


def floor(view: View) -> None:
    """Ask for the series alone."""
    for measure in ASKED:
        queries.series(measure, view.place.code, build=view.build)


def milliseconds(ask: Callable[[View], object], *views: View) -> float:
    """Return the median time of asking for every view once."""
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        for view in views:
            ask(view)
        times.append((perf_counter() - started) * 1e3)
    return median(times)


def main() -> None:
    """Print the table."""
    arguments.nothing(__doc__)
    build = store.build_id()
    every = views(build)
    one = next(view for view in every if view.place.code == PLACE)
    started = perf_counter()
    for view in every:
        write(view)
    cold = (perf_counter() - started) * 1e3
    print("| what | milliseconds | floor (series from memory) |")
    print("|---|---:|---:|")
    print(f"| all {len(every)} places, first run of a build, both languages | {cold:,.0f} | |")
    print(f"| {PLACE}, warm, both languages | {milliseconds(write, one):,.2f} | {milliseconds(floor, one):,.3f} |")
    print(
        f"| all {len(every)} places, warm | {milliseconds(write, *every):,.0f} | {milliseconds(floor, *every):,.2f} |"
    )
    findings.messages(one)
    print(f"| {PLACE}, remembered | {milliseconds(findings.messages, one):,.4f} | |")


if __name__ == "__main__":
    main()
