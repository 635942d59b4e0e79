"""Hate crime: aggravated offences by quarter, strands, and forces compared.

The awkward fact: none of these is a figure for a council area (`hate_crime_places` has those, where they are held).
Aggravated offences are held by police force, strands only for wider areas; a place is shown its force's figures under
the force's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic

from cohesion.vocabulary import ENGLAND_AND_WALES, WITHOUT_LONDON
from dashboard import queries
from dashboard.blocks import beside, build, common, compare
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.remembering import remembered
from dashboard.caveats import Caveat, Events, Range, caveat
from dashboard.charts import Mark
from dashboard.expectations import expected_of
from dashboard.figure import Block, Column, Figure, Subject, Table
from dashboard.findings import verdicts
from dashboard.findings.message import by_words
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.periods import day_name
from dashboard.i18n.text import W, Wording, joined, list_of, say, sentences
from dashboard.model import TOTAL, Area, Observation, Period, Series, Source
from dashboard.nations import HOME
from dashboard.places import CITY_OF_LONDON, FORCES, Compared, Row, compared
from dashboard.tables import Named, cited, common_columns, period_name, series_table_later, with_days


def police_area(view: Subject) -> Area:
    """Return the area whose police figures a place is shown: its force's, or all Wales for Wales."""
    return queries.police_area(view.place.code, build=view.build)


@remembered
def aggravated_by_quarter(view: Subject, *, category: str = TOTAL) -> Block[Wording]:
    """Return the quarterly aggravated offences of the place's force with what earlier years lead to expect of each.

    Of one offence alone nothing is expected: its counts are too small for that.
    """
    where = police_area(view)
    total = common.series_of(view, "rra_offences", where.code, history=True)
    newest = total.latest
    if newest is None:
        return common.not_held("rra_quarterly", page=common.HATE_CRIME_PAGE)
    if category != TOTAL:
        part = common.series_of(view, "rra_offences", where.code, category=category)
        caveats = (*force_is_not_place(view, where), caveat("hate_crime.aggravated_explained"))
        some = build.of_category(view, code="rra_quarterly", part=part, whole=total, caveats=caveats, of=beside.force)
        return some or common.not_held("rra_quarterly", page=common.HATE_CRIME_PAGE)
    title = say(
        "rra.title",
        force=by_words(where),
        n=common.in_prose(newest.value, total.measure),
        in_period=common.when(newest.period),
    )
    events = _events_within(common.within(total, view), view)
    caveats = (
        *force_is_not_place(view, where),
        caveat("rra.band", Range()),
        caveat(verdicts.range_caveat(total)),
        caveat("hate_crime.aggravated_explained"),
        *_event_notes(events),
    )
    words = BlockWords(title=title, sentence=verdicts.beside_expected(total), caveats=caveats)
    return build.line(
        view,
        code="rra_quarterly",
        series=total,
        words=words,
        expected=expected_of(total),
        events=events,
        of=beside.force,
    )


def _events_within(series: Series, view: Subject) -> list[Mark[Wording]]:
    """Return the numbered events inside the drawn time: they coincide with figures, and explain none."""
    first, last = series.observations[0].period.start, series.observations[-1].period.end
    inside = [e for e in queries.events("hate_crime", build=view.build) if first <= e.date <= last]
    names = [say("rra.event_dated", event=e.title, day=day_name(e.date)) for e in inside]
    return [
        Mark(at=e.date.isoformat(), label=name, cuts=False, letter=str(number))
        for number, (e, name) in enumerate(zip(inside, names, strict=True), start=1)
    ]


def _event_notes(events: list[Mark[Wording]]) -> tuple[Caveat[Wording], ...]:
    listed = list_of(joined(mark.letter, ": ", mark.label) for mark in events)
    return (caveat("rra.events", Events(), listed=listed),) if events else ()


