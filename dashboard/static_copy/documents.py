"""Whole documents of the copy: a page in its frame, the first page, and the one for addresses that name nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from dashboard import links, queries
from dashboard.briefing import templating
from dashboard.engine import environment
from dashboard.i18n import LANGUAGES, NOT_YET_CHECKED, Language, t
from dashboard.i18n.periods import period_label
from dashboard.static_copy.extent import SEARCH, Extent, Spot
from dashboard.static_copy.newsfeed import FEED, feed
from dashboard.static_copy.plain import Plain, plain
from dashboard.widgets import frame, html
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
    name, _ = extent.choices.get(here.page, ("", ()))
    query = {"place": here.place, "lang": here.lang} | ({name: here.choice} if here.choice else {})
    found = plain(recorded(here.page, query), here=here, extent=extent)
    whole = {here.path: framed(here, found, extent), **found.files}
    if here.page == extent.opening:
        whole[f"{here.folder}/{FEED}"] = feed(here, extent)
    return whole


def framed(here: Spot, found: Plain, extent: Extent, *, scripts: Iterable[str] = ()) -> bytes:
    """Return a page with all that stands around it."""
    lang, place = here.lang, queries.area(here.place, build=extent.build)
    title = f"{t(f'nav.{here.page}', lang=lang)}, {place.name.text(lang)}"
    return _filled(
        "page",
        here=here,
        found=found,
        lang=lang,
        build=extent.build,
        title=t("frame.document_title", lang=lang, page=title),
        place=place.name.text(lang),
        root=here.way_to(ASSETS),
        scripts=scripts,
        day=_day(extent, lang),
        pages=_pages(here, extent),
        places=_places(here, extent),
        twins=[(one, here.way_to(Spot(**{**vars(here), "lang": one}).path)) for one in extent.languages if one != lang],
        live=extent.live_at(here),
        is_unchecked=lang in NOT_YET_CHECKED,
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
        there = Spot(**{**vars(here), "place": code})
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
    return _filled("first", sections=sections, extent=extent, days={one: _day(extent, one) for one in extent.languages})


def lost(extent: Extent) -> bytes:
    """Return the page for an address at which there is nothing, which must stand without any other file."""
    sheet = Markup((TEMPLATES.parent / ASSETS / "lost.css").read_text(encoding="utf-8"))  # noqa: S704 - our own
    return _filled("lost", languages=LANGUAGES, extent=extent, sheet=sheet)


def _day(extent: Extent, lang: Language) -> str:
    return period_label(start=extent.day, months=0, lang=lang, style="long")


def _filled(template: str, **values: Any) -> bytes:
    return _environment().get_template(f"{template}.html").render(**values).encode("utf-8")


@cache
def _environment() -> Environment:
    made = environment(TEMPLATES, html.TEMPLATES, templating.TEMPLATES)
    made.globals |= {"t": t}
    return made
