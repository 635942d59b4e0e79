"""The page of bringing in a release: a publisher's file in, what it would change, on show, and back again.

The awkward fact: what is looked at may not be what is put on show, when another person was quicker. So a rehearsal
belongs to the build that it was held against, and is made anew where another one is on show by then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

import streamlit as st
from markupsafe import Markup
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import queries, revisions, store
from dashboard.age import today
from dashboard.figure import View
from dashboard.i18n import t
from dashboard.i18n.periods import period_label
from dashboard.widgets import frame as around
from dashboard.widgets import refreshed
from dashboard.widgets.folded import folded
from dashboard.widgets.html import part
from local_figures.store import people
from local_figures.store.editions import APPROVER
from workspace import frame, settings, turns, uploader
from workspace.releases.command import STAGES, Refusal, Told, Work, options
from workspace.session import Session, may

STATE = "own_release"
LONGEST_REASON = 300  # letters, as the command takes it
BY = "releases_by"  # the setting of a server: who may
ASKED = ("lost_periods", "large_changes", "contradictions")  # a person may say that these are right
DAY_ASKED = ("no_day", "day")
TRY_AGAIN = ("busy", "changed", "disk", "died", "unexpected")
KINDS = frozenset(
    [
        *("contract", "unknown", "damaged", "web_page", "old_excel", "password", "empty", "archive"),
        *("older", "future", "lost_part", "busy", "changed", "disk", "no_previous", "unexpected", "died"),
        *(*ASKED, *DAY_ASKED),
    ]
)


@dataclass(kw_only=True)
class State:
    """What a session holds while somebody brings in a release."""

    turn: int = 0  # of the box for a file: a new and empty one once it is on show
    of: object = None  # what the rehearsal depends on
    rehearsal: Work | None = None
    at_work: Work | None = None  # what changes what is on show
    back: bool = False  # it is going back
    accepted: set[str] = field(default_factory=set)
    file: str = ""


def show(own: Session) -> None:
    """Lead a file to the pages, or say who may."""
    lang = own.lang
    if not may(own, APPROVER):
        st.html(part("frame", "notice", said=t("own.release.approvers_only", lang=lang)))
        return
    named = [str(one).casefold() for one in settings.of_server(BY, [])]
    if not settings.on_this_computer() and own.who.casefold() not in named:
        st.html(part("frame", "notice", said=t("own.release.keeper_only", lang=lang)))
        return
    state, view = cast(State, st.session_state.setdefault(STATE, State())), around.current_view()
    if state.at_work is not None:
        _finished(own, state, _waited(state.at_work, own))
    _file(own, state, view)
    _back(own, state)


def _file(own: Session, state: State, view: View) -> None:
    """Take a file, rehearse it, and offer to put it on show."""
    lang = own.lang
    _heading("file", own)
    most = int(st.get_option("server.maxUploadSize"))
    st.html(part("parts", "paragraph", text=t("own.release.how", lang=lang, most=most)))
    label = t("own.release.box", lang=lang)
    sent = uploader.box(label, key=f"own_release_{state.turn}", read_mb=most, most_mb=most, lang=lang)
    if sent is None or sent.file_id != state.file:
        state.accepted.clear()
        state.file = sent.file_id if sent else ""
    if sent is None:
        _let_go(state)
        return
    released = cast("date | None", st.session_state.get(f"own_release_day_{sent.file_id}"))
    said = options(released=released.isoformat() if released else "", accepted=sorted(state.accepted), rehearsal=True)
    of = (sent.file_id, said, store.build_id())
    if state.of != of or state.rehearsal is None:
        _let_go(state)
        state.of, state.rehearsal = of, Work(*said, file=(sent.name, sent.getvalue()))
    _told(own, state, sent, _waited(state.rehearsal, own), view)


def _let_go(state: State) -> None:
    """Forget a rehearsal, and stop it where it is still at work."""
    if state.rehearsal is not None:
        state.rehearsal.give_up()
    state.of, state.rehearsal = None, None


def _waited(work: Work, own: Session) -> Told:
    """Return what came of a command; say what is being done for as long as it takes."""
    if (told := work.told(within=0)) is not None:
        return told
    bar = st.progress(0.0)
    while (told := work.told(within=0.3)) is None:
        stage = work.stage
        bar.progress(STAGES[stage], text=t(f"own.release.stage.{stage or 'begun'}", lang=own.lang))
    bar.empty()
    return told


def _told(own: Session, state: State, sent: UploadedFile, told: Told, view: View) -> None:
    """Say what a file is, what it would change or why it is refused, and what may be done about it."""
    lang = own.lang
    if told.recognised:
        titles = list(dict.fromkeys(one.text(lang) for one in told.recognised))
        st.html(part("parts", "headed_list", heading=t("own.release.recognised", lang=lang), items=titles))
    for one in told.refused:
        _refused(own, state, sent, one)
    if told.refused:
        st.html(part("parts", "status", text=t("own.release.nothing_changed", lang=lang)))
        return
    if not told.would_change:
        st.html(part("frame", "notice", said=t(f"own.release.{'held' if told.is_held else 'no_change'}", lang=lang)))
        return
    _heading("would_change", own)
    _changes(own, told, view)
    why = _why(own, state, sent)
    if st.button(t("own.release.show", lang=lang), type="primary", disabled=why is None, key="own_release_show"):
        released = cast("date | None", st.session_state.get(f"own_release_day_{sent.file_id}"))
        said = options(
            released=released.isoformat() if released else "",
            accepted=sorted(state.accepted),
            why=why or "",
            rehearsal=False,
        )
        _begin(state, Work(*said, file=(sent.name, sent.getvalue()), then=_written(own, back=False)), back=False)


def _refused(own: Session, state: State, sent: UploadedFile, one: Refusal) -> None:
    """Say in one sentence why a file is refused, with the check's own words below, and ask what a person can answer."""
    lang = own.lang
    kind = one.kind if one.kind in KINDS else "contract"
    st.html(part("frame", "notice", said=t(f"own.release.refused.{kind}", lang=lang)))
    words = part("parts", "in_english", text=one.words)
    summary = t("own.release.own_words", lang=lang)
    st.html(
        part("parts", "unfolded", kind="ct-details", inside=words, summary=summary)
        if kind in ASKED
        else folded(summary, words, kind="ct-details")
    )
    if kind in ASKED and st.button(t("own.release.is_right", lang=lang), key=f"own_release_right_{kind}"):
        state.accepted.add(kind)
        st.rerun()
    if kind in DAY_ASKED:
        day = f"own_release_day_{sent.file_id}"
        st.date_input(t("own.release.day", lang=lang), value=None, max_value=today(), format="DD/MM/YYYY", key=day)
    if kind in TRY_AGAIN and st.button(t("own.release.again", lang=lang), key="own_release_again"):
        _let_go(state)
        st.rerun()


