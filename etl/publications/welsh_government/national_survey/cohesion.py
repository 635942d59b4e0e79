"""National Survey for Wales: community cohesion, safety after dark and volunteering, typed from two reports.

The awkward fact: the collection of facts holds other surveys, single months and cells that say a figure was NOT SEEN.
Only the named figures of whole financial years are taken, and a cell that was not seen stays out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import TOTAL, WALES
from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.reading.periods import financial_year_start
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

COLUMNS = ("topic", "area", "period", "measure", "value")
NOT_SEEN = r"NOT (SEEN|IN RETRIEVED TEXT).*"
Fact = tuple[str, str, str]  # topic, financial year and the words of the fact, as they stand

FACTS_2022: Mapping[Fact, str] = {
    (
        "community cohesion",
        "2018-19",
        "% adults agreeing all three statements (belong to local area; different backgrounds get on well; treat each other with respect)",
    ): "community_cohesion_agree_share",
    ("community cohesion", "2021-22", "same"): "community_cohesion_agree_share",
    ("feeling safe after dark", "2018-19", "% safe in all four situations"): "safe_after_dark_share",
    ("feeling safe after dark", "2021-22", "% safe in different situations"): "safe_after_dark_share",
}
FACTS_2025: Mapping[Fact, str] = {
    ("feeling safe after dark", "2024-25", "% safe after dark"): "safe_after_dark_share",
    ("volunteering", "2024-25", "% volunteering"): "volunteering_share",
}
# The report says this one fell, without the figure: when it is filled in, it belongs in FACTS_2025.
AWAITED: Fact = ("community cohesion", "2024-25", "same")


def read(path: Path) -> pd.DataFrame:
    """Return every fact as text, whatever survey it is of."""
    return read_text_csv(path, columns=COLUMNS)


def tidy(rows: pd.DataFrame, *, facts: Mapping[Fact, str]) -> pd.DataFrame:
    """Return the named percentages of adults in Wales by financial year; raise when a cell is not a plain percentage."""
    row_facts = _facts(rows)
    figures = rows[row_facts.isin(list(facts)) & (rows["area"] == "Wales")]
    bad = figures[~figures["value"].str.fullmatch(r"\d{1,2}|100")]
    if not bad.empty:
        came = bad[["topic", "period", "value"]].to_numpy().tolist()
        raise ContractError(f"National Survey: expected a whole percentage from 0 to 100; came {listed(came)}")
    return pd.DataFrame(
        {
            "measure": row_facts[figures.index].map(dict(facts)),
            "area_code": WALES,
            "period_start": figures["period"].map(lambda year: financial_year_start(year).isoformat()),
            "period_months": 12,
            "category": TOTAL,
            "value": figures["value"].astype("int64"),
        }
    )


def _facts(rows: pd.DataFrame) -> pd.Series:
    return rows[["topic", "period", "measure"]].apply(tuple, axis=1)


def every_fact_once(_rows: pd.DataFrame, figures: pd.DataFrame, *, facts: Mapping[Fact, str]) -> None:
    """Raise when a named fact is missing or repeated."""
    expected = sorted((measure, financial_year_start(year).isoformat()) for (_, year, _), measure in facts.items())
    came = sorted(zip(figures["measure"], figures["period_start"], strict=True))
    if came != expected:
        raise ContractError(f"expected {listed(expected)} once each; came {listed(came)}")


def awaited_fact_is_not_seen(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the awaited figure has come: it must then be declared, not passed over."""
    awaited = rows.loc[_facts(rows) == AWAITED, "value"]
    if len(awaited) != 1 or not awaited.str.fullmatch(NOT_SEEN).all():
        raise ContractError(f"expected community cohesion of 2024-25 not to be seen yet; came {listed(list(awaited))}")


_MATERIAL = "context/wales-context-facts.csv"

ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="national_survey_cohesion",
        material=_MATERIAL,
        read=read,
        tidy=partial(tidy, facts=FACTS_2022),
        checks=(partial(every_fact_once, facts=FACTS_2022), awaited_fact_is_not_seen),
        origin=ORIGINS["national_survey_cohesion"],
    ),
    Dataset(
        name="national_survey_cohesion_2025",
        material=_MATERIAL,
        read=read,
        tidy=partial(tidy, facts=FACTS_2025),
        checks=(partial(every_fact_once, facts=FACTS_2025), awaited_fact_is_not_seen),
        origin=ORIGINS["national_survey_cohesion_2025"],
    ),
)
