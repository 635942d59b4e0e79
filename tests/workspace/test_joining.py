"""What local mode lets through, and that without it there is nothing to let through."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.navigation import NOBODY, join
from dashboard.search.index import _everything
from dashboard.server import Closed, KnownPages
from tests.workspace.conftest import act
from workspace import identity, joining, settings
from workspace.bringing import personal_files
from workspace.identity import Identity
from workspace.navigation import PAGES
from workspace.presence import PRESENCE

UPLOAD = "/_stcore/upload_file/session/file"


@pytest.fixture
def client() -> TestClient:
    every = ["GET", "PUT"]
    lost = PlainTextResponse("lost", status_code=404)
    app = Starlette(
        routes=[Route("/{rest:path}", lambda _: PlainTextResponse("here"), methods=every)],
        middleware=[Middleware(Closed), Middleware(KnownPages, lost=lost)],
    )
    return TestClient(app, follow_redirects=False)


def test_a_file_may_be_sent_by_whoever_has_the_key_and_by_nobody_where_local_mode_is_off(joined, client, monkeypatch):
    assert client.put(UPLOAD).status_code == 200  # the fixture's key
    monkeypatch.setattr(identity, "_has_key", lambda _: False)
    assert client.put(UPLOAD).status_code == 404
    monkeypatch.setattr(identity, "_has_key", lambda _: True)
    join(NOBODY)
    assert client.put(UPLOAD).status_code == 404


def test_pages_and_addresses_of_a_workspace_are_known_where_it_is_on_and_nowhere_else(joined, client):
    for page in PAGES:
        assert client.get(f"/{page}").status_code == 200
    assert client.get("/own/files/audit").status_code == 200
    assert client.get("/oauth2callback").status_code == 404  # nobody signs in on one computer
    join(NOBODY)
    assert {client.get(path).status_code for path in (*(f"/{page}" for page in PAGES), "/own/files/audit")} == {404}


def test_where_people_sign_in_the_providers_addresses_are_known(joined, client, monkeypatch):
    monkeypatch.setattr(settings, "signs_in", lambda: True)
    joining.join()
    assert client.get("/oauth2callback").status_code == 200
    assert client.get("/auth/login").status_code == 200


def test_what_waits_for_somebody_is_gone_when_they_leave(joined, monkeypatch):
    mine = personal_files.hand(act(), name="x.csv", mime="text/csv", make=lambda: b"4")
    other = personal_files.hand(act("ben"), name="x.csv", mime="text/csv", make=lambda: b"4")
    PRESENCE.leave(Identity(who="ann", sign_in="one"))
    assert not personal_files.waits(mine)
    assert personal_files.waits(other)
    personal_files.forget(other)


def test_the_search_finds_the_pages_of_a_workspace_where_it_is_on(joined, build):
    codes = {thing.code for thing, *_ in _everything(build) if thing.kind == "page"}
    assert set(PAGES) <= codes
