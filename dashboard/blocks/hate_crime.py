"""Hate crime: aggravated offences by quarter, strands, and forces compared.

The awkward fact: none of these is a figure for a council area. Aggravated offences are held by police
force, strands only for wider areas; a place is shown its force's figures under the force's name.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.blocks import common
from dashboard.charts import Point, ranked_dots, small_multiples, time_line
from dashboard.charts.lines import Panel
from dashboard.figure import Block, Column, Figure, NotHeld, Table, View
from dashboard.i18n import t
from dashboard.i18n.numbers import decimal
from dashboard.model import Area, Observation, Period, Series
from dashboard.statistics import rate, rate_base
from dashboard.tables import period_text, series_table

ENGLAND_AND_WALES = "XEWEXMET"
WALES = "W92000004"
CITY_OF_LONDON = "E23000034"  # so few residents that a rate per resident says nothing
OPEN_DATA_PAGE = "https://www.gov.uk/government/statistical-data-sets/police-recorded-crime-and-outcomes-open-data-tables"
HATE_CRIME_PAGE = "https://www.gov.uk/government/collections/hate-crime-statistics"


def police_area(view: View) -> Area:
    """Return the area whose police figures a place is shown: its force's, or all Wales for Wales."""
    force = queries.force_of(view.place.code, build=view.build)
    return force or queries.area(WALES, build=view.build)


def authority_not_held(view: View) -> NotHeld | None:
    """Return the card that says aggravated offences are not held for an authority; None for forces and Wales."""
    if view.place.kind not in ("local_authority", "composite"):
        return None
    return NotHeld(
        code="rra_authority",
        title=t("not_held.hate_crime_authority.title", lang=view.lang),
        reason=t("not_held.hate_crime_authority.reason", lang=view.lang),
        how=t("not_held.hate_crime_authority.how_to_get", lang=view.lang),
        url=OPEN_DATA_PAGE,
        url_label=t("not_held.hate_crime_authority.page", lang=view.lang),
    )


def aggravated_by_quarter(view: View) -> Block:
    """Return the quarterly racially or religiously aggravated offences of the place's force."""
    where = police_area(view)
    total = queries.series("rra_offences", where.code, build=view.build)
    newest = total.latest
    if newest is None:
        return _not_held("rra_quarterly", view)
    words = {"force": common.by_words(where, lang=view.lang), "n": common.amount(newest.value, total.measure, lang=view.lang)}
    title = t("rra.title", lang=view.lang, in_period=common.when(newest.period, lang=view.lang), **words)
    sentence = _range_sentence(total, newest, view)
    return Figure(
        code="rra_quarterly",
        title=title,
        subtitle=common.subtitle(total.measure, area=where, period=common.span(total, lang=view.lang), lang=view.lang),
        chips=common.chips(total.sources, lang=view.lang),
        plot=time_line(
            common.points(total, lang=view.lang),
            marks=common.series_marks(total, lang=view.lang),
            latest=words["n"],
            markers=False,
        ),
        alt=t("alt.line", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            *_force_is_not_place(view, where),
            t("caveat.more_recorded", lang=view.lang),
            t("hate_crime.aggravated_explained", lang=view.lang),
            t("hate_crime.seasons", lang=view.lang),
            *common.break_notes(total, lang=view.lang),
            *common.members_note(view, area=where, derived=newest.derived),
        ),
        table=series_table([total], lang=view.lang, build=view.build),
        sources=total.sources,
    )


def _range_sentence(series: Series, newest: Observation, view: View) -> str:
    held = [o for o in series.observations if o.value is not None]
    low, high = (pick(held, key=lambda o: o.value) for pick in (min, max))  # type: ignore[type-var]
    year_before = Period(start=newest.period.start.replace(year=newest.period.start.year - 1), months=3)
    before = next((o for o in held if o.period == year_before), None)
    values = {
        "low": common.amount(low.value, series.measure, lang=view.lang),
        "low_period": period_text(low.period, lang=view.lang),
        "high": common.amount(high.value, series.measure, lang=view.lang),
        "high_period": period_text(high.period, lang=view.lang),
        "before": common.amount(before.value if before else None, series.measure, lang=view.lang),
    }
    return t("rra.sentence", lang=view.lang, **values)


