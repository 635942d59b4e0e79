"""Population and migration: how many people, what changed the number, and the flows over time.

The awkward fact: components of change may be held from the series that pre-dates the rebasing of 2023, the
population from the series after it. They are never joined into one line, and each says which it is; a rebased edition
takes the older one's place, and brings a part that nobody can explain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard import queries
from dashboard.blocks import build, common
from dashboard.blocks.build import Dot, Said
from dashboard.blocks.remembering import remembered
from dashboard.charts import Point, Waterfall
from dashboard.figure import Block, Cell, Column, Figure, Table, View
from dashboard.i18n import t, tn
from dashboard.i18n.numbers import decimal, percent, signed
from dashboard.i18n.periods import period_label
from dashboard.model import Observation, Period, Series, Source
from dashboard.nations import HOME
from dashboard.queries import Components
from dashboard.statistics.population import is_clear_change
from dashboard.tables import period_text

NET_PARTS = ("births", "deaths", "internal_net", "international_net", "other_change")
UNEXPLAINED = "unattributable_change"  # in rebased editions; without it the account would not close
NETS = ("internal_net", "international_net")
FLOWS = ("internal_inflow", "internal_outflow", "international_inflow", "international_outflow")


@remembered
def population(view: View) -> Block:
    """Return the population of the place, mid-2005 to the newest mid-year."""
    people = queries.series("population", view.place.code, build=view.build)
    newest = people.latest
    if newest is None:
        return common.not_held("population", view, page=common.ONS_PAGE)
    first, last = _ends(people)
    n, start, end = (common.amount(o.value, people.measure, lang=view.lang) for o in (newest, first, last))
    now, then, until = (common.when(o.period, lang=view.lang, measure="population") for o in (newest, first, last))
    key = "population.sentence" if newest == last else "population.sentence_newer"
    said = Said(
        title=t("population.title", lang=view.lang, n=n, in_place=common.place_in(view), when=now),
        sentence=t(key, lang=view.lang, first=then, a=start, last=until, b=end, newest=_mid(newest.period, view)),
        caveats=(t("population.estimate", lang=view.lang),),
    )
    return build.line(view, code="population", series=people, said=said, dots=True)


def _ends(people: Series) -> tuple[Observation, Observation]:
    """Return the first and the last figure of the line that a change may be given within."""
    line = people.newest_line or people.observations
    return line[0], line[-1]


NEWEST_YEARS = 3  # of yearly changes, in words
YEARLY_TITLES = {
    ("grew", True): "yearly.title_grew",
    ("grew", False): "yearly.title_grew_unclear",
    ("fell", True): "yearly.title_fell",
    ("fell", False): "yearly.title_fell_unclear",
    ("same", True): "yearly.title_same",
    ("same", False): "yearly.title_same",
}


@remembered
def population_change(view: View) -> Block:
    """Return the yearly change of population within one line of estimates, derived from the published totals."""
    yearly = queries.series("population_change", view.place.code, build=view.build)
    held = queries.series("population", view.place.code, build=view.build)
    newest, line = yearly.latest, held.newest_line
    if newest is None:
        return common.not_held("population_change", view, page=common.ONS_PAGE)
    listed = "; ".join(_yearly_item(o, view) for o in reversed(yearly.observations[-NEWEST_YEARS:]))
    revised = (t("population.newer_release", lang=view.lang),) if held.latest != line[-1] else ()
    said = Said(
        title=_yearly_title(newest, before=line[-2], after=line[-1], view=view),
        sentence=t("yearly.sentence", lang=view.lang, listed=listed),
        caveats=(t("yearly.uncertain", lang=view.lang), *revised, t("yearly.derived", lang=view.lang)),
    )
    return build.line(view, code="population_change", series=yearly, said=said, dots=True)


def _yearly_item(figure: Observation, view: View) -> str:
    year = period_text(figure.period, lang=view.lang)
    return t("yearly.item", lang=view.lang, year=year, n=_signed(figure.value, view))


def _yearly_title(newest: Observation, *, before: Observation, after: Observation, view: View) -> str:
    """Say the newest change: "grew" or "fell" only where it is clear, or of a country, which has no published range."""
    change = newest.value or 0
    direction = "grew" if change > 0 else "fell" if change < 0 else "same"
    clear = view.place.kind == "country" or is_clear_change(before=before.value, after=after.value)
    return t(
        YEARLY_TITLES[direction, clear],
        lang=view.lang,
        in_place=common.place_in(view),
        n=t("finding.around", lang=view.lang, n=_number(abs(change), view)),
        when=common.when(newest.period, lang=view.lang),
        mid=_mid(after.period, view),
    )


def waterfall_years(view: View) -> tuple[Components, ...]:
    """Return the years whose components are all held, newest first."""
    held = queries.components(view.place.code, build=view.build)
    whole = (c for c in held if all(getattr(c, part) is not None for part in NET_PARTS))
    return tuple(sorted(whole, key=lambda c: c.period, reverse=True))


@remembered
def components(view: View, *, year: Components | None) -> Block:
    """Return the waterfall of one year's components of change; `year` comes from `waterfall_years`."""
    if year is None:
        return common.not_held("components_of_change", view, page=common.ONS_PAGE)
    changes = _changes(year)
    total = sum(changes.values())
    source = queries.sources(build=view.build)[year.source]
    steps = [
        Point(at=_part(p, view), value=v, hover=f"{_part(p, view)}: <b>{_signed(v, view)}</b>")
        for p, v in changes.items()
    ]
    whole = Point(at=t("component.total_change", lang=view.lang), value=total, hover=_signed(total, view))
    title = _components_title(year, total, source, view)
    sentence = t(
        "components.sentence", lang=view.lang, listed="; ".join(f"{s.at}: {_signed(s.value, view)}" for s in steps)
    )
    counted = tuple(common.only(queries.series("births", view.place.code, build=view.build), year.period).observations)
    old = common.age_words(counted, lang=view.lang, build=view.build)
    subtitle = t(
        "components.subtitle",
        lang=view.lang,
        area=view.place.name.text(view.lang),
        period=period_text(year.period, lang=view.lang),
    )
    return Figure(
        code="components_of_change",
        title=title,
        subtitle=common.aged(subtitle, old, lang=view.lang),
        chips=common.chips([source], lang=view.lang),
        drawing=Waterfall(
            steps=tuple(steps), total=whole, texts=tuple(_signed(p.value, view) for p in (*steps, whole))
        ),
        alt=t("alt.waterfall", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            t("components.unattributable" if UNEXPLAINED in changes else "migration.identity", lang=view.lang),
            *_older_series([source], view),
            *common.cautions([source], lang=view.lang),
        ),
        table=_components_table(changes, total, year, view),
        sources=(source,),
        newest=counted,
        age=old,
    )


