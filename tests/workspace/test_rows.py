"""Rows as a file: for members, marked on every one, and for nobody by its address alone."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.i18n import LANGUAGES, t
from local_figures import tension, typed
from local_figures.checking.cells import Place
from local_figures.checking.check import check
from local_figures.checking.reading import read
from local_figures.store import editions
from local_figures.templates import templates
from tests.workspace.conftest import CARDIFF, act
from workspace import identity, routes
from workspace.rows import MARK

PLACE = Place(today=date(2026, 11, 29), areas=frozenset({CARDIFF}))
NIL = tension.nil_return(week=date(2026, 11, 16), area=CARDIFF)


@pytest.fixture
def kept(store):
    typed.keep(store, act(), template=tension.TEMPLATE, change=NIL, place=PLACE)
    return store


def ask(template: str = tension.TEMPLATE, lang: str = "en"):
    client = TestClient(Starlette(routes=[*routes.ROUTES]))
    return client.get("/own/files/rows", params={"lang": lang, "template": template})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_member_takes_the_rows_out_with_the_mark_on_each(kept, lang):
    answer = ask(lang=lang)
    assert answer.headers["cache-control"] == "no-store"
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert (row["week_start"], row["theme"], row[MARK]) == ("2026-11-16", "none", t("own.mark.private", lang=lang))
    assert ("exported", tension.TEMPLATE, 1) in [entry[2:] for entry in editions.history(kept, act())]


def test_the_file_is_refused_where_it_is_brought_in_again(kept):
    found = check(read(ask().content), templates()[tension.TEMPLATE], PLACE)
    assert "header_extra" in [problem.key for problem in found.errors]


def test_a_row_that_was_kept_before_formulas_were_known_goes_out_inert(store):
    lines = {2: {"title_en": "Walk;=1+1", "title_cy": "＝1+1"}}
    editions.upload(store, act(), template="local_events", lines=lines)
    (row,) = csv.DictReader(StringIO(ask("local_events").content.decode("utf-8-sig")))
    assert (row["title_en"], row["title_cy"]) == ("Walk;'=1+1", "'＝1+1")


def test_a_partner_and_a_stranger_get_nothing_of_it(kept, monkeypatch):
    editions.set_role(kept, act(), person="pat", role=editions.PARTNER)
    for person in ("pat", "mallory"):
        monkeypatch.setattr(identity, "_this_person", lambda person=person: person)
        answer = ask()
        assert answer.status_code == 404
        assert "2026-11-16" not in answer.text


@pytest.mark.parametrize("template", ["police_figures", "tension_levels", "nothing", ""])
def test_what_is_not_read_by_row_is_no_file(kept, template):
    assert ask(template).status_code == 404


def test_before_the_first_row_there_is_no_file(store):
    assert ask().status_code == 404
