"""The list of what a page holds, in a real browser: beside the text, folded on a telephone, and where the reader is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import settle, visit
from tests.browser.evidence import OVERFLOWING

MARKED = "() => [...document.querySelectorAll('.ct-contents [aria-current=location]')].map((a) => a.hash.slice(1))"
LEFT = "document.querySelector('h1#content').getBoundingClientRect().left"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_beside_the_text_the_section_in_view_is_marked(tab, site, lang):
    visit(tab, site, "sanctuary", lang=lang)
    nav = tab.get_by_role("navigation", name=t("page.contents", lang=lang))
    expect(nav.locator("a").first).to_be_visible()
    assert nav.bounding_box()["x"] + nav.bounding_box()["width"] < tab.evaluate(LEFT)
    nav.get_by_role("link", name=t("sanctuary.ukraine", lang=lang)).click()
    tab.wait_for_function(f"() => ({MARKED})().join() === 'ukraine'")
    tab.evaluate("document.getElementById('children_transferred').scrollIntoView()")
    tab.wait_for_function(f"() => ({MARKED})().join() === 'children_transferred'")
    tab.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    tab.wait_for_function(f"() => ({MARKED})().length === 0")
    assert tab.evaluate(OVERFLOWING) == []


def test_the_list_goes_with_the_reader_of_a_page_longer_than_it(tab, site):
    visit(tab, site, "profile")
    tab.evaluate("document.getElementById('caravans').scrollIntoView()")
    tab.wait_for_function(f"() => ({MARKED})().join() === 'caravans'")
    link, nav = tab.locator(".ct-contents [aria-current]").bounding_box(), tab.locator(".ct-contents").bounding_box()
    assert nav["y"] <= link["y"] < link["y"] + link["height"] <= nav["y"] + nav["height"]


def test_the_list_moves_nothing_and_glides_nowhere(tab, site):
    visit(tab, site, "migration")
    with_list = tab.evaluate(LEFT), tab.evaluate("document.getElementById('flows').offsetTop")
    assert tab.evaluate("getComputedStyle(document.querySelector('.ct-contents')).scrollBehavior") == "auto"
    tab.evaluate("document.querySelector('.ct-contents').remove()")
    assert (tab.evaluate(LEFT), tab.evaluate("document.getElementById('flows').offsetTop")) == with_list


def test_on_a_telephone_it_is_folded_and_opens_by_the_keyboard(tab, site):
    tab.set_viewport_size({"width": 360, "height": 800})
    visit(tab, site, "hate_crime", lang="cy")
    first = tab.locator(".ct-contents a").first
    expect(first).to_be_hidden()
    tab.locator(".ct-contents summary").focus()
    tab.keyboard.press("Enter")
    expect(first).to_be_visible()
    tab.locator(".ct-contents a[href='#accounts']").press("Enter")
    tab.wait_for_function("() => document.getElementById('accounts').getBoundingClientRect().top < innerHeight")
    assert settle(tab).evaluate(OVERFLOWING) == []
