"""A place on one screen: the newest figure of every measure that is held for it, beside Wales, with its line.

The awkward fact: the figures are of many dates and some are not of the place itself but of its police force area. So
each row says when, how old and of where, nothing is ranked or coloured, and Wales stands beside it in the same measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, Generic

from dashboard import denominators, queries
from dashboard.beside import SIMILAR
from dashboard.blocks import beside, common
from dashboard.blocks.remembering import remembered
from dashboard.figure import Subject
from dashboard.figures.where import SOURCES, block_of, page_of
from dashboard.findings.figures import at
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import W, Wording, say
from dashboard.model import TOTAL, Area, Measure, Observation, Series
from dashboard.nations import HOME
from dashboard.statistics import rate
from dashboard.tables import period_name

GROUPS: dict[str, tuple[str, ...]] = {
    "overview.group.hate_crime": ("hate_crime", "crime", "modern_slavery"),
    "overview.group.migration": ("population", "migration"),
    "overview.group.sanctuary": ("sanctuary",),
    "overview.group.people": ("census",),
    "overview.group.living": ("living_standards", "deprivation", "wellbeing", "cohesion"),
}
# A census table is a breakdown: the part of each that stands for it, as a share of its own base.
CENSUS_PARTS = {
    "census_born_outside_uk": "outside_uk",
    "census_english_proficiency": "main_other",
    "census_welsh_speaking": "can",
    "census_religion": "no_religion",
    "census_disability": "disabled",
    "census_sexual_orientation": "lgb_plus",
}
TOLD_ALREADY = frozenset({"asylum_supported_accommodation"})  # its whole is that of another measure
SHARE_PLACES = 1
_FEW = 1_000  # people: a rate per so few has two decimals


@dataclass(frozen=True, kw_only=True)
class Line(Generic[W]):
    """One measure of a place: its newest figure, when, the same for Wales, and its figures of one line in time.

    `beside` is Wales in the same measure: as a rate where there is one; `here` is the place's, "" of few people, whom
    `value` tells in words. "" where not held.
    `others` are the places beside, in their order and in the same way; of similar areas it is the median, which counts
    have none of.
    `day` is the number of the last day of the newest period.
    """

    name: W | str
    where: W | str
    value: W | str
    unit: W | str
    period: W | str
    age: W | str
    here: W | str
    beside: W | str
    others: tuple[W | str, ...]
    trend: tuple[tuple[float, float | None], ...]
    day: int
    page: str
    block: str


@dataclass(frozen=True, kw_only=True)
class Group(Generic[W]):
    """The lines of one subject, under the key of its heading."""

    heading: str
    lines: tuple[Line[W], ...]


@remembered
def overview(view: Subject) -> tuple[Group[Wording], ...]:
    """Return every measure that is held for a place or for its police force area, by subject."""
    groups = []
    for heading, topics in GROUPS.items():
        measures = (m for m in queries.measures(build=view.build).values() if m.topic in topics)
        lines = tuple(line for measure in measures for line in _lines(measure, view))
        groups += [Group(heading=heading, lines=lines)] if lines else []
    return tuple(groups)


def _lines(measure: Measure, view: Subject) -> Iterator[Line[Wording]]:
    """Yield the lines of a measure: its whole, or each of its parts where it has none (scores, two poverty rates)."""
    if (
        block_of(measure.code) == SOURCES
        or measure.code in TOLD_ALREADY
        or (measure.topic == "census" and measure.code not in CENSUS_PARTS)
    ):
        return
    if measure.topic == "census":
        share = _share(measure, CENSUS_PARTS[measure.code], view)
        if share:
            yield share
        return
    categories = queries.categories(measure.code, build=view.build)
    for category in (TOTAL,) if TOTAL in categories else categories:
        series = series_of(measure, category, view)
        if series:
            yield _line(series, view)


def series_of(measure: Measure, category: str, view: Subject) -> Series | None:
    """Return the series of a place, or else of its police force area where that is whose figures it is shown."""
    own = queries.own_offences_area(measure.code, view.place.code, build=view.build)
    force = queries.police_area(view.place.code, build=view.build)
    areas = (own or view.place, *((force,) if measure.topic in beside.OF_FORCES else ()))
    every = (queries.series(measure.code, area.code, category=category, build=view.build) for area in areas)
    return next((series for series in every if not series.is_empty), None)


def _line(series: Series, view: Subject) -> Line[Wording]:
    measure, newest = series.measure, series.latest
    assert newest is not None  # noqa: S101 - the series holds a figure
    per = denominators.per_of(measure)
    whole = queries.series(measure.code, HOME.benchmark, category=series.category.code, build=view.build)
    wide = at(whole, newest.period) if series.area.code != HOME.benchmark else None
    of_others = per if _rate(newest, per, view) is not None else 0  # theirs are written as ours is, or would be
    return Line(
        name=_name(series),
        where="" if series.area == view.place else series.area.name,
        value=common.in_row(newest.value, measure),
        unit=measure.unit,
        here=_per(newest, per, view) if common.has_rate(newest.value, measure) else "",
        beside=_written(wide, of_others, measure, view),
        others=tuple(
            _middle(newest, one, of_others, measure, view)
            if one.code == SIMILAR
            else _written(beside.same(newest, one, build=view.build), of_others, measure, view)
            for one in columns(view)
        ),
        trend=_trend(series),
        **_dated(newest, view),
    )


def _share(measure: Measure, part: str, view: Subject) -> Line[Wording] | None:
    """Return the part that stands for a census table as a share of the people asked, here and in Wales."""
    mine = _share_in(view.place, measure, part, build=view.build)
    if mine is None:
        return None
    wide, *theirs = (
        _share_in(one, measure, part, build=view.build)
        for one in (queries.area(HOME.benchmark, build=view.build), *columns(view))
    )
    series = queries.series(measure.code, view.place.code, category=part, build=view.build)
    is_wales = view.place.code == HOME.benchmark
    return Line(
        name=_name(series),
        where="",
        value=Numeral(mine[1], places=SHARE_PLACES),
        unit="%",
        here="",
        beside="" if is_wales or wide is None else Numeral(wide[1], places=SHARE_PLACES),
        others=tuple("" if one is None else Numeral(one[1], places=SHARE_PLACES) for one in theirs),
        trend=(),
        **_dated(mine[0], view),
    )


def _share_in(place: Area, measure: Measure, part: str, *, build: str) -> tuple[Observation, float] | None:
    """Return a part of a census table with its share, of a place, or the middle one of the areas similar to ours."""
    if place.code == SIMILAR:
        areas = (queries.area(code, build=build) for code in place.members)
        shares = [share for one in areas if (share := _share_in(one, measure, part, build=build))]
        return (shares[0][0], median(value for _, value in shares)) if len(shares) * 2 > len(place.members) else None
    some, every = (queries.series(measure.code, place.code, category=c, build=build).latest for c in (part, TOTAL))
    value = rate(count=some.value, population=every.value, per=100) if some and every else None
    return (some, value) if some and value is not None else None


def columns(view: Subject) -> tuple[Area, ...]:
    """Return what stands beside ours in columns of its own: Wales always has one."""
    return tuple(one for one in view.beside if one.code != HOME.benchmark)


def others(view: Subject) -> tuple[Area, ...]:
    """Return the places beside ours that have counts: not the median of similar areas; Wales has its own column."""
    return tuple(one for one in view.beside if one.code not in (HOME.benchmark, SIMILAR))


def _written(figure: Observation | None, per: int, measure: Measure, view: Subject) -> Wording:
    """Return a figure of another place as ours is written: as a rate where there is one; "" where none is held."""
    if figure is None:
        return ""
    return _per(figure, per, view) if per else common.in_row(figure.value, measure)


def _middle(newest: Observation, similar: Area, per: int, measure: Measure, view: Subject) -> Wording:
    """Return the middle one of the similar areas' figures, of counts of their rates; "" where there is none."""
    if measure.kind in beside.COUNTS and not per:
        return ""
    figures = beside.of_members(newest, similar, build=view.build)
    numbers = [_rate(one, per, view) if per else one.value for one in figures]
    known_numbers = [number for number in numbers if number is not None]
    if not known_numbers or len(known_numbers) < len(numbers):
        return ""
    return per_words(median(known_numbers), per) if per else common.amount(median(known_numbers), measure)


