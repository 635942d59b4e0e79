"""ONS components of population change, the series that the rebasing of November 2023 replaced.

The awkward fact: year 2019 runs from 1 July 2018 to 30 June 2019. And the accounts close exactly
except in Scotland, where the National Records round flows to ten: there up to ten people are left
over in 2011, 2018 and 2019.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import SCOTLAND, TOTAL
from etl.contract import ContractError
from etl.geo.geography import RECODED, in_nations, load_areas, match_authority_code, refuse_codes_beside_other_names
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.ons.migration_indicators import indicator_sheets as lamis
from etl.reading.numbers import whole_numbers
from etl.reading.periods import mid_year_flow_start
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

FLOWS = {
    "births": "births",
    "deaths": "deaths",
    "internal_in": "internal_inflow",
    "internal_out": "internal_outflow",
    "international_in": "international_inflow",
    "international_out": "international_outflow",
    "other_change": "other_change",
}
NETS = {
    "natchange": ("births", "deaths"),
    "internal_net": ("internal_in", "internal_out"),
    "international_net": ("international_in", "international_out"),
}
POPULATION = "population_pre_rebase"
NATIONS = ("E", "N", "S", "W")
ROUNDED_NATION, ROUNDED_TO = "S", 10
AUTHORITIES = 379
FIRST_YEARS = tuple(range(2002, 2012))
LAST_YEARS = tuple(range(2012, 2020))


def read(path: Path) -> pd.DataFrame:
    """Return one row for each authority, a column for each component and year; raise when a component is new."""
    years = range(2002, 2020)
    flows = tuple(f"{stem}_{year}" for year in years for stem in (*FLOWS, *NETS, "population"))
    cells = read_text_csv(path, columns=("ladcode20", "laname20", "country", "population_2001", *flows))
    strange = sorted(set(cells.columns) - {"ladcode20", "laname20", "country", "population_2001", *flows})
    if strange:
        raise ContractError(f"{path.name}: expected only known components of change; came {', '.join(strange)}")
    return cells


def tidy(rows: pd.DataFrame, *, years: tuple[int, ...]) -> pd.DataFrame:
    """Return the seven components of each of `years` and the population at its end (also at mid-2001)."""
    codes = match_authority_code(rows["ladcode20"].replace(dict(RECODED)), areas=load_areas())
    flows = [
        _column(
            rows,
            codes,
            column=f"{stem}_{year}",
            measure=measure,
            start=mid_year_flow_start(str(year)).isoformat(),
            months=12,
        )
        for year in years
        for stem, measure in FLOWS.items()
    ]
    ends = [2001, *years] if years[0] == 2002 else years
    stocks = [
        _column(rows, codes, column=f"population_{year}", measure=POPULATION, start=f"{year}-06-30", months=0)
        for year in ends
    ]
    return pd.concat([*flows, *stocks], ignore_index=True)


def _column(
    rows: pd.DataFrame, codes: pd.Series, *, column: str, measure: str, start: str, months: int
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": codes,
            "period_start": start,
            "period_months": months,
            "category": TOTAL,
            "value": whole_numbers(rows[column], where="MYEB3"),
        }
    )


def identity_closes(rows: pd.DataFrame, figures: pd.DataFrame, *, years: tuple[int, ...]) -> None:
    """Raise when a year's opening population and its components do not give the closing one.

    Exact for England, Wales and Northern Ireland; within ten people in Scotland. The opening population
    is the one read, because that of mid-2011 stands in the table of the years before.
    """
    values = figures.pivot(index="area_code", columns=["measure", "period_start"], values="value")
    allowed = in_nations(pd.Series(values.index, index=values.index), (SCOTLAND,)) * ROUNDED_TO
    opening = rows.set_index(rows["ladcode20"].replace(dict(RECODED)))
    open_accounts: dict[tuple[str, int], int] = {}
    for year in years:
        flow = {stem: values[measure, f"{year - 1}-07-01"] for stem, measure in FLOWS.items()}
        change = flow["other_change"] + sum(flow[gain] - flow[loss] for gain, loss in NETS.values())
        before = whole_numbers(
            opening[f"population_{year - 1}"].loc[values.index].reset_index(drop=True), where="MYEB3"
        )
        gap = before.to_numpy() + change - values[POPULATION, f"{year}-06-30"]
        open_accounts |= {(str(code), year): int(gap_left) for code, gap_left in gap[gap.abs() > allowed].items()}
    if open_accounts:
        raise ContractError(f"expected every account to close; left over {open_accounts}")


def published_nets_agree(rows: pd.DataFrame, _figures: pd.DataFrame, *, years: tuple[int, ...]) -> None:
    """Raise when births less deaths, or in less out, is not the net that the table gives (Scotland's is rounded)."""
    wrong = []
    exact = rows[rows["country"] != ROUNDED_NATION]
    for year in years:
        for net, (gain, loss) in NETS.items():
            number = {s: whole_numbers(exact[f"{s}_{year}"], where="MYEB3") for s in (net, gain, loss)}
            different = exact.loc[number[gain] - number[loss] != number[net], "ladcode20"]
            wrong += [f"{net}_{year} of {code}" for code in different]
    if wrong:
        raise ContractError(
            f"expected each net to be its inflow less its outflow; came otherwise: {', '.join(wrong[:20])}"
        )


def every_authority_once(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when authorities are lost, doubled, misnamed, or of a nation that is not known."""
    if (
        rows["ladcode20"].nunique() != AUTHORITIES
        or len(rows) != AUTHORITIES
        or figures["area_code"].nunique() != AUTHORITIES
    ):
        raise ContractError(f"expected {AUTHORITIES} authorities once each; came {len(rows)} rows")
    if (strange := set(rows["country"]) - set(NATIONS)) or (rows["country"] != rows["ladcode20"].str[0]).any():
        raise ContractError(
            f"expected the nations {', '.join(NATIONS)} as in the codes; came {listed(sorted(strange))}"
        )
    codes = rows["ladcode20"].replace(dict(RECODED))
    names = rows["laname20"].str.replace(" (unitary authority)", "", regex=False)  # so is Dorset written
    refuse_codes_beside_other_names(codes=codes, names=names)


LAMIS_SHEET = "Migration Flows"
LAMIS_PERIOD = "Mid-2019 to Mid-2020"
LAMIS_FLOWS = {
    "Internal Migration (within UK) / Inflow": "internal_inflow",
    "Internal Migration (within UK) / Outflow": "internal_outflow",
    "Long-Term International Migration / Inflow": "international_inflow",
    "Long-Term International Migration / Outflow": "international_outflow",
}


def tidy_lamis(cells: pd.DataFrame, *, period: str = LAMIS_PERIOD) -> pd.DataFrame:
    """Return the four migration flows of one period ("Mid-2019 to Mid-2020") for every authority."""
    figures = lamis.authorities(cells[(cells["period"] == period) & cells["heading"].isin(LAMIS_FLOWS)])
    if set(figures["heading"]) != set(LAMIS_FLOWS):
        missing = sorted(set(LAMIS_FLOWS) - set(figures["heading"]))
        raise ContractError(f"{LAMIS_SHEET}: expected the headings {', '.join(missing)} under {period}; came none")
    return pd.DataFrame(
        {
            "measure": figures["heading"].map(LAMIS_FLOWS),
            "area_code": figures["area_code"],
            "period_start": mid_year_flow_start(period[-4:]).isoformat(),
            "period_months": 12,
            "category": TOTAL,
        }
    ).join(lamis.numbers_or_markers(figures, sheet=LAMIS_SHEET))


def authorities_add_to_nations(cells: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the authorities' nets do not add to their nation's (inflows do not: they count moves within it)."""
    nation = cells[(cells["period"] == LAMIS_PERIOD) & cells["area_code"].str.contains(r"^[EWSN]92")]
    published = nation[nation["heading"].isin(LAMIS_FLOWS)].assign(measure=lambda f: f["heading"].map(LAMIS_FLOWS))
    whole = published.assign(value=pd.to_numeric(published["text"]), letter=published["area_code"].str[0])
    parts = figures.assign(letter=figures["area_code"].str[0])
    for kind in ("internal", "international"):
        gaps = _net(parts, kind=kind) - _net(whole, kind=kind)
        # Scotland's own totals are rounded to a hundred: two of them may be a hundred apart from their parts.
        off = gaps[gaps.abs() > (gaps.index == ROUNDED_NATION) * 100]
        if not off.empty or len(gaps) != len(NATIONS):
            raise ContractError(
                f"expected {kind} nets of authorities to add to their nation's; off by {listed(off.to_dict())}"
            )


def _net(rows: pd.DataFrame, *, kind: str) -> pd.Series:
    """Return inflow less outflow by nation's letter."""
    signs = rows["measure"].map({f"{kind}_inflow": 1, f"{kind}_outflow": -1}).fillna(0)
    return (rows["value"] * signs).groupby(rows["letter"]).sum()


_MYEB3 = "migration/MYEB3_summary_components_of_change_series_UK_(2019_geog20).csv"

# Two tables, because one would pass the two megabytes that a table may have.
ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="components_of_change_2002_2011",
        material=_MYEB3,
        read=read,
        tidy=partial(tidy, years=FIRST_YEARS),
        checks=(
            every_authority_once,
            partial(identity_closes, years=FIRST_YEARS),
            partial(published_nets_agree, years=FIRST_YEARS),
        ),
        origin=ORIGINS["components_of_change_2002_2011"],
    ),
    Dataset(
        name="components_of_change_2012_2019",
        material=_MYEB3,
        read=read,
        tidy=partial(tidy, years=LAST_YEARS),
        checks=(
            every_authority_once,
            partial(identity_closes, years=LAST_YEARS),
            partial(published_nets_agree, years=LAST_YEARS),
        ),
        origin=ORIGINS["components_of_change_2012_2019"],
    ),
    Dataset(
        name="components_of_change_2020_lamis",
        material=lamis.MATERIAL,
        read=partial(lamis.read_sheet, sheet=LAMIS_SHEET),
        tidy=tidy_lamis,
        checks=(authorities_add_to_nations, lamis.names_stand_beside_their_codes),
        origin=ORIGINS["components_of_change_2020_lamis"],
    ),
)
