"""For those who use a keyboard, want no movement, or print: stops are seen, nothing moves, paper shows the content."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import PAGES, serving, settle, visit

# A stop is seen when it or the box around it is drawn differently with the focus than without it. Streamlit's boxes are
# drawn anew by a script that runs after the focus has gone, so each look waits until such scripts have run.
LOOK_AT_STOP = """async ([first]) => {
  const stop = document.activeElement;
  if (stop === document.body && !first) return null;
  const looks = () => [stop, stop.parentElement, stop.closest('[data-baseweb]')].filter(Boolean).map((one) => {
    const s = getComputedStyle(one);
    return [s.outlineStyle === 'none' ? '' : s.outline, s.boxShadow, s.borderColor, s.backgroundColor].join();
  }).join(' | ');
  const rest = () => new Promise((done) => setTimeout(done));
  await rest();
  const focused = looks();
  stop.blur();
  await rest();
  const same = looks() === focused && stop.tagName !== 'MAIN';
  stop.focus({ preventScroll: true });
  return same ? stop.outerHTML.slice(0, 160) : '';
}"""
MOST_STOPS = 900


def unseen_stops(tab) -> tuple[list[str], int]:
    """Press Tab through the page; return the stops that look the same with the focus as without, and their number."""
    unseen: list[str] = []
    for stops in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        unmarked = tab.evaluate(LOOK_AT_STOP, [stops == 0])
        if unmarked is None:
            return unseen, stops
        unseen += [unmarked] if unmarked else []
    raise AssertionError(f"expected the focus to leave the page within {MOST_STOPS} stops")


@pytest.mark.parametrize("page", PAGES)
def test_every_stop_of_the_keyboard_is_seen(tab, site, page):
    tab.emulate_media(reduced_motion="reduce")  # a border that fades in is not there yet when it is looked at
    visit(tab, site, page)
    unseen, stops = unseen_stops(tab)
    assert unseen == []
    assert stops > 12


def test_the_first_stop_skips_to_the_first_heading(tab, site):
    visit(tab, site, "migration", lang="cy")
    tab.keyboard.press("Tab")
    expect(tab.locator("#ct-skip")).to_be_focused()
    assert tab.locator("#ct-skip").bounding_box()["x"] >= 0
    tab.keyboard.press("Enter")
    expect(tab.locator("#content")).to_be_focused()


def test_a_table_opens_and_a_place_is_picked_without_a_mouse(tab, site):
    visit(tab, site, "home")
    summary = tab.locator(".ct-rows summary").first
    summary.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".ct-rows").first).to_have_attribute("open", "")
    tab.locator(".st-key-place_picker_en input").focus()
    tab.keyboard.type("Newport")
    tab.keyboard.press("Enter")
    tab.wait_for_function("() => location.search.includes('W06000022')")


@pytest.mark.parametrize(
    ("lang", "typed", "code"),
    [
        ("cy", "Cardiff", "W06000015"),
        ("cy", "ynys mon", "W06000001"),
        ("cy", "Nghasnewydd", "W06000022"),
        ("cy", "Vale of", "W06000014"),
        ("en", "Abertawe", "W06000011"),
        ("en", "Sir y Fflint", "W06000005"),
        ("en", "Y Barri", "W06000014"),
    ],
)
def test_a_place_is_found_without_accents_mutated_and_in_the_other_language(tab, site, lang, typed, code):
    visit(tab, site, "home", lang=lang, place="W06000016")
    tab.locator(f".st-key-place_picker_{lang} input").focus()
    tab.keyboard.type(typed)
    tab.keyboard.press("Enter")
    tab.wait_for_function(f"() => location.search.includes('{code}')")


def test_what_the_framework_says_is_in_the_language_of_the_page(chrome, build):
    context = chrome.new_context(viewport={"width": 900, "height": 900})
    tab = context.new_page()
    with serving() as address:
        visit(tab, address, "home", lang="cy")
        picker = tab.locator(".st-key-place_picker_cy input")
        picker.focus()
        tab.keyboard.type("zzq")
        option = tab.locator("[data-testid=stSelectboxVirtualDropdown] [role=option]")
        expect(option).to_have_text(t("own.no_results", lang="cy"))
        tab.keyboard.press("Escape")
        tab.get_by_role("button", name="English").click()
        settle(tab)
        expect(tab.locator("[data-testid=stTopNav]")).to_have_attribute("aria-label", t("own.pages", lang="en"))
        tab.get_by_role("button", name="Cymraeg").click()
        settle(tab)
        expect(tab.locator("[data-testid=stTopNav]")).to_have_attribute("aria-label", t("own.pages", lang="cy"))
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_contain_text(t("own.connection", lang="cy"), timeout=30_000)
    expect(dialog).not_to_contain_text("Streamlit")
    context.close()


def test_another_place_is_announced_and_a_first_page_is_not(tab, site):
    visit(tab, site, "home", lang="cy")
    expect(tab.locator("#ct-status")).to_have_text("")
    before = tab.locator("h1#content").inner_text()
    tab.locator(".st-key-place_picker_cy input").focus()
    tab.keyboard.type("Casnewydd")
    tab.keyboard.press("Enter")
    expect(tab.locator("#ct-status")).to_have_text("Beth yw'r darlun yng Nghasnewydd?")
    expect(tab.locator("h1#content")).not_to_have_text(before)


def test_nothing_moves_for_those_who_asked_for_less_motion(chrome, site):
    context = chrome.new_context(reduced_motion="reduce")
    tab = visit(context.new_page(), site, "home")
    moving = "() => document.getAnimations().filter((a) => a.playState === 'running').length"
    tab.wait_for_function(f"() => ({moving})() === 0", timeout=10_000)
    tab.locator(".ct-rows summary").first.click()
    assert tab.evaluate(moving) == 0
    context.close()


def test_an_open_table_is_printed_whole_and_a_folded_one_is_left_out(tab, site):
    visit(tab, site, "migration")
    tab.locator(".ct-rows summary").first.click()
    tab.emulate_media(media="print")
    tables = tab.locator(".ct-rows table")
    expect(tables.nth(1)).to_be_attached()
    expect(tables.locator("visible=true")).to_have_count(1)
    assert tab.locator(".ct-rows .ct-scroll").first.evaluate("(e) => e.scrollHeight <= e.clientHeight + 1")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_open_table_of_by_group_is_read_without_a_scroll_of_its_own(tab, site, lang):
    tab.set_viewport_size({"width": 1400, "height": 900})
    visit(tab, site, "by_group", lang=lang, group="religion")
    box = tab.locator(".ct-rows[open] .ct-scroll")
    assert box.evaluate("(e) => e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1400
    heights = box.locator("tbody tr").evaluate_all("all => all.slice(0, 9).map((one) => one.clientHeight)")
    assert max(heights) < 90


def test_charts_fit_on_paper_and_come_back_to_the_screen(tab, site):
    visit(tab, site, "home")
    widths = "() => [...document.querySelectorAll('.svg-container')].map((e) => e.getBoundingClientRect().width)"
    on_screen = tab.evaluate(widths)
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert max(tab.evaluate(widths)) <= 690 < max(on_screen)
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate(widths) == on_screen
