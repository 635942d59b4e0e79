"""ONS Explore local statistics: poverty, work, income, well-being and homicide, one file for each indicator.

The awkward fact: one file mixes authorities, regions, city regions, countries and statistical (ITL) regions, and the
same place can stand in it under two codes. So a row is kept or left out by its code, and an unknown code is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import ENGLAND, ENGLAND_AND_WALES, TOTAL, UNITED_KINGDOM, WALES
from etl.contract import ContractError, Problem
from etl.geo.geography import is_welsh, load_areas, match_authority_name, match_force, whole_of_wales
from etl.pipeline.checks import Check
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.reading.periods import iso_interval
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

COLUMNS = (
    "areacd",
    "areanm",
    "indicator",
    "period",
    "observation",
    "measure",
    "unit",
    "lci_95",
    "uci_95",
    "status",
    "notes",
)
COMPARATORS = (WALES, ENGLAND, ENGLAND_AND_WALES, UNITED_KINGDOM)  # Wales, England, England and Wales, the UK

# Left out on purpose: other authorities, counties, regions, city regions and forces; other nations; ITL regions (TL…,
# which repeat Wales and its parts); Great Britain, which is no area of ours; and the Swansea Bay City Region.
LEFT_OUT = r"E(06|07|08|09|10|11|12|13|23|47)\d{6}|[NS]\d{8}|TL[B-N][0-9A-G]*|K03000001|W42000004"

# Status -> our marker. The first four stand where there is no figure; "u" says that it would not be reliable.
WITHOUT_FIGURE = {"x": "[x]", "c": "[c]", "z": "[z]", "u": "[x]"}
WITH_FIGURE = {"e": "[e]", "p": "[p]", "r": "[r]"}


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What one file may hold: our measure, the publisher's unit, and our category for each (indicator, measure)."""

    measure: str
    unit: str
    categories: Mapping[tuple[str, str], str]
    provisional: str = ""  # a first day whose figures the publisher calls provisional in its notes, not in the table


def read(path: Path) -> pd.DataFrame:
    """Return every row of an indicator's file as text."""
    return read_text_csv(path, columns=COLUMNS)


def tidy(rows: pd.DataFrame, *, indicator: Indicator) -> pd.DataFrame:
    """Return an indicator of the Welsh authorities or forces and of the countries we compare them with."""
    ours = rows[rows["areacd"].isin(kept_areas())]
    periods = ours["period"].map(iso_interval)
    start = periods.map(lambda period: period[0].isoformat())
    return pd.DataFrame(
        {
            "measure": indicator.measure,
            "area_code": ours["areacd"],
            "period_start": start,
            "period_months": periods.map(lambda period: period[1]),
            "category": _categories(ours, indicator=indicator),
            "value": _numbers(ours["observation"]),
            "lower": _numbers(ours["lci_95"]),
            "upper": _numbers(ours["uci_95"]),
            "marker": _markers(ours).mask(start == indicator.provisional, "[p]"),
        }
    )


def kept_areas() -> frozenset[str]:
    """Return the codes of the Welsh authorities, past and present, of the Welsh forces and of the comparators."""
    codes = load_areas()["code"]
    return frozenset([*codes[is_welsh(codes, "local_authority", "police_force")], *COMPARATORS])


def _categories(rows: pd.DataFrame, *, indicator: Indicator) -> pd.Series:
    """Return our category of each row; raise for an indicator, measure or unit that was not declared."""
    category_of = {(*names, indicator.unit): category for names, category in indicator.categories.items()}
    headings = rows[["indicator", "measure", "unit"]].apply(tuple, axis=1)
    unknown = sorted(set(headings) - set(category_of))
    if unknown:
        raise ContractError(
            f"{indicator.measure}: expected the indicators {listed(sorted(category_of))}; came {listed(unknown)}"
        )
    return headings.map(category_of)


def _numbers(cells: pd.Series) -> pd.Series:
    """Return cells as numbers, blank cells as missing; raise for everything else, such as a marker in the column."""
    bad = cells[~cells.str.fullmatch(r"(-?\d+(\.\d+)?)?")]
    if not bad.empty:
        raise ContractError(
            _problem(row, expected=f"a number or nothing in {cells.name!r}", came=value) for row, value in bad.items()
        )
    return pd.to_numeric(cells.where(cells != ""))


def _markers(rows: pd.DataFrame) -> pd.Series:
    """Return our marker for each row's status, which must suit whether there is a figure; a note must be read first."""
    marker_of = {"": "", **WITH_FIGURE, **WITHOUT_FIGURE}
    blank = rows["observation"] == ""
    rules = {
        f"a status of {', '.join(sorted(marker_of))}": ~rows["status"].isin(list(marker_of)),
        "a figure, or a status that says why there is none": blank != rows["status"].isin(list(WITHOUT_FIGURE)),
        "no note, or one that this module has taken in": rows["notes"] != "",
    }
    problems = [
        _problem(row, expected=expected, came=f"{status!r} {note!r}")
        for expected, bad in rules.items()
        for row, status, note in rows.loc[bad, ["status", "notes"]].itertuples()
    ]
    if problems:
        raise ContractError(problems)
    return rows["status"].map(marker_of)


def _problem(row: object, *, expected: str, came: object) -> Problem:
    """Return a problem at a row of the frame, counted as an editor counts."""
    return Problem(file="Explore local statistics", row=int(str(row)) + 2, expected=expected, came=str(came))


