"""Population and migration: how many people, what changed the number, and the flows over time.

The awkward fact: components of change are held from the series that pre-dates the rebasing of 2023, the
population from the series after it. They are never joined into one line, and each says which it is.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.blocks import common
from dashboard.charts import Point, choropleth, small_multiples, time_line, waterfall
from dashboard.charts.lines import Panel
from dashboard.charts.maps import map_config
from dashboard.figure import Block, Cell, Column, Figure, NotHeld, Table, View
from dashboard.i18n import t, tn
from dashboard.i18n.numbers import decimal, percent, signed
from dashboard.i18n.periods import period_label
from dashboard.model import Period, Series
from dashboard.queries import Components
from dashboard.tables import period_text, series_table

WALES = "W92000004"
NET_PARTS = ("births", "deaths", "internal_net", "international_net", "other_change")
FLOWS = ("internal_inflow", "internal_outflow", "international_inflow", "international_outflow")
ONS_PAGE = "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates"
WALES_OUTLINES = "/app/static/boundaries/wales_la.geojson"


def population(view: View) -> Block:
    """Return the population of the place, mid-2005 to the newest mid-year."""
    people = queries.series("population", view.place.code, build=view.build)
    newest = people.latest
    if newest is None:
        return _not_held("population", view)
    first = people.observations[0]
    title = t(
        "population.title",
        lang=view.lang,
        n=common.amount(newest.value, people.measure, lang=view.lang),
        in_place=place_in(view),
        when=common.when(newest.period, lang=view.lang, measure="population"),
    )
    sentence = t(
        "population.sentence",
        lang=view.lang,
        first=common.when(first.period, lang=view.lang, measure="population"),
        a=common.amount(first.value, people.measure, lang=view.lang),
        last=common.when(newest.period, lang=view.lang, measure="population"),
        b=common.amount(newest.value, people.measure, lang=view.lang),
    )
    return Figure(
        code="population",
        title=title,
        subtitle=common.subtitle(people.measure, area=view.place, period=common.span(people, lang=view.lang), lang=view.lang),
        chips=common.chips(people.sources, lang=view.lang),
        plot=time_line(
            common.points(people, lang=view.lang),
            marks=common.series_marks(people, lang=view.lang),
            latest=common.amount(newest.value, people.measure, lang=view.lang),
        ),
        alt=t("alt.line", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            t("population.estimate", lang=view.lang),
            *common.cautions(people.sources, lang=view.lang),
            *common.members_note(view, area=view.place, derived=newest.derived),
        ),
        table=series_table([people], lang=view.lang, build=view.build),
        sources=people.sources,
    )


def waterfall_years(view: View) -> tuple[Components, ...]:
    """Return the years whose components are all held, newest first."""
    held = queries.components(view.place.code, build=view.build)
    whole = (c for c in held if all(getattr(c, part) is not None for part in NET_PARTS))
    return tuple(sorted(whole, key=lambda c: c.period, reverse=True))


def components(view: View, *, year: Components | None) -> Block:
    """Return the waterfall of one year's components of change; `year` comes from `waterfall_years`."""
    if year is None:
        return _not_held("components", view)
    changes = _changes(year)
    total = sum(changes.values())
    source = queries.sources(build=view.build)[year.source]
    steps = [Point(at=_part(p, view), value=v, hover=f"{_part(p, view)}: <b>{_signed(v, view)}</b>") for p, v in changes.items()]
    whole = Point(at=t("component.total_change", lang=view.lang), value=total, hover=_signed(total, view))
    values = {"in_place": place_in(view), "in_period": common.when(year.period, lang=view.lang), "n": _number(abs(total), view)}
    title = t(f"components.title.{_direction(total)}", lang=view.lang, **values)
    sentence = t("components.sentence", lang=view.lang, listed="; ".join(f"{s.at}: {_signed(s.value, view)}" for s in steps))
    return Figure(
        code="components_of_change",
        title=title,
        subtitle=t(
            "components.subtitle",
            lang=view.lang,
            area=view.place.name.text(view.lang),
            period=period_text(year.period, lang=view.lang),
        ),
        chips=common.chips([source], lang=view.lang),
        plot=waterfall(steps, total=whole, texts=[_signed(p.value, view) for p in (*steps, whole)]),
        alt=t("alt.waterfall", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            t("migration.identity", lang=view.lang),
            t("components.older_series", lang=view.lang),
            *common.cautions([source], lang=view.lang),
        ),
        table=_components_table(changes, total, year, view),
        sources=(source,),
    )


def _changes(year: Components) -> dict[str, float]:
    """Return the signed steps of a year; deaths take people away."""
    return {part: (getattr(year, part) or 0) * (-1 if part == "deaths" else 1) for part in NET_PARTS}


def _direction(total: float) -> str:
    return "grew" if total > 0 else "fell" if total < 0 else "same"


