"""Where the reader stands between Wales and a small area: the way back up, and the places one step further down.

The awkward fact: a small area is chosen on every page and told of on one. So on the others the trail says whose figures
they show, and leads to where it is told of.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from dashboard import beside, drill, queries
from dashboard.figure import View
from dashboard.i18n import Language, t
from dashboard.model import Area
from dashboard.widgets.address import link, way
from dashboard.widgets.html import part

PAGE, BLOCK = drill.SHOWN_AT


@dataclass(frozen=True, kw_only=True)
class Link:
    """A place that can be gone to: where that is, and its name."""

    target: str
    name: str


def show(view: View, small: Area | None, *, page: str) -> None:
    """Show the trail of the view's place, or of the small area chosen in it, on a page."""
    steps = drill.trail(view.place, small, build=view.build)
    above = [_link(one, view, page=page) for one in steps[:-1]]
    below = _below(view, small, page=page)
    steps_html = part("trail", "trail", lang=view.lang, above=above, here=_name(steps[-1], view), below=below)
    st.html(steps_html + _sentence(view, small, page))


def kind_of(area: Area, *, lang: Language, build: str) -> str:
    """Return what kind of place an area is, inside a sentence: "ward of Cardiff"."""
    within = queries.area(area.within, build=build).called.text(lang) if area.within else ""
    kind = t(f"search.place.{area.kind}", lang=lang, within=within)
    return kind[0].lower() + kind[1:]


def _below(view: View, small: Area | None, *, page: str) -> list[Link]:
    """Return the links to the places one step down, and to the choice of a small area where the place has any."""
    areas = drill.inside(view.place, small, build=view.build, lang=view.lang)
    links = [_link(one, view, page=page) for one in areas]
    small_codes = drill.small_areas(view.place, build=view.build) if small is None else ()
    if small_codes:
        areas_by_code = queries.areas(build=view.build)
        kinds = Counter(areas_by_code[code].kind for code in small_codes)
        counts = {"wards": kinds["ward"], "lsoas": kinds["lsoa"], "msoas": kinds["msoa"]}
        words = t("trail.small_areas", lang=view.lang, **counts)
        target = way(PAGE, view, block="small_areas")
        links.append(Link(target=target, name=words))
    return links


def _link(one: Area, view: View, *, page: str) -> Link:
    is_small = drill.is_small(one.code, build=view.build)
    if is_small and page != PAGE:
        target = way(PAGE, view, block=BLOCK, small_area=one.code)
    else:  # all other choices of the page stay
        place, small = (view.place, one.code) if is_small else (one, "")
        others = beside.written(other for other in view.beside if other != place)
        target = f"./{'' if page == 'home' else page}{link(place=place.code, small_area=small, **{'with': others})}"
    return Link(target=target, name=_name(one, view))


def _name(one: Area, view: View) -> str:
    return one.name.text(view.lang)


def _sentence(view: View, small: Area | None, page: str) -> Markup:
    """Say whose figures a page shows while a small area is chosen, and where those of the small area stand."""
    if small is None:
        return Markup()
    names = {
        "area": _name(small, view),
        "place": view.place.called.text(view.lang),
        "kind": kind_of(small, lang=view.lang, build=view.build),
    }
    sentence = t("trail.of_small" if page == PAGE else "trail.not_of_small", lang=view.lang, **names)
    target = way(PAGE, view, block=BLOCK, small_area=small.code)
    list_link = Link(target=target, name=t("trail.what_is_held", lang=view.lang, **names))
    return part("trail", "not_here", text=sentence, list_link=list_link)
