"""From the tidy tables to one database file per build, and the pointer that names the build on show.

The awkward fact: a DuckDB file replaced under an open connection goes on answering with the old
numbers. So a build never overwrites: it makes `cohesion-<build>.duckdb` and swaps `current.json`.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import duckdb
import pandas as pd

from etl.contract import ContractError
from etl.tables import REFERENCE, Tables, read_tables

HERE = Path(__file__).parent
KEPT_BUILDS = 3


def build_id(*, data: Path) -> str:
    """Return the identity of a build: the hash of every table, origin, and of the rules that load them."""
    digest = hashlib.sha256()
    reference = [path for kind in ("csv", "toml") for path in sorted((data / "reference").glob(f"*.{kind}"))]
    inputs = [*reference, *sorted((data / "tidy").glob("*.*"))]
    for path in [*inputs, HERE / "schema.sql", HERE / "sums.sql"]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def build(*, data: Path) -> str:
    """Build the database from `data` unless that very build exists, put it on show, and return its id.

    Raises `ContractError` and leaves the build on show untouched when any table breaks its contract.
    """
    identity = build_id(data=data)
    folder = data / "build"
    target = folder / f"cohesion-{identity}.duckdb"
    if not target.exists():
        tables = read_tables(data=data)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"cohesion-{identity}.{os.getpid()}.tmp"
        unfinished.unlink(missing_ok=True)
        try:
            _write_database(unfinished, tables=tables, identity=identity)
        except duckdb.Error as error:
            unfinished.unlink(missing_ok=True)
            raise ContractError(
                f"data/reference or an origin: expected what etl/schema.sql allows; came {error}"
            ) from error
        unfinished.replace(target)
    _put_on_show(folder, target=target, identity=identity)
    return identity


def _write_database(path: Path, *, tables: Tables, identity: str) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute((HERE / "schema.sql").read_text(encoding="utf-8"))
        con.execute("INSERT INTO build VALUES (?)", [identity])
        for name in REFERENCE:
            _insert(con, table=name, cells=tables.reference[name])
        _insert(con, table="source", cells=pd.concat([tables.source, tables.reference_source], ignore_index=True))
        _insert(con, table="observation", cells=tables.observation.assign(derived="false"))
        con.execute((HERE / "sums.sql").read_text(encoding="utf-8"))
        con.execute("CHECKPOINT")


def _insert(con: duckdb.DuckDBPyConnection, *, table: str, cells: pd.DataFrame) -> None:
    """Insert text cells by column name; a blank cell is NULL, and DuckDB casts and enforces the rest."""
    con.register("cells", cells)
    columns = ", ".join(f'"{c}"' for c in cells.columns)
    blank_is_null = ", ".join(f"nullif(\"{c}\", '')" for c in cells.columns)
    con.execute(f'INSERT INTO "{table}" ({columns}) SELECT {blank_is_null} FROM cells')
    con.unregister("cells")


def _put_on_show(folder: Path, *, target: Path, identity: str) -> None:
    pointer = folder / "current.json"
    unfinished = folder / f"current.{os.getpid()}.tmp"
    unfinished.write_text(json.dumps({"build": identity, "file": target.name}), encoding="utf-8")
    unfinished.replace(pointer)
    _forget_old_builds(folder, keep=target)


def _forget_old_builds(folder: Path, *, keep: Path) -> None:
    builds = sorted(folder.glob("cohesion-*.duckdb"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in builds[KEPT_BUILDS:]:
        if old != keep:
            try:
                old.unlink()
            except OSError:  # still open in a reader on Windows: the next build tries again
                continue
