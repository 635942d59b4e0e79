"""Aggravated offences of council areas: by quarter, on a map, and those that the police left without a place.

The awkward facts: only the partnership tables have them, and until those are brought in there is a card that says so;
Cwm Taf is two authorities and one figure; and an offence without a place belongs to its force, never to a share of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard import memory, queries
from dashboard.additivity import add_up
from dashboard.blocks import beside, build, common, hate_crime
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.remembering import remembered
from dashboard.caveats import Caveat, Range, caveat
from dashboard.denominators import people_per
from dashboard.expectations import expected_of
from dashboard.figure import Block, Column, NotHeld, Subject, Table
from dashboard.findings import verdicts
from dashboard.findings.message import phrase_in
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import Wording, joined, list_of, say, sentences
from dashboard.model import Area, Observation, Period, Series
from dashboard.nations import HOME
from dashboard.statistics import Estimate, rate_interval
from dashboard.tables import Named, cited, common_columns, period_name, with_days

OPEN_DATA_PAGE = (
    "https://www.gov.uk/government/statistical-data-sets/police-recorded-crime-and-outcomes-open-data-tables"
)
MEASURE, UNASSIGNED = "rra_offences", "rra_offences_unassigned"
UNUSABLE = "[u]"  # recorded under "unassigned"
PARTNERSHIP = "community_safety_partnership"
QUARTERS = 4


@remembered
def authority(view: Subject) -> Block[Wording] | None:
    """Return the place's own offences by quarter, or the card that says they are not held; None for forces, Wales."""
    if not view.place.is_council:
        return None
    where = queries.own_police_area(view.place.code, build=view.build)
    series = common.series_of(view, MEASURE, where.code, history=True) if where else None
    if where is None or series is None or series.latest is None:
        return _card(view, unusable=any(_unusable(one) for one in _own_series(view)))
    values = {
        "in_place": phrase_in(where),
        "n": common.in_prose(series.latest.value, series.measure),
        "in_period": common.when(series.latest.period),
    }
    words = BlockWords(
        title=say("rra_place.title", **values),
        sentence=verdicts.beside_expected(series),
        caveats=(
            *_shared(where, view),
            *_not_usable(series, view),
            *_left_out(series.latest.period, view),
            caveat("rra.band", Range()),
            caveat(verdicts.range_caveat(series)),
            caveat("hate_crime.aggravated_explained"),
        ),
    )
    return build.line(
        view,
        code="rra_authority",
        series=series,
        words=words,
        expected=expected_of(series),
        of=beside.partnership,
    )


def _own_series(view: Subject) -> list[Series]:
    """Return the place's series, and those of the partnerships that it is of, with or without a figure in them."""
    partnerships = [a.code for a in queries.partnerships_of_wales(build=view.build) if view.place.code in a.members]
    codes = (view.place.code, *view.place.members, *partnerships)
    return [queries.series(MEASURE, code, build=view.build) for code in codes]


def _unusable(series: Series) -> list[Observation]:
    return [o for o in series.observations if o.marker == UNUSABLE]


def _not_usable(series: Series, view: Subject) -> tuple[Caveat[Wording], ...]:
    """Say for which quarters the force recorded the place's offences under unassigned; nothing where it never did."""
    codes = (series.area.code, *(series.area.members if series.area.kind == "composite" else ()))
    each = [series, *(queries.series(MEASURE, code, build=view.build) for code in codes[1:])]
    return tuple(
        caveat("rra_place.unusable", places=one.area.name, in_period=_quarters(out))
        for one in each
        if (out := _unusable(one))
    )


def _quarters(figures: list[Observation]) -> Wording:
    """Say the quarters of some figures, the newest last; those that follow one another as one period."""
    spans: list[Period] = []
    for period in (figure.period for figure in figures):
        if spans and (period.start - spans[-1].end).days == 1:
            spans[-1] = Period(start=spans[-1].start, months=spans[-1].months + period.months)
        else:
            spans.append(period)
    return list_of((common.when(span) for span in spans), between=", ")


def _card(view: Subject, *, unusable: bool) -> NotHeld[Wording]:
    reason = "rra_place.none_usable" if unusable else "not_held.hate_crime_authority.reason"
    return NotHeld(
        code="rra_authority",
        title=say("rra_place.none_usable_title" if unusable else "not_held.hate_crime_authority.title"),
        reason=say(reason, **{"place": view.place.name} if unusable else {}),
        how=say("not_held.hate_crime_authority.how_to_get"),
        url=OPEN_DATA_PAGE,
        url_label=say("not_held.hate_crime_authority.page"),
    )


