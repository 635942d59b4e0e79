"""Home Office data on immigration groups by authority (Reg_02): Ukraine, Afghan programme and asylum on one day.

The awkward fact: the three groups stand side by side, with a sum of all three that means nothing, because one
counts everyone who ever arrived and the others who lives there now: that sum is not read. And the copy of
December 2025 writes 0 where the Home Office suppresses Homes for Ukraine (City of London, Isles of Scilly).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import NATION_LETTERS, TOTAL
from etl.contract import ContractError
from etl.geo.geography import authority_of_today, whole_of
from etl.pipeline.checks import columns_add_to, reconciles_with_total
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.home_office.asylum_support.by_authority import (
    REG02_JUN_2026,
    every_welsh_authority_once,
    names_stand_beside_their_codes,
)
from etl.reading.numbers import whole_numbers_or_markers
from etl.reading.periods import iso_days
from etl.reading.text_files import read_json, read_text_csv, require_columns
from etl.reading.wording import listed

UKRAINE = "homes_for_ukraine_arrivals"
AFGHAN = "afghan_programme_population"
ASYLUM = "asylum_supported_accommodation"
COPY_DAY = "2025-12-31"

# The table's columns -> what they measure. A denominator and the sum of all groups are left where they are.
FIGURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "homes_for_ukraine_arrivals_cumulative": (UKRAINE, TOTAL),
        "afghan_resettlement_programme_total": (AFGHAN, TOTAL),
        "afghan_transitional": (AFGHAN, "transitional"),
        "afghan_la_housing": (AFGHAN, "la_housing"),
        "afghan_prs_housing": (AFGHAN, "prs_housing"),
        "supported_asylum_total": (ASYLUM, TOTAL),
        "initial_accommodation": (ASYLUM, "initial"),
        "dispersal_accommodation": (ASYLUM, "dispersal"),
        "contingency_accommodation": (ASYLUM, "contingency"),
        "other_accommodation": (ASYLUM, "other"),
        "subsistence_only": (ASYLUM, "subsistence"),
    }
)
COLUMNS = ("snapshot", "lad_code", "lad_name", *FIGURES)

# The copy's own names for the same columns.
COPY_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "snapshotDate": "snapshot",
        "areaCode": "lad_code",
        "areaName": "lad_name",
        "homesForUkraineArrivals": "homes_for_ukraine_arrivals_cumulative",
        "afghanProgrammePopulation": "afghan_resettlement_programme_total",
        "afghanProgrammeTransitional": "afghan_transitional",
        "afghanProgrammeLaHousing": "afghan_la_housing",
        "afghanProgrammePrsHousing": "afghan_prs_housing",
        "supportedAsylum": "supported_asylum_total",
        "initialAccommodation": "initial_accommodation",
        "dispersalAccommodation": "dispersal_accommodation",
        "contingencyAccommodation": "contingency_accommodation",
        "otherAccommodation": "other_accommodation",
        "subsistenceOnly": "subsistence_only",
    }
)
# The copy of June 2026 shortens one of the table's names.
JUNE_NAMES: Mapping[str, str] = MappingProxyType({"afghan_programme_total": "afghan_resettlement_programme_total"})
PATHWAYS = "all_three_pathways_total"  # read only to check the copy: one is a running total, the others are stocks
WELSH_SUMS: Mapping[str, int] = MappingProxyType({UKRAINE: 5220, AFGHAN: 879, ASYLUM: 3223})
SUPPRESSED = ("E06000053", "E09000001")  # Isles of Scilly, City of London: named on the publication's page


def read_copy(path: Path) -> pd.DataFrame:
    """Return one row for each authority of the UK, as text, under the table's column names."""
    rows = pd.DataFrame(read_json(path)["areas"]).astype(str)
    cells = require_columns(rows, columns=tuple(COPY_NAMES), where=path.name)
    return cells[list(COPY_NAMES)].rename(columns=dict(COPY_NAMES))


def tidy_copy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of every authority; the copy's 0 for a suppressed number of Ukrainian arrivals is "*" again."""
    column = "homes_for_ukraine_arrivals_cumulative"
    suppressed = rows["lad_code"].isin(SUPPRESSED) & (rows[column] == "0")
    return tidy(rows.assign(**{column: rows[column].mask(suppressed, "*")}))


