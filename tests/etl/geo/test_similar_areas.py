"""Similar areas: twenty different places in each of three lists for every Welsh authority, or nothing is written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.geo import similar_areas
from etl.geo.geography import current_authorities, load_areas
from etl.pipeline import load
from etl.pipeline.tables import read_tables
from tests.scratch import replace, scratch_data

REFERENCE = Path(__file__).parents[3] / "data" / "reference"
TODAY = current_authorities(areas=load_areas())["code"]
WELSH = sorted(TODAY[TODAY.str.startswith("W")])
ENGLISH = sorted(TODAY[TODAY.str.startswith("E")])[: similar_areas.NEIGHBOURS]
CARDIFF = "W06000015"


def listed(**changes: str) -> pd.DataFrame:
    """Return a list in which every Welsh authority has the same 20 neighbours, with changes in Cardiff's row."""
    table = pd.DataFrame(
        [dict(zip(("AREACD", *similar_areas.RANKS), (code, *ENGLISH), strict=True)) for code in WELSH], dtype="str"
    )
    for rank, code in changes.items():
        table.loc[table["AREACD"] == CARDIFF, rank.removeprefix("rank_")] = code
    return table


def test_each_authority_has_twenty_ranks():
    made = similar_areas.similar_areas(listed(), flavour="global")
    assert len(made) == 22 * 20
    cardiff = made[made["area_code"] == CARDIFF].sort_values("rank")
    assert cardiff["rank"].tolist() == list(range(1, 21))
    assert cardiff["similar_code"].tolist() == ENGLISH


def test_other_areas_are_no_business_of_ours():
    rows = pd.concat([listed(), listed().assign(AREACD="E10000003").head(1)], ignore_index=True)
    assert len(similar_areas.similar_areas(rows, flavour="global")) == 22 * 20


def test_a_code_of_before_gives_todays():
    made = similar_areas.similar_areas(listed(rank_1="E08000016"), flavour="global")  # Barnsley until 2025
    assert made.loc[(made["area_code"] == CARDIFF) & (made["rank"] == 1), "similar_code"].item() == "E08000038"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"rank_3": "E06999999"}, "E06999999"),
        ({"rank_3": ""}, "came ''"),
        ({"rank_3": "E07000026"}, "authorities of today only; came E07000026"),  # Allerdale, in Cumberland since 2023
        ({"rank_3": CARDIFF}, f"no authority like itself; came {CARDIFF}"),
        ({"rank_3": ENGLISH[0]}, f"each neighbour once; came {CARDIFF}"),
        ({"AREACD": "E06000001"}, f"each of the 22 Welsh authorities; came {CARDIFF}"),
    ],
    ids=["unknown", "blank", "ended", "itself", "twice", "lost"],
)
def test_a_wrong_list_is_refused_by_name(changes, named):
    with pytest.raises(ContractError, match=named):
        similar_areas.similar_areas(listed(**changes), flavour="economic")


def test_a_list_of_nineteen_is_refused(tmp_path):
    path = tmp_path / "list.csv"
    listed().drop(columns="20").to_csv(path, index=False)
    with pytest.raises(ContractError, match=r"list\.csv: expected the columns 20"):
        similar_areas.read(path)


def test_a_missing_list_is_named_and_nothing_is_written(tmp_path):
    with pytest.raises(ContractError, match="ons-similar-areas-economic-neighbours"):
        similar_areas.write_similar_areas(sources=tmp_path, target=tmp_path / "reference")
    assert not (tmp_path / "reference").exists()


@pytest.mark.parametrize(
    ("area", "flavour", "rank", "published"),
    [
        (CARDIFF, "demographic", "1", "E08000021"),  # Newcastle upon Tyne
        (CARDIFF, "economic", "1", "E08000035"),  # Leeds
        (CARDIFF, "global", "3", "S12000049"),  # Glasgow
        ("W06000014", "global", "1", "E08000037"),  # Gateshead
        ("W06000014", "global", "8", "W06000011"),  # Swansea
        ("W06000014", "demographic", "20", "E07000229"),  # Worthing
    ],
)
def test_published_neighbours_are_in_the_committed_table(area, flavour, rank, published):
    table = pd.read_csv(REFERENCE / "similar_areas.csv", dtype=str)
    at = (table["area_code"] == area) & (table["flavour"] == flavour) & (table["rank"] == rank)
    assert table.loc[at, "similar_code"].item() == published


def test_the_database_holds_the_lists_and_their_origin(tmp_path):
    data = scratch_data(tmp_path)
    tables = read_tables(data=data)
    assert len(tables.reference["similar_area"]) == 3 * 22 * 20
    assert tables.reference_source["source"].tolist() == ["similar_areas"]
    assert "similar_areas" not in set(tables.source["source"])
    before = load.build(data=data)
    replace(data / "reference" / "similar_areas.toml", 'edition = "2025"', 'edition = "2026"')
    assert load.build(data=data) != before


def test_a_similar_area_that_is_no_area_stops_the_build(tmp_path):
    data = scratch_data(tmp_path)
    replace(data / "reference" / "similar_areas.csv", "W06000015,global,1,E08000035", "W06000015,global,1,E08999999")
    with pytest.raises(ContractError, match="E08999999"):
        load.build(data=data)


@pytest.mark.shared
def test_the_committed_table_is_what_the_code_writes(shared_sources, tmp_path):
    (tmp_path / "similar_areas.toml").write_bytes((REFERENCE / "similar_areas.toml").read_bytes())
    written = similar_areas.write_similar_areas(sources=shared_sources, target=tmp_path)
    for path in (written, written.with_suffix(".toml")):
        assert path.read_bytes() == (REFERENCE / path.name).read_bytes(), path.name
