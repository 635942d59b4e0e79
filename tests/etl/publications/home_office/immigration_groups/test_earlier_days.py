"""Earlier days of Reg_02: a part that was split by nobody is not a zero, and each day equals what we hold of it."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.immigration_groups import earlier_days as module

CARDIFF, VALE = "W06000015", "W06000014"
BY_NAME = {dataset.name: dataset for dataset in module.DATASETS}
NOTHING = pd.DataFrame()


def day(snapshot: str, *, total: str, dispersal: str, contingency: str, subsistence: str) -> pd.DataFrame:
    """Return Cardiff on one day of the copy."""
    row = (snapshot, CARDIFF, "Cardiff", total, dispersal, contingency, subsistence)
    return pd.DataFrame([row], columns=list(module.DAYS_COLUMNS), dtype="str")


JUNE_2024 = day("2024-06-30", total="1537", dispersal="1425", contingency="53", subsistence="0")
SEPTEMBER_2025 = day("2025-09-30", total="1463", dispersal="1252", contingency="99", subsistence="22")
DECEMBER_2025 = day("2025-12-31", total="1418", dispersal="1236", contingency="74", subsistence="19")


def committed(data_folder, name: str) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def cells(table: pd.DataFrame, *, start: str, area: str = CARDIFF) -> dict[str, tuple[str, str]]:
    chosen = table[(table["period_start"] == start) & (table["area_code"] == area)]
    return {c: (v, m) for c, v, m in zip(chosen["category"], chosen["value"], chosen["marker"], strict=True)}


def test_subsistence_only_is_unknown_while_no_authority_has_it_and_a_number_afterwards():
    made = module.tidy_days(pd.concat([JUNE_2024, SEPTEMBER_2025], ignore_index=True))
    early, late = (cells(made, start=start)["subsistence"] for start in ("2024-06-30", "2025-09-30"))
    assert pd.isna(early[0])
    assert early[1] == "[x]"
    assert late == (22, "")
    assert set(made["measure"]) == {"asylum_supported_accommodation"}


def test_the_day_held_whole_is_not_made_twice():
    assert module.tidy_days(DECEMBER_2025).empty


def test_somebody_with_subsistence_only_in_2024_a_part_over_the_total_and_a_new_day_are_noticed():
    module.nobody_is_split_while_none_are(JUNE_2024, NOTHING)
    with pytest.raises(ContractError, match=r"no subsistence only before 2025-03-31; came 'Cardiff'"):
        module.nobody_is_split_while_none_are(JUNE_2024.assign(subsistence_only="9"), NOTHING)
    module.parts_pass_no_total(JUNE_2024, NOTHING)
    with pytest.raises(ContractError, match="within the total; came more for 2024-06-30 Cardiff"):
        module.parts_pass_no_total(JUNE_2024.assign(supported_asylum_total="1477"), NOTHING)
    with pytest.raises(ContractError, match="came 2024-06-30"):
        module.days_are_the_six(JUNE_2024, NOTHING)


@pytest.mark.parametrize("bad", ["", "*", "1,425"])
def test_a_count_that_is_no_plain_number_is_named(bad):
    with pytest.raises(ContractError, match="row 2: expected a whole number in 'dispersal_accommodation'"):
        module.tidy_days(JUNE_2024.assign(dispersal_accommodation=bad))


def test_march_holds_four_authorities_and_no_fifth(data_folder):
    rows = pd.DataFrame({"lad_code": module.MARCH_AUTHORITIES, "snapshot": "2026-03-31"})
    module.only_the_four_authorities(rows, NOTHING)
    with pytest.raises(ContractError, match=r"expected .* on 2026-03-31"):
        module.only_the_four_authorities(rows.iloc[1:], NOTHING)
    table = committed(data_folder, "immigration_groups_mar_2026")
    assert sorted(set(table["area_code"])) == sorted(module.MARCH_AUTHORITIES)


def test_published_figures(data_folder):
    days = committed(data_folder, "immigration_groups_2024_2025")
    assert cells(days, start="2024-06-30")["dispersal"] == ("1425", "")
    assert cells(days, start="2024-06-30")["subsistence"] == ("", "[x]")
    assert cells(days, start="2025-03-31", area="W06000011")["total"][0].isdecimal()
    march = committed(data_folder, "immigration_groups_mar_2026")
    vale = march[march["area_code"] == VALE].set_index(["measure", "category"])["value"]
    assert vale["afghan_programme_population", "total"] == "195"
    assert vale["afghan_programme_population", "transitional"] == "68"
    assert vale["homes_for_ukraine_arrivals", "total"] == "283"


def held_totals(data_folder) -> dict[tuple[str, str], str]:
    """Return the totals of Asy_D11 by authority and day."""
    return committed(data_folder, "asylum_support").set_index(["area_code", "period_start"])["value"].to_dict()


@pytest.mark.parametrize(
    ("name", "cells_"), [("immigration_groups_2024_2025", 110), ("immigration_groups_mar_2026", 4)]
)
def test_every_asylum_total_is_that_of_the_held_series(name, cells_, data_folder):
    """Why these days may stand on the line of Reg_02: each total is Asy_D11's."""
    ours = committed(data_folder, name)
    ours = ours[(ours["measure"] == "asylum_supported_accommodation") & (ours["category"] == "total")]
    mine = ours.set_index(["area_code", "period_start"])["value"].to_dict()
    held = held_totals(data_folder)
    assert len(mine) == cells_
    assert mine == {key: held[key] for key in mine}


def test_each_kind_of_accommodation_is_that_of_the_other_publication_where_it_has_kinds(data_folder):
    """Asy_D11 splits hotels and other contingency, and by section: added, they are Reg_02's kinds."""
    kinds = {"dispersal": "dispersal", "hotel": "contingency", "contingency_other": "contingency"}
    theirs = committed(data_folder, "asylum_support_by_accommodation").assign(value=lambda f: f["value"].astype(int))
    kind = theirs["category"].str.replace(r"^section_\d+_", "", regex=True).map(kinds)
    added = theirs.assign(kind=kind).groupby(["area_code", "period_start", "kind"])["value"].sum()
    ours = committed(data_folder, "immigration_groups_2024_2025")
    chosen = ours[ours["period_start"].isin(["2024-06-30", "2024-09-30"]) & ours["category"].isin(set(kinds.values()))]
    mine = chosen.set_index(["area_code", "period_start", "category"])["value"].astype(int)
    assert len(mine) == 22 * 2 * 2
    assert mine.to_dict() == added.reindex(mine.index, fill_value=0).to_dict()


@pytest.mark.shared
def test_the_sixth_day_of_the_copy_equals_the_table_held_whole(shared_sources, data_folder):
    rows = module.read_days(shared_sources / BY_NAME["immigration_groups_2024_2025"].material)
    there = rows[rows["snapshot"] == module.HELD_ELSEWHERE].set_index("lad_code")
    held = committed(data_folder, "immigration_groups_dec_2025")
    held = held[held["measure"] == "asylum_supported_accommodation"].set_index(["area_code", "category"])["value"]
    for column, category in module.FIGURES.items():
        assert there[column].to_dict() == {code: held[code, category] for code in there.index}
    assert len(there) == 22


@pytest.mark.shared
@pytest.mark.parametrize("name", BY_NAME)
def test_extraction_repeats_the_committed_table(name, shared_sources, data_folder):
    made = tidy_table(BY_NAME[name], file=shared_sources / BY_NAME[name].material)
    pd.testing.assert_frame_equal(made, committed(data_folder, name))
