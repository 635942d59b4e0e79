"""A scorecard from its rows: changes and targets are told as they are, small counts to nobody outside."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard import queries
from dashboard.figures.catalogue import BY_CODE, TABLES
from dashboard.figures.where import block_of
from local_figures import withheld
from local_figures.scorecard import QUADRANTS, for_others, measures, of_outcome, outcomes, public, with_drafts

ROW = {
    "outcome": "1",
    "item": "Schools visited",
    "quadrant": "how_much",
    "period": "2024/25",
    "value": "24",
    "unit": "schools",
    "target": "30",
    "note": "",
}


def held(*rows):
    return measures(dict(enumerate((ROW | row for row in rows), start=2)))


def as_others_see(*rows):
    return for_others(held(*rows), withheld.hidden([ROW | row for row in rows], ()))


def test_values_of_an_item_stand_together_with_the_newest_last_however_they_were_typed():
    (one,) = held({"period": "2025/26", "value": "31"}, {})
    assert [value.period for value in one.values] == ["2024/25", "2025/26"]
    assert (one.newest.value, one.newest.at) == (31, 2)
    assert (one.change, one.newest.from_target) == (7, 1)


def test_an_item_of_another_quadrant_or_outcome_is_another():
    found = held({}, {"quadrant": "how_well"}, {"outcome": "4"})
    assert len(found) == 3
    assert [len(of_outcome("1", found)[quadrant]) for quadrant in QUADRANTS] == [1, 1, 0]
    assert not any(of_outcome("7", found).values())


@pytest.mark.parametrize(
    "newer", [{"value": ""}, {"unit": "pupils"}, {"period": "2024/25", "item": "Another"}], ids=str
)
def test_no_change_is_told_where_there_is_nothing_to_take_it_from(newer):
    *_, last = held({}, {"period": "2025/26"} | newer)
    assert last.change is None


def test_nothing_is_0_only_where_0_was_typed():
    (one,) = held({"value": "0", "target": ""}, {"period": "2025/26", "value": "", "target": "0.5"})
    assert [value.value for value in one.values] == [0, None]
    assert [value.target for value in one.values] == [None, Decimal("0.5")]
    assert one.newest.from_target is None


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        ("4", "people", None),
        ("1", "people", None),
        ("0", "people", 0),
        ("5", "people", 5),
        ("3", "%", 3),
        ("-2", "£", -2),
        ("-3", "people", None),
        ("-5", "people", -5),
    ],
)
def test_others_see_no_small_count_and_no_note(value, unit, told):
    (one,) = as_others_see({"value": value, "unit": unit, "note": "said in confidence"})
    assert (one.newest.value, one.newest.note) == (told, "")
    assert one.newest.hidden == (told is None)


def test_what_is_not_on_show_as_it_stands_is_a_draft():
    on_show = held({}, {"period": "2025/26", "value": "31"})
    now = held({}, {"period": "2025/26", "value": "32"}, {"item": "Talks"})
    assert [value.is_draft for one in with_drafts(now, on_show) for value in one.values] == [False, True, True]
    assert [value.is_draft for one in with_drafts(on_show, on_show) for value in one.values] == [False, False]
    (other,) = with_drafts(held({"note": "Put right"}), on_show)
    assert other.newest.is_draft
    assert with_drafts(held({}), ())[0].newest.is_draft


def test_what_is_hidden_by_name_is_told_to_nobody_outside():
    every = held({}, {"period": "2025/26", "value": "31"})
    (one,) = for_others(every, {every[0].name_in("2025/26")})
    assert [value.value for value in one.values] == [24, None]
    assert one.newest.hidden
    assert one.change is None


def test_nothing_of_a_hidden_count_comes_back_as_a_change_or_beside_its_target():
    (one,) = as_others_see({"value": "3"}, {"period": "2025/26", "value": "9"})
    assert one.change is None
    assert one.values[0].from_target is None
    assert one.values[0].target == 30


def test_public_measures_are_the_background_of_an_outcome_and_of_no_quadrant():
    assert tuple(public()) == outcomes() == tuple("1234567")
    assert [bool(measures) for measures in public().values()] == [True] * 6 + [False]
    assert not {*QUADRANTS} & {measure for measures in public().values() for measure in measures}


def test_each_public_measure_is_one_we_hold_and_a_figure_of_the_catalogue(build):
    for held_measures in public().values():
        for measure, parts in held_measures.items():
            assert set(parts) <= set(queries.categories(measure, build=build)), measure
            assert {block_of(measure, part) for part in parts} <= {*BY_CODE, *TABLES}, measure


@pytest.mark.parametrize("unit", ["%", "per cent", "Percentage", "pct", "y cant", "Canran", " percent "])
def test_a_percentage_is_no_count_in_whatever_word_it_is_typed_and_is_shown_with_its_sign(unit):
    assert withheld.is_share(unit)
    assert not withheld.is_small(Decimal(3), unit)
    assert withheld.unit_of(unit) == withheld.PER_CENT


@pytest.mark.parametrize(
    ("unit", "is_share"),
    [("% of schools", True), ("canran y staff", True), ("percentiles", False), ("canrannog", False)],
)
def test_a_share_of_something_is_no_count_and_keeps_its_words(unit, is_share):
    assert withheld.is_share(unit) is is_share
    assert withheld.unit_of(unit) == unit
