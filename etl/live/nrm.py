"""Home Office National Referral Mechanism tables as published (ODS): sheet Table_12, by "UK County".

Written from a description that names the sheet, its first column and five rows above the header: this reader
has not met the live file, and the heading of the column of all referrals is a guess among the words below.
Only South Glamorgan is kept, the one county that equals places of ours (Cardiff and the Vale).
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from etl.contract import TOTAL, ContractError, Problem
from etl.datasets.nrm_referrals import CARDIFF_AND_VALE
from etl.live.publication import Edition, Live, month_words
from etl.numbers import whole_numbers
from etl.periods import calendar_quarter_start
from etl.sheets import Column, Layout, find_text, named, one_each, table

COUNTY = "South Glamorgan"
LAYOUT = Layout(
    columns=(
        Column(name="county", headings=("UK County", "County")),
        Column(
            name="referrals",
            headings=("Total", "Total referrals", "NRM referrals", "People"),
            number=True,
            markers=True,
        ),
    ),
    unread=("Adult", "Child", "Adults", "Children", "Age not specified or unknown", "Unknown"),
)
_QUARTERS = {"January to March": 1, "April to June": 2, "July to September": 3, "October to December": 4}
table_12 = named("Table_12")


def read(path: Path) -> pd.DataFrame:
    """Return county, referrals and quarter ("2025-Q3") of every row."""
    rows = table(path, wanted=table_12, sheets="a sheet Table_12", layout=LAYOUT, ends=("source", "note"))
    return one_each(rows.assign(quarter=quarter(path)), key=("county",), file=path.name)


def quarter(path: Path) -> str:
    """Return the quarter in the sheet's title ("July to September 2025" -> "2025-Q3")."""
    pattern = rf"({'|'.join(_QUARTERS)}) (\d{{4}})"
    found = find_text(
        path, wanted=table_12, pattern=pattern, what="a quarter such as 'July to September 2025' in Table_12"
    )
    return f"{found[2]}-Q{_QUARTERS[found[1]]}"


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the referrals of the county that equals Cardiff and the Vale."""
    county = rows["county"].str.replace(r"\s+", " ", regex=True).str.strip()
    kept = rows[county == COUNTY]
    if len(kept) != 1:
        raise ContractError([Problem(file="NRM Table_12", expected=f"one row of {COUNTY}", came=str(len(kept)))])
    return pd.DataFrame(
        {
            "measure": "nrm_referrals_by_county",
            "area_code": CARDIFF_AND_VALE,
            "period_start": calendar_quarter_start(rows["quarter"].iloc[0]).isoformat(),
            "period_months": 3,
            "category": TOTAL,
            "value": whole_numbers(kept["referrals"], where="NRM Table_12"),
        }
    )


def total_is_the_sum(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when the table prints a total that its counties, all of them numbers, do not add to."""
    is_total = rows["county"].str.strip().str.casefold().isin(["total", "uk total", "all"])
    if is_total.any() and all(re.fullmatch(r"\d+", cell) for cell in rows["referrals"]):
        number = rows["referrals"].astype("int64")
        if (added := number[~is_total].sum()) != (printed := number[is_total].iloc[0]):
            raise ContractError(f"expected counties that add to {printed:,}; came {added:,}")


def edition(path: Path) -> Edition:
    """Return the edition named after the quarter."""
    start = calendar_quarter_start(quarter(path))
    english, welsh = month_words(start)
    month = start.month + 4  # a quarter's tables come out in the second month after its end
    released = f"{start.year + (month > 12)}-{(month - 1) % 12 + 1:02d}"
    return Edition(
        english=f"Quarter from {english} (Table_12)", welsh=f"Chwarter o fis {welsh} (Table_12)", released=released
    )


LIVE = (Live(dataset="nrm_county", read=read, edition=edition, tidy=tidy, checks=(total_is_the_sum,)),)
