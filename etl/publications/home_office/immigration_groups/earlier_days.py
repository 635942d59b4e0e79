"""Earlier days of Reg_02: asylum support by accommodation on five of them, and four authorities on 31 March 2026.

The awkward fact: people with subsistence only were split by no authority from December 2023 to December 2024, and the
copy writes 0 for them on the days inside that time; here they are not known. It also leaves out initial and other
accommodation, so its parts come to less than the total, and it gives Homes for Ukraine and the Afghan programme only
inside a sum that means nothing: neither is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import TOTAL
from etl.contract import ContractError
from etl.geo.geography import authority_of_today
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.home_office.asylum_support.by_authority import (
    every_welsh_authority_once,
    names_stand_beside_their_codes,
)
from etl.publications.home_office.immigration_groups.groups import (
    ASYLUM,
    groups_add_to_the_printed_sum,
    parts_add_to_total,
    read_day,
    tidy,
)
from etl.reading.numbers import whole_numbers
from etl.reading.periods import iso_days
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

HELD_ELSEWHERE = "2025-12-31"  # the sixth day of the copy, of which the whole table is held
DAYS = ("2024-06-30", "2024-09-30", "2025-03-31", "2025-06-30", "2025-09-30", HELD_ELSEWHERE)
SUBSISTENCE_SPLIT_FROM = "2025-03-31"  # the first day of the copy after the time without it
FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "supported_asylum_total": TOTAL,
        "dispersal_accommodation": "dispersal",
        "contingency_accommodation": "contingency",
        "subsistence_only": "subsistence",
    }
)
PARTS = tuple(column for column in FIGURES if column != "supported_asylum_total")
DAYS_COLUMNS = ("snapshot", "lad_code", "lad_name", *FIGURES)
MARCH_AUTHORITIES = ("W06000003", "W06000009", "W06000014", "W06000015")


def read_days(path: Path) -> pd.DataFrame:
    """Return one row for each Welsh authority and day."""
    return read_text_csv(path, columns=DAYS_COLUMNS)


def tidy_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Return asylum support by accommodation on the days not held elsewhere; a part that was not split is [x]."""
    own_days = rows[rows["snapshot"] != HELD_ELSEWHERE]
    where = {
        "area_code": authority_of_today(own_days["lad_code"]),
        "period_start": iso_days(own_days["snapshot"]),
        "period_months": 0,
    }
    figures = [
        pd.DataFrame({"measure": ASYLUM, "category": category, **where}).assign(
            value=whole_numbers(own_days[column], where="Reg_02")
        )
        for column, category in FIGURES.items()
    ]
    table = pd.concat(figures, ignore_index=True)
    unknown = (table["category"] == "subsistence") & (table["period_start"] < SUBSISTENCE_SPLIT_FROM)
    return table.assign(value=table["value"].mask(unknown), marker=unknown.map({True: "[x]", False: ""}))


def days_are_the_six(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a day is missing or new: the time without subsistence only was declared for these six."""
    if (came := tuple(sorted(set(rows["snapshot"])))) != DAYS:
        raise ContractError(f"expected the days {', '.join(DAYS)}; came {', '.join(came)}")


def parts_pass_no_total(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the kinds of accommodation given come to more than an authority's total."""
    parts = rows[list(PARTS)].apply(whole_numbers, where="Reg_02").sum(axis=1)
    over = parts > whole_numbers(rows["supported_asylum_total"], where="Reg_02")
    if over.any():
        came = rows.loc[over, ["snapshot", "lad_name"]].to_numpy().tolist()
        raise ContractError(f"expected kinds of accommodation within the total; came more for {listed(came)}")


def nobody_is_split_while_none_are(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when an authority has people with subsistence only on a day that was declared to be without."""
    early = rows[rows["snapshot"] < SUBSISTENCE_SPLIT_FROM]
    some = early.loc[whole_numbers(early["subsistence_only"], where="Reg_02") != 0, "lad_name"]
    if not some.empty:
        raise ContractError(
            f"expected no subsistence only before {SUBSISTENCE_SPLIT_FROM}; came {listed(sorted(set(some)))}"
        )


def only_the_four_authorities(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the table of 31 March 2026 holds other authorities than its coverage says, or another day."""
    if tuple(sorted(rows["lad_code"])) != MARCH_AUTHORITIES or set(rows["snapshot"]) != {"2026-03-31"}:
        raise ContractError(
            f"expected {listed(MARCH_AUTHORITIES)} on 2026-03-31; came {listed(sorted(rows['lad_code']))}"
        )


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="immigration_groups_2024_2025",
        material="migration/reg_02-northwest-rsmp-wales-6-snapshots.csv",
        read=read_days,
        tidy=tidy_days,
        checks=(
            days_are_the_six,
            every_welsh_authority_once,
            names_stand_beside_their_codes,
            parts_pass_no_total,
            nobody_is_split_while_none_are,
        ),
        origin=ORIGINS["immigration_groups_2024_2025"],
    ),
    Dataset(
        name="immigration_groups_mar_2026",
        material="migration/reg_02-edition-mar-2026-4-welsh-las.csv",
        read=read_day,
        tidy=tidy,
        checks=(
            parts_add_to_total,
            names_stand_beside_their_codes,
            groups_add_to_the_printed_sum,
            only_the_four_authorities,
        ),
        origin=ORIGINS["immigration_groups_mar_2026"],
    ),
)
