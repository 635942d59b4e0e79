"""Hate crime in past editions and other tables: strands by force as first published, racist incidents, outcomes.

The awkward fact: each of these answers a question that today's series does not, and none may be joined to it. A past
edition is a year on its own, racist incidents are wider than crimes, and outcomes are known for some forces only. So
years of several editions stand in one table and as dots of one year, and no line runs through them.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import Dot, Said
from dashboard.blocks.hate_crime import ENGLAND_AND_WALES, force_is_not_place, police_area
from dashboard.blocks.remembering import remembered
from dashboard.figure import Block, View
from dashboard.i18n import t
from dashboard.i18n.numbers import percent
from dashboard.model import Area, Observation, Period, Series
from dashboard.tables import period_text, series_table

FIRST = "hate_crimes_as_first_published"
WITH_THE_MET = "K04000001"
LOCAL_REPORTS = ("hate_crimes_in_local_report", "hate_incidents_in_local_report")
NO_TARGET = ("unknown", "no_religion", "other")


@remembered
def strands_first_published(view: View) -> Block:
    """Return the newest year that a past edition gave by all five strands, and every year and strand in the table."""
    where = police_area(view)
    total = queries.series(FIRST, where.code, build=view.build)
    parts = queries.breakdown(FIRST, where.code, build=view.build)
    whole = [o.period for o in total.observations if _all_strands(parts, o.period)]
    if not whole:
        return common.not_held("strands_first_published", view, page=common.HATE_CRIME_PAGE)
    period = whole[-1]
    shown = [common.only(s, period) for s in parts]
    rows = [build.category_dot(s, lang=view.lang) for s in shown]
    every = tuple(o for s in (total, *parts) for o in s.observations)
    return build.dots(
        view,
        code="strands_first_published",
        rows=rows,
        said=_first_said(where, total=total, shown=shown, period=period, view=view),
        table=series_table([total, *parts], lang=view.lang, build=view.build),
        sources=queries.sources_of(every, build=view.build),
        chosen=[row.code for row in rows],
        counted=every,
        series=shown,
        of=beside.force,
    )


def _all_strands(parts: tuple[Series, ...], period: Period) -> bool:
    """Say whether every strand there is has a figure in a year."""
    strands = len(parts) == 5
    return strands and all(any(o.period == period and o.value is not None for o in s.observations) for s in parts)


def _first_said(where: Area, *, total: Series, shown: list[Series], period: Period, view: View) -> Said:
    years = "; ".join(
        f"{period_text(o.period, lang=view.lang, short=True)}: {common.amount(o.value, total.measure, lang=view.lang)}"
        for o in total.observations
    )
    values = {
        "force": where.name.text(view.lang),
        "n": common.amount(common.only(total, period).observations[0].value, total.measure, lang=view.lang),
        "in_period": common.when(period, lang=view.lang),
        "listed": common.listed(shown, lang=view.lang),
        "years": years,
    }
    keys = ("strand.no_sum", "caveat.recorded_changes")
    return Said(
        title=t("first_published.title", lang=view.lang, **values),
        subtitle=common.subtitle(total.measure, area=where, period=period_text(period, lang=view.lang), lang=view.lang),
        sentence=t("first_published.sentence", lang=view.lang, **values),
        caveats=(*force_is_not_place(view, where), *(t(key, lang=view.lang) for key in keys)),
    )


@remembered
def racist_incidents(view: View) -> Block:
    """Return the racist incidents of the place's force by year, until the collection ended with 2015/16."""
    where = police_area(view)
    incidents = queries.series("racist_incidents", where.code, build=view.build)
    newest = incidents.latest
    if newest is None:
        return common.not_held("racist_incidents", view, page=common.HATE_CRIME_PAGE)
    first = incidents.observations[0]
    values = {
        "force": common.by_words(where, lang=view.lang),
        "n": common.amount(newest.value, incidents.measure, lang=view.lang),
        "in_period": common.when(newest.period, lang=view.lang),
        "first": common.amount(first.value, incidents.measure, lang=view.lang),
        "in_first": common.when(first.period, lang=view.lang),
    }
    said = Said(
        title=t("racist_incidents.title", lang=view.lang, **values),
        sentence=t("racist_incidents.sentence", lang=view.lang, **values),
        caveats=(*force_is_not_place(view, where), t("caveat.recorded_changes", lang=view.lang)),
    )
    return build.line(view, code="racist_incidents", series=incidents, said=said, dots=True, of=beside.force)


