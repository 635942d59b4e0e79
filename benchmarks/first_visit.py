"""What travels on a first visit, and how long a slow line takes: `python benchmarks/first_visit.py [CHECKOUT …]`.

Bytes are counted by the browser as they came over HTTP; of the websocket it tells only what was unpacked, so that is
packed here as the server packs it, where the server does. The line is one of 4 Mbit/s and 50 ms each way.
"""

from __future__ import annotations

import json
import sys
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from benchmarks import arguments  # noqa: E402
from tests.browser import driving  # noqa: E402

PLACE = "XCAV"
LINE = {"offline": False, "latency": 50, "downloadThroughput": 500_000, "uploadThroughput": 250_000}
TURNS = 3


def main() -> None:
    """Print a table for each checkout, page by page in turns."""
    checkouts = arguments.checkouts(__doc__)
    print("| checkout | page | requests | HTTP, kB | of it Plotly | websocket, kB | first words, s | all drawn, s |")
    print(f"|---|---|{'---:|' * 6}")
    with sync_playwright() as playwright:
        chrome = driving.launch(playwright)
        for page in driving.PAGES:
            for checkout in checkouts:
                driving.ROOT = checkout
                with driving.serving(checkout / "app.py") as site:
                    _visit(chrome, driving.link(site, page, lang="en", place=PLACE), slow=False)  # caches fill
                    visits = [_visit(chrome, driving.link(site, page, lang="en", place=PLACE)) for _ in range(TURNS)]
                middle = [sorted(column)[TURNS // 2] for column in zip(*visits, strict=True)]
                cells = (f"{n:,.0f}" if at < 4 else f"{n:.1f}" for at, n in enumerate(middle))
                print(f"| {checkout.name} | {page} | {' | '.join(cells)} |", flush=True)
        chrome.close()


def _visit(chrome: Browser, address: str, *, slow: bool = True) -> tuple[float, ...]:
    context = chrome.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(driving.PATIENCE)
    tab = context.new_page()
    wire = context.new_cdp_session(tab)
    wire.send("Network.enable")
    if slow:
        wire.send("Network.emulateNetworkConditions", LINE)
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    frames: list[bytes] = []
    packs: list[bool] = []
    wire.on("Network.requestWillBeSent", lambda e: addresses.__setitem__(e["requestId"], e["request"]["url"]))
    wire.on("Network.loadingFinished", lambda e: sizes.__setitem__(e["requestId"], e["encodedDataLength"]))
    wire.on(
        "Network.webSocketHandshakeResponseReceived",
        lambda e: packs.append("permessage-deflate" in json.dumps(e["response"]["headers"])),
    )
    tab.on(
        "websocket", lambda one: one.on("framereceived", lambda f: frames.append(f if isinstance(f, bytes) else b""))
    )
    begun = time.perf_counter()
    tab.goto(address, wait_until="commit")
    tab.wait_for_selector("h1#content")
    first = time.perf_counter() - begun
    driving.settle(tab)
    drawn = time.perf_counter() - begun
    tab.wait_for_timeout(500)
    library = sum(size for one, size in sizes.items() if "/plotly" in addresses.get(one, "").lower())
    context.close()
    packer = zlib.compressobj(6, zlib.DEFLATED, -12, 5)
    packed = sum(len(packer.compress(one)) + len(packer.flush(zlib.Z_SYNC_FLUSH)) for one in frames)
    socket = packed if any(packs) else sum(map(len, frames))
    return len(sizes), sum(sizes.values()) / 1000, library / 1000, socket / 1000, first, drawn


if __name__ == "__main__":
    main()
