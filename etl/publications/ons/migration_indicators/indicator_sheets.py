"""The sheets of the ONS Local Area Migration Indicators, as one long list of text cells.

The awkward fact: every sheet heads its columns with merged cells (a period over several columns), and
on "Non-British Population" the first period stands one column too far right, over its second column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import ENGLAND, NORTHERN_IRELAND, SCOTLAND, TOTAL, WALES
from etl.contract import ContractError, Problem
from etl.geo.geography import RECODED, load_areas, match_authority_code, refuse_codes_beside_other_names
from etl.reading.markers import marker_of
from etl.reading.periods import mid_year_flow_start
from etl.reading.wording import listed

FIRST_DATA_COLUMN = 2  # A and B hold code and name
AREA_CODE = r"[EWSNK]\d{8}"
WIDER_AREAS = r"(?:[EWSN]92|E12|E10|E11|K0\d)\d+"  # countries, regions, counties
NATIONS = (ENGLAND, NORTHERN_IRELAND, SCOTLAND, WALES)
FIRST_NOTE = r"Sources?:"  # what the first line below every table begins with
MATERIAL = "migration/2021lamistables.xlsx"


def read_sheet(path: Path, *, sheet: str) -> pd.DataFrame:
    """Return every cell of a sheet's table: `row` (as in the sheet), area_code, area_name, period, heading, text.

    `heading` joins what stands under the period ("Internal Migration (within UK) / Inflow").
    """
    cells = pd.read_excel(path, sheet_name=sheet, engine="calamine", header=None, dtype=str, na_filter=False)
    return long_cells(cells.fillna(""), sheet=sheet)


def long_cells(cells: pd.DataFrame, *, sheet: str) -> pd.DataFrame:
    """Return the long list of `read_sheet` for a sheet's raw cells."""
    header = _last_header_row(cells, sheet=sheet)
    columns = _headings(cells.iloc[: header + 1])
    table = _table_rows(cells.iloc[header + 1 :], columns=list(columns["column"]), sheet=sheet)
    long = table.reset_index(names="row").melt(id_vars=["row", 0, 1], var_name="column", value_name="text")
    named = long.merge(columns, on="column", validate="m:1").rename(columns={0: "area_code", 1: "area_name"})
    return named.assign(row=named["row"] + 1)[["row", "area_code", "area_name", "period", "heading", "text"]]


def _last_header_row(cells: pd.DataFrame, *, sheet: str) -> int:
    headers = cells.index[cells[0].str.strip() == "Area Code"]
    if len(headers) != 1:
        raise ContractError(f"{sheet}: expected one header row that begins 'Area Code'; came {len(headers)}")
    return int(headers[0])


def _headings(header: pd.DataFrame) -> pd.DataFrame:
    """Return `column`, `period` and `heading` of each data column, merged cells filled forward."""
    rows = header.iloc[:, FIRST_DATA_COLUMN:].map(lambda text: " ".join(text.split()))
    rows = rows.loc[:, (rows != "").any()]
    periods = rows.iloc[0].copy()
    if periods.iloc[0] == "":
        periods.iloc[0] = periods[periods != ""].iloc[0]
    periods = periods.replace("", pd.NA).ffill()
    upper = rows.iloc[1:-1].replace("", pd.NA).T.groupby(periods).ffill().T.fillna("")
    parts = pd.concat([upper, rows.iloc[[-1]]])
    return pd.DataFrame(
        {
            "column": parts.columns,
            "period": periods.to_numpy(),
            "heading": [" / ".join(part for part in parts[column] if part) for column in parts],
        }
    )


def _table_rows(cells: pd.DataFrame, *, columns: list[int], sheet: str) -> pd.DataFrame:
    """Return the rows of areas; notes below stand in A and B only, so figures without a code or a heading are an error."""
    filled = cells.iloc[:, FIRST_DATA_COLUMN:].map(str.strip) != ""
    is_area = cells[0].str.strip().str.fullmatch(AREA_CODE)
    lost = cells.loc[filled.any(axis=1) & ~is_area, 0]
    if not lost.empty:
        raise ContractError(
            Problem(file=sheet, row=int(str(row)) + 1, expected="an area code beside figures", came=repr(code))
            for row, code in lost.items()
        )
    nameless = sorted(set(filled.columns[filled.any()]) - set(columns))
    if nameless:
        raise ContractError(
            f"{sheet}: expected a heading over every column of figures; came none over {listed(nameless)}"
        )
    _refuse_text_that_is_no_note(cells, is_area=is_area, sheet=sheet)
    return cells.loc[is_area, [0, 1, *columns]]


