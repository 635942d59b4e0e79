"""What happens to an edition: a draft, approved by another person where there are two, withdrawn, forgotten.

The awkward fact: two people may upload, or approve, in the same second. So the number of an edition is taken, and its
status changed, while the workspace's row is locked. Rows that are typed are added to the newest ones under that lock
too, so that two who type at once both keep theirs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from local_figures.store import rows, schema
from local_figures.store.engine import READING, Store
from local_figures.store.rows import Lines
from local_figures.store.schema import APPROVED, DRAFT, GROUP, LEVELS, PERSON, PRIVATE, WITHDRAWN

EDITOR, APPROVER, READER, PARTNER = "editor", "approver", "reader", "partner"
MEMBERS = (READER, EDITOR, APPROVER)  # of the workspace; a partner sees what was approved for partners
ROLES = (*MEMBERS, PARTNER)
RANKS = (PARTNER, *MEMBERS)  # each may do what those before it may
KEEP_DAYS = 3 * 366  # unless a workspace says otherwise
LEAST_DAYS, MOST_DAYS = 1, 3_660  # that a workspace may keep an edition: ten years at most
LARGEST_NUMBER = 2**31 - 1  # of an edition, as both databases hold it
# an address in plain letters alone: a sign that looks like one of them, or becomes one in small letters, is another's
_PERSON = re.compile(
    r"(?=[^@]{1,64}$)[\w.'+-]+(?: [\w.'+-]+)*|[A-Za-z0-9_.'+-]{1,64}@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,8}"
)
TYPED = "typed"  # what the audit table says of an edition whose rows were typed and not brought in a file


class RefusedError(Exception):
    """Something that may not be done now: `key` names its text in the catalogue, `values` what stands in it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition as the workspace lists it: never its figures."""

    template: str
    number: int
    status: str
    level: str  # for whom it was approved; private until then
    uploaded_by: str
    uploaded_at: str
    settled_at: str | None  # the moment of what was last decided of it
    also_by: Sequence[str]  # who else's rows are in it that nobody had approved

    def has_rows_of(self, who: str) -> bool:
        """Tell whether somebody brought rows of it: then another person decides, where there is one."""
        return who in (self.uploaded_by, *self.also_by)


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who does something, in which workspace, and when: what the audit table is told; and which groups they are of."""

    workspace: str
    who: str
    now: datetime
    groups: tuple[str, ...] = ()

    @property
    def at(self) -> str:
        """Return the moment as it is kept."""
        return self.now.astimezone(UTC).isoformat(timespec="seconds")


def open_workspace(store: Store, act: Act, *, areas: Sequence[str] = (), keep_days: int = KEEP_DAYS) -> None:
    """Make a workspace, with the one who makes it as its first approver; refused where there is one."""
    if not LEAST_DAYS <= keep_days <= MOST_DAYS:
        raise RefusedError("local.refused.keep_days", least=LEAST_DAYS, most=f"{MOST_DAYS:,}")
    if not re.fullmatch(r"[\w.@ -]{1,64}", act.workspace):
        raise RefusedError("local.refused.workspace_name")
    with store.within(act.workspace) as connection:
        if connection.scalar(select(schema.workspace.c.workspace).where(_own(schema.workspace, act))) is not None:
            demand(connection, act, *ROLES)
            raise RefusedError("local.refused.opened_before")
        row = {"workspace": act.workspace, "keep_days": keep_days, "made_at": act.at, "areas": list(areas)}
        connection.execute(insert(schema.workspace).values(row))
        hold(connection, act, areas)
        _set_role(connection, act, person=called(act.who), role=APPROVER)


def hold(connection: Connection, act: Act, areas: Sequence[str]) -> None:
    """Keep areas for a workspace; refused where another has one of them, without saying which of the two it is."""
    if areas:
        rows = [{"workspace": act.workspace, "area": area} for area in dict.fromkeys(areas)]
        try:
            connection.execute(insert(schema.holding), rows)
        except IntegrityError:
            raise RefusedError("local.refused.area_held") from None


def areas(store: Store, act: Act) -> frozenset[str]:
    """Return the areas that a workspace may tell of, for anyone who has a role in it."""
    with store.reading(act.workspace) as connection:
        demand(connection, act, *ROLES)
        return frozenset(connection.scalar(select(schema.workspace.c.areas).where(_own(schema.workspace, act))) or ())


def is_there(store: Store, act: Act) -> bool:
    """Tell whether a workspace was opened: for who may open one, and no stranger."""
    with store.reading(act.workspace) as connection:
        return connection.scalar(select(schema.workspace.c.workspace).where(_own(schema.workspace, act))) is not None


