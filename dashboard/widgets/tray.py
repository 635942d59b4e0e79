"""My briefing on the page: what lies in it, in its order, with a way to move, drop and add each, and to undo that.

The awkward fact: every step is an address, so that the browser's own way back undoes it and a link keeps it. The steps
are links, each to the tray as it is after it (static/tray.js follows them without loading the page anew).
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from dashboard.briefing.documents import chosen, heading, ready
from dashboard.briefing.model import KINDS
from dashboard.briefing.parts import Asked
from dashboard.briefing.pieces import OFFERED, home, is_known, name
from dashboard.briefing.tray import MOST, Part, Piece, Tray
from dashboard.figure import View
from dashboard.i18n import t
from dashboard.widgets import address
from dashboard.widgets.own_words import officer

BEFORE = "trays_before"
MOST_BEFORE = 30


def asked_of(view: View) -> Asked:
    """Return for what a view's briefing is composed."""
    return Asked(place=view.place, build=view.build, beside=view.beside, years=view.years)


def masthead(view: View) -> str:
    """Return the way to my briefing with how many pieces lie in it, and what the script of the page has to know."""
    tray = address.tray()
    words = {one: t(f"tray.{one}", lang=view.lang) for one in ("add", "inside")}
    words["full"] = t("tray.full_open", lang=view.lang, n=MOST)
    data = " ".join(f"data-{key}='{escape(text, quote=True)}'" for key, text in words.items())
    held = escape(" ".join(piece.written for piece in tray.pieces), quote=True)
    known = f"<span class='ct-tray' data-pieces='{held}' data-most='{MOST}' {data} hidden></span>"
    if not tray.pieces:
        return known
    target = escape(f"./briefings{address.link(kind='mine')}", quote=True)
    said = escape(t("tray.mine", lang=view.lang, n=len(tray.pieces)))
    return f"{known}<a class='ct-go ct-mine' href='{target}'>{said}</a>"


def change(kind: str, choice: str, view: View) -> None:
    """Show the way to change a ready-made briefing: its parts become the officer's own tray."""
    said = t("tray.change", lang=view.lang)
    st.html(f"<p>{_step(said, ready(kind, choice), step=f'start {kind}')}</p>")


def editor(tray: Tray, view: View) -> None:
    """Show what lies in the tray, under the names an officer gave its sections, with the steps that change it."""
    before = _before(tray)
    asked = asked_of(view)
    sections = "".join(_section(part, tray, asked, view) for part in tray.parts)
    shown = f"<ol class='ct-pieces'>{sections}</ol>" if tray.parts else f"<p>{escape(_say('empty', view))}</p>"
    undo = f"<p>{_step(_say('undo', view), before, step='undo')}</p>" if before is not None else ""
    st.html(f"{shown}{undo}{_additions(tray, asked, view)}{_starts(view)}")


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


def _step(said: str, tray: Tray, *, step: str, label: str = "") -> str:
    target = escape(f"./briefings{address.link(kind='mine', tray=tray.short())}", quote=True)
    spoken = f" aria-label='{escape(label, quote=True)}'" if label else ""
    return f"<a class='ct-step' data-step='{escape(step, quote=True)}' href='{target}'{spoken}>{escape(said)}</a>"


def _steps(named: str, ways: Iterable[tuple[str, Tray]], *, step: str, now: Tray, view: View) -> str:
    """Return the steps of one line, each named for those who hear it; one that changes nothing is not offered."""
    links = (
        _step(_say(way, view), tray, step=f"{way} {step}", label=_say(f"{way}_of", view, name=named))
        for way, tray in ways
        if tray != now
    )
    return f"<span class='ct-steps'>{' '.join(links)}</span>"


def _section(part: Part, tray: Tray, asked: Asked, view: View) -> str:
    own = dict(officer().headings).get(part.code)
    named = (own.text(view.lang) if own else "") or heading(part.code).text(view.lang)
    ways = (
        ("up", tray.moved_part(part.code, by=-1)),
        ("down", tray.moved_part(part.code, by=1)),
        ("drop", tray.without_part(part.code)),
    )
    steps = _steps(named, ways, step=part.code, now=tray, view=view)
    pieces = "".join(_piece(piece, tray, asked, view) for piece in part.pieces)
    return f"<li><h3>{escape(named)} {steps}</h3><ol>{pieces}</ol></li>"


def _piece(piece: Piece, tray: Tray, asked: Asked, view: View) -> str:
    named = name(piece, asked).text(view.lang)
    ways = (
        ("up", tray.moved(piece, by=-1)),
        ("down", tray.moved(piece, by=1)),
        ("drop", tray.without(piece)),
    )
    steps = _steps(named, ways, step=piece.written, now=tray, view=view)
    choices = f" <span class='ct-muted'>{escape(chosen(piece))}</span>" if piece.options else ""
    gone = "" if is_known(piece) else f" <span class='ct-muted'>{escape(_say('gone', view))}</span>"
    return f"<li>{escape(named)}{choices}{gone} {steps}</li>"


def _additions(tray: Tray, asked: Asked, view: View) -> str:
    """Return the texts and small tables that stand on no page, to be added here; nothing can be where it is full."""
    if len(tray.pieces) >= MOST:
        return f"<p>{escape(_say('full', view, n=MOST))}</p>"
    free = [piece for code in OFFERED if (piece := Piece(code=code)) not in tray.pieces]
    links = (
        _step(named, tray.joined(piece, home=home(piece)), step=f"add {piece.code}")
        for piece in free
        for named in (name(piece, asked).text(view.lang),)
    )
    items = "".join(f"<li>{link}</li>" for link in links)
    said = escape(_say("add_here", view))
    return f"<details class='ct-details'><summary>{said}</summary><ul>{items}</ul></details>" if items else ""


def _starts(view: View) -> str:
    links = (_step(t(f"briefings.kind.{kind}", lang=view.lang), ready(kind), step=f"start {kind}") for kind in KINDS)
    items = "".join(f"<li>{link}</li>" for link in links)
    return f"<details class='ct-details'><summary>{escape(_say('start', view))}</summary><ul>{items}</ul></details>"
