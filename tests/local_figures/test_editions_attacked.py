"""No edition gives away a small count of another, nor that one more came since: tried by a reader who remembers all."""

from __future__ import annotations

import random

import pytest

from local_figures import door, places
from local_figures.control import protect
from local_figures.control.model import GivenAwayError, Hidden, Table
from tests.local_figures.remembering import MADE, approved, found, growing_log, revised_figures


@pytest.mark.parametrize("template", MADE)
@pytest.mark.parametrize("start", [0, 4])
def test_who_remembers_every_edition_works_nothing_out(template, start):
    for seed in range(start, start + 4):
        drafts = MADE[template](seed)
        editions = approved(template, drafts)
        assert len(editions) == len(drafts)
        for number in range(1, len(editions) + 1):
            assert found(template, editions[:number]) == [], f"seed {seed}, edition {number}"


def test_an_edition_that_earlier_ones_would_tell_whatever_is_hidden_of_it_is_withheld():
    drafts = revised_figures(5057)  # a total goes from 6 to 5 and back, and a part of it from 0 to 1
    editions = approved("police_figures", drafts)
    assert [one.number for one in editions] == [1, 2]
    assert len(drafts) == 4
    assert found("police_figures", editions) == []


def test_the_attacker_finds_what_a_step_that_is_not_protected_tells(monkeypatch):
    monkeypatch.setattr(door, "_steps", lambda *_: {})
    assert any(found("tension_log", approved("tension_log", growing_log(seed))) for seed in range(8))


def test_what_is_published_of_a_force_is_not_what_hides_a_small_count(monkeypatch):
    """Of a year and a force strands are published, so hiding our own sum of them would hide nothing."""
    force, members = min(
        ((w, m) for w, m in places.wholes().items() if w.startswith("W15")), key=lambda one: len(one[1])
    )
    row = {"strand": "race", "extracted_on": "2026-10-12"}
    rows = [
        row | {"area_code": area, "quarter": quarter, "crime_or_incident": kind, "count": str(n)}
        for n, area in enumerate(sorted(members))
        for quarter in ("2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01")
        for kind in ("crime", "incident")
    ]
    tables: list[Table] = []

    def protect(table: Table, **_: object) -> dict[tuple[str, ...], Hidden]:
        tables.append(table)
        return {}

    monkeypatch.setattr(door, "protect", protect)
    approved("police_figures", [dict(enumerate(rows, start=2))])
    assert {key[1:5] for key in tables[0].told_before} == {(force, "2025-04-01", "12", "crime_or_incident=crime")}


def test_what_was_hidden_whole_gives_nothing_away_in_later_editions_and_nothing_away_itself(monkeypatch):
    chance, piece = random.Random(5), protect._piece

    def in_time(*given: object) -> dict[tuple[str, ...], Hidden]:
        if chance.random() < 0.3:
            raise GivenAwayError("no table that fits was found in time")
        return piece(*given)

    monkeypatch.setattr(protect, "_piece", in_time)
    whole = 0
    for seed in range(4):
        editions = approved("support", MADE["support"](seed))
        whole += sum(row[-1] == Hidden.WHOLE.value for one in editions for row in one.mask)
        for number in range(1, len(editions) + 1):
            assert found("support", editions[:number]) == []
    assert whole
