"""The one place that opens the database.

The awkward facts: a DuckDB connection shared by threads fails, a cursor per call does not; and a file
replaced under an open connection answers with old numbers, so each build has its own file and caches
are keyed by build, never by the clock.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

DATA = Path(os.environ.get("COHESION_DATA", Path(__file__).parent.parent / "data"))
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
}


class NoBuildError(Exception):
    """There is no database to show yet, and none could be made from `data/tidy`."""


def build_id(*, data: Path | None = None) -> str:
    """Return the id of the build on show; raise `NoBuildError` when there is none."""
    pointer = (data or DATA) / "build" / "current.json"
    try:
        current = json.loads(pointer.read_text(encoding="utf-8"))
        if (pointer.parent / current["file"]).is_file():
            return str(current["build"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise NoBuildError(f"no build under {pointer.parent}")


@lru_cache(maxsize=4)
def _connection(build: str, folder: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(folder / f"cohesion-{build}.duckdb"), read_only=True, config=_OFFLINE)


def rows(
    sql: str, parameters: dict[str, Any] | None = None, *, build: str, data: Path | None = None
) -> list[dict[str, Any]]:
    """Run one question against a build and return its rows as dictionaries; parameters are bound, never written in."""
    with _connection(build, (data or DATA) / "build").cursor() as cursor:
        cursor.execute(sql, parameters or {})
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
