"""From Wales down to a ward and back up, by hand, by keyboard and on a telephone: in both languages."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from dashboard import queries
from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import PATIENCE, pick, settle, visit

WALES, FORCE, BOTH, CARDIFF, CANTON, LSOA = "W92000004", "W15000003", "XCAV", "W06000015", "W05001273", "W01001694"


def said(tab: Page, name: str) -> str:
    """Return what the address says under a name; "" where it says nothing."""
    return parse_qs(urlsplit(tab.url).query).get(name, [""])[0]


def arrived(tab: Page, **parts: str) -> None:
    """Wait until the address says what it should, and the page stands."""
    for name, value in parts.items():
        wanted = f"() => (new URLSearchParams(location.search).get('{name}') || '') === '{value}'"
        tab.wait_for_function(wanted, timeout=PATIENCE)
    settle(tab)


@pytest.fixture
def named(build):
    def name(code: str, lang: str) -> str:
        return queries.area(code, build=build).name.text(lang)

    return name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_officer_goes_from_wales_to_a_ward_and_back(tab, site, named, lang):
    visit(tab, site, "profile", lang=lang, place=WALES)
    trail = tab.locator("nav.ct-trail")
    expect(trail.locator("[aria-current]")).to_have_text(named(WALES, lang))
    for code in (FORCE, CARDIFF):
        trail.get_by_role("link", name=named(code, lang), exact=True).click()
        arrived(tab, place=code)
        expect(trail.locator("[aria-current]")).to_have_text(named(code, lang))
    pick(tab, f"small_area_picker_{lang}", named(CANTON, lang))
    arrived(tab, place=CARDIFF, small_area=CANTON)
    expect(tab.locator("#block_small_area h3")).to_contain_text(named(CANTON, lang))
    expect(trail.locator("[aria-current]")).to_have_text(named(CANTON, lang))

    shared = tab.url
    trail.get_by_role("link", name=named(CARDIFF, lang), exact=True).click()
    arrived(tab, place=CARDIFF, small_area="")
    expect(tab.locator("#block_small_area")).to_have_count(0)
    tab.go_back()
    arrived(tab, small_area=CANTON)
    expect(tab.locator("#block_small_area h3")).to_contain_text(named(CANTON, lang))
    tab.goto(shared)
    settle(tab)
    expect(trail.locator("[aria-current]")).to_have_text(named(CANTON, lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_without_figures_of_a_ward_says_so_and_leads_to_them(tab, site, named, lang):
    tab.set_viewport_size({"width": 360, "height": 740})
    visit(tab, site, "facts", lang=lang, place=CANTON)
    assert (said(tab, "place"), said(tab, "small_area")) == (CARDIFF, CANTON)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    link = tab.get_by_role("link", name=t("trail.what_is_held", lang=lang, area=named(CANTON, lang)))
    link.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function("() => location.pathname.endsWith('/profile')")
    arrived(tab, small_area=CANTON)
    expect(tab.locator("#block_small_area h3")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("lang", "typed", "parts"),
    [
        ("cy", "yn Nhreganna", {"place": CARDIFF, "small_area": CANTON}),
        ("en", "Treganna", {"place": CARDIFF, "small_area": CANTON}),
        ("cy", "Cardiff 036a", {"place": CARDIFF, "small_area": LSOA}),
        ("en", "Caerdydd 036a", {"place": CARDIFF, "small_area": LSOA}),
        ("en", "Cathais", {"place": CARDIFF, "small_area": "W05001274"}),
        ("cy", "anglsey", {"place": "W06000001", "small_area": ""}),
        ("en", "swnasea", {"place": "W06000011", "small_area": ""}),
    ],
)
def test_the_picker_finds_small_places_too_mutated_misspelt_and_in_the_other_language(tab, site, lang, typed, parts):
    visit(tab, site, "facts", lang=lang, place="W06000016")
    tab.locator(f".st-key-place_picker_{lang} input").focus()
    tab.keyboard.type(typed)
    tab.keyboard.press("Enter")
    arrived(tab, **parts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_kind_of_place_each_is_stands_in_the_list_and_groups_have_headings_that_are_heard(tab, site, named, lang):
    visit(tab, site, "facts", lang=lang, place=BOTH)
    box = tab.locator(f".st-key-place_picker_{lang} input")
    box.click()
    ours = tab.get_by_role("group", name=named(BOTH, lang), exact=True)
    expect(ours).to_have_attribute("aria-owns", re.compile(r"^(\S+-option-[012]( |$)){3}$"))
    others = tab.locator("[role=option][data-group]").nth(1)
    expect(others).to_have_attribute("data-group", t("picker.local_authority", lang=lang))
    expect(others).to_have_attribute("aria-posinset", "4")
    for code in (FORCE, CARDIFF, CANTON):
        box.click()
        box.fill(named(code, lang))
        option = tab.get_by_role("option").first
        around = named(CARDIFF, lang) if code == CANTON else ""
        kind = {FORCE: "police_force", CARDIFF: "local_authority", CANTON: "ward"}[code]
        expected = t(f"search.place.{kind}", lang=lang, within=around)
        expect(option).to_have_attribute("data-kind", expected[0].lower() + expected[1:])


@pytest.mark.parametrize(("lang", "words"), [("en", "religion in Cathays"), ("cy", "crefydd Cathays")])
def test_the_search_leads_to_a_ward(tab, site, lang, words):
    visit(tab, site, "search", lang=lang, q=words)
    tab.locator(".ct-answers a").first.click()
    arrived(tab, place=CARDIFF, small_area="W05001274")
    expect(tab.locator("#block_small_area h3")).to_contain_text("Cathays")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1400])
def test_the_tables_of_home_hold_the_places_beside_and_fit(tab, site, named, lang, width):
    tab.set_viewport_size({"width": width, "height": 800})
    visit(tab, site, "home", lang=lang, place=CARDIFF, **{"with": "W06000022,E08000025,W06000011"})
    for table in (".ct-latest", ".ct-glance"):
        cell = tab.locator(f"{table} td[data-head='{named('W06000022', lang)}']").first
        expect(cell).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_facts_say_of_which_place_they_speak(tab, site, named, lang):
    visit(tab, site, "facts", lang=lang, place=CARDIFF)
    own = tab.locator("#fact_asylum_share")
    expect(own).to_contain_text({"en": "in Cardiff", "cy": "yng Nghaerdydd"}[lang])
    expect(tab.locator("#fact_caravan_sites")).to_contain_text(
        t("facts.of_another", lang=lang, place=named(WALES, lang), chosen=named(CARDIFF, lang))
    )
