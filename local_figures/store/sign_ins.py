"""When each sign-in last did something and which have ended, for every replica: digests and moments, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from local_figures.store.engine import Store
from local_figures.store.schema import sign_in as table

NO_WORKSPACE = ""  # PostgreSQL shows nothing of any


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """When somebody last did something under a sign-in, or ended it."""

    at: float
    ended: bool


def find(store: Store, sign_in: str) -> SignIn | None:
    """Return what is known of a sign-in, at whatever replica; None before its first page."""
    with store.reading(NO_WORKSPACE) as connection:
        row = connection.execute(select(table.c.at, table.c.ended).where(table.c.sign_in == sign_in)).one_or_none()
    return None if row is None else SignIn(at=row.at, ended=row.ended)


def renew(store: Store, sign_in: str, *, at: float, longest: float) -> None:
    """Keep that somebody did something now; of a sign-in that has ended nothing changes."""
    _keep(store, sign_in, at, longest, where=table.c.ended.is_(False) & (table.c.at < int(at)), ended=False)


def end(store: Store, sign_in: str, *, at: float, longest: float) -> None:
    """Keep that a sign-in has ended."""
    _keep(store, sign_in, at, longest, where=table.c.ended.is_(False), ended=True)


def _keep(store: Store, sign_in: str, at: float, longest: float, *, where: ColumnElement[bool], ended: bool) -> None:
    """Write a moment, and forget the sign-ins whose cookie has ended by itself since."""
    values = {"at": int(at), "ended": ended}
    change = update(table).where(table.c.sign_in == sign_in, where).values(values)
    with store.within(NO_WORKSPACE) as connection:
        connection.execute(delete(table).where(table.c.at < int(at - longest)))
        if connection.execute(change).rowcount:
            return
        try:
            with connection.begin_nested():
                connection.execute(insert(table).values(sign_in=sign_in, **values))
        except IntegrityError:  # it is there: as it should be, or since this moment by another replica
            connection.execute(change)