def role(store: Store, act: Act) -> str:
    """Return the role that somebody has now; refused where they have none."""
    with store.reading(act.workspace) as connection:
        return demand(connection, act, *ROLES)


def set_role(store: Store, act: Act, *, person: str, role: str, kind: str = PERSON) -> None:
    """Let a person, or all people of a group, read, edit or approve; an approver says so."""
    with store.within(act.workspace) as connection:
        demand(connection, act, APPROVER)
        _set_role(connection, act, person=called(person), role=role, kind=kind)
        _keep_an_approver(connection, act)


def take_role(store: Store, act: Act, *, person: str) -> None:
    """Let a person do nothing more, from the next question on."""
    with store.within(act.workspace) as connection:
        demand(connection, act, APPROVER)
        member = schema.member
        named = member.c.person.in_((person, called(person)))
        deleted = connection.execute(delete(member).where(_own(member, act), named))
        if not deleted.rowcount:
            raise RefusedError("local.refused.no_member")
        _keep_an_approver(connection, act)
        note(connection, act, "role taken", whom=called(person))


def upload(store: Store, act: Act, *, template: str, lines: Lines) -> int:
    """Keep the lines of a checked file as a draft and return the edition's number; one's own file twice is refused.

    Another's is not: who brings what they guess would be told whether they guessed right.
    """
    with store.within(act.workspace) as connection:
        demand(connection, act, EDITOR, APPROVER)
        edition = schema.edition
        own = (_own(edition, act), edition.c.template == template, edition.c.uploaded_by == act.who)
        same = select(edition.c.number).where(*own, edition.c.digest == _digest(lines), edition.c.status != WITHDRAWN)
        if (before := connection.scalar(same)) is not None:
            raise RefusedError("local.refused.same_file", number=before)
        return _keep(connection, act, template, lines, "uploaded", also_by=[])


def amend(store: Store, act: Act, *, template: str, change: Callable[[Lines], Lines]) -> int:
    """Keep the newest lines as `change` leaves them as a draft, and return its number; nothing when it raises.

    What one person types on one day is one draft: it takes the place of the one before it. Its number is a new one, so
    that whoever approves what was looked at approves nothing else.
    """
    with store.within(act.workspace) as connection:
        demand(connection, act, EDITOR, APPROVER)
        newest, lines = _newest(connection, act, template)
        changed = change(lines)
        if newest is not None and changed == lines:
            return int(newest.number)
        if newest is not None and _goes_on(connection, act, newest):
            _delete(connection, act, template, newest.number, what="typed further")
        return _keep(connection, act, template, changed, TYPED, also_by=_others_in(newest, act))


def newest(store: Store, act: Act, *, template: str) -> tuple[Edition | None, Lines]:
    """Return the newest edition that was not withdrawn with its lines, for whoever may read rows."""
    with store.reading(act.workspace) as connection:
        demand(connection, act, *MEMBERS)
        latest, lines = _newest(connection, act, template)
        return (None if latest is None else _edition(latest)), lines


def _newest(connection: Connection, act: Act, template: str) -> tuple[Row[Any] | None, Lines]:
    edition = schema.edition
    own = (_own(edition, act), edition.c.template == template, edition.c.status != WITHDRAWN)
    row = connection.execute(select(edition).where(*own).order_by(edition.c.number.desc()).limit(1)).one_or_none()
    if row is None:
        return None, {}
    return row, rows.lines(connection, act.workspace, template, numbers=[row.number]).get(row.number, {})


def _edition(row: Row[Any]) -> Edition:
    values = {field.name: getattr(row, field.name) for field in fields(Edition)}
    return Edition(**values | {"level": schema.narrowed(row.level, row.template)})


def _goes_on(connection: Connection, act: Act, newest: Row[Any]) -> bool:
    """Return whether an edition is a draft that the same person typed on the same day, and that nobody saw yet.

    One that was on show and put back is a draft too: its history is what later editions are held against.
    """
    audit = schema.audit
    its = (_own(audit, act), audit.c.template == newest.template, audit.c.number == newest.number)
    typed = connection.scalar(select(func.count()).where(*its, audit.c.what == TYPED))
    same_day = newest.uploaded_at[:10] == act.at[:10]
    own_draft = newest.status == DRAFT and newest.uploaded_by == act.who
    return bool(typed) and same_day and own_draft and not newest.seen


def _others_in(newest: Row[Any] | None, act: Act) -> list[str]:
    """Return who else brought rows that nobody has approved yet into what somebody types further."""
    if newest is None or newest.status != DRAFT:
        return []
    return sorted({*newest.also_by, newest.uploaded_by} - {act.who})


