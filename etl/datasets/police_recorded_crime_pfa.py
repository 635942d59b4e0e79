"""Home Office police recorded crime open data, by police force area and quarter.

The awkward fact: the five racially or religiously aggravated (RRA) offences must be picked by offence
code, never by subgroup: 8K looks like them and is not, and the "(outcomes only)" codes are always 0.
Some counts are negative: later corrections of earlier quarters, summed as they are.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl import checks
from etl.contract import TOTAL, ContractError
from etl.dataset import Dataset
from etl.geography import match_force
from etl.origin import OGL, Origin
from etl.periods import financial_quarter_start
from etl.readers import read_text_csv, require_columns

RRA_CODES = ("8P", "105B", "8M", "9B", "58J")
FORCES_EXPECTED = 44  # 43 territorial forces and British Transport Police
WELSH_FORCES = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
NOT_FORCES = ("Action Fraud", "CIFAS", "UK Finance")
COLUMNS = (
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Number of Offences",
)


def read(path: Path) -> pd.DataFrame:
    """Return the table's rows as text, columns as the Home Office names them."""
    return require_columns(read_text_csv(path), columns=COLUMNS, where=path.name)


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `rra_offences` for every force and `recorded_crime` for the Welsh forces, by quarter."""
    forces = rows[~rows["Force Name"].isin(NOT_FORCES)]
    cells = pd.DataFrame(
        {
            "code": forces["Offence Code"],
            "group": forces["Offence Group"],
            "force": forces["Force Name"],
            "area_code": match_force(forces["Force Name"]),
            "period_start": _quarter_starts(forces),
            "value": pd.to_numeric(forces["Number of Offences"]),
        }
    )
    rra = cells[cells["code"].isin(RRA_CODES)]
    welsh = cells[cells["force"].isin(WELSH_FORCES)]
    return pd.concat(
        [
            _summed(rra.assign(category=rra["code"]), measure="rra_offences"),
            _summed(rra.assign(category=TOTAL), measure="rra_offences"),
            _summed(welsh.assign(category=TOTAL), measure="recorded_crime"),
            _summed(
                welsh[welsh["group"] != "Fraud offences"].assign(category="excluding_fraud"), measure="recorded_crime"
            ),
        ],
        ignore_index=True,
    )


def _quarter_starts(rows: pd.DataFrame) -> pd.Series:
    pairs = rows[["Financial Year", "Financial Quarter"]].drop_duplicates().itertuples(index=False)
    starts = {(year, quarter): financial_quarter_start(year, quarter).isoformat() for year, quarter in pairs}
    keys = zip(rows["Financial Year"], rows["Financial Quarter"], strict=True)
    return pd.Series([starts[key] for key in keys], index=rows.index)


def _summed(cells: pd.DataFrame, *, measure: str) -> pd.DataFrame:
    totals = cells.groupby(["area_code", "period_start", "category"])["value"].sum().reset_index()
    return totals.assign(measure=measure, period_months=3)


def every_rra_offence_is_kept(rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when the RRA offences as read and as made do not add to the same number."""
    picked = rows[rows["Offence Code"].isin(RRA_CODES)]
    checks.nothing_dropped(picked, made, column="Number of Offences", measures=("rra_offences",))


def all_forces_every_quarter(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when a quarter lacks a force."""
    totals = made[(made["measure"] == "rra_offences") & (made["category"] == TOTAL)]
    per_quarter = totals.groupby("period_start")["area_code"].nunique()
    short = per_quarter[per_quarter != FORCES_EXPECTED]
    if not short.empty:
        raise ContractError(f"expected {FORCES_EXPECTED} forces in every quarter; came {short.to_dict()}")


def offence_codes_add_to_total(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when the five offences do not add to the total."""
    checks.reconciles_with_total(made, measure="rra_offences")


DATASETS = (
    Dataset(
        name="police_recorded_crime_pfa",
        material="hate-crime/prc-pfa-mar2013-onwards-tables-191023.csv.gz",
        read=read,
        tidy=tidy,
        checks=(every_rra_offence_is_kept, all_forces_every_quarter, offence_codes_add_to_total),
        origin=Origin(
            publisher_en="Home Office",
            publisher_cy="Y Swyddfa Gartref",
            title_en="Police recorded crime open data: police force area tables, year ending March 2013 onwards",
            title_cy="Data agored troseddau a gofnodwyd gan yr heddlu: tablau ardaloedd heddlu, y flwyddyn hyd at fis Mawrth 2013 ymlaen",
            edition="October 2023 (prc-pfa-mar2013-onwards-tables-191023)",
            released="2023-10-19",
            url="https://www.gov.uk/government/statistical-data-sets/police-recorded-crime-and-outcomes-open-data-tables",
            licence=OGL,
            grade="B",
            status="official",
            counts_en="Offences recorded by the police in a quarter, by the force that recorded them.",
            counts_cy="Troseddau a gofnodwyd gan yr heddlu mewn chwarter, yn ôl yr heddlu a'u cofnododd.",
            coverage_en="43 territorial forces of England and Wales and British Transport Police, April 2012 to June 2023.",
            coverage_cy="43 heddlu tiriogaethol Cymru a Lloegr a'r Heddlu Trafnidiaeth Prydeinig, Ebrill 2012 i Fehefin 2023.",
            caution_en=(
                "Racially or religiously aggravated offences are only part of hate crime. A later edition may have "
                "revised these counts. Police force areas are larger than authorities."
            ),
            caution_cy=(
                "Dim ond rhan o droseddau casineb yw troseddau a waethygwyd ar sail hil neu grefydd. Gall argraffiad "
                "diweddarach fod wedi diwygio'r cyfrifon hyn. Mae ardaloedd heddlu yn fwy nag awdurdodau."
            ),
            checked_en="No repeated year, quarter, force and code; agrees with press figures within later revisions.",
            checked_cy="Dim blwyddyn, chwarter, heddlu a chod ddwywaith; yn cytuno â ffigurau'r wasg o fewn diwygiadau diweddarach.",
        ),
    ),
)
