"""The officer's hour in Firefox and in WebKit: the same steps, the same words, in both languages."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader

from dashboard import queries
from dashboard.i18n import LANGUAGES, t
from tests.browser import driving, engines
from tests.browser.driving import link
from tests.browser.engines import ENTER, ESCAPE, RIGHT, Tab, settle, wait
from tests.browser.proxying import FRAMED, proxied

CARDIFF, NEWPORT, VALE, CATHAYS = "W06000015", "W06000022", "W06000014", "W05001274"
CHOOSE = """(() => {
  const list = document.getElementById('%s');
  list.value = '%s';
  list.dispatchEvent(new Event('change', { bubbles: true }));
})()"""
HEADING = "document.querySelector('h1#content')?.textContent"
both_languages = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def tab(request: pytest.FixtureRequest) -> Iterator[Tab]:
    """Return a tab of each engine; in CI its absence is a failure."""
    with engines.demanded(request.param) as opened:
        opened.size(1400, 900)
        yield opened


@pytest.fixture(scope="module")
def framed(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the dashboard where its pages may stand in a frame."""
    with proxied(site, tmp_path_factory.mktemp("nginx"), more=FRAMED) as address:
        yield address


def visit(tab: Tab, site: str, page: str, **choices: str) -> Tab:
    tab.open(link(site, page, **choices))
    return settle(tab)


def headed(tab: Tab, words: str) -> None:
    """Wait until the page's first heading says `words` and all of the page has settled."""
    wait(tab, f"{HEADING} === {json.dumps(words)}")
    settle(tab)


def pick(tab: Tab, key: str, label: str) -> None:
    """Choose from a picker: press it, type the name, press Enter."""
    tab.click(f"[class*='st-key-{key}'] input")
    tab.type(label)
    wait(tab, "document.querySelector('[role=option]')")
    tab.type(ENTER)


def title(page: str, lang: str, place: str, build: str) -> str:
    where = queries.area(place, build=build)
    return t(f"{page}.title", lang=lang, in_place=where.in_.text(lang), place=where.name.text(lang))


def name(code: str, lang: str, build: str) -> str:
    return queries.area(code, build=build).name.text(lang)


@both_languages
def test_every_page_draws_all_its_charts_and_is_no_wider_than_the_screen(tab, site, framed, lang):
    # Looked at on both widths by Firefox; on one in each language by WebKitGTK, which takes four times as long to draw
    # and whose small browser grows no narrower than about 450: there a frame is as narrow as a telephone.
    widths = [1400, 360] if isinstance(tab, engines.Firefox) else [1400 if lang == "en" else 360]
    for page in driving.PAGES:
        if isinstance(tab, engines.WebKit) and widths == [360]:
            tab.open_in_a_frame(link(framed, page, lang=lang, place=CARDIFF), width=360, height=900)
            settle(tab)
            assert tab.run("innerWidth") == 360
        else:
            visit(tab, site, page, lang=lang, place=CARDIFF)
        for width in widths:
            if isinstance(tab, engines.Firefox):
                tab.size(width, 900)
            settle(tab)
            wait(tab, "document.documentElement.scrollWidth <= innerWidth")
        widths.reverse()  # the next page opens as wide as this one was left
        assert tab.run("document.documentElement.lang") == lang
        assert tab.run("document.querySelectorAll('.stException').length") == 0, page
    tab.open("about:blank")
    tab.size(1400, 900)


@both_languages
def test_an_officer_walks_a_chart_sets_places_side_by_side_chooses_years_and_goes_on(tab, site, build, lang):
    visit(tab, site, "migration", lang=lang, place=CARDIFF)
    walk_by_keys(tab)

    pick(tab, "beside_picker", name(NEWPORT, lang, build))
    wait(tab, f"location.search.includes('with={NEWPORT}')")
    settle(tab)
    pick(tab, f"from_picker_{lang}", "2018")
    wait(tab, "location.search.includes('from=2018')")
    settle(tab)
    sentence = tab.run("document.querySelector('#block_asylum_support .ct-sentence').textContent")
    assert name(NEWPORT, lang, build) in sentence

    tab.click("[data-testid=stTopNavLink][href*=sanctuary], a[href*=sanctuary]")
    headed(tab, title("sanctuary", lang, CARDIFF, build))
    assert tab.run("document.querySelector('#block_asylum_support .ct-sentence').textContent") == sentence

    tab.run("history.back()")
    headed(tab, title("migration", lang, CARDIFF, build))


