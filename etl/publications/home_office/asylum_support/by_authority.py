"""Home Office asylum support (Asy_D11): how many people each authority's area houses or supports on a day.

The awkward facts: no row means zero; the same place stands under the codes of the year (a merger adds);
and in the edition of September 2024, 46 rows of 31 December 2022 carry another authority's code beside
the right name (Leeds under Hull's code). `corrections.csv` declares the right code for each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import NATION_LETTERS, TOTAL, nation_of
from etl.contract import ContractError
from etl.geo.geography import (
    SUCCESSORS,
    authority_of_today,
    existing,
    load_areas,
    match_authority_name,
    unknown_elsewhere,
)
from etl.pipeline.checks import as_many, columns_add_to, names_match_codes, quarters_without_a_gap, wrong_welsh_places
from etl.pipeline.corrections import declared_corrections
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import every_edition, origins
from etl.reading.numbers import whole_numbers
from etl.reading.periods import iso_days
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

MEASURE = "asylum_supported"
QUARTERLY_COLUMNS = ("date", "code", "v")
D11_MATERIAL = "migration/asy_d11-local-authority-support-2014-2024.csv"
D11_COLUMNS = ("Date", "Support Type", "Local Authority", "LAD Code", "Accommodation Type", "People")
REG02_PARTS = (
    "initial_accommodation",
    "dispersal_accommodation",
    "contingency_accommodation",
    "other_accommodation",
    "subsistence_only",
)
REG02_COLUMNS = ("snapshot", "lad_code", "lad_name", "supported_asylum_total", *REG02_PARTS)
REG02_JUN_2026 = "migration/reg_02-edition-jun-2026-wales-22-la.csv"

# People whom the Home Office does not place in an authority: set aside, and counted by a check. What stands in the
# brackets moves with the edition ("Dec 2023 - Sep 2024", later "Dec 2023 - Dec 2024").
PSEUDO_AREA = re.compile(r"Unknown|N/A - (Section 4|Section 98|Subsistence [Oo]nly) \([^()]+\)")
MISCODED = declared_corrections(__file__)
MISCODED_DAY, MISCODED_SECTION = "2022-12-31", "Section 98"


def read_quarterly(path: Path) -> pd.DataFrame:
    """Return one row for each authority and day on which it supported anyone."""
    return read_text_csv(path, columns=QUARTERLY_COLUMNS)


def tidy_quarterly(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the total of every authority of today at each day, with a zero where there was no row."""
    cells = pd.DataFrame(
        {
            "area_code": authority_of_today(rows["code"]),
            "day": iso_days(rows["date"]),
            "people": whole_numbers(rows["v"], where="Asy_D11"),
        }
    )
    return totals(cells)


def read_d11(path: Path) -> pd.DataFrame:
    """Return the rows of Asy_D11 by section and kind of accommodation, as the Home Office names them."""
    return read_text_csv(path, columns=D11_COLUMNS)


