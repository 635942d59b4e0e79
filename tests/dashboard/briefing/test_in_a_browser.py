"""The HTML files opened from the disk in a real browser: keys, languages, sizes, paper, and no request that leaves."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import Page

from dashboard.briefing.html import html_bytes
from dashboard.briefing.presenter import presenter_html
from dashboard.i18n import LANGUAGES

pytestmark = pytest.mark.browser
ROOMS = {"projector": (1024, 768), "laptop": (1400, 900), "hall": (1920, 1080)}
TELEPHONE = (360, 740)


@pytest.fixture
def opened(chrome, tmp_path) -> Callable[..., Page]:
    """Return a maker of pages that show a file from the disk; each page keeps its requests and errors."""
    pages = []

    def show(file: bytes, *, after: str = "", size: tuple[int, int] = ROOMS["laptop"]) -> Page:
        path = tmp_path / "file.html"
        path.write_bytes(file)
        page = chrome.new_page(viewport={"width": size[0], "height": size[1]})
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda line: page.errors.append(line.text) if line.type == "error" else None)
        page.goto(f"{path.as_uri()}{after}")
        pages.append(page)
        return page

    yield show
    for page in pages:
        assert page.errors == []
        assert {url.partition("?")[0].partition("#")[0] for url in page.asked} == {(tmp_path / "file.html").as_uri()}
        page.close()


@pytest.fixture(scope="module")
def deck(compose_for) -> bytes:
    """Return the presenter's file of the region."""
    return presenter_html(compose_for("deck"))


def counter(page: Page) -> str:
    return page.locator(".deck:not([hidden]) .counter").inner_text()


def heading(page: Page) -> str:
    return page.locator(".deck:not([hidden]) .slide:not([hidden]) h2").inner_text()


def press(page: Page, *keys: str) -> str:
    for key in keys:
        page.keyboard.press(key)
    return counter(page)


def until(page: Page, expression: str) -> None:
    """Wait for something to be true; Playwright's own way of waiting is forbidden by the file's policy."""
    for _ in range(50):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"expected to come true within 2.5 seconds: {expression}")


def test_keys_turn_the_slides_and_stop_at_the_ends(opened, deck):
    page = opened(deck)
    assert counter(page) == "1 / 10"
    assert press(page, "ArrowRight", "ArrowDown", "PageDown", "Space", "Enter") == "6 / 10"
    assert press(page, "ArrowLeft", "ArrowUp", "PageUp", "Backspace", "Shift+Space") == "1 / 10"
    assert press(page, "ArrowLeft") == "1 / 10"
    behind = page.locator("#deck-en .slide").count() - 10
    assert behind > 1
    assert press(page, "End") == f"Appendix {behind} / {behind}"
    assert press(page, "ArrowRight") == f"Appendix {behind} / {behind}"
    assert press(page, "Home", *["PageDown"] * 10) == f"Appendix 1 / {behind}"


def test_one_slide_is_shown_the_others_are_hidden_from_everyone_and_the_turn_is_announced(opened, deck):
    page = opened(deck)
    press(page, "ArrowRight")
    assert page.locator(".slide:not([hidden])").count() == 2  # one in each language; the other language's is in hiding
    assert page.locator(".slide:visible").count() == 1
    assert page.locator("#live").inner_text() == "Slide 2 of 10: Three things to know"


def test_l_changes_the_language_and_keeps_the_slide(opened, deck, compose_for):
    page = opened(deck, after="#4")
    press(page, "l")
    briefing = compose_for("deck")
    assert heading(page) == briefing.sections[3].heading.text("cy")
    assert page.evaluate("[document.documentElement.lang, document.title]") == ["cy", briefing.title.text("cy")]
    assert page.locator("#live").get_attribute("lang") == "cy"
    assert page.url.endswith("?lang=cy#4")
    assert press(page, "l", "PageDown") == "5 / 10"
    assert heading(page) == briefing.sections[4].heading.text("en")


