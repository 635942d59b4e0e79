"""Cards of facts: each with its claim, its source, what it does not say, and the figures it rests on.

The awkward fact: a heading is read first, copied first and remembered. So a card's heading is the fact with today's
number, and the claim it answers stands once, small, below it.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.figure import View
from dashboard.findings.facts import COMMUNITIES, Card, cards
from dashboard.i18n import t
from dashboard.widgets import messages
from dashboard.widgets.blocks import source_line
from dashboard.widgets.ready import Ready


def show(view: View) -> None:
    """Show every fact that today's figures bear out, by community."""
    found = cards(build=view.build)
    for community in COMMUNITIES:
        theirs = [card for card in found if card.fact.community == community]
        heading = escape(t(f"facts.community.{community}", lang=view.lang))
        if theirs:
            shown = "".join(_card(card, view) for card in theirs)
            st.html(Ready(f"<section><h2 id='{community}'>{heading}</h2>{shown}</section>"))


def _card(card: Card, view: View) -> str:
    """Return one card: the fact, the claim, the source, what it does not say, and the fact again in plain words."""
    message = card.message
    sources = "".join(dict.fromkeys(source_line(source, view) for source in message.sources))
    return (
        f"<article class='ct-fact' id='fact_{card.fact.rule.id}'><h3>{messages.said(message, view)}</h3>"
        f"{_line('claim', card, view)}<div class='ct-source'>{sources}</div>{_line('not', card, view)}"
        f"{_line('plain', card, view)}{messages.how(message, view)}</article>"
    )


def _line(part: str, card: Card, view: View) -> str:
    label, text = t(f"facts.{part}", lang=view.lang), card.fact.text(part, view.lang)
    return f"<p class='ct-fact-{part}'><b>{escape(label)}</b> {escape(text)}</p>"
