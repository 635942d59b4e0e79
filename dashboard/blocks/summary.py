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
from dashboard.figure import Cell, Column, Summary, Table, View
from dashboard.findings import verdicts
from dashboard.findings.figures import years_before
from dashboard.i18n import t
from dashboard.i18n.numbers import decimal
from dashboard.i18n.periods import span_label
from dashboard.model import TOTAL, Observation, Period, Series
from dashboard.nations import HOME
from dashboard.statistics import LEVEL, rate

QUARTERS, QUARTER = 4, 3
PER_PEOPLE = 10_000
PER_100_000 = 100_000  # small counts in large areas: two decimals per 1,000 would make 61 and 41 alike


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
def offences(view: View) -> Summary | None:
    """Return the aggravated offences of the place's force over the newest year, with rate and verdict; None if none."""
    where = hate_crime.police_area(view)
    every = (
        queries.series("rra_offences", where.code, build=view.build),
        *queries.breakdown("rra_offences", where.code, build=view.build),
    )
    years = [found for series in every if (found := _year(series, build=view.build))]
    if not years or years[0].series.category.code != TOTAL:
        return None
    period = years[0].newest.period
    years = [year for year in years if year.newest.period == period]
    people = queries.population(where.code, period=period, build=view.build)
    figures = [o for year in years for o in (year.newest, year.before) if o]
    return Summary(
        code="offences_year",
        caption=common.aged(
            t(
                "summary.offences.caption",
                lang=view.lang,
                force=common.by_words(where, lang=view.lang),
                months=span_label(start=period.start, months=period.months, lang=view.lang),
            ),
            common.age_words([years[0].newest], lang=view.lang, build=view.build),
            lang=view.lang,
        ),
        table=_offences_table(years, people, view),
        sources=queries.sources_of((*figures, *((people,) if people else ())), build=view.build),
        notes=(
            t("summary.offences.added", lang=view.lang),
            *_tests(years, view),
            *((t("summary.offences.not_compared", lang=view.lang),) if any(not y.pair.verdict for y in years) else ()),
            t("caveat.recorded_changes", lang=view.lang),
        ),
    )


def _tests(years: list[_Year], view: View) -> tuple[str, ...]:
    """Say how many of the changes tested would be called higher or lower where nothing had changed."""
    tested = sum(year.pair.verdict is not None for year in years)
    by_chance = decimal(tested * (1 - LEVEL), places=1, lang=view.lang)
    return (t("summary.offences.tests", lang=view.lang, n=tested, by_chance=by_chance),) if tested > 1 else ()


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


def _offences_table(years: Iterable[_Year], people: Observation | None, view: View) -> Table:
    columns = (
        Column(key="category", label=t("summary.offences.offence", lang=view.lang)),
        Column(key="category_code", label=t("column.category_code", lang=view.lang), shown=False),
        Column(key="before", label=t("summary.offences.before", lang=view.lang), kind="number"),
        Column(key="count", label=t("summary.offences.newest", lang=view.lang), kind="number"),
        Column(key="rate", label=t("unit.per_100000", lang=view.lang), kind="number", decimals=1),
        Column(key="verdict", label=t("summary.offences.change", lang=view.lang)),
        Column(key="area_code", label=t("column.area_code", lang=view.lang), shown=False),
        Column(key="period_start", label=t("column.period_start", lang=view.lang), shown=False),
        Column(key="source", label=t("column.source", lang=view.lang), shown=False),
        Column(key="grade", label=t("grade.label", lang=view.lang), shown=False),
    )
    return Table(columns=columns, rows=tuple(_offence_row(year, people, view) for year in years))


def _offence_row(year: _Year, people: Observation | None, view: View) -> tuple[Cell, ...]:
    source = queries.sources(build=view.build)[year.newest.source]
    return (
        year.series.category.name.text(view.lang),
        year.series.category.code,
        year.before.value if year.before else None,
        year.newest.value,
        rate(count=year.newest.value, population=people.value if people else None, per=PER_100_000),
        t(f"verdict.{year.pair.verdict or 'not_compared'}", lang=view.lang),
        year.series.area.code,
        year.newest.period.start.isoformat(),
        source.title.text(view.lang),
        source.grade,
    )


# Each route with the kind of number it is: a stock may stand beside a population, a running total may not.
ROUTES = (
    "asylum_supported",
    "afghan_programme_population",
    "homes_for_ukraine_arrivals",
    "resettled_since_2014",
)