def aggravated_by_offence(view: View) -> Block:
    """Return the five offences of the place's force over time, one small chart each on one scale."""
    where = police_area(view)
    parts = queries.breakdown("rra_offences", where.code, build=view.build)
    if not parts:
        return _not_held("rra_offences", view)
    newest = [(s, s.latest) for s in parts]
    top, figure = max(((s, o) for s, o in newest if o), key=lambda pair: pair[1].value or 0)
    title = t(
        "rra.by_offence.title",
        lang=view.lang,
        offence=top.category.name.text(view.lang),
        in_period=common.when(figure.period, lang=view.lang),
        n=common.amount(figure.value, top.measure, lang=view.lang),
        force=common.by_words(where, lang=view.lang),
    )
    sentence = t("rra.by_offence.sentence", lang=view.lang, listed=_listed(newest, view))
    return Figure(
        code="rra_by_offence",
        title=title,
        subtitle=common.subtitle(top.measure, area=where, period=common.span(top, lang=view.lang), lang=view.lang),
        chips=common.chips(top.sources, lang=view.lang),
        plot=small_multiples(_panels(parts, view), shared_scale=True),
        alt=t("alt.small_multiples", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(*_force_is_not_place(view, where), t("caveat.more_recorded", lang=view.lang)),
        table=series_table(parts, lang=view.lang, build=view.build),
        sources=top.sources,
    )


def _panels(parts: tuple[Series, ...], view: View) -> list[Panel]:
    return [Panel(title=s.category.name.text(view.lang), points=common.points(s, lang=view.lang)) for s in parts]


def _listed(newest: list[tuple[Series, Observation | None]], view: View) -> str:
    """List "Harassment: 21; Criminal damage: 13" — a list of labels and numbers, not a sentence glued together."""
    return "; ".join(
        f"{s.category.name.text(view.lang)}: {common.amount(o.value, s.measure, lang=view.lang)}"
        for s, o in newest
        if o is not None
    )


def strands(view: View) -> Block:
    """Return the five strands for England and Wales excluding the Metropolitan Police, one small chart each."""
    where = queries.area(ENGLAND_AND_WALES, build=view.build)
    parts = queries.breakdown("hate_crimes", where.code, build=view.build)
    if not parts:
        return _not_held("strands", view)
    newest = [(s, s.latest) for s in parts]
    race, figure = next((s, o) for s, o in newest if o is not None)
    title = t(
        "strands.title",
        lang=view.lang,
        n=common.amount(figure.value, race.measure, lang=view.lang),
        in_period=common.when(figure.period, lang=view.lang),
    )
    sentence = t("strands.sentence", lang=view.lang, listed=_listed(newest, view))
    return Figure(
        code="strands_england_wales",
        title=title,
        subtitle=common.subtitle(race.measure, area=where, period=common.span(race, lang=view.lang), lang=view.lang),
        chips=common.chips(race.sources, lang=view.lang),
        plot=small_multiples(_panels(parts, view)),
        alt=t("alt.small_multiples", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            t("strands.own_scale", lang=view.lang),
            t("strand.no_sum", lang=view.lang),
            t("caveat.more_recorded", lang=view.lang),
            *common.break_notes(race, lang=view.lang),
            *common.cautions(race.sources, lang=view.lang),
        ),
        table=series_table(parts, lang=view.lang, build=view.build),
        sources=race.sources,
    )


def strands_wales(view: View) -> Block:
    """Return Wales by strand for the one year held, each strand on its own: they overlap and are never added."""
    parts = queries.breakdown("hate_crimes", WALES, build=view.build)
    total = queries.series("hate_crimes", WALES, build=view.build)
    if not parts:
        return _not_held("strands_wales", view)
    period = parts[0].observations[-1].period
    whole = next(o for o in total.observations if o.period == period)
    newest = [(s, s.latest) for s in parts]
    values = {
        "n": common.amount(whole.value, total.measure, lang=view.lang),
        "in_period": common.when(period, lang=view.lang),
    }
    title, sentence = (t(f"strands_wales.{k}", lang=view.lang, listed=_listed(newest, view), **values) for k in ("title", "sentence"))
    dots = [Point(at=s.category.name.text(view.lang), value=o.value, hover=_hover(s, o, view), code=s.category.code) for s, o in newest if o]
    sources = queries.sources_of((whole, *(o for _, o in newest if o)), build=view.build)
    return Figure(
        code="strands_wales",
        title=title,
        subtitle=common.subtitle(total.measure, area=total.area, period=period_text(period, lang=view.lang), lang=view.lang),
        chips=common.chips(sources, lang=view.lang),
        plot=ranked_dots(dots, chosen=[d.code for d in dots], labels=[_n(d.value, view) for d in dots]),
        alt=t("alt.dots", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            t("strand.no_sum", lang=view.lang),
            t("strands_wales.one_year", lang=view.lang),
            t("caveat.more_recorded", lang=view.lang),
        ),
        table=series_table([_only(total, period), *parts], lang=view.lang, build=view.build),
        sources=sources,
    )


def _only(series: Series, period: Period) -> Series:
    kept = tuple(o for o in series.observations if o.period == period)
    return Series(measure=series.measure, area=series.area, category=series.category, observations=kept, sources=series.sources)


def _hover(series: Series, figure: Observation, view: View) -> str:
    name, number = series.category.name.text(view.lang), common.amount(figure.value, series.measure, lang=view.lang)
    return f"{name}<br><b>{number}</b> {series.measure.unit.text(view.lang)}"


def _n(value: float | None, view: View) -> str:
    return decimal(value, places=0, lang=view.lang)


def forces_compared(view: View) -> Block:
    """Return recorded hate crime per 1,000 people for every force held, the Welsh forces picked out."""
    measure = queries.measure("hate_crimes", build=view.build)
    period = queries.latest_period("hate_crimes", kind="police_force", build=view.build)
    if period is None:
        return _not_held("forces", view)
    held = queries.snapshot("hate_crimes", kind="police_force", period=period, build=view.build)
    rows = [(o, _force_rate(o, view)) for o in held]
    rows.sort(key=lambda pair: pair[1] or 0, reverse=True)
    ours = _welsh_forces(view)
    mine = police_area(view)
    chosen = (mine.code,) if mine.kind == "police_force" else ours
    title, sentence = _forces_words(rows, mine, period, view)
    names = queries.areas(build=view.build)
    dots = [
        Point(
            at=names[o.area].name.text(view.lang),
            value=r,
            code=o.area,
            hover=t("forces.hover", lang=view.lang, force=names[o.area].name.text(view.lang), n=_n(o.value, view), rate=_r(r, view)),
        )
        for o, r in rows
        if r is not None
    ]
    sources = queries.sources_of(held, build=view.build)
    return Figure(
        code="forces_compared",
        title=title,
        subtitle=t(
            "forces.subtitle", lang=view.lang, measure=measure.name.text(view.lang), period=period_text(period, lang=view.lang)
        ),
        chips=common.chips(sources, lang=view.lang),
        plot=ranked_dots(dots, chosen=chosen, labels=[_r(d.value, view) for d in dots]),
        alt=t("alt.dots", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            t("forces.not_a_ranking", lang=view.lang),
            t("caveat.more_recorded", lang=view.lang),
            t("forces.some_missing", lang=view.lang, n=_n(len(held), view)),
            t("forces.city_of_london", lang=view.lang),
        ),
        table=_forces_table(rows, period, view),
        sources=(*sources, *_population_sources(rows, view)),
    )


def _force_rate(figure: Observation, view: View) -> float | None:
    if figure.area == CITY_OF_LONDON:
        return None
    return rate(count=figure.value, population=_people(figure, view), per=rate_base(kind="police_force"))


def _people(figure: Observation, view: View) -> float | None:
    found = queries.population(figure.area, period=figure.period, build=view.build)
    return found.value if found else None


def _population_sources(rows: list[tuple[Observation, float | None]], view: View) -> tuple:  # type: ignore[type-arg]
    people = (queries.population(o.area, period=o.period, build=view.build) for o, _ in rows)
    return queries.sources_of(tuple(p for p in people if p), build=view.build)


def _welsh_forces(view: View) -> tuple[str, ...]:
    inside = queries.area(WALES, build=view.build).members
    forces = (a for a in queries.areas(build=view.build).values() if a.kind == "police_force")
    return tuple(f.code for f in forces if set(f.members) <= set(inside) and f.members)


def _r(value: float | None, view: View) -> str:
    return decimal(value, places=2, lang=view.lang)


def _forces_words(rows: list[tuple[Observation, float | None]], mine: Area, period: Period, view: View) -> tuple[str, str]:
    found = next(((o, r) for o, r in rows if o.area == mine.code), None)
    rates = sorted(r for _, r in rows if r is not None)
    values = {
        "in_period": common.when(period, lang=view.lang),
        "low": _r(rates[0], view),
        "high": _r(rates[-1], view),
        "forces": _n(len(rates), view),
    }
    if found is None:
        return t("forces.title_wales", lang=view.lang, **values), t("forces.sentence", lang=view.lang, **values)
    figure, mine_rate = found
    values |= {"force": mine.name.text(view.lang), "n": _n(figure.value, view), "rate": _r(mine_rate, view)}
    return t("forces.title", lang=view.lang, **values), t("forces.sentence", lang=view.lang, **values)


def _forces_table(rows: list[tuple[Observation, float | None]], period: Period, view: View) -> Table:
    names, known = queries.areas(build=view.build), queries.sources(build=view.build)
    columns = (
        Column(key="area", label=t("column.area", lang=view.lang)),
        Column(key="area_code", label=t("column.area_code", lang=view.lang), shown=False),
        Column(key="period", label=t("column.period", lang=view.lang), shown=False),
        Column(key="count", label=t("column.count", lang=view.lang), kind="number"),
        Column(key="population", label=t("column.population", lang=view.lang), kind="number"),
        Column(key="rate", label=t("unit.per_1000", lang=view.lang), kind="number", decimals=2),
        Column(key="source", label=t("column.source", lang=view.lang), shown=False),
        Column(key="grade", label=t("grade.label", lang=view.lang), shown=False),
    )
    when = period_text(period, lang=view.lang)
    return Table(
        columns=columns,
        rows=tuple(
            (
                names[o.area].name.text(view.lang),
                o.area,
                when,
                o.value,
                _people(o, view),
                r,
                known[o.source].title.text(view.lang),
                known[o.source].grade,
            )
            for o, r in rows
        ),
    )


def _force_is_not_place(view: View, where: Area) -> tuple[str, ...]:
    if where.code == view.place.code:
        return ()
    return (t("caveat.force_not_place", lang=view.lang, force=where.name.text(view.lang), place=view.place.name.text(view.lang)),)


def _in(place: Area, view: View) -> str:
    return place.in_.text(view.lang) if place.in_ else place.name.text(view.lang)


def _not_held(code: str, view: View) -> NotHeld:
    return NotHeld(
        code=code,
        title=t("not_held.title", lang=view.lang),
        reason=t("not_held.no_rows", lang=view.lang),
        how=t("not_held.official_page", lang=view.lang),
        url=HATE_CRIME_PAGE,
        url_label=t("not_held.hate_crime_page", lang=view.lang),
    )
