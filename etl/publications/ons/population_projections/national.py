"""ONS national population projections, 2022-based, Wales: the principal projection, in people at each mid-year.

The awkward fact: the workbook names neither its base nor its variant in the table, only on its cover, and it runs for
a hundred years. Its first 25 are kept, and its own starting figure of mid-2022 has since been revised: it is a line of
its own, never the continuation of the estimates.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from cohesion.vocabulary import TOTAL, WALES
from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.reading.numbers import whole_numbers
from etl.reading.wording import listed

COVER = ("National population projections: 2022-based", "Coverage: Wales", "Projection: Principal projection")
BY_AGE, BY_GROUP = "Population", "Population_in_age_groups"
SEXES = ("Females", "Males")
BASE, LAST, END = 2022, 2047, 2122
YEARS = tuple(str(year) for year in range(BASE, LAST + 1))
AGES = 107  # 0 to 104, 105 to 109, 110 and over


def read(path: Path) -> pd.DataFrame:
    """Return the rows of both sheets of people as text, each with the name of its sheet; the cover must say what it is."""
    try:
        book = CalamineWorkbook.from_path(path)
        cover = {str(cell).strip() for row in book.get_sheet_by_name("Cover sheet").to_python() for cell in row}
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in (BY_AGE, BY_GROUP)}
    except (CalamineError, OSError) as error:
        raise ContractError(f"{path.name}: expected the sheets Cover sheet, {BY_AGE}, {BY_GROUP}; {error}") from error
    if missing := [line for line in COVER if line not in cover]:
        raise ContractError(f"{path.name}: expected a cover that says {listed(missing)}; came {listed(sorted(cover))}")
    return pd.concat([_table(name, rows, where=path.name) for name, rows in sheets.items()], ignore_index=True)


def _table(sheet: str, rows: Iterable[Iterable[object]], *, where: str) -> pd.DataFrame:
    header, *body = [[_text(cell) for cell in row] for row in rows]
    expected = ["Sex", "Age", *(str(year) for year in range(BASE, END + 1))]
    if header != expected:
        raise ContractError(f"{where}, {sheet}: expected the headings Sex, Age, {BASE} to {END}; came {header[:4]} …")
    filled = [row for row in body if any(row)]
    return pd.DataFrame(filled, columns=expected, dtype="str").assign(sheet=sheet)


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `projected_population` of Wales: all ages of both sexes, at each mid-year from 2022 to 2047."""
    people = rows[(rows["sheet"] == BY_AGE) & rows["Sex"].isin(SEXES)]
    totals = [int(whole_numbers(people[year], where=f"{BY_AGE}, {year}").sum()) for year in YEARS]
    return pd.DataFrame(
        {
            "measure": "projected_population",
            "area_code": WALES,
            "period_start": [f"{year}-06-30" for year in YEARS],
            "period_months": 0,
            "category": TOTAL,
            "value": totals,
        }
    )


def every_age_of_both_sexes_once(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when an age is missing or comes twice, or a third kind of row stands among them (it would be added in)."""
    people = rows[rows["sheet"] == BY_AGE]
    ages = {sex: (len(part), part["Age"].nunique()) for sex, part in people.groupby("Sex")}
    if ages != dict.fromkeys(SEXES, (AGES, AGES)):
        raise ContractError(f"{BY_AGE}: expected {AGES} ages of {listed(SEXES)} once each; came {listed(ages)}")


def single_ages_add_to_the_age_groups(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the publisher's own age groups of all persons do not add to the same people."""
    groups = rows[(rows["sheet"] == BY_GROUP) & (rows["Sex"] == "Persons")]
    for year, total in zip(YEARS, figures["value"], strict=True):
        added = int(whole_numbers(groups[year], where=f"{BY_GROUP}, {year}").sum())
        if added != total:
            raise ContractError(f"{year}: expected age groups that add to {total:,}; came {added:,}")


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="population_projection_wales",
        material="real/ONS_population_projection_2022_WA.xlsx",
        read=read,
        tidy=tidy,
        checks=(every_age_of_both_sexes_once, single_ages_add_to_the_age_groups),
        origin=ORIGINS["population_projection_wales"],
    ),
)
