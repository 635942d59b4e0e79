"""Sanctuary and resettlement: asylum support, the Afghan programme, Homes for Ukraine, resettlement.

The awkward fact: these are different kinds of number. Asylum support and the Afghan programme are stocks on
one day, resettlement is a flow, Homes for Ukraine a running total of arrivals. They are never added, nothing
is shown below the local authority, and the asylum count grew twice only because more of it was published.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard import queries
from dashboard.additivity import added_over_time
from dashboard.blocks import beside, build, common, compare
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.remembering import remembered
from dashboard.caveats import Choice, caveat
from dashboard.denominators import people_per
from dashboard.figure import Block, Column, Subject, Table
from dashboard.i18n.numbers import Numeral, PerCent
from dashboard.i18n.people import FEWEST, number_of_people, say_people
from dashboard.i18n.text import Wording, joined, say, say_count, sentences
from dashboard.model import TOTAL, Period, Series
from dashboard.nations import HOME
from dashboard.places import Compared
from dashboard.statistics import rate
from dashboard.tables import period_name, series_table_later

SHARE = "share"  # as a unit in addresses
ACCOMMODATION, AFGHAN_PROGRAMME = "asylum_supported_accommodation", "afghan_programme_population"


@remembered
def asylum_support(view: Subject, *, category: str = TOTAL) -> Block[Wording]:
    """Return the people receiving asylum support in the place at the end of each quarter, in all or by one support."""
    people = common.series_of(view, "asylum_supported", view.place.code)
    newest = people.latest
    if newest is None:
        return common.not_held("asylum_support", page=common.IMMIGRATION_PAGE)
    caveats = (caveat("kind.stock.explained"), caveat("asylum.not_everyone"))
    if category != TOTAL:
        part = common.series_of(view, "asylum_supported", view.place.code, category=category)
        some = build.of_category(view, code="asylum_support", part=part, whole=people, caveats=caveats)
        return some or common.not_held("asylum_support", page=common.IMMIGRATION_PAGE)
    words = BlockWords(
        title=_said_of(people, "asylum.title", view), sentence=_per_people(people, view), caveats=caveats
    )
    return build.line(view, code="asylum_support", series=people, words=words)


def _per_people(series: Series, view: Subject) -> Wording:
    """Return the newest number as a rate; of nobody and of fewer than five people no rate is told."""
    newest = series.latest
    if newest is None or (newest.value or 0) < FEWEST:
        return say("asylum.sentence_small", span=common.span(series))
    people = queries.population(view.place.code, period=newest.period, build=view.build)
    base = people_per(newest.measure)
    per = rate(count=newest.value, population=people.value if people else None, per=base)
    if per is None or people is None:
        return say("asylum.sentence_no_rate", in_place=common.place_in(view))
    return say(
        "asylum.sentence",
        rate=Numeral(per, places=1),
        base=Numeral(base),
        population_when=common.when(people.period, measure="population"),
    )


@remembered
def asylum_map(view: Subject, *, category: str = TOTAL) -> Block[Wording]:
    """Return Wales by people receiving asylum support, in all or by one support, by authority.

    All are shaded per 10,000 people, or drawn as circles where counts are wanted; one support is drawn as counts alone.
    """
    part = "" if category == TOTAL else category
    comparison = compare.welsh("asylum_supported", view, part=part)
    if comparison is None:
        return common.not_held("asylum_map", page=common.IMMIGRATION_PAGE)
    return build.area_map(
        view,
        code="asylum_map",
        rows=compare.dots(comparison),
        others=compare.others(comparison),
        outlines=HOME.outlines["local_authority"],
        unit=compare.unit(comparison),
        words=_map_said(comparison, view),
        table=Table.later(lambda: compare.table(comparison, view)),
        sources=compare.sources(comparison, view),
        chosen=common.on_map(view),
        counted=[figure for _, figure in comparison.published],
        counts=comparison.per is None,
        alt="alt.map" if comparison.per else "compare.map.count_alt",
    )


def _map_said(comparison: Compared, view: Subject) -> BlockWords:
    """Return the words of the map of asylum support: the rates of all, or the counts of all or of one support."""
    is_part, of = comparison.choice.part != TOTAL, len(comparison.counted)
    key = "asylum_map.title_of_those_held" if comparison.without else "asylum_map.title"
    key = "asylum_map.title_part" if is_part else key
    some = sum(bool(figure.value) for figure in comparison.counted)
    part = {"part": comparison.part_name} if is_part else {}
    title = say_count(key, count=some, of=of, when=common.when(comparison.period), **part)
    subtitle = say(
        "asylum_map.subtitle" if comparison.per else "asylum_map.subtitle_count", period=period_name(comparison.period)
    )
    top = comparison.rows[0]
    if comparison.per:
        has_rate = common.has_rate(top.published.value, comparison.measure)
        rate_of_top = say("asylum_map.sentence", top=top.area.name, rate=Numeral(top.value, places=1))
        sentence = sentences(rate_of_top if has_rate else "", say("compare.not_worse"))
    else:
        most = say("asylum_map.sentence_count", top=top.area.name, n=common.in_prose(top.value, comparison.measure))
        sentence = sentences(most if some else "", say("asylum_map.circles"))
    return BlockWords(
        title=title,
        subtitle=say("category.subtitle", category=comparison.part_name, subtitle=subtitle) if is_part else subtitle,
        sentence=sentence,
        caveats=(
            *(caveat(one) for one in ("asylum_map.placed", "asylum_map.no_sites")),
            *((caveat("compare.no_rate_of_part", Choice()),) if is_part else ()),
            *common.without_note(comparison.without, view),
        ),
    )


@remembered
def asylum_accommodation(view: Subject) -> Block[Wording]:
    """Return the kinds of accommodation of people receiving asylum support, on the newest day or another held."""
    return _parts(view, measure=ACCOMMODATION, code="asylum_accommodation")


@remembered
def afghan_programme(view: Subject) -> Block[Wording]:
    """Return the people of the Afghan resettlement programme by kind of housing, on the newest day or another held."""
    return _parts(view, measure=AFGHAN_PROGRAMME, code="afghan_programme")


def days(measure: str, view: Subject) -> tuple[Period, ...]:
    """Return the days on which a stock of a place and its parts are held, newest first."""
    return common.periods_in_parts(measure, view.place, view)


def _parts(view: Subject, *, measure: str, code: str) -> Block[Wording]:
    """Return the parts of a stock on one day as dots; title and caveat are `<code>.title` and `.caveat`."""
    stock = queries.series(measure, view.place.code, build=view.build)
    figure = common.at_or_newest(stock, view)
    if figure is None:
        return common.not_held(code, page=common.IMMIGRATION_PAGE)
    day = figure.period
    parts = [common.only(s, day) for s in queries.breakdown(measure, view.place.code, build=view.build)]
    parts = [s for s in parts if s.observations]
    total = common.only(stock, day)
    subtitle = common.subtitle(total.measure, area=view.place, period=period_name(day))
    most = max(parts, key=lambda s: s.observations[0].value or 0)
    words = BlockWords(
        title=_said_of(
            total,
            f"{code}.title",
            view,
            category=most.category.name,
            part=number_of_people(most.observations[0].value),
        ),
        subtitle=subtitle,
        sentence=_parts_listed(total, parts),
        caveats=(
            caveat("kind.stock.explained"),
            caveat(f"{code}.caveat"),
            *common.break_notes(stock),
            *common.members_note(total),
        ),
    )
    table = series_table_later([total, *parts], build=view.build)
    rows = [build.category_dot(s) for s in parts]
    whole = figure.value or 0
    if view.unit == SHARE and whole >= beside.LEAST_FOR_A_RATE:
        rows = [_share_dot(s, whole) for s in parts]
        words = _said_of_shares(words, most, total, view)
        counts = table
        table = Table.later(lambda: _with_shares(counts, whole))
    return build.dots(
        replace(view, beside=()) if view.unit == SHARE else view,
        code=code,
        rows=rows,
        words=words,
        table=table,
        sources=parts[0].sources,
        chosen=[row.code for row in rows],
        counted=[s.latest for s in parts if s.latest],
        series=parts,
    )


def _share_dot(series: Series, whole: float) -> Dot:
    """Return a part as a share of the whole; fewer than five people have none."""
    count, usual = series.observations[0].value, build.category_dot(series)
    if count is None or common.is_few(count, series.measure):
        reach = common.stretch(count, series.measure, number=None if count is None else count / whole * 100)
        return replace(usual, value=None if count is None else count / whole * 100, stretch=reach)
    share = PerCent(count / whole * 100)
    hover = joined(series.category.name, "<br><b>", share, "</b><br>", common.counted(count, series.measure))
    return replace(usual, value=count / whole * 100, label=share, hover=hover)


def _with_shares(table: Table[Wording], whole: float) -> Table[Wording]:
    """Return rows with the share of the whole after each number."""
    share = Column[Wording](key="share", label=say("unit.percent"), kind="number", decimals=1)
    shares = ((n / whole * 100 if isinstance(n, int | float) else None,) for n in table.cells("value"))
    return table.beside((share,), shares, after="value")


def _said_of_shares(usual: BlockWords, most: Series, total: Series, view: Subject) -> BlockWords:
    """Return the words of parts as shares: the largest one's, and then what was found of counts."""
    part, whole = most.observations[0].value or 0, total.observations[0].value or 1
    title = say(
        "unit.share_title",
        category=most.category.name,
        share=PerCent(part / whole * 100),
        n=Numeral(whole),
        in_place=common.place_in(view),
        when=common.when(total.observations[0].period),
    )
    caveats = (caveat("unit.share_alone"), *usual.caveats) if view.beside else usual.caveats
    sentence = sentences(joined(usual.title, "."), usual.sentence)
    subtitle = say("unit.share_subtitle", subtitle=usual.subtitle)
    return replace(usual, title=title, sentence=sentence, subtitle=subtitle, caveats=caveats)


