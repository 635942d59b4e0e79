import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard import navigation, static, store
from dashboard.age import today
from dashboard.search.index import index
from dashboard.static_copy import folder, work
from dashboard.static_copy.extent import Extent
from dashboard.static_copy.folder import LIST, FolderError

ROOT = Path(__file__).parents[3]


@pytest.fixture
def small(build):
    return Extent(build=build, day=today(), places=("W06000015",), pages=("facts",), languages=("en",))


@pytest.fixture
def make(tmp_path):
    return lambda extent: work.make(tmp_path / "copy", extent, processes=1, tell=lambda _: None)


def files_of(target):
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def test_a_second_run_makes_nothing_and_a_file_that_was_lost_is_made_again(small, make, tmp_path):
    first = make(small)
    assert (first.pages, first.unchanged) == (1, 0)
    before = files_of(tmp_path / "copy")
    again = make(small)
    assert (again.pages, again.unchanged, again.size) == (0, 1, first.size)
    (tmp_path / "copy/en/W06000015/facts.html").unlink()
    assert make(small).pages == 1
    assert files_of(tmp_path / "copy") == before


def test_another_day_or_another_code_makes_pages_anew_and_writes_only_what_is_other(small, make, tmp_path, monkeypatch):
    make(small)
    style = tmp_path / "copy/assets/copy.css"
    written = style.stat().st_mtime_ns
    tomorrow = replace(small, day=small.day + timedelta(days=1))
    assert make(tomorrow).pages == 1
    monkeypatch.setattr(work, "_code", lambda: "other")
    assert make(tomorrow).pages == 1
    assert style.stat().st_mtime_ns == written


def test_what_is_gone_goes_and_what_is_not_ours_stays(small, make, tmp_path):
    make(small)
    target = tmp_path / "copy"
    told = json.loads((target / LIST).read_text())
    gone = target / "en/X00000001/facts.html"  # of a place that no build has any more
    gone.parent.mkdir()
    gone.write_text("old")
    told["made"]["en/X00000001/facts.html"] = {"of": "", "files": {"en/X00000001/facts.html": 3}}
    told["holds"]["places"].append("X00000001")
    (target / LIST).write_text(json.dumps(told))
    (target / "notes.txt").write_text("mine")
    assert make(small).removed == 1
    assert not gone.parent.exists()
    assert (target / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("thesis.doc", "mine", "has thesis.doc"),
        (LIST, "{", "cannot be read"),
        (LIST, '{"made_by": "somebody", "format": 1}', "was made by 'somebody'"),
        (LIST, '{"made_by": "python -m dashboard.static", "format": 99}', "of form 99"),
        (
            LIST,
            '{"made_by": "python -m dashboard.static", "format": 1, "build": "x", "holds": {}, "made": []}',
            "cannot be read",
        ),
    ],
)
def test_a_folder_that_is_not_ours_is_left_as_it_is(small, make, tmp_path, name, text, expected):
    target = tmp_path / "copy"
    target.mkdir()
    (target / name).write_text(text)
    with pytest.raises(FolderError, match=expected):
        make(small)
    assert files_of(target) == {name: text.encode()}


def test_a_list_of_an_earlier_form_has_all_made_anew_and_its_files_removed(small, make, tmp_path):
    make(small)
    target = tmp_path / "copy"
    told = json.loads((target / LIST).read_text())
    told["format"] = 0
    told["made"]["en/W06000015/old.html"] = {"of": "", "files": {"en/W06000015/old.html": 3}}
    (target / LIST).write_text(json.dumps(told))
    (target / "en/W06000015/old.html").write_text("old")
    done = make(small)
    assert (done.pages, done.removed) == (1, 1)


def test_a_list_that_names_files_outside_the_folder_removes_none(small, make, tmp_path):
    make(small)
    told = json.loads((tmp_path / "copy" / LIST).read_text())
    told["made"]["old"] = {"of": "", "files": {"../mine.txt": 4}}
    (tmp_path / "copy" / LIST).write_text(json.dumps(told))
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderError, match="inside"):
        make(small)
    assert (tmp_path / "mine.txt").exists()


