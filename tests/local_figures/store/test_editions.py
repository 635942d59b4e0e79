"""Drafts, approvals, withdrawals and what is forgotten: the same on both databases."""

from __future__ import annotations

import json
import multiprocessing
import zipfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, select, text

from local_figures.store import backup, editions, engine, people, rows, schema
from local_figures.store.editions import APPROVER, EDITOR, READER, Act, RefusedError
from local_figures.store.engine import StoreError, open_store
from local_figures.templates import named

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
T = "police_figures"
FULL = dict(zip(named(T).names, named(T).example[0], strict=True))


def act(who: str = "ann@council.example", workspace: str = "cardiff", now: datetime = NOW) -> Act:
    return Act(workspace=workspace, who=who, now=now)


def lines(count: int, size: int = 3) -> dict[int, dict[str, str]]:
    return {at: FULL | {"count": str(count + at)} for at in range(2, 2 + size)}


@pytest.fixture
def opened(store):
    editions.open_workspace(store, act())
    return store


def refused(call, *arguments, **named) -> str:
    with pytest.raises(RefusedError) as error:
        call(*arguments, **named)
    return error.value.key.removeprefix("local.refused.")


def test_an_address_has_plain_letters_alone(opened):
    editions.set_role(opened, act(), person=" Kate@Council.Example ", role=READER)
    assert "kate@council.example" in [one.person for one in people.members(opened, act())]
    for person in (
        "\u212aate@council.example",
        "k\u0430te@council.example",
        "kate@c\u00f4uncil.example",
        "ｋate@x.example",
    ):
        assert refused(editions.set_role, opened, act(), person=person, role=APPROVER) == "no_person"
        assert refused(editions.role, opened, act(person)) == "no_workspace"
    editions.set_role(opened, act(), person="Siân ap Huw", role=READER)


def test_an_edition_is_a_draft_then_approved_then_withdrawn(opened):
    number = editions.upload(opened, act(), template=T, lines=lines(7))
    assert [(e.number, e.status) for e in editions.editions(opened, act())] == [(1, "draft")]
    editions.approve(opened, act(), template=T, number=number, mask=[["a", "small"]], beside=0)
    (edition,) = rows.kept_editions(opened, "cardiff", T)
    assert (edition.status, edition.mask, dict(edition.lines)) == ("approved", (("a", "small"),), lines(7))
    editions.withdraw(opened, act(), template=T, number=number)
    assert [e.status for e in editions.editions(opened, act(), template=T)] == ["withdrawn"]
    assert refused(editions.withdraw, opened, act(), template=T, number=number) == "withdrawn"
    assert refused(editions.approve, opened, act(), template=T, number=number, mask=[], beside=0) == "not_draft"


def test_a_withdrawn_edition_is_put_back_as_a_draft_and_approved_anew(opened):
    editions.upload(opened, act(), template=T, lines=lines(7))
    assert refused(editions.put_back, opened, act(), template=T, number=1) == "not_withdrawn"
    editions.approve(opened, act(), template=T, number=1, mask=[["a", "small"]], beside=0, level="partners")
    editions.withdraw(opened, act(), template=T, number=1)
    editions.set_role(opened, act(), person="rita@c.example", role=READER)
    assert refused(editions.put_back, opened, act("rita@c.example"), template=T, number=1) == "role"
    editions.put_back(opened, act(), template=T, number=1)
    (edition,) = rows.kept_editions(opened, "cardiff", T)
    assert (edition.status, edition.level, edition.mask) == (
        "draft",
        "private",
        (("a", "small"),),
    )  # it was seen all the same
    editions.approve(opened, act(), template=T, number=1, mask=[["a", "small"]], beside=1)
    editions.withdraw(opened, act(), template=T, number=1)
    editions.upload(opened, act(), template=T, lines=lines(7))
    assert refused(editions.put_back, opened, act(), template=T, number=1) == "same_file"


def test_where_there_are_two_approvers_another_approves(opened):
    editions.upload(opened, act(), template=T, lines=lines(7))
    editions.set_role(opened, act(), person="ben@council.example", role=APPROVER)
    assert refused(editions.approve, opened, act(), template=T, number=1, mask=[], beside=0) == "own_upload"
    editions.approve(opened, act("ben@council.example"), template=T, number=1, mask=[], beside=0)
    assert refused(editions.set_level, opened, act(), template=T, number=1, level="public") == "own_upload"
    editions.set_level(opened, act("ben@council.example"), template=T, number=1, level="public")
    assert [edition.level for edition in editions.editions(opened, act())] == ["public"]
    wrong = {"template": T, "number": 1, "level": "everyone"}
    assert refused(editions.set_level, opened, act("ben@council.example"), **wrong) == "unknown_level"


