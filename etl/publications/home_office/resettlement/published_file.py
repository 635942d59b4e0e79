"""Res_D01 as the Home Office publishes it (XLSX): people resettled, by authority, quarter and scheme.

Written from a description of the layout: this reader has not met the live file. Its columns are turned into those of
the held copy.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import UNITED_KINGDOM
from etl.contract import ContractError, Problem
from etl.geo.geography import (
    SUCCESSORS,
    authority_of_today,
    load_areas,
    refuse_codes_beside_other_names,
    refuse_places_set_aside,
    whole_of_wales,
)
from etl.pipeline.published_files import Edition, PublishedFile, Signs, header
from etl.publications.home_office.asylum_support import by_authority
from etl.publications.home_office.immigration_tables import LAD_CODE, REGIONS, edition_of_month
from etl.publications.home_office.resettlement import by_scheme
from etl.reading.periods import calendar_quarter_start
from etl.reading.sheets import Column, Layout, in_sheet, named, same_names, table
from etl.reading.wording import listed

RES_D01 = Layout(
    columns=(
        *same_names("Year", "Quarter"),
        LAD_CODE,
        Column(name="Local Authority", headings=("Local Authority", "LA")),
        Column(name="Resettlement Scheme", headings=("Resettlement Scheme",)),
        Column(name="Community Sponsorship", headings=("Community Sponsorship",), optional=True),
        Column(name="Persons", headings=("Persons",), number=True),
    ),
    unread=REGIONS,
)
NOBODY_ARRIVED = ("2020Q2", "2020Q3")  # anywhere in the United Kingdom
RECEIVED_SINCE = "2015-12-31"  # from then on each Welsh authority of 2024 had a row
UNPLACED = ("Unknown", "unknown", "N/A")
NOT_SPONSORED = ("", "N/A")
d01_sheet = named("Data_Res_D01")


def read_d01(path: Path) -> pd.DataFrame:
    """Return the rows of Res_D01 under the columns of the held copy ("2026 Q2" -> 2026-06-30, 2026, 2)."""
    rows = table(path, sheet_filter=d01_sheet, sheets="a sheet Data_Res_D01", layout=RES_D01)
    quarters = {text: pd.Period(calendar_quarter_start(text), freq="Q") for text in rows["Quarter"].unique()}
    wrong = rows.loc[rows["Quarter"].map(lambda text: str(quarters[text].year)) != rows["Year"], "Quarter"]
    if not wrong.empty:
        came = listed(sorted(set(wrong)))
        raise ContractError([Problem(file=in_sheet(path, rows), expected="each quarter in its year", came=came)])
    is_placed = ~rows[["LAD Code", "Local Authority"]].isin(UNPLACED).any(axis=1)
    placed, aside = rows[is_placed], rows[~is_placed]
    refuse_places_set_aside(codes=aside["LAD Code"], names=aside["Local Authority"], where=in_sheet(path, rows))
    refuse_codes_beside_other_names(
        codes=placed["LAD Code"],
        names=placed["Local Authority"],
        where=in_sheet(path, rows),
        now=SUCCESSORS,
    )
    code = rows["LAD Code"].where(is_placed, by_scheme.UNPLACED)
    named_so = {"LAD Code": code, "Resettlement Scheme": _with_sponsorship(rows)}
    ends = {text: quarter.end_time.date().isoformat() for text, quarter in quarters.items()}
    numbers = {text: str(quarter.quarter) for text, quarter in quarters.items()}
    return rows.assign(Date=rows["Quarter"].map(ends), Quarter=rows["Quarter"].map(numbers), **named_so)


_SCHEMES = {name.casefold(): name for name in (*by_scheme.BY_AUTHORITY, *by_scheme.AFGHAN)}


def _with_sponsorship(rows: pd.DataFrame) -> pd.Series:
    """Return each scheme's name as the held copy writes it, with who sponsored where the newer column says so."""
    sponsor = rows["Community Sponsorship"]
    schemes = rows["Resettlement Scheme"]
    by_sponsor = schemes.where(sponsor.isin(NOT_SPONSORED), schemes + " - " + sponsor)
    return by_sponsor.map(lambda name: _SCHEMES.get(name.casefold(), name))


