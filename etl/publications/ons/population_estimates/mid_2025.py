"""ONS mid-2025 population of the Welsh authorities: the denominator of dates from 30 June 2025 on.

The awkward fact: the release that brought mid-2025 also revised mid-2022 to mid-2024, and those revisions are not held.
So this table is a line of its own: it is divided by, and never joined to, or compared with, the years before it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cohesion.vocabulary import TOTAL
from etl.contract import ContractError
from etl.geo.geography import is_welsh, load_areas, match_authority_code, refuse_codes_beside_other_names
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.reading.numbers import whole_numbers
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

COLUMNS = ("lad_code", "lad_name", "reference_date", "population")
MID_2025 = "2025-06-30"
WELSH_AUTHORITIES = 22
WALES = 3_175_181  # the sum in an independent copy of the same release


def read(path: Path) -> pd.DataFrame:
    """Return one row for each Welsh authority."""
    return read_text_csv(path, columns=COLUMNS)


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `population` of the Welsh authorities at mid-2025; a row of any other day is refused."""
    strange = sorted(set(rows.loc[rows["reference_date"] != MID_2025, "reference_date"]))
    if strange:
        raise ContractError(f"mid-2025: expected the reference date {MID_2025} in every row; came {listed(strange)}")
    return pd.DataFrame(
        {
            "measure": "population",
            "area_code": match_authority_code(rows["lad_code"], areas=load_areas()),
            "period_start": rows["reference_date"],
            "period_months": 0,
            "category": TOTAL,
            "value": whole_numbers(rows["population"], where="mid-2025"),
        }
    )


def every_welsh_authority_once(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a Welsh authority is missing, comes twice, or stands under another's code."""
    codes = set(figures["area_code"])
    if len(figures) != WELSH_AUTHORITIES or len(codes) != WELSH_AUTHORITIES or not is_welsh(figures["area_code"]).all():
        raise ContractError(
            f"mid-2025: expected {WELSH_AUTHORITIES} Welsh authorities once each; "
            f"came {len(codes)} of them in {len(figures)} rows"
        )
    refuse_codes_beside_other_names(codes=rows["lad_code"], names=rows["lad_name"])


def authorities_add_to_wales(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the authorities do not add to the population of Wales in the same release."""
    if (added := int(figures["value"].sum())) != WALES:
        raise ContractError(f"mid-2025: expected authorities that add to {WALES:,}; came {added:,}")


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="population_mid_year_2025",
        material="migration/population-mid-2025-wales-la.csv",
        read=read,
        tidy=tidy,
        checks=(every_welsh_authority_once, authorities_add_to_wales),
        origin=ORIGINS["population_mid_year_2025"],
    ),
)
