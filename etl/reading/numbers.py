"""From a published cell to a number, or a refusal that names the cell.

The awkward fact: `pd.to_numeric` turns a blank into NaN without a word, and a blank may mean zero,
not available or a slipped row. So a cell that is not plainly a number is an error until a dataset
says which marker it stands for.
"""

from __future__ import annotations

import pandas as pd

from etl.contract import ContractError, Problem
from etl.reading.markers import marker_of

SHOWN_AT_MOST = 20
_WHOLE = r"-?[0-9]{1,15}"  # no count of people or crimes is longer


def whole_numbers(cells: pd.Series, *, where: str) -> pd.Series:
    """Return text such as "1418" or "-3" as integers; raise naming every other cell by its row in an editor."""
    return of_form(cells.astype(str).where(cells.notna()).str.strip(), where=where, form=_WHOLE).astype("int64")


def of_form(cells: pd.Series, *, where: str, form: str, what: str = "a whole number") -> pd.Series:
    """Return the cells, all text of one `form`; raise naming every other by its row in an editor."""
    text = cells.fillna("")
    bad = text[~text.str.fullmatch(form)]
    if not bad.empty:
        raise ContractError(
            Problem(file=where, row=int(str(row)) + 2, expected=f"{what} in {cells.name!r}", came=repr(value))
            for row, value in bad.head(SHOWN_AT_MOST).items()
        )
    return text


def whole_numbers_or_markers(cells: pd.Series, *, where: str) -> pd.DataFrame:
    """Return `value` (float, NaN where there is none) and `marker` ("*" -> "[c]"); raise for any other text."""
    text = cells.fillna("").astype(str).str.strip()
    is_number = text.str.fullmatch(_WHOLE)
    markers = [
        "" if plain else marker_of(cell, where=f"{where}, row {int(str(row)) + 2}, {cells.name}")
        for row, cell, plain in zip(text.index, text, is_number, strict=True)
    ]
    return pd.DataFrame({"value": pd.to_numeric(text.where(is_number)), "marker": markers}, index=cells.index)
