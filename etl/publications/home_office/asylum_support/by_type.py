"""Home Office asylum support (Asy_D11) by section of the Act, and by kind of accommodation within it.

The awkward fact: what is counted by authority changed twice. Section 4 begins on 31 March 2018 and
Section 98 on 31 December 2022; before, their people stand in no authority, which is not a zero.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cohesion.vocabulary import WALES
from etl.contract import ContractError, Problem
from etl.geo.geography import authority_of_today
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import every_edition, origins
from etl.publications.home_office.asylum_support.by_authority import (
    D11_MATERIAL,
    MISCODED,
    every_placed_person_is_kept,
    names_decide_on_the_miscoded_day,
    no_quarter_is_missing,
    observations,
    placed,
    pseudo_areas_are_known,
    read_d11,
    with_zeros,
)
from etl.reading.numbers import whole_numbers
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

# Keys in lower case: the Home Office writes "Subsistence Only" and "Subsistence only".
SECTIONS = {"section 95": "section_95", "section 4": "section_4", "section 98": "section_98"}
FIRST_DAYS = {"section_95": "2014-03-31", "section_4": "2018-03-31", "section_98": "2022-12-31"}
ACCOMMODATION = {
    "dispersal accommodation": "dispersal",
    "subsistence only": "subsistence",
    "contingency accommodation - hotel": "hotel",
    "contingency accommodation - other": "contingency_other",
    "initial accommodation": "initial",
    "other accommodation": "other",
}
LATEST_DAY = "2026-03-31"
LATEST_SECTIONS = {"s95": "section_95", "s98": "section_98", "s4": "section_4"}
LATEST_COLUMNS = ("code", "name", "total", *LATEST_SECTIONS)


def tidy_sections(rows: pd.DataFrame) -> pd.DataFrame:
    """Return people by section; Welsh authorities get a zero on days when the section is counted by authority."""
    cells = placed(rows)
    return _with_welsh_zeros(
        observations(cells, category=_named(cells["section"], names=SECTIONS, what="Support Type"))
    )


def tidy_accommodation(rows: pd.DataFrame) -> pd.DataFrame:
    """Return people by section and kind of accommodation ("section_95_dispersal"), with the same Welsh zeros."""
    cells = placed(rows)
    section = _named(cells["section"], names=SECTIONS, what="Support Type")
    kind = _named(cells["accommodation"], names=ACCOMMODATION, what="Accommodation Type")
    return _with_welsh_zeros(observations(cells, category=section + "_" + kind))


def _named(words: pd.Series, *, names: dict[str, str], what: str) -> pd.Series:
    """Return our name for each of the Home Office's words, in whatever letter case; raise naming all unknown."""
    category = words.str.lower().map(names)
    strange = sorted(set(words[category.isna()]))
    if strange:
        raise ContractError([Problem(file="Asy_D11", expected=f"a known {what}", came=", ".join(map(repr, strange)))])
    return category


def _with_welsh_zeros(figures: pd.DataFrame) -> pd.DataFrame:
    """Add a zero for each Welsh authority without a row, where any authority has one: no row means zero."""
    published = figures[["period_start", "category"]].drop_duplicates().itertuples(index=False, name=None)
    return with_zeros(figures, nations=(WALES,), published=sorted(published))


def read_latest(path: Path) -> pd.DataFrame:
    """Return one row for each authority that supports anyone, a column for each section."""
    return read_text_csv(path, columns=LATEST_COLUMNS)


def tidy_latest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return people by section on 31 March 2026."""
    codes = authority_of_today(rows["code"])
    cells = [
        pd.DataFrame({"area_code": codes, "day": LATEST_DAY, "people": whole_numbers(rows[column], where="Asy_D11")})
        for column in LATEST_SECTIONS
    ]
    figures = [observations(c, category=name) for c, name in zip(cells, LATEST_SECTIONS.values(), strict=True)]
    return _with_welsh_zeros(pd.concat(figures, ignore_index=True))


def sections_begin_as_declared(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a section is counted by authority from another day than its caution says."""
    begins = figures.groupby("category")["period_start"].min().to_dict()
    if begins != FIRST_DAYS:
        raise ContractError(f"expected sections to begin on {listed(FIRST_DAYS)}; came {listed(begins)}")


def sections_add_to_total(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the three sections do not add to an authority's total as printed."""
    parts = rows[list(LATEST_SECTIONS)].apply(whole_numbers, where="Asy_D11").sum(axis=1)
    off = rows.loc[parts != whole_numbers(rows["total"], where="Asy_D11"), "name"]
    if not off.empty:
        raise ContractError(f"expected sections to add to the total; came otherwise for {listed(sorted(off))}")


_D11_CHECKS = (
    every_placed_person_is_kept,
    no_quarter_is_missing,
    pseudo_areas_are_known,
    names_decide_on_the_miscoded_day,
)

ORIGINS = origins(__file__)
EVERY_EDITION = every_edition(__file__)
DATASETS = (
    Dataset(
        name="asylum_support_by_type",
        material=D11_MATERIAL,
        read=read_d11,
        tidy=tidy_sections,
        corrections=MISCODED,
        checks=(*_D11_CHECKS, sections_begin_as_declared),
        origin=ORIGINS["asylum_support_by_type"],
        every_edition=EVERY_EDITION["asylum_support_by_type"],
    ),
    Dataset(
        name="asylum_support_by_accommodation",
        material=D11_MATERIAL,
        read=read_d11,
        tidy=tidy_accommodation,
        corrections=MISCODED,
        checks=_D11_CHECKS,
        origin=ORIGINS["asylum_support_by_accommodation"],
        every_edition=EVERY_EDITION["asylum_support_by_accommodation"],
    ),
    Dataset(
        name="asylum_support_by_type_mar_2026",
        material="migration/asy_d11-edition-mar-2026-latest-by-type.csv",
        read=read_latest,
        tidy=tidy_latest,
        checks=(sections_add_to_total,),
        origin=ORIGINS["asylum_support_by_type_mar_2026"],
    ),
)
