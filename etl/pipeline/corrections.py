"""Spot fixes to cells that a publisher got wrong, declared as data beside the dataset they belong to.

The awkward fact: a silent fix outlives the error. So a correction says which edition it was written for and
how many rows it expects; once the publisher has mended the cell, or a new edition came, it refuses to apply
and asks to be removed or looked at again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One wrong cell value: in the rows where every column of `where` is as given, `column` says `old` for `new`.

    `rows` is how many such rows the file holds; `reason` and `source` say why `new` is known to be right; the
    correction `expires` with the edition it names.
    """

    where: Mapping[str, str]
    column: str
    old: str
    new: str
    reason: str
    source: str
    expires: str
    rows: int = 1

    def __str__(self) -> str:
        """Return where it applies and what it does ("name = 'Leeds': LAD Code 'E06000010' -> 'E08000035'")."""
        place = ", ".join(f"{column} = {value!r}" for column, value in self.where.items())
        return f"{place}: {self.column} {self.old!r} -> {self.new!r}"


FILE = "corrections.csv"
COLUMNS = ("where", "column", "old", "new", "rows", "reason", "source", "expires")


def declared_corrections(module: str) -> tuple[Correction, ...]:
    """Return the corrections of the publication in whose folder a module stands (its `__file__`)."""
    path = Path(module).with_name(FILE)
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        if tuple(lines.fieldnames or ()) != COLUMNS:
            came = ", ".join(lines.fieldnames or ()) or "nothing"
            raise ContractError([Problem(file=FILE, row=1, expected=", ".join(COLUMNS), came=came)])
        return tuple(_correction(line, row=number) for number, line in enumerate(lines, start=2))


def _correction(line: dict[str, str], *, row: int) -> Correction:
    """Return one line's correction; raise unless `where` reads "column=value; column=value" and `rows` is a number."""
    where = [part.partition("=") for part in line["where"].split("; ")]
    if not all(column and value for column, _, value in where) or not line["rows"].isdigit():
        came = f"{line['where']!r} and {line['rows']!r}"
        raise ContractError([Problem(file=FILE, row=row, expected="where as 'column=value; …', and rows", came=came)])
    own = {name: line[name] for name in ("column", "old", "new", "reason", "source", "expires")}
    return Correction(where={column: value for column, _, value in where}, rows=int(line["rows"]), **own)


def corrected(cells: pd.DataFrame, *, corrections: Iterable[Correction], dataset: str, edition: str) -> pd.DataFrame:
    """Return a copy of the cells as read with every correction made; raise naming all that no longer apply."""
    declared = tuple(corrections)
    problems = [p for c in declared for p in _problems(cells, c, dataset=dataset, edition=edition)]
    if problems:
        raise ContractError(problems)
    mended = cells.copy()
    for correction in declared:
        # Rows are found in the cells as read, so the order of the corrections does not matter.
        mended.loc[_rows(cells, correction), correction.column] = correction.new
    return mended


def _problems(cells: pd.DataFrame, correction: Correction, *, dataset: str, edition: str) -> list[Problem]:
    missing = sorted({correction.column, *correction.where} - set(cells.columns))
    if missing:
        expected = f"the columns that the correction '{correction}' names"
        return [Problem(file=dataset, expected=expected, came=f"none called {', '.join(missing)}")]
    if correction.expires != edition:
        expected = f"the edition {correction.expires!r}, for which '{correction}' was written"
        return [Problem(file=dataset, expected=expected, came=f"{edition!r}: look again, then renew it or remove it")]
    matching = int(_rows(cells, correction).sum())
    if matching == correction.rows:
        return []
    expected = f"{correction.rows} rows for the correction '{correction}'"
    return [Problem(file=dataset, expected=expected, came=f"{matching}; if the publisher mended the error, remove it")]


def _rows(cells: pd.DataFrame, correction: Correction) -> pd.Series:
    """Say of each row whether it is one that the correction is about and still holds the wrong value."""
    chosen = cells[correction.column] == correction.old
    for column, value in correction.where.items():
        chosen &= cells[column] == value
    return chosen
