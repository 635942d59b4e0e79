"""The denominators: exact where the ONS table is held, to ten people elsewhere, and never a wrong authority's."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.ons.population_estimates import mid_year as module

CARDIFF, VALE = "W06000015", "W06000014"
BY_NAME = {dataset.name: dataset for dataset in module.DATASETS}


def welsh(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(module.WALES_COLUMNS), dtype="str")


def ons(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(module.ENGLAND_WALES_COLUMNS), dtype="str")


def committed(data_folder, name: str) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def figure(table: pd.DataFrame, *, area: str, start: str) -> str:
    return table.loc[(table["area_code"] == area) & (table["period_start"] == start), "value"].item()


def test_thousands_with_two_decimals_become_people():
    made = module.tidy_wales(
        welsh(("W06000001", "Isle of Anglesey", "2005", "69.09"), ("W06000001", "", "2007", "69.70"))
    )
    assert made["value"].tolist() == [69_090, 69_700]
    assert made["period_start"].tolist() == ["2005-06-30", "2007-06-30"]
    assert set(made["period_months"]) == {0}


def test_the_rounded_2024_is_left_to_the_exact_table():
    made = module.tidy_wales(welsh((CARDIFF, "Cardiff", "2023", "379.74"), (CARDIFF, "Cardiff", "2024", "383.92")))
    assert made["period_start"].tolist() == ["2023-06-30"]


@pytest.mark.parametrize("bad", ["", "69.9", "69.090", "[x]", "69,09"])
def test_thousands_in_another_form_are_refused(bad):
    with pytest.raises(ContractError, match=r"row 2: expected population_thousands_2dp with two decimals"):
        module.tidy_wales(welsh(("W06000001", "Isle of Anglesey", "2005", bad)))


def test_only_authorities_are_kept_and_recoded_ones_get_todays_code():
    made = module.tidy_england_wales(
        ons(
            ("W92000004", "WALES", "Country", "3186581"),
            ("E08000016", "Barnsley", "Metropolitan District", "251770"),
            (CARDIFF, "Cardiff", "Unitary Authority", "383919"),
        )
    )
    assert dict(zip(made["area_code"], made["value"], strict=True)) == {"E08000038": 251_770, CARDIFF: 383_919}


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (("Source: ONS", "", "", ""), "Source: ONS"),
        ((CARDIFF, "Cardiff", "Principal Area", "383919"), "Principal Area"),
        (("W06999999", "Nowhere", "Unitary Authority", "1"), "W06999999"),
        ((CARDIFF, "Cardiff", "Unitary Authority", ""), "row 2: expected a whole number in 'All ages'; came ''"),
        ((CARDIFF, "Cardiff", "Unitary Authority", "[x]"), r"came '\[x\]'"),
    ],
)
def test_what_the_table_never_held_is_refused_by_name(row, named):
    with pytest.raises(ContractError, match=named):
        module.tidy_england_wales(ons(row))


def test_a_renamed_column_is_refused(tmp_path):
    path = tmp_path / "mye.csv"
    path.write_text("Code,Name,Geography,All Ages\n", encoding="utf-8")
    with pytest.raises(ContractError, match="All ages"):
        module.read_england_wales(path)


def test_a_name_beside_anothers_code_is_refused():
    rows = ons((CARDIFF, "Swansea", "Unitary Authority", "383919"))
    with pytest.raises(ContractError, match="Swansea"):
        module.names_stand_beside_their_codes(rows, pd.DataFrame())


def test_authorities_that_do_not_add_to_their_country_are_refused():
    rows = ons(
        ("K04000001", "ENGLAND AND WALES", "Country", "30"),
        ("E92000001", "ENGLAND", "Country", "10"),
        ("W92000004", "WALES", "Country", "20"),
        ("E06000001", "Hartlepool", "Unitary Authority", "10"),
        (CARDIFF, "Cardiff", "Unitary Authority", "20"),
    )
    module.authorities_add_to_countries(rows, module.tidy_england_wales(rows))
    rows.loc[4, "All ages"] = "19"
    with pytest.raises(ContractError, match="K04000001: expected authorities that add to 30; came 29"):
        module.authorities_add_to_countries(rows, module.tidy_england_wales(rows))


def test_a_missing_welsh_year_is_refused():
    rows = welsh((CARDIFF, "Cardiff", "2023", "379.74"))
    with pytest.raises(ContractError, match="22 authorities x 20 years"):
        module.every_welsh_year_is_there(rows, module.tidy_wales(rows))


def test_scotland_and_northern_ireland_only():
    rows = pd.DataFrame({"areacd": ["S12000033", "N09000003", CARDIFF], "population": ["231780", "352390", "383919"]})
    assert sorted(module.tidy_scotland_ni(rows)["area_code"]) == ["N09000003", "S12000033"]


def test_published_figures(data_folder):
    exact = committed(data_folder, "population_mid_year_2024")
    assert figure(exact, area=CARDIFF, start="2024-06-30") == "383919"
    assert figure(exact, area=VALE, start="2024-06-30") == "135743"
    assert len(exact) == 318
    wales = committed(data_folder, "population_mid_year_wales")
    assert figure(wales, area=CARDIFF, start="2020-06-30") == "360290"
    assert len(wales) == 22 * 19
    glasgow = committed(data_folder, "population_mid_year_2024_scotland_ni")
    assert figure(glasgow, area="S12000049", start="2024-06-30") == "650300"


def test_every_authority_of_today_has_one_population_at_mid_2024(data_folder):
    names = ("population_mid_year_2024", "population_mid_year_2024_scotland_ni")
    areas = pd.read_csv(data_folder / "reference" / "areas.csv", dtype=str, keep_default_na=False)
    today = areas[(areas["kind"] == "local_authority") & (areas["valid_to"] == "")]["code"]
    held = pd.concat([committed(data_folder, name) for name in names])["area_code"]
    assert sorted(held) == sorted(today)


@pytest.mark.shared
@pytest.mark.parametrize("name", BY_NAME)
def test_extraction_repeats_the_committed_table(name, shared_sources, data_folder):
    made = tidy_table(BY_NAME[name], file=shared_sources / BY_NAME[name].material)
    pd.testing.assert_frame_equal(made, committed(data_folder, name))


@pytest.mark.shared
def test_the_rounded_welsh_2024_equals_the_ons_figures_rounded(shared_sources, data_folder):
    rows = module.read_wales(shared_sources / BY_NAME["population_mid_year_wales"].material)
    rounded = rows[rows["year"] == "2024"].set_index("areacd")
    exact = committed(data_folder, "population_mid_year_2024").set_index("area_code")["value"].astype(int)
    tens = module.people_of_thousands(rounded)
    assert len(tens) == 22
    assert (tens - exact.loc[tens.index]).abs().max() <= 5


@pytest.mark.shared
def test_the_home_office_and_the_ons_agree_on_england_and_wales(shared_sources, data_folder):
    rows = module.read_reg02(shared_sources / BY_NAME["population_mid_year_2024_scotland_ni"].material)
    reg02 = rows.set_index("areacd")["population"]
    exact = committed(data_folder, "population_mid_year_2024").set_index("area_code")["value"]
    assert reg02.loc[exact.index].to_dict() == exact.to_dict()
