"""Whole documents of the copy: a page in its frame, the first page, and the one for addresses that name nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from dashboard import links, queries
from dashboard.briefing import templating
from dashboard.engine import environment
from dashboard.figure import View
from dashboard.figures.catalogue import answer, on_page, with_usual
from dashboard.i18n import LANGUAGES, NOT_YET_CHECKED, Language, t
from dashboard.i18n.periods import period_label
from dashboard.static_copy import briefings
from dashboard.static_copy.extent import BRIEFINGS, SEARCH, Extent, Spot
from dashboard.static_copy.newsfeed import FEED, feed
from dashboard.static_copy.plain import Plain, plain
from dashboard.widgets import frame, html, words
from dashboard.widgets.pickers import SUBJECTS
from dashboard.widgets.recorded import recorded

TEMPLATES = Path(__file__).parent / "templates"
ASSETS = "assets"


@dataclass(frozen=True, kw_only=True)
class Way:
    """A link of a frame: where it leads, its name, what else it is called, and whether it leads here."""

    target: str
    name: str
    also: str = ""
    is_here: bool = False


def page(here: Spot, extent: Extent) -> dict[str, bytes]:
    """Return a page and the files of its figures, by their paths in the copy."""
    query = {"place": here.place, "lang": here.lang}
    query |= {SUBJECTS[here.page].name: here.choice} if here.choice else {}
    draw = partial(briefings.draw, here=here) if here.page == BRIEFINGS else None
    content = plain(recorded(here.page, query, draw=draw), here=here, extent=extent, choice=_choice(here))
    scripts: tuple[str, ...] = ()
    if here.page == SEARCH:
        body = _filled("search", here=here, lang=here.lang, figures=_every_figure(here, extent))
        content = replace(content, body=Markup(body.decode()))  # noqa: S704 - of a template of ours
        scripts = (f"search-{here.lang}.js", "search.js")
    whole = {here.path: framed(here, content, extent, scripts=scripts), **content.files}
    whole |= briefings.files(here, extent) if here.page == BRIEFINGS else {}
    if here.page == extent.opening:
        whole[f"{here.folder}/{FEED}"] = feed(here, extent)
    return whole


def _choice(here: Spot) -> str:
    """Return the links to what else a page may be about, in place of its picker; "" where it has none."""
    if here.page not in SUBJECTS:
        return ""
    subject = SUBJECTS[here.page]
    first, *others = subject.codes
    ways = [
        Way(
            target=here.way_to(replace(here, choice=code).path),
            name=subject.words(code or first, here.lang),
            is_here=code == here.choice,
        )
        for code in ("", *others)
    ]
    return _filled("choice", label=t(subject.label, lang=here.lang), ways=ways).decode()


def _every_figure(here: Spot, extent: Extent) -> Mapping[str, list[Way]]:
    """Return the ways to every figure that the place has, by page."""
    view = View(place=queries.area(here.place, build=extent.build), lang=here.lang, build=extent.build)
    ways: dict[str, list[Way]] = {}
    for name in extent.pages:
        for entry in on_page(name):
            request = with_usual(entry.code, view)
            if answer(entry.code, request) is not None:
                target = f"{here.way_to(replace(here, page=name).path)}#{entry.code}"
                question = words.say(entry.question_for(request), view)
                ways.setdefault(t(f"nav.{name}", lang=here.lang), []).append(Way(target=target, name=question))
    return ways


def framed(here: Spot, content: Plain, extent: Extent, *, scripts: Iterable[str] = ()) -> bytes:
    """Return a page with all that stands around it."""
    lang, place = here.lang, queries.area(here.place, build=extent.build)
    about = [SUBJECTS[here.page].words(here.choice, lang)] if here.choice else []
    title = ", ".join((t(f"nav.{here.page}", lang=lang), *about, place.name.text(lang)))
    return _filled(
        "page",
        here=here,
        found=content,
        lang=lang,
        extent=extent,
        title=t("frame.document_title", lang=lang, page=title),
        place=place.name.text(lang),
        root=here.way_to(ASSETS),
        scripts=scripts,
        day=_day(extent, lang),
        pages=_pages(here, extent),
        places=_places(here, extent),
        twins=[(one, here.way_to(replace(here, lang=one).path)) for one in extent.languages if one != lang],
        live=extent.live_at(here),
        has_search=SEARCH in extent.pages,
    )


def _pages(here: Spot, extent: Extent) -> list[Way]:
    every = (Spot(lang=here.lang, place=here.place, page=one) for one in extent.pages if one != SEARCH)
    return [
        Way(target=here.way_to(one.path), name=t(f"nav.{one.page}", lang=one.lang), is_here=one.page == here.page)
        for one in every
    ]


def _places(here: Spot, extent: Extent) -> Mapping[str, list[Way]]:
    """Return the ways to this page of every place, by the groups of the live picker."""
    groups: dict[str, list[Way]] = {}
    for code in extent.places:
        area = queries.area(code, build=extent.build)
        there = replace(here, place=code)
        group = frame.group_of(area, lang=here.lang, build=extent.build)
        name, *also = (*links.called(area, here.lang), code)
        way = Way(target=here.way_to(there.path), name=name, also=" ".join(also), is_here=code == here.place)
        groups.setdefault(group, []).append(way)
    return groups


def first(extent: Extent) -> bytes:
    """Return the page that the copy opens with: every place in each language."""
    sections = {}
    for lang in extent.languages:
        begin = Spot(lang=lang, place=extent.places[0], page=extent.opening)
        groups = _places(begin, extent)
        sections[lang] = {
            group: [Way(target=f"{begin.folder}/{one.target}", name=one.name) for one in ways]
            for group, ways in groups.items()
        }
    days = {lang: _day(extent, lang) for lang in extent.languages}
    return _filled("first", lang=extent.languages[0], root=ASSETS, sections=sections, extent=extent, days=days)


def lost(extent: Extent) -> bytes:
    """Return the page for an address at which there is nothing, which must stand without any other file."""
    sheet = Markup((TEMPLATES.parent / ASSETS / "lost.css").read_text(encoding="utf-8"))  # noqa: S704 - our own
    return _filled("lost", lang=LANGUAGES[0], languages=LANGUAGES, extent=extent, sheet=sheet)


def _day(extent: Extent, lang: Language) -> str:
    return period_label(start=extent.day, months=0, lang=lang, style="long")


def _filled(template: str, **values: Any) -> bytes:
    return _environment().get_template(f"{template}.html").render(**values).encode("utf-8")


@cache
def _environment() -> Environment:
    templates = environment(TEMPLATES, html.TEMPLATES, templating.TEMPLATES)
    templates.globals |= {"t": t, "unchecked": NOT_YET_CHECKED}
    return templates