def test_an_address_opens_its_slide_in_its_language(opened, deck, compose_for):
    assert heading(opened(deck, after="?lang=cy#9")) == compose_for("deck").sections[8].heading.text("cy")
    unknown = opened(deck, after="?lang=xx#99")
    behind = unknown.locator("#deck-en .slide").count() - 10  # a long table takes more slides than one
    assert counter(unknown) == f"Appendix {behind} / {behind}"
    assert counter(opened(deck, after="#nonsense")) == "1 / 10"


def test_notes_open_in_a_second_window_and_never_on_the_screen(opened, deck, compose_for):
    page = opened(deck, after="#4")
    with page.expect_popup() as opening:
        press(page, "n")
    desk = opening.value
    section, following = compose_for("deck").sections[3:5]
    said, then = desk.locator(".desk:not([hidden]) .said"), desk.locator(".desk:not([hidden]) .then .title")
    desk.wait_for_timeout(300)
    for text in (*section.script, section.talk.bridge, section.talk.answer):
        assert text.text("en") in said.inner_text()
    assert then.inner_text() == following.heading.text("en")
    assert desk.locator(".desk:not([hidden]) .clock").inner_text()
    assert desk.locator(".deck:visible").count() == 0
    assert page.locator(".notes:visible, .desk:visible").count() == 0
    desk.keyboard.press("PageDown")
    until(page, "location.hash === '#5'")
    desk.keyboard.press("l")
    until(page, "document.documentElement.lang === 'cy'")
    desk.wait_for_timeout(300)
    assert desk.locator(".desk:not([hidden]) .now h2").inner_text() == following.heading.text("cy")
    desk.keyboard.press("b")
    until(page, "!document.getElementById('blank').hidden")
    desk.close()


def test_notes_of_slides_in_both_languages_keep_their_headings_apart(opened, compose_for):
    page = opened(presenter_html(compose_for("deck"), lang=None), after="#4")
    with page.expect_popup() as opening:
        press(page, "n")
    desk = opening.value
    desk.wait_for_timeout(300)
    for place, section in zip((".now h2", ".then .title"), compose_for("deck").sections[3:5], strict=True):
        shown = desk.locator(f".desk:not([hidden]) {place}").inner_text()
        assert shown == f"{section.heading.text('cy')} / {section.heading.text('en')}"
    desk.close()


def test_only_the_window_that_it_opened_may_turn_the_screen(opened, deck):
    page = opened(deck)
    page.evaluate("postMessage({ ask: 'next' }, '*')")
    page.wait_for_timeout(200)
    assert counter(page) == "1 / 10"


def test_where_no_second_window_may_open_the_screen_says_so_and_shows_no_notes(opened, deck):
    page = opened(deck)
    page.evaluate("window.open = () => null")
    press(page, "n")
    assert "did not open a second window" in page.locator(".help:visible").inner_text()
    assert page.locator(".notes:visible").count() == 0


def test_b_darkens_the_screen_and_any_turn_brings_it_back(opened, deck):
    page = opened(deck)
    for key in ("b", "."):
        press(page, key)
        assert page.locator("#blank").is_visible()
        press(page, "PageDown")
        assert not page.locator("#blank").is_visible()


def test_f_fills_the_screen(opened, deck):
    page = opened(deck)
    for full in (True, False):
        press(page, "f")
        until(page, f"Boolean(document.fullscreenElement) === {str(full).lower()}")


def test_controls_are_out_of_sight_until_they_are_reached_for(opened, deck):
    page = opened(deck)
    shown = "getComputedStyle(document.querySelector('.deck:not([hidden]) .controls')).opacity"
    until(page, f"{shown} === '0'")
    assert "Arrow keys" in page.locator(".help:visible").inner_text()
    page.locator("[data-do=next]:visible").focus()
    until(page, f"{shown} === '1'")
    assert press(page, "Enter") == "2 / 10"
    page.locator(".controls [data-do=language]:visible").focus()
    press(page, "Enter")
    assert page.evaluate("[document.documentElement.lang, document.activeElement.dataset.do]") == ["cy", "language"]
    page.locator(".help").first.wait_for(state="hidden")


