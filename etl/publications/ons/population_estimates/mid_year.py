"""ONS mid-year population estimates: the denominators of every rate.

The awkward fact: no one public copy holds the whole rebased series. The Welsh years 2005 to 2023 are
rounded to ten people, as an emissions table carries them; mid-2024 comes exact, from the ONS for
England and Wales and from a Home Office table for Scotland and Northern Ireland.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.contract import TOTAL, ContractError, Problem
from etl.geo.geography import (
    RECODED,
    load_areas,
    match_authority_code,
    refuse_codes_beside_other_names,
    whole_of,
)
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import OGL, Origin
from etl.reading.numbers import whole_numbers
from etl.reading.text_files import read_text_csv, require_columns
from etl.reading.wording import listed

WALES_COLUMNS = ("areacd", "areanm", "year", "population_thousands_2dp")
EXACT_YEAR = "2024"  # this year comes exact from the other two tables
WALES_YEARS = tuple(str(year) for year in range(2005, 2025))
ENGLAND_WALES_COLUMNS = ("Code", "Name", "Geography", "All ages")
AUTHORITY_KINDS = ("Unitary Authority", "Metropolitan District", "Non-metropolitan District", "London Borough")
WIDER_KINDS = ("Country", "Region", "County", "Metropolitan County")
ENGLAND_AND_WALES = "K04000001"
REG02_COLUMNS = ("areacd", "population")


def read_wales(path: Path) -> pd.DataFrame:
    """Return one row for each Welsh authority and year, population in thousands with two decimals."""
    return require_columns(read_text_csv(path), columns=WALES_COLUMNS, where=path.name)


def tidy_wales(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `population` of the Welsh authorities up to 2023 in people ("69.09" thousand -> 69090)."""
    kept = rows[rows["year"] != EXACT_YEAR]
    return _population(codes=kept["areacd"], years=kept["year"], people=people_of_thousands(kept))


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
    cells = require_columns(read_text_csv(path), columns=ENGLAND_WALES_COLUMNS, where=path.name)
    return cells[list(ENGLAND_WALES_COLUMNS)]


