"""A funnel: how far its axes reach, and which places lie on top.

The awkward fact: a small place's rate swings more by chance than a large one's, so the limits narrow to the
right, and a list from high to low would put small places at both ends for no other reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.scale import ticks
from dashboard.charts.spec import FunnelChart, Spot

MOST_NUMBERS = 6
HEADROOM = 1.12


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """The highest rate, the upper end of its axis with its round numbers, the widest population, and the places.

    The chosen places come last, so that they lie on top.
    """

    highest: float
    top: float
    numbers: tuple[float, ...]
    widest: float
    spots: tuple[Spot, ...]


def funnel(drawing: FunnelChart) -> Funnel:
    """Return the geometry of a funnel."""
    rates = [spot.rate for spot in drawing.spots] + [limit.upper[-1] for limit in drawing.limits]
    highest = max([*rates, drawing.benchmark])
    people = [limit.populations[-1] for limit in drawing.limits]
    return Funnel(
        highest=highest,
        top=highest * HEADROOM,
        numbers=tuple(ticks(0, highest * HEADROOM, most=MOST_NUMBERS)),
        widest=max(people + [spot.population * 1.06 for spot in drawing.spots]),
        spots=tuple(sorted(drawing.spots, key=lambda spot: spot.code in drawing.chosen)),
    )
