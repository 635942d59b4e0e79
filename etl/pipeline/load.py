"""From the tidy tables to one database file per build, and the pointer that names the build on show.

The awkward fact: a DuckDB file replaced under an open connection goes on answering with the old numbers. So a build
never overwrites: it makes `cohesion-<build>.duckdb` and swaps `current.json`. And a file may be damaged or another's
under the right name: each build has a note beside it with its digest, and one that does not agree is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

import duckdb
import pandas as pd

from cohesion.builds import SCHEMA
from cohesion.files import left_behind, sha256_of, written_whole
from etl.contract import TIDY_COLUMNS, ContractError, Problem
from etl.pipeline.disk import OF_DUCKDB, disk_in_words
from etl.pipeline.lock import PATIENCE_OF_A_BUILD, only_one
from etl.pipeline.tables import FILES, REFERENCE, Tables, read_tables

HERE = Path(__file__).parent
RULES = ("schema.sql", "sums.sql", "packed.sql")  # in the order in which a build runs them
KEPT_BUILDS = 3
LARGE_TABLE = 2_000_000  # bytes
TRIES = 3  # how often a build begins anew because a table changed while it was made


def build_id(*, data: Path) -> str:
    """Return the identity of a build: the hash of every table, origin, and of the rules that load them."""
    digest = hashlib.sha256()
    reference = [path for kind in ("csv", "toml") for path in sorted((data / "reference").glob(f"*.{kind}"))]
    inputs = [*reference, *sorted((data / "tidy").glob("*.*"))]
    for path in [*inputs, *(HERE / name for name in RULES)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def build(*, data: Path) -> str:
    """Build the database from `data` unless that very build is whole, put it on show, and return its id.

    Nothing is written where the right build is on show already, so that a read-only folder can be served. Raises
    `ContractError` and leaves the build on show untouched when any table breaks its contract, the disk is full or
    may not be written, or another command holds the folder for longer than a build takes.
    """
    with disk_in_words():
        identity = build_id(data=data)
    if _is_on_show(identity, data=data):
        return identity
    with only_one(data=data, doing="a build", patience=PATIENCE_OF_A_BUILD):
        return build_under_lock(data=data)


def build_under_lock(*, data: Path) -> str:
    """Do what `build` does; the caller holds the lock of the folder."""
    with disk_in_words():
        _sweep(data / "build")
        for _ in range(TRIES):
            identity = build_id(data=data)
            target = build_file(identity, data=data)
            if not is_whole(target):
                _make(target, tables=read_tables(data=data), identity=identity)
            if build_id(data=data) == identity:  # else a table changed while it was read: the name would be a lie
                _put_on_show(target)
                return identity
    raise ContractError("data/tidy: expected no change while it was read; came one at every try; run it again")


def check(*, data: Path) -> Tables:
    """Read all tables and load them into a database in memory; raise `ContractError` with every problem found."""
    with disk_in_words():
        tables = read_tables(data=data)
        with duckdb.connect() as con:
            _fill(con, tables=tables, identity=build_id(data=data))
    return tables


def figures(*, data: Path, beside: Path | None = None, derived_alone: bool = False) -> pd.DataFrame:
    """Return every figure of a data folder as text, or those alone that are `derived`: that we make of published ones.

    They come out of its build where that is whole, in the folder or `beside` it: no table is read and checked again.
    """
    with disk_in_words(), duckdb.connect() as con:
        identity = build_id(data=data)
        builds = (build_file(identity, data=folder) for folder in (data, beside) if folder)
        database = next((one for one in builds if is_whole(one)), None)
        if database:
            path = str(database).replace("'", "''")
            con.execute(f"ATTACH '{path}' AS made (READ_ONLY)")
            con.execute("USE made")
        else:
            _fill(con, tables=read_tables(data=data), identity=identity)
        columns = ", ".join(f"coalesce(CAST({c} AS TEXT), '') AS {c}" for c in TIDY_COLUMNS)
        where = "WHERE derived" if derived_alone else ""
        return con.execute(f"SELECT {columns}, derived FROM observation {where}").df()


def large_tables(*, data: Path) -> list[str]:
    """Return a line for each table that has grown too large to be looked through in git: nothing is wrong with it."""
    sizes = {path.name: path.stat().st_size for path in sorted((data / "tidy").glob("*.csv"))}
    return [
        f"{name}: {size:,} bytes, more than {LARGE_TABLE:,}: at the next change of its module make two tables of it"
        for name, size in sizes.items()
        if size > LARGE_TABLE
    ]


def build_file(identity: str, *, data: Path) -> Path:
    """Return where the database of a build lies."""
    return data / "build" / f"cohesion-{identity}.duckdb"


def note_of(database: Path) -> Path:
    """Return the note beside a database: its build, number of the schema, file name, SHA-256 and number of figures."""
    return database.with_suffix(".json")


def is_whole(database: Path) -> bool:
    """Tell whether a database is the one that was made: its note is its own, and its digest is that of the file."""
    try:
        note = json.loads(note_of(database).read_text(encoding="utf-8"))
        named = (note["file"], note["build"]) == (database.name, database.stem.removeprefix("cohesion-"))
        return named and bool(sha256_of(database) == note["sha256"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def keep_on_show(*, data: Path) -> str:
    """Put the newest whole build on show where the one on show is damaged or gone; return the id on show, or "".

    For a start whose tables are broken: yesterday's figures are better than none.
    """
    folder = data / "build"
    on_show = _pointer(folder)
    if on_show and is_whole(folder / str(on_show["file"])):
        return str(on_show["build"])
    for database in _newest_first(folder):
        if is_whole(database):
            with only_one(data=data, doing="a start", patience=PATIENCE_OF_A_BUILD), disk_in_words():
                _point_to(database)
            return database.stem.removeprefix("cohesion-")
    return ""


def _is_on_show(identity: str, *, data: Path) -> bool:
    on_show, target = _pointer(data / "build"), build_file(identity, data=data)
    return on_show.get("build") == identity and on_show.get("file") == target.name and is_whole(target)


def _pointer(folder: Path) -> dict[str, object]:
    try:
        content = json.loads((folder / "current.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) and {"build", "file"} <= set(content) else {}


def _sweep(folder: Path) -> None:
    """Throw away what killed builds left behind; whoever holds the lock is the only one who builds."""
    databases = (path for pattern in ("cohesion-*.tmp", "cohesion-*.tmp.wal") for path in folder.glob(pattern))
    for unfinished in (*databases, *left_behind(folder)):
        unfinished.unlink(missing_ok=True)


def _make(target: Path, *, tables: Tables, identity: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}.tmp")
    note_of(target).unlink(missing_ok=True)  # without it the file under this name counts as no build
    try:
        with duckdb.connect(str(unfinished)) as con:
            _fill(con, tables=tables, identity=identity)
            con.execute("CHECKPOINT")
            figures = con.execute("SELECT count(*) FROM observation").fetchall()[0][0]
    except Exception:
        for leftover in target.parent.glob(f"{unfinished.name}*"):
            with suppress(OSError):
                leftover.unlink()
        raise
    unfinished.replace(target)
    digest = sha256_of(target)
    note = {"build": identity, "schema": SCHEMA, "file": target.name, "sha256": digest, "figures": figures}
    written_whole(note_of(target), json.dumps(note).encode())


def _fill(con: duckdb.DuckDBPyConnection, *, tables: Tables, identity: str) -> None:
    schema, *after = (HERE / name for name in RULES)
    con.execute(schema.read_text(encoding="utf-8"))
    con.execute("INSERT INTO build VALUES (?)", [identity])
    for name in REFERENCE:
        _insert(con, table=name, cells=tables.reference[name])
    _insert(con, table="source", cells=pd.concat([tables.source, tables.reference_source], ignore_index=True))
    _insert(con, table="refresh", cells=tables.refresh)
    _insert(con, table="observation", cells=tables.observation.assign(derived="false"))
    for rules in after:
        con.execute(rules.read_text(encoding="utf-8"))


def _insert(con: duckdb.DuckDBPyConnection, *, table: str, cells: pd.DataFrame) -> None:
    """Insert a table, or raise `ContractError` with the row that the schema refuses."""
    try:
        _insert_rows(con, table=table, cells=cells)
    except OF_DUCKDB:
        raise
    except duckdb.Error as error:
        raise ContractError([_refused(con, table=table, cells=cells, error=error)]) from error


def _insert_rows(con: duckdb.DuckDBPyConnection, *, table: str, cells: pd.DataFrame) -> None:
    """Insert text cells by column name; a blank cell is NULL, and DuckDB casts and enforces the rest."""
    con.register("cells", cells)
    columns = ", ".join(f'"{c}"' for c in cells.columns)
    blank_is_null = ", ".join(f"nullif(\"{c}\", '')" for c in cells.columns)
    try:
        con.execute(f'INSERT INTO "{table}" ({columns}) SELECT {blank_is_null} FROM cells')
    finally:
        con.unregister("cells")


def _refused(con: duckdb.DuckDBPyConnection, *, table: str, cells: pd.DataFrame, error: duckdb.Error) -> Problem:
    """Return the first row that the schema refuses: half of what is left is tried until one row is left."""
    first, end, came = 0, len(cells), error
    while end - first > 1:
        middle = (first + end) // 2
        try:
            _insert_rows(con, table=table, cells=cells.iloc[first:middle])
            first = middle
        except duckdb.Error as refusal:
            end, came = middle, refusal
    with suppress(duckdb.Error):
        _insert_rows(con, table=table, cells=cells.iloc[first:end])
        return Problem(file=FILES[table], expected="what schema.sql allows", came=str(error).splitlines()[0])
    return Problem(file=FILES[table], row=first + 2, expected="what schema.sql allows", came=str(came).splitlines()[0])


def _put_on_show(target: Path) -> None:
    _point_to(target)
    _forget_old_builds(target.parent, keep=target)


def _point_to(target: Path) -> None:
    """Make the pointer say what the note beside the database says, unless it does so already."""
    note = json.loads(note_of(target).read_text(encoding="utf-8"))
    if _pointer(target.parent) != note:
        written_whole(target.parent / "current.json", json.dumps(note).encode())


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("cohesion-*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)


def _forget_old_builds(folder: Path, *, keep: Path) -> None:
    for old in _newest_first(folder)[KEPT_BUILDS:]:
        if old != keep:
            with suppress(OSError):  # still open in a reader on Windows: the next build tries again
                old.unlink()
                note_of(old).unlink(missing_ok=True)
