"""The log of meetings: what is open stays before each meeting until it is closed; days that cannot be are refused."""

from __future__ import annotations

from datetime import date

import pytest

from local_figures import meetings
from local_figures.checking.cells import Place
from local_figures.checking.check import check
from local_figures.checking.reading import Sheet
from local_figures.meetings import ACTION, DONE, DROPPED, GAP, OPEN, QUESTION, NotAMeetingError, closed, entry, heading
from local_figures.templates import templates

SPRING, SUMMER, AUTUMN = date(2026, 3, 3), date(2026, 6, 2), date(2026, 9, 1)
TODAY = date(2026, 9, 10)
EMPTY = meetings.Log(entries=())


def log(*lines):
    return meetings.log(dict(enumerate(lines, start=2)))


def row(kind=ACTION, *, meeting=SPRING, held=EMPTY, words="Ask the force", **named):
    return entry(held, meeting=meeting, kind=kind, words=words, owner="officer", today=meeting, **named)


def test_the_days_of_the_last_and_the_next_meeting_are_those_of_the_newest_heading():
    first = heading(last=SPRING, following=SUMMER, name="Group", today=SPRING)
    second = heading(last=SUMMER, following=AUTUMN, name="Group", today=SUMMER)
    held = log(second, first)
    assert (held.last, held.next) == (SUMMER, AUTUMN)
    assert held.head(SPRING).words == "Group"
    assert (log().last, log().next) == (None, None)
    assert log(first, row(meeting=SUMMER)).next is None, "of a later meeting nobody has set it"


@pytest.mark.parametrize(
    ("last", "following", "key"),
    [
        (date(2026, 9, 11), None, "local.meeting.last_to_come"),
        (SUMMER, date(2026, 9, 9), "local.meeting.next_is_past"),
        (TODAY, TODAY, "local.meeting.next_not_after"),
    ],
)
def test_days_that_cannot_be_are_refused(last, following, key):
    with pytest.raises(NotAMeetingError) as error:
        heading(last=last, following=following, name="Group", today=TODAY)
    assert error.value.key == key
    assert error.value.field == ("last" if following is None else "next")


def test_a_meeting_of_today_may_be_the_next():
    assert heading(last=SUMMER, following=TODAY, name="Group", today=TODAY)["due"] == "2026-09-10"


def test_numbers_go_on_within_a_meeting_and_begin_anew_with_the_next():
    first = row()
    held = log(heading(last=SPRING, following=None, name="Group", today=SPRING), first)
    assert (first["number"], row(held=held)["number"], row(held=held, meeting=SUMMER)["number"]) == ("1", "2", "1")


def test_questions_and_actions_are_carried_until_they_are_closed_and_nothing_else_is():
    held = log(row(), row(QUESTION) | {"number": "2"}, row("decision") | {"number": "3"}, row(GAP) | {"number": "4"})
    assert [one.number for one in held.carried(SUMMER)] == [1, 2]
    assert [one.number for one in held.open(ACTION)] == [1]
    assert held.carried(SPRING) == (), "nothing is carried to the meeting where it was said"


def test_what_was_closed_at_a_meeting_was_before_it_and_is_before_no_later_one():
    held = log(closed(row(), status=DONE, on=SUMMER, came_of_it="Sent"), row(meeting=SUMMER))
    assert [one.came_of_it for one in held.carried(SUMMER)] == ["Sent"]
    assert [one.meeting for one in held.carried(AUTUMN)] == [SUMMER]
    assert [one.came_of_it for one in held.closed_since(SUMMER)] == ["Sent"]
    assert held.closed_since(AUTUMN) == ()


def test_a_question_answered_after_the_last_meeting_is_told_once_and_nothing_else_that_is_closed():
    said = heading(last=SUMMER, following=None, name="Group", today=SUMMER)
    asked = row(QUESTION)
    after, there = (closed(asked, status=DONE, on=on, came_of_it="Nine") for on in (TODAY, SUMMER))
    dropped, done = closed(asked, status=DROPPED, on=TODAY), closed(row(), status=DONE, on=TODAY)
    assert log(said, there, dropped, done, asked).answered_since_last() == ()
    assert [one.came_of_it for one in log(said, after).answered_since_last()] == ["Nine"]
    assert log().answered_since_last() == ()


def test_what_is_opened_again_has_no_day_of_closing():
    was = closed(row(), status=DROPPED, on=SUMMER, came_of_it="No answer")
    assert closed(was, status=OPEN, on=TODAY)["closed_on"] == ""


def test_only_what_is_open_is_overdue():
    line = row(due=SUMMER)
    assert log(line).entries[0].is_overdue(AUTUMN)
    assert not log(line).entries[0].is_overdue(SUMMER)
    assert not log(closed(line, status=DONE, on=AUTUMN)).entries[0].is_overdue(AUTUMN)


@pytest.mark.parametrize(
    ("named", "field"),
    [({"words": " "}, "words"), ({"kind": QUESTION, "owner": " "}, "owner"), ({"due": date(2026, 9, 9)}, "due")],
)
def test_an_entry_that_nobody_could_follow_is_refused(named, field):
    given = {"meeting": SUMMER, "kind": ACTION, "words": "Ask", "owner": "officer", "today": TODAY} | named
    with pytest.raises(NotAMeetingError) as error:
        entry(log(), **given)
    assert error.value.field == field


def test_a_decision_needs_no_owner_and_is_not_open():
    line = entry(log(), meeting=SUMMER, kind="decision", words="Meet in schools", today=TODAY)
    assert (line["owner_role"], line["status"]) == ("", DONE)


def test_a_deck_is_given_what_who_and_by_when_and_the_answer_of_a_question():
    held = log(row(due=SUMMER), closed(row(QUESTION), status=DONE, on=SUMMER, came_of_it="Nine"))
    assert meetings.rows(held.entries, of=ACTION) == (("Ask the force", "officer", "02/06/2026"),)
    assert meetings.rows(held.entries, of=QUESTION) == (("Ask the force", "officer", "Nine"),)


def test_what_is_made_here_is_what_the_template_takes():
    template = templates()[meetings.TEMPLATE]
    made = (
        heading(last=SPRING, following=SUMMER, name="Group", today=SPRING),
        row(due=SUMMER),
        closed(row(QUESTION) | {"number": "2"}, status=DONE, on=SUMMER, came_of_it="Nine"),
        row(GAP) | {"number": "3"},
    )
    rows = {at: tuple(line[name] for name in template.names) for at, line in enumerate(made, start=2)}
    found = check(Sheet(rows={1: template.names, **rows}), template, Place(today=TODAY, areas=frozenset()))
    assert (found.errors, found.warnings) == ((), ())


def test_nothing_is_closed_before_it_was_said():
    template = templates()[meetings.TEMPLATE]
    line = closed(row(), status=DONE, on=date(2026, 3, 2))
    rows = {1: template.names, 2: tuple(line[name] for name in template.names)}
    found = check(Sheet(rows=rows), template, Place(today=TODAY, areas=frozenset()))
    assert [(one.key, one.column) for one in found.errors] == [("before", "closed_on")]