def _shared(where: Area, view: Subject) -> tuple[Caveat[Wording], ...]:
    """Say that a place is counted only together with its neighbour, where it is."""
    if where.code == view.place.code:
        return ()
    names = {"place": view.place.name, "partnership": where.name}
    return (caveat("rra_place.shared", **names),)


def _left_out(period: Period, view: Subject) -> tuple[Caveat[Wording], ...]:
    """Say how many offences of the place's force stand in no place in a period."""
    always = caveat("rra_place.left_out")
    force = queries.force_of(view.place.code, build=view.build)
    unplaced = common.only(queries.series(UNASSIGNED, force.code, build=view.build), period) if force else None
    if force is None or unplaced is None or unplaced.latest is None:
        return (always,)
    return (always, Caveat(text=joined(_of_force(unplaced), ".")))


@remembered
def unassigned(view: Subject) -> Block[Wording] | None:
    """Return the offences that the police placed in no local area, by force; None until they are held."""
    force = queries.force_of(view.place.code, build=view.build)
    codes = (force.code,) if force else hate_crime.welsh_forces(view)
    series = [common.series_of(view, UNASSIGNED, code) for code in codes]
    series = [s for s in series if not s.is_empty]
    if not series:
        return None
    where = force or queries.area(HOME.benchmark, build=view.build)
    period = common.span(series[0])
    words = BlockWords(
        title=_of_force(series[0]) if force else say("rra_unassigned.title_wales"),
        subtitle=common.subtitle(series[0].measure, area=where, period=period),
        sentence=say("rra_unassigned.sentence", listed=sentences(*(joined(_of_force(s), ".") for s in series))),
        caveats=(caveat("rra_unassigned.never_shared"), caveat("caveat.recorded_changes")),
    )
    if force:
        return build.line(view, code="rra_unassigned", series=series[0], words=words, of=beside.force)
    names = [s.area.name for s in series]
    return build.panels(
        view, code="rra_unassigned", series=series, words=words, titles=names, shared_scale=True, of=beside.nobody
    )


def _of_force(series: Series) -> Wording:
    """Say how many offences of a force stood in no place in its newest quarter."""
    newest = series.latest
    values = {
        "n": common.in_prose(newest.value if newest else None, series.measure),
        "force": series.area.name,
        "in_period": common.when(newest.period) if newest else "",
    }
    return say("rra_unassigned.of_force", **values)


@dataclass(frozen=True, kw_only=True)
class _Year:
    """One partnership's offences of four quarters, the people living there, and the rate with its range."""

    area: Area
    quarters: tuple[Observation, ...]
    count: float
    people: Observation
    rate: Estimate


@remembered
def authorities_map(view: Subject) -> Block[Wording] | None:
    """Return Wales shaded by offences of four quarters per 10,000 people; None until partnerships are held.

    The two authorities of Cwm Taf have one figure and one colour. The year is the newest whose population is held, or
    the one that ends on the day the reader wants.
    """
    if queries.latest_period(MEASURE, kind=PARTNERSHIP, nation=HOME.code, build=view.build) is None:
        return None
    years = map_years(view)
    if not years:
        return common.not_held("rra_map", page=common.HATE_CRIME_PAGE)
    year = next((one for one in years if one.end == view.at), years[0])
    rows = _rows_of(year, _partnerships(view), view)
    cited = queries.sources_of(tuple(o for row in rows for o in (*row.quarters, row.people)), build=view.build)
    return build.area_map(
        view,
        code="rra_map",
        rows=[dot for row in rows for dot in _dots(row)],
        outlines=HOME.outlines["local_authority"],
        unit=say("unit.per_10000"),
        words=_map_said(rows, year, view),
        table=Table.later(lambda: _map_table(rows, year, view)),
        sources=cited,
        chosen=common.on_map(view),
        counted=[quarter for row in rows for quarter in row.quarters],
    )


def map_years(view: Subject) -> tuple[Period, ...]:
    """Return the runs of four quarters in which most partnerships have figures and a population, newest first."""
    return _map_years(build=view.build)


