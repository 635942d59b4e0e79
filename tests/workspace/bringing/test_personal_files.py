"""A file that was made for one person is given to that person alone, for as long as it waits and they have a role."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from local_figures.store import editions
from local_figures.templates import templates
from tests.workspace.conftest import act
from workspace import identity, routes, settings
from workspace.bringing import answers, personal_files

FILE = {"name": "police_figures_marked_2026-11-29.xlsx", "mime": answers.XLSX}


@pytest.fixture
def client(store) -> TestClient:
    return TestClient(Starlette(routes=routes.ROUTES))


def status(client: TestClient, address: str) -> int:
    return client.get(f"/own/{address}").status_code


def test_it_is_given_with_a_name_that_tells_no_workspace_and_is_kept_by_nobody(client):
    token = personal_files.hand(act(), make=lambda: b"content", **FILE)
    answer = client.get(f"/own/handed/{token}")
    assert (answer.status_code, answer.content) == (200, b"content")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == f'attachment; filename="{FILE["name"]}"'


def test_a_stolen_address_gives_nothing(client, store, monkeypatch):
    token = personal_files.hand(act(), make=lambda: b"content", **FILE)
    editions.set_role(store, act(), person="ben", role="approver")
    for who in ("ben", "mallory"):
        monkeypatch.setattr(identity, "_this_person", lambda who=who: who)
        assert status(client, f"handed/{token}") == 404
    monkeypatch.setattr(identity, "_this_person", lambda: "ann")
    assert status(client, f"handed/{token}") == 200
    monkeypatch.delenv(settings.LOCAL)
    assert status(client, f"handed/{token}") == 404


def test_whoever_lost_the_role_is_given_nothing_more(client, store, monkeypatch):
    editions.set_role(store, act(), person="ben", role="editor")
    monkeypatch.setattr(identity, "_this_person", lambda: "ben")
    token = personal_files.hand(act("ben"), make=lambda: b"content", **FILE)
    assert status(client, f"handed/{token}") == 200
    for change in (lambda: editions.set_role(store, act(), person="ben", role="partner"),
                   lambda: editions.take_role(store, act(), person="ben")):  # fmt: skip
        change()
        assert status(client, f"handed/{token}") == 404
        assert status(client, "templates/police_figures.csv") == 404


def test_it_waits_for_some_minutes_and_few_wait_for_one_person(store, monkeypatch):
    tokens = [personal_files.hand(act(), make=bytes, **FILE) for _ in range(personal_files.MOST_FOR_ONE + 1)]
    assert [personal_files.waits(token) for token in tokens] == [False, *[True] * personal_files.MOST_FOR_ONE]
    now = personal_files.time.monotonic()
    monkeypatch.setattr(personal_files.time, "monotonic", lambda: now + personal_files.KEPT_SECONDS + 1)
    assert not any(personal_files.waits(token) for token in tokens)
    assert personal_files.waiting_for(tokens[-1], act()) is None


@pytest.mark.parametrize("form", answers.FORMS)
def test_every_template_is_given_in_every_form(client, form):
    for key in templates():
        answer = client.get(f"/own/templates/{key}.{form}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"] == f'attachment; filename="{key}.{form}"'
    if form.endswith("xlsx"):
        assert openpyxl.load_workbook(BytesIO(answer.content)).sheetnames[0] == "data"


@pytest.mark.parametrize("name", ["police_figures", "police_figures.exe", "none.csv", ".csv", "police_figures.csv/x"])
def test_what_is_no_template_is_not_there(client, name):
    assert status(client, f"templates/{name}") == 404
