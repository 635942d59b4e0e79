"""The stakeholder takes four pages away; the coordinator presents, and the deck opens in the meeting room."""

from __future__ import annotations

import re
from io import BytesIO

import pptx
import pytest
from playwright.sync_api import expect

from dashboard import findings, queries
from dashboard.briefing.pieces import SUMMED_UP
from dashboard.briefing.tray import MOST
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
    for message in findings.key_messages(view, most=SUMMED_UP):
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
    expect(shown.first).to_have_text(first, use_inner_text=True)


def test_a_deck_of_the_officers_own_title_opens_with_native_charts(tab, site):
    visit(tab, site, "briefings", lang="cy", place=VALE, kind="deck")
    tab.get_by_text(t("briefings.own_words", lang="cy")).click()
    box = tab.get_by_label(t("briefings.own_title.cy", lang="cy"), exact=True)
    box.fill("Cyfarfod y Barri =cmd()")
    box.press("Enter")
    settle(tab)
    with tab.expect_download() as download:
        tab.locator(".st-key-briefing_download button").click()
    deck = pptx.Presentation(BytesIO(download.value.path().read_bytes()))
    assert deck.slides[0].shapes.title.text.endswith("Cyfarfod y Barri =cmd()")
    assert any(shape.has_chart for slide in deck.slides for shape in slide.shapes)
    assert "Barri" not in tab.url


@both_languages
def test_an_officer_puts_a_briefing_together_from_two_pages_and_takes_it_to_a_meeting(tab, site, lang, tmp_path):
    visit(tab, site, "hate_crime", lang=lang, place=VALE)
    add = tab.locator("a.ct-add[data-piece='rra_quarterly']")
    add.click()
    expect(tab.locator(".ct-mine")).to_have_text(t("tray.mine", lang=lang, n=1))
    expect(add).to_have_text(t("tray.inside", lang=lang))
    tab.get_by_role("link", name=t("nav.sanctuary", lang=lang)).first.click()
    tab.wait_for_url("**/sanctuary?**")
    settle(tab)
    tab.locator("a.ct-add[data-piece='ukraine']").click()
    tab.locator(".ct-mine", has_text=t("tray.mine", lang=lang, n=2)).click()
    tab.wait_for_url("**/briefings?**kind=mine**")
    settle(tab)
    tab.locator("a.ct-step[data-step='up sanctuary']").click()
    tab.wait_for_url("**tray=sanctuary-ukraine.hate_crime-rra_quarterly**")
    expect(tab.locator("a.ct-step[data-step='down sanctuary']")).to_be_visible()
    tab.locator("a.ct-step[data-step='add actions']").evaluate("link => link.closest('details').open = true")
    tab.locator("a.ct-step[data-step='add actions']").click()
    tab.wait_for_url("**actions-actions**")
    settle(tab)
    tab.get_by_text(t("briefings.own_sections", lang=lang)).click()
    named = t("briefing.section.sanctuary", lang=lang)
    box = tab.get_by_label(t(f"briefings.own_comment.{lang}", lang=lang, section=named), exact=True)
    box.fill("Ein sylw <b>ni</b> 🙂")
    box.press("Control+Enter")
    settle(tab)
    assert "sylw" not in tab.url
    tab.get_by_text(t("briefings.form.presenter", lang=lang), exact=True).click()
    tab.wait_for_url("**form=presenter**")
    settle(tab)
    with tab.expect_download() as download:
        tab.locator(".st-key-briefing_download button").click()
    talk = tmp_path / "talk.html"
    download.value.save_as(talk)
    saved = write_an_action(tab, talk, lang)
    saved.save_as(tmp_path / "after.html")
    text = files.html_text((tmp_path / "after.html").read_bytes())
    assert text.count("Ring n & f") == 2, "in both languages"
    assert "Ein sylw <b>ni</b> 🙂" in text
    visit(tab, site, "briefings", lang=lang, place=VALE, kind="mine", tray="actions-actions")
    tab.get_by_text(t("kept.title", lang=lang)).click()
    tab.locator("input.ct-open").set_input_files(tmp_path / "after.html")
    expect(tab.get_by_label(t("briefings.own_actions", lang=lang), exact=True)).to_have_value("Ring n & f")


