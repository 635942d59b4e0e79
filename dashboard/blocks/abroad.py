"""Born abroad, not British, EU Settlement Scheme: survey estimates with their intervals, and single published points.

The awkward fact: the survey's estimates are rounded to 1,000 and so wide (the Vale: 5,000, give or take 3,000) that a
line through them would draw chance. So each year is a dot with its interval, in its order, and no change is told; and
the series ended in 2020. The Settlement Scheme counts applications, not people, and few of its figures are held.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import Dot, Said
from dashboard.blocks.remembering import remembered
from dashboard.charts import Interval, IntervalDots
from dashboard.figure import Block, Figure, View
from dashboard.i18n import t
from dashboard.i18n.numbers import decimal
from dashboard.model import Observation, Series
from dashboard.tables import measures_table, period_text, series_table

NOT_UK_BORN, NOT_BRITISH = "non_uk_born_population", "non_british_population"
LISTED = 2
RECEIVED, CONCLUDED = "euss_applications", "euss_concluded"


@remembered
def born_abroad(view: View) -> Block:
    """Return the survey's estimates of residents born outside the UK, each with its interval."""
    return _estimates(view, measure=NOT_UK_BORN, code="born_abroad")


@remembered
def not_british(view: View) -> Block:
    """Return the survey's estimates of residents who are not British, each with its interval."""
    return _estimates(view, measure=NOT_BRITISH, code="not_british")


def _estimates(view: View, *, measure: str, code: str) -> Block:
    """Return a place's years, or, where the survey has no figure for it as a whole, its authorities' newest year."""
    own = queries.series(measure, view.place.code, build=view.build)
    held = [own] if not own.is_empty else _of_members(measure, view)
    if not held:
        return common.not_held(code, view, page=common.ONS_PAGE)
    rows = _years(own, view) if not own.is_empty else [_newest(s, view) for s in held]
    others, told = _others(held[0], view)
    rows += [_newest(s, view) for s in others if s.area.code not in [row.code for row in rows]]
    year = period_text(held[0].observations[-1].period, lang=view.lang)
    title = _titled(code, held, view, year=year)
    chosen = tuple(row.code for row in rows) if own.is_empty else (rows[-1].code,)
    sentence = t("abroad.sentence", lang=view.lang)
    newest = tuple(s.observations[-1] for s in held)
    old = common.age_words(newest, lang=view.lang, build=view.build)
    subtitle = t(
        "abroad.subtitle",
        lang=view.lang,
        measure=held[0].measure.name.text(view.lang),
        area=view.place.name.text(view.lang),
        period=common.span(held[0], lang=view.lang),
    )
    figure = Figure(
        code=code,
        title=title,
        subtitle=common.aged(subtitle, old, lang=view.lang),
        chips=common.chips(held[0].sources, lang=view.lang),
        drawing=IntervalDots(rows=tuple(rows), chosen=chosen, benchmark=None, benchmark_label="", ranked=own.is_empty),
        alt=t("alt.intervals", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            t("abroad.ended", lang=view.lang, year=year),
            t("abroad.no_trend", lang=view.lang),
            *common.cautions(held[0].sources, lang=view.lang),
        ),
        table=series_table([*held, *others], lang=view.lang, build=view.build),
        sources=held[0].sources,
        newest=newest,
        age=old,
    )
    if others:
        listed = "; ".join(
            f"{s.area.name.text(view.lang)}: {_written(s.observations[-1], view)}" for s in (*held, *others)
        )
        told = (t("beside.among", lang=view.lang, listed=listed), *told)
    return build.saying(figure, told, view) if told else figure


def _others(ours: Series, view: View) -> tuple[list[Series], tuple[str, ...]]:
    """Return the newest estimates of the places beside ours, of the same year, and who has none."""
    standing = beside.stand(view, common.only(ours, ours.observations[-1].period), of=beside.own)
    return list(standing.others), standing.told


def _titled(code: str, held: list[Series], view: View, *, year: str) -> str:
    """Say the newest estimates of one or two places with their intervals; of more, how many there are."""
    if len(held) > LISTED:
        return t(f"{code}.title_many", lang=view.lang, count=len(held), in_place=common.place_in(view), year=year)
    listed = "; ".join(f"{s.area.name.text(view.lang)}: {_written(s.observations[-1], view)}" for s in held)
    return t(f"{code}.title", lang=view.lang, listed=listed, year=year)


