"""One file in, one table and its origin out: the same bytes for the same figures, and nothing on failure."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import KEY_COLUMNS, TIDY_COLUMNS, ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.extract import extract, tidy_table
from etl.publications.home_office.police_recorded_crime.force_areas import DATASETS

ROWS = pd.DataFrame(
    [
        ("births", "W06000015", "2012-07-01", 12, "total", 2.5, ""),
        ("births", "W06000014", "2012-07-01", 12, "total", None, "[x]"),
        ("births", "W06000014", "2011-07-01", 12, "total", 4.0, ""),
    ],
    columns=["measure", "area_code", "period_start", "period_months", "category", "value", "marker"],
)


def refuse_first(_read: pd.DataFrame, _made: pd.DataFrame) -> None:
    raise ContractError("the first check failed")


def refuse_second(_read: pd.DataFrame, _made: pd.DataFrame) -> None:
    raise ContractError("the second check failed")


def dataset(rows: pd.DataFrame = ROWS, *, checks: tuple = ()) -> Dataset:
    return Dataset(
        name="small",
        material="small.csv",
        origin=DATASETS[0].origin,
        read=pd.read_csv,
        tidy=lambda _: rows,
        checks=checks,
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.csv"
    path.write_text("a\n1\n", encoding="utf-8")
    return path


def test_rows_are_ordered_by_key_and_numbers_are_plain(source: Path) -> None:
    table = tidy_table(dataset(), file=source)
    assert tuple(table.columns) == TIDY_COLUMNS
    assert table["value"].tolist() == ["4", "", "2.5"]
    assert table["marker"].tolist() == ["", "[x]", ""]
    assert table["lower"].tolist() == ["", "", ""]


def test_the_order_of_the_source_does_not_change_the_bytes(source: Path, tmp_path: Path) -> None:
    first = extract(dataset(), file=source, tidy_folder=tmp_path / "one").read_bytes()
    other = extract(dataset(ROWS.iloc[::-1]), file=source, tidy_folder=tmp_path / "two").read_bytes()
    assert first == other
    assert b"\r" not in first


def test_all_failed_checks_are_told_together(source: Path) -> None:
    with pytest.raises(ContractError, match=r"(?s)source\.csv.*first check failed.*second check failed"):
        tidy_table(dataset(checks=(refuse_first, refuse_second)), file=source)


def test_a_figure_that_comes_twice_is_told_before_any_check_is_asked(source: Path) -> None:
    doubled = pd.concat([ROWS, ROWS.iloc[:1]], ignore_index=True)
    key = " ".join(map(str, ROWS.iloc[0][list(KEY_COLUMNS)]))
    with pytest.raises(ContractError, match=f"(?s)category once; came twice '{key}'$"):
        tidy_table(dataset(doubled, checks=(refuse_first,)), file=source)


def test_a_failed_check_leaves_what_was_there(source: Path, tmp_path: Path) -> None:
    table = extract(dataset(), file=source, tidy_folder=tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ContractError):
        extract(dataset(ROWS.assign(value=1), checks=(refuse_first,)), file=source, tidy_folder=tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert table.name in before


def test_an_edition_older_than_the_one_held_is_refused(source: Path, tmp_path: Path) -> None:
    newer = ROWS.assign(period_start=["2013-07-01", "2013-07-01", "2012-07-01"])
    extract(dataset(newer), file=source, tidy_folder=tmp_path)
    with pytest.raises(ContractError, match=r"the period of 2013-07-01, which we hold.*older edition.*2012-07-01"):
        extract(dataset(), file=source, tidy_folder=tmp_path)


def test_a_new_edition_may_not_lose_an_area(source: Path, tmp_path: Path) -> None:
    table = extract(dataset(), file=source, tidy_folder=tmp_path)
    before = table.read_bytes()
    with pytest.raises(ContractError, match="W06000015"):
        extract(dataset(ROWS[ROWS["area_code"] == "W06000014"]), file=source, tidy_folder=tmp_path)
    assert table.read_bytes() == before


def test_the_origin_lies_beside_the_table(source: Path, tmp_path: Path) -> None:
    table = extract(dataset(), file=source, tidy_folder=tmp_path / "tidy")
    assert "[retrieval]" in table.with_suffix(".toml").read_text(encoding="utf-8")
    assert sorted(path.name for path in table.parent.iterdir()) == ["small.csv", "small.toml"]


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"expected a file small\.csv"):
        extract(dataset(), file=tmp_path / "nothing.csv", tidy_folder=tmp_path)
