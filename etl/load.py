"""From the tidy tables to one database file per build, and the pointer that names the build on show.

The awkward fact: a DuckDB file replaced under an open connection goes on answering with the old
numbers. So a build never overwrites: it makes `cohesion-<build>.duckdb` and swaps `current.json`.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import duckdb
import pandas as pd

from etl.checks import text_problems, tidy_problems
from etl.contract import ContractError, Problem
from etl.events import event_problems
from etl.origin import read_origin

HERE = Path(__file__).parent
REFERENCE = {
    "area": "areas.csv",
    "area_member": "area_members.csv",
    "measure": "measures.csv",
    "category": "categories.csv",
    "break": "breaks.csv",
    "event": "events.csv",
    "glossary": "glossary.csv",
    "similar_area": "similar_areas.csv",
    "small_area_lookup": "small_area_lookup.csv",
    "release_calendar": "release_calendar.csv",
    "gap": "gaps.csv",
    "not_shown": "not_shown.csv",
}
WITH_ORIGIN = ("similar_areas.csv",)  # reference tables that are a publication of their own
SMALL_AREAS = "small_areas.csv"  # MSOAs, LSOAs and wards: areas too, kept apart because they are many
KEPT_BUILDS = 3


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Everything a build is made of, as text cells: reference tables, observations and origins."""

    reference: dict[str, pd.DataFrame]
    observation: pd.DataFrame
    source: pd.DataFrame
    reference_source: pd.DataFrame


def read_tables(*, data: Path) -> Tables:
    """Read and check `data/reference` and `data/tidy`; raise `ContractError` with every problem found."""
    problems: list[Problem] = []
    reference = {name: _read(data / "reference" / file, problems) for name, file in REFERENCE.items()}
    if problems:
        raise ContractError(problems)
    small = data / "reference" / SMALL_AREAS
    if small.exists():
        reference["area"] = pd.concat([reference["area"], _read(small, problems)], ignore_index=True).fillna("")
    problems += event_problems(reference["event"], areas=reference["area"]["code"])
    files = sorted((data / "tidy").glob("*.csv"))
    if not files:
        raise ContractError([Problem(file="data/tidy", expected="at least one tidy table", came="none")])
    frames = [_read_tidy(path, reference, problems) for path in files]
    origins = [_read_origin(path.with_suffix(".toml"), problems) for path in files]
    reference_origins = [
        _read_origin((data / "reference" / file).with_suffix(".toml"), problems) for file in WITH_ORIGIN
    ]
    observation = pd.concat(frames, ignore_index=True)
    problems += _shared_keys(observation)
    if problems:
        raise ContractError(problems)
    return Tables(
        reference=reference,
        observation=observation,
        source=pd.DataFrame(origins),
        reference_source=pd.DataFrame(reference_origins),
    )


def _read(path: Path, problems: list[Problem]) -> pd.DataFrame:
    before = len(problems)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        cells = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    except FileNotFoundError:
        problems.append(Problem(file=path.name, expected="a table", came="no file"))
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        problems.append(Problem(file=path.name, row=row, expected="UTF-8", came=f"byte {error.object[error.start]:#x}"))
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        problems.append(Problem(file=path.name, expected="a table with one header row", came=str(error).strip()))
    else:
        problems += _shape_problems(cells, text=text, file=path.name)
        if len(problems) == before:
            problems += text_problems(cells, file=path.name)
            return cells
    return pd.DataFrame()


def _shape_problems(cells: pd.DataFrame, *, text: str, file: str) -> list[Problem]:
    """Return what pandas would pass over in silence: no rows, more cells than headings, empty lines."""
    found = []
    if cells.empty:
        found.append(Problem(file=file, row=2, expected="at least one row", came="the header only"))
    if not isinstance(cells.index, pd.RangeIndex):
        found.append(Problem(file=file, row=2, expected="as many cells as the header has", came="more"))
    empty = [number for number, line in enumerate(text.splitlines(), start=1) if not line.strip()]
    if empty:
        found.append(Problem(file=file, row=empty[0], expected="no empty line", came=f"{len(empty)} such lines"))
    return found


