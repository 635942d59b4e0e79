"""Home Office asylum support (Asy_00a): how many people the UK supported on two days, as the summary tables state.

The awkward fact: of 30 June 2026 no table by authority is held, so this is the only figure for the UK then.
"""

from __future__ import annotations

import pandas as pd

from cohesion.vocabulary import TOTAL, UNITED_KINGDOM
from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.home_office.asylum_support.by_authority import MEASURE
from etl.publications.typed_from_texts import migration as migration_text
from etl.reading.numbers import whole_numbers
from etl.reading.periods import iso_days
from etl.reading.wording import listed

FIGURES = 2


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the people whom the UK supported on each day of the text."""
    figures = migration_text.chosen(rows, pattern="people in receipt of asylum support", expected=FIGURES)
    if (strange := sorted(set(figures["area"]) - {"UK"})) != []:
        raise ContractError(f"expected figures of the UK; came {listed(strange)}")
    return pd.DataFrame(
        {
            "measure": MEASURE,
            "area_code": UNITED_KINGDOM,
            "period_start": iso_days(figures["reference_date_or_period"]),
            "period_months": 0,
            "category": TOTAL,
            "value": whole_numbers(figures["value"], where="figures-from-text"),
        }
    )


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="asylum_support_uk",
        material=migration_text.MATERIAL,
        read=migration_text.read,
        tidy=tidy,
        origin=ORIGINS["asylum_support_uk"],
    ),
)
