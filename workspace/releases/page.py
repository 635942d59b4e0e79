"""The page of bringing in a release: a publisher's file in, what it would change, on show, and back again.

The awkward fact: what is looked at may not be what is put on show, when another person was quicker. So a rehearsal
belongs to the build that it was held against, and is made anew where another one is on show by then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import cast

import streamlit as st
from markupsafe import Markup
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cohesion.releases import ASKED, Kind, Refusal
from dashboard import queries, revisions, store
from dashboard.figure import View
from dashboard.i18n import Language, t
from dashboard.widgets import frame as around
from dashboard.widgets import refreshed
from dashboard.widgets.folded import folded
from dashboard.widgets.html import part
from local_figures.store import people
from local_figures.store.editions import APPROVER
from workspace import buttons, days, frame, settings, uploader
from workspace.releases.command import HOW_FAR, Outcome, Work, adding
from workspace.session import Session, may
from workspace.waiting import working
from workspace.words import show_heading, show_paragraph

STATE = "own_release"
LONGEST_REASON = 300  # letters, as the command takes it
BY = "releases_by"  # the setting of a server: who may
WIDTH = 420  # pixels of the box for a day
DAY_ASKED: tuple[Kind, ...] = ("no_day", "day")
TRY_AGAIN: tuple[Kind, ...] = ("busy", "changed", "disk", "permission", "died", "unexpected")


@dataclass(kw_only=True)
class State:
    """What a session holds while somebody brings in a release."""

    turn: int = 0  # of the box for a file: a new and empty one once it is on show
    of: object = None  # what the rehearsal depends on
    rehearsal: Work | None = None
    at_work: Work | None = None  # what changes what is on show
    back: bool = False  # it is going back
    file: str = ""
    accepted: set[Kind] = field(default_factory=set)  # of this file
    released: str = ""  # the day that a person says of it

    def take_up(self, file: str) -> None:
        """Begin with another file, of which nothing has been said yet."""
        if file != self.file:
            self.file, self.released = file, ""
            self.accepted.clear()

    def command(self, *, why: str = "", rehearsal: bool) -> tuple[str, ...]:
        """Return the command for this file, with what has been said of it."""
        return adding(released=self.released, accepted=self.accepted, why=why, rehearsal=rehearsal)


def show(own: Session) -> None:
    """Lead a file to the pages, or say who may."""
    lang = own.lang
    if not may(own, APPROVER):
        st.html(part("frame", "notice", text=t("own.release.approvers_only", lang=lang)))
        return
    named = [str(one).casefold() for one in settings.of_server(BY, [])]
    if not settings.on_this_computer() and own.who.casefold() not in named:
        st.html(part("frame", "notice", text=t("own.release.keeper_only", lang=lang)))
        return
    state, view = cast(State, st.session_state.setdefault(STATE, State())), around.current_view()
    if state.at_work is not None:
        _finished(own, state, _waited_for(state.at_work, own))
    _file(own, state, view)
    _back(own, state)


def _file(own: Session, state: State, view: View) -> None:
    """Take a file, rehearse it, and offer to put it on show."""
    lang = own.lang
    show_heading("own.release.heading.file", lang=own.lang, code="file")
    most = int(st.get_option("server.maxUploadSize"))
    show_paragraph("own.release.how", lang=lang, most=most)
    label = t("own.release.box", lang=lang)
    sent = uploader.box(label, key=f"own_release_{state.turn}", read_mb=most, most_mb=most, lang=lang)
    state.take_up(sent.file_id if sent else "")
    if sent is None:
        _let_go(state)
        return
    command = state.command(rehearsal=True)
    of = (sent.file_id, command, store.build_id())
    if state.of != of or state.rehearsal is None:
        _let_go(state)
        state.of, state.rehearsal = of, Work(*command, file=(sent.name, sent.getvalue()))
    _rehearsed(own, state, sent, _waited_for(state.rehearsal, own), view)


def _let_go(state: State) -> None:
    """Forget a rehearsal, and stop it where it is still at work."""
    if state.rehearsal is not None:
        state.rehearsal.give_up()
    state.of, state.rehearsal = None, None


def _waited_for(work: Work, own: Session) -> Outcome:
    """Return what came of a command; say what is being done for as long as it takes."""
    if (outcome := work.outcome(within=0)) is not None:
        return outcome
    with working("own.release.stage.begun", own.lang) as progress:
        while (outcome := work.outcome(within=0.3)) is None:
            stage = work.stage
            progress(HOW_FAR[stage], text=t(f"own.release.stage.{stage}", lang=own.lang))
    return outcome


def _rehearsed(own: Session, state: State, sent: UploadedFile, outcome: Outcome, view: View) -> None:
    """Say what a file is, what it would change or why it is refused, and what may be done about it."""
    lang = own.lang
    if outcome.recognised:
        titles = list(dict.fromkeys(title.text(lang) for title in outcome.recognised))
        st.html(part("parts", "headed_list", heading=t("own.release.recognised", lang=lang), items=titles))
    for refusal in outcome.refused:
        _say_refused(refusal, lang)
        _answer(own, state, refusal.kind)
    if outcome.refused:
        _say_unchanged(lang)
        return
    if not outcome.would_change:
        key = "own.release.held" if outcome.is_held else "own.release.no_change"
        st.html(part("frame", "notice", text=t(key, lang=lang)))
        return
    show_heading("own.release.heading.would_change", lang=own.lang, code="would_change")
    _changes(own, outcome, view)
    why = _why(own, state, sent)
    if st.button(t("own.release.show", lang=lang), type="primary", disabled=why is None, key="own_release_show"):
        command = state.command(why=why or "", rehearsal=False)
        _begin(state, Work(*command, file=(sent.name, sent.getvalue()), then=_noting(own, back=False)), back=False)


def _say_refused(refusal: Refusal, lang: Language) -> None:
    """Say in one sentence why something is refused, with the check's words below, open where they are asked about."""
    st.html(part("frame", "notice", text=t(f"own.release.refused.{refusal.kind}", lang=lang)))
    words, summary = part("parts", "in_english", text=refusal.words), t("own.release.own_words", lang=lang)
    st.html(
        part("parts", "unfolded", kind="ct-details", inside=words, summary=summary)
        if refusal.kind in ASKED
        else folded(summary, words, kind="ct-details")
    )


