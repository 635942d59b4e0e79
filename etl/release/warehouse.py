"""A build carried into another database: PostgreSQL, or ClickHouse inside this process, put on show last of all.

The awkward fact: readers are there while it is carried. So every table is whole in a schema of its own before one row
of a list says that this build is on show; whoever asked the build before goes on doing so.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Protocol

import duckdb
import psycopg
from psycopg import sql

from cohesion.builds import LIST, SCHEMA, SHOWN, schema_of
from cohesion.errors import first_line
from etl.contract import ContractError
from etl.pipeline import load

MEMORY = "2GB"  # that reading a build may take: pages are served beside it
KEPT = 3  # builds of each schema number: older code goes on with those that it can read
ORDER = {  # in which the questions ask for the large tables
    "observation": ("measure", "category", "area_code", "period_start", "period_months"),
    "packed": ("about", "measure"),
}
Column = tuple[str, str, bool]  # name, type, may be empty


class Warehouse(Protocol):
    """A database that takes tables, each from a file of the form that it reads fastest."""

    FORM: ClassVar[str]
    SORTS: ClassVar[bool]  # what it takes by itself

    def begin(self, schema: str) -> None:
        """Make an empty schema, throwing away what a broken try left of it."""
        ...

    def take(self, schema: str, table: str, columns: list[Column], file: Path) -> int:
        """Make a table of a file, and return how many rows it has."""
        ...

    def put_on_show(self, build: str, at: datetime) -> list[str]:
        """Name the build on show in the list, and return the builds there of this schema number, the newest first."""
        ...

    def take_off(self, build: str) -> None:
        """Take a build out of the list, before it is thrown away: nobody is led to one that is gone."""
        ...

    def drop(self, schema: str) -> None:
        """Throw a build away."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


def carry(address: str, *, data: Path) -> str:
    """Carry the build of a data folder into a warehouse, put it on show there, and return its id.

    Raises `ContractError` when there is no whole build, nobody answers, or not every row arrived; what was on show
    there stays.
    """
    identity = load.build(data=data)
    carry_file(address, load.build_file(identity, data=data), build=identity)
    return identity


def carry_file(address: str, database: Path, *, build: str) -> None:
    """Do what `carry` does with the database of one build."""
    try:
        with closing(_opened(address)) as warehouse:
            _fill(warehouse, database, schema=schema_of(build))
            builds = warehouse.put_on_show(build, datetime.now(UTC))
            for old in list(dict.fromkeys(builds))[KEPT:]:
                warehouse.take_off(old)
                warehouse.drop(schema_of(old))
    except (psycopg.Error, RuntimeError, ImportError) as error:
        raise ContractError(f"the warehouse: expected to take build {build}; came {first_line(error)}") from None


def _fill(warehouse: Warehouse, database: Path, *, schema: str) -> None:
    warehouse.begin(schema)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=_frugal(folder)) as con:
        path = str(database).replace("'", "''")
        con.execute(f"ATTACH '{path}' AS made (READ_ONLY)")
        con.execute("USE made")
        for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'made'").fetchall():
            columns = con.execute(
                """SELECT column_name, data_type, is_nullable FROM duckdb_columns()
                   WHERE database_name = 'made' AND table_name = ? ORDER BY column_index""",
                [table],
            ).fetchall()
            names = ", ".join(f'"{name}"' for name, _, _ in columns)
            order = f"ORDER BY {', '.join(ORDER[table])}" if table in ORDER and not warehouse.SORTS else ""
            file = Path(folder) / table
            con.execute(f"COPY (SELECT {names} FROM \"{table}\" {order}) TO '{file}' ({warehouse.FORM})")
            ((rows,),) = con.execute(f'SELECT count(*) FROM "{table}"').fetchall()
            arrived = warehouse.take(schema, table, columns, file)
            file.unlink()
            if arrived != rows:
                raise ContractError(f"{table} in the warehouse: expected {rows:,} rows; came {arrived:,}")


def _frugal(folder: str) -> dict[str, str | bool | int | float | list[str]]:
    return {"memory_limit": MEMORY, "temp_directory": folder}


