"""The gap log: what waits stands first, and no day is reckoned that nobody here can know."""

from __future__ import annotations

from datetime import date

import pytest

from local_figures import gaps

TODAY = date(2026, 11, 29)


def log(*rows) -> tuple[gaps.Request, ...]:
    return gaps.requests(dict(enumerate(rows, start=2)))


def test_what_waits_longest_stands_first_then_what_nobody_was_asked_for_then_the_newest_answer():
    rows = (
        gaps.row(gap="a", answer="given", asked_on="2026-01-05", answered_on="2026-02-02"),
        gaps.row(gap="b"),
        gaps.row(gap="c", answer="waiting", asked_on="2026-11-09"),
        gaps.row(gap="d", answer="refused", asked_on="2026-01-05", answered_on="2026-03-02"),
        gaps.row(gap="e", answer="waiting", asked_on="2026-10-05"),
    )
    assert [one.line["gap"] for one in log(*rows)] == ["e", "c", "b", "d", "a"]


@pytest.mark.parametrize(
    ("asked_on", "over"),
    [("2026-11-02", False), ("2026-11-01", True), ("2026-10-30", True), ("2026-06-01", True), ("", False)],
)
def test_the_time_for_an_answer_is_likely_over_after_twenty_working_days(asked_on, over):
    (one,) = log(gaps.row(gap="a", answer="waiting", asked_on=asked_on))
    assert one.is_likely_over(TODAY) is over


def test_on_the_twentieth_working_day_an_answer_is_still_in_time():
    (one,) = log(gaps.row(gap="a", answer="waiting", asked_on="2026-11-06"))
    assert [one.is_likely_over(date(2026, 12, day)) for day in (4, 5)] == [False, True]


def test_an_answer_ends_the_wait():
    (one,) = log(gaps.row(gap="a", answer="part", asked_on="2026-01-05", answered_on="2026-11-02"))
    assert (one.is_answered, one.is_waiting, one.is_likely_over(TODAY)) == (True, False, False)


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        ({}, []),
        ({"answer": "waiting"}, [("asked_on", "missing")]),
        ({"answer": "refused", "asked_on": "2026-01-05"}, [("answered_on", "missing")]),
        ({"answer": "waiting", "asked_on": "2026-01-05", "answered_on": "2026-01-09"}, [("answered_on", "no_day_yet")]),
        ({"asked_on": "2026-01-05"}, [("asked_on", "no_day_yet")]),
        ({"answer": "given", "asked_on": "2026-01-05", "answered_on": "2026-01-09"}, []),
    ],
)
def test_what_a_row_says_has_its_days(cells, problems):
    assert [(one.column, one.key) for one in gaps.missing_days(gaps.row(gap="a", **cells))] == problems


def test_only_what_is_not_logged_is_suggested():
    assert gaps.not_logged(["bullying", "incidents"], {2: gaps.row(gap="x", gap_code="incidents")}) == ("bullying",)
