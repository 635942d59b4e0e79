"""An officer's own words on the page, and the small file in which they and what lies in the tray can be kept.

The awkward fact: these words are nobody else's. They live in this session's boxes, in the files that are made and in
the one that is kept, never in the address, a cache or a log; and Streamlit forgets a box as soon as another page is
shown, while an officer goes there and back to add figures. So what was typed is held beside the boxes.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

import streamlit as st

from dashboard.beside import APART
from dashboard.briefing.documents import heading, unplaced
from dashboard.briefing.kinds import CHOICES
from dashboard.briefing.model import LONGEST_CONTACT, LONGEST_TEXT, LONGEST_TITLE, Officer
from dashboard.briefing.parts import ACTIONS, LOGS, RAISED, pieces_of
from dashboard.briefing.saved_briefing import SavedBriefing, SavedBriefingError, file_text, read
from dashboard.briefing.tray import Tray
from dashboard.figure import View
from dashboard.i18n import LANGUAGES, t
from dashboard.model import Words
from dashboard.widgets import address
from dashboard.widgets.html import part

HELD, PROBLEM, TAKEN = "own_words", "kept_problem", "kept_taken"
BOX = "officer_"  # how the keys of the boxes begin, and no other key of a session
OPENED = "kept_text"
LONGEST = {"title": LONGEST_TITLE, "text": LONGEST_TEXT, "contact": LONGEST_CONTACT}
OF_SECTIONS = {"heading": LONGEST_TITLE, "comment": LONGEST_TEXT}
# In addresses, of what a file holds.
NAMES = ("kind", "form", "file", *(choice.name for choice in CHOICES), "tray", "from", "to", "since", "next")
TALL = ("text", "comment")


def boxes(tray: Tray, view: View, *, codes: Set[str]) -> Officer:
    """Let the officer write a title, an introduction and a contact, and a name and a comment for each section.

    `codes` are pieces of what is made: with the tables of a meeting among them, also what stands in those.
    """
    with st.expander(t("briefings.own_words", lang=view.lang)):
        st.html(part("own_words", "muted", text=t("briefings.not_kept", lang=view.lang)))
        for what, most in LONGEST.items():
            for lang in LANGUAGES:
                _box(f"{what}_{lang}", t(f"briefings.own_{what}.{lang}", lang=view.lang), most=most, what=what)
    if tray.parts:
        with st.expander(t("briefings.own_sections", lang=view.lang)):
            for section in tray.parts:
                st.html(part("own_words", "section", name=heading(section.code).text(view.lang)))
                _of_section(section.code, view)
    for log in LOGS:
        if codes & pieces_of(log):
            _box(log, t(f"briefings.own_{log}", lang=view.lang), most=LONGEST_TEXT, what="text")
    _say_what_is_left_out(tray, view, codes=codes)
    return officer()


def _say_what_is_left_out(tray: Tray, view: View, *, codes: Set[str]) -> None:
    """Say what was typed for sections and tables that the briefing has not, such as one that was dropped since."""
    lost = unplaced(officer(), sections={part.code for part in tray.parts}, pieces=codes)
    names = [heading(code).text(view.lang) for code in lost.sections]
    names += [t(f"briefing.piece.{log}", lang=view.lang) for log in lost.logs]
    if names:
        what = ", ".join(f"“{name}”" for name in names)
        st.html(part("own_words", "left_out", text=t("briefings.left_out", lang=view.lang, what=what)))


def _of_section(code: str, view: View) -> None:
    named = heading(code).text(view.lang)
    for what, most in OF_SECTIONS.items():
        for lang in LANGUAGES:
            label = t(f"briefings.own_{what}.{lang}", lang=view.lang, section=named)
            _box(f"{what}_{lang}_{code}", label, most=most, what=what)


def _box(name: str, label: str, *, most: int, what: str) -> None:
    """Show a box with what was typed into it, on this visit to the page or before."""
    texts, key = _typed(), f"{BOX}{name}"
    is_typed = address.was_drawn(key) or name in texts
    if is_typed and key not in st.session_state:
        st.session_state[key] = texts.get(name, "")
    draw = st.text_area if what in TALL else st.text_input
    texts[name] = draw(label, max_chars=most, key=key)


def _typed() -> dict[str, str]:
    texts: dict[str, str] = st.session_state.setdefault(HELD, {})
    return texts


def officer() -> Officer:
    """Return all that was typed, for sections that were dropped since too: what stands in a box before it is drawn."""
    texts = _typed()
    boxes = {str(key): value for key, value in st.session_state.items() if str(key).startswith(BOX)}
    texts |= {key.removeprefix(BOX): value for key, value in boxes.items()}
    return Officer(
        title=texts.get("title_en", ""),
        title_cy=texts.get("title_cy", ""),
        introduction=texts.get("text_en", ""),
        introduction_cy=texts.get("text_cy", ""),
        contact=texts.get("contact_en", ""),
        contact_cy=texts.get("contact_cy", ""),
        headings=_by_section("heading"),
        comments=_by_section("comment"),
        actions=_rows(ACTIONS),
        questions=_rows(RAISED),
    )


def _rows(log: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_row(line) for line in _typed().get(log, "").splitlines() if line.strip())


def _row(line: str) -> tuple[str, ...]:
    """Return an action or a question as it was written on a line: what; who; by when, or the answer."""
    cells = [cell.strip() for cell in line.replace("\t", ";").split(";", 2)]
    return (*cells, "", "")[:3]


def _by_section(what: str) -> tuple[tuple[str, Words], ...]:
    codes = dict.fromkeys(name.split("_", 2)[2] for name in _typed() if name.startswith(f"{what}_"))
    both = ((code, Words(**{lang: _typed().get(f"{what}_{lang}_{code}", "") for lang in LANGUAGES})) for code in codes)
    return tuple((code, words) for code, words in both if words)


def _boxes_of(own: Officer) -> Mapping[str, str]:
    """Return an officer's words by the boxes they are typed into."""
    every = {
        "title": Words(en=own.title, cy=own.title_cy),
        "text": Words(en=own.introduction, cy=own.introduction_cy),
        "contact": Words(en=own.contact, cy=own.contact_cy),
    }
    boxes = {f"{what}_{lang}": words.text(lang) for what, words in every.items() for lang in LANGUAGES}
    for what, pairs in (("heading", own.headings), ("comment", own.comments)):
        boxes |= {f"{what}_{lang}_{code}": words.text(lang) for code, words in pairs for lang in LANGUAGES}
    logged = {ACTIONS: own.actions, RAISED: own.questions}
    lines = {log: ("; ".join(map(_cell, row)).rstrip("; ") for row in rows) for log, rows in logged.items()}
    return boxes | {log: "\n".join(of_log) for log, of_log in lines.items()}


