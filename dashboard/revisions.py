"""What the last refresh changed, as the ETL wrote it beside the builds, and every refresh before, from the build.

The awkward fact: the report may speak of another build than the one on show, when somebody built by hand since; so it
says which build it is about, and the page can compare.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cohesion.releases import ASKED, CHANGES
from dashboard import store
from dashboard.model import Words

Key = tuple[str, ...]


class NoRefreshError(Exception):
    """No refresh was made in this data folder yet, or its report cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Revised:
    """A figure that reads differently; its key is (measure, area, first day, months, category)."""

    key: Key
    before: str
    now: str


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """How one table changed: `counts` has every kind of change in full, the lists may be cut short.

    The table `DERIVED` is none: it stands for the sums and changes that we make of published figures.

    A period is (measure, first day, months); a category (measure, category); a row its whole key.
    """

    table: str
    counts: dict[str, int]
    revised: tuple[Revised, ...]
    replaced: tuple[Key, ...]
    new_periods: tuple[Key, ...]
    lost_periods: tuple[Key, ...]
    new_rows: tuple[Key, ...]
    lost_rows: tuple[Key, ...]
    new_categories: tuple[Key, ...]
    lost_categories: tuple[Key, ...]
    new_areas: tuple[str, ...]
    lost_areas: tuple[str, ...]
    silent_areas: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Refresh:
    """The last refresh: its day, the build it made, and the tables that changed."""

    day: date
    build: str
    tables: tuple[TableChange, ...]


@dataclass(frozen=True, kw_only=True)
class Brought:
    """One table of a publication that a refresh brought in: its editions, and how many figures changed and how.

    `accepted` counts what a person looked at and took for right in the whole publication, and `why` is their reason.
    """

    refresh: int
    day: date
    publication: str
    source: str
    title: Words
    edition_before: Words
    edition: Words
    counts: dict[str, int]
    accepted: dict[str, int]
    why: str


def history(*, build: str) -> tuple[Brought, ...]:
    """Return every publication that a refresh brought in, by table, the newest first."""
    rows = store.rows(store.question("refreshes"), build=build)
    return tuple(
        Brought(
            refresh=row["refresh"],
            day=row["day"],
            publication=row["publication"],
            source=row["source"],
            title=Words(en=row["title"], cy=row["title_cy"]),
            edition_before=Words(en=row["edition_before"] or "", cy=row["edition_before_cy"] or ""),
            edition=Words(en=row["edition"] or "", cy=row["edition_cy"] or ""),
            counts={kind: row[kind] for kind in CHANGES},
            accepted={kind: row[f"accepted_{kind}"] for kind in ASKED if row[f"accepted_{kind}"]},
            why=row["why"] or "",
        )
        for row in rows
    )


def last_refresh(*, data: Path | None = None) -> Refresh:
    """Return what the last refresh (or rollback) changed; raise `NoRefreshError` when there is no report."""
    path = (data or store.DATA) / "build" / "last_refresh.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Refresh(
            day=date.fromisoformat(content["day"]),
            build=str(content["build"]),
            tables=changes_of(content),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoRefreshError(f"no report of a refresh at {path.name}") from error


def changes_of(content: dict[str, Any]) -> tuple[TableChange, ...]:
    """Return how each table changed as the ETL wrote it; raise `KeyError`, `TypeError` or `ValueError` for another."""
    return tuple(map(_table, content["tables"]))


def _table(record: dict[str, Any]) -> TableChange:

    def rows(kind: str) -> tuple[Key, ...]:
        return tuple(tuple(map(str, item)) for item in record[kind])

    def areas(kind: str) -> tuple[str, ...]:
        return tuple(map(str, record[kind]))

    return TableChange(
        table=str(record["table"]),
        counts={str(kind): int(number) for kind, number in record["counts"].items()},
        revised=tuple(Revised(key=tuple(r["key"]), before=r["old"], now=r["new"]) for r in record["revised"]),
        replaced=rows("replaced"),
        new_periods=rows("new_periods"),
        lost_periods=rows("lost_periods"),
        new_rows=rows("new_rows"),
        lost_rows=rows("lost_rows"),
        new_categories=rows("new_categories"),
        lost_categories=rows("lost_categories"),
        new_areas=areas("new_areas"),
        lost_areas=areas("lost_areas"),
        silent_areas=areas("silent_areas"),
    )
