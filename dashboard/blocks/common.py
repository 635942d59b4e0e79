"""What every block says in the same way: chips, periods, hover words, marks of breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_lowercase

from dashboard import age, queries
from dashboard.age import Age
from dashboard.charts import Mark, Panel, Point
from dashboard.figure import NotHeld, View
from dashboard.i18n import Language, t
from dashboard.i18n.numbers import decimal
from dashboard.i18n.people import FEWEST, people_count
from dashboard.i18n.periods import in_period, span_label
from dashboard.model import Area, Break, Measure, Observation, Period, Series, Source
from dashboard.tables import is_mid_year, period_text

PEOPLE = "people"  # the unit of measures that count people
PERSONS = frozenset({PEOPLE, "children", "guests"})


def chips(
    sources: Iterable[Source], *, lang: Language, counted: Iterable[Observation] | None = None
) -> tuple[str, ...]:
    """Return the status, grade and vintage of the sources, each said once.

    A rate stands as its count does, whatever the population's standing: the status is that of the sources of what is
    `counted`, where named.
    """
    every = tuple(sources)
    said = [t(f"chip.{s.status}", lang=lang) for s in _counting(every, counted)]
    said += [t(f"grade.{grade}", lang=lang) for grade in sorted({s.grade for s in every})]
    older = {s.vintage == "superseded" for s in every}
    if True in older:
        said.append(t("chip.older_series" if older == {True} else "chip.older_part", lang=lang))
    return tuple(dict.fromkeys(said))


def when(period: Period, *, lang: Language, measure: str = "") -> str:
    """Say a period inside a sentence: "in the year ending March 2025", "yng nghanol 2024"."""
    mid_year = is_mid_year(period, measure=measure)
    return in_period(start=period.start, months=period.months, lang=lang, mid_year=mid_year)


def amount(value: float | None, measure: Measure, *, lang: Language) -> str:
    """Write a figure of a measure exactly."""
    return decimal(value, places=measure.decimals, lang=lang)


def points(series: Series, *, lang: Language) -> tuple[Point, ...]:
    """Return the points of a series with hover words "July to September 2023: 246 offences"."""
    return tuple(_point(series, o, lang=lang) for o in series.observations)


def _point(series: Series, figure: Observation, *, lang: Language) -> Point:
    name = period_text(figure.period, lang=lang, measure=series.measure.code)
    words = figure.marker if figure.value is None else amount(figure.value, series.measure, lang=lang)
    return Point(
        at=figure.period.middle.isoformat(),
        value=figure.value,
        line=next(s.line for s in series.sources if s.code == figure.source),
        hover=f"{name}<br><b>{words}</b> {series.measure.unit.text(lang)}",
    )


def panel(series: Series, *, title: str, lang: Language) -> Panel:
    """Return a series as a small chart that carries its newest number."""
    newest = series.latest
    latest = on_chart(newest.value, series.measure, lang=lang) if newest else ""
    return Panel(title=title, points=points(series, lang=lang), latest=latest, marks=marks(series, lang=lang))


def marks(series: Series, *, lang: Language) -> tuple[Mark, ...]:
    """Return one mark per day on which breaks fall inside a series, a gap at both its ends.

    What begins is lettered, in order, for small charts; the end of a gap needs no words there.
    """
    letters = iter(ascii_lowercase)
    return tuple(
        Mark(
            at=edge.day.isoformat(),
            label=_edge_label(edge, lang=lang),
            cuts=any(b.severity == "hard" for b in (*edge.begin, *edge.end)),
            letter=next(letters) if edge.begin else "",
        )
        for edge in _edges(series)
    )


@dataclass(frozen=True, kw_only=True)
class _Edge:
    """A day inside a series on which breaks begin, or gaps end: the day after their last."""

    day: date
    begin: tuple[Break, ...]
    end: tuple[Break, ...]


def _edges(series: Series) -> list[_Edge]:
    if not series.observations:
        return []
    first, last = series.observations[0].period.start, series.observations[-1].period.end
    days = sorted({day for b in series.breaks for day in b.edges if first < day <= last})
    return [
        _Edge(
            day=day,
            begin=tuple(b for b in series.breaks if b.edges[0] == day),
            end=tuple(b for b in series.breaks if b.edges[1:] == (day,)),
        )
        for day in days
    ]


def _edge_label(edge: _Edge, *, lang: Language) -> str:
    if not edge.begin:
        return t("break.complete_again", lang=lang)
    return min(edge.begin, key=lambda b: b.severity).label.text(lang)  # "hard" before "soft"


def break_notes(series: Series, *, lang: Language, lettered: bool = False) -> tuple[str, ...]:
    """Return what each break inside a series does to it, in words; with the letter the small charts give it."""
    notes = [
        t("figure.lettered_note", lang=lang, letter=mark.letter, note=b.effect.text(lang))
        if lettered
        else b.effect.text(lang)
        for mark, edge in zip(marks(series, lang=lang), _edges(series), strict=True)
        for b in edge.begin
    ]
    return tuple(dict.fromkeys(notes))


def _counting(sources: tuple[Source, ...], counted: Iterable[Observation] | None) -> tuple[Source, ...]:
    """Return the sources of what is counted, not of the people a rate is per; all where none is named."""
    codes = {figure.source for figure in counted or ()}
    return tuple(s for s in sources if s.code in codes) or sources


def cautions(
    sources: Iterable[Source], *, lang: Language, counted: Iterable[Observation] | None = None
) -> tuple[str, ...]:
    """Return the cautions the sources carry; a population's under its title, lest it be read of what is counted."""
    every = tuple(sources)
    own = _counting(every, counted)
    own_texts = [s.caution.text(lang) for s in own]
    others = (s for s in every if s not in own and s.caution.text(lang) not in ("", *own_texts))
    of_others = (
        t("figure.caution_of", lang=lang, title=s.title.text(lang), caution=s.caution.text(lang)) for s in others
    )
    return tuple(dict.fromkeys(text for text in (*own_texts, *of_others) if text))


