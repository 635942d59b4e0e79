"""Small tables that are read on their own: offences with their verdicts, routes to sanctuary, ways of counting.

The awkward fact: a table invites the eye to add its column up. Where its rows may not be added, it says so in a
note, and it has no total but a published one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dashboard import queries
from dashboard.additivity import NotAdditiveError, add_up
from dashboard.blocks import common, hate_crime
from dashboard.blocks.remembering import remembered
from dashboard.denominators import people_per
from dashboard.figure import Column, Subject, Summary, Table
from dashboard.findings import verdicts
from dashboard.findings.figures import years_before
from dashboard.findings.message import by_words
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import Wording, say
from dashboard.model import TOTAL, Observation, Period, Series
from dashboard.nations import HOME
from dashboard.statistics import LEVEL, rate
from dashboard.tables import Named, cited, common_columns, day_columns, named_days, with_days

QUARTERS, QUARTER = 4, 3


@dataclass(frozen=True, kw_only=True)
class _Year:
    """One offence's four newest quarters added up, and the four before them; None where a quarter is missing."""

    series: Series
    pair: verdicts.YearBefore

    @property
    def newest(self) -> Observation:
        """The newest year."""
        return self.pair.newest

    @property
    def before(self) -> Observation | None:
        """Exactly the twelve months before it."""
        return self.pair.before


@remembered
def offences(view: Subject) -> Summary[Wording] | None:
    """Return the aggravated offences of the place's force over the newest year, with rate and verdict; None if none."""
    where = hate_crime.police_area(view)
    every = (
        queries.series("rra_offences", where.code, build=view.build),
        *queries.breakdown("rra_offences", where.code, build=view.build),
    )
    years = [of_series for series in every if (of_series := _year(series, build=view.build))]
    if not years or years[0].series.category.code != TOTAL:
        return None
    period = years[0].newest.period
    years = [year for year in years if year.newest.period == period]
    people = queries.population(where.code, period=period, build=view.build)
    figures = [o for year in years for o in (year.newest, year.before) if o]
    return Summary(
        code="offences_year",
        caption=common.aged(
            say(
                "summary.offences.caption",
                force=by_words(where),
                months=PeriodName(start=period.start, months=period.months, style="span"),
            ),
            common.age_words([years[0].newest], build=view.build),
        ),
        table=_offences_table(years, people, view),
        sources=queries.sources_of((*figures, *((people,) if people else ())), build=view.build),
        notes=(
            say("summary.offences.added"),
            *_tests(years),
            *((say("summary.offences.not_compared"),) if any(not y.pair.verdict for y in years) else ()),
            say("caveat.recorded_changes"),
        ),
        newest=tuple(year.newest for year in years),
    )


def _tests(years: list[_Year]) -> tuple[Wording, ...]:
    """Say how many of the changes tested would be called higher or lower where nothing had changed."""
    tested = sum(year.pair.verdict is not None for year in years)
    by_chance = Numeral(tested * (1 - LEVEL), places=1)
    return (say("summary.offences.tests", n=tested, by_chance=by_chance),) if tested > 1 else ()


def _year(series: Series, *, build: str) -> _Year | None:
    newest = _ending(series, series.latest.period.end) if series.latest else None
    if newest is None:
        return None
    before = _ending(series, years_before(newest.period).end)
    usual = verdicts.usual(series, build=build)
    return _Year(series=series, pair=verdicts.beside(newest, before, series=series, usual=usual))


def _ending(series: Series, end: date) -> Observation | None:
    """Return the four quarters that end on a day as one year; None unless all are held and counted in one way."""
    four = [o for o in series.observations if o.period.months == QUARTER and o.period.end <= end][-QUARTERS:]
    period = Period(start=four[0].period.start, months=QUARTERS * QUARTER) if four else None
    if period is None or len(four) < QUARTERS or period.end != end or four[-1].period.end != end:
        return None
    try:
        total = add_up(four, measure=series.measure, over="time", breaks=series.breaks)
    except NotAdditiveError:
        return None
    return None if total is None else replace(four[-1], period=period, value=total, derived=True)


def _offences_table(years: Iterable[_Year], people: Observation | None, view: Subject) -> Table[Wording]:
    columns = (
        Column(key="category", label=say("summary.offences.offence")),
        *common_columns("category_code", is_shown=False),
        Column(key="before", label=say("summary.offences.before"), kind="number"),
        Column(key="count", label=say("summary.offences.newest"), kind="number"),
        Column(key="rate", label=say("unit.per_10000"), kind="number", decimals=2),
        Column(key="verdict", label=say("summary.offences.change")),
        *common_columns("area_code", is_shown=False),
        *day_columns(),
        *common_columns("source", "grade", is_shown=False),
    )
    return Table.of(columns, (_offence_row(year, people, view) for year in years))


def _offence_row(year: _Year, people: Observation | None, view: Subject) -> Named:
    newest, category, residents = year.newest, year.series.category, people.value if people else None
    return {
        "category": category.name,
        "category_code": category.code,
        "before": year.before.value if year.before else None,
        "count": newest.value,
        "rate": rate(count=newest.value, population=residents, per=people_per(newest.measure)),
        "verdict": say(f"verdict.{year.pair.verdict or 'not_compared'}"),
        "area_code": year.series.area.code,
        **named_days(newest.period),
        **cited(queries.sources(build=view.build)[newest.source]),
    }


# Each route with the kind of number it is: a stock may stand beside a population, a running total may not.
ROUTES = (
    "asylum_supported",
    "afghan_programme_population",
    "homes_for_ukraine_arrivals",
    "resettled_since_2014",
)


