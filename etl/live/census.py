"""Census 2021 topic summaries as Nomis serves them: a ZIP with one CSV for each kind of area.

Written from a description of the layout (columns date, geography, geography code, then one for each category):
these readers have not met the live files, and the words of TS019's categories were not seen. Which part holds
local authorities is told by its codes, not by its name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import TextIOWrapper
from pathlib import Path

import pandas as pd

from etl.archive import opened
from etl.contract import ContractError, Problem
from etl.datasets.census_2021 import DATASETS, ENGLISH, ETHNIC_DETAIL, ETHNIC_GROUPS, parents
from etl.live.publication import Edition, Live
from etl.sheets import plain

KEYS = ("date", "geography", "geography code")
AUTHORITY_CODE = re.compile(r"(E0[6-9]|W06)\d{6}")
ETHNIC_GROUP, ENGLISH_SKILL, MIGRANT = "Ethnic group", "Proficiency in English language", "Migrant indicator"
BIRTH = "Country of birth"  # TS004 begins so too, with twelve places; TS012 has them all
MIGRANT_WORDS: Mapping[str, str] = {
    "all_usual_residents": "Total",
    "address_one_year_ago_is_the_same": "Address one year ago is the same as the address of enumeration",
    "address_one_year_ago_is_student_or_boarding": "Address one year ago is student term-time or boarding school",
    "migrant_from_within_uk": "Migrant from within the UK",
    "migrant_from_outside_uk": "Migrant from outside the UK",
}


def heads(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield for each CSV of the archive its part's name, its header and its first row."""
    with opened(path) as archive:
        for part in archive.namelist():
            if part.lower().endswith(".csv"):
                with archive.open(part) as stream:
                    lines = csv.reader(TextIOWrapper(stream, encoding="utf-8-sig", newline=""))
                    yield part, next(lines, []), next(lines, [])


def authorities_part(path: Path) -> tuple[str, list[str]]:
    """Return the part whose areas are local authorities, and its header."""
    for part, header, first in heads(path):
        if tuple(map(plain, header[:3])) == KEYS and len(first) > 2 and AUTHORITY_CODE.fullmatch(first[2]):
            return part, header
    expected = "a CSV with the columns date, geography, geography code and a row for each local authority"
    raise ContractError([Problem(file=path.name, expected=expected, came="none")])


def variable_of(header: list[str]) -> str:
    """Return the variable that a table's categories begin with ("Ethnic group: White" -> "Ethnic group")."""
    variables = {heading.partition(":")[0].strip() for heading in header[3:]}
    return variables.pop() if len(variables) == 1 else ""


def _cells(path: Path, *, variable: str) -> pd.DataFrame:
    """Return the authorities' rows, the variable's name and "measures: Value" taken off the headings."""
    part, header = authorities_part(path)
    if variable_of(header) != variable:
        where = f"{path.name}, {part}"
        raise ContractError([Problem(file=where, expected=f"columns of {variable!r}", came=repr(header[3:6]))])
    with opened(path) as archive, archive.open(part) as stream:
        cells = pd.read_csv(stream, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    short = [heading.split("; measures")[0].partition(": ")[2] for heading in header[3:]]
    cells.columns = pd.Index([*KEYS, *short])
    return cells


def read_ethnic_group(path: Path) -> pd.DataFrame:
    """Return TS021 in the long form of the held copy; groups must be the sums of what is in them."""
    cells = _cells(path, variable=ETHNIC_GROUP)
    wanted = [c for c in cells.columns[3:] if c.partition(": ")[0] in ETHNIC_GROUPS and c.partition(": ")[2]]
    total = [c for c in cells.columns[3:] if c.startswith("Total")]
    known = {*ETHNIC_GROUPS, *wanted, *total}
    _refuse(path, set(cells.columns[3:]) - known, expected="only groups of TS021")
    if len(wanted) != len(ETHNIC_DETAIL) or len(total) != 1:
        _refuse(path, {f"{len(wanted)} groups"}, expected=f"{len(ETHNIC_DETAIL)} groups and a total")
    numbers = cells[[*wanted, *total]].astype("int64")
    off = cells.loc[numbers[wanted].sum(axis=1) != numbers[total[0]], "geography"]
    _refuse(path, set(off), expected="groups that add to the total")
    long = cells.melt(id_vars=["geography code", "geography"], value_vars=wanted, var_name="ethnic_group")
    return long.rename(columns={"geography code": "ltla21_code", "geography": "ltla21_name"})


def read_country_of_birth(path: Path) -> pd.DataFrame:
    """Return TS012 in the long form of the held copy, each place under the name that its nested headings make.

    "Europe: United Kingdom: Wales" is `europe_united_kingdom_wales`; a place that is new or gone is refused.
    """
    cells = _cells(path, variable=BIRTH)
    total = [c for c in cells.columns[3:] if c.startswith("Total")]
    places = {c: re.sub(r"[^a-z0-9]+", "_", c.casefold()).strip("_") for c in cells.columns[3:] if c not in total}
    known = set(parents(measure="census_country_of_birth"))
    _refuse(path, set(places.values()) ^ known, expected=f"the {len(known)} places of TS012 and no others")
    _refuse(path, {f"{len(total)} of them"} if len(total) != 1 else set(), expected="one column 'Total'")
    named = cells.rename(columns={**places, total[0]: "total_all_usual_residents"})
    kept = ["geography code", "geography", "total_all_usual_residents"]
    long = named.melt(id_vars=kept, value_vars=list(places.values()), var_name="country_of_birth")
    return long.rename(columns={"geography code": "ltla21_code", "geography": "ltla21_name"})


def read_wide(path: Path, *, variable: str, words: Mapping[str, str]) -> pd.DataFrame:
    """Return the Welsh authorities with a column for each of `words`, and `la` for their names."""
    cells = _cells(path, variable=variable)
    found = {name: [c for c in cells.columns[3:] if plain(c).startswith(plain(start))] for name, start in words.items()}
    for name, start in words.items():
        exact = [c for c in found[name] if plain(c) == plain(start)]
        found[name] = exact or found[name]
        if len(found[name]) != 1:
            _refuse(path, {f"{len(found[name])} of them"}, expected=f"one column {start!r}")
    welsh = cells[cells["geography code"].str.startswith("W06")]
    return pd.DataFrame({"la": welsh["geography"], **{name: welsh[columns[0]] for name, columns in found.items()}})


def _refuse(path: Path, came: set[str], *, expected: str) -> None:
    if came:
        raise ContractError([Problem(file=path.name, expected=expected, came=", ".join(map(repr, sorted(came))))])


def _edition(_path: Path, *, dataset: str) -> Edition:
    """Return the edition of the one census there is; the archive itself says no day of release."""
    (origin,) = (held.origin for held in DATASETS if held.name == dataset)
    return Edition(english=origin.edition, welsh=origin.edition_cy, released=origin.released)


_READ: Mapping[str, Callable[[Path], pd.DataFrame]] = {
    "census_ethnic_group": read_ethnic_group,
    "census_country_of_birth": read_country_of_birth,
    "census_english_proficiency": partial(read_wide, variable=ENGLISH_SKILL, words={name: name for name in ENGLISH}),
    "census_migrant_indicator": partial(read_wide, variable=MIGRANT, words=MIGRANT_WORDS),
}
LIVE = tuple(Live(dataset=name, read=read, edition=partial(_edition, dataset=name)) for name, read in _READ.items())