def age_words(figures: Iterable[Observation], *, lang: Language, build: str) -> str:
    """Say how old the newest of some figures are, by the calendar of their publication; "" where they are up to date.

    Where several measures are drawn and not all are equally old, it says so of some.
    """
    found = {each.text(lang): each for each in ages(figures, build=build)}
    if not any(found):
        return ""
    said = age.oldest(found.values()).text(lang)
    return t("age.of_newest" if len(found) == 1 else "age.of_some", lang=lang, age=said)


def ages(figures: Iterable[Observation], *, build: str) -> tuple[Age, ...]:
    """Return the age of the newest figure of each measure among some figures."""
    newest = {o.measure: o for o in sorted(figures, key=lambda o: o.period.end)}
    return tuple(age_of(figure, build=build) for figure in newest.values())


def age_of(figure: Observation, *, build: str) -> Age:
    """Return the age of one figure, whose publication may be held for other areas to a later day."""
    source = queries.sources(build=build)[figure.source]
    return age.of(source, figure.period, held_until=queries.held_until(source, build=build))


def dated(figure: Observation, *, lang: Language, build: str, short: bool = False) -> str:
    """Name the period of a newest figure, with how old it is where its publication has moved on since."""
    period = period_text(figure.period, lang=lang, measure=figure.measure, short=short)
    old = age_of(figure, build=build).text(lang)
    return t("age.period", lang=lang, period=period, age=old) if old else period


def aged(subtitle: str, said: str, *, lang: Language) -> str:
    """Return a subtitle with what is said of the age of its figures, where they are older than a cycle."""
    return t("age.subtitle", lang=lang, subtitle=subtitle, age=said) if said else subtitle


def subtitle(measure: Measure, *, area: Area, period: str, lang: Language) -> str:
    """Return the neutral line under a title: measure, unit, area, period."""
    values = {"measure": measure.name.text(lang), "unit": measure.unit.text(lang), "area": area.name.text(lang)}
    return t("figure.subtitle", lang=lang, period=period, **values)


def span(series: Series, *, lang: Language) -> str:
    """Say from when to when a series runs: "April to June 2012 – April to June 2023"."""
    first, last = series.observations[0].period, series.observations[-1].period
    code = series.measure.code
    return f"{period_text(first, lang=lang, measure=code)} – {period_text(last, lang=lang, measure=code)}"


def months(series: Series, *, lang: Language) -> str:
    """Say the months from a series' first day to its last, as one period: "July 2016 to September 2023"."""
    first, last = series.observations[0].period, series.observations[-1].period
    count = (last.end.year - first.start.year) * 12 + last.end.month - first.start.month + 1
    return span_label(start=first.start, months=count, lang=lang)


def base(measure: Measure, *, lang: Language) -> str:
    """Say whom a share is of: "of people aged 16 and over"; all residents where the measure names nobody else."""
    return measure.base.text(lang) if measure.base else t("census.all_residents", lang=lang)


def by_words(area: Area, *, lang: Language) -> str:
    """Say who recorded a police figure: the force itself, or "the four police forces of Wales"."""
    return area.name.text(lang) if area.kind == "police_force" else t("force.wales", lang=lang)


