"""WIMD 2019: what a share, a rank and a decile mean, and that crime is never held below an authority."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.geo.small_areas import load_small_areas
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import tidy_table
from etl.publications.welsh_government.deprivation_index import edition_2019 as wimd
from tests.scratch import DATA

TIDY = DATA / "tidy"
CARDIFF, VALE, SWANSEA = "W06000015", "W06000014", "W06000011"
NOTHING = pd.DataFrame()


def committed(name: str) -> pd.DataFrame:
    return pd.read_csv(TIDY / f"{name}.csv", keep_default_na=False, dtype=str)


def figure(name: str, *, area: str, measure: str, category: str = "total") -> str:
    table = committed(name)
    at = (table["area_code"] == area) & (table["category"] == category) & (table["measure"] == measure)
    assert at.sum() == 1
    return table.loc[at, "value"].item()


def share_rows(**changes: str) -> pd.DataFrame:
    """Return the file's row of Swansea: 17 of its 148 small areas are among the most deprived 10%."""
    row = dict.fromkeys(wimd.SHARE_COLUMNS, "0.11486486486486487") | {"ltla22_code": SWANSEA}
    return pd.DataFrame([{**row, **changes}], dtype="str")


def small_area_rows(*codes: str, **changes: str) -> pd.DataFrame:
    row = {column: "1" if column.endswith("decile") else "12.0" for column in wimd.SMALL_AREA_COLUMNS}
    return pd.DataFrame([{**row, "lsoa11_code": code, **changes} for code in codes], dtype="str")


def test_a_proportion_becomes_a_percentage():
    made = wimd.tidy_shares(share_rows(Income_Proportion="0.12837837837837837"))
    values = dict(zip(made["category"], made["value"], strict=True))
    assert values["total"] == 11.4865
    assert values["income"] == 12.8378
    assert len(values) == 9


@pytest.mark.parametrize("bad", ["", "[x]", "11.5", "-0.1", "12%"])
def test_anything_but_a_proportion_is_refused_with_its_row(bad):
    with pytest.raises(ContractError, match="row 2: expected a number in 'Health_Proportion'"):
        wimd.tidy_shares(share_rows(Health_Proportion=bad))


def test_an_unknown_authority_is_named():
    with pytest.raises(ContractError, match="W06000099"):
        wimd.tidy_shares(share_rows(ltla22_code="W06000099"))


def test_a_renamed_column_is_named(tmp_path):
    path = tmp_path / "summary.csv"
    share_rows().rename(columns={"Crime_Proportion": "Safety_Proportion"}).to_csv(path, index=False)
    with pytest.raises(ContractError, match=r"summary\.csv: expected the columns Crime_Proportion"):
        wimd.read_shares(path)


def made_shares() -> pd.DataFrame:
    table = committed("wimd_2019_authorities")
    return table.assign(value=table["value"].astype(float))


def test_every_share_is_a_count_of_small_areas_and_a_domain_adds_to_191():
    made = made_shares()
    wimd.every_authority_has_every_domain(NOTHING, made)
    wimd.shares_are_whole_small_areas(NOTHING, made)
    at = (made["area_code"] == SWANSEA) & (made["category"] == "income")
    with pytest.raises(ContractError, match=r"whole numbers of small areas; came .*W06000011.*income"):
        wimd.shares_are_whole_small_areas(NOTHING, made.assign(value=made["value"].mask(at, 12.0)))
    with pytest.raises(ContractError, match=r"expected 191 small areas in each domain; came .*income.*172"):
        wimd.shares_are_whole_small_areas(NOTHING, made.assign(value=made["value"].mask(at, 0.0)))


def test_a_lost_authority_is_named():
    made = made_shares()
    with pytest.raises(ContractError, match="W06000011"):
        wimd.every_authority_has_every_domain(NOTHING, made[made["area_code"] != SWANSEA])


def test_the_1909_small_areas_are_shared_out_over_22_authorities():
    assert len(wimd.SMALL_AREAS_OF) == 22
    assert sum(wimd.SMALL_AREAS_OF.values()) == wimd.SMALL_AREAS_OF_WALES


def test_only_small_areas_of_cardiff_and_the_vale_are_kept():
    made = wimd.tidy_small_areas(small_area_rows("W01001874", "W01001421"))  # Cardiff; the most deprived of Caerphilly
    assert set(made["area_code"]) == {"W01001874"}
    assert made.groupby("measure")["value"].unique().map(list).to_dict() == {"wimd_decile": [1], "wimd_rank": [12]}


