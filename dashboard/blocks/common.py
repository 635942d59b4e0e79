"""What every block says in the same way: chips, periods, hover words, marks of breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from dashboard import age, queries
from dashboard.age import Age
from dashboard.caveats import Caveat, Choice, Letter, caveat, each_once
from dashboard.charts import Mark, Panel, Point
from dashboard.charts.letters import nth_letter
from dashboard.comparability import is_superseded, revised_since
from dashboard.figure import NotHeld, Subject
from dashboard.findings.message import phrase_in
from dashboard.i18n.numbers import Numeral, PerCent
from dashboard.i18n.people import FEWEST, number_of_people
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import Joined, Translatable, Wording, joined, list_of, say, sentences
from dashboard.model import ALL_YEARS, TOTAL, Area, Break, Measure, Observation, Period, Series, Source
from dashboard.nations import HOME
from dashboard.tables import period_name


def chips(sources: Iterable[Source], *, counted: Iterable[Observation] | None = None) -> tuple[Wording, ...]:
    """Return the status, grade and vintage of the sources, each said once.

    A rate stands as its count does, whatever the population's standing: the status is that of the sources of what is
    `counted`, where named.
    """
    every = tuple(sources)
    words = [say(f"chip.{s.status}") for s in _counting(every, counted)]
    words += [say(f"grade.{grade}") for grade in sorted({s.grade for s in every})]
    older = {s.vintage == "superseded" for s in every}
    if True in older:
        words.append(say("chip.older_series" if older == {True} else "chip.older_part"))
    return tuple(dict.fromkeys(words))


def when(period: Period, *, measure: str = "") -> Wording:
    """Say a period inside a sentence: "in the year ending March 2025", "yng nghanol 2024"."""
    return period_name(period, measure=measure, inside=True)


def amount(value: float | None, measure: Measure) -> Wording:
    """Write a figure of a measure exactly, of a balance with its sign."""
    return Numeral(value, places=measure.decimals, signed=measure.balance)


def with_symbol(value: float | None, measure: Measure) -> Wording:
    """Write a figure with the symbol of its unit, "19.6%" or "£20,020"; a count as in prose, with no unit."""
    match measure.counts:
        case "percent" if measure.balance:
            return Numeral(value, places=measure.decimals, signed=True, percent=True)
        case "percent":
            return PerCent(value, places=measure.decimals)
        case "pounds":
            return joined("£", amount(value, measure))
        case _:
            return in_prose(value, measure)


def points(series: Series) -> tuple[Point[Wording], ...]:
    """Return the points of a series with hover words "July to September 2023: 246 offences"."""
    return tuple(_point(series, o) for o in series.observations)


def _point(series: Series, figure: Observation) -> Point[Wording]:
    name = period_name(figure.period, measure=series.measure.code)
    missing = joined("<b>", figure.marker or "", "</b> ", series.measure.unit)
    return Point(
        at=figure.period.middle.isoformat(),
        value=figure.value,
        line=series.lines[figure.source],
        hover=joined(name, "<br>", missing if figure.value is None else counted(figure.value, series.measure)),
        stretch=stretch(figure.value, series.measure),
    )


def panel(series: Series, *, title: Wording) -> Panel[Wording]:
    """Return a series as a small chart that carries its newest number."""
    newest = series.latest
    latest = on_chart(newest.value, series.measure) if newest else ""
    return Panel(title=title, points=points(series), latest=latest, marks=marks(series))


def marks(series: Series) -> tuple[Mark[Wording], ...]:
    """Return one mark per day on which breaks fall inside a series, a gap at both its ends.

    What begins is lettered, in order, for small charts; the end of a gap needs no words there.
    """
    letters = map(nth_letter, count())
    return tuple(
        Mark(
            at=edge.day.isoformat(),
            label=_edge_label(edge),
            cuts=any(b.severity == "hard" for b in (*edge.begin, *edge.end)),
            letter=next(letters) if edge.begin else "",
            words=sentences(*dict.fromkeys(b.effect for b in edge.begin)) if edge.begin else "",
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


def _edge_label(edge: _Edge) -> Wording:
    if not edge.begin:
        return say("break.complete_again")
    return min(edge.begin, key=lambda b: b.severity).label  # "hard" before "soft"


def break_notes(series: Series, *, lettered: bool = False) -> tuple[Caveat[Wording], ...]:
    """Return what each break inside a series does to it; or one note for each letter that the small charts have."""
    if lettered:
        return each_once(
            caveat("figure.lettered_note", Letter(letter=mark.letter), letter=mark.letter, note=mark.words)
            for mark in marks(series)
            if mark.letter
        )
    return each_once(Caveat(text=b.effect, explains=b) for edge in _edges(series) for b in edge.begin)


def _counting(sources: tuple[Source, ...], counted: Iterable[Observation] | None) -> tuple[Source, ...]:
    """Return the sources of what is counted, not of the people a rate is per; all where none is named."""
    codes = {figure.source for figure in counted or ()}
    return tuple(s for s in sources if s.code in codes) or sources


def cautions(sources: Iterable[Source], *, counted: Iterable[Observation] | None = None) -> tuple[Caveat[Wording], ...]:
    """Return the cautions the sources carry; a population's under its title, lest it be read of what is counted."""
    every = tuple(sources)
    own = _counting(every, counted)
    own_texts = [s.caution for s in own]
    others = (s for s in every if s not in own and s.caution and s.caution not in own_texts)
    of_others = (caveat("figure.caution_of", s, title=s.title, caution=s.caution) for s in others)
    return each_once((*(Caveat(text=s.caution, explains=s) for s in own if s.caution), *of_others))


