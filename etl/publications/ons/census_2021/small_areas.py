"""Census 2021 for the small areas of Cardiff and the Vale: MSOAs and LSOAs.

The awkward fact: the copy of TS021 for MSOAs splits Black people into "of African background" and "or
Caribbean background", and its split is not that of the authorities' table (10,642 African in its 63 areas;
10,870 in the two authorities). Together they agree, so only the whole group is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import TOTAL
from etl.contract import ContractError
from etl.geo.small_areas import load_small_areas, match_small_area
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.ons.census_2021.country_of_birth import (
    ENGLISH,
    MIGRANT,
    children_add_to_their_parent,
    counted,
    english,
    named,
    on_census_day,
    one_column_each,
)
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

ETHNIC_GROUPS: Mapping[str, str] = {
    "White": "white",
    "Mixed or Multiple ethnic groups": "mixed",
    "Asian, Asian British or Asian Welsh": "asian",
    "Black, Black British, Black Welsh of African background": "black",
    "Black, Black British, Black Welsh or Caribbean background": "black",
    "Other ethnic group": "other",
}
RELIGIONS: Mapping[str, str] = {
    "No religion": "no_religion",
    "Christian": "christian",
    "Buddhist": "buddhist",
    "Hindu": "hindu",
    "Jewish": "jewish",
    "Muslim": "muslim",
    "Sikh": "sikh",
    "Other religion": "other",
    "Not answered": "not_answered",
}
DISABILITY: Mapping[str, str] = {
    "Disabled under the Equality Act": "disabled",
    "Not disabled under the Equality Act": "not_disabled",
}


def read_columns(path: Path, *, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return a table's cells as text when it has these columns."""
    return read_text_csv(path, columns=columns)


def tidy_long(rows: pd.DataFrame, *, measure: str, kind: str, words: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Return a table with one row for each area and category in `words`, and the total printed beside each row."""
    codes = match_small_area(rows[f"{kind}21_code"], kind=kind, small_areas=load_small_areas())
    category = named(rows[words], names=names, where=measure)
    figures = on_census_day(measure=measure, areas=codes, categories=category, values=counted(rows["n"], where=measure))
    totals = counted(rows["total_residents"], where=measure)
    total = on_census_day(measure=measure, areas=codes, categories=TOTAL, values=totals)
    merged = figures.groupby(list(figures.columns[:-1]), sort=False)["value"].sum().reset_index()  # both Black groups
    return pd.concat([merged, total.drop_duplicates()], ignore_index=True)


def tidy_migrant_indicator(rows: pd.DataFrame) -> pd.DataFrame:
    """Return people aged one and over in each MSOA by where they lived a year before."""
    codes = match_small_area(rows["msoa21_code"], kind="msoa", small_areas=load_small_areas())
    return one_column_each(rows, measure="census_migrant_indicator", areas=codes, columns=MIGRANT)


def tidy_english_proficiency(rows: pd.DataFrame) -> pd.DataFrame:
    """Return people aged three and over in each MSOA by main language and how well they speak English."""
    return english(rows, areas=match_small_area(rows["msoa21_code"], kind="msoa", small_areas=load_small_areas()))


def every_small_area_is_there(_rows: pd.DataFrame, figures: pd.DataFrame, *, kind: str) -> None:
    """Raise when a small area of the two authorities is missing or lacks a category."""
    areas = load_small_areas()
    expected = set(areas[(areas["kind"] == kind) & (areas["valid_to"] == "")]["code"])
    sizes = figures.groupby("area_code")["category"].nunique()
    short = sorted(expected - set(sizes[sizes == figures["category"].nunique()].index))
    if short or len(figures) != len(expected) * figures["category"].nunique():
        raise ContractError(
            f"expected every {kind} of small_areas.csv once with every category; came short: {listed(short)}"
        )


def areas_lie_in_their_authority(rows: pd.DataFrame, _figures: pd.DataFrame, *, kind: str) -> None:
    """Raise when a row's authority is not the one that its small area lies in."""
    within = load_small_areas().set_index("code")["within_code"]
    wrong = rows[rows[f"{kind}21_code"].map(within) != rows["ltla_code"]]
    if not wrong.empty:
        raise ContractError(
            f"expected small areas beside their authority; came {listed(wrong.iloc[:, :2].values.tolist())}"
        )


def no_person_dropped(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the categories as read and as made count different numbers of people."""
    before = counted(rows["n"], where="small areas").sum()
    after = figures[figures["category"] != TOTAL]["value"].sum()
    if before != after:
        raise ContractError(f"expected {before:,} people as read; came {after:,}")


_LONG = ("ltla_code", "n", "total_residents")
read_ethnic_group = partial(read_columns, columns=(*_LONG, "msoa21_code", "ethnic_group"))
read_religion = partial(read_columns, columns=(*_LONG, "lsoa21_code", "religion"))
read_disability = partial(read_columns, columns=(*_LONG, "lsoa21_code", "disability"))
read_migrant_indicator = partial(read_columns, columns=("ltla_code", "msoa21_code", *MIGRANT))
read_english_proficiency = partial(read_columns, columns=("ltla_code", "msoa21_code", *ENGLISH))
tidy_ethnic_group = partial(
    tidy_long, measure="census_ethnic_group", kind="msoa", words="ethnic_group", names=ETHNIC_GROUPS
)
tidy_religion = partial(tidy_long, measure="census_religion", kind="lsoa", words="religion", names=RELIGIONS)
tidy_disability = partial(tidy_long, measure="census_disability", kind="lsoa", words="disability", names=DISABILITY)

_MSOA_CHECKS = (
    partial(every_small_area_is_there, kind="msoa"),
    partial(areas_lie_in_their_authority, kind="msoa"),
    children_add_to_their_parent,
)
_LSOA_CHECKS = (
    partial(every_small_area_is_there, kind="lsoa"),
    partial(areas_lie_in_their_authority, kind="lsoa"),
    children_add_to_their_parent,
    no_person_dropped,
)

ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="census_ethnic_group_msoa",
        material="census-2021/ts021-ethnic-group-msoa21-cardiff-vale.csv",
        read=read_ethnic_group,
        tidy=tidy_ethnic_group,
        checks=(*_MSOA_CHECKS, no_person_dropped),
        origin=ORIGINS["census_ethnic_group_msoa"],
    ),
    Dataset(
        name="census_migrant_indicator_msoa",
        material="census-2021/ts019-migrant-indicator-msoa21-cardiff-vale.csv",
        read=read_migrant_indicator,
        tidy=tidy_migrant_indicator,
        checks=_MSOA_CHECKS,
        origin=ORIGINS["census_migrant_indicator_msoa"],
    ),
    Dataset(
        name="census_english_proficiency_msoa",
        material="census-2021/ts029-english-proficiency-msoa21-cardiff-vale.csv",
        read=read_english_proficiency,
        tidy=tidy_english_proficiency,
        checks=_MSOA_CHECKS,
        origin=ORIGINS["census_english_proficiency_msoa"],
    ),
    Dataset(
        name="census_religion_lsoa",
        material="census-2021/ts030-religion-lsoa21-cardiff-vale.csv",
        read=read_religion,
        tidy=tidy_religion,
        checks=_LSOA_CHECKS,
        origin=ORIGINS["census_religion_lsoa"],
    ),
    Dataset(
        name="census_disability_lsoa",
        material="census-2021/ts038-disability-lsoa21-cardiff-vale.csv",
        read=read_disability,
        tidy=tidy_disability,
        checks=_LSOA_CHECKS,
        origin=ORIGINS["census_disability_lsoa"],
    ),
)
