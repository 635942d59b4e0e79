"""Reg_02: three groups side by side and never added, and a suppressed number that never becomes a zero."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.immigration_groups import groups as module
from etl.registry import AWAITED

CARDIFF, VALE, CITY = "W06000015", "W06000014", "E09000001"
BY_NAME = {dataset.name: dataset for dataset in module.DATASETS}
MEASURES = {"homes_for_ukraine_arrivals", "afghan_programme_population", "asylum_supported_accommodation"}


def snapshot(**changed: str) -> pd.DataFrame:
    """Return Cardiff on 30 June 2026, as published."""
    figures = dict(
        zip(module.FIGURES, ("503", "76", "0", "27", "49", "1313", "0", "1181", "96", "0", "36"), strict=True)
    )
    cells = {"snapshot": "2026-06-30", "lad_code": CARDIFF, "lad_name": "Cardiff", **figures}
    return pd.DataFrame([{**cells, **changed}], dtype="str")


def committed(data_folder, name: str) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def figure(table: pd.DataFrame, *, measure: str, category: str = "total", area: str = CARDIFF) -> float:
    chosen = (table["measure"] == measure) & (table["category"] == category) & (table["area_code"] == area)
    return float(table.loc[chosen, "value"].item())


def test_one_day_holds_three_groups_and_no_sum_of_them():
    made = module.tidy(snapshot())
    assert set(made["measure"]) == MEASURES
    assert figure(made, measure="homes_for_ukraine_arrivals") == 503
    assert figure(made, measure="afghan_programme_population", category="prs_housing") == 49
    accommodation = made[made["measure"] == "asylum_supported_accommodation"].set_index("category")["value"]
    assert accommodation.astype(int).to_dict() == {
        "total": 1313,
        "initial": 0,
        "dispersal": 1181,
        "contingency": 96,
        "other": 0,
        "subsistence": 36,
    }
    assert 503 + 76 + 1313 not in made["value"].tolist()


def test_authorities_not_held_get_no_zero():
    made = module.tidy(snapshot())
    assert set(made["period_start"]) == {"2026-06-30"}
    assert set(made["area_code"]) == {CARDIFF}


def june(**changed: str) -> pd.DataFrame:
    """Return Cardiff on 30 June 2026 with the sum of all three that the table prints beside it."""
    return snapshot().assign(**{module.PATHWAYS: "1892", **changed})


def test_a_slipped_figure_does_not_fit_the_printed_sum():
    module.groups_add_to_the_printed_sum(june(), pd.DataFrame())
    with pytest.raises(ContractError, match=r"to add to .*; came otherwise for 'Cardiff'"):
        module.groups_add_to_the_printed_sum(june(homes_for_ukraine_arrivals_cumulative="530"), pd.DataFrame())


def test_wales_is_the_sum_of_all_its_authorities(data_folder):
    table = committed(data_folder, "immigration_groups_jun_2026").assign(value=lambda f: f["value"].astype(int))
    module.wales_adds_to_its_totals(pd.DataFrame(), table)
    with pytest.raises(ContractError, match=r"5,220.*came .*5,100"):
        module.wales_adds_to_its_totals(pd.DataFrame(), table[table["area_code"] != "W06000001"])


def test_a_cell_held_back_on_one_day_frees_no_other_day_from_adding_up(data_folder):
    table = committed(data_folder, "immigration_groups_jun_2026")
    cardiff = table[(table["area_code"] == "W06000015") & (table["measure"] == module.ASYLUM)]
    held_back = cardiff.assign(period_start="2026-03-31")
    held_back.loc[held_back.index[-1], "value"] = None
    module.parts_add_to_total(pd.DataFrame(), pd.concat([cardiff, held_back]))
    wrong = cardiff.assign(value=cardiff["value"].where(cardiff["category"] != "total", 1))
    with pytest.raises(ContractError, match="differ from the total"):
        module.parts_add_to_total(pd.DataFrame(), pd.concat([wrong, held_back]))


def test_a_welsh_authority_lost_or_twice_is_named(data_folder):
    table = committed(data_folder, "immigration_groups_jun_2026")
    codes = sorted(set(table["area_code"]))
    rows = pd.DataFrame({"lad_code": codes, "snapshot": "2026-06-30"})
    module.every_welsh_authority_once(rows, pd.DataFrame())
    with pytest.raises(ContractError, match=r"once on 2026-06-30; not so: 'W06000001'"):
        module.every_welsh_authority_once(rows[1:], pd.DataFrame())
    with pytest.raises(ContractError, match="not so: 'W06000024'"):
        module.every_welsh_authority_once(pd.concat([rows, rows[-1:]]), pd.DataFrame())


def test_the_copy_of_june_is_read_under_the_tables_names_and_a_lost_column_is_named(tmp_path):
    path = tmp_path / "june.csv"
    cells = june().rename(columns={"afghan_resettlement_programme_total": "afghan_programme_total"})
    cells.to_csv(path, index=False)
    assert module.read_day(path).loc[0, "afghan_resettlement_programme_total"] == "76"
    cells.drop(columns="subsistence_only").to_csv(path, index=False)
    with pytest.raises(ContractError, match="expected the columns subsistence_only"):
        module.read_day(path)


def test_a_star_is_confidential_and_its_total_is_not_checked():
    made = module.tidy(snapshot(afghan_la_housing="*"))
    star = made[(made["category"] == "la_housing")].squeeze()
    assert star["marker"] == "[c]"
    assert pd.isna(star["value"])
    module.parts_add_to_total(pd.DataFrame(), made)


@pytest.mark.parametrize("bad", ["", "fewer than 5", "1,313"])
def test_a_cell_that_is_neither_number_nor_marker_is_named(bad):
    with pytest.raises(ContractError, match="Reg_02, row 2, supported_asylum_total"):
        module.tidy(snapshot(supported_asylum_total=bad))


def test_parts_that_do_not_add_are_noticed():
    module.parts_add_to_total(pd.DataFrame(), module.tidy(snapshot()))
    with pytest.raises(ContractError, match=r"asylum_supported_accommodation: .*categories differ"):
        module.parts_add_to_total(pd.DataFrame(), module.tidy(snapshot(subsistence_only="35")))
    with pytest.raises(ContractError, match=r"afghan_programme_population: .*categories differ"):
        module.parts_add_to_total(pd.DataFrame(), module.tidy(snapshot(afghan_transitional="1")))


def test_a_code_that_changed_is_todays_and_a_note_for_a_code_is_named():
    made = module.tidy(snapshot(lad_code="E08000019"))
    assert set(made["area_code"]) == {"E08000039"}
    with pytest.raises(ContractError, match="Notes"):
        module.tidy(snapshot(lad_code="Notes"))


def test_the_copys_zero_for_a_suppressed_number_is_suppressed_again():
    cells = {"lad_code": CITY, "lad_name": "City of London", "snapshot": "2025-12-31"}
    column = "homes_for_ukraine_arrivals_cumulative"
    made = module.tidy_copy(snapshot(**cells, **{column: "0"}))
    arrivals = made[made["measure"] == "homes_for_ukraine_arrivals"].squeeze()
    assert arrivals["marker"] == "[c]"
    assert pd.isna(arrivals["value"])
    real = module.tidy_copy(snapshot(**{column: "0"}))
    with pytest.raises(ContractError, match=r"nothing below 5; came none suppressed, and below 5 'W06000015'"):
        module.only_the_named_are_suppressed(pd.DataFrame(), real)


def test_arrivals_below_five_are_refused_and_so_is_one_more_suppressed():
    arrivals = pd.DataFrame(
        {
            "measure": "homes_for_ukraine_arrivals",
            "area_code": [*module.SUPPRESSED, CARDIFF],
            "value": [None, None, 486],
        }
    )
    module.only_the_named_are_suppressed(pd.DataFrame(), arrivals)
    with pytest.raises(ContractError, match=CARDIFF):
        module.only_the_named_are_suppressed(pd.DataFrame(), arrivals.fillna(4).replace(486, None))
    with pytest.raises(ContractError, match=CARDIFF):
        module.only_the_named_are_suppressed(pd.DataFrame(), arrivals.replace(486, 4))


def test_a_renamed_column_of_the_copy_is_named(tmp_path):
    path = tmp_path / "copy.json"
    area = dict.fromkeys(module.COPY_NAMES, 1)
    path.write_text(json.dumps({"areas": [area]}), encoding="utf-8")
    assert module.read_copy(path).loc[0, "subsistence_only"] == "1"
    area["afghanTotal"] = area.pop("afghanProgrammePopulation")
    path.write_text(json.dumps({"areas": [area]}), encoding="utf-8")
    with pytest.raises(ContractError, match="expected the columns afghanProgrammePopulation"):
        module.read_copy(path)


def test_a_lost_authority_is_noticed():
    with pytest.raises(ContractError, match="expected 361 authorities on 2025-12-31; came 1"):
        module.every_authority_once(snapshot(snapshot="2025-12-31"), pd.DataFrame())


PUBLISHED = [
    ("immigration_groups_dec_2025", "homes_for_ukraine_arrivals", "total", CARDIFF, 486),
    ("immigration_groups_dec_2025", "afghan_programme_population", "transitional", VALE, 122),
    ("immigration_groups_dec_2025", "asylum_supported_accommodation", "initial", CARDIFF, 89),
    ("immigration_groups_dec_2025", "asylum_supported_accommodation", "total", "S12000049", 3835),
    ("immigration_groups_jun_2026", "homes_for_ukraine_arrivals", "total", CARDIFF, 503),
    ("immigration_groups_jun_2026", "afghan_programme_population", "total", VALE, 127),
    ("immigration_groups_jun_2026", "afghan_programme_population", "transitional", VALE, 0),
    ("immigration_groups_jun_2026", "asylum_supported_accommodation", "contingency", CARDIFF, 96),
    ("immigration_groups_jun_2026", "homes_for_ukraine_arrivals", "total", "W06000023", 406),
    ("immigration_groups_jun_2026", "afghan_programme_population", "prs_housing", "W06000005", 33),
    ("immigration_groups_jun_2026", "asylum_supported_accommodation", "dispersal", "W06000011", 600),
    ("immigration_groups_jun_2026", "asylum_supported_accommodation", "total", "W06000008", 0),
]


@pytest.mark.parametrize(("name", "measure", "category", "area", "value"), PUBLISHED)
def test_published_figures(name, measure, category, area, value, data_folder):
    assert figure(committed(data_folder, name), measure=measure, category=category, area=area) == value


@pytest.mark.parametrize(
    ("name", "other", "places"),
    [
        ("immigration_groups_dec_2025", "asylum_support", 361),
        ("immigration_groups_jun_2026", "asylum_support_reg02_jun_2026", 22),
    ],
)
def test_asylum_by_accommodation_totals_what_the_other_table_holds(name, other, places, data_folder):
    ours = committed(data_folder, name)
    ours = ours[(ours["measure"] == "asylum_supported_accommodation") & (ours["category"] == "total")]
    theirs = committed(data_folder, other).set_index(["area_code", "period_start"])["value"]
    mine = ours.set_index(["area_code", "period_start"])["value"]
    assert len(mine) == places
    assert mine.to_dict() == theirs.reindex(mine.index).to_dict()


def test_only_two_english_authorities_are_suppressed(data_folder):
    table = committed(data_folder, "immigration_groups_dec_2025")
    assert sorted(table.loc[table["marker"] == "[c]", "area_code"]) == ["E06000053", "E09000001"]


@pytest.mark.shared
@pytest.mark.parametrize("name", [name for name in BY_NAME if name not in AWAITED])
def test_extraction_repeats_the_committed_table(name, shared_sources, data_folder):
    made = tidy_table(BY_NAME[name], file=shared_sources / BY_NAME[name].material)
    pd.testing.assert_frame_equal(made, committed(data_folder, name))


@pytest.mark.shared
def test_a_table_typed_apart_equals_both_copies_in_every_welsh_cell_it_holds(shared_sources):
    """Why both editions may share a line: on the day that both hold, every Welsh cell is the same."""
    copy = module.tidy_copy(module.read_copy(shared_sources / BY_NAME["immigration_groups_dec_2025"].material))
    june = module.tidy(module.read_day(shared_sources / BY_NAME["immigration_groups_jun_2026"].material))
    key = ["measure", "category", "area_code", "period_start"]
    ours = pd.concat([copy, june])[lambda f: f["area_code"].str.startswith("W")].set_index(key)["value"]
    typed = module.tidy(module.read_snapshots(shared_sources / "migration/reg_02-wales-la-snapshots.csv"))
    theirs = typed.set_index(key)["value"]
    assert ours.reindex(theirs.index).to_dict() == theirs.to_dict()
    assert len(theirs) == (22 + 3) * 11
