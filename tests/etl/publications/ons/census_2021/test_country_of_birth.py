"""Census 2021: published figures, trees that add up in their own table, and what must be refused."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.geo.small_areas import load_small_areas
from etl.pipeline.extract import tidy_table
from etl.publications.ons.census_2021 import answers as census_answers
from etl.publications.ons.census_2021 import country_of_birth as census_2021
from etl.publications.ons.census_2021 import small_areas as census_small_areas
from etl.publications.ons.census_2021 import topics as census_topics

CARDIFF, VALE, WALES, BOTH = "W06000015", "W06000014", "W92000004", "K04000001"
MODULES = (census_2021, census_answers, census_small_areas, census_topics)
BY_NAME = {dataset.name: dataset for module in MODULES for dataset in module.DATASETS}
BIRTH = "census_country_of_birth"


def committed(data_folder, name: str) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def table(data_folder, name: str) -> pd.DataFrame:
    rows = committed(data_folder, name).assign(value=lambda f: pd.to_numeric(f["value"]))
    return rows.pivot(index="area_code", columns="category", values="value")


# Typed by hand from the published tables as copied, and from the ONS's bulletins where a comment says so.
@pytest.mark.parametrize(
    ("name", "area", "category", "value"),
    [
        ("census_country_of_birth", CARDIFF, "total", 362_310),
        ("census_country_of_birth", CARDIFF, "europe_united_kingdom", 302_460),
        ("census_country_of_birth", CARDIFF, "middle_east_and_asia_southern_asia_india", 5_147),
        ("census_born_outside_uk", CARDIFF, "outside_uk", 59_850),
        ("census_born_outside_uk", VALE, "outside_uk", 7_627),
        ("census_ethnic_group", CARDIFF, "total", 362_310),
        ("census_ethnic_group", CARDIFF, "white_gypsy_or_irish_traveller", 673),
        ("census_ethnic_group", CARDIFF, "white_roma", 593),
        ("census_passports", CARDIFF, "none", 42_750),
        ("census_religion_lsoa", "W01001059", "christian", 787),
        ("census_english_proficiency_msoa", "W02000237", "main_other", 40),
    ],
)
def test_published_figures(data_folder, name, area, category, value):
    assert table(data_folder, name).loc[area, category] == value


@pytest.mark.parametrize(("group", "share"), [("asian", 9.7), ("black", 3.8), ("mixed", 4.0), ("white", 79.2)])
def test_groups_added_from_the_nineteen_give_the_published_percentages(data_folder, group, share):
    cardiff = table(data_folder, "census_ethnic_group").loc[CARDIFF]
    assert round(100 * cardiff[group] / cardiff["total"], 1) == share


def test_the_nested_rows_of_a_place_may_not_be_added(data_folder):
    cardiff = table(data_folder, BIRTH).loc[CARDIFF]
    rows = cardiff.drop("total")
    assert len(rows) == 82
    assert rows.sum() == 1_120_990  # three times over: what a careless sum would claim
    up = census_2021.parents(measure=BIRTH)
    leaves = [c for c in rows.index if c not in up.values()]
    assert rows[leaves].sum() == cardiff["total"] == 362_310
    assert rows[[c for c in rows.index if up[c] == "total"]].sum() == 362_310


def test_the_measures_that_nest_refuse_a_sum_over_categories(data_folder):
    measures = pd.read_csv(data_folder / "reference" / "measures.csv", dtype=str).set_index("measure")
    categories = pd.read_csv(data_folder / "reference" / "categories.csv", dtype=str, keep_default_na=False)
    census = categories[categories["measure"].str.startswith("census_")]
    deep = census[~census["parent"].isin(["", "total"])]["measure"].unique()
    assert {BIRTH, "census_ethnic_group"} <= set(deep)
    assert set(measures.loc[deep, "sum_categories"]) == {"false"}


def test_every_parent_is_a_category_of_its_measure(data_folder):
    categories = pd.read_csv(data_folder / "reference" / "categories.csv", dtype=str, keep_default_na=False)
    census = categories[categories["measure"].str.startswith("census_")]
    known = set(zip(census["measure"], census["category"], strict=True))
    nested = census[census["parent"] != ""]
    assert set(zip(nested["measure"], nested["parent"], strict=True)) <= known


@pytest.mark.parametrize("name", BY_NAME)
def test_children_add_to_their_parent(data_folder, name):
    made = committed(data_folder, name).assign(value=lambda f: pd.to_numeric(f["value"]))
    census_2021.children_add_to_their_parent(pd.DataFrame(), made)
    assert set(made["period_start"]) == {"2021-03-21"}
    assert set(made["period_months"]) == {"0"}


def test_a_child_that_went_missing_is_noticed(data_folder):
    made = committed(data_folder, BIRTH).assign(value=lambda f: pd.to_numeric(f["value"]))
    lost = made[made["category"] != "africa_north_africa"]
    with pytest.raises(ContractError, match="children that add to 'africa'"):
        census_2021.children_add_to_their_parent(pd.DataFrame(), lost)


def test_a_place_of_birth_that_is_new_is_refused_by_name():
    row = (CARDIFF, "Cardiff", "10.0", "europe_atlantis", "1.0")
    with pytest.raises(ContractError, match="europe_atlantis"):
        census_2021.tidy_country_of_birth(pd.DataFrame([row], columns=list(census_2021.BIRTH_COLUMNS)))


def test_an_authority_that_vanished_is_noticed(data_folder):
    made = committed(data_folder, "census_ethnic_group")
    with pytest.raises(ContractError, match="22 authorities x 25 categories"):
        census_2021.every_welsh_authority_has_every_category(made, made[made["area_code"] != CARDIFF])


def religion(code: str, *, authority: str = VALE) -> pd.DataFrame:
    return pd.DataFrame(
        [(authority, code, "3.0", "Sikh", "3.0")],
        columns=["ltla_code", "lsoa21_code", "total_residents", "religion", "n"],
    )


def test_an_lsoa_of_2011_is_refused_in_a_table_of_2021():
    with pytest.raises(ContractError, match="W01001061"):
        census_small_areas.tidy_religion(religion("W01001061"))


def test_a_small_area_beside_the_wrong_authority_is_refused():
    wrong = religion("W01001059", authority=CARDIFF)
    with pytest.raises(ContractError, match="beside their authority"):
        census_small_areas.areas_lie_in_their_authority(wrong, wrong, kind="lsoa")


def test_every_small_area_must_come(data_folder):
    made = committed(data_folder, "census_religion_lsoa")
    census_small_areas.every_small_area_is_there(made, made, kind="lsoa")
    with pytest.raises(ContractError, match="W01001059"):
        census_small_areas.every_small_area_is_there(made, made[made["area_code"] != "W01001059"], kind="lsoa")


def test_people_lost_between_read_and_made_are_noticed():
    rows = religion("W01001059")
    made = census_small_areas.tidy_religion(rows)
    census_small_areas.no_person_dropped(rows, made)
    with pytest.raises(ContractError, match="expected 3 people as read; came 0"):
        census_small_areas.no_person_dropped(rows, made[made["category"] != "sikh"])


def test_both_black_groups_of_the_msoas_become_one(data_folder):
    small = table(data_folder, "census_ethnic_group_msoa").sum()
    both = table(data_folder, "census_ethnic_group").loc[[CARDIFF, VALE]].sum()
    assert "black_african" not in small.index
    for group in ("white", "mixed", "asian", "black", "other"):
        assert abs(small[group] - both[group]) <= 80  # 63 perturbed cells against two


def test_the_muddled_columns_stay_unread():
    columns = {*census_answers.BORN, *census_answers.PASSPORTS}
    assert not [c for c in columns if c.startswith("marital")]


@pytest.mark.parametrize("name", BY_NAME)
def test_cautions_are_short_and_in_both_languages(name):
    origin = BY_NAME[name].origin
    for text in (origin.caution_en, origin.caution_cy):
        assert 0 < len(text) <= 200
    assert origin.status == ("in_development" if name == "census_gender_identity" else "accredited")


@pytest.mark.shared
@pytest.mark.parametrize("name", BY_NAME)
def test_extraction_repeats_the_committed_table(name, shared_sources, data_folder):
    made = tidy_table(BY_NAME[name], file=shared_sources / BY_NAME[name].material)
    pd.testing.assert_frame_equal(made, committed(data_folder, name))


@pytest.mark.shared
def test_born_outside_the_uk_agrees_with_the_figures_typed_from_the_page(shared_sources, data_folder):
    file = shared_sources / "census-2021" / "census2021_ts012_country_of_birth_wales_la.csv"
    typed = pd.read_csv(file).set_index("lad_code")
    held = table(data_folder, "census_born_outside_uk")
    detailed = table(data_folder, BIRTH)
    assert typed["non_uk_born"].to_dict() == held.loc[typed.index, "outside_uk"].to_dict()
    assert typed["usual_residents_2021"].to_dict() == detailed.loc[typed.index, "total"].to_dict()


def test_authorities_far_from_wales_are_noticed(data_folder):
    made = committed(data_folder, "census_passports_countries").assign(value=lambda f: pd.to_numeric(f["value"]))
    census_answers.authorities_add_to_wales(made, made)
    made.loc[made["area_code"] == CARDIFF, "value"] += 30
    with pytest.raises(ContractError, match="add to Wales"):
        census_answers.authorities_add_to_wales(made, made)


def test_small_areas_add_to_their_authority_but_for_perturbation(data_folder):
    within = load_small_areas().set_index("code")["within_code"]
    for small, whole, cells in (
        ("census_religion_lsoa", "census_religion", 300),
        ("census_disability_lsoa", "census_disability", 300),
        ("census_migrant_indicator_msoa", "census_migrant_indicator", 63),
        ("census_english_proficiency_msoa", "census_english_proficiency", 63),
    ):
        made = table(data_folder, small)
        added = made.groupby(made.index.map(within)).sum()
        own = table(data_folder, whole).loc[added.index, added.columns]
        assert (added - own).abs().max().max() <= cells / 3, small
