"""National Survey for Wales: community cohesion, safety after dark and volunteering, typed from two reports.

The awkward fact: the collection of facts holds other surveys, single months and cells that say a figure was NOT SEEN.
Only the named figures of whole financial years are taken, and a cell that was not seen stays out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import OGL, Origin
from etl.reading.periods import financial_year_start
from etl.reading.text_files import read_text_csv, require_columns
from etl.reading.wording import listed

COLUMNS = ("topic", "area", "period", "measure", "value")
WALES = "W92000004"
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
    return require_columns(read_text_csv(path), columns=COLUMNS, where=path.name)


def tidy(rows: pd.DataFrame, *, facts: Mapping[Fact, str]) -> pd.DataFrame:
    """Return the named percentages of adults in Wales by financial year; raise when a cell is not a plain percentage."""
    found = _facts(rows)
    kept = rows[found.isin(list(facts)) & (rows["area"] == "Wales")]
    bad = kept[~kept["value"].str.fullmatch(r"\d{1,2}|100")]
    if not bad.empty:
        came = bad[["topic", "period", "value"]].to_numpy().tolist()
        raise ContractError(f"National Survey: expected a whole percentage from 0 to 100; came {listed(came)}")
    return pd.DataFrame(
        {
            "measure": found[kept.index].map(dict(facts)),
            "area_code": WALES,
            "period_start": kept["period"].map(lambda year: financial_year_start(year).isoformat()),
            "period_months": 12,
            "category": TOTAL,
            "value": kept["value"].astype("int64"),
        }
    )


def _facts(rows: pd.DataFrame) -> pd.Series:
    return rows[["topic", "period", "measure"]].apply(tuple, axis=1)


def every_fact_once(_rows: pd.DataFrame, made: pd.DataFrame, *, facts: Mapping[Fact, str]) -> None:
    """Raise when a named fact is missing or repeated."""
    wanted = sorted((measure, financial_year_start(year).isoformat()) for (_, year, _), measure in facts.items())
    came = sorted(zip(made["measure"], made["period_start"], strict=True))
    if came != wanted:
        raise ContractError(f"expected {listed(wanted)} once each; came {listed(came)}")


def awaited_fact_is_not_seen(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when the awaited figure has come: it must then be declared, not passed over."""
    awaited = rows.loc[_facts(rows) == AWAITED, "value"]
    if len(awaited) != 1 or not awaited.str.fullmatch(NOT_SEEN).all():
        raise ContractError(f"expected community cohesion of 2024-25 not to be seen yet; came {listed(list(awaited))}")


_WELSH_GOVERNMENT = {
    "publisher_en": "Welsh Government",
    "publisher_cy": "Llywodraeth Cymru",
    "licence": OGL,
    "grade": "T",
    "status": "published_text",
    "counts_en": "Adults (16 and over) in Wales who agree or take part, as a percentage, in the National Survey for Wales.",
    "counts_cy": "Oedolion (16 oed a hŷn) yng Nghymru sy'n cytuno neu'n cymryd rhan, fel canran, yn Arolwg Cenedlaethol Cymru.",
    "caution_en": (
        "A sample survey of Wales: it says nothing of one area. Interviews went from face to face to telephone in 2020, and "
        "the publisher asks for care in comparing across that."
    ),
    "caution_cy": (
        "Arolwg sampl o Gymru: nid yw'n dweud dim am un ardal. Aeth y cyfweliadau o rai wyneb yn wyneb i rai dros y ffôn yn "
        "2020, ac mae'r cyhoeddwr yn gofyn am ofal wrth gymharu ar draws hynny."
    ),
}
_MATERIAL = "context/wales-context-facts.csv"

DATASETS = (
    Dataset(
        name="national_survey_cohesion",
        material=_MATERIAL,
        read=read,
        tidy=partial(tidy, facts=FACTS_2022),
        checks=(partial(every_fact_once, facts=FACTS_2022), awaited_fact_is_not_seen),
        origin=Origin(
            **_WELSH_GOVERNMENT,
            title_en="Wellbeing of Wales 2022: a Wales of cohesive communities (National Survey for Wales)",
            title_cy="Llesiant Cymru 2022: Cymru o gymunedau cydlynus (Arolwg Cenedlaethol Cymru)",
            edition="2022",
            edition_cy="2022",
            released="2022-09-29",
            url="https://www.gov.wales/wellbeing-wales-2022-wales-cohesive-communities-html",
            coverage_en="Wales, April 2018 to March 2019 and April 2021 to March 2022.",
            coverage_cy="Cymru, Ebrill 2018 i Fawrth 2019 ac Ebrill 2021 i Fawrth 2022.",
            checked_en="Typed from the report's text; the figures of 2018-19 equal the survey's own bulletin of November 2019.",
            checked_cy="Teipiwyd o destun yr adroddiad; mae ffigurau 2018-19 yr un fath â bwletin yr arolwg ei hun ym mis Tachwedd 2019.",
        ),
    ),
    Dataset(
        name="national_survey_cohesion_2025",
        material=_MATERIAL,
        read=read,
        tidy=partial(tidy, facts=FACTS_2025),
        checks=(partial(every_fact_once, facts=FACTS_2025), awaited_fact_is_not_seen),
        origin=Origin(
            **_WELSH_GOVERNMENT,
            title_en="Wellbeing of Wales 2025: a Wales of cohesive communities (National Survey for Wales)",
            title_cy="Llesiant Cymru 2025: Cymru o gymunedau cydlynus (Arolwg Cenedlaethol Cymru)",
            edition="2025",
            edition_cy="2025",
            released="2025",
            url="https://www.gov.wales/node/71029",
            coverage_en="Wales, April 2024 to March 2025. The report gives no figure for community cohesion.",
            coverage_cy="Cymru, Ebrill 2024 i Fawrth 2025. Nid yw'r adroddiad yn rhoi ffigur ar gyfer cydlyniant cymunedol.",
            checked_en="Typed from the report's text, and read against it a second time.",
            checked_cy="Teipiwyd o destun yr adroddiad, a'i wirio yn erbyn yr adroddiad yr eilwaith.",
        ),
    ),
)
