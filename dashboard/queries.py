"""Named questions about the data, answered in model objects. Each is cached by build and arguments.

The awkward fact: not every question has an answer for every place. An answer with no figures is an
empty `Series`; only a code that does not exist at all raises (`UnknownCodeError`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from dashboard import store
from dashboard.i18n import Language
from dashboard.model import Area, Break, Category, Measure, Observation, Period, Rhythm, Series, Source, Words
from dashboard.nations import HOME

HERE = Path(__file__).parent
F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
_remembered: Callable[[F], F] = lru_cache(maxsize=4096)  # type: ignore[assignment]


class UnknownCodeError(LookupError):
    """A measure, area or category that the database does not know."""


@cache
def _sql(name: str) -> str:
    return (HERE / "sql" / f"{name}.sql").read_text(encoding="utf-8")


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
def areas(*, build: str) -> dict[str, Area]:
    """Return every area by code, in the order of the English place picker."""
    return {
        r["code"]: Area(
            code=r["code"],
            kind=r["kind"],
            name=_words(r, "name"),
            in_=_phrase(r, "in"),
            to=_phrase(r, "to"),
            from_=_phrase(r, "from"),
            members=tuple(r["members"] or ()),
            within=r["within_code"],
            since=r["valid_from"],
            until=r["valid_to"],
            alphabet=_words(r, "alphabet"),
        )
        for r in store.rows(_sql("areas"), build=build)
    }


@_remembered
def places(*, build: str, lang: Language = "en") -> tuple[str, ...]:
    """Return the codes offered in the place picker: the local ones first, then by the alphabet of a language."""
    found = store.rows("SELECT code, sort FROM area WHERE selectable", build=build)
    known = areas(build=build)
    return tuple(r["code"] for r in sorted(found, key=lambda r: (r["sort"], known[r["code"]].alphabet.text(lang))))


def area(code: str, *, build: str) -> Area:
    """Return one area; raise `UnknownCodeError` when there is none."""
    return _known(areas(build=build), code, "an area")


def police_area(code: str, *, build: str) -> Area:
    """Return the area whose police figures a place is shown: its force's, or the whole nation's."""
    return force_of(code, build=build) or area(HOME.benchmark, build=build)


@_remembered
def force_of(code: str, *, build: str) -> Area | None:
    """Return the police force area a place lies in or is, or None when it spans several (Wales)."""
    everything = areas(build=build)
    place = _known(everything, code, "an area")
    if place.kind == "police_force":
        return place
    wanted = {code} if place.kind == "local_authority" else set(place.members)
    forces = (a for a in everything.values() if a.kind == "police_force")
    return next((f for f in forces if wanted and wanted <= set(f.members)), None)


@_remembered
def own_police_area(code: str, *, build: str) -> Area | None:
    """Return the area whose own aggravated offences a council area is shown; None for forces, Wales, or none held.

    It is the place itself, or the Community Safety Partnership that it shares with a neighbour (Cwm Taf).
    """
    place = area(code, build=build)
    if place.kind not in ("local_authority", "composite"):
        return None
    partnerships = (a for a in partnerships_of_wales(build=build) if code in a.members)
    found = (one for one in (place, *partnerships) if not series("rra_offences", one.code, build=build).is_empty)
    return next(found, None)


@_remembered
def partnerships_of_wales(*, build: str) -> tuple[Area, ...]:
    """Return the Welsh Community Safety Partnerships; all but Cwm Taf are one whole authority."""
    return tuple(a for a in areas(build=build).values() if a.kind == "community_safety_partnership")


@_remembered
def measures(*, build: str) -> dict[str, Measure]:
    """Return every measure by code."""
    fields = ("topic", "decimals", "kind", "rate", "sum_areas", "sum_categories", "sum_time")
    return {
        r["measure"]: Measure(
            code=r["measure"],
            name=_words(r, "name"),
            unit=_words(r, "unit"),
            allocated=_words(r, "effect") if r["effect_en"] else None,
            base=_phrase(r, "base"),
            **{f: r[f] for f in fields},
        )
        for r in store.rows(
            "SELECT * FROM measure LEFT JOIN allocation USING (measure) ORDER BY topic, measure", build=build
        )
    }


def measure(code: str, *, build: str) -> Measure:
    """Return one measure; raise `UnknownCodeError` when there is none."""
    return _known(measures(build=build), code, "a measure")


@_remembered
def categories(measure: str, *, build: str) -> dict[str, Category]:
    """Return a measure's categories by code, in their order."""
    found = store.rows("SELECT * FROM category WHERE measure = $m ORDER BY sort", {"m": measure}, build=build)
    return {r["category"]: Category(code=r["category"], name=_words(r, "name"), parent=r["parent"]) for r in found}


