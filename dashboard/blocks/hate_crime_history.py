"""Hate crime in past editions and other tables: strands by force as first published, racist incidents, outcomes.

The awkward fact: each of these answers a question that today's series does not, and none may be joined to it. A past
edition is a year on its own, racist incidents are wider than crimes, and outcomes are known for some forces only. So
years of several editions stand in one table and as dots of one year, and no line runs through them.
"""

from __future__ import annotations

from cohesion.vocabulary import ENGLAND_AND_WALES, WITHOUT_LONDON
from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.hate_crime import force_is_not_place, police_area
from dashboard.blocks.remembering import remembered
from dashboard.caveats import caveat
from dashboard.figure import Block, Subject
from dashboard.findings.message import by_words
from dashboard.findings.strands import FIRST_PUBLISHED
from dashboard.i18n.text import Wording, joined, list_of, say
from dashboard.model import Area, Observation, Period, Series
from dashboard.tables import period_name, series_table_later

BY_RELIGION = "hate_crimes_by_religion_targeted"
LOCAL_REPORTS = ("hate_crimes_in_local_report", "hate_incidents_in_local_report")
NO_TARGET = ("unknown", "no_religion", "other")


@remembered
def strands_first_published(view: Subject) -> Block[Wording]:
    """Return the newest year that a past edition gave by all five strands, and every year and strand in the table."""
    where = police_area(view)
    total = queries.series(FIRST_PUBLISHED, where.code, build=view.build)
    parts = queries.breakdown(FIRST_PUBLISHED, where.code, build=view.build)
    whole = first_years(view)
    if not whole:
        return common.not_held("strands_first_published", page=common.HATE_CRIME_PAGE)
    period = next((one for one in whole if one.end == view.at), whole[0])
    of_year = [common.only(s, period) for s in parts]
    rows = [build.category_dot(s) for s in of_year]
    every = tuple(o for s in (total, *parts) for o in s.observations)
    return build.dots(
        view,
        code="strands_first_published",
        rows=rows,
        words=_first_said(where, total=total, of_year=of_year, period=period, view=view),
        table=series_table_later([total, *parts], build=view.build),
        sources=queries.sources_of(every, build=view.build),
        chosen=[row.code for row in rows],
        counted=[o for s in (common.only(total, period), *of_year) for o in s.observations],
        series=of_year,
        of=beside.force,
    )


def first_years(view: Subject) -> tuple[Period, ...]:
    """Return the years that past editions gave of the place's force by all five strands, newest first."""
    where = police_area(view)
    parts = queries.breakdown(FIRST_PUBLISHED, where.code, build=view.build)
    figures = queries.series(FIRST_PUBLISHED, where.code, build=view.build).observations
    return tuple(o.period for o in reversed(figures) if _all_strands(parts, o.period))


def _all_strands(parts: tuple[Series, ...], period: Period) -> bool:
    """Say whether every strand there is has a figure in a year."""
    strands = len(parts) == 5
    return strands and all(any(o.period == period and o.value is not None for o in s.observations) for s in parts)


def _first_said(where: Area, *, total: Series, of_year: list[Series], period: Period, view: Subject) -> BlockWords:
    years = list_of(
        joined(period_name(o.period, short=True), ": ", common.in_prose(o.value, total.measure))
        for o in total.observations
    )
    values = {
        "force": where.name,
        "n": common.in_prose(common.only(total, period).observations[0].value, total.measure),
        "in_period": common.when(period),
        "listed": common.listed(of_year),
        "years": years,
    }
    keys = ("strand.no_sum", "caveat.recorded_changes")
    return BlockWords(
        title=say("first_published.title", **values),
        subtitle=common.subtitle(total.measure, area=where, period=period_name(period)),
        sentence=say("first_published.sentence", **values),
        caveats=(*force_is_not_place(view, where), *(caveat(key) for key in keys)),
    )


@remembered
def racist_incidents(view: Subject) -> Block[Wording]:
    """Return the racist incidents of the place's force by year, until the collection ended with 2015/16."""
    where = police_area(view)
    incidents = common.series_of(view, "racist_incidents", where.code)
    newest = incidents.latest
    if newest is None:
        return common.not_held("racist_incidents", page=common.HATE_CRIME_PAGE)
    first = incidents.observations[0]
    is_last = newest == queries.series("racist_incidents", where.code, build=view.build).latest
    values = {
        "force": by_words(where),
        "n": common.in_prose(newest.value, incidents.measure),
        "in_period": common.when(newest.period),
        "first": common.in_prose(first.value, incidents.measure),
        "in_first": common.when(first.period),
    }
    words = BlockWords(
        title=say("racist_incidents.title" if is_last else "racist_incidents.title_before", **values),
        sentence=say("racist_incidents.sentence_one" if first == newest else "racist_incidents.sentence", **values),
        caveats=(*force_is_not_place(view, where), caveat("caveat.recorded_changes")),
    )
    return build.line(view, code="racist_incidents", series=incidents, words=words, dots=True, of=beside.force)