@pytest.mark.parametrize(("column", "bad"), [("IMD_decile", "0"), ("IMD_decile", "[c]"), ("Housing_rank", "1.5")])
def test_a_cell_that_is_no_rank_or_decile_is_refused(column, bad):
    with pytest.raises(ContractError, match=f"row 2: expected a number in '{column}'"):
        wimd.tidy_small_areas(small_area_rows("W01001874", **{column: bad}))


def test_decile_1_must_hold_the_first_191_ranks():
    right = small_area_rows("W01001874", "W01001875")
    right.loc[0, [c for c in map(str, right) if c.endswith("rank")]] = "1.0"
    wimd.deciles_follow_ranks(right, NOTHING)
    turned = right.assign(IMD_decile="10")
    with pytest.raises(ContractError, match=r"total: expected decile 1 for ranks 1 to 191; not so for 'W01001874'"):
        wimd.deciles_follow_ranks(turned, NOTHING)
    with pytest.raises(ContractError, match="W01001875"):
        wimd.deciles_follow_ranks(right.assign(IMD_rank=["1.0", "192.0"]), NOTHING)


def test_a_file_that_lost_small_areas_is_refused():
    with pytest.raises(ContractError, match="expected 1909 small areas; came 1 in 2 rows"):
        wimd.all_of_wales_was_read(small_area_rows("W01001874", "W01001874"), NOTHING)


def test_a_small_area_that_is_lost_is_refused():
    table = committed("wimd_2019_lsoa")
    wimd.every_small_area_is_kept(NOTHING, table)
    with pytest.raises(ContractError, match=r"214 small areas of Cardiff and 79 of the Vale.*213"):
        wimd.every_small_area_is_kept(NOTHING, table[table["area_code"] != "W01001874"])


def test_crime_is_never_held_below_an_authority():
    assert "community_safety" not in set(committed("wimd_2019_lsoa")["category"])
    assert not any(column.startswith("Crime") for column in wimd.SMALL_AREA_COLUMNS)
    categories = pd.read_csv(TIDY.parent / "reference" / "categories.csv", dtype=str)
    safety = categories.loc[categories["category"] == "community_safety", "measure"]
    assert set(safety) == {"wimd_most_deprived_share"}


@pytest.mark.parametrize(
    ("area", "category", "published"),
    [
        (CARDIFF, "total", "18.2243"),  # 39 of 214
        (VALE, "total", "3.7975"),  # 3 of 79
        (SWANSEA, "total", "11.4865"),  # "17 (11.5%) o 148": Swansea council's page on the index
        ("W06000022", "total", "24.2105"),  # Newport: 23 of 95, the highest
        ("W06000021", "total", "0"),  # Monmouthshire: none
        ("W06000023", "access_to_services", "51.25"),  # Powys: 41 of 80
    ],
)
def test_published_shares_are_in_the_committed_table(area, category, published):
    measure = "wimd_most_deprived_share"
    assert figure("wimd_2019_authorities", area=area, measure=measure, category=category) == published


def test_published_ranks_are_in_the_committed_table():
    assert figure("wimd_2019_lsoa", area="W01001874", measure="wimd_rank") == "12"
    assert figure("wimd_2019_lsoa", area="W01001874", measure="wimd_decile") == "1"
    assert figure("wimd_2019_lsoa", area="W01001939", measure="wimd_rank", category="physical_environment") == "13"
    assert figure("wimd_2019_lsoa", area="W01001939", measure="wimd_decile", category="income") == "10"


@pytest.mark.parametrize("category", sorted(wimd.SMALL_AREA_DOMAINS))
def test_small_areas_in_decile_1_give_the_share_of_their_authority(category):
    table = committed("wimd_2019_lsoa")
    within = load_small_areas().set_index("code")["within_code"]
    deciles = table[(table["measure"] == "wimd_decile") & (table["category"] == category)]
    shares = (deciles["value"] == "1").groupby(deciles["area_code"].map(within)).mean() * 100
    for area in (CARDIFF, VALE):
        share = figure("wimd_2019_authorities", area=area, measure="wimd_most_deprived_share", category=category)
        assert shares[area] == pytest.approx(float(share), abs=0.0001)


@pytest.mark.shared
@pytest.mark.parametrize("dataset", wimd.DATASETS, ids=lambda dataset: dataset.name)
def test_the_committed_table_is_what_the_source_gives(dataset: Dataset, shared_sources: Path):
    again = tidy_table(dataset, file=shared_sources / dataset.material)
    written = (TIDY / f"{dataset.name}.csv").read_text(encoding="utf-8")
    assert again.to_csv(index=False, lineterminator="\n") == written
