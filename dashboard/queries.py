"""Named questions about the data, answered in model objects. Each is cached by build and arguments.

The awkward facts: not every question has an answer for every place. An answer with no figures is an
empty `Series`; only a code that does not exist at all raises (`UnknownCodeError`). And a question costs about a
millisecond however little it asks: so all that is held of a place is one question, and so is one measure of many
places (`figures`). What is answered is shared by every reader, so it cannot be changed.
Of a place they come packed, a measure a text (etl/pipeline/packed.sql), and become figures when somebody asks for them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby, repeat
from operator import itemgetter
from sys import intern
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from dashboard import store
from dashboard.campaigns import Campaign
from dashboard.i18n import Language
from dashboard.i18n.text import Translatable
from dashboard.memory import Cache, remembered
from dashboard.model import (
    SMALL_AREAS,
    TOTAL,
    Area,
    Break,
    Category,
    Measure,
    Observation,
    Period,
    Rhythm,
    Series,
    Source,
    Words,
)
from dashboard.nations import HOME

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
K = TypeVar("K")
MEASURE, AREA, START, MONTHS, CATEGORY, VALUE, _, _, _, SOURCE, _ = range(
    11
)  # where they stand in a row of `observation`
NAMED_VALUE = itemgetter(AREA, VALUE)
_remembered: Callable[[F], F] = remembered(most=4096)
_remembered_few: Callable[[F], F] = remembered(most=48)  # of up to thousands of figures
Packed: TypeAlias = Mapping[str, str]  # all that is held of a place, by measure
Rows: TypeAlias = Mapping[str, list[tuple[Any, ...]]]  # of a measure, by category
Figures: TypeAlias = Mapping[tuple[str, str, Period], Observation]  # by area, category and period
_PLACES: Cache[tuple[str, str], Packed] = Cache(most=96)  # by build and code; one takes 0.1 MB


class UnknownCodeError(LookupError):
    """A measure, area or category that the database does not know."""


def _words(row: dict[str, Any], field: str) -> Words:
    return Words(en=row[f"{field}_en"] or "", cy=row[f"{field}_cy"] or "")


def _phrase(row: dict[str, Any], field: str) -> Words | None:
    return _words(row, field) if row[f"{field}_en"] and row[f"{field}_cy"] else None


@dataclass(frozen=True, kw_only=True)
class Revised:
    """A figure that two editions print differently; its key is (measure, area, first day, months, category)."""

    source: str
    edition: Words
    edition_before: Words
    key: tuple[str, str, str, str, str]
    before: str
    now: str


@_remembered
def areas(*, build: str) -> Mapping[str, Area]:
    """Return every area by code, in the order of the English place picker."""
    by_code = {
        r["code"]: Area(
            code=r["code"],
            kind=r["kind"],
            name=_words(r, "name"),
            in_=_phrase(r, "in"),
            to=_phrase(r, "to"),
            from_=_phrase(r, "from"),
            members=tuple((r["members"] or "").split()),
            within=r["within_code"],
            nation=r["nation_code"],
            since=r["valid_from"],
            until=r["valid_to"],
            alphabet=_words(r, "alphabet"),
        )
        for r in store.rows(store.question("areas"), build=build)
    }
    return MappingProxyType(by_code)


@_remembered
def places(*, build: str, lang: Language = "en") -> tuple[str, ...]:
    """Return the codes offered in the place picker: the local ones first, then by the alphabet of a language."""
    offered = store.rows(store.question("places"), build=build)
    by_code = areas(build=build)
    return tuple(r["code"] for r in sorted(offered, key=lambda r: (r["sort"], by_code[r["code"]].alphabet.text(lang))))


def area(code: str, *, build: str) -> Area:
    """Return one area; raise `UnknownCodeError` when there is none."""
    return _of_code(areas(build=build), code, "an area")


def police_area(code: str, *, build: str) -> Area:
    """Return the area whose police figures a place is shown: its force's, or the whole nation's."""
    return force_of(code, build=build) or area(HOME.benchmark, build=build)


@_remembered
def force_of(code: str, *, build: str) -> Area | None:
    """Return the police force area a place lies in or is, or None when it spans several (Wales)."""
    everything = areas(build=build)
    place = _of_code(everything, code, "an area")
    if place.kind == "police_force":
        return place
    authorities = {code} if place.kind == "local_authority" else set(place.members)
    forces = (a for a in everything.values() if a.kind == "police_force")
    return next((f for f in forces if authorities and authorities <= set(f.members)), None)


@_remembered
def own_police_area(code: str, *, build: str) -> Area | None:
    """Return the area whose own aggravated offences a council area is shown; None for forces, Wales, or none held.

    It is the place itself, or the Community Safety Partnership that it shares with a neighbour (Cwm Taf).
    """
    place = area(code, build=build)
    if not place.is_council:
        return None
    partnerships = (a for a in partnerships_of_wales(build=build) if code in a.members)
    with_figures = (one for one in (place, *partnerships) if not series("rra_offences", one.code, build=build).is_empty)
    return next(with_figures, None)


def own_offences_area(measure: str, code: str, *, build: str) -> Area | None:
    """Return `own_police_area` where the measure is aggravated offences; None of every other measure."""
    return own_police_area(code, build=build) if measure == "rra_offences" else None


@_remembered
def partnerships_of_wales(*, build: str) -> tuple[Area, ...]:
    """Return the Welsh Community Safety Partnerships; all but Cwm Taf are one whole authority."""
    return tuple(a for a in areas(build=build).values() if a.kind == "community_safety_partnership")


@_remembered
def measures(*, build: str) -> Mapping[str, Measure]:
    """Return every measure by code."""
    fields = ("topic", "counts", "decimals", "kind", "rate", "sum_areas", "sum_categories", "sum_time")
    by_code = {
        r["measure"]: Measure(
            code=r["measure"],
            name=_words(r, "name"),
            unit=_words(r, "unit"),
            allocated=_words(r, "effect") or None,
            base=_phrase(r, "base"),
            balance=r.get("balance", False),  # builds of earlier code have no such column
            **{f: r[f] for f in fields},
        )
        for r in store.rows(store.question("measures"), build=build)
    }
    return MappingProxyType(by_code)


def measure(code: str, *, build: str) -> Measure:
    """Return one measure; raise `UnknownCodeError` when there is none."""
    return _of_code(measures(build=build), code, "a measure")


@_remembered
def categories(measure: str, *, build: str) -> Mapping[str, Category]:
    """Return a measure's categories by code, in their order."""
    return _categories(build=build).get(measure, MappingProxyType({}))