def _refuse_text_that_is_no_note(cells: pd.DataFrame, *, is_area: pd.Series, sheet: str) -> None:
    """Raise for words that would be left out unseen: between the rows of areas, or below and not begun by the sources."""
    words = (cells[0].str.strip() + " " + cells[1].str.strip()).str.strip()
    words = words[~is_area & (words != "")]
    last = cells.index[is_area].max()
    below = words[words.index > last]
    strange = words[words.index < last]
    if not below.empty and not re.match(FIRST_NOTE, below.iloc[0]):
        strange = pd.concat([strange, below.iloc[:1]])
    if not strange.empty:
        raise ContractError(
            Problem(
                file=sheet, row=int(str(row)) + 1, expected="an area, or notes that begin 'Source'", came=repr(text)
            )
            for row, text in strange.items()
        )


def authorities(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the local authorities' cells under today's codes; raise for any other area that is not a known wider one."""
    narrower = cells[~cells["area_code"].str.fullmatch(WIDER_AREAS)]
    codes = match_authority_code(narrower["area_code"].replace(dict(RECODED)), areas=load_areas())
    return narrower.assign(area_code=codes)


def places(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of the authorities, and of the four nations as the publication gives them."""
    return pd.concat([authorities(cells), cells[cells["area_code"].isin(NATIONS)]])


def period_start(text: str) -> date:
    """Return the first day of twelve months ("Mid-2019 to Mid-2020" -> 1 July 2019, "Jan 2019 to Dec 2019" -> 1 January)."""
    mid = re.fullmatch(r"Mid-(\d{4}) to Mid-(\d{4})", text)
    if mid and int(mid[2]) == int(mid[1]) + 1:
        return mid_year_flow_start(mid[2])
    if calendar := re.fullmatch(r"Jan (\d{4}) to Dec \1", text):
        return date(int(calendar[1]), 1, 1)
    raise ContractError(f"expected twelve months such as Mid-2019 to Mid-2020; came {text!r}")


def observations(cells: pd.DataFrame, *, measure: pd.Series | str, sheet: str) -> pd.DataFrame:
    """Return one observation of twelve months for each cell, with its number or its marker."""
    starts = {text: period_start(text).isoformat() for text in cells["period"].unique()}
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": cells["area_code"],
            "period_start": cells["period"].map(starts),
            "period_months": 12,
            "category": TOTAL,
        },
        index=cells.index,
    ).join(numbers_or_markers(cells, sheet=sheet))


def refuse_headings(cells: pd.DataFrame, *, expected: Iterable[str], others: str, sheet: str) -> None:
    """Raise when a wanted heading is missing, or one stands there that is neither wanted nor matched by `others`."""
    came = cells["heading"].drop_duplicates()
    missing = sorted(set(expected) - set(came))
    strange = sorted(came[~came.isin(list(expected)) & ~came.str.fullmatch(others)])
    if missing or strange:
        raise ContractError(
            f"{sheet}: expected the headings {listed(missing or sorted(expected))}; came {listed(strange)}"
        )


def numbers_or_markers(cells: pd.DataFrame, *, sheet: str) -> pd.DataFrame:
    """Return `value` (float or NaN) and `marker` for each cell; a blank or an unknown symbol raises with its row."""
    plain = cells["text"].str.fullmatch(r"-?\d+(\.\d+)?")
    markers = [
        "" if is_number else marker_of(text, where=f"{sheet}, row {row}, {period}")
        for is_number, text, row, period in zip(plain, cells["text"], cells["row"], cells["period"], strict=True)
    ]
    return pd.DataFrame({"value": pd.to_numeric(cells["text"].where(plain)), "marker": markers}, index=cells.index)


def names_stand_beside_their_codes(cells: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when an authority's code and name ("Cardiff / Caerdydd", "Na h-Eileanan Siar (Western Isles)") are of two places."""
    pairs = authorities(cells)[["area_code", "area_name"]].drop_duplicates()
    names = pairs["area_name"].str.split(r" / | \(", regex=True).str[0]
    refuse_codes_beside_other_names(codes=pairs["area_code"], names=names)