def test_a_run_for_less_than_the_folder_holds_is_refused(small, make):
    make(replace(small, languages=("en", "cy")))
    with pytest.raises(FolderError, match="cy would go"):
        make(small)


def test_a_full_disk_loses_nothing_and_the_next_run_goes_on(small, make, tmp_path, monkeypatch):
    make(small)
    before = files_of(tmp_path / "copy")
    whole = folder.written_whole

    def full(target, content):
        if target.suffix == ".html":
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        whole(target, content)

    wider = replace(small, pages=("data_and_methods", "facts"))
    with monkeypatch.context() as broken:
        broken.setattr(folder, "written_whole", full)
        with pytest.raises(OSError, match="No space left"):
            make(wider)
    assert before.items() - {LIST: before[LIST]}.items() <= files_of(tmp_path / "copy").items()
    assert make(wider).pages == 2


def test_another_build_that_comes_on_show_stops_the_run(small, make, monkeypatch):
    monkeypatch.setattr(work.store, "build_id", lambda: "another")
    with pytest.raises(FolderError, match="came on show"):
        work.make_place(None, replace(small), [])


def test_two_runs_do_not_write_into_one_folder(small, make, tmp_path):
    with folder.locked(tmp_path / "copy"), pytest.raises(FolderError, match="another run"):
        make(small)


def test_a_process_ends_with_the_run_that_began_it(monkeypatch):
    ended, waited = [], []
    monkeypatch.setattr(work.os, "_exit", ended.append)
    work._end_with(None)
    assert ended == []
    work._end_with(SimpleNamespace(join=lambda: waited.append(True)))
    assert (waited, ended) == ([True], [1])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--place", "W99"], "expected one of XCAV, W06000015"),
        (["--page", "own_area"], "expected one of home, hate_crime"),
        (["--lang", "fr"], "expected one of en, cy"),
        (["--live", "trends.example"], "expected an address"),
        (["--address", "ftp://copy.example"], "expected an address"),
        (["--processes", "0"], "expected 1 or more"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(build, tmp_path, capsys, arguments, expected):
    assert static.main(["-o", str(tmp_path / "copy"), *arguments]) == static.MISUSED
    assert expected in capsys.readouterr().err
    assert not (tmp_path / "copy").exists()


def test_without_a_build_or_a_place_to_write_one_sentence_is_said(build, tmp_path, capsys, monkeypatch):
    (tmp_path / "file").write_text("mine")
    assert static.main(["-o", str(tmp_path / "file"), "--page", "facts"]) == static.FAILED
    assert static.main(["-o", str(tmp_path / "file" / "copy"), "--page", "facts"]) == static.FAILED
    with monkeypatch.context() as nothing:
        nothing.setattr(store, "DATA", tmp_path)
        assert static.main(["-o", str(tmp_path / "copy")]) == static.FAILED
    said = capsys.readouterr().err.splitlines()
    assert [line.startswith("The copy was not finished: ") for line in said] == [True] * 3
    assert (tmp_path / "file").read_text() == "mine"


def test_nothing_of_the_councils_own_room_is_read_though_its_pages_are_joined(small, make, tmp_path, monkeypatch):
    navigation.join(navigation.Group(title="nav.own_area", folder="../workspace/pages", pages=("own_area",)))
    try:
        index.cache_clear()  # type: ignore[attr-defined]
        make(replace(small, pages=("facts", "search")))
        assert static.main(["-o", str(tmp_path / "own"), "--page", "own_area"]) == static.MISUSED
    finally:
        navigation.join(navigation.NOBODY)
        index.cache_clear()  # type: ignore[attr-defined]
    for path, content in files_of(tmp_path / "copy").items():
        assert b"own_area" not in content, path


def test_neither_the_store_of_local_figures_nor_its_web_side_is_loaded_even_in_local_mode():
    rooms = "{'local_figures', 'workspace'}"
    told = f"import sys, dashboard.static; print({{name.split('.')[0] for name in sys.modules}} & {rooms})"
    local = {**os.environ, "COHESION_LOCAL": "1"}
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, env=local, cwd=ROOT, check=True)
    assert run.stdout.strip() == "set()"
