"""Population and migration: how many people, what changed the number, and the flows over time.

The awkward fact: components of change may be held from the series that pre-dates the rebasing of 2023, the
population from the series after it. They are never joined into one line, and each says which it is; a rebased edition
takes the older one's place, and brings a part that nobody can explain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from dashboard import queries
from dashboard.beside import SIMILAR
from dashboard.blocks import beside, build, common, compare
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.remembering import remembered
from dashboard.caveats import Caveat, caveat
from dashboard.charts import Point, Waterfall
from dashboard.figure import Block, Column, Figure, Subject, Table
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import FirstLetter, Translatable, Wording, joined, list_of, say, say_count, sentences
from dashboard.model import Area, Measure, Observation, Period, Series, Source
from dashboard.nations import HOME
from dashboard.places import Row, ten_years_before
from dashboard.queries import NET_PARTS, UNEXPLAINED, Components
from dashboard.statistics.population import is_clear_change
from dashboard.tables import Named, by_name, cited, common_columns, period_name, with_days

NETS = ("internal_net", "international_net")
FLOWS = ("internal_inflow", "internal_outflow", "international_inflow", "international_outflow")


POPULATION_SENTENCES = {  # by whether several estimates join on, and whether a newer one does not
    (True, False): "population.sentence",
    (True, True): "population.sentence_newer",
    (False, False): "population.sentence_one",
    (False, True): "population.sentence_one_newer",
}


@remembered
def population(view: Subject) -> Block[Wording]:
    """Return the population of the place, mid-2005 to the newest mid-year."""
    people = common.series_of(view, "population", view.place.code)
    newest = people.latest
    if newest is None:
        return common.not_held("population", page=common.ONS_PAGE)
    first, last = _ends(people)
    n, start, end = (common.amount(o.value, people.measure) for o in (newest, first, last))
    now, then, until = (common.when(o.period, measure="population") for o in (newest, first, last))
    key = POPULATION_SENTENCES[first != last, newest != last]
    sentence = say(key, first=then, a=start, last=until, b=end, newest=_mid(newest.period))
    words = BlockWords(
        title=say("population.title", n=n, in_place=common.place_in(view), when=now),
        sentence=sentences(sentence, *common.revised_words((newest,), view)),
        caveats=(caveat("population.estimate"),),
    )
    return build.line(view, code="population", series=people, words=words, dots=True)


def _ends(people: Series) -> tuple[Observation, Observation]:
    """Return the first and the last figure of the line that a change may be given within; one twice where none may."""
    line = people.newest_line or people.observations[:1]
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
def population_change(view: Subject) -> Block[Wording]:
    """Return the yearly change of population within one line of estimates, derived from the published totals."""
    yearly = common.series_of(view, "population_change", view.place.code)
    people = common.series_of(view, "population", view.place.code, history=True)
    newest, line = yearly.latest, people.newest_line
    if newest is None:
        return common.not_held("population_change", page=common.ONS_PAGE)
    listed = list_of(_yearly_item(o, yearly.measure) for o in reversed(yearly.observations[-NEWEST_YEARS:]))
    revised = common.revised_words(line[-1:], view)
    title = _yearly_title(newest, before=line[-2], after=line[-1], view=view)
    sentence = say("yearly.sentence" if len(yearly.observations) > 1 else "yearly.sentence_one", listed=listed)
    words = BlockWords(
        title=say("yearly.title_revised", title=title) if revised else title,
        sentence=sentences(sentence, *revised),
        caveats=(caveat("yearly.uncertain"), caveat("yearly.derived")),
    )
    return build.line(view, code="population_change", series=yearly, words=words, dots=True)


def _yearly_item(figure: Observation, measure: Measure) -> Wording:
    return say("yearly.item", year=period_name(figure.period), n=common.in_prose(figure.value, measure))


def _yearly_title(newest: Observation, *, before: Observation, after: Observation, view: Subject) -> Wording:
    """Say the newest change: "grew" or "fell" only where it is clear, or of a country, which has no published range."""
    change = newest.value or 0
    direction = "grew" if change > 0 else "fell" if change < 0 else "same"
    clear = view.place.kind == "country" or is_clear_change(before=before.value, after=after.value)
    return say(
        YEARLY_TITLES[direction, clear],
        in_place=common.place_in(view),
        n=say("finding.around", n=Numeral(abs(change))),
        when=common.when(newest.period),
        mid=_mid(after.period),
    )


def waterfall_years(view: Subject) -> tuple[Components, ...]:
    """Return the years whose components are all held, newest first."""
    every_year = queries.components(view.place.code, build=view.build)
    whole = (c for c in every_year if _is_whole(c))
    return tuple(sorted(whole, key=lambda c: c.period, reverse=True))


@remembered
def components(view: Subject, *, year: Components | None) -> Block[Wording]:
    """Return the waterfall of one year's components of change; `year` comes from `waterfall_years`."""
    if year is None:
        return common.not_held("components_of_change", page=common.ONS_PAGE)
    changes = _changes(year)
    total = sum(changes.values())
    source = queries.sources(build=view.build)[year.source]
    measure = queries.measure("population_change", build=view.build)  # which each step is a part of
    written = partial(common.in_prose, measure=measure)
    steps = [
        Point(at=_part(p, view), value=v, hover=joined(_part(p, view), ": <b>", written(v), "</b>"))
        for p, v in changes.items()
    ]
    whole = Point(at=say("component.total_change"), value=total, hover=written(total))
    title = _components_title(year, total, source, view)
    sentence = say("components.sentence", listed=list_of(joined(s.at, ": ", written(s.value)) for s in steps))
    counted = tuple(common.only(queries.series("births", view.place.code, build=view.build), year.period).observations)
    old = common.age_words(counted, build=view.build)
    subtitle = say("components.subtitle", area=view.place.name, period=period_name(year.period))
    others, refusals = _years_beside(year, view)
    figure = Figure(
        code="components_of_change",
        title=title,
        subtitle=common.aged(subtitle, old),
        chips=common.chips([source]),
        drawing=Waterfall(
            steps=tuple(steps), total=whole, texts=tuple(common.on_chart(p.value, measure) for p in (*steps, whole))
        ),
        alt=say("alt.waterfall", title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            caveat("components.unattributable" if UNEXPLAINED in changes else "migration.identity"),
            *_older_series([source]),
            *common.cautions([source]),
            *((caveat("beside.counts"),) if others else ()),
        ),
        table=Table.later(
            lambda: _components_table({view.place: year, **others}, view), areas=by_name((view.place, *others))
        ),
        sources=(source,),
        newest=counted,
        age=old,
    )
    totals = {place: sum(_changes(one).values()) for place, one in {view.place: year, **others}.items()}
    listed = list_of(say("beside.item", place=place.name, n=written(n)) for place, n in totals.items())
    return build.saying(figure, (say("components.beside", listed=listed),) if others else (), refused=refusals)


