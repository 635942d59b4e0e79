"""The kinds of figure there are, each made in one place: a line, small charts, dots, a map.

A block says what is special (its words, its series); everything that must always stand beside a chart is
added here, so that no block can forget its chips, its notes on breaks, its rows or its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.blocks import beside, common
from dashboard.blocks.beside import Finder, Standing
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
from dashboard.figure import Figure, Table, View
from dashboard.i18n import Language, t
from dashboard.model import Observation, Series, Source
from dashboard.tables import measures_table, series_table


@dataclass(frozen=True, kw_only=True)
class Said:
    """The words that are a block's own: its finding, one sentence, and what it does not tell."""

    title: str
    sentence: str
    caveats: tuple[str, ...] = ()
    subtitle: str = ""


def line(
    view: View,
    *,
    code: str,
    series: Series,
    said: Said,
    dots: bool = False,
    bands: Sequence[Band] = (),
    events: Sequence[Mark] = (),
    of: Finder = beside.own,
) -> Figure:
    """Return one series over time, its newest number written on it, with its expected range and events if given.

    `of` finds the area whose figures stand for a place that the reader wants beside ours.
    """
    newest = series.latest
    drawn = (newest,) if newest else ()
    old = common.age_words(drawn, lang=view.lang, build=view.build)
    figure = Figure(
        code=code,
        title=said.title,
        subtitle=common.aged(said.subtitle or _subtitle(series, view), old, lang=view.lang),
        chips=common.chips(series.sources, lang=view.lang),
        drawing=TimeLine(
            points=common.points(series, lang=view.lang),
            marks=common.marks(series, lang=view.lang),
            latest=common.amount(newest.value, series.measure, lang=view.lang) if newest else "",
            markers=dots,
            bands=tuple(bands),
            events=tuple(events),
        ),
        alt=t("alt.line", lang=view.lang, title=said.title, sentence=said.sentence),
        sentence=said.sentence,
        caveats=(
            *said.caveats,
            *common.break_notes(series, lang=view.lang),
            *common.cautions(series.sources, lang=view.lang),
            *common.members_note(series, lang=view.lang),
        ),
        table=series_table([series], lang=view.lang, build=view.build),
        sources=series.sources,
        newest=drawn,
        age=old,
    )
    return _beside(figure, [("", beside.stand(view, series, of=of))], view)


ALTS = {TimeLine: "alt.line", SmallMultiples: "alt.small_multiples"}  # of those whose kind may change


def _beside(
    figure: Figure, standings: Sequence[tuple[str, Standing]], view: View, *, by_measure: bool = False
) -> Figure:
    """Return a figure of one place with those beside it: drawing, words, rows and sources follow."""
    told = beside.told(standings, lang=view.lang)
    every = [one for _, one in standings]
    if not any(one.others for one in every):
        return saying(figure, told, view) if told else figure
    told_of = standings[:1] if isinstance(figure.drawing, RankedDots) else standings  # of many rows, the first
    said = [beside.sentence(one, lang=view.lang, title=title) for title, one in told_of]
    series = list({id(s): s for one in every for s in one.every}.values())
    make = measures_table if by_measure else series_table
    if isinstance(figure.drawing, RankedDots):  # whose rows hold more than is drawn
        others = make([s for one in every for s in one.others], lang=view.lang, build=view.build)
        rows = beside.with_rows(figure.table, others)
    else:
        rows = make(series, lang=view.lang, build=view.build)
    sources = beside.sources(every, build=view.build)
    counted = [o for s in series for o in s.observations]
    with_words = replace(
        figure,
        subtitle=beside.subtitle(figure.subtitle, every, lang=view.lang),
        drawing=_drawn_beside(figure.drawing, every, view),
        caveats=tuple(
            dict.fromkeys(
                (
                    *beside.caveats(every, view, has_axes=not isinstance(figure.drawing, RankedDots)),
                    *_lettered(figure, every, view),
                    *common.cautions(sources, lang=view.lang, counted=counted),
                )
            )
        ),
        chips=common.chips(sources, lang=view.lang, counted=counted),
        table=beside.with_rates(rows, every, lang=view.lang),
        sources=sources,
    )
    return saying(with_words, (*filter(None, said), *told), view)


def saying(figure: Figure, more: Iterable[str], view: View) -> Figure:
    """Return a figure whose sentence goes on, and its alternative text with it."""
    added = " ".join(more)
    sentence, key = " ".join(filter(None, (figure.sentence, added))), ALTS.get(type(figure.drawing))
    alt = t(key, lang=view.lang, title=figure.title, sentence=sentence) if key else f"{figure.alt} {added}".strip()
    return replace(figure, sentence=sentence, alt=alt)