@_remembered
def sources(*, build: str) -> dict[str, Source]:
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
    return {
        r["source"]: Source(
            code=r["source"],
            edition=Words(en=r["edition"], cy=r["edition_cy"]),
            rhythm=_rhythm(r),
            licence=Words(en=r["licence"], cy=r["licence_cy"]),
            **{f: r[f] for f in plain} | {f: _words(r, f) for f in texts},
        )
        for r in store.rows(_sql("sources"), build=build)
    }


def _rhythm(r: dict[str, Any]) -> Rhythm | None:
    """Return the calendar of a source's publication, or None where none is written down."""
    if r["rhythm"] is None:
        return None
    return Rhythm(
        kind=r["rhythm"],
        release_months=tuple(int(month) for month in (r["release_months"] or "").split()),
        cycle_months=r["cycle_months"] or 0,
        lag_months=r["lag_months"] or 0,
        next=_words(r, "next"),
    )


def sources_of(observations: tuple[Observation, ...], *, build: str) -> tuple[Source, ...]:
    """Return the sources behind some figures, each once, newest edition last."""
    known = sources(build=build)
    return tuple(known[code] for code in dict.fromkeys(o.source for o in observations))


@_remembered
def series(measure: str, area: str, *, category: str = "total", months: int | None = None, build: str) -> Series:
    """Return the figures of a measure for a place, oldest first, with the breaks that touch them."""
    what, where = _known(measures(build=build), measure, "a measure"), _known(areas(build=build), area, "an area")
    part = _known(categories(measure, build=build), category, f"a category of {measure}")
    bound = {"measure": measure, "area": area, "category": category}
    found = tuple(_observation(r) for r in store.rows(_sql("series"), bound, build=build))
    if months is not None:
        found = tuple(o for o in found if o.period.months == months)
    return Series(
        measure=what,
        area=where,
        category=part,
        observations=found,
        sources=sources_of(found, build=build),
        breaks=breaks(measure, area, build=build),
    )


def breakdown(measure: str, area: str, *, build: str) -> tuple[Series, ...]:
    """Return one series per category of a measure that holds figures for a place, the total left out."""
    parts = (c for c in categories(measure, build=build) if c != "total")
    found = (series(measure, area, category=c, build=build) for c in parts)
    return tuple(s for s in found if not s.is_empty)


@_remembered
def snapshot(
    measure: str, *, kind: str, period: Period, category: str = "total", nation: str | None = None, build: str
) -> tuple[Observation, ...]:
    """Return one period's figures of a measure for every area of a kind (in one nation, when named)."""
    bound: dict[str, Any] = {"measure": measure, "category": category, "kind": kind, "nation": nation}
    bound |= {"start": period.start, "months": period.months}
    return tuple(_observation(r) for r in store.rows(_sql("snapshot"), bound, build=build))


@_remembered
def small_area_figures(measure: str, *, kind: str, category: str, build: str) -> tuple[Observation, ...]:
    """Return the newest figures of a measure for every small area of a kind."""
    found = store.rows(
        """SELECT o.* FROM observation AS o JOIN area ON area.code = o.area_code
           WHERE o.measure = $measure AND o.category = $category AND area.kind = $kind
           QUALIFY o.period_start = max(o.period_start) OVER () ORDER BY o.area_code""",
        {"measure": measure, "category": category, "kind": kind},
        build=build,
    )
    return tuple(_observation(r) for r in found)


@_remembered
def newest_by_category(measures: tuple[str, ...], area: str, *, build: str) -> dict[str, dict[str, Observation]]:
    """Return a place's newest figure of every category of several measures, in one question to the database."""
    found = store.rows(
        """SELECT * FROM observation
           WHERE list_contains($measures, measure) AND area_code = $area AND value IS NOT NULL
           QUALIFY period_start = max(period_start) OVER (PARTITION BY measure)""",
        {"measures": list(measures), "area": area},
        build=build,
    )
    held: dict[str, dict[str, Observation]] = {}
    for row in found:
        held.setdefault(row["measure"], {})[row["category"]] = _observation(row)
    return held


