"""What a visitor waits for, beside an empty Streamlit page on the same machine: `python benchmarks/visitors.py`.

Start of the server, first content, bytes, reruns in a real browser, memory of a session, and crowds that click through
Streamlit's own websocket. The awkward fact: milliseconds of a busy machine say little, so the empty page is measured
in the same run and every figure is read as a multiple of it.

`--sessions 50,100 --seconds 60 --pause 5,1` sets the crowds and how long each visitor looks before the next click;
`--only crowd` (or start, content, rerun, memory) measures one part, `--pages profile,search` those pages alone, and
`--beside W06000015,W06000011,W06000023` each of them with these places beside Newport too.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from benchmarks import sessions  # noqa: E402
from tests.browser import driving  # noqa: E402

OURS, FIRST_WORDS = "h1#content", "h1, .trace"  # the heading of a page of ours; what any page shows first
App: TypeAlias = tuple[str, str, str]  # its name, its address, and what to wait for
EMPTY, CHARTS = ROOT / "benchmarks" / "empty.py", ROOT / "benchmarks" / "charts.py"
AS_MANY = {"one plain chart": 1, "6 plain charts": 6, "13 plain charts": 13}  # hate_crime has 6, profile 13
PAGES, BESIDE = list(driving.PAGES), list[str]()  # that are measured, and with which places beside
PARTS = ("start", "content", "rerun", "memory", "crowd")
TURNS = 5
LOST = 10_000  # milliseconds after which a click is taken to have gone astray
PLACES = ("W06000022", "W06000015", "XCAV")
CLICKS = [
    sessions.Click(page=page, query=f"lang={lang}&place={place}")
    for place in PLACES
    for lang, page in zip(("en", "cy") * 4, (p for p in driving.PAGES if p != "home"), strict=False)
]
NOTHING = [sessions.Click(page="", query=f"n={n}") for n in range(3)]
GEOMETRY = "Feature" + "Collection"


def main() -> None:
    """Print one Markdown table for each part asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--sessions", default="50,100")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", default="5,1")
    parser.add_argument("--pages", default=",".join(driving.PAGES))
    parser.add_argument("--beside", default="")
    parser.add_argument("--turns", type=int, default=TURNS)
    options = parser.parse_args()
    measured(pages=options.pages.split(","), beside=options.beside, turns=options.turns)
    parts = {"start": start, "content": content, "rerun": rerun, "memory": memory}
    for name, part in parts.items():
        if options.only in (None, name):
            part()
    if options.only in (None, "crowd"):
        sizes, pauses = ([int(n) for n in listed.split(",")] for listed in (options.sessions, options.pause))
        crowd(sizes, pauses=pauses, seconds=options.seconds)


def measured(*, pages: list[str], beside: str, turns: int) -> None:
    """Settle what is measured, and how often."""
    global TURNS
    PAGES[:], BESIDE[:], TURNS = pages, [one for one in beside.split(",") if one], turns


def start() -> None:
    """Time the server from its command to its first answer."""
    print(f"\n## Start of the server\n\nMedian of {TURNS}\n\n| app | seconds |\n|---|---:|")
    for name, script in (("empty page", EMPTY), ("dashboard, database built", ROOT / "app.py")):
        took = []
        for _ in range(TURNS):
            begun = time.perf_counter()
            with driving.serving(script):
                took.append(time.perf_counter() - begun)
        print(f"| {name} | {median(took):.2f} |")


@contextmanager
def _chrome() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = driving.launch(playwright)
        yield browser
        browser.close()


def _apps_at_once(stack: ExitStack) -> Iterator[App]:
    """Yield the floors and each page, all served at once until the stack is left."""
    yield "empty page", stack.enter_context(driving.serving(EMPTY)), "h1"
    for name, number in AS_MANY.items():
        yield name, stack.enter_context(driving.serving(CHARTS, CHARTS=str(number))), ".trace"
    site = stack.enter_context(driving.serving())
    for page in PAGES:
        yield page, driving.link(site, page, lang="en", place=PLACES[0]), OURS
        if BESIDE:
            where = driving.link(site, page, lang="en", place=PLACES[0], **{"with": ",".join(BESIDE)})
            yield f"{page}, {len(BESIDE)} places beside", where, OURS


