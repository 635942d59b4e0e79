"""Spot fixes: made where declared and nowhere else, and refused as soon as the error they mend is gone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.corrections import COLUMNS, Correction, corrected, declared_corrections
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import tidy_table
from etl.publications.home_office.police_recorded_crime.force_areas import DATASETS

LEEDS = Correction(
    where={"day": "2022-12-31", "name": "Leeds"},
    column="code",
    old="E06000010",
    new="E08000035",
    rows=2,
    reason="the name is right",
    source="a later edition",
    expires="September 2024",
)
CELLS = pd.DataFrame(
    [
        ("2022-12-31", "Leeds", "E06000010", "330"),
        ("2022-12-31", "Leeds", "E06000010", "51"),
        ("2022-12-31", "Hull", "E06000010", "7"),
        ("2023-03-31", "Leeds", "E06000010", "5"),
    ],
    columns=["day", "name", "code", "people"],
)


def mend(cells: pd.DataFrame = CELLS, *corrections: Correction, edition: str = "September 2024") -> pd.DataFrame:
    return corrected(cells, corrections=corrections or (LEEDS,), dataset="asylum", edition=edition)


def test_only_the_declared_cells_change_and_the_rest_is_as_read() -> None:
    mended = mend()
    assert mended["code"].tolist() == ["E08000035", "E08000035", "E06000010", "E06000010"]
    pd.testing.assert_frame_equal(mended.drop(columns="code"), CELLS.drop(columns="code"))
    assert CELLS["code"].eq("E06000010").all(), "the cells as read must not change"


@pytest.mark.parametrize("found", [0, 1, 3])
def test_another_number_of_rows_is_refused(found: int) -> None:
    cells = pd.concat([CELLS.iloc[:1]] * found + [CELLS.iloc[2:]], ignore_index=True)
    with pytest.raises(ContractError, match=rf"asylum: expected 2 rows .*'Leeds'.*came {found}; .*remove it"):
        mend(cells)


def test_when_the_publisher_mends_the_error_the_correction_asks_to_be_removed() -> None:
    with pytest.raises(ContractError, match="came 0; if the publisher mended the error, remove it"):
        mend(mend())


def test_a_new_edition_is_looked_at_before_a_correction_applies() -> None:
    with pytest.raises(ContractError, match=r"expected the edition 'September 2024'.*came 'March 2026': look again"):
        mend(edition="March 2026")


def test_a_renamed_column_is_named() -> None:
    with pytest.raises(ContractError, match="came none called code"):
        mend(CELLS.rename(columns={"code": "LAD code"}))


def test_every_correction_that_no_longer_applies_is_told_at_once() -> None:
    hull = dataclasses.replace(LEEDS, where={"name": "Hull"}, old="E99", rows=1)
    with pytest.raises(ContractError) as raised:
        mend(CELLS.iloc[2:], LEEDS, hull)
    assert len(raised.value.problems) == 2


def test_one_correction_does_not_feed_another() -> None:
    """A chain would make the outcome depend on the order."""
    onward = dataclasses.replace(LEEDS, where={"name": "Leeds"}, old="E08000035", new="E00", rows=2)
    with pytest.raises(ContractError, match="came 0"):
        mend(CELLS, LEEDS, onward)


def dataset(*corrections: Correction) -> Dataset:
    def tidy(cells: pd.DataFrame) -> pd.DataFrame:
        people = cells.assign(value=cells["people"].astype(int)).groupby(["day", "code"], as_index=False)["value"].sum()
        key = {"measure": "asylum_supported", "period_months": 0, "category": "total"}
        return people.rename(columns={"day": "period_start", "code": "area_code"}).assign(**key)

    origin = dataclasses.replace(DATASETS[0].origin, edition="September 2024")
    return Dataset(
        name="asylum", material="a.csv", origin=origin, read=lambda _: CELLS, tidy=tidy, corrections=corrections
    )


def test_a_dataset_is_tidied_and_checked_from_the_mended_cells() -> None:
    assert set(tidy_table(dataset(), file=Path("a.csv"))["area_code"]) == {"E06000010"}
    assert set(tidy_table(dataset(LEEDS), file=Path("a.csv"))["area_code"]) == {"E06000010", "E08000035"}
    with pytest.raises(ContractError, match="asylum: expected 3 rows"):
        tidy_table(dataset(dataclasses.replace(LEEDS, rows=3)), file=Path("a.csv"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Date=2022-12-31; Local Authority=Leeds,LAD Code,a,b,2,why,where,September 2024", ""),
        ("Date,LAD Code,a,b,2,why,where,September 2024", "row 2: expected where as 'column=value; …'"),
        ("Date=2022-12-31,LAD Code,a,b,two,why,where,September 2024", "row 2: expected where as 'column=value; …'"),
    ],
)
def test_corrections_stand_in_a_table_beside_the_code(tmp_path, line, told):
    header = ",".join(COLUMNS)
    (tmp_path / "corrections.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    if told:
        with pytest.raises(ContractError, match=told):
            declared_corrections(str(tmp_path / "dataset.py"))
    else:
        (one,) = declared_corrections(str(tmp_path / "dataset.py"))
        assert (one.where, one.rows) == ({"Date": "2022-12-31", "Local Authority": "Leeds"}, 2)


def test_corrections_under_other_headings_are_refused(tmp_path):
    (tmp_path / "corrections.csv").write_text("old,new\n", encoding="utf-8")
    with pytest.raises(ContractError, match=r"corrections\.csv, row 1: expected where, column"):
        declared_corrections(str(tmp_path / "dataset.py"))
