"""Census 2021 answers that one wide file carries for every authority, for Wales, England and both together.

The awkward fact: the file was made for a quiz, its headings are loose, and its `marital_*` columns are mixed up. So
only what no better table gives is read from it, each column named here, and the others stay unread.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.geo.geography import load_areas, match_authority_code
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import Origin
from etl.publications.ons.census_2021.country_of_birth import (
    CENSUS,
    PANDEMIC,
    added,
    children_add_to_their_parent,
    one_column_each,
)
from etl.reading.text_files import read_text_csv, require_columns
from etl.reading.wording import listed

COUNTRIES = ("K04000001", "E92000001", "W92000004")
AREAS = 22 + len(COUNTRIES)
AGREES_WITHIN = 20  # people: 22 perturbed figures against one
BORN: Mapping[str, str] = {"born_UK_total": "uk", "born_outside_UK_total": "outside_uk"}
# Passports that the authorities' own table (TS005) counts only within a part of the world.
PASSPORTS: Mapping[str, str] = {
    f"passport_country_{name}_total": name.lower() for name in ("India", "Pakistan", "Nigeria", "USA")
}


def read_answers(path: Path, *, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the wanted columns for every area of the file, those of England included."""
    cells = require_columns(read_text_csv(path), columns=("code", "name", *columns), where=path.name)
    return cells[["code", "name", *columns]]


def tidy_counts(rows: pd.DataFrame, *, measure: str, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return people of the Welsh authorities and of the countries."""
    kept = wanted(rows)
    return one_column_each(kept, measure=measure, areas=_codes(kept), columns=columns)


def tidy_born(rows: pd.DataFrame) -> pd.DataFrame:
    """Return people born in the UK and outside it, and everyone as their sum: the file's population is another table's."""
    made = tidy_counts(rows, measure="census_born_outside_uk", columns=BORN)
    return pd.concat([made, added(made, category=TOTAL)], ignore_index=True)


def wanted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of Welsh authorities and of the countries."""
    return rows[rows["code"].str.startswith("W06") | rows["code"].isin(COUNTRIES)]


def _codes(rows: pd.DataFrame) -> pd.Series:
    match_authority_code(rows.loc[~rows["code"].isin(COUNTRIES), "code"], areas=load_areas())
    return rows["code"]


def every_area_is_there(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise unless 22 Welsh authorities and three countries have every category."""
    sizes = made.groupby("area_code")["category"].nunique()
    if len(sizes) != AREAS or sizes.nunique() != 1 or len(made) != AREAS * sizes.iloc[0]:
        raise ContractError(f"expected {AREAS} areas with every category; came {listed(sizes.to_dict())}")


def authorities_add_to_wales(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when a category of the authorities is more than twenty people from that of Wales: perturbation explains fewer."""
    authorities = made[made["area_code"].str.startswith("W06")].groupby("category")["value"].sum()
    wales = made[made["area_code"] == "W92000004"].set_index("category")["value"]
    off = (authorities - wales)[(authorities - wales).abs() > AGREES_WITHIN]
    if not off.empty:
        raise ContractError(f"expected authorities that add to Wales; came differences {listed(off.to_dict())}")


_FILE = "census-2021/census-quiz-data-2021-v9.csv"
_COVERAGE = {
    "coverage_en": "22 Welsh local authorities, Wales, England, and England and Wales, 21 March 2021.",
    "coverage_cy": "22 awdurdod lleol yng Nghymru, Cymru, Lloegr, a Chymru a Lloegr, 21 Mawrth 2021.",
}
_ADDS = {
    "checked_en": "Authorities add to the published figures of Wales, to within twenty people.",
    "checked_cy": "Mae'r awdurdodau'n adio i ffigurau cyhoeddedig Cymru, o fewn ugain o bobl.",
}
_COUNT_CHECKS = (every_area_is_there, authorities_add_to_wales)

DATASETS = (
    Dataset(
        name="census_born_outside_uk",
        material=_FILE,
        read=partial(read_answers, columns=BORN),
        tidy=tidy_born,
        checks=(*_COUNT_CHECKS, children_add_to_their_parent),
        origin=Origin(
            **CENSUS,
            **_COVERAGE,
            **PANDEMIC,
            title_en="Born in the UK or outside it: Census 2021, from table TS012",
            title_cy="Wedi'u geni yn y DU neu y tu allan iddi: Cyfrifiad 2021, o dabl TS012",
            released="2022-11-02",
            url="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/internationalmigration/bulletins/internationalmigrationenglandandwales/census2021",
            grade="B",
            status="accredited",
            counts_en="People who usually lived in the area on Census Day, by whether they were born in the UK.",
            counts_cy="Pobl a oedd yn byw fel arfer yn yr ardal ar Ddiwrnod y Cyfrifiad, yn ôl p'un a gawsant eu geni yn y DU ai peidio.",
            checked_en="Equal to table TS012 in every Welsh authority.",
            checked_cy="Yr un fath â thabl TS012 ym mhob awdurdod yng Nghymru.",
        ),
    ),
    Dataset(
        name="census_passports_countries",
        material=_FILE,
        read=partial(read_answers, columns=PASSPORTS),
        tidy=partial(tidy_counts, measure="census_passports", columns=PASSPORTS),
        checks=_COUNT_CHECKS,
        origin=Origin(
            **CENSUS,
            **_COVERAGE,
            **_ADDS,
            title_en="Passports of four countries: Census 2021",
            title_cy="Pasbortau pedair gwlad: Cyfrifiad 2021",
            released="2022-11-02",
            url="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/internationalmigration/bulletins/internationalmigrationenglandandwales/census2021",
            grade="B",
            status="accredited",
            counts_en="People who hold a passport of India, Pakistan, Nigeria or the United States, and none of the UK or Ireland.",
            counts_cy="Pobl sydd â phasbort India, Pacistan, Nigeria neu'r Unol Daleithiau, a dim un y DU nac Iwerddon.",
            caution_en="Four countries only, so these do not add up. A passport is not a measure of who has moved.",
            caution_cy="Pedair gwlad yn unig, felly nid ydynt yn adio i'r cyfanswm. Nid yw pasbort yn mesur pwy sydd wedi symud.",
        ),
    ),
)
