"""One figure for many places beside Wales: which measures, which places, which period, and where each one stands.

Every figure of many places asks here: Compare places, the police forces, the maps of change, of asylum support and of
arrivals from Ukraine.

The awkward fact: not every figure has a range. A count of events has one, a survey brings its own, a census
and a running total have none; and a running total has no Wales to stand beside, because places differ in size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from statistics import median
from sys import float_info
from typing import Literal

from dashboard import denominators, queries
from dashboard.i18n.text import ByName, Translatable
from dashboard.memory import remembered
from dashboard.model import TOTAL, Area, Measure, Observation, Period, Source
from dashboard.nations import HOME
from dashboard.statistics import LARGE_PART, Estimate, benchmark_of, compare_with_benchmark, rate, rate_intervals
from dashboard.statistics.population import TWO_ESTIMATES

SIMILAR = ("demographic", "economic", "global")
FORCES = "england_wales"
CITY_OF_LONDON = "E23000034"  # very few people live in its area, so a rate of residents means nothing
UNAVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
TEN_YEARS = 10

How = Literal["rate", "share", "change", "published", "count"]
Verdict = Literal["higher", "similar", "lower"]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A measure that places can be compared by, how its number is made, and what must be said beside it.

    `part` is a category, and `parts` those that may stand in its place, itself first; `share` is that part of `whole`.
    `wide` measures are held beyond Wales. `has_interval`: counts get ours, surveys bring theirs. `can_count` says that
    the people behind the number may be drawn instead of it, `named_by_part` that no part of it is the usual one, and
    `part_says_all` that a part's name needs no other beside it.
    """

    code: str
    measure: str
    how: How
    part: str = TOTAL
    whole: str = ""
    decimals: int = 1
    written_in: str = "percent"
    kind: str = "local_authority"
    wide: bool = False
    has_interval: bool = False
    parts: tuple[str, ...] = ()
    can_count: bool = False
    named_by_part: bool = False
    part_says_all: bool = False
    caveats: tuple[str, ...] = ()

    @property
    def per(self) -> int | None:
        """The people that a rate is given per; None where the number is no rate."""
        return denominators.people_per(self.measure) if self.how == "rate" else None

    @property
    def unit(self) -> str:
        """What the number is written in, as texts are named by it: "percent", "per_10000", "people"."""
        return f"per_{self.per}" if self.per else self.written_in


CHOICES = (
    Choice(
        code="asylum_supported",
        measure="asylum_supported",
        how="rate",
        wide=True,
        has_interval=True,
        parts=(TOTAL, "section_95", "section_98", "section_4"),
        can_count=True,
        caveats=("asylum.not_everyone", "compare.no_sites"),
    ),
    Choice(
        code="population_change",
        measure="population",
        how="change",
        caveats=("compare.change_uncertain", "population_map.why_unknown"),
    ),
    Choice(
        code="international_net",
        measure="international_net",
        how="rate",
        wide=True,
    ),
    Choice(
        code="homes_for_ukraine",
        measure="homes_for_ukraine_arrivals",
        how="count",
        decimals=0,
        written_in="people",
        wide=True,
        caveats=("kind.cumulative.explained", "compare.count_only"),
    ),
    Choice(
        code="born_outside_uk",
        measure="census_born_outside_uk",
        how="share",
        part="outside_uk",
        whole=TOTAL,
        can_count=True,
        caveats=("compare.census",),
    ),
    Choice(
        code="other_main_language",
        measure="census_english_proficiency",
        how="share",
        part="main_other",
        whole=TOTAL,
        parts=("main_other", "very_well", "well", "not_well", "not_at_all"),
        can_count=True,
        caveats=("compare.census", "compare.aged_three"),
    ),
    Choice(
        code="religion",
        measure="census_religion",
        how="share",
        part="no_religion",
        whole=TOTAL,
        parts=("no_religion", "christian", "muslim", "hindu", "buddhist", "sikh", "jewish", "other", "not_answered"),
        can_count=True,
        named_by_part=True,
        caveats=("compare.census",),
    ),
    Choice(
        code="ethnic_group",
        measure="census_ethnic_group",
        how="share",
        part="asian",
        whole=TOTAL,
        parts=("asian", "black", "mixed", "white", "white_gypsy_or_irish_traveller", "white_roma", "other"),
        can_count=True,
        named_by_part=True,
        caveats=("compare.census",),
    ),
    Choice(
        code="disability",
        measure="census_disability",
        how="share",
        part="disabled",
        whole=TOTAL,
        parts=("disabled", "limited_a_lot", "limited_a_little"),
        can_count=True,
        named_by_part=True,
        caveats=("compare.census",),
    ),
    Choice(
        code="child_poverty",
        measure="children_in_relative_poverty_share",
        how="published",
        part="before_housing_costs",
        parts=("before_housing_costs", "after_housing_costs"),
        named_by_part=True,
    ),
    Choice(code="claimants", measure="claimant_count_share", how="published"),
    Choice(
        code="life_satisfaction",
        measure="personal_wellbeing",
        how="published",
        part="life_satisfaction",
        parts=("life_satisfaction", "worthwhile", "happiness", "anxiety"),
        part_says_all=True,
        decimals=2,
        written_in="score",
        has_interval=True,
        caveats=("compare.survey",),
    ),
    Choice(
        code="hate_crimes",
        measure="hate_crimes",
        how="rate",
        decimals=2,
        kind="police_force",
        wide=True,
        has_interval=True,
        caveats=("compare.forces_set", "caveat.more_recorded", "compare.recording_differs"),
    ),
)
BY_CODE = {choice.code: choice for choice in CHOICES}
COUNT = "count"  # as a unit in addresses


