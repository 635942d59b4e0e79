"""Places beside ours on one chart: whose figures they are, whether they may stand there, and as which numbers.

The awkward facts: a force's figures are not a council's, whatever place is named; counts of a small place and a large
one are not two sizes of one thing; and rates of places may only be compared by populations of one day and one edition.
What may not stand is said in words, where it would have stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from statistics import median
from typing import TypeAlias

from dashboard import beside, memory, queries
from dashboard.blocks import common
from dashboard.caveats import Caveat, Choice, caveat, each_once
from dashboard.charts import Band, Mark, Other, Panel, Point, RankedDots, TimeLine
from dashboard.charts.geometry.dots import HEADING
from dashboard.charts.look import PLACES
from dashboard.comparability import comparable
from dashboard.denominators import BEFORE_REBASING, PER_PEOPLE, people_per, per_of
from dashboard.figure import Column, Subject, Table
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.people import FEWEST
from dashboard.i18n.text import Translatable, Wording, joined, list_of, say, sentences
from dashboard.model import Area, Measure, Observation, Period, Series, Source
from dashboard.statistics import rate
from dashboard.tables import Cells, common_columns, period_name

Finder = Callable[[Area, str], Area | None]
OF_FORCES = frozenset({"hate_crime", "crime", "modern_slavery"})  # topics
COUNTS = ("stock", "flow", "cumulative")
TOO_DIFFERENT = 4  # times as much: on one axis the smaller line would lie flat on the foot
PEOPLE, OLDER_PEOPLE = "population", "population_pre_rebase"
MIDDLE = "[z]"  # the marker of a middle's count: rates have one, counts have none
YEAR = 12
RATE, LEAST_FOR_A_RATE = "rate", 20  # as a unit in addresses; events or people, of fewer chance alone moves a rate


def own(place: Area, _: str) -> Area | None:
    """Return the place itself: most figures are of it."""
    return place


def force(place: Area, build: str) -> Area | None:
    """Return the police force area whose figures stand for a place; a country's are its own."""
    if place.kind == "country":
        return place
    return None if place.code == beside.SIMILAR else queries.force_of(place.code, build=build)


def partnership(place: Area, build: str) -> Area | None:
    """Return the area whose own aggravated offences stand for a council area."""
    return None if place.code == beside.SIMILAR else queries.own_police_area(place.code, build=build)


def nobody(_: Area, __: str) -> Area | None:
    """Return no area: the figure is of one area alone, whatever the place."""
    return None


def codes_among_rows(place: Area, *, of: Finder, build: str) -> tuple[str, ...]:
    """Return the codes by which a place beside ours stands among rows that are places: its own, a pair's members'."""
    where = of(place, build)
    if where is None:
        return ()
    return where.members if where.kind == "composite" else (where.code,)


def codes(view: Subject, *, of: Finder) -> tuple[str, ...]:
    """Return the codes of the areas whose figures stand for the places beside ours."""
    areas = (of(place, view.build) for place in view.beside if place.code != beside.SIMILAR)
    return tuple(dict.fromkeys(area.code for area in areas if area))


def finder_of(measure: Measure) -> Finder:
    """Return how the area is found whose figures of a measure stand for a place: police figures are a force's."""
    if measure.topic not in OF_FORCES:
        return own
    return _partnership_or_force if measure.code == "rra_offences" else force


def _partnership_or_force(place: Area, build: str) -> Area | None:
    return partnership(place, build) or force(place, build)