def _years_beside(year: Components, view: Subject) -> tuple[dict[Area, Components], tuple[Wording, ...]]:
    """Return the same year of the places beside ours as far as it is held and comparable, and why not of others."""
    births = common.only(queries.series("births", view.place.code, build=view.build), year.period)
    standing = beside.stand(view, births, of=beside.own)
    same_year, refusals = dict[Area, Components](), list(standing.notes)
    for place in (one.area for one in standing.others):
        years = () if place.code == SIMILAR else queries.components(place.code, build=view.build)
        same = next((c for c in years if c.period == year.period and _is_whole(c)), None)
        if same:
            same_year[place] = same
        else:
            refusals.append(say("beside.not_held", place=place.name, ours=view.place.name))
    return same_year, tuple(refusals)


def _is_whole(year: Components) -> bool:
    return all(getattr(year, part) is not None for part in NET_PARTS)


def _changes(year: Components) -> dict[str, float]:
    """Return the signed steps of a year; deaths take people away."""
    changes = {part: (getattr(year, part) or 0) * (-1 if part == "deaths" else 1) for part in NET_PARTS}
    return changes if year.unattributable_change is None else changes | {UNEXPLAINED: year.unattributable_change}


def _older_series(sources: Iterable[Source]) -> tuple[Caveat[Wording], ...]:
    """Say that figures are from before the rebasing, where some are."""
    older = any(source.vintage == "superseded" for source in sources)
    return (caveat("components.older_series"),) if older else ()


