"""Opening the second store: `data/local/` on this computer, or the PostgreSQL that COHESION_LOCAL_DATABASE names.

The awkward fact: SQLite keeps deleted bytes in its file and lets two writers read the same last number; a driver prints
the values of a statement that failed. So deleted bytes are overwritten, a writer waits for the other from its first
statement on, and no error carries a value.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

DATABASE = "COHESION_LOCAL_DATABASE"
FOLDER = Path(__file__).parents[2] / "data" / "local"
READING = "cohesion_reading"  # said of a connection that changes nothing
WAIT_MS = 30_000  # for another writer
_MIGRATIONS = Path(__file__).parent / "migrations"


class StoreError(Exception):
    """The store could not be used: `key` names its text in the catalogue, `kind` the error's, and no value of it."""

    def __init__(self, key: str, error: Exception) -> None:
        self.key, self.kind = key, type(error).__name__
        super().__init__(f"{key} ({self.kind})")


@dataclass(frozen=True, kw_only=True)
class Store:
    """An open store. Every question is asked within one workspace, and PostgreSQL holds it to that."""

    engine: Engine

    @contextmanager
    def within(self, workspace: str) -> Iterator[Connection]:
        """Give a transaction that sees one workspace: kept whole when it ends well, and not at all otherwise."""
        with self._seeing("cohesion.workspace", workspace) as connection:
            yield connection

    @contextmanager
    def reading(self, workspace: str) -> Iterator[Connection]:
        """Give a transaction that sees one workspace and changes nothing: it locks nothing and waits for no writer."""
        with self._seeing("cohesion.workspace", workspace, reading=True) as connection:
            yield connection

    @contextmanager
    def among(self, identities: Sequence[str]) -> Iterator[Connection]:
        """Give a transaction that sees the roles of those who are named ("person:ann@…", "group:…"), and no more."""
        named = (one for one in identities if one.isprintable())  # they stand under one another
        with self._seeing("cohesion.identities", "\n".join(named), reading=True) as connection:
            yield connection

    @contextmanager
    def _seeing(self, setting: str, value: str, *, reading: bool = False) -> Iterator[Connection]:
        try:
            with self.engine.execution_options(**{READING: reading}).begin() as connection:
                if self.engine.dialect.name == "postgresql":
                    setting_sql = text("SELECT set_config(:setting, :value, true)")
                    connection.execute(setting_sql, {"setting": setting, "value": value})
                yield connection
        except (
            SQLAlchemyError,
            OverflowError,
            UnicodeError,
        ) as error:  # the driver's own: a number or a letter too far
            raise StoreError("local.store.not_taken", getattr(error, "orig", None) or error) from None


def open_store(address: str | None = None, *, folder: Path = FOLDER) -> Store:
    """Open the store, made or brought up to date first; raise `StoreError` when it cannot be reached."""
    try:
        url = address or os.environ.get(DATABASE) or _sqlite(folder)
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            _settle(engine)
        with engine.begin() as connection:
            _migrate(connection)
    except (SQLAlchemyError, ModuleNotFoundError, OSError) as error:
        raise StoreError("local.store.not_opened", error) from None
    return Store(engine=engine)


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # two replicas that start together: one makes, the other waits
        connection.execute(text("SELECT pg_advisory_xact_lock(731704)"))
    if MigrationContext.configure(connection).get_current_revision() == _newest_version():
        return
    settings = _settings()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(_MIGRATIONS))
    return settings


@cache
def _newest_version() -> str | None:
    """Return the version that the migrations lead to; their modules are read once and not at every opening."""
    return ScriptDirectory.from_config(_settings()).get_current_head()


def _sqlite(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / "figures.sqlite"
    file.touch(mode=0o600)
    return f"sqlite:///{file}"


def _settle(engine: Engine) -> None:
    """Make SQLite keep foreign keys, overwrite what is deleted, and let a writer wait for another from the start."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN below, not the driver
        for setting in (
            "foreign_keys = ON",
            "secure_delete = ON",
            f"busy_timeout = {WAIT_MS}",
            "journal_mode = DELETE",
        ):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(READING) else "BEGIN IMMEDIATE")
