"""Police recorded crime open data as the Home Office publishes it: ODS, a sheet for each financial year.

Written from a description of the layout: these readers have not met the live files. Sheets are called `2012-13`
in older files and `2015_16` in newer ones; the count is `Offence Count` in the newest partnership table and
`Number of Offences` before. Which columns stand between `CSP Name` and `Offence Code` was not seen; those that
are not expected are refused, because a new column may split rows that would then be added twice.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem
from etl.datasets import police_recorded_crime_csp as csp
from etl.datasets import police_recorded_crime_pfa as pfa
from etl.live.publication import Edition, Live, day_words
from etl.periods import financial_year_start
from etl.sheets import Column, Layout, find_text, named, one_each, same_names, table

COUNT = Column(name="Number of Offences", headings=("Number of Offences", "Offence Count"), number=True)
_WHEN = same_names("Financial Year", "Financial Quarter")
PFA = Layout(
    columns=(
        *_WHEN,
        *same_names("Force Name", "Offence Description", "Offence Group", "Offence Subgroup", "Offence Code"),
        COUNT,
    )
)
CSP = Layout(
    columns=(
        *_WHEN,
        Column(name="Police Force", headings=("Police Force", "Force Name")),
        *same_names("CSP Name", "Offence Code"),
        COUNT,
    ),
    unread=("Region", "ONS Code", "CSP Code", "Offence Description", "Offence Group", "Offence Subgroup"),
)


def is_year(sheet: str) -> bool:
    """Say whether a sheet is named after a financial year ("2012-13", "2015_16")."""
    return re.fullmatch(r"\d{4}[-_]\d{2}", sheet.strip()) is not None


def _years(sheet: str) -> bool:
    """Want the sheets of financial years; raise for one that is nearly called so, whose year would be left out."""
    if re.match(r"\s*\d{4}[-_/ ]\d{2}", sheet) and not is_year(sheet):
        expected = "a sheet of a year to be called after it alone, such as 2015_16"
        raise ContractError([Problem(file=f"sheet {sheet!r}", expected=expected, came="more")])
    return is_year(sheet)


def read_pfa(path: Path) -> pd.DataFrame:
    """Return every row of every year's sheet, columns as the Home Office names them."""
    rows = table(path, wanted=_years, sheets="sheets named after financial years, such as 2015_16", layout=PFA)
    return _sound(rows, key=("Financial Year", "Financial Quarter", "Force Name", "Offence Code"), file=path.name)


def read_csp(path: Path) -> pd.DataFrame:
    """Return the rows of the five aggravated offences, of England too: the others pass by without being held."""
    code = [column.name for column in CSP.columns].index("Offence Code")
    wanted = frozenset(pfa.RRA_CODES)
    rows = table(
        path,
        wanted=_years,
        sheets="sheets named after financial years, such as 2020_21",
        layout=CSP,
        keep=lambda cells: cells[code] in wanted,
    )
    key = ("Financial Year", "Financial Quarter", "Police Force", "CSP Name", "Offence Code")
    return _sound(rows, key=key, file=path.name)


def _sound(rows: pd.DataFrame, *, key: tuple[str, ...], file: str) -> pd.DataFrame:
    """Return rows that stand once each, each in the sheet of its own year."""
    pairs = rows[["sheet", "Financial Year"]].drop_duplicates().itertuples(index=False)
    strange = [(s, y) for s, y in pairs if financial_year_start(s) != financial_year_start(y)]
    if strange:
        raise ContractError(
            Problem(file=f"{file}, sheet {sheet!r}", expected="rows of that year only", came=year)
            for sheet, year in strange
        )
    return one_each(rows, key=key, file=file)


def edition(path: Path) -> Edition:
    """Return the edition that the sheet Notes states ("Updated: 23 July 2026")."""
    found = find_text(
        path,
        wanted=named("Notes"),
        pattern=r"Updated:\s*(\d{1,2} [A-Z][a-z]+ \d{4})",
        what="a sheet Notes with 'Updated:' and a day",
    )
    day = datetime.strptime(found[1], "%d %B %Y").date()
    english, welsh = day_words(day)
    return Edition(english=f"Updated {english}", welsh=f"Diweddarwyd {welsh}", released=day.isoformat())


LIVE = (
    *(
        Live(dataset=name, read=read_pfa, edition=edition)
        for name in ("police_recorded_crime_pfa", "modern_slavery_offences")
    ),
    *(Live(dataset=dataset.name, read=read_csp, edition=edition) for dataset in csp.DATASETS),
)
