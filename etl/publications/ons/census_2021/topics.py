"""Census 2021 by local authority: the Nomis table of each topic in `topics.toml`, one module for all.

The awkward fact: a table's headings nest ("Europe: EU countries: Italy"), are spaced differently from one file to
the next, and end in "; measures: Value" in some; and two headings may differ by a space alone. So headings are read
in one plain form, and `headings.csv` gives each its category; one left out on purpose has none there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pandas as pd

from etl.contract import ContractError, Problem
from etl.geo.geography import load_areas, match_authority_code, refuse_codes_beside_other_names
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origin_of, words
from etl.publications.ons.census_2021.country_of_birth import (
    added,
    children_add_to_their_parent,
    every_welsh_authority_has_every_category,
    one_column_each,
    parents,
    welsh,
)
from etl.reading.text_files import read_text_csv

HERE = Path(__file__).parent
WORDS = words(__file__)
NAME, CODE = "geography", "geography code"
KEYS = ("date", NAME, CODE)


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One Nomis table: the measure it gives, and its words in both languages."""

    name: str
    table: str
    variable: str
    released: str
    title_en: str
    title_cy: str
    counts_en: str
    counts_cy: str
    caution_en: str = WORDS["topics"]["caution_en"]
    caution_cy: str = WORDS["topics"]["caution_cy"]
    status: str = "accredited"


def plain_headings(headings: list[str]) -> list[str]:
    """Return headings without the variable's name and "; measures: Value", evenly spaced; a repeated one is numbered."""
    texts = [heading.split("; measures")[0].partition(": ")[2] for heading in headings]
    texts = [re.sub(r"\s*:\s*", ": ", " ".join(text.split())) for text in texts]
    before = [texts[:i].count(text) for i, text in enumerate(texts)]
    return [text if not n else f"{text} ({n + 1})" for text, n in zip(texts, before, strict=True)]


@cache
def headings_of(table: str) -> Mapping[str, str]:
    """Return heading -> category of a table as `headings.csv` has them; "" is left out on purpose."""
    cells = read_text_csv(HERE / "headings.csv")
    rows = cells[cells["table"] == table]
    return dict(zip(rows["heading"], rows["category"], strict=True))


def read_topic(path: Path, *, table: str) -> pd.DataFrame:
    """Return every area of a Nomis table with its headings in plain form; raise when headings are new or gone."""
    return with_plain_headings(read_text_csv(path), table=table, where=path.name)


def with_plain_headings(cells: pd.DataFrame, *, table: str, where: str) -> pd.DataFrame:
    """Return a Nomis table's cells under plain headings, which must be those of `headings.csv`."""
    if tuple(cells.columns[:3]) != KEYS:
        raise ContractError([Problem(file=where, row=1, expected=", ".join(KEYS), came=", ".join(cells.columns[:3]))])
    headings = plain_headings(list(cells.columns[3:]))
    plain_of = headings_of(table)
    wrong = {"no column": sorted(set(plain_of) - set(headings)), "unknown": sorted(set(headings) - set(plain_of))}
    if any(wrong.values()):
        came = "; ".join(f"{what} {', '.join(map(repr, texts))}" for what, texts in wrong.items() if texts)
        raise ContractError([Problem(file=where, row=1, expected=f"the headings of {table.upper()}", came=came)])
    return cells.set_axis([*KEYS, *headings], axis="columns")


def tidy_topic(rows: pd.DataFrame, *, measure: str, table: str) -> pd.DataFrame:
    """Return the Welsh authorities' figures by category; a parent that the table does not print is added from its parts."""
    rows_of_wales = welsh(rows, column=CODE)
    if rows_of_wales.empty:
        raise ContractError(f"{table.upper()}: expected rows of Welsh local authorities; came none")
    columns = {heading: category for heading, category in headings_of(table).items() if category}
    figures = one_column_each(rows_of_wales, measure=measure, areas=_codes(rows_of_wales, table=table), columns=columns)
    sums = unprinted_parents(figures, measure=measure)
    return figures if sums.empty else pd.concat([figures, sums], ignore_index=True)


def _codes(rows: pd.DataFrame, *, table: str) -> pd.Series:
    """Return the authorities' codes; raise when a code stands beside another authority's name."""
    codes = match_authority_code(rows[CODE], areas=load_areas())
    refuse_codes_beside_other_names(codes=codes, names=rows[NAME], where=table.upper())
    return codes


def unprinted_parents(figures: pd.DataFrame, *, measure: str) -> pd.DataFrame:
    """Return the sums for parents in `categories.csv` that stand under no heading ("LGB+", "Chinese")."""
    up = figures["category"].map(dict(parents(measure=measure)))
    unprinted = figures[up.notna() & ~up.isin(set(figures["category"]))].assign(category=up)
    return added(unprinted, category="", of={category: category for category in unprinted["category"]})


@cache
def topics() -> tuple[Topic, ...]:
    """Return every table of `topics.toml`."""
    return tuple(Topic(**entry) for entry in tomllib.loads((HERE / "topics.toml").read_text("utf-8"))["tables"])


def _dataset(topic: Topic) -> Dataset:
    return Dataset(
        name=topic.name,
        material=f"census-2021/nomis-local-authority/census2021-{topic.table}-ltla.csv",
        read=partial(read_topic, table=topic.table),
        tidy=partial(tidy_topic, measure=topic.name, table=topic.table),
        checks=(every_welsh_authority_has_every_category, children_add_to_their_parent),
        origin=origin_of(
            WORDS["topics"]
            | {
                "title_en": f"{topic.title_en}: Census 2021, table {topic.table.upper()}",
                "title_cy": f"{topic.title_cy}: Cyfrifiad 2021, tabl {topic.table.upper()}",
                "released": topic.released,
                "url": f"https://www.nomisweb.co.uk/output/census/2021/census2021-{topic.table}.zip",
                "status": topic.status,
                "counts_en": topic.counts_en,
                "counts_cy": topic.counts_cy,
                "caution_en": topic.caution_en,
                "caution_cy": topic.caution_cy,
            },
            where=f"topics.toml, {topic.name}",
        ),
    )


DATASETS = tuple(map(_dataset, topics()))
