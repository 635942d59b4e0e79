"""Home Office hate crime appendix tables: recorded hate crime by strand for each police force.

No file of today's editions is held; the reader (`etl.publications.home_office.hate_crime.appendix_tables_file`) has met the tables of 2015/16. The
awkward fact: one crime can carry several strands, so strands are never added, and the total is the number of offences
that the table prints beside them; and forces that supplied nothing stand with a marker, not with a zero.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cohesion.folding import folded
from cohesion.vocabulary import TOTAL
from etl.contract import ContractError
from etl.geo.geography import is_welsh, match_force
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.home_office.hate_crime.data_tables import WELSH_FORCES
from etl.reading.markers import marker_of
from etl.reading.periods import financial_year_start
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

STRANDS = ("race", "religion", "sexual_orientation", "disability", "transgender")
# Rows of wholes that may stand among the forces; they hold what other tables give, and are left out.
WHOLES = frozenset(
    {"england", "wales", "england and wales", "england & wales", "great britain", "total", "all forces", "grand total"}
)
REGIONS = frozenset(
    {
        "north east",
        "north west",
        "yorkshire and the humber",
        "east midlands",
        "west midlands region",
        "east of england",
        "london",
        "south east",
        "south west",
    }
)
COLUMNS = ("year", "force", *STRANDS, "offences")
CURRENT_FROM = "2023/24"  # older years are `hate_crimes_as_first_published`


def read(path: Path) -> pd.DataFrame:
    """Return a copy saved as CSV with the columns that `etl.publications.home_office.hate_crime.appendix_tables_file` makes of the tables."""
    return read_text_csv(path, columns=COLUMNS)


def of_forces(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of single forces, without those of countries, regions and totals."""
    names = rows["force"].map(lambda name: folded(name.replace("&", "and")))
    plain = names.str.removesuffix(" region").where(names != "west midlands region", names)
    return rows[~(names.isin(WHOLES) | plain.isin(WHOLES | REGIONS))]


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_crimes` by force, financial year and strand, and all; a marker stands where the table prints one."""
    offences = of_forces(rows)
    return by_strand(offences, measure="hate_crimes", area_code=match_force(offences["force"], new_are_apart=True))


def by_strand(rows: pd.DataFrame, *, measure: str, area_code: pd.Series) -> pd.DataFrame:
    """Return a measure by area, financial year and strand, and in all where the table prints how many offences."""
    wide = rows.assign(area_code=area_code).rename(columns={"offences": TOTAL})
    long = wide.melt(["year", "area_code"], [*STRANDS, TOTAL], var_name="category", value_name="text")
    long = long[(long["category"] != TOTAL) | (long["text"] != "")]  # a table without that column has no total
    where = "hate crime appendix tables"
    starts = {year: financial_year_start(year).isoformat() for year in long["year"].unique()}
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": long["area_code"],
            "period_start": long["year"].map(starts),
            "period_months": 12,
            "category": long["category"],
            "value": pd.to_numeric(long["text"], errors="coerce"),
            "marker": ["" if t.isdecimal() else marker_of(t, where=where) for t in long["text"]],
        }
    )


def welsh_forces_every_year(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a year lacks one of the four Welsh forces."""
    forces = of_forces(rows)
    codes = set(match_force(pd.Series(WELSH_FORCES)))
    forces_of_year = (
        forces.assign(code=match_force(forces["force"], new_are_apart=True)).groupby("year")["code"].agg(set)
    )
    short = {year: len(codes - there) for year, there in forces_of_year.items() if codes - there}
    if short or forces_of_year.empty:
        raise ContractError(f"expected the forces {', '.join(WELSH_FORCES)} in every year; lacking {short or 'all'}")


def strands_are_within_offences(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a strand is larger than the number of offences printed in its row: a column was taken for another."""
    for strand in STRANDS:
        counted = rows[rows[strand].str.isdecimal() & rows["offences"].str.isdecimal()]
        off = counted[counted[strand].astype("int64") > counted["offences"].astype("int64")]
        if not off.empty:
            places = ", ".join(f"{row.force} {row.year}" for row in off.head(5).itertuples())
            raise ContractError(f"expected {strand} within all offences of its row; not so for {places}")


def offences_are_within_strands(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a row has more offences than its strands add to: every one has a strand."""
    whole = rows[rows[[*STRANDS, "offences"]].map(str.isdecimal).all(axis=1)]
    numbers = whole[[*STRANDS, "offences"]].astype("int64")
    off = whole[numbers["offences"] > numbers[list(STRANDS)].sum(axis=1)]
    if not off.empty:
        places = listed([(row.force, row.year) for row in off.itertuples()], most=5)
        raise ContractError(f"expected no more offences than the strands add to; not so for {places}")


def welsh_forces_add_to_wales(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a table prints Wales and the four forces do not add to it."""
    wales = rows[rows["force"].str.casefold() == "wales"]
    forces = of_forces(rows)
    welsh = forces[is_welsh(match_force(forces["force"], new_are_apart=True), "police_force")]
    for year, printed in wales.set_index("year")[[*STRANDS, "offences"]].iterrows():
        parts = welsh.loc[welsh["year"] == year, [*STRANDS, "offences"]]
        for name in printed.index[printed.map(str.isdecimal) & parts.map(str.isdecimal).all()]:
            if (came := parts[name].astype("int64").sum()) != int(printed[name]):
                expected = f"Welsh forces that add to the {int(printed[name]):,} of Wales in {name}, {year}"
                raise ContractError(f"expected {expected}; came {came:,}")


def none_is_of_an_older_edition(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise for years before today's series: they were printed otherwise, and never join it."""
    older = sorted(set(rows.loc[rows["year"] < CURRENT_FROM, "year"]))
    if older:
        raise ContractError(
            f"expected years from {CURRENT_FROM} on, where today's series begins (older ones stand apart, as first "
            f"published); came {', '.join(older)}"
        )


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="hate_crime_strands_by_force",
        material="",
        read=read,
        tidy=tidy,
        checks=(
            none_is_of_an_older_edition,
            welsh_forces_every_year,
            strands_are_within_offences,
            offences_are_within_strands,
            welsh_forces_add_to_wales,
        ),
        origin=ORIGINS["hate_crime_strands_by_force"],
    ),
)
