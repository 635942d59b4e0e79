"""Home Office hate crime data tables (ODS): sheet 2 by strand and sheet 5 by the religion targeted.

Written from a description of the layout: these readers have not met the live file. The years are the columns,
so a new year is a new column; any other heading than a year or a change in per cent is refused. What the bulletin of
one edition printed is no check of the next, which may revise it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem
from etl.pipeline.published_files import Edition, PublishedFile, Signs, header
from etl.publications.home_office.hate_crime import data_tables as held_copy
from etl.publications.home_office.hate_crime.data_tables import RELIGIONS
from etl.reading.markers import MARKER_OF
from etl.reading.ods import Row
from etl.reading.periods import financial_year_start
from etl.reading.sheets import HEADER_WITHIN, address, named, rows
from etl.reading.wording import listed, plain, without_notes

STRANDS = {
    "race": "race",
    "religion": "religion",
    "sexual orientation": "sexualOrientation",
    "disability": "disability",
    "transgender": "transgender",
}
_YEAR = re.compile(r"\d{4}/\d{2}")
_MOTIVATIONS, _OFFENCES, _TOTAL = "motivations", "totalOffences", "total"


def read(path: Path) -> pd.DataFrame:
    """Return the cells of both sheets as the held copy gives them: table, year, name, value ("" for "[x]")."""
    strands = _sheet(path, sheet="2", corner="Hate crime strand")
    religions = _sheet(path, sheet="5", corner="Perceived religion")
    names = [*(("strand", *cell) for cell in strands), *(("religion", *cell) for cell in religions)]
    cells = pd.DataFrame(names, columns=["table", "year", "name", "value"]).assign(file=path.name)
    return _without_sums(cells, file=path.name)


def _sheet(path: Path, *, sheet: str, corner: str) -> list[tuple[str, str, str]]:
    """Return (year, name, value) for every row below the header that begins with `corner`."""
    years: dict[int, str] = {}
    strand_cells: list[tuple[str, str, str]] = []
    for row in rows(path, sheet_filter=named(sheet)):
        if not years:
            _of_the_same_counts(row, file=path.name)
        if not years and plain(row.cells[0]) == plain(corner) and row.number <= HEADER_WITHIN:
            years = _years(row, file=path.name)
        elif years and any(row.cells[1:]):
            name = _name(row, sheet=sheet, file=path.name)
            strand_cells += [(year, name, _value(row, place, file=path.name)) for place, year in years.items()]
    if not strand_cells:
        expected = f"a sheet {sheet!r} with a header that begins {corner!r} and rows below it"
        raise ContractError([Problem(file=path.name, expected=expected, came="none")])
    return strand_cells


_OTHER = re.compile(
    r"^(?:table \w+\W*)?(?:per ?cent(?:age)?s?|proportions?|rates?) (?:of|per|by|for)\b|\bper 1,?000|"
    r"\bincluding the met|\b(?:incidents?|victims?|outcomes?)\b(?!.*\bcrimes?\b)",
    re.IGNORECASE,
)


def _of_the_same_counts(row: Row, *, file: str) -> None:
    """Raise for a title that speaks of shares, rates, people, incidents, or a whole with the Metropolitan Police."""
    if title := next(filter(_OTHER.search, map(without_notes, row.cells)), ""):
        where = f"{file}, sheet {row.sheet!r}, row {row.number}"
        expected = "a table of crimes counted, without the Metropolitan Police"
        raise ContractError([Problem(file=where, expected=expected, came=repr(title[:200]))])


def _years(row: Row, *, file: str) -> dict[int, str]:
    """Return the column of each year; raise for any other heading but a change in per cent."""
    headings = {place: without_notes(cell) for place, cell in enumerate(row.cells) if place and cell}
    strange = {p: h for p, h in headings.items() if not (_YEAR.fullmatch(h) or "change" in h.casefold())}
    years = {place: heading for place, heading in headings.items() if _YEAR.fullmatch(heading)}
    if strange or not years:
        where = f"{file}, sheet {row.sheet!r}, {address(min(strange, default=1), row.number)}"
        raise ContractError([Problem(file=where, expected="years such as 2024/25", came=listed(strange.values()))])
    in_order = sorted(set(years.values()))
    if list(years.values()) not in (in_order, in_order[::-1]):  # two headings that changed places change figures
        where = f"{file}, sheet {row.sheet!r}, row {row.number}"
        expected = "each year once, one after another"
        raise ContractError([Problem(file=where, expected=expected, came=listed(years.values()))])
    return years


def _name(row: Row, *, sheet: str, file: str) -> str:
    """Return the held copy's name for a row's label; raise for one that is not known."""
    words = plain(row.cells[0])
    if "total" in words:
        return _OFFENCES if "offence" in words else _MOTIVATIONS if "motivating" in words else _TOTAL
    names = STRANDS if sheet == "2" else {plain(name): name for name in RELIGIONS}
    if words not in names:
        where = f"{file}, sheet {row.sheet!r}, {address(0, row.number)}"
        raise ContractError([Problem(file=where, expected=f"one of {', '.join(names)}", came=repr(row.cells[0]))])
    return names[words]


def _value(row: Row, place: int, *, file: str) -> str:
    cell = without_notes(row.cells[place]) if place < len(row.cells) else ""
    if not cell.isdecimal() and cell not in MARKER_OF:
        where = f"{file}, sheet {row.sheet!r}, {address(place, row.number)}"
        raise ContractError([Problem(file=where, expected="a whole number or a known marker", came=repr(cell))])
    return "" if cell == "[x]" else cell


def _without_sums(cells: pd.DataFrame, *, file: str) -> pd.DataFrame:
    """Return the cells without the rows of sums, which must be those of the rows above them."""
    sums = cells["name"].isin((_MOTIVATIONS, _TOTAL))
    parts = cells[~sums & (cells["name"] != _OFFENCES) & cells["value"].str.isdecimal()]
    added: dict[tuple[str, str], int] = {}
    for of, year, value in zip(parts["table"], parts["year"], parts["value"], strict=True):
        added[of, year] = added.get((of, year), 0) + int(value)
    printed = cells[sums & cells["value"].str.isdecimal()]  # a sum that is not printed is compared with nothing
    for of, year, value in zip(printed["table"], printed["year"], printed["value"], strict=True):
        if (came := added.get((of, year), 0)) != int(value):
            expected = f"rows of {year} that add to the sum printed, {int(value):,}"
            raise ContractError([Problem(file=f"{file}, table by {of}", expected=expected, came=f"{came:,}")])
    return cells.loc[~sums, ["table", "year", "name", "value"]].reset_index(drop=True)


def edition(path: Path) -> Edition:
    """Return the edition named after the last year of the table by strand."""
    year = financial_year_start(read(path)["year"].max()).year + 1
    return Edition(
        english=f"Year ending March {year}", welsh=f"Blwyddyn hyd at fis Mawrth {year}", released=f"{year}-10"
    )


PUBLISHED_FILES = (
    PublishedFile(
        dataset="hate_crime_england_wales",
        read=read,
        edition=edition,
        checks=(held_copy.every_category_every_year, held_copy.every_year_has_a_figure, held_copy.strands_overlap),
    ),
    PublishedFile(
        dataset="hate_crime_religion_targeted",
        read=read,
        edition=edition,
        checks=(held_copy.every_category_every_year, held_copy.every_year_has_a_figure),
    ),
)
SIGNS = (
    Signs(
        looked_for="a sheet '2' with 'Hate crime strand'",
        in_row=header(
            lambda sheet: sheet == "2",
            words=("hate crime strand",),
            gives=("hate_crime_england_wales", "hate_crime_religion_targeted"),
        ),
    ),
)
