"""Components of change: the accounts close, the year is the right one, and both editions say the same."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.ons.components_of_change import before_rebasing as module
from etl.publications.ons.migration_indicators import indicator_sheets as lamis

CARDIFF, VALE = "W06000015", "W06000014"
BY_NAME = {dataset.name: dataset for dataset in module.DATASETS}
YEARS = (2019,)


def account(**changed: str) -> pd.DataFrame:
    """Return Cardiff's account of the year to mid-2019, as published."""
    cells = {
        "ladcode20": CARDIFF,
        "laname20": "Cardiff",
        "country": "W",
        "population_2018": "364248",
        "births_2019": "3891",
        "deaths_2019": "2779",
        "natchange_2019": "1112",
        "internal_in_2019": "22910",
        "internal_out_2019": "24012",
        "internal_net_2019": "-1102",
        "international_in_2019": "6384",
        "international_out_2019": "3731",
        "international_net_2019": "2653",
        "other_change_2019": "-8",
        "population_2019": "366903",
    }
    return pd.DataFrame([{**cells, **changed}], dtype="str")


def sheet(*rows: tuple[str, ...], first_period: int = 2) -> pd.DataFrame:
    """Return a LAMIS sheet of one period with the four flows, laid out as published."""
    periods = ["", "", *[""] * (first_period - 2), "Mid-2019 to Mid-2020"]
    head = [
        periods,
        [
            "",
            "",
            "Mid-2020 Population Estimate",
            "Long-Term International Migration",
            "",
            "Internal Migration\n (within UK)",
        ],
        ["Area Code", "Area Name", "", "Inflow", "Outflow", "Inflow", "Outflow"],
    ]
    lines = [*head, *rows]
    width = max(map(len, lines))
    return pd.DataFrame([[*line, *[""] * (width - len(line))] for line in lines], dtype="str")


CARDIFF_ROW = (CARDIFF, "Cardiff / Caerdydd", "369202", "7196", "3613", "20962", "22958")
NOTES = (
    ("", "", "", "", "", "", ""),
    ("Sources: ONS, NRS, NISRA", "", "", "", "", "", ""),
    ("1", "Historically …", "", "", "", "", ""),
)


def committed(data_folder, name: str) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def figure(table: pd.DataFrame, *, measure: str, start: str, area: str = CARDIFF) -> str:
    chosen = (table["measure"] == measure) & (table["area_code"] == area) & (table["period_start"] == start)
    return table.loc[chosen, "value"].item()


def test_year_2019_runs_from_july_2018_and_ends_in_a_population():
    made = module.tidy(account(), years=YEARS).set_index("measure")
    assert made.loc["births", ["period_start", "period_months", "value"]].tolist() == ["2018-07-01", 12, 3891]
    assert made.loc["population_pre_rebase", ["period_start", "period_months"]].tolist() == ["2019-06-30", 0]
    assert len(made) == 8


def test_an_account_that_closes_passes_and_one_left_open_is_named():
    module.identity_closes(account(), module.tidy(account(), years=YEARS), years=YEARS)
    wrong = account(deaths_2019="2780")
    with pytest.raises(ContractError, match=r"\('W06000015', 2019\): -1"):
        module.identity_closes(wrong, module.tidy(wrong, years=YEARS), years=YEARS)


@pytest.mark.parametrize(("left_over", "passes"), [(10, True), (-10, True), (11, False)])
def test_scottish_accounts_may_be_ten_people_apart(left_over, passes):
    rows = account(ladcode20="S12000033", country="S", other_change_2019=str(-8 + left_over))
    if passes:
        module.identity_closes(rows, module.tidy(rows, years=YEARS), years=YEARS)
        return
    with pytest.raises(ContractError, match="S12000033"):
        module.identity_closes(rows, module.tidy(rows, years=YEARS), years=YEARS)


def test_a_net_that_is_not_in_less_out_is_named():
    module.published_nets_agree(account(), pd.DataFrame(), years=YEARS)
    with pytest.raises(ContractError, match="internal_net_2019 of W06000015"):
        module.published_nets_agree(account(internal_net_2019="1102"), pd.DataFrame(), years=YEARS)


@pytest.mark.parametrize("bad", ["", ":", "[x]", "3,891"])
def test_a_cell_that_is_no_number_is_named(bad):
    with pytest.raises(ContractError, match="row 2: expected a whole number in 'births_2019'"):
        module.tidy(account(births_2019=bad), years=YEARS)


def test_an_unknown_authority_or_a_footnote_is_named():
    with pytest.raises(ContractError, match="Source: ONS"):
        module.tidy(account(ladcode20="Source: ONS"), years=YEARS)


