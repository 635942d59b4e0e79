"""A refresh is made beside the data and moved in at one stroke: a kill at any moment leaves the old or the new.

The awkward fact: many files cannot be replaced in one act. So everything is made under `data/build/staging`, and one
small file, `ready.json`, decides: without it the next run throws the staging folder away, with it the next run
finishes the move. The tables move as a whole folder, so `data/tidy` is never half of each.

    data/build/staging/tidy       the tables to be          data/build/staging/outgoing    those they replace
    data/build/staging/ready.json the decision to move      data/build/previous            those the last move replaced
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cohesion.files import written_whole
from etl.contract import ContractError
from etl.pipeline import load

Step = Callable[[str], None]
REPORT = "last_refresh.json"


def no_step(name: str) -> None:
    """Do nothing: the place where a test stops or kills the work, before the step it names."""


@dataclass(frozen=True, kw_only=True)
class Staging:
    """A whole data folder in the making, beside the one on show; `base` is the build its tables were copied from."""

    data: Path
    base: str

    @property
    def folder(self) -> Path:
        """Return the folder, which has `reference`, `tidy` and `build` as a data folder has."""
        return _staging(self.data)

    @property
    def tidy(self) -> Path:
        """Return the folder of the tables to be."""
        return self.folder / "tidy"


def _staging(data: Path) -> Path:
    return data / "build" / "staging"


def previous_tables(*, data: Path) -> Path:
    """Return the folder of the tables that the last move replaced."""
    return data / "build" / "previous"


@contextmanager
def staged(*, data: Path, tables: Path | None = None, step: Step = no_step) -> Iterator[Staging]:
    """Copy the data folder, with `tables` in place of its own if given, and throw the copy away at the end.

    Hold the lock (`etl.pipeline.lock`) around it, and `recover` first from what a killed run left behind.
    """
    staging = Staging(data=data, base=load.build_id(data=data))
    try:
        step("copy the tables")
        shutil.copytree(data / "reference", staging.folder / "reference")
        shutil.copytree(tables or data / "tidy", staging.tidy)
        yield staging
    except Exception:
        if not _ready(data).exists():
            shutil.rmtree(staging.folder, ignore_errors=True)
        raise
    shutil.rmtree(staging.folder, ignore_errors=True)


def check_staged(staging: Staging) -> None:
    """Check all staged tables and build their database among them.

    A database of these very tables that lies beside the one on show was made of tables that passed every check.
    """
    if not load.is_whole(load.build_file(load.build_id(data=staging.folder), data=staging.data)):
        load.build(data=staging.folder)


def build_staged(staging: Staging, *, step: Step = no_step) -> str:
    """Check all staged tables, build their database, lay it beside the one on show, and return its id."""
    identity = load.build_id(data=staging.folder)
    target = load.build_file(identity, data=staging.data)
    step("check and build")
    if not load.is_whole(target):
        check_staged(staging)
        step("lay the database beside the one on show")
        database = load.build_file(identity, data=staging.folder)
        database.replace(target)
        load.note_of(database).replace(load.note_of(target))
    return identity


def move_in(staging: Staging, *, identity: str, report: str, command: str = "", step: Step = no_step) -> None:
    """Put the staged tables and their build in the place of those on show; on an error everything goes back.

    `command` is kept with the decision, for the one that finds it unfinished after a kill.
    """
    (staging.folder / REPORT).write_text(report, encoding="utf-8")
    if load.build_id(data=staging.data) != staging.base:
        raise ContractError(
            "data/tidy: expected no change while this ran; came another; run the command again", kind="changed"
        )
    step("make it durable")
    for path in sorted(staging.tidy.iterdir()):
        _to_disk(path)
    _to_disk(load.build_file(identity, data=staging.data))
    step("decide")
    _decide(staging, identity=identity, command=command)
    _finish(data=staging.data, step=step)


def _ready(data: Path) -> Path:
    return _staging(data) / "ready.json"


def _decide(staging: Staging, *, identity: str, command: str) -> None:
    decision = json.dumps({"build": identity, "command": command})
    written_whole(_ready(staging.data), decision.encode(), durable=True)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def recover(*, data: Path, step: Step = no_step) -> str:
    """Finish the move that a killed run had decided on, or throw away what it had not; return what was done, or "".

    Hold the lock (`etl.pipeline.lock`) around it.
    """
    folder = _staging(data)
    if not _ready(data).exists():
        if folder.exists():
            shutil.rmtree(folder)
            return "thrown away: what a stopped run left behind"
        return ""
    if all(path.exists() for path in (folder / "tidy", folder / "outgoing", data / "tidy")):
        _keep_previous(data)
        _ready(data).unlink()
        shutil.rmtree(folder)
        return "given up: data/tidy was put back by hand while a stopped run waited to be finished"
    _finish(data=data, step=step)
    return "finished: what a stopped run had decided on"


def stopped_command(*, data: Path) -> str:
    """Return the command whose decided move waits to be finished, or ""."""
    return _entry(_ready(data), "command")


def interrupted(*, data: Path) -> bool:
    """Say whether a stopped run left something to finish or to throw away."""
    return _staging(data).exists()


def _finish(*, data: Path, step: Step) -> None:
    """Do every step that is not done yet; each is one rename, so a kill leaves it done or not done."""
    folder = _staging(data)
    try:
        _swap_tables(data, step=step)
        step("put the build on show")
        if not _on_show(data):
            load.build_under_lock(data=data)
    except Exception:
        _undo(data)
        raise
    step("keep the previous tables")
    _keep_previous(data)
    step("keep the report")
    if (folder / REPORT).exists():
        (folder / REPORT).replace(data / "build" / REPORT)
    step("clear away")
    _ready(data).unlink()
    step("clear away the rest")
    shutil.rmtree(folder, ignore_errors=True)


def _swap_tables(data: Path, *, step: Step) -> None:
    incoming, outgoing, tidy = _staging(data) / "tidy", _staging(data) / "outgoing", data / "tidy"
    if incoming.exists() and tidy.exists():
        step("take the old tables out")
        tidy.rename(outgoing)
    if incoming.exists():
        step("bring the new tables in")
        incoming.rename(tidy)


def build_on_show(*, data: Path) -> str:
    """Return the id of the build on show, or ""."""
    return _entry(data / "build" / "current.json", "build")


def _on_show(data: Path) -> bool:
    return build_on_show(data=data) == _entry(_ready(data), "build") != ""


def _entry(file: Path, name: str) -> str:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))[name])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def _undo(data: Path) -> None:
    """Put the old tables back: renames only, which need no room on the disk."""
    incoming, outgoing, tidy = _staging(data) / "tidy", _staging(data) / "outgoing", data / "tidy"
    if _on_show(data):
        return
    if outgoing.exists():
        if tidy.exists():
            tidy.rename(incoming)
        outgoing.rename(tidy)
    with suppress(FileNotFoundError):
        _ready(data).unlink()
    shutil.rmtree(_staging(data), ignore_errors=True)


def _keep_previous(data: Path) -> None:
    outgoing = _staging(data) / "outgoing"
    if outgoing.exists():
        shutil.rmtree(previous_tables(data=data), ignore_errors=True)
        outgoing.rename(previous_tables(data=data))
