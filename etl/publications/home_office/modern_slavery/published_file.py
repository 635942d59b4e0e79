"""Home Office National Referral Mechanism tables as published (ODS): Table 12, by "UK County" or by first responder.

Written from descriptions: these readers have not met the live files. Of the newer table the sheet, its first column
and five rows above the header were described; the heading of its column of all referrals is a guess among the words
below, and only South Glamorgan is kept, the one county that equals places of ours (Cardiff and the Vale). Of the table
by first responder the headings are those of a public copy. Each holds one quarter, which its title names.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import CARDIFF_AND_VALE, TOTAL
from etl.contract import ContractError, Problem
from etl.pipeline.published_files import Edition, PublishedFile, Signs, header
from etl.publications.home_office.modern_slavery.referrals import (
    POLICE_COLUMNS,
    QUARTER,
    every_force_every_quarter,
    forces_add_to_the_police_total,
)
from etl.publications.home_office.modern_slavery.referrals import kinds_and_ages_add_to_total as kinds_and_ages_add
from etl.reading.numbers import whole_numbers_or_markers
from etl.reading.periods import calendar_quarter_start, month_words, quarters_in
from etl.reading.sheets import Column, Layout, named, one_each, same_names, table, title_of
from etl.reading.wording import listed

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
RESPONDERS = Layout(
    columns=(
        *same_names("First responder type", *POLICE_COLUMNS[1:], numbers=("People",)),
        Column(name=QUARTER, headings=("Calendar quarter", "Quarter", QUARTER), optional=True),
    )
)
HEADERS = ("UK County", "County", "First responder")
POLICE = "Police"
table_12 = named("Table_12")


def read(path: Path) -> pd.DataFrame:
    """Return county, referrals and quarter ("2025-Q3") of every row."""
    rows = table(path, sheet_filter=table_12, sheets="a sheet Table_12", layout=LAYOUT, ends=("source", "note"))
    return one_each(rows.assign(quarter=quarter(path)), key=("county",), file=path.name)


def read_responders(path: Path) -> pd.DataFrame:
    """Return the rows of police forces under the columns of the held copy; the quarter is a column or in the title."""
    rows = table(path, sheet_filter=table_12, sheets="a sheet Table_12", layout=RESPONDERS, ends=("source", "note"))
    types = rows["First responder type"]
    if strange := sorted(set(types[types.str.contains("police", case=False)]) - {POLICE}):
        expected = f"police forces under the type {POLICE!r} alone"
        raise ContractError([Problem(file=path.name, expected=expected, came=listed(strange))])
    rows = rows[types == POLICE]
    if rows.empty:
        came = listed(sorted(set(types)))
        raise ContractError([Problem(file=path.name, expected=f"rows of the type {POLICE!r}", came=came)])
    if (rows[QUARTER] == "").all():
        rows = rows.assign(**{QUARTER: quarter(path)})
    return one_each(rows[list(POLICE_COLUMNS)], key=POLICE_COLUMNS[:-1], file=path.name)


def quarter(path: Path) -> str:
    """Return the one quarter in the sheet's title ("July to September 2025" -> "2025-Q3")."""
    titles = title_of(path, sheet_filter=table_12, headings=HEADERS, called="Table")
    quarters = {start for title in titles for start in quarters_in(title)}
    if len(quarters) != 1:
        expected = "a quarter such as 'July to September 2025' in the title of Table_12, and no other"
        raise ContractError([Problem(file=path.name, expected=expected, came=listed([*dict.fromkeys(titles)]))])
    return pd.Period(quarters.pop(), freq="Q").strftime("%Y-Q%q")


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the referrals of the county that equals Cardiff and the Vale."""
    county = rows[rows["county"].str.casefold() == COUNTY.casefold()]
    if len(county) != 1:
        came = f"{len(county)} among {listed(sorted(rows['county']))}"
        raise ContractError([Problem(file="NRM Table_12", expected=f"one row of {COUNTY}", came=came)])
    return pd.DataFrame(
        {
            "measure": "nrm_referrals_by_county",
            "area_code": [CARDIFF_AND_VALE],
            "period_start": calendar_quarter_start(rows["quarter"].iloc[0]).isoformat(),
            "period_months": 3,
            "category": TOTAL,
        }
    ).join(whole_numbers_or_markers(county["referrals"], where="NRM Table_12").reset_index(drop=True))


def total_is_the_sum(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
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


PUBLISHED_FILES = (
    PublishedFile(dataset="nrm_county", read=read, edition=edition, tidy=tidy, checks=(total_is_the_sum,), grows=True),
    PublishedFile(
        dataset="nrm_first_responders",
        read=read_responders,
        edition=edition,
        checks=(every_force_every_quarter, forces_add_to_the_police_total, kinds_and_ages_add),
        grows=True,
    ),
)
SIGNS = (
    Signs(
        looked_for="Table_12 with 'UK County' or 'First responder'",
        in_row=header(table_12, words=("uk county",), gives=("nrm_county",)),
    ),
    Signs(looked_for="", in_row=header(table_12, words=("county",), gives=("nrm_county",))),
    Signs(
        looked_for="",
        in_row=header(table_12, words=("first responder", "exploitation type"), gives=("nrm_first_responders",)),
    ),
)
