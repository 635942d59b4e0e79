"""The one place that opens the database.

The awkward facts: a DuckDB connection shared by threads fails, a cursor per call does not; and a file
replaced under an open connection answers with old numbers, so each build has its own file and caches
are keyed by build, never by the clock. Where a warehouse is named (`COHESION_WAREHOUSE`, docs/scale.md) it is asked
instead; when it is away, the builds on this machine answer as they did before.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import duckdb

from cohesion.builds import FETCHED, SCHEMA, SETTING
from cohesion.files import sha256_of
from dashboard import memory

log = logging.getLogger("cohesion")
HERE = Path(__file__).parent
DATA = Path(os.environ.get("COHESION_DATA", HERE.parent / "data"))
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
}

WAREHOUSE = os.environ.get(SETTING, "")
_LAST: dict[str, str] = {}
_BUILD = re.compile(r"[0-9a-f]{6,64}")


# Of the warehouse; only a build for newer code, or of older code; half a build; nothing yet.
Absence = Literal["away", "newer", "older", "not_whole", "none"]


class NoBuildError(Exception):
    """There is no database to show yet, and none could be made from `data/tidy`."""


def build_id(*, data: Path | None = None) -> str:
    """Return the id of the build on show; raise `NoBuildError` when there is none.

    Where the one that the pointer names is damaged, has not arrived whole, or was made by other code, it is the last
    good one: that which this process showed before, or else the newest. Where the folder itself is gone, as a mounted
    one may be, it is the one that this process has open.
    """
    if data is None and (build := _build_of_warehouse()):
        return _on_show(build)
    folder = (data or DATA) / "build"
    current = _note(folder / "current.json")
    if not _is_good(current, folder):
        current = next((note for note in _newest_first(folder, last_first=data is None) if _is_good(note, folder)), {})
    if not current and data is None and (build := _build_still_open(folder)):
        return build
    if not current:
        raise NoBuildError(f"no whole build under {folder}")
    if data is None:
        _LAST.pop("gone", None)
    return _on_show(str(current["build"])) if data is None else str(current["build"])


def _note(path: Path) -> dict[str, Any]:
    """Return what a note or the pointer says, {} where it cannot be read."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return note if isinstance(note, dict) else {}


def _is_good(note: dict[str, Any], folder: Path) -> bool:
    """Tell whether this code knows the questions of a build, and its file lies there as it was made."""
    try:
        database = folder / note["file"]
        status = database.stat()
        whole = _digest(database, status.st_size, status.st_mtime_ns) == note["sha256"]
        return bool(whole and note["build"]) and _schema(note) == SCHEMA
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _schema(note: dict[str, Any]) -> int:
    """Return the number of a build's questions: 0 of the first, which bear none, and of one that cannot be read."""
    try:
        return int(note.get("schema", 0))
    except (ValueError, TypeError):
        return 0