def _parts_listed(total: Series, parts: list[Series]) -> Wording:
    """List the parts; where nobody is counted one word does for all of them."""
    if total.latest and total.latest.value == 0:
        return say("figure.no_parts")
    return say("figure.parts", listed=common.listed(parts))


@remembered
def ukraine(view: Subject) -> Block[Wording]:
    """Return arrivals under Homes for Ukraine by Welsh authority: a running total, so never a rate."""
    comparison = compare.welsh("homes_for_ukraine", view)
    ours = queries.series("homes_for_ukraine_arrivals", view.place.code, build=view.build)
    if view.at and comparison:
        ours = common.only(ours, comparison.period)
    if comparison is None or ours.latest is None:
        return common.not_held("ukraine", page=common.IMMIGRATION_PAGE)
    words = BlockWords(
        title=_said_of(ours, "ukraine.title", view),
        subtitle=say("ukraine.subtitle", period=period_name(comparison.period)),
        sentence=say(
            "ukraine.sentence_at" if view.at else "ukraine.sentence",
            period=period_name(comparison.period),
            n=len(comparison.counted),
        ),
        caveats=(
            *(caveat(key) for key in ("kind.cumulative.explained", "ukraine.counted")),
            *common.without_note(comparison.without, view),
        ),
    )
    figure = build.dots(
        view,
        code="ukraine",
        rows=compare.dots(comparison),
        words=words,
        table=Table.later(lambda: compare.table(comparison, view)),
        sources=compare.sources(comparison, view),
        chosen=common.on_map(view),
        counted=[figure for _, figure in comparison.published],
    )
    return build.among(figure, compare.dots(comparison), view, others=compare.others(comparison))


