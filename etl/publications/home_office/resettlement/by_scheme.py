"""Home Office resettlement (Res_D01): how many people each authority's area received in a quarter, by scheme.

The awkward fact: a row exists only where someone arrived, and no Afghan arrival stands under an authority
in this edition; all are under "Unknown". So where a scheme is counted by authority no row means nobody,
but nothing can be said of Afghans by authority. Therefore the total of an authority is that of the five
schemes counted by authority (its name says so) and Welsh authorities get zeros for those alone, also in
April to September 2020, when the table has no arrival anywhere; Afghan schemes are kept for the UK only,
without a total. A check stops the day an edition places Afghans in authorities: then the total must change.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import TOTAL, UNITED_KINGDOM, WALES
from etl.contract import ContractError, Problem
from etl.geo.geography import SUCCESSORS, authority_of_today
from etl.pipeline.checks import names_match_codes
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import every_edition, origins
from etl.publications.home_office.asylum_support.by_authority import observations, with_zeros
from etl.reading.numbers import whole_numbers
from etl.reading.periods import iso_days
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

MEASURE = "resettled_people"
COLUMNS = ("Date", "Year", "Quarter", "LAD Code", "Local Authority", "Resettlement Scheme", "Persons")
UNPLACED = "Unknown"

BY_AUTHORITY: Mapping[str, str] = MappingProxyType(
    {
        "Mandate Scheme": "mandate_scheme",
        "UK Resettlement Scheme": "uk_resettlement_scheme",
        "UK Resettlement Scheme - Community Sponsorship Scheme": "uk_resettlement_scheme_community_sponsorship",
        "Vulnerable Children Resettlement Scheme": "vulnerable_children_resettlement_scheme",
        "Vulnerable Persons Resettlement Scheme": "vulnerable_persons_resettlement_scheme",
    }
)
AFGHAN: Mapping[str, str] = MappingProxyType(
    {
        "Relocation - ARAP": "afghan_arap",
        "Resettlement - ACRS Pathway 1": "afghan_acrs_pathway_1",
        "Resettlement - ACRS Pathway 1 - Community Sponsorship Scheme": "afghan_acrs_pathway_1_community_sponsorship",
        "Resettlement - ACRS Pathway 2": "afghan_acrs_pathway_2",
        "Resettlement - ACRS Pathway 2 - Communities for Afghans": "afghan_acrs_pathway_2_communities_for_afghans",
        "Resettlement - ACRS Pathway 2 - Community Sponsorship Scheme": "afghan_acrs_pathway_2_community_sponsorship",
        "Resettlement - ACRS Pathway 3": "afghan_acrs_pathway_3",
        "Resettlement - ACRS Pathway 3 - Communities for Afghans": "afghan_acrs_pathway_3_communities_for_afghans",
        "Resettlement - Afghan route not recorded": "afghan_route_not_recorded",
    }
)
SET_ASIDE = 1  # one person of the UK Resettlement Scheme (January to March 2024) whom no authority holds


def read(path: Path) -> pd.DataFrame:
    """Return one row for each quarter, authority and scheme that received anyone."""
    return read_text_csv(path, columns=COLUMNS)


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return people by quarter: for authorities by scheme and in total, for the UK the Afghan schemes."""
    afghan = is_afghan(rows)
    cells = _cells(rows).assign(scheme=rows["Resettlement Scheme"].map({**BY_AUTHORITY, **AFGHAN}))
    placed = cells[~afghan & (rows["LAD Code"] != UNPLACED)]
    placed = placed.assign(area_code=authority_of_today(placed["area_code"]))
    schemes = observations(placed, category=placed["scheme"])
    published = schemes[["period_start", "category"]].drop_duplicates().itertuples(index=False, name=None)
    totals = observations(placed, category=TOTAL)
    kingdom = cells[afghan].assign(area_code=UNITED_KINGDOM)
    figures = [
        _with_welsh_zeros(schemes, published=sorted(published)),
        _with_welsh_zeros(totals, published=[(start, TOTAL) for start in _quarters(cells["day"])]),
        observations(kingdom, category=kingdom["scheme"]),
    ]
    return pd.concat(figures, ignore_index=True).assign(measure=MEASURE, period_months=3)


