"""Another engine behind the store's door: PostgreSQL, or ClickHouse inside this process (`COHESION_WAREHOUSE`).

The awkward facts: a question is written once, in DuckDB's words, and translated; ClickHouse wants the type of
whatever is bound, gives 0 for what a join does not find, and knows no multiple of an interval. And an engine may be
away: whoever waits for it at each question keeps every reader waiting, so it is left alone for a while.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from threading import Lock
from typing import Any, Protocol

import psycopg
import sqlglot
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlglot import exp

from cohesion.builds import LIST, SCHEMA, SHOWN, schema_of
from cohesion.errors import first_line

log = logging.getLogger(__name__)
Bound = Mapping[str, Any]
Answer = tuple[list[str], list[tuple[Any, ...]]]
Types = tuple[tuple[str, str], ...]
UNKNOWN = re.compile(r"^Code: (60|81)\.")  # what ClickHouse says of a table and of a database that it does not have
PATIENCE = 3  # seconds for a connection
LEFT_ALONE = 15.0  # seconds in which an engine that was away is not asked
POINTER_KEPT = 1.0  # seconds for which the build on show is not asked for again
ON_SHOW = f"SELECT build FROM {LIST}.{SHOWN} WHERE number = {SCHEMA} ORDER BY at DESC LIMIT 1"


class AwayError(Exception):
    """The engine does not answer, or holds no build: why, in its own words."""


class NotHeldError(AwayError):
    """The engine answers, and does not hold the build that it was asked for: no reason to leave it alone."""


class Engine(Protocol):
    """A database that answers a translated question."""

    dialect: str

    def run(self, sql: str, bound: Bound) -> Answer:
        """Return the names of the columns and the rows; raise `AwayError` when it does not answer."""
        ...


class Postgres:
    """PostgreSQL, by a pool of connections; values are bound by its client, which alone knows their types."""

    dialect = "postgres"

    def __init__(self, address: str) -> None:
        """Connect when the first question comes."""
        options = {"cursor_factory": psycopg.ClientCursor, "connect_timeout": PATIENCE, "autocommit": True}
        driver = address.replace("postgresql://", "postgresql+psycopg://", 1)
        self._pool = create_engine(driver, connect_args=options, pool_size=8, max_overflow=24, pool_pre_ping=True)

    def run(self, sql: str, bound: Bound) -> Answer:
        """Ask one question."""
        try:
            connection = self._pool.raw_connection()
        except (psycopg.Error, SQLAlchemyError) as error:
            raise AwayError(first_line(error)) from None
        try:
            cursor = connection.cursor()
            cursor.execute(sql, dict(bound))
            return [column[0] for column in cursor.description or ()], list(cursor.fetchall())
        except psycopg.errors.UndefinedTable as error:
            raise NotHeldError(first_line(error)) from None
        except psycopg.OperationalError as error:
            connection.invalidate()
            raise AwayError(first_line(error)) from None
        finally:
            connection.close()


class ClickHouse:
    """ClickHouse inside this process, over a folder (`chdb`, from PyPI): the words that a cluster of it answers to."""

    dialect = "clickhouse"
    SETTINGS = "SETTINGS join_use_nulls = 1, output_format_arrow_string_as_string = 1"

    def __init__(self, address: str) -> None:
        """Open the folder; raise `AwayError` where the package is not there."""
        try:
            self._session = import_module(".session", "chdb").Session(address.removeprefix("chdb://"))
        except ImportError as error:
            raise AwayError(first_line(error)) from None
        self._arrow = import_module("pyarrow")
        self._one_at_a_time = Lock()

    def run(self, sql: str, bound: Bound) -> Answer:
        """Ask one question."""
        literals = {name: _literal(value) for name, value in bound.items()}
        try:
            with self._one_at_a_time:
                stream = self._session.query(f"{sql} {self.SETTINGS}", "ArrowStream", params=literals).bytes()
        except RuntimeError as error:
            kind = NotHeldError if UNKNOWN.search(str(error)) else AwayError
            raise kind(first_line(error)) from None
        table = self._arrow.ipc.open_stream(stream).read_all()
        return list(table.column_names), list(zip(*(column.to_pylist() for column in table.columns), strict=True))


ENGINES: dict[str, type[Postgres] | type[ClickHouse]] = {"postgresql": Postgres, "chdb": ClickHouse}


def answer(address: str, sql: str, bound: Bound, *, build: str) -> Answer:
    """Ask a question in DuckDB's words of the tables of a build; raise `AwayError` when it is not answered."""
    one = engine(address)
    kinds = tuple(sorted((name, _type(value)) for name, value in bound.items()))
    return _answer_of(address, translated(sql, dialect=one.dialect, schema=schema_of(build), types=kinds), bound)


