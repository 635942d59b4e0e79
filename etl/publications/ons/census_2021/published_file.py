"""Census 2021 topic summaries as Nomis serves them: a ZIP with one CSV for each kind of area.

The awkward fact: the parts are told apart by their codes, not by their names. These readers have not met the live
files; the CSV of local authorities that lies in them was met for every table but TS012.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from io import StringIO
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import ENGLAND, WALES
from etl.contract import ContractError, Problem
from etl.geo.geography import code_pattern, refuse_codes_beside_other_names
from etl.pipeline.origin import Origin
from etl.pipeline.published_files import Edition, PublishedFile, Signs
from etl.publications.ons.census_2021 import country_of_birth as census_2021
from etl.publications.ons.census_2021 import topics as census_topics
from etl.publications.ons.census_2021.country_of_birth import parents
from etl.publications.ons.census_2021.topics import KEYS, Topic, plain_headings, topics, with_plain_headings
from etl.reading.wording import listed, plain
from etl.reading.zip_safety import bounded_text, csv_heads, opened

LARGEST_TABLE = 20_000_000  # bytes; a table of all authorities has less than one million
AUTHORITY_CODE = code_pattern("local_authority", nations=(ENGLAND, WALES))
CENSUS_YEAR = "2021"
BIRTH = "Country of birth"  # TS004 begins so too, with twelve places; TS012 has them all
VARIABLES: Mapping[str, str] = {
    BIRTH: "census_country_of_birth",
    **{topic.variable: topic.name for topic in topics()},
}


def authorities_part(path: Path) -> tuple[str, list[str]]:
    """Return the one part whose areas are local authorities, and its header."""
    parts = [
        (part, header)
        for part, header, first in csv_heads(path)
        if tuple(map(plain, header[:3])) == KEYS and len(first) > 2 and AUTHORITY_CODE.fullmatch(first[2])
    ]
    if len(parts) != 1:
        expected = "a CSV with the columns date, geography, geography code and a row for each local authority, one only"
        raise ContractError([Problem(file=path.name, expected=expected, came=listed(part for part, _ in parts))])
    return parts[0]


def variable_of(header: list[str]) -> str:
    """Return the variable that a table's categories begin with ("Ethnic group: White" -> "Ethnic group")."""
    variables = {heading.partition(":")[0].strip() for heading in header[3:]}
    return variables.pop() if len(variables) == 1 else ""


def _cells(path: Path, *, variable: str) -> pd.DataFrame:
    """Return the authorities' rows of the table that counts `variable`, headings as they stand."""
    part, header = authorities_part(path)
    if variable_of(header) != variable:
        where = f"{path.name}, {part}"
        raise ContractError([Problem(file=where, expected=f"columns of {variable!r}", came=repr(header[3:6]))])
    with opened(path) as archive:
        text = bounded_text(archive, part, largest=LARGEST_TABLE, file=path.name)
    cells = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    dates, codes = (cells.iloc[:, column].str.strip() for column in (0, 2))
    if strange := sorted(set(dates) - {CENSUS_YEAR}):
        expected = f"the date {CENSUS_YEAR} in every row"
        raise ContractError([Problem(file=f"{path.name}, {part}", expected=expected, came=listed(strange))])
    if twice := sorted(set(codes[codes.duplicated()])):
        raise ContractError([Problem(file=f"{path.name}, {part}", expected="each area once", came=listed(twice))])
    return cells


def read_topic(path: Path, *, topic: Topic) -> pd.DataFrame:
    """Return a topic's table under plain headings."""
    return with_plain_headings(_cells(path, variable=topic.variable), table=topic.table, where=path.name)


def read_country_of_birth(path: Path) -> pd.DataFrame:
    """Return TS012 in the long form of the held copy, each place under the name that its nested headings make.

    "Europe: United Kingdom: Wales" is `europe_united_kingdom_wales`; a place that is new or gone is refused.
    """
    cells = _cells(path, variable=BIRTH)
    cells = cells.set_axis([*KEYS, *plain_headings(list(cells.columns[3:]))], axis="columns")
    total = [c for c in cells.columns[3:] if c.startswith("Total")]
    places = {c: re.sub(r"[^a-z0-9]+", "_", c.casefold()).strip("_") for c in cells.columns[3:] if c not in total}
    categories = set(parents(measure="census_country_of_birth"))
    _refuse(path, set(places.values()) ^ categories, expected=f"the {len(categories)} places of TS012 and no others")
    _refuse(path, {f"{len(total)} of them"} if len(total) != 1 else set(), expected="one column 'Total'")
    named = cells.rename(columns={**places, total[0]: "total_all_usual_residents"})
    columns = ["geography code", "geography", "total_all_usual_residents"]
    long = named.melt(id_vars=columns, value_vars=list(places.values()), var_name="country_of_birth")
    refuse_codes_beside_other_names(codes=cells["geography code"], names=cells["geography"], where=path.name)
    return long.rename(columns={"geography code": "ltla21_code", "geography": "ltla21_name"})


def _refuse(path: Path, came: set[str], *, expected: str) -> None:
    if came:
        raise ContractError([Problem(file=path.name, expected=expected, came=", ".join(map(repr, sorted(came))))])


def _edition(_path: Path, *, origin: Origin) -> Edition:
    """Return the edition of the one census there is; the archive itself says no day of release."""
    return Edition(english=origin.edition, welsh=origin.edition_cy, released=origin.released)


_READ: Mapping[str, Callable[[Path], pd.DataFrame]] = {
    "census_country_of_birth": read_country_of_birth,
    **{topic.name: partial(read_topic, topic=topic) for topic in topics()},
}
_ORIGINS = {dataset.name: dataset.origin for dataset in (*census_2021.DATASETS, *census_topics.DATASETS)}
PUBLISHED_FILES = tuple(
    PublishedFile(dataset=name, read=read, edition=partial(_edition, origin=_ORIGINS[name]))
    for name, read in _READ.items()
)


def _in_file(path: Path) -> tuple[str, ...]:
    """Return the dataset of a Nomis archive."""
    if not zipfile.is_zipfile(path):
        return ()
    variables = {variable_of(header) for _, header, _ in csv_heads(path)}
    return tuple(name for variable, name in VARIABLES.items() if variable in variables)


SIGNS = (Signs(looked_for="a Nomis archive of a census table that we hold", in_file=_in_file),)