@both_languages
def test_a_full_briefing_says_so_where_a_figure_stands(tab, site, lang):
    nearly = ".".join(f"others-a{n}" for n in range(MOST - 1))
    visit(tab, site, "hate_crime", lang=lang, place=VALE, tray=nearly)
    tab.locator("a.ct-add[data-piece='rra_quarterly']").click()
    expect(tab.locator(".ct-mine")).to_have_text(t("tray.mine", lang=lang, n=MOST))
    expect(tab.locator("a.ct-add[data-piece='rra_quarterly']")).to_have_text(t("tray.inside", lang=lang))
    other = tab.locator("a.ct-add:not(.ct-inside)").first
    expect(other).to_have_text(t("tray.full_open", lang=lang, n=MOST))
    other.click()
    tab.wait_for_url("**/briefings?**kind=mine**")
    expect(tab.get_by_text(t("tray.full", lang=lang, n=MOST))).to_be_visible()


def test_a_question_that_was_written_in_the_room_is_on_the_slides_of_the_next_meeting(tab, site, tmp_path):
    visit(tab, site, "briefings", lang="en", place=VALE, kind="deck", form="presenter")
    with tab.expect_download() as download:
        tab.locator(".st-key-briefing_download button").click()
    talk = tmp_path / "talk.html"
    download.value.save_as(talk)
    tab.goto(f"{talk.as_uri()}?lang=en#11")
    cell = tab.locator(".deck[lang=en] .fill[data-log=raised] tbody td").first
    expect(cell).to_be_visible()
    cell.click()
    tab.keyboard.type("Who opens the centre?")
    expect(tab.locator(".fill[data-log=actions]", has_text="Who opens")).to_have_count(0)
    with tab.expect_download() as saved:
        tab.locator(".deck[lang=en] .fill[data-log=raised] button[data-fill='save']").click()
    saved.value.save_as(tmp_path / "after.html")
    visit(tab, site, "briefings", lang="en", place=VALE, kind="deck")
    tab.get_by_text(t("kept.title", lang="en")).click()
    tab.locator("input.ct-open").set_input_files(tmp_path / "after.html")
    box = tab.get_by_label(t("briefings.own_raised", lang="en"), exact=True)
    expect(box).to_have_value("Who opens the centre?")
    settle(tab)
    with tab.expect_download() as download:
        tab.locator(".st-key-briefing_download button").click()
    deck = pptx.Presentation(BytesIO(download.value.path().read_bytes()))
    assert t("briefing.unanswered.caption", lang="en") in [slide.shapes.title.text for slide in deck.slides]


def write_an_action(tab, talk, lang):
    """Open the slides from the disk, write in the table of actions, and save them again."""
    tab.goto(f"{talk.as_uri()}?lang={lang}#99")
    cell = tab.locator(f".deck[lang={lang}] .fill tbody td").first
    for _ in range(20):
        if cell.is_visible():
            break
        tab.keyboard.press("PageUp")
    before = tab.url
    cell.click()
    tab.keyboard.type("Ring n & f")
    assert tab.url == before, "letters turn no slide"
    with tab.expect_download() as download:
        tab.locator(f".deck[lang={lang}] button[data-fill='save']").click()
    return download.value


def test_a_kept_briefing_is_opened_from_the_disk(tab, site, tmp_path):
    kept = tmp_path / "kept.toml"
    kept.write_text(
        '[[briefing]]\nkind = "mine"\nplaces = ["W06000008"]\ntray = "sanctuary-ukraine"\ntitle.cy = "Ein cyfarfod"\n',
        encoding="utf-8",
    )
    visit(tab, site, "briefings", lang="cy", place=VALE)
    tab.get_by_text(t("kept.title", lang="cy")).click()
    tab.locator("input.ct-open").set_input_files(kept)
    tab.wait_for_url("**W06000008**")
    settle(tab)
    tab.get_by_text(t("briefings.own_words", lang="cy")).click()
    expect(tab.get_by_label(t("briefings.own_title.cy", lang="cy"), exact=True)).to_have_value("Ein cyfarfod")