def narrowed(code: str, *, part: str = "", unit: str = "") -> Choice:
    """Return a choice for one of its parts, and as counts of people: of a part of a rate there is nothing else.

    Parts of people who are counted place by place are few in most places, and no rate is given of fewer than twenty.
    """
    one = BY_CODE[code]
    one = replace(one, part=part) if part else one
    is_part_of_rate = one.how == "rate" and one.part != TOTAL
    if not one.can_count or not (unit == COUNT or is_part_of_rate):
        return one
    return replace(
        one,
        how="count",
        whole="",
        decimals=0,
        written_in="people",
        has_interval=False,
        caveats=(*one.caveats, *(("compare.no_rate_of_part",) if is_part_of_rate else ())),
    )


def units(code: str, *, part: str = "") -> tuple[str, ...]:
    """Return what the numbers of a choice may be drawn as, the usual first; nothing where there is no other."""
    one = narrowed(code, part=part)
    return (one.how, COUNT) if one.can_count and one.how in ("rate", "share") else ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One place: its figure, what it is divided by or compared with, the number to draw, and where that stands.

    `benchmark` is what it stands beside: Wales, or for a large place the rest of Wales (`is_rest`).
    """

    area: Area
    figure: Observation | None
    whole: Observation | None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    verdict: Verdict | None = None
    benchmark: float | None = None
    is_rest: bool = False

    @property
    def published(self) -> Observation:
        """The figure, of a place that has one; LookupError for another."""
        if self.figure is None:
            raise LookupError(f"expected a place with a figure; came {self.area.code}")
        return self.figure

    @property
    def marker(self) -> str | None:
        """Why there is no number; None where there is one."""
        if self.value is not None:
            return self.figure.marker if self.figure else None
        without = NOT_APPLICABLE if self.area.code == CITY_OF_LONDON else UNAVAILABLE
        return (self.figure.marker if self.figure else None) or without


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A measure for a set of places in one period, largest first, with Wales' own row.

    `others` are places beside that are none of the set, in the same period and by populations of the same day: neither
    ranked nor tested.
    """

    choice: Choice
    measure: Measure
    among: str
    period: Period
    per: int | None
    rows: ByName[Row]
    wales: Row
    chosen: tuple[str, ...]
    part_name: Translatable
    others: tuple[Row, ...] = ()

    @property
    def drawn(self) -> ByName[Row]:
        """The rows that have a number."""
        return self.rows.where(lambda row: row.value is not None)

    @property
    def published(self) -> ByName[tuple[Row, Observation]]:
        """The rows of places that a figure is published for, be it suppressed, each with it."""
        return self.rows.where(lambda row: row.figure is not None).each(lambda row: (row, row.published))

    @property
    def counted(self) -> tuple[Observation, ...]:
        """The figures that have a value, largest number first."""
        return tuple(figure for _, figure in self.published if figure.value is not None)

    @property
    def has_rest(self) -> bool:
        """Whether any place stands beside the rest of Wales and not beside all of it."""
        return any(row.is_rest for row in self.drawn)

    @property
    def undivided(self) -> ByName[Row]:
        """The places over a tenth of Wales that stand beside all of it: no figure may be taken from another table's."""
        subtracts = self.choice.how != "count" and self.measure.sum_areas
        return self.drawn.where(lambda row: subtracts and not row.is_rest and _is_large(row, self.wales))

    @property
    def without(self) -> tuple[str, ...]:
        """The places that have no figure, because it is suppressed or not there."""
        return tuple(sorted(row.area.code for row in self.rows if row.figure is None or row.figure.value is None))

    @property
    def benchmark(self) -> float | None:
        """Wales' own number, or None where places cannot stand beside it."""
        return None if self.choice.how == "count" else self.wales.value

    @property
    def is_tested(self) -> bool:
        """Whether places are called higher or lower: not where others decide where the people counted live."""
        return self.benchmark is not None and self.measure.allocated is None

    @property
    def middle(self) -> float | None:
        """The middle one of the numbers drawn, of similar areas without the place they are like; None without any."""
        others = [
            row.value or 0.0 for row in self.drawn if self.among not in SIMILAR or row.area.code not in self.chosen
        ]
        return median(others) if others else None


