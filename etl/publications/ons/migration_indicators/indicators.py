"""ONS Local Area Migration Indicators: short-term inflows, registrations, births, and who was born abroad.

The awkward fact: the seven sheets do not count the same year. Inflows and GP registrations run from July
to June; National Insurance numbers, births and the survey estimates run from January to December. And a
survey estimate rounded to zero, or an interval rounded to zero, is not a zero: neither gets one here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import WALES, nation_of
from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.ons.migration_indicators import indicator_sheets as lamis
from etl.reading.wording import listed

SHORT_TERM_SHEET = "Short-Term Migration Inflows"
NINO_SHEET = "NINo Registrations"
GP_SHEET = "GP Registrations"
BIRTHS_SHEET = "Births to Non-UK Born Mothers"
NON_UK_BORN_SHEET = "Non-UK Born Population"
NON_BRITISH_SHEET = "Non-British Population"

SHORT_TERM = "Short-Term International Migration Inflow Estimates"
PROVISIONAL = f"{SHORT_TERM}p"
SHORT_TERM_MEASURES = MappingProxyType({SHORT_TERM: "short_term_inflow", PROVISIONAL: "short_term_inflow"})
NINO_MEASURES = MappingProxyType({"Migrant NINo Registrations": "nino_registrations"})
GP_MEASURES = MappingProxyType({"New Migrant GP Registrations": "gp_registrations_flag4"})
BIRTHS_MEASURES = MappingProxyType(
    {
        "Live births / All live births": "births_all_mothers",
        "Live births / Live births to mothers born outside of UK": "births_non_uk_born_mothers",
    }
)
NON_UK_BORN = ("Country of Birth / Non-UK Born Estimate", "Country of Birth / CI +/-")
NON_BRITISH = ("Nationality / Non-British Estimate", "Nationality / CI +/-")

# Headings that are known and not kept: denominators older than today's, and shares that follow from the counts.
LEFT_OUT = r"Mid-\d{4} Population Estimate( \(16 to 64\))?|.* / Resident Population|Live births / Percentage of .*"

# The one cell left blank where every other Scottish one says ":" (note 11: not available for Scotland).
BLANK_AREA, BLANK_PERIOD = "S12000045", "Mid-2019 to Mid-2020"

AUTHORITIES = 374
PLACES = AUTHORITIES + len(lamis.NATIONS)


def tidy_counts(cells: pd.DataFrame, *, sheet: str, measures: Mapping[str, str]) -> pd.DataFrame:
    """Return the counts of every authority and nation that stand under the headings of `measures`."""
    lamis.refuse_headings(cells, expected=measures, others=LEFT_OUT, sheet=sheet)
    figures = lamis.places(cells[cells["heading"].isin(measures)])
    return lamis.observations(figures, measure=figures["heading"].map(dict(measures)), sheet=sheet)


def tidy_short_term(cells: pd.DataFrame) -> pd.DataFrame:
    """Return short-term inflows as published, fractions included; the year headed with a "p" is provisional."""
    figures = tidy_counts(cells, sheet=SHORT_TERM_SHEET, measures=SHORT_TERM_MEASURES)
    provisional = (cells.loc[figures.index, "heading"] == PROVISIONAL) & figures["value"].notna()
    return figures.assign(marker=figures["marker"].mask(provisional, "[p]"))


def tidy_gp(cells: pd.DataFrame) -> pd.DataFrame:
    """Return new migrants' GP registrations; the one known blank in Scotland is not available, as its neighbours are."""
    is_blank = (
        (cells["area_code"] == BLANK_AREA) & (cells["period"] == BLANK_PERIOD) & (cells["text"].str.strip() == "")
    )
    mended = cells.assign(text=cells["text"].mask(is_blank, ":"))
    return tidy_counts(mended, sheet=GP_SHEET, measures=GP_MEASURES)


def tidy_estimates(cells: pd.DataFrame, *, sheet: str, headings: tuple[str, str], measure: str) -> pd.DataFrame:
    """Return survey estimates with their 95% intervals (estimate ± CI, not below 0: these are people).

    An estimate whose CI was rounded to zero or is missing has no interval, because it is not certain.
    """
    estimate, interval = headings
    lamis.refuse_headings(cells, expected=headings, others=LEFT_OUT, sheet=sheet)
    of_estimate = lamis.places(cells[cells["heading"] == estimate])
    figures = lamis.observations(of_estimate, measure=measure, sheet=sheet)
    half = _half_widths(cells[cells["heading"] == interval], like=figures, sheet=sheet)
    return figures.assign(lower=(figures["value"] - half).clip(lower=0), upper=figures["value"] + half)


def _half_widths(cells: pd.DataFrame, *, like: pd.DataFrame, sheet: str) -> pd.Series:
    """Return the CI beside each row of `like`, in its order; NaN where the sheet has a marker."""
    key = ["area_code", "period_start"]
    widths = lamis.observations(lamis.places(cells), measure="interval", sheet=sheet).set_index(key)["value"]
    return widths.reindex(pd.MultiIndex.from_frame(like[key])).set_axis(like.index)