@remembered
def same_quarter(view: Subject) -> Block[Wording]:
    """Return the newest quarter of aggravated offences beside the same quarter of earlier years."""
    where = police_area(view)
    total = common.series_of(view, "rra_offences", where.code, history=True)
    newest = total.latest
    if newest is None:
        return common.not_held("rra_same_quarter", page=common.HATE_CRIME_PAGE)
    same = replace(
        total, observations=tuple(o for o in total.observations if o.period.start.month == newest.period.start.month)
    )
    pair = verdicts.year_before(total, build=view.build)
    judged = verdicts.change_sentences(pair) if pair else None
    before = pair.before if pair else None
    values = {
        "a": common.in_prose(before.value if before else None, total.measure),
        "b": common.in_prose(newest.value, total.measure),
        "before": period_name(before.period) if before else "",
        "after": period_name(newest.period),
    }
    counts = say("same_quarter.sentence", **values) if before else ""
    words = BlockWords(
        title=say(f"same_quarter.{(pair.verdict if pair else None) or 'none'}", **values),
        sentence=sentences(counts, judged) if judged and before else say("same_quarter.not_held", **values),
        caveats=(
            *force_is_not_place(view, where),
            caveat("hate_crime.seasons"),
            caveat(verdicts.change_caveat(pair)),
        ),
    )
    return build.line(view, code="rra_same_quarter", series=same, words=words, dots=True, of=beside.force)


@dataclass(frozen=True, kw_only=True)
class Account(Generic[W]):
    """One way hate crime is counted: its figure as `published` and as written, what it can tell, and its source."""

    name: W | str
    figure: W | str
    detail: W | str
    can: W | str
    cannot: W | str
    published: Observation
    source: Source


ACCOUNTS = (
    ("police", "hate_crimes", HOME.benchmark),
    ("survey", "survey_hate_crime_incidents", ENGLAND_AND_WALES),
    ("third_party", "hate_support_centre_referrals", HOME.benchmark),
)


@remembered
def accounts(view: Subject) -> tuple[Account[Wording], ...]:
    """Return the police, survey and third-party counts side by side; texts are `accounts.<name>.*`."""
    every = (_account(name, queries.series(m, where, build=view.build), view) for name, m, where in ACCOUNTS)
    return tuple(one for one in every if one is not None)


def _account(name: str, series: Series, view: Subject) -> Account[Wording] | None:
    newest = series.latest
    if newest is None:
        return None
    detail = (series.area.name, common.dated(newest, build=view.build))
    return Account(
        name=say(f"accounts.{name}.name"),
        figure=common.in_prose(newest.value, series.measure),
        detail=list_of(detail, between=", "),
        can=say(f"accounts.{name}.can"),
        cannot=say(f"accounts.{name}.cannot"),
        published=newest,
        source=queries.sources(build=view.build)[newest.source],
    )


@remembered
def aggravated_by_offence(view: Subject) -> Block[Wording]:
    """Return the five offences of the place's force over time, one small chart each on one scale."""
    where = police_area(view)
    parts = common.parts(view, "rra_offences", where.code)
    newest = [(s, s.latest) for s in parts if s.latest]
    if not newest:
        return common.not_held("rra_by_offence", page=common.HATE_CRIME_PAGE)
    top, figure = max(newest, key=lambda pair: pair[1].value or 0 if pair[1] else 0)
    title = say(
        "rra.by_offence.title",
        offence=top.category.name,
        in_period=common.when(figure.period) if figure else "",
        n=common.in_prose(figure.value if figure else None, top.measure),
    )
    words = BlockWords(
        title=title,
        sentence=say("rra.by_offence.sentence", listed=common.listed(parts)),
        caveats=(*force_is_not_place(view, where), caveat("caveat.recorded_changes")),
    )
    return build.panels(view, code="rra_by_offence", series=parts, words=words, shared_scale=True, of=beside.force)


@remembered
def strands(view: Subject, *, category: str = TOTAL) -> Block[Wording]:
    """Return the five strands for England and Wales excluding the Metropolitan Police, one small chart each, or one."""
    parts = common.parts(view, "hate_crimes", WITHOUT_LONDON)
    race = next((s for s in parts if s.category.code == "race" and s.latest), None)
    if race is None or race.latest is None:
        return common.not_held("strands_england_wales", page=common.HATE_CRIME_PAGE)
    if category != TOTAL:
        part = common.series_of(view, "hate_crimes", WITHOUT_LONDON, category=category)
        whole = common.series_of(view, "hate_crimes", WITHOUT_LONDON)
        caveats = tuple(caveat(key) for key in ("strand.no_sum", "caveat.recorded_changes"))
        some = build.of_category(
            view, code="strands_england_wales", part=part, whole=whole, caveats=caveats, of=beside.nobody
        )
        return some or common.not_held("strands_england_wales", page=common.HATE_CRIME_PAGE)
    title = say(
        "strands.title", n=common.in_prose(race.latest.value, race.measure), in_period=common.when(race.latest.period)
    )
    words = BlockWords(
        title=title,
        sentence=say("strands.sentence", listed=common.listed(parts)),
        caveats=tuple(caveat(key) for key in ("strands.own_scale", "strand.no_sum", "caveat.recorded_changes")),
    )
    return build.panels(view, code="strands_england_wales", series=parts, words=words, of=beside.nobody)


