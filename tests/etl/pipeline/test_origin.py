"""The origin beside each table: complete, readable, and steady while the source is the same."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from etl.contract import ContractError
from etl.pipeline.origin import Origin, Retrieval, content_of, origin_text, read_origin, retrieval_of
from etl.publications.home_office.police_recorded_crime.force_areas import DATASETS

ORIGIN = DATASETS[0].origin
TABLE = b"measure,value\nbirths,1\nbirths,2\n"
RETRIEVAL = Retrieval(file="a.csv", sha256="0" * 64, retrieved="2020-02-29")


def written(folder: Path, *, origin: Origin = ORIGIN) -> Path:
    path = folder / "a.toml"
    path.write_bytes(origin_text(origin, retrieval=RETRIEVAL, table=TABLE).encode("utf-8"))
    return path


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    content = {"rows": "2", "table_sha256": hashlib.sha256(TABLE).hexdigest()}
    assert read_origin(written(tmp_path)) == {**dataclasses.asdict(ORIGIN), **dataclasses.asdict(RETRIEVAL), **content}


def test_line_ends_are_no_other_content_and_a_digit_is() -> None:
    assert content_of(TABLE.replace(b"\n", b"\r\n")) == content_of(TABLE)
    assert content_of(TABLE.replace(b"2", b"3")) != content_of(TABLE)
    assert content_of(b"") == content_of(b"")


def test_every_missing_entry_is_named_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, origin=dataclasses.replace(ORIGIN, url="", title_cy=""))
    with pytest.raises(ContractError) as raised:
        read_origin(path)
    assert {problem.expected for problem in raised.value.problems} == {"an entry 'url'", "an entry 'title_cy'"}


@pytest.mark.parametrize(("entry", "bad"), [("grade", "D"), ("status", "draft"), ("vintage", "old")])
def test_grade_status_and_vintage_are_closed_lists(tmp_path: Path, entry: str, bad: str) -> None:
    path = written(tmp_path, origin=dataclasses.replace(ORIGIN, **{entry: bad}))
    with pytest.raises(ContractError, match=f"{entry} one of .*came {bad}"):
        read_origin(path)


def test_a_table_may_go_without_a_caution(tmp_path: Path) -> None:
    assert read_origin(written(tmp_path, origin=dataclasses.replace(ORIGIN, caution_en="")))["caution_en"] == ""


def test_no_file_and_no_toml_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="no file"):
        read_origin(tmp_path / "a.toml")
    (tmp_path / "a.toml").write_text("[origin", encoding="utf-8")
    with pytest.raises(ContractError, match="TOML in UTF-8"):
        read_origin(tmp_path / "a.toml")


def test_the_day_stays_while_the_source_is_the_same(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_bytes(b"figures")
    same = dataclasses.replace(RETRIEVAL, sha256=hashlib.sha256(b"figures").hexdigest())
    (tmp_path / "a.toml").write_text(origin_text(ORIGIN, retrieval=same, table=TABLE), encoding="utf-8")
    assert retrieval_of(source, previous=tmp_path / "a.toml") == same


def test_a_new_source_gets_a_new_hash_and_day(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_bytes(b"revised")
    new = retrieval_of(source, previous=written(tmp_path))
    assert new.sha256 == hashlib.sha256(b"revised").hexdigest()
    assert new.retrieved > RETRIEVAL.retrieved


def test_the_code_of_a_table_stands_in_both_titles_as_its_publisher_writes_it(tmp_path: Path) -> None:
    titles = {"title_en": "Asylum support (Asy_D11)", "title_cy": "Cymorth lloches (Asy_D12)"}
    path = written(tmp_path, origin=dataclasses.replace(ORIGIN, table_code="Asy_D11", **titles))
    with pytest.raises(ContractError) as raised:
        read_origin(path)
    assert [problem.expected for problem in raised.value.problems] == [
        "table_code Asy_D11 in title_cy, as its publisher writes it"
    ]
