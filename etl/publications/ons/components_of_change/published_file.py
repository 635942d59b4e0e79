"""ONS components of population change as published (XLSX, sheet MYEB3), the series rebased to Census 2021.

Written from a description of the layout: this reader has not met the live file. The name under which rebased
editions print unattributable change is not confirmed; a column that begins "unattrib" is taken for it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem
from etl.geo.geography import refuse_codes_beside_other_names
from etl.pipeline.published_files import Edition, PublishedFile, Signs
from etl.publications.ons.components_of_change.before_rebasing import NETS
from etl.publications.ons.components_of_change.rebased import OPENING, STEMS, UNATTRIBUTED
from etl.reading.ods import Row
from etl.reading.sheets import HEADER_WITHIN, Column, Layout, address, in_sheet, named, one_each, rows, table
from etl.reading.wording import listed, plain

BALANCES = (*NETS, "other_change")  # what may stand below 0
myeb3_sheet = named("MYEB3")


def read(path: Path) -> pd.DataFrame:
    """Return a row for each authority with ladcode, laname, country and a column for each component and year."""
    header = next((row for row in rows(path, sheet_filter=myeb3_sheet) if _is_header(row)), None)
    if header is None:
        expected = f"a sheet MYEB3 with a header that begins 'ladcode' in its first {HEADER_WITHIN} rows"
        raise ContractError([Problem(file=path.name, expected=expected, came="none")])
    layout = _layout(header, file=path.name)
    cells = table(path, sheet_filter=myeb3_sheet, sheets="a sheet MYEB3", layout=layout)
    refuse_codes_beside_other_names(codes=cells["ladcode"], names=cells["laname"], where=in_sheet(path, cells))
    wrong = cells[cells["country"].str[:1].str.upper() != cells["ladcode"].str[:1]]
    if not wrong.empty:
        came = listed((row.ladcode or "no code", row.country) for row in wrong.itertuples())
        raise ContractError([Problem(file=in_sheet(path, cells), expected="each code beside its country", came=came)])
    return one_each(cells.drop(columns="sheet"), key=("ladcode",), file=path.name)


def _is_header(row: Row) -> bool:
    return row.number <= HEADER_WITHIN and re.fullmatch(r"ladcode\d{2}", plain(row.cells[0])) is not None


def _layout(header: Row, *, file: str) -> Layout:
    """Return the layout that this header must have: every component in every year from the first to the last."""
    code, name = plain(header.cells[0]), plain(header.cells[0]).replace("ladcode", "laname")
    headings = {plain(cell) for cell in header.cells}
    years = sorted(int(cell[-4:]) for cell in headings if re.fullmatch(r"births_\d{4}", cell))
    if not years:
        where = f"{file}, sheet {header.sheet!r}, {address(0, header.number)}"
        raise ContractError([Problem(file=where, expected="a column such as births_2012", came="none")])
    expected = [OPENING, *(f"{stem}_{year}" for year in range(years[0], years[-1] + 1) for stem in STEMS)]
    unattributed = sorted(cell for cell in headings if re.fullmatch(r"unattrib\w*_\d{4}", cell))
    extra = (_count(f"{UNATTRIBUTED}_{cell[-4:]}", heading=cell, signed=True) for cell in unattributed)
    return Layout(
        columns=(
            Column(name="ladcode", headings=(code,)),
            Column(name="laname", headings=(name,)),
            Column(name="country", headings=("country",)),
            *(_count(stem, heading=stem, signed=stem[:-5] in BALANCES) for stem in expected),
            *extra,
        )
    )


def _count(name: str, *, heading: str, signed: bool) -> Column:
    return Column(name=name, headings=(heading,), number=True, signed=signed)


def edition(path: Path) -> Edition:
    """Return the edition named after the last year of the table; the file says no day of release."""
    year = max(int(column[-4:]) for column in read(path).columns if column.startswith("population_"))
    return Edition(english=f"Mid-{year}, rebased", welsh=f"Canol {year}, wedi'i ailseilio", released=str(year + 1))


PUBLISHED_FILES = (
    PublishedFile(
        dataset="components_of_change_rebased",
        read=read,
        edition=edition,
        replaces=("components_of_change_2012_2019", "components_of_change_2020_lamis"),
    ),
    PublishedFile(
        dataset="population_mid_year_rebased",
        read=read,
        edition=edition,
        replaces=("population_mid_year_wales", "population_mid_year_2024", "population_mid_year_2025"),
    ),
)


def _in_row(_path: Path, row: Row) -> tuple[str, ...]:
    is_one = myeb3_sheet(row.sheet) and any(plain(cell).startswith("births_") for cell in row.cells)
    return tuple(live.dataset for live in PUBLISHED_FILES) if is_one else ()


SIGNS = (Signs(looked_for="MYEB3 with 'births_…'", in_row=_in_row),)
