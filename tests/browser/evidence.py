"""What one visit to a page shows, gathered once and asked about by many tests.

The awkward fact: a visit takes seconds and a question about it none. So each page and language is opened once, in
English on a wide screen and in Welsh on a narrow one, and then looked at on the other; everything a test may want to
know is written down: requests, complaints, axe's findings, headings, widths. axe-core, which takes as long as a visit,
looks at the first of the two screens: at each page on each width and in each language, not at each with each.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser import driving

AXE = {"resultTypes": ["violations"], "selectors": False}  # every rule runs; what is well is not written out
ZOOMED = {1400: 700, 360: 320}  # 200% zoom of a desktop; the narrowest screen WCAG 2.2 asks for (1.4.10)
PLACE = "XCAV"
OVERFLOWING = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const wide = [document.scrollingElement, main].filter((e) => e.scrollWidth > e.clientWidth + 1);
  const beyond = [...main.querySelectorAll('*')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.right > window.innerWidth + 1 && e.checkVisibility() && !e.closest('.ct-scroll');
  });
  return [...wide, ...beyond].map((e) => `${e.tagName} ${e.id || e.className.baseVal || e.className}`.slice(0, 80));
}"""
BLOCKS = """() => [...document.querySelectorAll('.ct-block')].map((block) => ({
  code: block.id.slice('block_'.length),
  charts: [...block.querySelectorAll('.ct-chart')].map((c) => c.getAttribute('aria-label') || ''),
  sentence: block.querySelector('.ct-sentence')?.textContent || '',
  rows: block.querySelectorAll('.ct-rows tbody tr').length,
}))"""
HEADINGS = "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => [Number(h.tagName[1]), h.textContent])"
# Each text of its own and each name that is read out, with the language that its nearest mark gives it.
TEXTS = """() => [...document.body.querySelectorAll(':not(script, style, noscript)')].flatMap((one) => {
  const own = [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(' ').trim();
  const names = ['aria-label', 'alt', 'title', 'placeholder'].map((name) => one.getAttribute(name));
  return [own, ...names].filter(Boolean).map((text) => [one.closest('[lang]').lang, text]);
})"""
OPEN_EVERYTHING = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
FILLED = "() => !document.querySelector('details:is([data-inside], [data-table])')"  # comes a moment after it is opened
NOT_ON_PAPER = ('[data-testid="stHeader"]', ".st-key-pickers", '[class*="st-key-downloads_"]', ".ct-image", "input")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One page as a browser showed it."""

    title: str
    language: str
    headings: list[tuple[int, str]]
    texts: set[tuple[str, str]]
    blocks: list[dict[str, Any]]
    requests: list[str]
    complaints: list[str]
    violations: list[dict[str, Any]] | None  # None on the second screen, which axe-core does not look at
    overflowing: dict[int, list[str]]
    controls_on_paper: list[str]
    heading_on_paper: bool


def screens(lang: str) -> list[int]:
    """Return the widths on which a page is looked at in a language, in their order."""
    return sorted(ZOOMED, reverse=lang == "en")


def see(browser: Browser, base: str, *, page: str, lang: str) -> dict[int, Seen]:
    """Open a page as a new visitor, fold everything open, and write down what there is on each width of screen."""
    first, *others = screens(lang)
    context = browser.new_context(viewport={"width": first, "height": 900})
    context.set_default_timeout(driving.PATIENCE)
    tab = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        driving.visit(tab, base, page, lang=lang, place=PLACE)
        tab.evaluate(OPEN_EVERYTHING)
        tab.wait_for_function(FILLED)
        violations = Axe().run(tab, options=AXE).response["violations"]
        written = _written_down(tab, width=first, requests=requests, complaints=complaints)
        seen = {first: replace(written, violations=violations)}
        for width in others:
            tab.set_viewport_size({"width": width, "height": 900})
            _overflowing_in_the_end(tab)
            driving.settle(tab)
            seen[width] = _written_down(tab, width=width, requests=requests, complaints=complaints)
        return seen
    finally:
        context.close()


def _written_down(tab: Page, *, width: int, requests: list[str], complaints: list[str]) -> Seen:
    overflowing = {width: tab.evaluate(OVERFLOWING)}
    narrower = ZOOMED[width]
    seen: dict[str, Any] = {
        "title": tab.title(),
        "language": tab.evaluate("document.documentElement.lang"),
        "headings": [(level, text) for level, text in tab.evaluate(HEADINGS)],
        "texts": {(lang, text) for lang, text in tab.evaluate(TEXTS)},
        "blocks": tab.evaluate(BLOCKS),
    }
    tab.emulate_media(media="print")
    seen |= {
        "controls_on_paper": [css for css in NOT_ON_PAPER if tab.locator(css).locator("visible=true").count()],
        "heading_on_paper": tab.locator("h1#content").is_visible(),
    }
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": narrower, "height": 900})
    overflowing[narrower] = _overflowing_in_the_end(tab)
    return Seen(**seen, requests=requests, complaints=complaints, violations=None, overflowing=overflowing)


def _overflowing_in_the_end(tab: Page) -> list[str]:
    """Return what is still too wide once the charts have drawn themselves anew for the width."""
    with suppress(PlaywrightTimeout):
        tab.wait_for_function(f"() => ({OVERFLOWING})().length === 0", timeout=driving.PATIENCE, polling=400)
    return tab.evaluate(OVERFLOWING)
