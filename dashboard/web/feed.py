"""What was released for a place, newest first, as a feed that readers of feeds and mail programs follow.

The awkward fact: a feed tells of every entry once. So an entry is one edition of one publication, whose name never
changes, and a new build that holds nothing new has no new entry.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from cohesion import atom
from dashboard import links, queries, store
from dashboard.briefing.web import sorry, without_figures
from dashboard.figures.releases import Release, releases
from dashboard.figures.request import DEFAULT_PLACE
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.periods import release_label
from dashboard.i18n.text import say
from dashboard.model import Area, Source
from dashboard.web.site import SEEN_BY_HOST, absolute

PATH = "/feed.atom"
MOST = 40  # entries


def respond(http: HttpRequest) -> Response:
    """Answer with the feed of a place in a language, or with a plain page that says why there is none."""

    def make(place: Area, lang: Language, build: str) -> Response:
        body = feed(place, lang=lang, build=build, root=absolute(http))
        return Response(body, media_type=atom.MIME, headers=SEEN_BY_HOST)

    return of_a_place(http, make)


def of_a_place(http: HttpRequest, make: Callable[[Area, Language, str], Response]) -> Response:
    """Answer with what `make` makes for a place, a language and a build, or with a page that says why it cannot."""
    parts = http.query_params.multi_items()
    parts_meant, strange = links.understood(parts)
    lang = links.language_meant(parts_meant.get("lang", LANGUAGES[0]))
    try:
        build = store.build_id()
        code = links.place_meant(parts_meant.get("place", DEFAULT_PLACE), build=build)
    except store.NoBuildError:
        return without_figures(http)
    if lang is None or code is None or strange or links.means_twice(parts) or set(parts_meant) - {"place", "lang"}:
        return sorry(http, status=400, title=say("newsfeed.none"), text=say("newsfeed.takes"))
    return make(queries.area(code, build=build), lang, build)


def feed(place: Area, *, lang: Language, build: str, root: str) -> bytes:
    """Return the Atom document of a place; `root` is where the dashboard answers."""
    news = releases(place, build=build)[:MOST]
    query = f"?place={place.code}&lang={lang}"
    whole = atom.head(
        f"{place.code}:{lang}",
        title=t("newsfeed.title", lang=lang, place=place.name.text(lang)),
        updated=_moment(news[0].source) if news else atom.NEVER,
        author=t("app.title", lang=lang),
        own=f"{root}{PATH}{query}",
        address=f"{root}/{query}",
        lang=lang,
    )
    for one in news:
        whole.append(_entry(one, place, lang=lang, build=build, address=f"{root}/{one.page}{query}#{one.block}"))
    return atom.serialised(whole)


def _entry(one: Release, place: Area, *, lang: Language, build: str, address: str) -> etree._Element:
    source = one.source
    names = "; ".join(queries.measure(code, build=build).name.text(lang) for code in one.measures)
    summary = t(
        "newsfeed.summary",
        lang=lang,
        publisher=source.publisher.text(lang),
        released=release_label(source.released, lang=lang),
        measures=names,
        grade=t(f"grade.{source.grade}", lang=lang),
    )
    return atom.entry(
        f"{place.code}:{lang}:{source.code}:{source.released}",
        title=t("newsfeed.entry", lang=lang, title=source.title.text(lang), edition=source.edition.text(lang)),
        updated=_moment(source),
        address=address,
        summary=" ".join(part for part in (summary, source.caution.text(lang)) if part),
    )


def _moment(source: Source) -> str:
    return f"{source.first_day}T00:00:00Z"