@memory.remembered(most=4)
def _map_years(*, build: str) -> tuple[Period, ...]:
    view = Subject(place=queries.area(HOME.benchmark, build=build), build=build)
    partnerships = _partnerships(view)
    years = []
    for start in sorted({o.period.start for one in partnerships for o in one.observations}, reverse=True):
        year = Period(start=_nine_months_before(start), months=12)
        if len(_rows_of(year, partnerships, view)) * 2 > sum(one.area.existed(start) for one in partnerships):
            years.append(year)
    return tuple(years)


def _partnerships(view: Subject) -> list[Series]:
    return [queries.series(MEASURE, a.code, build=view.build) for a in queries.partnerships_of_wales(build=view.build)]


def _rows_of(year: Period, partnerships: list[Series], view: Subject) -> list[_Year]:
    """Return the partnerships that have all figures of a year, highest rate first."""
    rows = [row for one in partnerships if (row := _year(one, year, view)) is not None]
    return sorted(rows, key=lambda row: row.rate.value or 0, reverse=True)


def _nine_months_before(start: date) -> date:
    months = start.year * 12 + start.month - 1 - 9
    return date(months // 12, months % 12 + 1, 1)


def _year(series: Series, year: Period, view: Subject) -> _Year | None:
    quarters = tuple(o for o in series.observations if year.start <= o.period.start <= year.end)
    people = queries.population(series.area.code, period=year, build=view.build)
    count = add_up(quarters, measure=series.measure, over="time", breaks=series.breaks)
    if len(quarters) != QUARTERS or people is None or count is None:
        return None
    per = rate_interval(count=count, population=people.value, per=people_per(MEASURE))
    return _Year(area=series.area, quarters=quarters, count=count, people=people, rate=per)


def _dots(row: _Year) -> list[Dot]:
    """Return a dot for each authority of a partnership, under the partnership's name."""
    name, written = row.area.name, _rate(row.rate.value)
    hover = say("rra_map.hover", place=name, rate=written, n=Numeral(row.count))
    return [Dot(name=name, value=row.rate.value, label=written, hover=hover, code=code) for code in row.area.members]


def _map_said(rows: list[_Year], year: Period, view: Subject) -> BlockWords:
    ends = {"low": _rate(rows[-1].rate.value), "high": _rate(rows[0].rate.value)}
    values = ends | {"in_period": common.when(year)}
    ours = [row for row in rows if set(row.area.members) & set(common.on_map(view))]
    drawn, last = {row.area.code for row in rows}, year.end
    without = [
        one.code
        for one in queries.partnerships_of_wales(build=view.build)
        if one.code not in drawn and one.existed(last)
    ]
    listed = list_of(joined(row.area.name, " ", _rate(row.rate.value)) for row in ours)
    return BlockWords(
        title=say("rra_map.title", **values),
        subtitle=say("rra_map.subtitle", period=period_name(year)),
        sentence=sentences(
            say("rra_map.sentence_here" if ours else "rra_map.sentence", listed=listed, **values),
            say("finding.not_worse"),
        ),
        caveats=(
            *(
                caveat(key)
                for key in ("rra_map.cwm_taf", "rra_place.left_out", "forces.not_a_ranking", "rra_map.small_counts")
            ),
            *common.without_note(without, view),
        ),
    )


def _map_table(rows: list[_Year], year: Period, view: Subject) -> Table[Wording]:
    every_source, when = queries.sources(build=view.build), period_name(year)
    columns = (
        *common_columns("area"),
        *common_columns("area_code", "period", is_shown=False),
        *common_columns("count", "population"),
        Column(key="rate", label=say("unit.per_10000"), kind="number", decimals=1),
        Column(key="lower", label=say("compare.column.lower"), kind="number", decimals=1),
        Column(key="upper", label=say("compare.column.upper"), kind="number", decimals=1),
        *common_columns("source", "edition", "grade", is_shown=False),
    )
    cells: list[Named] = [
        {
            "area": row.area.name,
            "area_code": row.area.code,
            "period": when,
            "count": row.count,
            "population": row.people.value,
            "rate": row.rate.value,
            "lower": row.rate.lower,
            "upper": row.rate.upper,
            **cited(every_source[row.quarters[-1].source]),
        }
        for row in rows
    ]
    return with_days(Table.of(columns, cells))


def _rate(value: float | None) -> Wording:
    return Numeral(value, places=1)