def test_renamed_and_new_columns_are_named(tmp_path):
    columns = ["ladcode20", "laname20", "country", "population_2001"]
    columns += [f"{s}_{y}" for y in range(2002, 2020) for s in (*module.FLOWS, *module.NETS, "population")]
    path = tmp_path / "MYEB3.csv"
    path.write_text(",".join([*columns, "unattributable_2012"]) + "\n", encoding="utf-8")
    with pytest.raises(ContractError, match="came unattributable_2012"):
        module.read(path)
    path.write_text(",".join(columns).replace("other_change_2012", "other_2012") + "\n", encoding="utf-8")
    with pytest.raises(ContractError, match="other_change_2012"):
        module.read(path)


def test_a_lost_authority_is_noticed():
    with pytest.raises(ContractError, match="379 authorities"):
        module.every_authority_once(account(), module.tidy(account(), years=YEARS))


def test_lamis_flows_stand_under_their_merged_headings():
    made = module.tidy_lamis(lamis.long_cells(sheet(CARDIFF_ROW, *NOTES), sheet="Migration Flows")).set_index("measure")
    assert made["value"].astype(int).to_dict() == {
        "international_inflow": 7196,
        "international_outflow": 3613,
        "internal_inflow": 20962,
        "internal_outflow": 22958,
    }
    assert set(made["period_start"]) == {"2019-07-01"}


def test_lamis_period_one_column_too_far_right_still_heads_its_first_column():
    cells = lamis.long_cells(sheet(CARDIFF_ROW, first_period=3), sheet="Non-British Population")
    assert set(cells["period"]) == {"Mid-2019 to Mid-2020"}
    assert cells["heading"].iloc[0] == "Mid-2020 Population Estimate"


def test_lamis_markers_become_ours_and_blanks_are_refused():
    marked = (*CARDIFF_ROW[:3], ":", "0~", "c", ".")
    made = module.tidy_lamis(lamis.long_cells(sheet(marked), sheet="Migration Flows"))
    assert made["marker"].tolist() == ["[x]", "[low]", "[c]", "[z]"]
    assert made["value"].isna().all()
    for bad in ("", "n/a"):
        cells = lamis.long_cells(sheet((*CARDIFF_ROW[:3], bad, *CARDIFF_ROW[4:])), sheet="Migration Flows")
        with pytest.raises(ContractError, match=f"Migration Flows, row 4, Mid-2019 to Mid-2020.*{bad!r}"):
            module.tidy_lamis(cells)


def test_lamis_keeps_counties_and_countries_out_and_names_anything_else():
    wider = [("W92000004", "Wales"), ("E12000001", "North East"), ("E10000003", "Cambridgeshire"), ("E11000001", "Met")]
    rows = [(code, name, *CARDIFF_ROW[2:]) for code, name in wider]
    made = module.tidy_lamis(lamis.long_cells(sheet(*rows, CARDIFF_ROW), sheet="Migration Flows"))
    assert set(made["area_code"]) == {CARDIFF}
    with pytest.raises(ContractError, match="E26999999"):
        module.tidy_lamis(lamis.long_cells(sheet(("E26999999", "Nowhere", *CARDIFF_ROW[2:])), sheet="Migration Flows"))


def test_lamis_figures_without_code_or_heading_are_refused():
    with pytest.raises(ContractError, match="row 4: expected an area code beside figures; came 'Total'"):
        lamis.long_cells(sheet(("Total", "", *CARDIFF_ROW[2:])), sheet="Migration Flows")
    with pytest.raises(ContractError, match="heading over every column"):
        lamis.long_cells(sheet((*CARDIFF_ROW, "5")), sheet="Migration Flows")
    with pytest.raises(ContractError, match="'Area Code'"):
        lamis.long_cells(sheet(CARDIFF_ROW).replace("Area Code", "Code"), sheet="Migration Flows")


def test_lamis_authorities_that_do_not_add_to_their_nation_are_noticed():
    """The Welsh authorities move one person more than Wales; Scotland's own flows are rounded and may differ."""
    nations = {"E92000001": "E06000001", "N92000002": "N09000003", "S92000003": "S12000033", "W92000004": CARDIFF}
    rows = [(code, "", "1", "7200", "3600", "21000", "23000") for code in nations]
    parts = [(code, "", "1", "7200", "3600", "21000", "23000") for code in nations.values()]
    parts[2] = (parts[2][0], "", "1", "7210", "3600", "21000", "23000")
    cells = lamis.long_cells(sheet(*rows, *parts), sheet="Migration Flows")
    module.authorities_add_to_nations(cells, module.tidy_lamis(cells))
    parts[3] = (parts[3][0], "", "1", "7201", "3600", "21000", "23000")
    cells = lamis.long_cells(sheet(*rows, *parts), sheet="Migration Flows")
    with pytest.raises(ContractError, match=r"international nets .* off by W 1"):
        module.authorities_add_to_nations(cells, module.tidy_lamis(cells))


