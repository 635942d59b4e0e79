"""Population projections to mid-2032 by area, as a newsletter gives them: six authorities, and Wales.

The awkward fact: only the three largest and the three smallest increases are in the text, so the other sixteen are not
held; they are not zero. A measure or a source written "same" is that of the row above.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cohesion.vocabulary import TOTAL, WALES
from etl.contract import ContractError, Problem
from etl.geo.geography import refuse_codes_beside_other_names
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

MATERIAL = "migration/figures-from-text-2.csv"
COLUMNS = ("topic", "area", "area_code", "period", "measure", "value", "unit", "source_url")
MEASURE = "projected_population_change"
TOPIC = "population projection"
PRINCIPAL = "projected population change (2022-based, principal)"
NATIONAL = "same (ONS 2022-based national projection)"
FIGURES = 7


def read(path: Path) -> pd.DataFrame:
    """Return every row of the list, as text."""
    return read_text_csv(path, columns=COLUMNS)


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the projected change in per cent over the years of a period such as "mid-2022 to mid-2032"."""
    projections = rows[rows["topic"] == TOPIC]
    _one_projection(projections)
    ends = projections["period"].str.extract(r"^mid-(\d{4}) to mid-(\d{4})$")
    if ends.isna().any(axis=None):
        raise ContractError(
            f"projections: expected a period such as mid-2022 to mid-2032; came {listed(sorted(set(projections['period'])))}"
        )
    first, last = (ends[column].astype(int) for column in (0, 1))
    return pd.DataFrame(
        {
            "measure": MEASURE,
            "area_code": projections["area_code"],
            "period_start": first.astype(str) + "-06-30",
            "period_months": 12 * (last - first),
            "category": TOTAL,
            "value": _per_cent(projections["value"]),
        }
    )


def _one_projection(projections: pd.DataFrame) -> None:
    """Raise unless the rows are of one base and variant, in per cent, each with its address and its area's own code."""
    measures = [*projections["measure"]]
    is_one = measures[:1] == [PRINCIPAL] and set(measures[1:]) <= {"same", NATIONAL}
    addressed = projections["source_url"].str.match("https://|same$").all()
    if len(projections) != FIGURES or not is_one or not addressed or set(projections["unit"]) != {"%"}:
        raise ContractError(
            f"expected {FIGURES} figures for {PRINCIPAL!r}, each with its address; came {listed(measures)}"
        )
    places = projections[projections["area_code"] != WALES]
    refuse_codes_beside_other_names(codes=places["area_code"], names=places["area"])


def _per_cent(cells: pd.Series) -> pd.Series:
    bad = cells[~cells.str.fullmatch(r"-?\d+\.\d")]
    if not bad.empty:
        raise ContractError(
            Problem(
                file="figures-from-text-2", row=int(str(row)) + 2, expected="per cent with one decimal", came=repr(cell)
            )
            for row, cell in bad.items()
        )
    return pd.to_numeric(cells)


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="projections_headlines",
        material=MATERIAL,
        read=read,
        tidy=tidy,
        origin=ORIGINS["projections_headlines"],
    ),
)
