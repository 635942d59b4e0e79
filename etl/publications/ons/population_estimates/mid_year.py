"""ONS mid-year population estimates: the denominators of every rate.

The awkward fact: no one public copy holds the whole rebased series. The Welsh years 2005 to 2023 are
rounded to ten people, as an emissions table carries them; mid-2024 comes exact, from the ONS for
England and Wales and from a Home Office table for Scotland and Northern Ireland.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cohesion.vocabulary import ENGLAND, ENGLAND_AND_WALES, NORTHERN_IRELAND, SCOTLAND, TOTAL, WALES
from etl.contract import ContractError, Problem
from etl.geo.geography import (
    RECODED,
    in_nations,
    load_areas,
    match_authority_code,
    refuse_codes_beside_other_names,
    whole_of,
)
from etl.pipeline.checks import names_match_codes
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import every_edition, origins
from etl.reading.numbers import whole_numbers
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

WALES_COLUMNS = ("areacd", "areanm", "year", "population_thousands_2dp")
EXACT_YEAR = "2024"  # this year comes exact from the other two tables
WALES_YEARS = tuple(str(year) for year in range(2005, 2025))
ENGLAND_WALES_COLUMNS = ("Code", "Name", "Geography", "All ages")
AUTHORITY_KINDS = ("Unitary Authority", "Metropolitan District", "Non-metropolitan District", "London Borough")
WIDER_KINDS = ("Country", "Region", "County", "Metropolitan County")
REG02_COLUMNS = ("areacd", "population")


def read_wales(path: Path) -> pd.DataFrame:
    """Return one row for each Welsh authority and year, population in thousands with two decimals."""
    return read_text_csv(path, columns=WALES_COLUMNS)


def tidy_wales(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `population` of the Welsh authorities up to 2023 in people ("69.09" thousand -> 69090)."""
    estimates = rows[rows["year"] != EXACT_YEAR]
    return _population(codes=estimates["areacd"], years=estimates["year"], people=people_of_thousands(estimates))


def people_of_thousands(rows: pd.DataFrame) -> pd.Series:
    """Return people for thousands written with exactly two decimals, counted in tens so that no float rounds them."""
    column = "population_thousands_2dp"
    bad = rows[~rows[column].fillna("").str.fullmatch(r"\d+\.\d{2}")]
    if not bad.empty:
        raise ContractError(
            Problem(file="Wales", row=int(str(row)) + 2, expected=f"{column} with two decimals", came=repr(value))
            for row, value in bad[column].items()
        )
    return rows[column].str.replace(".", "", regex=False).astype("int64") * 10


def read_england_wales(path: Path) -> pd.DataFrame:
    """Return the rows of every area, countries and regions included; ages other than "All ages" stay unread."""
    cells = read_text_csv(path, columns=ENGLAND_WALES_COLUMNS)
    return cells[list(ENGLAND_WALES_COLUMNS)]


def tidy_england_wales(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `population` of the authorities of England and Wales at mid-2024."""
    strange = rows[~rows["Geography"].isin([*AUTHORITY_KINDS, *WIDER_KINDS])]
    if not strange.empty:
        came = listed(strange.fillna("").agg("/".join, axis=1))
        raise ContractError([Problem(file="mid-2024", expected="a known kind of Geography in every row", came=came)])
    estimates = rows[rows["Geography"].isin(AUTHORITY_KINDS)]
    return _population(
        codes=estimates["Code"], years=EXACT_YEAR, people=whole_numbers(estimates["All ages"], where="mid-2024")
    )


def read_reg02(path: Path) -> pd.DataFrame:
    """Return one row for each authority of the United Kingdom."""
    return read_text_csv(path, columns=REG02_COLUMNS)


def tidy_scotland_ni(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `population` of the authorities of Scotland and Northern Ireland; the others come from the ONS table."""
    match_authority_code(rows["areacd"], areas=load_areas())
    estimates = rows[rows["areacd"].str[0].isin(["S", "N"])]
    return _population(
        codes=estimates["areacd"], years=EXACT_YEAR, people=whole_numbers(estimates["population"], where="Reg_02")
    )


def _population(*, codes: pd.Series, years: pd.Series | str, people: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": "population",
            "area_code": match_authority_code(codes.replace(dict(RECODED)), areas=load_areas()),
            "period_start": years + "-06-30",
            "period_months": 0,
            "category": TOTAL,
            "value": people,
        }
    )


