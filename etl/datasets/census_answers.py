"""Census 2021 answers that one wide file carries for every authority, for Wales, England and both together.

The awkward fact: the file was made for a quiz and its headings are loose. "nationality_Welsh" is people who
said Welsh *only*, a religion other than those named is nowhere, and its `marital_*` columns are mixed up;
so each column used is named here with what it was found to hold, and the others stay unread.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from etl.contract import TOTAL, ContractError, Problem
from etl.dataset import Dataset
from etl.datasets.census_2021 import (
    CENSUS,
    PANDEMIC,
    added,
    children_add_to_their_parent,
    on_census_day,
    one_column_each,
)
from etl.geography import load_areas, match_authority_code
from etl.origin import Origin
from etl.readers import read_text_csv, require_columns

COUNTRIES = ("K04000001", "E92000001", "W92000004")
AREAS = 22 + len(COUNTRIES)
AGREES_WITHIN = 20  # people: 22 perturbed figures against one
POPULATION = {"population_total": TOTAL}
BORN: Mapping[str, str] = {"born_UK_total": "uk", "born_outside_UK_total": "outside_uk"}
RELIGION: Mapping[str, str] = {
    "religion_Noreligion_perc": "no_religion",
    "religion_Christian_perc": "christian",
    "religion_Buddhist_perc": "buddhist",
    "religion_Hindu_perc": "hindu",
    "religion_Jewish_perc": "jewish",
    "religion_Muslim_perc": "muslim",
    "religion_Sikh_perc": "sikh",
    "religion_Religionnotstated_perc": "not_answered",
}
_NON_UK = ("Polish", "Romanian", "Indian", "Irish", "Italian", "Portuguese", "Pakistani", "Spanish", "Lithuanian")
IDENTITY: Mapping[str, str] = {
    **POPULATION,
    "nationality_AnyUK_total": "uk_only",
    "nationality_Welsh_total": "welsh_only",
    "nationality_British_total": "british_only",
    "nationality_English_total": "english_only",
    **{f"nationality_{name}_total": f"{name.lower()}_only" for name in (*_NON_UK, "French", "USA", "Nigerian")},
}
_LANGUAGES = [
    "Polish",
    "Arabic",
    "Bengali",
    "Romanian",
    "Chinese",
    "Panjabi",
    "Portuguese",
    "Urdu",
    "Spanish",
    "Gujarati",
    "Turkish",
    "French",
    "Russian",
    "Tamil",
    "Bulgarian",
    "Hungarian",
    "Lithuanian",
    "Filipino",
    "Nepalese",
    "Yiddish",
]
LANGUAGE: Mapping[str, str] = {f"language_{name}_total": name.lower() for name in _LANGUAGES}
_PASSPORTS = [
    "Poland",
    "India",
    "Romania",
    "Ireland",
    "Italy",
    "Portugal",
    "Spain",
    "Pakistan",
    "Nigeria",
    "France",
    "USA",
    "Lithuania",
]
PASSPORTS: Mapping[str, str] = {
    **POPULATION,
    "no_passport_total": "none",
    **{f"passport_country_{name}_total": name.lower() for name in _PASSPORTS},
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


def tidy_religion_share(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the published percentages by religion, as printed, with one decimal."""
    kept = wanted(rows)
    parts = [
        on_census_day(
            measure="census_religion_share", areas=_codes(kept), categories=c, values=percentages(kept[column])
        )
        for column, c in RELIGION.items()
    ]
    return pd.concat(parts, ignore_index=True)


def wanted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of Welsh authorities and of the countries."""
    return rows[rows["code"].str.startswith("W06") | rows["code"].isin(COUNTRIES)]


def _codes(rows: pd.DataFrame) -> pd.Series:
    match_authority_code(rows.loc[~rows["code"].isin(COUNTRIES), "code"], areas=load_areas())
    return rows["code"]


def percentages(cells: pd.Series) -> pd.Series:
    """Return "42.9" or "13" as numbers; raise naming every cell that is no percentage with at most one decimal."""
    bad = cells[~cells.str.fullmatch(r"\d{1,2}(\.\d)?|100")]
    if not bad.empty:
        raise ContractError(
            Problem(file="answers", row=int(str(row)) + 2, expected=f"a percentage in {cells.name!r}", came=repr(value))
            for row, value in bad.items()
        )
    return cells.astype("float64")


def every_area_is_there(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise unless 22 Welsh authorities and three countries have every category."""
    sizes = made.groupby("area_code")["category"].nunique()
    if len(sizes) != AREAS or sizes.nunique() != 1 or len(made) != AREAS * sizes.iloc[0]:
        raise ContractError(f"expected {AREAS} areas with every category; came {sizes.to_dict()}")


