"""A first visit over 400 kbit/s and 400 ms: when the first words, the heading and the first number stand.

`python benchmarks/slow.py [CHECKOUT …]` prints a table, page by page. What a reader sees is asked of the browser: the
first text that is painted, the first heading, and the first figure in a sentence of the page.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from benchmarks import arguments  # noqa: E402
from tests.browser import driving  # noqa: E402

PLACE = "W06000015"
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PATIENCE = 120_000
WATCH = """() => {
  const seen = window.seen = {};
  const look = () => {
    const text = (one) => one?.checkVisibility?.() ? one.innerText.trim() : "";
    const at = (name, is) => { if (is && !(name in seen)) seen[name] = performance.now() / 1000; };
    at("words", document.body && text(document.body).length > 40);
    at("heading", [...document.querySelectorAll("h1")].some(text));
    const told = [...document.querySelectorAll("#ct-opening p, .ct-messages p, .ct-sentence")];
    at("number", told.some((p) => /\\d/.test(text(p))));
    at("page", text(document.querySelector("h1#content")));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
COLUMNS = ("words", "heading", "number", "page")


def main() -> None:
    """Print when each stands, in seconds from the click."""
    checkouts = arguments.checkouts(__doc__)
    print("| checkout | page | first words, s | heading, s | first number, s | the page itself, s | all drawn, s |")
    print(f"|---|---|{'---:|' * 5}")
    with sync_playwright() as playwright:
        chrome = driving.launch(playwright)
        for page in ("home", "hate_crime", "search"):
            for checkout in checkouts:
                driving.ROOT = checkout
                with driving.serving(checkout / "app.py") as site:
                    address = driving.link(site, page, lang="cy", place=PLACE)
                    driving.visit(chrome.new_page(), site, page, lang="cy", place=PLACE)  # caches fill
                    cells = " | ".join("none" if at is None else f"{at:.1f}" for at in _visit(chrome, address))
                print(f"| {checkout.name} | {page} | {cells} |", flush=True)
        chrome.close()


def _visit(chrome: Browser, address: str) -> list[float | None]:
    context = chrome.new_context(viewport={"width": 360, "height": 800})
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.add_init_script(f"({WATCH})()")
    wire = context.new_cdp_session(tab)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    tab.goto(address, wait_until="commit")
    tab.wait_for_function(driving.SETTLED, timeout=PATIENCE)
    moments = tab.evaluate("window.seen")
    drawn = tab.evaluate("performance.now() / 1000")
    context.close()
    return [*(moments.get(name) for name in COLUMNS), drawn]


if __name__ == "__main__":
    main()