def same(figure: Observation, place: Area, *, build: str) -> Observation | None:
    """Return the figure of a place that one of ours stands beside: of the same period, category and line of editions.

    None where none is held; of the median of similar areas, which has figures of its own only on charts.
    """
    where = finder_of(queries.measure(figure.measure, build=build))(place, build)
    if where is None or where.code in (beside.SIMILAR, figure.area):
        return None
    observations = queries.series(figure.measure, where.code, category=figure.category, build=build).observations
    line = {code: source.line for code, source in queries.sources(build=build).items()}
    return next(
        (
            o
            for o in observations
            if o.period == figure.period and o.value is not None and line[o.source] == line[figure.source]
        ),
        None,
    )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A series with those that share its chart, and why others do not: whole sentences.

    `per` is the people that all of them are divided by, whose populations stand in `people` by area and period, or None
    where the numbers themselves are drawn. `middles` are the rates of the median of similar areas. No rate
    is given of a count below `least`. `own_days` are the mid-years that ours alone has a population of.
    """

    ours: Series
    others: tuple[Series, ...] = ()
    notes: tuple[Wording, ...] = ()
    per: int | None = None
    people: Mapping[tuple[str, Period], Observation] = field(default_factory=dict)
    middles: Mapping[Period, float] = field(default_factory=dict)
    least: float = 0
    own_days: tuple[date, ...] = ()

    @property
    def every(self) -> tuple[Series, ...]:
        """Our series and the others, in the order of their colours."""
        return (self.ours, *self.others)

    @property
    def is_apart(self) -> bool:
        """Whether places differ so much in size that each needs an axis of its own."""
        if self.per is not None or self.ours.measure.kind not in COUNTS:
            return False
        tops = [max((abs(o.value) for o in s.observations if o.value is not None), default=0.0) for s in self.every]
        return max(tops) > TOO_DIFFERENT * max(min(tops), 1.0)

    def number(self, figure: Observation) -> float | None:
        """Return the number that is drawn of a figure: its rate, or the figure itself."""
        if self.per is None:
            return figure.value
        if figure.area == beside.SIMILAR:
            return self.middles.get(figure.period)
        people = self.people.get((figure.area, figure.period))
        if figure.value is not None and abs(figure.value) < self.least:
            return None
        return rate(count=figure.value, population=people.value if people else None, per=self.per)

    @property
    def decimals(self) -> int:
        """How exactly rates are written: those of one quarter, and those of a thousand people, are small."""
        is_small = 0 < self.ours.observations[-1].period.months < YEAR or (self.per or PER_PEOPLE) < PER_PEOPLE
        return 2 if is_small else 1

    @cached_property
    def drawn(self) -> tuple[Period, Period] | None:
        """The first and the last period of which any number is drawn; None where no count gives a rate."""
        periods = [o.period for s in self.every for o in s.observations if self.number(o) is not None]
        return (min(periods), max(periods)) if periods else None

    @property
    def peopled(self) -> tuple[Period, Period] | None:
        """The first and the last period of our figures that a population is held for, whatever the counts."""
        periods = [o.period for o in self.ours.observations if (o.area, o.period) in self.people]
        return (min(periods), max(periods)) if periods else None

    def newest(self, series: Series) -> Observation | None:
        """Return the newest figure of a series that is drawn."""
        return next((o for o in reversed(series.observations) if self.number(o) is not None), None)

    @property
    def older_people(self) -> tuple[Period, ...]:
        """The mid-years of the newest rates, where ours alone would be told by a newer one; nothing where it would not.

        Without them a reader meets two rates of one place, and would take one of them for a mistake.
        """
        newest = self.newest(self.ours)
        ours = self.people.get((self.ours.area.code, newest.period)) if newest else None
        if newest is None or ours is None or ours.period.start == _day_for(newest.period, self.own_days):
            return ()
        figures = ((s.area, o.period) for s in self.every if (o := self.newest(s)) is not None)
        used = (self.people.get((code, p)) for area, p in figures for code in (area.code, *area.members))
        return tuple(sorted({one.period for one in used if one}))


# ---- Who stands beside


def stand(view: Subject, ours: Series, *, of: Finder) -> Standing:
    """Return a series with those of the places beside ours that may share its chart, as rates where it allows them."""
    if ours.is_empty or not (view.beside or view.unit == RATE):
        return Standing(ours=ours)
    if not view.beside:
        return _as_rates(Standing(ours=ours), view)
    if of is nobody:
        return Standing(ours=ours, notes=(say("beside.one_area", area=ours.area.name),))
    others: list[Series] = []
    sentences: list[Wording] = []
    for place in view.beside:
        where = of(place, view.build)
        theirs = _theirs(where, ours, build=view.build) if where else None
        refusal = _refusal(place, theirs, [ours, *others])
        if refusal or theirs is None:
            sentences.append(refusal)
        else:
            others.append(theirs)
    return _as_rates(Standing(ours=ours, others=tuple(others), notes=tuple(sentences)), view)


@memory.remembered(most=1024)
def has_rate(measure: str, area: str, view: Subject, *, category: str) -> bool:
    """Tell whether a series has rates in the view's years: not where the newest count with a population is small."""
    build = view.build
    series = common.within(queries.series(measure, area, category=category, build=build), view)
    alone = stand(Subject(place=series.area, build=build, unit=RATE), series, of=own)
    counted = [o for o in series.observations if (o.area, o.period) in alone.people and o.value is not None]
    newest = counted[-1] if counted else None
    return alone.per is not None and newest is not None and alone.number(newest) is not None


