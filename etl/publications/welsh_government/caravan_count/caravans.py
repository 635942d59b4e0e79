"""Gypsy and Traveller caravan count: caravans in Wales on one day, by the kind of site, as the release states them.

The awkward fact: it counts caravans, not people, and most Gypsies and Travellers live in houses. The text also gives
single authorities and numbers of sites; only Wales as a whole is taken, because a number of caravans can point at a site.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import TOTAL, WALES
from etl.contract import ContractError
from etl.pipeline.checks import reconciles_with_total
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.typed_from_texts import later_search as later_texts
from etl.reading.numbers import whole_numbers
from etl.reading.periods import iso_days
from etl.reading.wording import listed

MEASURE = "gypsy_traveller_caravans"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "all caravans": TOTAL,
        "authorised, socially rented": "social",
        "authorised, private": "private",
        "unauthorised": "unauthorised",
    }
)
SURE_ROWS = 7  # Wales by kind, its number of sites, and two of one authority


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the caravans of Wales by kind of site on the day of the count."""
    caravans = later_texts.sure(rows, measure="Gypsy and Traveller caravans", expected=SURE_ROWS)
    caravans = caravans[(caravans["area_code"] == WALES) & caravans["category"].isin(KINDS)]
    return pd.DataFrame(
        {
            "measure": MEASURE,
            "area_code": WALES,
            "period_start": iso_days(caravans["period"]),
            "period_months": 0,
            "category": caravans["category"].map(dict(KINDS)),
            "value": whole_numbers(caravans["value"], where="figures-from-text-2"),
        }
    )


def kinds_add_to_all(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a kind of site is missing or the kinds do not add to all caravans."""
    if sorted(figures["category"]) != sorted(KINDS.values()):
        raise ContractError(f"expected one figure of each kind of site; came {listed(sorted(figures['category']))}")
    reconciles_with_total(figures, measure=MEASURE)


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="gypsy_traveller_caravans",
        material=later_texts.MATERIAL,
        read=later_texts.read,
        tidy=tidy,
        checks=(kinds_add_to_all,),
        origin=ORIGINS["gypsy_traveller_caravans"],
    ),
)
