"""Figures typed from texts in a later search, each with its publisher, its address and how sure its reading is.

The awkward fact: the list holds rows that nobody could trace to their publisher (mirrors of news sites); its column
`confidence` says "check" there, and such a row is never taken. It lies among the hate crime material and holds
figures of migration and of caravans too; `migration/figures-from-text-2.csv` is another list.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.contract import ContractError
from etl.reading.text_files import read_text_csv

MATERIAL = "hate-crime/figures-from-text-2.csv"
COLUMNS = ("measure", "area", "area_code", "period", "category", "value", "url", "confidence")
SURE = "sure"


def read(path: Path) -> pd.DataFrame:
    """Return every row of the list, as text."""
    return read_text_csv(path, columns=COLUMNS)


def sure(rows: pd.DataFrame, *, measure: str, expected: int | None = None) -> pd.DataFrame:
    """Return the rows of a measure that are marked sure; raise for one without an address, or fewer or more than expected.

    Where a check of the dataset names the figures one by one, none are counted here.
    """
    figures = rows[(rows["measure"] == measure) & (rows["confidence"] == SURE)]
    if expected not in (None, len(figures)) or not figures["url"].str.match("https?://").all():
        what = f"{expected} sure figures" if expected is not None else "sure figures"
        raise ContractError(f"expected {what} of {measure!r}, each with its address; came {len(figures)}")
    return figures