def _theirs(where: Area, ours: Series, *, build: str) -> Series:
    """Return another area's figures of the same measure and category, of the kinds of period and the years of ours."""
    if where.code == beside.SIMILAR:
        return _middle(where, ours, build=build)
    theirs = queries.series(ours.measure.code, where.code, category=ours.category.code, build=build)
    return _like(theirs, ours, build=build)


def _like(theirs: Series, ours: Series, *, build: str) -> Series:
    """Return the figures of a series that could stand beside one of ours."""
    seasons = {_season(o.period) for o in ours.observations}
    first, last = ours.observations[0].period.start, ours.observations[-1].period.start
    alike = tuple(o for o in theirs.observations if first <= o.period.start <= last and _season(o.period) in seasons)
    return replace(theirs, observations=alike, sources=queries.sources_of(alike, build=build))


def _season(period: Period) -> tuple[int, int, int]:
    return period.start.month, period.start.day, period.months


def _middle(where: Area, ours: Series, *, build: str) -> Series:
    """Return the middle one of the similar areas' figures, of the periods in which all that have any have one.

    A middle of counts says nothing: there each figure has no value, until `_as_rates` gives its rate.
    """
    members = _members(where, ours, build=build)
    is_count = ours.measure.kind in COUNTS
    figures = tuple(
        replace(
            same[0],
            area=where.code,
            value=None if is_count else median(o.value or 0.0 for o in same),
            lower=None,
            upper=None,
            marker=MIDDLE if is_count else None,
            derived=True,
        )
        for same in _in_each_period(members)
    )
    sources = queries.sources_of(figures, build=build)
    return replace(ours, area=where, observations=figures, sources=sources, breaks=())


def _members(where: Area, ours: Series, *, build: str) -> list[Series]:
    codes = where.members
    every = (queries.series(ours.measure.code, c, category=ours.category.code, build=build) for c in codes)
    members = [_like(one, ours, build=build) for one in every if not one.is_empty]
    return members if len(members) * 2 > len(codes) else []  # a middle of the few that are held would be one of others


def of_members(figure: Observation, similar: Area, *, build: str) -> tuple[Observation, ...]:
    """Return the similar areas' figures of one of ours, its period and category; none where some of them lack one."""
    series = queries.series(figure.measure, figure.area, category=figure.category, build=build)
    members = _members(similar, common.only(series, figure.period), build=build)
    return next(iter(_in_each_period(members)), ())


def _in_each_period(members: Sequence[Series]) -> list[tuple[Observation, ...]]:
    """Return the figures of each period in which every place that existed has one, oldest first."""
    by_period: dict[Period, list[Observation]] = {}
    for one in members:
        for figure in one.observations:
            if figure.value is not None:
                by_period.setdefault(figure.period, []).append(figure)
    existed = {period: sum(one.area.existed(period.start) for one in members) for period in by_period}
    return [tuple(same) for period, same in sorted(by_period.items()) if len(same) == existed[period]]


def _refusal(place: Area, theirs: Series | None, drawn: Sequence[Series]) -> Wording:
    """Say why a place does not stand beside ours; "" where it may."""
    ours = drawn[0]
    words = {"place": place.name, "ours": ours.area.name}
    if theirs is None:
        return say("beside.no_force", **words)
    if theirs.area.code in [one.area.code for one in drawn]:
        if place.code == theirs.area.code:
            return say("beside.same_area", place=place.name)
        return say("beside.same", **words | {"area": theirs.area.name})
    if not theirs.observations or (theirs.is_empty and place.code != beside.SIMILAR):
        return say("beside.not_held", **words)
    if place.code == beside.SIMILAR:
        allowed = ours.measure.rate or ours.measure.kind not in COUNTS
        return "" if allowed else say("beside.no_middle", **words)
    reason = _reason(ours, theirs)
    return say("beside.refused", **words | {"place": theirs.area.name, "reason": reason}) if reason else ""


