"""Police recorded crime open data as the Home Office publishes it: ODS, a sheet for each financial year.

Written from a description of the layout: these readers have not met the live files. Sheets are called `2012-13`
in older files and `2015_16` in newer ones; the count is `Offence Count` in the newest partnership table and
`Number of Offences` before. Which columns stand between `CSP Name` and `Offence Code` was not seen; those that
are not expected are refused, because a new column may split rows that would then be added twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem
from etl.pipeline.published_files import Edition, PublishedFile, Signs, header
from etl.publications.home_office.police_recorded_crime import force_areas as pfa
from etl.publications.home_office.police_recorded_crime import partnerships as csp
from etl.publications.home_office.police_recorded_crime.unassigned_notes import unusable
from etl.reading.periods import QUARTERS, day_words, financial_year_start
from etl.reading.release_days import stated
from etl.reading.sheets import Column, Layout, one_each, same_names, table
from etl.reading.zip_safety import opened

COUNT = Column(name="Number of Offences", headings=("Number of Offences", "Offence Count"), number=True, signed=True)
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
        Column(name="Offence Description", headings=("Offence Description",), optional=True),
        COUNT,
    ),
    unread=("Region", "ONS Code", "CSP Code", "Offence Group", "Offence Subgroup"),
)


_CODE = re.compile(r"\d|[A-Z]{2}")  # how the code of an offence begins, and none of its words
_COUNT = re.compile(r"-?\d[\d,.]*|\[\w+\]|n/?a|[-.]{1,2}", re.IGNORECASE)  # a number, or a sign that there is none
_FILLED = 4  # cells of a row that is no note below a table

_YEAR_LIKE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:[\W_]*(?:\d{2}|20\d{2})(?!\d)|$)")
_NO_TABLE = re.compile(r"note|cover|content|guid|metadata|glossary|definition|lookup", re.IGNORECASE)
_TABLE_LIKE = re.compile(
    r"\d{2}|\b(?:data|tables?|latest|newest|current|provisional|years?|quarters?)\b", re.IGNORECASE
)  # of a name with spaces for its underscores


def is_year(sheet: str) -> bool:
    """Say whether a sheet is named after a financial year ("2012-13", "2015_16")."""
    return re.fullmatch(r"\d{4}[-_]\d{2}", sheet.strip()) is not None


def _years(sheet: str) -> bool:
    """Want the sheets of financial years; raise for one that is nearly called so, whose year would be left out."""
    words = sheet.replace("_", " ").strip()
    front = _NO_TABLE.search(words)
    is_a_note = front is not None and front.start() <= 1 and not re.search(r"\bdata\b", words, re.IGNORECASE)
    table_like = not is_a_note if _YEAR_LIKE.search(sheet.strip()) else not front and _TABLE_LIKE.search(words)
    if table_like and not is_year(sheet):
        expected = "a sheet of a year to be called after it alone, such as 2015_16"
        raise ContractError([Problem(file=f"sheet {sheet!r}", expected=expected, came="more")])
    return is_year(sheet)


def read_pfa(path: Path) -> pd.DataFrame:
    """Return every row of every year's sheet, columns as the Home Office names them."""
    rows = table(path, sheet_filter=_years, sheets="sheets named after financial years, such as 2015_16", layout=PFA)
    return _sound(rows, key=("Financial Year", "Financial Quarter", "Force Name", "Offence Code"), file=path.name)


def read_csp(path: Path, *, dataset: str) -> pd.DataFrame:
    """Return the rows of the five aggravated offences, of England too, of the years that belong to `dataset`.

    Rows of other offences are left where they are, but one whose cells are not in their columns, or that has no count,
    may be of any offence, and is refused.
    """
    rows = table(
        path,
        sheet_filter=_YearsOf(dataset),
        sheets="sheets named after financial years, such as 2020_21",
        layout=CSP,
        keep=_is_read,
    )
    key = ("Financial Year", "Financial Quarter", "Police Force", "CSP Name", "Offence Code")
    return csp.with_unusable(_sound(rows, key=key, file=path.name), unusable(path))