def _changes(own: Session, told: Told, view: View) -> None:
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
        for one in told.brought
    ]
    st.html(frame.listed(list(dict.fromkeys(lines))))
    known = queries.sources(build=view.build)
    titles = {one.table: one.title.text(lang) for one in told.brought if one.table not in known}
    named = (replace(one, table=titles.get(one.table, one.table)) for one in told.changes)
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


def _written(own: Session, *, back: bool) -> Callable[[Told], None]:
    """Return what writes down who put which build on show, and when, as soon as it is; never a figure."""
    store_of, act = own.store, own.act

    def write(told: Told) -> None:
        if told.build:
            people.release_shown(store_of, act(), build=told.build, back=back)

    return write


def _finished(own: Session, state: State, told: Told) -> None:
    """Say what became of putting on show, or of going back."""
    if told.build:
        done = t(f"own.release.{'is_back' if state.back else 'is_shown'}", lang=own.lang, build=told.build)
        turns.once(lambda: st.session_state.update({STATE: State(turn=state.turn + 1)}), lambda _: done)
    state.at_work = None
    for one in told.refused:
        kind = one.kind if one.kind in KINDS else "contract"
        st.html(part("frame", "notice", said=t(f"own.release.refused.{kind}", lang=own.lang)))
        st.html(
            folded(
                t("own.release.own_words", lang=own.lang),
                part("parts", "in_english", text=one.words),
                kind="ct-details",
            )
        )
    if not told.refused:
        st.html(part("frame", "notice", said=t("own.release.no_change", lang=own.lang)))
    st.html(part("parts", "status", text=t("own.release.nothing_changed", lang=own.lang)))


def _back(own: Session, state: State) -> None:
    """Offer to go back to the tables before the last change, where there was one."""
    lang = own.lang
    _heading("back", own)
    try:
        last = revisions.last_refresh()
    except revisions.NoRefreshError:
        st.html(part("parts", "paragraph", text=t("own.release.no_way_back", lang=lang)))
        return
    day = period_label(start=last.day, months=0, lang=lang, style="long")
    st.html(part("parts", "paragraph", text=t("own.release.last", lang=lang, day=day, build=last.build)))
    sure = st.checkbox(t("own.release.sure", lang=lang), key=f"own_release_sure_{state.turn}")
    if st.button(t("own.release.go_back", lang=lang), disabled=not sure, key="own_release_back"):
        _begin(state, Work("rollback", then=_written(own, back=True)), back=True)


def _heading(code: str, own: Session) -> None:
    st.html(part("parts", "heading", code=code, text=t(f"own.release.heading.{code}", lang=own.lang)))
