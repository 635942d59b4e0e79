"""Figures of local reports: only sure rows, each publisher apart."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import tidy_table
from etl.publications.local_partners.local_reports import reports as local_reports
from etl.publications.local_partners.local_reports.reports import DATASETS, SWANSEA

COLUMNS = ["measure", "area", "period", "category", "value", "url", "confidence"]
URL = "https://walesnewsonline.com/"


def rows(*cells: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(cells), columns=COLUMNS)


def test_a_calendar_year_begins_in_january_and_a_row_that_is_not_sure_stays_out() -> None:
    made = local_reports.tidy_swansea(
        rows(
            (SWANSEA, "Swansea", "calendar 2021", "all", "456", URL, "sure"),
            (SWANSEA, "Swansea", "calendar 2022", "all", "500", URL, "check"),
        )
    )
    assert made[["area_code", "period_start", "period_months", "value"]].to_numpy().tolist() == [
        ["W06000011", "2021-01-01", 12, 456]
    ]
    with pytest.raises(ContractError, match="expected the years from 2020-01-01, 2021-01-01; came"):
        local_reports.years_are("2020-01-01", "2021-01-01")(made, made)


@pytest.mark.shared
@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
def test_the_committed_table_is_what_the_source_gives(
    dataset: Dataset, shared_sources: Path, data_folder: Path
) -> None:
    again = tidy_table(dataset, file=shared_sources / dataset.material)
    committed = (data_folder / "tidy" / f"{dataset.name}.csv").read_text(encoding="utf-8")
    assert again.to_csv(index=False, lineterminator="\n") == committed