def members_note(series: Series, *, lang: Language) -> tuple[str, ...]:
    """Say that a series' newest figure is our sum of its members' published figures, where it is."""
    if series.latest is None or not series.latest.derived or not series.area.members:
        return ()
    return (t("caveat.sum_of_members", lang=lang, area=series.area.called.text(lang)),)


def listed(series: Iterable[Series], *, lang: Language) -> str:
    """List "Harassment: 21; Criminal damage: 13": names and newest numbers, not a sentence glued together."""
    return "; ".join(
        f"{s.category.name.text(lang)}: {in_prose(s.latest.value, s.measure, lang=lang)}" for s in series if s.latest
    )


def in_prose(value: float | None, measure: Measure, *, lang: Language) -> str:
    """Write a figure inside a sentence: as `amount`, but a count of people is never told as 1 to 4."""
    if measure.unit.en in PERSONS and (value or 0) >= 0:
        return people_count(value, lang=lang)
    return amount(value, measure, lang=lang)


def on_chart(value: float | None, measure: Measure, *, lang: Language) -> str:
    """Write a figure beside its point: as `amount`, but 1 to 4 people are "<5"; the exact count stands in the table."""
    if measure.unit.en in PERSONS and 0 < (value or 0) < FEWEST:
        return f"<{FEWEST}"
    return amount(value, measure, lang=lang)


def only(series: Series, period: Period) -> Series:
    """Return a series with its figures of one period alone."""
    return replace(series, observations=tuple(o for o in series.observations if o.period == period))


HATE_CRIME_PAGE = "https://www.gov.uk/government/collections/hate-crime-statistics"
ONS_PAGE = "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates"
IMMIGRATION_PAGE = "https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables"
NOMIS_PAGE = "https://www.nomisweb.co.uk/sources/census_2021"
ELS_PAGE = "https://www.ons.gov.uk/explore-local-statistics"
WIMD_PAGE = "https://www.gov.wales/welsh-index-multiple-deprivation"
CARAVANS_PAGE = "https://www.gov.wales/gypsy-and-traveller-caravan-count"
EUSS_PAGE = "https://www.gov.uk/government/collections/eu-settlement-scheme-statistics"
NRM_PAGE = "https://www.gov.uk/government/collections/national-referral-mechanism-statistics"
NATIONAL_SURVEY_PAGE = "https://www.gov.wales/national-survey-wales"
WALES_PROJECTIONS_PAGE = "https://www.gov.wales/local-authority-population-projections"
_PAGE_NAMES = {
    WALES_PROJECTIONS_PAGE: "not_held.projections_page",
    NOMIS_PAGE: "not_held.nomis_page",
    ELS_PAGE: "not_held.els_page",
    WIMD_PAGE: "not_held.wimd_page",
    CARAVANS_PAGE: "not_held.caravans_page",
    EUSS_PAGE: "not_held.euss_page",
    NRM_PAGE: "not_held.nrm_page",
    NATIONAL_SURVEY_PAGE: "not_held.national_survey_page",
    HATE_CRIME_PAGE: "not_held.hate_crime_page",
    ONS_PAGE: "not_held.ons_page",
    IMMIGRATION_PAGE: "not_held.immigration_page",
}


def not_held(code: str, view: View, *, page: str) -> NotHeld:
    """Return the card for a figure that no publication we hold has for this place, with the publisher's page."""
    return NotHeld(
        code=code,
        title=t("not_held.title", lang=view.lang),
        reason=t("not_held.no_rows", lang=view.lang),
        how=t("not_held.official_page", lang=view.lang),
        url=page,
        url_label=t(_PAGE_NAMES[page], lang=view.lang),
    )


def place_in(view: View) -> str:
    """Return "in Cardiff" / "yng Nghaerdydd" for the view's place."""
    return view.place.in_.text(view.lang) if view.place.in_ else view.place.name.text(view.lang)


def without_note(codes: Iterable[str], view: View) -> tuple[str, ...]:
    """Name the places that have no figure in the period shown; nothing where each has one."""
    names = sorted(queries.area(code, build=view.build).name.text(view.lang) for code in codes)
    return (t("compare.absent", lang=view.lang, places="; ".join(names)),) if names else ()


def on_map(view: View) -> tuple[str, ...]:
    """Return the authorities to outline on a map: the place, or those it is made of; all Wales needs no outline."""
    if view.place.kind == "country":
        return ()
    return view.place.members or (view.place.code,)
