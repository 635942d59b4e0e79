"""What travels on a first visit: no chart library without a chart, and no more than a telephone line carries."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driving import PATIENCE, visit

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