def authorities_add_to_wales(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when a category of the authorities is more than twenty people from that of Wales: perturbation explains fewer."""
    authorities = made[made["area_code"].str.startswith("W06")].groupby("category")["value"].sum()
    wales = made[made["area_code"] == "W92000004"].set_index("category")["value"]
    off = (authorities - wales)[(authorities - wales).abs() > AGREES_WITHIN]
    if not off.empty:
        raise ContractError(f"expected authorities that add to Wales; came differences {off.to_dict()}")


def parts_stay_below_the_whole(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when a category of an area is larger than its total: the sign of a slipped column."""
    table = made.pivot(index="area_code", columns="category", values="value")
    over = table.drop(columns=TOTAL).gt(table[TOTAL], axis=0)
    if over.to_numpy().any():
        raise ContractError(f"expected no category above the total; came {over.stack()[lambda s: s].index.tolist()}")


def shares_leave_room_for_other_religions(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when the shares pass 100% or leave out more than "other religion", which is at most about 1%, can be."""
    sums = made.groupby("area_code")["value"].sum()
    off = sums[(sums > 100) | (sums < 98.5)]
    if not off.empty:
        raise ContractError(f"expected shares of 98.5% to 100% together; came {off.round(1).to_dict()}")


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
        name="census_religion_share",
        material=_FILE,
        read=partial(read_answers, columns=RELIGION),
        tidy=tidy_religion_share,
        checks=(every_area_is_there, shares_leave_room_for_other_religions),
        origin=Origin(
            **CENSUS,
            **_COVERAGE,
            title_en="Religion: Census 2021, percentages of table TS030",
            title_cy="Crefydd: Cyfrifiad 2021, canrannau tabl TS030",
            released="2022-11-29",
            url="https://www.ons.gov.uk/peoplepopulationandcommunity/culturalidentity/religion/bulletins/religionenglandandwales/census2021",
            grade="B",
            status="accredited",
            counts_en="The percentage of people who chose each religion, or none; the question was voluntary.",
            counts_cy="Canran y bobl a ddewisodd bob crefydd, neu ddim un; roedd y cwestiwn yn wirfoddol.",
            caution_en="Other religions, about 1% at most, are not held, so the shares add to a little less than 100%.",
            caution_cy="Nid oes gennym ffigurau crefyddau eraill, tua 1% ar y mwyaf, felly mae'r canrannau'n adio i ychydig llai na 100%.",
            checked_en="Shares of every area add to between 98.5% and 100%; those of Cardiff and the Vale agree with their LSOAs.",
            checked_cy="Mae canrannau pob ardal yn adio i rhwng 98.5% a 100%; mae rhai Caerdydd a Bro Morgannwg yn cytuno â'u hardaloedd LSOA.",
        ),
    ),
    Dataset(
        name="census_national_identity",
        material=_FILE,
        read=partial(read_answers, columns=IDENTITY),
        tidy=partial(tidy_counts, measure="census_national_identity", columns=IDENTITY),
        checks=(*_COUNT_CHECKS, parts_stay_below_the_whole),
        origin=Origin(
            **CENSUS,
            **_COVERAGE,
            **_ADDS,
            title_en="National identity: Census 2021, from tables TS027 and TS028",
            title_cy="Hunaniaeth genedlaethol: Cyfrifiad 2021, o dablau TS027 a TS028",
            released="2022-11-29",
            url="https://www.ons.gov.uk/peoplepopulationandcommunity/culturalidentity/ethnicity/bulletins/nationalidentityenglandandwales/census2021",
            grade="B",
            status="accredited",
            counts_en="People who gave this national identity and no other; people could give more than one.",
            counts_cy="Pobl a roddodd yr hunaniaeth genedlaethol hon a dim un arall; gallai pobl roi mwy nag un.",
            caution_en="Only some identities are held, and people who gave two or more are not shown, so these do not add up.",
            caution_cy="Dim ond rhai hunaniaethau sydd gennym, ac ni ddangosir pobl a roddodd ddwy neu fwy, felly nid ydynt yn adio i'r cyfanswm.",
        ),
    ),
    Dataset(
        name="census_main_language",
        material=_FILE,
        read=partial(read_answers, columns=LANGUAGE),
        tidy=partial(tidy_counts, measure="census_main_language", columns=LANGUAGE),
        checks=_COUNT_CHECKS,
        origin=Origin(
            **CENSUS,
            **_COVERAGE,
            **_ADDS,
            title_en="Main language: Census 2021, from table TS024",
            title_cy="Prif iaith: Cyfrifiad 2021, o dabl TS024",
            released="2022-11-29",
            url="https://www.ons.gov.uk/peoplepopulationandcommunity/culturalidentity/language/bulletins/languageenglandandwales/census2021",
            grade="B",
            status="accredited",
            counts_en="People aged three and over whose main language is this one.",
            counts_cy="Pobl sy'n dair oed a throsodd y mae'r iaith hon yn brif iaith iddynt.",
            caution_en="Twenty languages only. A main language other than English or Welsh says nothing about how well someone speaks those.",
            caution_cy="Ugain iaith yn unig. Nid yw prif iaith heblaw Cymraeg neu Saesneg yn dweud dim am ba mor dda y mae rhywun yn eu siarad.",
        ),
    ),
    Dataset(
        name="census_passports",
        material=_FILE,
        read=partial(read_answers, columns=PASSPORTS),
        tidy=partial(tidy_counts, measure="census_passports", columns=PASSPORTS),
        checks=(*_COUNT_CHECKS, parts_stay_below_the_whole),
        origin=Origin(
            **CENSUS,
            **_COVERAGE,
            **_ADDS,
            title_en="Passports held: Census 2021, from table TS005",
            title_cy="Pasbortau sydd gan bobl: Cyfrifiad 2021, o dabl TS005",
            released="2022-11-02",
            url="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/internationalmigration/bulletins/internationalmigrationenglandandwales/census2021",
            grade="B",
            status="accredited",
            counts_en="People by a passport they hold; UK passports are not in the file.",
            counts_cy="Pobl yn ôl pasbort sydd ganddynt; nid yw pasbortau'r DU yn y ffeil.",
            caution_en="Twelve countries and no passport only, so these do not add up. A passport is not a measure of who has moved.",
            caution_cy="Deuddeg gwlad a dim pasbort yn unig, felly nid ydynt yn adio i'r cyfanswm. Nid yw pasbort yn mesur pwy sydd wedi symud.",
        ),
    ),
)
