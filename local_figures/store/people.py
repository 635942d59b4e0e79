"""The people of a workspace: who has which role, what they accepted, and where somebody who signs in belongs.

The awkward fact: an address of an e-mail is written in many ways, and a group may be named like a person. So addresses
are kept in small letters, and a role says whether it is a person's or a group's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from sqlalchemy import and_, insert, or_, select, update

from local_figures.store import schema
from local_figures.store.editions import (
    APPROVER,
    LEAST_DAYS,
    MEMBERS,
    MOST_DAYS,
    RANKS,
    ROLES,
    Act,
    RefusedError,
    demand,
    note,
)
from local_figures.store.engine import Store
from local_figures.store.schema import GROUP, PERSON


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody with a role, or a group of the provider's whose people all have it."""

    person: str
    kind: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the audit table: never a figure."""

    at: str
    who: str
    what: str
    whom: str | None
    template: str | None
    number: int | None


def audit(store: Store, act: Act) -> tuple[Entry, ...]:
    """Return the audit table, oldest first; an approver reads it."""
    table = schema.audit
    columns = (table.c[one.name] for one in fields(Entry))
    with store.reading(act.workspace) as connection:
        demand(connection, act, APPROVER)
        rows = connection.execute(select(*columns).where(table.c.workspace == act.workspace).order_by(table.c.entry))
        return tuple(Entry(**row._mapping) for row in rows)


def release_shown(store: Store, act: Act, *, build: str, back: bool) -> None:
    """Keep that somebody put a publisher's release on show, or went back to a build before; an approver does."""
    with store.within(act.workspace) as connection:
        demand(connection, act, APPROVER)
        note(connection, act, f"release {'back to ' if back else 'on show, '}{build}")


def members(store: Store, act: Act) -> tuple[Member, ...]:
    """Return who has which role, the approvers first, for a member of the workspace."""
    member = schema.member
    with store.reading(act.workspace) as connection:
        demand(connection, act, *MEMBERS)
        rows = connection.execute(select(member).where(member.c.workspace == act.workspace)).all()
    every = (Member(person=row.person, kind=row.kind, role=row.role) for row in rows)
    return tuple(sorted(every, key=lambda one: (-RANKS.index(one.role), one.kind, one.person)))


def workspaces(store: Store, *, who: str, groups: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the workspaces in which a person or one of their groups has a role, in the order of their names."""
    member, groups = schema.member, tuple(groups)
    mine = or_(
        and_(member.c.kind == PERSON, member.c.person == who), and_(member.c.kind == GROUP, member.c.person.in_(groups))
    )
    with store.among([f"{PERSON}:{who}", *(f"{GROUP}:{group}" for group in groups)]) as connection:
        return tuple(sorted(set(connection.scalars(select(member.c.workspace).where(mine)))))


def has_accepted(store: Store, act: Act, *, version: str) -> bool:
    """Tell whether somebody accepted this version of the terms."""
    acceptance = schema.acceptance
    with store.reading(act.workspace) as connection:
        demand(connection, act, *ROLES)
        own = (acceptance.c.workspace == act.workspace, acceptance.c.person == act.who)
        return connection.scalar(select(acceptance.c.at).where(*own, acceptance.c.version == version)) is not None


def accept(store: Store, act: Act, *, version: str, words: Mapping[str, str]) -> None:
    """Keep that somebody accepted the terms, with their words in every language; once is enough."""
    if has_accepted(store, act, version=version):
        return
    with store.within(act.workspace) as connection:
        demand(connection, act, *ROLES)
        values = {"person": act.who, "version": version, "at": act.at, "words": dict(words)}
        connection.execute(insert(schema.acceptance).values(workspace=act.workspace, **values))
        note(connection, act, f"terms {version} accepted")


def keep_days(store: Store, act: Act) -> int:
    """Return how many days a workspace keeps its editions, for a member."""
    space = schema.workspace
    with store.reading(act.workspace) as connection:
        demand(connection, act, *MEMBERS)
        days = connection.scalar(select(space.c.keep_days).where(space.c.workspace == act.workspace))
    return int(days or 0)


def set_keep_days(store: Store, act: Act, *, days: int) -> None:
    """Say how many days a workspace keeps its editions; an approver says so, and deletes what is older."""
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise RefusedError("local.refused.keep_days", least=LEAST_DAYS, most=f"{MOST_DAYS:,}")
    space = schema.workspace
    with store.within(act.workspace) as connection:
        demand(connection, act, APPROVER)
        connection.execute(update(space).where(space.c.workspace == act.workspace).values(keep_days=days))
        note(connection, act, f"kept for {days} days")
