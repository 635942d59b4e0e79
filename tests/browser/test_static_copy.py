"""The static copy opened from a disk: without a server, at two widths, in both languages, with and without scripts."""

from dataclasses import replace
from inspect import unwrap
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.age import today
from dashboard.i18n import LANGUAGES, t
from dashboard.search import ranking
from dashboard.search.index import index
from dashboard.static_copy import finding, work
from dashboard.static_copy.extent import Extent
from tests.browser import engines

PLACE = "W06000015"
PAGES = ("home", "hate_crime", "profile", "compare", "search")
QUERIES = (
    "hate crime",
    "hatecrime",
    "Nghaerdydd",
    "trosedau casineb",
    "lloches",
    "asylum",
    "refugees",
    "ethnig",
    "transgender identity",
    "popluation",
    "Cardiff asylum",
    "Barry",
    "ddu",
    "zzzz",
    "Southport",
    "food banks",
    "deaf people",
    "pobl wen",
    "young people",
)


PLOTS_SEEN_OTHERWISE_THAN_ONCE = """[...document.querySelectorAll('.ct-plot')]
  .filter((plot) => [...plot.children].filter((one) => one.checkVisibility()).length !== 1).length"""


@pytest.fixture(scope="module")
def copy(build, tmp_path_factory):
    extent = Extent(build=build, day=today(), places=(PLACE,), pages=PAGES)
    folder = tmp_path_factory.mktemp("copy")
    work.make(folder, extent, processes=1, tell=lambda _: None)
    return folder


def address(folder, lang, name):
    return f"{folder.as_uri()}/{lang}/{PLACE}/{name}"


@pytest.mark.parametrize("scripts", [True, False])
def test_every_page_opens_from_a_disk_and_asks_nobody_else(chrome, copy, scripts):
    context = chrome.new_context(java_script_enabled=scripts)
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for lang, width in product(("en", "cy"), (1400, 360)):
        page.set_viewport_size({"width": width, "height": 900})
        for path in sorted((copy / lang / PLACE).glob("*.html")):
            if path.name.startswith("compare-"):
                continue
            page.goto(path.as_uri())
            expect(page.locator("html")).to_have_attribute("lang", lang)
            expect(page.locator("h1#content")).to_be_visible()
            if not scripts:  # what is seen is the same; a width is measured by a script
                continue
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path.name, width)
            for plot in page.locator(".ct-plot").all()[:3]:
                expect(plot.locator("> div:visible")).to_have_count(1)
    assert not [one for one in asked if not one.startswith(("file:", "data:"))]
    assert complaints == []
    context.close()