class Postgres:
    """PostgreSQL: tables without keys (the build proved them), and two ways into the figures."""

    FORM: ClassVar[str] = "FORMAT csv, HEADER false"
    SORTS: ClassVar[bool] = False
    TYPES: ClassVar = {"VARCHAR": 'text COLLATE "C"', "DOUBLE": "double precision"}

    def __init__(self, address: str) -> None:
        """Connect."""
        self._connection = psycopg.connect(address, connect_timeout=10, autocommit=True)

    def begin(self, schema: str) -> None:
        """Make an empty schema."""
        self.drop(schema)
        self._do("CREATE SCHEMA {}", schema)

    def take(self, schema: str, table: str, columns: list[Column], file: Path) -> int:
        """Make a table of a CSV file; empty cells without quotes are NULL, those with quotes are empty words."""
        columns_sql = ", ".join(
            f'"{name}" {self.TYPES.get(kind, kind)}{"" if may_be_empty else " NOT NULL"}'
            for name, kind, may_be_empty in columns
        )
        self._do(f"CREATE TABLE {{}}.{{}} ({columns_sql})", schema, table)
        copy = sql.SQL("COPY {}.{} FROM STDIN (FORMAT csv)").format(sql.Identifier(schema), sql.Identifier(table))
        with file.open("rb") as rows, self._connection.cursor() as cursor, cursor.copy(copy) as into:
            while block := rows.read(1 << 20):
                into.write(block)
        if table in ORDER:
            self._do(f"CREATE INDEX ON {{}}.{{}} ({', '.join(ORDER[table])})", schema, table)
        if table == "observation":
            self._do("CREATE INDEX ON {}.{} (area_code)", schema, table)
        self._do("ANALYZE {}.{}", schema, table)
        return int(self._rows("SELECT count(*) FROM {}.{}", schema, table)[0][0])

    def put_on_show(self, build: str, at: datetime) -> list[str]:
        """Add a row to the list."""
        self._do("CREATE SCHEMA IF NOT EXISTS {}", LIST)
        columns_sql = "build text NOT NULL, number int NOT NULL, at timestamptz NOT NULL"
        self._do(f"CREATE TABLE IF NOT EXISTS {{}}.{{}} ({columns_sql})", LIST, SHOWN)
        into = sql.SQL("INSERT INTO {}.{} VALUES (%s, %s, %s)").format(sql.Identifier(LIST), sql.Identifier(SHOWN))
        self._connection.execute(into, (build, SCHEMA, at))
        question_sql = f"SELECT build FROM {{}}.{{}} WHERE number = {SCHEMA} ORDER BY at DESC"
        return [str(row[0]) for row in self._rows(question_sql, LIST, SHOWN)]

    def take_off(self, build: str) -> None:
        """Delete its rows."""
        gone = sql.SQL("DELETE FROM {}.{} WHERE build = %s").format(sql.Identifier(LIST), sql.Identifier(SHOWN))
        self._connection.execute(gone, (build,))

    def drop(self, schema: str) -> None:
        """Throw a schema away."""
        self._do("DROP SCHEMA IF EXISTS {} CASCADE", schema)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _do(self, command: str, *names: str) -> None:
        self._connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))

    def _rows(self, command: str, *names: str) -> list[tuple[Any, ...]]:
        question_sql = sql.SQL(command).format(*map(sql.Identifier, names))
        return self._connection.execute(question_sql).fetchall()


class ClickHouse:
    """ClickHouse inside this process, over a folder: figures lie in the order in which questions ask for them."""

    FORM: ClassVar[str] = "FORMAT parquet, COMPRESSION zstd"
    SORTS: ClassVar[bool] = True
    TYPES: ClassVar = {
        "VARCHAR": "String",
        "DATE": "Date32",
        "INTEGER": "Int32",
        "SMALLINT": "Int16",
        "DOUBLE": "Float64",
        "BOOLEAN": "Bool",
    }

    def __init__(self, address: str) -> None:
        """Open the folder."""
        self._session = import_module(".session", "chdb").Session(address.removeprefix("chdb://"))

    def begin(self, schema: str) -> None:
        """Make an empty database."""
        self.drop(schema)
        self._session.query(f"CREATE DATABASE {schema}")

    def take(self, schema: str, table: str, columns: list[Column], file: Path) -> int:
        """Make a table of a Parquet file."""
        keys = ORDER.get(table, ())
        kinds = ((name, self.TYPES[kind], empty and name not in keys) for name, kind, empty in columns)
        columns_sql = ", ".join(f'"{name}" {f"Nullable({kind})" if empty else kind}' for name, kind, empty in kinds)
        order = f"({', '.join(keys)})"
        names = ", ".join(f'"{name}"' for name, _, _ in columns)
        self._session.query(f'CREATE TABLE {schema}."{table}" ({columns_sql}) ENGINE = MergeTree ORDER BY {order}')
        self._session.query(f"INSERT INTO {schema}.\"{table}\" SELECT {names} FROM file('{file}', Parquet)")
        return int(str(self._session.query(f'SELECT count() FROM {schema}."{table}"', "TSV")))

    def put_on_show(self, build: str, at: datetime) -> list[str]:
        """Add a row to the list."""
        self._session.query(f"CREATE DATABASE IF NOT EXISTS {LIST}")
        columns_sql = "(build String, number Int32, at DateTime64(6)) ENGINE = MergeTree ORDER BY at"
        self._session.query(f"CREATE TABLE IF NOT EXISTS {LIST}.{SHOWN} {columns_sql}")
        moment = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
        self._session.query(f"INSERT INTO {LIST}.{SHOWN} VALUES ('{build}', {SCHEMA}, '{moment}')")
        question_sql = f"SELECT build FROM {LIST}.{SHOWN} WHERE number = {SCHEMA} ORDER BY at DESC"
        return str(self._session.query(question_sql, "TSV")).split()

    def take_off(self, build: str) -> None:
        """Delete its rows."""
        self._session.query(f"DELETE FROM {LIST}.{SHOWN} WHERE build = '{build}'")

    def drop(self, schema: str) -> None:
        """Throw a database away."""
        self._session.query(f"DROP DATABASE IF EXISTS {schema}")

    def close(self) -> None:
        """Close the folder."""
        self._session.close()


KINDS: dict[str, type[Postgres] | type[ClickHouse]] = {"postgresql": Postgres, "chdb": ClickHouse}


def _opened(address: str) -> Warehouse:
    kind = address.split(":", 1)[0]
    if kind not in KINDS:
        raise ContractError(f"the warehouse: expected {' or '.join(KINDS)}://…; came {kind[:40]!r}")
    return KINDS[kind](address)
