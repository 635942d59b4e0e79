"""Which figures make a card: a picture passed on without its page.

The awkward fact: few people point at somebody, and so do places side by side by hate crime. What counts is what the
card tells: people resettled over ten years are many, though nobody came in the newest quarter.
"""

from __future__ import annotations

from typing import Any

from dashboard import queries
from dashboard.charts import AreaMap, FunnelChart, IntervalDots, RankedDots
from dashboard.figure import Figure, Subject
from dashboard.i18n.people import FEWEST
from dashboard.i18n.text import Translatable, say

LOCAL = frozenset({"local_authority", "community_safety_partnership", "composite", "msoa", "lsoa", "ward"})
OF_SOMEBODY = ("people", "of_people")  # what a unit counts where few point at somebody


def refusal(figure: Figure[Any], request: Subject) -> Translatable | None:
    """Say why there is no card of a figure: it is about fewer than five people, or points at places by hate crime."""
    measures = queries.measures(build=request.build)
    own = [o.value for o in figure.newest if o.area == request.place.code and measures[o.measure].counts in OF_SOMEBODY]
    reasons = own if figure.people is None else [figure.people]
    if own and max(abs(value or 0) for value in reasons) < FEWEST:  # of a change the size, whether more or fewer
        return say("card.few")
    topics = {measures[one.measure].topic for one in figure.newest}
    if "hate_crime" in topics and len(_places_drawn(figure, build=request.build)) > 1:
        return say("card.places")
    return None


def _places_drawn(figure: Figure[Any], *, build: str) -> set[str]:
    """Return the codes of the local places that a chart puts side by side: on a map, in a rank, in a funnel."""
    match figure.drawing:
        case AreaMap() | RankedDots():
            codes = {point.code for point in figure.drawing.points}
        case IntervalDots():
            codes = {row.code for row in figure.drawing.rows}
        case FunnelChart():
            codes = {spot.code for spot in figure.drawing.spots}
        case _:
            return set()
    areas = queries.areas(build=build)
    return {code for code in codes if code in areas and areas[code].kind in LOCAL}
