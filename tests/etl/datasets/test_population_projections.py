"""Projections: a change over ten years from a named base, with its decimal."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.datasets import migration_text
from etl.datasets import population_projections as module
from etl.extract import tidy_table

CARDIFF, VALE, NEWPORT = "W06000015", "W06000014", "W06000022"
(DATASET,) = module.DATASETS
TEN_YEARS = "2022-06-30/2032-06-30"


def text(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    cells = [(*row, "a text", "https://example.org/text") for row in rows]
    return pd.DataFrame(cells, columns=list(migration_text.COLUMNS), dtype="str")


def projections(*, value: str = "10.5", period: str = TEN_YEARS) -> pd.DataFrame:
    rows = [("Cardiff", value), ("Newport", "10.2"), ("Vale of Glamorgan", "9.9")]
    return text(*((period, area, module.PATTERN, number) for area, number in rows))


def committed(data_folder, name: str = "projections_headlines") -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def test_a_projection_runs_ten_years_from_its_base():
    made = module.tidy(projections())
    assert made.iloc[0][["area_code", "period_start", "period_months", "value"]].tolist() == [
        CARDIFF,
        "2022-06-30",
        120,
        10.5,
    ]


@pytest.mark.parametrize("bad", ["10.5%", "about 10", "", "[x]", "10"])
def test_a_percentage_without_its_decimal_is_named(bad):
    with pytest.raises(ContractError, match="row 2: expected per cent with one decimal"):
        module.tidy(projections(value=bad))


@pytest.mark.parametrize("bad", ["2022-06-30", "mid-2022 to mid-2032", ""])
def test_a_projection_without_both_ends_is_refused(bad):
    with pytest.raises(ContractError, match="expected a day"):
        module.tidy(projections(period=bad))


def test_a_projection_on_another_base_is_another_series():
    rows = projections().replace(module.PATTERN, "2018-based projection: population change %")
    with pytest.raises(ContractError, match="expected 3 figures"):
        module.tidy(rows)


PUBLISHED = [
    ("projected_population_change", CARDIFF, "2022-06-30", "10.5"),
    ("projected_population_change", NEWPORT, "2022-06-30", "10.2"),
    ("projected_population_change", VALE, "2022-06-30", "9.9"),
]


@pytest.mark.parametrize(("measure", "area", "start", "value"), PUBLISHED)
def test_published_figures(measure, area, start, value, data_folder):
    table = committed(data_folder)
    chosen = (table["measure"] == measure) & (table["area_code"] == area) & (table["period_start"] == start)
    assert table.loc[chosen, "value"].item() == value


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    pd.testing.assert_frame_equal(made, committed(data_folder))
