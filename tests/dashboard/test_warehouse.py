"""Other engines behind the store's door answer every question with the rows that DuckDB has, or leave it to DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from inspect import unwrap
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cohesion.builds import SCHEMA, schema_of
from dashboard import queries, store, warehouse
from dashboard.api import resources
from etl.contract import ContractError
from etl.release import warehouse as carrying
from tests.local_figures import cluster

QUESTIONS = sorted((Path(store.__file__).parent / "sql").glob("*.sql"))
WHOLE = [resource for resource in resources.RESOURCES if resource.sql]
ASKED: dict[str, Any] = {
    "measure": "population",
    "category": "total",
    "kind": "local_authority",
    "nation": "W92000004",
    "about": ["W06000015", "lsoa"],
    "areas": ["W06000015", "W92000004"],
    "categories": ["total", "it's \\ not one"],
    "starts": [date(2024, 6, 30), date(2023, 6, 30)],
    "topic": "migration",
    "scopes": ["W92000004", "K02000001"],
}
UNSAID = {"nation": None}  # of which a question asks nothing


@pytest.fixture(scope="module")
def carried(data_folder: Path) -> Iterator[str]:
    with cluster.running() as address:
        plain = address.replace("+psycopg", "")
        carrying.carry(plain, data=data_folder)
        yield plain


@pytest.fixture(scope="module")
def folder(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"chdb://{tmp_path_factory.mktemp('clickhouse')}"
    carrying.carry(address, data=data_folder)
    return address


@pytest.fixture(
    params=[
        pytest.param("carried", marks=pytest.mark.postgres, id="PostgreSQL"),
        pytest.param("folder", marks=pytest.mark.clickhouse, id="ClickHouse"),
    ]
)
def address(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(request.param)


@pytest.fixture(autouse=True)
def nobody_is_away() -> Iterator[None]:
    yield
    warehouse._AWAY.clear()
    warehouse._SHOWN.clear()


def alike(rows: list[tuple[Any, ...]], *, in_order: bool) -> list[Any]:
    return rows if in_order else sorted(rows, key=repr)


@pytest.mark.parametrize("values", [{}, UNSAID], ids=["everything said", "nothing of nation"])
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_every_question_has_the_rows_that_duckdb_has(question, values, address, build):
    sql = question.read_text(encoding="utf-8")
    bound = {name: (ASKED | values)[name] for name in re.findall(r"\$(\w+)", sql)}
    names, rows = warehouse.answer(address, sql, bound, build=build)
    wanted_names, wanted = store._answer(sql, bound, build=build, data=None)
    in_order = "ORDER BY" in sql.rsplit(")", 1)[-1]
    assert names == wanted_names
    assert alike(rows, in_order=in_order) == alike(wanted, in_order=in_order)


@pytest.mark.parametrize("resource", WHOLE, ids=lambda resource: resource.name)
def test_every_list_of_the_api_is_the_same(resource, address, build, monkeypatch):
    asked = resource.filters(limit=400)
    wanted = resources.ask(resource, asked, build=build)
    monkeypatch.setattr(store, "WAREHOUSE", address)
    assert resources.ask(resource, asked, build=build) == wanted


def test_the_store_asks_the_warehouse_for_the_build_and_for_what_is_in_it(address, build, monkeypatch):
    here = unwrap(queries.latest_period)("population", kind="local_authority", build=build)
    monkeypatch.setattr(store, "WAREHOUSE", address)
    monkeypatch.setattr(store, "_connection", None)  # a question to DuckDB would fail
    assert store.build_id() == build
    assert unwrap(queries.latest_period)("population", kind="local_authority", build=build) == here


@pytest.mark.parametrize("dialect", ["postgres", "clickhouse"])
@pytest.mark.parametrize(
    "sql",
    [path.read_text(encoding="utf-8") for path in QUESTIONS] + [one.sql.format(where="") for one in WHOLE],
    ids=[path.stem for path in QUESTIONS] + [f"api {one.name}" for one in WHOLE],
)
def test_every_question_can_be_said_in_the_other_dialects(sql, dialect):
    said = warehouse.translated(sql, dialect=dialect, schema=schema_of("0123456789ab"))
    assert "cohesion_0123456789ab" in said
    assert not re.search(r"\bQUALIFY\b", said) or dialect == "clickhouse"


def test_a_link_to_a_build_that_it_does_not_hold_leaves_the_warehouse_to_everybody_else(address, build):
    with pytest.raises(warehouse.NotHeldError):
        warehouse.answer(address, "SELECT count(*) FROM observation", {}, build="feedfeedfeed")
    assert warehouse.build_on_show(address) == build


NOWHERE = "postgresql://nobody@/none?host=/nowhere"


def test_a_warehouse_that_is_away_leaves_the_question_to_the_build_on_this_machine(build, monkeypatch, caplog):
    monkeypatch.setattr(store, "WAREHOUSE", NOWHERE)
    assert store.build_id() == build
    assert store.rows("SELECT build_id FROM build", build=build) == [{"build_id": build}]
    assert len([line for line in caplog.records if "does not answer" in line.message]) == 1  # then it is left alone


def test_a_build_that_is_nowhere_is_no_build(build, monkeypatch):
    monkeypatch.setattr(store, "WAREHOUSE", NOWHERE)
    with pytest.raises(store.NoBuildError, match="is not held here"):
        store.rows("SELECT 1", build="feedfeedfeed")


@pytest.mark.parametrize("address", ["", "mysql://x", "postgresql"])
def test_an_address_that_is_none_is_told_in_words(address, data_folder):
    with pytest.raises(ContractError, match=r"the warehouse: expected .*; came"):
        carrying.carry(address, data=data_folder)


@pytest.mark.postgres
def test_what_was_on_show_stays_until_every_row_of_the_next_has_arrived(carried, data_folder, monkeypatch):
    before = warehouse.build_on_show(carried)
    monkeypatch.setattr(carrying.Postgres, "take", lambda *_: 1)
    with pytest.raises(ContractError, match=r"in the warehouse: expected [\d,]+ rows; came 1"):
        carrying.carry(carried, data=data_folder)
    warehouse._SHOWN.clear()
    assert warehouse.build_on_show(carried) == before
    monkeypatch.undo()
    carrying.carry(carried, data=data_folder)


@pytest.mark.postgres
def test_the_three_newest_builds_are_kept(carried, data_folder):
    with psycopg.connect(carried, autocommit=True) as connection:
        for name in ("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"):
            connection.execute(f"CREATE SCHEMA {schema_of(name)}")
            connection.execute("INSERT INTO cohesion.shown VALUES (%s, %s, now() - interval '1 day')", (name, SCHEMA))
        connection.execute("UPDATE cohesion.shown SET at = at - interval '1 hour' WHERE build = 'aaaaaaaaaaaa'")
        carrying.carry(carried, data=data_folder)
        found = connection.execute("SELECT schema_name FROM information_schema.schemata").fetchall()
        listed = {name for (name,) in connection.execute("SELECT build FROM cohesion.shown").fetchall()}
    held = {name for (name,) in found}
    assert schema_of("aaaaaaaaaaaa") not in held
    assert "aaaaaaaaaaaa" not in listed
    assert {schema_of("bbbbbbbbbbbb"), schema_of("cccccccccccc")} <= held