@remembered
def religion_targeted(view: Subject) -> Block[Wording]:
    """Return religious hate crimes of one year by the religion that was targeted, as the police recorded it."""
    parts = queries.breakdown(BY_RELIGION, WITHOUT_LONDON, build=view.build)
    years = religion_years(view)
    newest = next((one for one in years if one.end == view.at), next(iter(years), None))
    of_year = [common.only(s, newest) for s in parts] if newest else []
    named = [s for s in of_year if s.latest and s.category.code not in NO_TARGET]
    if newest is None or not named:
        return common.not_held("religion_targeted", page=common.HATE_CRIME_PAGE)
    most = max(named, key=lambda s: s.observations[0].value or 0)
    values = {
        "in_period": common.when(newest),
        "religion": most.category.name,
        "n": common.in_prose(most.observations[0].value, most.measure),
        "listed": common.listed(of_year),
    }
    words = BlockWords(
        title=say("religion_targeted.title", **values),
        subtitle=common.subtitle(most.measure, area=most.area, period=period_name(newest)),
        sentence=say("religion_targeted.sentence", **values),
        caveats=(
            *(caveat(key) for key in ("religion_targeted.several", "caveat.recorded_changes")),
            *common.break_notes(parts[0]),
        ),
    )
    rows = [build.category_dot(s) for s in of_year]
    return build.dots(
        view,
        code="religion_targeted",
        rows=rows,
        words=words,
        table=series_table_later(parts, build=view.build),
        sources=parts[0].sources,
        chosen=[row.code for row in rows],
        counted=[s.observations[0] for s in of_year if s.observations],
        series=of_year,
        of=beside.nobody,
    )


def religion_years(view: Subject) -> tuple[Period, ...]:
    """Return the years that religions targeted are held of, newest first."""
    parts = queries.breakdown(BY_RELIGION, WITHOUT_LONDON, build=view.build)
    return tuple(sorted({o.period for s in parts for o in s.observations if o.value is not None}, reverse=True))


@remembered
def charged(view: Subject) -> Block[Wording]:
    """Return the shares of hate crimes that led to a charge or summons, a dot for each year and group of forces."""
    parts = queries.breakdown("hate_crime_charged_share", ENGLAND_AND_WALES, build=view.build)
    newest = parts[0].latest if parts else None
    if newest is None:
        return common.not_held("charged", page=common.HATE_CRIME_PAGE)
    values = {"n": common.with_symbol(newest.value, parts[0].measure), "in_period": common.when(newest.period)}
    rows = [_share(s, o) for s in parts for o in reversed(s.observations)]
    years = sorted({o.period for s in parts for o in s.observations}, key=lambda p: p.start)
    words = BlockWords(
        title=say("charged.title", **values),
        subtitle=common.subtitle(
            parts[0].measure, area=parts[0].area, period=list_of(period_name(p, short=True) for p in years)
        ),
        sentence=say("charged.sentence", listed=list_of(joined(r.name, ": ", r.label) for r in rows)),
        caveats=(caveat("charged.not_compared"),),
    )
    return build.dots(
        view,
        code="charged",
        rows=rows,
        words=words,
        table=series_table_later(parts, build=view.build),
        sources=parts[0].sources,
        chosen=[row.code for row in rows],
        counted=[o for s in parts for o in s.observations],
        ranked=False,  # years that may not be compared are not ranked
        series=parts,
        of=beside.nobody,
    )


def _share(series: Series, figure: Observation) -> Dot:
    year = period_name(figure.period, short=True)
    name, written = joined(series.category.name, ", ", year), common.with_symbol(figure.value, series.measure)
    code = f"{series.category.code} {figure.period.start}"
    return Dot(name=name, value=figure.value, label=written, hover=joined(name, "<br><b>", written, "</b>"), code=code)


@remembered
def local_report(view: Subject) -> Block[Wording] | None:
    """Return what a report of the place's own council or partnership counted, a dot a year; None where none did."""
    reports = [queries.series(measure, view.place.code, build=view.build) for measure in LOCAL_REPORTS]
    newest = next((s for s in reports if s.latest), None)
    if newest is None or newest.latest is None:
        return None
    rows = [_year(newest, o) for o in reversed(newest.observations)]
    values = {
        "publisher": newest.sources[0].publisher,
        "n": common.in_prose(newest.latest.value, newest.measure),
        "what": newest.measure.name,
        "in_place": common.place_in(view),
        "in_period": common.when(newest.latest.period),
        "listed": list_of(joined(row.name, ": ", row.label) for row in rows),
    }
    words = BlockWords(
        title=say(f"local_report.{newest.measure.code}", **values),
        subtitle=common.subtitle(newest.measure, area=view.place, period=common.span(newest)),
        sentence=say("local_report.sentence", **values),
        caveats=(caveat("caveat.recorded_changes"),),
    )
    return build.dots(
        view,
        code="local_report",
        rows=rows,
        words=words,
        table=series_table_later([newest], build=view.build),
        sources=newest.sources,
        chosen=[row.code for row in rows],
        counted=newest.observations,
        series=[common.only(newest, o.period) for o in reversed(newest.observations)],
        titles=[row.name for row in rows],
    )


def _year(series: Series, figure: Observation) -> Dot:
    name = period_name(figure.period, short=True)
    hover = joined(name, "<br>", common.counted(figure.value, series.measure))
    label = common.on_chart(figure.value, series.measure)
    return Dot(name=name, value=figure.value, label=label, hover=hover, code=str(figure.period.start))