def sets(choice: Choice, place: Area) -> tuple[str, ...]:
    """Return the sets of places a measure can be compared among, seen from a place; "wales" always comes first."""
    if choice.kind == "police_force":
        return ("wales", FORCES)
    return ("wales", *SIMILAR) if choice.wide and place.kind == "local_authority" else ("wales",)


def forms(choice: Choice, among: str) -> tuple[str, ...]:
    """Return the forms of map there are: hexagons are drawn for the Welsh authorities alone."""
    return ("map", "hex") if choice.kind == "local_authority" and among == "wales" else ("map",)


@remembered(most=512)
def compared(
    *,
    choice: str,
    among: str,
    place: str,
    build: str,
    at: date | None = None,
    beside: tuple[str, ...] = (),
    part: str = "",
    unit: str = "",
) -> Compared | None:
    """Return a measure among a set of places, one period for all; None when it has no complete period at all.

    The period is the one that ends `at` a day, or the newest where none does. `beside` are places that stand beside
    ours, wherever they lie; `part` and `unit` are as for `narrowed`.
    """
    one, here = narrowed(choice, part=part, unit=unit), queries.area(place, build=build)
    options = periods(choice=choice, among=among, build=build, part=part)
    if not options:
        return None
    period = next((each for each in options if each.end == at), options[0])
    per = one.per
    codes = _codes(one, among, here, period, build=build)
    *rows, whole = _by_one_mid_year(_rows(one, (*codes, HOME.benchmark), period, build=build), build=build)
    (wales,) = _with_numbers([whole], choice=one, per=per)
    what = queries.measure(one.measure, build=build)
    if what.allocated is not None:
        wales = replace(wales, lower=None, upper=None)
    numbered = _with_numbers(rows, choice=one, per=per)
    judged = [_judged(row, wales, choice=one, measure=what, per=per) for row in numbered]
    return Compared(
        choice=one,
        measure=what,
        among=among,
        period=period,
        per=per,
        rows=ByName(judged, keys=((_rank(row), row.area.alphabet) for row in judged)),
        wales=wales,
        chosen=_chosen(one, here, build=build),
        part_name=queries.categories(one.measure, build=build)[one.part].name,
        others=_others(one, beside, [*rows, whole], period, build=build),
    )


