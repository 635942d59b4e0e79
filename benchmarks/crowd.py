"""Visitors a second that one process, several behind nginx and the static copy serve: `python benchmarks/crowd.py`.

Each is asked for more and more a second until the slowest in twenty wait longer than 250 ms; the table gives the most
that was served within it, first visits and clicks apart, beside an empty Streamlit page; where no first visit was, the
most within a second. A first visit asks for every file that a browser asks for (one is watched first) and waits for the
words of the page; a click is another page of another place. Both then ask for the page's tables as a browser does,
beside the clock: at once rather than after three seconds of reading, which at a steady rate is the same load. Whoever
asks shares the machine's cores with whoever answers: read the rows beside one another.
`--only "one process"` measures one row, `--static FOLDER` the copy that `python -m dashboard.static -o FOLDER` wrote.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from subprocess import DEVNULL, Popen
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

import httpx  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from benchmarks import sessions  # noqa: E402
from benchmarks.visitors import CLICKS, EMPTY, NOTHING  # noqa: E402
from tests import test_deploy  # noqa: E402
from tests.browser import driving  # noqa: E402

WITHIN = 0.25  # seconds that the slowest in twenty may wait
SECONDS = 10.0  # of each step
PATIENT = 1.0  # seconds that a first visit may take where none is served within the others
SLOWEST = 0.5  # visits a second to begin with
MOST = 1000  # a second; whoever asks is one process
SERVED: dict[str, tuple[int, bool]] = {
    "one process": (1, False),
    "two behind nginx, nothing kept": (2, False),
    "two behind nginx": (2, True),
    "four behind nginx": (4, True),
}
COPYS = ("assets/copy.css", "assets/copy.js", "assets/icon.png")  # what each page of the static copy asks for
KEEPING = ("proxy_cache cohesion;", "proxy_cache off;")


def main() -> None:
    """Print a table: the most first visits and clicks a second that each serves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", default="")
    parser.add_argument("--static", type=Path)
    options = parser.parse_args()
    print("| served by | first visits a second | clicks a second |\n|---|---:|---:|")
    if options.only in ("", "empty page"):
        with driving.serving(EMPTY) as site:
            _row("an empty Streamlit page, one process", site, NOTHING)
    for name, (processes, keeps) in SERVED.items():
        if options.only in ("", name):
            with _served(processes, keeps=keeps) as site:
                _row(name, site, CLICKS)
    if options.static:
        with _copy(options.static) as site:
            page = next(options.static.rglob("index.html")).relative_to(options.static)
            files = [f"{site}/{path}" for path in (page, *COPYS)]
            print(f"| the static copy, nginx | {_most(partial(_page, files))} | {_most(partial(_page, files[:1]))} |")


def _row(name: str, site: str, clicks: list[sessions.Click]) -> None:
    asyncio.run(sessions.crowd(site, clicks, sessions=4, seconds=10, pause=0.05))  # caches fill once
    files = _files_of_a_first_visit(site, clicks[0])
    visits = _most(partial(_first_visit, site, files, clicks))
    print(f"| {name} | {visits} | {_most_clicks(site, clicks)} |", flush=True)


@contextmanager
def _served(processes: int, *, keeps: bool) -> Iterator[str]:
    """Serve the dashboard by some processes, behind the nginx file of `deploy/` where they are several."""
    with ExitStack() as stack:
        port = driving.free_port()
        own = {"STREAMLIT_SERVER_COOKIE_SECRET": "one secret for all"}
        own |= {"STREAMLIT_BROWSER_SERVER_ADDRESS": "127.0.0.1", "STREAMLIT_BROWSER_SERVER_PORT": str(port)}
        if processes == 1:
            yield stack.enter_context(driving.serving())
            return
        replicas = [stack.enter_context(driving.serving(**own)).removeprefix("http://") for _ in range(processes)]
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        half = len(replicas) // 2
        both = [";\n    server ".join(some) for some in (replicas[:half], replicas[half:])]
        file = test_deploy.here(folder, (folder / "no.pem", folder / "no.key"), port=port, replicas=both)
        plain = "\n".join(line for line in file.read_text().splitlines() if "ssl_" not in line).replace(" ssl;", ";")
        file.write_text(plain if keeps else plain.replace(*KEEPING))
        stack.enter_context(_nginx(file, port))
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _copy(folder: Path) -> Iterator[str]:
    """Serve a folder of files by nginx."""
    with tempfile.TemporaryDirectory() as here:
        port, file = driving.free_port(), Path(here) / "nginx.conf"
        file.write_text(
            f"user root; pid {here}/pid; error_log {here}/log; daemon off; worker_processes 2; events {{}}\n"
            f"http {{ include /etc/nginx/mime.types; access_log off; gzip on; gzip_types text/css text/javascript\n"
            f"application/json image/svg+xml; server {{ listen 127.0.0.1:{port}; root {folder.resolve()}; }} }}\n"
        )
        with _nginx(file, port):
            yield f"http://127.0.0.1:{port}"