def read_snapshots(path: Path) -> pd.DataFrame:
    """Return one row for each Welsh authority and snapshot held."""
    return read_text_csv(path, columns=COLUMNS)


def read_day(path: Path) -> pd.DataFrame:
    """Return one row for each Welsh authority of a copy of one day, under the table's column names."""
    rows = read_text_csv(path).rename(columns=dict(JUNE_NAMES))
    return require_columns(rows, columns=(*COLUMNS, PATHWAYS), where=path.name)


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one observation for each authority and column of `FIGURES`; "*" becomes the marker [c]."""
    where = {
        "area_code": authority_of_today(rows["lad_code"]),
        "period_start": iso_days(rows["snapshot"]),
        "period_months": 0,
    }
    figures = [
        pd.DataFrame({"measure": measure, "category": category, **where}).join(
            whole_numbers_or_markers(rows[column], where="Reg_02")
        )
        for column, (measure, category) in FIGURES.items()
    ]
    return pd.concat(figures, ignore_index=True)


def parts_add_to_total(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when housing or accommodation does not add to the total of an authority that has every part."""
    of_one_day = ["measure", "area_code", "period_start"]
    open_cells = figures[figures["value"].isna()].set_index(of_one_day).index
    whole = figures[~figures.set_index(of_one_day).index.isin(open_cells)]
    for measure in (AFGHAN, ASYLUM):
        reconciles_with_total(whole, measure=measure)


groups_add_to_the_printed_sum = columns_add_to(
    PATHWAYS,
    parts=("homes_for_ukraine_arrivals_cumulative", "afghan_resettlement_programme_total", "supported_asylum_total"),
    names="lad_name",
    where="Reg_02",
)


def wales_adds_to_its_totals(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the authorities of 30 June 2026 do not add to the totals of Wales that other copies give."""
    wales = figures[figures["category"] == TOTAL].groupby("measure")["value"].sum().astype(int).to_dict()
    if wales != dict(WELSH_SUMS):
        raise ContractError(f"expected Wales to add to {listed(dict(WELSH_SUMS))}; came {listed(wales)}")


def every_authority_once(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when an authority of the day is missing or comes twice, or the day is another."""
    expected = whole_of(NATION_LETTERS.values(), rows["lad_code"], kind="local_authority", day=COPY_DAY)
    if sorted(rows["lad_code"]) != sorted(expected) or set(rows["snapshot"]) != {COPY_DAY}:
        different = listed(sorted(expected ^ set(rows["lad_code"])))
        raise ContractError(
            f"Reg_02: expected {len(expected)} authorities on {COPY_DAY}; came {len(rows)}, differing in {different}"
        )


def only_the_named_are_suppressed(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when Ukrainian arrivals are missing, zero or below five anywhere but where the page says suppressed."""
    arrivals = figures[figures["measure"] == UKRAINE].set_index("area_code")["value"]
    hidden, small = sorted(arrivals.index[arrivals.isna()]), sorted(arrivals.index[arrivals < 5])
    if hidden != sorted(SUPPRESSED) or small:
        raise ContractError(
            f"expected only {listed(SUPPRESSED)} suppressed and nothing below 5; came {listed(hidden)} suppressed, "
            f"and below 5 {listed(small)}"
        )


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="immigration_groups_dec_2025",
        material="migration/reg_02-dec-2025-local-route-latest.json",
        read=read_copy,
        tidy=tidy_copy,
        checks=(
            parts_add_to_total,
            every_authority_once,
            names_stand_beside_their_codes,
            only_the_named_are_suppressed,
        ),
        origin=ORIGINS["immigration_groups_dec_2025"],
    ),
    Dataset(
        name="immigration_groups_jun_2026",
        material=REG02_JUN_2026,
        read=read_day,
        tidy=tidy,
        checks=(
            parts_add_to_total,
            names_stand_beside_their_codes,
            every_welsh_authority_once,
            groups_add_to_the_printed_sum,
            wales_adds_to_its_totals,
        ),
        origin=ORIGINS["immigration_groups_jun_2026"],
    ),
    Dataset(
        name="immigration_groups",
        material="",
        read=read_snapshots,
        tidy=tidy,
        checks=(parts_add_to_total, names_stand_beside_their_codes),
        origin=ORIGINS["immigration_groups"],
    ),
)
