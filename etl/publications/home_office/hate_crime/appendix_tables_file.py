"""Home Office hate crime appendix tables (ODS): force by strand.

This reader has met the tables of 2015/16 and has not met one since, so the sheet is found by content: a row with a
heading for the force and one for each of the five strands. The awkward facts of 2015/16: the header takes two rows,
footnote digits stick to names, counts may be text with commas, and "West Midlands" is a force and then its region. The
year is a column, or stands in the sheet's name or above the table. Whatever is otherwise is refused, naming what came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem
from etl.pipeline.published_files import Edition, PublishedFile, Signs
from etl.reading import wording
from etl.reading.note_periods import months_named
from etl.reading.ods import Row
from etl.reading.periods import financial_year_start
from etl.reading.sheets import (
    HEADER_WITHIN,
    Column,
    Layout,
    meant,
    named,
    one_each,
    one_header,
    rows,
    table,
    without_typing,
)
from etl.reading.wording import plain

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
_NO_COUNTS = re.compile(
    r"per ?cent|proportion|%|\brates?\b|\bper 1,?000|\b(?:incidents?|victims?|suspects?|arrests?|charged?|outcomes?)\b"
    r"|\b(?:changes?|differences?|online|aggravated|violence|violent|public order|criminal damage|arson)\b",
    re.IGNORECASE,
)  # of all crimes recorded: something else, or only some of them
_YEAR = re.compile(
    r"(?<!\d)(20\d{2}) ?(?:[/_-]|to) ?(?:20)?(\d{2})(?!\d)"
    r"|April (20\d{2}) ?(?:to|-) ?March 20(\d{2})"
    r"|years? (?:ending|ended|to)(?: in)?(?: \d{1,2}(?:st)?)? March,? (20\d{2})",
    re.IGNORECASE,
)
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} (?:to\b|20\d{2})", re.IGNORECASE)
_CAME_OUT = re.compile(
    r"\([^)]*\)|\b(?:published|extracted|released|updated|revised|as at)(?: (?:on|in|at))? (?:\d{1,2} )?[a-z]+ 20\d{2}",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\W*(?:appendix )?table\b", re.IGNORECASE)
_PERIOD_ALONE = re.compile(rf"(?:England and Wales,? ?)?(?:financial )?(?:year )?(?:{_YEAR.pattern})\W*", re.IGNORECASE)


def is_header(row: Row) -> bool:
    """Say whether a row is the header of a table of forces by strand, or the lower row of one that takes two."""
    first = plain(row.cells[0])
    return row.number <= HEADER_WITHIN and _has_strands(row) and (not first or _names_the_force(row))


def _has_strands(row: Row) -> bool:
    words = _words(row)
    return all(words & set(map(plain, headings)) for headings in _STRANDS.values())


def _names_the_force(row: Row) -> bool:
    return bool(_words(row) & set(map(plain, _FORCES)))


def _words(row: Row) -> set[str]:
    return {plain(meant(cell)) for cell in row.cells}


def prepared(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of these tables with one header row each, and names and numbers without what was typed on them."""
    return one_header(
        without_typing(rows),
        pair=lambda upper, lower: _names_the_force(upper) and not _has_strands(upper) and _has_strands(lower),
    )


def read(path: Path) -> pd.DataFrame:
    """Return a row for each year and force with its strands and all offences, as text; markers as printed."""
    sheets = tables(path)
    if not sheets:
        raise ContractError([Problem(file=path.name, expected=LOOKED_FOR, came="none")])
    figures = [_sheet(path, sheet=sheet, year=year) for sheet, year in sheets.items()]
    every = pd.concat([region_named(cells, numbers=(*_STRANDS, "offences")) for cells in figures], ignore_index=True)
    return one_each(every, key=("year", "force"), file=path.name).drop(columns="sheet")


_WEST_MIDLANDS = "West Midlands"
_ITS_OTHER_FORCES = ("Staffordshire", "Warwickshire", "West Mercia")


def region_named(cells: pd.DataFrame, *, numbers: tuple[str, ...]) -> pd.DataFrame:
    """Return the rows with the region of the West Midlands, the sum of its four forces, called so.

    Where neither of two such rows is that sum both keep their name, and are refused as one force that stands twice.
    """
    twice = cells.index[cells["force"] == _WEST_MIDLANDS]
    others = cells[cells["force"].isin(_ITS_OTHER_FORCES)]
    if len(twice) != 2 or len(others) != len(_ITS_OTHER_FORCES):
        return cells
    counts = cells[list(numbers)].apply(pd.to_numeric, errors="coerce")
    parts = counts.loc[others.index].sum()
    for region, force in (tuple(twice), tuple(twice[::-1])):
        if (counts.loc[region] == counts.loc[force] + parts).all():
            return cells.assign(force=cells["force"].where(cells.index != region, f"{_WEST_MIDLANDS} Region"))
    return cells


