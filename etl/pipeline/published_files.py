"""What a reader of a live file declares, and how it takes the place of the held material's reader.

The awkward fact: a new file is a new edition, and its name says nothing reliable about it. So what edition it
is comes from its own words, and the spot corrections of the old edition do not go with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from etl.pipeline.checks import Check
from etl.pipeline.dataset import Dataset
from etl.reading.ods import Row
from etl.reading.wording import plain


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Which edition a file is, in both languages, and when it came out as far as the file says."""

    english: str
    welsh: str
    released: str


@dataclass(frozen=True, kw_only=True)
class PublishedFile:
    """How one dataset is read from its publisher's own file.

    `tidy` and `checks` stand only where the live file holds more than the copy did. `replaces` names tables that
    hold some of the same figures from a poorer copy: those figures go when this one comes.
    `grows`: the file holds its own period alone, so the periods that we hold stay beside it.
    `caution` reads from the file, in English and Welsh, what this edition warns of.
    """

    dataset: str
    read: Callable[[Path], pd.DataFrame]
    edition: Callable[[Path], Edition | None] | None = None
    tidy: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    checks: tuple[Check, ...] | None = None
    replaces: tuple[str, ...] = ()
    grows: bool = False
    caution: Callable[[Path], tuple[str, str]] | None = None


Names = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Signs:
    """By what a publisher's file is told from others: each function gives the datasets that are in it, or none.

    `in_row` is asked of the first rows of a workbook's sheets, `in_file` of a whole file before it is taken for a
    workbook; `looked_for` says in a refusal what would have been known.
    """

    looked_for: str
    in_row: Callable[[Path, Row], Names] | None = None
    in_file: Callable[[Path], Names] | None = None


def header(
    is_sheet: Callable[[str], bool], *, words: Iterable[str], gives: Callable[[Path], Names] | Names
) -> Callable[[Path, Row], Names]:
    """Return what tells a row that holds all of `words` in a sheet of such a name, and the datasets it then gives."""
    needed = set(words)

    def in_row(path: Path, row: Row) -> Names:
        if not is_sheet(row.sheet) or not needed <= {plain(cell) for cell in row.cells}:
            return ()
        return gives(path) if callable(gives) else gives

    return in_row


def as_published(dataset: Dataset, live: PublishedFile) -> Dataset:
    """Return the dataset with what reads its publisher's own file, and without the corrections of the old copy.

    Its origin has the words that every edition shares; its edition, coverage and checks are still the copy's, and
    whoever reads a file must say them anew.
    """
    return replace(
        dataset,
        origin=replace(dataset.origin, **dataset.every_edition.entries),
        read=live.read,
        tidy=live.tidy or dataset.tidy,
        checks=dataset.checks if live.checks is None else live.checks,
        corrections=(),
    )
