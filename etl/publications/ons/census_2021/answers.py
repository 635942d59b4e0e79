"""Census 2021 answers that one wide file carries for every authority, for Wales, England and both together.

The awkward fact: the file was made for a quiz, its headings are loose, and its `marital_*` columns are mixed up. So
only what no better table gives is read from it, each column named here, and the others stay unread.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import ENGLAND, ENGLAND_AND_WALES, TOTAL, WALES
from etl.contract import ContractError
from etl.geo.geography import is_welsh, load_areas, match_authority_code
from etl.pipeline.checks import differences
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.ons.census_2021.country_of_birth import (
    added,
    children_add_to_their_parent,
    one_column_each,
)
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

COUNTRIES = (ENGLAND_AND_WALES, ENGLAND, WALES)
AREAS = 22 + len(COUNTRIES)
AGREES_WITHIN = 20  # people: 22 perturbed figures against one
BORN: Mapping[str, str] = {"born_UK_total": "uk", "born_outside_UK_total": "outside_uk"}
# Passports that the authorities' own table (TS005) counts only within a part of the world.
PASSPORTS: Mapping[str, str] = {
    f"passport_country_{name}_total": name.lower() for name in ("India", "Pakistan", "Nigeria", "USA")
}


def read_answers(path: Path, *, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the wanted columns for every area of the file, those of England included."""
    cells = read_text_csv(path, columns=("code", "name", *columns))
    return cells[["code", "name", *columns]]


def tidy_counts(rows: pd.DataFrame, *, measure: str, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return people of the Welsh authorities and of the countries."""
    figures = ours(rows)
    return one_column_each(figures, measure=measure, areas=_codes(figures), columns=columns)


def tidy_born(rows: pd.DataFrame) -> pd.DataFrame:
    """Return people born in the UK and outside it, and everyone as their sum: the file's population is another table's."""
    figures = tidy_counts(rows, measure="census_born_outside_uk", columns=BORN)
    return pd.concat([figures, added(figures, category=TOTAL)], ignore_index=True)


def ours(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of Welsh authorities and of the countries."""
    return rows[is_welsh(rows["code"], "local_authority") | rows["code"].isin(COUNTRIES)]


def _codes(rows: pd.DataFrame) -> pd.Series:
    match_authority_code(rows.loc[~rows["code"].isin(COUNTRIES), "code"], areas=load_areas())
    return rows["code"]


def every_area_is_there(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise unless 22 Welsh authorities and three countries have every category."""
    sizes = figures.groupby("area_code")["category"].nunique()
    if len(sizes) != AREAS or sizes.nunique() != 1 or len(figures) != AREAS * sizes.iloc[0]:
        raise ContractError(f"expected {AREAS} areas with every category; came {listed(sizes.to_dict())}")


def authorities_add_to_wales(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a category of the authorities is more than twenty people from that of Wales: perturbation explains fewer."""
    authorities = figures[is_welsh(figures["area_code"], "local_authority")].groupby("category")["value"].sum()
    wales = figures[figures["area_code"] == WALES].set_index("category")["value"]
    if off := differences(authorities, wales, within=AGREES_WITHIN):
        raise ContractError(f"expected authorities that add to Wales; came differences {listed(off)}")


_FILE = "census-2021/census-quiz-data-2021-v9.csv"
_COUNT_CHECKS = (every_area_is_there, authorities_add_to_wales)

ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="census_born_outside_uk",
        material=_FILE,
        read=partial(read_answers, columns=BORN),
        tidy=tidy_born,
        checks=(*_COUNT_CHECKS, children_add_to_their_parent),
        origin=ORIGINS["census_born_outside_uk"],
    ),
    Dataset(
        name="census_passports_countries",
        material=_FILE,
        read=partial(read_answers, columns=PASSPORTS),
        tidy=partial(tidy_counts, measure="census_passports", columns=PASSPORTS),
        checks=_COUNT_CHECKS,
        origin=ORIGINS["census_passports_countries"],
    ),
)
