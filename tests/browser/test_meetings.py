"""The stakeholder takes four pages away; the coordinator presents, and the deck opens in the meeting room."""

from __future__ import annotations

import re
from io import BytesIO

import pptx
import pytest
from playwright.sync_api import expect

from dashboard import findings, queries
from dashboard.figure import View
from dashboard.i18n import LANGUAGES, t
from tests import files
from tests.browser.driving import settle, visit

VALE = "W06000014"
both_languages = pytest.mark.parametrize("lang", LANGUAGES)


@both_languages
def test_a_stakeholder_downloads_four_pages_and_reads_what_the_page_said(tab, site, build, lang):
    visit(tab, site, "home", lang=lang, place=VALE)
    tab.get_by_role("link", name=t("briefings.invitation", lang=lang)).click()
    settle(tab)
    tab.get_by_text(t("briefings.kind.four_pages", lang=lang)).click()
    button = tab.locator(".st-key-briefing_download button")
    expect(button).to_be_enabled()
    tab.wait_for_function("() => location.search.includes('kind=four_pages')")
    settle(tab)
    with tab.expect_download() as download:
        button.click()
    content = download.value.path().read_bytes()
    wanted = {
        "en": r"vale-of-glamorgan_four-pages_\d{4}-\d\d-\d\d_en.pdf",
        "cy": r"bro-morgannwg_pedair-tudalen_\d{4}-\d\d-\d\d_cy.pdf",
    }
    assert re.fullmatch(wanted[lang], download.value.suggested_filename)
    text = files.pdf_text(content)
    view = View(place=queries.area(VALE, build=build), lang=lang, build=build)
    for message in findings.key_messages(view):
        assert files.one_line(message.text(lang)) in text


@both_languages
def test_a_coordinator_turns_the_slides_with_the_keys_of_a_clicker(tab, site, build, lang):
    visit(tab, site, "briefings", lang=lang, place=VALE)
    with tab.context.expect_page() as opened:
        tab.get_by_role("link", name=t("briefings.presenter_open", lang=lang)).click()
    slides = opened.value
    slides.wait_for_load_state()
    name = queries.area(VALE, build=build).name.text(lang)
    shown = slides.locator("section:visible")
    expect(shown.first).to_contain_text(name)
    assert slides.evaluate("document.documentElement.lang") == lang
    first = shown.first.inner_text()
    slides.keyboard.press("ArrowRight")
    slides.keyboard.press("PageDown")
    slides.wait_for_function("() => location.hash.endsWith('3')")
    expect(shown.first).to_contain_text(t("briefing.slide.newest", lang=lang))
    slides.keyboard.press("Home")
    slides.wait_for_function("() => location.hash.endsWith('1')")
    assert shown.first.inner_text() == first


def test_a_deck_of_the_officers_own_title_opens_with_native_charts(tab, site):
    visit(tab, site, "briefings", lang="cy", place=VALE, kind="deck")
    tab.get_by_text(t("briefings.own_words", lang="cy")).click()
    box = tab.get_by_label(t("briefings.own_title", lang="cy"), exact=True)
    box.fill("Cyfarfod y Barri =cmd()")
    box.press("Enter")
    settle(tab)
    with tab.expect_download() as download:
        tab.locator(".st-key-briefing_download button").click()
    deck = pptx.Presentation(BytesIO(download.value.path().read_bytes()))
    assert deck.slides[0].shapes.title.text.endswith("Cyfarfod y Barri =cmd()")
    assert any(shape.has_chart for slide in deck.slides for shape in slide.shapes)
    assert "Barri" not in tab.url
