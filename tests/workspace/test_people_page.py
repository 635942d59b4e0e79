"""The page of people: roles given and taken, who did what, how long it is kept, and how it ends."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.i18n import LANGUAGES, t
from local_figures.store import backup, editions, people
from local_figures.store.editions import APPROVER, EDITOR, PARTNER, READER
from tests.said import said
from tests.workspace.conftest import CARDIFF, act
from workspace import audit, files, routes
from workspace.session import ON_THIS_COMPUTER, opened


def press(app, key: str, *, lang: str = "en"):
    return next(one for one in app.button if one.label == t(key, lang=lang)).click().run()


def box(app, kind: str, key: str, *, nth: int = 0):
    return [one for one in getattr(app, kind) if one.label == t(key, lang="en")][nth]


def test_a_role_is_given_and_taken_and_both_are_written_down(store, open_page):
    app = open_page("own_people")
    box(app, "text_input", "own.people.name").input("Ben@Council.example")
    box(app, "radio", "own.people.role").set_value(EDITOR)
    app = press(app, "own.people.give_it")
    assert not app.exception
    assert t("local.say.role", lang="en") in said(app)
    assert editions.role(store, act("ben@council.example")) == EDITOR
    assert "ben@council.example" in said(app)
    assert t("own.people.nobody", lang="en") in said(press(app, "own.people.take_it"))
    box(app, "selectbox", "own.people.name").select("ben@council.example")
    app = press(app, "own.people.take_it")
    assert [one.person for one in people.members(store, act())] == ["ann"]
    entries = [(one.what, one.whom) for one in people.audit(store, act())]
    assert entries[-2:] == [("role editor", "ben@council.example"), ("role taken", "ben@council.example")]


def test_what_is_no_name_and_the_last_approver_are_a_sentence_each(store, open_page):
    app = press(open_page("own_people"), "own.people.give_it")
    assert t("local.refused.no_person", lang="en") in said(app)
    box(app, "selectbox", "own.people.name").select("ann")
    app = press(app, "own.people.take_it")
    assert t("local.refused.last_approver", lang="en") in said(app)
    assert not app.exception


@pytest.mark.parametrize(("role", "sees"), [(READER, True), (EDITOR, True), (PARTNER, False)])
def test_who_is_no_approver_reads_and_changes_nothing(store, open_page, monkeypatch, role, sees):
    editions.set_role(store, act(), person="pat", role=role)
    monkeypatch.setattr("workspace.identity._this_person", lambda: "pat")
    app = open_page("own_people")
    assert not app.exception
    assert (t("own.people.keep", lang="en") in said(app)) is sees
    assert ("ann" in [cell.strip() for cell in said(app).replace("<", ">").split(">")]) is sees
    assert t("own.people.done", lang="en") not in said(app)
    assert not [one for one in app.button if one.label == t("own.people.give_it", lang="en")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_the_store_writes_down_is_told_in_the_readers_language(store, lang):
    for what in (
        *(
            "uploaded",
            "typed",
            "typed further",
            "approved",
            "approved for partners",
            "now for public",
            "withdrawn",
            "put back",
        ),
        *("forgotten", "role editor", "role taken", "terms 1 accepted", "exported", "backed up", "restored"),
        *("kept for 400 days", "release on show, 0123456789ab", "release back to 0123456789ab"),
    ):
        told = audit.act_in_words(what, lang)
        assert told
        assert lang == "en" or told != what
    assert audit.act_in_words("something new", lang) == "something new"


def ask(name: str):
    client = TestClient(Starlette(routes=[*routes.ROUTES]))
    return client.get(f"/own/files/{name}", params={files.OF: files.mark(ON_THIS_COMPUTER), "lang": "cy"})


def test_the_table_is_a_file_in_the_readers_language_with_its_mark(store):
    told = ask("audit").content.decode("utf-8-sig")
    assert t("own.people.when", lang="cy") in told
    assert t("own.mark.private", lang="cy") in told
    editions.set_role(store, act(), person="eve", role=APPROVER)
    editions.set_role(store, act("eve"), person="ann", role=EDITOR)
    assert ask("audit").status_code == 404
    assert ask("backup").status_code == 404


def test_a_backup_goes_out_as_a_file_and_comes_back_on_the_first_page(store, open_page, tmp_path):
    answer = ask("backup")
    assert "member.jsonl" in ZipFile(BytesIO(answer.content)).namelist()
    assert ON_THIS_COMPUTER not in answer.headers["content-disposition"]
    editions.close_workspace(store, act())
    app = open_page("own_area")
    app.file_uploader[0].upload("backup.zip", answer.content, "application/zip").run()
    app = press(app, "own.first.restore_it")
    assert not app.exception
    assert editions.areas(store, act()) >= {CARDIFF}
    with pytest.raises(editions.RefusedError):
        backup.restore(opened(), act(), tmp_path / "none.zip")


def test_a_workspace_is_closed_by_whoever_writes_its_name_and_by_no_slip(store, open_page):
    app = open_page("own_people")
    box(app, "text_input", "own.people.close_name").input("lokal")
    app = press(app, "own.people.close_it")
    assert t("own.people.close_other", lang="en") in said(app)
    assert editions.is_there(store, act())
    box(app, "text_input", "own.people.close_name").input(ON_THIS_COMPUTER)
    app = press(app, "own.people.close_it")
    assert not editions.is_there(store, act())
    assert t("own.first.title", lang="en") in said(app)


def test_how_long_editions_are_kept_is_set_on_the_page(store, open_page):
    app = open_page("own_people")
    app.number_input[0].set_value(400)
    app = press(app, "own.people.keep_it")
    assert people.keep_days(store, act()) == 400
    assert "400" in said(app)
