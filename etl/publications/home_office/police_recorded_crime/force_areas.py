"""Home Office police recorded crime open data, by police force area and quarter.

The awkward fact: the five racially or religiously aggravated (RRA) offences must be picked by offence
code, never by subgroup: 8K looks like them and is not, and the "(outcomes only)" codes are always 0.
Some counts are negative: later corrections of earlier quarters, summed as they are. The copy of the newest
edition keeps counts as floats and writes 0 where the Home Office printed "N/a": see `_unsupplied`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cohesion.vocabulary import TOTAL
from etl.contract import ContractError
from etl.geo.geography import FRAUD_REPORTING_BODIES, is_welsh, match_force
from etl.pipeline import checks
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.reading.numbers import whole_numbers
from etl.reading.periods import financial_quarter_start
from etl.reading.text_files import read_parquet_as_text, read_text_csv, require_columns
from etl.reading.wording import listed

RRA_CODES = ("8P", "105B", "8M", "9B", "58J")
MODERN_SLAVERY = "106"
MODERN_SLAVERY_FROM = "2015-04-01"  # the code has rows from the first quarter of 2015/16 on
FORCES_EXPECTED = 44  # 43 territorial forces and British Transport Police
SILENT_AT_MOST = 4
WELSH_FORCES = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
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
COPY_COLUMNS = {  # the copy's own headings, and the Home Office's for the same columns
    "FY": "Financial Year",
    "Financial Quarter": "Financial Quarter",
    "Force": "Force Name",
    "Offence Description": "Offence Description",
    "Group": "Offence Group",
    "Offence Subgroup": "Offence Subgroup",
    "Offence Code": "Offence Code",
    "n": "Number of Offences",
}
UNAVAILABLE = "[x]"
FRAUD = "Fraud offences"


def read(path: Path) -> pd.DataFrame:
    """Return the table's rows as text, columns as the Home Office names them, from a copy as parquet or as CSV."""
    if path.suffix != ".parquet":
        return read_text_csv(path, columns=COLUMNS)
    copy = require_columns(read_parquet_as_text(path), columns=tuple(COPY_COLUMNS), where=path.name)
    rows = copy[list(COPY_COLUMNS)].rename(columns=COPY_COLUMNS)
    rows.loc[_unsupplied(rows), "Number of Offences"] = UNAVAILABLE
    return rows


def _unsupplied(rows: pd.DataFrame) -> pd.Series:
    """Say which rows belong to a body whose every count of a quarter is 0: it supplied none, and none is no count.

    The smallest force records thousands of offences a quarter, so only a 0 that stands for "N/a" can make a whole
    quarter empty. A marker instead of a number makes any sum over such rows an error.
    """
    zero = rows["Number of Offences"] == "0"
    quarter = [rows[column] for column in ("Financial Year", "Financial Quarter", "Force Name")]
    return zero.groupby(quarter).transform("all")


def tidy(rows: pd.DataFrame, *, new_are_apart: bool = False) -> pd.DataFrame:
    """Return `rra_offences` for every force and `recorded_crime` for the Welsh forces, by quarter.

    A force that we do not know is refused, or where `new_are_apart` left to `etl.pipeline.unknown_places`.
    """
    cells = _force_cells(rows, new_are_apart=new_are_apart)
    rra = cells[cells["code"].isin(RRA_CODES)]
    welsh = cells[is_welsh(cells["area_code"], "police_force")]
    return pd.concat(
        [
            _summed(rra.assign(category=rra["code"]), measure="rra_offences"),
            _summed(rra.assign(category=TOTAL), measure="rra_offences"),
            _summed(welsh.assign(category=TOTAL), measure="recorded_crime"),
            _summed(welsh[welsh["group"] != FRAUD].assign(category="excluding_fraud"), measure="recorded_crime"),
        ],
        ignore_index=True,
    )


def tidy_modern_slavery(rows: pd.DataFrame, *, new_are_apart: bool = False) -> pd.DataFrame:
    """Return `modern_slavery_offences` for every force, by quarter; before the code exists there is no row, not a 0."""
    cells = _force_cells(rows[rows["Offence Code"] == MODERN_SLAVERY], new_are_apart=new_are_apart)
    return _summed(cells.assign(category=TOTAL), measure="modern_slavery_offences")


