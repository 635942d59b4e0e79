"""An officer types a scorecard, logs what a meeting asked and agreed, and has it on the slides of the next one."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from dashboard.i18n import LANGUAGES, t
from local_figures.store import editions
from local_figures.store.editions import Act
from local_figures.store.engine import DATABASE, open_store
from local_figures.templates import templates
from tests.browser.driving import serving, settle, visit
from tests.browser.test_own_figures import no_wider_than_the_screen
from workspace.session import ON_THIS_COMPUTER
from workspace.settings import KEY, LOCAL

CARDIFF = "W06000015"
both_languages = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def room(build: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a dashboard with an empty workspace."""
    store = open_store(folder=tmp_path_factory.mktemp("room"))
    act = Act(workspace=ON_THIS_COMPUTER, who=getpass.getuser(), now=datetime.now(UTC))
    editions.open_workspace(store, act, areas=[CARDIFF])
    store.engine.dispose()
    told = {LOCAL: "1", KEY: "a-key-of-this-test", DATABASE: str(store.engine.url), "COHESION_TODAY": "2026-11-29"}
    with serving(**told) as address:
        yield address


@pytest.fixture
def officer(tab: Page, room: str) -> Page:
    """Return the tab of somebody who opened the address that the terminal told."""
    tab.goto(f"{room}/own/open?key=a-key-of-this-test")
    return tab


def box(tab: Page, label: str):
    return tab.get_by_role("textbox", name=label, exact=True)


def heading(template: str, column: str, lang: str) -> str:
    return templates()[template].column(column).heading[lang]


def opened(tab: Page, key: str, lang: str) -> None:
    """Open a form that is folded away, with the keyboard."""
    summary = tab.locator("summary", has_text=t(key, lang=lang))
    if summary.locator("xpath=..").get_attribute("open") is None:
        summary.focus()
        tab.keyboard.press("Enter")


def type_value(tab: Page, lang: str, *, item: str, value: str, target: str) -> None:
    opened(tab, "own.scorecard.type", lang)
    for column, text in (("item", item), ("value", value), ("unit", "schools"), ("target", target)):
        box(tab, heading("scorecard", column, lang)).fill(text)
    box(tab, heading("scorecard", "target", lang)).press("Enter")
    expect(tab.get_by_text(t("own.scorecard.kept", lang=lang, item=item, period="2025/26"))).to_be_visible()
    settle(tab)


@both_languages
def test_a_scorecard_is_typed_with_the_keyboard_and_tells_each_target_in_words(officer, room, lang):
    visit(officer, room, "own_scorecard", lang=lang, place=CARDIFF, outcome="3" if lang == "cy" else "1")
    type_value(officer, lang, item=f"Visits {lang}", value="24", target="30")
    type_value(officer, lang, item=f"Talks {lang}", value="31", target="30")
    told, amounts = officer.locator(".stMain"), {"target": "30 schools"}
    expect(told).to_contain_text(t("own.scorecard.below_target", lang=lang, away="6", **amounts))
    expect(told).to_contain_text(t("own.scorecard.above_target", lang=lang, away="1", **amounts))
    assert f"Visits {lang}" not in officer.url
    officer.set_viewport_size({"width": 360, "height": 800})
    assert no_wider_than_the_screen(officer)


@both_languages
def test_what_a_meeting_asked_and_agreed_is_on_the_slides_of_the_next(officer, room, lang):
    visit(officer, room, "own_meeting", lang=lang, place=CARDIFF)
    opened(officer, "own.meeting.set_days", lang)
    box(officer, t("own.meeting.box.last", lang=lang)).fill("3 November 2026" if lang == "en" else "3 Tachwedd 2026")
    box(officer, t("own.meeting.box.next", lang=lang)).fill("2/2/2027")
    box(officer, t("own.meeting.box.next", lang=lang)).press("Enter")
    last = "3 November 2026" if lang == "en" else "3 Tachwedd 2026"
    expect(officer.get_by_text(t("own.meeting.kept_days", lang=lang, day=last))).to_be_visible()
    settle(officer)
    for kind, words in (("question", f"How many schools {lang}?"), ("action", f"Ask the force {lang}")):
        opened(officer, "own.meeting.add", lang)
        named = templates()["meeting_log"].column("meeting_kind").choices[kind][lang]
        officer.get_by_role("radio", name=named, exact=True).check(force=True)
        box(officer, heading("meeting_log", "words", lang)).fill(words)
        box(officer, heading("meeting_log", "owner_role", lang)).fill("education lead")
        box(officer, heading("meeting_log", "owner_role", lang)).press("Enter")
        expect(officer.get_by_text(t(f"own.meeting.kept.{kind}", lang=lang, words=words))).to_be_visible()
        settle(officer)
    assert "schools" not in officer.url
    with officer.expect_download() as download:
        officer.locator(f"a.ct-file[href*='files/slides'][href*='form=pptx'][href*='lang={lang}&']").click()
    deck = Presentation(BytesIO(download.value.path().read_bytes()))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert f"How many schools {lang}?" in cells
    assert f"Ask the force {lang}" in cells
    officer.set_viewport_size({"width": 360, "height": 800})
    assert no_wider_than_the_screen(officer)
