"""StatsWales population estimates as its API gives them: a list of rows, each an object of column names and values.

Written from the API's own description, which says how rows are paged and that they are objects, but not how this
dataset calls its columns: this reader has not met the live service. So columns are told by what is in them among the
names below, a column that splits people must have a word for all of them, and anything else is refused by its name.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from cohesion.folding import folded
from cohesion.vocabulary import TOTAL
from etl.contract import ContractError, Problem
from etl.geo.geography import (
    is_welsh,
    known_authority_name,
    load_areas,
    refuse_codes_beside_other_names,
    whole_of_wales,
)
from etl.pipeline.published_files import Edition, PublishedFile, Signs
from etl.reading.numbers import whole_numbers
from etl.reading.sheets import without_commas
from etl.reading.text_files import read_json
from etl.reading.wording import listed

_AREAS = ("area code", "areacode", "area", "local authority")
_YEARS = ("year", "yearcode", "year code", "date")
_VALUES = ("data values", "data value", "data", "value", "datavalues")
_UNREAD = ("notes", "note codes", "notecodes")
_WHAT_IS_COUNTED = ("measure", "data description", "measure type", "unit")
_OTHER_COUNTS = re.compile(
    r"thousand|hundred|million|per cent|percent|%|\brates?\b|densit|household|projection|change|growth"
)
_YEAR = re.compile(r"(?:mid[- ]?|30 june )?(\d{4})(?:-06-30)?", re.IGNORECASE)
FEWEST_PEOPLE = 20_000  # of a Welsh authority: the smallest has three times as many
_EVERYONE = ("all", "all ages", "total", "persons", "all persons", "all people", "people", "both sexes")
FIRST_YEAR = 2005
LOOKED_FOR = "StatsWales rows with an area, a year and data values"


def is_rows(path: Path) -> bool:
    """Say whether a file is a JSON list, by its first byte."""
    with path.open("rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[")


def recognised(path: Path) -> tuple[str, ...]:
    """Return the dataset that rows of the API give; raise with their columns when it is none we know."""
    if not is_rows(path):
        return ()
    _named(_cells(path), file=path.name)
    return ("population_mid_year_wales",)


def read(path: Path) -> pd.DataFrame:
    """Return `area`, `year` and `people` of the Welsh authorities, everyone together."""
    cells = _cells(path)
    named = _named(cells, file=path.name)
    for column in set(cells.columns) - set(named.values()):
        if folded(column) in _WHAT_IS_COUNTED:
            _refuse_other_counts(cells[column], column=str(column), file=path.name)
        elif folded(column) not in (*_UNREAD, *_AREAS, *_YEARS, *_VALUES):
            cells = cells[cells[column].astype(str).map(folded).isin(_EVERYONE)]
            if cells.empty:
                expected = f"a row for everyone ({', '.join(_EVERYONE[:4])} …) in every column"
                raise ContractError([Problem(file=path.name, expected=expected, came=f"none in {column!r}")])
    rows = cells[list(named.values())].set_axis(list(named), axis=1)
    if strange := sorted({year for year in rows["year"] if not _YEAR.fullmatch(year)}):
        raise ContractError([Problem(file=path.name, expected="years such as 2025", came=listed(strange))])
    rows = rows.assign(area=_codes(rows["area"]), year=rows["year"].str.extract(_YEAR, expand=False))
    _refuse_other_names(rows["area"], cells=cells, file=path.name)
    return rows[is_welsh(rows["area"], "local_authority") & (rows["year"] >= str(FIRST_YEAR))].reset_index(drop=True)


def _refuse_other_names(codes: pd.Series, *, cells: pd.DataFrame, file: str) -> None:
    """Raise where a column of names beside the codes has another place's."""
    welsh = is_welsh(codes, "local_authority")
    for column in (c for c in cells.columns if folded(c) in _AREAS):
        if not cells[column].str.fullmatch(r"[A-Z]\d{8}").any():
            refuse_codes_beside_other_names(codes=codes[welsh], names=cells.loc[welsh, column], where=file)


