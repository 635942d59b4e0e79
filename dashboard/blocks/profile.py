"""Community profile: who lived here on Census Day 2021, how people live, and what harm is referred.

The awkward fact: census tables differ from each other by a few people on purpose, and some of their
categories are nested. A share is therefore always taken within its own table, of that table's own total.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.blocks import build, common
from dashboard.blocks.build import Dot, Said
from dashboard.blocks.hate_crime import police_area
from dashboard.blocks.remembering import remembered
from dashboard.figure import Block, Column, Table, View
from dashboard.i18n import t
from dashboard.i18n.numbers import percent
from dashboard.model import TOTAL, Category, Measure, Observation, Period, Series
from dashboard.tables import period_text, series_table

WALES = "W92000004"


@dataclass(frozen=True, kw_only=True)
class Section:
    """One census question: the texts' name, the measure, and the categories drawn (those under the total, if none)."""

    name: str
    measure: str
    categories: tuple[str, ...] = ()


SECTIONS = (
    Section(name="ethnic_group", measure="census_ethnic_group"),
    Section(
        name="country_of_birth",
        measure="census_country_of_birth",
        categories=(
            "europe_united_kingdom",
            "europe_other_europe",
            "africa",
            "middle_east_and_asia",
            "the_americas_and_the_caribbean",
            "antarctica_and_oceania",
        ),
    ),
    Section(name="religion", measure="census_religion"),
    Section(
        name="passports",
        measure="census_passports",
        categories=(
            "none",
            "poland",
            "india",
            "romania",
            "ireland",
            "italy",
            "portugal",
            "spain",
            "pakistan",
            "nigeria",
        ),
    ),
    Section(
        name="english",
        measure="census_english_proficiency",
        categories=(
            "main_english_or_welsh",
            "very_well",
            "well",
            "not_well",
            "not_at_all",
        ),
    ),
    Section(name="moved", measure="census_migrant_indicator"),
    Section(name="sexual_orientation", measure="census_sexual_orientation"),
    Section(name="gender_identity", measure="census_gender_identity"),
    Section(name="disability", measure="census_disability"),
)
MOST_ROWS = 10


@dataclass(frozen=True, kw_only=True)
class Share:
    """One category of a census table in one place: how many people, and what share of that table's own total."""

    category: Category
    count: float | None
    share: float | None


def shares(section: Section, area: str, *, build_id: str) -> tuple[Share, ...]:
    """Return the shares of a section's categories in a place, largest first; empty when none are held."""
    every = queries.categories(section.measure, build=build_id)
    total = queries.series(section.measure, area, build=build_id).latest if TOTAL in every else None
    drawn = [c for c in every.values() if not section.categories or c.code in section.categories]
    if TOTAL in every and not section.categories:
        drawn = [c for c in drawn if c.parent == TOTAL]
    found = [(c, queries.series(section.measure, area, category=c.code, build=build_id).latest) for c in drawn]
    rows = [_share_of(c, o, total) for c, o in found if o is not None and (total is not None or TOTAL not in every)]
    return tuple(sorted(rows, key=lambda r: r.share or 0, reverse=True)[:MOST_ROWS])


def _share_of(category: Category, figure: Observation, total: Observation | None) -> Share:
    """Return a published percentage as it stands, or a count's share of its own table's total."""
    if total is None:
        return Share(category=category, count=None, share=figure.value)
    return Share(category=category, count=figure.value, share=_of(figure.value, total.value))


@remembered
def census(section: Section, view: View) -> Block:
    """Return the make-up of the place by one census question, with Wales as rings."""
    ours = shares(section, view.place.code, build_id=view.build)
    if not ours:
        return common.not_held(f"census_{section.name}", view, page=common.NOMIS_PAGE)
    wales = {s.category.code: s for s in shares(section, WALES, build_id=view.build)}
    total = queries.series(section.measure, view.place.code, category=ours[0].category.code, build=view.build)
    ring = view.place.code != WALES and bool(wales)
    said = Said(
        title=t(
            "census.title",
            lang=view.lang,
            category=ours[0].category.name.text(view.lang),
            share=_share(ours[0].share, view),
            base=_base(total.measure, view),
            in_place=common.place_in(view),
        ),
        subtitle=t(
            "census.subtitle",
            lang=view.lang,
            measure=total.measure.name.text(view.lang),
            base=_base(total.measure, view),
            area=view.place.name.text(view.lang),
            period=period_text(_day(total), lang=view.lang),
        ),
        sentence=t("census.sentence_ring" if ring else "census.sentence", lang=view.lang, listed=_listed(ours, view)),
        caveats=common.members_note(total, lang=view.lang),
    )
    rows = [_dot(s, view) for s in ours]
    return build.dots(
        view,
        code=f"census_{section.name}",
        rows=rows,
        said=said,
        table=_table(section.measure, view),
        sources=total.sources,
        chosen=[row.code for row in rows],
        rings=_rings(ours, wales, view) if ring else (),
        counted=total.observations[-1:],
    )