@remembered(most=512)
def periods(*, choice: str, among: str, build: str, part: str = "") -> tuple[Period, ...]:
    """Return the periods that places can be compared in, newest first: with a figure of most, and what it needs.

    They are the same whether rates are drawn or counts.
    """
    one = narrowed(choice, part=part)
    newest = _period(one, among, build=build)
    if newest is None:
        return ()
    nation, joined = HOME.code if among == "wales" else None, one.how == "change"
    options = queries.periods(one.measure, kind=one.kind, category=one.part, nation=nation, joined=joined, build=build)
    older = (each for each in options if each < newest and each.months == newest.months)
    if joined:
        older = (each for each in older if ten_years_before(each) in options)
    if one.how == "rate":
        whole = queries.series(one.measure, HOME.benchmark, category=one.part, build=build).observations
        by_period = {o.period: o for o in whole}
        older = (each for each in older if _has_people(by_period.get(each), each, build=build))
    return (newest, *older)


def _others(
    choice: Choice, beside: Sequence[str], drawn: Sequence[Row], period: Period, *, build: str
) -> tuple[Row, ...]:
    """Return the places beside that are none of those drawn, divided by populations of the same day and edition."""
    by_code = queries.areas(build=build)
    codes = [code for code in beside if code in by_code and code not in {row.area.code for row in drawn}]
    rows = [row for row in _rows(choice, codes, period, build=build) if row.figure]
    if choice.how == "rate":
        rows = [_by_day_of(row, drawn, build=build) for row in rows]
    others = _with_numbers(rows, choice=choice, per=choice.per)
    is_allocated = queries.measure(choice.measure, build=build).allocated is not None
    return tuple(
        replace(row, lower=None, upper=None) if is_allocated else row for row in others if row.value is not None
    )


def _by_day_of(row: Row, drawn: Sequence[Row], *, build: str) -> Row:
    """Return a row with its population of the day and edition of others' populations; without any where it has none."""
    every_source = queries.sources(build=build)
    editions = {(one.whole.period, every_source[one.whole.source].line) for one in drawn if one.whole}
    people = (*((row.whole,) if row.whole else ()), *queries.populations(build=build).get(row.area.code, ()))
    return replace(row, whole=next((o for o in people if (o.period, every_source[o.source].line) in editions), None))


def _rank(row: Row) -> float:
    return float_info.max if row.value is None else -row.value


def _judged(row: Row, wales: Row, *, choice: Choice, measure: Measure, per: int | None) -> Row:
    """Return a row with what it stands beside and where; people housed by others have neither interval nor verdict."""
    if choice.how == "count":
        return row
    beside = _rest_beside(row, wales, choice=choice, measure=measure, per=per)
    row = replace(row, benchmark=wales.value if beside is None else beside, is_rest=beside is not None)
    if measure.allocated is not None:
        return replace(row, lower=None, upper=None)
    return replace(row, verdict=verdict(row, choice=choice, benchmark=row.benchmark))


def _is_large(row: Row, wales: Row) -> bool:
    """Tell whether a place of Wales has over a tenth of its events or of its people."""
    pairs = ((row.figure, wales.figure), (row.whole, wales.whole))
    values = ((_value(mine), _value(every)) for mine, every in pairs)
    is_over = any(mine is not None and every is not None and mine > LARGE_PART * every for mine, every in values)
    return HOME.has(row.area.code) and is_over


def _rest_beside(row: Row, wales: Row, *, choice: Choice, measure: Measure, per: int | None) -> float | None:
    """Return the number of the rest of Wales for a place that is over a tenth of it; None for any other."""
    if not HOME.has(row.area.code):
        return None
    rest = rest_of((wales.figure, wales.whole), (row.figure, row.whole), measure=measure)
    return _number(replace(row, figure=rest[0], whole=rest[1]), choice=choice, per=per) if rest else None


Pair = tuple[Observation | None, Observation | None]  # events, and the people or the whole that they are divided by