def _reason(ours: Series, theirs: Series) -> Wording:
    """Return the guard's reason why the newest figures of one period may not be compared; "" where they may."""
    by_period = {o.period: o for o in theirs.observations if o.value is not None}
    pairs = [(o, by_period[o.period]) for o in ours.observations if o.value is not None and o.period in by_period]
    if not pairs:
        return say("compare.refused_period")
    return comparable(*pairs[-1], series=ours, other=theirs).wording


def refused(place: Area, ours: Series, measure: str | None, view: Subject) -> Wording:
    """Say why a place does not stand beside ours in a table of which `measure` is held for it; "" where it may."""
    if measure is None:
        return say("beside.not_held", place=place.name, ours=ours.area.name)
    theirs = queries.series(measure, place.code, category=ours.category.code, build=view.build)
    return _refusal(place, theirs, [ours])


def categories(
    view: Subject, series: Sequence[Series], *, of: Finder, ranked: bool, titles: Sequence[Wording] = ()
) -> list[tuple[Wording, Standing]]:
    """Return single figures one after the other with those of other places, all by one yardstick.

    Each is named by its category, or as `titles` say.
    """
    standings = [stand(view, s, of=of) for s in series]
    if any(one.per for one in standings):
        people = {key: o for one in standings for key, o in one.people.items()}
        standings = [
            one if one.per else replace(one, per=people_per(one.ours.measure.code), people=people) for one in standings
        ]
    named = list(zip(titles or [one.ours.category.name for one in standings], standings, strict=True))
    if ranked:
        named.sort(key=lambda pair: -(pair[1].number(pair[1].ours.observations[-1]) or 0.0))
    return named


# ---- As which numbers


def _as_rates(standing: Standing, view: Subject) -> Standing:
    """Return a standing as rates where its measure allows them; who has no population for one does not stand in it."""
    measure = standing.ours.measure
    if not (standing.others or view.unit == RATE) or not per_of(measure):
        return standing
    peopled = _people(standing.ours, standing.ours, build=view.build)
    days, others, sentences = _lines_by_day(peopled, build=view.build), [], list(standing.notes)
    own_days = tuple(sorted(days))
    for one in standing.others:
        theirs = _people(one, standing.ours, build=view.build)
        common_days = {day: line for day, line in days.items() if _all_have(theirs, day, line, build=view.build)}
        if not any(_day_for(o.period, sorted(common_days)) for o in standing.ours.observations):
            words = {"place": one.area.name, "ours": standing.ours.area.name}
            sentences.append(say("beside.no_people", **words))
            continue
        others.append(one)
        peopled += theirs
        days = common_days
    known_days = sorted(days)
    people = {
        (o.area, o.period): by_day[day]
        for series, by_day in peopled
        for o in series.observations
        if (day := _day_for(o.period, known_days)) is not None and day in by_day
    }
    rated = Standing(
        ours=standing.ours,
        others=tuple(others),
        notes=tuple(sentences),
        per=people_per(measure.code) if people and (others or view.unit == RATE) else None,
        people=people,
        least=LEAST_FOR_A_RATE if view.unit == RATE else 0,
        own_days=own_days,
    )
    return _with_middles(rated, view)


Peopled: TypeAlias = tuple[Series, Mapping[date, Observation]]


def _people(series: Series, ours: Series, *, build: str) -> list[Peopled]:
    """Return a series, or those that a middle is of, each with its populations by day."""
    several = _members(series.area, ours, build=build) if series.area.code == beside.SIMILAR else [series]
    older = any(source.line == BEFORE_REBASING for source in ours.sources)
    measure = OLDER_PEOPLE if older else PEOPLE
    return [
        (one, {o.period.start: o for o in queries.series(measure, one.area.code, build=build).observations if o.value})
        for one in several
    ]


def _lines_by_day(peopled: Sequence[Peopled], *, build: str) -> dict[date, str]:
    """Return the line of editions that a place's population of each day belongs to."""
    sources = queries.sources(build=build)
    return {day: sources[o.source].line for _, by_day in peopled for day, o in by_day.items()}


def _all_have(peopled: Sequence[Peopled], day: date, line: str, *, build: str) -> bool:
    """Tell whether every place that existed on a day has a population of it that belongs to a line of editions."""
    sources = queries.sources(build=build)
    here = [by_day for series, by_day in peopled if series.area.existed(day)]
    return bool(here) and all(day in by_day and sources[by_day[day].source].line == line for by_day in here)