def every_welsh_year_is_there(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when an authority lacks a year, has one twice, or is filed under another's code."""
    expected = len(WALES_YEARS) * 22
    pairs = rows[["areacd", "year"]].drop_duplicates()
    if len(rows) != expected or len(pairs) != expected or set(rows["year"]) != set(WALES_YEARS):
        raise ContractError(
            f"expected 22 authorities x {len(WALES_YEARS)} years; came {len(pairs)} pairs in {len(rows)} rows"
        )
    if len(figures) != expected - 22:
        raise ContractError(f"expected {expected - 22} figures up to 2023; came {len(figures)}")
    refuse_codes_beside_other_names(codes=rows["areacd"], names=rows["areanm"])


def authorities_add_to_countries(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the authorities do not add to England, Wales and both as published."""
    published = whole_numbers(
        rows.set_index("Code")["All ages"].loc[list(_PARTS)].reset_index(drop=True), where="mid-2024"
    )
    for code, total in zip(_PARTS, published, strict=True):
        added = figures.loc[in_nations(figures["area_code"], _PARTS[code]), "value"].sum()
        if added != total:
            raise ContractError(f"{code}: expected authorities that add to {total:,}; came {added:,}")


_PARTS = {ENGLAND_AND_WALES: (ENGLAND, WALES), ENGLAND: (ENGLAND,), WALES: (WALES,)}


def every_authority_once(_rows: pd.DataFrame, figures: pd.DataFrame, *, nations: tuple[str, ...]) -> None:
    """Raise when an authority of mid-2024 is missing or comes twice."""
    expected = whole_of(nations, figures["area_code"], kind="local_authority", day="2024-06-30")
    if sorted(figures["area_code"]) != sorted(expected):
        different = listed(sorted(expected ^ set(figures["area_code"])))
        raise ContractError(
            f"mid-2024: expected each of {len(expected)} authorities once; came {len(figures)} rows, differing in {different}"
        )


names_stand_beside_their_codes = names_match_codes(
    codes="Code", names="Name", only=lambda rows: rows["Geography"].isin(AUTHORITY_KINDS)
)


def _england_wales_complete(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise unless all 318 authorities of England and Wales are there."""
    every_authority_once(rows, figures, nations=(ENGLAND, WALES))


def _scotland_ni_complete(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise unless all 43 authorities of Scotland and Northern Ireland are there."""
    every_authority_once(rows, figures, nations=(SCOTLAND, NORTHERN_IRELAND))


ORIGINS = origins(__file__)
EVERY_EDITION = every_edition(__file__)
DATASETS = (
    Dataset(
        name="population_mid_year_wales",
        material="migration/population-mid-year-wales-la-2005-2024-rebased.csv",
        read=read_wales,
        tidy=tidy_wales,
        checks=(every_welsh_year_is_there,),
        origin=ORIGINS["population_mid_year_wales"],
        every_edition=EVERY_EDITION["population_mid_year_wales"],
    ),
    Dataset(
        name="population_mid_year_2024",
        material="migration/mye24tablesew.csv",
        read=read_england_wales,
        tidy=tidy_england_wales,
        checks=(_england_wales_complete, authorities_add_to_countries, names_stand_beside_their_codes),
        origin=ORIGINS["population_mid_year_2024"],
    ),
    Dataset(
        name="population_mid_year_2024_scotland_ni",
        material="migration/population-mid-2024-uk-la-from-reg02.csv",
        read=read_reg02,
        tidy=tidy_scotland_ni,
        checks=(_scotland_ni_complete,),
        origin=ORIGINS["population_mid_year_2024_scotland_ni"],
    ),
)
