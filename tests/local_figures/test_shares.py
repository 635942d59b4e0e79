"""A share is told where both its counts are; of a hidden one what its mark says; of a survey no group that is left."""

from __future__ import annotations

import pytest

from local_figures import door
from local_figures.shares import Share
from local_figures.store.rows import StoredEdition
from local_figures.templates import templates
from tests.local_figures.remembering import approved


def shares(template: str, *rows: tuple[str, ...]) -> tuple[Share, ...]:
    lines = {at: dict(zip(templates()[template].names, row, strict=True)) for at, row in enumerate(rows, start=2)}
    return told(template, approved(template, [lines])[0])


def told(template: str, edition: StoredEdition) -> tuple[Share, ...]:
    return door._as_shown(template, edition, edition.mask).shares


def course(attended: int, feedback: int | str, confident: int) -> dict[str, Share]:
    row = ("2026-07-01", "Education", "Hate crime", str(attended), str(feedback), str(confident))
    told_shares = shares("training", row)
    share_of = {share.cell.measure.split(".")[1]: share for share in told_shares}
    assert len(share_of) == len(told_shares), "each part is a share of one whole"
    return share_of


def test_a_share_is_told_with_what_it_is_of_where_both_are_shown():
    one = course(40, 24, 18)["more_confident_n"]
    assert (one.of, one.n, one.percent, one.between, one.marker) == ("training.feedback_n", 24, 75.0, None, "")


def test_a_part_of_a_part_is_a_share_of_its_nearest_whole_alone():
    assert {name: share.of for name, share in course(40, 24, 18).items()} == {
        "feedback_n": "training.attended", "more_confident_n": "training.feedback_n"}  # fmt: skip
    assert course(40, "", 18) == {}, "how many answered is not known, and who came is not who answered"


def test_of_a_hidden_count_is_told_what_its_mark_says_and_no_more():
    one = course(40, 20, 18)["more_confident_n"]  # two were not: 18 would say so
    assert (one.percent, one.between, one.marker) == (None, (80.0, 95.0), "[c]")
    one = course(40, 20, 3)["more_confident_n"]
    assert one.between == (5.0, 20.0)


def test_none_and_all_are_told():
    assert course(40, 20, 0)["more_confident_n"].percent == 0
    assert course(40, 20, 20)["more_confident_n"].percent == 100


def test_there_is_no_share_of_fewer_than_ten_answers_and_none_of_a_hidden_number():
    assert set(course(40, 9, 7)) == {"feedback_n"}
    assert "more_confident_n" not in course(40, 4, 4)


def test_support_is_told_in_shares_from_five_up():
    found = shares("support", ("2026-07-01", "W06000015", "Victim support", "20", "14", "5", "5"))
    assert {share.cell.measure: share.percent for share in found} == {
        "support.accepted": 70.0, "support.satisfied_n": 100.0}  # fmt: skip
    assert len(shares("support", ("2026-07-01", "W06000015", "Victim support", "20", "14", "0", "0"))) == 1


def test_outcomes_are_shares_of_their_total():
    at = ("2025/26", "W06000015", "2025/26")
    found = shares("outcomes", (*at, "total", "60"), (*at, "charged", "12"), (*at, "open", "48"))
    assert [(share.of, share.n, share.percent) for share in found] == [("total", 60, 20.0), ("total", 60, 80.0)]


def test_how_many_schools_answered_is_told_from_three_up_and_where_rows_agree():
    row = list(templates()["school_bullying"].example[0])
    (one,) = shares("school_bullying", tuple(row))
    assert (one.cell.measure, one.n, round(one.percent, 1)) == ("school_bullying.schools_returned", 18, 77.8)
    other = [*row[:4], "race", *row[5:]]
    other[8] = "13"
    assert shares("school_bullying", tuple(row), tuple(other)) == ()


def question(**groups: tuple[int, float]) -> list[tuple[str, ...]]:
    at = ("2025/26", "W06000015", "get_on_well")
    return [(*at, group, str(n), str(p), str(max(0, p - 5)), str(min(100, p + 5))) for group, (n, p) in groups.items()]


def survey(**groups: tuple[int, float]) -> dict[str, float | None]:
    return {share.cell.category[1][1]: share.percent for share in shares("resident_survey", *question(**groups))}


