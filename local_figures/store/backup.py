"""A workspace in one file and back again, the same from SQLite and from PostgreSQL.

The awkward fact: a backup holds everything in the clear, so it is written for its owner alone. Whoever keeps it
keeps the figures: deleting in the store does not reach it. One that is killed half-way leaves figures behind too: so it
stands in the audit table before its file is begun, and the next one deletes what is left.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Boolean, Column, Integer, String, Table, func, insert, select

from cohesion.errors import OF_DAMAGED_ARCHIVES
from cohesion.files import begun, left_behind
from local_figures import places
from local_figures.checking.cells import Place, meaning
from local_figures.control.model import Hidden
from local_figures.store import schema
from local_figures.store.editions import (
    APPROVER,
    LARGEST_NUMBER,
    LEAST_DAYS,
    MOST_DAYS,
    ROLES,
    Act,
    RefusedError,
    demand,
    hold,
    is_person,
    note,
)
from local_figures.store.engine import Store
from local_figures.store.schema import GROUP, PERSON, PRIVATE
from local_figures.templates import lists_of_pages, named, templates

FORM = "cohesion-local-1"
FIRST_FORM: dict[str, dict[str, Any]] = {  # what a backup of the first days leaves out
    "edition": {"level": PRIVATE, "also_by": []},
    "member": {"kind": PERSON},
    "audit": {"whom": None},
}
LATER = (schema.acceptance,)  # tables that a backup of the first days has not
_MOMENTS = tuple(
    (table.name, column.name)
    for table in schema.TABLES
    for column in table.c
    if column.name in ("at", "made_at", "uploaded_at", "settled_at")
)
_LARGEST = 400_000_000  # bytes of one part unpacked


def backup(store: Store, act: Act, file: Path) -> int:
    """Write every row of a workspace to a new file, for an approver; it is there whole or not at all.

    Return how many files were deleted that an earlier one, broken off, had left beside it.
    """
    if file.exists():
        raise RefusedError("local.refused.file_exists")
    if not file.parent.is_dir():
        raise NotADirectoryError
    _note(store, act)
    unfinished = left_behind(file.parent, of=file.name)
    for earlier in unfinished:
        earlier.unlink(missing_ok=True)
    with begun(file, for_owner=True) as stream:
        _write(store, act, stream)
    return len(unfinished)


def content(store: Store, act: Act) -> bytes:
    """Return a backup of a workspace, for an approver, without writing it anywhere."""
    _note(store, act)
    stream = BytesIO()
    _write(store, act, stream)
    return stream.getvalue()


def _note(store: Store, act: Act) -> None:
    """Keep that a backup is taken, for good, before any of it leaves the store."""
    with store.within(act.workspace) as connection:
        demand(connection, act, APPROVER)
        note(connection, act, "backed up")


def _write(store: Store, act: Act, stream: IO[bytes]) -> None:
    with store.within(act.workspace) as connection, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        demand(connection, act, APPROVER)  # the workspace is locked: nothing changes between two tables
        archive.writestr("form", FORM)
        for table in schema.TABLES:
            records = connection.execute(select(table).where(table.c.workspace == act.workspace))
            rows = [json.dumps(dict(row._mapping), ensure_ascii=False) for row in records]
            archive.writestr(_file(table), "\n".join(rows))


def restore(store: Store, act: Act, file: Path | IO[bytes]) -> int:
    """Bring a workspace back from its file and return how many rows it has; refused where it exists."""
    rows = _read(file)
    _demand_cells(rows["line"], act)
    if {row["workspace"] for rows_of_table in rows.values() for row in rows_of_table} != {act.workspace}:
        raise RefusedError("local.refused.other_backup")
    with store.within(act.workspace) as connection:
        there = select(func.count()).where(schema.workspace.c.workspace == act.workspace)
        if connection.scalar(there):
            raise RefusedError("local.refused.workspace_exists")
        areas = rows["workspace"][0]["areas"]
        for table in schema.TABLES:
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])
        hold(connection, act, areas if isinstance(areas, list) else [])
        demand(connection, act, APPROVER)  # of the workspace as it comes back
        note(connection, act, "restored")
    return sum(map(len, rows.values()))


def _read(file: Path | IO[bytes]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a backup by their table, as the store would have written them; refuse any other."""
    try:
        with zipfile.ZipFile(file) as archive:
            form = _part(archive, "form", at_most=100).decode()
            if form != FORM:
                other = re.fullmatch(r"cohesion-local-[0-9]{1,9}", form)
                raise RefusedError("local.refused.backup_version" if other else "local.refused.no_backup")
            there = [table for table in schema.TABLES if table not in LATER or _file(table) in archive.namelist()]
            parts = dict.fromkeys(schema.TABLES, "")
            parts |= {table: _part(archive, _file(table), at_most=_LARGEST).decode() for table in there}
        rows = {
            table.name: [json.loads(line, parse_constant=_no_number) for line in part.split("\n") if line]
            for table, part in parts.items()
        }
        for name, then in FIRST_FORM.items():
            rows[name] = [then | row if isinstance(row, dict) else row for row in rows[name]]
    except (*OF_DAMAGED_ARCHIVES, OSError, ValueError, KeyError, RecursionError) as error:
        raise RefusedError("local.refused.no_backup") from error
    if not all(_fits(row, table) for table in schema.TABLES for row in rows[table.name]) or not _means(rows):
        raise RefusedError("local.refused.no_backup")
    return rows


