"""Schemes of sanctuary, each apart: resettlement by scheme, the Afghan schemes, children transferred, guests funded.

The awkward fact: every scheme is counted in its own way and ends on its own day, so they stand in blocks of their own
and are never added. The edition of September 2024 has the Afghan schemes for the United Kingdom alone; newer ones place
some of these people in authorities, whose totals leave them out, because before nobody was placed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from cohesion.vocabulary import UNITED_KINGDOM
from dashboard import queries
from dashboard.additivity import added_over_time
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.remembering import remembered
from dashboard.caveats import Caveat, caveat, each_once
from dashboard.figure import Block, Subject
from dashboard.i18n.people import number_of_people, say_people
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import Wording, joined, list_of, say, sentences
from dashboard.model import Observation, Period, Series
from dashboard.tables import measures_table, period_name, series_table_later

RESETTLED, SINCE_2014, IN_YEAR = "resettled_people", "resettled_since_2014", "resettled_in_year"
CHILDREN, INTO = "children_transferred", ("in", "from_port")
GUESTS = "homes_for_ukraine_guests_funded"
YEAR = 12


@remembered
def resettlement_schemes(view: Subject) -> Block[Wording]:
    """Return the people resettled in the place under each scheme, as running totals since 2014.

    The Afghan schemes, of which the total has nobody, are told and drawn apart.
    """
    every = queries.breakdown(RESETTLED, view.place.code, build=view.build)
    reached = [s for one in every if not (s := common.reached(one, view)).is_empty]
    counted, afghan = ([s for s in reached if common.is_apart(s) is apart] for apart in (False, True))
    schemes = [s for s in counted if _people(s)] or counted  # where nobody came under any, each says so
    total = common.series_of(view, RESETTLED, view.place.code, history=True)
    if not schemes or total.is_empty:
        return common.not_held("resettlement_schemes", page=common.IMMIGRATION_PAGE)
    most = max(schemes, key=_people)
    later = [common.series_of(view, code, view.place.code) for code in (SINCE_2014, IN_YEAR)]
    words = BlockWords(
        title=_most_came_under(most, total, view),
        subtitle=say("schemes.subtitle", area=view.place.name, span=common.span(total)),
        sentence=sentences(_listed(schemes), _apart(afghan), _later(later[0], than=total)),
        caveats=(
            *(caveat(key) for key in ("schemes.syria", "schemes.not_leaving")),
            *common.members_note(total),
        ),
    )
    figure = build.panels(
        view,
        code="resettlement_schemes",
        series=[_running(s, total) for s in (*schemes, *afghan)],
        words=words,
        shared_scale=True,
        of=beside.nobody,
    )
    series = [s for s in (*schemes, *afghan, *later) if not s.is_empty]
    sources = tuple({source.code: source for s in series for source in s.sources}.values())
    cautions = common.cautions(sources, counted=figure.newest)
    return replace(
        figure,
        caveats=each_once((*figure.caveats, *cautions)),
        chips=common.chips(sources, counted=figure.newest),
        table=series_table_later(series, build=view.build, make=measures_table),
        sources=sources,
    )


def _most_came_under(scheme: Series, total: Series, view: Subject) -> Wording:
    """Say how many came under the largest scheme, of how many in all."""
    last = Period(start=total.observations[-1].period.end, months=0)
    values = {"scheme": scheme.category.name, "in_place": common.place_in(view), "day": period_name(last)}
    if _people(scheme) == _people(total):
        return say_people("schemes.title_all", people=_people(total), **values)
    everyone = number_of_people(_people(total))
    return say_people("schemes.title", people=_people(scheme), total=everyone, **values)


def _people(series: Series) -> float:
    """Return everyone whom a scheme brought in the quarters held."""
    return added_over_time(series) or 0


def _running(series: Series, everyone: Series) -> Series:
    """Return a series of quarters as the running total on the last day of each that is held of `everyone`.

    A scheme that has ended keeps its total, so that on every day drawn the schemes add up to everyone.
    """
    quarters = {o.period: o for o in series.observations}
    begun = [o for o in everyone.observations if o.period >= min(quarters)]
    counted = [quarters.get(o.period, replace(o, category=series.category.code, value=0)) for o in begun]
    sums = accumulate(o.value or 0 for o in counted)
    days = tuple(
        replace(o, value=people, period=Period(start=o.period.end, months=0), derived=True)
        for o, people in zip(counted, sums, strict=True)
    )
    return replace(series, observations=days, sources=everyone.sources)


def _listed(series: Iterable[Series]) -> Wording:
    return say("figure.parts", listed=_each(series))


def _each(series: Iterable[Series]) -> Wording:
    return list_of(joined(s.category.name, ": ", number_of_people(_people(s))) for s in series)


def _apart(afghan: Sequence[Series]) -> Wording:
    """Say how many came under the Afghan schemes, which no total holds; nothing where the edition places nobody."""
    return say("schemes.apart", listed=_each(afghan)) if afghan else ""


def _later(series: Series, *, than: Series) -> Wording:
    """Say the running total of an edition that goes on longer and names no scheme; nothing where none does."""
    newest = series.latest
    if newest is None or newest.period.end <= than.observations[-1].period.end:
        return ""
    return say("schemes.later", n=number_of_people(newest.value), day=period_name(newest.period))


@remembered
def afghan_schemes(view: Subject) -> Block[Wording]:
    """Return the people who came to the United Kingdom under each Afghan scheme, wherever they were placed."""
    schemes = [s for s in queries.breakdown(RESETTLED, UNITED_KINGDOM, build=view.build) if _people(s)]
    if not schemes:
        return common.not_held("afghan_schemes", page=common.IMMIGRATION_PAGE)
    most = max(schemes, key=_people)
    first, last = (f(o.period for s in schemes for o in s.observations) for f in (min, max))
    span = joined(period_name(first), " – ", period_name(last))
    words = BlockWords(
        title=say(
            "afghan_schemes.title",
            n=common.amount(_people(most), most.measure),
            scheme=most.category.name,
            day=period_name(Period(start=last.end, months=0)),
        ),
        subtitle=say("schemes.subtitle", area=most.area.name, span=span),
        sentence=_listed(schemes),
        caveats=tuple(caveat(key) for key in (_placed(schemes, view), "afghan_schemes.not_programme")),
    )
    rows = [_scheme_dot(s) for s in schemes]
    return build.dots(
        view,
        code="afghan_schemes",
        rows=rows,
        words=words,
        table=series_table_later(schemes, build=view.build),
        sources=schemes[0].sources,
        chosen=[row.code for row in rows],
        counted=[s.latest for s in schemes if s.latest],
        series=schemes,
        of=beside.nobody,
    )


def _placed(schemes: Iterable[Series], view: Subject) -> str:
    """Return the caveat that says whether the edition held places any of these people in authorities."""
    codes = (s.category.code for s in schemes)
    places = (
        queries.series_of_areas(RESETTLED, kinds=("local_authority",), category=code, build=view.build)
        for code in codes
    )
    return "afghan_schemes.placed" if any(places) else "afghan_schemes.kingdom"


def _scheme_dot(series: Series) -> Dot:
    name, people = series.category.name, _people(series)
    label, reach = common.on_chart(people, series.measure), common.stretch(people, series.measure)
    hover = joined(name, "<br>", common.counted(people, series.measure))
    return Dot(name=name, value=people, label=label, hover=hover, code=series.category.code, stretch=reach)


@remembered
def children_transferred(view: Subject) -> Block[Wording]:
    """Return the unaccompanied children transferred to the place under the scheme: whole years drawn, all in rows.

    Where the years chosen hold no whole one, what they hold is drawn, and called the months it is of.
    """
    kinds = common.parts(view, CHILDREN, view.place.code)
    into = {s.category.code: s for s in kinds if s.category.code in INTO}
    if len(into) < len(INTO):
        return common.not_held("children_transferred", page=common.IMMIGRATION_PAGE)
    whole = [replace(s, observations=tuple(_whole_years(s))) for s in into.values()]
    has_whole_years = any(s.observations for s in whole)
    months = common.months(kinds[0])
    words = BlockWords(
        title=say_people(
            "children.title",
            people=_people(into["in"]),
            to_place=view.place.to or view.place.name,
            span=months,
        ),
        subtitle=say("children.subtitle", area=view.place.name)
        if has_whole_years
        else say("children.subtitle_part", area=view.place.name, span=months),
        sentence=say("children.sentence", n=number_of_people(_people(into["from_port"]))),
        caveats=(
            caveat("children.not_in_care"),
            *_part_years(into["in"], has_whole_years=has_whole_years),
            caveat("children.not_added"),
            *common.members_note(into["in"]),
        ),
        people=_people(into["in"]),
    )
    drawn = whole if has_whole_years else list(into.values())
    figure = build.panels(view, code="children_transferred", series=drawn, words=words, shared_scale=True)
    return replace(figure, table=series_table_later(kinds, build=view.build))


def _part_years(series: Series, *, has_whole_years: bool) -> tuple[Caveat[Wording], ...]:
    """Say which months of a series are of no whole year, and where they stand; nothing where there are none."""
    parts = [o.period for o in series.observations if o.period.months != YEAR]
    if not parts:
        return ()
    listed = list_of(PeriodName(start=p.start, months=p.months, style="span") for p in parts)
    return (caveat("children.part_years" if has_whole_years else "children.part_alone", months=listed),)


def _whole_years(series: Series) -> Iterable[Observation]:
    return (o for o in series.observations if o.period.months == YEAR)


@remembered
def guests_funded(view: Subject) -> Block[Wording]:
    """Return the guests of Homes for Ukraine for whom the place's councils were funded, in the quarters held."""
    guests = common.series_of(view, GUESTS, view.place.code)
    newest = guests.latest
    if newest is None:
        return common.not_held("guests_funded", page=common.IMMIGRATION_PAGE)
    parts = [guests, *common.parts(view, GUESTS, view.place.code)]
    figures = [o for o in guests.observations if o.value is not None]
    less = newest.value is not None and newest.value < 0
    values = {"in_place": common.place_in(view), "when": common.when(newest.period)}
    title = say("guests.title_less", **values) if less else say_people("guests.title", people=newest.value, **values)
    caveats = ["guests.net", "guests.no_trend", "guests.not_arrivals"]
    caveats += ["guests.super_sponsor"] if len(parts) > 1 else []
    words = BlockWords(
        title=title,
        subtitle=common.subtitle(guests.measure, area=guests.area, period=common.span(guests)),
        sentence=say("guests.sentence", listed=list_of(_claims(o, guests) for o in figures)),
        caveats=tuple(caveat(key) for key in caveats),
    )
    if len(parts) == 1:
        rows = [_claimed(o, guests) for o in figures]
        return build.dots(
            view,
            code="guests_funded",
            rows=rows,
            words=words,
            table=series_table_later([guests], build=view.build),
            sources=guests.sources,
            chosen=[row.code for row in rows],
            counted=figures,
            ranked=False,  # periods that do not follow one another: no line, and no order but time
            series=[common.only(guests, o.period) for o in figures],
            titles=[row.name for row in rows],
            in_years=True,
        )
    return build.panels(view, code="guests_funded", series=parts, words=words)


def _claims(figure: Observation, series: Series) -> Wording:
    return joined(period_name(figure.period), ": ", common.in_prose(figure.value, series.measure))


def _claimed(figure: Observation, series: Series) -> Dot:
    name = period_name(figure.period, short=True)
    hover = joined(name, "<br>", common.counted(figure.value, series.measure))
    label, reach = common.on_chart(figure.value, series.measure), common.stretch(figure.value, series.measure)
    code = str(figure.period.start)
    return Dot(name=name, value=figure.value, label=label, hover=hover, code=code, stretch=reach)