def _force_cells(rows: pd.DataFrame, *, new_are_apart: bool) -> pd.DataFrame:
    """Return the forces' rows with our area code and quarter; a count that is no whole number raises with its row."""
    forces = rows[~rows["Force Name"].isin(FRAUD_REPORTING_BODIES)]
    return pd.DataFrame(
        {
            "code": forces["Offence Code"],
            "group": forces["Offence Group"],
            "area_code": match_force(forces["Force Name"], new_are_apart=new_are_apart),
            "period_start": _quarter_starts(forces),
            "value": whole_numbers(forces["Number of Offences"], where="police recorded crime"),
        }
    )


def _quarter_starts(rows: pd.DataFrame) -> pd.Series:
    pairs = rows[["Financial Year", "Financial Quarter"]].drop_duplicates().itertuples(index=False)
    starts = {(year, quarter): financial_quarter_start(year, quarter).isoformat() for year, quarter in pairs}
    keys = zip(rows["Financial Year"], rows["Financial Quarter"], strict=True)
    return pd.Series([starts[key] for key in keys], index=rows.index)


def _summed(cells: pd.DataFrame, *, measure: str) -> pd.DataFrame:
    totals = cells.groupby(["area_code", "period_start", "category"])["value"].sum().reset_index()
    return totals.assign(measure=measure, period_months=3)