def test_nobody_approves_own_rows_that_another_typed_on(opened):
    typed = {"template": "meeting_log", "mask": [], "beside": 0}
    for person, role in (("ben@council.example", APPROVER), ("cat@c.example", EDITOR)):
        editions.set_role(opened, act(), person=person, role=role)
    editions.upload(opened, act(), template="meeting_log", lines={2: {"words": "of Ann"}})
    assert [amend(opened, "of Cat", "cat@c.example"), amend(opened, "more", "cat@c.example")] == [2, 3]
    assert refused(editions.approve, opened, act(), number=3, level="public", **typed) == "own_upload"
    editions.approve(opened, act("ben@council.example"), number=3, **typed)
    named = {"template": "meeting_log", "number": 3, "level": "public"}
    assert refused(editions.set_level, opened, act(), **named) == "own_upload"
    number = amend(opened, "after the approval", "cat@c.example")
    editions.approve(opened, act(), number=number, **(typed | {"beside": 1}))


def test_each_role_does_what_it_may_and_a_revoked_one_nothing(opened):
    for person, role in (("ed@c.example", EDITOR), ("rita@c.example", READER)):
        editions.set_role(opened, act(), person=person, role=role)
    editions.upload(opened, act("ed@c.example"), template=T, lines=lines(7))
    assert refused(editions.upload, opened, act("rita@c.example"), template=T, lines=lines(8)) == "role"
    assert refused(editions.approve, opened, act("ed@c.example"), template=T, number=1, mask=[], beside=0) == "role"
    assert refused(editions.history, opened, act("ed@c.example")) == "role"
    assert refused(editions.set_role, opened, act(), person="x@c.example", role="god") == "unknown_role"
    editions.take_role(opened, act(), person="ed@c.example")
    assert refused(editions.upload, opened, act("ed@c.example"), template=T, lines=lines(9)) == "no_workspace"


def test_a_stranger_is_told_the_same_of_a_workspace_that_is_and_of_one_that_is_not(opened):
    strange = act("eve@elsewhere.example")
    assert refused(editions.editions, opened, strange) == "no_workspace"
    assert refused(editions.editions, opened, act(workspace="nowhere")) == "no_workspace"


def test_the_same_file_twice_is_refused_until_the_first_is_withdrawn(opened):
    editions.upload(opened, act(), template=T, lines=lines(7))
    assert refused(editions.upload, opened, act(), template=T, lines=lines(7)) == "same_file"
    editions.withdraw(opened, act(), template=T, number=1)
    assert editions.upload(opened, act(), template=T, lines=lines(7)) == 2


def test_the_rows_of_another_are_taken_and_only_who_approves_is_told(opened):
    eve = "eve@council.example"
    editions.set_role(opened, act(), person=eve, role=EDITOR)
    first = editions.upload(opened, act(eve), template=T, lines=lines(7))
    editions.set_role(opened, act(), person="ed@council.example", role=EDITOR)
    guess = editions.upload(opened, act("ed@council.example"), template=T, lines=lines(7))
    assert editions.same_rows(opened, act(), template=T, number=guess) == first
    assert refused(editions.same_rows, opened, act(eve), template=T, number=guess) == "role"
    own = editions.upload(opened, act(), template=T, lines=lines(7))
    assert editions.same_rows(opened, act(), template=T, number=own) is None  # an approver may guess too
    editions.withdraw(opened, act(eve), template=T, number=first)
    editions.put_back(opened, act(eve), template=T, number=first)
    assert refused(editions.upload, opened, act(eve), template=T, lines=lines(7)) == "same_file"


