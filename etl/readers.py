"""Reading published tables as text, exactly as they stand: numbers are made in `tidy`, never here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from etl.contract import ContractError


def read_text_csv(path: Path) -> pd.DataFrame:
    """Read a CSV (plain or .gz) with every cell as text; blank cells stay empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def read_json(path: Path) -> Any:
    """Read a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def require_columns(frame: pd.DataFrame, *, columns: tuple[str, ...], where: str) -> pd.DataFrame:
    """Return `frame` when it has `columns`; otherwise say which are missing and what came."""
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise ContractError(f"{where}: expected the columns {', '.join(missing)}; came {', '.join(frame.columns)}")
    return frame
