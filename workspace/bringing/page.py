"""The page of bringing in, from an empty workspace to an edition that is withdrawn."""

from __future__ import annotations

import streamlit as st

from dashboard.i18n import t
from dashboard.widgets.html import part
from local_figures.store import editions
from local_figures.store.editions import EDITOR, READER
from workspace import frame
from workspace.bringing import edition, file, listing, template_offer
from workspace.entrance import stop
from workspace.html import filled
from workspace.session import Session, may

STEPS = ("take", "bring", "approve")


def show(own: Session) -> None:
    """Show what was done last, the box for a file, the editions, one of them, and the templates."""
    lang = own.lang
    if not may(own, READER):
        stop("own.bring.members_only", lang)
    every: tuple[editions.Edition, ...] = ()
    with frame.in_words(lang):
        every = editions.editions(own.store, own.act())
    if not every:
        steps = [t(f"own.bring.step.{step}", lang=lang) for step in STEPS]
        st.html(filled("bring_steps", title=t("own.bring.steps", lang=lang), steps=steps))
    if may(own, EDITOR):
        file.show(own)
    else:
        st.html(part("frame", "notice", text=t("own.bring.editors_only", lang=lang)))
    chosen = listing.show(every, lang)
    if chosen is not None:
        edition.show(own, chosen, every)
    template_offer.show(lang)