@pytest.mark.parametrize(("template", "level"), [("tension_log", "public"), ("meeting_log", "partners")])
def test_an_edition_is_approved_for_no_more_people_than_its_template_may_be(opened, template, level):
    row = dict(zip(named(template).names, named(template).example[0], strict=True))
    editions.upload(opened, act(), template=template, lines={2: row})
    named_so = {"template": template, "number": 1}
    assert refused(editions.approve, opened, act(), **named_so, mask=[], beside=0, level=level) == "too_wide"
    narrower = schema.LEVELS[schema.LEVELS.index(level) - 1]
    editions.approve(opened, act(), **named_so, mask=[], beside=0, level=narrower)
    assert refused(editions.set_level, opened, act(), **named_so, level="public") == "too_wide"
    with opened.within("cardiff") as connection:  # as it was approved before there was such a rule
        connection.execute(schema.edition.update().values(level="public"))
    assert [one.level for one in editions.editions(opened, act())] == [narrower]
    assert [one.level for one in rows.kept_editions(opened, "cardiff", template)] == [narrower]


def test_what_a_killed_backup_left_is_deleted_by_the_next_and_told(opened, tmp_path, monkeypatch):
    left, other = (tmp_path / f".{name}.zip.0123456789abcdef.part" for name in "bc")
    for file in (left, other):
        file.write_text("figures")
    assert backup.backup(opened, act(), tmp_path / "b.zip") == 1
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix != ".sqlite") == [other.name, "b.zip"]
    assert backup.backup(opened, act(), tmp_path / "c.zip") == 1