def _newest_first(folder: Path, *, last_first: bool) -> Iterator[dict[str, Any]]:
    """Yield the note of the build that this process showed last, where `last_first`, and then of every other."""
    try:
        paths = sorted(folder.glob("cohesion-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:  # a mount that is dead, or a note that went while it was looked at
        paths = []
    last = f"cohesion-{_LAST.get('build', '')}"
    yield from map(_note, sorted(paths, key=lambda path: not (last_first and path.stem == last)))


def _build_still_open(folder: Path) -> str:
    """Return the build that this process showed last where its file is gone and can be read all the same; else ""."""
    build = _LAST.get("build", "")
    if not build or os.path.exists(folder / f"cohesion-{build}.duckdb"):  # noqa: PTH110 - of a dead mount it says False
        return ""
    try:
        _answer("SELECT count(*) FROM source", None, build=build, data=folder.parent)
    except duckdb.Error:
        return ""
    if _LAST.get("gone") != build:
        _LAST["gone"] = build
        log.warning("%s cannot be read; build %s goes on from what this process has open", folder, build)
    return build


def is_gone() -> bool:
    """Tell whether the folder of the builds cannot be read at present, so that what is open of the last goes on."""
    return "gone" in _LAST


def is_torn() -> bool:
    """Tell whether newer figures lie there that have not arrived whole, so that earlier ones are shown."""
    pointer, folder = _note(DATA / "build" / "current.json"), DATA / "build"
    is_ours = not pointer or _schema(pointer) == SCHEMA
    return not WAREHOUSE and is_ours and not _is_good(pointer, folder)


def is_behind() -> bool:
    """Tell whether newer figures lie there that only newer code can read."""
    return _schema(_note(DATA / "build" / "current.json")) > SCHEMA


def absence() -> Absence:
    """Return why there is no build at all, as far as what lies there tells: "none" where nobody has made one yet."""
    if WAREHOUSE:
        return "away"
    if is_behind():
        return "newer"
    folder = DATA / "build"
    pointer = _note(folder / "current.json")
    if pointer and _schema(pointer) < SCHEMA:
        return "older"
    begun = os.path.exists(folder / "current.json") or any(_newest_first(folder, last_first=True))  # noqa: PTH110 - as above
    return "not_whole" if is_torn() and (begun or os.environ.get(FETCHED)) else "none"


def _on_show(build: str) -> str:
    """Return the build on show; what was remembered of the one before it goes."""
    if _LAST.get("build", build) != build:
        memory.forget()
    _LAST["build"] = build
    return build


def is_held(build: str, *, data: Path | None = None) -> bool:
    """Tell whether a build, on show or an earlier one, is held whole: its file is as the note beside it says."""
    database = (data or DATA) / "build" / f"cohesion-{build}.duckdb"
    if not _BUILD.fullmatch(build):
        return False
    try:
        noted = json.loads(database.with_suffix(".json").read_text(encoding="utf-8"))
        status = database.stat()
        return bool(_digest(database, status.st_size, status.st_mtime_ns) == noted["sha256"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


@lru_cache(maxsize=8)
def _digest(database: Path, _size: int, _changed: int) -> str:
    """Return a file's SHA-256, read once for as long as its size and time of change stay as they are."""
    return sha256_of(database)


@memory.remembered(most=4)
def _connection(build: str, folder: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(folder / f"cohesion-{build}.duckdb"), read_only=True, config=_OFFLINE)


@cache
def question(name: str) -> str:
    """Return the text of a question in `dashboard/sql`, in those of DuckDB's words that other engines have too."""
    return (HERE / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def rows(
    sql: str, parameters: dict[str, Any] | None = None, *, build: str, data: Path | None = None
) -> list[dict[str, Any]]:
    """Run one question against a build and return its rows as dictionaries; parameters are bound, never written in."""
    names, answer = _answer(sql, parameters, build=build, data=data)
    return [dict(zip(names, row, strict=True)) for row in answer]


def tuples(
    sql: str, parameters: dict[str, Any] | None = None, *, build: str, data: Path | None = None
) -> list[tuple[Any, ...]]:
    """Run one question as `rows` does, and return its rows as they come: for thousands of them."""
    return _answer(sql, parameters, build=build, data=data)[1]


def columns(sql: str, *, build: str) -> tuple[str, ...]:
    """Return the columns that the answer to a question has, without asking for its rows."""
    return tuple(_answer(f"SELECT * FROM ({sql}) AS asked LIMIT 0", None, build=build, data=None)[0])


def _answer(
    sql: str, parameters: dict[str, Any] | None, *, build: str, data: Path | None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    if data is None and (answer := _answer_of_warehouse(sql, parameters or {}, build=build)):
        return answer
    with _connection(build, (data or DATA) / "build").cursor() as cursor:
        cursor.execute(sql, parameters or {})
        return [column[0] for column in cursor.description or ()], cursor.fetchall()


def _build_of_warehouse() -> str:
    """Return the build that the warehouse has on show, "" where none is named or it is away."""
    if not WAREHOUSE:
        return ""
    from dashboard import warehouse  # noqa: PLC0415 - its packages are for those who use it

    try:
        return warehouse.build_on_show(WAREHOUSE)
    except warehouse.AwayError:
        return ""


def _answer_of_warehouse(
    sql: str, bound: dict[str, Any], *, build: str
) -> tuple[list[str], list[tuple[Any, ...]]] | None:
    """Return the warehouse's answer; None where none is named, or it is away and this machine holds the build."""
    if not WAREHOUSE:
        return None
    from dashboard import warehouse  # noqa: PLC0415

    try:
        return warehouse.answer(WAREHOUSE, sql, bound, build=build)
    except warehouse.AwayError as error:
        if is_held(build):
            return None
        raise NoBuildError(f"the warehouse is away ({error}), and build {build} is not held here") from None