def age_words(figures: Iterable[Observation], *, build: str) -> Wording:
    """Say how old the newest of some figures are, by the calendar of their publication; "" where they are up to date.

    Where several measures are drawn and not all are equally old, it says so of some.
    """
    by_wording = {each.wording: each for each in ages(figures, build=build)}
    if not any(by_wording):
        return ""
    return say("age.of_newest" if len(by_wording) == 1 else "age.of_some", age=age.oldest(by_wording.values()).wording)


def age_in(figures: Iterable[Observation], view: Subject) -> Wording:
    """Say how old the newest of some figures are, as `age_words`; nothing of those that a reader wanted of a day."""
    return "" if view.at else age_words(figures, build=view.build)


def since_notes(
    figures: Iterable[Observation], view: Subject, *, where: str = HOME.benchmark
) -> tuple[Caveat[Wording], ...]:
    """Say what has cut figures of an area since the day a reader wanted: they may be set beside no newer ones."""
    if view.at is None:
        return ()
    measures = dict.fromkeys(o.measure for o in figures)
    every = (b for code in measures for b in queries.breaks(code, where, build=view.build))
    later = [b for b in every if b.severity == "hard" and b.kind != "revision" and b.edges[-1] > view.at]
    return each_once(caveat("at.since", Choice(), note=b.effect) for b in later)


def at_or_newest(series: Series, view: Subject) -> Observation | None:
    """Return the figure of the period that ends on the day a reader wants, or the newest."""
    of_day = (o for o in series.observations if o.value is not None and o.period.end == view.at)
    return next(of_day, series.latest)


def ages(figures: Iterable[Observation], *, build: str) -> tuple[Age, ...]:
    """Return the age of the newest figure of each measure among some figures."""
    newest = {o.measure: o for o in sorted(figures, key=lambda o: o.period.end)}
    return tuple(age_of(figure, build=build) for figure in newest.values())


def age_of(figure: Observation, *, build: str) -> Age:
    """Return the age of one figure, whose publication may be held for other areas to a later day."""
    source = queries.sources(build=build)[figure.source]
    return age.of(source, figure.period, held_until=queries.held_until(source, build=build))


def dated(figure: Observation, *, build: str, short: bool = False) -> Wording:
    """Name the period of a newest figure, with how old it is where its publication has moved on since."""
    period = period_name(figure.period, measure=figure.measure, short=short)
    old = age_of(figure, build=build).wording
    return say("age.period", period=period, age=old) if old else period


def revised_words(last: Iterable[Observation], view: Subject) -> tuple[Wording, ...]:
    """Say that the figures up to the last of a change have been revised since and are not held so, where it is true."""
    figures, sources = tuple(last), queries.sources(build=view.build).values()
    superseded = (one for one in figures if is_superseded(one, sources))
    revised = next(superseded, None) or _revised_by_newer(figures, build=view.build)
    if revised is None:
        return ()
    return (say("figure.change_revised", last=period_name(revised.period, measure=revised.measure)),)


def _revised_by_newer(figures: Sequence[Observation], *, build: str) -> Observation | None:
    """Return the first figure that newer ones of its place revised; all places are asked for in one question."""
    queries.hold((one.area for one in figures), build=build)
    ends = ((one, queries.series(one.measure, one.area, category=one.category, build=build)) for one in figures)
    return next((one for one, series in ends if revised_since(one, series=series)), None)


def aged(subtitle: Wording, words: Wording) -> Wording:
    """Return a subtitle with what is said of the age of its figures, where they are older than a cycle."""
    return say("age.subtitle", subtitle=subtitle, age=words) if words else subtitle


def subtitle(measure: Measure, *, area: Area, period: Wording) -> Wording:
    """Return the neutral line under a title: measure, unit, area, period."""
    return say("figure.subtitle", period=period, measure=measure.name, unit=measure.unit, area=area.name)


