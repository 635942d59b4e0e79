"""Cards of facts: each with its claim, its source, what it does not say, and the figures it rests on.

The awkward fact: a heading is read first, copied first and remembered. So a card's heading is the fact with today's
number, and the claim it answers stands once, small, below it.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.figure import View
from dashboard.findings.facts import COMMUNITIES, Card, cards
from dashboard.i18n import t
from dashboard.widgets import messages
from dashboard.widgets.blocks import sources_html
from dashboard.widgets.html import filled, part
from dashboard.widgets.raw_html import Ready

PARTS = ("claim", "not", "plain")


def show(view: View) -> None:
    """Show every fact that today's figures bear out, by community; say so where other choices change none."""
    if view.beside or view.years.are_chosen:
        st.html(Ready(part("frame", "notice", text=t("facts.of_one_place", lang=view.lang))))
    every = cards(build=view.build, place=view.place)
    for community in COMMUNITIES:
        theirs = [card for card in every if card.fact.community == community]
        heading = t(f"facts.community.{community}", lang=view.lang)
        if theirs:
            cards_html = Markup("").join(_card(card, view) for card in theirs)
            st.html(Ready(part("parts", "section", code=community, heading=heading, inside=cards_html)))


def _card(card: Card, view: View) -> Markup:
    """Return one card: the fact, the claim, the source, what it does not say, and the fact again in plain words."""
    return filled(
        "fact",
        code=card.fact.rule.id,
        finding=messages.as_html(card.message, view),
        whose=_of_whom(card, view),
        lines={part: (t(f"facts.{part}", lang=view.lang), card.text(part, view.lang)) for part in PARTS},
        sources=sources_html(card.message.sources, view),
        how=messages.how(card.message, view),
    )


def _of_whom(card: Card, view: View) -> str:
    """Say of which place a card speaks, and where that is another than the reader's, why."""
    names = {"place": card.place.called.text(view.lang), "chosen": view.place.called.text(view.lang)}
    return t("facts.of" if card.place == view.place else "facts.of_another", lang=view.lang, **names)