def _file(table: Table) -> str:
    return f"{table.name}.jsonl"


def _part(archive: zipfile.ZipFile, name: str, *, at_most: int) -> bytes:
    """Return a part unpacked, and no further: the size that an archive tells of itself may be a lie."""
    with archive.open(name) as stream:
        content = stream.read(at_most + 1)
    if len(content) > at_most:
        raise ValueError(name)
    return content


def _no_number(name: str) -> float:
    raise ValueError(name)  # NaN and Infinity, which no database takes for JSON


def _fits(row: object, table: Table) -> bool:
    """Return whether a row has the columns of its table, each of its kind and no longer than it may be."""
    if not isinstance(row, dict) or set(row) != {column.name for column in table.c}:
        return False
    return all(_is_of(row[column.name], column) for column in table.c)


def _is_of(value: object, column: Column[Any]) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, Integer):
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_NUMBER
    if isinstance(column.type, Boolean):
        return isinstance(value, bool)
    if isinstance(column.type, String):
        length = column.type.length
        return isinstance(value, str) and "\x00" not in value and (length is None or len(value) <= length)
    return isinstance(value, list | dict)


def _means(rows: dict[str, list[dict[str, Any]]]) -> bool:
    """Return whether rows say what the store can mean: roles, states, days, areas, cells and what was hidden."""
    templates_known = {*templates(), *lists_of_pages()}
    return (
        all(LEAST_DAYS <= row["keep_days"] <= MOST_DAYS and _are_areas(row["areas"]) for row in rows["workspace"])
        and all(row["role"] in ROLES and row["kind"] in (PERSON, GROUP) for row in rows["member"])
        and all(is_person(row["person"]) for row in rows["member"])
        and all(row["status"] in schema.STATES and row["level"] in schema.LEVELS for row in rows["edition"])
        and all(row["template"] in templates_known for row in rows["edition"])
        and all(isinstance(row["also_by"], list) and _are_texts(row["also_by"]) for row in rows["edition"])
        and all(_is_mask(row["mask"], is_shown=row["seen"]) for row in rows["edition"])
        and all(isinstance(row["cells"], dict) and _are_texts(row["cells"].values()) for row in rows["line"])
        and all(row["template"] in templates_known for row in rows["line"])
        and all(_is_moment(row[name]) for table, name in _MOMENTS for row in rows[table])
    )


def _demand_cells(lines: Iterable[dict[str, Any]], act: Act) -> None:
    """Refuse rows whose cells their template would not keep so: what shows them takes numbers and days for granted."""
    place = Place(today=act.now.date(), areas=places.authorities())
    for one in lines:
        template, cells = named(one["template"]), one["cells"]
        if set(cells) != set(template.names) or any(
            meaning(cells[column.name], column, place) != cells[column.name] for column in template.columns
        ):
            raise RefusedError("local.refused.backup_row", template=template.key, number=one["number"], row=one["line"])


def _is_moment(text: str | None) -> bool:
    try:
        return text is None or datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _are_areas(areas: object) -> bool:
    return isinstance(areas, list) and _are_texts(areas) and set(areas) <= places.authorities()


def _is_mask(mask: object, *, is_shown: bool) -> bool:
    """Return whether this is what was hidden: None for what nobody saw, else cells that each end in a reason."""
    if not is_shown or not isinstance(mask, list):
        return mask is None and not is_shown
    reasons = {reason.value for reason in Hidden}
    return all(isinstance(cell, list) and cell and _are_texts(cell) and cell[-1] in reasons for cell in mask)


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(one, str) and "\x00" not in one for one in values)
