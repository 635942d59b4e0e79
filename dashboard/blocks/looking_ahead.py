"""Looking ahead: the published projections of population, under their own name.

The awkward fact: a projection says what would happen if recent trends went on. It is no forecast, and where the
publisher's text names only six authorities, the others are not held; they are not zero. Only Wales has a line.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords, Dot
from dashboard.blocks.remembering import remembered
from dashboard.caveats import caveat
from dashboard.figure import Block, Subject
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import Wording, joined, list_of, say
from dashboard.model import Observation, Series
from dashboard.nations import HOME
from dashboard.tables import period_name, series_table_later

MEASURE, LINE = "projected_population_change", "projected_population"
SAID_YEAR = 2032  # the year that the projections of authorities end at


@remembered
def projected_change(view: Subject) -> Block[Wording]:
    """Return the projected change of the place's population in per cent, beside the other authorities held."""
    own = (view.place.code,) if not _of(view.place.code, view).is_empty else view.place.members
    mine = {code for code in own if not _of(code, view).is_empty}
    if not mine:
        return common.not_held("projected_change", page=common.WALES_PROJECTIONS_PAGE)
    projections = queries.series_of_areas(MEASURE, kinds=("local_authority", "country"), build=view.build)
    period = next(s.latest.period for s in projections if s.latest)
    years = period_name(period, measure=MEASURE)
    listed = list_of(joined(s.area.name, ": ", _written(s)) for s in projections if s.area.code in mine)
    words = BlockWords(
        title=say("projected.title", listed=listed, years=years),
        subtitle=say("projected.subtitle", years=years),
        sentence=say("projected.sentence"),
        caveats=(caveat("projected.not_all"),),
    )
    figure = build.dots(
        view,
        code="projected_change",
        rows=[_dot(s) for s in projections],
        words=words,
        table=series_table_later(projections, build=view.build),
        sources=projections[0].sources,
        chosen=sorted(mine),
        counted=[s.latest for s in projections if s.latest],
    )
    return build.among(figure, [_dot(s) for s in projections], view)


@remembered
def projected_population(view: Subject) -> Block[Wording]:
    """Return the projected population of Wales by year, whatever the place: no other line is held."""
    wales = queries.series(LINE, HOME.benchmark, build=view.build)
    first, at, last = _on(wales, None), _on(wales, SAID_YEAR), wales.latest
    if first is None or at is None or last is None or not first.value:
        return common.not_held("projected_population", page=common.WALES_PROJECTIONS_PAGE)
    start, there, end = (common.amount(o.value, wales.measure) for o in (first, at, last))
    since, when, until = (common.when(o.period, measure=LINE) for o in (first, at, last))
    change = Numeral(((at.value or 0) / first.value - 1) * 100, places=1, signed=True, percent=True)
    words = BlockWords(
        title=say("projected_line.title", n=there, when=when, change=change, since=since),
        sentence=say("projected_line.sentence", a=start, since=since, b=end, until=until),
        caveats=(caveat("projected_line.not_joined"),),
    )
    years = common.of_all_years(view)
    return build.line(years, code="projected_population", series=wales, words=words, of=beside.nobody)


def _on(series: Series, year: int | None) -> Observation | None:
    """Return the figure of a mid-year, or the first one where no year is named."""
    return next((o for o in series.observations if year in (None, o.period.start.year)), None)


def _of(code: str, view: Subject) -> Series:
    return queries.series(MEASURE, code, build=view.build)


def _written(series: Series) -> Wording:
    newest = series.latest
    return Numeral(newest.value if newest else None, places=1, signed=True, percent=True)


def _dot(series: Series) -> Dot:
    name, written = series.area.name, _written(series)
    value = series.latest.value if series.latest else None
    return Dot(
        name=name, value=value, label=written, hover=joined(name, "<br><b>", written, "</b>"), code=series.area.code
    )
