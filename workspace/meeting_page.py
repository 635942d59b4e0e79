"""The log of meetings on its page: the two days, what is open, what happened since, and a form for what is said.

The awkward fact: a list of what is overdue reads like a list of who is to blame. So an action whose day has passed says
so in its own row, beside its day, and nothing is counted or coloured.
"""

from __future__ import annotations

from datetime import date

import streamlit as st
from markupsafe import Markup

from dashboard.age import today
from dashboard.briefing.model import Bullets, Item, Prose, Rows
from dashboard.figure import View
from dashboard.i18n import Language, t
from dashboard.i18n.text import say, written
from dashboard.widgets.folded import folded
from dashboard.widgets.html import part
from local_figures import door, meetings, typed
from local_figures.checking.check import Lines
from local_figures.checking.reading import tidy
from local_figures.meetings import (
    CARRIED,
    DONE,
    DROPPED,
    KINDS,
    OPEN,
    TEMPLATE,
    Entry,
    Log,
    NotAMeetingError,
)
from local_figures.store import editions
from local_figures.store.editions import EDITOR, READER
from local_figures.templates import templates
from workspace import days, keeping, minutes, paper_links
from workspace.paper_files import MINUTES_FORMS, SLIDES_FORMS, place_told_of
from workspace.paper_links import captioned
from workspace.session import Session, may
from workspace.words import show_heading, show_paragraph

DAYS, ENTRY, CLOSING = "meeting_days", "meeting_entry", "meeting_closing"  # the forms
WIDTH, MINUTES_OFFERED = 420, 3


def show(own: Session, view: View) -> None:
    """Show the log to a member, and to an editor its forms."""
    if not may(own, READER):
        show_paragraph("own.meeting.members", lang=own.lang)
        return
    keeping.undoing(own)
    lines = door.lines(own.store, own.act(), TEMPLATE).lines
    log = meetings.log(lines)
    edits = may(own, EDITOR)
    _days(own, log, lines, edits=edits)
    _open(own, log, lines, edits=edits)
    if log.last:
        _since(own, log, log.last, view)
        _logged(own, log, log.last, edits=edits)
        _closed(own, log)
        _files(own, log, view)


# ---- The two days


def _days(own: Session, log: Log, lines: Lines, *, edits: bool) -> None:
    show_heading("own.meeting.days", lang=own.lang, code="days")
    if log.last is None:
        show_paragraph("own.meeting.no_meeting", lang=own.lang)
    else:
        show_paragraph("own.meeting.last_was", lang=own.lang, day=days.in_words(log.last, own.lang))
        if log.next is None:
            show_paragraph("own.meeting.next_not_set", lang=own.lang)
        else:
            key = "own.meeting.next_is" if log.next >= today() else "own.meeting.next_was"
            show_paragraph(key, lang=own.lang, day=days.in_words(log.next, own.lang))
    if edits:
        with st.expander(t("own.meeting.set_days", lang=own.lang), expanded=log.last is None):
            _form_of_days(own, log, lines)


def _form_of_days(own: Session, log: Log, lines: Lines) -> None:
    head = log.head(log.last) if log.last else None
    looked_at = {} if head is None else keeping.as_drawn(DAYS, head.at, lines[head.at])
    with st.form(keeping.key(DAYS), border=False):
        last = _day_box(own, "last", log.last)
        following = _day_box(own, "next", log.next if log.next and log.next >= today() else None)
        usual = head.words if head else t("own.meeting.group", lang=own.lang)
        name = st.text_input(t("own.meeting.name", lang=own.lang), value=usual, max_chars=200, key=keeping.key("name"))
        answered = keeping.answer(DAYS, own)
        sent = st.form_submit_button(t("own.keeping.keep", lang=own.lang), type="primary")
    if not sent:
        return
    try:
        day = _day(last, "last")
        if day is None:
            raise NotAMeetingError("own.meeting.no_last", field="last")
        row = meetings.heading(last=day, following=_day(following, "next"), name=name, today=today())
    except NotAMeetingError as error:
        keeping.problem(own, t(error.key, lang=own.lang))
        return
    head_of_day = log.head(day)
    was = looked_at if head_of_day == head else lines[head_of_day.at] if head_of_day else {}
    change = typed.replacing(head_of_day.at, was=was, now=row) if head_of_day else typed.adding(row)
    keeping.keep(
        own,
        DAYS,
        template=TEMPLATE,
        change=change,
        sentence=t("own.meeting.kept_days", lang=own.lang, day=days.in_words(day, own.lang)),
        answered=answered,
    )