def test_without_scripts_a_reader_changes_place_language_and_page_and_reads_a_table(chrome, copy):
    context = chrome.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{copy.as_uri()}/index.html")
    page.locator("section[lang=cy] a", has_text="Caerdydd").first.click()
    page.locator("nav.ct-pages a[href='hate_crime.html']").click()
    expect(page.locator("nav.ct-pages [aria-current=page]")).to_have_attribute("href", "hate_crime.html")
    page.locator("nav.ct-pages a[lang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("nav.ct-places summary").click()
    expect(page.locator("nav.ct-places li a").first).to_be_visible()
    rows = page.locator("#block_rra_quarterly .ct-rows")
    rows.locator("summary").click()
    expect(rows.locator("tbody th").first).to_be_visible()
    page.goto(address(copy, "en", "search.html?q=asylum"))
    expect(page.locator("#every a", has_text="hate").first).to_be_visible()
    context.close()


def test_axe_finds_nothing(chrome, copy):
    page = chrome.new_page(viewport={"width": 1400, "height": 900})
    for lang, name in (("en", "hate_crime.html"), ("cy", "index.html"), ("cy", "search.html?q=lloches")):
        page.goto(address(copy, lang, name))
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []
    page.goto(f"{copy.as_uri()}/index.html")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.close()


def test_the_search_finds_what_the_live_one_does(chrome, copy, build, monkeypatch):
    whole = index(build)
    extent = Extent(build=build, day=today(), places=(PLACE,), pages=PAGES)
    held = [at for at, thing in enumerate(whole.things) if finding.is_here(thing, extent)]
    new = {at: number for number, at in enumerate(held)}
    leads = {word: {new[at]: counts for at, counts in ways.items() if at in new} for word, ways in whole.leads.items()}
    known = {word for word, ways in leads.items() if ways} | finding.spoken_of()
    here = replace(
        whole,
        things=tuple(whole.things[at] for at in held),
        names=tuple(whole.names[at] for at in held),
        leads={word: ways for word, ways in leads.items() if word in known},
        changed={part: tuple(one for one in words if one in known) for part, words in whole.changed.items()},
        pairs={part: tuple(one for one in words if one in known) for part, words in whole.pairs.items()},
    )
    monkeypatch.setattr(ranking, "index", lambda _: here)
    page = chrome.new_page()
    page.goto(address(copy, "en", "search.html"))
    for query in QUERIES:
        expected = unwrap(ranking.find)(query, build=build)
        told = [[group.kind, [one.name.text("en") for one in group.things]] for group in expected.groups]
        found = page.evaluate("(query) => finder.find(query)", query)
        assert [[kind, [one[1] for one in things]] for kind, things in found["groups"]] == told, query
        assert found["place"] == expected.place
    page.close()


def test_a_reader_finds_a_figure_by_words_and_sorts_its_table(chrome, copy):
    page = chrome.new_page(viewport={"width": 1400, "height": 900})
    page.goto(address(copy, "cy", "index.html"))
    page.locator(".ct-search input").fill("<b>hiliaeth</b> Nghaerdydd")
    page.keyboard.press("Enter")
    expect(page.locator("#answers bdi")).to_have_text("<b>hiliaeth</b> Nghaerdydd")
    page.locator("#answers .ct-answers a").first.click()
    expect(page.locator("h1#content")).to_be_visible()
    page.goto(address(copy, "en", "compare.html"))
    rows = page.locator("#block_compare_map .ct-rows")
    rows.locator("summary").click()
    rows.locator("th button").first.click()
    expect(rows.locator("th[aria-sort=ascending]")).to_have_count(1)
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_box_for_places_says_how_many_there_are_and_leads_nowhere_while_it_is_empty(chrome, copy, lang):
    page = chrome.new_page(viewport={"width": 360, "height": 800})
    page.goto(address(copy, lang, "hate_crime.html"))
    page.evaluate("addEventListener('click', (event) => { event.target.id = 'clicked'; event.preventDefault(); })")
    places = page.locator("nav.ct-places details")
    places.evaluate("(list) => { list.open = true; }")
    box, status, clicked = places.locator("input"), places.locator("[role=status]"), places.locator("#clicked")
    for text in ("", " - "):
        box.fill(text)
        box.press("Enter")
        expect(status).to_be_empty()
        expect(clicked).to_have_count(0)
    box.fill("zzzz")
    expect(status).to_have_text(t("static.no_place", lang=lang))
    box.press("Enter")
    expect(clicked).to_have_count(0)
    box.fill("caerd")
    expect(status).to_have_text(t("static.places_found", lang=lang, n=1))
    box.press("Enter")
    expect(clicked).to_have_attribute("href", "hate_crime.html")
    page.close()


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_another_engine_opens_the_copy_from_a_disk_searches_and_sorts(copy, build, engine):
    home, hate_crime = (
        {lang: address(copy, lang, name) for lang in LANGUAGES} for name in ("index.html", "hate_crime.html")
    )
    with engines.demanded(engine) as tab:
        for width in (1400, 360):
            tab.size(width, 900)
            for lang, page in product(LANGUAGES, (home, hate_crime)):
                tab.open(page[lang])
                assert tab.run("document.documentElement.lang") == lang
                assert tab.run("document.querySelector('h1#content').checkVisibility()")
                engines.wait(tab, "document.documentElement.scrollWidth <= innerWidth", seconds=10)
                assert tab.run(PLOTS_SEEN_OTHERWISE_THAN_ONCE) == 0
                engines.wait(tab, "[...document.fonts].every((one) => one.status === 'loaded')", seconds=10)

        tab.size(1400, 900)
        tab.click(".ct-search input")
        tab.type(f"hiliaeth{engines.ENTER}")
        engines.wait(tab, "document.querySelector('#answers .ct-answers a')")
        tab.click("#answers .ct-answers a")
        engines.wait(tab, "location.hash.length > 1 && document.querySelector('h1#content')")

        tab.open(address(copy, "cy", "compare.html"))
        tab.click("#block_compare_map .ct-rows summary")
        tab.click("#block_compare_map .ct-rows th button")
        engines.wait(tab, "document.querySelector('#block_compare_map th[aria-sort=ascending]')", seconds=10)
