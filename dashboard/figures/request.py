"""What somebody asks for, as one frozen value that reads itself from an address and writes itself to one.

The awkward fact: an address is typed, cut short and mailed around. So reading one never fails: what it says that there
is not becomes the usual value and a notice, and whoever answers decides whether a notice is enough (a page) or too
little (a file, which nobody reads the page around).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from cohesion.vocabulary import CARDIFF_AND_VALE
from dashboard import beside, links, queries, store
from dashboard.figure import Subject, View
from dashboard.i18n import LANGUAGES, language_of_code
from dashboard.i18n.text import Wording
from dashboard.model import Area, Years

DEFAULT_PLACE = CARDIFF_AND_VALE
BESIDE, FROM, TO, AT, UNIT, RANGES, PART = "with", "from", "to", "at", "unit", "ranges", "part"  # in addresses
ALWAYS = ("place", BESIDE, FROM, TO, "lang", "build")  # what every figure takes
POSSIBLE_YEARS = tuple(str(year) for year in range(1900, 2101))
TURNED = "period_turned"  # the refusal of years the wrong way round


@dataclass(frozen=True, kw_only=True)
class Request(View):
    """A view, and the choices a figure admits, as codes in the order it admits them."""

    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, view: View) -> Request:
        """Return the request of a view for a figure without choices."""
        return cls(**{one.name: getattr(view, one.name) for one in fields(View)})

    @property
    def view(self) -> View:
        """The view alone: what a figure without choices is made from."""
        return View(place=self.place, lang=self.lang, build=self.build, beside=self.beside, years=self.years)

    def option(self, name: str) -> str:
        """Return one choice; KeyError where the figure does not admit it, or has nothing to choose from."""
        return dict(self.options)[name]

    @property
    def chosen(self) -> dict[str, str]:
        """Its choices as an address says them: nothing of one that is left open."""
        return {name: code for name, code in self.options if code}

    def unusual(self, name: str) -> str:
        """Return a quiet choice; "" where it is the usual one."""
        return dict(self.options).get(name, "")

    @property
    def about(self) -> Subject:
        """What is asked about, with the day a map or a rank is wanted of, and as what its numbers are."""
        at = self.unusual(AT)
        return replace(self.subject, at=date.fromisoformat(at) if at else None, unit=self.unusual(UNIT))

    def address(self, *, pinned: bool = False) -> str:
        """Return the request as the query of an address; `pinned` keeps it to the build it was made for."""
        build = {"build": self.build} if pinned else {}
        others = in_address(self.beside, self.years)
        parts = {"place": self.place.code, **others, "lang": self.lang, **self.chosen, **build}
        return _encoded(tuple(parts.items()))


@lru_cache(maxsize=1024)  # a figure's address stands under it half a dozen times
def _encoded(parts: tuple[tuple[str, str], ...]) -> str:
    return urlencode(parts, safe=beside.APART)


def ends(years: Years) -> dict[str, int]:
    """Return the first and the last year by their names in addresses, where an end is closed."""
    return {name: year for name, year in ((FROM, years.first), (TO, years.last)) if year is not None}


def in_address(others: Iterable[Area], years: Years) -> dict[str, str]:
    """Return what an address says of the places beside ours and of the years; nothing where none are chosen."""
    named = {BESIDE: beside.written(others)}
    return {name: value for name, value in named.items() if value} | {n: str(year) for n, year in ends(years).items()}


@dataclass(frozen=True, kw_only=True)
class Option:
    """A choice that a figure admits: its name in addresses, and its codes for a request, the usual one first.

    `refusals` holds the texts that say why a code which exists elsewhere does not go with the rest of the request.
    `words` name a code over the chart: such a choice is quiet, which means that its usual code stands in no address, so
    that a link without one always gives the newest.
    """

    name: str
    codes: Callable[[Request], tuple[str, ...]]
    refusals: Mapping[str, str] = field(default_factory=dict, hash=False)
    words: Callable[[str, Request], Wording] | None = None

    def __post_init__(self) -> None:
        """Refuse a name that no address may have: a link with it would be told that it means nothing."""
        if self.name not in links.PARTS:
            raise ValueError(f"expected as the name of a choice one of links.PARTS; came {self.name!r}")

    @property
    def is_quiet(self) -> bool:
        """Whether the usual code is left out of addresses."""
        return self.words is not None


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something an address says that there is not: the name, what there is, and why a known value is refused.

    What came is not repeated: it is somebody else's text.
    """

    name: str
    allowed: tuple[str, ...]
    refusal: str = ""


