"""Around every page: place picker, language switch, notices, footer, and the one style sheet."""

from __future__ import annotations

import json
from functools import cache, partial

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from dashboard import beside, drill, links, queries, store, trouble
from dashboard.age import today
from dashboard.figure import View
from dashboard.figures.request import DEFAULT_PLACE, FROM, TO
from dashboard.i18n import LANGUAGES, NOT_YET_CHECKED, Language, t
from dashboard.memory import remembered
from dashboard.model import Area
from dashboard.navigation import joined
from dashboard.scripts import STATIC
from dashboard.search import word_forms
from dashboard.search.names import typed_for
from dashboard.widgets import address, contents, searching, since, trail, tray
from dashboard.widgets.html import part
from dashboard.widgets.raw_html import Ready

FIRST_YEAR = 2001  # of the list; an address may name any
# What Streamlit itself says to readers, and our words for it (static/framework.js puts them in their place).
STREAMLITS_WORDS = {
    "No results": "own.no_results",
    "# more": "own.more",
    "Connection error": "own.connection",
    "Streamlit server is not responding. Are you connected to the internet?": "own.not_responding",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": (
        "own.not_running"
    ),
    "Connecting": "own.connecting",
    "Stop": "own.stop",
    "Stopping...": "own.stopping",
    "App pages": "own.pages",
    "Open": "own.open",
    "Close": "own.close",
    "Dismiss": "own.close",
    "Expand sidebar": "own.menu",
    "Collapse sidebar": "own.menu_closed",
    "Fullscreen": "own.fullscreen",
    "Close fullscreen": "own.fullscreen_closed",
    "Upload": "own.file_choose",
    "file upload": "own.file_choose",
    "Drag and drop a file here": "own.file_drop",
    "Remove #": "own.file_remove",
    "Cancel upload of #": "own.file_cancel",
    "Click to retry upload": "own.file_again",
    "Error": "own.file_error",
    "File must be # or smaller.": "own.file_too_large",
    "# files are not allowed.": "own.file_other_kind",
    "Request failed with status code #": "own.file_not_sent",
    "Network Error": "own.file_no_network",
    "Upload failed": "own.file_no_network",
    "Unexpected error. Please try again.": "own.file_no_network",
}


def current_view() -> View:
    """Return the view the address asks for; raise `store.NoBuildError` when there are no figures at all."""
    lang = address.language()
    build = store.build_id()
    address.note_strange_parts()
    code = address.place(queries.places(build=build), build=build)
    place = queries.area(code, build=build)
    others = address.others(place, build=build)
    years, day = address.years(), address.since()
    return View(place=place, lang=lang, build=build, beside=others, years=years, since=day)


def top(view: View, *, page: str) -> DeltaGenerator:
    """Show the product's name, the search, the place picker and the language switch; return the place for notices."""
    st.html(_style(with_contents=contents.has(page)))
    inside = (tray.masthead(view), searching.box(view, page=page), _places_as_typed(view.lang, build=view.build))
    st.html(part("frame", "masthead", lang=view.lang, inside=inside))
    small = address.small_area(view.place, build=view.build)
    other_room = joined()
    has_place = page not in other_room.of_no_place
    with st.container(horizontal=True, vertical_alignment="bottom", key="pickers"):
        if has_place:
            _place_picker(view, small)
        language_switch(view.lang)
    if has_place:
        trail.show(view, small, page=page)
        if page not in other_room.of_one_place:
            _beside(view)
    with st.container():  # there in both languages: what moves down a place is taken down and drawn again
        if view.lang in NOT_YET_CHECKED:
            st.html(part("frame", "notice", text=t("frame.translation_notice", lang=view.lang)))
    with st.container():
        since.notice(view)
        if has_place and address.place_is_usual(view.place.code):
            sentence = t("frame.usual_place", lang=view.lang, place=view.place.called.text(view.lang))
            st.html(part("frame", "notice", text=sentence))
    return st.container()


def notices(slot: DeltaGenerator, view: View) -> None:
    """Say at the top of the page, once the whole page has run, which parts of the address were not understood."""
    with slot:
        address.show_notices(lang=view.lang, place_name=view.place.name.text(view.lang))


@remembered(most=4)
def _places_as_typed(lang: Language, *, build: str) -> Markup:
    """Return the names of places and wards with their kinds, and what Welsh words may have been changed from.

    For static/places.js. MSOAs and LSOAs are known by their numbers, and need no names.
    """
    codes = drill.every_place(build=build, lang=lang)
    areas = [area for area in (queries.area(code, build=build) for code in codes) if area.kind not in ("msoa", "lsoa")]
    kinds = [trail.kind_of(area, lang=lang, build=build) for area in areas]
    every_kind = tuple(dict.fromkeys(kinds))
    headings = [group_of(area, lang=lang, build=build) for area in areas]
    groups = tuple(dict.fromkeys(headings))
    document = {
        "names": [(*links.called(area, lang), *typed_for().get(area.code, ())) for area in areas],
        "kinds": every_kind,
        "of": [every_kind.index(kind) for kind in kinds],
        "small": [t(f"trail.kind_{kind}", lang=lang) for kind in ("msoa", "lsoa")],
        "groups": groups,
        "within": [groups.index(heading) for heading in headings],
        "smallGroups": [t(f"picker.{kind}", lang=lang) for kind in ("msoa", "lsoa")],
        "elsewhere": t("search.kind.elsewhere", lang=lang),
        "similar": t("beside.similar", lang=lang),
        "changed": word_forms.CHANGED,
    }
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return part("frame", "places", told=written)


