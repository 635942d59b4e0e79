"""An officer brings figures in, in a browser: a file with errors, its marked copy put right, a draft, its approval."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.i18n import LANGUAGES, t
from local_figures.store import editions
from local_figures.store.editions import Act
from local_figures.store.engine import DATABASE, Store, open_store
from local_figures.templates import templates
from tests.browser import driving
from tests.workspace.conftest import CARDIFF
from workspace.session import ON_THIS_COMPUTER
from workspace.settings import KEY, LOCAL

HEADER = "quarter,area_code,crime_or_incident,strand,count,extracted_on"
STRANDS = {"total": "140", "race": "<5", "religion": "17", "transgender": "3"}
ONE_KEY = "of-this-test"
EDITION = "police_figures"
FILE_IN_HAND = "() => { const held = new DataTransfer(); held.items.add(new File(['x'], 'x.csv')); return held; }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(folder=tmp_path_factory.mktemp("room"))
    editions.open_workspace(opened, act(), areas=[CARDIFF])
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def room(build: str, store: Store) -> Iterator[str]:
    """Return the address of a dashboard with an empty workspace, as `run.py --local` opens it."""
    with driving.serving(**{LOCAL: "1", KEY: ONE_KEY, DATABASE: str(store.engine.url)}) as address:
        yield address


@pytest.fixture
def visitor(chrome: Browser, room: str) -> Iterator[Page]:
    """Return a tab at 360 px of the browser that was given this computer's key."""
    context = chrome.new_context(viewport={"width": 360, "height": 900})
    context.set_default_timeout(driving.PATIENCE)
    tab = context.new_page()
    tab.goto(f"{room}/own/open?key={ONE_KEY}")
    yield tab
    context.close()


def act() -> Act:
    return Act(workspace=ON_THIS_COMPUTER, who=getpass.getuser(), now=datetime.now(UTC))


def put(tab: Page, file: Path) -> None:
    tab.locator("input[type=file]").set_input_files(file)


def press(tab: Page, key: str, lang: str) -> None:
    tab.get_by_role("button", name=t(key, lang=lang), exact=True).dblclick()  # as many people do: it is done once


def mended(marked: Path, file: Path) -> Path:
    """Put the marked cell right and leave everything else as it was handed back."""
    book = openpyxl.load_workbook(marked)
    (cell,) = [cell for row in book.active.iter_rows() for cell in row if cell.comment]
    assert cell.value == "<5"
    cell.value = "100"
    book.save(file)
    return file


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_with_errors_becomes_an_approved_edition_and_is_withdrawn(visitor, room, store, tmp_path, lang):
    tab = driving.visit(visitor, room, "own_bring_in", lang=lang)
    total = 140 + 100 * LANGUAGES.index(lang)  # the same rows twice are refused, one more is hidden
    box = tab.locator("[data-testid=stFileUploader]")
    expect(box.locator("button p")).to_have_text(t("own.file_choose", lang=lang))
    expect(box).not_to_contain_text(re.compile(r"\b(Upload|Browse|Limit)\b"))
    box.locator("section").dispatch_event("dragenter", {"dataTransfer": tab.evaluate_handle(FILE_IN_HAND)})
    expect(box).to_contain_text(t("own.file_drop", lang=lang))
    rows = [f"2026-07-01,{CARDIFF},crime,{strand},{n},2026-10-12" for strand, n in STRANDS.items()]
    (tmp_path / "figures.csv").write_text("\n".join((HEADER, *rows)).replace(",140,", f",{total},"))
    put(tab, tmp_path / "figures.csv")
    expect(tab.get_by_text(t("own.bring.errors", lang=lang, n=1))).to_be_visible()
    name = t("own.file_remove", lang=lang).replace("#", "figures.csv")
    expect(tab.get_by_role("button", name=name)).to_be_visible()
    expect(tab.locator(".ct-stacked th", has_text=t("own.bring.row", lang=lang, row=3))).to_be_visible()
    assert tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    with tab.expect_download() as download:
        tab.get_by_role("link", name=t("own.bring.marked", lang=lang)).click()
    stolen = tab.get_by_role("link", name=t("own.bring.marked", lang=lang)).evaluate("(link) => link.href")
    download.value.save_as(tmp_path / "marked.xlsx")
    tab.locator("[data-testid=stFileChipDeleteBtn] button").click()
    put(tab, mended(tmp_path / "marked.xlsx", tmp_path / "mended.xlsx"))
    press(tab, "own.bring.keep", lang)
    expect(tab.get_by_text(t("own.bring.hidden", lang=lang, hidden=1, all=4))).to_be_visible()
    assert tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert str(total) not in tab.url
    number = editions.editions(store, act())[-1].number
    named = {"lang": lang, "template": templates()[EDITION].name[lang], "number": number}
    press(tab, "own.bring.approve", lang)
    whom = t("own.level.private", lang=lang)
    expect(tab.get_by_text(t("own.bring.approved", **named, whom=whom))).to_be_visible()
    press(tab, "own.bring.withdraw", lang)
    expect(tab.get_by_text(t("own.bring.withdrawn", **named))).to_be_visible()
    assert editions.editions(store, act())[-1].status == "withdrawn"
    done = [what for _, _, what, _, at in editions.history(store, act()) if at == number]
    assert done == ["uploaded", "approved for private", "withdrawn"]
    stranger = tab.context.browser.new_context()
    assert stranger.request.get(stolen).status == 404
    stranger.close()