def _base(measure: Measure, view: View) -> str:
    """Say whom a share is of: "of people aged 16 and over"; all residents where the measure names nobody else."""
    return measure.base.text(view.lang) if measure.base else t("census.all_residents", lang=view.lang)


def _rings(ours: tuple[Share, ...], wales: dict[str, Share], view: View) -> list[Dot]:
    return [_dot(wales[s.category.code], view, of_wales=True) for s in ours if s.category.code in wales]


def _day(series: Series) -> Period:
    return series.observations[-1].period


def _share(value: float | None, view: View) -> str:
    return percent(value, lang=view.lang, places=1)


def _listed(found: tuple[Share, ...], view: View) -> str:
    return "; ".join(f"{s.category.name.text(view.lang)}: {_share(s.share, view)}" for s in found[:6])


def _dot(share: Share, view: View, *, of_wales: bool = False) -> Dot:
    name, written = share.category.name.text(view.lang), _share(share.share, view)
    where = queries.area(WALES, build=view.build).name if of_wales else view.place.name
    hover = f"{name}, {where.text(view.lang)}<br><b>{written}</b>"
    return Dot(name=name, value=share.share, label=written, hover=hover, code=share.category.code)


def _table(measure: str, view: View) -> Table:
    """Return every category, nested ones too, with count, share, and the share of Wales."""
    known = queries.categories(measure, build=view.build)
    columns = (
        Column(key="category", label=t("column.category", lang=view.lang)),
        Column(key="category_code", label=t("column.category_code", lang=view.lang), shown=False),
        Column(key="within", label=t("column.within", lang=view.lang), shown=any(c.parent for c in known.values())),
        Column(key="count", label=t("unit.people", lang=view.lang), kind="number", shown=TOTAL in known),
        Column(key="share", label=t("unit.percent", lang=view.lang), kind="number", decimals=1),
        Column(key="wales", label=t("census.wales_percent", lang=view.lang), kind="number", decimals=1),
        Column(key="source", label=t("column.source", lang=view.lang), shown=False),
    )
    ours, wales = (_by_category(measure, code, view) for code in (view.place.code, WALES))
    source = queries.series(measure, view.place.code, category=next(iter(ours)), build=view.build).sources[0]
    is_count = TOTAL in known
    rows = tuple(
        (
            category.name.text(view.lang),
            code,
            known[category.parent].name.text(view.lang) if category.parent in known and category.parent else "",
            ours[code] if is_count else None,
            _of(ours[code], ours[TOTAL]) if is_count else ours[code],
            _of(wales.get(code), wales.get(TOTAL)) if is_count else wales.get(code),
            source.title.text(view.lang),
        )
        for code, category in known.items()
        if code in ours
    )
    return Table(columns=columns, rows=rows)


def _by_category(measure: str, area: str, view: View) -> dict[str, float | None]:
    codes = queries.categories(measure, build=view.build)
    found = {code: queries.series(measure, area, category=code, build=view.build).latest for code in codes}
    return {code: o.value for code, o in found.items() if o is not None}


def _of(part: float | None, whole: float | None) -> float | None:
    return part / whole * 100 if part is not None and whole else None


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
    sentence = t("figure.parts", lang=view.lang, listed=common.listed(ours, lang=view.lang))
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
    return build.line(view, code="modern_slavery", series=referrals, said=said, dots=True)


@remembered
def cohesion_wales(view: View) -> Block:
    """Return the share of adults in Wales who agree with three statements about their community."""
    series = queries.series("community_cohesion_agree_share", WALES, build=view.build)
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
    return build.line(view, code="cohesion_wales", series=series, said=said, dots=True)