def group_of(area: Area, *, lang: Language, build: str) -> str:
    """Return the heading of the group of places that an area stands in: ours first, as the picker has them."""
    ours = queries.area(DEFAULT_PLACE, build=build)
    if area.code in (ours.code, *ours.members):
        return ours.name.text(lang)
    within = queries.area(area.within, build=build).called.text(lang) if area.within else ""
    return t(f"picker.{area.kind}", lang=lang, within=within)


def _place_picker(view: View, small: Area | None) -> None:
    """Offer every place, and after them every ward and small area; their groups are shown by static/places.js."""
    names = queries.areas(build=view.build)
    address.select(
        "place",
        now=(small or view.place).code,
        label=t("frame.place_label", lang=view.lang),
        options=drill.every_place(build=view.build, lang=view.lang),
        words=lambda code: names[code].name.text(view.lang),
        lang=view.lang,
        width=420,
        take=partial(address.keep_place, build=view.build),
    )


def _beside(view: View) -> None:
    """Show the places beside ours, each with a button that takes it away, a list to add one from, and the years."""
    st.html(part("frame", "choices", lang=view.lang, opened=bool(view.beside or view.years.are_chosen)))
    with st.container(horizontal=True, vertical_alignment="bottom", key="beside"):
        for one in view.beside:
            _beside_chip(one, view)
        _beside_picker(view)
        _years(view)


def _years(view: View) -> None:
    """Let the reader choose the first and the last year of lines, once for all pages."""
    now = {FROM: view.years.first, TO: view.years.last}
    every = [str(year) for year in range(today().year, FIRST_YEAR - 1, -1)]
    for name, year in now.items():
        chosen = "" if year is None else str(year)
        address.select(
            name,
            now=chosen,
            label=t(f"period.{name}", lang=view.lang),
            options=("", *sorted({*every, *filter(None, (chosen,))}, reverse=True)),
            words=partial(_year_words, name=name, view=view),
            lang=view.lang,
            width=140,
        )


def _year_words(code: str, *, name: str, view: View) -> str:
    return code or t(f"period.{name}_open", lang=view.lang)


def _beside_chip(one: Area, view: View) -> None:
    name, key = one.name.text(view.lang), f"beside_{one.code}"
    left = beside.written(other for other in view.beside if other != one)
    lost = not address.was_drawn(key)
    pressed = st.button(
        t("beside.chip", lang=view.lang, place=name),
        help=t("beside.remove", lang=view.lang, place=name),
        key=key,
        on_click=lambda: address.keep("with", left),
    )
    if pressed and lost:
        address.keep("with", left)
        st.rerun()


def _beside_picker(view: View) -> None:
    """Offer every place that may still stand beside ours; its key changes with them, so that it is empty again."""
    now = beside.written(view.beside)
    free = _may_join(view)
    if not free:
        return
    key = f"beside_picker_{view.lang}_{view.place.code}_{now}"
    lost = not address.was_drawn(key)
    place = {code: beside.area(code, place=view.place, build=view.build).name.text(view.lang) for code in free}

    def join() -> None:
        address.keep("with", beside.APART.join(filter(None, (now, st.session_state[key]))))

    added = st.selectbox(
        t("beside.add", lang=view.lang),
        options=free,
        index=None,
        format_func=lambda code: place[code],
        placeholder=t("beside.choose", lang=view.lang),
        key=key,
        on_change=join,
        width=420 if not view.beside else 300,
    )
    if lost and added:
        join()
        st.rerun()


def _may_join(view: View) -> tuple[str, ...]:
    """Return the codes that may be added to the places beside ours."""
    named = [one.code for one in view.beside]
    measured_by = [code for code in named if code in beside.BENCHMARKS]
    every = [c for c in beside.choices(view.place, build=view.build, lang=view.lang) if c not in named]
    if len(named) - bool(measured_by) >= beside.MOST:
        every = [] if measured_by else [c for c in every if c in beside.BENCHMARKS]
    return tuple(every)


def language_switch(lang: Language) -> None:
    """Show a button that carries the other language's own name."""
    other = next(one for one in LANGUAGES if one != lang)
    lost = not address.was_drawn("language_switch")
    pressed = st.button(
        t("frame.language_switch", lang=lang),
        help=t("frame.language_help", lang=lang),
        key="language_switch",
        on_click=lambda: address.keep("lang", other),
    )
    if pressed and lost:
        address.keep("lang", other)
        st.rerun()


def document_language(lang: Language) -> None:
    """Say which language the page is in, and the skip link in it (static/language.js tells the browser)."""
    own = json.dumps({theirs: t(key, lang=lang, n="#") for theirs, key in STREAMLITS_WORDS.items()}, ensure_ascii=False)
    st.html(part("frame", "language", lang=lang, own=own))


def bottom(view: View) -> None:
    """Show licence, boundaries attribution and the build; the address takes what the page has found."""
    statement = f"data_and_methods{address.link()}#accessibility"
    st.html(part("frame", "footer", lang=view.lang, build=view.build, statement=statement))
    address.write()


@cache
def _style(*, with_contents: bool = False) -> Ready:
    sheets = ("style", "contents") if with_contents else ("style",)
    text = "".join((STATIC / f"{sheet}.css").read_text(encoding="utf-8") for sheet in sheets)
    return Ready(part("frame", "style", sheet=Markup(text)))  # noqa: S704 - our own sheet


def no_build(lang: Language) -> None:
    """Show the page that stands in while there are no figures at all, and why there are none."""
    st.html(_style())
    title, explanation = trouble.ABSENCES[store.absence()]
    st.title(t(title, lang=lang))
    st.write(t(explanation, lang=lang))
    language_switch(lang)