@both_languages
def test_a_date_over_a_map_is_an_address_that_opens_again(tab, site, lang):
    visit(tab, site, "sanctuary", lang=lang, place=CARDIFF)
    tab.run(CHOOSE % ("asylum_map_at", "2020-03-31"))
    of_2020 = "document.querySelector('#block_asylum_map h3').textContent.includes('2020')"
    wait(tab, f"location.search.includes('at=2020-03-31') && {of_2020}")
    tab.open(tab.run("location.href"))
    settle(tab)
    assert tab.run(of_2020)
    assert tab.run("document.querySelector('#asylum_map_at').value") == "2020-03-31"


@both_languages
def test_a_ward_is_chosen_by_its_name_and_back_is_one_step_in_firefox(tab, site, lang):
    if not isinstance(tab, engines.Firefox):
        return  # the longest page: WebKitGTK draws it in every_page, and is not made to draw it four times
    visit(tab, site, "profile", lang=lang, place=CARDIFF)
    pick(tab, f"small_area_picker_{lang}", "Cathays")
    wait(tab, f"location.search.includes('small_area={CATHAYS}')")
    settle(tab)
    assert "Cathays" in tab.run("document.querySelector('#block_small_area h3').textContent")
    time.sleep(driving.HAND / 1000)
    tab.run("history.back()")
    wait(tab, "!location.search.includes('small_area')")
    wait(settle(tab), "!document.querySelector('#block_small_area h3')?.textContent.includes('Cathays')")


def walk_by_keys(tab: Tab) -> None:
    """Walk a chart point by point and hear each, then leave it."""
    tab.run("document.querySelector('#block_population .ct-chart').focus()")
    for words in ("321,000", "323,770"):
        tab.type(RIGHT)
        wait(tab, f"document.querySelector('#ct-status').textContent.includes('{words}')", seconds=10)
    tab.type(ESCAPE)
    tab.type(ESCAPE)
    wait(tab, "!document.activeElement.closest('.ct-chart')", seconds=10)


@pytest.mark.parametrize(("lang", "words"), [("en", "assylum"), ("cy", "loches")])
def test_an_officer_sorts_a_table_searches_with_a_slip_and_follows_a_map(tab, site, build, lang, words):
    visit(tab, site, "home", lang=lang, place=CARDIFF)
    tab.click(".ct-glance thead button")
    wait(
        tab,
        "document.querySelector('.ct-glance th[aria-sort=ascending], .ct-glance th[aria-sort=descending]')",
        seconds=10,
    )

    tab.click(".ct-search input[type=search]")
    tab.type(words + ENTER)
    headed(tab, t("search.title", lang=lang))
    wait(tab, "document.querySelector('.ct-answers a')")
    tab.click(".ct-answers a[href*='sanctuary']")
    wait(tab, "location.pathname.endsWith('/sanctuary') && location.hash.length > 1")
    headed(tab, title("sanctuary", lang, CARDIFF, build))

    tab.run("document.querySelector('#block_asylum_map .ct-chart').focus()")
    for _ in range(30):
        tab.type(RIGHT)
        if tab.run("document.querySelector('#ct-status').textContent").startswith(name(NEWPORT, lang, build)):
            break
    tab.type(ENTER)
    wait(tab, "document.querySelector('.ct-ways a')", seconds=10)
    tab.click(".ct-ways a")
    headed(tab, title("sanctuary", lang, NEWPORT, build))


@both_languages
def test_the_deck_is_turned_by_the_keys_of_a_clicker(tab, site, lang):
    tab.open(f"{site}/present?place={VALE}&lang={lang}")
    wait(tab, "document.readyState === 'complete'")
    tab.type(RIGHT)
    wait(tab, "location.hash.endsWith('2')", seconds=10)
    assert tab.run("[...document.querySelectorAll('section')].filter((one) => one.offsetParent).length") == 1


@both_languages
def test_a_picture_of_a_figure_and_an_embed_open_alone(tab, site, lang):
    for path in ("cards/asylum_support.png", "figures/asylum_support.svg", "embed/asylum_support"):
        tab.open(f"{site}/{path}?place={CARDIFF}&lang={lang}")
        assert wait(tab, "document.querySelector('img, svg, figure, main') && document.readyState === 'complete'")


@both_languages
def test_firefox_prints_the_content_and_not_the_controls(tab, site, lang):
    if not isinstance(tab, engines.Firefox):
        return  # WebKitGTK's driver prints nothing
    visit(tab, site, "hate_crime", lang=lang, place=CARDIFF)
    paper = PdfReader(BytesIO(tab.paper()))  # its letters are outlines, but what is a link can be read
    parts = (part.get_object() for page in paper.pages for part in page.get("/Annots", ()))
    links = [str(part["/A"]["/URI"]) for part in parts if "/URI" in part.get("/A", {})]
    assert len(paper.pages) > 8
    assert [one for one in links if "gov.uk" in one]
    assert [one for one in links if "/figures/" in one or "/search" in one] == []