def tables(path: Path) -> dict[str, str]:
    """Return the sheets that hold such a table, each with the year that its name and title say, or ""."""
    sheets: dict[str, str] = {}
    sheet, above = "", list[str]()
    for row in prepared(rows(path)):
        if row.sheet != sheet:
            sheet, above = row.sheet, []
        if is_header(row) and _names_the_force(row):
            sheets[sheet] = _year_of(sheet, above, file=path.name)
        elif sheet not in sheets:
            above += filter(None, row.cells)
    return sheets


def _year_of(sheet: str, above: list[str], *, file: str) -> str:
    """Return the year, or years, that a sheet's name, its title and a line of nothing but a period say, or "".

    Raise where they say different things, or speak of percentages or rates, which look like counts. A note above the
    table may speak of any year; where nothing else names the year, or only the sheet does, it has to agree.
    """
    where = f"{file}, sheet {sheet!r}"
    title = next(filter(_TITLE.match, above), "".join(above[:1]))
    if no_counts := next(filter(_NO_COUNTS.search, (sheet, title)), ""):
        raise ContractError([Problem(file=where, expected="a table of counts", came=repr(no_counts[:200]))])
    headings = [title, *filter(_PERIOD_ALONE.fullmatch, above)]
    notes = [] if any(map(_years_in, headings)) else [text for text in above if text not in headings]
    named = {text: years for text in (sheet, *headings, *notes) if (years := _years_in(text))}
    every = list(dict.fromkeys(year for years in named.values() for year in years))
    shared = set(every).intersection(*named.values())
    odd = next((text for text in (sheet, *headings) if len(every) == 1 and not _is_of(every[0], text)), "")
    if (every and not shared) or odd:
        expected = "a sheet's name and the rows above its table to say one financial year"
        came = "; ".join(repr(text[:200]) for text in ([odd] if odd else named))
        raise ContractError([Problem(file=where, expected=expected, came=came)])
    only_in_notes = bool(named) and set(named) <= set(notes)
    return "" if only_in_notes else ", ".join(every)


def _years_in(text: str) -> list[str]:
    """Return the financial years that a text names ("year ending March 2025" -> "2024/25"), each once."""
    named = (
        f"{int(match[5]) - 1}/{match[5][2:]}" if match[5] else f"{match[1] or match[3]}/{match[2] or match[4]}"
        for match in _YEAR.finditer(wording.one_line(text))
    )
    return list(dict.fromkeys(named))


def _is_of(year: str, text: str) -> bool:
    """Say whether a text names no other months than a year's: no quarter of it either, but for the day it came out."""
    april = financial_year_start(year).year * 12 + 3
    plain_text = _CAME_OUT.sub(" ", wording.one_line(text))
    months = months_named(_YEAR.sub(year, plain_text))
    return months in (frozenset(), frozenset(range(april, april + 12))) and not _MONTH.search(
        _YEAR.sub(" ", plain_text)
    )


def _sheet(path: Path, *, sheet: str, year: str) -> pd.DataFrame:
    cells = table(
        path, sheet_filter=named(sheet), sheets=LOOKED_FOR, layout=LAYOUT, ends=("source", "note"), prepared=prepared
    )
    if (cells["year"] == "").all():
        cells = cells.assign(year=year)
    elif year and max(cells["year"]) != max(year.split(", ")):
        where, came = f"{path.name}, sheet {sheet!r}", f"rows to {max(cells['year'])} below a title of {year}"
        raise ContractError([Problem(file=where, expected="rows of the year that stands above them", came=came)])
    wrong = sorted(set(cells.loc[~cells["year"].str.fullmatch(r"\d{4}/\d{2}"), "year"]))
    if wrong:
        where = f"{path.name}, sheet {sheet!r}"
        expected = "one financial year such as 2024/25 in a column, the sheet's name or above the table"
        raise ContractError([Problem(file=where, expected=expected, came=", ".join(map(repr, wrong)))])
    return cells


def edition(path: Path) -> Edition:
    """Return the edition named after the last year of the tables."""
    year = financial_year_start(read(path)["year"].max()).year + 1
    english, welsh = f"Year ending March {year}, appendix tables", f"Blwyddyn hyd at fis Mawrth {year}, tablau atodol"
    return Edition(english=english, welsh=welsh, released=f"{year}-10")


PUBLISHED_FILES = (
    PublishedFile(
        dataset="hate_crime_strands_by_force",
        read=read,
        edition=edition,
        replaces=("hate_crime_force_totals",),
        grows=True,
    ),
)


def _in_row(path: Path, row: Row) -> tuple[str, ...]:
    return ("hate_crime_strands_by_force",) if is_header(row) and tables(path) else ()


SIGNS = (Signs(looked_for="a sheet with 'Police force' and the five strands", in_row=_in_row),)
