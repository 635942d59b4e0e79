"""What people come to do, done as they would do it, in both languages."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from dashboard import queries
from dashboard.i18n import LANGUAGES, t
from tests.browser import driving
from tests.browser.driving import HAND, PATIENCE, free_port, link, pick, serving, settle, visit

NEWPORT, CARDIFF = "W06000022", "W06000015"
PLACE_OF = "(id) => document.getElementById(id).getBoundingClientRect().top"


def choices(tab: Page) -> dict[str, str]:
    """Return what the address bar says of the view."""
    return {name: values[0] for name, values in parse_qs(urlsplit(tab.url).query).items()}


def title(page: str, lang: str, place: str, build: str) -> str:
    where = queries.area(place, build=build)
    return t(f"{page}.title", lang=lang, in_place=where.in_.text(lang), place=where.name.text(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_officer_leaves_with_an_answer_its_rows_and_a_link_that_reopens_the_view(tab, chrome, site, build, lang):
    visit(tab, site, "home", lang=lang)
    pick(tab, f"place_picker_{lang}", queries.area(NEWPORT, build=build).name.text(lang))
    expect(tab.locator("h1#content")).to_have_text(title("home", lang, NEWPORT, build))
    expect(settle(tab).locator("#messages li > p").first).not_to_be_empty()
    tab.locator("#messages summary").first.click()
    expect(tab.locator("#messages details table").first).to_be_visible()

    tab.get_by_role("link", name=t("nav.migration", lang=lang), exact=True).click()
    expect(tab.locator("h1#content")).to_have_text(title("migration", lang, NEWPORT, build))
    tab.wait_for_url(f"**place={NEWPORT}**")
    assert choices(settle(tab))["lang"] == lang
    block = tab.locator("#block_population")
    block.locator(".ct-rows summary").click()
    expect(block.locator(".ct-rows table")).to_be_visible()
    rows_shown = block.locator(".ct-rows tbody tr").count()

    with tab.expect_download() as download:
        block.get_by_role("link", name=t("figure.download_csv", lang=lang)).click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert header[0] == t("column.period", lang=lang)
    assert len(rows) == rows_shown > 5
    assert {row[header.index(t("column.area_code", lang=lang))] for row in rows} == {NEWPORT}
    assert f"_{NEWPORT}_{lang}_" in download.value.suggested_filename

    shared = block.locator("a.ct-link").evaluate("(a) => a.href")
    assert shared.endswith("#population")
    context = chrome.new_context(viewport={"width": 1400, "height": 900})
    colleague = context.new_page()
    colleague.goto(shared)
    expect(settle(colleague).locator("h1#content")).to_have_text(title("migration", lang, NEWPORT, build))
    expect(colleague.locator("#block_population h3")).to_have_text(block.locator("h3").inner_text())
    context.close()


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_chart_can_be_saved_as_an_image_that_carries_its_source(tab, site, kind):
    visit(tab, site, "migration", place=CARDIFF)
    with tab.expect_download() as download:
        tab.locator(f"#block_population [data-kind={kind}]").click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"<svg" if kind == "svg" else b"\x89PNG")
    assert kind == "png" or b"Office for National Statistics" in content


def test_reload_and_back_keep_what_was_chosen(tab, site, build):
    visit(tab, site, "home", lang="cy", place=NEWPORT)
    tab.get_by_role("link", name=t("nav.migration", lang="cy"), exact=True).click()
    expect(tab.locator("h1#content")).to_have_text(title("migration", "cy", NEWPORT, build))
    settle(tab)
    pick(tab, "year_picker_cy", "2012")
    tab.wait_for_function("() => location.search.includes('year=2012')")

    settle(tab).reload()
    expect(settle(tab).locator("h1#content")).to_have_text(title("migration", "cy", NEWPORT, build))
    assert choices(tab) == {"lang": "cy", "place": NEWPORT, "year": "2012"}

    tab.go_back()
    tab.wait_for_function("() => location.search.includes('year=2019')")
    expect(tab.locator("h1#content")).to_have_text(title("migration", "cy", NEWPORT, build))
    settle(tab)
    tab.wait_for_timeout(HAND)
    tab.go_back()
    expect(tab.locator("h1#content")).to_have_text(title("home", "cy", NEWPORT, build))


def nav(tab: Page, page: str, lang: str):
    return tab.get_by_role("link", name=t(f"nav.{page}", lang=lang), exact=True)


def test_a_page_opened_in_another_tab_shows_what_was_being_read(tab, site, build):
    visit(tab, site, "hate_crime", lang="cy", place=NEWPORT)
    with tab.context.expect_page() as opened:
        nav(tab, "migration", "cy").click(button="middle")
    other = opened.value
    expect(other.locator("h1#content")).to_have_text(title("migration", "cy", NEWPORT, build))
    other.wait_for_url(f"**place={NEWPORT}**")
    assert choices(settle(other))["lang"] == "cy"
    other.close()


def test_one_press_of_back_is_one_page(tab, site, build):
    """What the page writes into an address itself is no step: a place it knew already, a year left open."""
    steps = tab.evaluate("history.length") + 1
    visit(tab, site, "home", iaith="cy", place=NEWPORT)
    assert tab.evaluate("history.length") == steps
    nav(tab, "home", "cy").click()
    for page in ("migration", "sanctuary"):
        nav(tab, page, "cy").click()
        expect(tab.locator("h1#content")).to_have_text(title(page, "cy", NEWPORT, build))
        settle(tab).wait_for_timeout(HAND)
    assert tab.evaluate("history.length") == steps + 2
    for page in ("migration", "home"):
        tab.go_back()
        expect(tab.locator("h1#content")).to_have_text(title(page, "cy", NEWPORT, build))
        settle(tab).wait_for_timeout(HAND)


def test_after_a_restart_of_the_server_the_first_choice_counts_and_nothing_is_forgotten(chrome, build):
    port = free_port()
    context = chrome.new_context()
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    with serving(port=port) as site:
        visit(tab, site, "home", lang="cy", place=NEWPORT)
    with serving(port=port):
        connected(tab)
        nav(tab, "migration", "cy").click()
        expect(tab.locator("h1#content")).to_have_text(title("migration", "cy", NEWPORT, build))
        settle(tab)
    with serving(port=port):
        connected(tab)
        pick(tab, "place_picker_cy", "Caerdydd")
        expect(tab.locator("h1#content")).to_have_text(title("migration", "cy", CARDIFF, build))
        settle(tab)
    with serving(port=port):
        connected(tab)
        tab.get_by_role("button", name="English").click()
        expect(tab.locator("h1#content")).to_have_text(title("migration", "en", CARDIFF, build))
    context.close()


def connected(tab: Page) -> None:
    """Wait until the page has found its server again."""
    tab.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')?.dataset.testConnectionState === 'CONNECTED'"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("wrong", ["no_such_page", "no/such/page", "pages/home.py"])
def test_an_address_that_names_no_page_says_so_and_leads_to_the_first_page(tab, site, build, lang, wrong):
    answer = tab.goto(f"{site}/{wrong}?lang={lang}&place={NEWPORT}")
    assert answer.status == 404
    expect(tab.get_by_role("heading", name=t("not_found.title", lang=lang))).to_be_visible()
    tab.get_by_role("link", name=t("presenter.first_page", lang=lang)).click()
    expect(tab.locator("h1#content")).to_have_text(title("home", lang, "XCAV", build))


def test_an_old_link_to_home_opens_home_without_a_word(tab, site, build):
    tab.goto(f"{site}/home?place={NEWPORT}")
    expect(settle(tab).locator("h1#content")).to_have_text(title("home", "en", NEWPORT, build))
    expect(tab.locator('[data-testid="stAlert"]')).to_have_count(0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bad_code_in_a_link_gives_the_usual_view_and_a_plain_notice(tab, site, build, lang):
    visit(tab, site, "migration", lang=lang, place="<script>alert(1)</script>", year="1066")
    expect(tab.locator("h1#content")).to_have_text(title("migration", lang, "XCAV", build))
    expect(tab.locator('[data-testid="stAlert"]')).to_have_count(2)
    tab.wait_for_url("**place=XCAV**")


@pytest.mark.parametrize(
    "words", ["https://evil.example/in", "www.evil.example", "a@evil.example", ":streamlit:", "[in](//evil.example)"]
)
def test_words_of_an_address_become_no_link_and_no_picture(tab, site, words):
    visit(tab, site, "home", place=words)
    notice = tab.locator('[data-testid="stAlert"]')
    expect(notice).to_contain_text(f"({words})")
    expect(notice.locator("a, img:not([alt=''])")).to_have_count(0)


def test_two_visitors_in_two_languages_do_not_meet(chrome, site, build):
    contexts = {lang: chrome.new_context(viewport={"width": 1400, "height": 900}) for lang in LANGUAGES}
    tabs = {lang: context.new_page() for lang, context in contexts.items()}
    for page, place in (("home", NEWPORT), ("migration", CARDIFF)):
        for lang, tab in tabs.items():
            tab.goto(f"{site}/{page}?lang={lang}&place={place}")  # the second asks before the first has settled
        for lang, tab in tabs.items():
            expect(settle(tab).locator("h1#content")).to_have_text(title(page, lang, place, build))
            expect(tab.locator("html")).to_have_attribute("lang", lang)
    for context in contexts.values():
        context.close()


def test_switching_the_language_changes_everything_that_has_one(tab, site):
    visit(tab, site, "migration", place=CARDIFF)
    tab.get_by_role("button", name=t("frame.language_switch", lang="en")).click()
    tab.wait_for_function("() => document.documentElement.lang === 'cy'")
    settle(tab)
    expect(tab).to_have_title(t("frame.document_title", lang="cy", page=t("nav.migration", lang="cy")))
    expect(tab.locator("#ct-skip")).to_have_text(t("frame.skip", lang="cy"))
    tab.wait_for_url("**lang=cy**")
    assert choices(tab) == {"lang": "cy", "place": CARDIFF, "year": choices(tab)["year"]}


# Only what stands at the same place in the page as before is kept: one element more at the top, and all below it goes.
COUNT_DRAWINGS = """() => {
  window.drawings = 0;
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
    window.drawings += node.classList?.contains('plot-container') ? 1 : 0;
  }))).observe(document.body, { childList: true, subtree: true });
}"""


def test_switching_the_language_draws_every_chart_once(tab, site):
    visit(tab, site, "hate_crime", place=CARDIFF)
    charts = tab.locator(".ct-chart").count()
    tab.evaluate(COUNT_DRAWINGS)
    tab.get_by_role("button", name=t("frame.language_switch", lang="en")).click()
    tab.wait_for_function(f"() => document.documentElement.lang === 'cy' && window.drawings >= {charts}")
    settle(tab).wait_for_timeout(500)  # in which a chart that is drawn twice would be found
    assert tab.evaluate("window.drawings") == charts > 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_when_plotly_does_not_come_a_chart_says_that_its_sentence_and_table_stand_in(tab, site, lang):
    tab.route("**/scripts/plotly.*", lambda route: route.abort())
    tab.goto(link(site, "migration", lang=lang, place=CARDIFF))
    first = tab.locator(".ct-chart").first
    expect(first).to_have_text(t("figure.undrawn", lang=lang))
    assert first.bounding_box()["height"] < 200


def test_a_chart_out_of_sight_is_drawn_when_it_is_scrolled_to_and_anyway_a_little_later(tab, site):
    visit(tab, site, "migration", place=CARDIFF)  # settled: every chart is drawn, though most are far below
    charts = tab.locator(".ct-chart").count()
    assert charts > 3
    expect(tab.locator(".js-plotly-plot")).to_have_count(charts)
    tab.set_viewport_size({"width": 700, "height": 900})
    widths = "[...document.querySelectorAll('.ct-chart .svg-container')].map((one) => one.clientWidth)"
    tab.wait_for_function(f"() => Math.max(...{widths}) <= 700")


def test_a_link_to_a_block_lands_on_it_however_long_the_page(tab, site):
    tab.goto(f"{link(site, 'profile', place=CARDIFF)}#cohesion_wales")
    settle(tab).wait_for_timeout(2000)
    assert 0 <= tab.evaluate(f"({PLACE_OF})('cohesion_wales')") < 300
    tab.goto(f"{link(site, 'data_and_methods', place=CARDIFF)}#homicide")
    expect(tab.locator("#homicide dl")).to_be_in_viewport()


@pytest.mark.parametrize("part", ["%E0%A4%A", "no_such_block", "'\"><script>"])
def test_an_address_that_names_no_part_of_the_page_opens_at_its_top(tab, site, part):
    complaints = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(f"{link(site, 'home', place=CARDIFF)}#{part}")
    assert settle(tab).evaluate(f"({PLACE_OF})('content')") > 0
    assert complaints == []
    expect(tab.locator("#ct-status")).to_have_count(1)


def test_a_reader_in_the_middle_of_a_page_stays_there_when_the_language_changes(tab, site):
    visit(tab, site, "profile", place=CARDIFF)
    tab.evaluate("document.getElementById('wellbeing').scrollIntoView()")
    tab.wait_for_timeout(300)
    tab.evaluate("document.querySelector('.st-key-language_switch button').click()")
    tab.wait_for_function("() => document.documentElement.lang === 'cy'")
    settle(tab).wait_for_timeout(500)
    tab.wait_for_function(f"() => Math.abs(({PLACE_OF})('wellbeing')) < 600")


def test_the_link_to_a_view_keeps_what_was_chosen_and_does_not_load_the_page_anew(tab, site):
    visit(tab, site, "migration", lang="cy", place=NEWPORT)
    before = choices(tab)
    tab.evaluate("window.same = true")
    tab.locator("#block_asylum_support a.ct-link").click()
    tab.wait_for_url("**#asylum_support")
    assert choices(settle(tab)) == before
    assert tab.evaluate("window.same")


def test_a_link_to_a_file_is_answered_after_the_server_was_started_again(chrome, build):
    port = driving.free_port()
    context = chrome.new_context(viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    with driving.serving(port=port) as address:
        visit(tab, address, "migration", place=NEWPORT, lang="cy")
    with driving.serving(port=port), tab.expect_download() as download:
        tab.locator("#block_population").get_by_role("link", name=t("figure.download_csv", lang="cy")).click()
    assert f"cohesion-trends_population_{NEWPORT}_cy_{build[:6]}.csv" == download.value.suggested_filename
    assert NEWPORT in download.value.path().read_text(encoding="utf-8-sig")
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_of_every_measure_sorts_by_keyboard_and_comes_back_to_its_groups(tab, site, lang):
    visit(tab, site, "home", lang=lang, place=CARDIFF)
    table = tab.locator(".ct-glance")
    rows = table.locator("tbody tr")
    before = rows.all_inner_texts()
    newest = table.get_by_role("button", name=t("overview.column.when", lang=lang))
    newest.press("Enter")
    newest.press("Enter")
    expect(table.locator("th[aria-sort=descending]")).to_have_count(1)
    days = [int(one.get_attribute("data-value")) for one in table.locator("td[data-value]").all()]
    assert len(days) > 30
    assert days == sorted(days, reverse=True)
    expect(table.locator(".ct-group")).to_have_count(0)
    newest.press("Enter")
    expect(rows).to_have_text(before, use_inner_text=True)


def test_a_sorted_table_stays_sorted_in_the_other_language(tab, site):
    visit(tab, site, "home", lang="en", place=CARDIFF)
    table = tab.locator(".ct-glance")
    table.get_by_role("button", name=t("overview.column.when", lang="en")).press("Enter")
    days = [one.get_attribute("data-value") for one in table.locator("td[data-value]").all()]
    tab.get_by_role("button", name="Cymraeg").click()
    expect(table.get_by_role("button", name=t("overview.column.when", lang="cy"))).to_be_visible()
    expect(table.locator("th[aria-sort=ascending] button")).to_have_text(t("overview.column.when", lang="cy"))
    for cell, day in zip(table.locator("td[data-value]").all(), days, strict=True):
        expect(cell).to_have_attribute("data-value", day or "")


def test_a_step_back_leaves_no_choice_that_the_view_before_did_not_have(tab, site):
    chosen = {"with": "W06000014", "from": "2018", "since": "2026-01-01", "small_area": "W05001274"}
    visit(tab, site, "profile", lang="cy", place=CARDIFF)
    for name, value in chosen.items():
        before = choices(tab)
        tab.evaluate("(part) => go(location.search + part)", f"&{name}={value}")
        tab.wait_for_function("(name) => location.search.includes(name + '=')", arg=name)
        settle(tab).wait_for_timeout(HAND)
        tab.go_back()
        settle(tab).wait_for_timeout(HAND)
        assert choices(settle(tab)) == before