def _with_middles(standing: Standing, view: Subject) -> Standing:
    """Return a standing with the middle of the similar areas' rates, where it stands there."""
    similar = next((s for s in standing.others if s.area.code == beside.SIMILAR), None)
    if similar is None:
        return standing
    every = _in_each_period(_members(similar.area, standing.ours, build=view.build))
    rates = {same[0].period: [n for o in same if (n := standing.number(o)) is not None] for same in every}
    whole = {same[0].period: len(same) for same in every}
    return replace(
        standing, middles={p: median(values) for p, values in rates.items() if values and len(values) == whole[p]}
    )


def _day_for(period: Period, days: Sequence[date]) -> date | None:
    """Return the mid-year that suits a rate: within a year, in the same financial year of a quarter, newest of a day.

    Where that of a quarter or a day is not held yet, it is the newest before, of at most three years.
    """
    if period.months >= YEAR:
        return next((d for d in reversed(days) if period.start <= d <= period.end), None)
    last = period.start
    if period.months:
        last = date(period.start.year - (period.start.month < 4), 6, 30)
    before = [d for d in days if d <= last]
    return before[-1] if before and (last - before[-1]).days < queries.MAXIMUM_AGE_DAYS else None


# ---- What is drawn


def time_line(standing: Standing, usual: TimeLine[Wording]) -> TimeLine[Wording]:
    """Return a line as it is drawn with other places on its axes, or as rates."""
    if not standing.others and standing.per is None:
        return usual
    first, *rest = (_line(s, standing) for s in standing.every)
    return replace(
        usual,
        points=first.points,
        marks=_within(usual.marks, standing),
        latest=first.latest,
        name=first.name,
        others=tuple(rest),
        expected=usual.expected if standing.per is None else (),  # whose words are of counts
        bands=tuple(_scaled(band, standing) for band in usual.bands),
    )


def panels(standing: Standing, usual: Panel[Wording]) -> list[Panel[Wording]]:
    """Return a small chart with other places on its axes, or one for each place where they are too different.

    None stands where nothing would be drawn: `without_rates` says so.
    """
    if not standing.others and standing.per is None:
        return [usual]
    if standing.drawn is None:
        return []
    lines = [_line(s, standing) for s in standing.every]
    if standing.is_apart:
        return [
            Panel(title=_of_place(usual.title, one.name), points=one.points, latest=one.latest, marks=one.marks)
            for one in lines
        ]
    title, first, others = _what(usual.title, standing), lines[0], tuple(lines[1:])
    return [
        Panel(title=title, points=first.points, latest=first.latest, marks=first.marks, name=first.name, others=others)
    ]