def _keep(connection: Connection, act: Act, template: str, lines: Lines, what: str, *, also_by: Sequence[str]) -> int:
    """Keep lines as a draft under the next number, and return it."""
    number = _next_number(connection, act, template)
    values = {"status": DRAFT, "seen": False, "digest": _digest(lines), "uploaded_by": act.who, "uploaded_at": act.at}
    values["also_by"] = list(also_by)
    where = {"workspace": act.workspace, "template": template, "number": number}
    connection.execute(insert(schema.edition).values(where | values))
    rows = [where | {"line": at, "cells": dict(cells)} for at, cells in lines.items()]
    if rows:
        connection.execute(insert(schema.line), rows)
    note(connection, act, what, template, number)
    return number


def _digest(lines: Lines) -> str:
    """Return what tells rows from others, in whatever order and at whatever line of a file they stand."""
    rows = sorted(json.dumps(dict(cells), sort_keys=True) for cells in lines.values())
    return sha256("\n".join(rows).encode()).hexdigest()


def approve(
    store: Store,
    act: Act,
    *,
    template: str,
    number: int,
    mask: Sequence[Sequence[object]],
    beside: int,
    level: str = PRIVATE,
) -> None:
    """Put a draft on show, for whom `level` says; by another than who uploaded it, where there is another.

    `mask` is what is hidden of it. `beside` says how many editions had been seen when the mask was made: with one more,
    it is made anew.
    """
    with store.within(act.workspace) as connection:
        demand(connection, act, APPROVER)
        row = _locked(connection, act, template, number)
        if row.status != DRAFT:
            raise RefusedError("local.refused.not_draft", number=number)
        _of_another(connection, act, row)
        on_show = select(func.count()).where(
            _own(schema.edition, act), schema.edition.c.template == template, schema.edition.c.seen
        )
        if connection.scalar(on_show) != beside:
            raise RefusedError("local.refused.meanwhile")
        values = {"status": APPROVED, "mask": mask, "seen": True, "level": _level(level, template)}
        _settle(connection, act, row, f"{APPROVED} for {level}", **values)


def set_level(store: Store, act: Act, *, template: str, number: int, level: str) -> None:
    """Let an approved edition be seen by more or by fewer; by another than who uploaded it, where there is another."""
    with store.within(act.workspace) as connection:
        demand(connection, act, APPROVER)
        row = _locked(connection, act, template, number)
        if row.status != APPROVED:
            raise RefusedError("local.refused.not_approved", number=number)
        _of_another(connection, act, row)
        _settle(connection, act, row, f"now for {level}", level=_level(level, template))


def _level(level: str, template: str) -> str:
    if level not in LEVELS:
        raise RefusedError("local.refused.unknown_level", levels=", ".join(LEVELS))
    if level not in (may_be := schema.levels_of(template)):
        raise RefusedError("local.refused.too_wide", template=template, levels=", ".join(may_be))
    return level


def _of_another(connection: Connection, act: Act, row: Row[Any]) -> None:
    """Refuse what a person decides of own rows, where another could; also of those that somebody else typed on."""
    member = schema.member
    others = select(func.count()).where(_own(member, act), member.c.role == APPROVER, member.c.person != act.who)
    if _edition(row).has_rows_of(act.who) and connection.scalar(others):
        raise RefusedError("local.refused.own_upload")


def withdraw(store: Store, act: Act, *, template: str, number: int) -> None:
    """Take an edition off show: it stays in the store, for what was seen of it must not help to undo another."""
    with store.within(act.workspace) as connection:
        demand(connection, act, EDITOR, APPROVER)
        row = _locked(connection, act, template, number)
        if row.status == WITHDRAWN:
            raise RefusedError("local.refused.withdrawn", number=number)
        _settle(connection, act, row, WITHDRAWN, status=WITHDRAWN)


def put_back(store: Store, act: Act, *, template: str, number: int) -> None:
    """Make a withdrawn edition a draft again, to be approved anew; refused where its person brought its rows again."""
    edition = schema.edition
    with store.within(act.workspace) as connection:
        demand(connection, act, EDITOR, APPROVER)
        row = _locked(connection, act, template, number)
        if row.status != WITHDRAWN:
            raise RefusedError("local.refused.not_withdrawn", number=number)
        own = (_own(edition, act), edition.c.template == template, edition.c.uploaded_by == row.uploaded_by)
        same = select(edition.c.number).where(*own, edition.c.digest == row.digest, edition.c.status != WITHDRAWN)
        if (other := connection.scalar(same)) is not None:
            raise RefusedError("local.refused.same_file", number=other)
        _settle(connection, act, row, "put back", status=DRAFT, level=PRIVATE)


