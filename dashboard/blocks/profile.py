"""Community profile beside the census: how people live, how deprived small areas are, and what harm is referred.

The awkward fact: these figures are percentages and averages, which have no sum. A place made of two authorities
therefore shows each of them.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords
from dashboard.blocks.hate_crime import police_area
from dashboard.blocks.remembering import remembered
from dashboard.caveats import caveat
from dashboard.figure import Block, Subject
from dashboard.findings.message import by_words, phrase_in
from dashboard.i18n.numbers import PerCent
from dashboard.i18n.text import FirstLetter, Wording, joined, list_of, say, sentences
from dashboard.model import TOTAL, Period, Series
from dashboard.nations import HOME
from dashboard.tables import period_name, series_table_later

CHILD_POVERTY, BEFORE_HOUSING_COSTS = "children_in_relative_poverty_share", "before_housing_costs"


def own_or_members(view: Subject) -> tuple[str, ...]:
    """Return the place, or each authority of a composite in the picker's order: a percentage has no sum."""
    if view.place.kind != "composite":
        return (view.place.code,)
    return tuple(code for code in queries.places(build=view.build) if code in view.place.members)


def _titled(series: Series, name: Wording, view: Subject) -> Wording:
    """Return a small chart's title: what it shows, and where when the block shows several places."""
    if len(own_or_members(view)) == 1:
        return name
    return say("figure.name_and_place", name=name, place=series.area.name)


@remembered
def living_standards(view: Subject, *, category: str = BEFORE_HOUSING_COSTS) -> Block[Wording]:
    """Return child poverty, claimants, unemployment and income over time, each on its own scale.

    Poverty is counted before housing costs or after them: `category` of its measure.
    """
    others = ("claimant_count_share", "modelled_unemployment_rate", "household_income_per_head")
    named = ((CHILD_POVERTY, category), *((one, TOTAL) for one in others))
    lines = [(m, c, where) for m, c in named for where in own_or_members(view)]
    every = [common.series_of(view, m, where, category=c) for m, c, where in lines]
    series = [s for s in every if not s.is_empty]
    if not series:
        return common.not_held("living_standards", page=common.ELS_PAGE)
    titles = [_titled(s, _counted_how(s), view) for s in series]
    words = BlockWords(
        title=say("living.title", in_place=common.place_in(view)),
        subtitle=say("living.subtitle", area=view.place.name),
        sentence=say("living.sentence", listed=_newest_of(series, titles)),
        caveats=(caveat("strands.own_scale"),),
    )
    return build.panels(view, code="living_standards", series=series, words=words, by="measure", titles=titles)


def _counted_how(series: Series) -> Wording:
    """Return the name of a measure, with that of its category where it is no whole: "before housing costs"."""
    if series.category.code == TOTAL:
        return series.measure.name
    return joined(series.measure.name, ", ", FirstLetter(series.category.name, capital=False))


def _newest_of(series: list[Series], titles: list[Wording]) -> Wording:
    return list_of(
        joined(
            title,
            ": ",
            common.with_symbol(s.latest.value, s.measure),
            " (",
            period_name(s.latest.period, short=True),
            ")",
        )
        for s, title in zip(series, titles, strict=True)
        if s.latest
    )


@remembered
def wellbeing(view: Subject) -> Block[Wording]:
    """Return the four questions of personal well-being over time, with their intervals in the table."""
    by_place = [common.parts(view, "personal_wellbeing", where) for where in own_or_members(view)]
    parts = [s for one in zip(*by_place, strict=False) for s in one]
    if not parts:
        return common.not_held("wellbeing", page=common.ELS_PAGE)
    titles = [_titled(s, s.category.name, view) for s in parts]
    words = BlockWords(
        title=say("wellbeing.title", in_place=common.place_in(view)),
        subtitle=common.subtitle(parts[0].measure, area=view.place, period=common.span(parts[0])),
        sentence=say("living.sentence", listed=_newest_of(parts, titles)),
        caveats=tuple(caveat(key) for key in ("wellbeing.scale", "caveat.interval_survey")),
    )
    return build.panels(view, code="wellbeing", series=parts, words=words, titles=titles)


