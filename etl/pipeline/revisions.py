"""Figures that an edition we held before gave otherwise: written once, when a newer edition takes its place.

The awkward fact: a report of a refresh stays on the computer that made it, and the older edition is gone from the
tables. What readers may have quoted from it would be contradicted without a word; so the figures of Welsh areas that
read differently are kept as a reference table of their own, with both editions' names.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cohesion.vocabulary import WALES, nation_of
from etl.contract import KEY_COLUMNS, ContractError, Problem
from etl.pipeline.dataset import Dataset
from etl.pipeline.diff import table_diff
from etl.pipeline.extract import tidy_table

COLUMNS = (
    "source",
    "edition",
    "edition_cy",
    "edition_before",
    "edition_before_cy",
    *KEY_COLUMNS,
    "before",
    "now",
)


def write_revisions(dataset: Dataset, *, older: Path, named: tuple[str, str], tidy: Path, target: Path) -> Path:
    """Write what the table on hand has otherwise than an older file, called `named` in English and Welsh."""
    table = tidy / f"{dataset.name}.csv"
    if not table.is_file():
        raise ContractError([Problem(file=table.name, expected="a table to compare with", came="no file")])
    if not older.is_file():
        raise ContractError(f"{dataset.name}: expected a file of the older edition; came nothing at {older}")
    now = pd.read_csv(table, dtype=str, keep_default_na=False)
    revised = revisions(dataset, before=tidy_table(dataset, file=older), now=now, named=named)
    path = target / "revisions.csv"
    others = pd.read_csv(path, dtype=str, keep_default_na=False) if path.exists() else pd.DataFrame(columns=COLUMNS)
    whole = pd.concat([others[others["source"] != dataset.name], revised], ignore_index=True)
    whole = whole.sort_values(["source", *KEY_COLUMNS], ignore_index=True)
    path.write_bytes(whole.to_csv(index=False, lineterminator="\n").encode("utf-8"))
    return path


def revisions(dataset: Dataset, *, before: pd.DataFrame, now: pd.DataFrame, named: tuple[str, str]) -> pd.DataFrame:
    """Return the figures of Welsh areas that both editions hold and give differently."""
    changes = [r for r in table_diff(before, now).revised if nation_of(r.key[1]) == WALES]
    editions = (dataset.name, dataset.origin.edition, dataset.origin.edition_cy, *named)
    return pd.DataFrame([(*editions, *r.key, r.old, r.new) for r in changes], columns=list(COLUMNS))
