"""A workspace in one file and back again, the same from SQLite and from PostgreSQL.

The awkward fact: a backup holds everything in the clear, so it is written for its owner alone. Whoever keeps it
keeps the figures: deleting in the store does not reach it.
"""

from __future__ import annotations

import json
import os
import secrets
import zipfile
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from local_figures.store import schema
from local_figures.store.editions import APPROVER, Act, RefusedError, demand, hold, note
from local_figures.store.engine import Store
from local_figures.store.schema import PRIVATE

FORM = "cohesion-local-1"
FIRST_FORM = {"level": PRIVATE}  # what a backup of the first days does not say of an edition
_LARGEST = 2_000_000_000  # bytes unpacked


def backup(store: Store, act: Act, file: Path) -> None:
    """Write every row of a workspace to a new file, for an approver; it is there whole or not at all."""
    if file.exists():
        raise RefusedError("local.refused.file_exists")
    begun = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        with store.within(act.workspace) as connection:
            demand(connection, act, APPROVER)
            note(connection, act, "backed up")
            _write(connection, act, begun)
        begun.replace(file)
    finally:
        begun.unlink(missing_ok=True)


def _write(connection: Connection, act: Act, file: Path) -> None:
    stream = os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb")
    with stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("form", FORM)
        for table in schema.TABLES:
            found = connection.execute(select(table).where(table.c.workspace == act.workspace))
            rows = [json.dumps(dict(row._mapping), ensure_ascii=False) for row in found]
            archive.writestr(f"{table.name}.jsonl", "\n".join(rows))


def restore(store: Store, act: Act, file: Path) -> int:
    """Bring a workspace back from its file and return how many rows it has; refused where it exists."""
    rows = _read(file)
    if {row["workspace"] for found in rows.values() for row in found} != {act.workspace}:
        raise RefusedError("local.refused.other_backup")
    with store.within(act.workspace) as connection:
        there = select(func.count()).where(schema.workspace.c.workspace == act.workspace)
        if connection.scalar(there):
            raise RefusedError("local.refused.workspace_exists")
        held = rows["workspace"][0]["areas"]
        for table in schema.TABLES:
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])
        hold(connection, act, held if isinstance(held, list) else [])
        demand(connection, act, APPROVER)  # of the workspace as it comes back
        note(connection, act, "restored")
    return sum(map(len, rows.values()))


def _read(file: Path) -> dict[str, list[dict[str, object]]]:
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.read("form").decode() != FORM or sum(part.file_size for part in archive.infolist()) > _LARGEST:
                raise RefusedError("local.refused.no_backup")
            parts = {table.name: archive.read(f"{table.name}.jsonl").decode() for table in schema.TABLES}
        rows = {name: [json.loads(line) for line in part.split("\n") if line] for name, part in parts.items()}
        rows["edition"] = [FIRST_FORM | row for row in rows["edition"]]
        if any(
            set(row) != {c.name for c in schema.metadata.tables[name].c}
            for name, found in rows.items()
            for row in found
        ):
            raise RefusedError("local.refused.no_backup")
    except (zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise RefusedError("local.refused.no_backup") from error
    return rows
