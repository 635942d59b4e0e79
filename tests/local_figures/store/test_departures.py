"""Sign-ins that have ended: the same on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from local_figures.store import departures
from local_figures.store.schema import departure


def test_a_sign_in_that_ended_is_known_to_have_until_its_cookie_would_have(store):
    assert not departures.has_left(store, "one")
    departures.keep(store, "one", at=1000.5, longest=100)
    departures.keep(store, "one", at=1050.0, longest=100)
    departures.keep(store, "two", at=1100.9, longest=100)
    assert departures.has_left(store, "one")
    departures.keep(store, "three", at=1102.0, longest=100)
    with store.reading("") as connection:
        assert set(connection.scalars(select(departure.c.sign_in))) == {"two", "three"}


def test_two_who_keep_the_same_at_once_keep_it(store):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: departures.keep(store, "one", at=1000.0, longest=100), range(8)))
    assert departures.has_left(store, "one")
