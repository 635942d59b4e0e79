"""National Transfer Scheme: unaccompanied children transferred into and out of each Welsh authority's care.

The awkward fact: these are transfers under a scheme, not children in care: a child already in an authority is in no
row, and one moved twice is in two. The numbers are so small that a quarter could point at a child, so they are added
to calendar years; the first and the last are not whole years, and their length says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from etl.contract import ContractError
from etl.geo.geography import authority_of_today, whole_of_wales
from etl.pipeline.checks import as_many, names_match_codes
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.reading.numbers import whole_numbers
from etl.reading.periods import iso_days
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

MEASURE = "children_transferred"
FIRST_QUARTER, LAST_QUARTER = "2016-09-30", "2023-09-30"
FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "Transfers into Local Authority": "in",
        "Transfers into LA from port/intake unit": "from_port",
        "Transfers out of Local Authority": "out",
    }
)
AUTHORITY = "Local Authority or HSCT (NI)"
COLUMNS = ("lad_code", "Date", "Year", "Quarter", "Region", AUTHORITY, *FIGURES)


def read(path: Path) -> pd.DataFrame:
    """Return one row for each Welsh authority and quarter."""
    return read_text_csv(path, columns=COLUMNS)


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return children by authority, calendar year and kind of transfer; part of a year has the months it has."""
    ends = pd.to_datetime(iso_days(rows["Date"]))
    quarters = pd.DataFrame(
        {
            "area_code": authority_of_today(rows["lad_code"]),
            "year": ends.dt.year,
            "quarter": ends.dt.to_period("Q").dt.start_time,
            **{name: whole_numbers(rows[column], where="NTS") for column, name in FIGURES.items()},
        }
    )
    spans = quarters.groupby("year")["quarter"].agg(["min", "nunique"])
    years = quarters.groupby(["area_code", "year"], as_index=False)[list(FIGURES.values())].sum()
    figures = years.melt(id_vars=["area_code", "year"], var_name="category", value_name="value")
    return figures.assign(
        measure=MEASURE,
        period_start=figures["year"].map(spans["min"].dt.strftime("%Y-%m-%d")),
        period_months=figures["year"].map(spans["nunique"] * 3),
    ).drop(columns="year")


def every_child_is_kept(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the children of a kind of transfer read and made are not as many."""
    for column, name in FIGURES.items():
        before = whole_numbers(rows[column], where="NTS").sum()
        after = figures.loc[figures["category"] == name, "value"].sum()
        as_many(before, after, of="children", where=column)


def every_quarter_has_every_authority(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a quarter between the first and the last is missing, or an authority in it, or comes twice."""
    ends = [day.date().isoformat() for day in pd.date_range(FIRST_QUARTER, LAST_QUARTER, freq="QE")]
    there = {str(day): sorted(part["lad_code"]) for day, part in rows.groupby("Date")}
    whole = {day: sorted(whole_of_wales(codes, kind="local_authority", day=day)) for day, codes in there.items()}
    wrong = sorted({*ends} ^ {*there} | {day for day in there if there[day] != whole[day]})
    if wrong:
        raise ContractError(
            f"NTS: expected each Welsh authority once in each of {len(ends)} quarters; came otherwise on {listed(wrong)}"
        )


def dates_are_the_last_days_of_their_quarters(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a row's date, year and quarter are not of one quarter: it would be added to another year."""
    ends = pd.PeriodIndex(pd.to_datetime(iso_days(rows["Date"])), freq="Q")
    wrong = rows.loc[ends.astype(str) != rows["Year"] + "Q" + rows["Quarter"], "Date"]
    if not wrong.empty:
        raise ContractError(f"expected each date in its year and quarter; came {listed(sorted(set(wrong)))}")


names_stand_beside_their_codes = names_match_codes(codes="lad_code", names=AUTHORITY)


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="children_transferred",
        material="migration/nts-uasc-transfers-wales-la-2016q3-2023q3.csv",
        read=read,
        tidy=tidy,
        checks=(
            every_child_is_kept,
            every_quarter_has_every_authority,
            dates_are_the_last_days_of_their_quarters,
            names_stand_beside_their_codes,
        ),
        origin=ORIGINS["children_transferred"],
    ),
)
