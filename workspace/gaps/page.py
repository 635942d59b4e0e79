"""The page of gaps: the log of requests, what may be asked for next, and the words to ask with.

The awkward fact: nobody is to type what the dashboard knows. So a gap of the public list is logged in one click, with
whom to ask; its words in both languages stand below, and the day it was sent is today's unless another is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from dashboard.age import today
from dashboard.figure import Subject, View
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.periods import release_label
from dashboard.i18n.text import written
from dashboard.widgets.html import part
from dashboard.widgets.stacked_table import stacked_table
from local_figures import door, gaps, typed
from local_figures.checking.cells import LONGEST_FREE
from local_figures.checking.check import Line, Lines
from local_figures.checking.reading import tidy
from local_figures.gaps import TEMPLATE, Request
from local_figures.store import editions
from local_figures.store.editions import Edition
from local_figures.templates import named, templates
from local_figures.typed import Change, NotKeptError
from workspace import days, frame, keeping
from workspace.gaps import asking
from workspace.gaps.asking import Ask
from workspace.gaps.letter import MIME, docx_bytes
from workspace.paper_files import place_told_of
from workspace.session import Session, may
from workspace.words import show_heading, show_paragraph

ADD, CHANGE = "gaps_add", "gaps_change"
HALF = 520  # pixels
NONE = "–"


def show(own: Session, view: View) -> None:
    """Show members the log and what may be asked for; partners nothing of it."""
    if not may(own, editions.READER):
        show_paragraph("own.gaps.members", lang=own.lang)
        return
    keeping.undoing(own)
    with frame.in_words(own.lang):
        lines = door.lines(own.store, own.act(), TEMPLATE).lines
        place = place_told_of(own.areas, view.place, build=view.build)
        subject = Subject(place=place, build=view.build)
        asks = {ask.code: ask for ask in asking.asks(subject)}
        _log(own, gaps.requests(lines), asks)
        if may(own, editions.EDITOR):
            _change(own, gaps.requests(lines))
        _ask(own, subject, asks, set(gaps.not_logged(asks, lines)))
        if may(own, editions.EDITOR):
            _add(own)


def _names(key: str, lang: Language) -> Mapping[str, str]:
    return {code: words[lang] for code, words in named(TEMPLATE).column(key).choices.items()}


def _label(key: str, lang: Language) -> str:
    return named(TEMPLATE).column(key).heading[lang]


def _day(day: str, lang: Language) -> str:
    return release_label(day, lang=lang) if day else NONE


# ---- The log


def _log(own: Session, requests: tuple[Request, ...], asks: Mapping[str, Ask]) -> None:
    show_heading("own.gaps.log", lang=own.lang, code="log")
    if not requests:
        show_paragraph("own.gaps.none", lang=own.lang)
        return
    show_paragraph("own.gaps.days", lang=own.lang)
    lang, holders = own.lang, _names("holder", own.lang)
    every = editions.editions(own.store, own.act())
    keys = ("gap", "holder", "answer", "asked_on", "answered_on", "brought_by", "note")
    rows = [
        (
            _named(one, asks, lang),
            holders[one.line["holder"]],
            _state(own, one),
            *(_day(one.line[key], lang) for key in ("asked_on", "answered_on")),
            _brought(one, every, lang),
            one.line["note"] or NONE,
        )
        for one in requests
    ]
    st.html(stacked_table([_label(key, lang) for key in keys], rows, label=t("own.gaps.log", lang=lang)))
    if any(one.is_answered and one.line["brought_by"] for one in requests):
        link = t("nav.own_bring_in", lang=lang)
        answered = t("own.gaps.answered", lang=lang)
        answer = part("parts", "with_link", text=answered, url="./own_bring_in", link=link)
        st.html(part("parts", "paragraph", text=answer))


def _named(one: Request, asks: Mapping[str, Ask], lang: Language) -> str:
    """Return what is missing: of the public list in the reader's language, whoever logged it."""
    ask = asks.get(one.line["gap_code"])
    return written(ask.what, lang) if ask else one.line["gap"]


