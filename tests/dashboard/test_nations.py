"""One value says which nation is shown: its code stands nowhere else in the room, and its outlines are there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard import queries
from dashboard.model import Period
from dashboard.nations import HOME, KINGDOM_OUTLINES
from dashboard.tables import is_mid_year

ROOM = Path(__file__).parents[2] / "dashboard"


def test_no_module_names_the_code_but_the_vocabulary_of_both_rooms():
    naming = [p.name for kind in ("py", "sql") for p in ROOM.rglob(f"*.{kind}") if HOME.code in p.read_text("utf-8")]
    assert naming == []
    assert HOME.code in (ROOM.parent / "cohesion" / "vocabulary.py").read_text("utf-8")


@pytest.mark.parametrize("address", [*HOME.outlines.values(), KINGDOM_OUTLINES])
def test_every_outline_is_there(address):
    assert (ROOM / address.removeprefix("app/")).is_file()


def test_its_members_are_its_own_and_any_authority_of_the_kingdom_stands_beside_them(build):
    assert all(HOME.has(code) for code in queries.area(HOME.benchmark, build=build).members)
    assert not HOME.has("E06000023")
    assert queries.series("population", "E06000023", build=build).latest is not None


@pytest.mark.parametrize(
    ("measure", "start", "months", "expected"),
    [
        ("population", "2024-06-30", 0, True),
        ("projected_population", "2030-06-30", 0, True),
        ("population", "2021-03-21", 0, False),
        ("population_change", "2023-07-01", 12, False),
        ("asylum_supported", "2026-06-30", 0, False),
    ],
)
def test_a_mid_year_is_told_by_day_and_measure(measure, start, months, expected):
    assert is_mid_year(Period(start=date.fromisoformat(start), months=months), measure=measure) is expected
