"""The reader's briefing with own figures in it: what lies there, what is not on show, and the files.

The awkward fact: what the page of briefings makes is public, and handed out by Streamlit without asking who takes it.
So a briefing with own figures is made by a route that asks, and this page only links to it. What an officer types
stands in no address: it waits for that person, and the address has a number drawn by lot.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import streamlit as st

from dashboard.briefing.compose import cleaned
from dashboard.briefing.extra import is_own
from dashboard.briefing.forms import BOTH, drawn_as, forms_of, is_bilingual
from dashboard.briefing.model import Officer
from dashboard.briefing.parts import Scope
from dashboard.briefing.pieces import name
from dashboard.briefing.saved_briefing import SavedBriefing, file_text, read
from dashboard.briefing.tray import Tray
from dashboard.figure import View
from dashboard.figures.request import in_address
from dashboard.i18n import LANGUAGES, t
from dashboard.widgets import address, own_words, words
from dashboard.widgets.html import part
from local_figures.store.editions import Act
from workspace import frame, reading
from workspace.bringing import personal_files
from workspace.figures import catalogue
from workspace.figures.inputs import Inputs
from workspace.figures.pieces import OwnPieces
from workspace.files import of_page
from workspace.html import filled
from workspace.session import Session
from workspace.words import show_paragraph

FOLDER = "./own/briefing"
MINE = "mine"  # the kind of an officer's own briefing
WORDS, WAITING = "words", "briefing_waiting"  # by what the officer's words are asked for, in an address and a session
SAFE = ",*"  # signs of a tray that need no other spelling


def show(own: Session, view: View) -> None:
    """Show what lies in the reader's briefing, and the files that hold it."""
    tray = address.tray()
    if not tray.pieces:
        show_paragraph("own.briefing.empty", lang=view.lang)
        return
    extra = _extra(tray, own, view)
    words.heading("own.briefing.inside", view, code="inside")
    st.html(part("parts", "listed", texts=list(_listed(tray, extra, view))))
    typed = handed_on(own.act(), cleaned(own_words.boxes(tray, view, codes=tray.codes)))
    mark = extra.mark(tray.pieces).text(view.lang)
    target = f"./briefings{address.link(kind='mine')}"
    change = t("own.briefing.change", lang=view.lang)
    words.heading("own.briefing.files", view, code="files")
    st.html(
        filled("own_files", mark=mark, files=_files(tray, view, typed), target=target, change=change, lang=view.lang)
    )


def _extra(tray: Tray, own: Session, view: View) -> OwnPieces:
    names = [catalogue.entry(one.code).template for one in tray.pieces if one.code in catalogue.BY_CODE]
    with frame.in_words(own.lang):
        inputs = reading.inputs_of(own.store, own.act(), names, place=view.place, years=view.years)
        return OwnPieces(inputs=inputs)
    return OwnPieces(inputs=Inputs(place=view.place, editions={}))


def _listed(tray: Tray, extra: OwnPieces, view: View) -> Iterator[str]:
    """Yield what each piece is called; of an own one that is not on show, that it is not."""
    request = Scope(place=view.place, build=view.build, beside=view.beside, years=view.years, extra=extra)
    for piece in tray.pieces:
        called = name(piece, request).text(view.lang)
        is_gone = is_own(piece) and not (extra.knows(piece) and extra.block(piece))
        yield f"{called} ({t('own.briefing.not_on_show', lang=view.lang)})" if is_gone else called


def handed_on(act: Act, officer: Officer) -> str:
    """Let an officer's words wait for who typed them; return what they are asked for by, "" where there are none."""
    if officer == Officer():
        return ""
    waiting, token = st.session_state.get(WAITING, (None, ""))
    if waiting != officer or not personal_files.waits(token):
        personal_files.forget(token)
        text = file_text([SavedBriefing(officer=officer)])
        token = personal_files.hand(act, name="words", mime="application/toml", make=text.encode)
        st.session_state[WAITING] = (officer, token)
    return str(token)


def words_of(token: str, act: Act) -> Officer | None:
    """Return the words that wait for this very person; None where they were let go."""
    waiting = personal_files.waiting_for(token, act)
    return read(waiting.make().decode())[0].officer if waiting else None


def _files(tray: Tray, view: View, typed: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each form with its addresses, by language; slides in both languages at once too."""
    days = {name: day.isoformat() for name, day in (("since", view.since),) if day}
    options = {
        "place": view.place.code,
        **in_address(view.beside, view.years),
        **days,
        "tray": tray.short(),
        **of_page(),
    }
    options |= {WORDS: typed} if typed else {}
    files = []
    for form in forms_of(MINE):
        both_code = "both_slides" if is_bilingual(drawn_as(MINE, form.code), form=form.code, languages=BOTH) else BOTH
        labels = [*((one, one) for one in LANGUAGES), (BOTH, both_code)]
        links = [
            (
                t(f"briefings.file.{label}", lang=view.lang),
                f"{FOLDER}/{form.code}?{urlencode({**options, 'lang': one}, safe=SAFE)}",
            )
            for one, label in labels
        ]
        files.append((t(f"briefings.form.{form.code}", lang=view.lang), links))
    return files