def _brought(one: Request, every: Iterable[Edition], lang: Language) -> str:
    """Return the template that brings an answer in, and the first edition that came with it or after it."""
    name = one.line["brought_by"]
    if name not in templates():
        return NONE
    called, since = templates()[name].name[lang], one.line["answered_on"]
    editions = [e for e in every if one.is_answered and e.template == name and e.uploaded_at[:10] >= since]
    if not editions:
        return called
    first = min(editions, key=lambda edition: edition.number)
    return t(
        "own.gaps.brought", lang=lang, template=called, number=first.number, day=_day(first.uploaded_at[:10], lang)
    )


def _state(own: Session, one: Request) -> str:
    """Say what came back, and of what waits since when and whether its time is likely over."""
    name = _names("answer", own.lang)[one.line["answer"]]
    if not one.is_waiting or one.asked_on is None:
        return name
    due = _day(one.due_on.isoformat() if one.due_on else "", own.lang)
    waiting = t("own.gaps.waiting", lang=own.lang, n=(today() - one.asked_on).days, due=due)
    over = f" {t('own.gaps.over', lang=own.lang)}" if one.is_likely_over(today()) else ""
    return f"{name}. {waiting}{over}"


def _change(own: Session, requests: tuple[Request, ...]) -> None:
    """Let an editor write when somebody was asked and what came back, or take a row out."""
    if not requests:
        return
    request_at = {one.at: one for one in requests}
    with st.expander(t("own.gaps.change", lang=own.lang), expanded=keeping.is_open(CHANGE)):
        at = st.selectbox(
            t("own.gaps.which", lang=own.lang),
            options=list(request_at),
            format_func=lambda at: (
                f"{request_at[at].line['gap']} · {_names('answer', own.lang)[request_at[at].line['answer']]}"
            ),
            key=keeping.key(f"{CHANGE}_which_{own.lang}"),
        )
        line = keeping.as_drawn(CHANGE, at, request_at[at].line)
        with st.form(keeping.key(f"{CHANGE}_form_{at}"), border=False):
            row = {**line, **_boxes(own, line, f"{CHANGE}_{at}")}
            answered = keeping.answer(CHANGE, own)
            sent = st.form_submit_button(t("own.gaps.keep", lang=own.lang), type="primary")
        if sent:
            _keep(own, CHANGE, typed.replacing(at, was=line, now=row), row, answered=answered)
        if st.button(t("own.gaps.take_out", lang=own.lang), key=keeping.key(f"{CHANGE}_out_{at}")):
            out, sentence = typed.without(at, was=line), t("own.gaps.taken_out", lang=own.lang, gap=line["gap"])
            keeping.keep(own, CHANGE, template=TEMPLATE, change=out, sentence=sentence)


def _boxes(own: Session, line: Line, name: str) -> Line:
    values = {"answer": _choice(own, "answer", line, name)}
    left, right = st.columns(2)
    with left:
        values["asked_on"] = _text(own, "asked_on", line, name)
    with right:
        values["answered_on"] = _text(own, "answered_on", line, name)
    return values | {"note": _text(own, "note", line, name)}


def _choice(own: Session, key: str, line: Line, name: str) -> str:
    names = _names(key, own.lang)
    now = line.get(key, "")
    chosen: str | None = st.selectbox(
        _label(key, own.lang),
        options=list(names),
        index=list(names).index(now) if now in names else None,
        format_func=names.__getitem__,
        placeholder=t("own.gaps.choose", lang=own.lang),
        key=keeping.key(f"{name}_{key}_{own.lang}"),
        width=HALF,
    )
    return chosen or ""


def _text(own: Session, key: str, line: Line, name: str) -> str:
    column = named(TEMPLATE).column(key)
    return st.text_input(
        column.heading[own.lang],
        value=days.in_words(line.get(key, ""), own.lang) if column.kind == "day" else line.get(key, ""),
        help=column.about[own.lang],
        max_chars=LONGEST_FREE if column.kind == "free" else None,
        placeholder=days.example(own.lang) if column.kind == "day" else None,
        key=keeping.key(f"{name}_{key}_{own.lang}"),
    )


