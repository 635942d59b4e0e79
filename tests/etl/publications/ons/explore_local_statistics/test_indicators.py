"""ONS Explore local statistics: which rows are kept, and what is refused rather than dropped."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import tidy_table
from etl.publications.ons.explore_local_statistics import indicators as els
from tests.scratch import DATA

TIDY = DATA / "tidy"
BY_NAME = {dataset.name: dataset for dataset in els.DATASETS}
NOTHING = pd.DataFrame()
VALE, CARDIFF, WALES, SOUTH_WALES, UK = "W06000014", "W06000015", "W92000004", "W15000003", "K02000001"
POVERTY, UNEMPLOYMENT = "children_in_relative_poverty", "modelled_unemployment"


def row(**changes: str) -> dict[str, str]:
    """Return the published row of modelled unemployment in Cardiff in 2023."""
    published = {
        "areacd": CARDIFF,
        "areanm": "Cardiff",
        "indicator": "Modelled unemployment rate",
        "period": "2023-01-01/P1Y",
        "observation": "5",
        "measure": "Percentage",
        "unit": "%",
        "lci_95": "3.7",
        "uci_95": "6.3",
        "status": "",
        "notes": "",
    }
    return {**published, **changes}


def rows(*lines: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=list(els.COLUMNS), dtype="str")


def made(*lines: dict[str, str]) -> pd.DataFrame:
    return BY_NAME[UNEMPLOYMENT].tidy(rows(*lines))


def committed(name: str) -> pd.DataFrame:
    table = pd.read_csv(TIDY / f"{name}.csv", keep_default_na=False, dtype=str)
    return table.assign(value=pd.to_numeric(table["value"]))


def test_a_row_keeps_its_interval():
    found = made(row())
    assert found[
        ["area_code", "period_start", "period_months", "value", "lower", "upper", "marker"]
    ].to_numpy().tolist() == [[CARDIFF, "2023-01-01", 12, 5.0, 3.7, 6.3, ""]]


@pytest.mark.parametrize("column", ["observation", "lci_95", "uci_95"])
@pytest.mark.parametrize("bad", ["[x]", "c", "5,0", "5%", "low"])
def test_a_marker_in_a_column_of_numbers_is_refused_with_its_row(column, bad):
    with pytest.raises(ContractError, match=f"row 3: expected a number or nothing in '{column}'"):
        made(row(), row(**{column: bad}))


@pytest.mark.parametrize(("status", "marker"), [("x", "[x]"), ("c", "[c]"), ("u", "[x]")])
def test_a_missing_figure_keeps_its_reason(status, marker):
    found = made(row(observation="", lci_95="", uci_95="", status=status))
    assert found["value"].isna().all()
    assert found["marker"].tolist() == [marker]


@pytest.mark.parametrize(("status", "marker"), [("e", "[e]"), ("p", "[p]"), ("r", "[r]")])
def test_a_figure_keeps_its_marker(status, marker):
    found = made(row(status=status))
    assert found[["value", "marker"]].to_numpy().tolist() == [[5.0, marker]]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"status": "q"}, "row 2: expected a status of .*came 'q' ''"),
        ({"observation": "", "lci_95": "", "uci_95": ""}, "a figure, or a status that says why there is none"),
        ({"observation": "", "lci_95": "", "uci_95": "", "status": "p"}, "says why there is none; came 'p'"),
        ({"status": "u"}, "a figure, or a status that says why there is none; came 'u'"),
        ({"notes": "Based on few answers"}, "no note, or one that this module has taken in; came '' 'Based on few"),
    ],
)
def test_a_status_or_note_that_was_not_met_is_refused(changes, named):
    with pytest.raises(ContractError, match=named):
        made(row(**changes))


@pytest.mark.parametrize(
    "changes",
    [{"indicator": "Unemployment rate"}, {"measure": "Number"}, {"unit": "Per cent"}],
    ids=lambda c: next(iter(c)),
)
def test_another_indicator_measure_or_unit_is_refused(changes):
    with pytest.raises(ContractError, match=next(iter(changes.values()))):
        made(row(**changes))


@pytest.mark.parametrize("period", ["2023", "2023-01-01", "2023-01-01/P1D", "2023-01-15/P1Y"])
def test_a_period_in_other_words_is_refused(period):
    with pytest.raises(ContractError, match="such as 2021-04-01/P1Y"):
        made(row(period=period))


def test_a_renamed_column_is_named(tmp_path):
    path = tmp_path / "els.csv"
    rows(row()).rename(columns={"lci_95": "lower"}).to_csv(path, index=False)
    with pytest.raises(ContractError, match=r"els\.csv: expected the columns lci_95"):
        els.read(path)


def test_other_places_are_left_out_by_code():
    left_out = (
        "E06000001",
        "E07000008",
        "S12000033",
        "N92000002",
        "E12000001",
        "TLL5",
        "TLN0A",
        "K03000001",
        "W42000004",
    )
    lines = [row(areacd=code, areanm="Elsewhere") for code in left_out]
    assert len(made(row(), *lines)) == 1
    els.every_area_is_kept_or_left_out(rows(row(), *lines), NOTHING)


@pytest.mark.parametrize("code", ["W06000099", "W42000001", "X1", "K05000001"])
def test_a_new_code_is_named_and_never_vanishes(code):
    with pytest.raises(ContractError, match=f"{code} Elsewhere"):
        els.every_area_is_kept_or_left_out(rows(row(areacd=code, areanm="Elsewhere")), NOTHING)


def test_a_lost_welsh_row_is_refused():
    lines = rows(row(), row(areacd=VALE, areanm="Vale of Glamorgan"))
    els.no_welsh_row_is_lost(lines, made(*lines.to_dict("records")))
    with pytest.raises(ContractError, match="expected 2 Welsh rows as read; came 1"):
        els.no_welsh_row_is_lost(lines, made(row()))


def test_a_missing_period_or_authority_is_refused():
    table = committed(POVERTY)
    els.every_area_has_every_period(NOTHING, table)
    with pytest.raises(ContractError, match=r"before_housing_costs, 2021-04-01: .*; came otherwise for 'K02000001'"):
        els.every_area_has_every_period(NOTHING, table.iloc[1:])
    with pytest.raises(ContractError, match=r"before_housing_costs, 2021-04-01: .*; came otherwise for 'K02000001'"):
        els.every_area_has_every_period(NOTHING, pd.concat([table, table.iloc[:1]]))
    with pytest.raises(ContractError, match=f"expected each local authority of Wales, .* for '{CARDIFF}'"):
        els.every_area_has_every_period(NOTHING, table[table["area_code"] != CARDIFF])


def test_wales_outside_its_parts_is_refused():
    table = committed(POVERTY)
    els.wales_lies_among_its_parts(NOTHING, table)
    slipped = table.assign(value=table["value"].mask(table["area_code"] == WALES, 60.0))
    with pytest.raises(ContractError, match="expected Wales between its lowest and its highest part"):
        els.wales_lies_among_its_parts(NOTHING, slipped)


def test_a_code_beside_anothers_name_is_refused():
    with pytest.raises(ContractError, match="Swansea"):
        els.names_stand_beside_their_codes(rows(row(areanm="Swansea")), NOTHING)
    with pytest.raises(ContractError, match="Gwent"):
        els.names_stand_beside_their_codes(rows(row(areacd=SOUTH_WALES, areanm="Gwent")), NOTHING)


@pytest.mark.parametrize(
    ("name", "area", "start", "category", "published"),
    [
        (POVERTY, CARDIFF, "2024-04-01", "after_housing_costs", 26.8),
        (POVERTY, VALE, "2024-04-01", "before_housing_costs", 15.3),
        (POVERTY, UK, "2021-04-01", "before_housing_costs", 18.4),
        ("claimant_count", CARDIFF, "2025-01-01", "total", 3.8),
        ("claimant_count", UK, "2001-01-01", "total", 2.6),
        (UNEMPLOYMENT, CARDIFF, "2023-01-01", "total", 5.0),
        (UNEMPLOYMENT, "W06000010", "2010-01-01", "total", 7.6),
        ("household_income", CARDIFF, "2023-01-01", "total", 20020.0),
        ("household_income", UK, "1997-01-01", "total", 10596.0),
        ("household_income", UK, "2023-01-01", "total", 24836.0),
        ("personal_wellbeing", CARDIFF, "2022-04-01", "life_satisfaction", 7.2),
        ("personal_wellbeing", UK, "2011-04-01", "anxiety", 3.1),
        ("homicide", SOUTH_WALES, "2022-04-01", "total", 6.9),
        ("homicide", "K04000001", "2014-04-01", "total", 10.0),
    ],
)
def test_published_figures_are_in_the_committed_tables(name, area, start, category, published):
    table = committed(name)
    at = (table["area_code"] == area) & (table["period_start"] == start) & (table["category"] == category)
    assert table.loc[at, "value"].item() == pytest.approx(published, abs=0.051)


def test_provisional_income_says_so():
    table = committed("household_income")
    assert set(table.loc[table["marker"] == "[p]", "period_start"]) == {"2023-01-01"}
    assert (table["marker"] == "[p]").sum() == 26


def test_homicide_spans_three_years_and_holds_no_force_of_england():
    table = committed("homicide")
    assert set(table["period_months"]) == {"36"}
    assert not table["area_code"].str.startswith("E23").any()
    assert table["area_code"].str.startswith("W15").sum() == 4 * 9


@pytest.mark.parametrize(
    ("name", "areas", "figures"),
    [
        (POVERTY, 24, 144),
        ("claimant_count", 26, 650),
        (UNEMPLOYMENT, 25, 500),
        ("household_income", 26, 702),
        ("personal_wellbeing", 25, 1200),
        ("homicide", 7, 63),
    ],
)
def test_the_committed_tables_are_whole(name, areas, figures):
    table = committed(name)
    assert (table["area_code"].nunique(), len(table)) == (areas, figures)


@pytest.mark.shared
@pytest.mark.parametrize("dataset", els.DATASETS, ids=lambda dataset: dataset.name)
def test_the_committed_table_is_what_the_source_gives(dataset: Dataset, shared_sources: Path):
    again = tidy_table(dataset, file=shared_sources / dataset.material)
    written = (TIDY / f"{dataset.name}.csv").read_text(encoding="utf-8")
    assert again.to_csv(index=False, lineterminator="\n") == written


@pytest.mark.shared
@pytest.mark.parametrize("dataset", els.DATASETS, ids=lambda dataset: dataset.name)
def test_the_origin_repeats_the_publishers_own_metadata(dataset: Dataset, shared_sources: Path):
    path = (shared_sources / dataset.material).with_suffix(".json")
    metadata = json.loads(path.read_text(encoding="utf-8"))["ess-beta-metadata"]
    shared = metadata.get("shared", metadata)
    day, month, year = shared["sourceDate"].split("|")[0].split("/")
    assert dataset.origin.released == f"{year}-{month}-{day}"
    assert dataset.origin.url == shared["sourceURL"].split("|")[0].rstrip("#")
    # the metadata tell only what is in development; that well-being is accredited, the ONS says of that publication
    usual = "accredited" if dataset.name == "personal_wellbeing" else "official"
    assert dataset.origin.status == ("in_development" if shared["experimentalStatistic"] == "T" else usual)
