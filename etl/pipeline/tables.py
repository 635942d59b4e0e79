"""Reading the committed tables whole, and every promise they break before a database is made of them.

The awkward fact: pandas forgives much in silence (a trailing comma, an empty line, a header alone). What it
would pass over is looked for here, so that each problem is named with its file and row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

import duckdb
import pandas as pd

from etl.contract import ContractError, Problem
from etl.pipeline import history
from etl.pipeline.break_ends import with_ends
from etl.pipeline.campaigns import campaign_problems
from etl.pipeline.checks import DAMAGED, text_problems, tidy_problems
from etl.pipeline.events import event_problems
from etl.pipeline.origin import content_of, read_origin
from etl.pipeline.reference_tables import category_problems, lookup_problems, measure_problems, member_problems
from etl.reading.wording import listed

REFERENCE = {
    "area": "areas.csv",
    "area_member": "area_members.csv",
    "licence": "licences.csv",
    "measure": "measures.csv",
    "allocation": "allocations.csv",
    "category": "categories.csv",
    "break": "breaks.csv",
    "event": "events.csv",
    "campaign": "campaigns.csv",
    "glossary": "glossary.csv",
    "similar_area": "similar_areas.csv",
    "small_area_lookup": "small_area_lookup.csv",
    "release_calendar": "release_calendar.csv",
    "gap": "gaps.csv",
    "not_shown": "not_shown.csv",
    "revision": "revisions.csv",
}
WITH_ORIGIN = ("similar_areas.csv",)  # reference tables that are a publication of their own
SMALL_AREAS = "small_areas.csv"  # MSOAs, LSOAs and wards: areas too, kept apart because they are many
FILES = REFERENCE | {  # where a row of a database table stands
    "area": f"areas.csv and {SMALL_AREAS}",
    "source": "the origins (.toml)",
    "observation": "the tables of data/tidy",
    "refresh": history.FILE,
}
SCHEMA = Path(__file__).parent / "schema.sql"
_SOUND: set[str] = set()  # digests of tables, with what they were held against, in which nothing was wrong


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Everything a build is made of, as text cells: reference tables, observations and origins."""

    reference: dict[str, pd.DataFrame]
    observation: pd.DataFrame
    source: pd.DataFrame
    reference_source: pd.DataFrame
    refresh: pd.DataFrame


def read_tables(*, data: Path) -> Tables:
    """Read and check `data/reference` and `data/tidy`; raise `ContractError` with every problem found."""
    problems: list[Problem] = []
    reference = {name: _read(data / "reference" / file, problems) for name, file in REFERENCE.items()}
    problems += [p for name, cells in reference.items() for p in _column_problems(cells, table=name)]
    small = data / "reference" / SMALL_AREAS
    if small.exists():
        small_areas = _read(small, problems)
        problems += _column_problems(small_areas, table="area", file=SMALL_AREAS)
        reference["area"] = pd.concat([reference["area"], small_areas], ignore_index=True).fillna("")
    if problems:
        raise ContractError(problems)
    problems += [p for name, cells in reference.items() for p in _repeated(cells, table=name)]
    if problems:
        raise ContractError(problems)
    problems += event_problems(reference["event"], areas=reference["area"]["code"])
    problems += campaign_problems(reference["campaign"])
    problems += member_problems(areas=reference["area"], members=reference["area_member"])
    problems += measure_problems(reference["measure"])
    problems += category_problems(measures=reference["measure"], categories=reference["category"])
    if small.exists():
        problems += lookup_problems(areas=reference["area"], lookup=reference["small_area_lookup"])
    files = sorted((data / "tidy").glob("*.csv"))
    if not files:
        raise ContractError([Problem(file="data/tidy", expected="at least one tidy table", came="none")])
    problems += _lone_origins(data / "tidy")
    vocabulary = (REFERENCE["area"], SMALL_AREAS, REFERENCE["measure"], REFERENCE["category"])
    against = _digest(data / "reference" / file for file in vocabulary)
    frames = [_read_tidy(path, reference, problems, against=against) for path in files]
    origins = [_read_origin(path, problems) for path in files]
    reference_origins = [_read_origin(data / "reference" / file, problems) for file in WITH_ORIGIN]
    observation = pd.concat(frames, ignore_index=True)
    problems += _shared_keys(observation)
    refreshes = history.read(data / "tidy", problems)
    for origin in (*origins, *reference_origins):
        problems += _name_licence(origin, reference["licence"])
    if problems:
        raise ContractError(problems)
    reference["break"] = with_ends(reference["break"], origins=origins)
    return Tables(
        reference=reference,
        observation=observation,
        source=pd.DataFrame(origins),
        reference_source=pd.DataFrame(reference_origins),
        refresh=refreshes,
    )


