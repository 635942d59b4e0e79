"""The data lead's commands for a new release: `refresh`, `add`, `diff`, `rollback` and `warehouse`.

The awkward fact: they can end half well. One publisher may not answer while another's new file is on show; the exit
code says the worst of it (1 refused, 2 not reached) and the words on standard error say who.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pandas as pd

from cohesion.builds import SETTING
from cohesion.releases import Kind, flag
from etl.contract import ContractError
from etl.fetching.addresses import Publication, read_config
from etl.fetching.download import Downloaded, bar, download
from etl.fetching.network import Client
from etl.pipeline import diff
from etl.pipeline.load import build_id
from etl.release import staging, warehouse
from etl.release.editions import Arrival, released_in_name
from etl.release.refresh import Fetch, Outcome, Say, Workshop, add, refresh, rollback
from etl.release.telling import Teller, stopped

LONGEST_REASON = 300  # letters
_ACCEPTED: Mapping[Kind, str] = {
    "lost_periods": "the publisher took whole periods back, and it is meant",
    "large_changes": "Welsh figures that fell to nothing, halved, doubled, or are a lower running total, are right",
    "contradictions": "figures that another publication of that month gives otherwise were looked at, and are right",
}
Register = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def register(command: Register) -> None:
    """Add the five commands to the parser of `python -m etl`."""
    newest = command("refresh", _refresh, "bring in the publishers' newest files: all, or those of the datasets named")
    newest.add_argument("dataset", nargs="*", help="a publication (`--list` names them), or one of its datasets")
    newest.add_argument("--list", action="store_true", help="only say which publications there are")
    one = command("add", _add, "bring in one publication file from this machine, known by its content")
    one.add_argument("file", type=Path)
    for each in (newest, one):
        each.add_argument("--dry-run", action="store_true", help="do everything except replacing anything")
        each.add_argument(
            "--released", default="", type=_day, help="the day of release, such as 2026-07-23, where nothing says it"
        )
        for kind, meaning in _ACCEPTED.items():
            each.add_argument(flag(kind), action="store_true", help=meaning)
        _told_in(each)
        each.add_argument(
            "--why", default="", type=_one_line, help="why what is accepted is right; kept in the history"
        )
    compare = command(
        "diff", _diff, "say what changed in data/tidy since what is on show, or else since the last refresh"
    )
    compare.add_argument("--against", default="", help="a git revision, or a folder of tidy tables")
    compare.add_argument("--format", choices=list(diff.FORMS), default="text")
    elsewhere = command("warehouse", _warehouse, "carry the build on show into another database")
    elsewhere.add_argument("address", nargs="?", default=os.environ.get(SETTING, ""), help=f"else what {SETTING} says")
    _told_in(command("rollback", _rollback, "put the tables before the last refresh back on show; again to undo that"))


def _told_in(command: argparse.ArgumentParser) -> None:
    """Let a command write what came of it into a folder, for whoever did not look on."""
    command.add_argument(
        "--tell", type=Path, metavar="FOLDER", help="write there what came of it: a record, a report in both languages"
    )
    command.add_argument(
        "--letter-to", nargs="*", default=[], metavar="ADDRESS", help="write there a letter too, once for each finding"
    )


def _one_line(text: str) -> str:
    """Return words that fit into a line of the history; argparse says what is wrong with others."""
    if not text.isprintable() or len(text) > LONGEST_REASON:
        raise argparse.ArgumentTypeError(f"expected up to {LONGEST_REASON} printed characters in one line")
    return text.strip()


def _day(text: str) -> str:
    """Return a day of release as it was typed; argparse says what is wrong with another spelling."""
    if text and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise argparse.ArgumentTypeError(f"expected a day such as 2026-07-23; came {text!r}")
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"expected a day such as 2026-07-23; came {text!r}") from error


def _refresh(options: argparse.Namespace) -> int:
    config = read_config()
    if options.list:
        print("\n".join(f"{p.id}: {p.title}" for p in config.publications.values() if p.datasets))
        return 0
    chosen = {p.id: p for p in map(config.publication, options.dataset)} if options.dataset else config.publications
    loaded = tuple(p for p in chosen.values() if p.datasets or options.dataset)
    with Client(config) as client:
        fetch = from_publisher(client, released=options.released)
        return _run(options, lambda workshop: refresh(loaded, fetch=fetch, workshop=workshop))


def _add(options: argparse.Namespace) -> int:
    return _run(options, lambda workshop: add(options.file, released=options.released, workshop=workshop))


def _rollback(options: argparse.Namespace) -> int:
    return _run(options, lambda workshop: rollback(workshop=workshop), workshop=Workshop(data=options.data, say=_say))


def _warehouse(options: argparse.Namespace) -> int:
    print(f"build {warehouse.carry(options.address, data=options.data)} is on show in the warehouse")
    return 0


def _workshop(options: argparse.Namespace) -> Workshop:
    return Workshop(
        data=options.data,
        say=_say,
        dry_run=options.dry_run,
        lost_periods_are_meant=options.accept_lost_periods,
        large_changes_are_meant=options.accept_large_changes,
        contradictions_are_meant=options.accept_contradictions,
        why=options.why,
    )


def _say(text: str) -> None:
    print(text, flush=True)


def _run(options: argparse.Namespace, act: Callable[[Workshop], Outcome], *, workshop: Workshop | None = None) -> int:
    """Do it, tell what came of it on standard error and where `--tell` says, and return the exit code."""
    workshop = workshop or _workshop(options)
    if options.tell is None:
        return _exit_code(act(workshop))
    teller = Teller(folder=options.tell, day=workshop.today, letter_to=options.letter_to)
    try:
        outcome = act(replace(workshop, stage=teller.stage))
    except Exception as error:
        teller.tell(stopped(error))
        raise
    teller.tell(outcome)
    return _exit_code(outcome)


def _exit_code(outcome: Outcome) -> int:
    refused = [f"refused: {one.words}" for one in outcome.refused]
    unreached = [f"not reached: {words}" for words in outcome.unreached]
    if refused or unreached:
        heading = "Their tables stay as they were" if outcome.build else "Nothing was replaced"
        print("\n".join([f"{heading}:", *refused, *unreached]), file=sys.stderr)
    return outcome.code


def from_publisher(client: Client, *, released: str = "") -> Fetch:
    """Return what brings the newest file of a publication to a folder, with a progress bar; `released` overrules.

    A service that gives rows has no day of release: it has what it gave on the day it was asked.
    """

    def fetch(publication: Publication, to: Path, say: Say) -> Arrival:
        to.mkdir(parents=True, exist_ok=True)
        with bar(publication.id) as progress:
            downloaded = download(publication, to=to, client=client, progress=progress)
        what = "the file we had" if downloaded.unchanged else "downloaded"
        say(f"    {downloaded.path.name}: {what}, from {downloaded.url}")
        day = released_day(downloaded) or (downloaded.retrieved[:10] if publication.paged else "")
        return Arrival(
            path=downloaded.path,
            sha256=downloaded.sha256,
            released=day,
            url=downloaded.url,
            typed=released,
            newer_looking=downloaded.newer_looking,
        )

    return fetch


def released_day(downloaded: Downloaded) -> str:
    """Return the day in the file's name, else its page's, else the day it last changed as its host says, or ""."""
    day = released_in_name(downloaded.path.name) or downloaded.released[:10]
    if day or not downloaded.last_modified:
        return day
    try:
        return parsedate_to_datetime(downloaded.last_modified).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return ""


def _diff(options: argparse.Namespace) -> int:
    old, name = _state(options)
    print(f"data/tidy against {name}", file=sys.stderr)
    print(diff.FORMS[options.format](diff.tables_diff(old, diff.read_folder(options.data / "tidy"))))
    return 0


def _state(options: argparse.Namespace) -> tuple[dict[str, pd.DataFrame], str]:
    """Return the tables to compare with, and what they are called."""
    data: Path = options.data
    if options.against and Path(options.against).is_dir():
        return diff.read_folder(Path(options.against)), options.against
    if options.against:
        return _revision(options.against, data=data), f"revision {options.against}"
    build = staging.build_on_show(data=data)
    file = data / "build" / f"cohesion-{build}.duckdb"
    has_changed = build != build_id(data=data)
    previous = staging.previous_tables(data=data)
    if build and file.exists() and (has_changed or not previous.is_dir()):
        return diff.read_build(file), f"build {build}, which is on show"
    if previous.is_dir():
        return diff.read_folder(previous), "the tables before the last refresh"
    raise ContractError("data/build: expected a build or a refresh to compare with; came none; see --against")


def _revision(revision: str, *, data: Path) -> dict[str, pd.DataFrame]:
    """Return the tidy tables of a git revision."""
    git = shutil.which("git")
    if git is None or revision.startswith("-"):
        raise ContractError(f"--against: expected git and a revision, or a folder of tidy tables; came {revision!r}")
    command = [git, "archive", "--format=tar", revision, "--", "tidy"]
    archived = subprocess.run(command, cwd=data, capture_output=True, check=False)  # noqa: S603 (a list, and no shell)
    if archived.returncode:
        reason = archived.stderr.decode("utf-8", "replace").strip()
        raise ContractError(f"--against: expected a git revision with data/tidy, or a folder; came {reason}")
    with tarfile.open(fileobj=io.BytesIO(archived.stdout)) as archive:
        return {
            Path(member.name).stem: _read_member(archive, member)
            for member in archive.getmembers()
            if member.name.endswith(".csv")
        }


def _read_member(archive: tarfile.TarFile, member: Any) -> pd.DataFrame:
    file = archive.extractfile(member)
    if file is None:
        raise ContractError(f"{member.name}: expected a file; came something else")
    return pd.read_csv(file, dtype=str, keep_default_na=False)
