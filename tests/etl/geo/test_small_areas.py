"""MSOAs, LSOAs and wards of Cardiff and the Vale: both Censuses' areas, both languages, and where each lies."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest

from etl.contract import ContractError
from etl.geo.small_areas import AUTHORITIES, load_small_areas, match_small_area, small_areas, write_small_areas
from etl.pipeline.checks import text_problems

AREAS = load_small_areas()
BY_CODE = AREAS.set_index("code")


@pytest.fixture
def copied(shared_sources, tmp_path):
    folder = tmp_path / "sources" / "geography"
    folder.mkdir(parents=True)
    wanted = [f"{name}-bgc-{code}.geojson" for name in KINDS for code in AUTHORITIES]
    for name in [*wanted, "lsoa21-ward24-lad24-wales-lookup.csv"]:
        (folder / name).write_bytes((shared_sources / "geography" / name).read_bytes())
    return folder


KINDS = ("msoa-dec-2021", "lsoa-dec-2021", "lsoa-dec-2011", "ward-may-2025")


def test_every_area_is_there():
    sizes = AREAS.groupby(["within_code", "kind"]).size().to_dict()
    assert sizes == {
        ("W06000014", "lsoa"): 85,  # 82 of 2021 and three that ended
        ("W06000014", "msoa"): 15,
        ("W06000014", "ward"): 24,
        ("W06000015", "lsoa"): 224,  # 218 and six
        ("W06000015", "msoa"): 48,
        ("W06000015", "ward"): 28,
    }
    assert set(AREAS["selectable"]) == {"false"}
    assert not AREAS["name_en"].duplicated().any()


@pytest.mark.parametrize(
    ("code", "name_en", "name_cy"),
    [
        ("W01001694", "Cardiff 036A", "Caerdydd 036A"),
        ("W02000237", "Vale of Glamorgan 001", "Bro Morgannwg 001"),
        ("W01001061", "Vale of Glamorgan 015C", "Bro Morgannwg 015C"),  # 2011, where the source says "The Vale"
        ("W05001273", "Canton", "Treganna"),
        ("W05001276", "Ely", "Trelái"),
        ("W05001391", "Llandow", "Llandŵ"),
    ],
)
def test_names_in_both_languages(code, name_en, name_cy):
    assert BY_CODE.loc[code, ["name_en", "name_cy"]].tolist() == [name_en, name_cy]


def test_no_name_is_decoded_twice():
    assert not text_problems(AREAS, file="small_areas.csv")


def test_areas_of_2011_say_when_they_ended():
    ended = AREAS[AREAS["valid_to"] != ""]
    assert len(ended) == 9
    assert set(ended["valid_to"]) == {"2021-03-20"}
    assert set(ended["kind"]) == {"lsoa"}


def test_a_code_that_ended_is_refused_by_name():
    codes = pd.Series(["W01001694", "W01001061"])
    with pytest.raises(ContractError, match="that has not ended; came 'W01001061'"):
        match_small_area(codes, kind="lsoa", small_areas=AREAS)


def test_an_area_of_another_kind_is_refused():
    with pytest.raises(ContractError, match="W02000237"):
        match_small_area(pd.Series(["W02000237"]), kind="lsoa", small_areas=AREAS)


def test_the_lookup_places_every_lsoa(data_folder):
    lookup = pd.read_csv(data_folder / "reference" / "small_area_lookup.csv", dtype=str)
    today = AREAS[(AREAS["kind"] == "lsoa") & (AREAS["valid_to"] == "")]
    assert lookup["lsoa21_code"].tolist() == today["code"].tolist()
    assert lookup["la_code"].tolist() == today["within_code"].tolist()
    for column, kind in (("msoa21_code", "msoa"), ("ward_code", "ward")):
        assert set(BY_CODE.loc[lookup[column], "kind"]) == {kind}
        assert BY_CODE.loc[lookup[column], "within_code"].tolist() == lookup["la_code"].tolist()
    # The wards are best fits: one small ward of the Vale is the best fit of no LSOA.
    wards = set(AREAS.loc[AREAS["kind"] == "ward", "code"])
    assert wards - set(lookup["ward_code"]) == {"W05001398"}


@pytest.mark.shared
def test_the_committed_tables_are_what_the_code_writes(shared_sources, data_folder, tmp_path):
    for path in write_small_areas(sources=shared_sources, target=tmp_path):
        assert path.read_bytes() == (data_folder / "reference" / path.name).read_bytes()


@pytest.mark.shared
def test_each_lsoa_lies_in_the_msoa_that_its_name_says(shared_sources, data_folder):
    lookup = pd.read_csv(data_folder / "reference" / "small_area_lookup.csv", dtype=str).set_index("lsoa21_code")
    folder = shared_sources / "geography"
    for authority in AUTHORITIES:
        lsoas = gpd.read_file(folder / f"lsoa-dec-2021-bgc-{authority}.geojson").to_crs(27700)
        msoas = gpd.read_file(folder / f"msoa-dec-2021-bgc-{authority}.geojson").to_crs(27700)
        inside = lsoas.set_geometry(lsoas.representative_point()).sjoin(msoas, predicate="within")
        assert lookup.loc[inside["LSOA21CD"], "msoa21_code"].tolist() == inside["MSOA21CD"].tolist()


@pytest.mark.shared
def test_a_double_encoded_ward_is_put_right(copied):
    path = copied / "ward-may-2025-bgc-W06000015.geojson"
    text = path.read_text(encoding="utf-8").replace("Trelái", "TrelÃ¡i")
    path.write_text(text, encoding="utf-8")
    assert "TrelÃ¡i" in text
    assert "Trelái" in set(small_areas(folder=copied)["name_cy"])


@pytest.mark.shared
def test_a_blank_name_and_a_stray_name_are_refused(copied):
    path = copied / "msoa-dec-2021-bgc-W06000015.geojson"
    sound = json.loads(path.read_text(encoding="utf-8"))
    sound["features"][0]["properties"]["MSOA21NM"] = None
    path.write_text(json.dumps(sound), encoding="utf-8")
    with pytest.raises(ContractError, match="MSOA21NM in every feature"):
        small_areas(folder=copied)
    sound["features"][0]["properties"]["MSOA21NM"] = "Newport 001"
    path.write_text(json.dumps(sound), encoding="utf-8")
    with pytest.raises(ContractError, match="came 'Newport 001'"):
        small_areas(folder=copied)
