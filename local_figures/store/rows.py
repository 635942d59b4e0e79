"""The lines of an edition as they were uploaded: read by the door, and by nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from local_figures.store import schema
from local_figures.store.engine import Store


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An edition with its lines, and what was hidden of it when it was approved (None for a draft)."""

    number: int
    status: str
    level: str
    settled_at: str | None
    lines: Mapping[int, Mapping[str, str]]
    mask: tuple[tuple[str, ...], ...] | None


def kept(store: Store, workspace: str, template: str, *, numbers: Collection[int] | None = None) -> tuple[Kept, ...]:
    """Return every edition of a template, or those of some numbers, oldest first, the withdrawn ones too."""
    edition, line = schema.edition, schema.line
    own: tuple[ColumnElement[bool], ...] = (edition.c.workspace == workspace, edition.c.template == template)
    lines_of: tuple[ColumnElement[bool], ...] = (line.c.workspace == workspace, line.c.template == template)
    if numbers is not None:
        own, lines_of = (*own, edition.c.number.in_(numbers)), (*lines_of, line.c.number.in_(numbers))
    with store.reading(workspace) as connection:
        found = connection.execute(select(edition).where(*own).order_by(edition.c.number)).all()
        lines = connection.execute(select(line.c.number, line.c.line, line.c.cells).where(*lines_of)).all()
    by_edition: dict[int, dict[int, Mapping[str, str]]] = {}
    for number, at, cells in lines:
        by_edition.setdefault(number, {})[at] = cells
    return tuple(
        Kept(
            number=one.number,
            status=one.status,
            level=one.level,
            settled_at=one.settled_at,
            lines=dict(sorted(by_edition.get(one.number, {}).items())),
            mask=tuple(tuple(cell) for cell in one.mask) if one.seen else None,
        )
        for one in found
    )
