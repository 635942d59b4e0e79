"""Hate crime figures that stand only in published texts: older totals, outcomes, the survey, third-party referrals.

The awkward fact: an older figure stands as its text printed it, and the Home Office has revised most of them
since. So they are a measure of their own, never joined to `hate_crimes`, and each year is read alone.
Counts that a force gave out itself (Freedom of Information answers, debates) stay out: they count otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import ENGLAND_AND_WALES, TOTAL, WALES
from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.typed_from_texts.hate_crime import TEXT_FIGURES, certain, read_text_figures
from etl.reading.numbers import whole_numbers
from etl.reading.periods import financial_year_start
from etl.reading.wording import listed

FILE = "figures-from-text.csv"
AREAS: Mapping[str, str] = MappingProxyType(
    {"Wales (4 forces)": WALES, "Dyfed-Powys": "W15000004", "North Wales": "W15000001", "Gwent": "W15000002"}
)
STRANDS: Mapping[str, str] = MappingProxyType(
    {
        "all": TOTAL,
        "race": "race",
        "religion": "religion",
        "sexual orientation": "sexual_orientation",
        "disability": "disability",
        "transgender": "transgender",
    }
)
# Texts that quote the Home Office's own tables of their year; a press list of today's tables is in `hate_crimes`.
OLDER_TEXTS = ("local press from Home Office tables", "quoted by press/Senedd/Welsh Government")
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {"all hate crime": "all_hate_crime", "RRA offences, all forces": "rra_offences"}
)
SURVEY_PERIOD, SURVEY_START, SURVEY_MONTHS = "avg/yr, 2022/23-2024/25", "2022-04-01", 36
# Figures that the publisher's own table or a copy of it gives: they stand there (`hate_crime_past_editions`).
IN_A_TABLE = (("Wales (4 forces)", "2015/16"), ("Gwent", "2018/19"))
# Areas and financial years whose figures we expect; a total stands in each.
FIRST_PUBLISHED: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        WALES: (2013, 2014, 2016, 2018, 2021),
        "W15000004": (2021, 2022),
        "W15000001": (2021, 2022),
        "W15000002": (2012, 2014, 2019),
    }
)


def tidy_first_published(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_crimes_as_first_published` for Wales and three forces, by strand where the text gives it."""
    sure = certain(rows)
    typed = sure[
        (sure["measure"] == "police recorded hate crime") & sure["area"].isin(AREAS) & sure["basis"].isin(OLDER_TEXTS)
    ]
    in_a_table = pd.Series(list(zip(typed["area"], typed["period"], strict=True)), index=typed.index).isin(IN_A_TABLE)
    typed = typed[~in_a_table]
    return _table(
        typed,
        measure="hate_crimes_as_first_published",
        area_code=typed["area"].map(dict(AREAS)),
        category=_named(typed["strand"], names=STRANDS),
    )


