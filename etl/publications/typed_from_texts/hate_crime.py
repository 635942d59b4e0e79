"""Hate crime and modern slavery figures typed from published texts: one list with a web address, basis and note for each.

The awkward fact: the list also holds figures that nobody could pin down. A row that says so anywhere is
never shown: a quarter guessed, a strand inferred from a cut-off sentence, a copy nobody could verify.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.reading.text_files import read_text_csv

TEXT_FIGURES = "hate-crime/figures-from-text.csv"
TEXT_COLUMNS = ("measure", "area", "period", "strand", "value", "basis", "note")
DOUBT = r"uncertain|unverified|inferred|confirm|not seen|probably"


def read_text_figures(path: Path) -> pd.DataFrame:
    """Return all rows as text."""
    return read_text_csv(path, columns=TEXT_COLUMNS)


def certain(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in which no cell expresses a doubt such as "UNCERTAIN: probably 2025 Q4"."""
    doubtful = pd.concat([rows[c].str.contains(DOUBT, case=False) for c in TEXT_COLUMNS], axis=1).any(axis=1)
    return rows[~doubtful]