def _lettered(figure: Figure, standings: Sequence[Standing], view: View) -> tuple[str, ...]:
    """Return a figure's caveats; where its one line becomes small charts, breaks are told by their letters there."""
    if not isinstance(figure.drawing, TimeLine) or not standings[0].is_apart:
        return figure.caveats
    plain, lettered = (
        common.break_notes(standings[0].ours, lang=view.lang, lettered=letters) for letters in (False, True)
    )
    return (*lettered, *(caveat for caveat in figure.caveats if caveat not in plain))


def _drawn_beside(drawing: Drawing, standings: Sequence[Standing], view: View) -> Drawing:
    if isinstance(drawing, RankedDots):
        return beside.grouped_dots(standings, lang=view.lang)
    if isinstance(drawing, TimeLine) and not standings[0].is_apart:
        return beside.time_line(standings[0], drawing, lang=view.lang)
    usual = drawing.panels if isinstance(drawing, SmallMultiples) else [Panel(title="", points=())]
    shared = isinstance(drawing, SmallMultiples) and drawing.shared_scale
    panels = [p for one, own in zip(standings, usual, strict=True) for p in beside.panels(one, own, lang=view.lang)]
    return SmallMultiples(panels=tuple(panels), shared_scale=shared and not any(one.is_apart for one in standings))