def rest_of(whole: Pair, place: Pair, *, measure: Measure) -> tuple[Observation, Observation] | None:
    """Return what is left of a whole without a place that is over a tenth of it; None for a smaller place.

    Only figures that may be added over areas, of one source and one period, are subtracted.
    """
    (every, everyone), (figure, people) = whole, place
    if not (measure.sum_areas and every and everyone and figure and people):
        return None
    if any((a.source, a.period) != (b.source, b.period) for a, b in ((figure, every), (people, everyone))):
        return None
    if figure.value is None or people.value is None or every.value is None or everyone.value is None:
        return None
    rest = benchmark_of(
        count=figure.value,
        population=people.value,
        whole_count=every.value,
        whole_population=everyone.value,
    )
    if not rest.is_rest:
        return None
    return replace(every, value=rest.count), replace(everyone, value=rest.population)


def verdict(row: Row, *, choice: Choice, benchmark: float | None) -> Verdict | None:
    """Return where a row stands: by its interval, or without one by the number as it is written.

    Changes of population that are nearer than the uncertainty of two estimates are similar.
    """
    if row.value is None or benchmark is None:
        return None
    if choice.has_interval:
        estimate = Estimate(value=row.value, lower=row.lower, upper=row.upper, level=0.95)
        return compare_with_benchmark(estimate=estimate, benchmark=benchmark).verdict
    mine, theirs = round(row.value, choice.decimals), round(benchmark, choice.decimals)
    if mine == theirs or (choice.how == "change" and abs(row.value - benchmark) <= TWO_ESTIMATES * 100):
        return "similar"
    return "higher" if mine > theirs else "lower"


def sources(comparison: Compared, *, build: str) -> tuple[Source, ...]:
    """Return the sources of the figures, of what they are divided by, and of the list of similar areas."""
    rows = (*comparison.rows, *comparison.others, comparison.wales)
    used = [row.figure for row in rows if row.figure] + [row.whole for row in rows if row.whole]
    cited = queries.sources_of(tuple(used), build=build)
    return (*cited, queries.sources(build=build)["similar_areas"]) if comparison.among in SIMILAR else cited


def _period(choice: Choice, among: str, *, build: str) -> Period | None:
    """Return the newest period in which most places have a figure, and where needed a population to suit."""
    newest = queries.latest_period(
        choice.measure,
        kind=choice.kind,
        category=choice.part,
        nation=HOME.code if among == "wales" else None,
        joined=choice.how == "change",
        build=build,
    )
    if newest is None or choice.how != "rate":
        return newest
    of_nation = queries.series(choice.measure, HOME.benchmark, category=choice.part, build=build).observations
    by_period = {newest: None} | {o.period: o for o in of_nation if o.period <= newest}
    return next((one for one in sorted(by_period, reverse=True) if _has_people(by_period[one], one, build=build)), None)


def _has_people(whole: Observation | None, period: Period, *, build: str) -> bool:
    """Tell whether the people to divide by are held of a period, in which the benchmark itself may be silent."""
    if whole is None:
        return queries.population(HOME.benchmark, period=period, build=build) is not None
    return denominators.people_of(whole, build=build) is not None


def _codes(choice: Choice, among: str, place: Area, period: Period, *, build: str) -> tuple[str, ...]:
    if among in SIMILAR:
        return (place.code, *queries.similar_areas(place.code, flavour=among, build=build))
    nation = HOME.code if among == "wales" else None
    every = _figures(choice, period, build=build)
    of_period = [o for (_, part, day), o in every.items() if (part, day) == (choice.part, period)]
    figures = queries.of_kind(of_period, kind=choice.kind, nation=nation, build=build)
    silent = queries.areas_without(
        choice.measure, kind=choice.kind, period=period, category=choice.part, nation=nation, among=every, build=build
    )
    return tuple(dict.fromkeys((*(o.area for o in figures), *silent)))


def _chosen(choice: Choice, place: Area, *, build: str) -> tuple[str, ...]:
    """Return the places to pick out: the place, the authorities it is made of, or the force it lies in."""
    if place.kind == "country":
        return ()
    if choice.kind == "police_force":
        force = queries.force_of(place.code, build=build)
        return (force.code,) if force else ()
    return place.members or (place.code,)


