"""Charts that answer: a click leads to a place or puts it beside, and a chart is walked by keyboard and speaks."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dashboard import queries
from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import settle, visit
from tests.browser.test_journeys import choices

CARDIFF, NEWPORT = "W06000015", "W06000022"
CLICK = """(chart, name) => {
  const at = chart.data.findIndex((trace) => (trace.text || []).some?.((one) => one && one.startsWith(name)));
  const trace = chart.data[at], point = trace.text.findIndex((one) => one && one.startsWith(name));
  const box = chart.getBoundingClientRect();
  chart.emit("plotly_click", { points: [{ curveNumber: at, pointNumber: point }],
    event: { clientX: box.left + 150, clientY: box.top + 100 } });
}"""


def drawn(tab, code: str):
    chart = tab.locator(f"#block_{code} .ct-chart.js-plotly-plot")
    tab.locator(f"#block_{code}").scroll_into_view_if_needed()
    expect(chart).to_have_attribute("tabindex", "0")
    return chart


@pytest.mark.parametrize(("lang", "name", "to"), [("en", "Newport", "to Newport"), ("cy", "Casnewydd", "i Gasnewydd")])
def test_an_area_of_a_map_leads_to_its_place_and_back_is_one_step(tab, site, lang, name, to):
    visit(tab, site, "sanctuary", lang=lang, place=CARDIFF)
    chart = drawn(tab, "asylum_map")
    chart.evaluate(CLICK, name)
    tab.get_by_role("link", name=t("explore.go", lang=lang, to=to)).click()
    settle(tab)
    assert choices(tab)["place"] == NEWPORT
    tab.go_back()
    settle(tab)
    assert choices(tab)["place"] == CARDIFF


def test_an_area_is_put_beside_and_stands_in_the_address(tab, site):
    visit(tab, site, "sanctuary", lang="en", place=CARDIFF)
    chart = drawn(tab, "asylum_map")
    chart.evaluate(CLICK, "Newport")
    tab.get_by_role("link", name=t("explore.beside", lang="en", name="Newport")).click()
    settle(tab)
    assert choices(tab)["with"] == NEWPORT
    assert choices(tab)["place"] == CARDIFF


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_is_walked_by_keyboard_and_each_point_is_said(tab, site, lang):
    visit(tab, site, "migration", lang=lang, place=CARDIFF)
    chart = drawn(tab, "population")
    status = tab.locator("#ct-status")
    chart.focus()
    tab.keyboard.press("ArrowRight")
    expect(status).to_contain_text("321,000")
    tab.keyboard.press("ArrowRight")
    expect(status).to_contain_text("323,770")
    tab.keyboard.press("ArrowLeft")
    expect(status).to_contain_text("321,000")
    tab.keyboard.press("Escape")
    expect(chart).to_be_focused()
    tab.keyboard.press("Escape")
    expect(chart).not_to_be_focused()


def test_a_map_is_walked_too_and_enter_offers_what_a_click_does(tab, site):
    visit(tab, site, "sanctuary", lang="en", place=CARDIFF)
    chart = drawn(tab, "asylum_map")
    chart.focus()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowDown")
    expect(tab.locator("#ct-status")).to_have_text("Swansea, 24.8 per 10,000 people (618)")
    expect(chart.locator(".ct-told")).to_have_text("Swansea 24.8 per 10,000 people (618)")
    around, area = (chart.locator(one).bounding_box() for one in (".ct-outline", ".choroplethlocation >> nth=1"))
    assert around["x"] <= area["x"] < area["x"] + area["width"] <= around["x"] + around["width"]
    tab.keyboard.press("Enter")
    offered = tab.locator(".ct-ways")
    expect(offered).to_have_attribute("aria-label", "Swansea")
    tab.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    tab.keyboard.press("Escape")
    expect(chart.locator(".ct-outline, .ct-told")).to_have_count(0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_of_several_places_are_walked_from_the_top_and_enter_offers_the_place(tab, site, build, lang):
    visit(tab, site, "profile", lang=lang, place=CARDIFF, **{"with": NEWPORT})
    chart = drawn(tab, "census_religion")
    status = tab.locator("#ct-status")
    ours, theirs = (queries.area(code, build=build).name.text(lang) for code in (CARDIFF, NEWPORT))
    largest = queries.categories("census_religion", build=build)["no_religion"].name.text(lang)
    chart.focus()
    tab.keyboard.press("ArrowRight")
    expect(status).to_have_text(f"{ours}, {largest}, 42.9%")
    tab.keyboard.press("ArrowRight")
    expect(status).to_have_text(f"{theirs}, {largest}, 43.0%")
    tab.keyboard.press("Enter")
    expect(tab.locator(".ct-ways")).to_have_attribute("aria-label", theirs)
    expect(tab.locator(".ct-ways a")).to_have_count(1)  # it stands beside already