def grouped_dots(standings: Sequence[tuple[Wording, Standing]]) -> RankedDots[Wording]:
    """Return a group of rows under each title, one for each place."""
    groups = [(title, [_row(s, one) for s in one.every]) for title, one in standings]
    places = list(dict.fromkeys(row.place for _, rows in groups for row in rows))
    return grouped(groups, places)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a group: the place it is of, and its number, label and hover words."""

    place: Area
    value: float | None
    label: Wording
    hover: Wording
    stretch: tuple[float, float] | None = None


def place_row(
    place: Area, what: Wording, *, value: float | None, label: Wording, stretch: tuple[float, float] | None = None
) -> Row:
    """Return the row of a place in the group of what it counts, which its hover words say too."""
    hover = joined(place.name, "<br>", what, "<br><b>", label, "</b>")
    return Row(place=place, value=value, label=label, hover=hover, stretch=stretch)


def grouped(groups: Sequence[tuple[Wording, Sequence[Row]]], places: Sequence[Area]) -> RankedDots[Wording]:
    """Return groups of rows as dots; `places` are those side by side in the order of their colours, ours first."""
    strong = [place for n, place in enumerate(places) if n == 0 or not beside.is_benchmark(place)]
    rows: list[tuple[Point[Wording], Wording, Wording, int]] = []
    for number, (heading, inside) in enumerate(groups):
        with_values = [row for row in inside if row.value is not None]
        if with_values:
            rows.append((Point(at=f"{number}", value=None, hover=""), heading, "", HEADING))
        for row in with_values:
            colour = strong.index(row.place) if row.place in strong else len(PLACES)
            at, code = f"{number} {row.place.code}", row.place.code
            point = Point(at=at, value=row.value, hover=row.hover, code=code, stretch=row.stretch)
            rows.append((point, row.place.name, row.label, colour))
    points, names, labels, colours = zip(*rows, strict=True)
    return RankedDots(points=points, chosen=(), labels=labels, ranked=False, places=colours, names=names)


def _row(series: Series, standing: Standing) -> Row:
    newest = standing.newest(series)
    if newest is None:
        return Row(place=series.area, value=None, label="", hover="")
    point = _point(series, newest, standing)
    label = _label(series, newest, standing)
    return Row(place=series.area, value=point.value, label=label, hover=point.hover, stretch=point.stretch)


def _within(marks: Sequence[Mark[Wording]], standing: Standing) -> tuple[Mark[Wording], ...]:
    """Return the breaks that stand between the first and the last period drawn."""
    if standing.drawn is None:
        return ()
    first, last = standing.drawn
    return tuple(mark for mark in marks if first.start.isoformat() < mark.at <= last.end.isoformat())


def _of_place(title: Wording, place: Wording) -> Wording:
    return say("figure.name_and_place", name=title, place=place) if title else place


def _line(series: Series, standing: Standing) -> Other[Wording]:
    newest = standing.newest(series)
    ends = standing.drawn
    figures = [o for o in series.observations if ends and ends[0] <= o.period <= ends[1]]
    return Other(
        name=series.area.name,
        points=tuple(_point(series, o, standing) for o in figures),
        latest=_label(series, newest, standing) if newest else "",
        marks=_within(common.marks(series), standing),
        is_benchmark=beside.is_benchmark(series.area) and series is not standing.ours,
    )


def _point(series: Series, figure: Observation, standing: Standing) -> Point[Wording]:
    name = period_name(figure.period, measure=series.measure.code)
    unit = series.measure.unit
    count = figure.marker or "" if figure.value is None else common.amount(figure.value, series.measure)
    value = standing.number(figure)
    is_few = common.is_told_in_words(figure.value, series.measure)
    words = common.counted(figure.value, series.measure) if is_few else joined("<b>", count, "</b> ", unit)
    if value is not None and _is_told_as_rate(series, figure, standing):
        counted: tuple[Wording, ...] = (" (", count, " ", unit, ")") if figure.value is not None else ()
        rate = _rate(series, figure, standing)
        words = joined("<b>", say(f"compare.unit.per_{standing.per}", value=rate), "</b>", *counted)
    return Point(
        at=figure.period.middle.isoformat(),
        value=value,
        line=series.lines[figure.source],
        hover=joined(series.area.name, "<br>", name, "<br>", words),
        stretch=common.stretch(figure.value, series.measure, number=value if standing.per else None),
    )


def _label(series: Series, figure: Observation, standing: Standing) -> Wording:
    """Write a newest number at the end of its line."""
    if _is_told_as_rate(series, figure, standing):
        return _rate(series, figure, standing)
    return common.on_chart(figure.value, series.measure, among_rates=standing.per is not None)


def _rate(series: Series, figure: Observation, standing: Standing) -> Wording:
    """Write the number that is drawn of a figure where it is a rate, of a balance with its sign."""
    return Numeral(standing.number(figure), places=standing.decimals, signed=series.measure.balance)


def _is_told_as_rate(series: Series, figure: Observation, standing: Standing) -> bool:
    """Tell whether a number is written as a rate, where it has one that may be told."""
    return standing.per is not None and (figure.value is None or common.has_rate(figure.value, series.measure))


def _scaled(band: Band, standing: Standing) -> Band:
    """Return an expected range of counts as one of rates, by the population of each day's own figure."""
    if standing.per is None:
        return band
    ours = standing.ours
    people = {o.period.middle.isoformat(): standing.people.get((o.area, o.period)) for o in ours.observations}
    places = [n for n, day in enumerate(band.at) if people.get(day)]
    times = [standing.per / (people[band.at[n]].value or 1.0) for n in places]  # type: ignore[union-attr]
    lower, centre, upper = (
        tuple(limits[n] * by for n, by in zip(places, times, strict=True))
        for limits in (band.lower, band.centre, band.upper)
    )
    return Band(at=tuple(band.at[n] for n in places), lower=lower, centre=centre, upper=upper)


# ---- What is said