def _of_members(measure: str, view: View) -> list[Series]:
    found = (queries.series(measure, code, build=view.build) for code in view.place.members)
    return [s for s in found if not s.is_empty]


def _years(series: Series, view: View) -> list[Interval]:
    years = (o for o in series.observations if o.value is not None)
    return [
        _interval(period_text(o.period, lang=view.lang), o, series, view, code=o.period.start.isoformat())
        for o in years
    ]


def _newest(series: Series, view: View) -> Interval:
    return _interval(series.area.name.text(view.lang), series.observations[-1], series, view, code=series.area.code)


def _interval(name: str, figure: Observation, series: Series, view: View, *, code: str) -> Interval:
    written = _written(figure, view)
    return Interval(
        at=name,
        code=code,
        value=figure.value or 0,
        lower=figure.lower,
        upper=figure.upper,
        verdict="",
        label=written,
        hover=f"{name}<br><b>{written}</b> {series.measure.unit.text(view.lang)}",
    )


def _written(figure: Observation, view: View) -> str:
    """Write an estimate with its interval: "5,000 (2,000–8,000)"."""
    number, lower, upper = (
        decimal(value, places=0, lang=view.lang) for value in (figure.value, figure.lower, figure.upper)
    )
    return number if figure.lower is None else f"{number} ({lower}–{upper})"


@remembered
def settlement_scheme(view: View) -> Block:
    """Return the applications to the EU Settlement Scheme from the place that a publication has named."""
    held = _named((view.place.code,), view) or _named(view.place.members, view)
    if not held:
        return common.not_held("settlement_scheme", view, page=common.EUSS_PAGE)
    rows = [_point(o, s, view) for s in held for o in s.observations]
    newest = max(held, key=lambda s: (s.measure.code == RECEIVED, _last(s)))
    last = newest.observations[-1]
    said = Said(
        title=t(
            "settlement.title" if newest.measure.code == RECEIVED else "settlement.title_concluded",
            lang=view.lang,
            n=common.amount(last.value, newest.measure, lang=view.lang),
            from_place=newest.area.from_.text(view.lang) if newest.area.from_ else newest.area.name.text(view.lang),
            day=period_text(last.period, lang=view.lang),
        ),
        subtitle=t("settlement.subtitle", lang=view.lang, area=view.place.name.text(view.lang)),
        sentence=t("settlement.sentence", lang=view.lang),
        caveats=tuple(t(key, lang=view.lang) for key in ("settlement.not_people", "settlement.few")),
    )
    return build.dots(
        view,
        code="settlement_scheme",
        rows=rows,
        said=said,
        table=measures_table(held, lang=view.lang, build=view.build),
        sources=tuple({source.code: source for s in held for source in s.sources}.values()),
        chosen=[row.code for row in rows],  # all are of the place, or of its members
        counted=[s.observations[-1] for s in held],
    )


def _named(codes: Iterable[str], view: View) -> list[Series]:
    """Return the figures of the Settlement Scheme that are held of some places."""
    every = (queries.series(m, code, build=view.build) for code in codes for m in (RECEIVED, CONCLUDED))
    return [series for series in every if not series.is_empty]


def _last(series: Series) -> float:
    return series.observations[-1].value or 0


def _point(figure: Observation, series: Series, view: View) -> Dot:
    """Return one published point as a dot that names its place, its day and what it counts."""
    name = t(
        "settlement.point",
        lang=view.lang,
        area=series.area.name.text(view.lang),
        day=period_text(figure.period, lang=view.lang),
        what=series.category.name.text(view.lang),
    )
    written = common.amount(figure.value, series.measure, lang=view.lang)
    code = f"{figure.area} {series.measure.code} {figure.period.start.isoformat()}"
    hover = f"{name}<br><b>{written}</b> {series.measure.unit.text(view.lang)}"
    return Dot(name=name, value=figure.value, label=written, hover=hover, code=code)
