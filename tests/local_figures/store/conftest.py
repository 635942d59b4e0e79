"""The same tests on SQLite and on PostgreSQL, each with a store of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from local_figures.store.engine import Store, open_store
from tests.local_figures import cluster

NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with cluster.running() as address:
        with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE ROLE cohesion LOGIN")  # no superuser: those are not held to row security
        yield address


def _database(server: str) -> str:
    name = f"local{next(NUMBERS)}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER cohesion")
    return server.replace("owner@/postgres", f"cohesion@/{name}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'local.sqlite'}"
    return _database(request.getfixturevalue("server"))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def database(server: str) -> str:
    return _database(server)