def same_rows(store: Store, act: Act, *, template: str, number: int) -> int | None:
    """Return the newest other edition with the very same rows, for an approver who brought none of them."""
    edition = schema.edition
    own = (_own(edition, act), edition.c.template == template)
    with store.reading(act.workspace) as connection:
        demand(connection, act, APPROVER)
        row = connection.execute(select(edition).where(*own, edition.c.number == number)).one_or_none()
        if row is None or _edition(row).has_rows_of(act.who):
            return None
        others = (edition.c.number != number, edition.c.status != WITHDRAWN, edition.c.digest == row.digest)
        same: int | None = connection.scalar(select(func.max(edition.c.number)).where(*own, *others))
        return same


def forget(store: Store, act: Act, *, template: str, number: int) -> None:
    """Delete an edition, its figures and its mask; the audit table alone says that it was."""
    with store.within(act.workspace) as connection:
        demand(connection, act, APPROVER)
        _locked(connection, act, template, number)
        _delete(connection, act, template, number)


def forget_the_old(store: Store, act: Act) -> int:
    """Delete every edition older than the workspace keeps them, for an approver; return how many."""
    edition = schema.edition
    with store.within(act.workspace) as connection:
        demand(connection, act, APPROVER)
        keep = connection.execute(select(schema.workspace.c.keep_days).where(_own(schema.workspace, act))).scalar_one()
        before = (act.now - timedelta(days=keep)).astimezone(UTC).isoformat(timespec="seconds")
        old = select(edition.c.template, edition.c.number).where(_own(edition, act), edition.c.uploaded_at < before)
        rows = connection.execute(old).all()
        for template, number in rows:
            _delete(connection, act, template, number)
    return len(rows)


def close_workspace(store: Store, act: Act) -> None:
    """Delete a workspace with everything in it, the audit table too."""
    with store.within(act.workspace) as connection:
        demand(connection, act, APPROVER)
        for table in reversed(schema.TABLES):
            connection.execute(delete(table).where(_own(table, act)))


def editions(store: Store, act: Act, *, template: str | None = None) -> tuple[Edition, ...]:
    """Return the editions of a workspace, oldest first, drafts too, for its members; a partner asks the door."""
    edition = schema.edition
    columns = (edition.c[name] for name in Edition.__dataclass_fields__)
    question = select(*columns).where(_own(edition, act)).order_by(edition.c.template, edition.c.number)
    if template is not None:
        question = question.where(edition.c.template == template)
    with store.reading(act.workspace) as connection:
        demand(connection, act, *MEMBERS)
        return tuple(_edition(row) for row in connection.execute(question))


def approved(store: Store, act: Act) -> tuple[str, tuple[Edition, ...]]:
    """Return the role of who asks and every approved edition, oldest first: the door says which of them they see."""
    edition = schema.edition
    columns = (edition.c[name] for name in Edition.__dataclass_fields__)
    own = (_own(edition, act), edition.c.status == APPROVED)
    with store.reading(act.workspace) as connection:
        role = demand(connection, act, *ROLES)
        rows = connection.execute(select(*columns).where(*own).order_by(edition.c.number))
        return role, tuple(_edition(row) for row in rows)


def history(store: Store, act: Act) -> tuple[tuple[str, str, str, str | None, int | None], ...]:
    """Return the audit table: when, who, what, and of which edition; an approver reads it."""
    audit = schema.audit
    columns = (audit.c.at, audit.c.who, audit.c.what, audit.c.template, audit.c.number)
    with store.reading(act.workspace) as connection:
        demand(connection, act, APPROVER)
        rows = connection.execute(select(*columns).where(_own(audit, act)).order_by(audit.c.entry))
        return tuple((row.at, row.who, row.what, row.template, row.number) for row in rows)


def exported(store: Store, act: Act, *, template: str | None = None, number: int | None = None) -> None:
    """Keep that somebody took a file out, and of which edition; refused for whoever has no role now."""
    with store.within(act.workspace) as connection:
        demand(connection, act, *ROLES)
        note(connection, act, "exported", template, number)


def _own(table: Table, act: Act) -> ColumnElement[bool]:
    return table.c.workspace == act.workspace


