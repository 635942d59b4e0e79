"""ONS components of population change after the rebasing of November 2023, England and Wales from mid-2011.

Written from a description of the layout: no file of this series is held. The awkward facts: year 2013 runs from
1 July 2012 to 30 June 2013; and what the rebasing could not explain stands apart, as unattributable change, under
a name that no text confirmed. Where it is printed it must close the account, and where it is not the others must.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cohesion.vocabulary import TOTAL
from etl.contract import ContractError
from etl.geo.geography import RECODED, is_welsh, load_areas, match_authority_code, whole_of_wales
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.ons.components_of_change.before_rebasing import FLOWS, NETS
from etl.reading.numbers import whole_numbers
from etl.reading.periods import mid_year_flow_start
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

OPENING = "population_2011"
STEMS = (*FLOWS, *NETS, "population")
UNATTRIBUTED = "unattributable"
KEYS = ("ladcode", "laname", "country", OPENING)


def read(path: Path) -> pd.DataFrame:
    """Return a copy saved as CSV with the columns that `etl.publications.ons.components_of_change.published_file` makes of the publisher's workbook."""
    return read_text_csv(path, columns=KEYS)


def years(rows: pd.DataFrame) -> list[int]:
    """Return the years that the table holds."""
    return sorted(int(column[-4:]) for column in rows.columns if column.startswith("births_"))


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the components of each year and authority; populations have tables of their own."""
    codes = match_authority_code(rows["ladcode"].replace(dict(RECODED)), areas=load_areas())
    measures = {**FLOWS, UNATTRIBUTED: "unattributable_change"}
    figures = [
        pd.DataFrame(
            {
                "measure": measure,
                "area_code": codes,
                "period_start": mid_year_flow_start(str(year)).isoformat(),
                "period_months": 12,
                "category": TOTAL,
                "value": whole_numbers(rows[f"{stem}_{year}"], where="MYEB3"),
            }
        )
        for year in years(rows)
        for stem, measure in measures.items()
        if f"{stem}_{year}" in rows.columns
    ]
    return pd.concat(figures, ignore_index=True)


def tidy_population(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `population` at each mid-year that an account opens or closes with."""
    codes = match_authority_code(rows["ladcode"].replace(dict(RECODED)), areas=load_areas())
    figures = [
        pd.DataFrame(
            {
                "measure": "population",
                "area_code": codes,
                "period_start": f"{year}-06-30",
                "period_months": 0,
                "category": TOTAL,
                "value": whole_numbers(rows[f"population_{year}"], where="MYEB3"),
            }
        )
        for year in (years(rows)[0] - 1, *years(rows))
    ]
    return pd.concat(figures, ignore_index=True)


def accounts_close(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a year's opening population and its components do not give the closing one, person by person."""
    number = {c: whole_numbers(rows[c], where="MYEB3") for c in rows.columns if c not in KEYS[:3]}
    left_over: dict[str, int] = {}
    for year in years(rows):
        change = number[f"other_change_{year}"] + number.get(f"{UNATTRIBUTED}_{year}", 0)
        for gain, loss in NETS.values():
            change = change + number[f"{gain}_{year}"] - number[f"{loss}_{year}"]
        gap = number[f"population_{year - 1}"] + change - number[f"population_{year}"]
        left_over |= {
            f"{code!s} in {year}": int(gap_left)
            for code, gap_left in zip(rows["ladcode"], gap, strict=True)
            if gap_left
        }
    if left_over:
        came = listed(left_over, most=5)
        raise ContractError(f"MYEB3: expected every account to close; {len(left_over)} came otherwise, by {came}")


def published_nets_agree(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when births less deaths, or in less out, is not the net that the table prints."""
    wrong = []
    for year in years(rows):
        for net, (gain, loss) in NETS.items():
            n = {s: whole_numbers(rows[f"{s}_{year}"], where="MYEB3") for s in (net, gain, loss)}
            wrong += [f"{net}_{year} of {code}" for code in rows.loc[n[gain] - n[loss] != n[net], "ladcode"]]
    if wrong:
        raise ContractError(
            f"expected each net to be what comes in less what goes out; not so: {', '.join(wrong[:20])}"
        )


def welsh_authorities_are_whole(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a Welsh authority is missing."""
    welsh = rows.loc[is_welsh(rows["ladcode"], "local_authority"), "ladcode"]
    expected = whole_of_wales(welsh, kind="local_authority", day=f"{years(rows)[-1]}-06-30")
    if sorted(welsh) != sorted(expected):
        raise ContractError(f"expected {len(expected)} Welsh authorities; came {len(welsh)}")


_CHECKS = (accounts_close, published_nets_agree, welsh_authorities_are_whole)
ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="components_of_change_rebased",
        material="",
        read=read,
        tidy=tidy,
        checks=_CHECKS,
        origin=ORIGINS["components_of_change_rebased"],
    ),
    Dataset(
        name="population_mid_year_rebased",
        material="",
        read=read,
        tidy=tidy_population,
        checks=_CHECKS,
        origin=ORIGINS["population_mid_year_rebased"],
    ),
)