# Columns of the schema that no reference table has: the database makes them, or only the other table of areas has them.
_ALPHABETS = {"alphabet_en", "alphabet_cy"}
_NOT_WRITTEN = {"areas.csv": {"within_code"}, SMALL_AREAS: {"valid_from"}, "gaps.csv": {"sort"}}


@dataclass(frozen=True, kw_only=True)
class _Schema:
    """What `schema.sql` says of each table: its columns, and those that tell rows apart."""

    columns: dict[str, set[str]]
    key: dict[str, list[str]]


@cache
def _schema() -> _Schema:
    with duckdb.connect() as con:
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        columns = con.execute("SELECT table_name, column_name FROM information_schema.columns").fetchall()
        keys = con.execute(
            """SELECT table_name, constraint_column_names FROM duckdb_constraints()
               WHERE constraint_type = 'PRIMARY KEY'"""
        ).fetchall()
    tables = {table for table, *_ in columns}
    return _Schema(
        columns={one: {name for table, name in columns if table == one} for one in tables},
        key={table: list(names) for table, names in keys},
    )


def _column_problems(cells: pd.DataFrame, *, table: str, file: str = "") -> list[Problem]:
    """Return what a reference table's columns are otherwise than the schema's: a column that is lost empties its cells.

    One that may be empty is wanted all the same: without it every base of a share, or end of a gap, would be none.
    """
    file = file or REFERENCE[table]
    expected = _schema().columns[table] - _NOT_WRITTEN.get(file, set()) - _ALPHABETS
    if cells.empty or set(cells.columns) == expected:
        return []
    gone, strange = sorted(expected - set(cells.columns)), sorted(set(cells.columns) - expected)
    came = "; ".join([f"none of {', '.join(gone)}"] * bool(gone) + [f"{', '.join(strange)} too"] * bool(strange))
    return [Problem(file=file, row=1, expected=f"the columns {', '.join(sorted(expected))}", came=came)]


def _repeated(cells: pd.DataFrame, *, table: str) -> list[Problem]:
    """Return the rows of a reference table whose key stands in a row above: a line pasted twice, or a merge."""
    key = _schema().key.get(table, list(cells.columns))
    expected = f"each {' and '.join(key)} once"
    return [
        Problem(file=FILES[table], row=int(row) + 2, expected=expected, came=" ".join(cells.loc[row, key]))
        for row in cells.index[cells.duplicated(key)][:20]
    ]


def tidy_vocabulary(*, data: Path) -> dict[str, pd.DataFrame]:
    """Return the reference tables that tidy rows are held against; raise with what is wrong with them."""
    problems: list[Problem] = []
    tables = {name: _read(data / "reference" / REFERENCE[name], problems) for name in ("area", "measure", "category")}
    small = data / "reference" / SMALL_AREAS
    if small.exists():
        tables["area"] = pd.concat([tables["area"], _read(small, problems)], ignore_index=True).fillna("")
    if problems:
        raise ContractError(problems)
    return tables


def read_table(path: Path) -> pd.DataFrame:
    """Read one tidy table as text; raise `ContractError` with every problem of its shape."""
    problems: list[Problem] = []
    cells = _read(path, problems)
    if problems:
        raise ContractError(problems)
    return cells


def _read(path: Path, problems: list[Problem]) -> pd.DataFrame:
    content = _content(path, problems)
    return pd.DataFrame() if content is None else _cells(content, file=path.name, problems=problems)


def _content(path: Path, problems: list[Problem]) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        problems.append(Problem(file=path.name, expected="a table", came="no file"))
    except IsADirectoryError:
        problems.append(Problem(file=path.name, expected="a table", came="a folder"))
    return None


def _cells(content: bytes, *, file: str, problems: list[Problem]) -> pd.DataFrame:
    before = len(problems)
    try:
        text = content.decode("utf-8-sig")
        cells = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        problems.append(Problem(file=file, row=row, expected="UTF-8", came=f"byte {error.object[error.start]:#x}"))
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        problems.append(Problem(file=file, expected="a table with one header row", came=str(error).strip()))
    else:
        problems += _shape_problems(cells, text=text, file=file)
        if len(problems) == before:
            problems += text_problems(cells, file=file) if DAMAGED.search(text) else []
            return cells
    return pd.DataFrame()