def _name(series: Series) -> Wording:
    name = series.measure.name
    if series.category.code == TOTAL:
        return name
    return say("overview.part", measure=name, part=series.category.name)


def _dated(newest: Observation, view: Subject) -> dict[str, Any]:
    block = block_of(newest.measure)
    return {
        "period": period_name(newest.period, measure=newest.measure),
        "age": common.age_of(newest, build=view.build).beside_others,
        "day": newest.period.end.toordinal(),
        "page": page_of(block),
        "block": block,
    }


def _per(figure: Observation, per: int, view: Subject) -> Wording:
    """Return a figure for so many people, with its base: "34.4 per 10,000"; "" where it is not divided by anybody.

    What is told in words, or nobody, has no rate: beside other places' rates it says so in its place.
    """
    rate = _rate(figure, per, view)
    if rate is None:
        return ""
    measure = queries.measure(figure.measure, build=view.build)
    if not common.has_rate(figure.value, measure):
        return common.beside_rates(figure.value, measure)
    return per_words(rate, per)


def _rate(figure: Observation, per: int, view: Subject) -> float | None:
    people = denominators.people_of(figure, build=view.build) if per else None
    return rate(count=figure.value, population=people.value, per=per) if people else None


def per_words(value: float, per: int) -> Wording:
    """Return a rate with its base, as it is read: "34.4 per 10,000"."""
    return say("overview.per", value=Numeral(value, places=1 if per > _FEW else 2), per=f"{per:,}")


def _trend(series: Series) -> tuple[tuple[float, float | None], ...]:
    """Return the newest line of figures of the newest one's length as (day, value); None where it is cut by a break.

    One to four people are drawn in the middle of what they may be, so that no line hands their number over.
    """
    newest = series.latest
    figures = [o for o in series.newest_line if newest and o.period.months == newest.period.months]
    hard = [b for b in series.breaks if b.severity == "hard"]
    points: list[tuple[float, float | None]] = []
    for before, now in zip([None, *figures], figures, strict=False):
        if before and any(b.parts(before.period, now.period) for b in hard):
            points.append((float(now.period.start.toordinal()), None))
        reach = common.stretch(now.value, series.measure)
        points.append((float(now.period.middle.toordinal()), sum(reach) / 2 if reach else now.value))
    return tuple(points) if len(figures) > 2 else ()