def test_a_backup_is_in_the_audit_table_before_it_is_begun(opened, tmp_path, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(backup, "_write", killed)
    for take in (lambda: backup.backup(opened, act(), tmp_path / "b.zip"), lambda: backup.content(opened, act())):
        with pytest.raises(KeyboardInterrupt):
            take()
    assert [entry[2] for entry in editions.history(opened, act())][-2:] == ["backed up", "backed up"]


def test_the_same_rows_in_another_order_or_at_other_lines_are_the_same_file(opened):
    first, second = {"quarter": "2026-07-01", "count": "7"}, {"quarter": "2026-07-01", "count": "8"}
    editions.upload(opened, act(), template=T, lines={2: first, 3: second})
    for same in ({2: second, 3: first}, {2: first, 4: dict(reversed(second.items()))}):
        assert refused(editions.upload, opened, act(), template=T, lines=same) == "same_file"
    assert editions.upload(opened, act(), template=T, lines={2: first, 3: second, 4: second}) == 2


def test_a_person_called_like_a_group_takes_no_role_of_it_away(opened):
    editions.set_role(opened, act(), person="team", role=READER, kind="group")
    assert refused(editions.set_role, opened, act(), person="team", role=EDITOR) == "other_kind"
    editions.set_role(opened, act(), person="team", role=EDITOR, kind="group")
    assert [(one.kind, one.role) for one in people.members(opened, act()) if one.person == "team"] == [
        ("group", EDITOR)
    ]


def test_what_is_forgotten_is_deleted_and_its_number_is_not_given_again(opened):
    editions.upload(opened, act(), template=T, lines=lines(7777))
    editions.forget(opened, act(), template=T, number=1)
    with opened.within("cardiff") as connection:
        assert connection.execute(select(schema.line)).all() == []
    assert editions.upload(opened, act(), template=T, lines=lines(7)) == 2
    assert refused(editions.forget, opened, act(), template=T, number=1) == "no_edition"


def test_nothing_of_a_forgotten_edition_is_left_in_the_file(tmp_path):
    store = open_store(folder=tmp_path)
    editions.open_workspace(store, act())
    editions.upload(store, act(), template=T, lines={2: {"words": "zebra crossing 918273"}})
    file = tmp_path / "figures.sqlite"
    assert b"zebra" in file.read_bytes()
    editions.forget(store, act(), template=T, number=1)
    assert [path.name for path in tmp_path.iterdir() if b"zebra" in path.read_bytes()] == []
    assert file.stat().st_mode & 0o077 == 0


def test_editions_older_than_the_workspace_keeps_them_are_deleted(store):
    editions.open_workspace(store, act(), keep_days=30)
    editions.upload(store, act(), template=T, lines=lines(7))
    editions.upload(store, act(now=NOW + timedelta(days=20)), template=T, lines=lines(8))
    assert editions.forget_the_old(store, act(now=NOW + timedelta(days=31))) == 1
    assert [e.number for e in editions.editions(store, act())] == [2]


def test_only_an_approver_deletes_what_is_old(store):
    editions.open_workspace(store, act(), keep_days=30)
    editions.set_role(store, act(), person="ed@c.example", role=EDITOR)
    editions.upload(store, act(), template=T, lines=lines(7))
    later = NOW + timedelta(days=31)
    assert refused(editions.forget_the_old, store, act("eve@elsewhere.example", now=later)) == "no_workspace"
    assert refused(editions.forget_the_old, store, act("ed@c.example", now=later)) == "role"
    assert len(editions.editions(store, act())) == 1


def test_a_workspace_that_is_there_is_not_opened_again(opened):
    assert refused(editions.open_workspace, opened, act(), areas=["W06000015"]) == "opened_before"
    assert refused(editions.open_workspace, opened, act("eve@elsewhere.example")) == "no_workspace"
    assert editions.areas(opened, act()) == frozenset()


def test_an_area_is_told_of_by_one_workspace_until_that_is_closed(store):
    editions.open_workspace(store, act(), areas=["W06000015", "W06000014"])
    newport = act("bea@newport.example", workspace="newport")
    held = refused(editions.open_workspace, store, newport, areas=["W06000022", "W06000014"])
    assert held == "area_held"
    assert refused(editions.areas, store, newport) == "no_workspace"  # nothing of it was made
    editions.open_workspace(store, newport, areas=["W06000022", "W06000022"])
    editions.close_workspace(store, act())
    editions.open_workspace(store, act("bea@newport.example", workspace="vale"), areas=["W06000014"])


def test_two_who_open_an_area_at_once_open_it_once(store, address):
    stores = [store, open_store(address)]

    def one(number: int) -> str:
        try:
            editions.open_workspace(stores[number % 2], act(workspace=f"w{number}"), areas=["W06000015"])
        except RefusedError as error:
            return error.key
        return "opened"

    with ThreadPoolExecutor(4) as many:
        assert sorted(many.map(one, range(4))) == [*["local.refused.area_held"] * 3, "opened"]
    stores[1].engine.dispose()


def test_a_workspace_comes_back_with_its_areas_and_only_where_nobody_else_has_one(store, tmp_path):
    editions.open_workspace(store, act(), areas=["W06000015"])
    backup.backup(store, act(), tmp_path / "b.zip")
    editions.close_workspace(store, act())
    editions.open_workspace(store, act(workspace="other"), areas=["W06000015"])
    assert refused(backup.restore, store, act(), tmp_path / "b.zip") == "area_held"
    editions.close_workspace(store, act(workspace="other"))
    backup.restore(store, act(), tmp_path / "b.zip")
    assert refused(editions.open_workspace, store, act(workspace="other"), areas=["W06000015"]) == "area_held"


def test_the_last_approver_stays_one(opened):
    assert refused(editions.take_role, opened, act(), person=act().who) == "last_approver"
    assert refused(editions.set_role, opened, act(), person=act().who, role=READER) == "last_approver"
    assert refused(editions.take_role, opened, act(), person="nobody@c.example") == "no_member"
    editions.set_role(opened, act(), person="ben@council.example", role=APPROVER)
    editions.take_role(opened, act("ben@council.example"), person=act().who)
    assert refused(editions.history, opened, act()) == "no_workspace"


def test_a_backup_that_is_refused_or_fails_leaves_no_file(opened, tmp_path, monkeypatch):
    folder = tmp_path / "backups"
    folder.mkdir()
    assert refused(backup.backup, opened, act("eve@elsewhere.example"), folder / "b.zip") == "no_workspace"
    assert list(folder.iterdir()) == []
    with monkeypatch.context() as broken:
        broken.setattr(backup, "FORM", 7)
        with pytest.raises(TypeError):
            backup.backup(opened, act(), folder / "b.zip")
    assert list(folder.iterdir()) == []
    backup.backup(opened, act(), folder / "b.zip")
    assert [path.name for path in folder.iterdir()] == ["b.zip"]


def test_the_audit_says_who_did_what_to_which_edition_and_never_a_figure(opened):
    editions.upload(opened, act(), template=T, lines=lines(918273))
    editions.approve(opened, act(), template=T, number=1, mask=[], beside=0)
    editions.set_level(opened, act(), template=T, number=1, level="partners")
    found = editions.history(opened, act())
    assert [(entry[1], *entry[2:]) for entry in found] == [
        ("ann@council.example", "role approver", None, None),
        ("ann@council.example", "uploaded", T, 1),
        ("ann@council.example", "approved for private", T, 1),
        ("ann@council.example", "now for partners", T, 1),
    ]
    assert "918" not in str(found)


def test_two_who_upload_at_once_lose_nothing(opened, address):
    stores = [opened, open_store(address)]

    def one(number: int) -> int:
        return editions.upload(stores[number % 2], act(), template=T, lines=lines(1_000 * number))

    with ThreadPoolExecutor(8) as many:
        numbers = sorted(many.map(one, range(16)))
    assert numbers == list(range(1, 17))
    assert sum(len(edition.lines) for edition in rows.kept_editions(opened, "cardiff", T)) == 16 * 3
    assert len(editions.history(opened, act())) == 17
    stores[1].engine.dispose()


def added(*rows: str):
    def change(before):
        first = max(before, default=1) + 1
        return {**before, **{at: {"words": words} for at, words in enumerate(rows, start=first)}}

    return change


def words_of(store, who: str = "ann@council.example") -> list[str]:
    return [cells["words"] for cells in editions.newest(store, act(who), template="meeting_log")[1].values()]


def amend(store, words: str, who: str = "ann@council.example", now: datetime = NOW) -> int:
    return editions.amend(store, act(who, now=now), template="meeting_log", change=added(words))


def _type_ten(address: str, who: str) -> None:
    """Type ten rows one after another, in a process of its own."""
    store = open_store(address)
    for n in range(10):
        amend(store, f"{who} {n}", who)
    store.engine.dispose()


def test_two_processes_that_type_at_once_both_keep_every_row(opened, address):
    people = ["ed@c.example", "rita@c.example"]
    for person in people:
        editions.set_role(opened, act(), person=person, role=EDITOR)
    opened.engine.dispose()
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as both:
        list(both.map(_type_ten, [address] * 2, people))
    assert sorted(words_of(opened)) == [f"{person} {n}" for person in people for n in range(10)]
    typed = [entry for entry in editions.history(opened, act()) if entry[2] == editions.TYPED]
    assert [entry[4] for entry in typed] == list(range(1, 21))


def test_what_one_person_types_on_one_day_is_one_draft_under_its_last_number(opened):
    editions.set_role(opened, act(), person="ed@c.example", role=EDITOR)
    tomorrow = NOW + timedelta(days=1)
    amend(opened, "a")
    assert amend(opened, "b") == 2
    amend(opened, "c", "ed@c.example")
    amend(opened, "d")
    amend(opened, "e", now=tomorrow)
    listed = [(one.number, one.uploaded_by) for one in editions.editions(opened, act())]
    assert listed == [(2, act().who), (3, "ed@c.example"), (4, act().who), (5, act().who)]
    assert words_of(opened) == list("abcde")


def test_what_was_on_show_and_put_back_is_not_typed_over_for_later_editions_are_held_against_it(opened):
    amend(opened, "typed")
    editions.approve(opened, act(), template="meeting_log", number=1, mask=[], beside=0)
    editions.withdraw(opened, act(), template="meeting_log", number=1)
    editions.put_back(opened, act(), template="meeting_log", number=1)
    amend(opened, "typed after")
    assert [one.number for one in editions.editions(opened, act())] == [1, 2]


def test_what_was_brought_in_a_file_or_is_on_show_is_not_typed_over(opened):
    file = {2: {"words": "from a file"}}
    editions.upload(opened, act(), template="meeting_log", lines=file)
    amend(opened, "typed")
    editions.approve(opened, act(), template="meeting_log", number=2, mask=[], beside=0)
    amend(opened, "typed after")
    assert [(one.number, one.status) for one in editions.editions(opened, act())] == [
        (1, "draft"),
        (2, "approved"),
        (3, "draft"),
    ]
    assert refused(editions.upload, opened, act(), template="meeting_log", lines=file) == "same_file"


def test_who_approves_what_was_looked_at_approves_nothing_that_was_typed_since(opened):
    looked_at = amend(opened, "a")
    amend(opened, "b")
    named = {"template": "meeting_log", "number": looked_at, "mask": [], "beside": 0}
    assert refused(editions.approve, opened, act(), **named) == "no_edition"


def test_withdrawing_the_newest_goes_back_to_the_rows_before(opened):
    editions.upload(opened, act(), template="meeting_log", lines={2: {"words": "before"}})
    number = amend(opened, "a mistake")
    editions.withdraw(opened, act(), template="meeting_log", number=number)
    assert words_of(opened) == ["before"]
    amend(opened, "after")
    assert words_of(opened) == ["before", "after"]


def test_a_change_that_changes_nothing_or_fails_keeps_nothing(opened):
    amend(opened, "a")
    assert editions.amend(opened, act(), template="meeting_log", change=dict) == 1
    with pytest.raises(ZeroDivisionError):
        editions.amend(opened, act(), template="meeting_log", change=lambda before: 1 // 0)
    assert [(one.number, one.status) for one in editions.editions(opened, act())] == [(1, "draft")]
    assert words_of(opened) == ["a"]


def test_only_who_may_edit_types_and_only_a_member_reads_rows(opened):
    editions.set_role(opened, act(), person="rita@c.example", role=READER)
    assert refused(amend, opened, "x", "rita@c.example") == "role"
    assert refused(amend, opened, "x", "eve@elsewhere.example") == "no_workspace"
    assert words_of(opened, "rita@c.example") == []
    assert refused(words_of, opened, "eve@elsewhere.example") == "no_workspace"


def test_two_who_approve_at_once_approve_once(opened):
    editions.upload(opened, act(), template=T, lines=lines(7))

    def one(_: int) -> str:
        try:
            editions.approve(opened, act(), template=T, number=1, mask=[], beside=0)
        except RefusedError as error:
            return error.key
        return "approved"

    with ThreadPoolExecutor(4) as many:
        assert sorted(many.map(one, range(4))) == ["approved", *["local.refused.not_draft"] * 3]


def test_a_workspace_goes_into_a_file_and_comes_back(opened, tmp_path):
    editions.upload(opened, act(), template=T, lines=lines(7))
    editions.approve(opened, act(), template=T, number=1, mask=[["a", "small"]], beside=0)
    file = tmp_path / "cardiff.zip"
    backup.backup(opened, act(), file)
    assert file.stat().st_mode & 0o077 == 0
    before = rows.kept_editions(opened, "cardiff", T)
    assert refused(backup.backup, opened, act(), file) == "file_exists"
    assert refused(backup.restore, opened, act(), file) == "workspace_exists"
    assert refused(backup.restore, opened, act(workspace="newport"), file) == "other_backup"
    editions.close_workspace(opened, act())
    assert rows.kept_editions(opened, "cardiff", T) == ()
    backup.restore(opened, act(), file)
    assert rows.kept_editions(opened, "cardiff", T) == before
    assert [entry[2] for entry in editions.history(opened, act())][-2:] == ["backed up", "restored"]


def test_a_backup_goes_from_sqlite_to_postgresql_and_back(opened, tmp_path):
    editions.upload(opened, act(), template=T, lines=lines(7))
    backup.backup(opened, act(), tmp_path / "one.zip")
    other = open_store(folder=tmp_path / "other")
    backup.restore(other, act(), tmp_path / "one.zip")
    assert rows.kept_editions(other, "cardiff", T) == rows.kept_editions(opened, "cardiff", T)


def rewritten(file: Path, **parts: str | None) -> Path:
    """Return a copy of a backup with some parts changed, or left out."""
    other = file.with_name("other.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = parts.get(name.removesuffix(".jsonl"), old.read(name).decode())
            if text is not None:
                new.writestr(name, text)
    return other


def changed(file: Path, table: str, **values: object) -> str:
    """Return the first row of a table of a backup with other values, or without those that are left out."""
    with zipfile.ZipFile(file) as archive:
        row = json.loads(archive.read(f"{table}.jsonl").decode().split("\n")[0])
    return json.dumps({name: value for name, value in (row | values).items() if value is not ...})


@pytest.fixture
def saved(opened, tmp_path) -> Path:
    editions.upload(opened, act(), template=T, lines=lines(7))
    editions.approve(opened, act(), template=T, number=1, mask=[["a", "small"]], beside=0)
    backup.backup(opened, act(), tmp_path / "saved.zip")
    editions.close_workspace(opened, act())
    return tmp_path / "saved.zip"


@pytest.mark.parametrize(
    ("table", "text"),
    [
        *((table.name, text) for table in schema.TABLES for text in ("5", "null", "[]", '"x"', "{}", "{", "\u0000")),
        ("line", None),
        ("form", None),
        ("line", "[" * 100_000),
        ("line", "9" * 5_000),
        ("form", "x" * 1_000),
        ("form", "cohesion-local-"),
        ("workspace", {"keep_days": 10**20}),
        ("workspace", {"keep_days": -1}),
        ("workspace", {"keep_days": True}),
        ("workspace", {"areas": ["E09000001"]}),
        ("workspace", {"areas": None}),
        ("workspace", {"areas": {"W06000015": 1}}),
        ("workspace", {"areas": [["W06000015"]]}),
        ("edition", {"level": "king"}),
        ("workspace", {"more": 1}),
        ("workspace", {"made_at": ...}),
        ("member", {"role": "king"}),
        ("edition", {"uploaded_at": "yesterday"}),
        ("edition", {"settled_at": "2026-11-29"}),
        ("audit", {"at": "2026-13-29T00:00:00+00:00"}),
        ("member", {"person": ""}),
        ("edition", {"status": "public"}),
        ("edition", {"template": "other"}),
        ("edition", {"mask": None}),
        ("edition", {"mask": [["a", "because"]]}),
        ("edition", {"mask": [5]}),
        ("edition", {"seen": "yes"}),
        ("edition", {"number": 2**40}),
        ("edition", {"digest": "x" * 65}),
        ("line", {"cells": {"count": 5}}),
        ("line", {"cells": ["count"]}),
        ("line", {"cells": {"count": "\u0000"}}),
        ("line", {"line": float("nan")}),
    ],
)
def test_a_backup_that_is_damaged_is_refused_and_leaves_nothing(opened, saved, table, text):
    damaged = changed(saved, table, **text) if isinstance(text, dict) else text
    assert refused(backup.restore, opened, act(), rewritten(saved, **{table: damaged})) == "no_backup"
    backup.restore(opened, act(), saved)


@pytest.mark.parametrize(
    "cells",
    [
        {**FULL, "count": "Smith of 3 High St"},
        {**FULL, "count": "007"},
        {**FULL, "quarter": "2026-13-01"},
        {**FULL, "strand": "Smith"},
        {**FULL, "area_code": "E09000001"},
        {**FULL, "more": "Smith"},
        {name: cell for name, cell in FULL.items() if name != "quarter"},
    ],
)
def test_a_row_that_no_template_would_keep_is_refused_by_where_it_is_and_not_by_its_words(opened, saved, cells):
    with pytest.raises(RefusedError) as error:
        backup.restore(opened, act(), rewritten(saved, line=changed(saved, "line", cells=cells)))
    assert error.value.key == "local.refused.backup_row"
    assert error.value.values == {"template": T, "number": 1, "row": 2}
    assert not editions.is_there(opened, act())


def test_a_backup_of_another_version_is_told_to_be_one(opened, saved):
    other = rewritten(saved, form="cohesion-local-999")
    assert refused(backup.restore, opened, act(), other) == "backup_version"


def test_a_backup_is_not_unpacked_beyond_what_one_has(opened, saved, monkeypatch):
    monkeypatch.setattr(backup, "_LARGEST", 100_000)
    bomb = rewritten(saved, line="\n" * 200_000)
    assert bomb.stat().st_size < 10_000
    assert refused(backup.restore, opened, act(), bomb) == "no_backup"


@pytest.mark.parametrize("person", ["", " ", "a@", "@b", "a@b", "a b@c.example", "a,b", "<b>", "x" * 255, "..", "a\nb"])
def test_a_person_is_an_address_or_a_name_on_this_computer(opened, person):
    assert refused(editions.set_role, opened, act(), person=person, role=EDITOR) == "no_person"
    for one in ("ben", "Ann Jones", "o'brien@c.example", "sian.x+y@council.gov.wales", "root"):
        editions.set_role(opened, act(), person=one, role=EDITOR)


@pytest.mark.parametrize("days", [-1, 0, 3_661, 10**30])
def test_editions_are_kept_for_a_number_of_days_that_can_be(store, days):
    assert refused(editions.open_workspace, store, act(), keep_days=days) == "keep_days"


@pytest.mark.parametrize("name", ["", "x" * 65, "a\x00", "a/b", "a\nb"])
def test_a_workspace_has_a_plain_name(store, name):
    assert refused(editions.open_workspace, store, act(workspace=name)) == "workspace_name"


@pytest.mark.parametrize("number", [-1, 0, 2, 2**31, 2**63, 10**30, 10**5_000], ids=range(7))
def test_an_edition_that_cannot_be_is_not_there(opened, number):
    editions.upload(opened, act(), template=T, lines=lines(7))
    for call in (editions.withdraw, editions.forget):
        assert refused(call, opened, act(), template=T, number=number) == "no_edition"
    with pytest.raises(RefusedError) as error:
        editions.withdraw(opened, act(), template=T, number=number)
    assert len(str(error.value.values["number"])) < 20


def test_what_a_driver_cannot_take_is_refused_without_its_value(opened):
    with pytest.raises(StoreError):
        editions.editions(opened, act("\udcff"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a file", b"not a zip"])
def test_what_is_no_backup_is_refused(opened, tmp_path, content):
    file = tmp_path / "x.zip"
    file.write_bytes(content)
    assert refused(backup.restore, opened, act(workspace="newport"), file) == "no_backup"
    assert refused(backup.restore, opened, act(workspace="newport"), Path(tmp_path / "none.zip")) == "no_backup"


@pytest.mark.postgres
def test_postgresql_itself_keeps_workspaces_apart(request, server):
    store = open_store(request.getfixturevalue("database"))
    for name in ("cardiff", "newport"):
        editions.open_workspace(store, act(workspace=name), areas=[f"W06 {name}"])
        editions.upload(store, act(workspace=name), template=T, lines=lines(7))
        people.accept(store, act(workspace=name), version="1", words={"en": "x", "cy": "y"})
    with store.within("newport") as connection:
        for table in (*schema.TABLES, schema.holding):
            assert {row.workspace for row in connection.execute(select(table))} == {"newport"}
        moved = connection.execute(text("UPDATE line SET template = 'x' WHERE workspace = 'cardiff'"))
        assert moved.rowcount == 0
    with store.engine.connect() as connection:  # no workspace was named
        assert connection.execute(select(schema.line)).all() == []
    with pytest.raises(StoreError) as error, store.within("newport") as connection:
        connection.execute(text("INSERT INTO workspace VALUES ('cardiff2', 918273, 'x')"))
    assert "918273" not in str(error.value)
    assert "cardiff" not in str(error.value)
    store.engine.dispose()


def test_an_address_that_cannot_be_opened_is_refused_without_being_told():
    for address in ("nonsense", "postgresql+psycopg://u:secret@127.0.0.1:1/x", "oracle://u:secret@h/x"):
        with pytest.raises(StoreError) as error:
            open_store(address)
        assert "secret" not in str(error.value)


def test_a_store_of_the_first_version_is_brought_up_to_date_with_what_it_holds(store):
    settings = Config()
    settings.set_main_option("script_location", str(Path(engine.__file__).parent / "migrations"))
    with store.engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "0001")
    with store.within("cardiff") as connection:
        connection.execute(text("INSERT INTO workspace VALUES ('cardiff', 30, 'then')"))
        connection.execute(text("INSERT INTO member VALUES ('cardiff', 'ann@council.example', 'approver')"))
    with store.engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
    assert editions.areas(store, act()) == frozenset()


def test_an_area_that_two_had_before_stays_with_the_older_workspace(store):
    settings = Config()
    settings.set_main_option("script_location", str(Path(engine.__file__).parent / "migrations"))
    with store.engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "0002")
    for name, made, areas in (
        ("newport", "2026-02", '["W06000015", "W06000022"]'),
        ("cardiff", "2026-01", '["W06000015"]'),
    ):
        with store.within(name) as connection:
            row = {"name": name, "made": made, "areas": areas}
            connection.execute(text("INSERT INTO workspace VALUES (:name, 30, :made, :areas)"), row)
            connection.execute(text("INSERT INTO member VALUES (:name, 'ann@council.example', 'approver')"), row)
    with store.engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
    assert editions.areas(store, act()) == {"W06000015"}
    assert editions.areas(store, act(workspace="newport")) == {"W06000022"}
    assert refused(editions.open_workspace, store, act(workspace="vale"), areas=["W06000022"]) == "area_held"


def test_the_migrations_make_what_the_schema_says(store):
    inspected = inspect(store.engine)
    for table in schema.metadata.sorted_tables:
        assert {column["name"] for column in inspected.get_columns(table.name)} == {column.name for column in table.c}
        assert set(inspected.get_pk_constraint(table.name)["constrained_columns"]) == {
            c.name for c in table.primary_key
        }


def test_a_second_start_finds_everything_made(opened, address):
    again = open_store(address)
    assert editions.editions(again, act()) == ()
    again.engine.dispose()
