"""Migration figures typed from published texts: one list with a web address for each, read by several modules.

The awkward fact: a source written "same" is that of the row above, and some rows hold several numbers at
once ("124315|3411|971"); a module takes only rows with a single number.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.contract import ContractError
from etl.reading.text_files import read_text_csv

MATERIAL = "migration/figures-from-text.csv"
COLUMNS = ("reference_date_or_period", "area", "measure", "value", "source", "url")


def read(path: Path) -> pd.DataFrame:
    """Return every row of the list, as text."""
    return read_text_csv(path, columns=COLUMNS)


def chosen(rows: pd.DataFrame, *, pattern: str, expected: int) -> pd.DataFrame:
    """Return the rows whose measure matches; raise unless there are as many as expected, each with an address."""
    figures = rows[rows["measure"].str.fullmatch(pattern)]
    if len(figures) != expected or not figures["url"].str.match("https://|same$").all():
        raise ContractError(f"expected {expected} figures for {pattern!r}, each with its address; came {len(figures)}")
    return figures
