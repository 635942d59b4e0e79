"""Whether a newer number is shown depends on what earlier editions tell, and not on what they hide."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

import pytest

from local_figures import door
from local_figures.store.rows import StoredEdition
from local_figures.templates import templates
from tests.local_figures.remembering import approved

Counts = dict[str, int]
PARTS = ("authorised_social", "authorised_private", "unauthorised_tolerated")


def caravans(counts: Counts) -> dict[int, dict[str, str]]:
    row = dict.fromkeys(templates()["caravans"].names, "") | {"date": "2026-07-16", "area_code": "W06000015"}
    lines = [row | {"caravan_status": status, "caravans": str(n)} for status, n in counts.items()]
    other = row | {"date": "2026-01-16", "caravan_status": "total", "caravans": "50"}
    return dict(enumerate([*lines, other], start=2))


def police(counts: Counts) -> dict[int, dict[str, str]]:
    row = dict.fromkeys(templates()["police_figures"].names, "")
    row |= {
        "quarter": "2026-04-01",
        "area_code": "W06000015",
        "crime_or_incident": "crime",
        "extracted_on": "2026-10-01",
    }
    return {at: row | {"strand": strand, "count": str(n)} for at, (strand, n) in enumerate(counts.items(), start=2)}


def log(counts: Counts) -> dict[int, dict[str, str]]:
    row = dict.fromkeys(templates()["tension_log"].names, "")
    row |= {"area_code": "W06000015", "tension_kind": "experienced", "week_start": "2026-07-06"}
    lines = [row | {"theme": theme, "count": str(n)} for theme, n in counts.items()]
    return dict(enumerate([*lines, row | {"week_start": "2026-10-05", "theme": "race", "count": "0"}], start=2))


def view(template: str, edition: StoredEdition) -> tuple[tuple[object, ...], ...]:
    """Return what a reader sees of an edition: each cell, its number or its mark."""
    shown = door._as_shown(template, edition, edition.mask)
    return tuple((*one.cell.key, one.count) for one in shown.figures)


def views(template: str, made, first: Counts, second: Counts) -> tuple[Any, ...]:
    return tuple(view(template, one) for one in approved(template, [made(first), made(second)]))


@pytest.mark.parametrize(
    ("template", "made", "name"), [("caravans", caravans, "total"), ("police_figures", police, "race")]
)
@pytest.mark.parametrize("new", range(5, 11))
def test_a_number_after_a_small_one_is_shown_or_not_whatever_that_was(template, made, name, new):
    both = {views(template, made, {name: small}, {name: new}) for small in (1, 2, 3, 4)}
    assert len(both) == 1
    assert any(new in row for row in both.pop()[1]) == (new >= 9)


@pytest.mark.parametrize("new", [31, 36, 38, 41, 43, 44])
def test_a_number_after_one_hidden_beside_a_small_one_is_shown_or_not_whatever_that_was(new):
    firsts = ({PARTS[0]: small, PARTS[1]: 40 - small, "total": 40} for small in (1, 2, 3, 4))
    both = {views("caravans", caravans, first, {PARTS[1]: new}) for first in firsts}
    assert len(both) == 1
    assert any(new in row for row in both.pop()[1]) == (not 32 <= new <= 43)


def test_a_guess_of_a_larger_hidden_number_is_answered_alike_whatever_it_was():
    """An editor who brings drafts with guesses learns from none which of them is the hidden one."""
    for guess in (20, 34, 36, 37, 39, 42, 60):
        firsts = ({PARTS[0]: small, PARTS[1]: 40 - small, "total": 40} for small in (1, 2, 3, 4))
        assert len({views("caravans", caravans, first, {PARTS[1]: guess, "total": guess}) for first in firsts}) == 1


def test_strands_that_add_up_and_a_total_that_moves_say_nothing_of_the_week_before():
    firsts = ({"race": 40 - small, "religion": small} for small in (1, 2, 3, 4))
    assert len({views("tension_log", log, first, {"race": 40, "religion": 6}) for first in firsts}) == 1


@pytest.mark.parametrize("seed", range(6))
def test_random_editions_are_hidden_alike_for_all_that_the_first_leaves_open(seed):
    chance = random.Random(seed)
    large, total = chance.randint(6, 30), chance.randint(40, 60)
    second = {PARTS[0]: chance.randint(5, 12), PARTS[1]: large + chance.randint(-2, 9), PARTS[2]: chance.randint(9, 50)}
    second["total"] = sum(second.values())
    seen = defaultdict(set)
    for small in (1, 2, 3, 4):
        first = {PARTS[0]: small, PARTS[1]: large, PARTS[2]: total - large - small, "total": total}
        one, two = views("caravans", caravans, first, second)
        seen[one].add(two)
    assert all(len(told) == 1 for told in seen.values())