def build_on_show(address: str) -> str:
    """Return the build that was put on show last; raise `AwayError` when there is none or nobody answers."""
    at, build = _SHOWN.get(address, (-POINTER_KEPT, ""))
    if time.monotonic() - at > POINTER_KEPT:
        _, rows = _answer_of(address, ON_SHOW, {})
        if not rows:
            raise AwayError("it holds no build that this code can read")
        build = str(rows[0][0])
        _SHOWN[address] = (time.monotonic(), build)
    return build


@cache
def engine(address: str) -> Engine:
    """Return the engine of an address; raise `ValueError` for one that is not known."""
    kind = address.split(":", 1)[0]
    if kind not in ENGINES:
        raise ValueError(f"COHESION_WAREHOUSE: expected {' or '.join(ENGINES)}://…; came {kind[:40]!r}")
    return ENGINES[kind](address)


_SHOWN: dict[str, tuple[float, str]] = {}
_AWAY: dict[str, tuple[float, str]] = {}


def _answer_of(address: str, sql: str, bound: Bound) -> Answer:
    """Ask, unless it was away a moment ago."""
    since, why = _AWAY.get(address, (-LEFT_ALONE, ""))
    if time.monotonic() - since < LEFT_ALONE:
        raise AwayError(why)
    try:
        return engine(address).run(sql, bound)
    except NotHeldError:
        raise
    except AwayError as error:
        _AWAY[address] = (time.monotonic(), str(error))
        log.warning("the warehouse does not answer: %s", error)
        raise


@lru_cache(maxsize=512)
def translated(sql: str, *, dialect: str, schema: str, types: Types = ()) -> str:
    """Return a question in another dialect, its tables named with their schema; raise where it cannot be said there."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    inner = {cte.alias for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if not table.db and table.name not in inner:
            table.set("db", exp.to_identifier(schema))
    if dialect == ClickHouse.dialect:
        tree = tree.transform(_clickhouse, dict(types))
    return str(tree.sql(dialect, unsupported_level=sqlglot.ErrorLevel.RAISE))


def _clickhouse(node: exp.Expression, types: Mapping[str, str]) -> exp.Expression:
    """Return a part of a question as ClickHouse wants it: values with their type, months inside the interval."""
    if isinstance(node, exp.Placeholder):
        return exp.Placeholder(this=node.name, kind=types.get(node.name, "String"))
    if isinstance(node, exp.Mul) and isinstance(node.expression, exp.Interval):
        return exp.Interval(this=node.this, unit=node.expression.unit)
    if isinstance(node, exp.GroupConcat):  # which has no order there: its words are sorted once they are together
        words = node.this.this if isinstance(node.this, exp.Order) else node.this
        together = exp.func("arraySort", exp.func("groupArray", words))
        return exp.Anonymous(this="arrayStringConcat", expressions=[together, node.args["separator"]])
    return node


def _type(value: object) -> str:
    """Return what ClickHouse calls the type of a value."""
    if isinstance(value, list | tuple):
        return f"Array({_type(value[0]) if value else 'String'})"
    kinds = {type(None): "Nullable(String)", bool: "Bool", int: "Int64", float: "Float64", date: "Date32"}
    return kinds.get(type(value), "String")


def _literal(value: object) -> object:
    """Return a value as ClickHouse reads it in the place of a parameter."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(_quoted(one) for one in value)}]"
    if value is None:
        return r"\N"
    return value.isoformat() if isinstance(value, date) else value


def _quoted(value: object) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value)
    escaped = text.replace("\\", r"\\").replace("'", r"\'")
    return f"'{escaped}'" if isinstance(value, str | date) else text
