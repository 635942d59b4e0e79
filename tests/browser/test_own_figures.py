"""An officer reads the council's own figures under the published ones, and takes them into a briefing that says so."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape

import pytest
from playwright.sync_api import Page, expect

from dashboard.i18n import LANGUAGES, t
from local_figures.store import editions
from local_figures.store.editions import Act
from local_figures.store.engine import DATABASE, open_store
from tests import files
from tests.browser.driving import serving, settle, visit
from tests.workspace import example
from workspace.identity import ON_THIS_COMPUTER
from workspace.settings import KEY, LOCAL

CODE, THE_KEY = "own_police_figures_recorded", "a-key-of-this-test"
both_languages = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def room(build: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a dashboard with a workspace of examples, as `run.py --local` opens it."""
    folder = tmp_path_factory.mktemp("room")
    store = open_store(folder=folder)
    act = Act(workspace=ON_THIS_COMPUTER, who=getpass.getuser(), now=datetime.now(UTC))
    editions.open_workspace(store, act, areas=[example.AREA])
    example.put_on_show(store, example.EVERY, act=act)
    store.engine.dispose()
    with serving(**{LOCAL: "1", KEY: THE_KEY, DATABASE: str(store.engine.url)}) as address:
        yield address


@pytest.fixture
def inside(tab: Page, room: str) -> Page:
    """Return a tab that was let in by the address that the terminal tells."""
    tab.goto(f"{room}/own/open?key={THE_KEY}")
    return settle(tab)


def no_wider_than_the_screen(tab: Page) -> bool:
    return bool(tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))


@both_languages
@pytest.mark.parametrize("width", [360, 1400])
def test_own_figures_stand_under_the_published_ones_with_who_may_see_them(inside, room, lang, width):
    tab = inside
    tab.set_viewport_size({"width": width, "height": 900})
    visit(tab, room, "own_area", place=example.AREA, lang=lang)
    blocks = tab.locator(".ct-block")
    codes = [one.get_attribute("id") for one in blocks.all()]
    assert codes.index("block_rra_quarterly") < codes.index(f"block_{CODE}")
    expect(tab.locator(f"#block_{CODE} .ct-chips")).to_contain_text(t("own.mark.private", lang=lang))
    expect(tab.locator("#block_own_police_figures_strands .ct-chart").get_by_text("[c]").first).to_be_visible()
    assert no_wider_than_the_screen(tab)


@both_languages
def test_an_own_figure_goes_into_the_briefing_and_every_page_of_it_says_who_may_see_it(inside, room, lang):
    tab = inside
    visit(tab, room, "own_area", place=example.AREA, lang=lang)
    tab.locator(f"#block_{CODE} .ct-add").click()
    tab.wait_for_function("() => location.search.includes('tray=')")
    settle(tab)
    address = tab.evaluate("() => location.search")
    assert CODE in address
    assert "95" not in address
    tab.goto(f"{room}/own_briefing{address}")
    settle(tab)
    with tab.expect_download() as download:
        tab.locator(f"a.ct-file[href*='briefing/pdf'][href*='lang={lang}']").click()
    pages = files.pdf_pages(download.value.path().read_bytes())
    assert pages
    assert all(t("own.mark.private", lang=lang) in page for page in pages)


@both_languages
def test_the_public_page_of_briefings_leaves_own_figures_out_and_says_so(inside, room, lang):
    tab = inside
    visit(
        tab, room, "briefings", place=example.AREA, lang=lang, kind="mine", tray=f"own-{CODE}.hate_crime-rra_quarterly"
    )
    expect(tab.locator("body")).to_contain_text(t("briefing.own_piece", lang=lang))
    said = unescape(tab.content())
    assert "95 hate crimes" not in said
    assert "95 o droseddau" not in said


def test_a_public_address_of_an_own_figure_is_refused_in_both_languages(tab, room):
    for path in (f"figures/{CODE}.csv", f"cards/{CODE}.png", f"embed/{CODE}", f"present?tray=own-{CODE}"):
        answer = tab.request.get(f"{room}/{path}")
        assert answer.status in (400, 404)
        for lang in LANGUAGES:
            assert t("files.own", lang=lang) in unescape(answer.text())


def test_a_kept_file_address_gives_nothing_to_who_was_not_let_in(tab, room):
    answer = tab.request.get(f"{room}/own/figures/{CODE}.csv?place={example.AREA}&lang=en")
    assert answer.status == 404
    assert "hate crimes" not in answer.text()