def _day_box(own: Session, name: str, now: date | None) -> str:
    label = t(f"own.meeting.box.{name}", lang=own.lang)
    return days.box(label, lang=own.lang, key=keeping.key(f"day_{name}"), width=WIDTH, usual=now)


def _day(text: str, field: str) -> date | None:
    """Return the day of a box, None for an empty one; refused for what is no day."""
    try:
        return days.typed(text)
    except days.NoDayError:
        raise NotAMeetingError(days.NO_DAY, field=field) from None


# ---- What is open


def _open(own: Session, log: Log, lines: Lines, *, edits: bool) -> None:
    show_heading("own.meeting.open", lang=own.lang, code="open")
    for kind in CARRIED:
        entries = log.open(kind)
        caption = say(f"own.meeting.open.{kind}")
        if entries:
            _show(own, minutes.table(kind, f"open_{kind}", caption, entries, day=today()))
        else:
            show_paragraph(f"own.meeting.none_open.{kind}", lang=own.lang)
    if edits and log.open(*CARRIED):
        with st.expander(t("own.meeting.close", lang=own.lang), expanded=keeping.is_open(CLOSING)):
            _form_of_closing(own, log, lines)


def _form_of_closing(own: Session, log: Log, lines: Lines) -> None:
    entry_at = {one.at: one for one in log.open(*CARRIED)}
    with st.form(keeping.key(CLOSING), border=False):
        at = st.selectbox(
            t("own.meeting.which", lang=own.lang),
            options=list(entry_at),
            format_func=lambda at: _named(entry_at[at], own.lang),
            key=keeping.key("closing_which"),
        )
        became = st.radio(
            t("own.meeting.became", lang=own.lang),
            options=(DONE, DROPPED),
            format_func=lambda status: t(f"own.meeting.status.{status}", lang=own.lang),
            key=keeping.key("closing_status"),
            horizontal=True,
        )
        came_of_it = st.text_input(
            t("own.meeting.column.came_of_it", lang=own.lang), max_chars=200, key=keeping.key("closing_came")
        )
        line = keeping.as_drawn(CLOSING, at, lines[at])
        answered = keeping.answer(CLOSING, own)
        sent = st.form_submit_button(t("own.meeting.close_it", lang=own.lang), type="primary")
    if sent:
        row = meetings.closed(line, status=became, on=today(), came_of_it=came_of_it)
        change = typed.replacing(at, was=line, now=row)
        sentence = t("own.meeting.kept_closed", lang=own.lang, words=entry_at[at].words)
        keeping.keep(own, CLOSING, template=TEMPLATE, change=change, sentence=sentence, answered=answered)


def _named(one: Entry, lang: Language) -> str:
    """Return an open entry with its meeting and its day: two of the same words are told apart."""
    due = written(minutes.due(one, today()), lang)
    named = {"kind": _kind(one.kind, lang), "meeting": days.in_words(one.meeting, lang), "words": one.words, "due": due}
    return t("own.meeting.one", lang=lang, **named)


def _kind(kind: str, lang: Language) -> str:
    return templates()[TEMPLATE].column("meeting_kind").choices[kind][lang]


# ---- What happened since, and what was said


def _since(own: Session, log: Log, last: date, view: View) -> None:
    show_heading("own.meeting.since_last", lang=own.lang, code="since", day=days.in_words(last, own.lang))
    every = editions.editions(own.store, own.act())
    place = place_told_of(own.areas, view.place, build=view.build)
    for item in minutes.of_since(minutes.since(last, log, every, place=place, build=view.build)):
        _item(own, item)