def content() -> None:
    """Time a new visitor's page to its first words, to the page itself and to its last chart, and count the bytes.

    The first words of a page of ours are those that its document carries: its heading, and a number with it.
    All stand open at once and are visited in turns: a machine that grows busy is so for each of them.
    """
    print(
        f"\n## First page\n\nAn empty cache; median (least) of {TURNS} in turns; bytes as Streamlit itself sends them\n"
    )
    heads = ("page", "first words, s", "of empty", "the page itself, s", "of empty", "everything drawn, s")
    print(f"| {' | '.join(heads)} | HTTP, kB | websocket, kB |\n|---|{'---:|' * 7}")
    with _chrome() as chrome, ExitStack() as stack:
        apps = list(_apps_at_once(stack))
        views_of: dict[str, list[tuple[float, ...]]] = {name: [] for name, *_ in apps}
        for turn in range(TURNS + 1):
            for name, address, sign in apps:
                view = _first(chrome, address, sign)
                views_of[name] += [view] if turn else []  # the first warms the server
    floors = list(zip(*next(iter(views_of.values())), strict=True))
    for name, views in views_of.items():
        columns = list(zip(*views, strict=True))
        times = [f"{median(column):.2f} ({min(column):.2f})" for column in columns[:3]]
        shares = [
            f"{median(column) / median(floor):.2f}× ({min(column) / min(floor):.2f}×)"
            for column, floor in zip(columns[:2], floors[:2], strict=True)
        ]
        sizes = [f"{median(column) / 1000:,.0f}" for column in columns[3:]]
        cells = (times[0], shares[0], times[1], shares[1], times[2], *sizes)
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _first(chrome: Browser, address: str, sign: str) -> tuple[float, ...]:
    """Return the seconds to the first words, to the page itself and to its last chart, and the bytes of both ways."""
    context = chrome.new_context(viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    counted = _Bytes(tab)
    begun = time.perf_counter()
    tab.goto(address, wait_until="commit")
    tab.wait_for_selector(FIRST_WORDS, timeout=driving.PATIENCE)
    words = time.perf_counter() - begun
    tab.wait_for_selector(sign, timeout=driving.PATIENCE)
    stands = time.perf_counter() - begun
    if sign == OURS:
        driving.settle(tab)
    drawn = time.perf_counter() - begun
    context.close()
    return words, stands, drawn, counted.http, counted.socket


class _Bytes:
    """What a tab has received: over HTTP as it came through the wire, and over the websocket."""

    def __init__(self, tab: Page) -> None:
        self.http = self.socket = 0.0
        self.geometry = 0
        self.wire = wire = tab.context.new_cdp_session(tab)
        wire.send("Network.enable")
        wire.send("Performance.enable", {"timeDomain": "threadTicks"})
        wire.on("Network.loadingFinished", self._loaded)
        tab.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        tab.on("request", self._count_geometry)

    def worked(self) -> float:
        """Return the processor seconds that the page's main thread has spent."""
        metrics = self.wire.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    def _loaded(self, event: dict[str, float]) -> None:
        self.http += event["encodedDataLength"]

    def _frame(self, frame: bytes | str) -> None:
        self.socket += len(frame)
        self.geometry += (GEOMETRY.encode() if isinstance(frame, bytes) else GEOMETRY) in frame  # type: ignore[operator]

    def _count_geometry(self, request: object) -> None:
        self.geometry += ".geojson" in getattr(request, "url", "")


def rerun() -> None:
    """Time reruns in the browser with warm caches: what changes nothing, one figure, many, or everything shown."""
    print("\n## A click, until the browser shows its answer\n")
    print(
        f"Warm caches; median (least) of {TURNS} in turns, ms; work is the main thread's processor time for each click."
    )
    print("The multiples are of all clicks of the empty page that change something (or of what changes nothing there);")
    print("plain charts are what Streamlit itself takes for as many. A choice is the list over a figure whose name the")
    print("fewest figures of the page share, its last and its usual code in turns; a shared one that which most share,")
    print("where there are several. A page without has none.\n")
    kinds = ("nothing changes", "other language", "a choice", "a shared choice")
    heads = ("page", "charts", *(f"{what} | of empty | work | of empty" for what in kinds))
    print(f"| {' | '.join(heads)} | kB a language | geometry again |\n|---|{'---:|' * 19}")
    with _chrome() as chrome, ExitStack() as stack:
        every = [_Clicked(chrome, address, sign, name=name) for name, address, sign in _apps_at_once(stack)]
        for kind in (1, 0, 2, 3):  # a language that was left two clicks ago is still in the browser
            for _ in range(TURNS):  # all stand open: a machine that grows busy is so for each of them
                for one in every:
                    one.click(kind)
        for one in every:
            print(one.row(every[0]), flush=True)


class _Clicked:
    """A tab with warm caches, and what clicks in it took."""

    def __init__(self, chrome: Browser, address: str, sign: str, *, name: str) -> None:
        self.name = name
        context = chrome.new_context(viewport={"width": 1400, "height": 900})
        context.set_default_timeout(driving.PATIENCE)
        self.tab = context.new_page()
        self.counted = _Bytes(self.tab)
        self.tab.goto(address)
        self.tab.wait_for_selector(sign)
        if sign == OURS:
            driving.settle(self.tab)
        self.tab.wait_for_timeout(1000)  # what the first view put off is done
        for _ in range(2):
            _timed(self.tab, _click)  # both languages are remembered from here on
        self.geometry, self.sent = self.counted.geometry, 0.0
        self.took: tuple[list[float], ...] = ([], [], [], [])
        self.work = [0.0, 0.0, 0.0, 0.0]
        self.kinds: list[Callable[[Page], None]] = [
            _press,
            _click,
            *(self._choices() if sign == OURS else [_click] * 2),
        ]
        for kind in self.kinds[2:]:
            for _ in range(2):
                _timed(self.tab, kind)

    def _choices(self) -> list[Callable[[Page], None]]:
        """Return what chooses on one figure, and on many at once; neither where the page has no such list."""
        names = Counter(self.tab.eval_on_selector_all(CHOICE, "lists => lists.map(one => one.dataset.name)"))
        rarest, commonest = min(names, key=names.__getitem__, default=""), max(names, key=names.__getitem__, default="")
        shared = [partial(_choose, name=commonest)] if names[commonest] > 1 else []
        return [partial(_choose, name=rarest), *shared] if names else []

    def click(self, kind: int) -> None:
        """Press what changes nothing (0), the language (1), a figure (2) or many (3), where there is such a thing."""
        if kind >= len(self.kinds):
            return
        worked, sent = self.counted.worked(), self.counted.socket
        self.took[kind].append(_timed(self.tab, self.kinds[kind]))
        self.work[kind] += 1000 * (self.counted.worked() - worked) / TURNS
        self.sent += (self.counted.socket - sent) / TURNS * (kind == 1)

    def row(self, floor: _Clicked) -> str:
        """Return its row of the table, beside the empty page's."""
        changing = [one for took in floor.took[1:] for one in took]  # one act there, in three rounds
        cells = []
        for n in range(len(self.kinds)):
            took, least = self.took[n], changing if n else floor.took[0]
            shares = f"{median(took) / median(least):.1f}× ({min(took) / min(least):.1f}×)"
            work = sum(floor.work[1:]) / 3 if n else floor.work[0]
            cells.append(
                f"{median(took):.0f} ({min(took):.0f}) | {shares} | {self.work[n]:.0f} | {self.work[n] / work:.1f}×"
            )
        cells += [" | | | "] * (4 - len(self.kinds))
        charts = self.tab.locator(".js-plotly-plot").count()
        again = self.counted.geometry - self.geometry
        return f"| {self.name} | {charts} | {' | '.join(cells)} | {self.sent / 1000:,.0f} | {again} |"


def _click(tab: Page) -> None:
    tab.evaluate("document.querySelector('.st-key-language_switch button').click()")


CHOICE = ".ct-control select"


def _choose(tab: Page, *, name: str) -> None:
    tab.evaluate(f"""() => {{
        const list = document.querySelector('{CHOICE}[data-name={name}]'), usual = list.dataset.usual;
        list.value = list.value === usual ? list.options[list.options.length - 1].value : usual;
        list.dispatchEvent(new Event('change', {{ bubbles: true }}));
    }}""")


def _press(tab: Page) -> None:
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("r")  # Streamlit's own key for a rerun


# What is out of sight is drawn, and what is folded filled in, when the browser has nothing else to do.
AT_REST = "() => !document.querySelector('.ct-chart:not(.js-plotly-plot), details:is([data-inside], [data-table])')"

# The script's state leaves "notRunning" with the click; what it brought is drawn two frames after it is back.
WATCH = """() => { window.took = new Promise((done) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const begun = performance.now();
  let ran = false;
  new MutationObserver((changes, watcher) => {
    ran = ran || changes.some((one) => one.oldValue !== 'notRunning');  // it may be over before it is looked at
    if (!ran || app.dataset.testScriptState !== 'notRunning') return;
    watcher.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
  }).observe(app, { attributeOldValue: true, attributeFilter: ['data-test-script-state'] });
}); }"""


def _timed(tab: Page, act: Callable[[Page], None]) -> float:
    tab.evaluate(WATCH)
    act(tab)
    took = tab.evaluate(f"Promise.race([window.took, new Promise((done) => setTimeout(done, {LOST}))])")
    tab.wait_for_function(AT_REST)
    tab.wait_for_timeout(150)  # what was put off is done before the next one
    return _timed(tab, act) if took is None else float(took)  # a click while the page still moves may be lost


def memory() -> None:
    """Measure what one more open session costs the server."""
    print("\n## Memory\n\n| app | at rest, MB | a session, MB (of 20) | after they left, MB |\n|---|---:|---:|---:|")
    for name, script, clicks in (("empty page", EMPTY, NOTHING), ("dashboard", ROOT / "app.py", CLICKS)):
        with driving.serving(script) as site:
            asyncio.run(sessions.crowd(site, clicks, sessions=2, seconds=15, pause=0.05))  # caches fill once
            before = driving.memory_of(site)
            in_use = asyncio.run(_memory_of_sessions(site, clicks, 20))
            time.sleep(3)
            print(
                f"| {name} | {before:.0f} | {(in_use - before) / 20:.2f} | {driving.memory_of(site):.0f} |", flush=True
            )


async def _memory_of_sessions(site: str, clicks: list[sessions.Click], number: int) -> float:
    """Return the server's memory while `number` sessions are open on a page."""
    sockets = [await sessions.connected(site) for _ in range(number)]
    for position, socket in enumerate(sockets):
        await sessions.ask(socket, clicks[position % len(clicks)], sessions.Answers())
    in_use = driving.memory_of(site)
    for socket in sockets:
        await socket.close()
    return in_use


def crowd(sizes: list[int], *, pauses: list[int], seconds: float) -> None:
    """Let crowds click through all pages and print how long the server took to answer.

    Each click asks for another page of another place in the other language, which is more than readers do; the
    visitors share the two cores with the server.
    """
    print(f"\n## Crowds\n\nVisitors click for {seconds:.0f} s; ms until the script has finished\n")
    print("| app | sessions | pause, s | clicks | median | p95 | kB a click | errors | MB before | MB after |")
    print(f"|---|{'---:|' * 9}")
    for name, script, clicks in (("empty page", EMPTY, NOTHING), ("dashboard", ROOT / "app.py", CLICKS)):
        with driving.serving(script) as site:
            asyncio.run(sessions.crowd(site, clicks, sessions=4, seconds=15, pause=0.05))
            for pause in pauses:
                for size in sizes:
                    _crowd(name, site, clicks, size=size, pause=pause, seconds=seconds)


def _crowd(name: str, site: str, clicks: list[sessions.Click], *, size: int, pause: int, seconds: float) -> None:
    before = driving.memory_of(site)
    answers = asyncio.run(sessions.crowd(site, clicks, sessions=size, seconds=seconds, pause=pause))
    time.sleep(3)
    took = sorted(1000 * s for s in answers.seconds)
    print(
        f"| {name} | {size} | {pause} | {len(took)} | {median(took):.0f} | {took[int(0.95 * len(took))]:.0f} "
        f"| {sum(answers.bytes) / len(answers.bytes) / 1000:.0f} | {len(answers.errors)} | {before:.0f} "
        f"| {driving.memory_of(site):.0f} |",
        flush=True,
    )
    for error in sorted(set(answers.errors)):
        print(f"  {answers.errors.count(error)} × {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
