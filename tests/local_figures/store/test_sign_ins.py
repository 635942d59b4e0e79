"""When sign-ins last did something and which have ended: the same on both databases, and at every replica."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from local_figures.store import sign_ins
from local_figures.store.engine import open_store
from local_figures.store.schema import sign_in as table
from local_figures.store.sign_ins import SignIn


def test_what_one_replica_writes_the_other_reads(store, address):
    other = open_store(address)
    assert sign_ins.find(store, "one") is None
    sign_ins.renew(store, "one", at=1000.5, longest=100)
    assert sign_ins.find(other, "one") == SignIn(at=1000, ended=False)
    sign_ins.renew(other, "one", at=1050, longest=100)
    sign_ins.renew(store, "one", at=1040, longest=100)  # its clock is behind
    assert sign_ins.find(store, "one") == SignIn(at=1050, ended=False)
    sign_ins.end(other, "one", at=1060, longest=100)
    sign_ins.renew(store, "one", at=1070, longest=100)
    assert sign_ins.find(store, "one") == SignIn(at=1060, ended=True)
    other.engine.dispose()


def test_a_sign_in_is_forgotten_once_its_cookie_has_ended_by_itself(store):
    sign_ins.end(store, "one", at=1000, longest=100)
    sign_ins.renew(store, "two", at=1100, longest=100)
    sign_ins.end(store, "three", at=1101, longest=100)
    with store.reading("") as connection:
        assert set(connection.scalars(select(table.c.sign_in))) == {"two", "three"}


def test_two_who_write_of_the_same_at_once_write_it_and_what_has_ended_stays_so(store):
    def act(number: int) -> None:
        (sign_ins.end if number == 3 else sign_ins.renew)(store, "one", at=1000 + number, longest=100)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(8)))
    found = sign_ins.find(store, "one")
    assert found is not None
    assert found.ended
