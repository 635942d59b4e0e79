"""What machines and lost readers ask a site for: its health, robots.txt, a list of pages, and an honest "not found"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response

from dashboard import queries, store
from dashboard.briefing.web import address_of, sorry, without_figures
from dashboard.i18n import LANGUAGES, Language
from dashboard.i18n.text import say
from dashboard.navigation import PAGES

ROBOTS, SITEMAP = "/robots.txt", "/sitemap.xml"
_SITEMAPS, _XHTML = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/1999/xhtml"
_NAMES: dict[Any, str] = {None: _SITEMAPS, "xhtml": _XHTML}

# The addresses inside name the host that was asked.
SEEN_BY_HOST = {"cache-control": "public, max-age=3600", "vary": "Host"}


def absolute(http: HttpRequest) -> str:
    """Return where the dashboard begins, from the request: "https://trends.example.wales/cohesion"."""
    return f"{address_of(http)}{http.scope.get('below', '')}"


async def health(_: HttpRequest) -> Response:
    """Answer with the build on show, or 503 when there is none."""
    try:
        return PlainTextResponse(store.build_id())
    except store.NoBuildError:
        return PlainTextResponse("no build", status_code=503)


def robots(http: HttpRequest) -> Response:
    """Answer that everything may be read but what has a session or is made at once, and where the pages are listed."""
    below = http.scope.get("below", "")
    lines = ["User-agent: *", f"Disallow: {below}/_stcore/", f"Disallow: {below}/present", f"Disallow: {below}/api/"]
    if address_of(http):
        lines.append(f"Sitemap: {absolute(http)}{SITEMAP}")
    return PlainTextResponse("\n".join(lines) + "\n", headers=SEEN_BY_HOST)


def sitemap(http: HttpRequest) -> Response:
    """Answer with the address of every page for every place, and its twin in the other language."""
    try:
        places = queries.places(build=store.build_id())
    except store.NoBuildError:
        return without_figures(http)
    root = absolute(http)
    body = listed(
        {lang: f"{root}/{'' if page == 'home' else page}?place={place}&lang={lang}" for lang in LANGUAGES}
        for page in sorted(PAGES)
        for place in places
    )
    return Response(body, media_type="application/xml", headers=SEEN_BY_HOST)


def listed(pages: Iterable[Mapping[Language, str]]) -> bytes:
    """Return the list of pages that search engines read, each page by its address in each language."""
    whole = etree.Element(f"{{{_SITEMAPS}}}urlset", nsmap=_NAMES)
    for twins in pages:
        for address in twins.values():
            entry = etree.SubElement(whole, f"{{{_SITEMAPS}}}url")
            etree.SubElement(entry, f"{{{_SITEMAPS}}}loc").text = address
            for lang, twin in twins.items():
                also = {"rel": "alternate", "hreflang": lang, "href": twin}
                etree.SubElement(entry, f"{{{_XHTML}}}link", also)
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8")


def not_found(http: HttpRequest) -> Response:
    """Answer for an address of which nothing is known, in both languages."""
    return sorry(http, status=404, title=say("not_found.title"), text=say("not_found.text"))
