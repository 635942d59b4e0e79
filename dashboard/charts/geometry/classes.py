"""Classes of a map's shades: about as many areas in each, divided at round numbers.

The awkward fact: five classes of equal width put 19 of 22 authorities into the palest, because three places carry
nearly everything. So a class holds a fifth of the areas, and its edges are round numbers that no figure is moved by.
Where 22 areas leave two over, the classes that take one more are those whose edges need the fewest decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise
from math import ceil, floor, log10

FINEST, COARSEST = 6, -9  # decimals that an edge may have; minus 3 is whole thousands


def class_edges(values: Sequence[float], *, most: int) -> list[float]:
    """Return the edges of at most `most` classes with about equally many values, e.g. [0, 1.5, 3, 6, 12, 35].

    A class holds its lower edge; equal values share a class, so there may be fewer. The outermost hold every value.
    """
    ordered = sorted(values)
    if not ordered:
        return [0.0, 1.0]
    low, high = _outward(ordered[0], ordered[-1])
    # An edge at an end divides nothing: a value on the highest edge belongs to the last class.
    divisions = (sorted(set(_cuts(ordered, sizes)) - {low, high}) for sizes in _sizes(len(ordered), most))
    return [low, *min(divisions, key=_plainness), high]


def _sizes(many: int, classes: int) -> list[tuple[int, ...]]:
    """Return how many values each class may hold, the evenest spread first: some take one more, if any are over."""
    even = [round(many * part / classes) for part in range(classes + 1)]
    first = tuple(end - start for start, end in pairwise(even))
    least, over = divmod(many, classes)
    others = [tuple(least + (n in larger) for n in range(classes)) for larger in combinations(range(classes), over)]
    return [first, *others]


def _cuts(ordered: Sequence[float], sizes: Sequence[int]) -> list[float]:
    """Return an edge between every two classes of some sizes; none between equal values."""
    pairs = ((ordered[at - 1], ordered[at]) for at in accumulate(sizes[:-1]) if 0 < at < len(ordered))
    return [roundest(below, upto) for below, upto in pairs if below < upto]


def _plainness(cuts: Sequence[float]) -> tuple[int, int]:
    """Return what the best edges have least of: classes lost to equal values, then decimals."""
    return -len(cuts), max((len(f"{cut:.6f}".rstrip("0").partition(".")[2]) for cut in cuts), default=0)


def roundest(below: float, upto: float) -> float:
    """Return the roundest number above `below` and not above `upto`: 14 for 13.6 and 14.4, 10 for 6.9 and 14.4."""
    for decimals in range(COARSEST, FINEST + 1):
        step = 10.0**-decimals
        rounded = round(floor(upto / step) * step, max(decimals, 0))
        if below < rounded <= upto:
            return rounded
    return upto


def class_of(value: float, edges: Sequence[float]) -> int:
    """Return the class that holds a value; one on an edge belongs to the class above, but the highest to the last."""
    return min(sum(value >= edge for edge in edges[1:-1]), len(edges) - 2)


def _outward(low: float, high: float) -> tuple[float, float]:
    """Return two ends that hold a range, rounded outwards to a hundredth of it or so; never one and the same."""
    decimals = 1 - floor(log10(high - low)) if high > low else 0
    step = 10.0**-decimals
    start, end = (round(f(v / step) * step, max(decimals, 0)) for f, v in ((floor, low), (ceil, high)))
    return (start, end) if end > start else (start, start + 1)
