"""Welsh Index of Multiple Deprivation 2025: ranks of small areas, and how many of each authority's are most deprived.

The awkward facts: rank 1 is the *most* deprived; the publisher gives deciles for the overall index alone; the shares of
authorities are our own count of its ranks; and the community safety domain counts crime, which is never shown below an
authority. The small areas are those of 2021: nothing here may be compared with 2019.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import TOTAL
from etl.contract import ContractError
from etl.geo.geography import current, load_areas, match_authority_name
from etl.geo.small_areas import load_small_areas
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.welsh_government.deprivation_index.edition_2019 import CARDIFF_AND_VALE, NEVER_BELOW_AUTHORITY
from etl.reading.numbers import of_form
from etl.reading.sheets import Column, Layout, named, one_each, table
from etl.reading.wording import listed

START, MONTHS = "2025-01-01", 12  # the index's own year: its indicators are of several years before
SMALL_AREAS_OF_WALES = 1917
MOST_DEPRIVED = 191  # ranks 1 to 191 are the most deprived 10% of Wales
LAST_RANK_OF_DECILE = (191, 382, 574, 766, 958, 1149, 1341, 1533, 1724, 1917)  # the file's own key
DOMAINS: Mapping[str, str] = MappingProxyType(
    {
        TOTAL: "WIMD 2025",
        "income": "Income",
        "employment": "Employment",
        "health": "Health",
        "education": "Education",
        "access_to_services": "Access to Services",
        "housing": "Housing",
        "community_safety": "Community Safety",
        "physical_environment": "Physical Environment",
    }
)
_CODE = Column(name="lsoa21_code", headings=("LSOA code",))
_NAMES = ("LSOA name (Eng)", "Local Authority name (Eng)")
RANKS = Layout(
    columns=(
        _CODE,
        Column(name="authority", headings=("Local Authority name (Eng)",)),
        *(Column(name=category, headings=(heading,), number=True) for category, heading in DOMAINS.items()),
    ),
    unread=("LSOA name (Eng)",),
)
DECILES = Layout(
    columns=(
        _CODE,
        Column(name="overall_rank", headings=("WIMD 2025 overall rank",), number=True),
        Column(name="decile", headings=("WIMD 2025 overall decile",), number=True),
    ),
    unread=(*_NAMES, *(f"WIMD 2025 overall {kind}" for kind in ("quintile", "quartile", "deprivation group"))),
)


def read_index(path: Path) -> pd.DataFrame:
    """Return a row for each small area of Wales: its authority's name, nine ranks, and the overall rank and decile."""
    ranks = table(path, sheet_filter=named("WIMD_2025_ranks"), sheets="the sheet WIMD_2025_ranks", layout=RANKS)
    name = "Deciles_quintiles_quartiles"
    deciles = table(path, sheet_filter=named(name), sheets=f"the sheet {name}", layout=DECILES)
    for cells in (ranks, deciles):
        one_each(cells, key=["lsoa21_code"], file=path.name)
    if set(ranks["lsoa21_code"]) != set(deciles["lsoa21_code"]):
        raise ContractError(f"{path.name}: expected the same small areas in both sheets; came others")
    return ranks.drop(columns="sheet").merge(deciles.drop(columns="sheet"), on="lsoa21_code")


def tidy_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `wimd_most_deprived_share`: the share of an authority's small areas with ranks 1 to 191, by domain."""
    authority = match_authority_name(rows["authority"], areas=load_areas())
    parts = [
        _rows(measure="wimd_most_deprived_share", values=share, category=category)
        for category in DOMAINS
        for share in [((_whole(rows[category]) <= MOST_DEPRIVED).groupby(authority).mean() * 100).round(4)]
    ]
    return pd.concat(parts, ignore_index=True)


def tidy_small_areas(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ranks and the overall decile of the small areas of Cardiff and the Vale, crime's domain left out."""
    ours = rows[rows["lsoa21_code"].isin(_authority_of_small_area().index)].set_index("lsoa21_code")
    parts = [
        _rows(measure="wimd_rank", values=_whole(ours[category]), category=category)
        for category in DOMAINS
        if category != NEVER_BELOW_AUTHORITY
    ]
    return pd.concat(
        [*parts, _rows(measure="wimd_decile", values=_whole(ours["decile"]), category=TOTAL)], ignore_index=True
    )


def _rows(*, measure: str, values: pd.Series, category: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": values.index,
            "period_start": START,
            "period_months": MONTHS,
            "category": category,
            "value": values.to_numpy(),
        }
    )


