"""Born abroad, not British, EU Settlement Scheme: survey estimates with their intervals, and single published points.

The awkward fact: the survey's estimates are rounded to 1,000 and so wide (the Vale: 5,000, give or take 3,000) that a
line through them would draw chance. So each year is a dot with its interval, in its order, and no change is told; and
the series ended in 2020. The Settlement Scheme counts applications, not people, and few of its figures are held.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.remembering import remembered
from dashboard.caveats import caveat
from dashboard.charts import Interval, IntervalDots
from dashboard.figure import Block, Figure, Subject
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import Wording, joined, list_of, say, sentences
from dashboard.model import Observation, Period, Series
from dashboard.tables import measures_table, period_name, series_table_later

NOT_UK_BORN, NOT_BRITISH = "non_uk_born_population", "non_british_population"
LISTED = 2
RECEIVED, CONCLUDED = "euss_applications", "euss_concluded"


@remembered
def born_abroad(view: Subject) -> Block[Wording]:
    """Return the survey's estimates of residents born outside the UK, each with its interval."""
    return _estimates(view, measure=NOT_UK_BORN, code="born_abroad")


@remembered
def not_british(view: Subject) -> Block[Wording]:
    """Return the survey's estimates of residents who are not British, each with its interval."""
    return _estimates(view, measure=NOT_BRITISH, code="not_british")


def _estimates(view: Subject, *, measure: str, code: str) -> Block[Wording]:
    """Return a place's years, or, where the survey has no figure for it as a whole, its authorities' newest year."""
    whole = queries.series(measure, view.place.code, build=view.build)
    own = common.within(whole, view)
    every = [own] if not own.is_empty else _of_members(measure, view) if whole.is_empty else []
    chosen_year = next((one for one in years(measure, view) if one.end == view.at), None)
    if not every:
        return common.not_held(code, page=common.ONS_PAGE)
    ended = period_name((every[0] if whole.is_empty else whole).observations[-1].period)
    if chosen_year:
        every = [common.only(s, chosen_year) for s in every]
    year = period_name(every[0].observations[-1].period)
    rows = [_newest(s) for s in every] if own.is_empty else _years(own)
    others, refusals = _others(every[0], view)
    apart = [s for s in others if s.area.code not in [row.code for row in rows]]
    theirs = [_newest(s) if own.is_empty else _newest(s, year=year) for s in apart]
    strong = (*(rows if own.is_empty else rows[-1:]), *theirs)
    title = _titled(code, every, view, year=year)
    sentence = say("abroad.sentence")
    newest = tuple(s.observations[-1] for s in every)
    old = common.age_in(newest, view) if own.is_empty else build.age_in_years(newest, view)
    period = year if chosen_year else common.span(every[0])
    measured = say("abroad.subtitle", measure=every[0].measure.name, area=view.place.name, period=period)
    subtitle = common.aged(measured, old)
    figure = Figure(
        code=code,
        title=title,
        subtitle=subtitle if own.is_empty else build.saying_years(subtitle, view),
        is_of_years=view.years.are_chosen and not own.is_empty,
        chips=common.chips(every[0].sources),
        drawing=IntervalDots(
            rows=(*rows, *theirs),
            chosen=tuple(row.code for row in strong),
            benchmark=None,
            benchmark_label="",
            ranked=own.is_empty,
        ),
        alt=say("alt.intervals", title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            caveat("abroad.ended", year=ended),
            caveat("abroad.no_trend"),
            *common.cautions(every[0].sources),
        ),
        table=series_table_later([*every, *others], build=view.build),
        sources=every[0].sources,
        newest=newest,
        age=old,
    )
    if not others and not refusals:
        return figure
    listed = list_of(joined(s.area.name, ": ", _written(s.observations[-1])) for s in (*every, *others))
    return build.saying(figure, (say("beside.among", listed=listed),) if others else (), refused=refusals)


def years(measure: str, view: Subject) -> tuple[Period, ...]:
    """Return the years of which every authority of a place has an estimate, newest first; none where it has its own."""
    if not queries.series(measure, view.place.code, build=view.build).is_empty:
        return ()
    each = [{o.period for o in s.observations if o.value is not None} for s in _of_members(measure, view)]
    return tuple(sorted(set.intersection(*each), reverse=True)) if each else ()


def _others(ours: Series, view: Subject) -> tuple[list[Series], tuple[Wording, ...]]:
    """Return the newest estimates of the places beside ours, of the same year, and who has none."""
    standing = beside.stand(view, common.only(ours, ours.observations[-1].period), of=beside.own)
    return list(standing.others), standing.notes


