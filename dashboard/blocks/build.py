"""The kinds of figure there are, each made in one place: a line, small charts, dots, a map.

A block says what is special (its words, its series); everything that must always stand beside a chart is
added here, so that no block can forget its chips, its notes on breaks, its rows or its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.blocks import common
from dashboard.charts import AreaMap, Band, Classes, Mark, Point, RankedDots, SmallMultiples, TimeLine
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
) -> Figure:
    """Return one series over time, its newest number written on it, with its expected range and events if given."""
    newest = series.latest
    drawn = (newest,) if newest else ()
    old = common.age_words(drawn, lang=view.lang, build=view.build)
    return Figure(
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


def panels(
    view: View,
    *,
    code: str,
    series: Sequence[Series],
    said: Said,
    by: Literal["category", "measure"] = "category",
    shared_scale: bool = False,
    titles: Sequence[str] = (),
) -> Figure:
    """Return one small chart per series, titled by its category, its measure, or as `titles` say."""
    sources = _sources(series)
    table = series_table if by == "category" else measures_table
    notes = dict.fromkeys(note for s in series for note in common.break_notes(s, lang=view.lang, lettered=True))
    names = titles or [getattr(s, by).name.text(view.lang) for s in series]
    charts = [common.panel(s, title=name, lang=view.lang) for s, name in zip(series, names, strict=True)]
    drawn = tuple(s.latest for s in series if s.latest)
    old = common.age_words(drawn, lang=view.lang, build=view.build)
    return Figure(
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
) -> Figure:
    """Return dots by value or in the order given, those of `chosen` codes strong; a row without a value has no dot.

    `counted` are the published figures drawn, without the populations that rates are per.
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
    return Figure(
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
) -> Figure:
    """Return areas shaded by value; `outlines` is the address of their boundaries, `counted` as for `dots`."""
    points = _dot_points(rows)
    drawn = tuple(counted)
    old = common.age_words(drawn, lang=view.lang, build=view.build)
    named = unit if classes else t("map.classes", lang=view.lang, unit=unit)
    return Figure(
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


def _subtitle(series: Series, view: View) -> str:
    return common.subtitle(series.measure, area=series.area, period=common.span(series, lang=view.lang), lang=view.lang)


def _sources(series: Iterable[Series]) -> tuple[Source, ...]:
    return tuple({source.code: source for one in series for source in one.sources}.values())
