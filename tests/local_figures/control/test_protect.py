"""No count of 1 to 4 can be worked out from all that is shown: tried by an attacker, on tables made by a seed."""

from __future__ import annotations

import pytest

from local_figures.control import attack
from local_figures.control.model import Bound, GivenAwayError, Hidden, Sum, Table
from local_figures.control.protect import check, protect
from tests.local_figures.attacker import seen, whole_numbers
from tests.local_figures.random_tables import table

EVERY = 60  # benchmarks/disclosure.py tries thousands, and larger ones


def line(*parts: int) -> Table:
    counts = {(f"p{number}",): count for number, count in enumerate(parts)} | {("total",): sum(parts)}
    return Table(counts=counts, sums=(Sum(total=("total",), parts=tuple(counts)[:-1]),))


def hidden(one: Table) -> set[str]:
    return {key[0] for key in protect(one)}


@pytest.mark.parametrize(("start", "zeros"), [*((start, 0.25) for start in range(0, EVERY, 15)), (0, 0.75), (100, 0.9)])
def test_an_attacker_narrows_no_count_beyond_what_the_marks_say(start, zeros):
    for seed in range(start, start + 15):
        one = table(seed, most_places=2, most_strands=3, zeros=zeros)
        mask = protect(one)
        assert {key for key, count in one.counts.items() if 1 <= count <= 4} <= set(mask)
        small = frozenset(key for key, why in mask.items() if why is not Hidden.SECOND and one.counts[key])
        shown = seen(one, mask)
        by_marks = seen(one, {**dict.fromkeys(one.free, Hidden.SECOND), **mask}, only=small)
        for key, (least, most) in shown.items():
            assert most - least >= 1 or not one.counts[key], f"seed {seed}: a hidden count is known"
            assert key not in small or whole_numbers(shown[key]) == whole_numbers(by_marks[key]), f"seed {seed}"


def test_zeros_are_shown():
    assert hidden(line(0, 3, 20, 0)) == {"p1", "p2"}


def test_a_number_that_gives_nothing_away_is_shown():
    assert hidden(line(3, 2, 20)) == {"p0", "p1"}  # 5 together: each may be 1 to 4


def test_two_small_counts_at_the_edge_need_a_third():
    assert len(hidden(line(4, 4, 20))) == 3  # 8 together would be 4 and 4


def test_a_five_does_not_hide_a_one():
    assert hidden(line(1, 5)) == {"p0", "total"}  # 6 with both hidden is a 1: 5 is the least that hides for another


def test_four_ones_in_a_total_of_four_are_given_no_detail_zeros_too():
    assert protect(line(1, 1, 1, 1, 0)) == {
        ("total",): Hidden.SMALL,
        **{(f"p{number}",): Hidden.DETAIL for number in range(5)},
    }


def test_a_part_of_a_place_that_overlaps_is_not_found_by_taking_away():
    counts = {("cardiff",): 30, ("vale",): 3, ("both",): 33, ("newport",): 40, ("all",): 73}
    sums = (Sum(total=("both",), parts=(("cardiff",), ("vale",))),
            Sum(total=("all",), parts=(("cardiff",), ("vale",), ("newport",))))  # fmt: skip
    mask = protect(Table(counts=counts, sums=sums))
    assert ("vale",) in mask
    assert ("cardiff",) in mask or {("both",), ("all",)} <= set(mask)


def test_strands_that_overlap_are_not_found_from_their_total():
    counts = {("race",): 17, ("religion",): 4, ("total",): 21}
    strands = (("race",), ("religion",))
    bounds = (Bound(at_most=(("total",),), of=strands), *(Bound(at_most=(s,), of=(("total",),)) for s in strands))
    mask = protect(Table(counts=counts, bounds=bounds))
    assert set(mask) > {("religion",)}  # 21 is at most 17 and another, which would be 4


def test_what_an_earlier_edition_told_stays_told():
    one = line(3, 20)
    other = protect(Table(counts=one.counts, sums=one.sums, told_before=frozenset({("p1",)})))
    assert set(other) == {("p0",), ("total",)}
    with pytest.raises(GivenAwayError):
        protect(Table(counts=one.counts, sums=one.sums, told_before=frozenset({("p1",), ("total",)})))


