"""Asy_D11 as the Home Office publishes it (XLSX): people in receipt of asylum support, by authority and kind.

Written from a description of the layout, and its headings from what public loaders expect: this reader has not met the
live file. Its columns are turned into those of the held copy.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem
from etl.geo.geography import (
    SUCCESSORS,
    existing,
    is_welsh,
    load_areas,
    refuse_codes_beside_other_names,
    refuse_places_set_aside,
)
from etl.pipeline.published_files import Edition, PublishedFile, Signs, header
from etl.publications.home_office.asylum_support import by_authority, by_type
from etl.publications.home_office.asylum_support.by_authority import D11_COLUMNS, PSEUDO_AREA
from etl.publications.home_office.immigration_tables import LAD_CODE, REGIONS, edition_of_month
from etl.reading.periods import month_words, point_in_time
from etl.reading.sheets import Column, Layout, find_text, in_sheet, named, same_names, table
from etl.reading.wording import listed

PASTED = 0.25  # of a day's rows, that stand a second time with the same people
LARGE = 50  # people in a Welsh authority, who do not all leave it within a quarter
FIRST_DAY = "2021-06-30"  # of the newer of the two tables of totals
AUTHORITY = Column(name="Local Authority", headings=("Local Authority",))
ASY_D11 = Layout(
    columns=(
        Column(name="Date", headings=("Date (as at…)", "Date (as at...)")),
        *same_names("Support Type"),
        AUTHORITY,
        LAD_CODE,
        *same_names("Accommodation Type", "People", numbers=("People",)),
    ),
    unread=REGIONS,
)
d11_sheet = named("Data_Asy_D11")


def read_d11(path: Path) -> pd.DataFrame:
    """Return the rows of Asy_D11 under the columns of the held copy, days as 2026-03-31, no code as "N/A"."""
    rows = table(path, sheet_filter=d11_sheet, sheets="a sheet Data_Asy_D11", layout=ASY_D11)
    days = {text: point_in_time(text).isoformat() for text in rows["Date"].unique()}
    nowhere = rows["Local Authority"].str.fullmatch(PSEUDO_AREA)
    rows = rows.assign(Date=rows["Date"].map(days))
    aside = rows[nowhere | by_authority.is_pseudo(rows)]
    refuse_places_set_aside(codes=aside["LAD Code"], names=aside["Local Authority"], where=in_sheet(path, rows))
    rows = rows.assign(**{"LAD Code": rows["LAD Code"].mask(nowhere, "N/A")})
    by_authority.pseudo_areas_are_known(rows, rows)
    _no_day_pasted_twice(rows, file=path.name)
    placed = rows[~by_authority.is_pseudo(rows)]
    _no_row_twice(placed, file=path.name)
    refuse_codes_beside_other_names(
        codes=placed["LAD Code"],
        names=placed["Local Authority"],
        where=in_sheet(path, rows),
        now=SUCCESSORS,
    )
    _no_large_authority_vanishes(rows, file=path.name)
    _no_section_vanishes(rows, file=path.name)
    return rows[list(D11_COLUMNS)]


def _no_day_pasted_twice(rows: pd.DataFrame, *, file: str) -> None:
    """Raise when most rows of a day stand twice: a day was pasted."""
    repeated = rows.duplicated(list(D11_COLUMNS)).groupby(rows["Date"]).mean()
    days = sorted(repeated.index[repeated >= PASTED])
    if days:
        raise ContractError(
            [Problem(file=file, expected="each day once", came=f"most rows twice on {', '.join(days)}")]
        )


def _no_row_twice(rows: pd.DataFrame, *, file: str) -> None:
    """Raise naming rows that stand twice with the same people: added, they would double them.

    Two rows of one key with other people are two parts: the 7 and 35 of Edinburgh's hotels on 31 December 2022 stand
    in the publisher's later total of 60. No row of its 21,743 up to 2024 stands twice with the same people.
    """
    columns = list(D11_COLUMNS)
    twice = rows[rows.duplicated(columns) & (rows["People"].astype("int64") > 0)]
    if not twice.empty:
        came = listed(twice[columns].drop_duplicates().to_numpy().tolist())
        raise ContractError([Problem(file=file, expected="each row once", came=f"twice {came}")])


def _no_large_authority_vanishes(rows: pd.DataFrame, *, file: str) -> None:
    """Raise when a Welsh authority with many people has no row a quarter later: no row would be read as nobody."""
    welsh = rows[is_welsh(rows["LAD Code"])].assign(people=lambda f: f["People"].astype("int64"))
    people = welsh.pivot_table(index="Date", columns="LAD Code", values="people", aggfunc="sum")
    people = people.reindex(sorted(set(rows["Date"])))
    names, areas = dict(zip(welsh["LAD Code"], welsh["Local Authority"], strict=True)), load_areas()
    lost = [
        Problem(
            file=file, expected=f"a row on {day}", came=f"none for {names[code]}, {before:,.0f} people on {earlier}"
        )
        for earlier, day in pairwise(people.index)
        for code, before in people.loc[earlier].items()
        if before >= LARGE and pd.isna(people.loc[day, code])
        if code in set(existing(kind="local_authority", day=day, areas=areas))
    ]
    if lost:
        raise ContractError(lost)


def _no_section_vanishes(rows: pd.DataFrame, *, file: str) -> None:
    """Raise when a day has no row at all of a section that the day before had: it would be nobody everywhere."""
    names = rows["Support Type"].str.casefold()
    sections = names[names.isin(by_type.SECTIONS)].groupby(rows["Date"]).agg(set)
    lost = [
        Problem(file=file, expected=f"rows of every section on {day}", came=f"none of {listed(sorted(gone))}")
        for earlier, day in pairwise(sorted(sections.index))
        if (gone := sections[earlier] - sections[day])
    ]
    if lost:
        raise ContractError(lost)


def read_d11_quarterly(path: Path) -> pd.DataFrame:
    """Return people by authority and day from 30 June 2021 on: what the copy of totals holds."""
    rows = read_d11(path)
    by_place = rows[~by_authority.is_pseudo(rows) & (rows["Date"] >= FIRST_DAY)]
    named_so = by_place.rename(columns={"Date": "date", "LAD Code": "code"}).assign(
        v=by_place["People"].astype("int64")
    )
    return named_so.groupby(["date", "code"], as_index=False).agg(v=("v", "sum")).astype({"v": "str"})


_SUBSISTENCE = r"Subsistence Only \(([A-Z][a-z]{2}) (\d{4}) - ([A-Z][a-z]{2}) (\d{4})\)"


def subsistence_left_out(path: Path) -> tuple[str, str]:
    """Return the months for which Asy_D11 gives subsistence only without places, as sentences, as its label says."""
    try:
        note = find_text(path, sheet_filter=d11_sheet, pattern=_SUBSISTENCE, what="the months without places")
    except ContractError:
        return "", ""
    first, last = (datetime.strptime(f"{m} {y}", "%b %Y").date() for m, y in (note.groups()[:2], note.groups()[2:]))
    (first_en, first_cy), (last_en, last_cy) = month_words(first), month_words(last)
    return (
        f" Subsistence only is not split by authority from {first_en} to {last_en}.",
        f" Ni rennir cynhaliaeth yn unig yn ôl awdurdod o fis {first_cy} i fis {last_cy}.",
    )


def caution_by_type(path: Path) -> tuple[str, str]:
    """Return the caution of people by section, with the months that this edition leaves out."""
    english, welsh = subsistence_left_out(path)
    return (
        "Section 4 is counted by authority from 31 March 2018 and Section 98 from 31 December 2022; before that they "
        f"are not known, not zero.{english}",
        "Cyfrifir Adran 4 yn ôl awdurdod o 31 Mawrth 2018 ac Adran 98 o 31 Rhagfyr 2022; cyn hynny nid ydynt yn "
        f"hysbys, yn hytrach na sero.{welsh}",
    )


def caution_by_accommodation(path: Path) -> tuple[str, str]:
    """Return the caution of people by accommodation, with the months that this edition leaves out."""
    english, welsh = subsistence_left_out(path)
    return (
        "Hotels, initial and other accommodation under Section 95 are shown apart only from mid-2023."
        f"{english} Only Section 95 dispersal accommodation runs through from 2014.",
        "Dim ond o ganol 2023 y dangosir gwestai, llety cychwynnol a llety arall o dan Adran 95 ar wahân."
        f"{welsh} Dim ond llety gwasgaru Adran 95 sy'n gyfres ddi-dor o 2014 ymlaen.",
    )


def d11_edition(path: Path) -> Edition:
    """Return the edition named after the last day in the table."""
    return edition_of_month(date.fromisoformat(read_d11(path)["Date"].max()))


PUBLISHED_FILES = (
    PublishedFile(
        dataset="asylum_support",
        read=read_d11_quarterly,
        edition=d11_edition,
        replaces=("asylum_support_reg02_jun_2026",),
    ),
    PublishedFile(dataset="asylum_support_2014_2021", read=read_d11, edition=d11_edition),
    PublishedFile(
        dataset="asylum_support_by_type",
        read=read_d11,
        edition=d11_edition,
        replaces=("asylum_support_by_type_mar_2026",),
        caution=caution_by_type,
    ),
    PublishedFile(
        dataset="asylum_support_by_accommodation",
        read=read_d11,
        edition=d11_edition,
        caution=caution_by_accommodation,
    ),
)
SIGNS = (
    Signs(
        looked_for="Data_Asy_D11 with 'LAD Code' and 'People'",
        in_row=header(
            d11_sheet,
            words=("lad code", "people", "support type"),
            gives=tuple(live.dataset for live in PUBLISHED_FILES),
        ),
    ),
)
