"""Data folders of other editions than the one committed: a newer one of each publication, or one without a table.

The awkward fact: whether a test pins an edition is seen only with another one. So the next edition of a publication is
made of our own tables: every figure of the newest period once more, doubled, a period later; publications of which we
hold nothing come from tests/synthetic.py. No figure in such a folder is anybody's.

`python -m tests.editions newer FOLDER [PUBLICATION …]` makes such a data folder, `… without FOLDER TABLE …` the other.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from etl.contract import KEY_COLUMNS, TIDY_COLUMNS
from etl.fetching.addresses import Publication, read_config
from etl.pipeline import load
from etl.pipeline.dataset import Dataset
from etl.pipeline.published_files import Edition
from etl.pipeline.tables import read_table
from etl.registry import AWAITED
from etl.release import refresh
from etl.release.editions import Arrival
from etl.release.recognise import RELEASES, edition_of, recognise
from etl.release.refresh import Workshop
from tests import releases
from tests import synthetic as made
from tests.scratch import DATA

TODAY = date(2026, 11, 29)
RELEASED = "2026-11-27"
EDITION = Edition(english="Next edition", welsh="Yr argraffiad nesaf", released=RELEASED)


def _member(path: Path, *, name: str) -> pd.DataFrame:
    with zipfile.ZipFile(path) as archive:
        return pd.read_csv(io.BytesIO(archive.read(f"{name}.csv")), dtype=str, keep_default_na=False)


_LOADERS: Mapping[str, Dataset] = {
    name: replace(one, read=partial(_member, name=name), tidy=lambda read: read, checks=(), corrections=())
    for name, one in RELEASES.items()
}
_AWAITED: Mapping[str, Callable[[Path], Path]] = {
    "police_recorded_crime_csp": lambda to: made.write_ods(
        to / "csp.ods", made.csp(years=[f"{y}/{y - 1999}" for y in range(2020, 2026)])
    ),
    "hate_crime_strands_by_force": lambda to: made.write_ods(
        to / "appendix.ods", made.appendix(years=("2024/25", "2025/26"))
    ),
    "components_of_change_rebased": lambda to: made.write_xlsx(
        to / "myeb.xlsx", made.myeb3(years=range(2012, 2026), unattributed="unattrib")
    ),
    "immigration_groups": lambda to: made.write_ods(to / "reg02.ods", made.reg_02(day="30 September 2026")),
}


def publications() -> tuple[Publication, ...]:
    """Return every publication of which our loaders read tables that are held, or that can be made up."""
    every = read_config().publications.values()
    awaited = {*AWAITED, "immigration_groups"} - set(_AWAITED)
    return tuple(one for one in every if one.datasets and not set(one.datasets) <= awaited)


def next_edition(table: pd.DataFrame) -> pd.DataFrame:
    """Return a tidy table with one period more, its figures double those of the newest; of one day ever, the same."""
    cells = table.assign(start=pd.to_datetime(table["period_start"]))
    added = []
    for _, rows in cells.groupby(["measure", "period_months"]):
        starts = sorted(rows["start"].unique())
        if len(starts) < 2 and rows["period_months"].iloc[0] == "0":
            continue
        months = int(rows["period_months"].iloc[0]) or (starts[-1].to_period("M") - starts[-2].to_period("M")).n
        newest = rows[rows["start"] == starts[-1]].copy()
        start = starts[-1] + pd.DateOffset(months=months)
        newest["period_start"] = (
            (start + pd.offsets.MonthEnd(0) if starts[-1].is_month_end else start).date().isoformat()
        )
        for column in ("value", "lower", "upper"):
            newest[column] = newest[column].map(_doubled)
        added.append(newest)
    return pd.concat([cells, *added], ignore_index=True)[list(TIDY_COLUMNS)].drop_duplicates(list(KEY_COLUMNS))


def _doubled(number: str) -> str:
    return f"{2 * float(number):g}" if number and float(number) < 400_000 else number and str(2 * int(number))


def newer(data: Path, *, names: Iterable[str] = ()) -> None:
    """Bring the next edition of publications into a data folder, of all where none is named, by one refresh."""
    chosen = tuple(one for one in publications() if not names or one.id in names)
    accepted = {"lost_periods_are_meant": True, "large_changes_are_meant": True, "contradictions_are_meant": True}
    workshop = Workshop(
        data=data,
        say=lambda _text: None,
        today=TODAY,
        recognise=lambda path: releases.recognise(path) if path.suffix == ".zip" else recognise(path),
        edition_of=lambda path: EDITION if path.suffix == ".zip" else edition_of(path),
        datasets={name: one if name in AWAITED else _LOADERS[name] for name, one in RELEASES.items()},
        **accepted,
    )
    outcome = refresh.refresh(chosen, fetch=partial(_arrival, data=data), workshop=workshop)
    if outcome.code:
        raise AssertionError("; ".join(one.words for one in outcome.refused))


def _arrival(publication: Publication, to: Path, _say: object, *, data: Path) -> Arrival:
    """Make the next edition of a publication: of our own tables, or a made-up one where we hold none."""
    to.mkdir(parents=True, exist_ok=True)
    held = {name: data / "tidy" / f"{name}.csv" for name in publication.datasets}
    tables = {name: read_table(path) for name, path in held.items() if path.exists()}
    path = _zip(to / f"{publication.id}.zip", tables=tables) if tables else _AWAITED[publication.datasets[0]](to)
    return Arrival(path=path, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), released="", typed=RELEASED)


def _zip(path: Path, *, tables: Mapping[str, pd.DataFrame]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.items():
            others = [_keys(other) for other_name, other in tables.items() if other_name != name]
            cells = next_edition(table)
            cells = cells[~_keys(cells).isin(pd.Index([]).append(others))] if others else cells
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), cells.to_csv(index=False, lineterminator="\n"))
    return path


def _keys(table: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(table[list(KEY_COLUMNS)])


def without(data: Path, *, tables: Iterable[str]) -> None:
    """Take tables out of a data folder."""
    for name in tables:
        for kind in ("csv", "toml"):
            (data / "tidy" / f"{name}.{kind}").unlink()


def copy(folder: Path) -> Path:
    """Copy the committed tables into a data folder of a test's own."""
    for part in ("reference", "tidy"):
        shutil.copytree(DATA / part, folder / part, dirs_exist_ok=True)
    return folder


if __name__ == "__main__":
    kind, target, *rest = sys.argv[1:]
    there = copy(Path(target))
    if kind == "newer":
        newer(there, names=rest)
    else:
        without(there, tables=rest)
    print(load.build(data=there))