def every_place_every_period(_cells: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a measure and period lacks an authority or nation, or has one twice."""
    sizes = figures.groupby(["measure", "period_start"])["area_code"].agg(["size", "nunique"])
    short = sizes[(sizes["size"] != PLACES) | (sizes["nunique"] != PLACES)]
    if not short.empty:
        raise ContractError(f"expected {PLACES} places in every period; came {listed(short['nunique'].to_dict())}")


def authorities_add_to_nations(_cells: pd.DataFrame, figures: pd.DataFrame, *, within: float, wales: float) -> None:
    """Raise when a nation's authorities differ from it by more than `within` (in Wales `wales`)."""
    rows = figures.assign(lies_in=figures["area_code"].map(nation_of), nation=figures["area_code"].isin(lamis.NATIONS))
    key = ["measure", "period_start", "lies_in"]
    whole = rows[rows["nation"]].set_index(key)["value"].dropna()
    parts = rows[~rows["nation"]].groupby(key)["value"].sum().reindex(whole.index)
    allowed = pd.Series(whole.index.get_level_values("lies_in") == WALES, index=whole.index).map(
        {True: wales, False: within}
    )
    gaps = (parts - whole)[(parts - whole).abs() > allowed]
    if not gaps.empty:
        raise ContractError(f"expected authorities to add to their nation; off by {listed(gaps.to_dict())}")


def mothers_are_among_all(_cells: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when more births are to mothers born abroad than there are births."""
    by_measure = figures.pivot(index=["area_code", "period_start"], columns="measure", values="value")
    wrong = by_measure[by_measure["births_non_uk_born_mothers"] > by_measure["births_all_mothers"]]
    if not wrong.empty:
        raise ContractError(
            f"expected no more births to some mothers than to all; came otherwise {listed(list(wrong.index))}"
        )


def only_the_known_blank(cells: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the blank cell that is read as not available has been filled: the exception has had its day."""
    chosen = (cells["area_code"] == BLANK_AREA) & (cells["period"] == BLANK_PERIOD) & cells["heading"].isin(GP_MEASURES)
    text = cells.loc[chosen, "text"].str.strip().tolist()
    if text != [""]:
        raise ContractError(f"expected a blank for {BLANK_AREA} in {BLANK_PERIOD}; came {listed(text)}")


_WHOLE = (every_place_every_period, lamis.names_stand_beside_their_codes)


def _read(sheet: str) -> partial[pd.DataFrame]:
    return partial(lamis.read_sheet, sheet=sheet)


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="lamis_short_term_inflow",
        material=lamis.MATERIAL,
        read=_read(SHORT_TERM_SHEET),
        tidy=tidy_short_term,
        checks=(*_WHOLE, partial(authorities_add_to_nations, within=1, wales=0.01)),
        origin=ORIGINS["lamis_short_term_inflow"],
    ),
    Dataset(
        name="lamis_nino_registrations",
        material=lamis.MATERIAL,
        read=_read(NINO_SHEET),
        tidy=partial(tidy_counts, sheet=NINO_SHEET, measures=NINO_MEASURES),
        checks=(*_WHOLE, partial(authorities_add_to_nations, within=60, wales=20)),
        origin=ORIGINS["lamis_nino_registrations"],
    ),
    Dataset(
        name="lamis_gp_registrations",
        material=lamis.MATERIAL,
        read=_read(GP_SHEET),
        tidy=tidy_gp,
        checks=(*_WHOLE, only_the_known_blank, partial(authorities_add_to_nations, within=0, wales=0)),
        origin=ORIGINS["lamis_gp_registrations"],
    ),
    Dataset(
        name="lamis_births",
        material=lamis.MATERIAL,
        read=_read(BIRTHS_SHEET),
        tidy=partial(tidy_counts, sheet=BIRTHS_SHEET, measures=BIRTHS_MEASURES),
        checks=(*_WHOLE, mothers_are_among_all, partial(authorities_add_to_nations, within=250, wales=0)),
        origin=ORIGINS["lamis_births"],
    ),
    Dataset(
        name="lamis_non_uk_born",
        material=lamis.MATERIAL,
        read=_read(NON_UK_BORN_SHEET),
        tidy=partial(tidy_estimates, sheet=NON_UK_BORN_SHEET, headings=NON_UK_BORN, measure="non_uk_born_population"),
        checks=_WHOLE,
        origin=ORIGINS["lamis_non_uk_born"],
    ),
    Dataset(
        name="lamis_non_british",
        material=lamis.MATERIAL,
        read=_read(NON_BRITISH_SHEET),
        tidy=partial(tidy_estimates, sheet=NON_BRITISH_SHEET, headings=NON_BRITISH, measure="non_british_population"),
        checks=_WHOLE,
        origin=ORIGINS["lamis_non_british"],
    ),
)
