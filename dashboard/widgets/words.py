"""Titles, paragraphs and lists of a page, all from the catalogues."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard.figure import View
from dashboard.figures.latest import Latest
from dashboard.figures.overview import others
from dashboard.findings.message import phrase_in
from dashboard.i18n import t
from dashboard.navigation import TITLES
from dashboard.widgets import address
from dashboard.widgets.html import filled, part


def say(key: str, view: View) -> str:
    """Return a text of the catalogue with the place's own forms put in."""
    return t(
        key,
        lang=view.lang,
        in_place=phrase_in(view.place).text(view.lang),
        place=view.place.name.text(view.lang),
    )


def page_title(page: str, view: View) -> None:
    """Show the page's one first heading, where the skip link lands."""
    st.html(part("parts", "title", text=say(TITLES[page], view)))


def heading(key: str, view: View, *, code: str) -> None:
    """Show a second-level heading that links land on."""
    st.html(part("parts", "heading", code=code, text=say(key, view)))


def paragraph(key: str, view: View) -> None:
    """Show one paragraph."""
    st.html(part("parts", "intro", text=say(key, view)))


def note(title: str, text: str, view: View) -> None:
    """Show a short note with its own heading."""
    st.html(part("parts", "note", title=say(title, view), text=say(text, view)))


def files(links: Iterable[tuple[str, str]]) -> None:
    """Show links to files, each with its address and its name."""
    st.html(part("parts", "files", links=tuple(links)))


def latest_figures(figures: Iterable[Latest], view: View) -> None:
    """Show the newest figures as a table: what, how many, when, and the page that tells more."""
    beside = [place.name.text(view.lang) for place in others(view.subject)]
    st.html(filled("latest", figures=tuple(figures), beside=beside, link=address.link(), lang=view.lang))