def tidy_england_wales(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `population` of the authorities of England and Wales at mid-2024."""
    strange = rows[~rows["Geography"].isin([*AUTHORITY_KINDS, *WIDER_KINDS])]
    if not strange.empty:
        came = listed(strange.fillna("").agg("/".join, axis=1))
        raise ContractError([Problem(file="mid-2024", expected="a known kind of Geography in every row", came=came)])
    kept = rows[rows["Geography"].isin(AUTHORITY_KINDS)]
    return _population(codes=kept["Code"], years=EXACT_YEAR, people=whole_numbers(kept["All ages"], where="mid-2024"))


def read_reg02(path: Path) -> pd.DataFrame:
    """Return one row for each authority of the United Kingdom."""
    return require_columns(read_text_csv(path), columns=REG02_COLUMNS, where=path.name)


def tidy_scotland_ni(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `population` of the authorities of Scotland and Northern Ireland; the others come from the ONS table."""
    match_authority_code(rows["areacd"], areas=load_areas())
    kept = rows[rows["areacd"].str[0].isin(["S", "N"])]
    return _population(codes=kept["areacd"], years=EXACT_YEAR, people=whole_numbers(kept["population"], where="Reg_02"))


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


def every_welsh_year_is_there(rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when an authority lacks a year, has one twice, or is filed under another's code."""
    expected = len(WALES_YEARS) * 22
    pairs = rows[["areacd", "year"]].drop_duplicates()
    if len(rows) != expected or len(pairs) != expected or set(rows["year"]) != set(WALES_YEARS):
        raise ContractError(
            f"expected 22 authorities x {len(WALES_YEARS)} years; came {len(pairs)} pairs in {len(rows)} rows"
        )
    if len(made) != expected - 22:
        raise ContractError(f"expected {expected - 22} figures up to 2023; came {len(made)}")
    refuse_codes_beside_other_names(codes=rows["areacd"], names=rows["areanm"])


def authorities_add_to_countries(rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when the authorities do not add to England, Wales and both as published."""
    published = whole_numbers(
        rows.set_index("Code")["All ages"].loc[list(_PARTS)].reset_index(drop=True), where="mid-2024"
    )
    for code, total in zip(_PARTS, published, strict=True):
        added = made.loc[made["area_code"].str.startswith(_PARTS[code]), "value"].sum()
        if added != total:
            raise ContractError(f"{code}: expected authorities that add to {total:,}; came {added:,}")


_PARTS = {ENGLAND_AND_WALES: ("E", "W"), "E92000001": ("E",), "W92000004": ("W",)}


def every_authority_once(_rows: pd.DataFrame, made: pd.DataFrame, *, nations: str) -> None:
    """Raise when an authority of mid-2024 is missing or comes twice."""
    expected = whole_of(nations, made["area_code"], kind="local_authority", day="2024-06-30")
    if sorted(made["area_code"]) != sorted(expected):
        different = listed(sorted(expected ^ set(made["area_code"])))
        raise ContractError(
            f"mid-2024: expected each of {len(expected)} authorities once; came {len(made)} rows, differing in {different}"
        )


def names_stand_beside_their_codes(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when a row's code and name are of two places: the sign of a slipped column."""
    kept = rows[rows["Geography"].isin(AUTHORITY_KINDS)]
    refuse_codes_beside_other_names(codes=kept["Code"].replace(dict(RECODED)), names=kept["Name"])


def _england_wales_complete(rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise unless all 318 authorities of England and Wales are there."""
    every_authority_once(rows, made, nations="EW")


def _scotland_ni_complete(rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise unless all 43 authorities of Scotland and Northern Ireland are there."""
    every_authority_once(rows, made, nations="SN")


_ONS = {"publisher_en": "Office for National Statistics", "publisher_cy": "Y Swyddfa Ystadegau Gwladol"}
_COUNTS = {
    "counts_en": "People who usually live in the area, on 30 June.",
    "counts_cy": "Pobl sy'n byw fel arfer yn yr ardal, ar 30 Mehefin.",
}

DATASETS = (
    Dataset(
        name="population_mid_year_wales",
        material="migration/population-mid-year-wales-la-2005-2024-rebased.csv",
        read=read_wales,
        tidy=tidy_wales,
        checks=(every_welsh_year_is_there,),
        origin=Origin(
            line="mid_year_rebased",
            **_ONS,
            **_COUNTS,
            title_en="Mid-year population estimates, rebased to Census 2021, as carried in the emissions table for local authorities",
            title_cy="Amcangyfrifon poblogaeth canol blwyddyn, wedi'u hailseilio ar Gyfrifiad 2021, fel y'u ceir yn y tabl allyriadau awdurdodau lleol",
            edition="July 2025, after the rebasing of 23 November 2023",
            edition_cy="Gorffennaf 2025, ar ôl ailseilio 23 Tachwedd 2023",
            released="2025-07",
            url="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates/datasets/estimatesofthepopulationforenglandandwales",
            licence=OGL,
            grade="T",
            status="accredited",
            coverage_en="22 Welsh local authorities, mid-2005 to mid-2023, to the nearest ten people.",
            coverage_cy="22 awdurdod lleol yng Nghymru, canol 2005 i ganol 2023, i'r deg o bobl agosaf.",
            caution_en=(
                "Rounded to ten people. The years 2012 to 2020 were revised after Census 2021 and cannot be used "
                "with the older components of change."
            ),
            caution_cy=(
                "Wedi'i dalgrynnu i ddeg o bobl. Diwygiwyd y blynyddoedd 2012 i 2020 ar ôl Cyfrifiad 2021 ac ni ellir "
                "eu defnyddio gyda'r cydrannau newid hŷn."
            ),
            checked_en="154 values of 2005 to 2011 equal the ONS; 22 values of 2024 equal the ONS's exact figures when rounded.",
            checked_cy="154 o werthoedd 2005 i 2011 yr un fath â rhai'r Swyddfa Ystadegau Gwladol; 22 o werthoedd 2024 yr un fath â'i hunion ffigurau o'u talgrynnu.",
        ),
    ),
    Dataset(
        name="population_mid_year_2024",
        material="migration/mye24tablesew.csv",
        read=read_england_wales,
        tidy=tidy_england_wales,
        checks=(_england_wales_complete, authorities_add_to_countries, names_stand_beside_their_codes),
        origin=Origin(
            line="mid_year_rebased",
            **_ONS,
            **_COUNTS,
            title_en="Estimates of the population for England and Wales: mid-2024",
            title_cy="Amcangyfrifon o'r boblogaeth ar gyfer Cymru a Lloegr: canol 2024",
            edition="Mid-2024, edition of July 2025 (mye24tablesew)",
            edition_cy="Canol 2024, argraffiad Gorffennaf 2025 (mye24tablesew)",
            released="2025-07",
            url="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates/datasets/estimatesofthepopulationforenglandandwales",
            licence=OGL,
            grade="B",
            status="accredited",
            coverage_en="318 local authorities of England and Wales, mid-2024. Barnsley and Sheffield under their codes of 2025.",
            coverage_cy="318 awdurdod lleol yng Nghymru a Lloegr, canol 2024. Barnsley a Sheffield o dan eu codau ers 2025.",
            caution_en="Revised by the release of 29 July 2026, which is not held for mid-2024.",
            caution_cy="Diwygiwyd gan gyhoeddiad 29 Gorffennaf 2026, nad yw gennym ar gyfer canol 2024.",
            checked_en="Authorities add to England, to Wales and to both as published; equals the Home Office's population column.",
            checked_cy="Mae'r awdurdodau'n adio i Loegr, i Gymru ac i'r ddwy fel y'u cyhoeddwyd; yr un fath â cholofn poblogaeth y Swyddfa Gartref.",
        ),
    ),
    Dataset(
        name="population_mid_year_2024_scotland_ni",
        material="migration/population-mid-2024-uk-la-from-reg02.csv",
        read=read_reg02,
        tidy=tidy_scotland_ni,
        checks=(_scotland_ni_complete,),
        origin=Origin(
            line="mid_year_rebased",
            publisher_en="National Records of Scotland and the Northern Ireland Statistics and Research Agency, by way of the Home Office",
            publisher_cy="Cofnodion Cenedlaethol yr Alban ac Asiantaeth Ystadegau ac Ymchwil Gogledd Iwerddon, drwy'r Swyddfa Gartref",
            **_COUNTS,
            title_en="Mid-2024 population, as carried in Regional and local authority data on immigration groups, Reg_02",
            title_cy="Poblogaeth canol 2024, fel y'i ceir yn Data rhanbarthol ac awdurdodau lleol ar grwpiau mewnfudo, Reg_02",
            edition="Mid-2024, in Reg_02 as at 31 December 2025",
            edition_cy="Canol 2024, yn Reg_02 ar 31 Rhagfyr 2025",
            released="2026-02",
            url="https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-regional-and-local-authority-data",
            licence=OGL,
            grade="C",
            status="accredited",
            coverage_en="32 council areas of Scotland and 11 districts of Northern Ireland, mid-2024.",
            coverage_cy="32 o ardaloedd cyngor yr Alban ac 11 o ddosbarthau Gogledd Iwerddon, canol 2024.",
            caution_en="Read from a Home Office table, not from the statistics offices' own. A later edition may revise these estimates.",
            caution_cy="Wedi'i ddarllen o dabl y Swyddfa Gartref, nid o rai'r swyddfeydd ystadegau eu hunain. Gall argraffiad diweddarach ddiwygio'r amcangyfrifon hyn.",
            checked_en="The same column equals the ONS exactly for all 318 authorities of England and Wales.",
            checked_cy="Mae'r un golofn yn union yr un fath â ffigurau'r Swyddfa Ystadegau Gwladol ar gyfer pob un o'r 318 awdurdod yng Nghymru a Lloegr.",
        ),
    ),
)
