"""Tables are asked of the server when somebody wants them: opened, searched for, or after a while of reading."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, Route, expect

from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import link, visit

CARDIFF = "W06000015"
# What waits until a page has been read for a while (READING of static/folded.js) waits for good.
NOT_READ = """((real) => {
  window.setTimeout = (act, ms, ...more) => ms === 3000 ? 0 : real(act, ms, ...more);
})(window.setTimeout.bind(window))"""


def asked_for_rows(tab: Page) -> list[str]:
    """Return the addresses of tables that a tab asks for, as they come."""
    addresses: list[str] = []

    def note(request: Request) -> None:
        if "/rows/" in request.url:
            addresses.append(request.url)

    tab.on("request", note)
    return addresses


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_comes_when_it_is_opened_and_no_other_with_it(tab, site, lang):
    asked = asked_for_rows(tab)
    tab.add_init_script(NOT_READ)
    visit(tab, site, "migration", lang=lang, place=CARDIFF)
    block = tab.locator("#block_population")
    expect(block.locator(".ct-rows table")).to_have_count(0)
    block.locator(".ct-rows summary").click()
    expect(block.locator(".ct-rows table")).to_be_visible()
    expect(block.locator(".ct-rows")).not_to_have_attribute("aria-busy", "true")
    assert [address.partition("?")[0] for address in asked] == [f"{site}/rows/population"]
    expect(tab.locator("#ct-status")).to_have_text(t("figure.table_came", lang=lang))  # is heard; the focus stays
    expect(block.locator(".ct-rows summary")).to_be_focused()
    block.locator(".ct-rows summary").click()
    block.locator(".ct-rows summary").click()
    expect(block.locator(".ct-rows table")).to_have_count(1)
    assert len(asked) == 1


@pytest.mark.parametrize("key", ["Control+f", "F3"])
def test_a_search_of_the_browser_brings_every_table(tab, site, key):
    asked = asked_for_rows(tab)
    tab.add_init_script(NOT_READ)
    visit(tab, site, "hate_crime", lang="en", place=CARDIFF)
    expect(tab.locator("details[data-table]").nth(3)).to_be_attached()
    tab.keyboard.press(key)
    expect(tab.locator("details[data-table]")).to_have_count(0)
    expect(tab.locator(".ct-rows table").nth(2 * len(asked))).to_be_attached()  # several came with each answer


def test_every_table_is_there_once_a_page_has_been_read_for_a_while(tab, site):
    visit(tab, site, "hate_crime", lang="cy", place=CARDIFF)
    expect(tab.locator("details[data-table]")).to_have_count(0)
    expect(tab.locator("#block_rra_quarterly .ct-rows table")).to_have_count(1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_that_does_not_come_says_so_and_comes_when_it_is_opened_again(tab, site, lang):
    def lose(route: Route) -> None:
        route.abort()

    tab.add_init_script(NOT_READ)
    tab.route("**/rows/**", lose)
    tab.goto(link(site, "migration", lang=lang, place=CARDIFF))
    rows = tab.locator("#block_population .ct-rows")
    rows.locator("summary").click()
    expect(rows.locator(".ct-lost")).to_have_text(t("figure.no_table", lang=lang))
    expect(tab.locator("#ct-status")).to_have_text(t("figure.no_table", lang=lang))
    tab.unroute("**/rows/**", lose)
    rows.locator("summary").click()
    rows.locator("summary").click()
    expect(rows.locator("table")).to_be_visible()
    expect(rows.locator(".ct-lost")).to_have_count(0)


def test_one_table_that_is_refused_or_breaks_its_answer_costs_a_search_no_other(tab, site):
    def breaks(route: Route) -> None:
        if "population" in route.request.url.partition("?")[0].rpartition("/")[2].split(","):
            route.fulfill(status=500)
        else:
            route.continue_()

    tab.add_init_script(NOT_READ)
    tab.route("**/rows/**", breaks)
    visit(tab, site, "migration", lang="en", place=CARDIFF)
    missing = tab.locator("details[data-table]")
    expect(missing.nth(3)).to_be_attached()
    flows = tab.locator("#block_flows .ct-rows")
    flows.evaluate("(one) => { one.dataset.table = one.dataset.table.replace('flows', 'nope'); }")
    tab.keyboard.press("Control+f")
    expect(missing).to_have_count(2)
    expect(flows.locator("table")).to_have_count(0)
    tab.unroute("**/rows/**", breaks)
    tab.keyboard.press("Control+f")  # what was refused for good is not asked for again, what broke is
    expect(missing).to_have_count(1)
    expect(tab.locator("#block_population .ct-rows table")).to_have_count(1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_of_a_build_that_is_gone_says_so_and_loads_the_page_again(tab, site, lang):
    tab.add_init_script(NOT_READ)
    visit(tab, site, "migration", lang=lang, place=CARDIFF)
    rows = tab.locator("#block_population .ct-rows")
    rows.evaluate("(one) => { one.dataset.table = one.dataset.table.replace(/build=[^&]*/, 'build=0000000'); }")
    rows.locator("summary").click()
    expect(rows.locator(".ct-lost")).to_contain_text(t("figure.table_gone", lang=lang))
    with tab.expect_navigation():
        rows.get_by_role("button", name=t("figure.load_again", lang=lang)).click()
    rows.locator("summary").click()
    expect(rows.locator("table")).to_be_visible()
