"""Roles of persons and groups, where somebody who signs in belongs, and what they accepted: on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from local_figures.store import backup, editions, people, schema
from local_figures.store.editions import APPROVER, EDITOR, PARTNER, READER, Act, RefusedError
from local_figures.store.schema import GROUP

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
WORDS = {"en": "Keep it to yourself.", "cy": "Cadwch ef i chi'ch hun."}


def act(who: str = "ann@council.example", workspace: str = "cardiff", groups: tuple[str, ...] = ()) -> Act:
    return Act(workspace=workspace, who=who, now=NOW, groups=groups)


@pytest.fixture
def opened(store):
    editions.open_workspace(store, act())
    return store


def refused(call, *arguments, **named) -> str:
    with pytest.raises(RefusedError) as error:
        call(*arguments, **named)
    return error.value.key.removeprefix("local.refused.")


def test_an_address_is_one_person_however_it_is_written(opened):
    editions.set_role(opened, act(), person=" Ben@Council.EXAMPLE ", role=READER)
    assert editions.role(opened, act("BEN@council.example")) == READER
    assert [one.person for one in people.members(opened, act())] == ["ann@council.example", "ben@council.example"]
    editions.take_role(opened, act(), person="Ben@council.example")
    assert refused(editions.role, opened, act("ben@council.example")) == "no_workspace"


def test_a_group_gives_its_role_to_its_people_and_the_higher_of_two_holds(opened):
    editions.set_role(opened, act(), person="Cohesion Team", role=EDITOR, kind=GROUP)
    editions.set_role(opened, act(), person="ben@council.example", role=READER)
    assert editions.role(opened, act("cai@council.example", groups=("Cohesion Team", "Parks"))) == EDITOR
    assert editions.role(opened, act("ben@council.example", groups=("Cohesion Team",))) == EDITOR
    assert editions.role(opened, act("ben@council.example")) == READER
    assert refused(editions.role, opened, act("cai@council.example", groups=("Parks",))) == "no_workspace"


def test_who_is_called_like_a_group_is_not_of_it_and_a_group_called_like_a_person_is_not_them(opened):
    editions.set_role(opened, act(), person="Cohesion Team", role=EDITOR, kind=GROUP)
    assert refused(editions.role, opened, act("Cohesion Team")) == "no_workspace"
    assert refused(editions.role, opened, act("x@council.example", groups=("ann@council.example",))) == "no_workspace"
    assert people.workspaces(opened, who="Cohesion Team") == ()


def test_somebody_finds_every_workspace_of_their_own_and_none_of_another(opened):
    for name in ("newport", "swansea"):
        editions.open_workspace(opened, act("dee@council.example", workspace=name))
    editions.set_role(
        opened, act("dee@council.example", workspace="newport"), person="ann@council.example", role=PARTNER
    )
    editions.set_role(opened, act("dee@council.example", workspace="swansea"), person="team", role=READER, kind=GROUP)
    assert people.workspaces(opened, who="ann@council.example") == ("cardiff", "newport")
    assert people.workspaces(opened, who="ann@council.example", groups=["team"]) == ("cardiff", "newport", "swansea")
    assert people.workspaces(opened, who="eve@council.example", groups=["other"]) == ()
    assert people.workspaces(opened, who="x\nperson:ann@council.example", groups=["y\ngroup:team"]) == ()


def test_the_roles_of_one_who_signs_in_are_all_that_they_see_without_naming_a_workspace(opened):
    editions.set_role(opened, act(), person="ben@council.example", role=READER)
    with opened.among(["person:ben@council.example"]) as connection:
        if connection.dialect.name == "postgresql":
            assert connection.execute(select(schema.member.c.person)).all() == [("ben@council.example",)]
            assert connection.execute(select(schema.workspace)).all() == []


def test_terms_are_accepted_once_for_each_version_and_kept_in_their_words(opened):
    assert not people.has_accepted(opened, act(), version="1")
    people.accept(opened, act(), version="1", words=WORDS)
    people.accept(opened, act(), version="1", words=WORDS)
    assert people.has_accepted(opened, act(), version="1")
    assert not people.has_accepted(opened, act(), version="2")
    assert [what for _, _, what, *_ in editions.history(opened, act())].count("terms 1 accepted") == 1
    with opened.within("cardiff") as connection:
        assert connection.scalar(select(schema.acceptance.c.words)) == WORDS
    assert refused(people.accept, opened, act("eve@council.example"), version="1", words=WORDS) == "no_workspace"


def test_what_was_accepted_and_groups_come_back_with_a_backup(opened, tmp_path):
    people.accept(opened, act(), version="1", words=WORDS)
    editions.set_role(opened, act(), person="team", role=READER, kind=GROUP)
    before = people.members(opened, act())
    backup.backup(opened, act(), tmp_path / "one.zip")
    editions.close_workspace(opened, act())
    backup.restore(opened, act(), tmp_path / "one.zip")
    assert people.has_accepted(opened, act(), version="1")
    assert people.members(opened, act()) == before


def test_who_reads_waits_for_nobody_who_writes(opened):
    with opened.within("cardiff") as connection, ThreadPoolExecutor(1) as another:
        editions.demand(connection, act(), APPROVER)
        editions.note(connection, act(), "uploaded")
        assert another.submit(editions.role, opened, act()).result(timeout=20) == APPROVER
        assert another.submit(people.workspaces, opened, who="ann@council.example").result(timeout=20) == ("cardiff",)


def test_how_long_editions_are_kept_is_for_an_approver_to_say(opened):
    people.set_keep_days(opened, act(), days=400)
    assert people.keep_days(opened, act()) == 400
    assert refused(people.set_keep_days, opened, act(), days=0) == "keep_days"
    editions.set_role(opened, act(), person="ben@council.example", role=EDITOR)
    assert refused(people.set_keep_days, opened, act("ben@council.example"), days=400) == "role"


def test_a_file_that_was_made_is_written_down_and_a_partner_reads_no_list_of_people(opened):
    editions.set_role(opened, act(), person="pat@partner.example", role=PARTNER)
    editions.exported(opened, act("pat@partner.example"), template="police_figures", number=1)
    assert editions.history(opened, act())[-1][1:] == ("pat@partner.example", "exported", "police_figures", 1)
    assert refused(people.members, opened, act("pat@partner.example")) == "role"
    assert people.members(opened, act())[0].role == APPROVER
