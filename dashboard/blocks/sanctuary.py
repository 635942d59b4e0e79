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
from dashboard.figure import Block, View
from dashboard.i18n import t, tn
from dashboard.i18n.numbers import decimal
from dashboard.i18n.people import FEWEST, people_count, people_text
from dashboard.model import Series
from dashboard.nations import HOME
from dashboard.statistics import rate, rate_base
from dashboard.tables import period_text, series_table


@remembered
def asylum_support(view: View) -> Block:
    """Return the number of people receiving asylum support in the place at the end of each quarter."""
    people = queries.series("asylum_supported", view.place.code, build=view.build)
    newest = people.latest
    if newest is None:
        return common.not_held("asylum_support", view, page=common.IMMIGRATION_PAGE)
    caveats = (t("kind.stock.explained", lang=view.lang), t("asylum.not_everyone", lang=view.lang))
    said = Said(title=_said_of(people, "asylum.title", view), sentence=_per_people(people, view), caveats=caveats)
    return build.line(view, code="asylum_support", series=people, said=said)


def _per_people(series: Series, view: View) -> str:
    """Return the newest number as a rate; of nobody and of fewer than five people no rate is told."""
    newest = series.latest
    if newest is None or (newest.value or 0) < FEWEST:
        return t("asylum.sentence_small", lang=view.lang, span=common.span(series, lang=view.lang))
    people = queries.population(view.place.code, period=newest.period, build=view.build)
    base = rate_base(kind="local_authority")  # people are housed by authority, so every place is given per 10,000
    per = rate(count=newest.value, population=people.value if people else None, per=base)
    if per is None or people is None:
        return t("asylum.sentence_no_rate", lang=view.lang, in_place=common.place_in(view))
    return t(
        "asylum.sentence",
        lang=view.lang,
        rate=decimal(per, places=1, lang=view.lang),
        base=decimal(base, places=0, lang=view.lang),
        population_when=common.when(people.period, lang=view.lang, measure="population"),
    )


@remembered
def asylum_map(view: View) -> Block:
    """Return Wales shaded by people receiving asylum support per 10,000 people, by authority."""
    found = compare.authorities("asylum_supported", as_rate=True, build=view.build)
    if found is None:
        return common.not_held("asylum_map", view, page=common.IMMIGRATION_PAGE)
    some = sum(bool(row.figure.value) for row in found.rows)
    when = common.when(found.period, lang=view.lang)
    top = found.rows[0]
    written = decimal(top.value, places=1, lang=view.lang)
    said = Said(
        title=tn(
            "asylum_map.title_of_those_held" if found.without else "asylum_map.title",
            count=some,
            lang=view.lang,
            of=len(found.counted),
            when=when,
        ),
        subtitle=t("asylum_map.subtitle", lang=view.lang, period=period_text(found.period, lang=view.lang)),
        sentence=" ".join(
            (
                t("asylum_map.sentence", lang=view.lang, top=top.area.name.text(view.lang), rate=written),
                t("compare.not_worse", lang=view.lang),
            )
        ),
        caveats=(
            *(t(key, lang=view.lang) for key in ("asylum_map.placed", "asylum_map.no_sites")),
            *common.without_note(found.without, view),
        ),
    )
    return build.area_map(
        view,
        code="asylum_map",
        rows=compare.dots(found, view),
        outlines=HOME.outlines["local_authority"],
        unit=compare.unit(found, view),
        said=said,
        table=compare.table(found, view),
        sources=compare.sources(found, view),
        chosen=common.on_map(view),
        counted=[row.figure for row in found.rows],
    )


@remembered
def asylum_accommodation(view: View) -> Block:
    """Return the kinds of accommodation of people receiving asylum support, on the newest day held."""
    return _parts(view, measure="asylum_supported_accommodation", code="asylum_accommodation")


@remembered
def afghan_programme(view: View) -> Block:
    """Return the people of the Afghan resettlement programme by kind of housing, on the newest day held."""
    return _parts(view, measure="afghan_programme_population", code="afghan_programme")


