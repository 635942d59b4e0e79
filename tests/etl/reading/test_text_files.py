"""Tables of publishers as text: what holds no cells is refused in words, by its column."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.reading.text_files import read_parquet_as_text


def test_the_cells_of_a_parquet_file_are_text(tmp_path: Path) -> None:
    file = tmp_path / "few.parquet"
    pd.DataFrame({"force": ["Gwent", None], "n": [12.0, 12.5]}).to_parquet(file)
    assert read_parquet_as_text(file).to_dict("list") == {"force": ["Gwent", ""], "n": ["12", "12.5"]}


def test_columns_of_lists_records_and_bytes_are_all_named(tmp_path: Path) -> None:
    file = tmp_path / "odd.parquet"
    odd = {"force": ["Gwent"], "years": [[2024, 2025]], "of": [{"kind": "race"}], "name": [b"Gwent"]}
    pd.DataFrame(odd).to_parquet(file)
    with pytest.raises(ContractError) as refused:
        read_parquet_as_text(file)
    assert str(refused.value).splitlines() == [
        "odd.parquet: expected text, numbers or days in 'years'; came BIGINT[] in each cell",
        "odd.parquet: expected text, numbers or days in 'of'; came STRUCT(kind VARCHAR) in each cell",
        "odd.parquet: expected text, numbers or days in 'name'; came BLOB in each cell",
    ]