def _older_years(series: Iterable[Series], view: Subject) -> tuple[Caveat[Wording], ...]:
    """Say that flows are from before the rebasing; of a chart that goes on after it, which years are."""
    every_source = queries.sources(build=view.build)
    figures = [o for one in series for o in one.observations]
    older = [o.period for o in figures if every_source[o.source].vintage == "superseded"]
    if not older or len(older) == len(figures):
        return _older_series(every_source[o.source] for o in figures)
    return (caveat("flows.older_years", year=max(period.end.year for period in older)),)


def _components_title(year: Components, total: float, source: Source, view: Subject) -> Wording:
    """Say the change of a year as its estimates put it; where today's differ, theirs stands beside it."""
    values = {"in_place": common.place_in(view), "in_period": common.when(year.period)}
    values["n"] = Numeral(total, signed=True)
    if source.vintage != "superseded":
        return say("components.title", **values)
    yearly = queries.series("population_change", view.place.code, build=view.build).observations
    today = next((o.value for o in yearly if o.period == year.period), None)
    if today is None:
        return say("components.title_older", **values)
    return say("components.title_superseded", today=Numeral(today, signed=True), **values)


def _components_table(years: Mapping[Area, Components], view: Subject) -> Table[Wording]:
    rows = [row for place, year in years.items() for row in _components_rows(place, year, view)]
    columns = (
        Column(key="component", label=say("component.heading")),
        Column(key="value", label=say("unit.people"), kind="number", signed=True),
        *common_columns("area", is_shown=len(years) > 1),
        *common_columns("area_code", "period", "source", "edition", "grade", "vintage", is_shown=False),
    )
    return with_days(Table.of(columns, rows))


def _components_rows(place: Area, year: Components, view: Subject) -> list[Named]:
    source, changes = queries.sources(build=view.build)[year.source], _changes(year)
    where = {"area": place.name, "area_code": place.code, "period": period_name(year.period), **cited(source)}
    parts = [(_part(p, view), value) for p, value in changes.items()]
    every = (*parts, (say("component.total_change"), sum(changes.values())))
    return [{"component": name, "value": value, **where} for name, value in every]


def drawn_flows(view: Subject) -> list[Series]:
    """Return the flows that are drawn of a place: the four in and out where all are held, or else the two nets."""
    inward = [common.series_of(view, code, view.place.code) for code in FLOWS]
    if not any(s.is_empty for s in inward):
        return inward
    return [common.series_of(view, code, view.place.code) for code in NETS]


@remembered
def flows(view: Subject) -> Block[Wording]:
    """Return moves over the years: four flows for an authority; two nets for a larger area, whose flows do not add."""
    series = drawn_flows(view)
    if any(s.is_empty for s in series):
        return common.not_held("flows", page=common.ONS_PAGE)
    is_net = series[0].measure.code in NETS
    code = "net_flows" if is_net else "flows"
    title, sentence = _flow_words(code, series, view)
    place, period = view.place.name, common.span(series[0])
    words = BlockWords(
        title=title,
        subtitle=say("flows.subtitle", area=place, period=period),
        sentence=sentence,
        caveats=(
            caveat("migration.inflows_no_sum"),
            *_older_years(series, view),
        ),
    )
    return build.panels(view, code="flows", series=series, words=words, by="measure", shared_scale=not is_net)


