"""Home Office resettlement (Res_D01) up to 30 June 2026: how many each Welsh authority received since 2014, in all.

The awkward fact: the copy names a "latest year" and not which. It is the calendar year 2025: the copy of 31 December
2025 gives the same figures for its latest year (Flintshire's seven arrived in January to March 2025), although
Denbighshire and Powys received more people by 30 June 2026. No scheme is named, and no Afghan scheme is in these sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import TOTAL
from etl.contract import ContractError
from etl.geo.geography import authority_of_today
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.home_office.asylum_support.by_authority import (
    REG02_JUN_2026,
    every_welsh_authority_once,
    names_stand_beside_their_codes,
)
from etl.reading.numbers import whole_numbers
from etl.reading.periods import iso_days
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

SINCE_2014, IN_YEAR = "resettled_since_2014", "resettled_in_year"
SPONSORED = "community_sponsorship"
LATEST_YEAR = "2025-01-01"
FIGURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "resettlement_cumulative_since_2014": (SINCE_2014, TOTAL),
        "community_sponsorship_cumulative": (SINCE_2014, SPONSORED),
        "resettlement_latest_year_total": (IN_YEAR, TOTAL),
    }
)
COLUMNS = ("snapshot", "lad_code", "lad_name", *FIGURES)


def read(path: Path) -> pd.DataFrame:
    """Return one row for each Welsh authority."""
    return read_text_csv(path, columns=COLUMNS)


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return people resettled since 2014 up to the day, those of them sponsored, and those of the year 2025."""
    figures = [
        pd.DataFrame(
            {
                "measure": measure,
                "area_code": authority_of_today(rows["lad_code"]),
                "period_start": LATEST_YEAR if measure == IN_YEAR else iso_days(rows["snapshot"]),
                "period_months": 12 if measure == IN_YEAR else 0,
                "category": category,
                "value": whole_numbers(rows[column], where="Res_D01"),
            }
        )
        for column, (measure, category) in FIGURES.items()
    ]
    return pd.concat(figures, ignore_index=True)


def parts_pass_no_running_total(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when more people were sponsored, or came in one year, than in all the years together."""
    cells = rows[list(FIGURES)].apply(whole_numbers, where="Res_D01")
    whole, *parts = (cells[column] for column in FIGURES)
    over = pd.concat(parts, axis=1).gt(whole, axis=0).any(axis=1)
    if over.any():
        raise ContractError(
            f"expected parts within the running total; came more for {listed(sorted(rows.loc[over, 'lad_name']))}"
        )


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="resettlement_since_2014",
        material=REG02_JUN_2026,
        read=read,
        tidy=tidy,
        checks=(every_welsh_authority_once, names_stand_beside_their_codes, parts_pass_no_running_total),
        origin=ORIGINS["resettlement_since_2014"],
    ),
)
