"""Home Office immigration statistics as published: Asy_D11 and Res_D01 (XLSX) and Reg_02 (ODS).

Written from descriptions of the layouts, and the headings of Asy_D11 and Reg_02 from what public loaders
expect: these readers have not met the live files. Their columns are turned into those of the held copies.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem
from etl.datasets import asylum_support, asylum_support_by_type, immigration_groups, resettlement
from etl.datasets.asylum_support import D11_COLUMNS, PSEUDO_AREA
from etl.geo.geography import (
    existing,
    load_areas,
    refuse_codes_beside_other_names,
    refuse_places_set_aside,
    whole_of_wales,
)
from etl.live.publication import Edition, Live, two_months_later
from etl.reading.periods import calendar_quarter_start, day_words, month_words, point_in_time
from etl.reading.sheets import Column, Layout, find_text, in_sheet, named, one_each, same_names, table, title_of
from etl.reading.wording import listed

PASTED = 0.25  # of a day's rows, that stand a second time with the same people
LARGE = 50  # people in a Welsh authority, who do not all leave it within a quarter
FIRST_DAY = "2021-06-30"  # of the newer of the two tables of totals
LAD_CODE = Column(name="LAD Code", headings=("LAD Code",))
AUTHORITY = Column(name="Local Authority", headings=("Local Authority",))
_REGIONS = ("UK Region / Nation", "UK Region", "Region", "Region / Nation")
ASY_D11 = Layout(
    columns=(
        Column(name="Date", headings=("Date (as at…)", "Date (as at...)")),
        *same_names("Support Type"),
        AUTHORITY,
        LAD_CODE,
        *same_names("Accommodation Type", "People", numbers=("People",)),
    ),
    unread=_REGIONS,
)
RES_D01 = Layout(
    columns=(
        *same_names("Year", "Quarter"),
        LAD_CODE,
        Column(name="Local Authority", headings=("Local Authority", "LA")),
        Column(name="Resettlement Scheme", headings=("Resettlement Scheme",)),
        Column(name="Community Sponsorship", headings=("Community Sponsorship",), optional=True),
        Column(name="Persons", headings=("Persons",), number=True),
    ),
    unread=_REGIONS,
)
NOBODY_ARRIVED = ("2020Q2", "2020Q3")  # anywhere in the United Kingdom
RECEIVED_SINCE = "2015-12-31"  # from then on each Welsh authority of 2024 had a row
UNPLACED = ("Unknown", "unknown", "N/A")
NOT_SPONSORED = ("", "N/A")
_AFGHANS = "Afghan Resettlement Programme"
_HEADINGS = {
    "homes_for_ukraine_arrivals_cumulative": "Homes for Ukraine - not including super sponsors (arrivals)",
    "afghan_resettlement_programme_total": f"{_AFGHANS} (total) (population)",
    "afghan_transitional": f"of which, {_AFGHANS} - transitional (population)",
    "afghan_la_housing": f"of which, {_AFGHANS} - settled in LA housing (population)",
    "afghan_prs_housing": f"of which, {_AFGHANS} - settled in PRS housing (population)",
    "supported_asylum_total": "Supported Asylum (total) (population)",
    "initial_accommodation": "of which, Supported Asylum - Initial Accommodation (population)",
    "dispersal_accommodation": "of which, Supported Asylum - Dispersal Accommodation (population)",
    "contingency_accommodation": "of which, Supported Asylum - Contingency Accommodation (population)",
    "other_accommodation": "of which, Supported Asylum - Other Accommodation (population)",
    "subsistence_only": "of which, Subsistence only (population)",
}
REG_02 = Layout(
    columns=(
        Column(name="lad_name", headings=("Local authority",)),
        Column(name="lad_code", headings=("LTLA (ONS code)",)),
        *(Column(name=name, headings=(words,), number=True, markers=True) for name, words in _HEADINGS.items()),
    ),
    unread=(*_REGIONS, "All 3 pathways (total)", "Population", "Percentage of population (%)", "Per capita (%)"),
)
UNKNOWN = "Unknown"  # a last row of people whom the table puts in no authority
# A day after "as at", in the forms that `point_in_time` knows.
REG_02_TITLE = re.compile(
    r"\bas (?:at|of):? (\d{1,2}\w* [^\W\d_]+,? \d{4}|[^\W\d_]+ \d{1,2},? \d{4}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
d11_sheet, d01_sheet, reg02_sheet = named("Data_Asy_D11"), named("Data_Res_D01"), named("Reg_02")


def read_d11(path: Path) -> pd.DataFrame:
    """Return the rows of Asy_D11 under the columns of the held copy, days as 2026-03-31, no code as "N/A"."""
    rows = table(path, wanted=d11_sheet, sheets="a sheet Data_Asy_D11", layout=ASY_D11)
    days = {text: point_in_time(text).isoformat() for text in rows["Date"].unique()}
    nowhere = rows["Local Authority"].str.fullmatch(PSEUDO_AREA)
    rows = rows.assign(Date=rows["Date"].map(days))
    aside = rows[nowhere | asylum_support.is_pseudo(rows)]
    refuse_places_set_aside(codes=aside["LAD Code"], names=aside["Local Authority"], where=in_sheet(path, rows))
    rows = rows.assign(**{"LAD Code": rows["LAD Code"].mask(nowhere, "N/A")})
    asylum_support.pseudo_areas_are_known(rows, rows)
    _no_day_pasted_twice(rows, file=path.name)
    placed = rows[~asylum_support.is_pseudo(rows)]
    refuse_codes_beside_other_names(
        codes=placed["LAD Code"],
        names=placed["Local Authority"],
        where=in_sheet(path, rows),
        now=asylum_support.SUCCESSORS,
    )
    _no_large_authority_vanishes(rows, file=path.name)
    _no_section_vanishes(rows, file=path.name)
    return rows[list(D11_COLUMNS)]


def _no_day_pasted_twice(rows: pd.DataFrame, *, file: str) -> None:
    """Raise when most rows of a day stand twice: two rows may share a key and are added, a whole day may not."""
    repeated = rows.duplicated(list(D11_COLUMNS)).groupby(rows["Date"]).mean()
    days = sorted(repeated.index[repeated >= PASTED])
    if days:
        raise ContractError(
            [Problem(file=file, expected="each day once", came=f"most rows twice on {', '.join(days)}")]
        )


def _no_large_authority_vanishes(rows: pd.DataFrame, *, file: str) -> None:
    """Raise when a Welsh authority with many people has no row a quarter later: no row would be read as nobody."""
    welsh = rows[rows["LAD Code"].str.startswith("W")].assign(people=lambda f: f["People"].astype("int64"))
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
    sections = names[names.isin(asylum_support_by_type.SECTIONS)].groupby(rows["Date"]).agg(set)
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
    kept = rows[~asylum_support.is_pseudo(rows) & (rows["Date"] >= FIRST_DAY)]
    named_so = kept.rename(columns={"Date": "date", "LAD Code": "code"}).assign(v=kept["People"].astype("int64"))
    return named_so.groupby(["date", "code"], as_index=False).agg(v=("v", "sum")).astype({"v": "str"})


_SUBSISTENCE = r"Subsistence Only \(([A-Z][a-z]{2}) (\d{4}) - ([A-Z][a-z]{2}) (\d{4})\)"


def subsistence_left_out(path: Path) -> tuple[str, str]:
    """Return the months for which Asy_D11 gives subsistence only without places, as sentences, as its label says."""
    try:
        said = find_text(path, wanted=d11_sheet, pattern=_SUBSISTENCE, what="the months without places")
    except ContractError:
        return "", ""
    first, last = (datetime.strptime(f"{m} {y}", "%b %Y").date() for m, y in (said.groups()[:2], said.groups()[2:]))
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
    return _of_month(date.fromisoformat(read_d11(path)["Date"].max()))


def _of_month(day: date) -> Edition:
    english, welsh = month_words(day)
    return Edition(english=english, welsh=welsh, released=two_months_later(day))


def read_d01(path: Path) -> pd.DataFrame:
    """Return the rows of Res_D01 under the columns of the held copy ("2026 Q2" -> 2026-06-30, 2026, 2)."""
    rows = table(path, wanted=d01_sheet, sheets="a sheet Data_Res_D01", layout=RES_D01)
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
        now=asylum_support.SUCCESSORS,
    )
    code = rows["LAD Code"].where(is_placed, resettlement.UNPLACED)
    named_so = {"LAD Code": code, "Resettlement Scheme": _with_sponsorship(rows)}
    ends = {text: quarter.end_time.date().isoformat() for text, quarter in quarters.items()}
    numbers = {text: str(quarter.quarter) for text, quarter in quarters.items()}
    return rows.assign(Date=rows["Quarter"].map(ends), Quarter=rows["Quarter"].map(numbers), **named_so)


_SCHEMES = {name.casefold(): name for name in (*resettlement.BY_AUTHORITY, *resettlement.AFGHAN)}


def _with_sponsorship(rows: pd.DataFrame) -> pd.Series:
    """Return each scheme's name as the held copy writes it, with who sponsored where the newer column says so."""
    sponsor = rows["Community Sponsorship"]
    schemes = rows["Resettlement Scheme"]
    written = schemes.where(sponsor.isin(NOT_SPONSORED), schemes + " - " + sponsor)
    return written.map(lambda name: _SCHEMES.get(name.casefold(), name))