@remembered
def routes(view: Subject) -> Summary[Wording] | None:
    """Return the newest figure of each route to sanctuary, its kind named, per 10,000 only where it is a stock."""
    series = [s for s in (queries.series(m, view.place.code, build=view.build) for m in ROUTES) if s.latest]
    newest = [s.latest for s in series if s.latest]
    if not newest:
        return None
    columns = (
        Column(key="measure", label=say("summary.routes.route")),
        Column(key="value", label=say("unit.people"), kind="number"),
        Column(key="per_people", label=say("unit.per_10000"), kind="written"),
        Column(key="kind", label=say("summary.routes.kind")),
        *common_columns("period"),
        Column(key="rate", label=say("column.exact"), kind="number", decimals=1, is_shown=False),
        *common_columns("area_code", "source", "grade", is_shown=False),
    )
    rows = (_route_row(s, o, view) for s, o in zip(series, newest, strict=True))
    return Summary(
        code="routes",
        caption=say("summary.routes.caption", in_place=common.place_in(view)),
        table=with_days(Table.of(columns, rows)),
        sources=queries.sources_of(tuple(newest), build=view.build),
        notes=(say("migration.routes_no_sum_short"), say("summary.routes.rates")),
    )


def _route_row(series: Series, newest: Observation, view: Subject) -> Named:
    people = queries.population(series.area.code, period=newest.period, build=view.build)
    is_stock = series.measure.kind == "stock" and series.measure.rate
    residents = people.value if people and is_stock else None
    per = rate(count=newest.value, population=residents, per=people_per(newest.measure))
    rate_told = Numeral(per if common.has_rate(newest.value, series.measure) else None, places=1)
    return {
        "measure": series.measure.name,
        "value": newest.value,
        "per_people": rate_told if is_stock else say("summary.routes.no_rate"),
        "kind": say(f"kind.{series.measure.kind}"),
        "period": common.dated(newest, build=view.build),
        "rate": per,
        "area_code": series.area.code,
        **cited(queries.sources(build=view.build)[newest.source]),
    }


@remembered
def accounts(view: Subject) -> Summary[Wording] | None:
    """Return the police, survey and third-party counts side by side, with what each can and cannot tell."""
    accounts = hate_crime.accounts(view)
    if not accounts:
        return None
    columns = (
        Column(key="account", label=say("summary.accounts.way")),
        Column(key="value", label=say("column.count")),
        Column(key="detail", label=say("summary.accounts.where")),
        Column(key="can", label=say("summary.accounts.can")),
        Column(key="cannot", label=say("summary.accounts.cannot")),
    )
    return Summary(
        code="accounts",
        caption=say("summary.accounts.caption"),
        table=Table.of(columns, (_account_row(one) for one in accounts)),
        sources=tuple({a.source.code: a.source for a in accounts}.values()),
        notes=(say("summary.accounts.no_sum"),),
        newest=tuple(one.published for one in accounts),
    )


def _account_row(one: hate_crime.Account[Wording]) -> Named:
    return {"account": one.name, "value": one.figure, "detail": one.detail, "can": one.can, "cannot": one.cannot}


# What is asked of people about their community, and how they live: (measure, category, whether it is of Wales alone).
CONTEXT = (
    ("community_cohesion_agree_share", TOTAL, True),
    ("safe_after_dark_share", TOTAL, True),
    ("volunteering_share", TOTAL, True),
    ("children_in_relative_poverty_share", "before_housing_costs", False),
    ("claimant_count_share", TOTAL, False),
    ("modelled_unemployment_rate", TOTAL, False),
    ("household_income_per_head", TOTAL, False),
    ("personal_wellbeing", "life_satisfaction", False),
)


@remembered
def context(view: Subject) -> Summary[Wording] | None:
    """Return the newest figure of each measure of life in the place, or of Wales where only that is published."""
    places = view.place.members if view.place.kind == "composite" else (view.place.code,)
    lines = [(m, c, where) for m, c, wide in CONTEXT for where in ((HOME.benchmark,) if wide else places)]
    series = [s for m, c, where in lines if not (s := queries.series(m, where, category=c, build=view.build)).is_empty]
    newest = [s.latest for s in series if s.latest]
    if not newest:
        return None
    columns = (
        *common_columns("measure", "area"),
        Column(key="value", label=say("column.value")),
        *common_columns("period"),
        Column(key="exact", label=say("column.exact"), kind="number", decimals=2, is_shown=False),
        *common_columns("source", "grade", is_shown=False),
    )
    caption = "summary.context.caption_wales" if view.place.code == HOME.benchmark else "summary.context.caption"
    rows = (_context_row(s, o, view) for s, o in zip(series, newest, strict=True))
    return Summary(
        code="context",
        caption=say(caption, in_place=common.place_in(view)),
        table=with_days(Table.of(columns, rows)),
        sources=queries.sources_of(tuple(newest), build=view.build),
        notes=(say("summary.context.no_cause"),),
    )


def _context_row(series: Series, newest: Observation, view: Subject) -> Named:
    name: Wording = series.measure.name
    if series.category.code != TOTAL:
        name = say("figure.name_and_part", name=name, part=series.category.name)
    return {
        "measure": name,
        "area": series.area.name,
        "value": _with_unit(newest, series),
        "period": common.dated(newest, build=view.build, short=True),
        "exact": newest.value,
        **cited(queries.sources(build=view.build)[newest.source]),
    }


def _with_unit(newest: Observation, series: Series) -> Wording:
    if series.measure.counts in ("percent", "pounds"):
        return common.with_symbol(newest.value, series.measure)
    return say("figure.number_and_unit", n=common.in_row(newest.value, series.measure), unit=series.measure.unit)
