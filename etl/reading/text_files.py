"""Reading published tables as text, exactly as they stand: numbers are made in `tidy`, never here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from duckdb.sqltypes import DuckDBPyType

from etl.contract import ContractError, Problem

_NO_CELLS = frozenset({"list", "array", "struct", "map", "union", "blob"})  # what parquet may hold and a table does not
LARGEST_JSON = 60_000_000  # bytes; read, it takes ten times as much memory


def read_text_csv(path: Path, *, columns: tuple[str, ...] = ()) -> pd.DataFrame:
    """Read a CSV (plain or .gz) with every cell as text; blank cells stay empty text. It has `columns` among others."""
    cells = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return require_columns(cells, columns=columns, where=path.name)


def read_parquet_as_text(path: Path) -> pd.DataFrame:
    """Read a parquet file with every cell as text: 12.0 is "12", 12.5 stays "12.5", and an empty cell is ""."""
    try:
        with duckdb.connect() as con:
            table = con.read_parquet(str(path))
            _refuse_no_cells(dict(zip(table.columns, table.types, strict=True)), file=path.name)
            cells: pd.DataFrame = table.df()
    except duckdb.Error as error:
        raise ContractError(f"{path.name}: expected a parquet file; came {error}") from error
    if cells.empty:
        raise ContractError(f"{path.name}: expected rows; came the columns only")
    return cells.apply(_as_text)


def _refuse_no_cells(types: Mapping[str, DuckDBPyType], *, file: str) -> None:
    """Raise with every column that holds lists, records or bytes."""
    problems = [
        Problem(file=file, expected=f"text, numbers or days in {name!r}", came=f"{type_} in each cell")
        for name, type_ in types.items()
        if type_.id in _NO_CELLS
    ]
    if problems:
        raise ContractError(problems)


def _as_text(cells: pd.Series) -> pd.Series:
    """Return a column as text; of the cells that say the same, the text is made once."""
    places, distinct = pd.factorize(cells)
    texts = pd.Series(
        [*map(_text, pd.Index(distinct).astype("object")), ""], dtype="str"
    )  # an empty cell's place is -1, that of the last
    return texts.iloc[places].set_axis(cells.index)


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def read_json(path: Path) -> Any:
    """Read a JSON file; raise `ContractError` for one larger than any that a publisher's service gives us."""
    size = path.stat().st_size
    if size > LARGEST_JSON:
        raise ContractError(
            f"{path.name}: expected at most {LARGEST_JSON:,} bytes of JSON; came {size:,}", kind="archive"
        )
    return json.loads(path.read_text(encoding="utf-8-sig"))


def require_columns(frame: pd.DataFrame, *, columns: tuple[str, ...], where: str) -> pd.DataFrame:
    """Return `frame` when it has `columns`; otherwise say which are missing and what came."""
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise ContractError(f"{where}: expected the columns {', '.join(missing)}; came {', '.join(frame.columns)}")
    return frame
