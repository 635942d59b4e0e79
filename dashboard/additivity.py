"""The one way to add figures up, which refuses what a measure does not allow.

The awkward fact: most wrong numbers in this field are sums of things that overlap: strands of hate crime,
inflows of authorities, stocks on different days. What may be added over what is data (`measure.sum_*`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal

from dashboard.model import SMALL_AREAS, TOTAL, Area, Break, Category, Measure, Observation, Series

Over = Literal["areas", "categories", "time"]


class NotAdditiveError(ValueError):
    """Figures were asked to be added over something their measure may not be added over."""


def add_up(
    figures: Iterable[Observation],
    *,
    measure: Measure,
    over: Over,
    categories: Mapping[str, Category] | None = None,
    areas: Mapping[str, Area] | None = None,
    breaks: Iterable[Break] | None = None,
) -> float | None:
    """Return the sum of some figures of one measure, or None when one of them has no value.

    Raises `NotAdditiveError` when the measure may not be added over `over`, when more than the one thing varies
    (adding over time, all figures must be of one area and category), when one is of another measure (each route to
    sanctuary is), and when figures overlap: a total among its own parts, categories of different parents
    (`categories` of the measure say which), areas that share ground (`areas` say which), periods that share days.
    Nor is a sum made across a hard break (`breaks` of the series).
    """
    allowed = {"areas": measure.sum_areas, "categories": measure.sum_categories, "time": measure.sum_time}
    if not allowed[over]:
        raise NotAdditiveError(f"{measure.code} may not be added over {over}: its parts overlap or are no flow")
    every = list(figures)
    strangers = sorted({o.measure for o in every} - {measure.code})
    if strangers:
        raise NotAdditiveError(f"{measure.code}: expected figures of this measure; came some of {', '.join(strangers)}")
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
        if over == "areas":
            _no_ground_twice(every, measure=measure, areas=areas or {})
        if over == "time":
            _no_break_inside(every, measure=measure, breaks=breaks)
    values = [o.value for o in every if o.value is not None]
    return sum(values) if len(values) == len(every) and every else None


def added_over_time(series: Series) -> float | None:
    """Return the sum of all figures of a series, or None where one is missing or they may not be added."""
    try:
        return add_up(series.observations, measure=series.measure, over="time", breaks=series.breaks)
    except NotAdditiveError:
        return None


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


def _no_ground_twice(every: list[Observation], *, measure: Measure, areas: Mapping[str, Area]) -> None:
    """Refuse a place beside a whole it is part of, two wholes that share one, and small areas of two kinds."""
    unknown = sorted({o.area for o in every} - set(areas))
    if unknown:
        raise NotAdditiveError(f"{measure.code}: expected places whose parts are known; came {', '.join(unknown[:3])}")
    places = [areas[o.area] for o in every]
    ground = [part for place in places for part in (place.members or (place.code,))]
    around = {place.within for place in places if place.within}
    kinds = {place.kind for place in places if place.kind in SMALL_AREAS}
    if len(set(ground)) < len(ground) or around & set(ground) or len(kinds) > 1:
        raise NotAdditiveError(f"{measure.code}: expected places that share no ground; came some that overlap")


def _no_break_inside(every: list[Observation], *, measure: Measure, breaks: Iterable[Break] | None) -> None:
    """Refuse periods on either side of a hard break, or one inside a gap beside one outside it."""
    if breaks is None:
        raise NotAdditiveError(f"{measure.code}: expected the breaks of the series; came none, and no sum over time")
    first, last = min(o.period for o in every), max(o.period for o in every)
    for one in breaks:
        parted = any(one.parts(o.period, end) for o in every for end in (first, last))
        if one.severity == "hard" and parted:
            raise NotAdditiveError(f"{measure.code}: expected figures of one kind; came a break on {one.date}")
