"""A busy council: editors who type rows while readers click, on one store: `python benchmarks/workspace.py`.

The awkward fact: readers and writers meet in the store, where one waits for the other. So both are measured at once,
and at the end every row that was typed must be there. It is 50 editors and 200 readers for a minute unless
`--editors`, `--readers`, `--seconds` or `--pause` say otherwise; `COHESION_LOCAL_DATABASE` names a PostgreSQL to use.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # this folder holds a statistics.py, which would be taken for Python's own

from statistics import quantiles  # noqa: E402

from benchmarks import sessions  # noqa: E402
from local_figures.store import editions  # noqa: E402
from local_figures.store.editions import Act, Lines  # noqa: E402
from local_figures.store.engine import DATABASE, Store, open_store  # noqa: E402
from tests.browser import driving  # noqa: E402
from workspace import identity, settings  # noqa: E402
from workspace.identity import ON_THIS_COMPUTER  # noqa: E402
from workspace.navigation import PAGES  # noqa: E402

TEMPLATE = "tension_log"
KEY = "the-key-of-this-benchmark"
CLICKS = [sessions.Click(page=page, query=f"lang={lang}") for lang in ("en", "cy") for page in PAGES]


def main() -> None:
    """Print how long clicks and rows took, and whether any was lost."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, usual in (("editors", 50), ("readers", 200), ("seconds", 60), ("pause", 5)):
        options.add_argument(f"--{name}", type=int, default=usual)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = os.environ.get(DATABASE) or f"sqlite:///{folder}/local.sqlite"
        store = open_store(address)
        editions.open_workspace(store, _act(identity._this_person()), areas=["W06000015"])
        for n in range(asked.editors):
            editions.set_role(store, _act(identity._this_person()), person=f"editor{n}", role=editions.EDITOR)
        os.environ |= {settings.KEY: KEY}
        with driving.serving(**{settings.LOCAL: "1", settings.KEY: KEY, DATABASE: address}) as base:
            asyncio.run(_minute(base, store, asked))
        editions.close_workspace(store, _act(identity._this_person()))
        store.engine.dispose()


async def _minute(base: str, store: Store, asked: argparse.Namespace) -> None:
    loop, pool = asyncio.get_running_loop(), ThreadPoolExecutor(asked.editors)
    writing = [
        loop.run_in_executor(pool, _type, store, f"editor{n}", asked.seconds, asked.pause) for n in range(asked.editors)
    ]
    cookie = f"{identity.cookie_name()}={KEY}"
    answers = await sessions.crowd(
        base, CLICKS, sessions=asked.readers, seconds=asked.seconds, pause=asked.pause, cookie=cookie
    )
    took = [seconds for one in await asyncio.gather(*writing) for seconds in one]
    _, held = editions.newest(store, _act(identity._this_person()), template=TEMPLATE)
    print(f"\n{asked.readers} readers, {asked.editors} editors, {asked.seconds} s, a pause of {asked.pause} s")
    print("\n| | n | p50, ms | p95, ms | errors or lost |\n|---|---:|---:|---:|---:|")
    for name, seconds, lost in (
        ("clicks", answers.seconds, len(answers.errors)),
        ("rows typed", took, len(took) - len(held)),
    ):
        parts = quantiles(seconds, n=20)
        print(f"| {name} | {len(seconds):,} | {parts[9] * 1000:,.0f} | {parts[18] * 1000:,.0f} | {lost} |")
    print(*sorted(set(answers.errors))[:5], sep="\n")


def _type(store: Store, who: str, seconds: int, pause: int) -> list[float]:
    """Type a row now and again, and return how long each took to be kept."""
    took, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        begun = time.perf_counter()
        editions.amend(store, _act(who), template=TEMPLATE, change=_one_more)
        took.append(time.perf_counter() - begun)
        time.sleep(pause)
    return took


def _one_more(lines: Lines) -> Lines:
    at = max(lines, default=1) + 1
    return {**lines, at: {"week_start": "2026-11-23", "area_code": "W06000015", "count": str(at)}}


def _act(who: str) -> Act:
    return Act(workspace=ON_THIS_COMPUTER, who=who, now=datetime.now(UTC))


if __name__ == "__main__":
    main()