def _keep(own: Session, form: str, change: Change, row: Line, *, answered: bool) -> None:
    """Keep a row whose days fit what it says."""
    sentence = t("own.gaps.kept", lang=own.lang, gap=tidy(row["gap"]))
    keeping.keep(own, form, template=TEMPLATE, change=_with_days(change, row), sentence=sentence, answered=answered)


def _with_days(change: Change, row: Line) -> Change:
    """Return a change that is refused unless the days of its row fit what it says."""

    def checked(lines: Lines) -> Lines:
        if wrong := gaps.missing_days(row):
            raise NotKeptError(errors=wrong, warnings=(), to_answer=frozenset())
        return change(lines)

    return checked


# ---- What may be asked for


def _ask(own: Session, subject: Subject, asks: Mapping[str, Ask], not_logged: set[str]) -> None:
    """Offer what the public list says is not held, with the words that ask for it in both languages."""
    show_heading("own.gaps.ask", lang=own.lang, code="ask")
    show_paragraph("own.gaps.ask_intro", lang=own.lang)
    code = st.selectbox(
        t("own.gaps.what", lang=own.lang),
        options=list(asks),
        format_func=lambda code: written(asks[code].what, own.lang),
        key=f"own_gaps_ask_{own.lang}",
    )
    ask = asks[code]
    st.html(part("parts", "paragraph", text=written(ask.why, own.lang)))
    show_paragraph("own.gaps.holder", lang=own.lang, holder=asking.holder_name(ask.holder, subject, own.lang))
    if ask.template:
        show_paragraph("own.gaps.brings", lang=own.lang, template=templates()[ask.template].name[own.lang])
    if not may(own, editions.EDITOR):
        pass
    elif code not in not_logged:
        show_paragraph("own.gaps.logged", lang=own.lang)
    else:
        _log_it(own, ask)
    for lang in (own.lang, *(other for other in LANGUAGES if other != own.lang)):
        _letter(own, ask, subject, lang)


def _log_it(own: Session, ask: Ask) -> None:
    """Log a gap in one click: as still to be asked for, or as asked for today."""
    row = gaps.row(
        gap=written(ask.what, own.lang)[:LONGEST_FREE], gap_code=ask.code, holder=ask.holder, brought_by=ask.template
    )
    sent = {**row, "answer": gaps.WAITING, "asked_on": today().isoformat()}
    for label, one in (("own.gaps.log_sent", sent), ("own.gaps.log_it", row)):
        if st.button(t(label, lang=own.lang), key=keeping.key(f"{label}_{ask.code}")):
            _keep(own, ADD, typed.adding(one), one, answered=True)


def _letter(own: Session, ask: Ask, subject: Subject, lang: Language) -> None:
    """Show a request to copy, folded where it is in the other language, and the same as a Word file."""
    paragraphs = asking.letter(ask, subject, lang)
    with st.expander(t(f"own.gaps.letter.{lang}", lang=own.lang), expanded=lang == own.lang):
        st.code("\n\n".join(paragraphs), language=None, wrap_lines=True)
    st.download_button(
        t(f"own.gaps.word.{lang}", lang=own.lang),
        data=lambda: docx_bytes(paragraphs, lang=lang, day=today()),
        file_name=f"foi_{ask.code}_{subject.place.code}_{lang}.docx",
        mime=MIME,
        key=f"own_gaps_word_{ask.code}_{lang}_{own.lang}",
        on_click="ignore",
    )


def _add(own: Session) -> None:
    """Let an editor log something that the public list does not have."""
    with (
        st.expander(t("own.gaps.add", lang=own.lang), expanded=keeping.is_open(ADD)),
        st.form(keeping.key(f"{ADD}_form"), border=False),
    ):
        values = {"gap": _text(own, "gap", {}, ADD), "holder": _choice(own, "holder", {}, ADD)}
        values |= _boxes(own, {"answer": gaps.NOT_ASKED}, ADD)
        answered = keeping.answer(ADD, own)
        sent = st.form_submit_button(t("own.gaps.keep", lang=own.lang))
    if sent:
        row = gaps.row(**values)
        _keep(own, ADD, typed.adding(row), row, answered=answered)
