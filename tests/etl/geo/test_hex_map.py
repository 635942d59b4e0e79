"""The hex map holds the 22 authorities, made of whole hexagons that meet, and says whose map it is."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from etl.contract import ContractError
from etl.geo.geography import current_authorities, load_areas
from etl.geo.hex_map import HALF_WIDTH, NAME, write_hex

PATH = Path(__file__).parents[3] / "dashboard" / "static" / "boundaries" / NAME
REFERENCE = load_areas().set_index("code")[["name_en", "name_cy"]]


def document() -> dict:
    return json.loads(PATH.read_text(encoding="utf-8"))


def as_drawn(point: list[float]) -> tuple[float, float]:
    """Return where Mercator puts a point, in the units of the drawing."""
    east, north = (math.radians(angle) for angle in point)
    return math.degrees(east), math.degrees(math.asinh(math.tan(north)))


def test_codes_and_names_are_those_of_the_22_authorities():
    authorities = current_authorities(areas=load_areas())
    features = {feature["id"]: feature["properties"] for feature in document()["features"]}
    assert set(features) == {code for code in authorities["code"] if code.startswith("W")}
    assert features == {code: {"code": code, **REFERENCE.loc[code].to_dict()} for code in features}


def test_the_map_names_the_library_and_its_licence_in_both_languages_and_is_small():
    assert "Open Parliament Licence v3.0" in document()["attribution"]
    assert "Drwydded Senedd Agored" in document()["attribution_cy"]
    assert PATH.stat().st_size < 20_000


def test_every_side_is_that_of_a_regular_hexagon():
    side = 2 * HALF_WIDTH / math.sqrt(3)
    for feature in document()["features"]:
        for (ring,) in feature["geometry"]["coordinates"]:
            corners = [as_drawn(point) for point in ring]
            sides = [math.dist(a, b) for a, b in pairwise(corners)]
            assert sides == pytest.approx([side] * len(sides), rel=1e-3), feature["id"]


def test_neighbours_meet_and_outer_rings_run_clockwise():
    shapes = gpd.read_file(PATH).geometry
    assert shapes.is_valid.all()
    assert shapely.coverage_is_valid(shapes.to_numpy())
    assert not shapely.is_ccw(shapely.get_exterior_ring(shapes.explode().to_numpy())).any()


def test_without_its_source_nothing_is_written(tmp_path):
    with pytest.raises(ContractError, match="hex map"):
        write_hex(sources=tmp_path, target=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.shared
def test_the_library_map_gives_this_very_file(shared_sources, tmp_path):
    assert write_hex(sources=shared_sources, target=tmp_path).read_bytes() == PATH.read_bytes()
