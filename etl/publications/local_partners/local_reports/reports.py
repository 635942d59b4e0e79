"""Figures that a council's or a partnership's own report gave, typed from texts.

The awkward fact: how a local report counts is not said, so its figures are of its own kind. Each publisher has a table
and a measure of its own, and none joins the police series; rows that are not marked sure stay out.
"""

from __future__ import annotations

import pandas as pd

from cohesion.vocabulary import TOTAL
from etl.contract import ContractError
from etl.geo.geography import load_areas, match_authority_name
from etl.pipeline.checks import Check
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.typed_from_texts import later_search as later_texts
from etl.reading.numbers import whole_numbers
from etl.reading.periods import financial_year_start
from etl.reading.wording import listed

SWANSEA, FLINTSHIRE = (
    "hate crimes (partnership report)",
    "hate crime incidents reported (council equality report)",
)


def tidy_swansea(rows: pd.DataFrame) -> pd.DataFrame:
    """Return hate crimes of Swansea by calendar year, as a report to the council's scrutiny gave them."""
    typed = later_texts.sure(rows, measure=SWANSEA)
    starts = typed["period"].str.removeprefix("calendar ") + "-01-01"
    return _table(typed, measure="hate_crimes_in_local_report", starts=starts)


def tidy_flintshire(rows: pd.DataFrame) -> pd.DataFrame:
    """Return hate incidents reported in Flintshire by financial year, as the council gave them."""
    typed = later_texts.sure(rows, measure=FLINTSHIRE)
    starts = typed["period"].map(lambda year: financial_year_start(year).isoformat())
    return _table(typed, measure="hate_incidents_in_local_report", starts=starts)


def _table(rows: pd.DataFrame, *, measure: str, starts: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": match_authority_name(rows["area"], areas=load_areas()),
            "period_start": starts,
            "period_months": 12,
            "category": TOTAL,
            "value": whole_numbers(rows["value"], where="figures from texts"),
        }
    )


def years_are(*years: str) -> Check:
    """Return a check that raises unless exactly the years that begin on these days came, each once."""

    def the_years_came(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
        if sorted(figures["period_start"]) != sorted(years):
            raise ContractError(
                f"expected the years from {', '.join(years)}; came {listed(sorted(figures['period_start']))}"
            )

    return the_years_came


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="local_report_swansea",
        material=later_texts.MATERIAL,
        read=later_texts.read,
        tidy=tidy_swansea,
        checks=(years_are("2020-01-01", "2021-01-01"),),
        origin=ORIGINS["local_report_swansea"],
    ),
    Dataset(
        name="local_report_flintshire",
        material=later_texts.MATERIAL,
        read=later_texts.read,
        tidy=tidy_flintshire,
        checks=(years_are("2013-04-01", "2014-04-01", "2015-04-01"),),
        origin=ORIGINS["local_report_flintshire"],
    ),
)