def _say_unchanged(lang: Language) -> None:
    st.html(part("parts", "status", text=t("own.release.nothing_changed", lang=lang)))


def _answer(own: Session, state: State, kind: Kind) -> None:
    """Ask what a person can answer of a refusal, and rehearse anew once they have."""
    lang = own.lang
    if kind in ASKED and st.button(t("own.release.is_right", lang=lang), key=f"own_release_right_{kind}"):
        state.accepted.add(kind)
        st.rerun()
    if kind in DAY_ASKED:
        _ask_day(state, lang)
    if kind in TRY_AGAIN and st.button(t("own.release.again", lang=lang), key="own_release_again"):
        _let_go(state)
        st.rerun()


def _ask_day(state: State, lang: Language) -> None:
    """Ask for the day of release; it is kept with the file, for the box is gone once the day is taken."""
    key = f"own_release_day_{state.file}"
    try:
        day = days.typed(days.box(t("own.release.day", lang=lang), lang=lang, key=key, width=WIDTH))
    except days.NoDayError:
        st.html(part("frame", "notice", text=t(days.NO_DAY, lang=lang)))
        return
    if day is not None and day.isoformat() != state.released:
        state.released = day.isoformat()
        st.rerun()


def _changes(own: Session, outcome: Outcome, view: View) -> None:
    """Show each table's edition before and now, and every figure that would be new, other or gone."""
    lang = own.lang
    none = t("data.history.none", lang=lang)
    lines = [
        t(
            "own.release.edition",
            lang=lang,
            title=one.title.text(lang),
            before=one.before.text(lang) or none,
            now=one.now.text(lang) or none,
        )
        for one in outcome.brought
    ]
    st.html(frame.listed(list(dict.fromkeys(lines))))
    sources = queries.sources(build=view.build)
    titles = {one.table: one.title.text(lang) for one in outcome.brought if one.table not in sources}
    named = (replace(one, table=titles.get(one.table, one.table)) for one in outcome.changes)
    st.html(Markup("").join(refreshed.changed(one, view) for one in named))


def _why(own: Session, state: State, sent: UploadedFile) -> str | None:
    """Ask why what was accepted is right; None until there is a reason, "" where nothing was."""
    if not state.accepted:
        return ""
    text = st.text_input(
        t("own.release.why", lang=own.lang), max_chars=LONGEST_REASON, key=f"own_release_why_{sent.file_id}"
    )
    return " ".join(text.split()) or None


def _begin(state: State, work: Work, *, back: bool) -> None:
    state.at_work, state.back = work, back
    _let_go(state)
    st.rerun()


def _noting(own: Session, *, back: bool) -> Callable[[Outcome], None]:
    """Return what writes down who put which build on show, and when, as soon as it is; never a figure."""
    store_of, act = own.store, own.act

    def note(outcome: Outcome) -> None:
        if outcome.build:
            people.release_shown(store_of, act(), build=outcome.build, back=back)

    return note


def _finished(own: Session, state: State, outcome: Outcome) -> None:
    """Say what became of putting on show, or of going back."""
    lang = own.lang
    if outcome.build:
        key = "own.release.is_back" if state.back else "own.release.is_shown"
        sentence = t(key, lang=lang, build=outcome.build)
        buttons.once(lambda: st.session_state.update({STATE: State(turn=state.turn + 1)}), lambda _: sentence)
    state.at_work = None
    for refusal in outcome.refused:
        _say_refused(refusal, lang)
    if not outcome.refused:
        st.html(part("frame", "notice", text=t("own.release.no_change", lang=lang)))
    _say_unchanged(lang)


def _back(own: Session, state: State) -> None:
    """Offer to go back to the tables before the last change, where there was one."""
    lang = own.lang
    show_heading("own.release.heading.back", lang=own.lang, code="back")
    try:
        last = revisions.last_refresh()
    except revisions.NoRefreshError:
        show_paragraph("own.release.no_way_back", lang=lang)
        return
    day = days.in_words(last.day, lang)
    show_paragraph("own.release.last", lang=lang, day=day, build=last.build)
    sure = st.checkbox(t("own.release.sure", lang=lang), key=f"own_release_sure_{state.turn}")
    if st.button(t("own.release.go_back", lang=lang), disabled=not sure, key="own_release_back"):
        _begin(state, Work("rollback", then=_noting(own, back=True)), back=True)
