"""Asylum support: no row is a zero only where people are counted by authority, and nobody is put in the wrong place."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.geo.geography import RECODED
from etl.pipeline.corrections import corrected
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.asylum_support import by_authority as module
from etl.publications.home_office.asylum_support import by_type
from etl.reading.text_files import read_json

CARDIFF, VALE, MONMOUTHSHIRE = "W06000015", "W06000014", "W06000021"
BY_NAME = {dataset.name: dataset for dataset in (*module.DATASETS, *by_type.DATASETS)}
TOTALS = ("asylum_support", "asylum_support_2014_2021")


def quarterly(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(module.QUARTERLY_COLUMNS), dtype="str")


def d11(*rows: tuple[str, str, str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(module.D11_COLUMNS), dtype="str")


def latest(**changed: str) -> pd.DataFrame:
    row = {"code": CARDIFF, "name": "Cardiff", "total": "1418", "s95": "1298", "s98": "6", "s4": "114", **changed}
    return pd.DataFrame([row], dtype="str")


def committed(data_folder, name: str) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def figure(table: pd.DataFrame, *, area: str, start: str, category: str = "total") -> int:
    chosen = (table["area_code"] == area) & (table["period_start"] == start) & (table["category"] == category)
    return int(table.loc[chosen, "value"].item())


def test_every_authority_of_today_has_a_figure_and_no_row_is_zero():
    made = module.tidy_quarterly(quarterly(("31 Mar 2026", CARDIFF, "1418")))
    assert len(made) == 361
    assert figure(made, area=CARDIFF, start="2026-03-31") == 1418
    assert figure(made, area=MONMOUTHSHIRE, start="2026-03-31") == 0


def test_merged_and_recoded_authorities_add_to_todays():
    made = module.tidy_quarterly(
        quarterly(
            ("31 Dec 2022", "E07000028", "252"),
            ("31 Dec 2022", "E07000029", "33"),
            ("31 Dec 2022", "E08000019", "1385"),
        )
    )
    assert figure(made, area="E06000063", start="2022-12-31") == 285
    assert figure(made, area="E08000039", start="2022-12-31") == 1385
    assert not made["area_code"].isin(module.SUCCESSORS).any()


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (("31 Mar 2026", CARDIFF, ""), "row 2: expected a whole number in 'v'; came ''"),
        (("31 Mar 2026", CARDIFF, "*"), r"came '\*'"),
        (("31 Mar 2026", "W06999999", "1"), "W06999999"),
        (("End of table", "", ""), "came ''"),
        (("Q1 2026", CARDIFF, "1"), "Q1 2026"),
    ],
)
def test_bad_cells_are_named(row, named):
    with pytest.raises(ContractError, match=named):
        module.tidy_quarterly(quarterly(row))


def test_a_code_twice_on_a_day_a_lost_person_and_a_lost_quarter_are_noticed():
    rows = quarterly(("31 Mar 2026", CARDIFF, "1418"), ("31 Mar 2026", CARDIFF, "1418"))
    with pytest.raises(ContractError, match=r"came twice.*W06000015"):
        module.no_day_twice_for_a_code(rows, pd.DataFrame())
    with pytest.raises(ContractError, match="expected 2,836 people as read; came 1,418"):
        module.every_person_is_kept(rows, pd.DataFrame({"value": [1418]}))
    with pytest.raises(ContractError, match="2025-12-31"):
        module.no_quarter_is_missing(rows, pd.DataFrame({"period_start": ["2025-09-30", "2026-03-31"]}))


def test_a_renamed_column_is_named(tmp_path):
    path = tmp_path / "asy.csv"
    path.write_text("date,code,value\n", encoding="utf-8")
    with pytest.raises(ContractError, match="expected the columns v"):
        module.read_quarterly(path)


SECTION_ROWS = d11(
    ("2023-03-31", "Section 95", "Cardiff", CARDIFF, "Dispersal Accommodation", "1256"),
    ("2023-03-31", "Section 95", "Cardiff", CARDIFF, "Subsistence Only", "42"),
    ("2023-03-31", "Section 4", "Swansea", "W06000011", "Dispersal Accommodation", "55"),
    ("2023-03-31", "Section 4", "Unknown", "N/A", "Dispersal Accommodation", "9"),
)


def test_sections_get_welsh_zeros_only_where_counted_by_authority():
    made = by_type.tidy_sections(SECTION_ROWS)
    assert figure(made, area=CARDIFF, start="2023-03-31", category="section_95") == 1298
    assert figure(made, area=CARDIFF, start="2023-03-31", category="section_4") == 0
    assert "section_98" not in set(made["category"])
    assert made["area_code"].nunique() == 22


def test_section_4_before_2018_is_not_a_zero():
    nowhere = "N/A - Section 4 (pre-2018)"
    rows = d11(
        ("2017-12-31", "Section 95", "Cardiff", CARDIFF, "Dispersal Accommodation", "1276"),
        ("2017-12-31", "Section 4", nowhere, nowhere, "Dispersal Accommodation", "4114"),
    )
    assert set(by_type.tidy_sections(rows)["category"]) == {"section_95"}


def test_two_spellings_of_one_accommodation_are_one_category():
    rows = d11(
        ("2022-12-31", "Section 95", "Cardiff", CARDIFF, "Subsistence only", "54"),
        ("2023-03-31", "Section 95", "Cardiff", CARDIFF, "Subsistence Only", "42"),
    )
    assert set(by_type.tidy_accommodation(rows)["category"]) == {"section_95_subsistence"}


def test_a_new_accommodation_type_or_section_is_named():
    rows = d11(("2024-09-30", "Section 95", "Cardiff", CARDIFF, "Large Site", "1"))
    with pytest.raises(ContractError, match="Large Site"):
        by_type.tidy_accommodation(rows)
    rows = d11(("2024-09-30", "Section 96", "Cardiff", CARDIFF, "Dispersal Accommodation", "1"))
    with pytest.raises(ContractError, match="Section 96"):
        by_type.tidy_sections(rows)


def test_a_new_pseudo_area_is_named():
    module.pseudo_areas_are_known(SECTION_ROWS, pd.DataFrame())
    rows = d11(("2024-09-30", "Section 95", "N/A - Barges", "N/A - Barges", "Other Accommodation", "1"))
    with pytest.raises(ContractError, match="N/A - Barges"):
        module.pseudo_areas_are_known(rows, pd.DataFrame())


def test_a_miscoded_row_of_the_declared_day_is_placed_by_its_name():
    rows = d11(
        *[("2022-12-31", "Section 98", "Leeds", "E06000010", "Contingency Accommodation - Hotel", "330")] * 2,
        ("2022-12-31", "Section 98", "Cardiff", CARDIFF, "Contingency Accommodation - Hotel", "1"),
        ("2023-03-31", "Section 98", "Leeds", "E06000010", "Contingency Accommodation - Hotel", "5"),
    )
    leeds = [c for c in module.MISCODED if c.where["Local Authority"] == "Leeds"]
    mended = corrected(rows, corrections=leeds, dataset="asy", edition="September 2024")
    assert module.placed(mended)["area_code"].tolist() == ["E08000035", "E08000035", CARDIFF, "E06000010"]
    module.names_decide_on_the_miscoded_day(mended, pd.DataFrame())
    with pytest.raises(ContractError, match=r"on 2022-12-31; not so for 'Leeds'"):
        module.names_decide_on_the_miscoded_day(rows, pd.DataFrame())


def test_46_rows_are_declared_and_each_dataset_that_holds_them_corrects_them():
    assert sum(correction.rows for correction in module.MISCODED) == 46
    corrected_tables = {name for name, dataset in BY_NAME.items() if dataset.corrections == module.MISCODED}
    assert corrected_tables == {"asylum_support_by_type", "asylum_support_by_accommodation"}


@pytest.mark.shared
def test_each_right_code_is_the_one_the_file_gives_the_name_elsewhere(shared_sources):
    rows = module.read_d11(shared_sources / module.D11_MATERIAL)
    for correction in module.MISCODED:
        name = rows["Local Authority"] == correction.where["Local Authority"]
        codes = set(rows.loc[name & (rows["Date"] >= "2018-01-01") & (rows["Date"] != module.MISCODED_DAY), "LAD Code"])
        assert codes == {correction.new}, correction


def test_people_lost_between_reading_and_making_are_noticed():
    made = by_type.tidy_sections(SECTION_ROWS)
    module.every_placed_person_is_kept(SECTION_ROWS, made)
    with pytest.raises(ContractError, match="expected 1,353 people as read; came 1,298"):
        module.every_placed_person_is_kept(SECTION_ROWS, made[made["category"] != "section_4"])


def test_a_section_that_begins_another_day_is_noticed():
    made = by_type.tidy_sections(SECTION_ROWS)
    with pytest.raises(ContractError, match="2014-03-31"):
        by_type.sections_begin_as_declared(SECTION_ROWS, made)


def test_sections_of_the_latest_day_add_to_the_total():
    made = by_type.tidy_latest(latest())
    assert figure(made, area=CARDIFF, start="2026-03-31", category="section_4") == 114
    assert figure(made, area=VALE, start="2026-03-31", category="section_4") == 0
    by_type.sections_add_to_total(latest(), made)
    with pytest.raises(ContractError, match="Cardiff"):
        by_type.sections_add_to_total(latest(total="1419"), made)


def reg02(**changed: str) -> pd.DataFrame:
    row = dict.fromkeys(module.REG02_COLUMNS, "0")
    row |= {"snapshot": "2026-06-30", "lad_code": CARDIFF, "lad_name": "Cardiff", "supported_asylum_total": "1313"}
    row |= {"dispersal_accommodation": "1181", "contingency_accommodation": "96", "other_accommodation": "36"}
    return pd.DataFrame([{**row, **changed}], dtype="str")


def test_reg02_gives_no_zero_to_an_authority_without_a_row():
    rows = reg02()
    made = module.tidy_reg02(rows)
    assert made[["area_code", "period_start", "value"]].to_numpy().tolist() == [[CARDIFF, "2026-06-30", 1313]]
    module.parts_add_to_total(rows, made)
    with pytest.raises(ContractError, match="Cardiff"):
        module.parts_add_to_total(reg02(other_accommodation="35"), made)
    with pytest.raises(ContractError, match="Swansea"):
        module.names_stand_beside_their_codes(reg02(lad_name="Swansea"), made)


def test_published_figures(data_folder):
    recent = committed(data_folder, "asylum_support")
    assert figure(recent, area=CARDIFF, start="2022-12-31") == 1777
    assert figure(recent, area=CARDIFF, start="2026-03-31") == 1418
    june = committed(data_folder, "asylum_support_reg02_jun_2026")
    assert figure(june, area=CARDIFF, start="2026-06-30") == 1313
    assert figure(june, area=VALE, start="2026-06-30") == 21
    assert figure(june, area="W06000011", start="2026-06-30") == 618
    assert figure(june, area="W06000022", start="2026-06-30") == 306
    assert june["value"].astype(int).sum() == 3223
    assert figure(committed(data_folder, "asylum_support_2014_2021"), area=CARDIFF, start="2014-03-31") == 979
    assert figure(committed(data_folder, "asylum_support_2014_2021"), area="S12000049", start="2017-12-31") > 2000
    sections = committed(data_folder, "asylum_support_by_type_mar_2026")
    assert figure(sections, area=CARDIFF, start="2026-03-31", category="section_95") == 1298


@pytest.mark.parametrize("name", TOTALS)
def test_every_day_has_every_authority(name, data_folder):
    table = committed(data_folder, name)
    assert set(table.groupby("period_start")["area_code"].nunique()) == {361}


def test_sections_add_to_the_totals_of_another_edition_in_every_authority(data_folder):
    key = ["area_code", "period_start"]
    totals = pd.concat([committed(data_folder, name) for name in TOTALS]).set_index(key)["value"].astype(int)
    names = ("asylum_support_by_type", "asylum_support_by_type_mar_2026")
    parts = pd.concat([committed(data_folder, name) for name in names]).assign(value=lambda f: f["value"].astype(int))
    added = parts.groupby(key)["value"].sum()
    days = added.index.get_level_values("period_start").unique()
    expected = totals[totals.index.get_level_values("period_start").isin(days)]
    assert len(days) == 44
    assert added.reindex(expected.index, fill_value=0).to_dict() == expected.to_dict()
    assert added.sum() == expected.sum()


def test_accommodation_adds_to_its_section_in_every_authority(data_folder):
    key = ["area_code", "period_start", "category"]
    parts = committed(data_folder, "asylum_support_by_accommodation").assign(value=lambda f: f["value"].astype(int))
    parts["category"] = parts["category"].str.extract(r"^(section_\d+)_", expand=False)
    sections = committed(data_folder, "asylum_support_by_type").set_index(key)["value"].astype(int)
    assert parts.groupby(key)["value"].sum().to_dict() == sections.to_dict()


@pytest.mark.shared
@pytest.mark.parametrize("name", BY_NAME)
def test_extraction_repeats_the_committed_table(name, shared_sources, data_folder):
    made = tidy_table(BY_NAME[name], file=shared_sources / BY_NAME[name].material)
    pd.testing.assert_frame_equal(made, committed(data_folder, name))


def all_totals(data_folder) -> pd.Series:
    tables = pd.concat([committed(data_folder, name) for name in TOTALS])
    return tables.set_index(["area_code", "period_start"])["value"].astype(int)


@pytest.mark.shared
def test_the_edition_of_december_2025_agrees_but_for_the_miscoded_day(shared_sources, data_folder):
    """That copy drops rows under old codes (Glasgow before 2018), so only the rows it has can be compared."""
    path = shared_sources / "migration" / "asy_d11-edition-dec-2025-area-series.json"
    theirs = pd.DataFrame(read_json(path)).set_index(["areaCode", "periodEnd"])["value"]
    ours = all_totals(data_folder).reindex(theirs.index)
    changed = theirs.index[theirs != ours]
    elsewhere = {code for code, day in changed if day != module.MISCODED_DAY}
    assert ours.notna().all()
    assert elsewhere <= set(module.SUCCESSORS.values())  # only a part of a merged authority stands there
    assert not [code for code, _ in changed if code.startswith("W")]
    assert len(changed) < 120


@pytest.mark.shared
def test_the_welsh_authorities_agree_with_the_merged_table(shared_sources, data_folder):
    path = shared_sources / "migration" / "asylum-support-wales-la-quarterly-merged.csv"
    rows = pd.read_csv(path, dtype=str).set_index(["lad_code", "date"])["people_in_receipt_of_support"].astype(int)
    ours = all_totals(data_folder)
    welsh = ours[ours.index.get_level_values("area_code").str.startswith("W") & (ours > 0)]
    assert rows[rows > 0].to_dict() == welsh.to_dict()


@pytest.mark.shared
def test_the_edition_of_june_2026_agrees_on_every_day_we_hold(shared_sources, data_folder):
    """Why the totals of Reg_02 may end the line of Asy_D11: its own edition of June 2026 gives the same."""
    path = shared_sources / "migration" / "asy_d11-edition-jun-2026-welsh-las-quarterly.csv"
    theirs = pd.read_csv(path, dtype=str).set_index(["lad_code", "date"])["people_in_receipt_of_support"].astype(int)
    june = committed(data_folder, "asylum_support_reg02_jun_2026").set_index(["area_code", "period_start"])["value"]
    ours = pd.concat([all_totals(data_folder), june.astype(int)])
    assert ours.reindex(theirs.index).to_dict() == theirs.to_dict()
    assert len(theirs) == 19 * 15
    assert sum(day == "2026-06-30" for _, day in theirs.index) == 19


@pytest.mark.shared
def test_every_successor_is_that_of_the_ons_register(shared_sources):
    changes = pd.read_csv(shared_sources / "geography" / "lad-code-changes-2016-2024.csv", dtype=str)
    codes = [column for column in map(str, changes) if column.endswith("_code")]
    pairs = {(old, new) for column in codes for old, new in zip(changes[column], changes["ltla24_code"], strict=True)}
    declared = {(old, new) for old, new in module.SUCCESSORS.items() if old not in RECODED}
    assert declared <= pairs