def _components_table(changes: dict[str, float], total: float, year: Components, view: View) -> Table:
    source = queries.sources(build=view.build)[year.source]
    when = period_text(year.period, lang=view.lang)
    fixed: tuple[Cell, ...] = (view.place.name.text(view.lang), view.place.code, when)
    end: tuple[Cell, ...] = (source.title.text(view.lang), source.edition, source.grade)
    rows: list[tuple[Cell, ...]] = [(_part(p, view), value, *fixed, *end) for p, value in changes.items()]
    rows.append((t("component.total_change", lang=view.lang), total, *fixed, *end))
    columns = (
        Column(key="component", label=t("component.heading", lang=view.lang)),
        Column(key="value", label=t("unit.people", lang=view.lang), kind="number", signed=True),
        Column(key="area", label=t("column.area", lang=view.lang), shown=False),
        Column(key="area_code", label=t("column.area_code", lang=view.lang), shown=False),
        Column(key="period", label=t("column.period", lang=view.lang), shown=False),
        Column(key="source", label=t("column.source", lang=view.lang), shown=False),
        Column(key="edition", label=t("figure.edition", lang=view.lang), shown=False),
        Column(key="grade", label=t("grade.label", lang=view.lang), shown=False),
    )
    return Table(columns=columns, rows=tuple(rows))


def flows(view: View) -> Block:
    """Return moves in and out over the years: four flows for an authority, two nets for a larger area."""
    series = [queries.series(code, view.place.code, build=view.build) for code in FLOWS]
    if any(s.is_empty for s in series):
        return _net_flows(view)
    first, latest = series[0], series[2].latest
    assert latest is not None
    values = {
        "in_period": common.when(latest.period, lang=view.lang),
        "to_place": view.place.to.text(view.lang) if view.place.to else view.place.name.text(view.lang),
        "n": common.amount(latest.value, first.measure, lang=view.lang),
    }
    title = t("flows.title", lang=view.lang, **values)
    listed = "; ".join(
        f"{s.measure.name.text(view.lang)}: {common.amount(s.latest.value, s.measure, lang=view.lang)}" for s in series if s.latest
    )
    return _flows_figure(
        view,
        code="flows",
        title=title,
        sentence=t("flows.sentence", lang=view.lang, listed=listed),
        panels=[Panel(title=s.measure.name.text(view.lang), points=common.points(s, lang=view.lang)) for s in series],
        table=_flows_table(series, view),
        series=series,
        period=common.span(first, lang=view.lang),
    )


def _flows_table(series: list[Series], view: View) -> Table:
    table = series_table(series, lang=view.lang, build=view.build)
    measure_shown = tuple(
        Column(key=c.key, label=c.label, kind=c.kind, decimals=c.decimals, shown=c.shown or c.key == "measure") for c in table.columns
    )
    return Table(columns=measure_shown, rows=table.rows)


def _flows_figure(  # the two kinds of flow differ only in what is drawn
    view: View, *, code: str, title: str, sentence: str, panels: list[Panel], table: Table, series: list[Series], period: str
) -> Figure:
    sources = tuple({s.code: s for one in series for s in one.sources}.values())
    return Figure(
        code=code,
        title=title,
        subtitle=t("flows.subtitle", lang=view.lang, area=view.place.name.text(view.lang), period=period),
        chips=common.chips(sources, lang=view.lang),
        plot=small_multiples(panels, shared_scale=code == "flows"),
        alt=t("alt.small_multiples", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            t("migration.inflows_no_sum", lang=view.lang),
            t("components.older_series", lang=view.lang),
            *common.cautions(sources, lang=view.lang),
        ),
        table=table,
        sources=sources,
    )


def _net_flows(view: View) -> Block:
    held = [c for c in queries.components(view.place.code, build=view.build) if c.internal_net is not None]
    if not held:
        return _not_held("flows", view)
    parts = ("internal_net", "international_net")
    newest = held[-1]
    title = t(
        "net_flows.title",
        lang=view.lang,
        in_place=place_in(view),
        in_period=common.when(newest.period, lang=view.lang),
        n=_signed(newest.international_net, view),
    )
    listed = "; ".join(f"{_part(p, view)}: {_signed(getattr(newest, p), view)}" for p in parts)
    sources = tuple(dict.fromkeys(c.source for c in held))
    panels = [Panel(title=_part(p, view), points=tuple(_net_point(c, p, view) for c in held)) for p in parts]
    known = queries.sources(build=view.build)
    first = queries.series("births", view.place.code, build=view.build)
    span = f"{period_text(held[0].period, lang=view.lang)} – {period_text(newest.period, lang=view.lang)}"
    with_sources = Series(
        measure=first.measure, area=first.area, category=first.category, observations=(), sources=tuple(known[s] for s in sources)
    )
    return _flows_figure(
        view,
        code="net_flows",
        title=title,
        sentence=t("flows.sentence", lang=view.lang, listed=listed),
        panels=panels,
        table=_net_table(held, parts, view),
        series=[with_sources],
        period=span,
    )


def _net_point(year: Components, part: str, view: View) -> Point:
    value = getattr(year, part)
    name = period_text(year.period, lang=view.lang)
    return Point(at=year.period.start.isoformat(), value=value, hover=f"{name}<br><b>{_signed(value, view)}</b>")


