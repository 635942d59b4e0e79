"""The UK's asylum support: two days, and one of them equal to the sum of its authorities."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.asylum_support import headlines as module
from etl.publications.typed_from_texts import migration as migration_text

UK = "K02000001"
(DATASET,) = module.DATASETS


def text(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    cells = [(*row, "a text", "https://example.org/text") for row in rows]
    return pd.DataFrame(cells, columns=list(migration_text.COLUMNS), dtype="str")


def headlines(*, area: str = "UK", value: str = "97519") -> pd.DataFrame:
    measure = "people in receipt of asylum support"
    return text(("2026-03-31", area, measure, value), ("2026-06-30", "UK", measure, "93293"))


def committed(data_folder, name: str = "asylum_support_uk") -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str, keep_default_na=False)


def test_the_kingdoms_asylum_support_stands_on_its_day():
    made = module.tidy(headlines())
    assert made[["area_code", "period_start", "value"]].to_numpy().tolist() == [
        [UK, "2026-03-31", 97519],
        [UK, "2026-06-30", 93293],
    ]
    with pytest.raises(ContractError, match=r"came 'Wales'"):
        module.tidy(headlines(area="Wales"))
    with pytest.raises(ContractError, match="row 2: expected a whole number"):
        module.tidy(headlines(value="97.5k"))


PUBLISHED = [
    ("asylum_supported", UK, "2026-06-30", "93293"),
]


@pytest.mark.parametrize(("measure", "area", "start", "value"), PUBLISHED)
def test_published_figures(measure, area, start, value, data_folder):
    table = committed(data_folder)
    chosen = (table["measure"] == measure) & (table["area_code"] == area) & (table["period_start"] == start)
    assert table.loc[chosen, "value"].item() == value


def test_the_kingdom_equals_the_sum_of_its_authorities_where_both_are_held(data_folder):
    """Why the headline may stand on the line of Asy_D11."""
    authorities = committed(data_folder, "asylum_support")
    march = authorities.loc[authorities["period_start"] == "2026-03-31", "value"].astype(int).sum()
    uk = committed(data_folder, "asylum_support_uk").set_index("period_start")["value"].astype(int)
    assert march == uk["2026-03-31"] == 97519


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    pd.testing.assert_frame_equal(made, committed(data_folder))
