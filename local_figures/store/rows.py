"""The one reader of the lines of editions as they were uploaded: for the door, and for rows that are typed further."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from local_figures.store import schema
from local_figures.store.engine import Store

Lines = Mapping[int, Mapping[str, str]]  # the cells of each line of a file, by its row there


@dataclass(frozen=True, kw_only=True)
class StoredEdition:
    """An edition with its lines, and what was hidden of it when it was approved (None for a draft)."""

    number: int
    status: str
    level: str
    settled_at: str | None
    lines: Lines
    mask: tuple[tuple[str, ...], ...] | None


def kept_editions(
    store: Store, workspace: str, template: str, *, numbers: Collection[int] | None = None
) -> tuple[StoredEdition, ...]:
    """Return every edition of a template, or those of some numbers, oldest first, the withdrawn ones too."""
    edition = schema.edition
    own: tuple[ColumnElement[bool], ...] = (edition.c.workspace == workspace, edition.c.template == template)
    if numbers is not None:
        own = (*own, edition.c.number.in_(numbers))
    with store.reading(workspace) as connection:
        rows = connection.execute(select(edition).where(*own).order_by(edition.c.number)).all()
        every = lines(connection, workspace, template, numbers=numbers)
    return tuple(
        StoredEdition(
            number=one.number,
            status=one.status,
            level=schema.narrowed(one.level, template),
            settled_at=one.settled_at,
            lines=every.get(one.number, {}),
            mask=tuple(tuple(cell) for cell in one.mask) if one.seen else None,
        )
        for one in rows
    )


def lines(
    connection: Connection, workspace: str, template: str, *, numbers: Collection[int] | None = None
) -> Mapping[int, Lines]:
    """Return the lines of every edition of a template, or of those of some numbers, in the order of the file."""
    line = schema.line
    question = select(line.c.number, line.c.line, line.c.cells).order_by(line.c.line)
    question = question.where(line.c.workspace == workspace, line.c.template == template)
    by_edition: dict[int, dict[int, Mapping[str, str]]] = {}
    for number, at, cells in connection.execute(
        question if numbers is None else question.where(line.c.number.in_(numbers))
    ):
        by_edition.setdefault(number, {})[at] = cells
    return by_edition
