"""EU Settlement Scheme: applications since August 2018, as quoted in published texts for a few places and days.

The awkward fact: applications are not people, because one person may apply again; and these are single points
from Senedd Research, ADR Wales, Business News Wales and the Barry & District News, too few to be a series.
"""

from __future__ import annotations

import re
from datetime import date, datetime

import pandas as pd

from cohesion.vocabulary import TOTAL, WALES
from etl.contract import ContractError
from etl.geo.geography import load_areas, match_authority_name
from etl.pipeline.checks import names_match_codes
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.typed_from_texts import later_search as later_texts
from etl.publications.typed_from_texts import migration as migration_text
from etl.reading.numbers import whole_numbers
from etl.reading.periods import point_in_time
from etl.reading.wording import listed

MEASURES = {"applications received": "euss_applications", "concluded applications": "euss_concluded"}
FIGURES, PRESS_FIGURES = 10, 8
PRESS_MEASURE = "EU Settlement Scheme applications received, cumulative from 28 Aug 2018"


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return applications received and concluded up to a day."""
    typed = migration_text.chosen(rows, pattern="EUSS .*", expected=FIGURES)
    named = typed["measure"].str.extract(r"^EUSS (applications received|concluded applications)\b", expand=False)
    if named.isna().any():
        came = sorted(typed.loc[named.isna(), "measure"])
        raise ContractError(f"expected applications received or concluded; came {listed(came)}")
    councils = typed["area"][typed["area"] != "Wales"]
    return pd.DataFrame(
        {
            "measure": named.map(MEASURES),
            "area_code": match_authority_name(councils, areas=load_areas()).reindex(typed.index, fill_value=WALES),
            "period_start": typed["reference_date_or_period"].map(lambda text: point_in_time(text).isoformat()),
            "period_months": 0,
            "category": TOTAL,
            "value": whole_numbers(typed["value"], where="figures-from-text"),
        }
    )


def tidy_press(rows: pd.DataFrame) -> pd.DataFrame:
    """Return applications received up to a day that two news sites quote ("to 30 June 2020")."""
    typed = later_texts.sure(rows, measure=PRESS_MEASURE, expected=PRESS_FIGURES)
    return pd.DataFrame(
        {
            "measure": MEASURES["applications received"],
            "area_code": typed["area_code"],
            "period_start": typed["period"].map(lambda text: _last_day(text).isoformat()),
            "period_months": 0,
            "category": TOTAL,
            "value": whole_numbers(typed["value"], where="figures-from-text-2"),
        }
    )


def _last_day(text: str) -> date:
    """Return the day written "to 30 June 2020" or "to 31 Jan 2020"."""
    for form in ("to %d %B %Y", "to %d %b %Y"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise ContractError(f"expected the last day of a running total such as 'to 30 June 2020'; came {text!r}")


names_stand_beside_their_codes = names_match_codes(
    codes="area_code",
    names="area",
    only=lambda rows: (rows["measure"] == PRESS_MEASURE) & (rows["area"] != "Wales"),
)


def outcomes_fit(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the outcomes printed beside a figure pass it, or, "other" among them, do not add to it."""
    for _, row in rows[rows["measure"].str.startswith("EUSS concluded")].iterrows():
        outcomes = sum(int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", row["measure"]))
        total = int(row["value"])
        if outcomes > total or ("other" in row["measure"] and outcomes != total):
            raise ContractError(f"{row['area']}: expected outcomes that fit {total:,}; came {outcomes:,}")


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="eu_settlement_scheme",
        material=migration_text.MATERIAL,
        read=migration_text.read,
        tidy=tidy,
        checks=(outcomes_fit,),
        origin=ORIGINS["eu_settlement_scheme"],
    ),
    Dataset(
        name="eu_settlement_scheme_press",
        material=later_texts.MATERIAL,
        read=later_texts.read,
        tidy=tidy_press,
        checks=(names_stand_beside_their_codes,),
        origin=ORIGINS["eu_settlement_scheme_press"],
    ),
)
