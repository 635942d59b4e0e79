"""A week's return in a browser: nothing to report in one click, and a telephone number in words that is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboard.i18n import t
from local_figures.store import editions
from local_figures.store.engine import DATABASE, open_store
from tests.browser import driving
from tests.workspace.conftest import CARDIFF, VALE, act
from workspace import identity, settings

KEY = "key-of-this-computer"
WEEK = "16 November 2026"


@pytest.fixture(scope="module")
def own_site(build: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a dashboard with a workspace for Cardiff and the Vale on this computer."""
    address = f"sqlite:///{tmp_path_factory.mktemp('own') / 'local.sqlite'}"
    store = open_store(address)
    editions.open_workspace(store, act(identity._this_person()), areas=(CARDIFF, VALE))
    store.engine.dispose()
    around = {settings.LOCAL: "1", settings.KEY: KEY, DATABASE: address, "COHESION_TODAY": "2026-11-29"}
    with driving.serving(**around) as site:
        yield site


@pytest.fixture(params=[1400, 360])
def page(request: pytest.FixtureRequest, own_site: str, tab: Page) -> Page:
    tab.set_viewport_size({"width": request.param, "height": 900})
    place = {1400: CARDIFF, 360: VALE}[request.param]  # each has a week of its own
    tab.goto(f"{own_site}/own/open?key={KEY}")
    driving.settle(tab)
    tab.goto(driving.link(own_site, "own_tension", lang="en", place=place))
    driving.settle(tab)
    return tab


def told(key: str, **values: str) -> str:
    return t(f"own.tension.{key}", lang="en", **values)


def press(page: Page, name: str) -> None:
    driving.settle(page).get_by_role("button", name=name, exact=True).click()  # what is still drawn may not be pressed
    driving.settle(page)


def test_nothing_to_report_is_one_click_and_then_a_number_in_words_must_be_answered(page):
    press(page, told("nil", day=WEEK))
    expect(page.get_by_text(told("nil_kept"))).to_be_visible()
    press(page, told("nil_back"))
    expect(page.get_by_text(told("nil_taken_back"))).to_be_visible()

    theme = page.get_by_role("combobox", name="Theme").first
    theme.press_sequentially("Protest")
    expect(page.get_by_role("option", name="Protest").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(theme).to_have_value(re.compile("Protest"))
    page.get_by_label("Action", exact=True).first.fill("Rang 029 2087 2087")
    press(page, told("keep"))
    expect(page.get_by_text(t("local.check.seems_telephone", lang="en"))).to_be_visible()
    expect(page.get_by_text(told("kept"))).to_have_count(0)
    page.get_by_text(t("own.keeping.answer", lang="en")).click()
    press(page, told("keep"))
    expect(page.get_by_text(told("kept"))).to_be_visible()
    expect(page.get_by_role("table", name=told("of_week", day=WEEK)).get_by_text("Rang 029 2087 2087")).to_be_visible()
    press(page, t("own.keeping.undo", lang="en"))
    expect(page.get_by_text(told("none_open"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert "Rang" not in page.url
