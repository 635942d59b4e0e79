"""Rows that somebody types on a page: kept or refused in words, answered where they seem to name a person, undone.

The awkward fact: what was typed stands in nobody's address and in no log, so a refusal must leave it in its boxes. A
form is therefore drawn anew, with new boxes, only once its row is kept.
"""

from __future__ import annotations

import streamlit as st

from dashboard.age import today
from dashboard.i18n import t
from dashboard.widgets.html import part
from local_figures import places, typed
from local_figures.checking.cells import Place
from local_figures.checking.check import Line
from local_figures.templates import named
from local_figures.typed import Change, NotKeptError, Step
from workspace import buttons, frame
from workspace.session import Session

USED, SEEN, TO_ANSWER, LOOK = (f"own_keeping_{name}" for name in ("used", "seen", "to_answer", "look"))
key = buttons.key  # of a box, which is another and empty once a row was kept


def is_open(form: str) -> bool:
    """Tell whether a form was the last that was used: it stays open for the next row."""
    return bool(st.session_state.get(USED) == form)


def as_drawn(form: str, at: int, line: Line) -> Line:
    """Return a row as it was when its boxes were drawn: what somebody made of it since is not written over unseen."""
    every: dict[str, Line] = st.session_state.setdefault(SEEN, {})
    return every.setdefault(key(f"{form}_{at}"), line)


def answer(form: str, session: Session) -> bool:
    """Ask inside a form whether words point at a person, where they seemed to; tell whether that is answered."""
    if key(form) not in st.session_state.get(TO_ANSWER, {}):
        return False
    problem(session, *st.session_state.get(LOOK, ()), t("own.keeping.look", lang=session.lang))
    return st.checkbox(t("own.keeping.answer", lang=session.lang), key=key(f"{form}_answer"))


def keep(session: Session, form: str, *, template: str, change: Change, sentence: str, answered: bool = False) -> None:
    """Keep a row, say so and draw the page anew; where it may not be kept, say why and leave it in its boxes."""
    st.session_state[USED] = form
    now, answers = buttons.turn(), _answers(form) if answered else frozenset()

    def keep_row() -> None:
        now.undo = (template, _keep(session, template, change, answered=answers))

    with frame.in_words(session.lang):
        try:
            buttons.once(keep_row, lambda _: sentence)
        except NotKeptError as error:
            _refused(session, form, template, error)
            return
    st.session_state.pop(SEEN, None)  # refused: what is there now is what was looked at


def _keep(session: Session, template: str, change: Change, *, answered: frozenset[str] = frozenset()) -> Step:
    return typed.keep(
        session.store,
        session.act(),
        template=template,
        change=change,
        place=Place(today=today(), areas=session.areas),
        place_words=places.words_of_places(),
        answered=answered,
    )


def _answers(form: str) -> frozenset[str]:
    to_answer: frozenset[str] = st.session_state.get(TO_ANSWER, {}).get(key(form), frozenset())
    return to_answer


def _refused(session: Session, form: str, template: str, error: NotKeptError) -> None:
    """Say what is wrong by the names of the boxes; what may point at a person is asked when the form is drawn anew."""
    names = {one.name: one.heading[session.lang] for one in named(template).columns}
    sentences = [
        f"{names.get(one.column or '', '')}: {one.sentence(lang=session.lang)}"
        for one in (*error.errors, *error.warnings)
    ]
    if error.errors:
        problem(session, *sentences)
        return
    st.session_state[TO_ANSWER] = {key(form): error.to_answer}
    st.session_state[LOOK] = sentences
    st.rerun()


def problem(session: Session, *sentences: str) -> None:
    """Say beside a form why nothing was kept."""
    st.html(part("frame", "notice", text=" ".join((t("own.keeping.not_kept", lang=session.lang), *sentences))))


def undoing(session: Session) -> None:
    """Offer to undo the step that was kept last."""
    now = buttons.turn()
    if now.undo is None or not st.button(t("own.keeping.undo", lang=session.lang), key=key("undo")):
        return
    template, step = now.undo

    def undone() -> None:
        _keep(session, template, step.undo, answered=step.answered)
        now.undo = None

    with frame.in_words(session.lang):
        buttons.once(undone, lambda _: t("own.keeping.undone", lang=session.lang))
    now.undo = None  # refused: somebody touched those rows since