@_remembered
def latest_period(
    measure: str,
    *,
    kind: str,
    category: str = "total",
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
    bound = {"measure": measure, "category": category, "kind": kind, "nation": nation, "joined": joined, "whole": whole}
    found = store.rows(_sql("latest_period"), bound, build=build)
    return Period(start=found[0]["period_start"], months=found[0]["period_months"]) if found else None


@_remembered
def areas_without(
    measure: str, *, kind: str, period: Period, category: str = "total", nation: str | None = None, build: str
) -> tuple[str, ...]:
    """Return the areas of a kind that a measure covers and that have no figure in a period in which they existed."""
    bound: dict[str, Any] = {"measure": measure, "category": category, "kind": kind, "nation": nation}
    bound |= {"start": period.start, "months": period.months}
    return tuple(r["area_code"] for r in store.rows(_sql("areas_without"), bound, build=build))


@_remembered
def breaks(measure: str, area: str, *, build: str) -> tuple[Break, ...]:
    """Return the breaks that touch a measure in a place, oldest first."""
    found = store.rows(_sql("breaks"), {"measure": measure, "area": area}, build=build)
    return tuple(_break(r) for r in found)


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
    )


@_remembered
def revisions(*, build: str) -> tuple[Revised, ...]:
    """Return the figures that an edition held before gave otherwise, table by table, in the order of their keys."""
    found = store.rows(
        """SELECT *, CAST(period_start AS TEXT) AS start, CAST(period_months AS TEXT) AS months FROM revision
           ORDER BY source DESC, measure DESC, area_code, period_start, category""",
        build=build,
    )
    return tuple(
        Revised(
            source=r["source"],
            edition=Words(en=r["edition"], cy=r["edition_cy"]),
            edition_before=Words(en=r["edition_before"], cy=r["edition_before_cy"]),
            key=(r["measure"], r["area_code"], r["start"], r["months"], r["category"]),
            before=r["before"],
            now=r["now"],
        )
        for r in found
    )


COMPONENTS = ("births", "deaths", "internal_net", "international_net", "other_change", "unattributable_change")


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
    held = [{o.period: o for o in series(code, area, months=12, build=build).observations} for code in COMPONENTS]
    every = sorted({period for one in held for period in one})
    return tuple(_components(period, [one.get(period) for one in held]) for period in every)


def _components(period: Period, found: list[Observation | None]) -> Components:
    values = {code: o.value if o else None for code, o in zip(COMPONENTS, found, strict=True)}
    source = next(o.source for o in found if o)
    return Components(period=period, source=source, **values)


@_remembered
def population(area: str, *, period: Period, build: str) -> Observation | None:
    """Return the population that suits a rate for a period, or None where it is not held.

    A year's count uses the mid-year inside it (30 June 2024 for the year ending March 2025); a point in
    time uses the newest mid-year at or before it, or the one after it when none is held before.
    """
    held = [o for o in series("population", area, build=build).observations if o.value]
    if period.months:
        inside = [o for o in held if period.start <= o.period.start <= period.end]
        return inside[-1] if inside else None
    before = [o for o in held if o.period.start <= period.start]
    return before[-1] if before and (period.start - before[-1].period.start).days < MAXIMUM_AGE_DAYS else None


MAXIMUM_AGE_DAYS = 3 * 366  # a stock is not divided by a population more than three years older


def _observation(row: dict[str, Any]) -> Observation:
    return Observation(
        measure=row["measure"],
        area=row["area_code"],
        period=Period(start=row["period_start"], months=row["period_months"]),
        category=row["category"],
        value=row["value"],
        lower=row["lower"],
        upper=row["upper"],
        marker=row["marker"],
        source=row["source"],
        derived=row["derived"],
    )


def _known(found: dict[str, T], code: str, what: str) -> T:
    if code not in found:
        raise UnknownCodeError(f"expected {what} of the database; came {code!r}")
    return found[code]


@dataclass(frozen=True, kw_only=True)
class Held:
    """What one source holds: how many figures, which measures, from when to when, for how many areas."""

    source: Source
    measures: tuple[Words, ...]
    figures: int
    areas: int
    first: date
    last: date
    next_release: Words | None


