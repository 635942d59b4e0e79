"""The kinds of figure there are, each made in one place: a line, small charts, dots, a map.

A block says what is special (its words, its series); everything that must always stand beside a chart is
added here, so that no block can forget its chips, its notes on breaks, its rows or its sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from dashboard.age import today
from dashboard.blocks import beside, common
from dashboard.blocks import expected as ranges
from dashboard.blocks.beside import Finder, Standing
from dashboard.caveats import Caveat, caveat, each_once
from dashboard.charts import (
    AreaMap,
    Band,
    Classes,
    Drawing,
    FunnelChart,
    IntervalDots,
    Mark,
    Panel,
    Point,
    RankedDots,
    SmallMultiples,
    TimeLine,
)
from dashboard.charts.plotly import map_config
from dashboard.expectations import Expectation
from dashboard.figure import Figure, Subject, Table
from dashboard.findings.message import phrase_in
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import ByName, Wording, each, joined, list_of, say, sentences
from dashboard.model import TOTAL, Area, Observation, Series, Source
from dashboard.nations import HOME
from dashboard.tables import by_name, measures_table, period_name, series_table, series_table_later

RowsOf: TypeAlias = Callable[[Sequence[Area]], Table[Wording]]


@dataclass(frozen=True, kw_only=True)
class BlockWords:
    """The words that are a block's own: its finding, one sentence, and what it does not tell.

    `people` are those that the title counts, where they are others than its newest figures count. `whose` are the
    names of the places that its dots and the hollow rings beside them are of.
    """

    title: Wording
    sentence: Wording
    caveats: tuple[Caveat[Wording], ...] = ()
    subtitle: Wording = ""
    people: float | None = None
    whose: tuple[Wording, ...] = ()


def line(
    view: Subject,
    *,
    code: str,
    series: Series,
    words: BlockWords,
    dots: bool = False,
    expected: Expectation | None = None,
    events: Sequence[Mark[Wording]] = (),
    of: Finder = beside.own,
) -> Figure[Wording]:
    """Return one series over time, its newest number written on it, with its expected range and events if given.

    `of` finds the area whose figures stand for a place that the reader wants beside ours.
    """
    series = common.within(series, view)
    newest = series.latest
    drawn = (newest,) if newest else ()
    old = age_in_years(drawn, view)
    judged, middles = (ranges.bands(expected), ranges.points(series, expected)) if expected else ([], [])
    figure = Figure(
        code=code,
        title=words.title,
        subtitle=saying_years(common.aged(words.subtitle or _subtitle(series), old), view),
        is_of_years=view.years.are_chosen,
        chips=common.chips(series.sources),
        drawing=TimeLine(
            points=common.points(series),
            marks=common.marks(series),
            latest=common.on_chart(newest.value, series.measure) if newest else "",
            markers=dots,
            bands=_bands_within(judged, view),
            events=tuple(events),
            expected=_points_within(middles, view),
        ),
        alt=say("alt.line", title=words.title, sentence=words.sentence),
        sentence=words.sentence,
        caveats=(
            *words.caveats,
            *common.break_notes(series),
            *common.cautions(series.sources),
            *common.members_note(series),
        ),
        table=series_table_later([series], build=view.build),
        sources=series.sources,
        newest=drawn,
        age=old,
        people=words.people,
    )
    figure = _beside(figure, [("", beside.stand(view, series, of=of))], view)
    if expected is None or not isinstance(figure.drawing, TimeLine):
        return figure
    table, bands = figure.table, figure.drawing.bands
    with_range = Table.later(lambda: ranges.with_range(table, series, expected, bands), areas=table.areas())
    return replace(figure, table=with_range)


def age_in_years(newest: Sequence[Observation], view: Subject) -> Wording:
    """Say how old the newest figures are; not of those that end where the reader wanted them to."""
    if view.years.last is not None and view.years.last < today().year:
        return ""
    return common.age_words(newest, build=view.build)


def saying_years(subtitle: Wording, view: Subject) -> Wording:
    """Return a subtitle that says which years the reader has chosen."""
    years = common.years_words(view)
    key = "period.subtitle_one" if view.years.are_one else "period.subtitle"
    return say(key, subtitle=subtitle, years=years) if years else subtitle


def _points_within(points: Iterable[Point[Wording]], view: Subject) -> tuple[Point[Wording], ...]:
    """Return the points of the days in the years the reader wants."""
    first = view.years.first
    return tuple(point for point in points if first is None or int(str(point.at)[:4]) >= first)


def _bands_within(bands: Sequence[Band], view: Subject) -> tuple[Band, ...]:
    """Return the expected ranges of the days in the years the reader wants."""
    first = view.years.first
    if first is None:
        return tuple(bands)
    cut = [(band, next((n for n, at in enumerate(band.at) if int(at[:4]) >= first), None)) for band in bands]
    return tuple(
        Band(at=band.at[n:], lower=band.lower[n:], centre=band.centre[n:], upper=band.upper[n:])
        for band, n in cut
        if n is not None
    )


def _titled_as_rate(
    figure: Figure[Wording], standings: Sequence[Standing], view: Subject, *, by_measure: bool
) -> Figure[Wording]:
    """Return a figure whose finding is the newest rate, where rates are wanted; what it found of counts comes after.

    Of several lines it is that of the furthest from none; of measures in different units, which no rate ranks, that of
    the first.
    """
    newest_of = [(one, newest) for one in standings if one.per and (newest := one.newest(one.ours)) is not None]
    key = ALTS.get(type(figure.drawing))
    if view.unit != beside.RATE or not newest_of or key is None:
        return figure
    are_alike = len({one.ours.measure.unit for one, _ in newest_of}) == 1
    ranked = sorted(newest_of, key=lambda pair: -abs(pair[0].number(pair[1]) or 0)) if are_alike else newest_of
    standing, newest = ranked[0]
    ours = standing.ours
    is_older = ours.latest is not None and newest.period != ours.latest.period
    when_rated = say("unit.newest_rate", period=period_name(newest.period, measure=ours.measure.code))
    title = say(
        "unit.rate_title_of_several" if by_measure else "unit.rate_title",
        place=ours.area.name,
        what=ours.measure.name if ours.category.code == TOTAL else ours.category.name,
        in_place=phrase_in(ours.area),
        n=Numeral(standing.number(newest), places=standing.decimals),
        base=Numeral(standing.per),
        when=common.when(newest.period),
    )
    sentence = sentences(when_rated if is_older else "", joined(figure.title, "."), figure.sentence)
    return replace(figure, title=title, sentence=sentence, alt=say(key, title=title, sentence=sentence))


def of_category(
    view: Subject,
    *,
    code: str,
    part: Series,
    whole: Series,
    caveats: tuple[Caveat[Wording], ...],
    of: Finder = beside.own,
) -> Figure[Wording] | None:
    """Return one category of a measure over time, beside its whole in words; None where none of it is held.

    A category that the whole leaves out stands alone.
    """
    newest = part.latest
    if newest is None:
        return None
    every = next((o for o in whole.observations if o.period == newest.period), None)
    sentence = "category.sentence" if every else "category.sentence_alone"
    values: dict[str, Wording] = {
        "category": part.category.name,
        "what": whole.measure.name,
        "in_place": phrase_in(part.area),
        "when": common.when(newest.period),
        "n": common.in_prose(newest.value, part.measure),
        "whole": common.in_prose(every.value if every else None, whole.measure),
    }
    words = BlockWords(
        title=say("category.title", **values),
        subtitle=say(
            "category.subtitle",
            category=part.category.name,
            subtitle=common.subtitle(part.measure, area=part.area, period=common.span(part)),
        ),
        sentence=say("category.sentence_apart" if common.is_apart(part) else sentence, **values),
        caveats=caveats,
    )
    return line(view, code=code, series=part, words=words, of=of)


ALTS = {TimeLine: "alt.line", SmallMultiples: "alt.small_multiples"}  # of those whose kind may change


def _beside(
    figure: Figure[Wording],
    standings: Sequence[tuple[Wording, Standing]],
    view: Subject,
    *,
    by_measure: bool = False,
    rows_of: RowsOf | None = None,
    in_words: Sequence[tuple[Wording, Standing]] = (),
) -> Figure[Wording]:
    """Return a figure of one place with those beside it: drawing, words, rows and sources follow.

    `in_words` are those whose numbers are told side by side: all, but of many rows the first of the newest.
    """
    refusals = beside.notes(standings)
    every = [one for _, one in standings]
    if not any(one.others or one.per for one in every):
        return saying(figure, refused=refusals) if refusals else figure
    is_row = isinstance(figure.drawing, RankedDots)  # one under another title than its category is named by its measure
    newest = [max(standings, key=lambda pair: pair[1].ours.observations[-1].period.end)]
    added = [
        beside.sentence(one, title="" if is_row and title != one.ours.category.name else title)
        for title, one in in_words or (newest if is_row else standings)
    ]
    if isinstance(figure.drawing, SmallMultiples):
        added += [beside.as_counts(standings), beside.without_rates(standings)]
    series = list({id(s): s for one in every for s in one.every}.values())
    areas = list({s.area.code: s.area for s in series}.values())
    named = by_name(areas)
    if is_row and not rows_of:  # whose rows hold more than is drawn
        named = {**figure.table.areas(), **named}
    usual, make = figure.table, measures_table if by_measure else series_table

    def rows() -> Table[Wording]:
        if rows_of:
            return rows_of(areas)
        if not is_row:
            return make(series, build=view.build)
        others = make([s for one in every for s in one.others], build=view.build)
        return beside.with_rows(usual, others)

    sources = beside.sources(every, build=view.build)
    counted = [o for s in series for o in s.observations]
    figure = _titled_as_rate(figure, every, view, by_measure=by_measure)
    with_words = replace(
        figure,
        subtitle=beside.subtitle(figure.subtitle, every),
        drawing=_drawn_beside(figure.drawing, standings),
        caveats=each_once(
            (
                *beside.caveats(every, view, has_axes=not isinstance(figure.drawing, RankedDots)),
                *_lettered(figure, every),
                *common.cautions(sources, counted=counted),
            )
        ),
        chips=common.chips(sources, counted=counted),
        table=Table.later(lambda: beside.with_rates(rows(), every), areas=named),
        sources=sources,
    )
    return saying(with_words, added, refused=refusals)


def saying(
    figure: Figure[Wording], more: Iterable[Wording] = (), *, refused: Iterable[Wording] = ()
) -> Figure[Wording]:
    """Return a figure whose sentence goes on, last with who is `refused` beside it; its alternative text too."""
    added, last = tuple(more), tuple(refused)
    own, key = sentences(figure.sentence, *added), ALTS.get(type(figure.drawing))
    sentence = sentences(own, *last)
    alt = say(key, title=figure.title, sentence=sentence) if key else sentences(figure.alt, *added, *last)
    return replace(figure, sentence=sentence, alt=alt, own_sentence=own, refused=last)


def side_by_side(
    figure: Figure[Wording],
    groups: Sequence[tuple[Wording, Sequence[beside.Row]]],
    places: Sequence[Area],
    *,
    group_in_words: tuple[Wording, Iterable[beside.Row]],
    refused: Iterable[Wording],
) -> Figure[Wording]:
    """Return dots with a group of rows for each category, one for each of several places, ours first.

    `group_in_words` is the category that the sentence tells side by side, with its rows.
    """
    what, rows = group_in_words
    others = list_of(place.name for place in places[1:])
    listed = list_of(say("beside.item", place=row.place.name, n=row.label) for row in rows)
    several = replace(
        figure,
        subtitle=say("beside.subtitle", subtitle=figure.subtitle, listed=others),
        drawing=beside.grouped(groups, places),
    )
    return saying(several, (say("beside.sentence", what=what, listed=listed),), refused=refused)


def _lettered(figure: Figure[Wording], standings: Sequence[Standing]) -> tuple[Caveat[Wording], ...]:
    """Return a figure's caveats; where its one line becomes small charts, breaks are told by their letters there."""
    if not isinstance(figure.drawing, TimeLine) or not standings[0].is_apart:
        return figure.caveats
    plain, lettered = (common.break_notes(standings[0].ours, lettered=letters) for letters in (False, True))
    return (*lettered, *(one for one in figure.caveats if one not in plain))


