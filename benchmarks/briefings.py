"""How long each form of a briefing takes, and how much memory: `python benchmarks/briefings.py`.

Each form has a process of its own, so that its peak memory is its own; the floor composes and draws nothing.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from benchmarks import arguments  # noqa: E402
from benchmarks.apart import apart  # noqa: E402
from dashboard import store  # noqa: E402
from dashboard.briefing import compose as composing  # noqa: E402
from dashboard.briefing.forms import FORMS, as_file  # noqa: E402

PLACE, RUNS = "XCAV", 9
FLOOR, COMPOSE, EVERYWHERE = "floor: import the forms", "compose", "everywhere"
HEAD = "| form | first, ms | again, median ms | peak memory, MB | size, kB |\n|---|---:|---:|---:|---:|"


def main() -> None:
    """Print the table."""
    arguments.nothing(__doc__)
    print(f"{PLACE}, Welsh, warm: median of {RUNS}\n\n{HEAD}", flush=True)
    kinds_and_forms = [("one_page", FLOOR), ("four_pages", COMPOSE)]
    kinds_and_forms += [(kind, form.code) for form in FORMS.values() for kind in form.kinds]
    for kind, form in kinds_and_forms:
        print(apart(_measured, kind, form), flush=True)
    _everywhere()


def _measured(kind: str, form: str) -> str:
    build, size = store.build_id(), 0

    def composed() -> object:
        composing._remembered_sections.cache_clear()  # type: ignore[attr-defined]
        return composing.compose(kind=kind, place=PLACE, build=build, made_on=date(2026, 11, 25))

    def whole() -> int:
        briefing = composing.compose(kind=kind, place=PLACE, build=build, made_on=date(2026, 11, 25))
        return len(as_file(briefing, form=form, languages="cy").content)

    work: Callable[[], object] = {FLOOR: lambda: None, COMPOSE: composed}.get(form, whole)
    first, again = _timed(work), [_timed(work) for _ in range(RUNS)]
    if form not in (FLOOR, COMPOSE):
        size = whole() // 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    name = form if form == FLOOR else f"{form}, {kind.replace('_', ' ')}"
    return f"| {name} | {first:.0f} | {median(again):.0f} | {peak:.0f} | {size or ''} |"


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _everywhere() -> None:
    """Time the command that makes every place's one page as PDF in both languages, from a cold start."""
    with TemporaryDirectory() as folder:
        for kind in ("one_page", "four_pages"):
            command = [sys.executable, "-m", "dashboard.briefing", "--all", "--kind", kind, "-o", folder]
            start = time.perf_counter()
            report = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
            files = report.split(" ", 1)[0]
            print(f"\nEvery place, {kind.replace('_', ' ')}: {files} PDF files in {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