def test_a_survey_is_told_with_its_interval_and_with_care_below_a_hundred():
    found = shares("resident_survey", *question(all=(412, 71.5), men=(99, 70)))
    assert [(one.n, one.percent, one.interval, one.care) for one in found] == [
        (412, 71.5, (66.5, 76.5), False),
        (99, 70.0, (65.0, 75.0), True),
    ]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"all": (400, 70), "old": (29, 70), "other": (200, 60)}, {"all": 70, "old": None, "other": 60}),
        (
            {"all": (400, 70), "men": (200, 60), "women": (190, 80)},
            {"all": 70, "men": 60, "women": None},
        ),  # ten are left
        ({"all": (400, 70), "men": (380, 71)}, {"all": 70, "men": None}),
        ({"all": (400, 70), "a": (150, 70), "b": (225, 70), "c": (25, 70)}, {"all": 70, "a": None, "b": 70, "c": None}),
        ({"all": (400, 26), "men": (200, 50), "women": (200, 2)}, {"all": 26, "men": None, "women": None}),
        ({"all": (400, 26), "men": (200, 51.5)}, {"all": 26, "men": None}),  # 1 of the 200 women
        ({"all": (400, 0), "men": (200, 0), "women": (200, 0)}, {"all": 0, "men": 0, "women": 0}),
        ({"all": (100, 2), "men": (50, 50)}, {"all": None, "men": 50}),  # two of all
        (
            {"all": (412, 49.3), "a": (100, 50), "b": (100, 55), "c": (100, 45), "d": (100, 50)},
            {"all": 49.3, "a": 50, "b": 55, "c": 45, "d": None},
        ),  # twelve are left by four
        (
            {"all": (500, 50), "women": (200, 51.5), "women under 65": (190, 52.6)},
            {"all": 50, "women": 51.5, "women under 65": None},
        ),  # ten of the women, whatever all are
        (
            {"women": (250, 50), "young": (480, 50), "young men": (235, 50), "young women": (245, 50)},
            {"women": 50, "young": 50, "young men": None, "young women": None},
        ),  # who is young and no man is hidden
        ({"a": (300, 50), "b": (200, 50), "c": (100, 50)}, {"a": 50, "b": 50, "c": 50}),
    ],
)
def test_no_group_of_too_few_is_told_nor_left_by_taking_others_from_the_whole(groups, expected):
    assert survey(**groups) == expected


def test_a_survey_of_which_nothing_can_be_told_is_withheld():
    lines = {2: dict(zip(templates()["resident_survey"].names, question(all=(20, 70))[0], strict=True))}
    assert approved("resident_survey", [lines]) == []


def test_what_an_edition_told_of_a_survey_is_not_undone_by_the_next():
    assert in_turn({"all": (400, 70), "men": (200, 60)}, {"all": (400, 70), "women": (190, 80)}) == [70.0, None]


def in_turn(*editions: dict[str, tuple[int, float]]) -> list[float | None]:
    """Return what the last of some editions of a survey tells."""
    names = templates()["resident_survey"].names
    every = [
        {at: dict(zip(names, row, strict=True)) for at, row in enumerate(question(**groups), start=2)}
        for groups in editions
    ]
    return [share.percent for share in told("resident_survey", approved("resident_survey", every)[-1])]


@pytest.mark.parametrize(
    ("then", "now", "is_told"),
    [
        ((100, 50.0), (101, 50.5), False),  # one more came, and said so
        ((100, 50.0), (99, 50.5), False),
        ((100, 50.0), (100, 52.0), False),  # two others said so
        ((100, 50.0), (140, 50.0), True),
        ((100, 50.0), (120, 50.0), False),  # twenty more are too few to be told of
        ((140, 50.0), (110, 50.0), True),
        ((100, 50.0), (140, 38.0), False),  # of forty more three said so
        ((100, 50.0), (100, 50.0), True),
    ],
)
def test_a_row_of_a_survey_is_held_against_what_was_told_of_it(then, now, is_told):
    group, *_ = in_turn({"all": (500, 50), "a": then}, {"all": (500, 50), "a": now})
    assert (group is not None) == is_told


def test_more_groups_than_can_be_looked_through_are_hidden_until_they_can(monkeypatch):
    groups = {name: (100 * at, 50) for at, name in enumerate("abcde", start=3)}
    assert None not in survey(all=(4000, 50), **groups).values()
    monkeypatch.setattr("local_figures.shares.MOST_SUMS", 4)
    assert None in survey(all=(4000, 50), **groups).values()