def demand(connection: Connection, act: Act, *roles: str) -> str:
    """Return the role somebody has now, one of `roles`, with the workspace locked for whoever changes something of it.

    No stranger is told that it exists.
    """
    space, member = schema.workspace, schema.member
    if not connection.get_execution_options().get(READING):
        connection.execute(select(space.c.workspace).where(_own(space, act)).with_for_update())
    own = and_(member.c.kind == PERSON, member.c.person.in_((act.who, called(act.who))))
    of_a_group = and_(member.c.kind == GROUP, member.c.person.in_(act.groups))
    question = select(member.c.role).where(_own(member, act), or_(own, of_a_group))
    member_roles: list[str] = list(connection.scalars(question))
    if not member_roles:
        raise RefusedError("local.refused.no_workspace")
    role = max(member_roles, key=RANKS.index)
    if role not in roles:
        raise RefusedError("local.refused.role")
    return role


def called(person: str) -> str:
    """Return how a person's name is kept: an address of an e-mail in small letters, if it is one in plain letters.

    The sign of kelvin becomes a plain k in small letters, and would be another person: it stays, and is refused.
    """
    plain = person.strip()
    return plain.lower() if "@" in plain and plain.isascii() else plain


def _set_role(connection: Connection, act: Act, *, person: str, role: str, kind: str = PERSON) -> None:
    if role not in ROLES:
        raise RefusedError("local.refused.unknown_role", roles=", ".join(ROLES))
    if kind not in (PERSON, GROUP) or not is_person(person):
        raise RefusedError("local.refused.no_person")
    member = schema.member
    named = (_own(member, act), member.c.person == person)
    if connection.scalar(select(func.count()).where(*named, member.c.kind != kind)):
        raise RefusedError("local.refused.other_kind")
    connection.execute(delete(member).where(*named))
    connection.execute(insert(member).values(workspace=act.workspace, person=person, role=role, kind=kind))
    note(connection, act, f"role {role}", whom=person)


def is_person(person: str) -> bool:
    """Return whether this can be who somebody is: an e-mail address, or a name on this computer."""
    return len(person) <= 254 and _PERSON.fullmatch(person) is not None and any(one.isalnum() for one in person)


def _keep_an_approver(connection: Connection, act: Act) -> None:
    """Refuse what would leave the workspace with nobody who can approve, delete or give a role."""
    member = schema.member
    if not connection.scalar(select(func.count()).where(_own(member, act), member.c.role == APPROVER)):
        raise RefusedError("local.refused.last_approver")


def _next_number(connection: Connection, act: Act, template: str) -> int:
    """Return a number that no edition had, a forgotten one neither."""
    audit = schema.audit
    last = select(func.max(audit.c.number)).where(_own(audit, act), audit.c.template == template)
    return (connection.scalar(last) or 0) + 1


def _locked(connection: Connection, act: Act, template: str, number: int) -> Row[Any]:
    if not 0 < number <= LARGEST_NUMBER:
        raise RefusedError("local.refused.no_edition", number=shortened(number))
    edition = schema.edition
    question = select(edition).where(_own(edition, act), edition.c.template == template, edition.c.number == number)
    row = connection.execute(question.with_for_update()).one_or_none()
    if row is None:
        raise RefusedError("local.refused.no_edition", number=number)
    return row


def shortened(number: int) -> str:
    """Return a number as it is told back, however long it is."""
    digits = f"{number:x}" if abs(number) > 10**100 else str(number)  # Python writes no number of thousands of digits
    return digits if len(digits) <= 12 else f"{digits[:12]}…"


def _settle(connection: Connection, act: Act, row: Row[Any], what: str, **values: object) -> None:
    edition = schema.edition
    own = (_own(edition, act), edition.c.template == row.template, edition.c.number == row.number)
    connection.execute(update(edition).where(*own).values(settled_at=act.at, **values))
    note(connection, act, what, row.template, row.number)


def _delete(connection: Connection, act: Act, template: str, number: int, *, what: str = "forgotten") -> None:
    for table in (schema.line, schema.edition):
        own = (_own(table, act), table.c.template == template, table.c.number == number)
        connection.execute(delete(table).where(*own))
    note(connection, act, what, template, number)


def note(
    connection: Connection,
    act: Act,
    what: str,
    template: str | None = None,
    number: int | None = None,
    *,
    whom: str | None = None,
) -> None:
    """Write a line of the audit table: who, when, what, of which edition or person; never a figure or a file's word."""
    audit = schema.audit
    entry = (connection.scalar(select(func.max(audit.c.entry)).where(_own(audit, act))) or 0) + 1
    values = {"entry": entry, "at": act.at, "who": act.who, "what": what, "template": template, "number": number}
    connection.execute(insert(audit).values(workspace=act.workspace, whom=whom, **values))