def subtitle(usual: Wording, standings: Iterable[Standing]) -> Wording:
    """Return a subtitle that says who stands beside ours, and per how many people where the numbers are rates."""
    standings = tuple(standings)
    every = [one for one in standings if one.others or one.per]
    if not every:
        return usual
    listed = list_of(dict.fromkeys(s.area.name for one in every for s in one.others))
    text = say("beside.subtitle", subtitle=usual, listed=listed) if any(one.others for one in every) else usual
    per = next((one.per for one in every if one.per), None)
    if per is None:
        return text
    whole = "beside.subtitle_rates" if all(one.per for one in standings) else "beside.subtitle_some_rates"
    return say(whole, subtitle=text, base=Numeral(per))


def sentence(standing: Standing, *, title: Wording = "") -> Wording:
    """Say the newest numbers side by side, and who does not stand there; `title` names one of several charts."""
    if not standing.others or standing.drawn is None:
        return ""
    newest = [(s, o) for s in standing.every if (o := standing.newest(s)) is not None]
    what = _what(title or standing.ours.measure.name, standing)
    small = [s.area.name for s in standing.every if standing.newest(s) is None]
    too_small = say("beside.too_small", what=what, listed=list_of(small)) if small else ""
    return sentences(_side_by_side(newest, standing, what) if len(newest) > 1 else "", too_small)


def _side_by_side(newest: Sequence[tuple[Series, Observation]], standing: Standing, what: Wording) -> Wording:
    """Say the newest numbers of several places, of one period or each with its own."""
    is_one = len({o.period for _, o in newest}) == 1
    listed = list_of(_sentence(s, o, standing, with_period=not is_one) for s, o in newest)
    if older := standing.older_people:
        days = list_of((period_name(day, measure=PEOPLE, inside=True) for day in older), between=", ")
        what = say("beside.by_population_of", what=what, days=days)
    words = {"listed": listed, "what": what}
    if not is_one:
        return say("beside.sentence", **words)
    period = period_name(newest[0][1].period, measure=standing.ours.measure.code)
    return say("beside.sentence_period", period=period, **words)


def notes(standings: Sequence[tuple[Wording, Standing]]) -> tuple[Wording, ...]:
    """Say who does not stand beside ours and why; where that is so of some small charts alone, of which."""
    every = dict.fromkeys(sentence for _, one in standings for sentence in one.notes)
    sentences = []
    for one in every:
        titles = [title for title, standing in standings if one in standing.notes]
        some = len(titles) < len(standings)
        sentences.append(say("beside.told_of", titles=list_of(titles), told=one) if some else one)
    return tuple(sentences)


def without_rates(standings: Sequence[tuple[Wording, Standing]]) -> Wording:
    """Say of which small charts no rate can be drawn, whose counts stand in the table; "" where there are none."""
    titles = [title for title, standing in standings if standing.drawn is None]
    return say("unit.not_drawn", titles=list_of(titles)) if titles else ""


def as_counts(standings: Sequence[tuple[Wording, Standing]]) -> Wording:
    """Say which small charts of counts stand among others of rates; "" where all are of one kind."""
    if not any(one.per for _, one in standings):
        return ""
    titles = [title for title, one in standings if one.per is None and one.ours.measure.kind in COUNTS]
    return say("unit.as_counts", titles=list_of(titles)) if titles else ""


def _what(name: Wording, standing: Standing) -> Wording:
    """Name what is told side by side, and per how many people where it is a rate."""
    if standing.per is None:
        return name
    return say("beside.panel_rate", title=name, base=Numeral(standing.per))


def _sentence(series: Series, figure: Observation, standing: Standing, *, with_period: bool) -> Wording:
    written = (common.with_symbol if standing.per is None else common.beside_rates)(figure.value, series.measure)
    if _is_told_as_rate(series, figure, standing):
        written = _rate(series, figure, standing)
    name = series.area.name
    if not with_period:
        return say("beside.item", place=name, n=written)
    period = period_name(figure.period, measure=series.measure.code, short=True)
    return say("beside.item_period", place=name, n=written, period=period)