@dataclass(frozen=True)
class _YearsOf:
    """Wants the sheets of the years that belong to a table; one thing each, so that a file is laid out once for it."""

    dataset: str

    def __call__(self, sheet: str) -> bool:
        return _years(sheet) and csp_table(sheet) == self.dataset


_YEAR, _QUARTER, _OFFENCE, _DESCRIBED, _COUNTED = (
    [column.name for column in CSP.columns].index(name)
    for name in ("Financial Year", "Financial Quarter", "Offence Code", "Offence Description", COUNT.name)
)


def _is_read(cells: tuple[str, ...]) -> bool:
    """Tell whether a row is of one of the five offences, or is in such disorder that it may be."""
    if cells[_OFFENCE].strip().upper() in pfa.RRA_CODES or _is_aggravated(cells[_DESCRIBED]):
        return True
    is_in_order = (
        _YEAR_LIKE.fullmatch(cells[_YEAR])
        and cells[_QUARTER] in QUARTERS
        and _COUNT.fullmatch(cells[_COUNTED])
        and _CODE.match(cells[_OFFENCE])
    )
    return not is_in_order and sum(map(bool, cells)) >= _FILLED


_OUTCOMES_ONLY = frozenset({"58E", "58F", "58G", "58H", "8H", "8J"})  # codes of before 2012: outcomes, no offences
# How the words of such offences begin, shortened and misspelt ones too.
_GROUNDS = (
    "race",
    "racial",
    "relig",
    "disab",
    "orientation",
    "trans",
    "hostil",
    "homophob",
    "antisemit",
    "islamophob",
    "hate",
)
_AGGRAVATED = ("agg", "agrav", "motivat")


def _is_aggravated(description: str) -> bool:
    """Tell whether an offence is one aggravated by hostility to people: not burglary, nor taking a vehicle."""
    words = re.findall(r"[a-z]+", description.casefold())
    return "rra" in words or all(any(w.startswith(start) for w in words) for start in (_GROUNDS, _AGGRAVATED))


def _no_other_aggravated(rows: pd.DataFrame, *, file: str) -> None:
    """Raise for an aggravated offence whose code is not one of the five: it would be left out without a word."""
    codes = rows["Offence Code"]
    respelt = codes.str.strip().str.upper().isin(pfa.RRA_CODES)
    new = rows["Offence Description"].map(_is_aggravated) & ~codes.isin(_OUTCOMES_ONLY)
    strange = rows[(respelt | new) & ~codes.isin(pfa.RRA_CODES)]
    if not strange.empty:
        pairs = strange[["sheet", "Offence Code", "Offence Description"]].drop_duplicates().head(5)
        raise ContractError(
            Problem(
                file=f"{file}, sheet {sheet!r}",
                expected=f"the aggravated offences {', '.join(pfa.RRA_CODES)} and no other, spelt so",
                came=f"{code!r} {described}".strip(),
            )
            for sheet, code, described in pairs.itertuples(index=False)
        )


def _no_other_name(rows: pd.DataFrame, *, file: str) -> None:
    """Raise for modern slavery under another code than its own, and for fraud under another group's name."""
    codes, words = rows["Offence Code"], rows["Offence Description"].str.casefold()
    slavery = (codes.str.strip() == pfa.MODERN_SLAVERY) | words.str.contains("slavery")
    strange = rows[slavery & (codes != pfa.MODERN_SLAVERY)]
    came, expected = "Offence Code", f"modern slavery under the code {pfa.MODERN_SLAVERY}"
    if strange.empty and "Offence Group" in rows.columns:
        groups = rows["Offence Group"]
        strange = rows[groups.str.casefold().str.contains("fraud") & (groups != pfa.FRAUD)]
        came, expected = "Offence Group", f"fraud in the group {pfa.FRAUD!r}"
    if not strange.empty:
        sheet, cell = strange["sheet"].iloc[0], strange[came].iloc[0]
        raise ContractError([Problem(file=f"{file}, sheet {sheet!r}", expected=expected, came=repr(cell))])


def csp_table(sheet: str) -> str:
    """Return the table of partnerships that the year of a sheet belongs to."""
    year = financial_year_start(sheet.strip()).year
    span = "" if year >= 2020 else "_2016_2020" if year >= 2015 else "_2012_2015"
    return f"police_recorded_crime_csp{span}"


