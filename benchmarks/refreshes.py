"""What the server holds when the data are refreshed under visitors: `python benchmarks/refreshes.py`.

Twenty visitors stay connected while ten new builds come on show; after each, every visitor opens pages of places of its
own. The awkward fact: an empty Streamlit app grows too, so it is visited in the same way and stands beside. Linux only.

`--visitors 20 --refreshes 10 --pages 4` sets the crowd; `--arenas 2` is what `deploy/environment` sets, 0 leaves it to
the machine, and "0,2" measures both.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from websockets import ClientConnection  # noqa: E402

from benchmarks import sessions  # noqa: E402
from dashboard import queries, store  # noqa: E402
from dashboard.i18n import LANGUAGES  # noqa: E402
from tests.browser import driving  # noqa: E402

EMPTY = ROOT / "benchmarks" / "empty.py"
LEFT, PATIENCE = 5, 600  # seconds after the last click, and for one answer: memory is measured, not time
PLACES = queries.places(build=store.build_id())
PAGES = [page for page in driving.PAGES if page != "home"]


def main() -> None:
    """Print a Markdown table: a row for each app, its megabytes before, after each refresh, and when all have left."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    for name, usual in (("visitors", 20), ("refreshes", 10), ("pages", 4)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--arenas", default="0,2")
    options = parser.parse_args()
    arenas = [int(one) for one in options.arenas.split(",")]
    heads = ["at rest", "before", *(f"{n}." for n in range(1, options.refreshes + 1)), "after they left"]
    print(f"\n{options.visitors} visitors, {options.pages} pages each after every refresh; megabytes of the server\n")
    print(f"| app | MALLOC_ARENA_MAX | {' | '.join(heads)} | errors |\n|---|---:|{'---:|' * (len(heads) + 1)}")
    for name, script in (("empty page", EMPTY), ("dashboard", ROOT / "app.py")):
        for most in arenas:
            megabytes, errors = _measured(script, most, options)
            cells = " | ".join(f"{one:.0f}" for one in megabytes)
            print(f"| {name} | {most or 'as it is'} | {cells} | {len(errors)} |", flush=True)
            for error in sorted(set(errors)):
                print(f"  {errors.count(error)} × {error}", file=sys.stderr)


def _measured(script: Path, arenas: int, options: argparse.Namespace) -> tuple[list[float], list[str]]:
    """Return the megabytes after each step and what went wrong, of a server with a folder of data of its own."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        for part in ("tidy", "reference"):
            shutil.copytree(ROOT / "data" / part, data / part)
        _refresh(data)
        environment = {"COHESION_DATA": str(data)} | ({"MALLOC_ARENA_MAX": str(arenas)} if arenas else {})
        with driving.serving(script, **environment) as site:
            crowd = _Crowd(site=site, visitors=options.visitors, pages=options.pages)
            return asyncio.run(crowd.over(options.refreshes, refresh=lambda: _refresh(data)))


def _refresh(data: Path) -> None:
    """Make a build of another id and put it on show, by a command of its own as in use."""
    glossary = data / "reference" / "glossary.csv"
    words = glossary.read_text(encoding="utf-8")
    number = words.count("\n")
    glossary.write_text(f"{words}word {number},gair {number},A word.,Gair.\n", encoding="utf-8")
    command = [sys.executable, "-m", "etl", "--data", str(data), "build"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@dataclass(frozen=True, kw_only=True)
class _Crowd:
    """Visitors who stay connected and look at pages after every refresh."""

    site: str
    visitors: int
    pages: int

    async def over(self, refreshes: int, *, refresh: Callable[[], None]) -> tuple[list[float], list[str]]:
        """Return the megabytes at rest, after the first views, after those of each refresh, and after all have left."""
        megabytes, answers = [driving.memory_of(self.site)], sessions.Answers()
        async with AsyncExitStack() as open_while:
            sockets = [
                await open_while.enter_async_context(sessions.connected(self.site)) for _ in range(self.visitors)
            ]
            for number in range(refreshes + 1):
                if number:
                    await asyncio.to_thread(refresh)
                await asyncio.gather(*(self._look(socket, n, number, answers) for n, socket in enumerate(sockets)))
                megabytes.append(driving.memory_of(self.site))
        await asyncio.sleep(LEFT)
        return [*megabytes, driving.memory_of(self.site)], answers.errors

    async def _look(self, socket: ClientConnection, visitor: int, build: int, answers: sessions.Answers) -> None:
        """Open pages, each of another place in the other language; no two visitors look at the same."""
        for page in range(self.pages):
            step = visitor + self.visitors * (page + self.pages * build)
            click = sessions.Click(
                page=PAGES[(visitor + page) % len(PAGES)],
                query=f"lang={LANGUAGES[page % len(LANGUAGES)]}&place={PLACES[step % len(PLACES)]}",
            )
            await sessions.ask(socket, click, answers, patience=PATIENCE)


if __name__ == "__main__":
    main()