def every_rra_offence_is_kept(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the RRA offences as read and as made do not add to the same number."""
    picked = rows[rows["Offence Code"].isin(RRA_CODES)]
    checks.nothing_dropped(picked, figures, column="Number of Offences", measures=("rra_offences",))


def all_forces_every_quarter(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a quarter lacks a force."""
    totals = figures[
        figures["measure"].isin(("rra_offences", "modern_slavery_offences")) & (figures["category"] == TOTAL)
    ]
    per_quarter = totals.groupby("period_start")["area_code"].nunique()
    short = per_quarter[per_quarter != FORCES_EXPECTED]
    if not short.empty:
        raise ContractError(f"expected {FORCES_EXPECTED} forces in every quarter; came {listed(short.to_dict())}")


def welsh_forces_every_quarter(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a quarter between the first and the last is missing, lacks a Welsh force, or more than a few others.

    A force of England may be silent, or have become part of another.
    """
    totals = figures[
        figures["measure"].isin(("rra_offences", "modern_slavery_offences")) & (figures["category"] == TOTAL)
    ]
    codes_of = totals.groupby("period_start")["area_code"].agg(set)
    if codes_of.empty:
        raise ContractError(f"expected the forces {', '.join(WELSH_FORCES)} in every quarter; came none at all")
    welsh = set(match_force(pd.Series(WELSH_FORCES)))
    quarters = [day.date().isoformat() for day in pd.date_range(codes_of.index.min(), codes_of.index.max(), freq="QS")]
    lacking = {q: ", ".join(sorted(welsh - codes_of.get(q, set()))) for q in quarters if welsh - codes_of.get(q, set())}
    if lacking:
        came = f"lacking {listed(lacking, most=5)}"
        raise ContractError(f"expected the forces {', '.join(WELSH_FORCES)} in every quarter; came {came}")
    if short := {
        quarter: len(codes) for quarter, codes in codes_of.items() if len(codes) < FORCES_EXPECTED - SILENT_AT_MOST
    }:
        raise ContractError(
            f"expected {FORCES_EXPECTED} forces in every quarter, {SILENT_AT_MOST} at most of them silent; "
            f"came {listed(short, most=5)}"
        )


def welsh_forces_have_the_same_offences(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a Welsh force lacks an offence that another has in a quarter: all crime would be too low.

    The tables have a row for every offence of every force, with a 0 where there was none.
    """
    welsh = rows[rows["Force Name"].str.removesuffix(" Police").isin(WELSH_FORCES)]
    codes_of = welsh.groupby(["Financial Year", "Financial Quarter", "Force Name"])["Offence Code"].agg(set)
    keys = list(codes_of.index)
    every: dict[tuple[str, ...], set[str]] = {}
    for key in keys:
        every.setdefault(key[:2], set()).update(codes_of[key])
    lacking = {key: ", ".join(sorted(every[key[:2]] - codes_of[key])) for key in keys if every[key[:2]] - codes_of[key]}
    if lacking:
        raise ContractError(
            f"expected the same offences of every Welsh force in a quarter; lacking {listed(lacking, most=5)}"
        )


def each_count_once(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a force's offence stands twice in a quarter: pasted twice, it would be counted twice."""
    key = ["Financial Year", "Financial Quarter", "Force Name", "Offence Code"]
    forces = rows[~rows["Force Name"].isin(FRAUD_REPORTING_BODIES)]
    codes = forces.assign(**{"Force Name": match_force(forces["Force Name"], new_are_apart=True)})
    twice = forces[codes.duplicated(key)]
    if not twice.empty:
        keys = ["/".join(row) for row in twice[key].head(5).itertuples(index=False)]
        raise ContractError(
            f"expected each year, quarter, force and code once; came twice {len(twice):,}: {listed(keys)}"
        )


def all_five_offences_every_quarter(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a force lacks one of the five in a quarter: a code spelled anew drops its offences in silence."""
    codes = figures[(figures["measure"] == "rra_offences") & (figures["category"] != TOTAL)]
    codes_of = codes.groupby(["area_code", "period_start"])["category"].nunique()
    short = codes_of[codes_of != len(RRA_CODES)]
    if codes_of.empty or not short.empty:
        came = short.head(5).to_dict() or "none at all"
        raise ContractError(
            f"expected the codes {', '.join(RRA_CODES)} of every force and quarter; came {listed(came)}"
        )


def offence_codes_add_to_total(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the five offences do not add to the total."""
    checks.reconciles_with_total(figures, measure="rra_offences")


def modern_slavery_is_whole(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when modern slavery offences as read are lost."""
    forces = ~rows["Force Name"].isin(FRAUD_REPORTING_BODIES)
    picked = rows[(rows["Offence Code"] == MODERN_SLAVERY) & forces]
    before, after = pd.to_numeric(picked["Number of Offences"]).sum(), figures["value"].sum()
    if before != after:
        raise ContractError(f"expected {before:,} modern slavery offences; came {after:,}")


def modern_slavery_every_quarter(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a quarter of other offences has none of modern slavery: its code is written otherwise, or was split."""
    quarters = {start for start in _quarter_starts(rows) if start >= MODERN_SLAVERY_FROM}
    if lacking := sorted(quarters - set(figures["period_start"])):
        raise ContractError(
            f"expected offences of the code {MODERN_SLAVERY} (modern slavery) in every quarter; "
            f"came none in {listed(lacking, most=5)}"
        )


def modern_slavery_begins_as_declared(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when modern slavery offences begin on another day than declared."""
    if (first := figures["period_start"].min()) != MODERN_SLAVERY_FROM:
        raise ContractError(f"expected modern slavery offences from {MODERN_SLAVERY_FROM}; came from {first}")


MATERIAL = "hate-crime/prc-pfa-to-dec-2025-all-forces.parquet"

ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="police_recorded_crime_pfa",
        material=MATERIAL,
        read=read,
        tidy=tidy,
        checks=(
            each_count_once,
            all_five_offences_every_quarter,
            every_rra_offence_is_kept,
            all_forces_every_quarter,
            offence_codes_add_to_total,
        ),
        origin=ORIGINS["police_recorded_crime_pfa"],
    ),
    Dataset(
        name="modern_slavery_offences",
        material=MATERIAL,
        read=read,
        tidy=tidy_modern_slavery,
        checks=(
            each_count_once,
            modern_slavery_is_whole,
            modern_slavery_begins_as_declared,
            all_forces_every_quarter,
        ),
        origin=ORIGINS["modern_slavery_offences"],
    ),
)