def _refuse_other_counts(words: pd.Series, *, column: str, file: str) -> None:
    """Raise when a column says that something else than people is counted, or that it is counted in thousands."""
    other = sorted({word for word in words if _OTHER_COUNTS.search(folded(word))})
    if other:
        expected = f"numbers of people by {column!r}"
        raise ContractError([Problem(file=file, expected=expected, came=listed(other))])


def _cells(path: Path) -> pd.DataFrame:
    try:
        content = read_json(path)
        cells = pd.DataFrame(content)
    except (ValueError, TypeError, RecursionError) as error:
        raise ContractError([Problem(file=path.name, expected="rows in JSON", came=str(error)[:80])]) from error
    return cells.map(lambda cell: "" if cell is None else re.sub(r"\.0$", "", str(cell).strip()))


def _named(cells: pd.DataFrame, *, file: str) -> dict[str, str]:
    """Return our name for each of the three columns; raise with the columns that came."""
    plain = {folded(column): str(column) for column in cells.columns}
    spellings = {"area": _AREAS, "year": _YEARS, "people": _VALUES}
    columns = {name: next((plain[word] for word in words if word in plain), "") for name, words in spellings.items()}
    if not all(columns.values()):
        came = f"the columns {', '.join(map(repr, plain.values())) or 'none'}"
        raise ContractError([Problem(file=file, expected=LOOKED_FOR, came=came)])
    return columns


def _codes(words: pd.Series) -> pd.Series:
    """Return area codes as they stand, or those of Welsh authorities named in words; other places keep their words."""
    if words.str.fullmatch(r"[A-Z]\d{8}").any():
        return words
    codes = known_authority_name(words, areas=load_areas())
    return words.mask(is_welsh(codes.fillna(""), "local_authority"), codes)


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `population` at 30 June of each year."""
    return pd.DataFrame(
        {
            "measure": "population",
            "area_code": rows["area"],
            "period_start": rows["year"] + "-06-30",
            "period_months": 0,
            "category": TOTAL,
            "value": whole_numbers(rows["people"].map(without_commas), where="StatsWales"),
        }
    )


def every_authority_every_year(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a year lacks an authority, or one stands twice: a column that splits people was missed."""
    years = {str(year): sorted(areas) for year, areas in rows.groupby("year")["area"]}
    if years and (gone := sorted({str(y) for y in range(int(min(years)), int(max(years)))} - set(years))):
        raise ContractError(f"StatsWales: expected every year from the first to the last; came none of {listed(gone)}")
    whole = {
        year: sorted(whole_of_wales(areas, kind="local_authority", day=f"{year}-06-30"))
        for year, areas in years.items()
    }
    off = [year for year, areas in years.items() if areas != whole[year]]
    if off or not years:
        many = " or ".join(sorted({str(len(areas)) for areas in whole.values()})) or "all"
        raise ContractError(f"StatsWales: expected {many} authorities once a year; came otherwise in {listed(off)}")


def as_many_as_live_there(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when an authority has too few people to be one: figures in thousands, or a cell that slipped."""
    few = figures[figures["value"] < FEWEST_PEOPLE]
    if not few.empty:
        came = listed(few[["area_code", "period_start", "value"]].to_numpy().tolist(), most=5)
        raise ContractError(f"StatsWales: expected at least {FEWEST_PEOPLE:,} people in an authority; came {came}")


def edition(path: Path) -> Edition:
    """Return the edition named after the newest year; the rows say no day of release."""
    year = read(path)["year"].max()
    return Edition(english=f"Mid-{year}, StatsWales", welsh=f"Canol {year}, StatsCymru", released="")


PUBLISHED_FILES = (
    PublishedFile(
        dataset="population_mid_year_wales",
        read=read,
        edition=edition,
        tidy=tidy,
        checks=(every_authority_every_year, as_many_as_live_there),
        replaces=("population_mid_year_2024", "population_mid_year_2025", "population_mid_year_rebased"),
    ),
)
SIGNS = (Signs(looked_for=LOOKED_FOR, in_file=recognised),)