def read(query: Mapping[str, str], *, options: Sequence[Option]) -> tuple[Request, tuple[Notice, ...]]:
    """Return the request that an address makes of a figure with these options, and what of it was not understood.

    Raises `store.NoBuildError` where there are no figures at all.
    """
    notices = []
    build = query.get("build", "")
    if not build or not store.is_held(build):
        notices += [Notice(name="build", allowed=())] if "build" in query else []
        build = store.build_id()
    places = queries.places(build=build)
    code, unknown_place = _value_among("place", query, (DEFAULT_PLACE, *(p for p in places if p != DEFAULT_PLACE)))
    lang, unknown_language = _value_among("lang", query, LANGUAGES)
    place = queries.area(code, build=build)
    others, refused = _beside(query, place=place, build=build)
    years, unknown_years = _years(query)
    plain = Request(place=place, lang=language_of_code(lang), build=build, beside=others, years=years)
    request, unknown_options = usual(plain, query, options=options)
    offered = (option.name for option in options if not option.is_quiet or option.codes(request))
    names = (*ALWAYS, *offered)
    strange = () if set(query) <= set(names) else (Notice(name="", allowed=names),)
    return request, (*notices, *unknown_place, *refused, *unknown_years, *unknown_language, *unknown_options, *strange)


def _beside(query: Mapping[str, str], *, place: Area, build: str) -> tuple[tuple[Area, ...], tuple[Notice, ...]]:
    """Return the places beside ours as far as they may stand there, and why others may not."""
    if BESIDE not in query:
        return (), ()
    others, refusal = beside.read(query[BESIDE].split(beside.APART), place=place, build=build)
    if not refusal:
        return others, ()
    codes = beside.choices(place, build=build)
    allowed = tuple(code for code in codes if code in (*beside.BENCHMARKS, *queries.places(build=build)))
    return others, (Notice(name=BESIDE, allowed=allowed, refusal=refusal),)


def _years(query: Mapping[str, str]) -> tuple[Years, tuple[Notice, ...]]:
    """Return the years an address names; one that is none is left out, and both where they are turned round."""
    unknown = [name for name in (FROM, TO) if name in query and query[name] not in POSSIBLE_YEARS]
    first, last = (int(query[n]) if n in query and n not in unknown else None for n in (FROM, TO))
    years = Years(first=first, last=last)
    allowed = (f"{POSSIBLE_YEARS[0]} – {POSSIBLE_YEARS[-1]}",)
    notices = tuple(Notice(name=name, allowed=allowed) for name in unknown)
    if years.are_turned:
        return Years(), (Notice(name=FROM, allowed=(f"≤ {last}",), refusal=TURNED),)
    return years, notices


def usual(
    request: Request, query: Mapping[str, str], *, options: Sequence[Option]
) -> tuple[Request, tuple[Notice, ...]]:
    """Return a request with each option as `query` has it, or else as usual, and what was not understood."""
    notices: list[Notice] = []
    for option in options:
        if option.is_quiet and option.name not in query:
            continue
        codes = option.codes(request)
        if not codes:
            continue
        value, unknown = _value_among(option.name, query, codes, refusals=option.refusals)
        notices += unknown
        if option.is_quiet and value == codes[0]:
            continue
        request = replace(request, options=(*request.options, (option.name, value)))
    return request, tuple(notices)


def _value_among(
    name: str, query: Mapping[str, str], codes: Sequence[str], *, refusals: Mapping[str, str] | None = None
) -> tuple[str, tuple[Notice, ...]]:
    """Return the value of a name among `codes`; another gives the first of them, and a notice."""
    value = query.get(name, codes[0])
    if value in codes:
        return value, ()
    return codes[0], (Notice(name=name, allowed=tuple(codes), refusal=(refusals or {}).get(value, "")),)
