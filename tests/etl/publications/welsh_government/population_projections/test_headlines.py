"""Projections: a change over ten years from a named base, with its decimal, of the seven areas a text names."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.welsh_government.population_projections import headlines as module

CARDIFF, VALE, NEWPORT, WALES = "W06000015", "W06000014", "W06000022", "W92000004"
(DATASET,) = module.DATASETS
ROWS = (
    ("Cardiff", CARDIFF, module.PRINCIPAL, "10.5"),
    ("Newport", NEWPORT, "same", "10.2"),
    ("Vale of Glamorgan", VALE, "same", "9.9"),
    ("Wrexham", "W06000006", "same", "1.3"),
    ("Caerphilly", "W06000018", "same", "1.2"),
    ("Merthyr Tydfil", "W06000024", "same", "1.0"),
    ("Wales", WALES, module.NATIONAL, "5.9"),
)


def projections(*, first: tuple[str, str, str, str] = ROWS[0], period: str = "mid-2022 to mid-2032") -> pd.DataFrame:
    cells = [
        (module.TOPIC, area, code, period, measure, value, "%", "https://example.org/text")
        for area, code, measure, value in (first, *ROWS[1:])
    ]
    other = ("population", "Cardiff", CARDIFF, "mid-2022 to mid-2023", "population change", "3.4", "%", "same")
    return pd.DataFrame([*cells, other], columns=list(module.COLUMNS), dtype="str")


def committed(data_folder) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / "projections_headlines.csv", dtype=str, keep_default_na=False)


def test_a_projection_runs_ten_years_from_its_base():
    made = module.tidy(projections())
    first = made.iloc[0][["area_code", "period_start", "period_months", "value"]].tolist()
    assert first == [CARDIFF, "2022-06-30", 120, 10.5]
    assert len(made) == module.FIGURES


@pytest.mark.parametrize("bad", ["10.5%", "about 10", "", "[x]", "10", "10,5"])
def test_a_percentage_without_its_decimal_is_named(bad):
    with pytest.raises(ContractError, match="row 2: expected per cent with one decimal"):
        module.tidy(projections(first=("Cardiff", CARDIFF, module.PRINCIPAL, bad)))


@pytest.mark.parametrize("bad", ["2022-06-30", "mid-2022", "mid-2022 to 2032", ""])
def test_a_projection_without_both_ends_is_refused(bad):
    with pytest.raises(ContractError, match="expected a period such as mid-2022 to mid-2032"):
        module.tidy(projections(period=bad))


@pytest.mark.parametrize(
    ("first", "named"),
    [
        (("Cardiff", CARDIFF, "projected population change (2018-based, principal)", "10.5"), "expected 7 figures"),
        (("Cardiff", CARDIFF, "projected population change (2022-based, high)", "10.5"), "expected 7 figures"),
        (("Swansea", CARDIFF, module.PRINCIPAL, "10.5"), "its own name; came 'Swansea' beside"),
    ],
)
def test_another_base_variant_or_place_is_refused(first, named):
    with pytest.raises(ContractError, match=named):
        module.tidy(projections(first=first))


PUBLISHED = [(CARDIFF, "10.5"), (NEWPORT, "10.2"), (VALE, "9.9"), (WALES, "5.9"), ("W06000024", "1")]


@pytest.mark.parametrize(("area", "value"), PUBLISHED)
def test_published_figures(area, value, data_folder):
    table = committed(data_folder)
    assert set(table["period_start"]) == {"2022-06-30"}
    assert table.loc[table["area_code"] == area, "value"].item() == value


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    pd.testing.assert_frame_equal(made, committed(data_folder))
