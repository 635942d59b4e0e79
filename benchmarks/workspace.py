"""A workspace with a crowd in it: `python benchmarks/workspace.py [--readers 200] [--editors 50] [--seconds 60]`.

Readers look through the workspace's pages; editors look and type a row in between; each every few seconds, on a server
that wants a sign-in. Each is a person of their own, whose cookie is made here as the server makes it after a sign-in,
and whose first page must say that it is for the workspace. The store is PostgreSQL in a temporary folder, or SQLite
with `--sqlite`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

import psycopg  # noqa: E402
from markupsafe import escape  # noqa: E402

from benchmarks import sessions  # noqa: E402
from benchmarks.sessions import Answers, Click  # noqa: E402
from dashboard.i18n import LANGUAGES, t  # noqa: E402
from local_figures import typed  # noqa: E402
from local_figures.checking.cells import Place  # noqa: E402
from local_figures.store import editions, people  # noqa: E402
from local_figures.store.editions import EDITOR, READER, Act  # noqa: E402
from local_figures.store.engine import DATABASE, Store, StoreError, open_store  # noqa: E402
from local_figures.templates import named  # noqa: E402
from tests.browser import driving  # noqa: E402
from tests.local_figures import cluster  # noqa: E402
from workspace.entrance import TERMS  # noqa: E402

SECRET = "of this benchmark alone, and long enough"
AREA = "W06000015"
PAGES = ("own_area", "own_tension", "own_scorecard", "own_meeting", "own_more")
LOG, TYPED = "tension_log", "rows typed"
MONDAY = date.today() - timedelta(days=date.today().weekday())
MARKS = tuple(
    str(escape(t("own.mark.private", lang=lang))) for lang in LANGUAGES
)  # which nobody who is not let in reads


def main() -> None:
    """Print a table: clicks of readers and of editors, and rows typed."""
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = open_store(
            f"sqlite:///{folder / 'local.sqlite'}" if options.sqlite else stack.enter_context(_database())
        )
        names = _people(store, options)
        port = driving.free_port()
        secrets = folder / "secrets.toml"
        secrets.write_text(sessions.SECRETS.format(port=port, secret=SECRET), encoding="utf-8")
        address = store.engine.url.render_as_string(hide_password=False)
        base = stack.enter_context(
            driving.serving(port=port, **{DATABASE: address, "STREAMLIT_SECRETS_FILES": str(secrets)})
        )
        print("| who | people | clicks | median ms | p95 ms | errors |\n|---|---:|---:|---:|---:|---:|")
        answers_of = asyncio.run(_crowd(base, store, names, options))
        for who, answers in answers_of.items():
            print(_row(who, len(names.get(who, ())), answers), flush=True)
        _, rows = editions.newest(store, _act("lead"), template=LOG)
        typed = answers_of[TYPED]
        print(f"\nrows typed: {len(typed.seconds) - len(typed.errors)}; rows that are there: {len(rows)}")
        store.engine.dispose()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--editors", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between a person's clicks")
    parser.add_argument("--sqlite", action="store_true")
    return parser.parse_args()


@contextmanager
def _database() -> Iterator[str]:
    """Yield the address of a PostgreSQL whose role is no superuser: those are not held to row security."""
    with cluster.running() as address:
        with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE ROLE cohesion LOGIN")
            connection.execute("CREATE DATABASE workspaces OWNER cohesion")
        yield address.replace("owner@/postgres", "cohesion@/workspaces")


def _people(store: Store, options: argparse.Namespace) -> dict[str, list[str]]:
    """Open a workspace for everybody; return the addresses of each role, all of whom accepted the terms."""
    editions.open_workspace(store, _act("lead"), areas=[AREA])
    names = {
        READER: [f"reader{n}@council.example" for n in range(options.readers)],
        EDITOR: [f"editor{n}@council.example" for n in range(options.editors)],
    }
    for role, every in names.items():
        for who in every:
            editions.set_role(store, _act("lead"), person=who, role=role)
            people.accept(store, _act(who), version=TERMS, words={})
    return names


def _act(who: str) -> Act:
    who = who if "@" in who else f"{who}@council.example"
    return Act(workspace="council", who=who, now=datetime.now(UTC))


async def _crowd(
    base: str, store: Store, names: dict[str, list[str]], options: argparse.Namespace
) -> dict[str, Answers]:
    """Let everybody in, then click until the time is over; return the answers of each role and of the rows typed."""
    answers_of = {READER: Answers(), EDITOR: Answers(), TYPED: Answers()}
    everybody = [(role, who) for role, every in names.items() for who in every]
    opened = asyncio.Barrier(len(everybody))
    pool = ThreadPoolExecutor(8)

    async def one(number: int, role: str, who: str) -> None:
        clicks = [Click(page=page, query=f"place={AREA}&lang={lang}") for page in PAGES for lang in LANGUAGES]
        cookies = sessions.signed_in(who, base=base, secret=SECRET)
        async with sessions.connected(base, token=sessions.TOKEN, Cookie=cookies) as socket:
            first = Answers(errors=answers_of[role].errors)
            await sessions.ask(socket, clicks[number % len(clicks)], first, says=MARKS)
            await opened.wait()
            until = time.monotonic() + options.seconds
            await asyncio.sleep(options.pause * (number * sessions.SPREAD % 1))
            for turn in count():
                if time.monotonic() >= until:
                    return
                await sessions.ask(socket, clicks[(number + turn) % len(clicks)], answers_of[role])
                if role == EDITOR and turn % 2:
                    await asyncio.get_running_loop().run_in_executor(
                        pool, _type, store, who, number, turn, answers_of[TYPED]
                    )
                await asyncio.sleep(options.pause)

    await asyncio.gather(*(one(number, role, who) for number, (role, who) in enumerate(everybody)))
    return answers_of


def _type(store: Store, who: str, number: int, turn: int, answers: Answers) -> None:
    """Type one return of a week, as a form sends it from another replica."""
    week = MONDAY - timedelta(weeks=number)
    row = dict.fromkeys(named(LOG).names, "") | {
        "week_start": week.isoformat(),
        "area_code": AREA,
        "tension_kind": "experienced",
        "theme": "race",
        "source_type": "community",
        "level": str(1 + turn // 2 % 6),
        "count": "1",
    }
    start = time.perf_counter()
    try:
        place = Place(today=date.today(), areas=frozenset({AREA}))
        typed.keep(store, _act(who), template=LOG, change=typed.adding(row), place=place)
    except (typed.NotKeptError, editions.RefusedError, StoreError) as error:
        answers.errors.append(f"{type(error).__name__}: {error}")
    answers.seconds.append(time.perf_counter() - start)


def _row(who: str, people_: int, answers: Answers) -> str:
    took = sorted(1000 * seconds for seconds in answers.seconds) or [0.0]
    for error in sorted(set(answers.errors)):
        print(f"  {answers.errors.count(error)} × {error}", file=sys.stderr)
    worst = took[int(0.95 * len(took))]
    return f"| {who} | {people_ or ''} | {len(took)} | {median(took):.0f} | {worst:.0f} | {len(answers.errors)} |"


if __name__ == "__main__":
    main()
