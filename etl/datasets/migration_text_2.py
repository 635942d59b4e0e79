"""Figures typed from texts in a later search, each with its publisher, its address and how sure its reading is.

The awkward fact: the list holds rows that nobody could trace to their publisher (mirrors of news sites); its column
`confidence` says "check" there, and such a row is never taken.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.contract import ContractError
from etl.readers import read_text_csv, require_columns

MATERIAL = "hate-crime/figures-from-text-2.csv"
COLUMNS = ("measure", "area", "area_code", "period", "category", "value", "url", "confidence")
SURE = "sure"


def read(path: Path) -> pd.DataFrame:
    """Return every row of the list, as text."""
    return require_columns(read_text_csv(path), columns=COLUMNS, where=path.name)


def sure(rows: pd.DataFrame, *, measure: str, expected: int) -> pd.DataFrame:
    """Return the rows of a measure that are marked sure; raise unless there are as many as expected, each with an address."""
    kept = rows[(rows["measure"] == measure) & (rows["confidence"] == SURE)]
    if len(kept) != expected or not kept["url"].str.match("https?://").all():
        raise ContractError(f"expected {expected} sure figures of {measure!r}, each with its address; came {len(kept)}")
    return kept
