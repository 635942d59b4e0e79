"""Homes for Ukraine funding: net claims may be negative, and the Welsh Government's guests are in no council."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.welsh_government.homes_for_ukraine import funding as module

CARDIFF, MERTHYR, WALES = "W06000015", "W06000024", "W92000004"
(DATASET,) = module.DATASETS


def annex(*rows: tuple[str, str], period: str = "2023-04 to 2023-06") -> pd.DataFrame:
    return pd.DataFrame([(period, *row) for row in rows], columns=list(module.COLUMNS), dtype="str")


ROWS = annex(("Wales total", "94"), ("Welsh Government", "42"), ("Cardiff", "54"), ("Merthyr Tydfil", "-2"))


def committed(data_folder) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / "homes_for_ukraine_funding.csv", dtype=str, keep_default_na=False)


def figure(table: pd.DataFrame, *, area: str, start: str, category: str = "total") -> int:
    chosen = (table["area_code"] == area) & (table["period_start"] == start) & (table["category"] == category)
    return int(table.loc[chosen, "value"].item())


def test_councils_wales_and_the_welsh_governments_own_guests_stand_apart():
    made = module.tidy(ROWS)
    assert figure(made, area=CARDIFF, start="2023-04-01") == 54
    assert figure(made, area=MERTHYR, start="2023-04-01") == -2
    assert figure(made, area=WALES, start="2023-04-01") == 94
    assert figure(made, area=WALES, start="2023-04-01", category="super_sponsor") == 42
    assert set(made["period_months"]) == {3}


def test_three_months_may_cross_a_year():
    assert module.quarter_start("2022-12 to 2023-02").isoformat() == "2022-12-01"


@pytest.mark.parametrize("bad", ["2022-09 to 2022-12", "2022-12 to 2022-10", "Q1 2023", "", "2022-09"])
def test_a_period_that_is_no_three_months_is_named(bad):
    with pytest.raises(ContractError, match="expected three months"):
        module.quarter_start(bad)


@pytest.mark.parametrize("bad", ["", "-", "*", "1,685"])
def test_a_marker_in_the_number_column_is_named(bad):
    with pytest.raises(ContractError, match="row 2: expected a whole number"):
        module.tidy(annex(("Cardiff", bad)))


def test_a_footnote_or_a_new_row_is_named():
    with pytest.raises(ContractError, match=r"\* Swansea were unable"):
        module.tidy(annex(("* Swansea were unable to submit", "")))
    with pytest.raises(ContractError, match="Wales Total"):
        module.tidy(annex(("Wales Total", "325")))


def test_a_renamed_column_is_named(tmp_path):
    path = tmp_path / "annex.csv"
    path.write_text("period,area,guests\n", encoding="utf-8")
    with pytest.raises(ContractError, match="guests_arrived_net_claimed"):
        module.read(path)


def test_rows_that_do_not_add_to_wales_and_lost_rows_are_noticed():
    with pytest.raises(ContractError, match=r"off by 2023-04-01 -1"):
        module.rows_add_to_wales(ROWS, module.tidy(ROWS.replace("54", "53")))
    with pytest.raises(ContractError, match="expected 24 rows a quarter; came"):
        module.rows_add_to_wales(ROWS, module.tidy(ROWS))


PUBLISHED = [
    (WALES, "2022-09-01", "total", 669),
    (WALES, "2022-09-01", "super_sponsor", 186),
    (WALES, "2023-04-01", "total", 325),
    (WALES, "2023-07-01", "total", 159),
    (CARDIFF, "2022-09-01", "total", 32),
    ("W06000014", "2023-04-01", "total", 23),
    (MERTHYR, "2023-04-01", "total", -2),
    ("W06000001", "2023-07-01", "total", -7),
]


@pytest.mark.parametrize(("area", "start", "category", "value"), PUBLISHED)
def test_published_figures(area, start, category, value, data_folder):
    assert figure(committed(data_folder), area=area, start=start, category=category) == value


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    pd.testing.assert_frame_equal(made, committed(data_folder))
