"""Census 2021: published figures, trees that add up in their own table, and what must be refused."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.datasets import census_2021, census_answers, census_identity, census_small_areas
from etl.extract import tidy_table
from etl.small_areas import load_small_areas

CARDIFF, VALE, WALES, BOTH = "W06000015", "W06000014", "W92000004", "K04000001"
MODULES = (census_2021, census_answers, census_identity, census_small_areas)
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
        ("census_national_identity", BOTH, "total", 59_597_542),
        ("census_national_identity", WALES, "total", 3_107_494),
        ("census_national_identity", BOTH, "polish_only", 593_014),  # 593,000 in the bulletin
        ("census_national_identity", BOTH, "romanian_only", 477_323),  # 477,000
        ("census_national_identity", WALES, "welsh_only", 1_715_975),  # 55.2%
        ("census_passports", CARDIFF, "none", 42_750),
        ("census_religion_share", WALES, "no_religion", 46.5),
        ("census_religion_share", WALES, "christian", 43.6),
        ("census_religion_share", BOTH, "christian", 46.2),
        ("census_religion_share", CARDIFF, "muslim", 9.3),
        ("census_sexual_orientation", CARDIFF, "bisexual", 7_027),
        ("census_gender_identity", CARDIFF, "different", 2_097),
        ("census_migrant_indicator", CARDIFF, "total", 358_749),
        ("census_english_proficiency", CARDIFF, "not_at_all", 1_000),
        ("census_disability_sum_of_lsoas", CARDIFF, "disabled", 67_502),
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


def ethnic(*rows: tuple[str, str, str]) -> pd.DataFrame:
    cells = [(code, "", group, value) for code, group, value in rows]
    return pd.DataFrame(cells, columns=list(census_2021.ETHNIC_COLUMNS), dtype="str")


def test_detail_groups_and_everyone_are_made_from_rows_as_they_stand():
    made = census_2021.tidy_ethnic_group(
        ethnic((CARDIFF, "White: Roma", "593.0"), (CARDIFF, "Other ethnic group: Arab", "7"), ("E06000001", "?", "?"))
    )
    values = made.set_index("category")["value"].to_dict()
    assert values == {"white_roma": 593, "other_arab": 7, "white": 593, "other": 7, "total": 600}


@pytest.mark.parametrize("bad", ["", "[c]", "-1", "1,234", "12.5"])
def test_a_marker_in_a_number_column_is_refused_with_its_row(bad):
    with pytest.raises(ContractError, match=r"TS021, row 3: expected a number of people in 'value'"):
        census_2021.tidy_ethnic_group(ethnic((CARDIFF, "White: Irish", "1"), (CARDIFF, "White: Roma", bad)))


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ((CARDIFF, "White: Cornish", "1"), "came 'Cornish'"),
        ((CARDIFF, "Gwyn: Roma", "1"), "came 'Gwyn'"),
        (("W06000024X", "White: Roma", "1"), "W06000024X"),
    ],
)
def test_an_unknown_group_or_code_is_refused_by_name(row, named):
    with pytest.raises(ContractError, match=named):
        census_2021.tidy_ethnic_group(ethnic(row))


def test_people_lost_from_the_nineteen_groups_are_noticed():
    rows = ethnic((CARDIFF, "White: Roma", "593.0"), (CARDIFF, "Other ethnic group: Arab", "7"))
    made = census_2021.tidy_ethnic_group(rows)
    census_2021.no_person_dropped(rows, made)
    with pytest.raises(ContractError, match="expected 600 people as read; came 593"):
        census_2021.no_person_dropped(rows, made[made["category"] != "other_arab"])


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


def test_sums_of_msoas_are_those_of_the_msoas_held(data_folder):
    within = load_small_areas().set_index("code")["within_code"]
    for name in ("census_migrant_indicator", "census_english_proficiency"):
        small = table(data_folder, f"{name}_msoa")
        whole = small.groupby(small.index.map(within)).sum()
        pd.testing.assert_frame_equal(whole, table(data_folder, name).loc[whole.index], check_names=False)


def test_religion_shares_agree_with_the_small_areas(data_folder):
    small = table(data_folder, "census_religion_lsoa")
    whole = small.groupby(small.index.map(load_small_areas().set_index("code")["within_code"])).sum()
    shares = table(data_folder, "census_religion_share")
    counted = 100 * whole[shares.columns].div(whole["total"], axis=0)
    assert (counted - shares.loc[counted.index]).abs().max().max() < 0.06


def test_a_percentage_that_is_none_is_refused():
    with pytest.raises(ContractError, match=r"row 3: expected a percentage in 'p'; came '2\.9000000000000057'"):
        census_answers.percentages(pd.Series(["13", "2.9000000000000057"], name="p"))


def test_the_muddled_columns_stay_unread():
    columns = {c for d in (census_answers.BORN, census_answers.RELIGION, census_answers.IDENTITY) for c in d}
    columns |= {*census_answers.LANGUAGE, *census_answers.PASSPORTS}
    assert not [c for c in columns if c.startswith("marital")]


def test_authorities_far_from_wales_are_noticed(data_folder):
    made = committed(data_folder, "census_passports").assign(value=lambda f: pd.to_numeric(f["value"]))
    census_answers.authorities_add_to_wales(made, made)
    made.loc[made["area_code"] == CARDIFF, "value"] += 30
    with pytest.raises(ContractError, match="add to Wales"):
        census_answers.authorities_add_to_wales(made, made)


def test_a_slipped_column_is_noticed(data_folder):
    made = committed(data_folder, "census_passports").assign(value=lambda f: pd.to_numeric(f["value"]))
    census_answers.parts_stay_below_the_whole(made, made)
    made.loc[(made["area_code"] == VALE) & (made["category"] == "none"), "value"] = 10**6
    with pytest.raises(ContractError, match="no category above the total"):
        census_answers.parts_stay_below_the_whole(made, made)


def test_shares_that_leave_too_much_out_are_noticed(data_folder):
    made = committed(data_folder, "census_religion_share").assign(value=lambda f: pd.to_numeric(f["value"]))
    with pytest.raises(ContractError, match=r"98\.5% to 100%"):
        census_answers.shares_leave_room_for_other_religions(made, made[made["category"] != "muslim"])


def gender(*rows: tuple[str, str]) -> pd.DataFrame:
    cells = [(CARDIFF, answer, people) for answer, people in rows]
    return pd.DataFrame(
        cells, columns=[census_identity.AREA, census_identity.GENDER_COLUMN, census_identity.COUNT], dtype="str"
    )


def test_people_who_were_not_asked_must_be_nobody():
    sound = gender(("Does not apply", "0"), ("Not answered", "5"), ("Not answered", "2"))
    made = census_identity.tidy_gender_identity(sound)
    assert made.set_index("category")["value"].to_dict() == {"not_answered": 7, "total": 7}
    wrong = gender(("Does not apply", "4"), ("Not answered", "5"))
    with pytest.raises(ContractError, match="expected 9 people"):
        census_identity.nobody_counted_who_was_not_asked(
            wrong, census_identity.tidy_gender_identity(wrong), column=census_identity.GENDER_COLUMN
        )


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