def tidy_outcomes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_crime_charged_share` of England and Wales: per cent of offences charged or summonsed."""
    sure = certain(rows)
    typed = sure[sure["measure"] == "outcome charged/summonsed"]
    plain = typed.assign(value=typed["value"].str.replace(r"%$", "", regex=True))
    return _table(
        plain,
        measure="hate_crime_charged_share",
        area_code=ENGLAND_AND_WALES,
        category=_named(typed["strand"], names=OUTCOMES),
    )


def tidy_survey(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `survey_hate_crime_incidents`: incidents a year, on average over the three years of the estimate."""
    sure = certain(rows)
    typed = sure[(sure["measure"] == "CSEW hate crime incidents") & (sure["period"] == SURVEY_PERIOD)]
    return pd.DataFrame(
        {
            "measure": "survey_hate_crime_incidents",
            "area_code": ENGLAND_AND_WALES,
            "period_start": SURVEY_START,
            "period_months": SURVEY_MONTHS,
            "category": _named(typed["strand"], names={"all": TOTAL}),
            "value": whole_numbers(typed["value"], where=FILE),
        }
    )


def tidy_support_centre(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_support_centre_referrals` of Wales; the year before is known only from a change, so not held."""
    sure = certain(rows)
    typed = sure[(sure["measure"] == "third-party referrals") & (sure["area"] == "Wales")]
    named = _named(typed["strand"], names={"all": TOTAL})
    return _table(typed, measure="hate_support_centre_referrals", area_code=WALES, category=named)


def _named(words: pd.Series, *, names: Mapping[str, str]) -> pd.Series:
    unknown = sorted(set(words) - set(names))
    if unknown:
        raise ContractError(f"{FILE}: expected a strand of {', '.join(names)}; came {', '.join(map(repr, unknown))}")
    return words.map(dict(names))


def _table(rows: pd.DataFrame, *, measure: str, area_code: str | pd.Series, category: pd.Series) -> pd.DataFrame:
    """Return tidy rows of financial years; a value that is no whole number is refused with its row."""
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": area_code,
            "period_start": [financial_year_start(year).isoformat() for year in rows["period"]],
            "period_months": 12,
            "category": category,
            "value": whole_numbers(rows["value"], where=FILE),
        }
    )


def every_listed_year_once(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a listed year of an area lacks its total, another came, or a text gives one figure twice."""
    expected = sorted((area, f"{year}-04-01") for area, years in FIRST_PUBLISHED.items() for year in years)
    totals = figures[figures["category"] == TOTAL]
    came = sorted(zip(totals["area_code"], totals["period_start"], strict=True))
    twice = figures[figures.duplicated(["area_code", "period_start", "category"])]
    if came != expected or not twice.empty:
        off = sorted(set(expected) ^ set(came)) or twice[["area_code", "period_start", "category"]].to_numpy().tolist()
        raise ContractError(f"expected {len(expected)} totals, each figure once; not so for {listed(off)}")


def strands_are_within_total(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a strand is larger than the total of its area and year."""
    key = ["area_code", "period_start"]
    totals = figures[figures["category"] == TOTAL].set_index(key)["value"].rename("whole")
    off = figures.join(totals, on=key).query("value > whole")
    if not off.empty:
        raise ContractError(
            f"expected each strand within its total; came {listed(off[[*key, 'category']].to_numpy().tolist())}"
        )


def five_shares_within_a_hundred(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise unless the five shares came, each once and from 0 to 100."""
    once = not figures.duplicated(["period_start", "category"]).any()
    if len(figures) != 5 or not once or not figures["value"].between(0, 100).all():
        raise ContractError(f"expected five shares from 0 to 100, each once; came {listed(figures['value'].tolist())}")


def one_figure(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise unless exactly one figure came."""
    if len(figures) != 1:
        raise ContractError(f"expected one figure; came {len(figures)}")


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="hate_crimes_first_published",
        material=TEXT_FIGURES,
        read=read_text_figures,
        tidy=tidy_first_published,
        checks=(every_listed_year_once, strands_are_within_total),
        origin=ORIGINS["hate_crimes_first_published"],
    ),
    Dataset(
        name="hate_crime_outcomes",
        material=TEXT_FIGURES,
        read=read_text_figures,
        tidy=tidy_outcomes,
        checks=(five_shares_within_a_hundred,),
        origin=ORIGINS["hate_crime_outcomes"],
    ),
    Dataset(
        name="crime_survey_hate_crime",
        material=TEXT_FIGURES,
        read=read_text_figures,
        tidy=tidy_survey,
        checks=(one_figure,),
        origin=ORIGINS["crime_survey_hate_crime"],
    ),
    Dataset(
        name="hate_support_centre",
        material=TEXT_FIGURES,
        read=read_text_figures,
        tidy=tidy_support_centre,
        checks=(one_figure,),
        origin=ORIGINS["hate_support_centre"],
    ),
)
