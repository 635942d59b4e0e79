"""Schemes of sanctuary, each apart: resettlement by scheme, the Afghan schemes, children transferred, guests funded.

The awkward fact: every scheme is counted in its own way and ends on its own day, so they stand in blocks of their own
and are never added. What a council received is published by scheme only up to September 2024, and the Afghan schemes
in that edition for the United Kingdom alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from dashboard import queries
from dashboard.additivity import added_over_time
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import Dot, Said
from dashboard.blocks.remembering import remembered
from dashboard.figure import Block, View
from dashboard.i18n import t
from dashboard.i18n.people import people_count, people_text
from dashboard.model import Observation, Period, Series
from dashboard.tables import measures_table, period_text, series_table

RESETTLED, SINCE_2014, IN_YEAR = "resettled_people", "resettled_since_2014", "resettled_in_year"
CHILDREN = "children_transferred"
GUESTS = "homes_for_ukraine_guests_funded"
UNITED_KINGDOM = "K02000001"
YEAR = 12
CHILDREN_CAVEATS = ("children.not_in_care", "children.part_years", "children.not_added")


@remembered
def resettlement_schemes(view: View) -> Block:
    """Return the people resettled in the place under each scheme, as running totals since 2014."""
    schemes = [s for s in queries.breakdown(RESETTLED, view.place.code, build=view.build) if _people(s)]
    if not schemes:
        return common.not_held("resettlement_schemes", view, page=common.IMMIGRATION_PAGE)
    total = queries.series(RESETTLED, view.place.code, build=view.build)
    most = max(schemes, key=_people)
    later = [queries.series(code, view.place.code, build=view.build) for code in (SINCE_2014, IN_YEAR)]
    said = Said(
        title=_most_came_under(most, total, view),
        subtitle=t(
            "schemes.subtitle",
            lang=view.lang,
            area=view.place.name.text(view.lang),
            span=common.span(total, lang=view.lang),
        ),
        sentence=f"{_listed(schemes, view)} {_later(later[0], view)}".strip(),
        caveats=(
            *(t(key, lang=view.lang) for key in ("schemes.syria", "schemes.not_leaving")),
            *common.members_note(total, lang=view.lang),
        ),
    )
    figure = build.panels(
        view,
        code="resettlement_schemes",
        series=[_running(s) for s in schemes],
        said=said,
        shared_scale=True,
        of=beside.nobody,
    )
    held = [s for s in (*schemes, *later) if not s.is_empty]
    sources = tuple({source.code: source for s in held for source in s.sources}.values())
    cautions = common.cautions(sources, lang=view.lang, counted=figure.newest)
    return replace(
        figure,
        caveats=tuple(dict.fromkeys((*figure.caveats, *cautions))),
        chips=common.chips(sources, lang=view.lang, counted=figure.newest),
        table=measures_table(held, lang=view.lang, build=view.build),
        sources=sources,
    )


def _most_came_under(scheme: Series, total: Series, view: View) -> str:
    """Say how many came under the largest scheme, of how many in all."""
    values = {"scheme": scheme.category.name.text(view.lang), "in_place": common.place_in(view)}
    if _people(scheme) == _people(total):
        return people_text("schemes.title_all", people=_people(total), lang=view.lang, **values)
    everyone = people_count(_people(total), lang=view.lang)
    return people_text("schemes.title", people=_people(scheme), lang=view.lang, total=everyone, **values)


def _people(series: Series) -> float:
    """Return everyone whom a scheme brought in the quarters held."""
    return added_over_time(series) or 0


def _running(series: Series) -> Series:
    """Return a series of quarters as the running total on the last day of each."""
    sums = accumulate(o.value or 0 for o in series.observations)
    days = tuple(
        replace(o, value=total, period=Period(start=o.period.end, months=0), derived=True)
        for o, total in zip(series.observations, sums, strict=True)
    )
    return replace(series, observations=days)


def _listed(series: Iterable[Series], view: View) -> str:
    parts = (f"{s.category.name.text(view.lang)}: {people_count(_people(s), lang=view.lang)}" for s in series)
    return t("figure.parts", lang=view.lang, listed="; ".join(parts))


def _later(series: Series, view: View) -> str:
    """Say the running total of a later edition, which names no scheme; nothing where it is not held."""
    newest = series.latest
    if newest is None:
        return ""
    return t(
        "schemes.later",
        lang=view.lang,
        n=people_count(newest.value, lang=view.lang),
        day=period_text(newest.period, lang=view.lang),
    )


@remembered
def afghan_schemes(view: View) -> Block:
    """Return the people who came to the United Kingdom under each Afghan scheme: no authority is named."""
    schemes = [s for s in queries.breakdown(RESETTLED, UNITED_KINGDOM, build=view.build) if _people(s)]
    if not schemes:
        return common.not_held("afghan_schemes", view, page=common.IMMIGRATION_PAGE)
    most = max(schemes, key=_people)
    first, last = (f(o.period for s in schemes for o in s.observations) for f in (min, max))
    span = f"{period_text(first, lang=view.lang)} – {period_text(last, lang=view.lang)}"
    said = Said(
        title=t(
            "afghan_schemes.title",
            lang=view.lang,
            n=common.amount(_people(most), most.measure, lang=view.lang),
            scheme=most.category.name.text(view.lang),
        ),
        subtitle=t("schemes.subtitle", lang=view.lang, area=most.area.name.text(view.lang), span=span),
        sentence=_listed(schemes, view),
        caveats=tuple(t(key, lang=view.lang) for key in ("afghan_schemes.kingdom", "afghan_schemes.not_programme")),
    )
    rows = [_scheme_dot(s, view) for s in schemes]
    return build.dots(
        view,
        code="afghan_schemes",
        rows=rows,
        said=said,
        table=series_table(schemes, lang=view.lang, build=view.build),
        sources=schemes[0].sources,
        chosen=[row.code for row in rows],
        counted=[s.latest for s in schemes if s.latest],
        series=schemes,
        of=beside.nobody,
    )


def _scheme_dot(series: Series, view: View) -> Dot:
    name, written = series.category.name.text(view.lang), common.amount(_people(series), series.measure, lang=view.lang)
    hover = f"{name}<br><b>{written}</b> {series.measure.unit.text(view.lang)}"
    return Dot(name=name, value=_people(series), label=written, hover=hover, code=series.category.code)


@remembered
def children_transferred(view: View) -> Block:
    """Return the unaccompanied children transferred to the place under the scheme: whole years drawn, all in rows."""
    kinds = queries.breakdown(CHILDREN, view.place.code, build=view.build)
    if not kinds:
        return common.not_held("children_transferred", view, page=common.IMMIGRATION_PAGE)
    into = {s.category.code: s for s in kinds if s.category.code in ("in", "from_port")}
    said = Said(
        title=people_text(
            "children.title",
            people=_people(into["in"]),
            lang=view.lang,
            to_place=view.place.to.text(view.lang) if view.place.to else view.place.name.text(view.lang),
            span=common.months(kinds[0], lang=view.lang),
        ),
        subtitle=t("children.subtitle", lang=view.lang, area=view.place.name.text(view.lang)),
        sentence=t("children.sentence", lang=view.lang, n=people_count(_people(into["from_port"]), lang=view.lang)),
        caveats=(
            *(t(key, lang=view.lang) for key in CHILDREN_CAVEATS),
            *common.members_note(into["in"], lang=view.lang),
        ),
    )
    whole = [replace(s, observations=tuple(_whole_years(s))) for s in into.values()]
    figure = build.panels(view, code="children_transferred", series=whole, said=said, shared_scale=True)
    return replace(figure, table=series_table(kinds, lang=view.lang, build=view.build))


def _whole_years(series: Series) -> Iterable[Observation]:
    return (o for o in series.observations if o.period.months == YEAR)


@remembered
def guests_funded(view: View) -> Block:
    """Return the guests of Homes for Ukraine for whom the place's councils were funded, in the three quarters held."""
    guests = queries.series(GUESTS, view.place.code, build=view.build)
    newest = guests.latest
    if newest is None:
        return common.not_held("guests_funded", view, page=common.IMMIGRATION_PAGE)
    parts = [guests, *queries.breakdown(GUESTS, view.place.code, build=view.build)]
    held = [o for o in guests.observations if o.value is not None]
    less = newest.value is not None and newest.value < 0
    values = {"in_place": common.place_in(view), "when": common.when(newest.period, lang=view.lang)}
    title = (
        t("guests.title_less", lang=view.lang, **values)
        if less
        else people_text("guests.title", people=newest.value, lang=view.lang, **values)
    )
    caveats = ["guests.net", "guests.three_quarters", "guests.not_arrivals"]
    caveats += ["guests.super_sponsor"] if len(parts) > 1 else []
    said = Said(
        title=title,
        subtitle=common.subtitle(
            guests.measure, area=guests.area, period=common.span(guests, lang=view.lang), lang=view.lang
        ),
        sentence=t("guests.sentence", lang=view.lang, listed="; ".join(_claims(o, guests, view) for o in held)),
        caveats=tuple(t(key, lang=view.lang) for key in caveats),
    )
    if len(parts) == 1:
        rows = [_claimed(o, guests, view) for o in held]
        return build.dots(
            view,
            code="guests_funded",
            rows=rows,
            said=said,
            table=series_table([guests], lang=view.lang, build=view.build),
            sources=guests.sources,
            chosen=[row.code for row in rows],
            counted=held,
            ranked=False,  # three periods, not one after another: no line, and no order but time
        )
    return build.panels(view, code="guests_funded", series=parts, said=said)


def _claims(figure: Observation, series: Series, view: View) -> str:
    return (
        f"{period_text(figure.period, lang=view.lang)}: {common.in_prose(figure.value, series.measure, lang=view.lang)}"
    )


def _claimed(figure: Observation, series: Series, view: View) -> Dot:
    name = period_text(figure.period, lang=view.lang, short=True)
    hover = f"{name}<br><b>{common.amount(figure.value, series.measure, lang=view.lang)}</b>"
    label = common.on_chart(figure.value, series.measure, lang=view.lang)
    return Dot(name=name, value=figure.value, label=label, hover=hover, code=str(figure.period.start))
