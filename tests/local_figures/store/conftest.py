"""The same tests on SQLite and on PostgreSQL, each with a store of its own.

The awkward fact: making a store takes longer than most of these tests, and in PostgreSQL copying one too. So a store is
made once in each, as anybody's first start makes it. On SQLite every test has a copy of its file; on PostgreSQL every
test has the same database, emptied, and another one where a test left other tables than it found.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import copy

import psycopg
import pytest
from sqlalchemy import make_url

from local_figures.store import schema
from local_figures.store.engine import Store, open_store
from tests.local_figures import cluster

EMPTYING = "; ".join(f"DELETE FROM {table.name}" for table in reversed(schema.metadata.sorted_tables))
COLUMNS = (
    "SELECT table_name, column_name, data_type, column_default FROM information_schema.columns "
    "WHERE table_schema = 'public' ORDER BY 1, 2"
)
POLICIES = "SELECT tablename, policyname, qual, with_check FROM pg_policies ORDER BY 1, 2"


class Databases:
    """Gives out a database in which a store was opened once and nothing was kept since."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.numbers = count()
        self.current = ""
        self.shape: list[tuple] = []

    def empty(self) -> str:
        """Return the address of an empty store: the one before, emptied, or a new one."""
        if not self.current or not self._emptied():
            self.current = f"local{next(self.numbers)}"
            with psycopg.connect(_plain(self.server), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {self.current} OWNER cohesion")
            open_store(self._address("cohesion")).engine.dispose()
            with psycopg.connect(_plain(self._address("owner"))) as connection:
                self.shape = _shape(connection)
        return self._address("cohesion")

    def _emptied(self) -> bool:
        with psycopg.connect(_plain(self._address("owner")), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if _shape(connection) != self.shape:
                return False
            connection.execute(EMPTYING)  # TRUNCATE makes files anew
        return True

    def _address(self, user: str) -> str:
        return make_url(self.server).set(username=user, database=self.current).render_as_string()


def _plain(address: str) -> str:
    return address.replace("+psycopg", "")


def _shape(connection: psycopg.Connection) -> list[tuple]:
    return [*connection.execute(COLUMNS).fetchall(), *connection.execute(POLICIES).fetchall()]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with cluster.running() as address:
        with psycopg.connect(_plain(address), autocommit=True) as connection:
            connection.execute("CREATE ROLE cohesion LOGIN")  # no superuser: those are not held to row security
        yield address


@pytest.fixture(scope="session")
def databases(server: str) -> Databases:
    return Databases(server)


@pytest.fixture(scope="session")
def first_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a store that was opened once."""
    path = tmp_path_factory.mktemp("first") / "local.sqlite"
    open_store(f"sqlite:///{path}").engine.dispose()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{copy(request.getfixturevalue('first_file'), tmp_path / 'local.sqlite')}"
    return request.getfixturevalue("databases").empty()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def database(databases: Databases) -> str:
    return databases.empty()
