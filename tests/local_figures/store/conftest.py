"""The same tests on SQLite and on PostgreSQL, each with a store of its own.

The awkward fact: making the tables of a store takes longer than most of these tests. So it is made once in each, as
anybody's first start makes it, and every test has a copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import copy

import psycopg
import pytest
from sqlalchemy import make_url

from local_figures.store.engine import Store, open_store
from tests.local_figures import cluster

NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with cluster.running() as address:
        with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE ROLE cohesion LOGIN")  # no superuser: those are not held to row security
        yield address


def _database(server: str, *, template: str = "template1") -> str:
    name = f"local{next(NUMBERS)}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER cohesion TEMPLATE {template}")
    return server.replace("owner@/postgres", f"cohesion@/{name}")


@pytest.fixture(scope="session")
def first_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a store that was opened once."""
    path = tmp_path_factory.mktemp("first") / "local.sqlite"
    open_store(f"sqlite:///{path}").engine.dispose()
    return path


@pytest.fixture(scope="session")
def first_database(server: str) -> str:
    """Return the name of a database whose store was opened once."""
    address = _database(server)
    open_store(address).engine.dispose()
    return make_url(address).database or ""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{copy(request.getfixturevalue('first_file'), tmp_path / 'local.sqlite')}"
    return _database(request.getfixturevalue("server"), template=request.getfixturevalue("first_database"))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def database(server: str, first_database: str) -> str:
    return _database(server, template=first_database)
