"""Home Office hate crime appendix tables (ODS): force by strand.

Their layout was never seen by anyone who described it, and this reader has not met the live file. So the sheet is found
by content: a row with a heading for the force and one for each of the five strands. The year is a column, or stands
in the sheet's name or above the table. Whatever is otherwise is refused, naming what was looked for and what came.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem
from etl.live.publication import Edition, Live
from etl.ods import Row
from etl.periods import financial_year_start
from etl.sheets import HEADER_WITHIN, Column, Layout, named, one_each, plain, rows, table

_FORCES = ("Police force", "Police force area", "Force", "Force name", "Area")
_STRANDS = {
    "race": ("Race", "Race hate crime"),
    "religion": ("Religion", "Religion or belief", "Religious hate crime"),
    "sexual_orientation": ("Sexual orientation", "Sexual orientation hate crime"),
    "disability": ("Disability", "Disability hate crime"),
    "transgender": ("Transgender", "Transgender identity", "Transgender hate crime"),
}
_TOTALS = (
    "Total number of offences",
    "Total offences",
    "Total hate crime offences",
    "All hate crime offences",
    "Total",
)
LAYOUT = Layout(
    columns=(
        Column(name="force", headings=_FORCES),
        Column(name="year", headings=("Financial year", "Year"), optional=True),
        *(Column(name=name, headings=words, number=True, markers=True) for name, words in _STRANDS.items()),
        Column(name="offences", headings=_TOTALS, number=True, markers=True, optional=True),
    ),
    unread=("Region", "ONS code", "Force code", "Total number of motivating factors", "Total motivating factors"),
)
LOOKED_FOR = "a sheet with a row of headings 'Police force' and the five strands (Race, Religion …)"
_YEAR = re.compile(r"(?<!\d)(20\d{2})[/_-](\d{2})(?!\d)|year ending March (20\d{2})", re.IGNORECASE)


def is_header(row: Row) -> bool:
    """Say whether a row is the header of a table of forces by strand."""
    words = set(map(plain, row.cells))
    strands = all(words & set(map(plain, headings)) for headings in _STRANDS.values())
    return row.number <= HEADER_WITHIN and strands and bool(words & set(map(plain, _FORCES)))


def read(path: Path) -> pd.DataFrame:
    """Return a row for each year and force with its strands and all offences, as text; markers as printed."""
    sheets = _sheets(path)
    if not sheets:
        raise ContractError([Problem(file=path.name, expected=LOOKED_FOR, came="none")])
    made = [_sheet(path, sheet=sheet, year=year) for sheet, year in sheets.items()]
    every = pd.concat(made, ignore_index=True)
    return one_each(every, key=("year", "force"), file=path.name).drop(columns="sheet")


def _sheets(path: Path) -> dict[str, str]:
    """Return the sheets that hold such a table, each with the year that its name or the rows above say, or ""."""
    found: dict[str, str] = {}
    year, sheet = "", ""
    for row in rows(path):
        if row.sheet != sheet:
            year, sheet = _year_in(row.sheet), row.sheet
        if is_header(row):
            found[sheet] = year
        elif sheet not in found:
            year = year or next(filter(None, map(_year_in, row.cells)), "")
    return found


def _year_in(text: str) -> str:
    """Return the financial year a text names ("year ending March 2025" -> "2024/25"), or ""."""
    match = _YEAR.search(text)
    if match is None:
        return ""
    if match[3]:
        return f"{int(match[3]) - 1}/{match[3][2:]}"
    return f"{match[1]}/{match[2]}"


def _sheet(path: Path, *, sheet: str, year: str) -> pd.DataFrame:
    cells = table(path, wanted=named(sheet), sheets=LOOKED_FOR, layout=LAYOUT, ends=("source", "note"))
    if (cells["year"] == "").all():
        cells = cells.assign(year=year)
    wrong = sorted(set(cells.loc[~cells["year"].str.fullmatch(r"\d{4}/\d{2}"), "year"]))
    if wrong:
        where = f"{path.name}, sheet {sheet!r}"
        expected = "a financial year such as 2024/25 in a column, the sheet's name or above the table"
        raise ContractError([Problem(file=where, expected=expected, came=", ".join(map(repr, wrong)))])
    return cells


def edition(path: Path) -> Edition:
    """Return the edition named after the last year of the tables."""
    year = financial_year_start(read(path)["year"].max()).year + 1
    english, welsh = f"Year ending March {year}, appendix tables", f"Blwyddyn hyd at fis Mawrth {year}, tablau atodol"
    return Edition(english=english, welsh=welsh, released=f"{year}-10")


LIVE = (Live(dataset="hate_crime_strands_by_force", read=read, edition=edition, grows=True),)
