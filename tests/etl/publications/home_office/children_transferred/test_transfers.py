"""Transfers of unaccompanied children: added to years so that no quarter points at a child, and none is lost."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.children_transferred import transfers as module

CARDIFF, CAERPHILLY, GWYNEDD, VALE = "W06000015", "W06000018", "W06000002", "W06000014"
(DATASET,) = module.DATASETS
NOTHING = pd.DataFrame()


def quarters(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Return rows of Cardiff: last day, transfers in, from a port, out."""
    cells = [
        (CARDIFF, day, day[:4], str((int(day[5:7]) + 2) // 3), "Wales", name, into, port, out)
        for day, name, into, port, out in rows
    ]
    return pd.DataFrame(cells, columns=list(module.COLUMNS), dtype="str")


CARDIFF_2021 = quarters(
    ("2021-03-31", "Cardiff", "2", "2", "0"),
    ("2021-06-30", "Cardiff", "0", "0", "0"),
    ("2021-09-30", "Cardiff", "0", "7", "0"),
    ("2021-12-31", "Cardiff", "6", "0", "0"),
)


def committed(data_folder) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / "children_transferred.csv", dtype=str, keep_default_na=False)


def figure(table: pd.DataFrame, *, area: str, year: str, category: str) -> tuple[int, int]:
    chosen = (table["area_code"] == area) & table["period_start"].str.startswith(year) & (table["category"] == category)
    row = table[chosen].squeeze()
    return int(row["value"]), int(row["period_months"])


def test_quarters_become_a_calendar_year_by_kind_and_no_quarter_is_left():
    made = module.tidy(CARDIFF_2021)
    assert set(made["period_months"]) == {12}
    assert figure(made, area=CARDIFF, year="2021", category="in") == (8, 12)
    assert figure(made, area=CARDIFF, year="2021", category="from_port") == (9, 12)
    assert "total" not in set(made["category"])


def test_part_of_a_year_has_only_the_months_it_has():
    made = module.tidy(CARDIFF_2021.iloc[:3])
    assert set(made["period_months"]) == {9}


def test_a_lost_child_a_lost_quarter_and_a_date_of_another_quarter_are_noticed():
    made = module.tidy(CARDIFF_2021)
    module.every_child_is_kept(CARDIFF_2021, made)
    with pytest.raises(ContractError, match="Transfers into Local Authority: expected 8 children as read; came 0"):
        module.every_child_is_kept(CARDIFF_2021, made[made["category"] != "in"])
    with pytest.raises(ContractError, match="once in each of 29 quarters; came otherwise on '2016-09-30', "):
        module.every_quarter_has_every_authority(CARDIFF_2021, NOTHING)
    module.dates_are_the_last_days_of_their_quarters(CARDIFF_2021, NOTHING)
    with pytest.raises(ContractError, match=r"date in its year and quarter; came '2021-03-31'"):
        module.dates_are_the_last_days_of_their_quarters(CARDIFF_2021.assign(Quarter=["2", "2", "3", "4"]), NOTHING)


def test_a_code_beside_another_authoritys_name_is_named():
    module.names_stand_beside_their_codes(CARDIFF_2021, NOTHING)
    wrong = CARDIFF_2021.assign(**{module.AUTHORITY: "The Vale of Glamorgan"})
    with pytest.raises(ContractError, match="beside its own name; came 'The Vale of Glamorgan' beside W06000015"):
        module.names_stand_beside_their_codes(wrong, NOTHING)


@pytest.mark.parametrize("bad", ["", "*", "fewer than 5", "1.5"])
def test_a_cell_that_is_no_whole_number_is_named(bad):
    with pytest.raises(ContractError, match="row 2: expected a whole number in 'Transfers into Local Authority'"):
        module.tidy(quarters(("2021-03-31", "Cardiff", bad, "2", "0")))


def test_published_figures(data_folder):
    table = committed(data_folder)
    assert figure(table, area=CARDIFF, year="2021", category="in") == (8, 12)
    assert figure(table, area=CARDIFF, year="2021", category="from_port") == (9, 12)
    assert figure(table, area=GWYNEDD, year="2023", category="out") == (1, 9)
    assert figure(table, area=VALE, year="2023", category="in") == (4, 9)
    sums = table.assign(value=table["value"].astype(int)).groupby("category")["value"].sum().to_dict()
    assert sums == {"in": 201, "from_port": 199, "out": 1}


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    pd.testing.assert_frame_equal(made, committed(data_folder))