def panels(
    view: View,
    *,
    code: str,
    series: Sequence[Series],
    said: Said,
    by: Literal["category", "measure"] = "category",
    shared_scale: bool = False,
    titles: Sequence[str] = (),
    of: Finder = beside.own,
) -> Figure:
    """Return one small chart per series, titled by its category, measure, or as `titles` say; `of` as for `line`."""
    sources = _sources(series)
    table = series_table if by == "category" else measures_table
    notes = dict.fromkeys(note for s in series for note in common.break_notes(s, lang=view.lang, lettered=True))
    names = titles or [getattr(s, by).name.text(view.lang) for s in series]
    charts = [common.panel(s, title=name, lang=view.lang) for s, name in zip(series, names, strict=True)]
    drawn = tuple(s.latest for s in series if s.latest)
    old = common.age_words(drawn, lang=view.lang, build=view.build)
    figure = Figure(
        code=code,
        title=said.title,
        subtitle=common.aged(said.subtitle or _subtitle(series[0], view), old, lang=view.lang),
        chips=common.chips(sources, lang=view.lang),
        drawing=SmallMultiples(panels=tuple(charts), shared_scale=shared_scale),
        alt=t("alt.small_multiples", lang=view.lang, title=said.title, sentence=said.sentence),
        sentence=said.sentence,
        caveats=(*said.caveats, *notes, *common.cautions(sources, lang=view.lang)),
        table=table(series, lang=view.lang, build=view.build),
        sources=sources,
        newest=drawn,
        age=old,
    )
    if not view.beside:
        return figure
    standings = [(name, beside.stand(view, s, of=of)) for name, s in zip(names, series, strict=True)]
    return _beside(figure, standings, view, by_measure=by == "measure")


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One dot: the row it stands on, its number, how that is written beside it, and the hover words."""

    name: str
    value: float | None
    label: str
    hover: str
    code: str


def category_dot(series: Series, *, lang: Language) -> Dot:
    """Return the newest figure of one category as a dot."""
    newest, name = series.latest, series.category.name.text(lang)
    held = newest.value if newest else None
    written = common.amount(held, series.measure, lang=lang)
    hover = f"{name}<br><b>{written}</b> {series.measure.unit.text(lang)}"
    label = common.on_chart(held, series.measure, lang=lang)
    return Dot(name=name, value=held, label=label, hover=hover, code=series.category.code)


def dots(
    view: View,
    *,
    code: str,
    rows: Iterable[Dot],
    said: Said,
    table: Table,
    sources: tuple[Source, ...],
    chosen: Iterable[str],
    rings: Iterable[Dot] = (),
    counted: Iterable[Observation] = (),
    ranked: bool = True,
    series: Sequence[Series] = (),
    of: Finder = beside.own,
) -> Figure:
    """Return dots by value or in the order given, those of `chosen` codes strong; a row without a value has no dot.

    `counted` are the published figures drawn, without the populations that rates are per. `series` are those whose
    newest figures the rows are, in their order, and `of` as for `line`: so places can stand beside ours in each.
    """
    drawn = tuple(counted)
    old = common.age_words(drawn, lang=view.lang, build=view.build)
    shown = [row for row in rows if row.value is not None]
    drawing = RankedDots(
        points=_dot_points(shown),
        chosen=tuple(chosen),
        labels=tuple(row.label for row in shown),
        rings=_dot_points(rings),
        ranked=ranked,
    )
    figure = Figure(
        code=code,
        title=said.title,
        subtitle=common.aged(said.subtitle, old, lang=view.lang),
        chips=common.chips(sources, lang=view.lang, counted=drawn),
        drawing=drawing,
        alt=t("alt.dots", lang=view.lang, title=said.title, sentence=said.sentence),
        sentence=said.sentence,
        caveats=(*said.caveats, *common.cautions(sources, lang=view.lang, counted=drawn)),
        table=table,
        sources=sources,
        newest=drawn,
        age=old,
    )
    if not view.beside or not series:
        return figure
    newest = [common.only(s, s.latest.period) for s in series if s.latest]
    return _beside(figure, beside.categories(view, newest, of=of, ranked=ranked), view)


def among(figure: Figure, rows: Iterable[Dot], view: View, *, of: Finder = beside.own) -> Figure:
    """Return a figure whose rows are places with those beside ours as strong as ours, and their numbers in words."""
    if not view.beside:
        return figure
    drawing = figure.drawing
    if not isinstance(drawing, AreaMap | RankedDots | IntervalDots | FunnelChart):
        raise TypeError(f"expected rows that are places; came {type(drawing).__name__}")
    if of is beside.nobody:
        return saying(figure, (t("beside.one_area", lang=view.lang, area=view.place.name.text(view.lang)),), view)
    strong, told = list(drawing.chosen), []
    held = {row.code: row for row in rows if row.value is not None}
    for place in view.beside:
        where = of(place, view.build)
        codes = [] if where is None else list(where.members) if where.kind == "composite" else [where.code]
        strong += [code for code in codes if code in held and code not in strong]
        if not set(codes) & held.keys():
            told.append(t("beside.not_among", lang=view.lang, place=place.name.text(view.lang)))
    listed = dict.fromkeys(
        t("beside.item", lang=view.lang, place=held[c].name, n=held[c].label) for c in strong if c in held
    )
    said = [t("beside.among", lang=view.lang, listed="; ".join(listed))] if len(listed) > 1 else []
    return saying(replace(figure, drawing=replace(drawing, chosen=tuple(strong))), (*said, *told), view)


def _dot_points(rows: Iterable[Dot]) -> tuple[Point, ...]:
    return tuple(Point(at=row.name, value=row.value, hover=row.hover, code=row.code) for row in rows)


def area_map(
    view: View,
    *,
    code: str,
    rows: Iterable[Dot],
    outlines: str,
    unit: str,
    said: Said,
    table: Table,
    sources: tuple[Source, ...],
    chosen: Iterable[str],
    classes: Classes | None = None,
    height: int = 520,
    counted: Iterable[Observation] = (),
    of: Finder = beside.own,
) -> Figure:
    """Return areas shaded by value; `outlines` is the address of their boundaries, `counted` and `of` as for `dots`."""
    every = tuple(rows)
    points = _dot_points(every)
    drawn = tuple(counted)
    old = common.age_words(drawn, lang=view.lang, build=view.build)
    named = unit if classes else t("map.classes", lang=view.lang, unit=unit)
    figure = Figure(
        code=code,
        title=said.title,
        subtitle=common.aged(said.subtitle, old, lang=view.lang),
        chips=common.chips(sources, lang=view.lang, counted=drawn),
        drawing=AreaMap(
            points=points, outlines=outlines, chosen=tuple(chosen), unit=named, classes=classes, height=height
        ),
        config=map_config(),
        alt=t("alt.map", lang=view.lang, title=said.title, sentence=said.sentence),
        sentence=said.sentence,
        caveats=(
            *said.caveats,
            *common.cautions(sources, lang=view.lang, counted=drawn),
            t("map.attribution", lang=view.lang),
        ),
        table=table,
        sources=sources,
        newest=drawn,
        age=old,
    )
    return among(figure, every, view, of=of)


def _subtitle(series: Series, view: View) -> str:
    return common.subtitle(series.measure, area=series.area, period=common.span(series, lang=view.lang), lang=view.lang)


def _sources(series: Iterable[Series]) -> tuple[Source, ...]:
    return tuple({source.code: source for one in series for source in one.sources}.values())
