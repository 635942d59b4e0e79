"""The search box at the top of every page, and the answers on a page of their own.

The awkward fact: Streamlit cleans our HTML in the browser and takes a field's name away where a form has a property of
that name, "lang" among them. So the language travels as "language", which an address may call it (dashboard/links.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup

from dashboard import beside, queries
from dashboard.blocks import groups
from dashboard.figure import View
from dashboard.figures import catalogue
from dashboard.figures.where import block_of
from dashboard.findings.message import phrase_in
from dashboard.i18n import t
from dashboard.model import TOTAL, Area
from dashboard.search.index import PLACE, Thing
from dashboard.search.ranking import LONGEST, Group, find
from dashboard.widgets import pickers, words
from dashboard.widgets.address import way
from dashboard.widgets.html import part
from dashboard.widgets.raw_html import Ready

PAGE = "search"
# The districts of Wales, as people write them; "SA" and no number is no postcode.
POSTCODE = re.compile(r"(?<!\w)(?:CF|CH|HR|LD|LL|NP|SA|SY)[0-9]{1,2}(?: ?[0-9][A-Z]{2})?(?!\w)", re.IGNORECASE)
LONGEST_WHAT = 160  # letters of what a thing is; a definition stands whole where its link leads


def box(view: View, *, page: str) -> Markup:
    """Return the form that leads to the answers: a plain one, which `static/search.js` follows without loading anew."""
    query = _query() if page == PAGE else ""  # another page's list has a search of its own
    return part("searching", "box", lang=view.lang, page=PAGE, place=view.place.code, query=query, longest=LONGEST)


@dataclass(frozen=True, kw_only=True)
class Link:
    """A thing that can be gone to: where it is, its name, and what it is."""

    target: str
    name: str
    what: str


def _query() -> str:
    """Return what the address asks for, as far as it is read, without what only steers how letters are shown."""
    return "".join(letter for letter in st.query_params.get("q", "")[:LONGEST] if letter.isprintable()).strip()


def answers(view: View) -> None:
    """Show what the words of the address find, by kind; of nothing found and nothing asked what can be found."""
    query = _query()
    results = find(query, build=view.build)
    place = queries.area(results.place, build=view.build) if results.place else view.place
    groups = [_group(group, place, view) for group in results.groups] or [part("searching", "nothing", lang=view.lang)]
    notices = (_leading_to(place, view), _of_postcodes(query, view))
    st.html(Ready(Markup("").join((_status(query, results.count, view), *notices, *groups))))


def shown_in_full(view: View) -> None:
    """Show where the figures about the group that the address names stand, each as the link to its block."""
    request = pickers.chosen(catalogue.GROUP, view)
    parts = groups.BY_CODE[request.option("group")].parts
    blocks = dict.fromkeys(block_of(measure, (*codes, TOTAL)[0]) for measure, codes in parts)
    entries = [catalogue.entry(block) for block in blocks if block in catalogue.BY_CODE]
    links = [
        Link(
            target=way(entry.page, view, block=entry.code),
            name=words.say(entry.question_for(request), view),
            what=t(f"nav.{entry.page}", lang=view.lang),
        )
        for entry in entries
    ]
    if links:
        heading = t("by_group.shown", lang=view.lang)
        st.html(Ready(part("searching", "section", heading=heading, links=links, code="shown")))


def _status(text: str, count: int, view: View) -> Markup:
    key = ("found" if count else "nothing") if text else "empty"
    query = "\ue001"  # where the reader's own words will stand, in an element of their own
    before, middle, after = t(f"search.{key}", lang=view.lang, query=query, n=count).partition(query)
    return part("searching", "status", before=before, query=text, after=after if middle else None)


def _leading_to(place: Area, view: View) -> Markup:
    """Say that the words named another place than the one of the page."""
    if place.code == view.place.code:
        return Markup()
    return part("frame", "notice", text=t("search.at", lang=view.lang, place=place.called.text(view.lang)))


def _of_postcodes(query: str, view: View) -> Markup:
    """Say that no place is known by a postcode, where one was written: "CF11", "LL55 1AA"."""
    if not POSTCODE.search(query):
        return Markup()
    return part("frame", "notice", text=t("search.postcode", lang=view.lang))


def _group(group: Group, place: Area, view: View) -> Markup:
    heading = t(f"search.kind.{group.kind}", lang=view.lang)
    return part("searching", "section", heading=heading, links=[_answer(one, place, view) for one in group.things])


def _answer(thing: Thing, place: Area, view: View) -> Link:
    """Return one answer: its name as the link, and what it is."""
    here = phrase_in(place).text(view.lang)
    name = " ".join(thing.name.text(view.lang).replace(PLACE, here).split())
    where = queries.area(thing.place, build=view.build) if thing.place else place
    small = {"ward": thing.code, "small_area": thing.code, "place": "", "town": ""}.get(thing.kind)
    there = replace(view, place=where)
    if thing.kind == "elsewhere":  # takes the last seat where there is none left
        seated = [one for one in view.beside if not beside.is_benchmark(one) and one.code != thing.code]
        measured_by = [one for one in view.beside if beside.is_benchmark(one)]
        other = queries.area(thing.code, build=view.build)
        there = replace(there, beside=(*seated[: beside.MOST - 1], other, *measured_by))
    group = thing.code if thing.kind == "group" else ""
    target = way(thing.page, there, block=thing.block, small_area=small, group=group)
    return Link(target=target, name=name, what=short_what(thing.what.text(view.lang)))


def short_what(what: str) -> str:
    """Return what a thing is in as many words as stand beside its name."""
    return what if len(what) <= LONGEST_WHAT else f"{what[:LONGEST_WHAT].rsplit(' ', 1)[0]} …"
