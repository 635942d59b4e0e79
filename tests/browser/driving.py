"""A server of our own and a Chromium to look at it with: for the browser tests, the gallery and the benchmarks.

The awkward fact: a Streamlit page is never "loaded". It is settled when its script rests, its footer stands and every
chart has been drawn, which is what `settle` waits for.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, Playwright, expect

ROOT = Path(__file__).parents[2]
PAGES = tuple(sorted(path.stem for path in (ROOT / "pages").glob("*.py")))
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000  # milliseconds; a machine may be busy, and a page that never settles is still found out
HAND = 300  # milliseconds between two presses; Streamlit loses a step that is asked for within a few
POLL = 100  # milliseconds; asked at every frame, the browser would draw frames for the sake of asking
DRAWN = ".trace, .choroplethlocation"  # what Plotly draws of a line, of bars, of dots, of areas
SETTLED = f"""() => {{
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.dataset.testScriptState !== 'notRunning' || !document.querySelector('.ct-footer')) return false;
  if (document.querySelector('[data-testid="stSkeleton"], .ct-answering')) return false;
  const charts = document.querySelectorAll('.ct-chart');
  return [...charts].every((chart) => chart.querySelector('{DRAWN}'));
}}"""


def chromium() -> str | None:
    """Return the path of a Chromium of this machine (or what COHESION_CHROMIUM names), or None."""
    named = os.environ.get("COHESION_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without anything that speaks to other servers."""
    return playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, *, seconds: float = 20) -> None:
    """Wait until somebody listens on a port."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"nobody listens on port {port} after {seconds} s")


_PROCESSES: dict[str, int] = {}


@contextmanager
def serving(
    script: Path = ROOT / "app.py", *, port: int | None = None, below: str = "", **environment: str
) -> Iterator[str]:
    """Serve an app as a visitor would meet it, `below` a path ("/cohesion"); yield its address; stop it at the end."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    command += [f"--server.baseUrlPath={below}"] if below else []
    command += ["--server.headless=true", "--server.address=127.0.0.1", "--server.fileWatcherType=none"]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}{below}"
            _wait_for(f"{address}/_stcore/health", process)
            _PROCESSES[address] = process.pid
            yield address
        finally:
            process.terminate()


def process_of(address: str) -> int:
    """Return the number of the process that serves `address`."""
    return _PROCESSES[address]


def memory_of(address: str) -> float:
    """Return the megabytes that the server at `address` holds (Linux)."""
    status = Path(f"/proc/{process_of(address)}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def _wait_for(address: str, process: subprocess.Popen[bytes], *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{address} did not answer within {seconds} s")


def link(base: str, page: str, **choices: str) -> str:
    """Return the address of a view: `link(base, "migration", lang="cy", place="W06000015")`."""
    return f"{base}/{'' if page == 'home' else page}?{urlencode(choices)}"


def visit(tab: Page, base: str, page: str, **choices: str) -> Page:
    """Open a view and wait until it has settled."""
    tab.goto(link(base, page, **choices))
    return settle(tab)


def settle(tab: Page) -> Page:
    """Wait until the page's script rests and every chart is drawn."""
    tab.wait_for_function(SETTLED, timeout=PATIENCE, polling=POLL)
    return tab


def pick(tab: Page, key: str, label: str) -> None:
    """Choose from a picker as with a keyboard, once the page rests: type a name, and Enter when the list offers it."""
    box = settle(tab).locator(f"[class*='st-key-{key}'] input").first
    box.click()
    box.fill(label)
    expect(tab.get_by_role("option").filter(has_text=label).first).to_be_visible()
    box.press("Enter")