def _net_table(held: list[Components], parts: tuple[str, ...], view: View) -> Table:
    columns = (
        Column(key="period", label=t("column.period", lang=view.lang)),
        Column(key="period_start", label=t("column.period_start", lang=view.lang), shown=False),
        *(Column(key=p, label=_part(p, view), kind="number", signed=True) for p in parts),
        Column(key="source", label=t("column.source", lang=view.lang), shown=False),
    )
    known = queries.sources(build=view.build)
    rows = tuple(
        (
            period_text(c.period, lang=view.lang),
            c.period.start.isoformat(),
            *(getattr(c, p) for p in parts),
            known[c.source].title.text(view.lang),
        )
        for c in reversed(held)
    )
    return Table(columns=columns, rows=rows)


def population_change_map(view: View) -> Block:
    """Return Wales shaded by population change over the ten years to the newest mid-year."""
    newest = queries.latest_period("population", kind="local_authority", nation=WALES, build=view.build)
    if newest is None:
        return _not_held("population_change_map", view)
    before = Period(start=newest.start.replace(year=newest.start.year - 10), months=0)
    now, then = (
        queries.snapshot("population", kind="local_authority", period=p, nation=WALES, build=view.build) for p in (newest, before)
    )
    earlier = {o.area: o.value for o in then}
    names = queries.areas(build=view.build)
    change = {o.area: (o.value / earlier[o.area] - 1) * 100 for o in now if o.value and earlier.get(o.area)}  # type: ignore[operator]
    points = [_change_point(code, value, view) for code, value in change.items()]
    grew = sum(value > 0 for value in change.values())
    values = {"first": _mid(before, view), "last": _mid(newest, view)}
    title = tn("population_map.title", count=grew, lang=view.lang, of=len(change), **values)
    order = sorted(change, key=lambda code: change[code], reverse=True)
    sentence = t(
        "population_map.sentence",
        lang=view.lang,
        top=names[order[0]].name.text(view.lang),
        top_change=_percent(change[order[0]], view),
        bottom=names[order[-1]].name.text(view.lang),
        bottom_change=_percent(change[order[-1]], view),
    )
    sources = queries.sources_of((*then, *now), build=view.build)
    return Figure(
        code="population_change_map",
        title=title,
        subtitle=t("population_map.subtitle", lang=view.lang, **values),
        chips=common.chips(sources, lang=view.lang),
        plot=choropleth(
            points, outlines=WALES_OUTLINES, chosen=_on_map(view), unit=t("population_map.unit", lang=view.lang)
        ),
        config=map_config(),
        alt=t("alt.map", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(t("population_map.why_unknown", lang=view.lang), t("population.estimate", lang=view.lang), t("map.attribution", lang=view.lang)),
        table=_change_table(order, change, earlier, {o.area: o.value for o in now}, (before, newest), view),
        sources=sources,
    )


def _change_table(order, change, earlier, later, periods, view) -> Table:  # type: ignore[no-untyped-def]
    names = queries.areas(build=view.build)
    first, last = (_mid(p, view) for p in periods)
    columns = (
        Column(key="area", label=t("column.area", lang=view.lang)),
        Column(key="area_code", label=t("column.area_code", lang=view.lang), shown=False),
        Column(key="first", label=first[:1].upper() + first[1:], kind="number"),
        Column(key="last", label=last[:1].upper() + last[1:], kind="number"),
        Column(key="change", label=t("population_map.unit", lang=view.lang), kind="number", decimals=1, signed=True),
    )
    rows = tuple((names[c].name.text(view.lang), c, earlier[c], later[c], change[c]) for c in order)
    return Table(columns=columns, rows=rows)


def _change_point(code: str, value: float, view: View) -> Point:
    name = queries.areas(build=view.build)[code].name.text(view.lang)
    return Point(at=name, value=value, code=code, hover=f"{name}<br><b>{_percent(value, view)}</b>")


def _on_map(view: View) -> tuple[str, ...]:
    """Return the authorities to outline: the place, or those it is made of; all Wales needs no outline."""
    if view.place.code == WALES:
        return ()
    return view.place.members or (view.place.code,)


def _mid(period: Period, view: View) -> str:
    return period_label(start=period.start, months=0, lang=view.lang, style="mid_year")


def _percent(value: float, view: View) -> str:
    return percent(value, lang=view.lang, places=1, with_sign=True)


def _part(part: str, view: View) -> str:
    return t(f"component.{part}", lang=view.lang)


def _signed(value: float | None, view: View) -> str:
    return signed(value, lang=view.lang)


def _number(value: float | None, view: View) -> str:
    return decimal(value, places=0, lang=view.lang)


def place_in(view: View) -> str:
    """Return "in Cardiff" / "yng Nghaerdydd" for the view's place."""
    return view.place.in_.text(view.lang) if view.place.in_ else view.place.name.text(view.lang)


def _not_held(code: str, view: View) -> NotHeld:
    return NotHeld(
        code=code,
        title=t("not_held.title", lang=view.lang),
        reason=t("not_held.no_rows", lang=view.lang),
        how=t("not_held.official_page", lang=view.lang),
        url=ONS_PAGE,
        url_label=t("not_held.ons_page", lang=view.lang),
    )
