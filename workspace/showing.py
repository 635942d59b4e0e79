"""Own figures on a page: each under its question with its mark, in the order of the house, and its files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard.figure import Figure, NotHeld, View
from dashboard.figures.request import in_address
from dashboard.i18n import t
from dashboard.i18n.periods import release_label
from dashboard.i18n.text import in_language, written
from dashboard.model import Source
from dashboard.web.rows import with_markers
from dashboard.widgets import once, words
from dashboard.widgets.blocks import FEW_ROWS
from dashboard.widgets.folded import folded
from dashboard.widgets.html import filled as of_the_dashboard
from dashboard.widgets.html import part
from dashboard.widgets.plot import chart_html
from workspace import frame, reading
from workspace.figures import catalogue, hate_crime
from workspace.figures.files import FORMS
from workspace.figures.inputs import Inputs
from workspace.files import of_page
from workspace.html import filled
from workspace.session import Session
from workspace.words import show_paragraph

FOLDER = "./own/figures"
BRIEFING = "./own_briefing"


def inputs_of(page: str, own: Session, view: View) -> Inputs:
    """Return what a page may tell of its place; what is refused is said, and then nothing is told."""
    names = [one.template for one in catalogue.on_page(page)]
    with frame.in_words(own.lang):
        return reading.inputs_of(own.store, own.act(), names, place=view.place, years=view.years)
    return Inputs(place=view.place, editions={}, is_member=False)


def contents(page: str, inputs: Inputs, view: View, *, before: Mapping[str, str] | None = None) -> None:
    """Show the list of what a page holds: headings before, then every figure."""
    links = [
        *(before or {}).items(),
        *((one.code, written(one.asks(inputs), view.lang)) for one in catalogue.on_page(page)),
    ]
    st.html(of_the_dashboard("contents", links=links, title=t("page.contents", lang=view.lang)))


def figures(page: str, inputs: Inputs, view: View, *, template: str = "") -> None:
    """Show the own figures of a page, or those of one template; what is true of all of these is said once above."""
    every = [one for one in catalogue.on_page(page) if template in ("", one.template)]
    blocks = [(one, in_language(catalogue.unread(one.code, inputs), view.lang)) for one in every]
    said_once = once.of([block for _, block in blocks if isinstance(block, Figure)])
    if said_once.caveats:
        st.html(of_the_dashboard("once", once=said_once, lang=view.lang))
    for one, block in blocks:
        above = part("parts", "heading", code=one.code, text=written(one.asks(inputs), view.lang))
        if isinstance(block, NotHeld):
            st.html(of_the_dashboard("not_held", card=block, lang=view.lang, above=above))
        else:
            st.html(_figure(block, view, above=above, under=said_once.under(block)))


def gap(inputs: Inputs, view: View) -> None:
    """Say what lies between what the police recorded and what third parties took, in words."""
    words.heading("own.beside.title", view, code="beside_police")
    for text in hate_crime.beside_police(inputs):
        st.html(part("parts", "paragraph", text=written(text, view.lang)))


def events(inputs: Inputs, view: View) -> None:
    """List the local events that charts are marked with, for members; say how they come in where there are none."""
    words.heading("own.events.title", view, code="local_events")
    if not inputs.is_member:  # nor are others told whether there are any
        show_paragraph("own.events.members", lang=view.lang)
        return
    named = [
        t(
            "own.events.dated",
            lang=view.lang,
            title=one.title.text(view.lang),
            day=release_label(one.day.isoformat(), lang=view.lang),
        )
        for one in sorted(inputs.events, key=lambda one: one.day)
    ]
    key = "own.events.list" if named else "own.events.none"
    st.html(
        part("parts", "paragraph", text=t(key, lang=view.lang))
        + (part("parts", "listed", texts=named) if named else "")
    )


def _figure(figure: Figure, view: View, *, above: Markup, under: once.UnderFigure) -> Markup:
    return filled(
        "own_figure",
        figure=figure,
        under=under,
        lang=view.lang,
        above=above,
        chart=chart_html(figure, lang=view.lang) if figure.has_chart else "",
        rows=_rows(figure, view),
        files=_files(figure, view),
        briefing=f"{BRIEFING}?{_address(view)}&tray=-{figure.code}",
        cited=[_cited(source, figure, view) for source in figure.sources],
    )


def _cited(source: Source, figure: Figure, view: View) -> str:
    """Say whose figures these are, since when they are on show, and who may see them."""
    since = release_label(source.released, lang=view.lang)
    names = {"publisher": source.publisher, "title": source.title, "edition": source.edition}
    names_in_language = {name: words_.text(view.lang) for name, words_ in names.items()}
    return t("own.cited", lang=view.lang, since=since, mark=figure.mark, **names_in_language)


def _rows(figure: Figure, view: View) -> Markup:
    caption = f"{figure.title}. {figure.subtitle}. {figure.mark}"
    inside = with_markers(figure.table, caption=caption, lang=view.lang)
    if not figure.has_chart and len(figure.table.rows) <= FEW_ROWS:
        return inside
    return folded(t("figure.show_table", lang=view.lang), inside, kind="ct-rows")


def _files(figure: Figure, view: View) -> dict[str, str]:
    """Return the address of each file; of a figure without a chart there is no picture."""
    forms = (form for form, one in FORMS.items() if figure.has_chart or not one.is_picture)
    return {form: f"{FOLDER}/{figure.code}.{form}?{_address(view, **of_page())}" for form in forms}


def _address(view: View, **more: str) -> str:
    """Return what an address says of a view: no count and no word of anybody's."""
    return urlencode({"place": view.place.code, "lang": view.lang, **in_address((), view.years), **more})
