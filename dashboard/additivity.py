"""The one way to add figures up, which refuses what a measure does not allow.

The awkward fact: most wrong numbers in this field are sums of things that overlap: strands of hate crime,
inflows of authorities, stocks on different days. What may be added over what is data (`measure.sum_*`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal

from dashboard.model import TOTAL, Category, Measure, Observation

Over = Literal["areas", "categories", "time"]


class NotAdditiveError(ValueError):
    """Figures were asked to be added over something their measure may not be added over."""


def add_up(
    figures: Iterable[Observation], *, measure: Measure, over: Over, categories: Mapping[str, Category] | None = None
) -> float | None:
    """Return the sum of some figures of one measure, or None when one of them has no value.

    Raises `NotAdditiveError` when the measure may not be added over `over`, when more than the one thing varies
    (adding over time, all figures must be of one area and category), and when figures overlap: a total among its
    own parts, categories of different parents (`categories` of the measure say which), periods that share days.
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
    if len({(o.area, o.category, o.period) for o in every}) != len(every):
        raise NotAdditiveError(f"{measure.code}: expected each figure once; came one twice")
    if len(every) > 1:
        _no_overlap(every, measure=measure, over=over, categories=categories or {})
    values = [o.value for o in every if o.value is not None]
    return sum(values) if len(values) == len(every) and every else None


def _no_overlap(every: list[Observation], *, measure: Measure, over: Over, categories: Mapping[str, Category]) -> None:
    """Refuse categories that do not stand side by side in one whole, and periods that share days."""
    if over == "categories":
        if TOTAL in {o.category for o in every}:
            raise NotAdditiveError(f"{measure.code}: the total stands among its own parts")
        parents = {categories[o.category].parent if o.category in categories else None for o in every}
        if len(parents) > 1 or not all(parents):
            raise NotAdditiveError(
                f"{measure.code}: expected parts of one whole; came parts of {sorted(map(str, parents))}"
            )
    if over == "time":
        periods = sorted(o.period for o in every)
        if any(after.start <= before.end for before, after in pairwise(periods)):
            raise NotAdditiveError(f"{measure.code}: expected periods one after another; came some that share days")
