"""Search in a real browser: by the keyboard alone, in both languages, at both widths, and as a plain form."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from dashboard import queries
from dashboard.i18n import t
from tests.browser.driving import settle, visit
from tests.browser.evidence import OVERFLOWING

NEWPORT, CARDIFF = "W06000022", "W06000015"
BOX = ".ct-search input[type=search]"
ABOVE = "(id) => document.getElementById(id)?.getBoundingClientRect().top ?? -1"


def search(tab: Page, text: str) -> None:
    """Search as with a keyboard: reach the box, type, press Enter."""
    tab.locator(BOX).focus()
    tab.locator(BOX).press("Control+a")
    tab.keyboard.type(text)
    tab.keyboard.press("Enter")
    expect(tab.locator("[role=status] bdi")).to_have_text(text)
    settle(tab)


@pytest.mark.parametrize("width", [1400, 360])
@pytest.mark.parametrize(("lang", "query", "place"), [("en", "assylum", "newport"), ("cy", "loches", "Nghasnewydd")])
def test_an_officer_finds_a_figure_and_a_place_by_words_alone(tab, site, build, lang, query, place, width):
    tab.set_viewport_size({"width": width, "height": 900})
    visit(tab, site, "profile", lang=lang, place=CARDIFF)
    search(tab, query)
    expect(tab.locator("h1#content")).to_have_text(t("search.title", lang=lang))
    assert tab.evaluate(OVERFLOWING) == []
    answer = tab.get_by_role("link", name=t("sanctuary.map", lang=lang))
    answer.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/sanctuary?*place={CARDIFF}*#asylum_map")
    settle(tab)
    tab.wait_for_function(f"() => {{ const top = ({ABOVE})('asylum_map'); return top >= 0 && top < 200; }}")

    tab.go_back()
    expect(tab.locator("[role=status] bdi")).to_have_text(query)
    search(tab, place)
    tab.locator(".ct-answers a").first.focus()
    tab.keyboard.press("Enter")
    where = queries.area(NEWPORT, build=build).in_.text(lang)
    expect(tab.locator("h1#content")).to_have_text(t("home.title", lang=lang, in_place=where))
    tab.wait_for_url(f"**place={NEWPORT}**")
    tab.wait_for_url(f"**lang={lang}**")


def test_the_form_is_plain_without_our_script(tab, site):
    tab.route("**/scripts/page.*", lambda route: route.abort())
    visit(tab, site, "search", lang="cy", place=NEWPORT)
    tab.locator(BOX).fill("mudo")
    tab.locator(".ct-search button").click()
    expect(tab.locator("[role=status] bdi")).to_have_text("mudo")
    expect(tab.locator("h1#content")).to_have_text(t("search.title", lang="cy"))
    tab.wait_for_function("() => location.search.includes('lang=cy') && !location.search.includes('language')")
    tab.wait_for_url(f"**place={NEWPORT}**")
    tab.locator(".ct-answers a").first.click()
    tab.wait_for_url("**/migration?*#*")


@pytest.mark.parametrize(
    "query", ["<img src=x onerror=alert(1)>", "x" * 10_000, "שלום\u202e עולם 🏴", "' autofocus onfocus='x"]
)
def test_what_is_no_word_of_ours_does_no_harm(tab, site, query):
    said: list[str] = []
    tab.on("dialog", lambda dialog: said.append(dialog.message))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(f"{site}/search?lang=en&place={CARDIFF}&q={quote(query)}")
    settle(tab)
    expect(tab.locator("[role=status] bdi")).not_to_be_empty()
    told = tab.locator("[role=status] bdi").inner_text()
    assert told in query.replace("\u202e", "")
    assert tab.evaluate(OVERFLOWING) == []
    expect(tab.locator("[data-testid=stMain] img")).to_have_count(0)
    assert said == []


def test_the_page_of_answers_stands_in_no_navigation(tab, site):
    visit(tab, site, "search", q="asylum")
    expect(tab.locator("a[data-testid=stTopNavLink]").nth(5)).to_be_attached()
    expect(tab.get_by_role("link", name=t("nav.search", lang="en"), exact=True)).to_have_count(0)
