"""What others may not see of a scorecard: small counts, and whatever two or a few numbers could give back of them."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from random import Random

import pytest

from local_figures.withheld import hidden, name_of

LINE = {"outcome": "1", "quadrant": "how_much", "period": "2025/26", "unit": "people"}


def line(item, value, **more):
    return LINE | {"item": item, "value": str(value)} | more


def gone(*lines, before=()):
    return {
        name[1] for name in hidden(lines, [{name_of(one): Decimal(one["value"]) for one in told} for told in before])
    }


@pytest.mark.parametrize("unit", ["people", "schools", "cases", "pobl"])
def test_a_count_of_1_to_4_is_hidden_whatever_is_counted_and_none_is_told(unit):
    lines = [line("a", 0, unit=unit), line("b", 1, unit=unit), line("c", 4, unit=unit), line("d", 9, unit=unit)]
    assert gone(*lines) == {"b", "c"}
    assert gone(line("a", 3, unit="£"), line("b", 3, unit="%"), line("c", "", unit=unit)) == set()


def test_two_numbers_that_lie_1_to_4_apart_do_not_both_stand():
    assert gone(line("trained", 20), line("found it useful", 19)) == {"found it useful"}
    assert gone(line("trained", 20), line("found it useful", 20)) == set()
    assert gone(line("trained", 20), line("found it useful", 15)) == set()
    assert gone(line("trained", 20), line("useful", 19, unit="schools")) == set(), "of another unit it is no part"
    assert gone(line("trained", 20), line("useful", 19, period="2024/25")) == set()
    assert gone(line("trained", 20), line("useful", 19, outcome="2")) == set()


def test_a_hidden_number_is_not_what_is_left_of_a_whole_less_its_other_parts():
    assert gone(line("all", 20), line("women", 17), line("men", 3)) == {"men", "women"}
    assert gone(line("all", 30), line("x", 12), line("y", 15), line("z", 3)) == {"z", "x"}
    assert gone(line("all", 22), line("x", 20), line("y", 1), line("z", 1)) == {"x", "y", "z"}
    assert gone(line("all", 30), line("x", 22), line("y", 4), line("z", 4)) == {"x", "y", "z"}, "8 is twice 4"
    assert gone(line("all", 30), line("x", 24), line("y", 3), line("z", 3)) == {"y", "z"}, "6 may be 2 and 4"


def test_one_more_than_an_edition_told_before_is_a_small_number_too():
    assert gone(line("a", 10), before=[[line("a", 9)]]) == {"a"}
    assert gone(line("a", 10), before=[[line("a", 10)]]) == set()
    assert gone(line("a", 14), before=[[line("a", 9)]]) == set()
    assert gone(line("a", 0), before=[[line("a", 9)]]) == set()
    assert gone(line("a", 14), before=[[line("a", 9)], [line("a", 15)]]) == {"a"}, "every edition is remembered"
    assert gone(line("a", 10), before=[[line("b", 9)]]) == set()


@pytest.mark.parametrize(
    ("share", "is_told"),
    [("95", False), ("90", False), ("5", False), ("75", True), ("86", True), ("0", True), ("100", True)],
)
def test_a_percentage_that_may_be_of_a_number_beside_it_tells_no_few(share, is_told):
    found = gone(line("trained", 20), line("useful", share, unit="%", quadrant="how_well"))
    assert (found == set()) is is_told
    assert gone(line("trained", 20), line("useful", share, unit="%", period="2024/25")) == set()


def test_a_percentage_of_fewer_than_ten_is_hidden_and_one_of_many_is_not():
    assert gone(line("trained", 8), line("useful", "50", unit="%")) == {"useful"}
    assert gone(line("trained", 400), line("useful", "50", unit="y cant")) == set()
    assert gone(line("trained", 40), line("useful", "97.5", unit="%")) == {"useful"}


def test_in_random_scorecards_no_sum_of_what_is_told_gives_a_hidden_count_back():
    random = Random(17)
    for _ in range(150):
        parts = [random.randint(0, 12) for _ in range(random.randint(2, 4))]
        lines = [*(line(f"part {n}", value) for n, value in enumerate(parts)), line("all", sum(parts))]
        told = gone(*lines)
        shown = {one["item"]: int(one["value"]) for one in lines if one["item"] not in told and one["value"] != "0"}
        few = {int(one["value"]) for one in lines if one["item"] in told and int(one["value"]) < 5}
        assert not set(shown.values()) & {1, 2, 3, 4}
        for whole, value in shown.items():
            rest = [n for name, n in shown.items() if name != whole]
            for many in range(1, len(rest) + 1):
                left = {value - sum(some) for some in combinations(rest, many)}
                assert not left & few, (lines, told)
                assert many > 1 or not left & {1, 2, 3, 4}