def _item(own: Session, item: Item) -> None:
    match item:
        case Rows():
            _show(own, item)
        case Bullets():
            st.html(part("parts", "listed", texts=[text.text(own.lang) for text in item.texts]))
        case Prose():
            st.html(part("parts", "paragraph", text=item.text.text(own.lang)))
        case _:
            pass


def _logged(own: Session, log: Log, meeting: date, *, edits: bool) -> None:
    show_heading("own.meeting.logged", lang=own.lang, code="logged", day=days.in_words(meeting, own.lang))
    entries = log.of(meeting)
    for kind in KINDS:
        if of_kind := [one for one in entries if one.kind == kind]:
            _show(own, minutes.table(kind, f"logged_{kind}", say(f"own.meeting.logged.{kind}"), of_kind, day=today()))
    if not entries:
        show_paragraph("own.meeting.none_logged", lang=own.lang)
    if edits:
        with st.expander(t("own.meeting.add", lang=own.lang), expanded=keeping.is_open(ENTRY)):
            _form_of_entry(own, log, meeting)


def _form_of_entry(own: Session, log: Log, meeting: date) -> None:
    columns = {one.name: one for one in templates()[TEMPLATE].columns}
    with st.form(keeping.key(ENTRY), border=False):
        kind = st.radio(
            columns["meeting_kind"].heading[own.lang],
            options=KINDS,
            format_func=lambda kind: _kind(kind, own.lang),
            key=keeping.key("entry_kind"),
            horizontal=True,
        )
        words, owner = (
            st.text_input(
                columns[name].heading[own.lang],
                help=columns[name].about[own.lang],
                max_chars=most,
                key=keeping.key(f"entry_{name}"),
            )
            for name, most in (("words", 200), ("owner_role", 80))
        )
        due = _day_box(own, "due", None)
        answered = keeping.answer(ENTRY, own)
        sent = st.form_submit_button(t("own.keeping.keep", lang=own.lang), type="primary")
    if not sent:
        return
    try:
        row = meetings.entry(
            log, meeting=meeting, kind=kind, words=words, owner=owner, due=_day(due, "due"), today=today()
        )
    except NotAMeetingError as error:
        keeping.problem(own, t(error.key, lang=own.lang))
        return
    sentence = t(f"own.meeting.kept.{kind}", lang=own.lang, words=tidy(words))
    keeping.keep(own, ENTRY, template=TEMPLATE, change=typed.adding(row), sentence=sentence, answered=answered)


def _closed(own: Session, log: Log) -> None:
    """Show what was closed, folded: it is looked up, and not gone through again."""
    entries = [one for one in log.entries if one.kind in CARRIED and one.status != OPEN]
    tables = [
        minutes.table(kind, f"closed_{kind}", say(f"own.meeting.closed.{kind}"), of_kind, day=today())
        for kind in CARRIED
        if (of_kind := [one for one in entries if one.kind == kind])
    ]
    if tables:
        inside = Markup("").join(captioned(one, own.lang) for one in tables)
        st.html(folded(t("own.meeting.closed_all", lang=own.lang, n=len(entries)), inside, kind="ct-rows"))


def _show(own: Session, rows: Rows) -> None:
    st.html(captioned(rows, own.lang))


def _files(own: Session, log: Log, view: View) -> None:
    show_heading("own.meeting.files", lang=own.lang, code="files")
    place = place_told_of(own.areas, view.place, build=view.build).code
    for later, meeting in enumerate(log.meetings[:MINUTES_OFFERED]):
        heading = t("own.meeting.minutes", lang=own.lang, day=days.in_words(meeting, own.lang))
        values = {"meeting": str(len(log.meetings) - later), "place": place}
        paper_links.links(own, "minutes", MINUTES_FORMS, heading=heading, values=values)
    heading = t("own.meeting.slides", lang=own.lang)
    paper_links.links(own, "slides", SLIDES_FORMS, heading=heading, values={"place": place}, together=True)