def span(series: Series) -> Wording:
    """Say from when to when a series runs: "April to June 2012 – April to June 2023"; one period is named once."""
    ends = dict.fromkeys((series.observations[0].period, series.observations[-1].period))
    first, *last = (period_name(period, measure=series.measure.code) for period in ends)
    return joined(first, " – ", *last) if last else first


def months(series: Series) -> Wording:
    """Say the months from a series' first day to its last, as one period: "July 2016 to September 2023"."""
    first, last = series.observations[0].period, series.observations[-1].period
    count = (last.end.year - first.start.year) * 12 + last.end.month - first.start.month + 1
    return PeriodName(start=first.start, months=count, style="span")


def base(measure: Measure) -> Wording:
    """Say whom a share is of: "of people aged 16 and over"; all residents where the measure names nobody else."""
    return measure.base or say("census.all_residents")


def members_note(series: Series) -> tuple[Caveat[Wording], ...]:
    """Say that a series' newest figure is our sum of its members' published figures, where it is."""
    if series.latest is None or not series.latest.derived or not series.area.members:
        return ()
    return (caveat("caveat.sum_of_members", area=series.area.called),)


def listed(series: Iterable[Series]) -> Wording:
    """List "Harassment: 21; Income: 18.3%": names and newest numbers with their sign, not a sentence glued together."""
    return list_of(joined(s.category.name, ": ", with_symbol(s.latest.value, s.measure)) for s in series if s.latest)


def in_prose(value: float | None, measure: Measure) -> Wording:
    """Write a figure inside a sentence: as `amount`, but nobody, 1 to 4 people, or what happened to them, in words."""
    if is_told_in_words(value, measure):
        return say("people.few_less" if _is_fall(value) else "people.few")
    return number_of_people(value) if is_nobody(value, measure) else amount(value, measure)


def is_told_in_words(value: float | None, measure: Measure) -> bool:
    """Tell whether a figure counts 1 to 4 people, or what happened to as few: its number stands in tables alone."""
    return measure.counts in ("people", "of_people") and value is not None and 0 < abs(value) < FEWEST


def is_nobody(value: float | None, measure: Measure) -> bool:
    """Tell whether a figure counts people and there were none; a balance of 0 is of some who came and as many left."""
    return measure.counts == "people" and not measure.balance and value == 0


def in_row(value: float | None, measure: Measure) -> Wording:
    """Write a figure in a row beside others: as `amount`, but 1 to 4 people, or what happened to them, in words."""
    return in_prose(value, measure) if is_told_in_words(value, measure) else amount(value, measure)


def has_rate(value: float | None, measure: Measure) -> bool:
    """Tell whether a rate or share may be told of a figure: of nobody, and of what is told in words, none is."""
    return value is not None and not is_nobody(value, measure) and not is_told_in_words(value, measure)


def is_few(value: float | None, measure: Measure) -> bool:
    """Tell whether a figure counts one to four people more or less, who are drawn at no one number."""
    return measure.counts == "people" and is_told_in_words(value, measure)


def _is_fall(value: float | None) -> bool:
    """Tell whether a figure is of so many less: a balance, or claims taken back."""
    return value is not None and value < 0


def _are_few_people(value: float | None, measure: Measure) -> bool:
    """Tell whether a figure counts one to four people who are there, not fewer by as many."""
    return is_few(value, measure) and not _is_fall(value)


def stretch(value: float | None, measure: Measure, *, number: float | None = None) -> tuple[float, float] | None:
    """Return between which numbers a figure of one to four people may be, as counts or as the rates of `number`."""
    if value is None or not is_few(value, measure):
        return None
    one = (1.0 if number is None else number / value) * (-1 if _is_fall(value) else 1)
    ends = (one, one * (FEWEST - 1))
    return min(ends), max(ends)


def counted(value: float | None, measure: Measure) -> Wording:
    """Write a figure with its unit where the pointer is: 1 to 4 people, or what happened to them, in words."""
    if _are_few_people(value, measure):
        return joined("<b>", say("people.few_people"), "</b>")
    return joined("<b>", in_row(value, measure), "</b> ", measure.unit)


def on_chart(value: float | None, measure: Measure, *, among_rates: bool = False) -> Wording:
    """Write a figure beside its point: as `amount`, but 1 to 4 people are "<5"; the exact count stands in the table.

    Where the points beside it are rates it says of whom it is, "<5 people" or "nobody", so that it is read as none.
    """
    if among_rates:
        return say("people.few_on_chart") if _are_few_people(value, measure) else in_prose(value, measure)
    if not is_told_in_words(value, measure):
        return amount(value, measure)
    return f">−{FEWEST}" if _is_fall(value) else f"<{FEWEST}"


