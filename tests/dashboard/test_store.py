"""One place opens the database: many readers at once, a new build at once, and a plain word when there is none."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from cohesion.builds import SCHEMA
from dashboard import queries, store
from etl.pipeline import load
from tests.scratch import WALES, replace, scratch_data

RACE = "SELECT value FROM observation WHERE area_code = $area AND category = 'race'"
IN_WALES = {"area": "W92000004"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = scratch_data(tmp_path)
    load.build(data=data)
    return data


def test_many_threads_read_at_once_and_every_answer_is_right(build):
    def people(code: str) -> tuple[str, float]:
        found = store.rows(
            """SELECT area_code, value FROM observation
               WHERE measure = 'population' AND area_code = $c ORDER BY period_start""",
            {"c": code},
            build=build,
        )
        return found[-1]["area_code"], found[-1]["value"]

    codes = [code for code in queries.places(build=build) if code.startswith("W06")] * 25
    with ThreadPoolExecutor(max_workers=16) as pool:
        answers = list(pool.map(people, codes))
    assert [code for code, _ in answers] == codes
    assert len(set(answers)) == 22


@pytest.mark.parametrize("read_first", [True, False], ids=["old one open", "old one not yet open"])
def test_a_new_build_shows_its_numbers_while_the_old_one_can_still_be_read(data, read_first):
    old = store.build_id(data=data)
    if read_first:
        assert store.rows(RACE, IN_WALES, build=old, data=data) == [{"value": 3632}]
    replace(data / "tidy" / f"{WALES}.csv", "race,3632", "race,3633")
    load.build(data=data)
    new = store.build_id(data=data)
    assert store.rows(RACE, IN_WALES, build=new, data=data) == [{"value": 3633}]
    assert store.rows(RACE, IN_WALES, build=old, data=data) == [{"value": 3632}]


@pytest.mark.parametrize("pointer", [None, "", "{", "{}", '{"build": "a", "file": "cohesion-a.duckdb"}'])
def test_no_pointer_a_torn_one_or_one_that_leads_nowhere_is_no_build(tmp_path, pointer):
    (tmp_path / "build").mkdir()
    if pointer is not None:
        (tmp_path / "build" / "current.json").write_text(pointer, encoding="utf-8")
    with pytest.raises(store.NoBuildError):
        store.build_id(data=tmp_path)


def test_a_value_from_outside_is_bound_and_never_written_into_the_question(data):
    asked = {"area": "W92000004' OR TRUE --"}
    assert store.rows(RACE, asked, build=store.build_id(data=data), data=data) == []


@pytest.mark.parametrize(
    "statement", ["DELETE FROM observation", "SELECT * FROM read_csv('/etc/hostname')", "LOAD httpfs"]
)
def test_a_question_can_change_nothing_and_reach_nothing_outside(data, statement):
    with pytest.raises(duckdb.Error):
        store.rows(statement, build=store.build_id(data=data), data=data)


def test_the_pointer_names_a_file_beside_it(data):
    current = json.loads((data / "build" / "current.json").read_text(encoding="utf-8"))
    database = data / "build" / f"cohesion-{load.build_id(data=data)}.duckdb"
    assert current == {
        "build": load.build_id(data=data),
        "schema": SCHEMA,
        "file": database.name,
        "sha256": hashlib.sha256(database.read_bytes()).hexdigest(),
        "figures": store.rows("SELECT count(*) AS n FROM observation", build=current["build"], data=data)[0]["n"],
    }


def newer(data: Path, *, by: int) -> dict[str, object]:
    """Say of the build on show that code with a later schema made it, as its note and the pointer would."""
    pointer = data / "build" / "current.json"
    note = json.loads(pointer.read_text(encoding="utf-8"))
    note["schema"] += by
    for path in (pointer, (data / "build" / str(note["file"])).with_suffix(".json")):
        path.write_text(json.dumps(note), encoding="utf-8")
    return note


def test_a_build_of_newer_code_is_left_alone_and_the_last_that_can_be_read_stays(data, monkeypatch):
    old = store.build_id(data=data)
    replace(data / "tidy" / f"{WALES}.csv", "race,3632", "race,3633")
    load.build(data=data)
    note = newer(data, by=1)
    assert store.build_id(data=data) == old != note["build"]
    monkeypatch.setattr(store, "DATA", data)
    assert store.is_behind()
    newer(data, by=-1)
    assert store.build_id(data=data) == note["build"]
    assert not store.is_behind()


def test_what_arrives_by_halves_leaves_the_last_good_build_until_it_is_whole(data, monkeypatch):
    monkeypatch.setattr(store, "DATA", data)
    old = store.build_id()
    replace(data / "tidy" / f"{WALES}.csv", "race,3632", "race,3633")
    new = load.build(data=data)
    database = load.build_file(new, data=data)
    whole, pointer = database.read_bytes(), (data / "build" / "current.json").read_bytes()
    for damage in (
        lambda: database.write_bytes(whole[: len(whole) // 2]),
        database.unlink,
        lambda: (data / "build" / "current.json").write_bytes(pointer[: len(pointer) // 2]),
        (data / "build" / "current.json").unlink,
    ):
        damage()
        assert store.build_id() == old
        assert store.is_torn()
        assert store.rows(RACE, IN_WALES, build=old) == [{"value": 3632}]
    database.write_bytes(whole)
    (data / "build" / "current.json").write_bytes(pointer)
    assert store.build_id() == new
    assert not store.is_torn()


def test_a_folder_that_disappears_leaves_the_last_build_until_it_is_back(data, monkeypatch, caplog):
    monkeypatch.setattr(store, "DATA", data)
    build, away = store.build_id(), data.parent / "away"
    assert store.rows(RACE, IN_WALES, build=build) == [{"value": 3632}]
    (data / "build").rename(away)
    for _ in range(3):
        assert store.build_id() == build
        assert store.rows(RACE, IN_WALES, build=build) == [{"value": 3632}]
    assert (store.is_gone(), len(caplog.records)) == (True, 1)
    assert f"build {build} goes on" in caplog.text
    away.rename(data / "build")
    assert store.build_id() == build
    assert not store.is_gone()


def test_a_folder_that_was_never_there_and_a_build_that_nobody_has_open_are_no_build(data, monkeypatch):
    monkeypatch.setattr(store, "DATA", data)
    monkeypatch.setattr(store, "_LAST", {"build": "0" * 12})
    (data / "build").rename(data / "away")
    with pytest.raises(store.NoBuildError):
        store.build_id()


@pytest.mark.parametrize("by", [1, -1])
def test_where_nothing_can_be_asked_there_is_no_build(data, by):
    newer(data, by=by)  # by -1 it is what the code before made, whose tables have not what is asked today
    with pytest.raises(store.NoBuildError):
        store.build_id(data=data)


def test_why_there_are_no_figures_is_told_from_what_lies_there(data, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "DATA", data)
    monkeypatch.setattr(store, "WAREHOUSE", "")
    monkeypatch.delenv("COHESION_BUILDS", raising=False)
    newer(data, by=1)
    assert store.absence() == "newer"
    newer(data, by=-2)
    assert store.absence() == "older"
    monkeypatch.setenv("COHESION_BUILDS", "builds:cohesion")
    assert store.absence() == "older"
    monkeypatch.delenv("COHESION_BUILDS")
    note = newer(data, by=1)
    (data / "build" / str(note["file"])).write_bytes(b"half of it")
    assert store.absence() == "not_whole"
    (data / "build" / "current.json").write_bytes(b'{"build": "')
    assert store.absence() == "not_whole"
    (data / "build" / "current.json").unlink()
    assert store.absence() == "not_whole"
    monkeypatch.setattr(store, "DATA", tmp_path / "nothing was ever here")
    assert store.absence() == "none"
    monkeypatch.setenv("COHESION_BUILDS", "builds:cohesion")
    assert store.absence() == "not_whole"
    monkeypatch.setattr(store, "WAREHOUSE", "postgresql://nobody@127.0.0.1:1/cohesion")
    assert store.absence() == "away"