FLOW_TITLES = {
    ("flows", False): "flows.title",
    ("flows", True): "flows.title_older",
    ("net_flows", False): "net_flows.title",
    ("net_flows", True): "net_flows.title_older",
}


def _flow_words(code: str, series: list[Series], view: Subject) -> tuple[Wording, Wording]:
    """Return the title (the newest international figure) and the sentence that lists every newest figure."""
    international = ("international_inflow", "international_net")
    newest = next(s.latest for s in series if s.measure.code in international and s.latest is not None)
    older = queries.sources(build=view.build)[newest.source].vintage == "superseded"
    title = say(
        FLOW_TITLES[code, older],
        in_period=common.when(newest.period),
        in_place=common.place_in(view),
        to_place=view.place.to or view.place.name,
        n=common.amount(newest.value, queries.measure(newest.measure, build=view.build)),
    )
    listed = list_of(
        joined(s.measure.name, ": ", common.in_prose(s.latest.value, s.measure)) for s in series if s.latest
    )
    return title, say("flows.sentence", listed=listed)


BIRTHS, ALL_BIRTHS = "births_non_uk_born_mothers", "births_all_mothers"
PROXIES = ("nino_registrations", "gp_registrations_flag4", BIRTHS, ALL_BIRTHS, "short_term_inflow")


@remembered
def proxies(view: Subject) -> Block[Wording]:
    """Return counts that hint at who has come from abroad, none of which counts migrants."""
    series = [common.series_of(view, code, view.place.code) for code in PROXIES]
    series = [s for s in series if not s.is_empty]
    if not series:
        return common.not_held("proxies", page=common.ONS_PAGE)
    newest = [(s, s.latest) for s in series if s.latest]
    every_birth = {o.period: o for s in series if s.measure.code == ALL_BIRTHS for o in s.observations}
    hints = [(s, o) for s, o in newest if s.measure.code != ALL_BIRTHS]
    listed = list_of(_proxy(s, o, of=every_birth.get(o.period) if s.measure.code == BIRTHS else None) for s, o in hints)
    first, *_, last = sorted(o.period.end.year for _, o in newest) * 2
    where = common.place_in(view)
    words = BlockWords(
        title=say("proxies.title_year", in_place=where, year=first)
        if first == last
        else say("proxies.title", in_place=where, first=first, last=last),
        subtitle=say("proxies.subtitle", area=view.place.name, period=common.span(series[0])),
        sentence=say("proxies.sentence", listed=listed),
        caveats=(caveat("proxies.not_migrants"), caveat("strands.own_scale")),
    )
    return build.panels(view, code="proxies", series=series, words=words, by="measure")


def _proxy(series: Series, newest: Observation, *, of: Observation | None) -> Wording:
    """Return a count with its own year, for the four are of different ones, and with the whole it is of."""
    return say(
        "proxies.item" if of is None else "proxies.item_of",
        all=common.in_prose(of.value if of else None, series.measure),
        name=series.measure.name,
        period=period_name(newest.period, measure=series.measure.code),
        n=common.in_prose(newest.value, series.measure),
    )


MAP_CAVEATS = ("population_map.unclear", "population_map.why_unknown", "population.estimate")


@dataclass(frozen=True, kw_only=True)
class _Change:
    """One authority's population on two mid-years, and the change between them in per cent."""

    code: str
    name: Translatable
    before: float
    after: float
    percent: float
    sources: tuple[str, ...]


