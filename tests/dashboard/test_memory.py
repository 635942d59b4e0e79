"""What is remembered lasts as long as the build on show."""

from __future__ import annotations

import hashlib
import json
import weakref
from pathlib import Path

from cohesion.builds import SCHEMA
from dashboard import memory, store


class Answer:
    """Something large that is remembered."""


def put_on_show(name: str, *, data: Path) -> None:
    folder = data / "build"
    folder.mkdir(exist_ok=True)
    content = name.encode()
    (folder / f"{name}.duckdb").write_bytes(content)
    pointer = {"build": name, "schema": SCHEMA, "file": f"{name}.duckdb", "sha256": hashlib.sha256(content).hexdigest()}
    (folder / "current.json").write_text(json.dumps(pointer))


def test_answers_stay_while_their_build_is_on_show_and_go_with_it(tmp_path, monkeypatch):
    @memory.remembered(most=8)
    def answer(*, build: str) -> Answer:
        return Answer()

    monkeypatch.setattr(store, "DATA", tmp_path)
    put_on_show("first", data=tmp_path)
    kept = weakref.ref(answer(build=store.build_id()))
    assert kept() is answer(build=store.build_id())
    put_on_show("second", data=tmp_path)
    assert store.build_id() == "second"
    assert kept() is None


def test_asking_for_the_build_of_another_folder_forgets_nothing(tmp_path, monkeypatch):
    @memory.remembered(most=8)
    def answer(*, build: str) -> Answer:
        return Answer()

    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    for name, folder in (("first", here), ("second", elsewhere)):
        folder.mkdir()
        put_on_show(name, data=folder)
    monkeypatch.setattr(store, "DATA", here)
    kept = answer(build=store.build_id())
    assert store.build_id(data=elsewhere) == "second"
    assert answer(build=store.build_id()) is kept


def test_what_several_questions_share_is_bounded_and_goes_with_its_build(tmp_path, monkeypatch):
    kept = memory.Cache(most=2)
    kept.keep({"a": 1, "b": 2})
    assert kept.get("a") == 1  # and is the newest from now on
    kept.keep({"c": 3})
    assert [kept.get(key) for key in "abc"] == [1, None, 3]
    memory.forget()
    assert [kept.get(key) for key in "abc"] == [None, None, None]