@remembered
def strands_wales(view: Subject) -> Block[Wording]:
    """Return Wales by strand in the newest year held, each strand on its own: they overlap and are never added."""
    where = queries.area(HOME.benchmark, build=view.build)
    figure = _strands_of(where, view, code="strands_wales", title="strands_wales.title")
    return figure or common.not_held("strands_wales", page=common.HATE_CRIME_PAGE)


@remembered
def strands_force(view: Subject) -> Block[Wording] | None:
    """Return the place's force by strand in the newest year held; None for Wales, and until a force has strands."""
    force = queries.force_of(view.place.code, build=view.build)
    if force is None:
        return None
    caveats = force_is_not_place(view, force)
    return _strands_of(force, view, code="strands_force", title="strands_force.title", caveats=caveats)


def strand_years(where: Area, view: Subject) -> tuple[Period, ...]:
    """Return the years that an area's strands and its whole are held of, newest first."""
    return common.periods_in_parts("hate_crimes", where, view)


def _strands_of(
    where: Area, view: Subject, *, code: str, title: str, caveats: tuple[Caveat[Wording], ...] = ()
) -> Figure[Wording] | None:
    """Return an area by strand and in all in one year that has both, or None; the table has every year."""
    whole = queries.series("hate_crimes", where.code, build=view.build)
    every = queries.breakdown("hate_crimes", where.code, build=view.build)
    years = strand_years(where, view)
    year = next((one for one in years if one.end == view.at), next(iter(years), None))
    newest = next((o for o in whole.observations if o.period == year), None)
    if newest is None:
        return None
    total, *parts = (common.only(s, newest.period) for s in (whole, *every))
    figures = [o for s in (total, *parts) for o in s.observations]
    cited = queries.sources_of(tuple(figures), build=view.build)
    values = {"n": common.in_prose(newest.value, whole.measure), "in_period": common.when(newest.period)}
    values |= {"force": where.name} if where.kind == "police_force" else {}
    one_year = ("strands_wales.one_year",) if len(years) == 1 else ()
    rows = [build.category_dot(s) for s in parts]
    return build.dots(
        view,
        code=code,
        rows=rows,
        words=BlockWords(
            title=say(title, **values),
            subtitle=common.subtitle(whole.measure, area=where, period=period_name(newest.period)),
            sentence=say("strands_wales.sentence", listed=common.listed(parts)),
            caveats=(*caveats, *(caveat(key) for key in ("strand.no_sum", *one_year, "caveat.more_recorded"))),
        ),
        table=series_table_later([whole, *every] if len(years) > 1 else [total, *parts], build=view.build),
        sources=(*cited, *(s for s in every[0].sources if s not in cited and len(years) > 1)),
        chosen=[row.code for row in rows],
        counted=[o for o in figures if o.value is not None],
        series=parts,
        of=beside.nobody,
    )


@remembered
def forces_compared(view: Subject) -> Block[Wording]:
    """Return recorded hate crime per 1,000 people for every force held; the place's own, or the Welsh, strong."""
    codes = beside.codes(view, of=beside.force)
    comparison = compared(
        choice="hate_crimes", among=FORCES, place=view.place.code, build=view.build, at=view.at, beside=codes
    )
    if comparison is None or not len(comparison.drawn):  # without a population there is nothing to rank by
        return common.not_held("forces_compared", page=common.HATE_CRIME_PAGE)
    mine = police_area(view)
    forces = comparison.published.each(lambda pair: _force_dot(*pair))
    figure = build.dots(
        view,
        code="forces_compared",
        rows=forces,
        words=_forces_said(comparison, mine, view),
        table=Table.later(lambda: _forces_table(comparison, view)),
        sources=compare.sources(comparison, view),
        chosen=(mine.code,) if mine.kind == "police_force" else welsh_forces(view),
        counted=[figure for _, figure in comparison.published],
    )
    others = [_force_dot(row, row.published) for row in comparison.others]
    return build.among(figure, forces, view, others=others, of=beside.force)