@remembered
def routes(view: View) -> Summary | None:
    """Return the newest figure of each route to sanctuary, its kind named, per 10,000 only where it is a stock."""
    found = [s for s in (queries.series(m, view.place.code, build=view.build) for m in ROUTES) if s.latest]
    newest = [s.latest for s in found if s.latest]
    if not newest:
        return None
    columns = (
        Column(key="measure", label=t("summary.routes.route", lang=view.lang)),
        Column(key="value", label=t("unit.people", lang=view.lang), kind="number"),
        Column(key="per_people", label=t("unit.per_10000", lang=view.lang)),
        Column(key="kind", label=t("summary.routes.kind", lang=view.lang)),
        Column(key="period", label=t("column.period", lang=view.lang)),
        Column(key="rate", label=t("column.exact", lang=view.lang), kind="number", decimals=1, shown=False),
        Column(key="area_code", label=t("column.area_code", lang=view.lang), shown=False),
        Column(key="source", label=t("column.source", lang=view.lang), shown=False),
        Column(key="grade", label=t("grade.label", lang=view.lang), shown=False),
    )
    return Summary(
        code="routes",
        caption=t("summary.routes.caption", lang=view.lang, in_place=common.place_in(view)),
        table=Table(columns=columns, rows=tuple(_route_row(s, o, view) for s, o in zip(found, newest, strict=True))),
        sources=queries.sources_of(tuple(newest), build=view.build),
        notes=(t("migration.routes_no_sum_short", lang=view.lang), t("summary.routes.rates", lang=view.lang)),
    )


def _route_row(series: Series, newest: Observation, view: View) -> tuple[Cell, ...]:
    people = queries.population(series.area.code, period=newest.period, build=view.build)
    is_stock = series.measure.kind == "stock" and series.measure.rate
    source = queries.sources(build=view.build)[newest.source]
    per = rate(count=newest.value, population=people.value if people and is_stock else None, per=PER_PEOPLE)
    return (
        series.measure.name.text(view.lang),
        newest.value,
        decimal(per, places=1, lang=view.lang) if is_stock else t("summary.routes.no_rate", lang=view.lang),
        t(f"kind.{series.measure.kind}", lang=view.lang),
        common.dated(newest, lang=view.lang, build=view.build),
        per,
        series.area.code,
        source.title.text(view.lang),
        source.grade,
    )


@remembered
def accounts(view: View) -> Summary | None:
    """Return the police, survey and third-party counts side by side, with what each can and cannot tell."""
    found = hate_crime.accounts(view)
    if not found:
        return None
    columns = (
        Column(key="account", label=t("summary.accounts.way", lang=view.lang)),
        Column(key="value", label=t("column.count", lang=view.lang)),
        Column(key="detail", label=t("summary.accounts.where", lang=view.lang)),
        Column(key="can", label=t("accounts.can", lang=view.lang).rstrip(":")),
        Column(key="cannot", label=t("accounts.cannot", lang=view.lang).rstrip(":")),
    )
    return Summary(
        code="accounts",
        caption=t("summary.accounts.caption", lang=view.lang),
        table=Table(columns=columns, rows=tuple((a.name, a.figure, a.detail, a.can, a.cannot) for a in found)),
        sources=tuple({a.source.code: a.source for a in found}.values()),
        notes=(t("summary.accounts.no_sum", lang=view.lang),),
    )


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
def context(view: View) -> Summary | None:
    """Return the newest figure of each measure of life in the place, or of Wales where only that is published."""
    places = view.place.members if view.place.kind == "composite" else (view.place.code,)
    asked = [(m, c, where) for m, c, wide in CONTEXT for where in ((HOME.benchmark,) if wide else places)]
    found = [s for m, c, where in asked if not (s := queries.series(m, where, category=c, build=view.build)).is_empty]
    newest = [s.latest for s in found if s.latest]
    if not newest:
        return None
    columns = (
        Column(key="measure", label=t("column.measure", lang=view.lang)),
        Column(key="area", label=t("column.area", lang=view.lang)),
        Column(key="value", label=t("column.value", lang=view.lang)),
        Column(key="period", label=t("column.period", lang=view.lang)),
        Column(key="exact", label=t("column.exact", lang=view.lang), kind="number", decimals=2, shown=False),
        Column(key="source", label=t("column.source", lang=view.lang), shown=False),
        Column(key="grade", label=t("grade.label", lang=view.lang), shown=False),
    )
    caption = "summary.context.caption_wales" if view.place.code == HOME.benchmark else "summary.context.caption"
    return Summary(
        code="context",
        caption=t(caption, lang=view.lang, in_place=common.place_in(view)),
        table=Table(columns=columns, rows=tuple(_context_row(s, o, view) for s, o in zip(found, newest, strict=True))),
        sources=queries.sources_of(tuple(newest), build=view.build),
        notes=(t("summary.context.no_cause", lang=view.lang),),
    )


def _context_row(series: Series, newest: Observation, view: View) -> tuple[Cell, ...]:
    name = series.measure.name.text(view.lang)
    if series.category.code != TOTAL:
        name = t("figure.name_and_part", lang=view.lang, name=name, part=series.category.name.text(view.lang))
    source = queries.sources(build=view.build)[newest.source]
    return (
        name,
        series.area.name.text(view.lang),
        _with_unit(newest, series, view),
        common.dated(newest, lang=view.lang, build=view.build, short=True),
        newest.value,
        source.title.text(view.lang),
        source.grade,
    )


def _with_unit(newest: Observation, series: Series, view: View) -> str:
    written, unit = common.amount(newest.value, series.measure, lang=view.lang), series.measure.unit.text(view.lang)
    forms = {"%": f"{written}%", "£": f"£{written}"}
    return forms.get(unit) or t("figure.number_and_unit", lang=view.lang, n=written, unit=unit)
