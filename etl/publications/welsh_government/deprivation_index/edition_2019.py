"""Welsh Index of Multiple Deprivation 2019: shares for authorities, ranks and deciles for small areas of two of them.

The awkward facts: rank 1 and decile 1 are the *most* deprived; and the community safety domain counts crime, which
this product never shows below an authority, so the table of small areas leaves that domain out.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import TOTAL
from etl.contract import ContractError
from etl.geo.geography import load_areas, match_authority_code
from etl.geo.small_areas import load_small_areas
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.reading.numbers import of_form
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

START, MONTHS = "2019-01-01", 12  # the index's own year: its indicators are of several years before
SMALL_AREAS_OF_WALES = 1909
MOST_DEPRIVED = 191  # ranks 1 to 191 are the most deprived 10% of Wales

# Our categories -> the copy's words before "_Proportion"; the overall index has none.
DOMAINS: Mapping[str, str] = MappingProxyType(
    {
        TOTAL: "",
        "income": "Income_",
        "employment": "Employment_",
        "health": "Health_",
        "education": "Education_",
        "access_to_services": "Access_",
        "housing": "Housing_",
        "community_safety": "Crime_",
        "physical_environment": "Environment_",
    }
)
NEVER_BELOW_AUTHORITY = "community_safety"
SMALL_AREA_DOMAINS = {
    category: word or "IMD_" for category, word in DOMAINS.items() if category != NEVER_BELOW_AUTHORITY
}
SHARE_COLUMNS = ("ltla22_code", *(f"{word}Proportion" for word in DOMAINS.values()))
SMALL_AREA_COLUMNS = (
    "lsoa11_code",
    *(f"{word}{kind}" for word in SMALL_AREA_DOMAINS.values() for kind in ("decile", "rank")),
)

# How many of the 1,909 small areas (LSOAs of 2011) each authority has: what makes a share a count again.
SMALL_AREAS_OF: Mapping[str, int] = MappingProxyType(
    {
        "W06000001": 44,
        "W06000002": 72,
        "W06000003": 71,
        "W06000004": 58,
        "W06000005": 92,
        "W06000006": 85,
        "W06000008": 46,
        "W06000009": 71,
        "W06000010": 112,
        "W06000011": 148,
        "W06000012": 91,
        "W06000013": 88,
        "W06000014": 79,
        "W06000015": 214,
        "W06000016": 154,
        "W06000018": 110,
        "W06000019": 47,
        "W06000020": 60,
        "W06000021": 56,
        "W06000022": 95,
        "W06000023": 80,
        "W06000024": 36,
    }
)
CARDIFF_AND_VALE = ("W06000014", "W06000015")


def read_shares(path: Path) -> pd.DataFrame:
    """Return one row for each authority, only its code and the shares: scores and extents are not the publisher's."""
    return read_text_csv(path, columns=SHARE_COLUMNS)[list(SHARE_COLUMNS)]


def tidy_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `wimd_most_deprived_share` in per cent, overall and by domain."""
    codes = match_authority_code(rows["ltla22_code"], areas=load_areas())
    parts = [
        _rows(
            measure="wimd_most_deprived_share",
            codes=codes,
            category=category,
            value=(_numbers(rows[f"{word}Proportion"], form=r"[01]\.\d+") * 100).round(4),
        )
        for category, word in DOMAINS.items()
    ]
    return pd.concat(parts, ignore_index=True)


def read_small_areas(path: Path) -> pd.DataFrame:
    """Return one row for each small area of Wales: deciles and ranks, without the community safety domain."""
    return read_text_csv(path, columns=SMALL_AREA_COLUMNS)[list(SMALL_AREA_COLUMNS)]


def tidy_small_areas(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `wimd_decile` and `wimd_rank` of the small areas of Cardiff and the Vale; the rest of Wales has no outlines."""
    ours = rows[rows["lsoa11_code"].isin(_authority_of_small_area().index)]
    forms = {"decile": r"10|[1-9]", "rank": r"[1-9]\d{0,3}\.0"}
    parts = [
        _rows(
            measure=f"wimd_{kind}",
            codes=ours["lsoa11_code"],
            category=category,
            value=_numbers(ours[f"{word}{kind}"], form=form),
        )
        for category, word in SMALL_AREA_DOMAINS.items()
        for kind, form in forms.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _authority_of_small_area() -> pd.Series:
    """Return the authority of each small area (LSOA) of Cardiff and the Vale, of 2011 or of 2021, by its code."""
    areas = load_small_areas()
    lsoas = areas[(areas["kind"] == "lsoa") & areas["within_code"].isin(CARDIFF_AND_VALE)]
    return lsoas.set_index("code")["within_code"]


def _rows(*, measure: str, codes: pd.Series, category: str, value: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": codes,
            "period_start": START,
            "period_months": MONTHS,
            "category": category,
            "value": value,
        }
    )