@remembered
def religion_targeted(view: View) -> Block:
    """Return religious hate crimes of the newest year by the religion that was targeted, as the police recorded it."""
    parts = queries.breakdown("hate_crimes_by_religion_targeted", ENGLAND_AND_WALES, build=view.build)
    newest = max((s.latest.period for s in parts if s.latest), default=None)
    shown = [common.only(s, newest) for s in parts] if newest else []
    named = [s for s in shown if s.latest and s.category.code not in NO_TARGET]
    if newest is None or not named:
        return common.not_held("religion_targeted", view, page=common.HATE_CRIME_PAGE)
    most = max(named, key=lambda s: s.observations[0].value or 0)
    values = {
        "in_period": common.when(newest, lang=view.lang),
        "religion": most.category.name.text(view.lang),
        "n": common.amount(most.observations[0].value, most.measure, lang=view.lang),
        "listed": common.listed(shown, lang=view.lang),
    }
    said = Said(
        title=t("religion_targeted.title", lang=view.lang, **values),
        subtitle=common.subtitle(
            most.measure, area=most.area, period=period_text(newest, lang=view.lang), lang=view.lang
        ),
        sentence=t("religion_targeted.sentence", lang=view.lang, **values),
        caveats=(
            *(t(key, lang=view.lang) for key in ("religion_targeted.several", "caveat.recorded_changes")),
            *common.break_notes(parts[0], lang=view.lang),
        ),
    )
    rows = [build.category_dot(s, lang=view.lang) for s in shown]
    return build.dots(
        view,
        code="religion_targeted",
        rows=rows,
        said=said,
        table=series_table(parts, lang=view.lang, build=view.build),
        sources=parts[0].sources,
        chosen=[row.code for row in rows],
        counted=[s.observations[0] for s in shown if s.observations],
        series=shown,
        of=beside.nobody,
    )


@remembered
def charged(view: View) -> Block:
    """Return the shares of hate crimes that led to a charge or summons, a dot for each year and group of forces."""
    parts = queries.breakdown("hate_crime_charged_share", WITH_THE_MET, build=view.build)
    newest = parts[0].latest if parts else None
    if newest is None:
        return common.not_held("charged", view, page=common.HATE_CRIME_PAGE)
    values = {"n": percent(newest.value, lang=view.lang), "in_period": common.when(newest.period, lang=view.lang)}
    rows = [_share(s, o, view) for s in parts for o in reversed(s.observations)]
    years = sorted({o.period for s in parts for o in s.observations}, key=lambda p: p.start)
    said = Said(
        title=t("charged.title", lang=view.lang, **values),
        subtitle=common.subtitle(
            parts[0].measure,
            area=parts[0].area,
            period="; ".join(period_text(p, lang=view.lang, short=True) for p in years),
            lang=view.lang,
        ),
        sentence=t("charged.sentence", lang=view.lang, listed="; ".join(f"{r.name}: {r.label}" for r in rows)),
        caveats=(t("charged.not_compared", lang=view.lang),),
    )
    return build.dots(
        view,
        code="charged",
        rows=rows,
        said=said,
        table=series_table(parts, lang=view.lang, build=view.build),
        sources=parts[0].sources,
        chosen=[row.code for row in rows],
        counted=[o for s in parts for o in s.observations],
        ranked=False,  # years that may not be compared are not ranked
        series=parts,
        of=beside.nobody,
    )


def _share(series: Series, figure: Observation, view: View) -> Dot:
    year = period_text(figure.period, lang=view.lang, short=True)
    name, written = f"{series.category.name.text(view.lang)}, {year}", percent(figure.value, lang=view.lang)
    code = f"{series.category.code} {figure.period.start}"
    return Dot(name=name, value=figure.value, label=written, hover=f"{name}<br><b>{written}</b>", code=code)


@remembered
def local_report(view: View) -> Block | None:
    """Return what a report of the place's own council or partnership counted, a dot a year; None where none did."""
    found = [queries.series(measure, view.place.code, build=view.build) for measure in LOCAL_REPORTS]
    held = next((s for s in found if s.latest), None)
    if held is None or held.latest is None:
        return None
    rows = [_year(held, o, view) for o in reversed(held.observations)]
    values = {
        "publisher": held.sources[0].publisher.text(view.lang),
        "n": common.in_prose(held.latest.value, held.measure, lang=view.lang),
        "what": held.measure.name.text(view.lang),
        "in_place": common.place_in(view),
        "in_period": common.when(held.latest.period, lang=view.lang),
        "listed": "; ".join(f"{row.name}: {row.label}" for row in rows),
    }
    said = Said(
        title=t(f"local_report.{held.measure.code}", lang=view.lang, **values),
        subtitle=common.subtitle(
            held.measure, area=view.place, period=common.span(held, lang=view.lang), lang=view.lang
        ),
        sentence=t("local_report.sentence", lang=view.lang, **values),
        caveats=(t("caveat.recorded_changes", lang=view.lang),),
    )
    return build.dots(
        view,
        code="local_report",
        rows=rows,
        said=said,
        table=series_table([held], lang=view.lang, build=view.build),
        sources=held.sources,
        chosen=[row.code for row in rows],
        counted=held.observations,
    )


def _year(series: Series, figure: Observation, view: View) -> Dot:
    name = period_text(figure.period, lang=view.lang, short=True)
    written = common.amount(figure.value, series.measure, lang=view.lang)
    hover = f"{name}<br><b>{written}</b> {series.measure.unit.text(view.lang)}"
    return Dot(name=name, value=figure.value, label=written, hover=hover, code=str(figure.period.start))
