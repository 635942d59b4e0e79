"""The newest figure of each topic for a place: what the home page opens with."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import queries
from dashboard.blocks import common
from dashboard.blocks.hate_crime import police_area
from dashboard.blocks.remembering import remembered
from dashboard.figure import View
from dashboard.figures.catalogue import ENTRIES
from dashboard.i18n.periods import release_label
from dashboard.model import Area
from dashboard.tables import period_text


@dataclass(frozen=True, kw_only=True)
class Latest:
    """One newest figure: its words, and the page and block that tell more."""

    name: str
    where: str
    value: str
    period: str
    age: str
    source: str
    page: str
    block: str


@remembered
def figures(view: View) -> tuple[Latest, ...]:
    """Return the newest figure of each topic that is held for the place, or for its police force area."""
    found = (_latest(entry.latest, entry.page, entry.code, view) for entry in ENTRIES if entry.latest)
    return tuple(f for f in found if f is not None)


def _latest(measure: str, page: str, block: str, view: View) -> Latest | None:
    own = queries.own_police_area(view.place.code, build=view.build) if measure == "rra_offences" else None
    where, block = (own, "rra_authority") if own else (_where(measure, view), block)
    series = queries.series(measure, where.code, build=view.build)
    newest = series.latest
    if newest is None:
        return None
    source = queries.sources(build=view.build)[newest.source]
    return Latest(
        name=series.measure.name.text(view.lang),
        where=where.name.text(view.lang),
        value=common.amount(newest.value, series.measure, lang=view.lang),
        period=period_text(newest.period, lang=view.lang, measure=measure),
        age=common.age_of(newest, build=view.build).text(view.lang),
        source=f"{source.publisher.text(view.lang)}, {release_label(source.released, lang=view.lang)}",
        page=page,
        block=block,
    )


def _where(measure: str, view: View) -> Area:
    topic = queries.measure(measure, build=view.build).topic
    return police_area(view) if topic == "hate_crime" else view.place
