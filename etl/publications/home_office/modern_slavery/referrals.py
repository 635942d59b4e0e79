"""Home Office National Referral Mechanism (NRM): potential victims of modern slavery, by who referred them and where.

The awkward fact: the police table is a cube with its totals inside, and the copy left its zero rows out.
So a row is picked only with "Total" in every dimension that is not asked for, and a missing row of a force
that the table holds is a 0. Ages stand only within a kind of exploitation: over all kinds they are our sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import CARDIFF_AND_VALE, TOTAL, UNITED_KINGDOM
from etl.contract import ContractError, Problem
from etl.geo.geography import match_force
from etl.pipeline.checks import categories_add_to_total, quarters_without_a_gap
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import every_edition, origins
from etl.publications.typed_from_texts.hate_crime import TEXT_FIGURES, certain, read_text_figures
from etl.reading.numbers import whole_numbers
from etl.reading.periods import calendar_quarter_start
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

ALL = "Total"  # what every dimension of the cube calls its own total
WELSH_FORCES = ("Dyfed-Powys Police", "Gwent Police", "North Wales Police", "South Wales Police")
POLICE_TOTAL = "Police total"
QUARTER, RESPONDER, KIND, AGE = "calendar_quarter", "First responder", "Exploitation type", "Age at exploitation"
POLICE_COLUMNS = (QUARTER, RESPONDER, KIND, AGE, "Gender", "Nationality", "People")
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "Criminal": "criminal",
        "Labour": "labour",
        "Sexual": "sexual",
        "Domestic": "domestic",
        "Organ Harvesting": "organ_harvesting",
        "Labour & Criminal": "labour_criminal",
        "Labour & Domestic": "labour_domestic",
        "Sexual & Labour": "sexual_labour",
        "Sexual & Criminal": "sexual_criminal",
        "Sexual & Domestic": "sexual_domestic",
        "Domestic & Criminal": "domestic_criminal",
        "Domestic & Organ Harvesting": "domestic_organ_harvesting",
        "Sexual, Labour & Criminal": "sexual_labour_criminal",
        "Sexual, Labour & Domestic": "sexual_labour_domestic",
        "Labour, Domestic & Criminal": "labour_domestic_criminal",
        "Labour, Domestic, Organ Harvesting": "labour_domestic_organ_harvesting",
        "Labour, Organ Harvesting & Criminal": "labour_organ_harvesting_criminal",
        "Sexual, Labour, Domestic & Criminal": "sexual_labour_domestic_criminal",
        "Not specified or unknown": "not_specified",
    }
)
AGES: Mapping[str, str] = MappingProxyType(
    {"Adult (18 or over)": "adult", "Child (17 or under)": "child", "Not specified or unknown": "age_not_known"}
)
LONG_COLUMNS = ("Year", "Quarter", AGE, "Location of exploitation", "NRM referrals")
LONG_AGES: Mapping[str, str] = MappingProxyType(
    {"Adult (18 or over)": "adult", "Child (17 or under)": "child", "Age not specified or unknown": "age_not_known"}
)
LOCATIONS: Mapping[str, str] = MappingProxyType(
    {
        "UK": "in_uk",
        "Overseas": "overseas",
        "UK and Overseas": "in_uk_and_overseas",
        "Not specified or unknown": "location_not_known",
    }
)
# The summary of 7 March 2024 prints these in its text, read apart from the table.
HEADLINES: Mapping[tuple[str, str], int] = MappingProxyType(
    {("2023", TOTAL): 17004, ("2022", TOTAL): 16921, ("2023", "adult"): 8622, ("2023", "child"): 7432}
)
COUNTY_MEASURE = 'NRM Table_12 referrals by "UK County"'
SOUTH_GLAMORGAN = "South Glamorgan (= Cardiff + Vale of Glamorgan)"
COUNTY_QUARTER = "2025 Q3 (Jul-Sep)"


def read_police(path: Path) -> pd.DataFrame:
    """Return the rows of the cube as text."""
    return read_text_csv(path, columns=POLICE_COLUMNS)


def tidy_police(rows: pd.DataFrame) -> pd.DataFrame:
    """Return referrals of the Welsh forces and of all UK police: in total, by kind of exploitation, by age."""
    cells = _without_gender_and_nationality(rows)
    welsh = cells[cells[RESPONDER].isin(WELSH_FORCES)]
    welsh = welsh.assign(area_code=match_force(welsh[RESPONDER]))
    forces = cells[cells[RESPONDER] != POLICE_TOTAL].assign(area_code=UNITED_KINGDOM)
    # The police total is printed for all kinds together; by kind and age, the forces' own rows are added.
    printed = cells[cells[RESPONDER] == POLICE_TOTAL].assign(area_code=UNITED_KINGDOM)
    whole_uk = _in_total(printed)
    parts = pd.concat([_in_total(welsh), whole_uk, _by_kind(welsh), _by_kind(forces), _by_age(welsh), _by_age(forces)])
    keys = ["area_code", "period_start", "category"]
    figures = parts.groupby(keys, as_index=False).agg(value=("people", "sum"))
    return _with_zeros(figures).assign(measure="nrm_referrals_police_first_responder", period_months=3)


def _without_gender_and_nationality(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the cube's rows for all genders and nationalities, with `people` and `period_start`."""
    totals = rows[(rows["Gender"] == ALL) & (rows["Nationality"] == ALL)]
    # The copy writes counts as "2.0"; any other form, a marker among them, is refused with its row.
    people = whole_numbers(totals["People"].str.replace(r"\.0$", "", regex=True), where="NRM police table")
    starts = {text: calendar_quarter_start(text).isoformat() for text in totals[QUARTER].unique()}
    return totals.assign(people=people, period_start=totals[QUARTER].map(starts))


