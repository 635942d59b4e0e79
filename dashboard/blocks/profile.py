"""Community profile beside the census: how people live, how deprived small areas are, and what harm is referred.

The awkward fact: these figures are percentages and averages, which have no sum. A place made of two authorities
therefore shows each of them.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import Said
from dashboard.blocks.hate_crime import police_area
from dashboard.blocks.remembering import remembered
from dashboard.figure import Block, View
from dashboard.i18n import t
from dashboard.i18n.numbers import percent
from dashboard.model import TOTAL, Series
from dashboard.nations import HOME
from dashboard.tables import period_text, series_table


def _share(value: float | None, view: View) -> str:
    return percent(value, lang=view.lang, places=1)


def own_or_members(view: View) -> tuple[str, ...]:
    """Return the place, or each authority of a composite in the picker's order: a percentage has no sum."""
    if view.place.kind != "composite":
        return (view.place.code,)
    return tuple(code for code in queries.places(build=view.build, lang=view.lang) if code in view.place.members)


def _titled(series: Series, name: str, view: View) -> str:
    """Return a small chart's title: what it shows, and where when the block shows several places."""
    if len(own_or_members(view)) == 1:
        return name
    return t("figure.name_and_place", lang=view.lang, name=name, place=series.area.name.text(view.lang))


@remembered
def living_standards(view: View) -> Block:
    """Return child poverty, claimants, unemployment and income over time, each on its own scale."""
    poverty = ("children_in_relative_poverty_share", "before_housing_costs")
    others = ("claimant_count_share", "modelled_unemployment_rate", "household_income_per_head")
    asked = [(m, c, where) for m, c in (poverty, *((o, TOTAL) for o in others)) for where in own_or_members(view)]
    every = [queries.series(m, where, category=c, build=view.build) for m, c, where in asked]
    held = [s for s in every if not s.is_empty]
    if not held:
        return common.not_held("living_standards", view, page=common.ELS_PAGE)
    titles = [_titled(s, s.measure.name.text(view.lang), view) for s in held]
    said = Said(
        title=t("living.title", lang=view.lang, in_place=common.place_in(view)),
        subtitle=t("living.subtitle", lang=view.lang, area=view.place.name.text(view.lang)),
        sentence=t("living.sentence", lang=view.lang, listed=_newest_of(held, titles, view)),
        caveats=(t("strands.own_scale", lang=view.lang),),
    )
    return build.panels(view, code="living_standards", series=held, said=said, by="measure", titles=titles)


def _newest_of(series: list[Series], titles: list[str], view: View) -> str:
    return "; ".join(
        f"{title}: {common.amount(s.latest.value, s.measure, lang=view.lang)}"
        f" ({period_text(s.latest.period, lang=view.lang, short=True)})"
        for s, title in zip(series, titles, strict=True)
        if s.latest
    )


@remembered
def wellbeing(view: View) -> Block:
    """Return the four questions of personal well-being over time, with their intervals in the table."""
    found = [queries.breakdown("personal_wellbeing", where, build=view.build) for where in own_or_members(view)]
    parts = [s for one in zip(*found, strict=False) for s in one]
    if not parts:
        return common.not_held("wellbeing", view, page=common.ELS_PAGE)
    titles = [_titled(s, s.category.name.text(view.lang), view) for s in parts]
    said = Said(
        title=t("wellbeing.title", lang=view.lang, in_place=common.place_in(view)),
        subtitle=common.subtitle(
            parts[0].measure, area=view.place, period=common.span(parts[0], lang=view.lang), lang=view.lang
        ),
        sentence=t("living.sentence", lang=view.lang, listed=_newest_of(parts, titles, view)),
        caveats=tuple(t(key, lang=view.lang) for key in ("wellbeing.scale", "caveat.interval_survey")),
    )
    return build.panels(view, code="wellbeing", series=parts, said=said, titles=titles)