def test_letters_can_be_switched_off_for_people_who_speak_to_their_computer(opened, deck):
    page = opened(deck)
    page.locator("[data-do=letters]:visible").click()
    press(page, "b", "n", "l")
    assert not page.locator("#blank").is_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert press(page, "ArrowRight") == "2 / 10"


def test_the_edges_turn_and_the_middle_does_not(opened, deck):
    page = opened(deck)
    page.mouse.click(1390, 450)
    assert counter(page) == "2 / 10"
    page.mouse.click(700, 450)
    assert counter(page) == "2 / 10"
    page.mouse.click(10, 450)
    assert counter(page) == "1 / 10"


@pytest.mark.parametrize("size", ROOMS.values(), ids=ROOMS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_slide_fits_its_screen(opened, compose_for, hostile, lang, size):
    page = opened(presenter_html(compose_for("deck", officer=hostile), lang=lang), size=size)
    for _ in range(page.locator(f"#deck-{lang} .slide").count()):
        room = page.evaluate(
            """() => { const slide = document.querySelector(".deck:not([hidden]) .slide:not([hidden])");
            const stage = slide.querySelector(".stage");
            const plot = slide.querySelector(".plot");
            const charts = plot ? plot.getBoundingClientRect().height / stage.clientHeight : 1;
            return [stage.scrollHeight - stage.clientHeight, stage.scrollWidth - stage.clientWidth,
                    Number(slide.style.getPropertyValue("--fit")), charts]; }"""
        )
        down, across, type_size, chart = room
        assert (down, across) <= (1, 1), counter(page)
        assert type_size >= 0.5, f"the type of {counter(page)} is too small to read"
        assert chart > 0.3, f"the chart of {counter(page)} is too low"
        press(page, "PageDown")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_telephone_nothing_is_wider_than_the_screen(opened, compose_for, hostile, lang):
    page = opened(presenter_html(compose_for("deck", officer=hostile), lang=lang), size=TELEPHONE)
    for _ in range(page.locator(f"#deck-{lang} .slide").count()):
        assert page.evaluate("document.documentElement.scrollWidth") == TELEPHONE[0], counter(page)
        press(page, "PageDown")


def test_on_paper_each_slide_has_a_page(opened, deck):
    page = opened(deck, after="?lang=cy#4")
    with pikepdf.open(BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        assert len(paper.pages) == page.locator("#deck-cy .slide").count()
    assert counter(page) == "4 / 10"


def test_without_a_script_every_slide_can_be_read(chrome, tmp_path, deck):
    path = tmp_path / "file.html"
    path.write_bytes(deck)
    page = chrome.new_page(java_script_enabled=False)
    page.goto(path.as_uri())
    assert page.locator(".slide:visible").count() == page.locator(".slide").count()
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["one_page", "four_pages", "councillor", "community", "strand", "group"])
def test_a_briefing_opens_from_a_stick_and_fits_a_telephone(opened, compose_for, hostile, kind, lang):
    file = html_bytes(compose_for(kind, officer=hostile), lang=lang)
    for size, chart in ((ROOMS["laptop"], "wide"), (TELEPHONE, "narrow")):
        page = opened(file, size=size)
        assert page.evaluate("document.documentElement.scrollWidth") == size[0]
        assert page.locator(f".plot > .{chart}:visible").count() == page.locator(".plot").count()
        assert bool(page.locator(".plot").count()) == (kind != "community")
        assert page.locator(".plot > :visible").count() == page.locator(".plot").count()


def test_the_keyboard_skips_to_the_text_and_opens_a_table(opened, compose_for):
    page = opened(html_bytes(compose_for("one_page"), lang="en"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details table").first.is_visible()