def test_lamis_renamed_heading_is_named():
    cells = lamis.long_cells(sheet(CARDIFF_ROW).replace("Outflow", "Out"), sheet="Migration Flows")
    with pytest.raises(ContractError, match=r"Internal Migration \(within UK\) / Outflow"):
        module.tidy_lamis(cells)


def test_lamis_name_beside_anothers_code_is_named():
    cells = lamis.long_cells(sheet((CARDIFF, "Swansea / Abertawe", *CARDIFF_ROW[2:])), sheet="Migration Flows")
    with pytest.raises(ContractError, match="Swansea"):
        lamis.names_stand_beside_their_codes(cells, pd.DataFrame())


def test_published_figures(data_folder):
    old = committed(data_folder, "components_of_change_2002_2011")
    assert figure(old, measure="population_pre_rebase", start="2001-06-30") == "310088"
    assert figure(old, measure="population_pre_rebase", start="2011-06-30") == "345442"
    new = committed(data_folder, "components_of_change_2012_2019")
    assert figure(new, measure="population_pre_rebase", start="2019-06-30") == "366903"
    assert figure(new, measure="international_inflow", start="2018-07-01") == "6384"
    latest = committed(data_folder, "components_of_change_2020_lamis")
    assert figure(latest, measure="international_inflow", start="2019-07-01") == "7196"
    assert figure(latest, measure="internal_outflow", start="2019-07-01") == "22958"


def test_the_two_tables_meet_at_mid_2011_in_every_authority(data_folder):
    old = committed(data_folder, "components_of_change_2002_2011")
    new = committed(data_folder, "components_of_change_2012_2019")
    both = pd.concat([old, new]).assign(value=lambda f: f["value"].astype(int))
    values = both.pivot(index="area_code", columns=["measure", "period_start"], values="value")
    for year in range(2002, 2020):
        flow = {m: values[m, f"{year - 1}-07-01"] for m in module.FLOWS.values()}
        change = (
            flow["births"] - flow["deaths"] + flow["internal_inflow"] - flow["internal_outflow"]
            + flow["international_inflow"] - flow["international_outflow"] + flow["other_change"]
        )  # fmt: skip
        before, after = (values["population_pre_rebase", f"{y}-06-30"] for y in (year - 1, year))
        gap = (before + change - after).abs()
        assert gap[~gap.index.str.startswith("S")].max() == 0
        assert gap.max() <= 10
    assert len(values) == 379


@pytest.mark.shared
@pytest.mark.parametrize("name", BY_NAME)
def test_extraction_repeats_the_committed_table(name, shared_sources, data_folder):
    made = tidy_table(BY_NAME[name], file=shared_sources / BY_NAME[name].material)
    pd.testing.assert_frame_equal(made, committed(data_folder, name))


@pytest.fixture(scope="module")
def differences(shared_sources, data_folder) -> pd.DataFrame:
    """Return the flows of the years to mid-2011 … mid-2019 in which LAMIS and MYEB3 differ."""
    cells = lamis.read_sheet(shared_sources / lamis.MATERIAL, sheet=module.LAMIS_SHEET)
    periods = [f"Mid-{year - 1} to Mid-{year}" for year in range(2011, 2020)]
    key = ["measure", "area_code", "period_start"]
    theirs = pd.concat([module.tidy_lamis(cells, period=period) for period in periods])
    names = ("components_of_change_2002_2011", "components_of_change_2012_2019")
    ours = pd.concat([committed(data_folder, name) for name in names])
    both = theirs.merge(ours, on=key, suffixes=("_lamis", "_myeb3"), validate="1:1")
    assert len(both) == 4 * 9 * 372
    both["gap"] = both["value_lamis"] - both["value_myeb3"].astype(float)
    return both[both["gap"] != 0]


@pytest.mark.shared
def test_lamis_and_the_components_agree_but_for_moves_in_two_known_places(differences):
    """Buckinghamshire's gross moves are those of its old districts; Northern Ireland's of 2014/15 were revised."""
    assert set(differences["measure"]) == {"internal_inflow", "internal_outflow"}
    english = differences[differences["area_code"].str.startswith("E")]
    assert set(english["area_code"]) == {"E06000060"}
    irish = differences[differences["area_code"].str.startswith("N")]
    assert set(irish["period_start"]) == {"2014-07-01"}
    assert irish["area_code"].nunique() == 8
    assert len(differences) == len(english) + len(irish)


@pytest.mark.shared
def test_lamis_carries_the_population_before_rebasing(shared_sources):
    cells = lamis.read_sheet(shared_sources / lamis.MATERIAL, sheet=module.LAMIS_SHEET)
    chosen = (cells["area_code"] == CARDIFF) & (cells["heading"] == "Mid-2020 Population Estimate")
    assert cells.loc[chosen, "text"].item() == "369202"
