"""Maps: which areas are drawn, through which window, in which class each is, and how large a circle stands for a count.

The awkward fact: Orkney and Shetland leave half a page of sea, so where they only show where the others lie they are
left out, and where they take part the map is drawn whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from dashboard.charts.geometry.classes import class_edges, class_of
from dashboard.charts.look import SEQUENTIAL
from dashboard.charts.scale import tick_texts
from dashboard.charts.spec import AreaMap, Classes, Point

# The United Kingdom without Orkney and Shetland, which leave half a page of sea; drawn whole when they take part.
WINDOW = ((-8.4, 49.8), (2.0, 59.6))  # longitude and latitude: south-west, north-east
OUTERMOST = frozenset({"S12000023", "S12000027"})
LARGEST_CIRCLE = 44  # pixels across
RIM, RIM_OVER_GROUND = 3, 1.5  # pixels of the outline of a chosen area, and of one among many others


@dataclass(frozen=True, kw_only=True)
class Map:
    """A map as every drawer draws it.

    `ground` are the areas that take no part; `is_whole` tells whether the window holds every area, or is `WINDOW`.
    `labels` stand under the shades, one at each edge, or where the scale has names in the `middle` of each class.
    """

    ground: tuple[str, ...]
    is_whole: bool
    with_figure: tuple[Point, ...]
    missing: tuple[Point, ...]
    chosen: tuple[Point, ...]
    rim: float
    edges: tuple[float, ...]
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    middle: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The areas that the window holds."""
        return (*self.ground, *(point.code for point in (*self.with_figure, *self.missing)))

    def class_of(self, point: Point) -> int:
        """Return the class of an area that has a figure."""
        return class_of(point.value or 0.0, self.edges)


def area_map(drawing: AreaMap) -> Map:
    """Return the geometry of a map."""
    is_whole = not drawing.ground or bool(OUTERMOST & {point.code for point in drawing.points})
    filled = tuple(point for point in drawing.points if point.value is not None)
    edges = edges_of([point.value or 0.0 for point in filled], drawing.classes)
    return Map(
        ground=tuple(code for code in drawing.ground if is_whole or code not in OUTERMOST),
        is_whole=is_whole,
        with_figure=filled,
        missing=tuple(point for point in drawing.points if point.value is None),
        chosen=tuple(point for point in drawing.points if point.code in drawing.chosen),
        rim=RIM_OVER_GROUND if drawing.ground else RIM,
        edges=tuple(edges),
        colours=shades(len(edges) - 1, low_is_dark=bool(drawing.classes and drawing.classes.low_is_dark)),
        labels=drawing.classes.labels if drawing.classes else tuple(tick_texts(edges)),
        middle=drawing.classes is not None,
    )


def diameters(values: Sequence[float], *, largest: float = LARGEST_CIRCLE) -> list[float]:
    """Return how wide the circles of some counts are: their surfaces are in proportion, and nobody has none."""
    top = max(values, default=0.0)
    return [largest * sqrt(max(value, 0.0) / top) if top > 0 else 0.0 for value in values]


def shades(classes: int, *, low_is_dark: bool = False) -> tuple[str, ...]:
    """Return as many shades as there are classes, from pale to dark or the other way round."""
    every = SEQUENTIAL[::-1] if low_is_dark else SEQUENTIAL
    last = len(every) - 1
    return tuple(every[round(n * last / (classes - 1)) if classes > 1 else last] for n in range(classes))


def edges_of(values: Sequence[float], classes: Classes | None) -> list[float]:
    """Return the edges that a map is shaded by: those of its own scale, or of classes of about as many areas."""
    return list(classes.edges) if classes else class_edges(values, most=len(SEQUENTIAL))