def _rows(choice: Choice, codes: Sequence[str], period: Period, *, build: str) -> list[Row]:
    """Return the places with their figures of a period and what these are divided by or compared with."""
    by_code = queries.areas(build=build)
    figures = _figures(choice, period, build=build)
    wholes = _wholes(choice, figures, period, build=build)
    return [
        Row(area=by_code[code], figure=figures.get((code, choice.part, period)), whole=wholes.get(code))
        for code in codes
    ]


def _figures(choice: Choice, period: Period, *, build: str) -> queries.Figures:
    """Return the figures of every place that a choice needs, of a period and of ten years before, in one question."""
    periods = (period, ten_years_before(period)) if choice.how == "change" else (period,)
    categories = (choice.part, choice.whole) if choice.how == "share" else (choice.part,)
    return queries.figures(choice.measure, periods=periods, categories=categories, build=build)


def _by_one_mid_year(rows: list[Row], *, build: str) -> list[Row]:
    """Return rows whose populations are of one mid-year, the newest that all of them have: vintages do not mix."""
    days = {row.whole.period for row in rows if row.whole}
    if len(days) < 2:
        return rows
    earliest = min(days)
    populations = queries.populations(build=build)
    people = {code: o for code, every in populations.items() for o in every if o.period == earliest}
    alike = [replace(row, whole=people.get(row.area.code)) if row.whole else row for row in rows]
    denominators.one_vintage((row.whole for row in alike if row.whole), build=build)
    return alike


def _wholes(choice: Choice, figures: queries.Figures, period: Period, *, build: str) -> dict[str, Observation]:
    """Return what figures are divided by or compared with: people, the whole of their table, or ten years before."""
    if choice.how == "rate":
        return denominators.people_of_each(figures.values(), build=build)
    if choice.how not in ("share", "change"):
        return {}
    category, day = (choice.whole, period) if choice.how == "share" else (choice.part, ten_years_before(period))
    return {o.area: o for o in figures.values() if o.category == category and o.period == day}


def ten_years_before(period: Period) -> Period:
    """Return the same day ten years earlier, which a change is counted from."""
    return replace(period, start=period.start.replace(year=period.start.year - TEN_YEARS))


def _with_numbers(rows: Sequence[Row], *, choice: Choice, per: int | None) -> list[Row]:
    """Return the rows with the number to draw and, where there is one, its range."""
    if per is not None and choice.has_interval:
        return _with_ranges(rows, per=per)
    ends = choice.has_interval
    return [
        replace(
            row,
            value=_number(row, choice=choice, per=per),
            lower=row.figure.lower if ends and row.figure else None,
            upper=row.figure.upper if ends and row.figure else None,
        )
        for row in rows
    ]


def _with_ranges(rows: Sequence[Row], *, per: int) -> list[Row]:
    counts, people = [_value(row.figure) for row in rows], [_people(row) for row in rows]
    rates = rate_intervals(counts=counts, populations=people, per=per)
    ends = zip(rows, _plain(rates.value), _plain(rates.lower), _plain(rates.upper), strict=True)
    return [replace(row, value=value, lower=lower, upper=upper) for row, value, lower, upper in ends]


def _number(row: Row, *, choice: Choice, per: int | None) -> float | None:
    figure, whole = _value(row.figure), _value(row.whole)
    if choice.how in ("published", "count"):
        return figure
    if per is not None:
        return rate(count=figure, population=_people(row), per=per)
    if figure is None or not whole:
        return None
    return (figure / whole - 1) * 100 if choice.how == "change" else figure / whole * 100


def _people(row: Row) -> float | None:
    """Return the people that a row's count is divided by: of the City of London, where few live, none."""
    return None if row.area.code == CITY_OF_LONDON else _value(row.whole)


def _value(figure: Observation | None) -> float | None:
    return figure.value if figure else None


def _plain(values: Iterable[float]) -> list[float | None]:
    return [None if isnan(value) else float(value) for value in values]
