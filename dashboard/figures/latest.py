"""The newest figure of each topic for a place: what the home page opens with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from dashboard import queries
from dashboard.blocks import beside, common
from dashboard.blocks.hate_crime import police_area
from dashboard.blocks.remembering import remembered
from dashboard.figure import Subject
from dashboard.figures.catalogue import ENTRIES, codes_of
from dashboard.figures.overview import others
from dashboard.i18n.periods import release_name
from dashboard.i18n.text import W, Wording, joined
from dashboard.model import Area, Measure, Observation
from dashboard.tables import period_name

(OFFENCES_OF_ITS_OWN,) = codes_of("rra_authority")  # what tells more of a place whose partnership prints its offences


@dataclass(frozen=True, kw_only=True)
class Latest(Generic[W]):
    """One newest figure: its words, the number of its last day, and the page and block that tell more."""

    name: W | str
    where: W | str
    value: W | str
    others: tuple[W | str, ...]  # of the places beside, in the same period; "" where not held
    period: W | str
    age: W | str
    source: W | str
    day: int
    page: str
    block: str


@remembered
def figures(view: Subject) -> tuple[Latest[Wording], ...]:
    """Return the newest figure of each topic that is held for the place, or for its police force area."""
    newest = (_latest(entry.shows[0], entry.page, entry.code, view) for entry in ENTRIES if entry.opens_home)
    return tuple(f for f in newest if f is not None)


def _latest(measure: str, page: str, block: str, view: Subject) -> Latest[Wording] | None:
    own = queries.own_offences_area(measure, view.place.code, build=view.build)
    where, block = (own, OFFENCES_OF_ITS_OWN) if own else (_where(measure, view), block)
    series = queries.series(measure, where.code, build=view.build)
    newest = series.latest
    if newest is None:
        return None
    source = queries.sources(build=view.build)[newest.source]
    return Latest(
        name=series.measure.name,
        where=where.name,
        value=common.in_row(newest.value, series.measure),
        others=tuple(_of(one, newest, series.measure, view) for one in others(view)),
        period=period_name(newest.period, measure=measure),
        age=common.age_of(newest, build=view.build).wording,
        source=joined(source.publisher, ", ", release_name(source.released)),
        day=newest.period.end.toordinal(),
        page=page,
        block=block,
    )


def _of(place: Area, newest: Observation, measure: Measure, view: Subject) -> Wording:
    figure = beside.same(newest, place, build=view.build)
    return common.in_row(figure.value, measure) if figure else ""


def _where(measure: str, view: Subject) -> Area:
    topic = queries.measure(measure, build=view.build).topic
    return police_area(view) if topic == "hate_crime" else view.place
