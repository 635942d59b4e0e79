"""What a copy holds, where each page of it stands, and where a live address leads within it.

The awkward fact: a copy may stand on a disk, below any folder of any host. So no address in it begins at a host, and
each leads from the very page it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from posixpath import dirname, relpath
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

from dashboard.figures.catalogue import on_page
from dashboard.figures.request import BESIDE, FROM, TO
from dashboard.i18n import LANGUAGES, Language
from dashboard.navigation import PAGES
from dashboard.widgets.pickers import SUBJECTS

HOME, SEARCH, BRIEFINGS = "home", "search", "briefings"
LANGUAGE_OF = MappingProxyType({str(lang): lang for lang in LANGUAGES})


# Choices that a page keeps in its links as it shows them, which here is the usual way.
AS_SHOWN = frozenset({"year", "layer", "set", "form"})


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A page of the copy: in a language, of a place, with the one choice that has a page of its own, or ""."""

    lang: Language
    place: str
    page: str
    choice: str = ""

    @property
    def path(self) -> str:
        """Where it stands, from the folder of the copy: "cy/W06000015/hate_crime.html"."""
        return f"{self.folder}/{self.name}"

    @property
    def name(self) -> str:
        """The name of its file."""
        page = "index" if self.page == HOME else self.page
        return f"{page}{'-' if self.choice else ''}{self.choice}.html"

    @property
    def folder(self) -> str:
        """The folder of its place in its language."""
        return f"{self.lang}/{self.place}"

    def way_to(self, path: str) -> str:
        """Return a path of the copy as it is written on this page."""
        return relpath(path, dirname(self.path))


@dataclass(frozen=True, kw_only=True)
class Extent:
    """All that a copy holds, of which build, on which day, and where the live dashboard is, "" where nobody says."""

    build: str
    day: date
    places: tuple[str, ...]
    pages: tuple[str, ...] = PAGES
    languages: tuple[Language, ...] = LANGUAGES
    live: str = ""
    address: str = ""
    pictures: bool = False

    @property
    def opening(self) -> str:
        """The page that a place opens with."""
        return self.pages[0]

    def located(self, address: str, *, here: Spot) -> str | None:
        """Return where a live address of a page leads within the copy, seen from a page of it; None where nowhere."""
        parts = urlsplit(address)
        page = parts.path.removeprefix("./") or HOME
        query = {name: value for name, value in parse_qsl(parts.query) if name not in AS_SHOWN}
        lang = LANGUAGE_OF.get(query.pop("lang", here.lang))
        place = query.pop("place", here.place)
        if lang not in self.languages or place not in self.places or page not in self.pages:
            return None
        codes = codes_of(page)
        code = query.pop(SUBJECTS[page].name, "") if codes else ""
        if query.keys() & _options_of(page) or code not in ("", *codes):
            return None
        there = Spot(lang=lang, place=place, page=page, choice="" if code in codes[:1] else code)
        way = "" if there == here and parts.fragment else here.way_to(there.path)
        return f"{way}#{parts.fragment}" if parts.fragment else way

    def live_at(self, spot: Spot) -> str:
        """Return where the live dashboard shows what a page of the copy does; "" where nobody says where it is."""
        if not self.live:
            return ""
        path = "" if spot.page == HOME else spot.page
        choice = f"&{SUBJECTS[spot.page].name}={spot.choice}" if spot.choice else ""
        return f"{self.live}/{path}?place={spot.place}&lang={spot.lang}{choice}"


def every_spot(extent: Extent) -> Iterator[Spot]:
    """Yield every page of a copy, place by place."""
    for place, lang, page in product(extent.places, extent.languages, extent.pages):
        for choice in ("", *codes_of(page)[1:]):
            yield Spot(lang=lang, place=place, page=page, choice=choice)


def codes_of(page: str) -> tuple[str, ...]:
    """Return what a page may be about, where each has a page of its own; the first is what it opens with."""
    return SUBJECTS[page].codes if page in SUBJECTS else ()


@cache
def _options_of(page: str) -> frozenset[str]:
    """Return the choices that are shown on a page, by their names in addresses."""
    return frozenset({BESIDE, FROM, TO, "since", *(one.name for entry in on_page(page) for one in entry.options)})