@remembered
def population_change_map(view: Subject) -> Block[Wording]:
    """Return Wales shaded by population change over the ten years to the newest mid-year."""
    comparison = compare.welsh("population_change", view)
    changes = _changes_of(comparison.drawn) if comparison else []
    if comparison is None or not changes:
        return common.not_held("population_change_map", page=common.ONS_PAGE)
    before, newest = ten_years_before(comparison.period), comparison.period
    drawn = {change.code for change in changes}
    ours = [row for row, _ in comparison.published]
    without = sorted({*comparison.without, *(row.area.code for row in ours if row.area.code not in drawn)})
    rows = (*ours, *comparison.others)
    then, now = [row.whole for row in rows if row.whole], [row.published for row in rows]
    days: dict[str, Wording] = {"first": _mid(before), "last": _mid(newest)}
    title, sentence = _map_words(changes, days, some_missing=bool(without))
    words = BlockWords(
        title=title,
        subtitle=say("population_map.subtitle", **days),
        sentence=sentences(sentence, *common.revised_words(now, view)),
        caveats=(*(caveat(key) for key in MAP_CAVEATS), *common.without_note(without, view)),
    )
    return build.area_map(
        view,
        code="population_change_map",
        rows=[_change_dot(c) for c in changes],
        others=[_change_dot(c) for c in _changes_of(comparison.others)],
        outlines=HOME.outlines["local_authority"],
        unit=say("population_map.unit"),
        words=words,
        table=Table.later(lambda: _change_table([*changes, *_changes_of(comparison.others)], days, view)),
        sources=queries.sources_of((*then, *now), build=view.build),
        chosen=common.on_map(view),
        counted=now,
    )


def _changes_of(rows: Iterable[Row]) -> list[_Change]:
    """Return the change of each authority with a figure on both days, in the order of the rows."""
    return [
        _Change(
            code=row.area.code,
            name=row.area.name,
            before=row.whole.value,
            after=row.figure.value,
            percent=row.value,
            sources=tuple(dict.fromkeys((row.whole.source, row.figure.source))),
        )
        for row in rows
        if row.figure and row.whole and row.value is not None and row.figure.value and row.whole.value
    ]


def _map_words(changes: list[_Change], words: dict[str, Wording], *, some_missing: bool) -> tuple[Wording, Wording]:
    clear = [c for c in changes if is_clear_change(before=c.before, after=c.after)]
    grew, unclear = sum(c.percent > 0 for c in clear), len(changes) - len(clear)
    sentence = say(
        "population_map.sentence",
        top=changes[0].name,
        top_change=_percent(changes[0].percent),
        bottom=changes[-1].name,
        bottom_change=_percent(changes[-1].percent),
    )
    values: dict[str, Wording | int] = {"of": len(changes), "fell": len(clear) - grew, "unclear": unclear, **words}
    return say_count(
        "population_map.title_of_those_held" if some_missing else "population_map.title", count=grew, **values
    ), sentence


def _change_table(changes: list[_Change], words: dict[str, Wording], view: Subject) -> Table[Wording]:
    first, last = (FirstLetter(words[key]) for key in ("first", "last"))
    columns = (
        *common_columns("area"),
        *common_columns("area_code", is_shown=False),
        Column(key="first", label=first, kind="number"),
        Column(key="last", label=last, kind="number"),
        Column(key="change", label=say("population_map.unit"), kind="number", decimals=1, signed=True),
        *common_columns("period", "source", "grade", is_shown=False),
    )
    every_source = queries.sources(build=view.build)
    rows: list[Named] = [
        {
            "area": c.name,
            "area_code": c.code,
            "first": c.before,
            "last": c.after,
            "change": c.percent,
            "period": joined(words["first"], " – ", words["last"]),
            "source": list_of(every_source[source].title for source in c.sources),
            "grade": list_of(every_source[source].grade for source in c.sources),
        }
        for c in changes
    ]
    return with_days(Table.of(columns, rows))


def _change_dot(change: _Change) -> Dot:
    number = _percent(change.percent)
    hover = joined(change.name, "<br><b>", number, "</b>")
    return Dot(name=change.name, value=change.percent, label=number, hover=hover, code=change.code)


def _mid(period: Period) -> Wording:
    return PeriodName(start=period.start, months=0, style="mid_year")


def _percent(value: float) -> Wording:
    return Numeral(value, places=1, signed=True, percent=True)


def _part(part: str, view: Subject) -> Wording:
    """Name a component as the data does: it has one name on the page and in its files."""
    return queries.measure(part, build=view.build).name
