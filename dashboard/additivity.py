"""The one way to add figures up, which refuses what a measure does not allow.

The awkward fact: most wrong numbers in this field are sums of things that overlap: strands of hate crime,
inflows of authorities, stocks on different days. What may be added over what is data (`measure.sum_*`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from dashboard.model import Measure, Observation

Over = Literal["areas", "categories", "time"]


class NotAdditiveError(ValueError):
    """Figures were asked to be added over something their measure may not be added over."""


def add_up(figures: Iterable[Observation], *, measure: Measure, over: Over) -> float | None:
    """Return the sum of some figures of one measure, or None when one of them has no value.

    Raises `NotAdditiveError` when the measure may not be added over `over`, when a total stands among its own
    parts, or when more than the one thing varies (adding over time, all figures must be of one area and category).
    """
    allowed = {"areas": measure.sum_areas, "categories": measure.sum_categories, "time": measure.sum_time}
    if not allowed[over]:
        raise NotAdditiveError(f"{measure.code} may not be added over {over}: its parts overlap or are no flow")
    every = list(figures)
    varies = {
        "areas": len({o.area for o in every}),
        "categories": len({o.category for o in every}),
        "time": len({o.period for o in every}),
    }
    others = [name for name, count in varies.items() if name != over and count > 1]
    if others:
        raise NotAdditiveError(f"{measure.code}: adding over {over}, expected one of {', '.join(others)}; came several")
    if over == "categories" and "total" in {o.category for o in every} and len(every) > 1:
        raise NotAdditiveError(f"{measure.code}: the total stands among its own parts")
    if len({(o.area, o.category, o.period) for o in every}) != len(every):
        raise NotAdditiveError(f"{measure.code}: expected each figure once; came one twice")
    values = [o.value for o in every if o.value is not None]
    return sum(values) if len(values) == len(every) and every else None
