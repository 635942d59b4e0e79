"""What travels on a first visit: no chart library without a chart, and no more than a telephone line carries."""

from __future__ import annotations

import re
from threading import Event

import pytest
from playwright.sync_api import Route, expect

from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import PATIENCE, link, visit

CARDIFF_AND_VALE = "XCAV"
MOST = 1_600_000  # bytes, as they come through the wire


@pytest.mark.parametrize("page", ["home", "profile", "compare", "search", "briefings", "data_and_methods"])
def test_a_first_visit_travels_packed_and_asks_for_the_chart_library_only_where_there_is_a_chart(tab, site, page):
    wire = tab.context.new_cdp_session(tab)
    wire.send("Network.enable")
    asked, bytes_came, packs = [], [], []
    tab.on("request", lambda request: asked.append(request.url))
    wire.on("Network.loadingFinished", lambda event: bytes_came.append(event["encodedDataLength"]))
    wire.on("Network.webSocketHandshakeResponseReceived", lambda e: packs.append(str(e["response"]["headers"])))
    visit(tab, site, page, lang="cy", place=CARDIFF_AND_VALE).wait_for_timeout(1000)
    charts = tab.locator(".ct-chart").count()
    assert any("/scripts/plotly" in one for one in asked) == (charts > 0)
    assert [one for one in asked if not one.startswith((site, site.replace("http", "ws"), "data:", "blob:"))] == []
    assert 500_000 < sum(bytes_came) < MOST
    assert "permessage-deflate" in packs[0]


@pytest.mark.parametrize(("lang", "width"), [("en", 1400), ("cy", 360)])
def test_heading_and_first_number_stand_before_any_script_has_come_and_make_way_for_the_page(tab, site, lang, width):
    held: list[Route] = []
    come = Event()

    def hold(route: Route) -> None:
        if come.is_set():
            route.continue_()
        else:
            held.append(route)

    tab.set_viewport_size({"width": width, "height": 900})
    tab.route("**/static/js/**", hold)
    tab.goto(link(site, "migration", lang=lang, place=CARDIFF_AND_VALE), wait_until="commit")
    first = tab.locator("#ct-opening")
    expect(first.locator("p").nth(1)).to_contain_text(re.compile(r"\d"))
    expect(first.get_by_text(t("opening.waiting", lang=lang))).to_be_visible()
    expect(first.locator("noscript")).to_be_hidden()
    heading, message = first.locator("h1").inner_text(), first.locator("p").nth(1).inner_text()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    come.set()
    for route in held:
        route.continue_()
    expect(tab.locator("h1#content")).to_have_text(heading)
    expect(first).to_have_count(0)
    expect(tab.locator(".ct-messages p").first).to_contain_text(message)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_javascript_a_page_says_its_first_words_and_what_it_needs(chrome, site, lang):
    context = chrome.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    tab = context.new_page()
    tab.goto(link(site, "home", lang=lang, place=CARDIFF_AND_VALE))
    expect(tab.locator("h1")).to_be_visible()
    says = tab.locator("#ct-opening noscript p")  # a search by words leaves such parts out
    expect(says).to_have_text(t("frame.needs_script", lang=lang))
    expect(says).to_be_visible()
    expect(tab.get_by_text(t("opening.waiting", lang=lang))).to_be_hidden()
    context.close()


def test_words_stand_before_the_chart_library_is_asked_for(tab, site):
    words = []
    tab.route(
        "**/scripts/plotly.*", lambda route: (words.append(tab.locator(".ct-sentence").count()), route.continue_())
    )
    visit(tab, site, "migration", lang="en", place=CARDIFF_AND_VALE)
    assert words[0] > 0


def test_a_page_without_charts_leads_to_one_with_them(tab, site):
    visit(tab, site, "search", lang="en", place=CARDIFF_AND_VALE)
    assert tab.evaluate("typeof window.Plotly") == "undefined"
    tab.locator("a[href*='migration']").first.click()
    tab.wait_for_url("**/migration?*")
    expect(tab.locator(".js-plotly-plot").first).to_be_visible(timeout=PATIENCE)
