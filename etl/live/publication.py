"""What a reader of a live file declares, and how it takes the place of the held material's reader.

The awkward fact: a new file is a new edition, and its name says nothing reliable about it. So what edition it
is comes from its own words, and the spot corrections of the old edition do not go with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from etl.live.words import EVERY, WORDS
from etl.pipeline.dataset import Check, Dataset


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Which edition a file is, in both languages, and when it came out as far as the file says."""

    english: str
    welsh: str
    released: str


@dataclass(frozen=True, kw_only=True)
class Live:
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


def live_dataset(dataset: Dataset, live: Live) -> Dataset:
    """Return the dataset with what reads its publisher's own file, and without the corrections of the old copy.

    Its origin has the words that every edition shares; its edition, coverage and checks are still the copy's, and
    whoever reads a file must say them anew.
    """
    return replace(
        dataset,
        origin=replace(dataset.origin, **WORDS.get(dataset.name, EVERY).entries),
        read=live.read,
        tidy=live.tidy or dataset.tidy,
        checks=dataset.checks if live.checks is None else live.checks,
        corrections=(),
    )


def two_months_later(day: date) -> str:
    """Return the month in which the Home Office's immigration statistics of a quarter's end come out ("2026-08")."""
    return f"{day.year + (day.month > 10)}-{(day.month + 1) % 12 + 1:02d}"
