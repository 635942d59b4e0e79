"""What a publication module declares: one `Dataset` makes one tidy table and its origin file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from etl.pipeline.checks import Check
from etl.pipeline.corrections import Correction
from etl.pipeline.origin import Origin
from etl.pipeline.origin_files import EveryEdition


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """One tidy table: how its publication is read, made tidy and checked.

    `read` returns the publication's cells as text, as they stand; `tidy` is pure and returns rows with
    the columns of `etl.contract.TIDY_COLUMNS`; each of `checks` takes (what was read, what was made)
    and raises `ContractError`. `corrections` mend cells that the publisher got wrong, after `read` and before
    the rest, which see only the mended cells. `material` is the file's place among the maintainers' sources; of a
    dataset without one no file was ever at hand. `every_edition` are the words that hold for newer files too.
    """

    name: str
    material: str
    origin: Origin
    read: Callable[[Path], pd.DataFrame]
    tidy: Callable[[pd.DataFrame], pd.DataFrame]
    checks: tuple[Check, ...] = ()
    corrections: tuple[Correction, ...] = ()
    every_edition: EveryEdition = field(default_factory=EveryEdition)
