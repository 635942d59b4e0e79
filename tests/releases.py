"""Synthetic releases for the tests of the refresh: a zip with one table each, and loaders that read them.

As a script it runs refreshes in processes of their own that die at a given step or are killed after a given time:
`python -m tests.releases FILE DATA STEP SECONDS [DATA STEP SECONDS …]`.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from dashboard import store
from etl.fetching.addresses import Publication
from etl.pipeline.checks import reconciles_with_total
from etl.pipeline.dataset import Dataset
from etl.registry import DATASETS
from etl.release import refresh
from etl.release.editions import Arrival
from etl.release.refresh import Outcome, Workshop
from tests.scratch import FORCES, WALES

RELEASED = "2026-10-08"
TODAY = date(2026, 11, 23)
SOUTH_WALES = "hate_crimes,W15000003,2024-04-01,12,total,2868,,,"
Lines = Callable[[list[str]], Iterable[str]]


def read_zip(path: Path) -> pd.DataFrame:
    with zipfile.ZipFile(path) as archive:
        (name,) = archive.namelist()
        return pd.read_csv(io.BytesIO(archive.read(name)), dtype=str, keep_default_na=False)


def recognise(path: Path) -> tuple[str, ...]:
    with zipfile.ZipFile(path) as archive:
        return tuple(Path(name).stem for name in archive.namelist())


def adds_up(_read: pd.DataFrame, made: pd.DataFrame) -> None:
    reconciles_with_total(made[made["category"] != "race"], measure="hate_crimes")


LOADERS = {
    name: replace(DATASETS[name], read=read_zip, tidy=lambda read: read, checks=(), corrections=())
    for name in (FORCES, WALES)
}


def with_check(check: Callable[[pd.DataFrame, pd.DataFrame], None]) -> dict[str, Dataset]:
    return {name: replace(loader, checks=(check,)) for name, loader in LOADERS.items()}


def release(data: Path, name: str = FORCES, *, change: Lines, to: Path | None = None) -> Path:
    """Write a release: the table held, changed line by line (the first line is the header)."""
    lines = list(change((data / "tidy" / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
    path = to or data.parent / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}.csv"), "\n".join(lines) + "\n")
    return path


def next_year(lines: list[str]) -> list[str]:
    """Return the lines with a year more for everyone, and one revised figure for South Wales."""
    newer = [line.replace("2024-04-01", "2025-04-01") for line in lines if "2024-04-01" in line]
    return [line.replace(SOUTH_WALES, SOUTH_WALES.replace("2868", "2900")) for line in lines] + newer


def publication(name: str = FORCES) -> Publication:
    return Publication(id=name, title=name, formats=("zip",), largest=10**6, datasets=(name,), urls=("https://x",))


def fetched(path: Path, *, released: str = RELEASED) -> refresh.Fetch:
    """Return a fetch that brings `path`, as if from a publisher."""

    def fetch(_publication: Publication, _to: Path, _say: refresh.Say) -> Arrival:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return Arrival(path=path, sha256=digest, released=released, url="https://publisher.example/new.zip")

    return fetch


def workshop(data: Path, **other: object) -> Workshop:
    settings = {
        "recognise": recognise,
        "edition_of": lambda _: None,
        "datasets": LOADERS,
        "replaced": {},
        "today": TODAY,
        "say": lambda _text: None,
    }
    return Workshop(data=data, **(settings | other))


def run(data: Path, path: Path, **other: object) -> Outcome:
    """Refresh the forces' totals from `path`."""
    return refresh.refresh((publication(),), fetch=fetched(path), workshop=workshop(data, **other))


def tables(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((data / "tidy").iterdir())}


def south_wales(data: Path) -> float:
    """Return what the dashboard's store answers."""
    found = store.rows(
        "SELECT value FROM observation WHERE area_code = 'W15000003' AND period_start = '2024-04-01' AND source = $s",
        {"s": FORCES},
        build=store.build_id(data=data),
        data=data,
    )
    return float(found[0]["value"])


def _die(at: str, step: str) -> None:
    if step == at:
        os._exit(9)


def _killed(file: str, folder: str, at: str, seconds: str) -> str:
    """Return how a refresh in a process of its own ended: "9" when it died at its step, "-9" when it was killed."""
    child = os.fork()
    if not child:
        run(Path(folder), Path(file), step=partial(_die, at))
        os._exit(0)
    if float(seconds):
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
    return str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    release_file, *jobs = sys.argv[1:]
    print(*(_killed(release_file, *jobs[n : n + 3]) for n in range(0, len(jobs), 3)))