def _read_tidy(path: Path, reference: dict[str, pd.DataFrame], problems: list[Problem]) -> pd.DataFrame:
    before = len(problems)
    cells = _read(path, problems)
    if len(problems) == before:
        problems += tidy_problems(cells, file=path.name, reference=reference)
    return cells.assign(source=path.stem)


def _read_origin(path: Path, problems: list[Problem]) -> dict[str, str]:
    try:
        origin = {"vintage": "current", "line": path.stem} | {k: v for k, v in read_origin(path).items() if v}
        return {"source": path.stem, **origin}
    except ContractError as error:
        problems += error.problems
        return {"source": path.stem}


def _shared_keys(observation: pd.DataFrame) -> list[Problem]:
    """Return keys that two tables both claim: two editions must never become one line by accident."""
    key = ["measure", "area_code", "period_start", "period_months", "category"]
    if not set(key) <= set(observation.columns):
        return []
    twice = observation[observation.duplicated(key, keep=False)].groupby(key)["source"].agg(lambda s: sorted(set(s)))
    twice = twice[twice.map(len) > 1]
    return [
        Problem(file=f"{sources[0]}.csv", expected="each key in one table only", came=f"{key} also in {sources[1:]}")
        for key, sources in list(twice.items())[:20]
    ]


def build_id(*, data: Path) -> str:
    """Return the identity of a build: the hash of every table, origin, and of the rules that load them."""
    digest = hashlib.sha256()
    reference = [path for kind in ("csv", "toml") for path in sorted((data / "reference").glob(f"*.{kind}"))]
    inputs = [*reference, *sorted((data / "tidy").glob("*.*"))]
    for path in [*inputs, HERE / "schema.sql", HERE / "sums.sql"]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def build(*, data: Path) -> str:
    """Build the database from `data` unless that very build exists, put it on show, and return its id.

    Raises `ContractError` and leaves the build on show untouched when any table breaks its contract.
    """
    identity = build_id(data=data)
    folder = data / "build"
    target = folder / f"cohesion-{identity}.duckdb"
    if not target.exists():
        tables = read_tables(data=data)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"cohesion-{identity}.{os.getpid()}.tmp"
        unfinished.unlink(missing_ok=True)
        try:
            _write_database(unfinished, tables=tables, identity=identity)
        except duckdb.Error as error:
            unfinished.unlink(missing_ok=True)
            raise ContractError(
                f"data/reference or an origin: expected what etl/schema.sql allows; came {error}"
            ) from error
        unfinished.replace(target)
    _put_on_show(folder, target=target, identity=identity)
    return identity


def _write_database(path: Path, *, tables: Tables, identity: str) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute((HERE / "schema.sql").read_text(encoding="utf-8"))
        con.execute("INSERT INTO build VALUES (?)", [identity])
        for name in REFERENCE:
            _insert(con, table=name, cells=tables.reference[name])
        _insert(con, table="source", cells=pd.concat([tables.source, tables.reference_source], ignore_index=True))
        _insert(con, table="observation", cells=tables.observation.assign(derived="false"))
        con.execute((HERE / "sums.sql").read_text(encoding="utf-8"))
        con.execute("CHECKPOINT")


def _insert(con: duckdb.DuckDBPyConnection, *, table: str, cells: pd.DataFrame) -> None:
    """Insert text cells by column name; a blank cell is NULL, and DuckDB casts and enforces the rest."""
    con.register("cells", cells)
    columns = ", ".join(f'"{c}"' for c in cells.columns)
    blank_is_null = ", ".join(f"nullif(\"{c}\", '')" for c in cells.columns)
    con.execute(f'INSERT INTO "{table}" ({columns}) SELECT {blank_is_null} FROM cells')
    con.unregister("cells")


def _put_on_show(folder: Path, *, target: Path, identity: str) -> None:
    pointer = folder / "current.json"
    unfinished = folder / f"current.{os.getpid()}.tmp"
    unfinished.write_text(json.dumps({"build": identity, "file": target.name}), encoding="utf-8")
    unfinished.replace(pointer)
    _forget_old_builds(folder, keep=target)


def _forget_old_builds(folder: Path, *, keep: Path) -> None:
    builds = sorted(folder.glob("cohesion-*.duckdb"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in builds[KEPT_BUILDS:]:
        if old != keep:
            try:
                old.unlink()
            except OSError:  # still open in a reader on Windows: the next build tries again
                continue