def test_what_is_not_proved_in_time_is_withheld(monkeypatch):
    def slow(*_: object, **__: object) -> None:
        raise attack.NotProvedError("no table that fits was found in time")

    monkeypatch.setattr(attack.Puzzle, "step", slow)
    with pytest.raises(GivenAwayError):
        protect(line(3, 2, 20))


def two(first: int, second: int) -> Table:
    """Return two lines that have nothing to do with each other."""
    counts = {
        ("a",): first,
        ("b",): 20,
        ("a and b",): first + 20,
        ("c",): second,
        ("d",): 20,
        ("c and d",): second + 20,
    }
    sums = (Sum(total=("a and b",), parts=(("a",), ("b",))), Sum(total=("c and d",), parts=(("c",), ("d",))))
    return Table(counts=counts, sums=sums)


def test_a_piece_that_is_not_proved_in_time_is_hidden_whole_and_the_others_are_shown(monkeypatch):
    step = attack.Puzzle.step

    def slow(puzzle: attack.Puzzle, *given: object, **named: object) -> object:
        if ("a",) in puzzle.table.counts:
            raise attack.NotProvedError("no table that fits was found in time")
        return step(puzzle, *given, **named)

    monkeypatch.setattr(attack.Puzzle, "step", slow)
    mask = protect(two(0, 3))
    assert set(mask) == {("c",), ("d",)} or set(mask) == {("c",), ("c and d",)}
    mask = protect(two(2, 3))
    assert {key for key, why in mask.items() if why is Hidden.WHOLE} == {("a",), ("b",), ("a and b",)}
    assert len(mask) == 5


def test_no_time_at_all_is_told_as_a_table_that_cannot_be_shown():
    with pytest.raises(GivenAwayError):
        protect(line(3, 2, 20), seconds=0)


def test_how_much_is_done_is_told_and_only_grows():
    told: list[float] = []
    protect(table(40), progress=told.append)
    assert told == sorted(told)
    assert (min(told) >= 0, told[-1]) == (True, pytest.approx(1.0))


def test_what_was_told_joins_no_pieces():
    one = line(3, 20)
    counts = {**one.counts, ("e",): 40, ("all",): 63}
    sums = (*one.sums, Sum(total=("all",), parts=(("total",), ("e",))))
    told = frozenset({("total",)})
    assert len(list(Table(counts=counts, sums=sums).apart())) == 1
    pieces = [set(piece.counts) for piece in Table(counts=counts, sums=sums, told_before=told).apart()]
    assert pieces == [{("p0",), ("p1",), ("total",)}, {("e",), ("all",), ("total",)}]


def stepped(before: int, now: int, *, told: bool = True) -> Table:
    counts = {("9",): before, ("10",): now, ("step",): abs(now - before)}
    pair = (("10",), ("9",)) if now > before else (("9",), ("10",))
    return Table(counts=counts, steps={("step",): pair}, told_before=frozenset({("9",)}) if told else frozenset())


def test_one_more_than_was_told_hides_the_newer_count():
    assert protect(stepped(9, 10)) == {("10",): Hidden.SECOND, ("step",): Hidden.STEP}
    assert protect(stepped(8, 4)) == {("10",): Hidden.SMALL, ("step",): Hidden.STEP}


def test_a_step_that_both_counts_tell_is_refused_by_the_check():
    with pytest.raises(GivenAwayError):
        check(stepped(9, 10), {("step",): Hidden.STEP})


def test_a_mask_that_leaves_a_way_is_refused():
    with pytest.raises(GivenAwayError):
        check(line(3, 20), {("p0",): Hidden.SMALL})
    with pytest.raises(GivenAwayError):
        check(line(3, 20), {})
    with pytest.raises(GivenAwayError):
        check(line(1, 5), {("p0",): Hidden.SMALL, ("p1",): Hidden.SECOND})


def test_counts_that_do_not_add_up_are_refused_without_telling_them():
    with pytest.raises(ValueError, match="1 relation") as refused:
        Table(counts={("a",): 7, ("total",): 9}, sums=(Sum(total=("total",), parts=(("a",),)),))
    assert "7" not in str(refused.value)
    assert "9" not in str(refused.value)
    with pytest.raises(ValueError, match="whole counts"):
        Table(counts={("a",): -1})


def test_the_same_table_is_hidden_the_same_way_every_time():
    assert protect(table(40)) == protect(table(40))
