"""Which sign-ins have ended, for every replica that shares the store: digests and moments, and nobody's name."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from local_figures.store.engine import Store
from local_figures.store.schema import departure

NO_WORKSPACE = ""  # PostgreSQL shows nothing of any


def keep(store: Store, sign_in: str, *, at: float, longest: float) -> None:
    """Keep that a sign-in has ended, and forget those whose cookie has ended by itself since; once is enough."""
    if has_left(store, sign_in):
        return
    with store.within(NO_WORKSPACE) as connection:
        connection.execute(delete(departure).where(departure.c.at < int(at - longest)))
        if not _is_there(connection, sign_in):
            try:
                connection.execute(insert(departure).values(sign_in=sign_in, at=int(at)))
            except IntegrityError:
                return  # another replica kept it in the same moment


def has_left(store: Store, sign_in: str) -> bool:
    """Tell whether a sign-in has ended, at whatever replica."""
    with store.reading(NO_WORKSPACE) as connection:
        return _is_there(connection, sign_in)


def _is_there(connection: Connection, sign_in: str) -> bool:
    return connection.scalar(select(departure.c.at).where(departure.c.sign_in == sign_in)) is not None