def _changes(year: Components) -> dict[str, float]:
    """Return the signed steps of a year; deaths take people away."""
    changes = {part: (getattr(year, part) or 0) * (-1 if part == "deaths" else 1) for part in NET_PARTS}
    return changes if year.unattributable_change is None else changes | {UNEXPLAINED: year.unattributable_change}


def _older_series(sources: Iterable[Source], view: View) -> tuple[str, ...]:
    """Say that figures are from before the rebasing, where some are."""
    older = any(source.vintage == "superseded" for source in sources)
    return (t("components.older_series", lang=view.lang),) if older else ()


def _older_years(series: Iterable[Series], view: View) -> tuple[str, ...]:
    """Say that flows are from before the rebasing; of a chart that goes on after it, which years are."""
    known = queries.sources(build=view.build)
    figures = [o for one in series for o in one.observations]
    older = [o.period for o in figures if known[o.source].vintage == "superseded"]
    if not older or len(older) == len(figures):
        return _older_series((known[o.source] for o in figures), view)
    return (t("flows.older_years", lang=view.lang, year=max(period.end.year for period in older)),)


def _components_title(year: Components, total: float, source: Source, view: View) -> str:
    """Say the change of a year as its estimates put it; where today's differ, theirs stands beside it."""
    values = {"in_place": common.place_in(view), "in_period": common.when(year.period, lang=view.lang)}
    values["n"] = _signed(total, view)
    if source.vintage != "superseded":
        return t("components.title", lang=view.lang, **values)
    yearly = queries.series("population_change", view.place.code, build=view.build).observations
    today = next((o.value for o in yearly if o.period == year.period), None)
    if today is None:
        return t("components.title_older", lang=view.lang, **values)
    return t("components.title_superseded", lang=view.lang, today=_signed(today, view), **values)


def _components_table(changes: dict[str, float], total: float, year: Components, view: View) -> Table:
    source = queries.sources(build=view.build)[year.source]
    when = period_text(year.period, lang=view.lang)
    fixed: tuple[Cell, ...] = (view.place.name.text(view.lang), view.place.code, when)
    vintage = t(f"vintage.{source.vintage}", lang=view.lang)
    end: tuple[Cell, ...] = (source.title.text(view.lang), source.edition.text(view.lang), source.grade, vintage)
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
        Column(key="vintage", label=t("column.vintage", lang=view.lang), shown=False),
    )
    return Table(columns=columns, rows=tuple(rows))