def every_area_is_kept_or_left_out(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise naming areas that are neither kept nor left out on purpose: a new code must not vanish."""
    strange = rows[~rows["areacd"].isin(kept_areas()) & ~rows["areacd"].str.fullmatch(LEFT_OUT)]
    if not strange.empty:
        came = sorted(set(strange["areacd"] + " " + strange["areanm"]))
        raise ContractError(f"expected only areas that are kept or left out by name; came {listed(came)}")


def no_welsh_row_is_lost(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a row of a Welsh area that is not left out by name is missing, or stands twice."""
    welsh = rows[is_welsh(rows["areacd"]) & ~rows["areacd"].str.fullmatch(LEFT_OUT)]
    after = figures[is_welsh(figures["area_code"])]
    if len(welsh) != len(after):
        raise ContractError(f"expected {len(welsh)} Welsh rows as read; came {len(after)}")


def every_area_has_every_period(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a period lacks a comparator that others have, or one of Wales' authorities or forces of its day."""
    kind = "police_force" if is_welsh(figures["area_code"], "police_force").any() else "local_authority"
    for category, of_category in figures.groupby("category"):
        comparators = set(of_category["area_code"]) & set(COMPARATORS) | {WALES}
        for start, part in of_category.groupby("period_start"):
            came = sorted(part["area_code"])
            expected = sorted(comparators | whole_of_wales(set(came) - comparators, kind=kind, day=str(start)))
            if came != expected:
                other = sorted(set(came) ^ set(expected)) or sorted({code for code in came if came.count(code) > 1})
                raise ContractError(
                    f"{category}, {start}: expected each {kind.replace('_', ' ')} of Wales, and what they are compared "
                    f"with, once; came otherwise for {listed(other)}"
                )


def wales_lies_among_its_parts(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the figure of Wales is above or below those of all its parts: a slipped row or column."""
    welsh = figures[is_welsh(figures["area_code"])]
    keys = ["period_start", "category"]
    whole = welsh[welsh["area_code"] == WALES].set_index(keys)["value"]
    parts = welsh[welsh["area_code"] != WALES].groupby(keys)["value"].agg(["min", "max"])
    off = parts.index[(whole.reindex(parts.index) < parts["min"]) | (whole.reindex(parts.index) > parts["max"])]
    if len(off) or len(whole) != len(parts):
        raise ContractError(f"expected Wales between its lowest and its highest part; not so for {listed(sorted(off))}")


def names_stand_beside_their_codes(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a Welsh authority's or force's code stands beside another's name."""
    authorities = rows[is_welsh(rows["areacd"], "local_authority")]
    forces = rows[is_welsh(rows["areacd"], "police_force")]
    for part, codes in (
        (authorities, match_authority_name(authorities["areanm"], areas=load_areas())),
        (forces, match_force(forces["areanm"])),
    ):
        wrong = part.loc[codes != part["areacd"], "areanm"]
        if not wrong.empty:
            raise ContractError(f"expected each code beside its own name; came {listed(sorted(set(wrong)))}")


CHECKS: tuple[Check, ...] = (
    every_area_is_kept_or_left_out,
    no_welsh_row_is_lost,
    every_area_has_every_period,
    wales_lies_among_its_parts,
    names_stand_beside_their_codes,
)


ORIGINS = origins(__file__)


def _dataset(name: str, *, file: str, indicator: Indicator) -> Dataset:
    return Dataset(
        name=name,
        material=f"context/els_{file}.csv",
        read=read,
        tidy=partial(tidy, indicator=indicator),
        checks=CHECKS,
        origin=ORIGINS[name],
    )


_MEANS = {
    ("Satisfaction", "satisfied"): "life_satisfaction",
    ("Worthwhile", "worthwhile"): "worthwhile",
    ("Happiness", "happy"): "happiness",
    ("Anxiety", "anxious"): "anxiety",
}

DATASETS = (
    _dataset(
        "children_in_relative_poverty",
        file="children-in-relative-poverty",
        indicator=Indicator(
            measure="children_in_relative_poverty_share",
            unit="%",
            categories={
                ("Children in relative poverty before housing costs", "Percentage"): "before_housing_costs",
                ("Children in relative poverty after housing costs", "Percentage"): "after_housing_costs",
            },
        ),
    ),
    _dataset(
        "claimant_count",
        file="claimant-count",
        indicator=Indicator(
            measure="claimant_count_share", unit="%", categories={("Claimant Count", "Percentage"): TOTAL}
        ),
    ),
    _dataset(
        "modelled_unemployment",
        file="modelled-unemployment",
        indicator=Indicator(
            measure="modelled_unemployment_rate",
            unit="%",
            categories={("Modelled unemployment rate", "Percentage"): TOTAL},
        ),
    ),
    _dataset(
        "household_income",
        file="gross-disposable-household-income-per-head",
        indicator=Indicator(
            measure="household_income_per_head",
            unit="£",
            categories={("Gross disposable household income", "Pounds"): TOTAL},
            provisional="2023-01-01",
        ),
    ),
    _dataset(
        "personal_wellbeing",
        file="personal-wellbeing-estimates",
        indicator=Indicator(
            measure="personal_wellbeing",
            unit="Score out of 10",
            categories={
                (name, f"Mean (Where 0 is 'not at all {word}' and 10 is 'completely {word}')"): category
                for (name, word), category in _MEANS.items()
            },
        ),
    ),
    _dataset(
        "homicide",
        file="homicide-offences",
        indicator=Indicator(
            measure="homicide_rate",
            unit="Rate per 1,000,000 population",
            categories={("Homicide Offences", "Homicide Offences (rate per million population)"): TOTAL},
        ),
    ),
)