def _whole(cells: pd.Series) -> pd.Series:
    """Return ranks or deciles as numbers; raise naming every cell that is no whole number above 0."""
    return of_form(cells, where="WIMD 2025", form=r"[1-9]\d{0,3}").astype("int64")


def _authority_of_small_area() -> pd.Series:
    """Return the authority of each small area of 2021 (LSOA) in Cardiff and the Vale, by its code."""
    today = current(load_small_areas(), kind="lsoa").set_index("code")["within_code"]
    return today[today.isin(CARDIFF_AND_VALE)]


def all_of_wales_was_read(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the file does not hold 1,917 small areas, or not each rank once."""
    overall = sorted(_whole(rows[TOTAL]))
    if overall != list(range(1, SMALL_AREAS_OF_WALES + 1)):
        raise ContractError(
            f"expected ranks 1 to {SMALL_AREAS_OF_WALES:,}, each once; came {len(overall):,} to {max(overall):,}"
        )


def both_sheets_rank_alike(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a small area's overall rank differs between the two sheets."""
    off = rows.loc[rows[TOTAL] != rows["overall_rank"], "lsoa21_code"]
    if not off.empty:
        raise ContractError(f"expected one overall rank for each small area; not so for {listed(sorted(off))}")


def deciles_follow_ranks(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise unless each decile holds the ranks that the file's own key gives it."""
    expected = _whole(rows[TOTAL]).map(lambda rank: sum(rank > last for last in LAST_RANK_OF_DECILE) + 1)
    off = rows.loc[_whole(rows["decile"]) != expected, "lsoa21_code"]
    if not off.empty:
        raise ContractError(f"expected deciles by the file's key; not so for {listed(sorted(off))}")


def each_domain_has_191_most_deprived(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when other than 191 small areas have a rank of at most 191 in a domain: ties or a slipped column."""
    counts = {category: int((_whole(rows[category]) <= MOST_DEPRIVED).sum()) for category in DOMAINS}
    off = {category: n for category, n in counts.items() if n != MOST_DEPRIVED}
    if off:
        raise ContractError(f"expected {MOST_DEPRIVED} small areas in each domain; came {listed(off)}")


def every_authority_has_every_domain(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise unless 22 authorities came, each with the overall share and eight domains."""
    sizes = figures.groupby("area_code")["category"].nunique()
    if len(sizes) != 22 or (sizes != len(DOMAINS)).any() or len(figures) != 22 * len(DOMAINS):
        raise ContractError(f"expected 22 authorities with {len(DOMAINS)} shares each; came {listed(sizes.to_dict())}")


def every_small_area_is_kept(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a small area of Cardiff or the Vale is missing, or stands under another authority in the file."""
    expected = _authority_of_small_area()
    file = dict(zip(rows["lsoa21_code"], match_authority_name(rows["authority"], areas=load_areas()), strict=True))
    short = sorted(str(code) for code, authority in expected.items() if file.get(str(code)) != authority)
    if short or (figures.groupby(["measure", "category"])["area_code"].nunique() != len(expected)).any():
        raise ContractError(
            f"expected every small area of Cardiff and the Vale under its authority; not so for {listed(short)}"
        )


_FILE = "context/wimd-2025-index-and-domain-ranks-by-small-area.ods"
_FILE_CHECKS = (
    all_of_wales_was_read,
    both_sheets_rank_alike,
    deciles_follow_ranks,
    each_domain_has_191_most_deprived,
)

ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="wimd_2025_authorities",
        material=_FILE,
        read=read_index,
        tidy=tidy_shares,
        checks=(*_FILE_CHECKS, every_authority_has_every_domain),
        origin=ORIGINS["wimd_2025_authorities"],
    ),
    Dataset(
        name="wimd_2025_lsoa",
        material=_FILE,
        read=read_index,
        tidy=tidy_small_areas,
        checks=(*_FILE_CHECKS, every_small_area_is_kept),
        origin=ORIGINS["wimd_2025_lsoa"],
    ),
)
