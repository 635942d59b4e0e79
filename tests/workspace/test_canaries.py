"""No count, word, person or workspace of a room reaches a public page, file, address, cache key, log, error or build.

Every place is searched in both languages while all of them are used, and a leak that is planted in each is found.
"""

from __future__ import annotations

import logging
from functools import lru_cache

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Match, Mount, Route
from starlette.testclient import TestClient

from dashboard.briefing.forms import FORMS
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.text import translatable
from dashboard.memory import Cache
from dashboard.navigation import PAGES
from dashboard.routes import ROUTES
from local_figures import door, typed
from local_figures.store import editions
from local_figures.store.editions import Act, RefusedError
from tests.workspace import canaries
from tests.workspace.canaries import CANARIES, GAP, ITEM, LOGGED, NOTE, TITLES, WHO, WORKSPACE, leaks, none_in
from tests.workspace.conftest import CARDIFF, VALE, act
from workspace import routes, session
from workspace.navigation import PAGES as OWN

both_languages = pytest.mark.parametrize("lang", LANGUAGES)
EVERY = (*ROUTES, *routes.ROUTES)


@pytest.fixture
def store(joined, monkeypatch):
    """Return a store whose one workspace has a telling name, with the canaries in it and a telling person there."""
    for module in ("session", "identity", "routes"):
        monkeypatch.setattr(f"workspace.{module}.ON_THIS_COMPUTER", WORKSPACE)
    opened = session.opened()
    editions.open_workspace(opened, act(), areas=(CARDIFF, VALE))
    canaries.lay(opened)
    monkeypatch.setattr("workspace.identity._this_person", lambda: WHO)
    return opened


# ---- The search


@both_languages
def test_no_canary_leaves_the_workspace(store, open_page, caplog, capfd, tmp_path, lang):
    caplog.set_level(logging.DEBUG)
    began = tmp_path.stat().st_mtime
    own = {page: open_page(page, lang=lang, place=CARDIFF, outcome="1") for page in OWN}
    said = {page: canaries.told(app) for page, app in own.items()}
    seen = {
        "own_area": ("71,933",),
        "own_more": (TITLES[lang],),
        "own_scorecard": (ITEM, NOTE),
        "own_meeting": (LOGGED,),
    }
    seen |= {"own_tension": (NOTE,), "own_gaps": (GAP,)}
    missing = [(page, word) for page, words in seen.items() for word in words if word not in said[page]]
    assert missing == [], "the canaries are on the pages that are for them"
    assert leaks({page: canaries.addresses(app) for page, app in own.items()}) == {}
    visitor = TestClient(Starlette(routes=[*EVERY]))
    private = [visitor.get(address) for address in canaries.private_addresses(lang)]
    assert {answer.status_code for answer in private} <= {200, 404}
    assert any(none_in(canaries.text_of(answer.content)) for answer in private)
    assert leaks({str(answer.url): repr(answer.headers) for answer in private}) == {}
    assert leaks(canaries.answers(EVERY, canaries.public_addresses(lang))) == {}
    assert leaks(canaries.public_pages(PAGES, lang)) == {}
    assert leaks(canaries.public_briefings(lang, FORMS)) == {}
    out, err = capfd.readouterr()
    assert none_in(caplog.text + out + err) == []
    assert [found for key in canaries.remembered() if (found := none_in(repr(key)))] == []
    assert leaks(canaries.written_since(began, canaries.public_folders())) == {}


@both_languages
def test_a_stranger_with_every_address_of_a_room_has_nothing_of_it(store, monkeypatch, lang):
    monkeypatch.setattr("workspace.identity._this_person", lambda: "mallory")
    assert leaks(canaries.answers(EVERY, canaries.private_addresses(lang))) == {}


def test_no_error_that_quotes_a_cell_reaches_a_log_or_an_answer(store, monkeypatch, caplog):
    def fails(*_, **__):
        raise ValueError(f"expected a number; came {NOTE}")

    monkeypatch.setattr("workspace.figures.catalogue.unread", fails)
    monkeypatch.setattr("workspace.paper_files.door.typed_scorecard", fails)
    monkeypatch.setattr("workspace.paper_files.meetings.log", fails)
    caplog.set_level(logging.DEBUG)
    found = canaries.answers(routes.ROUTES, canaries.private_addresses("cy"))
    assert leaks(found) == {}
    assert "ValueError" in caplog.text
    assert none_in(caplog.text) == []


def test_every_public_route_is_asked():
    wanted = [address.partition("?")[0] for address in canaries.public_addresses("en")]

    def answered(path: str) -> object:
        scope = {"type": "http", "path": path, "method": "GET", "root_path": ""}
        return next((route for route in ROUTES if route.matches(scope)[0] == Match.FULL), None)

    asked = {id(answered(path)) for path in wanted}
    refusals = {f"{start}{rest}" for start in STARTS for rest in ("", "/{rest:path}")}
    assert [path_of(route) for route in ROUTES if id(route) not in asked and path_of(route) not in refusals] == []


