"""The log's page: days set, questions and actions logged, closed and undone; what cannot be is refused."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.i18n import LANGUAGES, t
from local_figures import door, meetings
from local_figures.store import editions
from local_figures.templates import named, templates
from tests.said import said
from tests.workspace.conftest import act

PAGE = "own_meeting"


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("COHESION_TODAY", "2026-11-29")


def box(app, key: str, lang="en"):
    return next(one for one in app.text_input if one.label == t(key, lang=lang))


def press(app, key: str, *, last=False, lang="en"):
    found = [one for one in app.button if one.label == t(key, lang=lang)]
    return found[-1 if last else 0].click().run()


def set_days(app, last="3 November 2026", following="2 February 2027"):
    box(app, "own.meeting.box.last").set_value(last)
    box(app, "own.meeting.box.next").set_value(following)
    return press(app, "own.keeping.keep")


def log_entry(app, kind, words, owner="education lead", due=""):
    next(one for one in app.radio if one.label == "Kind").set_value(kind)
    next(one for one in app.text_input if one.label == "Words").set_value(words)
    next(one for one in app.text_input if one.label == "Owner's role").set_value(owner)
    box(app, "own.meeting.box.due").set_value(due)
    return press(app, "own.keeping.keep", last=True)


def held(store):
    return meetings.log(door.lines(store, act(), meetings.TEMPLATE).lines)


def test_the_days_are_set_in_words_and_told(store, open_page):
    app = set_days(open_page(PAGE))
    assert (held(store).last, held(store).next) == (date(2026, 11, 3), date(2027, 2, 2))
    assert t("own.meeting.next_is", lang="en", day="2 February 2027") in said(app)


@pytest.mark.parametrize(
    ("last", "following", "key"),
    [
        ("3 November 2026", "28 November 2026", "local.meeting.next_is_past"),
        ("30 November 2026", "", "local.meeting.last_to_come"),
        ("soon", "", "own.days.no_day"),
        ("", "2 February 2027", "own.meeting.no_last"),
    ],
)
def test_days_that_cannot_be_are_refused_in_a_sentence(store, open_page, last, following, key):
    app = set_days(open_page(PAGE), last, following)
    assert held(store).entries == ()
    assert t(key, lang="en") in said(app)


def test_what_is_logged_is_open_until_it_is_closed_and_a_step_is_undone(store, open_page):
    app = set_days(open_page(PAGE))
    log_entry(app, "question", "How many schools answered?")
    log_entry(app, "action", "Ask the force for strands", due="15 December 2026")
    assert [one.number for one in held(store).open("question", "action")] == [1, 2]
    assert "Ask the force for strands" in said(app)
    assert t("own.meeting.none_open.action", lang="en") not in said(app)
    box(app, "own.meeting.column.came_of_it").set_value("Nine of ten")
    press(app, "own.meeting.close_it")
    (closed,) = [one for one in held(store).entries if one.closed]
    assert (closed.kind, closed.came_of_it) == ("question", "Nine of ten")
    assert t("own.meeting.none_open.question", lang="en") in said(app)
    press(app, "own.keeping.undo")
    assert len(held(store).open("question")) == 1


def test_an_action_whose_day_has_passed_says_so_beside_its_day(store, open_page, monkeypatch):
    app = set_days(open_page(PAGE))
    log_entry(app, "action", "Ask the force", due="15 December 2026")
    monkeypatch.setenv("COHESION_TODAY", "2026-12-16")
    told = said(open_page(PAGE))
    assert t("own.meeting.has_passed", lang="en", day="15 December 2026") in told


def test_a_question_without_anybody_is_refused(store, open_page):
    app = log_entry(set_days(open_page(PAGE)), "question", "How many?", owner="")
    assert t("local.meeting.no_owner", lang="en") in said(app)
    assert len(held(store).entries) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_tells_what_was_published_brought_in_and_closed_since(store, open_page, lang):
    set_days(open_page(PAGE), last="1 July 2026")
    told = said(open_page(PAGE, lang=lang))
    assert t("own.meeting.none_closed", lang=lang) in told
    assert t("own.meeting.none_brought", lang=lang) in told, "the log itself is no news"
    editions.upload(store, act(), template="scorecard", lines={2: {"outcome": "1"}})
    assert templates()["scorecard"].name[lang] in said(open_page(PAGE, lang=lang))
    editions.upload(store, act(), template="gap_log", lines={2: {"gap": "Bullying in schools"}})  # a list of a page
    assert named("gap_log").name[lang] in said(open_page(PAGE, lang=lang))
