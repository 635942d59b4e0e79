"""Resettlement since 2014: a running total never falls behind what was counted before, and the year is named."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.immigration_groups import groups as immigration_groups
from etl.publications.home_office.resettlement import since_2014 as module
from etl.reading.text_files import read_json, read_text_csv

CARDIFF, VALE, POWYS = "W06000015", "W06000014", "W06000023"
(DATASET,) = module.DATASETS


def powys(**changed: str) -> pd.DataFrame:
    """Return Powys on 30 June 2026, as the copy gives it."""
    row = {"snapshot": "2026-06-30", "lad_code": POWYS, "lad_name": "Powys"}
    row |= dict(zip(module.FIGURES, ("148", "5", "9"), strict=True))
    return pd.DataFrame([{**row, **changed}], dtype="str")


def committed(data_folder, name: str = "resettlement_since_2014") -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def totals(data_folder) -> dict[str, int]:
    table = committed(data_folder)
    whole = table[(table["measure"] == module.SINCE_2014) & (table["category"] == "total")]
    return whole.set_index("area_code")["value"].astype(int).to_dict()


def test_the_running_total_stands_on_its_day_and_the_year_is_2025():
    made = module.tidy(powys()).set_index(["measure", "category"])
    running, year = made.loc[(module.SINCE_2014, "total")], made.loc[(module.IN_YEAR, "total")]
    assert running[["period_start", "period_months", "value"]].tolist() == ["2026-06-30", 0, 148]
    assert year[["period_start", "period_months", "value"]].tolist() == ["2025-01-01", 12, 9]


def test_a_part_over_the_whole_and_a_cell_that_is_no_number_are_named():
    module.parts_pass_no_running_total(powys(), pd.DataFrame())
    with pytest.raises(ContractError, match="within the running total; came more for 'Powys'"):
        module.parts_pass_no_running_total(powys(resettlement_latest_year_total="149"), pd.DataFrame())
    with pytest.raises(ContractError, match="row 2: expected a whole number"):
        module.tidy(powys(community_sponsorship_cumulative="*"))


def test_published_figures(data_folder):
    held = totals(data_folder)
    assert (held[CARDIFF], held[VALE], held[POWYS]) == (105, 92, 148)
    assert len(held) == 22
    assert sum(held.values()) == 1_576


def test_no_authority_has_fewer_than_the_quarters_we_hold_and_the_sponsored_are_the_same(data_folder):
    quarters = committed(data_folder, "resettlement").assign(value=lambda f: f["value"].astype(int))
    welsh = quarters[quarters["area_code"].str.startswith("W")]
    before = welsh[welsh["category"] == "total"].groupby("area_code")["value"].sum()
    assert {code: n for code, n in totals(data_folder).items() if n < before[code]} == {}
    sponsored = committed(data_folder)[lambda f: f["category"] == module.SPONSORED].set_index("area_code")["value"]
    scheme = welsh[welsh["category"] == "uk_resettlement_scheme_community_sponsorship"]
    assert sponsored.astype(int).to_dict() == scheme.groupby("area_code")["value"].sum().to_dict() | dict.fromkeys(
        set(sponsored.index) - set(scheme["area_code"]), 0
    )


@pytest.mark.shared
def test_the_latest_year_is_2025_because_the_copy_of_its_last_day_gives_the_same(shared_sources):
    path = shared_sources / immigration_groups.DATASETS[0].material
    december = pd.DataFrame(read_json(path)["areas"]).set_index("areaCode")
    june = read_text_csv(shared_sources / DATASET.material).set_index("lad_code")
    year = june["resettlement_latest_year_total"].astype(int)
    assert december["resettlementLatestYearTotal"].reindex(year.index).to_dict() == year.to_dict()
    flintshire = december.loc["W06000005"]
    assert (flintshire["latestResettlementQuarterLabel"], flintshire["latestResettlementQuarterValue"]) == (
        "2025 Q1",
        7,
    )
    more = june["resettlement_cumulative_since_2014"].astype(int) - december["resettlementCumulativeTotal"]
    assert more.loc[june.index][lambda n: n != 0].to_dict() == {"W06000004": 3, POWYS: 8}


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    pd.testing.assert_frame_equal(made, committed(data_folder))
