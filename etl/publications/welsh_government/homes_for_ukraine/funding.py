"""Homes for Ukraine funding: for how many guests Welsh councils, and the Welsh Government, were funded in a quarter.

The awkward fact: these are net claims, so a quarter can be below zero; and guests whom the Welsh Government
sponsors itself (the super sponsor route) stand in a row of their own, in no council.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import TOTAL, WALES
from etl.contract import ContractError
from etl.geo.geography import load_areas, match_authority_name
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.reading.numbers import whole_numbers
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

MEASURE = "homes_for_ukraine_guests_funded"
SUPER_SPONSOR = "super_sponsor"
COLUMNS = ("period", "area", "guests_arrived_net_claimed")
WHOLE = {"Wales total": TOTAL, "Welsh Government": SUPER_SPONSOR}  # rows of Wales, not of a council
ROWS_A_QUARTER = 24


def read(path: Path) -> pd.DataFrame:
    """Return one row for each council and quarter, and two for Wales."""
    return read_text_csv(path, columns=COLUMNS)


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return guests by council and quarter; for Wales the published total and the Welsh Government's own guests."""
    councils = rows["area"][~rows["area"].isin(WHOLE)]
    codes = match_authority_name(councils, areas=load_areas()).reindex(rows.index, fill_value=WALES)
    return pd.DataFrame(
        {
            "measure": MEASURE,
            "area_code": codes,
            "period_start": rows["period"].map({text: quarter_start(text).isoformat() for text in set(rows["period"])}),
            "period_months": 3,
            "category": rows["area"].map(WHOLE).fillna(TOTAL),
            "value": whole_numbers(rows["guests_arrived_net_claimed"], where="annexes"),
        }
    )


def quarter_start(text: str) -> date:
    """Return the first day of three months written "2022-09 to 2022-11"."""
    match = re.fullmatch(r"(\d{4})-(\d{2}) to (\d{4})-(\d{2})", text.strip())
    if match:
        first, last = (int(match[n]) * 12 + int(match[n + 1]) - 1 for n in (1, 3))
        if last - first == 2:
            return date(first // 12, first % 12 + 1, 1)
    raise ContractError(f"expected three months such as 2022-09 to 2022-11; came {text!r}")


def rows_add_to_wales(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when councils and the Welsh Government do not add to the published Wales, or a row is missing or double."""
    whole = (figures["area_code"] == WALES) & (figures["category"] == TOTAL)
    published = figures[whole].set_index("period_start")["value"]
    gaps = figures[~whole].groupby("period_start")["value"].sum() - published
    sizes = figures.groupby("period_start")["area_code"].agg(["size", "nunique"])
    if gaps.ne(0).any():
        raise ContractError(f"expected councils and Welsh Government to add to Wales; off by {listed(gaps.to_dict())}")
    if (sizes != [ROWS_A_QUARTER, ROWS_A_QUARTER - 1]).any(axis=None):
        raise ContractError(f"expected {ROWS_A_QUARTER} rows a quarter; came {listed(sizes['size'].to_dict())}")


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="homes_for_ukraine_funding",
        material="migration/homes-for-ukraine-wales-funding-annexes.csv",
        read=read,
        tidy=tidy,
        checks=(rows_add_to_wales,),
        origin=ORIGINS["homes_for_ukraine_funding"],
    ),
)