@_remembered
def _categories(*, build: str) -> Mapping[str, Mapping[str, Category]]:
    every = groupby(store.rows(store.question("categories"), build=build), key=lambda r: str(r["measure"]))
    return MappingProxyType({measure: _by_category(rows) for measure, rows in every})


def _by_category(rows: Iterable[dict[str, Any]]) -> Mapping[str, Category]:
    return MappingProxyType(
        {r["category"]: Category(code=r["category"], name=_words(r, "name"), parent=r["parent"]) for r in rows}
    )


@_remembered
def sources(*, build: str) -> Mapping[str, Source]:
    """Return every source by code."""
    plain = (
        "released",
        "url",
        "grade",
        "status",
        "vintage",
        "line",
        "file",
        "sha256",
        "retrieved",
    )
    texts = ("publisher", "title", "counts", "coverage", "caution", "checked")
    calendar = store.rows(store.question("release_calendar"), build=build)
    by_code = {
        r["source"]: Source(
            code=r["source"],
            edition=Words(en=r["edition"], cy=r["edition_cy"]),
            rhythm=_rhythm(r["source"], calendar),
            licence=Words(en=r["licence"], cy=r["licence_cy"]),
            table_code=r.get("table_code") or "",
            **{f: r[f] for f in plain} | {f: _words(r, f) for f in texts},
        )
        for r in store.rows(store.question("sources"), build=build)
    }
    return MappingProxyType(by_code)


def _rhythm(source: str, calendar: list[dict[str, Any]]) -> Rhythm | None:
    """Return the row of the longest prefix that a source's name begins with, or None where none is written down."""
    rows = (row for row in calendar if source.startswith(row["source_prefix"]))
    r = max(rows, key=lambda row: len(row["source_prefix"]), default=None)
    if r is None:
        return None
    return Rhythm(
        kind=r["kind"],
        release_months=tuple(int(month) for month in (r["release_months"] or "").split()),
        cycle_months=r["cycle_months"] or 0,
        lag_months=r["lag_months"] or 0,
        next=_words(r, "next"),
        publication=Words(en=r["publication"], cy=r["publication_cy"]),
    )


def sources_of(observations: tuple[Observation, ...], *, build: str) -> tuple[Source, ...]:
    """Return the sources behind some figures, each once, newest edition last."""
    every_source = sources(build=build)
    return tuple(every_source[code] for code in dict.fromkeys(o.source for o in observations))