def _in_total(cells: pd.DataFrame) -> pd.DataFrame:
    return cells[(cells[KIND] == ALL) & (cells[AGE] == ALL)].assign(category=TOTAL)


def _by_kind(cells: pd.DataFrame) -> pd.DataFrame:
    kinds = cells[(cells[KIND] != ALL) & (cells[AGE] == ALL)]
    return kinds.assign(category=_named(kinds[KIND], names=KINDS))


def _by_age(cells: pd.DataFrame) -> pd.DataFrame:
    ages = cells[(cells[KIND] != ALL) & (cells[AGE] != ALL)]
    return ages.assign(category=_named(ages[AGE], names=AGES))


def _named(words: pd.Series, *, names: Mapping[str, str]) -> pd.Series:
    """Return our category for each of the publisher's words; raise naming all unknown."""
    unknown = sorted(set(words) - set(names))
    if unknown:
        raise ContractError([Problem(file="NRM", expected=f"a known {words.name}", came=", ".join(map(repr, unknown)))])
    return words.map(dict(names))


def _with_zeros(figures: pd.DataFrame) -> pd.DataFrame:
    """Return a row for every area held, quarter and category: the cube is full, only its zeros were left out."""
    categories = [TOTAL, *KINDS.values(), *AGES.values()]
    whole = pd.MultiIndex.from_product(
        [sorted(set(figures["area_code"])), sorted(set(figures["period_start"])), categories],
        names=["area_code", "period_start", "category"],
    )
    filled: pd.DataFrame = figures.set_index(list(whole.names)).reindex(whole, fill_value=0).reset_index()
    return filled


def read_uk(path: Path) -> pd.DataFrame:
    """Return the UK time series: one row for each quarter, age and place of exploitation, totals over places inside."""
    return read_text_csv(path, columns=LONG_COLUMNS)


def tidy_uk(rows: pd.DataFrame) -> pd.DataFrame:
    """Return UK referrals by age, by place of exploitation and, as the sum of the ages, in total."""
    numbers = whole_numbers(rows["NRM referrals"], where="NRM time series")
    starts = [
        calendar_quarter_start(f"{y}-{q}").isoformat() for y, q in zip(rows["Year"], rows["Quarter"], strict=True)
    ]
    cells = rows.assign(value=numbers, period_start=starts)
    ages = cells[cells["Location of exploitation"] == ALL]
    places = cells[cells["Location of exploitation"] != ALL]
    parts = pd.concat(
        [
            ages.assign(category=_named(ages[AGE], names=LONG_AGES)),
            ages.assign(category=TOTAL),
            places.assign(category=_named(places["Location of exploitation"], names=LOCATIONS)),
        ]
    )
    figures = parts.groupby(["period_start", "category"], as_index=False).agg(value=("value", "sum"))
    return figures.assign(measure="nrm_referrals", area_code=UNITED_KINGDOM, period_months=3)