@remembered
def resettlement(view: Subject, *, category: str = TOTAL) -> Block[Wording]:
    """Return the people resettled each quarter under the schemes counted by authority, in all or by one scheme."""
    people = common.series_of(view, "resettled_people", view.place.code)
    if people.latest is None:
        return common.not_held("resettlement", page=common.IMMIGRATION_PAGE)
    caveats = tuple(caveat(key) for key in ("kind.flow.explained", "resettlement.schemes"))
    if category != TOTAL:
        part = common.series_of(view, "resettled_people", view.place.code, category=category)
        some = build.of_category(view, code="resettlement", part=part, whole=people, caveats=caveats)
        return some or common.not_held("resettlement", page=common.IMMIGRATION_PAGE)
    everyone = added_over_time(people)
    words = BlockWords(
        title=say_people(
            "resettlement.title",
            people=everyone,
            in_place=common.place_in(view),
            span=common.months(people),
        ),
        sentence=say_people(
            "resettlement.sentence", people=people.latest.value, last=period_name(people.latest.period)
        ),
        caveats=caveats,
        people=everyone,
    )
    return build.line(view, code="resettlement", series=people, words=words)


def _said_of(series: Series, key: str, view: Subject, **more: Wording) -> Wording:
    """Return a title that says how many people the newest figure counts, when, and where."""
    newest = series.latest
    value, period = (newest.value, newest.period) if newest else (None, None)
    return say_people(
        key,
        people=value,
        in_place=common.place_in(view),
        when=common.when(period) if period else "",
        day=period_name(period) if period else "",
        **more,
    )
