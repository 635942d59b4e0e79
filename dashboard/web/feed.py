"""What was released for a place, newest first, as a feed that readers of feeds and mail programs follow.

The awkward fact: a feed tells of every entry once. So an entry is one edition of one publication, whose name never
changes, and a new build that holds nothing new has no new entry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from dashboard import links, queries, store
from dashboard.briefing.web import sorry
from dashboard.figures.releases import Release, releases
from dashboard.figures.request import DEFAULT_PLACE
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.periods import release_label
from dashboard.i18n.text import say
from dashboard.model import Area, Source
from dashboard.web.site import SEEN_BY_HOST, absolute

PATH = "/feed.atom"
ATOM = "http://www.w3.org/2005/Atom"
MOST = 40  # entries
NEVER = "2000-01-01T00:00:00Z"  # when a feed without entries was last new
_NAMES: dict[Any, str] = {None: ATOM}


def respond(http: HttpRequest) -> Response:
    """Answer with the feed of a place in a language, or with a plain page that says why there is none."""

    def make(place: Area, lang: Language, build: str) -> Response:
        body = feed(place, lang=lang, build=build, root=absolute(http))
        return Response(body, media_type="application/atom+xml", headers=SEEN_BY_HOST)

    return of_a_place(http, make)


def of_a_place(http: HttpRequest, make: Callable[[Area, Language, str], Response]) -> Response:
    """Answer with what `make` makes for a place, a language and a build, or with a page that says why it cannot."""
    parts = http.query_params.multi_items()
    given, strange = links.understood(parts)
    is_twice = any(len(set(values)) > 1 for values in links.every_value(parts).values())
    lang = links.language_meant(given.get("lang", LANGUAGES[0]))
    try:
        build = store.build_id()
        code = links.place_meant(given.get("place", DEFAULT_PLACE), build=build)
    except store.NoBuildError:
        return sorry(http, status=503, title=say("no_build.title"), text=say("no_build.explanation"))
    if lang is None or code is None or strange or is_twice or set(given) - {"place", "lang"}:
        return sorry(http, status=400, title=say("newsfeed.none"), text=say("newsfeed.takes"))
    return make(queries.area(code, build=build), lang, build)


def feed(place: Area, *, lang: Language, build: str, root: str) -> bytes:
    """Return the Atom document of a place; `root` is where the dashboard answers."""
    found = releases(place, build=build)[:MOST]
    query = f"?place={place.code}&lang={lang}"
    whole = head(
        f"{place.code}:{lang}",
        title=t("newsfeed.title", lang=lang, place=place.name.text(lang)),
        updated=_moment(found[0].source) if found else NEVER,
        own=f"{root}{PATH}{query}",
        address=f"{root}/{query}",
        lang=lang,
    )
    for one in found:
        _entry(whole, one, place, lang=lang, build=build, address=f"{root}/{one.page}{query}#{one.block}")
    return serialised(whole)


def head(name: str, *, title: str, updated: str, own: str, address: str, lang: Language) -> etree._Element:
    """Return a feed without entries: its name for ever, title, last moment, own address and that of its page."""
    whole = etree.Element(f"{{{ATOM}}}feed", nsmap=_NAMES)
    whole.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
    _said(whole, "id", f"tag:cohesion-trends,2026:{name}")
    _said(whole, "title", title)
    _said(whole, "updated", updated)
    _said(_said(whole, "author"), "name", t("app.title", lang=lang))
    _link(whole, "self", own)
    _link(whole, "alternate", address)
    return whole


def entry(whole: etree._Element, name: str, *, title: str, updated: str, address: str, summary: str) -> None:
    """Add an entry to a feed: its name for ever, title, moment, the address that tells more, and its summary."""
    one = _said(whole, "entry")
    _said(one, "id", f"tag:cohesion-trends,2026:{name}")
    _said(one, "title", title)
    _said(one, "updated", updated)
    _link(one, "alternate", address)
    _said(one, "summary", summary)


def serialised(whole: etree._Element) -> bytes:
    """Return a feed as the bytes that are sent."""
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8")


def _entry(whole: etree._Element, one: Release, place: Area, *, lang: Language, build: str, address: str) -> None:
    source = one.source
    names = "; ".join(queries.measure(code, build=build).name.text(lang) for code in one.measures)
    told = t(
        "newsfeed.summary",
        lang=lang,
        publisher=source.publisher.text(lang),
        released=release_label(source.released, lang=lang),
        measures=names,
        grade=t(f"grade.{source.grade}", lang=lang),
    )
    entry(
        whole,
        f"{place.code}:{lang}:{source.code}:{source.released}",
        title=t("newsfeed.entry", lang=lang, title=source.title.text(lang), edition=source.edition.text(lang)),
        updated=_moment(source),
        address=address,
        summary=" ".join(part for part in (told, source.caution.text(lang)) if part),
    )


def _said(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = text or None
    return child


def _link(parent: etree._Element, rel: str, address: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": address})


def _moment(source: Source) -> str:
    return f"{source.first_day}T00:00:00Z"
