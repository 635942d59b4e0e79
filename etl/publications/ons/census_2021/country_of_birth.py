"""Census 2021 for the Welsh local authorities: the tables of one question, and what all Census modules share.

The awkward fact: the tables are nested and lightly perturbed. "Europe", "United Kingdom" and "Wales" stand
as equals in 82 rows that add to three times the population; and the same people, counted in two tables,
differ by a few. So a total is only ever that of its own table, and children must add to their parent there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import TOTAL
from etl.contract import ContractError, Problem
from etl.geo.geography import is_welsh, load_areas, load_reference, match_authority_code
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

DAY = "2021-03-21"
WELSH_AUTHORITIES = 22
SHOWN_AT_MOST = 20

BIRTH_COLUMNS = ("ltla21_code", "ltla21_name", "total_all_usual_residents", "country_of_birth", "value")
# Columns of TS019 and TS029 -> categories.
MIGRANT: Mapping[str, str] = {
    "all_usual_residents": TOTAL,
    "address_one_year_ago_is_the_same": "same_address",
    "address_one_year_ago_is_student_or_boarding": "student_address",
    "migrant_from_within_uk": "within_uk",
    "migrant_from_outside_uk": "outside_uk",
}
_NOT_ENGLISH = "Main language is not English (English or Welsh in Wales)"
ENGLISH: Mapping[str, str] = {
    "Main language is English (English or Welsh in Wales)": "main_english_or_welsh",
    _NOT_ENGLISH: "main_other",
    f"{_NOT_ENGLISH}: Can speak English very well": "very_well",
    f"{_NOT_ENGLISH}: Can speak English well": "well",
    f"{_NOT_ENGLISH}: Cannot speak English well": "not_well",
    f"{_NOT_ENGLISH}: Cannot speak English": "not_at_all",
}


def counted(cells: pd.Series, *, where: str) -> pd.Series:
    """Return people written "278" or, as the copies have it, "278.0"; raise naming every other cell by its row."""
    text = cells.fillna("").astype(str).str.strip()
    bad = text[~text.str.fullmatch(r"\d+(\.0)?")]
    if not bad.empty:
        raise ContractError(
            Problem(
                file=where, row=int(str(row)) + 2, expected=f"a number of people in {cells.name!r}", came=repr(value)
            )
            for row, value in bad.head(SHOWN_AT_MOST).items()
        )
    return text.str.removesuffix(".0").astype("int64")


def named(words: pd.Series, *, names: Mapping[str, str], where: str) -> pd.Series:
    """Return our category for each of the table's words; raise naming all unknown."""
    category = words.map(names.get)
    strange = sorted({repr(word) for word in words[category.isna()]})
    if strange:
        raise ContractError([Problem(file=where, expected="a known category", came=", ".join(strange))])
    return category


def on_census_day(*, measure: str, areas: pd.Series, categories: pd.Series | str, values: pd.Series) -> pd.DataFrame:
    """Return tidy rows of Census day, 21 March 2021."""
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": areas,
            "period_start": DAY,
            "period_months": 0,
            "category": categories,
            "value": values,
        }
    )


def added(figures: pd.DataFrame, *, category: str, of: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return `made` grouped by area into one `category`, or by the group that `of` gives for each row's category."""
    groups = figures["category"].map(dict(of)) if of else pd.Series(category, index=figures.index)
    sums = figures.assign(category=groups).groupby(
        ["measure", "area_code", "period_start", "period_months", "category"]
    )
    return sums["value"].sum().reset_index()


def one_column_each(rows: pd.DataFrame, *, measure: str, areas: pd.Series, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return tidy rows of a table that has a column for each category."""
    parts = [
        on_census_day(measure=measure, areas=areas, categories=category, values=counted(rows[column], where=measure))
        for column, category in columns.items()
    ]
    return pd.concat(parts, ignore_index=True)


def parents(*, measure: str) -> Mapping[str, str]:
    """Return category -> parent of a measure as `categories.csv` nests them, those without a parent left out."""
    table = load_reference("categories.csv", needs=("measure", "category", "parent"))
    nested = table[(table["measure"] == measure) & (table["parent"] != "")]
    return dict(zip(nested["category"], nested["parent"], strict=True))


def children_add_to_their_parent(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the children of a category that stands in the table do not add to it exactly, area by area."""
    for measure, rows in figures.groupby("measure"):
        table = rows.pivot(index="area_code", columns="category", values="value")
        up = parents(measure=str(measure))
        for parent in sorted({up[c] for c in table.columns if c in up} & set(table.columns)):
            off = table[[c for c in table.columns if up.get(c) == parent]].sum(axis=1) - table[parent]
            if (off != 0).any():
                raise ContractError(
                    f"{measure}: expected children that add to {parent!r}; came {listed(off[off != 0].to_dict())}"
                )


def every_welsh_authority_has_every_category(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise unless 22 authorities came, each with every category once."""
    rows = welsh(figures, column="area_code")
    categories = figures["category"].nunique()
    sizes = rows.groupby("area_code")["category"].nunique()
    short = sizes[sizes != categories]
    if len(sizes) != WELSH_AUTHORITIES or len(short) or len(rows) != WELSH_AUTHORITIES * categories:
        raise ContractError(
            f"expected {WELSH_AUTHORITIES} authorities x {categories} categories; came {len(sizes)} authorities in "
            f"{len(rows)} rows, with too few categories {listed(short.to_dict())}"
        )


def welsh(rows: pd.DataFrame, *, column: str = "ltla21_code") -> pd.DataFrame:
    """Return the rows of Welsh authorities, their numbers as in the file so that an error can name its row."""
    return rows[is_welsh(rows[column], "local_authority")]


def read_country_of_birth(path: Path) -> pd.DataFrame:
    """Return TS012 of every authority of England and Wales: 82 nested rows each."""
    return read_text_csv(path, columns=BIRTH_COLUMNS)


def tidy_country_of_birth(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the 82 places of birth under the table's own names, and the total printed beside them."""
    rows_of_wales = welsh(rows)
    areas = match_authority_code(rows_of_wales["ltla21_code"], areas=load_areas())
    measure = "census_country_of_birth"
    names = {name: name for name in parents(measure=measure)}
    figures = on_census_day(
        measure=measure,
        areas=areas,
        categories=named(rows_of_wales["country_of_birth"], names=names, where="TS012"),
        values=counted(rows_of_wales["value"], where="TS012"),
    )
    totals = counted(rows_of_wales["total_all_usual_residents"], where="TS012")
    total = on_census_day(measure=measure, areas=areas, categories=TOTAL, values=totals).drop_duplicates()
    return pd.concat([figures, total], ignore_index=True)


def english(rows: pd.DataFrame, *, areas: pd.Series) -> pd.DataFrame:
    """Return TS029 with everyone aged three and over, whom the table does not print, as the sum of both languages."""
    figures = one_column_each(rows, measure="census_english_proficiency", areas=areas, columns=ENGLISH)
    parts = figures[figures["category"].isin(["main_english_or_welsh", "main_other"])]
    return pd.concat([figures, added(parts, category=TOTAL)], ignore_index=True)


_CHECKS = (every_welsh_authority_has_every_category, children_add_to_their_parent)

ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="census_country_of_birth",
        material="census-2021/ts012-country-of-birth-ltla21.csv",
        read=read_country_of_birth,
        tidy=tidy_country_of_birth,
        checks=_CHECKS,
        origin=ORIGINS["census_country_of_birth"],
    ),
)