@remembered
def deprivation(view: View) -> Block:
    """Return the share of the place's small areas among the most deprived tenth of Wales, by domain (WIMD 2025).

    A place made of two authorities shows the first as dots and the second as rings.
    """
    measure, places = "wimd_most_deprived_share", own_or_members(view)
    found = [
        [
            _newest_index(one)
            for one in (queries.series(measure, p, build=view.build), *queries.breakdown(measure, p, build=view.build))
        ]
        for p in places
    ]
    ours, others = found[0], found[1] if len(found) > 1 else []
    newest = ours[0].latest
    if newest is None:
        return common.not_held("deprivation", view, page=common.WIMD_PAGE)
    area = ours[0].area
    where = area.in_.text(view.lang) if area.in_ else area.name.text(view.lang)
    domains = common.listed(ours[1:], lang=view.lang)  # the first is the whole index, which the title gives
    sentence = t("deprivation.sentence", lang=view.lang, listed=domains)
    rows = [build.category_dot(s, lang=view.lang) for s in ours]
    said = Said(
        title=t("deprivation.title", lang=view.lang, share=_share(newest.value, view), in_place=where),
        subtitle=common.subtitle(
            ours[0].measure, area=view.place, period=period_text(newest.period, lang=view.lang), lang=view.lang
        ),
        sentence=" ".join((sentence, *_pair_words(ours, others, view))),
        caveats=tuple(t(key, lang=view.lang) for key in ("deprivation.places", "deprivation.our_count")),
    )
    return build.dots(
        view,
        code="deprivation",
        rows=rows,
        said=said,
        table=series_table([*ours, *others], lang=view.lang, build=view.build),
        sources=ours[0].sources,
        chosen=[row.code for row in rows],
        rings=[build.category_dot(s, lang=view.lang) for s in others],
        counted=[s.latest for s in (*ours, *others) if s.latest],
        series=ours,
    )


def _newest_index(series: Series) -> Series:
    """Return the figures of the newest index alone: one of another year may not stand beside them."""
    newest = [o for o in series.observations if o.period == series.observations[-1].period]
    used = {o.source for o in newest}
    return replace(
        series, observations=tuple(newest), sources=tuple(s for s in series.sources if s.code in used), breaks=()
    )


def _pair_words(ours: list[Series], others: list[Series], view: View) -> tuple[str, ...]:
    if not others:
        return ()
    names = {"filled": ours[0].area.name.text(view.lang), "hollow": others[0].area.name.text(view.lang)}
    return (t("figure.pair", lang=view.lang, **names),)


@remembered
def modern_slavery(view: View) -> Block:
    """Return the quarterly modern slavery referrals that the place's police force made as first responder."""
    where = police_area(view)
    referrals = queries.series("nrm_referrals_police_first_responder", where.code, build=view.build)
    if referrals.latest is None:
        return common.not_held("modern_slavery", view, page=common.NRM_PAGE)
    title = t(
        "modern_slavery.title",
        lang=view.lang,
        force=common.by_words(where, lang=view.lang),
        n=common.amount(referrals.latest.value, referrals.measure, lang=view.lang),
        in_period=common.when(referrals.latest.period, lang=view.lang),
    )
    said = Said(
        title=title,
        sentence=t("modern_slavery.sentence", lang=view.lang),
        caveats=tuple(t(key, lang=view.lang) for key in ("modern_slavery.not_victims", "modern_slavery.three_ideas")),
    )
    return build.line(view, code="modern_slavery", series=referrals, said=said, dots=True, of=beside.force)


@remembered
def cohesion_wales(view: View) -> Block:
    """Return the share of adults in Wales who agree with three statements about their community."""
    series = queries.series("community_cohesion_agree_share", HOME.benchmark, build=view.build)
    if series.latest is None:
        return common.not_held("cohesion_wales", view, page=common.NATIONAL_SURVEY_PAGE)
    said = Said(
        title=t(
            "cohesion.title",
            lang=view.lang,
            share=percent(series.latest.value, lang=view.lang),
            in_period=common.when(series.latest.period, lang=view.lang),
        ),
        sentence=t("cohesion.sentence", lang=view.lang),
        caveats=(t("cohesion.wales_only", lang=view.lang),),
    )
    return build.line(view, code="cohesion_wales", series=series, said=said, dots=True, of=beside.nobody)
