"""My briefing on the page: what lies in it, in its order, with a way to move, drop and add each, and to undo that.

The awkward fact: every step is an address, so that the browser's own way back undoes it and a link keeps it. The steps
are links, each to the tray as it is after it (static/tray.js follows them without loading the page anew).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from dashboard.briefing.documents import choice_codes, heading, ready
from dashboard.briefing.extra import is_own
from dashboard.briefing.model import KINDS
from dashboard.briefing.parts import Scope
from dashboard.briefing.pieces import OFFERED, home, is_known, name
from dashboard.briefing.tray import MOST, Part, Piece, Tray
from dashboard.figure import View
from dashboard.i18n import t
from dashboard.widgets import address
from dashboard.widgets.html import part
from dashboard.widgets.own_words import officer

BEFORE = "trays_before"
MOST_BEFORE = 30


def scope_of(view: View) -> Scope:
    """Return for what a view's briefing is composed."""
    return Scope(place=view.place, build=view.build, beside=view.beside, years=view.years)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step that changes my briefing: its name, what tells it apart, where it leads; `label` names it for ears."""

    words: str
    step: str
    target: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A section or a piece as it is listed: its name, what was chosen for it, and its steps."""

    name: str
    steps: tuple[Step, ...]
    pieces: tuple[Line, ...] = ()
    chosen: str = ""
    is_known: bool = True


def masthead(view: View) -> Markup:
    """Return the way to my briefing with how many pieces lie in it, and what the script of the page has to know."""
    tray = address.tray()
    pieces = " ".join(piece.written for piece in tray.pieces)
    known_pieces = part("tray", "known", pieces=pieces, most=MOST, lang=view.lang)
    if not tray.pieces:
        return known_pieces
    target = f"./briefings{address.link(kind='mine')}"
    return known_pieces + part("tray", "mine", target=target, lang=view.lang, n=len(tray.pieces))


def change(kind: str, choice: str, view: View) -> None:
    """Show the way to change a ready-made briefing: its parts become the officer's own tray."""
    words = t("tray.change", lang=view.lang)
    st.html(part("tray", "alone", one=_step(words, ready(kind, choice), step=f"start {kind}")))


def editor(tray: Tray, view: View) -> None:
    """Show what lies in the tray, under the names an officer gave its sections, with the steps that change it."""
    before, scope = _before(tray), scope_of(view)
    sections = [_section(one, tray, scope, view) for one in tray.parts]
    sections_html = part("tray", "editor", sections=sections, lang=view.lang)
    undo = Markup()
    if before is not None:
        undo = part("tray", "alone", one=_step(_say("undo", view), before, step="undo"))
    st.html(Markup("").join((sections_html, undo, _additions(tray, scope, view), _starts(view))))


def _say(key: str, view: View, **values: object) -> str:
    return t(f"tray.{key}", lang=view.lang, **values)


def _before(tray: Tray) -> Tray | None:
    """Return the tray before this one in the session, None where there was none; a step back takes it off the pile."""
    pile: list[Tray] = st.session_state.setdefault(BEFORE, [])
    if len(pile) > 1 and pile[-2] == tray:
        pile.pop()
    if not pile or pile[-1] != tray:
        pile.append(tray)
    del pile[:-MOST_BEFORE]
    return pile[-2] if len(pile) > 1 else None


def _step(words: str, tray: Tray, *, step: str, label: str = "") -> Step:
    target = f"./briefings{address.link(kind='mine', tray=tray.short())}"
    return Step(words=words, step=step, target=target, label=label)


def _steps(named: str, ways: Iterable[tuple[str, Tray]], *, step: str, now: Tray, view: View) -> tuple[Step, ...]:
    """Return the steps of one line, each named for those who hear it; one that changes nothing is not offered."""
    return tuple(
        _step(_say(way, view), tray, step=f"{way} {step}", label=_say(f"{way}_of", view, name=named))
        for way, tray in ways
        if tray != now
    )


def _section(section: Part, tray: Tray, scope: Scope, view: View) -> Line:
    code, own = section.code, dict(officer().headings).get(section.code)
    named = (own.text(view.lang) if own else "") or heading(code).text(view.lang)
    ways = (
        ("up", tray.moved_part(code, by=-1)),
        ("down", tray.moved_part(code, by=1)),
        ("drop", tray.without_part(code)),
    )
    return Line(
        name=named,
        steps=_steps(named, ways, step=code, now=tray, view=view),
        pieces=tuple(_piece(piece, tray, scope, view) for piece in section.pieces),
    )


def _piece(piece: Piece, tray: Tray, scope: Scope, view: View) -> Line:
    named = name(piece, scope).text(view.lang)
    ways = (("up", tray.moved(piece, by=-1)), ("down", tray.moved(piece, by=1)), ("drop", tray.without(piece)))
    return Line(
        name=named,
        steps=_steps(named, ways, step=piece.written, now=tray, view=view),
        chosen=choice_codes(piece) if piece.options else "",
        is_known=is_known(piece, scope) or is_own(piece),
    )


def _additions(tray: Tray, scope: Scope, view: View) -> Markup:
    """Return the texts and small tables that stand on no page, to be added here; nothing can be where it is full."""
    if len(tray.pieces) >= MOST:
        return part("parts", "paragraph", text=_say("full", view, n=MOST))
    free = [piece for code in OFFERED if (piece := Piece(code=code)) not in tray.pieces]
    every = [
        _step(name(piece, scope).text(view.lang), tray.joined(piece, home=home(piece)), step=f"add {piece.code}")
        for piece in free
    ]
    return part("tray", "folded", text=_say("add_here", view), every=every)


def _starts(view: View) -> Markup:
    every = [_step(t(f"briefings.kind.{kind}", lang=view.lang), ready(kind), step=f"start {kind}") for kind in KINDS]
    return part("tray", "folded", text=_say("start", view), every=every)
