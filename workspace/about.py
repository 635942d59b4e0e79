"""What is never held in a workspace and why, and what never leaves it: said to everybody who has a role in it."""

from __future__ import annotations

import streamlit as st

from dashboard.i18n import t
from dashboard.widgets.html import part
from workspace.session import Session
from workspace.words import show_heading

SAID = {
    "people": ("counts", "enough", "law", "harm", "instead"),
    "stays": ("rows", "partners", "briefing", "words"),
}


def never_held(own: Session) -> None:
    """Say why no intelligence about people is held, and that tension and case information stays in the workspace."""
    for what, texts in SAID.items():
        show_heading(f"own.about.{what}", lang=own.lang, code=what)
        st.html(part("parts", "listed", texts=[t(f"own.about.{what}.{text}", lang=own.lang) for text in texts]))