@_remembered
def catalogue(*, build: str) -> tuple[Held, ...]:
    """Return every source that holds figures, with what it holds, by publisher and title."""
    found = store.rows(_sql("catalogue"), build=build)
    known, names = sources(build=build), measures(build=build)
    return tuple(
        Held(
            source=known[r["source"]],
            measures=tuple(names[m].name for m in r["measures"]),
            figures=r["figures"],
            areas=r["areas"],
            first=r["first"],
            last=r["last"],
            next_release=None if (rhythm := known[r["source"]].rhythm) is None else rhythm.next,
        )
        for r in found
    )


@_remembered
def all_breaks(*, build: str) -> tuple[Break, ...]:
    """Return the whole ledger of breaks, oldest first."""
    return tuple(_break(r) for r in store.rows("SELECT * FROM break ORDER BY date, measure", build=build))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a list the reader can look things up in: a heading, a text, and a page where there is one."""

    heading: Words
    text: Words
    url: str = ""


@_remembered
def glossary(*, build: str, lang: Language = "en") -> tuple[Entry, ...]:
    """Return the glossary in the alphabet of a language."""
    found = store.rows(f"SELECT * FROM glossary ORDER BY icu_sort_key(term_{lang}, '{lang}')", build=build)
    return tuple(Entry(heading=_words(r, "term"), text=_words(r, "meaning")) for r in found)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A figure that is not held: its topic, whether it concerns council areas alone, and what is said of it."""

    topic: str
    councils_only: bool
    entry: Entry


@_remembered
def gaps(*, build: str) -> tuple[Gap, ...]:
    """Return the figures that are not held, with why and the official page; one that a release filled is gone."""
    return tuple(
        Gap(
            topic=r["topic"],
            councils_only=r["councils_only"],
            entry=Entry(heading=_words(r, "title"), text=_words(r, "why"), url=r["url"]),
        )
        for r in store.rows(_sql("gaps"), build=build)
    )


@dataclass(frozen=True, kw_only=True)
class Newest:
    """The newest period held of one publication (a source's title), with a measure it holds of it."""

    source: Source
    measure: str
    period: Period


@_remembered
def newest_of_publications(*, build: str) -> tuple[Newest, ...]:
    """Return the newest period held of each publication, by its title; sums of ours left out."""
    found = store.rows(
        """SELECT o.source, o.measure, o.period_start, o.period_months
           FROM observation AS o JOIN source AS s ON s.source = o.source WHERE o.value IS NOT NULL AND NOT o.derived
           QUALIFY row_number() OVER (PARTITION BY s.title_en
               ORDER BY o.period_start + to_months(o.period_months) DESC, o.measure, o.source) = 1
           ORDER BY s.title_en""",
        build=build,
    )
    known = sources(build=build)
    return tuple(
        Newest(
            source=known[r["source"]],
            measure=r["measure"],
            period=Period(start=r["period_start"], months=r["period_months"]),
        )
        for r in found
    )


def held_until(source: Source, *, build: str) -> date:
    """Return the last day that is held of all publications that come out when a source does."""
    return max(each.period.end for each in newest_of_publications(build=build) if each.source.rhythm == source.rhythm)


@_remembered
def not_shown(*, build: str) -> tuple[Entry, ...]:
    """Return what the product never shows, and why."""
    found = store.rows("SELECT * FROM not_shown", build=build)
    return tuple(Entry(heading=_words(r, "what"), text=_words(r, "why")) for r in found)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, to name beside a chart: it coincides with figures, and is never called their cause."""

    date: date
    title: Words
    source_title: str
    source_url: str


@_remembered
def events(topic: str, *, build: str) -> tuple[Event, ...]:
    """Return the events of a topic that touched Wales, England and Wales, the UK, or the world, oldest first."""
    found = store.rows(
        """SELECT * FROM event WHERE topic = $topic
           AND (scope_area IS NULL OR list_contains($scopes, scope_area)) ORDER BY date""",
        {"topic": topic, "scopes": list(HOME.scopes)},
        build=build,
    )
    return tuple(
        Event(date=r["date"], title=_words(r, "title"), source_title=r["source_title"], source_url=r["source_url"])
        for r in found
    )


@_remembered
def similar_areas(area: str, *, flavour: str, build: str) -> tuple[str, ...]:
    """Return the authorities most like one, nearest first, by one of the ONS's lists; none for other areas."""
    found = store.rows(
        "SELECT similar_code FROM similar_area WHERE area_code = $area AND flavour = $flavour ORDER BY rank",
        {"area": area, "flavour": flavour},
        build=build,
    )
    return tuple(r["similar_code"] for r in found)