def _shape_problems(cells: pd.DataFrame, *, text: str, file: str) -> list[Problem]:
    """Return what pandas would pass over in silence: no rows, more cells than headings, empty lines."""
    problems = []
    if cells.empty:
        problems.append(Problem(file=file, row=2, expected="at least one row", came="the header only"))
    if not isinstance(cells.index, pd.RangeIndex):
        problems.append(Problem(file=file, row=2, expected="as many cells as the header has", came="more"))
    empty = [number for number, line in enumerate(text.splitlines(), start=1) if not line.strip()]
    if empty:
        problems.append(Problem(file=file, row=empty[0], expected="no empty line", came=f"{len(empty)} such lines"))
    return problems


def _read_tidy(
    path: Path, reference: dict[str, pd.DataFrame], problems: list[Problem], *, against: str
) -> pd.DataFrame:
    """Read a table and hold it `against` the vocabulary, unless its very text was found sound against the same before.

    A release changes one table of a hundred, and compares three states of them all.
    """
    before = len(problems)
    content = _content(path, problems) or b""
    cells = _cells(content, file=path.name, problems=problems) if len(problems) == before else pd.DataFrame()
    digest = f"{against} {hashlib.sha256(content).hexdigest()}"
    if len(problems) == before and digest not in _SOUND:
        problems += tidy_problems(cells, file=path.name, reference=reference)
        if len(problems) == before:
            _SOUND.add(digest)
    return cells.assign(source=path.stem)


def _digest(paths: Iterable[Path]) -> str:
    """Return one digest of some files, whether each is there or not."""
    contents = (path.read_bytes() if path.is_file() else b"" for path in paths)
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()


def _lone_origins(tidy: Path) -> list[Problem]:
    """Return origins beside which no table lies: one of the two files was lost, and with it a whole table."""
    lone = sorted(path for path in tidy.glob("*.toml") if not path.with_suffix(".csv").exists())
    return [
        Problem(file=path.with_suffix(".csv").name, expected=f"the table of {path.name}", came="no file")
        for path in lone
    ]


def _read_origin(table: Path, problems: list[Problem]) -> dict[str, str]:
    """Return the origin beside a table, and note where the table is not the one that the origin was written with."""
    try:
        origin = {"vintage": "current", "line": table.stem} | {
            name: text for name, text in read_origin(table.with_suffix(".toml")).items() if text
        }
    except ContractError as error:
        problems += error.problems
        return {"source": table.stem}
    rows, digest = (origin.pop(name) for name in ("rows", "table_sha256"))
    content = content_of(table.read_bytes())
    is_told = any(problem.file == table.name for problem in problems)  # what is wrong with it is known already
    if content.table_sha256 != digest and not is_told:
        expected = f"the {rows} rows that its origin speaks of (python -m etl extract writes both)"
        came = f"{content.rows} rows" if str(content.rows) != rows else "as many rows, and another text in them"
        problems.append(Problem(file=table.name, expected=expected, came=came))
    return {"source": table.stem, **origin}


def _name_licence(origin: dict[str, str], licences: pd.DataFrame) -> list[Problem]:
    """Give an origin the Welsh name of its licence; return what is wrong where the vocabulary has none."""
    welsh = dict(zip(licences["licence_en"], licences["licence_cy"], strict=True))
    came = origin.get("licence", "")
    if not came or came in welsh:
        origin["licence_cy"] = welsh.get(came, "")
        return []
    expected = f"a licence of data/reference/{REFERENCE['licence']}"
    return [Problem(file=f"{origin['source']}.toml", expected=expected, came=came)]


def _shared_keys(observation: pd.DataFrame) -> list[Problem]:
    """Return keys that two tables both claim: two editions must never become one line by accident."""
    key = ["measure", "area_code", "period_start", "period_months", "category"]
    if not set(key) <= set(observation.columns):
        return []
    twice = observation[observation.duplicated(key, keep=False)].groupby(key)["source"].agg(lambda s: sorted(set(s)))
    twice = twice[twice.map(len) > 1]
    return [
        Problem(
            file=f"{sources[0]}.csv",
            expected="each key in one table only",
            came=f"{listed([key])} also in {listed(sources[1:])}",
        )
        for key, sources in list(twice.items())[:20]
    ]
