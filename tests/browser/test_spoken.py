"""What a screen reader says in an officer's hour, in both languages: Chromium's own accessibility tree, as text.

The awkward fact: a picture shows nothing of it. What is said, in which order and under which role is written down in
`spoken.en.txt` and `spoken.cy.txt`, to be read when it changes; COHESION_GOLDEN=write writes them anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import settle, visit

HERE = Path(__file__).parent
PLACE = "W06000015"
LINE = re.compile(
    r"^(?P<inside> *)- (?P<role>/?[a-z]+)(?: \"(?P<name>(?:[^\"\\]|\\.)*)\")?(?P<state>(?: \[[^\]]+\])*)(?P<rest>:.*)?$"
)
TWICE = ("cell", "rowheader", "columnheader")  # what a row is named by is said with the row
# What leads through a page: where one is, what can be chosen, and the headings that are jumped to.
LEADING = ("banner", "navigation", "main", "search", "searchbox", "combobox", "textbox", "heading", "button", "status")


def spoken(place: Locator, *, roles: tuple[str, ...] = (), most: int | None = None) -> list[str]:
    """Return what is said of a part of a page: a line for each stop, with its role, its name and its state."""
    lines = list(_lines(place.aria_snapshot(), roles))
    return lines if most is None else lines[:most]


def _lines(snapshot: str, roles: tuple[str, ...]) -> Iterator[str]:
    for line in re.sub(r"^( *- )'(.*?)'(:?)$", r"\1\2\3", snapshot, flags=re.MULTILINE).splitlines():
        found = LINE.match(line)
        if found is None or found["role"].startswith("/") or (roles and found["role"] not in roles):
            continue
        said = found["name"] or (found["rest"] or "").removeprefix(":").strip().strip('"')
        said = said.replace("''", "'")  # as YAML writes it
        if said and found["role"] not in TWICE:
            state = found["state"].replace("[", "").replace("]", "").strip()
            yield f"{' '.join(filter(None, (found['role'], state)))}: {said}"


def an_hour(tab: Page, site: str, lang: str) -> Iterator[str]:
    """Yield what is heard from the first page to a briefing."""
    visit(tab, site, "home", lang=lang, place=PLACE)
    yield "# home"
    yield from spoken(tab.locator("body"), roles=LEADING)
    visit(tab, site, "hate_crime", lang=lang, place=PLACE)
    yield "\n# hate_crime: a figure, its table opened"
    figure = tab.locator("#block_rra_quarterly")
    rows = figure.locator(".ct-rows")
    rows.locator("summary").focus()
    tab.keyboard.press("Enter")
    expect(rows.locator("tbody tr").first).to_be_visible()
    yield from spoken(figure, most=60)
    yield "\n# hate_crime: its chart, walked by key"
    figure.locator(".ct-chart").focus()
    status, before = tab.locator("#ct-status"), ""
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        tab.keyboard.press(key)
        expect(status).not_to_have_text(before)
        before = status.inner_text()
        yield f"status: {before}"
    visit(tab, site, "search", lang=lang, place=PLACE, q="Nghaerdydd")
    yield "\n# search: Nghaerdydd"
    yield from spoken(settle(tab).locator("main, .stMain").first, roles=(*LEADING, "link"), most=25)
    visit(tab, site, "briefings", lang=lang, place=PLACE)
    yield "\n# briefings"
    yield from spoken(tab.locator("main, .stMain").first, roles=(*LEADING, "link", "radio", "checkbox"), most=60)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_officers_hour_is_said_in_order_and_in_its_language(tab, site, lang):
    heard = "\n".join(line.replace(site, "") for line in an_hour(tab, site, lang)) + "\n"
    golden = HERE / f"spoken.{lang}.txt"
    if os.environ.get("COHESION_GOLDEN") == "write":
        golden.write_text(heard, encoding="utf-8")
    assert heard == golden.read_text(encoding="utf-8")


def test_charts_keep_their_own_ground_where_colours_are_forced(chrome, site):
    context = chrome.new_context(forced_colors="active", color_scheme="dark", viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    visit(tab, site, "hate_crime", lang="en", place=PLACE)
    of_page, of_chart = (
        tab.locator(where).first.evaluate("(one) => getComputedStyle(one).backgroundColor")
        for where in ('[data-testid="stApp"]', ".ct-chart .main-svg")
    )
    assert of_page == "rgb(0, 0, 0)"
    assert of_chart == "rgb(255, 255, 255)"
    expect(tab.locator("#block_rra_quarterly")).to_contain_text(t("figure.show_table", lang="en"))
    context.close()