def _parts(view: View, *, measure: str, code: str) -> Block:
    """Return the parts of a stock on its newest day as dots; title and caveat are `<code>.title` and `.caveat`."""
    total = queries.series(measure, view.place.code, build=view.build)
    if total.latest is None:
        return common.not_held(code, view, page=common.IMMIGRATION_PAGE)
    day = total.latest.period
    parts = [common.only(s, day) for s in queries.breakdown(measure, view.place.code, build=view.build)]
    parts = [s for s in parts if s.observations]
    subtitle = common.subtitle(total.measure, area=view.place, period=period_text(day, lang=view.lang), lang=view.lang)
    most = max(parts, key=lambda s: s.observations[0].value or 0)
    said = Said(
        title=_said_of(
            total,
            f"{code}.title",
            view,
            category=most.category.name.text(view.lang),
            part=people_count(most.observations[0].value, lang=view.lang),
        ),
        subtitle=subtitle,
        sentence=_parts_listed(total, parts, view),
        caveats=(
            t("kind.stock.explained", lang=view.lang),
            t(f"{code}.caveat", lang=view.lang),
            *common.break_notes(total, lang=view.lang),
            *common.members_note(total, lang=view.lang),
        ),
    )
    rows = [build.category_dot(s, lang=view.lang) for s in parts]
    return build.dots(
        view,
        code=code,
        rows=rows,
        said=said,
        table=series_table([common.only(total, day), *parts], lang=view.lang, build=view.build),
        sources=parts[0].sources,
        chosen=[row.code for row in rows],
        counted=[s.latest for s in parts if s.latest],
        series=parts,
    )


def _parts_listed(total: Series, parts: list[Series], view: View) -> str:
    """List the parts; where nobody is counted one word does for all of them."""
    if total.latest and total.latest.value == 0:
        return t("figure.no_parts", lang=view.lang)
    return t("figure.parts", lang=view.lang, listed=common.listed(parts, lang=view.lang))


@remembered
def ukraine(view: View) -> Block:
    """Return arrivals under Homes for Ukraine by Welsh authority: a running total, so never a rate."""
    found = compare.authorities("homes_for_ukraine_arrivals", as_rate=False, build=view.build)
    ours = queries.series("homes_for_ukraine_arrivals", view.place.code, build=view.build)
    if found is None or ours.latest is None:
        return common.not_held("ukraine", view, page=common.IMMIGRATION_PAGE)
    said = Said(
        title=_said_of(ours, "ukraine.title", view),
        subtitle=t("ukraine.subtitle", lang=view.lang, period=period_text(found.period, lang=view.lang)),
        sentence=t(
            "ukraine.sentence", lang=view.lang, period=period_text(found.period, lang=view.lang), n=len(found.counted)
        ),
        caveats=(
            *(t(key, lang=view.lang) for key in ("kind.cumulative.explained", "ukraine.counted")),
            *common.without_note(found.without, view),
        ),
    )
    figure = build.dots(
        view,
        code="ukraine",
        rows=compare.dots(found, view),
        said=said,
        table=compare.table(found, view),
        sources=compare.sources(found, view),
        chosen=common.on_map(view),
        counted=[row.figure for row in found.rows],
    )
    return build.among(figure, compare.dots(found, view), view)


@remembered
def resettlement(view: View) -> Block:
    """Return the people resettled each quarter under the schemes counted by authority."""
    people = queries.series("resettled_people", view.place.code, build=view.build)
    if people.latest is None:
        return common.not_held("resettlement", view, page=common.IMMIGRATION_PAGE)
    said = Said(
        title=people_text(
            "resettlement.title",
            people=added_over_time(people),
            lang=view.lang,
            in_place=common.place_in(view),
            span=common.months(people, lang=view.lang),
        ),
        sentence=people_text(
            "resettlement.sentence",
            people=people.latest.value,
            lang=view.lang,
            last=period_text(people.latest.period, lang=view.lang),
        ),
        caveats=tuple(t(key, lang=view.lang) for key in ("kind.flow.explained", "resettlement.schemes")),
    )
    return build.line(view, code="resettlement", series=people, said=said)


def _said_of(series: Series, key: str, view: View, **more: str) -> str:
    """Return a title that says how many people the newest figure counts, when, and where."""
    newest = series.latest
    value, period = (newest.value, newest.period) if newest else (None, None)
    return people_text(
        key,
        people=value,
        lang=view.lang,
        in_place=common.place_in(view),
        when=common.when(period, lang=view.lang) if period else "",
        day=period_text(period, lang=view.lang) if period else "",
        **more,
    )
