"""An officer sets two places beside theirs, chooses years, and sends the link to a colleague: in both languages."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from dashboard import queries
from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import PATIENCE, pick, settle, visit

CARDIFF, NEWPORT, WALES = "W06000015", "W06000022", "W92000004"
NEATH_PORT_TALBOT, RHONDDA, BOURNEMOUTH = "W06000012", "W06000016", "E06000058"
BLOCK = "#block_asylum_support"
NO_TWO_TOUCH = """(block) => {
  const boxes = [...block.querySelectorAll('.annotation-text')].map((one) => one.getBoundingClientRect());
  const within = boxes.every((box) => box.right <= window.innerWidth && box.left >= 0);
  const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  return within && boxes.every((a, n) => boxes.slice(n + 1).every((b) => apart(a, b)));
}"""


def add(tab: Page, name: str) -> None:
    """Choose a place from the list of those that may stand beside ours, as with a keyboard."""
    pick(tab, "beside_picker", name)
    expect(tab.locator(".st-key-beside").get_by_role("button", name=f"{name} ×")).to_be_visible()
    settle(tab)


def choices(tab: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(tab.url).query).items()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_places_and_years_are_chosen_kept_over_pages_and_sent_to_a_colleague(tab, chrome, site, build, lang):
    names = [queries.area(code, build=build).name.text(lang) for code in (CARDIFF, NEWPORT, WALES)]
    visit(tab, site, "migration", lang=lang, place=CARDIFF)
    for name in names[1:]:
        add(tab, name)
    pick(tab, f"from_picker_{lang}", "2018")
    expect(tab.locator(f"{BLOCK} .ct-subtitle")).to_contain_text("2018 –")
    told = choices(settle(tab))
    assert (told["with"], told["from"]) == (f"{NEWPORT},{WALES}", "2018")
    sentence = tab.locator(f"{BLOCK} .ct-sentence").inner_text()
    for name in names:
        assert name in sentence

    tab.get_by_role("link", name=t("nav.sanctuary", lang=lang), exact=True).click()
    expect(tab.locator("h1#content")).to_contain_text(t("sanctuary.title", lang=lang, in_place="", place="")[:12])
    tab.wait_for_function(f"() => new URLSearchParams(location.search).get('with') === '{NEWPORT},{WALES}'")
    expect(tab.locator(f"{BLOCK} .ct-sentence")).to_have_text(sentence, use_inner_text=True)

    context = chrome.new_context(viewport={"width": 360, "height": 800})
    context.set_default_timeout(PATIENCE)
    colleague = context.new_page()
    colleague.goto(tab.url)
    settle(colleague)
    expect(colleague.locator(f"{BLOCK} .ct-sentence")).to_have_text(sentence, use_inner_text=True)
    for name in names[1:]:
        expect(colleague.locator(".st-key-beside").get_by_role("button", name=f"{name} ×")).to_be_visible()
    assert colleague.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    colleague.locator(f"{BLOCK} .ct-chart").scroll_into_view_if_needed()
    assert settle(colleague).locator(BLOCK).evaluate(NO_TWO_TOUCH)
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_telephone_the_choices_are_folded_until_one_is_made(tab, site, build, lang):
    tab.set_viewport_size({"width": 360, "height": 800})
    visit(tab, site, "sanctuary", lang=lang, place=CARDIFF)
    choice = tab.locator(".st-key-beside")
    expect(choice).to_be_hidden()
    assert tab.locator("h1#content").bounding_box()["y"] < 700
    tab.get_by_text(t("frame.choices", lang=lang), exact=True).click()
    expect(choice).to_be_visible()
    add(tab, queries.area(NEWPORT, build=build).name.text(lang))
    tab.reload()
    expect(settle(tab).locator(".st-key-beside")).to_be_visible()
    tab.set_viewport_size({"width": 1400, "height": 900})
    expect(tab.get_by_text(t("frame.choices", lang=lang), exact=True)).to_be_hidden()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_telephone_each_group_of_places_stands_under_its_own_heading(tab, site, build, lang):
    tab.set_viewport_size({"width": 360, "height": 800})
    visit(tab, site, "profile", lang=lang, place=NEATH_PORT_TALBOT, **{"with": RHONDDA})
    names = tab.locator("#block_census_age .ct-chart .annotation-text")
    expect(names.first).to_be_attached()
    tops = names.evaluate_all(
        "all => all.map((one) => [one.getBoundingClientRect().top, one.dataset.unformatted || one.textContent])"
    )
    places = [queries.area(code, build=build).name.text(lang) for code in (NEATH_PORT_TALBOT, RHONDDA)]
    in_order = [name.replace("<br>", " ") for _, name in sorted(tops)]
    assert in_order[1::3] == [places[0]] * (len(in_order) // 3)
    assert in_order[2::3] == [places[1]] * (len(in_order) // 3)
    assert not {*places} & {*in_order[::3]}


def test_a_place_with_a_long_name_makes_no_page_wider_than_a_telephone(tab, site):
    tab.set_viewport_size({"width": 360, "height": 800})
    visit(tab, site, "home", lang="en", place=NEATH_PORT_TALBOT, **{"with": f"{RHONDDA},{BOURNEMOUTH}"})
    assert tab.locator("[data-testid=stMain]").evaluate("(main) => main.scrollWidth") <= 360
