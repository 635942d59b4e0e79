"""Mid-2025: a line of its own, whole for Wales, and nothing of another day or form gets in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.ons.population_estimates import mid_2025 as module
from etl.publications.ons.population_estimates import mid_year as population_mid_year
from etl.release.editions import Arrival, not_older

CARDIFF, VALE = "W06000015", "W06000014"
(DATASET,) = module.DATASETS


def table(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(module.COLUMNS), dtype="str")


def committed(data_folder) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / "population_mid_year_2025.csv", dtype=str, keep_default_na=False)


def test_real_rows_become_people_at_mid_2025():
    made = module.tidy(
        table((CARDIFF, "Cardiff", "2025-06-30", "381516"), (VALE, "Vale of Glamorgan", "2025-06-30", "135362"))
    )
    assert made["value"].tolist() == [381_516, 135_362]
    assert set(made["measure"]) == {"population"}
    assert set(zip(made["period_start"], made["period_months"], strict=True)) == {("2025-06-30", 0)}


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ((CARDIFF, "Cardiff", "2024-06-30", "383919"), "2025-06-30 in every row; came '2024-06-30'"),  # a year older
        (module.COLUMNS, "came 'reference_date'"),  # a second header row
        ((CARDIFF, "Cardiff", "2025-06-30", "381,516"), "row 2: expected a whole number in 'population'"),
        ((CARDIFF, "Cardiff", "2025-06-30", "381516.0"), "came '381516.0'"),
        ((CARDIFF, "Cardiff", "2025-06-30", ""), "came ''"),
        ((CARDIFF, "Cardiff", "2025-06-30", "[x]"), "came '.x.'"),
        (("W99999999", "Nowhere", "2025-06-30", "1"), "W99999999"),
    ],
)
def test_what_is_no_population_of_mid_2025_is_named(row, named):
    with pytest.raises(ContractError, match=named):
        module.tidy(table(row))


def test_a_renamed_column_is_refused(tmp_path):
    path = tmp_path / "mid-2025.csv"
    path.write_text("lad_code,lad_name,reference_date,people\n", encoding="utf-8")
    with pytest.raises(ContractError, match="population"):
        module.read(path)


def test_a_missing_a_doubled_and_a_misnamed_authority_are_refused(data_folder):
    whole = committed(data_folder)
    rows = table(*((c, "", "2025-06-30", v) for c, v in zip(whole["area_code"], whole["value"], strict=True)))
    with pytest.raises(ContractError, match="came 21 of them in 21 rows"):
        module.every_welsh_authority_once(rows[1:], module.tidy(rows[1:]))
    twice = pd.concat([rows[1:], rows[1:2]], ignore_index=True)
    with pytest.raises(ContractError, match="came 21 of them in 22 rows"):
        module.every_welsh_authority_once(twice, module.tidy(twice))


def test_authorities_that_do_not_add_to_wales_are_refused(data_folder):
    whole = committed(data_folder).assign(value=lambda t: t["value"].astype(int))
    module.authorities_add_to_wales(pd.DataFrame(), whole)
    whole.loc[0, "value"] += 1
    with pytest.raises(ContractError, match="add to 3,175,181; came 3,175,182"):
        module.authorities_add_to_wales(pd.DataFrame(), whole)


def test_an_edition_older_than_this_one_is_refused():
    late = Arrival(path=Path("mye24.csv"), sha256="0" * 64, released="2025-07")
    with pytest.raises(ContractError, match="population_mid_year_2025 of 2026-07-29, which we hold, or newer"):
        not_older(DATASET.name, origin={"released": DATASET.origin.released}, arrival=late, edition=None)


def test_published_figures(data_folder):
    held = committed(data_folder).set_index("area_code")["value"].astype(int)
    assert len(held) == 22
    assert held.sum() == 3_175_181
    assert (held[CARDIFF], held[VALE]) == (381_516, 135_362)


def test_it_is_a_line_of_its_own():
    assert DATASET.origin.line not in {one.origin.line for one in population_mid_year.DATASETS}


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    pd.testing.assert_frame_equal(made, committed(data_folder))


@pytest.mark.shared
def test_the_home_office_carries_the_same_populations(shared_sources, data_folder):
    reg_02 = pd.read_csv(shared_sources / "migration/reg_02-edition-jun-2026-wales-22-la.csv", dtype=str)
    theirs = reg_02.set_index("lad_code")["population_in_source"].astype(int)
    assert len(theirs) == 22
    ours = committed(data_folder).set_index("area_code")["value"].astype(int)
    assert ours.loc[theirs.index].to_dict() == theirs.to_dict()
