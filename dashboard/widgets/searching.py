"""The search box at the top of every page, and the answers on a page of their own.

The awkward fact: Streamlit cleans our HTML in the browser and takes a field's name away where a form has a property of
that name, "lang" among them. So the language travels as "language", which an address may call it (dashboard/links.py).
"""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import queries
from dashboard.blocks import groups
from dashboard.figure import View
from dashboard.figures import catalogue
from dashboard.figures.where import block_of
from dashboard.i18n import t
from dashboard.model import TOTAL, Area
from dashboard.search.index import PLACE, Thing
from dashboard.search.ranking import LONGEST, Group, find
from dashboard.widgets import pickers, words
from dashboard.widgets.address import way
from dashboard.widgets.ready import Ready

PAGE = "search"
LONGEST_WHAT = 160  # letters of what a thing is; a definition stands whole where its link leads


def box(view: View, *, page: str) -> str:
    """Return the form that leads to the answers: a plain one, which `static/search.js` follows without loading anew."""
    asked = _asked() if page == PAGE else ""  # another page's list has a search of its own
    label = escape(t("search.label", lang=view.lang), quote=True)
    hidden = {"place": view.place.code, "language": view.lang}
    fields = "".join(f"<input type='hidden' name='{name}' value='{value}'>" for name, value in hidden.items())
    return (
        f"<form class='ct-search' role='search' action='./{PAGE}' method='get'>{fields}"
        f"<input type='search' name='q' aria-label='{label}' placeholder='{label}' maxlength='{LONGEST}' "
        f"autocomplete='off' spellcheck='false' value='{escape(asked, quote=True)}'>"
        f"<button type='submit'>{escape(t('search.title', lang=view.lang))}</button></form>"
    )


def _asked() -> str:
    """Return what the address asks for, as far as it is read, without what only steers how letters are shown."""
    return "".join(letter for letter in st.query_params.get("q", "")[:LONGEST] if letter.isprintable()).strip()


def answers(view: View) -> None:
    """Show what the words of the address find, by kind; of nothing found and nothing asked what can be found."""
    asked = _asked()
    found = find(asked, build=view.build)
    place = queries.area(found.place, build=view.build) if found.place else view.place
    shown = "".join(_group(group, place, view) for group in found.groups)
    st.html(Ready(f"{_status(asked, found.count, view)}{_leading_to(place, view)}{shown or _what_can_be_found(view)}"))


def shown_in_full(view: View) -> None:
    """Show where the figures about the group that the address names stand, each as the link to its block."""
    request = pickers.chosen(catalogue.GROUP, view)
    parts = groups.BY_CODE[request.option("group")].parts
    blocks = dict.fromkeys(block_of(measure, (*codes, TOTAL)[0]) for measure, codes in parts)
    entries = [catalogue.entry(block) for block in blocks if block in catalogue.BY_CODE]
    links = [
        (way(entry.page, view, block=entry.code), words.say(entry.question_for(request), view), _page_name(entry, view))
        for entry in entries
    ]
    heading = f"<h2 id='shown'>{escape(t('by_group.shown', lang=view.lang))}</h2>"
    if links:
        items = "".join(_item(*link) for link in links)
        st.html(Ready(f"<section class='ct-answers'>{heading}<ul>{items}</ul></section>"))


def _page_name(entry: catalogue.Entry, view: View) -> str:
    return t(f"nav.{entry.page}", lang=view.lang)


def _item(target: str, name: str, what: str) -> str:
    link = f"<a class='ct-go' href='{escape(target, quote=True)}' target='_self'>{escape(name)}</a>"
    return f"<li>{link} <span class='ct-muted'>{escape(what)}</span></li>"


def _status(asked: str, count: int, view: View) -> str:
    key = ("found" if count else "nothing") if asked else "empty"
    query = "\ue001"
    said = escape(t(f"search.{key}", lang=view.lang, query=query, n=count))
    return f"<p class='ct-intro' role='status'>{said.replace(query, f'<bdi>{escape(asked)}</bdi>')}</p>"


def _leading_to(place: Area, view: View) -> str:
    """Say that the words named another place than the one of the page."""
    if place.code == view.place.code:
        return ""
    return f"<p class='ct-notice'>{escape(t('search.at', lang=view.lang, place=place.called.text(view.lang)))}</p>"


def _what_can_be_found(view: View) -> str:
    return f"<p class='ct-intro'>{escape(t('search.can', lang=view.lang))}</p>"


def _group(group: Group, place: Area, view: View) -> str:
    items = "".join(_answer(thing, place, view) for thing in group.things)
    heading = escape(t(f"search.kind.{group.kind}", lang=view.lang))
    return f"<section class='ct-answers'><h2>{heading}</h2><ul>{items}</ul></section>"


def _answer(thing: Thing, place: Area, view: View) -> str:
    """Return one answer: its name as the link, and what it is."""
    here = (place.in_ or place.name).text(view.lang)
    name = " ".join(thing.name.text(view.lang).replace(PLACE, here).split())
    what = thing.what.text(view.lang)
    short = what if len(what) <= LONGEST_WHAT else f"{what[:LONGEST_WHAT].rsplit(' ', 1)[0]} …"
    where = queries.area(thing.place, build=view.build) if thing.place else place
    small = {"ward": thing.code, "small_area": thing.code, "place": ""}.get(thing.kind)
    target = way(thing.page, replace(view, place=where), block=thing.block, small_area=small)
    return _item(target, name, short)