_SHEET = {  # where a workbook names its sheets
    "content.xml": re.compile(rb'<table:table [^>]*table:name="([^"]{1,60})"'),
    "xl/workbook.xml": re.compile(rb'<(?:\w+:)?sheet [^>]*name="([^"]{1,60})"'),
}


def csp_tables(path: Path) -> tuple[str, ...]:
    """Return every table of partnerships that a workbook has a year of, newest first: one file held them all once.

    Only the names of the sheets are looked for: reading a gigabyte of rows for them would double the time of a refresh.
    """
    with opened(path) as archive:
        part = next(name for name in _SHEET if name in archive.namelist())
        sheets: set[str] = set()
        with archive.open(part) as stream:
            tables = b""
            while piece := stream.read(1 << 20):
                sheets |= {name.decode("utf-8", "replace") for name in _SHEET[part].findall(tables + piece)}
                tables = piece[-400:]
    return tuple(sorted({csp_table(sheet) for sheet in sheets if is_year(sheet)}, key=len))


def _sound(rows: pd.DataFrame, *, key: tuple[str, ...], file: str) -> pd.DataFrame:
    """Return rows that stand once each, each in the sheet of its own year, with their cells in their columns."""
    for column, is_sound, expected in (
        (
            "Offence Code",
            rows["Offence Code"].str.match(_CODE),
            "in every row an offence code, each cell in its column",
        ),
        ("Financial Quarter", rows["Financial Quarter"].isin(QUARTERS), "a financial quarter from 1 to 4"),
    ):
        if not is_sound.all():
            row = rows[~is_sound].iloc[0]
            came = f"{row[column]!r} in the row {' | '.join(row.drop('sheet'))}"
            raise ContractError([Problem(file=f"{file}, sheet {row['sheet']!r}", expected=expected, came=came)])
    pairs = rows[["sheet", "Financial Year"]].drop_duplicates().itertuples(index=False)
    strange = [(s, y) for s, y in pairs if financial_year_start(s) != financial_year_start(y)]
    if strange:
        raise ContractError(
            Problem(file=f"{file}, sheet {sheet!r}", expected="rows of that year only", came=year)
            for sheet, year in strange
        )
    _no_other_aggravated(rows, file=file)
    _no_other_name(rows, file=file)
    return one_each(rows, key=key, file=file)


def edition(path: Path) -> Edition | None:
    """Return the edition that the sheet Notes states ("Updated: 23 July 2026"), or None where a person has to say."""
    notes = stated(path)
    if notes is None:
        return None
    english, welsh = day_words(date.fromisoformat(notes.day))
    return Edition(english=f"Updated {english}", welsh=f"Diweddarwyd {welsh}", released=notes.day)


PUBLISHED_FILES = (
    PublishedFile(
        dataset="police_recorded_crime_pfa",
        read=read_pfa,
        tidy=partial(pfa.tidy, new_are_apart=True),
        edition=edition,
        checks=(
            pfa.each_count_once,
            pfa.all_five_offences_every_quarter,
            pfa.every_rra_offence_is_kept,
            pfa.welsh_forces_every_quarter,
            pfa.welsh_forces_have_the_same_offences,
            pfa.offence_codes_add_to_total,
        ),
    ),
    PublishedFile(
        dataset="modern_slavery_offences",
        read=read_pfa,
        tidy=partial(pfa.tidy_modern_slavery, new_are_apart=True),
        edition=edition,
        checks=(
            pfa.each_count_once,
            pfa.modern_slavery_every_quarter,
            pfa.modern_slavery_is_whole,
            pfa.welsh_forces_every_quarter,
        ),
    ),
    *(
        PublishedFile(dataset=dataset.name, read=partial(read_csp, dataset=dataset.name), edition=edition)
        for dataset in csp.DATASETS
    ),
)
SIGNS = (
    Signs(
        looked_for="sheets named after financial years with 'Force Name' or 'CSP Name'",
        in_row=header(is_year, words=("csp name", "offence code"), gives=csp_tables),
    ),
    Signs(
        looked_for="",
        in_row=header(
            is_year,
            words=("force name", "offence code"),
            gives=("police_recorded_crime_pfa", "modern_slavery_offences"),
        ),
    ),
)