def _force_dot(row: Row, figure: Observation) -> Dot:
    name = row.area.name
    written = _rate(row.value)
    hover = say("forces.hover", force=name, n=Numeral(figure.value), rate=written)
    return Dot(name=name, value=row.value, label=written, hover=hover, code=row.area.code)


def _forces_said(comparison: Compared, mine: Area, view: Subject) -> BlockWords:
    ours = next((row for row, _ in comparison.published if row.area.code == mine.code), None)
    values = {
        "in_period": common.when(comparison.period),
        "low": _rate(comparison.drawn[-1].value),
        "high": _rate(comparison.drawn[0].value),
        "forces": Numeral(len(comparison.drawn)),
        "force": mine.name,
        "n": Numeral(ours.published.value if ours else None),
        "rate": _rate(ours.value if ours else None),
    }
    return BlockWords(
        title=say("forces.title" if ours else "forces.title_wales", **values),
        subtitle=say("forces.subtitle", measure=comparison.measure.name, period=period_name(comparison.period)),
        sentence=sentences(say("forces.sentence", **values), say("finding.not_worse")),
        caveats=(
            caveat("forces.not_a_ranking"),
            caveat("caveat.more_recorded"),
            *_forces_held(comparison, view),
            *common.without_note(comparison.without, view),
        ),
    )


def _forces_held(comparison: Compared, view: Subject) -> tuple[Caveat[Wording], ...]:
    """Say of how many forces a count is held, which of them have no area, how many a rate, and why the City has none.

    Of the City of London nothing is said where it is not held.
    """
    elsewhere = queries.snapshot(
        comparison.measure.code, kind="police_other", period=comparison.period, build=view.build
    )
    without_area = [figure for figure in elsewhere if figure.value is not None]
    with_area = len(comparison.counted)
    city = say("forces.city_of_london") if any(one.area == CITY_OF_LONDON for one in comparison.counted) else ""
    if not without_area:
        return (caveat("forces.some_missing"), *((caveat("forces.city_of_london"),) if city else ()))
    forces = say(
        "forces.held",
        held=Numeral(with_area + len(without_area)),
        with_one=Numeral(with_area),
        without_area=list_of(queries.area(figure.area, build=view.build).name for figure in without_area),
        rated=Numeral(len(comparison.drawn)),
    )
    return (caveat("forces.some_missing"), Caveat(text=sentences(forces, city)))


def _forces_table(comparison: Compared, view: Subject) -> Table[Wording]:
    every_source = queries.sources(build=view.build)
    columns = (
        *common_columns("area"),
        *common_columns("area_code", "period", is_shown=False),
        *common_columns("count", "population"),
        Column(key="rate", label=say("unit.per_1000"), kind="number", decimals=2),
        *common_columns("source", "grade", is_shown=False),
    )
    when = period_name(comparison.period)
    pairs = comparison.published
    for row in comparison.others:
        pairs = pairs.followed_by((row, row.published))
    rows = pairs.each(lambda pair: _force_cells(*pair, when=when, every_source=every_source))
    return with_days(Table.of(columns, rows))


def _force_cells(row: Row, figure: Observation, *, when: Wording, every_source: Mapping[str, Source]) -> Named:
    return {
        "area": row.area.name,
        "area_code": row.area.code,
        "period": when,
        "count": figure.value,
        "population": row.whole.value if row.whole else None,
        "rate": row.value,
        **cited(every_source[figure.source]),
    }


def welsh_forces(view: Subject) -> tuple[str, ...]:
    """Return the codes of the forces whose areas lie within Wales."""
    inside = set(queries.area(HOME.benchmark, build=view.build).members)
    forces = (a for a in queries.areas(build=view.build).values() if a.kind == "police_force")
    return tuple(f.code for f in forces if f.members and set(f.members) <= inside)


def _rate(value: float | None) -> Wording:
    return Numeral(value, places=2)


def force_is_not_place(view: Subject, where: Area) -> tuple[Caveat[Wording], ...]:
    """Say that the figures are a force's, whose area is larger than the place chosen; nothing where they are one."""
    if where.code == view.place.code:
        return ()
    names = {"force": where.name, "place": view.place.called}
    return (caveat("caveat.force_not_place", **names),)
