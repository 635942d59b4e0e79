"""The whole way through the door on both databases: levels, what was told before, shares, and what is deleted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from local_figures import door
from local_figures.store import editions
from local_figures.store.editions import Act, RefusedError

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ANN, PAT = (Act(workspace="cardiff", who=who, now=NOW) for who in ("ann@council.example", "pat@charity.example"))
AREA = "W06000015"


@pytest.fixture
def opened(store):
    editions.open_workspace(store, ANN, areas=[AREA])
    editions.set_role(store, ANN, person=PAT.who, role="partner")
    return store


def race(store, count: int, level: str = "partners") -> int | None:
    """Bring in and approve one number, and return what is told of it."""
    row = {"quarter": "2026-07-01", "area_code": AREA, "crime_or_incident": "crime", "strand": "race"}
    lines = {2: row | {"count": str(count), "extracted_on": "2026-10-12"}}
    number = editions.upload(store, ANN, template="police_figures", lines=lines)
    return door.approve(store, ANN, "police_figures", number, level=level).figures[0].count


def test_a_partner_sees_what_is_for_partners_and_the_history_is_one(opened):
    assert race(opened, 20) == 20
    assert race(opened, 30, "private") == 30
    assert race(opened, 31) is None  # who has both roles would know that one came
    (seen,) = door.show(opened, PAT, "police_figures").figures
    assert (seen.count, seen.before) == (None, (20, 1))
    assert door.editions_on_show(opened, PAT)["police_figures"].number == 3
    assert race(opened, 36) == 36
    assert door.show(opened, PAT, "police_figures").level == "partners"


def test_what_was_deleted_is_not_known_any_more(opened):
    assert race(opened, 30) == 30
    assert race(opened, 31) is None
    editions.withdraw(opened, ANN, template="police_figures", number=1)
    assert door.show(opened, PAT, "police_figures").figures[0].before is None
    assert race(opened, 32) is None  # withdrawn is not forgotten
    for number in (1, 2, 3):
        editions.forget(opened, ANN, template="police_figures", number=number)
    assert door.show(opened, PAT, "police_figures") is None
    assert race(opened, 33) == 33


def test_a_role_that_is_taken_sees_nothing_from_the_next_question_on(opened):
    race(opened, 20)
    editions.take_role(opened, ANN, person=PAT.who)
    with pytest.raises(RefusedError):
        door.show(opened, PAT, "police_figures")
    with pytest.raises(RefusedError):
        door.editions_on_show(opened, PAT)


def test_shares_and_a_survey_go_through_it_too(opened):
    course = {"quarter": "2026-07-01", "department": "Schools", "course": "Hate", "attended": "40"}
    answers = {"year": "2025/26", "area_code": AREA, "question_code": "q", "group": "all", "n": "412"}
    for template, row in (
        ("training", course | {"feedback_n": "24", "more_confident_n": "18"}),
        ("resident_survey", answers | {"percent": "71.5", "lower": "67", "upper": "75.6"}),
    ):
        editions.upload(opened, ANN, template=template, lines={2: row})
        door.approve(opened, ANN, template, 1, level="partners")
    assert 75.0 in [share.percent for share in door.show(opened, PAT, "training").shares]
    assert [share.percent for share in door.show(opened, PAT, "resident_survey").shares] == [71.5]
    with pytest.raises(RefusedError):
        door.lines(opened, PAT, "resident_survey")