def beside_rates(value: float | None, measure: Measure) -> Wording:
    """Write a figure that has no rate in words where others are rates, so that nobody reads it as one."""
    return say("people.few_people") if _are_few_people(value, measure) else in_prose(value, measure)


def series_of(view: Subject, measure: str, area: str, *, category: str = TOTAL, history: bool = False) -> Series:
    """Return the figures of a measure for an area in the years the reader wants.

    With `history` all before come with them, for what is judged by its past; where those years have none, no figure.
    """
    return _in_years(queries.series(measure, area, category=category, build=view.build), view, history=history)


def parts(view: Subject, measure: str, area: str) -> tuple[Series, ...]:
    """Return one series per category that has figures in the years the reader wants, the total left out."""
    every = (_in_years(s, view) for s in queries.breakdown(measure, area, build=view.build))
    return tuple(s for s in every if not s.is_empty)


def within(series: Series, view: Subject, *, history: bool = False) -> Series:
    """Return the figures of a series in the years the reader wants; with `history` as for `series_of`."""
    return _in_years(series, view, history=history)


def _in_years(series: Series, view: Subject, *, history: bool = False) -> Series:
    if not view.years.are_chosen:
        return series
    inside = [o for o in series.observations if view.years.hold(o.period)]
    has_any = history and any(o.value is not None for o in inside)
    observations = tuple(o for o in series.observations if view.years.reach(o.period)) if has_any else tuple(inside)
    return replace(series, observations=observations, sources=queries.sources_of(observations, build=view.build))


def reached(series: Series, view: Subject) -> Series:
    """Return the figures of a series up to the last year the reader wants, be none inside: for a running total."""
    observations = tuple(o for o in series.observations if view.years.reach(o.period))
    return replace(series, observations=observations, sources=queries.sources_of(observations, build=view.build))


def of_all_years(view: Subject) -> Subject:
    """Return a view without a choice of years: for what adds up from its beginning, or lies ahead."""
    return replace(view, years=ALL_YEARS)


def years_words(view: Subject) -> Wording:
    """Say which years the reader wants: "2018 – 2025", "2018", "from 2018", "to 2025"; "" where all are."""
    match view.years.first, view.years.last:
        case None, None:
            return ""
        case first, None:
            return say("period.years_from", year=str(first))
        case None, last:
            return say("period.years_to", year=str(last))
        case first, last:
            return str(first) if first == last else say("period.years_both", first=str(first), last=str(last))


def is_apart(series: Series) -> bool:
    """Tell whether a category is none of those that add to the total of its measure, such as the Afghan schemes."""
    return series.measure.sum_categories and series.category.code != TOTAL and not series.category.parent


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


def not_held(code: str, *, page: str) -> NotHeld[Wording]:
    """Return the card for a figure that no publication we hold has for this place, with the publisher's page."""
    return NotHeld(
        code=code,
        title=say("not_held.title"),
        reason=say("not_held.no_rows"),
        how=say("not_held.official_page"),
        url=page,
        url_label=say(_PAGE_NAMES[page]),
    )


def place_in(view: Subject) -> Translatable:
    """Return "in Cardiff" / "yng Nghaerdydd" for the view's place."""
    return phrase_in(view.place)


def beside_wales(view: Subject, *, is_own: bool = True) -> tuple[Wording, ...]:
    """Say whose the dots are and whose the hollow rings: the place's, or some of an area that their names name."""
    ours = view.place.name if is_own else say("figure.place_or_named", place=view.place.name)
    return ours, queries.area(HOME.benchmark, build=view.build).name


def without_note(codes: Iterable[str], view: Subject) -> tuple[Caveat[Wording], ...]:
    """Name the places that have no figure in the period shown; nothing where each has one."""
    names = [queries.area(code, build=view.build).name for code in codes]
    return (caveat("compare.absent", places=Joined(tuple(names), "; ", sort=True)),) if names else ()


def on_map(view: Subject) -> tuple[str, ...]:
    """Return the authorities to outline on a map: the place, or those it is made of; all Wales needs no outline."""
    if view.place.kind == "country":
        return ()
    return view.place.members or (view.place.code,)


def periods_in_parts(measure: str, where: Area, view: Subject) -> tuple[Period, ...]:
    """Return the periods of which an area's parts and its whole are held, newest first."""
    whole = queries.series(measure, where.code, build=view.build)
    every = queries.breakdown(measure, where.code, build=view.build)
    parted = {o.period for one in every for o in one.observations if o.value is not None}
    return tuple(o.period for o in reversed(whole.observations) if o.value is not None and o.period in parted)
