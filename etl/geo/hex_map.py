"""From the House of Commons Library's hex map to the small map of Wales on which area means people, not land.

The awkward fact: the map says its coordinates are metres of the national grid, and they are not: they are
units of its own drawing, the corners a hair off their lattice. So each corner is put back on the lattice
first, and neighbours share their edges again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from cohesion.vocabulary import WALES, nation_of
from etl.contract import ContractError, Problem
from etl.geo.boundaries import write_features
from etl.geo.geography import current_authorities, is_welsh, load_areas

SOURCE = "geography/commons-library-hex-ltla-2023.gpkg"
LAYER = "LocalAuthorities-lowertier 2023 version — 7 LTLA 2023"
NAME = "wales_hex.geojson"
ATTRIBUTION = (
    "Source: House of Commons Library hex map, contains Parliamentary information "
    "licensed under the Open Parliament Licence v3.0"
)
ATTRIBUTION_CY = (
    "Ffynhonnell: map hecsagonau Llyfrgell Tŷ'r Cyffredin, yn cynnwys gwybodaeth Seneddol "
    "a drwyddedwyd o dan y Drwydded Senedd Agored f3.0"
)
HALF_WIDTH = 0.15  # from the middle of a hexagon to its upright side, in units of the drawing
THIRD = HALF_WIDTH / math.sqrt(3)  # corners stand one or two of these apart, from row to row
_FURTHEST_OFF = 0.2  # of a step: beyond it a corner is on no lattice of ours
Corner = tuple[int, int]


def write_hex(*, sources: Path, target: Path) -> Path:
    """Write the hex map of the Welsh authorities to `target`; raise before anything is replaced."""
    path = sources / SOURCE
    if not path.is_file():
        raise ContractError([Problem(file=str(path), expected="the hex map of the Commons Library", came="no file")])
    frame = gpd.read_file(path, layer=LAYER)
    codes = [str(code) for code in frame["Lacode"]]
    shapes = {code: shape for code, shape in zip(codes, frame.geometry, strict=True) if nation_of(code) == WALES}
    authorities = _authorities()
    if set(shapes) != set(authorities["code"]):
        came = ", ".join(sorted(set(shapes) ^ set(authorities["code"])))
        raise ContractError([Problem(file=path.name, expected="the 22 authorities of Wales, each once", came=came)])
    features = [
        _feature(shape=shapes[code], code=code, names=names) for code, *names in authorities.itertuples(index=False)
    ]
    head = {"type": "FeatureCollection", "attribution": ATTRIBUTION, "attribution_cy": ATTRIBUTION_CY}
    target.mkdir(parents=True, exist_ok=True)
    file = target / NAME
    write_features(file, features, head=head)
    return file


def _authorities() -> pd.DataFrame:
    today = current_authorities(areas=load_areas())
    welsh = today[is_welsh(today["code"])].sort_values("code")
    return welsh[["code", "name_en", "name_cy"]]


def _feature(*, shape: BaseGeometry, code: str, names: list[str]) -> dict[str, object]:
    """Return one authority as GeoJSON, its names beside its hexagons."""
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    polygons = [part for part in parts if isinstance(part, Polygon)]
    rings = [[[_degrees(corner) for corner in ring] for ring in _rings(part)] for part in polygons]
    properties = {"code": code, "name_en": names[0], "name_cy": names[1]}
    geometry = {"type": "MultiPolygon", "coordinates": rings}
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}


def _rings(polygon: Polygon) -> Iterator[list[Corner]]:
    """Yield a polygon's rings on the lattice, the outer one clockwise as the browser wants it."""
    wound = orient(polygon, sign=-1.0)
    for ring in (wound.exterior, *wound.interiors):
        corners: list[Corner] = []
        for x, y, *_ in ring.coords:
            corner = (_step(x, size=HALF_WIDTH), _step(y, size=THIRD))
            if not corners or corners[-1] != corner:
                corners.append(corner)
        yield corners


_ORIGIN: dict[float, float] = {HALF_WIDTH: 13.48757186, THIRD: 13.27741548}  # the south-west corner of Wales


def _step(value: float, *, size: float) -> int:
    """Return which line of the lattice a coordinate stands on; raise when it stands on none."""
    exact = (value - _ORIGIN[size]) / size
    if abs(exact - round(exact)) > _FURTHEST_OFF:
        raise ContractError(f"expected corners of a lattice of hexagons; came {value}")
    return round(exact)


def _degrees(corner: Corner) -> list[float]:
    """Return a corner as degrees that Mercator, which the pages draw with, shows as a regular hexagon's."""
    east = math.radians(corner[0] * HALF_WIDTH)
    north = math.radians(corner[1] * THIRD)
    return [round(math.degrees(east), 5), round(math.degrees(math.atan(math.sinh(north))), 5)]