def _titled(code: str, every: list[Series], view: Subject, *, year: Wording) -> Wording:
    """Say the newest estimates of one or two places with their intervals; of more, how many there are."""
    if len(every) > LISTED:
        return say(f"{code}.title_many", count=len(every), in_place=common.place_in(view), year=year)
    listed = list_of(joined(s.area.name, ": ", _written(s.observations[-1])) for s in every)
    return say(f"{code}.title", listed=listed, year=year)


def _of_members(measure: str, view: Subject) -> list[Series]:
    of_members = (queries.series(measure, code, build=view.build) for code in view.place.members)
    return [s for s in of_members if not s.is_empty]


def _years(series: Series) -> list[Interval[Wording]]:
    years = (o for o in series.observations if o.value is not None)
    return [_interval(period_name(o.period), o, series, code=o.period.start.isoformat()) for o in years]


def _newest(series: Series, *, year: Wording = "") -> Interval[Wording]:
    """Return the row of a place's newest estimate, with its year where it stands among years."""
    row = _interval(series.area.name, series.observations[-1], series, code=series.area.code)
    if not year:
        return row
    name, unit = series.area.name, series.measure.unit
    hover = joined(name, "<br>", year, "<br><b>", row.label, "</b> ", unit)
    return replace(row, at=joined(name, ", ", year), hover=hover)


def _interval(name: Wording, figure: Observation, series: Series, *, code: str) -> Interval[Wording]:
    written = _written(figure)
    return Interval(
        at=name,
        code=code,
        value=figure.value or 0,
        lower=figure.lower,
        upper=figure.upper,
        verdict="",
        label=written,
        hover=joined(name, "<br><b>", written, "</b> ", series.measure.unit),
    )


def _written(figure: Observation) -> Wording:
    """Write an estimate with its interval: "5,000 (2,000–8,000)"."""
    number, lower, upper = (Numeral(value) for value in (figure.value, figure.lower, figure.upper))
    return number if figure.lower is None else sentences(number, say("abroad.interval", lower=lower, upper=upper))


@remembered
def settlement_scheme(view: Subject) -> Block[Wording]:
    """Return the applications to the EU Settlement Scheme from the place that a publication has named."""
    every = _named((view.place.code,), view) or _named(view.place.members, view)
    if not every:
        return common.not_held("settlement_scheme", page=common.EUSS_PAGE)
    rows = [_point(o, s) for s in every for o in s.observations]
    newest = max(every, key=lambda s: (s.measure.code == RECEIVED, _last(s)))
    last = newest.observations[-1]
    words = BlockWords(
        title=say(
            "settlement.title" if newest.measure.code == RECEIVED else "settlement.title_concluded",
            n=common.amount(last.value, newest.measure),
            from_place=newest.area.from_ or newest.area.name,
            day=period_name(last.period),
        ),
        subtitle=say("settlement.subtitle", area=view.place.name),
        sentence=say("settlement.sentence"),
        caveats=tuple(caveat(key) for key in ("settlement.not_people", "settlement.few")),
    )
    return build.dots(
        view,
        code="settlement_scheme",
        rows=rows,
        words=words,
        table=series_table_later(every, build=view.build, make=measures_table),
        sources=tuple({source.code: source for s in every for source in s.sources}.values()),
        chosen=[row.code for row in rows],  # all are of the place, or of its members
        counted=[s.observations[-1] for s in every],
        series=[common.only(s, o.period) for s in every for o in s.observations],
        titles=[row.name for row in rows],
        by_measure=True,
    )


def _named(codes: Iterable[str], view: Subject) -> list[Series]:
    """Return the figures of the Settlement Scheme that are held of some places."""
    every = (queries.series(m, code, build=view.build) for code in codes for m in (RECEIVED, CONCLUDED))
    return [series for series in every if not series.is_empty]


def _last(series: Series) -> float:
    return series.observations[-1].value or 0


def _point(figure: Observation, series: Series) -> Dot:
    """Return one published point as a dot that names its place, its day and what it counts."""
    name = say("settlement.point", area=series.area.name, day=period_name(figure.period), what=series.category.name)
    written = common.amount(figure.value, series.measure)
    code = f"{figure.area} {series.measure.code} {figure.period.start.isoformat()}"
    hover = joined(name, "<br><b>", written, "</b> ", series.measure.unit)
    return Dot(name=name, value=figure.value, label=written, hover=hover, code=code)