def _of_place(area: str, *, build: str) -> Packed:
    """Return all that is held of a place: it becomes figures when somebody asks for them, of thousands hundreds."""
    packed = _PLACES.get((build, area))
    return packed if packed is not None else hold((area,), build=build)[area]


@_remembered
def _unpacked(measure: str, about: str, *, build: str) -> Rows:
    """Return the rows of a measure for a place, or for all small areas of a kind, in the order of their key."""
    one = areas(build=build).get(about)
    if one is not None and one.kind in SMALL_AREAS:
        every = _unpacked(measure, one.kind, build=build)
        return MappingProxyType({part: [row for row in rows if row[AREA] == about] for part, rows in every.items()})
    packed = _of_place(about, build=build).get(measure)
    if packed is None:
        return MappingProxyType({})
    count, *columns = json.loads(packed)
    area, start, months, category, *others, source, derived = (
        one if isinstance(one, list) else repeat(one, count) for one in columns
    )
    same = repeat(intern(measure), count), map(intern, area), map(date.fromisoformat, start), months
    rows = zip(*same, map(intern, category), *others, map(intern, source), derived, strict=True)
    return MappingProxyType({part: list(of_one) for part, of_one in groupby(rows, key=itemgetter(CATEGORY))})


def hold(codes: Iterable[str], *, build: str) -> Mapping[str, Packed]:
    """Read all that is held of some places in one question, for whoever asks for them next; return what was read.

    Places that are remembered are left out, and who is always asked for with one of them is read too: the countries
    with any.
    """
    missing = tuple(code for _, code in _PLACES.lacking(_held_with(tuple(codes), build=build)))
    if not missing:
        return {}
    by_place: dict[str, dict[str, str]] = {code: {} for code in missing}
    for about, measure, packed in store.tuples(store.question("packed"), {"about": list(missing)}, build=build):
        by_place[about][measure] = packed
    _PLACES.keep({(build, code): of_one for code, of_one in by_place.items()})
    return by_place


@_remembered
def _held_with(codes: tuple[str, ...], *, build: str) -> tuple[tuple[str, str], ...]:
    """Return by what the places are kept that are read with some: themselves, and who is always asked for with them."""
    together = _asked_together(build=build)
    groups = (*(together.get(code, (code,)) for code in codes), together[HOME.benchmark])
    return tuple(dict.fromkeys((build, one) for group in groups for one in group))


@_remembered
def _asked_together(*, build: str) -> Mapping[str, tuple[str, ...]]:
    """Return the places that whoever asks for one asks for too: the countries, and a pair with its force."""
    by_code = areas(build=build)
    pairs = ((one, force_of(one.code, build=build)) for one in by_code.values() if one.kind == "composite")
    groups = [tuple(one.code for one in by_code.values() if one.kind == "country")]
    groups += [(one.code, *one.members, force.code) for one, force in pairs if force]
    return MappingProxyType({code: group for group in groups for code in group})