def caveats(standings: Sequence[Standing], view: Subject, *, has_axes: bool = True) -> tuple[Caveat[Wording], ...]:
    """Return what must be said of numbers side by side: sizes, populations, a higher rate, a middle.

    `has_axes` is False of dots, which stand on one axis whatever their size.
    """
    every, keys = [one for one in standings if one.others or one.per], []
    if has_axes and any(one.is_apart for one in every):
        keys.append("beside.apart")
    if any(one.per for one in every):
        keys += ["beside.rates" if any(one.others for one in every) else "unit.alone", "compare.not_worse"]
    if any(0 < o.period.months < YEAR for one in every if one.per for o in one.ours.observations[-1:]):
        keys.append("beside.rates_of_quarters")
    if any(one.per is None and one.ours.measure.kind in COUNTS and not (has_axes and one.is_apart) for one in every):
        keys.append("beside.counts")
    notes = [caveat(key) for key in keys]
    if any(one.least for one in every):
        notes.append(caveat("unit.least", Choice()))
    small = dict.fromkeys(name for one in every for name in _of_few(one))
    if small:
        notes.append(caveat("beside.of_few", n=LEAST_FOR_A_RATE, listed=list_of(small)))
    notes += dict.fromkeys(note for one in every if (note := _rates_within(one)))
    if any(s.area.code == beside.SIMILAR for one in every for s in one.others):
        place = view.place.called
        notes.append(caveat(f"compare.similar.{beside.FLAVOUR}", place=place))
    ours = {note.text for one in every for note in common.break_notes(one.ours)}
    theirs = (note for one in every for s in one.others for note in common.break_notes(s))
    return each_once((*notes, *(note for note in theirs if note.text not in ours)))


def _of_few(standing: Standing) -> list[Translatable]:
    """Return the places told by a rate that rests on so few that one chosen alone would not be given."""
    if standing.per is None or standing.least:
        return []
    named = ((s, standing.newest(s)) for s in standing.every if s.area.code != beside.SIMILAR)
    return [s.area.name for s, o in named if o and FEWEST <= abs(o.value or 0) < LEAST_FOR_A_RATE]


def _rates_within(standing: Standing) -> Caveat[Wording] | None:
    """Say which periods alone rates are drawn for, of one place or of several; None where it is all of them."""
    figures, ends = standing.ours.observations, standing.peopled
    if not standing.per or not ends or ends == (figures[0].period, figures[-1].period):
        return None
    span = list_of((period_name(end) for end in dict.fromkeys(ends)), between=" – ")
    return caveat("beside.rates_within" if standing.others else "unit.rates_within", Choice(), span=span)


def sources(standings: Sequence[Standing], *, build: str) -> tuple[Source, ...]:
    """Return the sources of all that is drawn, of the populations of rates and of the list of similar areas."""
    figures = [o for one in standings for s in one.every for o in s.observations]
    people = [o for one in standings for o in one.people.values()]
    cited = queries.sources_of((*figures, *people), build=build)
    similar = any(s.area.code == beside.SIMILAR for one in standings for s in one.others)
    return (*cited, queries.sources(build=build)["similar_areas"]) if similar else cited


def with_rows(table: Table[Wording], others: Table[Wording]) -> Table[Wording]:
    """Return the rows of a table with those of other places, and the column that names them."""
    columns = tuple(replace(c, is_shown=c.is_shown or c.key == "area") for c in table.columns)
    return replace(table, columns=columns).followed_by(others)


def with_rates(table: Table[Wording], standings: Sequence[Standing]) -> Table[Wording]:
    """Return the rows of figures with population and rate after each value, where the numbers drawn are rates."""
    per = next((one.per for one in standings if one.per), None)
    if per is None:
        return table
    cells_of: dict[Cells, Cells] = {}
    for one in standings:
        for s in one.every:
            for o in s.observations:
                people = one.people.get((o.area, o.period))
                number = one.number(o) if one.per else None
                cells_of[row_name(s, o)] = (people.value if people and one.per else None, number)
    names = names_of_rows(table)
    columns = (
        *common_columns("population", is_shown=False),
        Column(key="rate", label=say(f"unit.per_{per}"), kind="number", decimals=2),
    )
    return table.beside(columns, (cells_of.get(name, (None, None)) for name in names), after="value")


_KEYS = ("measure", "category", "area_code", "period_start", "period_months")


def names_of_rows(table: Table[Wording]) -> tuple[Cells, ...]:
    """Return what tells each row of figures from every other."""
    return tuple(zip(*(table.cells(key) for key in _KEYS), strict=True))


def row_name(series: Series, figure: Observation) -> Cells:
    """Return what tells the row of a figure from every other."""
    period = figure.period
    names = (series.measure.name, series.category.name)
    return (*names, series.area.code, period.start.isoformat(), period.months)
