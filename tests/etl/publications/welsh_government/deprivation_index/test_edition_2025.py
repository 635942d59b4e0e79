"""WIMD 2025: the publisher's own workbook, what its ranks mean, and each way in which it could be another."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.geo.small_areas import load_small_areas
from etl.pipeline.extract import tidy_table
from etl.publications.welsh_government.deprivation_index import edition_2025 as wimd_2025
from tests.scratch import DATA
from tests.synthetic import write_ods

TIDY = DATA / "tidy"
CARDIFF, VALE = "W06000015", "W06000014"
RANKS, DECILES = "WIMD_2025_ranks", "Deciles_quintiles_quartiles"
NOTHING = pd.DataFrame()
# Real rows of the workbook, as it writes them.
HEADER = ["LSOA code", "LSOA name (Eng)", "Local Authority name (Eng)", *wimd_2025.DOMAINS.values()]
ROWS = [
    ["W01001059", "Baruc 1", "Vale of Glamorgan", 1677, 1496, 1263, 1642, 1621, 1016, 1681, 1071, 1636],
    ["W01001694", "Adamsdown 1", "Cardiff", 189, 276, 488, 162, 483, 1726, 19, 36, 95],
]
OVERALL = [f"WIMD 2025 overall {kind}" for kind in ("rank", "decile", "quintile", "quartile", "deprivation group")]
DECILE_ROWS = [
    ["W01001059", "Baruc 1", "Vale of Glamorgan", 1677, 9, 5, 4, 5],
    ["W01001694", "Adamsdown 1", "Cardiff", 189, 1, 1, 1, 1],
]


def book() -> dict:
    return {
        "Guidance_sheet": [["Welsh Index of Multiple Deprivation (WIMD) 2025"]],
        RANKS: [["Rank of LSOA"], ["This worksheet contains one table."], HEADER, *map(list, ROWS)],
        DECILES: [["WIMD 2025"], ["One table."], ["See guidance."], [*HEADER[:3], *OVERALL], *map(list, DECILE_ROWS)],
    }


def read(tmp_path, change=lambda _: None) -> pd.DataFrame:
    made = book()
    change(made)
    return wimd_2025.read_index(write_ods(tmp_path / "wimd.ods", made))


def refused(tmp_path, change) -> str:
    with pytest.raises(ContractError) as told:
        wimd_2025.tidy_shares(read(tmp_path, change))
    return str(told.value)


def committed(name: str) -> pd.DataFrame:
    rows = pd.read_csv(TIDY / f"{name}.csv", keep_default_na=False, dtype=str)
    return rows.assign(value=pd.to_numeric(rows["value"]))


def test_a_share_is_of_the_authoritys_own_small_areas(tmp_path):
    made = wimd_2025.tidy_shares(read(tmp_path)).pivot(index="area_code", columns="category", values="value")
    assert made.loc[CARDIFF, ["total", "income", "housing"]].tolist() == [100, 0, 100]
    assert made.loc[VALE, "total"] == 0


def test_crime_is_not_held_below_an_authority(tmp_path):
    made = wimd_2025.tidy_small_areas(read(tmp_path))
    assert "community_safety" not in set(made["category"])
    assert set(made.loc[made["measure"] == "wimd_decile", "value"]) == {9, 1}
    assert set(committed("wimd_2025_lsoa")["category"]) == set(wimd_2025.DOMAINS) - {"community_safety"}


def test_two_header_rows_are_refused_by_the_cell_of_the_second(tmp_path):
    def twice(made):
        made[RANKS].insert(3, ["", "", "", *["Rank"] * 9])

    assert "'WIMD_2025_ranks', D4: expected a number for 'WIMD 2025'; came 'Rank'" in refused(tmp_path, twice)


def test_footnote_digits_in_a_name_and_commas_in_a_number_are_read_as_what_they_are(tmp_path):
    def noted(made):
        made[RANKS][4][2] = "Cardiff2"
        made[RANKS][3][3] = "1,677"

    pd.testing.assert_frame_equal(wimd_2025.tidy_shares(read(tmp_path, noted)), wimd_2025.tidy_shares(read(tmp_path)))


def test_a_note_in_a_heading_does_no_harm(tmp_path):
    def noted(made):
        made[RANKS][2][4] = "Income [note 1]"

    assert len(read(tmp_path, noted)) == 2


@pytest.mark.parametrize("bad", ["[c]", "", "12.5"])
def test_a_cell_that_is_no_rank_is_refused(tmp_path, bad):
    def broken(made):
        made[RANKS][3][3] = bad

    words = refused(tmp_path, broken)
    assert "'WIMD_2025_ranks', D4" in words or "expected whole numbers from 1" in words


def test_sheets_with_other_small_areas_and_small_areas_twice_are_refused(tmp_path):
    def other(made):
        made[DECILES][4][0] = "W01001060"

    def twice(made):
        made[RANKS].append(list(ROWS[0]))

    assert "the same small areas in both sheets" in refused(tmp_path, other)
    assert "each lsoa21_code once" in refused(tmp_path, twice)


def test_a_sheet_of_2019_is_not_taken_for_that_of_2025(tmp_path):
    def older(made):
        made["WIMD_2019_ranks"] = made.pop(RANKS)

    assert "the sheet WIMD_2025_ranks" in refused(tmp_path, older)


def test_ranks_that_are_not_those_of_all_wales_are_noticed(tmp_path):
    with pytest.raises(ContractError, match="expected ranks 1 to 1,917, each once; came 2 to 1,677"):
        wimd_2025.all_of_wales_was_read(read(tmp_path), NOTHING)


def test_deciles_must_follow_the_files_key_and_both_sheets_must_agree(tmp_path):
    sound = read(tmp_path)
    wimd_2025.deciles_follow_ranks(sound, NOTHING)
    wimd_2025.both_sheets_rank_alike(sound, NOTHING)
    with pytest.raises(ContractError, match=r"deciles by the file's key; not so for .*W01001059"):
        wimd_2025.deciles_follow_ranks(sound.assign(decile="1"), NOTHING)
    with pytest.raises(ContractError, match="one overall rank"):
        wimd_2025.both_sheets_rank_alike(sound.assign(overall_rank="189"), NOTHING)


def test_a_domain_without_its_191_most_deprived_is_noticed(tmp_path):
    with pytest.raises(ContractError, match=r"expected 191 small areas in each domain; came total 1, income 0"):
        wimd_2025.each_domain_has_191_most_deprived(read(tmp_path), NOTHING)


def test_an_authority_or_a_small_area_that_is_missing_is_noticed(tmp_path):
    made = committed("wimd_2025_authorities")
    wimd_2025.every_authority_has_every_domain(NOTHING, made)
    with pytest.raises(ContractError, match="expected 22 authorities with 9 shares each"):
        wimd_2025.every_authority_has_every_domain(NOTHING, made[made["area_code"] != CARDIFF])
    rows = read(tmp_path)
    with pytest.raises(ContractError, match="every small area of Cardiff and the Vale"):
        wimd_2025.every_small_area_is_kept(rows, wimd_2025.tidy_small_areas(rows))


@pytest.mark.parametrize(
    ("area", "share"),
    [(CARDIFF, 17.0), (VALE, 8.5), ("W06000022", 18.0), ("W06000021", 0.0), ("W06000008", 2.2), ("W06000019", 19.6)],
)
def test_shares_are_those_of_the_bulletin(area, share):
    made = committed("wimd_2025_authorities").set_index(["area_code", "category"])["value"]
    assert round(made[(area, "total")], 1) == share


def test_small_areas_in_decile_1_give_the_share_of_their_authority():
    made = committed("wimd_2025_lsoa")
    deciles = made[made["measure"] == "wimd_decile"].set_index("area_code")["value"]
    within = load_small_areas().set_index("code")["within_code"]
    shares = (deciles == 1).groupby(deciles.index.map(within)).mean() * 100
    authorities = committed("wimd_2025_authorities").set_index(["area_code", "category"])["value"]
    for area in (CARDIFF, VALE):
        assert shares[area] == pytest.approx(authorities[(area, "total")], abs=0.0001)


@pytest.mark.shared
@pytest.mark.parametrize("dataset", wimd_2025.DATASETS, ids=lambda dataset: dataset.name)
def test_the_committed_table_is_what_the_source_gives(dataset, shared_sources):
    again = tidy_table(dataset, file=shared_sources / dataset.material)
    written = (TIDY / f"{dataset.name}.csv").read_text(encoding="utf-8")
    assert again.to_csv(index=False, lineterminator="\n") == written


@pytest.mark.shared
def test_shares_equal_an_independent_count(shared_sources):
    counted = pd.read_csv(shared_sources / "context" / "wimd-2025-la-summary-derived.csv").set_index("lad_code")
    made = committed("wimd_2025_authorities")
    own = made[made["category"] == "total"].set_index("area_code")["value"]
    assert len(own) == len(counted) == 22
    assert own.round(1).to_dict() == counted["share_in_most_deprived_10pc"].to_dict()
