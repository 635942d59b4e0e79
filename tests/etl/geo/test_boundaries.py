"""The maps hold their areas, no more and no less, and neighbours meet without a gap."""

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from etl.contract import ContractError
from etl.geo.boundaries import MAPS, write_boundaries
from etl.geo.geography import current_authorities, load_areas
from etl.geo.small_areas import load_small_areas

FOLDER = Path(__file__).parents[3] / "dashboard" / "static" / "boundaries"
AREAS = load_areas()
AUTHORITIES = current_authorities(areas=AREAS)
WELSH = AREAS["nation_code"] == "W92000004"
SMALL = load_small_areas()
TODAY = SMALL[SMALL["valid_to"] == ""]
EVERY_AREA = pd.concat([AREAS, SMALL])
CODES = {
    "cardiff_vale_msoa21.geojson": set(TODAY.loc[TODAY["kind"] == "msoa", "code"]),
    "cardiff_vale_lsoa21.geojson": set(TODAY.loc[TODAY["kind"] == "lsoa", "code"]),
    "cardiff_vale_ward25.geojson": set(TODAY.loc[TODAY["kind"] == "ward", "code"]),
    "wales_la.geojson": set(AUTHORITIES.loc[WELSH.loc[AUTHORITIES.index], "code"]),
    "uk_la.geojson": set(AUTHORITIES["code"]),
    "wales_pfa.geojson": set(AREAS.loc[WELSH & (AREAS["kind"] == "police_force"), "code"]),
}
LARGEST = {"wales_la.geojson": 100_000, "uk_la.geojson": 450_000, "wales_pfa.geojson": 70_000}
SMALL_MAP_LARGEST = 200_000
each_map = pytest.mark.parametrize("name", sorted(CODES))


def shapes(name: str) -> gpd.GeoSeries:
    return gpd.read_file(FOLDER / name).set_index("code").geometry


@each_map
def test_codes_and_names_are_those_of_the_reference(name):
    features = json.loads((FOLDER / name).read_text(encoding="utf-8"))["features"]
    reference = EVERY_AREA.set_index("code")[["name_en", "name_cy"]]
    assert {feature["id"] for feature in features} == CODES[name]
    for feature in features:
        code = feature["id"]
        assert feature["properties"] == {"code": code, **reference.loc[code].to_dict()}


@each_map
def test_a_map_names_its_source_in_both_languages_and_is_small(name):
    path = FOLDER / name
    document = json.loads(path.read_text(encoding="utf-8"))
    assert "Open Government Licence v.3.0" in document["attribution"]
    assert "Drwydded Llywodraeth Agored" in document["attribution_cy"]
    assert path.stat().st_size <= LARGEST.get(name, SMALL_MAP_LARGEST)


@each_map
def test_neighbours_meet_without_gap_or_overlap(name):
    assert shapes(name).is_valid.all()
    assert shapely.coverage_is_valid(shapes(name).to_numpy())


@each_map
def test_outer_rings_run_clockwise_for_the_browser(name):
    outer = shapely.get_exterior_ring(shapes(name).explode().to_numpy())
    assert not shapely.is_ccw(outer).any()


def test_cardiff_and_the_vale_share_an_edge():
    places = gpd.GeoSeries(shapes("wales_la.geojson").to_crs("EPSG:27700"))
    # The common edge itself, and no crumbs: the border of the two is about 20 km long.
    shared = shapely.intersection(places["W06000014"].boundary, places["W06000015"].boundary)
    assert 10_000 < shared.length < 40_000


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("cardiff_vale_msoa21.geojson", 63),
        ("cardiff_vale_lsoa21.geojson", 300),
        ("cardiff_vale_ward25.geojson", 52),
    ],
)
def test_small_areas_tile_both_authorities(name, count):
    places = gpd.GeoSeries(shapes(name).to_crs("EPSG:27700"))
    assert len(places) == count
    # Square kilometres of the two authorities in the outlines the small areas were cut from.
    assert places.area.sum() / 1e6 == pytest.approx(473.6, rel=0.002)
    assert shapely.union_all(places.to_numpy()).area == pytest.approx(places.area.sum(), rel=1e-6)


def test_thinning_keeps_the_size_of_places():
    areas = shapes("wales_la.geojson").to_crs("EPSG:27700").area / 1e6
    assert areas.sum() == pytest.approx(20_780, rel=0.01)  # square kilometres of Wales, published
    assert areas["W06000001"] == pytest.approx(711, rel=0.05)  # Ynys Môn has not lost its coast


@pytest.fixture
def copied_sources(shared_sources: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "sources" / "geography"
    folder.mkdir(parents=True)
    for source in {source for plan in MAPS for source in plan.sources}:
        (folder / source).write_bytes((shared_sources / "geography" / source).read_bytes())
    return tmp_path / "sources"


@pytest.mark.shared
def test_the_committed_maps_are_what_the_code_writes(shared_sources: Path, tmp_path: Path):
    written = write_boundaries(sources=shared_sources, target=tmp_path)
    assert [path.name for path in written] == [plan.name for plan in MAPS]
    for path in written:
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name


@pytest.mark.shared
def test_unknown_and_missing_areas_are_named_and_nothing_is_written(copied_sources: Path, tmp_path: Path):
    source = copied_sources / "geography" / "lad-may-2024-uk-buc.geojson"
    source.write_text(source.read_text(encoding="utf-8").replace("W06000015", "W06000099"), encoding="utf-8")
    with pytest.raises(ContractError) as refusal:
        write_boundaries(sources=copied_sources, target=tmp_path / "maps")
    assert "came W06000099" in str(refusal.value)
    assert "no polygon for W06000015" in str(refusal.value)
    assert "lad-may-2024-uk-buc.geojson" in str(refusal.value)
    assert not (tmp_path / "maps").exists()


def test_a_folder_without_sources_is_refused(tmp_path: Path):
    with pytest.raises(ContractError, match="no such file"):
        write_boundaries(sources=tmp_path, target=tmp_path / "maps")
