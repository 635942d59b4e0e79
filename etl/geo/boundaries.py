"""From the ONS's boundary files to the small maps that the pages draw.

The awkward fact: a browser that draws with d3, as Plotly's does, wants outer rings clockwise, the
opposite of the GeoJSON standard; wound the standard way, an area fills the rest of the globe instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from cohesion.vocabulary import NATION_LETTERS, WALES
from etl.contract import ContractError, Problem
from etl.geo.geography import RECODED, current, in_nations, load_areas
from etl.geo.small_areas import AUTHORITIES, load_small_areas

ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2024"
)
ATTRIBUTION_CY = (
    "Ffynhonnell: Y Swyddfa Ystadegau Gwladol, trwyddedwyd o dan y Drwydded Llywodraeth Agored f.3.0. "
    "Yn cynnwys data'r Arolwg Ordnans © Hawlfraint y Goron a hawl cronfa ddata 2024"
)
_PUBLISHED = re.compile(r"(LAD|PFA)\d{2}CD")
_METRES = "EPSG:27700"
_DEGREES = "EPSG:4326"
_SMALLEST_SCRAP = 10_000.0  # Square metres: rounding would fold anything smaller into a line.


@dataclass(frozen=True, kw_only=True)
class BoundaryMap:
    """One file to write: the areas it holds, where their shapes come from and how far they are thinned."""

    name: str
    sources: tuple[str, ...]
    code_property: str  # or the publisher's own, such as LAD24CD, which the live service gives
    kind: str
    tolerance: float  # metres; 0 keeps the source's points
    smallest_part: float  # square metres; an island below this is left out, unless it is the whole area
    nations: Collection[str] = (WALES,)
    decimals: int = 5  # About a metre: at four, Flintshire's scrap of land beyond the Dee crosses itself.
    year: int = 2024  # of the Ordnance Survey's rights in the source


def _of_both(name: str) -> tuple[str, ...]:
    """Return the names of a source's two files, one for each authority: thinned together, their border stays one."""
    return tuple(f"{name}-{authority}.geojson" for authority in sorted(AUTHORITIES))


MAPS = (
    BoundaryMap(
        name="wales_la.geojson",
        sources=("lad-may-2024-uk-buc.geojson",),
        code_property="ltla24_code",
        kind="local_authority",
        tolerance=100,
        smallest_part=50_000,
    ),
    BoundaryMap(
        name="uk_la.geojson",
        sources=("lad-may-2024-uk-buc.geojson",),
        code_property="ltla24_code",
        kind="local_authority",
        nations=NATION_LETTERS.values(),
        tolerance=900,
        smallest_part=1_000_000,
    ),
    BoundaryMap(
        name="wales_pfa.geojson",
        sources=("pfa-dec-2020-ew-buc.geojson",),
        code_property="pfa20_code",
        kind="police_force",
        tolerance=100,
        smallest_part=50_000,
    ),
    BoundaryMap(
        name="cardiff_vale_msoa21.geojson",
        sources=_of_both("msoa-dec-2021-bgc"),
        code_property="MSOA21CD",
        kind="msoa",
        tolerance=30,
        smallest_part=20_000,
        year=2021,
    ),
    BoundaryMap(
        name="cardiff_vale_lsoa21.geojson",
        sources=_of_both("lsoa-dec-2021-bgc"),
        code_property="LSOA21CD",
        kind="lsoa",
        tolerance=80,
        smallest_part=20_000,
        decimals=6,  # at five, narrow necks of land near Barry cross themselves
        year=2021,
    ),
    BoundaryMap(
        name="cardiff_vale_ward25.geojson",
        sources=_of_both("ward-may-2025-bgc"),
        code_property="WD25CD",
        kind="ward",
        tolerance=30,
        smallest_part=20_000,
        year=2025,
    ),
)


def write_boundaries(*, sources: Path, target: Path) -> tuple[Path, ...]:
    """Write every map of `MAPS` to `target` from the `geography` folder of `sources`; raise if areas do not match."""
    areas = pd.concat([load_areas(), load_small_areas()], ignore_index=True)
    shapes = {plan.name: _read(plan=plan, folder=sources / "geography") for plan in MAPS}
    problems = [problem for plan in MAPS for problem in _mismatches(plan=plan, shapes=shapes[plan.name], areas=areas)]
    if problems:
        raise ContractError(problems)
    target.mkdir(parents=True, exist_ok=True)
    return tuple(_write(plan=plan, shapes=shapes[plan.name], areas=areas, target=target) for plan in MAPS)


def _read(*, plan: BoundaryMap, folder: Path) -> gpd.GeoSeries:
    """Return the shapes of a map's source files by today's area code."""
    return gpd.GeoSeries(pd.concat([_read_one(plan=plan, path=folder / name) for name in plan.sources]))