@remembered
def flows(view: View) -> Block:
    """Return moves over the years: four flows for an authority; two nets for a larger area, whose flows do not add."""
    inward = [queries.series(code, view.place.code, build=view.build) for code in FLOWS]
    nets = [queries.series(code, view.place.code, build=view.build) for code in NETS]
    series = nets if any(s.is_empty for s in inward) else inward
    if any(s.is_empty for s in series):
        return common.not_held("flows", view, page=common.ONS_PAGE)
    code = "net_flows" if series is nets else "flows"
    title, sentence = _flow_words(code, series, view)
    place, period = view.place.name.text(view.lang), common.span(series[0], lang=view.lang)
    said = Said(
        title=title,
        subtitle=t("flows.subtitle", lang=view.lang, area=place, period=period),
        sentence=sentence,
        caveats=(
            t("migration.inflows_no_sum", lang=view.lang),
            *_older_years(series, view),
        ),
    )
    return build.panels(view, code="flows", series=series, said=said, by="measure", shared_scale=series is inward)


FLOW_TITLES = {
    ("flows", False): "flows.title",
    ("flows", True): "flows.title_older",
    ("net_flows", False): "net_flows.title",
    ("net_flows", True): "net_flows.title_older",
}


def _flow_words(code: str, series: list[Series], view: View) -> tuple[str, str]:
    """Return the title (the newest international figure) and the sentence that lists every newest figure."""
    shown = ("international_inflow", "international_net")
    newest = next(s.latest for s in series if s.measure.code in shown and s.latest is not None)
    older = queries.sources(build=view.build)[newest.source].vintage == "superseded"
    title = t(
        FLOW_TITLES[code, older],
        lang=view.lang,
        in_period=common.when(newest.period, lang=view.lang),
        in_place=common.place_in(view),
        to_place=view.place.to.text(view.lang) if view.place.to else view.place.name.text(view.lang),
        n=_signed(newest.value, view) if code == "net_flows" else _number(newest.value, view),
    )
    listed = "; ".join(
        f"{s.measure.name.text(view.lang)}: {common.amount(s.latest.value, s.measure, lang=view.lang)}"
        for s in series
        if s.latest
    )
    return title, t("flows.sentence", lang=view.lang, listed=listed)


BIRTHS, ALL_BIRTHS = "births_non_uk_born_mothers", "births_all_mothers"
PROXIES = ("nino_registrations", "gp_registrations_flag4", BIRTHS, ALL_BIRTHS, "short_term_inflow")


@remembered
def proxies(view: View) -> Block:
    """Return counts that hint at who has come from abroad, none of which counts migrants."""
    held = [queries.series(code, view.place.code, build=view.build) for code in PROXIES]
    held = [s for s in held if not s.is_empty]
    if not held:
        return common.not_held("proxies", view, page=common.ONS_PAGE)
    newest = [(s, s.latest) for s in held if s.latest]
    every_birth = {o.period: o for s in held if s.measure.code == ALL_BIRTHS for o in s.observations}
    hints = [(s, o) for s, o in newest if s.measure.code != ALL_BIRTHS]
    listed = "; ".join(
        _proxy(s, o, view, of=every_birth.get(o.period) if s.measure.code == BIRTHS else None) for s, o in hints
    )
    years = sorted(o.period.end.year for _, o in newest)
    said = Said(
        title=t("proxies.title", lang=view.lang, in_place=common.place_in(view), first=years[0], last=years[-1]),
        subtitle=t(
            "proxies.subtitle",
            lang=view.lang,
            area=view.place.name.text(view.lang),
            period=common.span(held[0], lang=view.lang),
        ),
        sentence=t("proxies.sentence", lang=view.lang, listed=listed),
        caveats=(t("proxies.not_migrants", lang=view.lang), t("strands.own_scale", lang=view.lang)),
    )
    return build.panels(view, code="proxies", series=held, said=said, by="measure")


def _proxy(series: Series, newest: Observation, view: View, *, of: Observation | None) -> str:
    """Return a count with its own year, for the four are of different ones, and with the whole it is of."""
    return t(
        "proxies.item" if of is None else "proxies.item_of",
        all=common.amount(of.value if of else None, series.measure, lang=view.lang),
        lang=view.lang,
        name=series.measure.name.text(view.lang),
        period=period_text(newest.period, lang=view.lang, measure=series.measure.code),
        n=common.amount(newest.value, series.measure, lang=view.lang),
    )


MAP_CAVEATS = ("population_map.unclear", "population_map.why_unknown", "population.estimate")


@dataclass(frozen=True, kw_only=True)
class _Change:
    """One authority's population on two mid-years, and the change between them in per cent."""

    code: str
    name: str
    before: float
    after: float
    sources: tuple[str, ...]

    @property
    def percent(self) -> float:
        return (self.after / self.before - 1) * 100


