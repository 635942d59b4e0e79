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
    whole = etree.Element(f"{{{ATOM}}}feed", nsmap=_NAMES)
    whole.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
    query = f"?place={place.code}&lang={lang}"
    _said(whole, "id", f"tag:cohesion-trends,2026:{place.code}:{lang}")
    _said(whole, "title", t("newsfeed.title", lang=lang, place=place.name.text(lang)))
    _said(whole, "updated", _moment(found[0].source) if found else "2000-01-01T00:00:00Z")
    _said(_said(whole, "author"), "name", t("app.title", lang=lang))
    _link(whole, "self", f"{root}{PATH}{query}")
    _link(whole, "alternate", f"{root}/{query}")
    for one in found:
        _entry(
            whole,
            one,
            place,
            lang=lang,
            build=build,
            address=f"{root}/{one.page}{query}#{one.block}",
        )
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8")


def _entry(whole: etree._Element, one: Release, place: Area, *, lang: Language, build: str, address: str) -> None:
    entry = _said(whole, "entry")
    source = one.source
    _said(entry, "id", f"tag:cohesion-trends,2026:{place.code}:{lang}:{source.code}:{source.released}")
    _said(
        entry, "title", t("newsfeed.entry", lang=lang, title=source.title.text(lang), edition=source.edition.text(lang))
    )
    _said(entry, "updated", _moment(source))
    _link(entry, "alternate", address)
    names = "; ".join(queries.measure(code, build=build).name.text(lang) for code in one.measures)
    told = t(
        "newsfeed.summary",
        lang=lang,
        publisher=source.publisher.text(lang),
        released=release_label(source.released, lang=lang),
        measures=names,
        grade=t(f"grade.{source.grade}", lang=lang),
    )
    _said(entry, "summary", " ".join(part for part in (told, source.caution.text(lang)) if part))


def _said(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = text or None
    return child


def _link(parent: etree._Element, rel: str, address: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": address})


def _moment(source: Source) -> str:
    return f"{source.first_day}T00:00:00Z"