def is_afghan(rows: pd.DataFrame) -> pd.Series:
    """Say of each row whether its scheme is an Afghan one; raise naming a scheme that is not known."""
    strange = sorted(set(rows["Resettlement Scheme"]) - set(BY_AUTHORITY) - set(AFGHAN))
    if strange:
        raise ContractError([Problem(file="Res_D01", expected="a known scheme", came=", ".join(map(repr, strange)))])
    return rows["Resettlement Scheme"].isin(AFGHAN)


def _cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Return area_code, the first day of the quarter, and people; raise when date, year and quarter differ."""
    ends = pd.PeriodIndex(pd.to_datetime(iso_days(rows["Date"])), freq="Q")
    quarters = rows["Year"] + "Q" + rows["Quarter"]
    wrong = rows.loc[(ends.astype(str) != quarters) | (ends.strftime("%Y-%m-%d") != rows["Date"]), "Date"]
    if not wrong.empty:
        raise ContractError(
            Problem(file="Res_D01", row=int(str(row)) + 2, expected="the last day of its quarter", came=repr(text))
            for row, text in wrong.items()
        )
    return pd.DataFrame(
        {
            "area_code": rows["LAD Code"],
            "day": ends.start_time.strftime("%Y-%m-%d"),
            "people": whole_numbers(rows["Persons"], where="Res_D01"),
        },
        index=rows.index,
    )


def _quarters(starts: pd.Series) -> list[str]:
    """Return the first day of every quarter from the first to the last, those without any row included."""
    return [day.date().isoformat() for day in pd.date_range(starts.min(), starts.max(), freq="QS")]


def _with_welsh_zeros(figures: pd.DataFrame, *, published: list[tuple[str, str]]) -> pd.DataFrame:
    return with_zeros(figures, nations=(WALES,), published=published)


def every_person_is_kept(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when people read and made differ by other than the one whom no authority holds."""
    read_in = whole_numbers(rows["Persons"], where="Res_D01")
    placed = read_in[~is_afghan(rows)].sum() - SET_ASIDE
    afghan = figures["area_code"] == UNITED_KINGDOM
    sums = {
        "total": (placed, figures.loc[figures["category"] == TOTAL, "value"].sum()),
        "schemes": (placed, figures.loc[(figures["category"] != TOTAL) & ~afghan, "value"].sum()),
        "Afghan schemes": (read_in[is_afghan(rows)].sum(), figures.loc[afghan, "value"].sum()),
    }
    wrong = {name: f"{after:,} of {before:,}" for name, (before, after) in sums.items() if before != after}
    if wrong:
        raise ContractError(f"Res_D01: expected every person as read; came {listed(wrong)}")


def afghans_stand_in_no_authority(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when an Afghan row names an authority: an authority's total would then leave out people it could hold."""
    placed = rows[is_afghan(rows) & (rows["LAD Code"] != UNPLACED)]
    if not placed.empty:
        came = placed[["Date", "Local Authority"]].drop_duplicates().head(5).to_numpy().tolist()
        raise ContractError(f"expected Afghan schemes under {UNPLACED!r} only; came {listed(came)}")


def no_row_twice(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a quarter gives an authority's code and scheme twice: adding would double it."""
    key = ["Date", "LAD Code", "Resettlement Scheme"]
    twice = rows[rows.duplicated(key)]
    if not twice.empty:
        raise ContractError(
            f"expected each scheme once for a code and quarter; came twice {listed(twice[key].to_numpy().tolist())}"
        )


names_stand_beside_their_codes = names_match_codes(
    codes="LAD Code",
    names="Local Authority",
    where="Res_D01",
    now=SUCCESSORS,
    only=lambda rows: rows["LAD Code"] != UNPLACED,
)


ORIGINS = origins(__file__)
EVERY_EDITION = every_edition(__file__)
DATASETS = (
    Dataset(
        name="resettlement",
        material="migration/res_d01-local-authority-resettlement-2014-2024.csv",
        read=read,
        tidy=tidy,
        checks=(every_person_is_kept, afghans_stand_in_no_authority, no_row_twice, names_stand_beside_their_codes),
        origin=ORIGINS["resettlement"],
        every_edition=EVERY_EDITION["resettlement"],
    ),
)
