"""Typed rows: checked like a file's, answered word for word, and never written over what somebody else typed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from local_figures import door, typed
from local_figures.checking.cells import Place
from local_figures.store import editions
from local_figures.store.editions import Act, RefusedError
from local_figures.store.engine import open_store
from local_figures.typed import NotKeptError, adding, replacing, without

ACT = Act(workspace="cardiff", who="ann@council.example", now=datetime(2026, 11, 29, 12, tzinfo=UTC))
PLACE = Place(today=date(2026, 11, 29), areas=frozenset({"W06000015"}))
T = "meeting_log"
ROW = {
    "meeting_date": "2026-11-03",
    "number": "1",
    "meeting_kind": "action",
    "words": "Ask the force for strands",
    "owner_role": "officer",
    "due": "",
    "status": "open",
    "closed_on": "",
    "came_of_it": "",
}


@pytest.fixture
def store(tmp_path):
    opened = open_store(folder=tmp_path)
    editions.open_workspace(opened, ACT, areas=["W06000015"])
    yield opened
    opened.engine.dispose()


def keep(store, change, **named) -> typed.Step:
    return typed.keep(store, ACT, template=T, change=change, place=PLACE, **named)


def lines(store):
    return door.lines(store, ACT, T).lines


def test_rows_are_added_changed_and_taken_out(store):
    keep(store, adding(ROW, ROW | {"number": "2"}))
    assert lines(store) == {2: ROW, 3: ROW | {"number": "2"}}
    keep(store, replacing(2, was=ROW, now=ROW | {"status": "done"}))
    assert lines(store)[2]["status"] == "done"
    keep(store, without(3, was=ROW | {"number": "2"}))
    assert list(lines(store)) == [2]
    keep(store, without(2, was=ROW | {"status": "done"}))
    assert lines(store) == {}
    keep(store, adding(ROW))
    assert lines(store) == {2: ROW}


def test_cells_are_kept_in_their_plain_form(store):
    keep(store, adding(ROW | {"meeting_date": "3 November 2026", "meeting_kind": "Action", "words": "  Ask   them "}))
    assert lines(store) == {2: ROW | {"words": "Ask them"}}


def test_what_is_wrong_is_told_by_its_column_and_nothing_is_kept(store):
    with pytest.raises(NotKeptError) as error:
        keep(store, adding(ROW | {"meeting_date": "2026-12-01", "status": "ajar", "words": "x" * 201}))
    assert {(problem.column, problem.key) for problem in error.value.errors} == {
        ("meeting_date", "in_future"),
        ("status", "not_in_list"),
        ("words", "too_long"),
    }
    assert door.lines(store, ACT, T).number is None
    assert [entry[2] for entry in editions.history(store, ACT)] == ["role approver"]


def test_a_row_that_says_the_same_as_one_that_is_there_is_refused(store):
    keep(store, adding(ROW))
    with pytest.raises(NotKeptError) as error:
        keep(store, adding(ROW | {"words": "Something else"}))
    assert [problem.key for problem in error.value.errors] == ["duplicate"]


def test_a_warning_is_answered_for_the_very_words_it_was_given_for(store):
    with_number = ROW | {"words": "Ring 029 2087 2087"}
    with pytest.raises(NotKeptError) as error:
        keep(store, adding(with_number))
    assert [(problem.column, problem.key) for problem in error.value.warnings] == [("words", "seems_telephone")]
    answered = error.value.to_answer
    with pytest.raises(NotKeptError):
        keep(store, adding(ROW | {"words": "Ring 029 2087 2088"}), answered=answered)
    keep(store, adding(with_number), answered=answered)
    keep(store, replacing(2, was=with_number, now=with_number | {"status": "done"}))  # its words are as they were
    with pytest.raises(NotKeptError):
        keep(store, replacing(2, was=lines(store)[2], now=ROW | {"words": "Mail ann@council.example"}))


def test_a_row_is_not_changed_over_what_somebody_else_made_of_it(store):
    keep(store, adding(ROW))
    keep(store, replacing(2, was=ROW, now=ROW | {"status": "done"}))
    for change in (replacing(2, was=ROW, now=ROW | {"status": "dropped"}), without(2, was=ROW), without(9, was=ROW)):
        with pytest.raises(RefusedError) as error:
            keep(store, change)
        assert error.value.key == "local.refused.row_changed"
    assert lines(store)[2]["status"] == "done"


def test_an_old_row_that_is_wrong_by_now_does_not_stop_the_next_but_a_new_clash_does(store):
    week = {"week_start": "2026-11-23", "area_code": "W06000014", "tension_kind": "none", "theme": "none", "count": "0"}
    empty = dict.fromkeys(("level", "source_type", "online", "action", "first_action_on", "closed_on"), "")
    both = Place(today=PLACE.today, areas=frozenset({"W06000014", "W06000015"}))
    nil, ours = week | empty, week | empty | {"area_code": "W06000015"}
    typed.keep(store, ACT, template="tension_log", change=adding(nil, ours), place=both)
    other = nil | {"area_code": "W06000015", "week_start": "2026-11-16"}
    typed.keep(store, ACT, template="tension_log", change=adding(other), place=PLACE)  # no longer of the Vale
    told = ours | {"tension_kind": "potential", "theme": "protest", "count": "1"}
    with pytest.raises(NotKeptError) as error:
        typed.keep(store, ACT, template="tension_log", change=adding(told), place=PLACE)
    assert [(problem.row, problem.key) for problem in error.value.errors] == [(3, "not_nil")]


def test_a_step_is_undone_whatever_it_was_and_what_others_typed_meanwhile_stays(store):
    other = ROW | {"number": "2"}
    steps = [keep(store, adding(ROW)), keep(store, replacing(2, was=ROW, now=ROW | {"status": "done"}))]
    out = keep(store, lambda lines: {3: other})
    keep(store, lambda lines: {**lines, 9: ROW | {"number": "9"}})
    keep(store, out.undo)
    assert lines(store) == {2: ROW | {"status": "done"}, 9: ROW | {"number": "9"}}
    for step in reversed(steps):
        keep(store, step.undo)
    assert list(lines(store)) == [9]


def test_a_step_is_not_undone_over_what_somebody_made_of_its_rows_since(store):
    step = keep(store, adding(ROW))
    keep(store, replacing(2, was=ROW, now=ROW | {"status": "done"}))
    with pytest.raises(RefusedError) as error:
        keep(store, step.undo)
    assert error.value.key == "local.refused.row_changed"


def test_words_that_an_undoing_brings_back_are_not_asked_about_again(store):
    with_number = ROW | {"words": "Ring 029 2087 2087"}
    with pytest.raises(NotKeptError) as error:
        keep(store, adding(with_number))
    keep(store, adding(with_number), answered=error.value.to_answer)
    out = keep(store, without(2, was=with_number))
    keep(store, out.undo, answered=out.answered)
    assert lines(store) == {2: with_number}