def _grouped(things: Iterable[T], *, key: Callable[[T], K]) -> Mapping[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for one in things:
        groups.setdefault(key(one), []).append(one)
    return MappingProxyType(groups)


@_remembered
def _figures_of(measure: str, area: str, *, category: str, build: str) -> tuple[Observation, ...]:
    """Return the figures of a category of a measure for a place, in order of time."""
    rows = _unpacked(measure, area, build=build).get(category, ())
    return tuple(map(_figure, sorted(rows, key=itemgetter(START, MONTHS))))


@_remembered
def series(measure: str, area: str, *, category: str = TOTAL, months: int | None = None, build: str) -> Series:
    """Return the figures of a measure for a place, oldest first, with the breaks that touch them."""
    _of_code(areas(build=build), area, "an area")
    every = _figures_of(measure, area, category=category, build=build)
    observations = every if months is None else tuple(o for o in every if o.period.months == months)
    return _series(measure, area, category=category, observations=observations, build=build)


def _series(measure: str, area: str, *, category: str, observations: tuple[Observation, ...], build: str) -> Series:
    return Series(
        measure=_of_code(measures(build=build), measure, "a measure"),
        area=areas(build=build)[area],
        category=_of_code(categories(measure, build=build), category, f"a category of {measure}"),
        observations=observations,
        sources=sources_of(observations, build=build),
        breaks=breaks(measure, area, build=build),
    )


@remembered(most=4)  # a measure of every quarter and authority has 20,000 figures
def series_of_areas(measure: str, *, kinds: tuple[str, ...], category: str = TOTAL, build: str) -> tuple[Series, ...]:
    """Return the series of every area of some kinds that holds a figure, in the picker's order, in one question."""
    rows = store.tuples(store.question("of_measure"), {"measure": measure, "category": category}, build=build)
    by_area = _grouped((_observation(row) for row in rows), key=lambda o: o.area)
    every = (
        _series(measure, one.code, category=category, observations=tuple(by_area[one.code]), build=build)
        for one in areas(build=build).values()
        if one.kind in kinds and one.code in by_area
    )
    return tuple(each for each in every if not each.is_empty)


def breakdown(measure: str, area: str, *, build: str) -> tuple[Series, ...]:
    """Return one series per category of a measure that holds figures for a place, the total left out."""
    parts = (c for c in categories(measure, build=build) if c != "total")
    every = (series(measure, area, category=c, build=build) for c in parts)
    return tuple(s for s in every if not s.is_empty)


@_remembered_few
def figures(
    measure: str, *, periods: tuple[Period, ...], categories: tuple[str, ...] = (TOTAL,), build: str
) -> Figures:
    """Return a measure's figures of some periods for every area, by area, category and period, in one question."""
    bound = {"measure": measure, "categories": list(categories), "starts": [period.start for period in periods]}
    observations = (_observation(row) for row in store.tuples(store.question("figures"), bound, build=build))
    return MappingProxyType({(o.area, o.category, o.period): o for o in observations if o.period in periods})


def snapshot(
    measure: str, *, kind: str, period: Period, category: str = TOTAL, nation: str | None = None, build: str
) -> tuple[Observation, ...]:
    """Return one period's figures of a measure for every area of a kind (in one nation, when named), by code."""
    observations = figures(measure, periods=(period,), categories=(category,), build=build).values()
    return of_kind(observations, kind=kind, nation=nation, build=build)


def of_kind(
    observations: Iterable[Observation], *, kind: str, nation: str | None = None, build: str
) -> tuple[Observation, ...]:
    """Return the figures of areas of a kind (in one nation, when named)."""
    by_code = areas(build=build)
    every = ((o, by_code[o.area]) for o in observations)
    return tuple(o for o, area in every if area.kind == kind and nation in (None, area.nation))


@_remembered_few
def small_area_figures(
    measure: str, *, kind: str, categories: tuple[str, ...], period: Period | None = None, build: str
) -> Mapping[str, tuple[Observation, ...]]:
    """Return a measure's figures of some categories, newest or of a period, for every small area of a kind."""
    rows = _unpacked(measure, kind, build=build)
    return MappingProxyType({one: tuple(map(_figure, _of_period(rows.get(one, []), period))) for one in categories})


def _of_period(rows: list[tuple[Any, ...]], period: Period | None) -> list[tuple[Any, ...]]:
    """Return the rows of the period that begins when one does, or of the newest, in the order of their areas."""
    start = period.start if period else max(map(itemgetter(START), rows), default=None)
    return [row for row in rows if row[START] == start]


@_remembered_few
def small_area_values(
    measure: str, *, kind: str, categories: tuple[str, ...], period: Period | None = None, build: str
) -> Mapping[str, Mapping[str, float | None]]:
    """Return the values of `small_area_figures` alone, by category and area: for thousands of them."""
    rows = _unpacked(measure, kind, build=build)
    return MappingProxyType({one: dict(map(NAMED_VALUE, _of_period(rows.get(one, []), period))) for one in categories})


@_remembered
def divided(*, build: str) -> frozenset[str]:
    """Return the codes of the authorities whose small areas are held."""
    return frozenset(a.within for a in areas(build=build).values() if a.within and a.kind in SMALL_AREAS)


@_remembered
def lsoas_within(*, build: str) -> Mapping[str, tuple[str, ...]]:
    """Return the LSOAs of today that each MSOA, and by best fit each ward, is made of."""
    rows = store.rows(store.question("small_area_lookup"), build=build)
    pairs = ((r[around], r["lsoa21_code"]) for around in ("msoa21_code", "ward_code") for r in rows)
    by_whole = _grouped(pairs, key=itemgetter(0))
    return MappingProxyType({code: tuple(lsoa for _, lsoa in every) for code, every in by_whole.items()})


@_remembered
def newest_by_category(measures: tuple[str, ...], area: str, *, build: str) -> Mapping[str, NewestFigures]:
    """Return a place's newest figure of every category of several measures."""
    newest = ((measure, _newest(_unpacked(measure, area, build=build))) for measure in measures)
    return MappingProxyType({measure: by_category for measure, by_category in newest if by_category})


class NewestFigures(Mapping[str, Observation]):
    """The newest figures of a measure by category: each becomes one when somebody asks for it, of hundreds a few."""

    def __init__(self, rows: dict[str, tuple[Any, ...]]) -> None:
        """Hold the rows of the figures."""
        self._rows, self._figures = rows, dict[str, Observation]()

    def __getitem__(self, category: str) -> Observation:
        """Return the figure of a category; KeyError for one that has none."""
        if category not in self._figures:
            self._figures[category] = _figure(self._rows[category])
        return self._figures[category]

    def __contains__(self, category: object) -> bool:
        """Tell whether a category has a figure, without making it."""
        return category in self._rows

    def __iter__(self) -> Iterator[str]:
        """Go through the categories."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many categories have a figure."""
        return len(self._rows)

    @property
    def numbers(self) -> Mapping[str, float | None]:
        """The number of each category, without its figure."""
        return {category: row[VALUE] for category, row in self._rows.items()}

    @property
    def cited(self) -> tuple[str, ...]:
        """The codes of the sources of all figures, each once."""
        return tuple(dict.fromkeys(map(itemgetter(SOURCE), self._rows.values())))


def _newest(by_category: Rows) -> NewestFigures:
    """Return the figures of the newest first day of a measure that has one, by category; of two the longer."""
    rows = [row for of_one in by_category.values() for row in of_one if row[VALUE] is not None]
    start = max(map(itemgetter(START), rows), default=None)
    current = sorted((row for row in rows if row[START] == start), key=itemgetter(MONTHS, CATEGORY))
    return NewestFigures({row[CATEGORY]: row for row in current})


@_remembered
def latest_period(
    measure: str,
    *,
    kind: str,
    category: str = TOTAL,
    nation: str | None = None,
    joined: bool = False,
    whole: bool = False,
    build: str,
) -> Period | None:
    """Return the newest period in which most areas of a kind that the measure covers have a figure.

    One area that is suppressed or silent holds up nobody: who shows the period names it (`areas_without`). `whole` is
    for sums and middles, which need them all. `joined` leaves out editions that join no earlier period: no change up to
    one may be given.
    """
    every = _counted(measure, kind=kind, category=category, nation=nation, joined=joined, build=build)
    if not whole:
        return next(_with_most(every), None)
    fewest = min((without for _, without in every.values()), default=0)
    return next((one for one, (_, without) in every.items() if without == fewest), None)


@_remembered
def periods(
    measure: str, *, kind: str, category: str = TOTAL, nation: str | None = None, joined: bool = False, build: str
) -> tuple[Period, ...]:
    """Return every period in which most areas of a kind that the measure covers have a figure, newest first."""
    every = _counted(measure, kind=kind, category=category, nation=nation, joined=joined, build=build)
    return tuple(_with_most(every))


def _with_most(every: Mapping[Period, tuple[int, int]]) -> Iterator[Period]:
    """Yield the periods in which more areas have a figure than have none, and those that no other has more in."""
    most = max((n for n, _ in every.values()), default=0)
    return (one for one, (n, without) in every.items() if n > without or n == most)


def areas_without(
    measure: str,
    *,
    kind: str,
    period: Period,
    category: str = TOTAL,
    nation: str | None = None,
    among: Figures,
    build: str,
) -> tuple[str, ...]:
    """Return the areas of a kind that a measure covers and that have no figure in a period in which they existed.

    `among` are figures that hold all those of the measure, the period and the category.
    """
    coverage = _coverage(measure, kind=kind, category=category, nation=nation, build=build)
    covered = sorted({code for codes in coverage.values() for code in codes})
    silent = (code for code in covered if (o := among.get((code, category, period))) is None or o.value is None)
    return tuple(code for code in silent if area(code, build=build).existed(period.start))


@_remembered
def _coverage(
    measure: str, *, kind: str, category: str, nation: str | None, build: str
) -> Mapping[tuple[str, Period], list[str]]:
    """Return the areas of a kind that have a figure of a measure, by line of editions and period."""
    rows: Iterable[tuple[Any, ...]]
    if kind in SMALL_AREAS:
        rows = _of_small_areas(measure, kind=kind, category=category, nation=nation, build=build)
    else:
        bound = {"measure": measure, "category": category, "kind": kind, "nation": nation}
        counted = store.tuples(store.question("coverage"), bound, build=build)
        rows = ((line, start, months, codes.split()) for line, start, months, codes in counted)
    return MappingProxyType({(line, _period(start, months)): codes for line, start, months, codes in rows})


def _of_small_areas(
    measure: str, *, kind: str, category: str, nation: str | None, build: str
) -> Iterator[tuple[str, date, int, list[str]]]:
    """Yield what coverage.sql answers, of small areas."""
    by_code, lines = areas(build=build), sources(build=build)
    rows = _unpacked(measure, kind, build=build).get(category, ())
    with_value = (row for row in rows if row[VALUE] is not None and nation in (None, by_code[row[AREA]].nation))
    for key, of_one in _grouped(with_value, key=lambda row: (lines[row[SOURCE]].line, row[START], row[MONTHS])).items():
        yield *key, [row[AREA] for row in of_one]


@_remembered
def _counted(
    measure: str, *, kind: str, category: str, nation: str | None, joined: bool, build: str
) -> Mapping[Period, tuple[int, int]]:
    """Return how many of the areas that a measure covers and that existed have a figure in each period, and have none.

    `joined` counts the editions alone that hold several periods. The newest period comes first.
    """
    coverage = _coverage(measure, kind=kind, category=category, nation=nation, build=build)
    starts = _grouped({(line, period.start) for line, period in coverage}, key=itemgetter(0))
    covered = [area(code, build=build) for code in {code for codes in coverage.values() for code in codes}]
    dated = [one for one in covered if one.since or one.until]
    n = Counter[Period]()
    for (line, period), codes in coverage.items():
        if not joined or len(starts[line]) > 1:
            n[period] += len(codes)
    there = {one: len(covered) - sum(not place.existed(one.start) for place in dated) for one in n}
    return MappingProxyType({one: (n[one], there[one] - n[one]) for one in sorted(n, reverse=True) if there[one]})


@_remembered
def breaks(measure: str, area: str, *, build: str) -> tuple[Break, ...]:
    """Return the breaks that touch a measure in a place, oldest first.

    A break named for a country, force or authority holds for it, for everything inside it, and for every whole it is
    part of (its break is in their sum). A break named for a composite of ours holds for that composite alone.
    """
    ours, by_code = _territory(area, build=build), areas(build=build)
    return tuple(
        one
        for one in _ledger(build=build)
        if one.measure == measure
        and (
            one.area == area
            or (by_code[one.area].kind != "composite" and _overlap(ours, _territory(one.area, build=build)))
        )
    )


def _overlap(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


@_remembered
def _territory(code: str, *, build: str) -> frozenset[str]:
    """Return the authorities that an area is made of: of one of them itself, of a small area none."""
    by_code = areas(build=build)
    place = by_code.get(code)
    if place is None or place.kind == "local_authority":
        return frozenset({code} if place else ())
    return frozenset(one for one in place.members if by_code[one].kind == "local_authority")


@_remembered
def _ledger(*, build: str) -> tuple[Break, ...]:
    return tuple(_break(r) for r in store.rows(store.question("breaks"), build=build))


def _break(r: dict[str, Any]) -> Break:
    return Break(
        measure=r["measure"],
        area=r["area_code"],
        date=r["date"],
        kind=r["kind"],
        severity=r["severity"],
        label=_words(r, "label"),
        effect=_words(r, "effect"),
        origin=r["origin"],
        until=r["until"],
        revised_from=r.get("revised_from"),  # builds of earlier code have no such column
    )


@_remembered
def revisions(*, build: str) -> tuple[Revised, ...]:
    """Return the figures that an edition held before gave otherwise, table by table, in the order of their keys."""
    return tuple(
        Revised(
            source=r["source"],
            edition=Words(en=r["edition"], cy=r["edition_cy"]),
            edition_before=Words(en=r["edition_before"], cy=r["edition_before_cy"]),
            key=(r["measure"], r["area_code"], str(r["period_start"]), str(r["period_months"]), r["category"]),
            before=r["before"],
            now=r["now"],
        )
        for r in store.rows(store.question("revisions"), build=build)
    )


NET_PARTS = ("births", "deaths", "internal_net", "international_net", "other_change")
UNEXPLAINED = "unattributable_change"  # in rebased editions; without it the account would not close
COMPONENTS = (*NET_PARTS, UNEXPLAINED)


@dataclass(frozen=True, kw_only=True)
class Components:
    """What changed a population in the twelve months from `period.start`, in people; None where not held.

    `unattributable_change` stands in rebased editions alone; elsewhere the others make up the whole change.
    """

    period: Period
    births: float | None
    deaths: float | None
    internal_net: float | None
    international_net: float | None
    other_change: float | None
    unattributable_change: float | None
    source: str


@_remembered
def components(area: str, *, build: str) -> tuple[Components, ...]:
    """Return the yearly components of change of a place, oldest first."""
    by_period = [{o.period: o for o in series(code, area, months=12, build=build).observations} for code in COMPONENTS]
    every = sorted({period for one in by_period for period in one})
    return tuple(_components(period, [one.get(period) for one in by_period]) for period in every)


def _components(period: Period, parts: list[Observation | None]) -> Components:
    values = {code: o.value if o else None for code, o in zip(COMPONENTS, parts, strict=True)}
    source = next(o.source for o in parts if o)
    return Components(period=period, source=source, **values)


def population(area: str, *, period: Period, build: str) -> Observation | None:
    """Return the population that suits a rate for a period, or None where it is not held.

    A year's count uses the mid-year inside it (30 June 2024 for the year ending March 2025); a point in
    time uses the newest mid-year at or before it, or the one after it when none is held before.
    """
    _of_code(areas(build=build), area, "an area")
    people = [o for o in populations(build=build).get(area, ()) if o.value]
    if period.months:
        inside = [o for o in people if period.start <= o.period.start <= period.end]
        return inside[-1] if inside else None
    before = [o for o in people if o.period.start <= period.start]
    return before[-1] if before and (period.start - before[-1].period.start).days < MAXIMUM_AGE_DAYS else None


@_remembered
def populations(*, build: str) -> Mapping[str, tuple[Observation, ...]]:
    """Return the populations of every area there is, in order of time: one question for all rates."""
    rows = store.tuples(store.question("populations"), {}, build=build)
    return MappingProxyType(
        {code: tuple(o) for code, o in _grouped(map(_observation, rows), key=lambda o: o.area).items()}
    )


MAXIMUM_AGE_DAYS = 3 * 366  # a stock is not divided by a population more than three years older


def _observation(row: tuple[Any, ...]) -> Observation:
    """Return a row of `observation` as a figure; words that many figures share are held once."""
    measure, area, start, months, category, *numbers, source, derived = row
    return _figure((intern(measure), intern(area), start, months, intern(category), *numbers, intern(source), derived))


def _figure(row: tuple[Any, ...]) -> Observation:
    """Return a row as a figure whose words are held once already."""
    measure, area, start, months, category, value, lower, upper, marker, source, derived = row
    figure = object.__new__(Observation)
    figure.__dict__.update(  # as its own making does, which takes each field by itself, for thousands of figures
        measure=measure,
        area=area,
        period=_period(start, months),
        category=category,
        value=value,
        lower=lower,
        upper=upper,
        marker=marker,
        source=source,
        derived=derived,
    )
    return figure


@lru_cache(maxsize=4096)
def _period(start: date, months: int) -> Period:
    return Period(start=start, months=months)


def _of_code(by_code: Mapping[str, T], code: str, what: str) -> T:
    if code not in by_code:
        raise UnknownCodeError(f"expected {what} of the database; came {code!r}")
    return by_code[code]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one source holds: how many figures, which measures, from when to when, for how many areas."""

    source: Source
    measures: tuple[Words, ...]
    figures: int
    areas: int
    first: date
    last: date
    next_release: Words | None


@_remembered
def catalogue(*, build: str) -> tuple[Holding, ...]:
    """Return every source that holds figures, with what it holds, by publisher and title."""
    every_source, names = sources(build=build), measures(build=build)
    measures_of = _grouped(store.rows(store.question("measures_of_sources"), build=build), key=itemgetter("source"))
    every = (
        Holding(
            source=every_source[r["source"]],
            measures=tuple(names[one["measure"]].name for one in measures_of[r["source"]]),
            figures=r["figures"],
            areas=r["areas"],
            first=r["first_start"],
            last=r["last_start"],
            next_release=None if (rhythm := every_source[r["source"]].rhythm) is None else rhythm.next,
        )
        for r in store.rows(store.question("catalogue"), build=build)
    )
    return tuple(sorted(every, key=lambda one: (one.source.publisher.en, one.source.title.en, one.source.code)))


@_remembered
def all_breaks(*, build: str) -> tuple[Break, ...]:
    """Return the whole ledger of breaks, oldest first."""
    return tuple(sorted(_ledger(build=build), key=lambda one: (one.date, one.measure)))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a list the reader can look things up in: a heading, a text, and a page where there is one."""

    heading: Translatable
    text: Translatable
    url: str = ""


@_remembered
def glossary(*, build: str, lang: Language = "en") -> tuple[Entry, ...]:
    """Return the glossary in the alphabet of a language."""
    terms = sorted(store.rows(store.question("glossary"), build=build), key=itemgetter(f"alphabet_{lang}"))
    return tuple(Entry(heading=_words(r, "term"), text=_words(r, "meaning")) for r in terms)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A figure that is not held: its code and topic, whether it concerns council areas alone, what is said of it."""

    code: str
    topic: str
    councils_only: bool
    entry: Entry


@_remembered
def gaps(*, build: str) -> tuple[Gap, ...]:
    """Return the figures that are not held, with why and the official page; one that a release filled is gone."""
    return tuple(
        Gap(
            code=r["gap"],
            topic=r["topic"],
            councils_only=r["councils_only"],
            entry=Entry(heading=_words(r, "title"), text=_words(r, "why"), url=r["url"]),
        )
        for r in store.rows(store.question("gaps"), build=build)
        if not _is_filled(r, build=build)
    )


def _is_filled(gap: dict[str, Any], *, build: str) -> bool:
    """Tell whether a source fills a gap: its name begins as the gap says, and its rows go far enough."""
    prefix, after = gap["filled_by"], gap["filled_after"]
    newest = _newest_of_sources(build=build)
    return prefix is not None and any(
        source.startswith(prefix) and (after is None or day > after) for source, day in newest.items()
    )


@_remembered
def _newest_of_sources(*, build: str) -> Mapping[str, date]:
    return MappingProxyType(dict(store.tuples(store.question("newest_of_sources"), build=build)))


@dataclass(frozen=True, kw_only=True)
class Newest:
    """The newest period held of one publication (a source's title), with a measure it holds of it."""

    source: Source
    measure: str
    period: Period


@_remembered
def newest_of_publications(*, build: str) -> tuple[Newest, ...]:
    """Return the newest period held of each publication, by its title; sums of ours left out."""
    rows = store.rows(store.question("newest_of_publications"), build=build)
    every_source = sources(build=build)
    return tuple(
        Newest(
            source=every_source[r["source"]],
            measure=r["measure"],
            period=Period(start=r["period_start"], months=r["period_months"]),
        )
        for r in rows
    )


def held_until(source: Source, *, build: str) -> date:
    """Return the last day that is held of all publications that come out when a source does."""
    return _held_until(build=build)[source.rhythm]


@_remembered
def _held_until(*, build: str) -> Mapping[Rhythm | None, date]:
    newest = _grouped(newest_of_publications(build=build), key=lambda each: each.source.rhythm)
    return MappingProxyType({rhythm: max(each.period.end for each in every) for rhythm, every in newest.items()})


@_remembered
def not_shown(*, build: str) -> tuple[Entry, ...]:
    """Return what the product never shows, and why."""
    rows = store.rows(store.question("not_shown"), build=build)
    return tuple(Entry(heading=_words(r, "what"), text=_words(r, "why")) for r in rows)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, to name beside a chart: it coincides with figures, and is never called their cause."""

    date: date
    title: Words
    source_url: str


@_remembered
def campaigns(*, build: str) -> tuple[Campaign, ...]:
    """Return the weeks, months and days that officers plan by, with their rules of date."""
    rows = store.rows(store.question("campaigns"), build=build)
    return tuple(
        Campaign(
            code=r["campaign"],
            name=_words(r, "name"),
            rule=r["rule"],
            month=r["month"],
            day=r["day"] or 0,
            nth=r["nth"] or 0,
            weekday=r["weekday"] or 0,
            days=r["days"] or 1,
            last_month=r["last_month"] or 0,
            figures=tuple((r["figures"] or "").split()),
            facts=tuple((r["facts"] or "").split()),
            source_url=r["source_url"],
        )
        for r in rows
    )


@_remembered
def events(topic: str, *, build: str) -> tuple[Event, ...]:
    """Return the events of a topic that touched Wales, England and Wales, the UK, or the world, oldest first."""
    bound = {"topic": topic, "scopes": list(HOME.scopes)}
    rows = store.rows(store.question("events"), bound, build=build)
    return tuple(Event(date=r["date"], title=_words(r, "title"), source_url=r["source_url"]) for r in rows)


@_remembered
def similar_areas(area: str, *, flavour: str, build: str) -> tuple[str, ...]:
    """Return the authorities most like one, nearest first, by one of the ONS's lists; none for other areas."""
    return tuple(r["similar_code"] for r in _similar(build=build).get((area, flavour), ()))


@_remembered
def _similar(*, build: str) -> Mapping[tuple[str, str], list[dict[str, Any]]]:
    return _grouped(store.rows(store.question("similar_areas"), build=build), key=itemgetter("area_code", "flavour"))