def _cell(text: str) -> str:
    """Return what stood in a cell as it may stand between two semicolons on one line."""
    return " ".join(text.replace(";", ",").split())


def keep_or_open(now: SavedBriefing, *, name: str, view: View) -> None:
    """Let the officer keep a briefing as a small file, and open one: a file (static/tray.js), or what stands in it."""
    with st.expander(t("kept.title", lang=view.lang)):
        st.html(part("own_words", "muted", text=t("kept.text", lang=view.lang)))
        st.download_button(
            t("kept.save", lang=view.lang),
            data=lambda: file_text([now]).encode(),
            file_name=name,
            mime="application/toml",
            key="kept_save",
            on_click="ignore",
        )
        st.html(part("own_words", "open", text=t("kept.open", lang=view.lang)))
        lost = not address.was_drawn(OPENED)
        if st.session_state.pop(TAKEN, False):  # a box may be emptied only before it is drawn
            st.session_state[OPENED] = ""
        text = st.text_area(t("kept.paste", lang=view.lang), key=OPENED, on_change=_open, height=70)
        if lost and text:
            _open()
            st.rerun()
        if problem := st.session_state.pop(PROBLEM, ""):
            st.html(part("own_words", "problem", text=t("kept.problem", lang=view.lang), told=problem))


def _open() -> None:
    """Take a kept briefing into the boxes and the address, of several the first; words alone go into their boxes."""
    text = st.session_state[OPENED]
    if not text.strip():
        return
    try:
        one = read(text)[0]
    except SavedBriefingError as error:
        st.session_state[PROBLEM] = str(error)
        return
    is_whole = bool(one.kind or one.tray)  # else words alone, such as the actions of a presentation
    for key in [key for key in st.session_state if str(key).startswith(BOX)]:
        del st.session_state[key]
    words = {name: text for name, text in _boxes_of(one.officer).items() if text or is_whole}
    st.session_state[HELD] = words if is_whole else {**_typed(), **words}
    st.session_state[TAKEN] = True
    if not is_whole:
        return
    places = {"place": one.places[0]} if one.places else {}
    address.keep_all({**dict.fromkeys(NAMES, ""), **places, "with": APART.join(one.beside), **one.choices})
