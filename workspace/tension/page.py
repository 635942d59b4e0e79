"""The page of tension: members see rows, partners what was approved for them by quarter and theme."""

from __future__ import annotations

import streamlit as st

from dashboard.figure import View
from dashboard.i18n import t
from dashboard.widgets.html import part
from local_figures import door, tension
from local_figures.store import editions
from workspace import files, frame, keeping, rows
from workspace.session import Session, may
from workspace.tension import returns, returns_together


def show(own: Session, view: View) -> None:
    """Show the page to whoever may see it, as far as they may."""
    stays, link = t("own.tension.stays", lang=own.lang), t("nav.own_about", lang=own.lang)
    st.html(part("parts", "paragraph", text=part("parts", "with_link", text=stays, url="./own_about", link=link)))
    with frame.in_words(own.lang):
        if not may(own, editions.READER):
            returns_together.show_to_partners(own, view)
            return
        keeping.undoing(own)
        lines = door.lines(own.store, own.act(), tension.TEMPLATE).lines
        returns.show(own, view, lines)
        returns_together.show(own, view, lines)
        if may(own, editions.EDITOR):
            returns.name_levels(own)
        if lines:
            target = files.link(own, rows.NAME, template=tension.TEMPLATE)
            st.html(part("parts", "link", target=target, text=t("own.tension.rows", lang=own.lang)))
        frame.show_editions(own, tension.TEMPLATE)