def _drawn_beside(drawing: Drawing[Wording], named: Sequence[tuple[Wording, Standing]]) -> Drawing[Wording]:
    if isinstance(drawing, RankedDots):
        return beside.grouped_dots(named)
    standings = [one for _, one in named]
    if isinstance(drawing, TimeLine) and not standings[0].is_apart:
        return beside.time_line(standings[0], drawing)
    usual = drawing.panels if isinstance(drawing, SmallMultiples) else [Panel(title="", points=())]
    shared = isinstance(drawing, SmallMultiples) and drawing.shared_scale
    panels = [p for one, own in zip(standings, usual, strict=True) for p in beside.panels(one, own)]
    return SmallMultiples(panels=tuple(panels), shared_scale=shared and not any(one.is_apart for one in standings))


def panels(
    view: Subject,
    *,
    code: str,
    series: Sequence[Series],
    words: BlockWords,
    by: Literal["category", "measure"] = "category",
    shared_scale: bool = False,
    titles: Sequence[Wording] = (),
    of: Finder = beside.own,
) -> Figure[Wording]:
    """Return one small chart per series, titled by its category, measure, or as `titles` say; `of` as for `line`."""
    series = [common.within(s, view) for s in series]
    sources = _sources(series)
    table = series_table if by == "category" else measures_table
    notes = each_once(note for s in series for note in common.break_notes(s, lettered=True))
    names = titles or [getattr(s, by).name for s in series]
    charts = [common.panel(s, title=name) for s, name in zip(series, names, strict=True)]
    drawn = tuple(s.latest for s in series if s.latest)
    old = age_in_years(drawn, view)
    figure = Figure(
        code=code,
        title=words.title,
        subtitle=saying_years(common.aged(words.subtitle or _subtitle(series[0]), old), view),
        is_of_years=view.years.are_chosen,
        chips=common.chips(sources),
        drawing=SmallMultiples(panels=tuple(charts), shared_scale=shared_scale),
        alt=say("alt.small_multiples", title=words.title, sentence=words.sentence),
        sentence=words.sentence,
        caveats=(*words.caveats, *notes, *common.cautions(sources)),
        table=series_table_later(series, build=view.build, make=table),
        sources=sources,
        newest=drawn,
        age=old,
        people=words.people,
    )
    if not view.beside and view.unit != beside.RATE:
        return figure
    standings = [(name, beside.stand(view, s, of=of)) for name, s in zip(names, series, strict=True)]
    return _beside(figure, standings, view, by_measure=by == "measure")


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One dot: the row it stands on, its number, how that is written beside it, and the hover words.

    One to four people are drawn along the `stretch` they may be in.
    """

    name: Wording
    value: float | None
    label: Wording
    hover: Wording
    code: str
    stretch: tuple[float, float] | None = None


def category_dot(series: Series) -> Dot:
    """Return the newest figure of one category as a dot."""
    newest, name = series.latest, series.category.name
    value = newest.value if newest else None
    hover = joined(name, "<br>", common.counted(value, series.measure))
    label = common.on_chart(value, series.measure)
    reach = common.stretch(value, series.measure)
    return Dot(name=name, value=value, label=label, hover=hover, code=series.category.code, stretch=reach)


def dots(
    view: Subject,
    *,
    code: str,
    rows: Iterable[Dot],
    words: BlockWords,
    table: Table[Wording],
    sources: tuple[Source, ...],
    chosen: Iterable[str],
    rings: Iterable[Dot] = (),
    counted: Iterable[Observation] = (),
    ranked: bool = True,
    series: Sequence[Series] = (),
    titles: Sequence[Wording] = (),
    by_measure: bool = False,
    of: Finder = beside.own,
    rows_of: RowsOf | None = None,
    series_in_words: Series | None = None,
    in_years: bool = False,
) -> Figure[Wording]:
    """Return dots by value or in the order given, those of `chosen` codes strong; a row without a value has no dot.

    `counted` are the published figures drawn, without the populations that rates are per. `series` are those whose
    newest figures the rows are, in order, for places beside ours (`of` as for `line`), by category or as `titles`
    say; rows are theirs, or as `rows_of` makes them, and `series_in_words` the one that is told side by side too.
    Dots `in_years` are of the years chosen, and say so.
    """
    drawn = tuple(counted)
    old = age_in_years(drawn, view) if in_years else common.age_in(drawn, view)
    figure = Figure(
        code=code,
        title=words.title,
        subtitle=saying_years(common.aged(words.subtitle, old), view) if in_years else common.aged(words.subtitle, old),
        is_of_years=in_years and view.years.are_chosen,
        chips=common.chips(sources, counted=drawn),
        drawing=_ranked_dots(rows, rings=rings, whose=words.whose, chosen=tuple(chosen), ranked=ranked),
        alt=say("alt.dots", title=words.title, sentence=words.sentence),
        sentence=words.sentence,
        caveats=(
            *common.since_notes(drawn, view, where=series[0].area.code if series else HOME.benchmark),
            *words.caveats,
            *common.cautions(sources, counted=drawn),
        ),
        table=table,
        sources=sources,
        newest=drawn,
        age=old,
    )
    if not view.beside or not series:
        return figure
    newest = [common.only(s, s.latest.period) for s in series if s.latest]
    named = beside.categories(view, newest, of=of, ranked=ranked, titles=titles)
    in_words = beside.categories(view, [series_in_words] if series_in_words else [], of=of, ranked=False)
    return _beside(figure, named, view, by_measure=by_measure, rows_of=rows_of, in_words=in_words)


def _ranked_dots(
    rows: Iterable[Dot], *, rings: Iterable[Dot], whose: tuple[Wording, ...], chosen: tuple[str, ...], ranked: bool
) -> RankedDots[Wording]:
    filled, compared = _with_value(rows), _dot_points(rings)
    return RankedDots(
        points=_dot_points(filled),
        chosen=chosen,
        labels=each(filled, lambda row: row.label),
        rings=compared,
        whose=whose if compared else (),
        ranked=ranked,
    )


def among(
    figure: Figure[Wording], rows: Iterable[Dot], view: Subject, *, others: Iterable[Dot] = (), of: Finder = beside.own
) -> Figure[Wording]:
    """Return a figure whose rows are places with those beside ours as strong as ours, and their numbers in words.

    `others` are the numbers of places beside that are none of the rows, and stand in the table below them; dots that
    have intervals are drawn among the rows.
    """
    if not view.beside:
        return figure
    drawing = figure.drawing
    if not isinstance(drawing, AreaMap | RankedDots | IntervalDots | FunnelChart):
        raise TypeError(f"expected rows that are places; came {type(drawing).__name__}")
    if of is beside.nobody:
        return saying(figure, refused=(say("beside.one_area", area=view.place.name),))
    strong, refusals = list(drawing.chosen), list[Wording]()
    every = {row.code: row for row in rows}
    by_code = {code: row for code, row in every.items() if row.value is not None}
    outside = {row.code: row for row in others if row.value is not None}
    for place in view.beside:
        where = of(place, view.build)
        if place.code == HOME.benchmark and getattr(drawing, "benchmark", None) is not None:
            continue  # it is the line
        if where is not None and where.code in outside:
            is_drawn = isinstance(drawing, IntervalDots)
            key = "beside.outside_drawn" if is_drawn else "beside.outside"
            refusals.append(say(key, place=where.name, n=outside[where.code].label))
            strong += [where.code] if is_drawn else []
            continue
        codes = beside.codes_among_rows(place, of=of, build=view.build)
        strong += [code for code in codes if code in by_code and code not in strong]
        if not set(codes) & by_code.keys():
            is_shown = bool(set(codes) & every.keys())  # without a figure of this period
            refusals.append(say("beside.no_figure" if is_shown else "beside.not_among", place=place.name))
    named = (by_code[code] for code in strong if code in by_code)
    listed = list(dict.fromkeys(say("beside.item", place=row.name, n=row.label) for row in named))
    has_ours = any(code in by_code for code in drawing.chosen)
    added = [say("beside.among", listed=list_of(listed))] if len(listed) > 1 else []
    if len(listed) == 1 and not has_ours:  # ours is Wales, or a force, and none of the rows
        added = [say("beside.among_one", listed=listed[0])]
    return saying(replace(figure, drawing=replace(drawing, chosen=tuple(strong))), added, refused=refusals)


def _dot_points(rows: Iterable[Dot]) -> tuple[Point[Wording], ...]:
    return each(
        rows, lambda row: Point(at=row.name, value=row.value, hover=row.hover, code=row.code, stretch=row.stretch)
    )


def _with_value(rows: Iterable[Dot]) -> tuple[Dot, ...]:
    if isinstance(rows, ByName):
        return rows.where(lambda row: row.value is not None)
    return tuple(row for row in rows if row.value is not None)


def area_map(
    view: Subject,
    *,
    code: str,
    rows: Iterable[Dot],
    others: Iterable[Dot] = (),
    outlines: str,
    unit: Wording,
    words: BlockWords,
    table: Table[Wording],
    sources: tuple[Source, ...],
    chosen: Iterable[str],
    classes: Classes | None = None,
    height: int = 520,
    counted: Iterable[Observation] = (),
    of: Finder = beside.own,
    counts: bool = False,
    alt: str = "alt.map",
) -> Figure[Wording]:
    """Return areas shaded by value; `outlines` is the address of their boundaries, `counted` and `of` as for `dots`.

    `counts` are drawn as circles. `others` are places beside that are not on the map; `alt` is the key of what is said
    to those who do not see it.
    """
    every = rows if isinstance(rows, ByName) else tuple(rows)
    points = each(
        _dot_points(every),
        lambda point: Point(at=point.at, value=point.drawn_value, hover=point.hover, code=point.code),
    )
    drawn = tuple(counted)
    old = common.age_in(drawn, view)
    figure = Figure(
        code=code,
        title=words.title,
        subtitle=common.aged(words.subtitle, old),
        chips=common.chips(sources, counted=drawn),
        drawing=AreaMap(
            points=points,
            outlines=outlines,
            chosen=tuple(chosen),
            unit=unit if classes or counts else say("map.classes", unit=unit),
            classes=classes,
            height=height,
            counts=counts,
        ),
        config=map_config(),
        alt=say(alt, title=words.title, sentence=words.sentence),
        sentence=words.sentence,
        caveats=(
            *common.since_notes(drawn, view),
            *words.caveats,
            *common.cautions(sources, counted=drawn),
            caveat("map.attribution"),
        ),
        table=table,
        sources=sources,
        newest=drawn,
        age=old,
    )
    return among(figure, every, view, others=others, of=of)


def _subtitle(series: Series) -> Wording:
    return common.subtitle(series.measure, area=series.area, period=common.span(series))


def _sources(series: Iterable[Series]) -> tuple[Source, ...]:
    return tuple({source.code: source for one in series for source in one.sources}.values())
