"""Reg_02 as the Home Office publishes it (ODS): three groups of people by authority on one day.

Written from a description of the layout, and its headings from what public loaders expect: this reader has not met the
live file. Its columns are turned into those of the held copies.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem
from etl.geo.geography import (
    authority_of_today,
    is_welsh,
    refuse_codes_beside_other_names,
    refuse_places_set_aside,
    whole_of_wales,
)
from etl.pipeline.published_files import Edition, PublishedFile, Signs, header
from etl.publications.home_office.immigration_groups import groups
from etl.publications.home_office.immigration_tables import REGIONS, two_months_later
from etl.reading.periods import day_words, point_in_time
from etl.reading.sheets import Column, Layout, in_sheet, named, one_each, table, title_of
from etl.reading.wording import listed

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
    unread=(*REGIONS, "All 3 pathways (total)", "Population", "Percentage of population (%)", "Per capita (%)"),
)
UNKNOWN = "Unknown"  # a last row of people whom the table puts in no authority
# A day after "as at", in the forms that `point_in_time` knows.
REG_02_TITLE = re.compile(
    r"\bas (?:at|of):? (\d{1,2}\w* [^\W\d_]+,? \d{4}|[^\W\d_]+ \d{1,2},? \d{4}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
reg02_sheet = named("Reg_02")


def read_reg02(path: Path) -> pd.DataFrame:
    """Return a row for each authority with the columns of the held copy, `snapshot` from the table's title."""
    rows = table(path, sheet_filter=reg02_sheet, sheets="a sheet Reg_02", layout=REG_02, ends=("source", "note"))
    nowhere = rows["lad_code"].isin(("", UNKNOWN)) | (rows["lad_name"] == UNKNOWN)
    aside = rows[nowhere]
    refuse_places_set_aside(codes=aside["lad_code"], names=aside["lad_name"], where=in_sheet(path, rows))
    rows = one_each(rows[~nowhere], key=("lad_code",), file=path.name)
    refuse_codes_beside_other_names(codes=rows["lad_code"], names=rows["lad_name"], where=in_sheet(path, rows))
    return rows.assign(snapshot=reg02_day(path).isoformat())


def reg02_day(path: Path) -> date:
    """Return the day in the title of Reg_02 ("as at 30 June 2026")."""
    titles = title_of(path, sheet_filter=reg02_sheet, headings=("LTLA (ONS code)",), called="Reg_02")
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


def every_welsh_authority_once(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a Welsh authority of today is missing, or any authority comes twice; elsewhere one may have ended."""
    codes, day = authority_of_today(rows["lad_code"]), rows["snapshot"].max()
    expected = whole_of_wales(codes[is_welsh(codes)], kind="local_authority", day=day)
    wrong = sorted({*codes[codes.duplicated()], *(expected - set(codes))})
    if wrong:
        raise ContractError(
            f"expected each of {len(expected)} Welsh authorities, and no authority twice; not so: {listed(wrong)}"
        )


_REG_02 = PublishedFile(
    dataset="immigration_groups",
    grows=True,
    read=read_reg02,
    edition=reg02_edition,
    tidy=groups.tidy,
    checks=(groups.parts_add_to_total, every_welsh_authority_once),
    replaces=("immigration_groups_2024_2025", "immigration_groups_mar_2026"),
)


PUBLISHED_FILES = (
    _REG_02,
    replace(_REG_02, dataset="immigration_groups_jun_2026", grows=False),
    replace(_REG_02, dataset="immigration_groups_dec_2025", grows=False),
)
_OWN_TABLE = {"2026-06-30": "immigration_groups_jun_2026", "2025-12-31": "immigration_groups_dec_2025"}


def _table_of_its_day(path: Path) -> tuple[str, ...]:
    return (_OWN_TABLE.get(reg02_day(path).isoformat(), "immigration_groups"),)


SIGNS = (
    Signs(
        looked_for="Reg_02 with 'LTLA (ONS code)'",
        in_row=header(reg02_sheet, words=("ltla (ons code)",), gives=_table_of_its_day),
    ),
)