def path_of(route: object) -> str:
    assert isinstance(route, Route | Mount)
    return route.path


STARTS = {f"/{path_of(route).strip('/').split('/')[0]}" for route in ROUTES}


@both_languages
@pytest.mark.parametrize(
    "asked",
    [
        lambda store: door.show(store, act("eve"), "police_figures"),
        lambda store: door.lines(store, act("eve"), "tension_log"),
        lambda store: door.approve(store, act(), "police_figures", 424242),
        lambda store: door.approve_scorecard(store, act(), 424242, level="public"),
        lambda store: door.preview_scorecard(store, act(), 424242),
        lambda store: editions.withdraw(store, act(WHO), template="training", number=424242),
        lambda store: editions.upload(store, act(WHO), template="meeting_log", lines=_held(store, "meeting_log")),
        lambda store: typed.without(2, was={})(_held(store, "scorecard")),
        lambda store: editions.open_workspace(store, _elsewhere(), areas=[CARDIFF]),
        lambda store: editions.open_workspace(store, act(), areas=[VALE]),
        lambda store: editions.take_role(store, act(WHO), person="ann"),
    ],
)
def test_no_refusal_tells_what_is_held_or_of_whom(store, asked, lang):
    with pytest.raises(RefusedError) as error:
        asked(store)
    sentence = t(error.value.key, lang=lang, **error.value.values)
    assert sentence
    assert none_in(f"{sentence} {error.value} {error.value.values!r}") == []


def _held(store, template):
    return door.lines(store, act(), template).lines


def _elsewhere() -> Act:
    return Act(workspace="elsewhere", who="nia", now=act().now)


# ---- A leak of each kind is found


def test_a_leak_on_a_public_page_is_found(store, monkeypatch):
    def leaking(*_, **__):
        st.html(f"<p>{ITEM}</p>")

    monkeypatch.setattr("dashboard.widgets.words.paragraph", leaking)
    assert leaks(canaries.public_pages(["facts"], "cy"))


def test_a_leak_into_an_address_is_found(store, open_page, monkeypatch):
    monkeypatch.setattr("workspace.paper_links.link", lambda *_, **__: f"./own/files/scorecard?item={ITEM}")
    assert none_in(canaries.addresses(open_page("own_scorecard", lang="cy", place=CARDIFF)))


def test_a_leak_into_the_name_of_a_file_is_found(store, monkeypatch):
    monkeypatch.setattr("workspace.papers.file_stem", lambda *_, **__: f"cardiff_{WORKSPACE}")
    visitor = TestClient(Starlette(routes=[*routes.ROUTES]))
    assert none_in(repr(visitor.get(canaries.private_addresses("en")[1]).headers))


@pytest.mark.parametrize("canary", CANARIES)
def test_a_leak_into_a_public_answer_is_found(canary):
    leaking = Route("/feed.atom", lambda _: PlainTextResponse(f"<title>{canary.upper()}</title>"))
    assert leaks(canaries.answers([leaking, *EVERY], ["/feed.atom"])) == {"/feed.atom": [canary]}


@pytest.mark.parametrize("form", FORMS)
def test_a_leak_into_a_public_briefing_is_found_in_every_form(store, monkeypatch, form):
    monkeypatch.setattr("dashboard.briefing.compose._own_title", lambda *_, **__: translatable(f"For {WORKSPACE}"))
    assert WORKSPACE in leaks(canaries.public_briefings("cy", [form]))[form]


def test_a_leak_into_a_log_line_or_onto_the_terminal_is_found(caplog, capfd):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("workspace.anywhere").debug("kept %s", NOTE)
    print(LOGGED)
    assert none_in(caplog.text) == [NOTE]
    assert none_in(capfd.readouterr().out) == [LOGGED]


def test_a_leak_into_the_key_of_what_is_remembered_is_found():
    @lru_cache
    def remembering(word: str) -> str:
        return word

    remembering.__module__ = "dashboard.anywhere"
    remembering(NOTE)
    keeping: Cache[str, int] = Cache(most=1)
    keeping.keep({ITEM: 1})
    found = [none_in(repr(key)) for key in canaries.remembered()]
    assert [NOTE] in found
    assert [ITEM] in found


def test_a_leak_into_a_folder_of_builds_is_found(tmp_path):
    began = tmp_path.stat().st_mtime
    (tmp_path / "build.duckdb").write_bytes(b"\0" + WHO.encode() + b"\0")
    assert list(leaks(canaries.written_since(began, [tmp_path])).values()) == [[WHO]]


def test_a_leak_into_a_refusal_is_found():
    error = RefusedError("local.refused.no_edition", number=ITEM)
    assert none_in(t(error.key, lang="cy", **error.values)) == [ITEM]