def d01_edition(path: Path) -> Edition:
    """Return the edition named after the last quarter in the table."""
    return edition_of_month(date.fromisoformat(read_d01(path)["Date"].max()))


def tidy_d01(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what the held copy gives, and Afghan schemes by authority where the newer editions place them.

    The UK's Afghan rows count every Afghan row, placed or not. An authority gets no Afghan zero, because before
    2024 most were placed nowhere; its total stays that of the five other schemes, as its name says.
    """
    afghan = by_scheme.is_afghan(rows)
    placed = rows[afghan & (rows["LAD Code"] != by_scheme.UNPLACED)]
    people = pd.DataFrame(
        {
            "area_code": authority_of_today(placed["LAD Code"]),
            "day": [pd.Period(day, freq="Q").start_time.date().isoformat() for day in placed["Date"]],
            "people": placed["Persons"].astype("int64"),
        }
    )
    schemes = by_authority.observations(people, category=placed["Resettlement Scheme"].map(dict(by_scheme.AFGHAN)))
    figures = [by_scheme.tidy(rows), schemes.assign(measure=by_scheme.MEASURE, period_months=3)]
    return pd.concat([part for part in figures if not part.empty], ignore_index=True)


def no_quarter_is_missing(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a quarter between the first and the last has no row, here or elsewhere: it is lost, not empty."""
    there = pd.PeriodIndex(rows["Date"], freq="Q")
    missing = sorted(set(pd.period_range(there.min(), there.max(), freq="Q").astype(str)) - {*there.astype(str)})
    if lost := [quarter for quarter in missing if quarter not in NOBODY_ARRIVED]:
        raise ContractError(f"Res_D01: expected rows of every quarter; came none of {listed(lost)}")


def no_welsh_authority_is_missing(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a table that goes back to 2015 has no row of a Welsh authority: by now each has received someone."""
    if rows["Date"].min() > RECEIVED_SINCE:
        return
    there = set(authority_of_today(rows.loc[rows["LAD Code"] != by_scheme.UNPLACED, "LAD Code"]))
    areas, last = load_areas(), rows["Date"].max()
    gone = whole_of_wales(there, kind="local_authority", day=last) - there
    if gone:
        names = areas.loc[areas["code"].isin(gone), "name_en"]
        raise ContractError(f"Res_D01: expected rows of every Welsh authority; came none of {listed(names)}")


def every_placed_person_is_kept(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when people whom the table places in authorities, or Afghan people of the UK, are not all kept."""
    people, afghan = rows["Persons"].astype("int64"), by_scheme.is_afghan(rows)
    placed = rows["LAD Code"] != by_scheme.UNPLACED
    kingdom = figures["area_code"] == UNITED_KINGDOM
    schemes = figures.loc[~kingdom & (figures["category"] != "total"), "value"].sum()
    pairs = ((people[placed].sum(), schemes), (people[afghan].sum(), figures.loc[kingdom, "value"].sum()))
    if any(before != after for before, after in pairs):
        came = " and ".join(f"{after:,.0f} of {before:,}" for before, after in pairs)
        raise ContractError(f"Res_D01: expected people placed, and Afghan people of the UK, as read; came {came}")


PUBLISHED_FILES = (
    PublishedFile(
        dataset="resettlement",
        read=read_d01,
        edition=d01_edition,
        tidy=tidy_d01,
        checks=(
            every_placed_person_is_kept,
            by_scheme.no_row_twice,
            no_quarter_is_missing,
            no_welsh_authority_is_missing,
        ),
    ),
)
SIGNS = (
    Signs(
        looked_for="Data_Res_D01 with 'Resettlement Scheme'",
        in_row=header(d01_sheet, words=("lad code", "resettlement scheme"), gives=("resettlement",)),
    ),
)
