"""The outlines of areas, flattened: for drawings made here, and for the window a browser's map is given.

The awkward fact: a drawing names its outlines by the address a browser would fetch. Only our own boundary files are
opened for it, by their name, from the folder that the address stands for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import atan, degrees, exp, log, pi, radians, tan
from pathlib import Path
from typing import TypeAlias

STATIC = "app/static"  # from the page: a dashboard may live below a path of its host
FOLDER = Path(__file__).parents[2] / "static"
OURS = re.compile(rf"{re.escape(STATIC)}/(boundaries/\w+\.geojson)")
Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]
Outlines: TypeAlias = Mapping[str, tuple[Ring, ...]]
ISLET = 0.01  # of the surface of what is drawn, at most
FAR = 0.1  # of the longer side of the window, between it and an islet that is left outside


@cache
def outlines_at(address: str) -> Outlines:
    """Read one of our boundary files: the flattened rings of each area, by its code; ValueError for any other file."""
    return {
        code: tuple(tuple(flat(x, y) for x, y in ring) for ring in rings) for code, rings in rings_at(address).items()
    }


@cache
def rings_at(address: str) -> Outlines:
    """Read one of our boundary files as it stands, in degrees; ValueError for any other file."""
    ours = OURS.fullmatch(address)
    if not ours:
        raise ValueError(f"expected outlines at {STATIC}/boundaries/<name>.geojson; came {address!r}")
    features = json.loads((FOLDER / ours[1]).read_text(encoding="utf-8"))["features"]
    return {f["properties"]["code"]: _rings(f["geometry"]) for f in features}


def corners(outlines: Outlines, codes: Sequence[str]) -> tuple[Point, Point]:
    """Return the corners of the window that holds some areas: west and south, east and north.

    An area of another year's boundaries has no outline here; without any of the areas it is the window of them all. An
    islet far off the coast (Flat Holm, of a small area of Cardiff) lies outside, for the map would shrink for it: the
    largest part of its area is in the window, so no area is lost. ValueError where there are no outlines at all.
    """
    if not outlines:
        raise ValueError("expected outlines of areas to draw; came none")
    outlined = [outlines[code] for code in codes if code in outlines] or list(outlines.values())
    bulk = _around(_without_islets(outlined))
    return _around(ring for rings in outlined for ring in rings if not _is_far(ring, bulk))


def _without_islets(outlined: Sequence[Sequence[Ring]]) -> Iterator[Ring]:
    """Yield the largest ring of each area, and every other that is no mere speck in what is drawn."""
    surfaces = [[abs(_surface(ring)) for ring in rings] for rings in outlined]
    drawn = sum(map(sum, surfaces))
    for rings, own in zip(outlined, surfaces, strict=True):
        yield from (ring for ring, at in zip(rings, own, strict=True) if at == max(own) or at >= ISLET * drawn)


def _is_far(ring: Ring, window: tuple[Point, Point]) -> bool:
    """Tell whether a ring lies outside a window, and well away from it."""
    (left, low), (right, top) = window
    (west, south), (east, north) = _around([ring])
    return max(west - right, left - east, south - top, low - north) > FAR * max(right - left, top - low)


def _around(rings: Iterable[Ring]) -> tuple[Point, Point]:
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys)), (max(xs), max(ys))


def inside(rings: Sequence[Ring]) -> Point:
    """Return the flattened middle of an area's largest ring, where a circle that stands for it is drawn."""
    return _centre(max(rings, key=lambda ring: abs(_surface(ring))))


def _surface(ring: Ring) -> float:
    """Return twice the surface inside a ring, below 0 where it runs clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise((*ring, ring[0])))


def _centre(ring: Ring) -> Point:
    """Return the centre of mass of a ring; of one without a surface, the mean of its corners."""
    twice = _surface(ring)
    if not twice:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    steps = [(x1, y1, x2, y2, x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise((*ring, ring[0]))]
    x = sum((x1 + x2) * cross for x1, _, x2, _, cross in steps) / (3 * twice)
    return x, sum((y1 + y2) * cross for _, y1, _, y2, cross in steps) / (3 * twice)


def flat(longitude: float, latitude: float) -> Point:
    """Flatten a place as Mercator did."""
    return radians(longitude), log(tan(pi / 4 + radians(latitude) / 2))


def degrees_of(point: Point) -> Point:
    """Return the longitude and latitude of a flattened place."""
    return degrees(point[0]), degrees(2 * atan(exp(point[1])) - pi / 2)


def _rings(geometry: Mapping[str, object]) -> tuple[Ring, ...]:
    polygons: list[list[list[list[float]]]] = geometry["coordinates"]  # type: ignore[assignment]
    if geometry["type"] == "Polygon":
        polygons = [polygons]  # type: ignore[list-item]
    return tuple(tuple((x, y) for x, y, *_ in ring) for polygon in polygons for ring in polygon)