def d01_edition(path: Path) -> Edition:
    """Return the edition named after the last quarter in the table."""
    return _of_month(date.fromisoformat(read_d01(path)["Date"].max()))


def tidy_d01(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what the held copy gives, and Afghan schemes by authority where the newer editions place them.

    The UK's Afghan rows count every Afghan row, placed or not. An authority gets no Afghan zero, because before
    2024 most were placed nowhere; its total stays that of the five other schemes, as its name says.
    """
    afghan = resettlement.is_afghan(rows)
    placed = rows[afghan & (rows["LAD Code"] != resettlement.UNPLACED)]
    people = pd.DataFrame(
        {
            "area_code": asylum_support.today(placed["LAD Code"]),
            "day": [pd.Period(day, freq="Q").start_time.date().isoformat() for day in placed["Date"]],
            "people": placed["Persons"].astype("int64"),
        }
    )
    schemes = asylum_support.observations(people, category=placed["Resettlement Scheme"].map(dict(resettlement.AFGHAN)))
    made = [resettlement.tidy(rows), schemes.assign(measure=resettlement.MEASURE, period_months=3)]
    return pd.concat([part for part in made if not part.empty], ignore_index=True)


def no_quarter_is_missing(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when a quarter between the first and the last has no row, here or elsewhere: it is lost, not empty."""
    there = pd.PeriodIndex(rows["Date"], freq="Q")
    missing = sorted(set(pd.period_range(there.min(), there.max(), freq="Q").astype(str)) - {*there.astype(str)})
    if lost := [quarter for quarter in missing if quarter not in NOBODY_ARRIVED]:
        raise ContractError(f"Res_D01: expected rows of every quarter; came none of {listed(lost)}")


def no_welsh_authority_is_missing(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when a table that goes back to 2015 has no row of a Welsh authority: by now each has received someone."""
    if rows["Date"].min() > RECEIVED_SINCE:
        return
    there = set(asylum_support.today(rows.loc[rows["LAD Code"] != resettlement.UNPLACED, "LAD Code"]))
    areas, last = load_areas(), rows["Date"].max()
    gone = whole_of_wales(there, kind="local_authority", day=last) - there
    if gone:
        names = areas.loc[areas["code"].isin(gone), "name_en"]
        raise ContractError(f"Res_D01: expected rows of every Welsh authority; came none of {listed(names)}")


def every_placed_person_is_kept(rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when people whom the table places in authorities, or Afghan people of the UK, are not all kept."""
    people, afghan = rows["Persons"].astype("int64"), resettlement.is_afghan(rows)
    placed = rows["LAD Code"] != resettlement.UNPLACED
    kingdom = made["area_code"] == resettlement.UNITED_KINGDOM
    schemes = made.loc[~kingdom & (made["category"] != "total"), "value"].sum()
    pairs = ((people[placed].sum(), schemes), (people[afghan].sum(), made.loc[kingdom, "value"].sum()))
    if any(before != after for before, after in pairs):
        came = " and ".join(f"{after:,.0f} of {before:,}" for before, after in pairs)
        raise ContractError(f"Res_D01: expected people placed, and Afghan people of the UK, as read; came {came}")


def read_reg02(path: Path) -> pd.DataFrame:
    """Return a row for each authority with the columns of the held copy, `snapshot` from the table's title."""
    rows = table(path, wanted=reg02_sheet, sheets="a sheet Reg_02", layout=REG_02, ends=("source", "note"))
    nowhere = rows["lad_code"].isin(("", UNKNOWN)) | (rows["lad_name"] == UNKNOWN)
    aside = rows[nowhere]
    refuse_places_set_aside(codes=aside["lad_code"], names=aside["lad_name"], where=in_sheet(path, rows))
    rows = one_each(rows[~nowhere], key=("lad_code",), file=path.name)
    refuse_codes_beside_other_names(codes=rows["lad_code"], names=rows["lad_name"], where=in_sheet(path, rows))
    return rows.assign(snapshot=reg02_day(path).isoformat())


def reg02_day(path: Path) -> date:
    """Return the day in the title of Reg_02 ("as at 30 June 2026")."""
    titles = title_of(path, wanted=reg02_sheet, headings=("LTLA (ONS code)",), called="Reg_02")
    days = {point_in_time(words) for title in titles for words in REG_02_TITLE.findall(title)}
    if len(days) != 1:
        expected = "a title of Reg_02 with 'as at' and a day, and no other day"
        raise ContractError([Problem(file=path.name, expected=expected, came=listed([*dict.fromkeys(titles)]))])
    return days.pop()


def reg02_edition(path: Path) -> Edition:
    """Return the edition named after the day of the table."""
    day = reg02_day(path)
    english, welsh = day_words(day)
    return Edition(english=f"As at {english}", welsh=f"Ar {welsh}", released=two_months_later(day))


def every_welsh_authority_once(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when a Welsh authority of today is missing, or any authority comes twice; elsewhere one may have ended."""
    codes, day = asylum_support.today(rows["lad_code"]), rows["snapshot"].max()
    wanted = whole_of_wales(codes[codes.str.startswith("W")], kind="local_authority", day=day)
    wrong = sorted({*codes[codes.duplicated()], *(wanted - set(codes))})
    if wrong:
        raise ContractError(
            f"expected each of {len(wanted)} Welsh authorities, and no authority twice; not so: {listed(wrong)}"
        )


_REG_02 = Live(
    dataset="immigration_groups",
    grows=True,
    read=read_reg02,
    edition=reg02_edition,
    tidy=immigration_groups.tidy,
    checks=(immigration_groups.parts_add_to_total, every_welsh_authority_once),
    replaces=("immigration_groups_2024_2025", "immigration_groups_mar_2026"),
)
LIVE = (
    Live(
        dataset="asylum_support",
        read=read_d11_quarterly,
        edition=d11_edition,
        replaces=("asylum_support_reg02_jun_2026",),
    ),
    Live(dataset="asylum_support_2014_2021", read=read_d11, edition=d11_edition),
    Live(
        dataset="asylum_support_by_type",
        read=read_d11,
        edition=d11_edition,
        replaces=("asylum_support_by_type_mar_2026",),
        caution=caution_by_type,
    ),
    Live(
        dataset="asylum_support_by_accommodation",
        read=read_d11,
        edition=d11_edition,
        caution=caution_by_accommodation,
    ),
    Live(
        dataset="resettlement",
        read=read_d01,
        edition=d01_edition,
        tidy=tidy_d01,
        checks=(
            every_placed_person_is_kept,
            resettlement.no_row_twice,
            no_quarter_is_missing,
            no_welsh_authority_is_missing,
        ),
    ),
    _REG_02,
    replace(_REG_02, dataset="immigration_groups_jun_2026", grows=False),
    replace(_REG_02, dataset="immigration_groups_dec_2025", grows=False),
)