def _read_one(*, plan: BoundaryMap, path: Path) -> gpd.GeoSeries:
    if not path.is_file():
        raise ContractError([Problem(file=str(path), expected="a boundary file of the ONS", came="no such file")])
    frame = gpd.read_file(path)
    columns = [c for c in (plan.code_property, *filter(_PUBLISHED.fullmatch, frame.columns)) if c in frame]
    if not columns:
        came = ", ".join(frame.columns)
        raise ContractError([Problem(file=path.name, expected=f"the property {plan.code_property}", came=came)])
    return gpd.GeoSeries(frame.set_index(frame[columns[0]].replace(dict(RECODED))).geometry)


def _areas_on_map(*, plan: BoundaryMap, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the areas of today that the map shows, in the order of their codes."""
    today = current(areas, kind=plan.kind)
    return today[in_nations(today["code"], plan.nations)].sort_values("code")


def _mismatches(*, plan: BoundaryMap, shapes: gpd.GeoSeries, areas: pd.DataFrame) -> Iterator[Problem]:
    """Yield a problem for codes that `areas.csv` does not know, that come twice, or that have no polygon."""
    codes_today = set(areas.loc[areas["kind"] == plan.kind, "code"])
    with_polygon = set(shapes.index[~(shapes.isna() | shapes.is_empty)])
    findings = {
        f"only codes of areas.csv ({plan.kind})": set(shapes.index) - codes_today,
        "each code once": set(shapes.index[shapes.index.duplicated()]),
    }
    for expected, codes in findings.items():
        if codes:
            yield Problem(file=", ".join(plan.sources), expected=expected, came=", ".join(sorted(codes)))
    missing = set(_areas_on_map(plan=plan, areas=areas)["code"]) - with_polygon
    if missing:
        came = f"no polygon for {', '.join(sorted(missing))}"
        yield Problem(file=", ".join(plan.sources), expected=f"a polygon for every area of {plan.name}", came=came)


def _write(*, plan: BoundaryMap, shapes: gpd.GeoSeries, areas: pd.DataFrame, target: Path) -> Path:
    """Write one map."""
    rows = _areas_on_map(plan=plan, areas=areas)
    parts = _thin(shapes=gpd.GeoSeries(shapes.loc[rows["code"]]), plan=plan)
    features = [
        _feature(code=code, names=names, parts=parts.loc[[code]], decimals=plan.decimals)
        for code, *names in rows[["code", "name_en", "name_cy"]].itertuples(index=False, name=None)
    ]
    head = {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION.replace("2024", str(plan.year)),
        "attribution_cy": ATTRIBUTION_CY.replace("2024", str(plan.year)),
    }
    path = target / plan.name
    write_features(path, features, head=head)
    return path


def _thin(*, shapes: gpd.GeoSeries, plan: BoundaryMap) -> gpd.GeoSeries:
    """Return the areas' polygons with fewer points, in degrees; neighbours keep one and the same edge."""
    simplified = gpd.GeoSeries(shapes.to_crs(_METRES)).simplify_coverage(plan.tolerance)
    parts = simplified.explode()
    size = pd.Series(parts.area)
    scrap = (size >= _SMALLEST_SCRAP) & _touches_another(parts=parts)
    is_kept = (size >= plan.smallest_part) | (size == size.groupby(level=0).transform("max")) | scrap
    return gpd.GeoSeries(parts.loc[is_kept]).to_crs(_DEGREES)


def _touches_another(*, parts: gpd.GeoSeries) -> npt.NDArray[np.bool_]:
    """Say of each polygon whether it borders another: a scrap of land across a river would leave a gap."""
    first, second = parts.sindex.query(parts, predicate="intersects")
    return np.isin(np.arange(len(parts)), first[first != second])


def _feature(*, code: str, names: list[str], parts: Iterable[BaseGeometry], decimals: int) -> dict[str, object]:
    """Return one area as GeoJSON, its names beside its shape."""
    geometry = {"type": "MultiPolygon", "coordinates": [_rings(part, decimals=decimals) for part in parts]}
    properties = {"code": code, "name_en": names[0], "name_cy": names[1]}
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}


def _rings(polygon: BaseGeometry, *, decimals: int) -> list[list[list[float]]]:
    """Return a polygon's rings, the outer one clockwise."""
    if not isinstance(polygon, Polygon):
        raise ContractError(f"expected a polygon in a boundary file; came a {polygon.geom_type}")
    wound = orient(polygon, sign=-1.0)
    return [_rounded(ring.coords, decimals=decimals) for ring in (wound.exterior, *wound.interiors)]


def _rounded(points: Iterable[tuple[float, ...]], *, decimals: int) -> list[list[float]]:
    """Return the points rounded alike in every area, so that a shared edge stays shared; equal neighbours once."""
    ring: list[list[float]] = []
    for x, y, *_ in points:
        point = [round(x, decimals), round(y, decimals)]
        if not ring or ring[-1] != point:
            ring.append(point)
    return ring


def write_features(path: Path, features: Iterable[object], *, head: Mapping[str, object]) -> None:
    """Write areas as GeoJSON under what is said of all, one to a line so that a change can be read in a diff."""
    lines = ",\n".join(map(_compact, features))
    path.write_text(f'{_compact(head)[:-1]},"features":[\n{lines}\n]}}\n', encoding="utf-8", newline="\n")


def _compact(value: object) -> str:
    """Return JSON without spaces and with its letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