def tidy_before_mar_2026_edition(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the totals of the days that the edition of March 2026 does not hold, up to 31 March 2021."""
    return totals(placed(rows[rows["Date"] < "2021-06-30"]))


def placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return area_code, day, section, accommodation and people of the rows that stand for an authority."""
    supported = rows[~is_pseudo(rows)]
    return pd.DataFrame(
        {
            "area_code": authority_of_today(supported["LAD Code"]),
            "day": iso_days(supported["Date"]),
            "section": supported["Support Type"],
            "accommodation": supported["Accommodation Type"],
            "people": whole_numbers(supported["People"], where="Asy_D11"),
        }
    )


def is_pseudo(rows: pd.DataFrame) -> pd.Series:
    """Say of each row whether it stands for no authority ("N/A", "N/A - Section 4 (pre-2018)")."""
    return rows["LAD Code"].str.startswith("N/A")


def totals(cells: pd.DataFrame) -> pd.DataFrame:
    """Return totals by authority and day, with zeros for all of today's authorities."""
    figures = observations(cells, category=TOTAL)
    return with_zeros(
        figures, nations=NATION_LETTERS.values(), published=[(day, TOTAL) for day in sorted(set(cells["day"]))]
    )


def observations(cells: pd.DataFrame, *, category: pd.Series | str) -> pd.DataFrame:
    """Return one observation for each authority, day and category, adding rows that fall together."""
    keys = ["area_code", "day", "category"]
    summed = cells.assign(category=category).groupby(keys, as_index=False).agg(value=("people", "sum"))
    return summed.rename(columns={"day": "period_start"}).assign(measure=MEASURE, period_months=0)


def with_zeros(
    figures: pd.DataFrame, *, nations: Collection[str], published: Iterable[tuple[str, str]]
) -> pd.DataFrame:
    """Return the figures and a zero for each authority of some nations without a row on a published day.

    Only for those that existed on the day; one whose people add to a successor has no row of its own at all.

    None in a nation and day with an authority that we do not know: a place without a row may have become part of it.
    """
    keys_there = set(zip(figures["area_code"], figures["period_start"], figures["category"], strict=True))
    new = figures[unknown_elsewhere(figures["area_code"])]
    open_ = set(zip(new["area_code"].map(nation_of), new["period_start"], strict=True))
    areas = load_areas()
    there = {day: existing(kind="local_authority", day=day, areas=areas) for day in {day for day, _ in published}}
    grid = [
        (area, day, category)
        for day, category in published
        for area in there[day]
        if nation_of(area) in nations and area not in SUCCESSORS and (nation_of(area), day) not in open_
    ]
    zeros = pd.DataFrame(
        [key for key in grid if key not in keys_there], columns=["area_code", "period_start", "category"]
    ).assign(measure=MEASURE, period_months=0, value=0)
    return pd.concat([figures, zeros], ignore_index=True)


def read_reg02(path: Path) -> pd.DataFrame:
    """Return one row for each authority and snapshot."""
    return read_text_csv(path, columns=REG02_COLUMNS)


def tidy_reg02(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the totals of the authorities that the table holds: no row is not zero here."""
    cells = pd.DataFrame(
        {
            "area_code": authority_of_today(rows["lad_code"]),
            "day": iso_days(rows["snapshot"]),
            "people": whole_numbers(rows["supported_asylum_total"], where="Reg_02"),
        }
    )
    return observations(cells, category=TOTAL)


def every_person_is_kept(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the people read and the people made are not as many."""
    as_many(whole_numbers(rows["v"], where="Asy_D11").sum(), figures["value"].sum(), of="people")


def every_placed_person_is_kept(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the people read for authorities on the days made are not as many as the people made."""
    supported = rows[~is_pseudo(rows) & rows["Date"].isin(figures["period_start"])]
    as_many(whole_numbers(supported["People"], where="Asy_D11").sum(), figures["value"].sum(), of="people")


no_quarter_is_missing = quarters_without_a_gap(ends=True, where="Asy_D11")


def no_day_twice_for_a_code(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the quarterly table gives an authority's code twice on a day: adding would double it."""
    twice = rows[rows.duplicated(["date", "code"])]
    if not twice.empty:
        raise ContractError(
            f"expected each code once on a day; came twice: {listed(twice[['date', 'code']].to_numpy().tolist())}"
        )


def pseudo_areas_are_known(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise naming a pseudo area that was not met before: people would be set aside unseen."""
    names = set(rows.loc[is_pseudo(rows), "Local Authority"])
    strange = sorted(name for name in names if not PSEUDO_AREA.fullmatch(name))
    if strange:
        raise ContractError(f"expected only pseudo areas such as 'N/A - Section 4 (pre-2018)'; came {listed(strange)}")


def names_decide_on_the_miscoded_day(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a row of the day of the miscoding still stands under another authority's code than its name's."""
    suspect = rows[(rows["Date"] == MISCODED_DAY) & (rows["Support Type"] == MISCODED_SECTION) & ~is_pseudo(rows)]
    by_name = authority_of_today(match_authority_name(suspect["Local Authority"], areas=load_areas()))
    wrong = suspect.loc[by_name != authority_of_today(suspect["LAD Code"]), "Local Authority"]
    if not wrong.empty:
        raise ContractError(
            f"expected each name beside its own code on {MISCODED_DAY}; not so for {listed(sorted(set(wrong)))}"
        )


parts_add_to_total = columns_add_to("supported_asylum_total", parts=REG02_PARTS, names="lad_name", where="Reg_02")


def every_welsh_authority_once(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a day does not hold each of its Welsh authorities once: Wales would be a sum of some of it."""
    if wrong := wrong_welsh_places(rows["lad_code"], days=rows["snapshot"]):
        each = (f"expected each Welsh authority once on {day}; not so: {listed(odd)}" for day, odd in wrong.items())
        raise ContractError("; ".join(each))


names_stand_beside_their_codes = names_match_codes(codes="lad_code", names="lad_name")


ORIGINS = origins(__file__)
EVERY_EDITION = every_edition(__file__)
DATASETS = (
    Dataset(
        name="asylum_support",
        material="migration/asy_d11-edition-mar-2026-la-quarterly.csv",
        read=read_quarterly,
        tidy=tidy_quarterly,
        checks=(every_person_is_kept, no_quarter_is_missing, no_day_twice_for_a_code),
        origin=ORIGINS["asylum_support"],
        every_edition=EVERY_EDITION["asylum_support"],
    ),
    Dataset(
        name="asylum_support_2014_2021",
        material=D11_MATERIAL,
        read=read_d11,
        tidy=tidy_before_mar_2026_edition,
        checks=(every_placed_person_is_kept, no_quarter_is_missing, pseudo_areas_are_known),
        origin=ORIGINS["asylum_support_2014_2021"],
        every_edition=EVERY_EDITION["asylum_support_2014_2021"],
    ),
    Dataset(
        name="asylum_support_reg02_jun_2026",
        material=REG02_JUN_2026,
        read=read_reg02,
        tidy=tidy_reg02,
        checks=(parts_add_to_total, names_stand_beside_their_codes, every_welsh_authority_once),
        origin=ORIGINS["asylum_support_reg02_jun_2026"],
    ),
)
