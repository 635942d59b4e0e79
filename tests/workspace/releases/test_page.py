"""The page of bringing in a release as Streamlit runs it, over the very command: what would change, on show, back."""

from __future__ import annotations

import json
import shutil
from html import unescape
from pathlib import Path

import pytest

from cohesion.releases import KINDS
from dashboard import store as builds
from dashboard.i18n import LANGUAGES, t
from etl.pipeline import load
from etl.pipeline.lock import only_one
from local_figures.store import people
from local_figures.store.editions import EDITOR
from tests import synthetic as made
from tests.said import box, said
from tests.scratch import scratch_data
from tests.workspace.conftest import act
from workspace import settings
from workspace.days import NO_DAY
from workspace.releases import page
from workspace.releases.command import SECRET, Work, adding

PAGE = "own_release"
RECORDED_CRIME = "prc-pfa-mar2013-onwards-tables-230726.ods"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = scratch_data(tmp_path_factory.mktemp("pristine"))
    load.build(data=data)
    return data


@pytest.fixture(scope="module")
def crime(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made.write_ods(tmp_path_factory.mktemp("release") / RECORDED_CRIME, made.pfa()).read_bytes()


@pytest.fixture
def data(pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small data folder of this test's own, on show."""
    folder = Path(shutil.copytree(pristine, tmp_path / "data"))
    monkeypatch.setattr(builds, "DATA", folder)
    return folder


def press(app, key: str):
    return app.button(key=key).click().run(timeout=120)


@pytest.mark.parametrize("lang", ["cy"])
def test_a_release_is_looked_at_put_on_show_and_taken_back(data, store, open_page, crime, lang):
    before = builds.build_id(data=data)
    app = open_page(PAGE, lang=lang)
    assert t("own.release.no_way_back", lang=lang) in said(app)
    told = said(app.file_uploader[0].upload("any name.ods", crime, "").run(timeout=120))
    assert t("own.release.refused.large_changes", lang=lang) in told
    assert "Dyfed-Powys Police, rra_offences 58J 2016-01-01: 49 before, 0 now" in told
    told = said(press(app, "own_release_right_large_changes"))
    assert t("own.release.recognised", lang=lang) in told
    assert t("own.release.heading.would_change", lang=lang) in told
    assert t("data.refreshed.new_periods", lang=lang) in told
    assert app.button(key="own_release_show").disabled
    assert builds.build_id(data=data) == before
    next(box for box in app.text_input if box.label == t("own.release.why", lang=lang)).input("made up").run()
    told = said(press(app, "own_release_show"))
    after = builds.build_id(data=data)
    assert after != before
    assert t("own.release.is_shown", lang=lang, build=after) in told
    assert "made up" in (data / "tidy" / "refreshes.jsonl").read_text(encoding="utf-8")
    app.checkbox[0].check().run()
    told = said(press(app, "own_release_back"))
    assert builds.build_id(data=data) == before
    assert t("own.release.is_back", lang=lang, build=before) in told
    entries = [(one.who, one.what) for one in people.audit(store, act())]
    assert entries[-2:] == [("ann", f"release on show, {after}"), ("ann", f"release back to {before}")]


def test_a_day_that_a_person_says_of_a_file_is_kept_until_it_is_on_show(data, store, open_page):
    app = open_page(PAGE, lang="cy")
    rows = json.dumps(made.statswales(), indent=0).encode()
    assert t("own.release.refused.no_day", lang="cy") in said(
        app.file_uploader[0].upload("rows.json", rows, "").run(timeout=120)
    )
    assert t(NO_DAY, lang="cy") in said(box(app, "text_input", t("own.release.day", lang="cy")).input("ddoe").run())
    page = said(box(app, "text_input", t("own.release.day", lang="cy")).input("3 Tachwedd 2026").run(timeout=120))
    assert t("own.release.heading.would_change", lang="cy") in page
    before = builds.build_id(data=data)
    page = said(press(app, "own_release_show"))
    after = builds.build_id(data=data)
    assert after != before
    assert t("own.release.is_shown", lang="cy", build=after) in page
    assert '"released": "2026-11-03"' in (data / "tidy" / "refreshes.jsonl").read_text(encoding="utf-8")


def test_two_at_once_and_what_is_no_publication_are_one_sentence_in_the_readers_language(data, store, open_page):
    app = open_page(PAGE, lang="cy")
    with only_one(data=data, doing="a refresh"):
        told = said(app.file_uploader[0].upload("../../of\x07fice.ods", b"<!doctype html>", "").run(timeout=120))
        assert t("own.release.refused.busy", lang="cy") in told
    told = said(press(app, "own_release_again"))
    assert t("own.release.refused.web_page", lang="cy") in told
    assert t("own.release.nothing_changed", lang="cy") in told
    assert "own_release_show" not in [one.key for one in app.button]


def test_who_is_no_approver_or_not_named_by_the_servers_keeper_brings_nothing_in(store, open_page, monkeypatch):
    monkeypatch.setattr("workspace.releases.page.settings.on_this_computer", lambda: False)
    monkeypatch.setattr(settings, "of_server", lambda _, usual: usual)
    own = type("Own", (), {"role": "approver", "who": "ann", "lang": "en"})
    shown: list[str] = []
    monkeypatch.setattr(page.st, "html", lambda text: shown.append(unescape(str(text))))
    page.show(own)
    assert t("own.release.keeper_only", lang="en") in shown[0]
    page.show(type("Own", (), {"role": EDITOR, "who": "ann", "lang": "en"}))
    assert t("own.release.approvers_only", lang="en") in shown[1]


def test_every_kind_of_refusal_has_its_sentence():
    assert all(t(f"own.release.refused.{kind}", lang=lang) for kind in KINDS for lang in LANGUAGES)


def test_a_command_that_dies_or_has_no_room_is_told_and_leaves_nothing(data, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("workspace.releases.command.sys.executable", "/bin/false")
    told = Work("rollback").outcome(within=30)
    assert [one.kind for one in told.refused] == ["died"]
    given: list[set[str]] = []

    def full(*_: object, env: dict[str, str], **__: object) -> None:
        given.append({*env})
        raise OSError(28, "No space left on device")

    for name in SECRET:
        monkeypatch.setenv(name, "x")
    monkeypatch.setattr("workspace.releases.command.subprocess.Popen", full)
    told = Work(*adding(rehearsal=True), file=("a.ods", b"x")).outcome(within=30)
    assert [(one.kind, one.words) for one in told.refused] == [("disk", "No space left on device")]
    assert list(tmp_path.glob("cohesion-release-*")) == []
    assert "PATH" in given[0]
    assert not given[0] & SECRET