@remembered
def population_change_map(view: View) -> Block:
    """Return Wales shaded by population change over the ten years to the newest mid-year."""
    newest = queries.latest_period(
        "population", kind="local_authority", nation=HOME.code, joined=True, build=view.build
    )
    if newest is None:
        return common.not_held("population_change_map", view, page=common.ONS_PAGE)
    before = Period(start=newest.start.replace(year=newest.start.year - 10), months=0)
    then, now = (
        queries.snapshot("population", kind="local_authority", period=period, nation=HOME.code, build=view.build)
        for period in (before, newest)
    )
    changes = _changes_between(then, now, view)
    if not changes:
        return common.not_held("population_change_map", view, page=common.ONS_PAGE)
    drawn = {change.code for change in changes}
    silent = queries.areas_without(
        "population", kind="local_authority", period=newest, nation=HOME.code, build=view.build
    )
    without = sorted({*silent, *(o.area for o in now if o.area not in drawn)})
    words = {"first": _mid(before, view), "last": _mid(newest, view)}
    title, sentence = _map_words(changes, words, view, some_missing=bool(without))
    said = Said(
        title=title,
        subtitle=t("population_map.subtitle", lang=view.lang, **words),
        sentence=sentence,
        caveats=(*(t(key, lang=view.lang) for key in MAP_CAVEATS), *common.without_note(without, view)),
    )
    return build.area_map(
        view,
        code="population_change_map",
        rows=[_change_dot(c, view) for c in changes],
        outlines=HOME.outlines["local_authority"],
        unit=t("population_map.unit", lang=view.lang),
        said=said,
        table=_change_table(changes, words, view),
        sources=queries.sources_of((*then, *now), build=view.build),
        chosen=common.on_map(view),
        counted=now,
    )


def _changes_between(then: tuple[Observation, ...], now: tuple[Observation, ...], view: View) -> list[_Change]:
    """Return the authorities with a figure on both days, largest change first."""
    names, earlier = queries.areas(build=view.build), {o.area: o for o in then}
    found = [
        _Change(
            code=o.area,
            name=names[o.area].name.text(view.lang),
            before=start.value,
            after=o.value,
            sources=tuple(dict.fromkeys((start.source, o.source))),
        )
        for o in now
        if o.value and (start := earlier.get(o.area)) and start.value
    ]
    return sorted(found, key=lambda c: c.percent, reverse=True)


def _map_words(changes: list[_Change], words: dict[str, str], view: View, *, some_missing: bool) -> tuple[str, str]:
    clear = [c for c in changes if is_clear_change(before=c.before, after=c.after)]
    grew, unclear = sum(c.percent > 0 for c in clear), len(changes) - len(clear)
    sentence = t(
        "population_map.sentence",
        lang=view.lang,
        top=changes[0].name,
        top_change=_percent(changes[0].percent, view),
        bottom=changes[-1].name,
        bottom_change=_percent(changes[-1].percent, view),
    )
    told = {"of": len(changes), "fell": len(clear) - grew, "unclear": unclear, **words}
    return tn(
        "population_map.title_of_those_held" if some_missing else "population_map.title",
        count=grew,
        lang=view.lang,
        **told,
    ), sentence


def _change_table(changes: list[_Change], words: dict[str, str], view: View) -> Table:
    first, last = (words[key][:1].upper() + words[key][1:] for key in ("first", "last"))
    columns = (
        Column(key="area", label=t("column.area", lang=view.lang)),
        Column(key="area_code", label=t("column.area_code", lang=view.lang), shown=False),
        Column(key="first", label=first, kind="number"),
        Column(key="last", label=last, kind="number"),
        Column(key="change", label=t("population_map.unit", lang=view.lang), kind="number", decimals=1, signed=True),
        Column(key="source", label=t("column.source", lang=view.lang), shown=False),
        Column(key="grade", label=t("grade.label", lang=view.lang), shown=False),
    )
    known = queries.sources(build=view.build)
    cited = {c.code: [known[source] for source in c.sources] for c in changes}
    rows = tuple(
        (
            c.name,
            c.code,
            c.before,
            c.after,
            c.percent,
            "; ".join(source.title.text(view.lang) for source in cited[c.code]),
            "; ".join(source.grade for source in cited[c.code]),
        )
        for c in changes
    )
    return Table(columns=columns, rows=rows)


def _change_dot(change: _Change, view: View) -> Dot:
    number = _percent(change.percent, view)
    hover = f"{change.name}<br><b>{number}</b>"
    return Dot(name=change.name, value=change.percent, label=number, hover=hover, code=change.code)


def _mid(period: Period, view: View) -> str:
    return period_label(start=period.start, months=0, lang=view.lang, style="mid_year")


def _percent(value: float, view: View) -> str:
    return percent(value, lang=view.lang, places=1, with_sign=True)


def _part(part: str, view: View) -> str:
    """Name a component as the data does: it has one name on the page and in its files."""
    return queries.measure(part, build=view.build).name.text(view.lang)


def _signed(value: float | None, view: View) -> str:
    return signed(value, lang=view.lang)


def _number(value: float | None, view: View) -> str:
    return decimal(value, places=0, lang=view.lang)