@contextmanager
def _nginx(file: Path, port: int) -> Iterator[None]:
    with Popen(["nginx", "-c", str(file)], stderr=DEVNULL) as nginx:
        driving.wait_for_port(port)
        try:
            yield
        finally:
            nginx.terminate()


def _files_of_a_first_visit(site: str, click: sessions.Click) -> list[str]:
    """Return the addresses that a browser asks for on a first visit, the document first."""
    with sync_playwright() as playwright:
        chrome = driving.launch(playwright)
        tab, addresses = chrome.new_page(), []
        tab.on("request", lambda request: addresses.append(request.url))
        tab.goto(f"{site}/{click.page}?{click.query}")
        tab.wait_for_timeout(4000)
        chrome.close()
    ours = [url for url in dict.fromkeys(addresses) if urlsplit(url).netloc == urlsplit(site).netloc]
    return [url for url in ours if not urlsplit(url).path.startswith("/rows/")]  # each page has its own


async def _first_visit(site: str, files: list[str], clicks: list[sessions.Click], number: int) -> float:
    """Ask as a new visitor does; return the seconds until the words of the page have come."""
    began = time.perf_counter()
    click = clicks[number % len(clicks)]
    async with _visitor() as client:
        document, *others = files
        await client.get(document)
        beside = asyncio.gather(*(client.get(url) for url in others))
        answers = sessions.Answers()
        async with sessions.connected(site) as socket:
            await sessions.ask(socket, click, answers)
        if answers.errors:
            raise RuntimeError(answers.errors[0])
        took = time.perf_counter() - began
        await beside
        await sessions.read_tables(client, site, answers.tables, read=set(), errors=answers.errors)
        if answers.errors:
            raise RuntimeError(answers.errors[0])
    return took


def _visitor() -> httpx.AsyncClient:
    """Return a client that asks as a browser does, over six connections; certificates nobody asks for take 20 ms."""
    return httpx.AsyncClient(timeout=30, verify=False, limits=httpx.Limits(max_connections=6))


async def _page(files: list[str], number: int) -> float:  # noqa: ARG001 - every visitor asks for the same
    """Ask for a page of the copy and, at a first visit, for its other files; return the seconds until all have come."""
    began = time.perf_counter()
    document, *others = files
    async with _visitor() as client:
        (await client.get(document)).raise_for_status()
        for answer in await asyncio.gather(*(client.get(url) for url in others)):
            answer.raise_for_status()
    return time.perf_counter() - began


def _most(visit: Callable[[int], Awaitable[float]]) -> str:
    """Return the most visits a second of which the slowest in twenty is served in time, with what that one waited."""
    waited: dict[float, float] = {}  # seconds of the slowest in twenty, by visits a second
    rate = SLOWEST
    while rate <= MOST:
        waited[rate] = asyncio.run(_at(visit, rate))
        if waited[rate] > PATIENT:
            break
        rate *= 1.5
    for within in (WITHIN, PATIENT):
        served = max((rate for rate, seconds in waited.items() if seconds <= within), default=0)
        if served:
            none = "" if within == WITHIN else f"none within {WITHIN:g} s, within {within:g} s "
            return f"{none}{served:.3g} ({1000 * waited[served]:.0f} ms)"
    return f"none (at {SLOWEST:g}: {1000 * waited[SLOWEST]:.0f} ms)"


async def _at(visit: Callable[[int], Awaitable[float]], rate: float) -> float:
    """Send visitors at a steady rate, whether those before them have been served or not; return the 95th percentile."""
    visits = []
    for number in range(max(20, round(rate * SECONDS))):
        visits.append(asyncio.create_task(visit(number)))
        await asyncio.sleep(1 / rate)
    took = sorted(await asyncio.gather(*visits))
    return took[int(0.95 * len(took))]


def _most_clicks(site: str, clicks: list[sessions.Click]) -> str:
    """Return the most clicks a second answered in time, of visitors who each click every second."""
    best, visitors = "", 5
    while visitors <= MOST:
        answers = asyncio.run(_clicking(site, clicks, visitors))
        took = sorted(answers.seconds)
        slowest = took[int(0.95 * len(took))]
        if slowest > WITHIN or answers.errors:
            best = best or f"none (of {visitors} visitors: {1000 * slowest:.0f} ms, {len(answers.errors)} errors)"
            break
        best = f"{len(took) / SECONDS:.0f} ({1000 * slowest:.0f} ms)"
        visitors = round(visitors * 1.5)
    return best


async def _clicking(site: str, clicks: list[sessions.Click], visitors: int) -> sessions.Answers:
    limits = httpx.Limits(max_connections=6 * visitors)  # as many browsers have
    async with httpx.AsyncClient(timeout=30, verify=False, limits=limits) as client:
        return await sessions.crowd(site, clicks, sessions=visitors, seconds=SECONDS, pause=1, client=client)


if __name__ == "__main__":
    main()