def tidy_county(rows: pd.DataFrame) -> pd.DataFrame:
    """Return referrals of the county that equals Cardiff and the Vale, in the one quarter that is certain.

    The other counties (Gwent, Dyfed, Mid Glamorgan …) are left out: what territory the table means by them is
    not stated, and none is known to equal an area of ours.
    """
    sure = certain(rows)
    stated = sure[
        (sure["measure"] == COUNTY_MEASURE) & (sure["area"] == SOUTH_GLAMORGAN) & (sure["period"] == COUNTY_QUARTER)
    ]
    return pd.DataFrame(
        {
            "measure": "nrm_referrals_by_county",
            "area_code": CARDIFF_AND_VALE,
            "period_start": calendar_quarter_start("2025-Q3").isoformat(),
            "period_months": 3,
            "category": TOTAL,
            "value": whole_numbers(stated["value"], where="figures-from-text.csv"),
        }
    )


def every_force_every_quarter(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a Welsh force or the police total has no total in a quarter: there, no row would not be a 0."""
    whole = _in_total(_without_gender_and_nationality(rows))
    expected = {(quarter, force) for quarter in whole[QUARTER] for force in (*WELSH_FORCES, POLICE_TOTAL)}
    missing = sorted(expected - set(zip(whole[QUARTER], whole[RESPONDER], strict=True)))
    if missing or whole.empty:
        raise ContractError(
            f"expected {len(WELSH_FORCES)} forces and the police total every quarter; lacking {listed(missing or 'all')}"
        )


def forces_add_to_the_police_total(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the forces' totals of a quarter do not add to the total printed for all police: one is lost."""
    whole = _in_total(_without_gender_and_nationality(rows))
    printed = whole[whole[RESPONDER] == POLICE_TOTAL].groupby(QUARTER)["people"].sum()
    added = (
        whole[whole[RESPONDER] != POLICE_TOTAL].groupby(QUARTER)["people"].sum().reindex(printed.index, fill_value=0)
    )
    off = {quarter: f"{added[quarter]:,} of {printed[quarter]:,}" for quarter in printed.index[added != printed]}
    if off:
        raise ContractError(f"NRM: expected the forces' totals to add to that of all police; came {listed(off)}")


def kinds_and_ages_add_to_total(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the kinds of exploitation, or the ages, do not add to the printed total of an area and quarter."""
    if figures.empty:
        raise ContractError("NRM: expected referrals in total, by kind and by age; came none")
    for names in (KINDS, AGES):
        categories_add_to_total(figures, categories=names.values(), by=("area_code", "period_start"))


no_quarter_is_missing = quarters_without_a_gap(where="NRM")


def ages_and_places_agree(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the places of exploitation do not add to the same total as the ages: a total was counted twice."""
    categories_add_to_total(figures, categories=LOCATIONS.values(), by=("period_start",))


def headlines_hold(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a year differs from what the summary of that year prints in its text."""
    years = figures.groupby([figures["period_start"].str[:4], "category"])["value"].sum().to_dict()
    off = {key: years.get(key) for key, printed in HEADLINES.items() if years.get(key) != printed}
    if off:
        raise ContractError(f"expected the summary's figures {listed(dict(HEADLINES))}; came {listed(off)}")


def one_county_figure(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise unless exactly one certain figure came: a second would be another quarter, or a guess."""
    if len(figures) != 1:
        raise ContractError(f"expected one figure for {SOUTH_GLAMORGAN} in {COUNTY_QUARTER}; came {len(figures)}")


ORIGINS = origins(__file__)
EVERY_EDITION = every_edition(__file__)
DATASETS = (
    Dataset(
        name="nrm_first_responders",
        material="hate-crime/nrm-referrals-police-first-responders-2022q2-2023q4.csv.gz",
        read=read_police,
        tidy=tidy_police,
        checks=(
            every_force_every_quarter,
            forces_add_to_the_police_total,
            kinds_and_ages_add_to_total,
            no_quarter_is_missing,
        ),
        origin=ORIGINS["nrm_first_responders"],
    ),
    Dataset(
        name="nrm_uk",
        material="hate-crime/nrm-referrals-uk-longitudinal.csv",
        read=read_uk,
        tidy=tidy_uk,
        checks=(ages_and_places_agree, headlines_hold, no_quarter_is_missing),
        origin=ORIGINS["nrm_uk"],
    ),
    Dataset(
        name="nrm_county",
        material=TEXT_FIGURES,
        read=read_text_figures,
        tidy=tidy_county,
        checks=(one_county_figure,),
        origin=ORIGINS["nrm_county"],
        every_edition=EVERY_EDITION["nrm_county"],
    ),
)
