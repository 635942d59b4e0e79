"""Sanctuary and resettlement: asylum support, the Afghan programme, Homes for Ukraine, resettlement.

The awkward fact: these are different kinds of number. Asylum support and the Afghan programme are stocks on
one day, resettlement is a flow, Homes for Ukraine a running total of arrivals. They are never added, nothing
is shown below the local authority, and the asylum count grew twice only because more of it was published.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.additivity import added_over_time
from dashboard.blocks import build, common, compare
from dashboard.blocks.build import Said
from dashboard.blocks.remembering import remembered
from dashboard.caveats import caveat
from dashboard.denominators import people_per
from dashboard.figure import Block, Subject
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.people import FEWEST, number_of_people, say_people
from dashboard.i18n.text import Wording, say, say_count, sentences
from dashboard.model import Series
from dashboard.nations import HOME
from dashboard.statistics import rate
from dashboard.tables import period_name, series_table


@remembered
def asylum_support(view: Subject) -> Block[Wording]:
    """Return the number of people receiving asylum support in the place at the end of each quarter."""
    people = common.held(view, "asylum_supported", view.place.code)
    newest = people.latest
    if newest is None:
        return common.not_held("asylum_support", page=common.IMMIGRATION_PAGE)
    caveats = (caveat("kind.stock.explained"), caveat("asylum.not_everyone"))
    said = Said(title=_said_of(people, "asylum.title", view), sentence=_per_people(people, view), caveats=caveats)
    return build.line(view, code="asylum_support", series=people, said=said)


def _per_people(series: Series, view: Subject) -> Wording:
    """Return the newest number as a rate; of nobody and of fewer than five people no rate is told."""
    newest = series.latest
    if newest is None or (newest.value or 0) < FEWEST:
        return say("asylum.sentence_small", span=common.span(series))
    people = queries.population(view.place.code, period=newest.period, build=view.build)
    base = people_per(newest.measure)
    per = rate(count=newest.value, population=people.value if people else None, per=base)
    if per is None or people is None:
        return say("asylum.sentence_no_rate", in_place=common.place_in(view))
    return say(
        "asylum.sentence",
        rate=Numeral(per, places=1),
        base=Numeral(base),
        population_when=common.when(people.period, measure="population"),
    )


@remembered
def asylum_map(view: Subject) -> Block[Wording]:
    """Return Wales shaded by people receiving asylum support per 10,000 people, by authority."""
    found = compare.welsh("asylum_supported", view)
    if found is None:
        return common.not_held("asylum_map", page=common.IMMIGRATION_PAGE)
    some = sum(bool(figure.value) for figure in found.counted)
    when = common.when(found.period)
    top = found.rows[0]
    written = Numeral(top.value, places=1)
    said = Said(
        title=say_count(
            "asylum_map.title_of_those_held" if found.without else "asylum_map.title",
            count=some,
            of=len(found.counted),
            when=when,
        ),
        subtitle=say("asylum_map.subtitle", period=period_name(found.period)),
        sentence=sentences(say("asylum_map.sentence", top=top.area.name, rate=written), say("compare.not_worse")),
        caveats=(
            *(caveat(key) for key in ("asylum_map.placed", "asylum_map.no_sites")),
            *common.without_note(found.without, view),
        ),
    )
    return build.area_map(
        view,
        code="asylum_map",
        rows=compare.dots(found),
        outlines=HOME.outlines["local_authority"],
        unit=compare.unit(found),
        said=said,
        table=compare.table(found, view),
        sources=compare.sources(found, view),
        chosen=common.on_map(view),
        counted=[figure for _, figure in found.held],
    )


@remembered
def asylum_accommodation(view: Subject) -> Block[Wording]:
    """Return the kinds of accommodation of people receiving asylum support, on the newest day held."""
    return _parts(view, measure="asylum_supported_accommodation", code="asylum_accommodation")


@remembered
def afghan_programme(view: Subject) -> Block[Wording]:
    """Return the people of the Afghan resettlement programme by kind of housing, on the newest day held."""
    return _parts(view, measure="afghan_programme_population", code="afghan_programme")


def _parts(view: Subject, *, measure: str, code: str) -> Block[Wording]:
    """Return the parts of a stock on its newest day as dots; title and caveat are `<code>.title` and `.caveat`."""
    total = queries.series(measure, view.place.code, build=view.build)
    if total.latest is None:
        return common.not_held(code, page=common.IMMIGRATION_PAGE)
    day = total.latest.period
    parts = [common.only(s, day) for s in queries.breakdown(measure, view.place.code, build=view.build)]
    parts = [s for s in parts if s.observations]
    subtitle = common.subtitle(total.measure, area=view.place, period=period_name(day))
    most = max(parts, key=lambda s: s.observations[0].value or 0)
    said = Said(
        title=_said_of(
            total,
            f"{code}.title",
            view,
            category=most.category.name,
            part=number_of_people(most.observations[0].value),
        ),
        subtitle=subtitle,
        sentence=_parts_listed(total, parts),
        caveats=(
            caveat("kind.stock.explained"),
            caveat(f"{code}.caveat"),
            *common.break_notes(total),
            *common.members_note(total),
        ),
    )
    rows = [build.category_dot(s) for s in parts]
    return build.dots(
        view,
        code=code,
        rows=rows,
        said=said,
        table=series_table([common.only(total, day), *parts], build=view.build),
        sources=parts[0].sources,
        chosen=[row.code for row in rows],
        counted=[s.latest for s in parts if s.latest],
        series=parts,
    )


def _parts_listed(total: Series, parts: list[Series]) -> Wording:
    """List the parts; where nobody is counted one word does for all of them."""
    if total.latest and total.latest.value == 0:
        return say("figure.no_parts")
    return say("figure.parts", listed=common.listed(parts))


@remembered
def ukraine(view: Subject) -> Block[Wording]:
    """Return arrivals under Homes for Ukraine by Welsh authority: a running total, so never a rate."""
    found = compare.welsh("homes_for_ukraine", view)
    ours = queries.series("homes_for_ukraine_arrivals", view.place.code, build=view.build)
    if found is None or ours.latest is None:
        return common.not_held("ukraine", page=common.IMMIGRATION_PAGE)
    said = Said(
        title=_said_of(ours, "ukraine.title", view),
        subtitle=say("ukraine.subtitle", period=period_name(found.period)),
        sentence=say("ukraine.sentence", period=period_name(found.period), n=len(found.counted)),
        caveats=(
            *(caveat(key) for key in ("kind.cumulative.explained", "ukraine.counted")),
            *common.without_note(found.without, view),
        ),
    )
    figure = build.dots(
        view,
        code="ukraine",
        rows=compare.dots(found),
        said=said,
        table=compare.table(found, view),
        sources=compare.sources(found, view),
        chosen=common.on_map(view),
        counted=[figure for _, figure in found.held],
    )
    return build.among(figure, compare.dots(found), view)


@remembered
def resettlement(view: Subject) -> Block[Wording]:
    """Return the people resettled each quarter under the schemes counted by authority."""
    people = common.held(view, "resettled_people", view.place.code)
    if people.latest is None:
        return common.not_held("resettlement", page=common.IMMIGRATION_PAGE)
    said = Said(
        title=say_people(
            "resettlement.title",
            people=added_over_time(people),
            in_place=common.place_in(view),
            span=common.months(people),
        ),
        sentence=say_people(
            "resettlement.sentence", people=people.latest.value, last=period_name(people.latest.period)
        ),
        caveats=tuple(caveat(key) for key in ("kind.flow.explained", "resettlement.schemes")),
    )
    return build.line(view, code="resettlement", series=people, said=said)


def _said_of(series: Series, key: str, view: Subject, **more: Wording) -> Wording:
    """Return a title that says how many people the newest figure counts, when, and where."""
    newest = series.latest
    value, period = (newest.value, newest.period) if newest else (None, None)
    return say_people(
        key,
        people=value,
        in_place=common.place_in(view),
        when=common.when(period) if period else "",
        day=period_name(period) if period else "",
        **more,
    )