def _numbers(cells: pd.Series, *, form: str) -> pd.Series:
    return of_form(cells, where="WIMD 2019", form=form, what="a number").astype("float64")


def every_authority_has_every_domain(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when one of the 22 authorities lacks a domain or has it twice."""
    expected = sorted((area, category) for area in SMALL_AREAS_OF for category in DOMAINS)
    came = sorted(zip(figures["area_code"], figures["category"], strict=True))
    if came != expected:
        off = sorted(set(expected) ^ set(came)) or "an authority twice"
        raise ContractError(f"expected 22 authorities with {len(DOMAINS)} shares each; not so for {listed(off)}")


def shares_are_whole_small_areas(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a share is no whole number of small areas, or a domain's do not add to the 191 most deprived."""
    counts = figures["value"] / 100 * figures["area_code"].map(SMALL_AREAS_OF)
    broken = figures[(counts - counts.round()).abs() > 0.001]
    if not broken.empty:
        came = broken[["area_code", "category", "value"]].to_numpy().tolist()
        raise ContractError(f"expected shares that are whole numbers of small areas; came {listed(came)}")
    added = counts.round().groupby(figures["category"]).sum()
    off = added[added != MOST_DEPRIVED]
    if not off.empty:
        raise ContractError(f"expected {MOST_DEPRIVED} small areas in each domain; came {listed(off.to_dict())}")


def deciles_follow_ranks(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise unless decile 1 holds ranks 1 to 191, decile 2 the next 191, and so on over all of Wales."""
    for category, word in SMALL_AREA_DOMAINS.items():
        rank = _numbers(rows[f"{word}rank"], form=r"[1-9]\d{0,3}\.0")
        off = _numbers(rows[f"{word}decile"], form=r"10|[1-9]") != (rank - 1) // MOST_DEPRIVED + 1
        if off.any() or rank.min() != 1 or rank.max() > SMALL_AREAS_OF_WALES:
            codes = sorted(rows.loc[off, "lsoa11_code"])
            raise ContractError(
                f"{category}: expected decile 1 for ranks 1 to {MOST_DEPRIVED}; not so for {listed(codes)}"
            )


def all_of_wales_was_read(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the file does not hold each of the 1,909 small areas once."""
    if len(rows) != SMALL_AREAS_OF_WALES or rows["lsoa11_code"].duplicated().any():
        came = f"{rows['lsoa11_code'].nunique()} in {len(rows)} rows"
        raise ContractError(f"expected {SMALL_AREAS_OF_WALES} small areas; came {listed(came)}")


def every_small_area_is_kept(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when Cardiff or the Vale lacks one of its small areas in a measure and domain."""
    authority = figures["area_code"].map(_authority_of_small_area())
    counts = figures.groupby([authority, "measure", "category"])["area_code"].nunique()
    off = counts[counts != counts.index.get_level_values(0).map(SMALL_AREAS_OF)].to_dict()
    expected = len(CARDIFF_AND_VALE) * 2 * len(SMALL_AREA_DOMAINS)
    if off or len(counts) != expected:
        raise ContractError(
            f"expected 214 small areas of Cardiff and 79 of the Vale in each domain; came {listed(off)}"
        )


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="wimd_2019_authorities",
        material="context/wimd-2019-la-summary.csv",
        read=read_shares,
        tidy=tidy_shares,
        checks=(every_authority_has_every_domain, shares_are_whole_small_areas),
        origin=ORIGINS["wimd_2019_authorities"],
    ),
    Dataset(
        name="wimd_2019_lsoa",
        material="context/wimd-2019-lsoa11.csv",
        read=read_small_areas,
        tidy=tidy_small_areas,
        checks=(all_of_wales_was_read, deciles_follow_ranks, every_small_area_is_kept),
        origin=ORIGINS["wimd_2019_lsoa"],
    ),
)