@remembered
def deprivation(view: Subject) -> Block[Wording]:
    """Return the share of the place's small areas among the most deprived tenth of Wales, by domain, in one index.

    A place made of two authorities shows the first as dots and the second as rings.
    """
    measure, places = "wimd_most_deprived_share", own_or_members(view)
    by_place = [
        [
            _one_index(one, view)
            for one in (queries.series(measure, p, build=view.build), *queries.breakdown(measure, p, build=view.build))
        ]
        for p in places
    ]
    ours, others = by_place[0], by_place[1] if len(by_place) > 1 else []
    newest = ours[0].latest
    if newest is None:
        return common.not_held("deprivation", page=common.WIMD_PAGE)
    area = ours[0].area
    where = phrase_in(area)
    domains = common.listed(ours[1:])  # the first is the whole index, which the title gives
    sentence = say("deprivation.sentence", listed=domains)
    rows = [build.category_dot(s) for s in ours]
    words = BlockWords(
        title=say(
            "deprivation.title" if newest.value else "deprivation.title_none",
            share=PerCent(newest.value),
            in_place=where,
            year=period_name(newest.period),
        ),
        subtitle=common.subtitle(ours[0].measure, area=view.place, period=period_name(newest.period)),
        sentence=sentences(sentence, *_pair_words(ours, others)),
        caveats=tuple(caveat(key) for key in ("deprivation.places", "deprivation.our_count")),
        whose=tuple(one[0].area.name for one in (ours, others) if one),
    )
    return build.dots(
        view,
        code="deprivation",
        rows=rows,
        words=words,
        table=series_table_later([*ours, *others], build=view.build),
        sources=ours[0].sources,
        chosen=[row.code for row in rows],
        rings=[build.category_dot(s) for s in others],
        counted=[s.latest for s in (*ours, *others) if s.latest],
        series=ours,
    )


def indices(view: Subject) -> tuple[Period, ...]:
    """Return the years of the indices that are held of a place, newest first."""
    series = queries.series("wimd_most_deprived_share", own_or_members(view)[0], build=view.build)
    return tuple(o.period for o in reversed(series.observations) if o.value is not None)


def _one_index(series: Series, view: Subject) -> Series:
    """Return the figures of one index alone: one of another year may not stand beside them."""
    day = next((one for one in indices(view) if one.end == view.at), None)
    newest = [o for o in series.observations if o.period == (day or series.observations[-1].period)]
    used = {o.source for o in newest}
    return replace(
        series, observations=tuple(newest), sources=tuple(s for s in series.sources if s.code in used), breaks=()
    )


def _pair_words(ours: list[Series], others: list[Series]) -> tuple[Wording, ...]:
    if not others:
        return ()
    names = {"filled": ours[0].area.name, "hollow": others[0].area.name}
    return (say("figure.pair", **names),)


@remembered
def modern_slavery(view: Subject) -> Block[Wording]:
    """Return the quarterly modern slavery referrals that the place's police force made as first responder."""
    where = police_area(view)
    referrals = common.series_of(view, "nrm_referrals_police_first_responder", where.code)
    if referrals.latest is None:
        return common.not_held("modern_slavery", page=common.NRM_PAGE)
    title = say(
        "modern_slavery.title",
        force=by_words(where),
        n=common.in_prose(referrals.latest.value, referrals.measure),
        in_period=common.when(referrals.latest.period),
    )
    words = BlockWords(
        title=title,
        sentence=say("modern_slavery.sentence"),
        caveats=tuple(caveat(key) for key in ("modern_slavery.not_victims", "modern_slavery.three_ideas")),
    )
    return build.line(view, code="modern_slavery", series=referrals, words=words, dots=True, of=beside.force)


@remembered
def cohesion_wales(view: Subject) -> Block[Wording]:
    """Return the share of adults in Wales who agree with three statements about their community."""
    series = common.series_of(view, "community_cohesion_agree_share", HOME.benchmark)
    if series.latest is None:
        return common.not_held("cohesion_wales", page=common.NATIONAL_SURVEY_PAGE)
    words = BlockWords(
        title=say(
            "cohesion.title",
            share=common.with_symbol(series.latest.value, series.measure),
            in_period=common.when(series.latest.period),
        ),
        sentence=say("cohesion.sentence"),
        caveats=(caveat("cohesion.wales_only"),),
    )
    return build.line(view, code="cohesion_wales", series=series, words=words, dots=True, of=beside.nobody)
