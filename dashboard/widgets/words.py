"""Titles, paragraphs and lists of a page, all from the catalogues."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from dashboard.figure import View
from dashboard.figures.latest import Latest
from dashboard.i18n import t
from dashboard.widgets import address


def say(key: str, view: View) -> str:
    """Return a text of the catalogue with the place's own forms put in."""
    return t(
        key,
        lang=view.lang,
        in_place=(view.place.in_ or view.place.name).text(view.lang),
        place=view.place.name.text(view.lang),
    )


def page_title(key: str, view: View) -> None:
    """Show the page's one first heading, where the skip link lands."""
    st.html(f"<h1 id='content' tabindex='-1'>{escape(say(key, view))}</h1>")


def heading(key: str, view: View, *, code: str) -> None:
    """Show a second-level heading that links land on."""
    st.html(f'<h2 id="{code}">{escape(say(key, view))}</h2>')


def paragraph(key: str, view: View) -> None:
    """Show one paragraph."""
    st.html(f"<p class='ct-intro'>{escape(say(key, view))}</p>")


def note(title: str, text: str, view: View) -> None:
    """Show a short note with its own heading."""
    st.html(f"<section class='ct-note'><h2>{escape(say(title, view))}</h2><p>{escape(say(text, view))}</p></section>")


def latest_figures(figures: Iterable[Latest], view: View) -> None:
    """Show the newest figures as a table: what, how many, when, and the page that tells more."""
    rows = "".join(_latest_row(f) for f in figures)
    head = "".join(
        f"<th scope='col' class='{kind}'>{escape(t(key, lang=view.lang))}</th>"
        for key, kind in (("home.figure", "ct-text"), ("column.value", "ct-number"), ("column.period", "ct-text"))
    )
    st.html(
        f"<h2>{escape(t('home.freshness', lang=view.lang))}</h2><table class='ct-table ct-latest'>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _latest_row(figure: Latest) -> str:
    target = f"./{figure.page}{address.link()}#{figure.block}"
    name = f"<a href='{escape(target, quote=True)}' target='_self'>{escape(figure.name)}</a>"
    about = f"<span class='ct-muted'>{escape(figure.where)} · {escape(figure.source)}</span>"
    old = f"<br><span class='ct-muted'>{escape(figure.age)}</span>" if figure.age else ""
    return (
        f"<tr><th scope='row'>{name}<br>{about}</th>"
        f"<td class='ct-number'>{escape(figure.value)}</td><td>{escape(figure.period)}{old}</td></tr>"
    )
