"""A part of an officer's hour: another date, a rate, one offence, the words of a break, a row that leads on, a copy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import settle, visit
from tests.browser.test_journeys import choices

CARDIFF, NEWPORT = "W06000015", "W06000022"
NEWPORTS = {"en": "Newport", "cy": "Casnewydd"}
IN_2020 = {"en": "on 31 March 2020", "cy": "ar 31 Mawrth 2020"}
RATE = {"en": "per 10,000 people", "cy": "fesul 10,000 o bobl"}
READ = "async () => (await (await navigator.clipboard.read())[0].getType('text/plain')).text()"
TYPES = "async () => (await navigator.clipboard.read())[0].types"


def block(tab: Page, code: str):
    found = tab.locator(f"#block_{code}")
    found.scroll_into_view_if_needed()
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_map_of_another_date_is_an_address_and_back_is_one_step(tab, site, lang):
    visit(tab, site, "sanctuary", lang=lang, place=CARDIFF)
    control = block(tab, "asylum_map").get_by_label(t("choice.at", lang=lang))
    control.focus()
    control.select_option("2020-03-31")
    title = tab.locator("#block_asylum_map h3")
    expect(title).to_contain_text(IN_2020[lang])
    settle(tab)
    assert choices(tab)["at"] == "2020-03-31"
    expect(tab.locator("#asylum_map_at")).to_be_focused()
    expect(tab.locator("#block_asylum_map .ct-caveats li").first).to_contain_text("98")
    expect(tab.locator("#block_asylum_map a.ct-file").first).to_have_attribute("href", re.compile("at=2020-03-31"))
    tab.go_back()
    expect(title).not_to_contain_text("2020")
    settle(tab)
    assert "at" not in choices(tab)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_offence_and_its_rate_are_chosen_over_the_chart(tab, site, lang):
    visit(tab, site, "hate_crime", lang=lang, place=CARDIFF)
    title = block(tab, "rra_quarterly").locator("h3")
    tab.locator("#rra_quarterly_offence").select_option("8M")
    expect(tab.locator("#rra_quarterly_offence")).to_have_value("8M")
    settle(tab)
    tab.locator("#rra_quarterly_unit").select_option("rate")
    expect(title).to_contain_text(RATE[lang])
    settle(tab)
    assert {"offence": "8M", "unit": "rate"}.items() <= choices(tab).items()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_date_that_is_not_held_is_told_as_text_and_the_newest_is_shown(tab, site, lang):
    visit(tab, site, "sanctuary", lang=lang, place=CARDIFF, at="<b>1900</b>", unit="[x](https://example.org)")
    notices = tab.locator("[data-testid=stAlert]")
    expect(notices).to_have_count(2)
    for words in ("<b>1900</b>", "[x](https://example.org)"):
        expect(notices.locator("code", has_text=words)).to_have_count(1)
    expect(notices.locator("a, b")).to_have_count(0)
    assert not {"at", "unit"} & set(choices(tab))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_breaks_events_and_what_was_expected_are_said(tab, site, lang):
    visit(tab, site, "hate_crime", lang=lang, place=CARDIFF)
    chart = block(tab, "rra_quarterly").locator(".ct-chart.js-plotly-plot")
    expect(chart).to_have_attribute("tabindex", "0")
    chart.focus()
    status = tab.locator("#ct-status")
    for key, word in (
        ("ArrowRight", "142"),
        ("ArrowDown", {"en": "Expected", "cy": "Disgwyliwyd"}[lang]),
        (
            "ArrowDown",
            {"en": "Better crime recording, After the inspectorate's report", "cy": "Cofnodi troseddau'n well"}[lang],
        ),
        ("ArrowRight", "2016"),
    ):
        tab.keyboard.press(key)
        expect(status).to_contain_text(word)
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    expect(chart).not_to_be_focused()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_row_of_a_place_leads_there_by_keyboard(tab, site, lang):
    visit(tab, site, "sanctuary", lang=lang, place=CARDIFF)
    shown = block(tab, "asylum_map")
    shown.locator(".ct-rows summary").click()
    row = shown.get_by_role("button", name=NEWPORTS[lang], exact=True)
    row.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".ct-ways a").first).to_be_focused()
    tab.keyboard.press("Escape")
    expect(row).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator(".ct-ways a").first).to_be_focused()
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**place={NEWPORT}**")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_finding_the_rows_and_the_picture_are_copied(tab, site, lang):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(tab, site, "sanctuary", lang=lang, place=CARDIFF)
    shown = block(tab, "asylum_support")
    expect(shown.locator(".ct-chart.js-plotly-plot")).to_have_count(1)
    done = t("copy.done", lang=lang)
    shown.locator(".ct-copy[data-copies=words]").click()
    expect(shown.locator(".ct-copying")).to_contain_text(done)
    words = tab.evaluate(READ)
    title = shown.locator("h3").inner_text()
    assert title in words
    assert "https://www.gov.uk/" in words
    assert words.endswith("#asylum_support")
    shown.locator(".ct-copy[data-copies=rows]").click()
    expect(shown.locator(".ct-copy[data-copies=rows]")).to_have_text(done)
    header, first = tab.evaluate(READ).splitlines()[:2]
    assert header.split("\t")[0] == t("column.period", lang=lang)
    assert len(header.split("\t")) == len(first.split("\t"))
    shown.locator(".ct-copy[data-copies=picture]").click()
    expect(shown.locator(".ct-copy[data-copies=picture]")).to_have_text(done)
    assert tab.evaluate(TYPES) == ["image/png"]
