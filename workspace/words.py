"""Headings and paragraphs of a workspace's pages, from the catalogues."""

from __future__ import annotations

import streamlit as st

from dashboard.i18n import Language, t
from dashboard.widgets.html import part


def show_heading(key: str, /, *, lang: Language, code: str, **values: object) -> None:
    """Show a second-level heading that links land on."""
    st.html(part("parts", "heading", code=code, text=t(key, lang=lang, **values)))


def show_paragraph(key: str, /, *, lang: Language, **values: object) -> None:
    """Show one paragraph."""
    st.html(part("parts", "paragraph", text=t(key, lang=lang, **values)))
