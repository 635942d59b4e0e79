"""`python -m etl add` and `rollback` at work for somebody who waits on a page.

The awkward fact: a publication unpacks to more than a gigabyte and is read for minutes, while a page is drawn anew at
each click. So the command has a process of its own: no click stops it half way, its memory ends with it, whatever a
file does to it the server lives on, and what came of it is read from the record that it leaves (decision 36).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

from cohesion.releases import ASKED, RECORD, STAGE, STAGES, Kind, Refusal, Stage, flag
from dashboard import revisions, store
from dashboard.model import Words
from dashboard.revisions import TableChange
from local_figures.store.engine import DATABASE
from workspace import settings

ROOT = Path(__file__).parents[2]
PATIENCE = 3600  # seconds; the largest publication takes minutes
AT_ITS_END = 5  # seconds that a stopped command is waited for
BEHIND = 10  # how much later than the pages it gets the processor
TELLING = "telling"  # the folder in which the command says how far it is, and what came of it
LONGEST_NAME = 120  # letters; the day in a publication's name stands at its end
MOST_WORDS = 2_000  # letters of what a command says last, where it leaves no record
SECRET = frozenset(
    {settings.KEY, settings.LOCAL, DATABASE, "STREAMLIT_SERVER_COOKIE_SECRET", "STREAMLIT_SECRETS_FILES"}
)
HOW_FAR: Mapping[Stage, float] = {"begun": 0.05, "copying": 0.1, "reading": 0.25, "comparing": 0.6, "showing": 0.85}


@dataclass(frozen=True, kw_only=True)
class Brought:
    """One table of what was brought: its code, its title, and its edition before ("" where none was held) and now."""

    table: str
    title: Words
    before: Words
    now: Words


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a command: a build on show, what would change, or who refused."""

    build: str = ""
    would_change: bool = False
    is_held: bool = False
    recognised: tuple[Words, ...] = ()
    brought: tuple[Brought, ...] = ()
    changes: tuple[TableChange, ...] = ()
    refused: tuple[Refusal, ...] = ()


class Work:
    """One command at work; whoever waits asks how far it is, and once it is done what came of it."""

    def __init__(
        self, *command: str, file: tuple[str, bytes] | None = None, then: Callable[[Outcome], None] = lambda _: None
    ) -> None:
        """Begin: `command` is "add" or "rollback" with its options, `file` a name and its bytes for `add`."""
        self._command, self._file, self._then = command, file, then
        self._over, self._outcome = Event(), Outcome()
        self._folder: Path | None = None
        self._is_given_up = False
        self._process: subprocess.Popen[bytes] | None = None
        Thread(target=self._run, daemon=True).start()

    def outcome(self, *, within: float) -> Outcome | None:
        """Return what came of it, as soon as that is known; None when it is not `within` some seconds."""
        return self._outcome if self._over.wait(within) else None

    @property
    def stage(self) -> Stage:
        """Return what is being done now."""
        try:
            stage = (self._folder / TELLING / STAGE).read_text(encoding="utf-8") if self._folder else ""
        except OSError:
            stage = ""
        return next((one for one in STAGES if one == stage), STAGES[0])

    def give_up(self) -> None:
        """Stop a rehearsal that nobody waits for any more, so that the next does not find it at work."""
        self._is_given_up = True
        if self._process is not None:
            self._process.terminate()
        self._over.wait(AT_ITS_END)

    def _run(self) -> None:
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="cohesion-release-"))
            self._outcome = self._of_command(self._folder)
        except OSError as error:
            kind: Kind = "permission" if isinstance(error, PermissionError) else "disk"
            self._outcome = _refused(kind, str(error.strerror or type(error).__name__))
        except Exception as error:
            self._outcome = _refused("died", type(error).__name__)
        finally:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
            with suppress(Exception):
                self._then(self._outcome)
            self._over.set()

    def _of_command(self, folder: Path) -> Outcome:
        name, *options = self._command
        arguments = [name, *options, "--tell", str(folder / TELLING)]
        if self._file is not None:
            (folder / "file").mkdir()
            file = folder / "file" / _plain(self._file[0])
            file.write_bytes(self._file[1])
            arguments.append(str(file))
        started = [sys.executable, "-m", "etl", "--data", str(store.DATA), *arguments]
        with (folder / "errors").open("w+b") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - a list of our own, and no shell
                started,
                cwd=ROOT,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
            if self._is_given_up:
                self._process.terminate()
            if hasattr(os, "setpriority"):
                with suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, self._process.pid, BEHIND)
            self._process.wait(PATIENCE)
            errors.seek(0)
            last_words = errors.read().decode("utf-8", "replace")[-MOST_WORDS:]
        return read(folder / TELLING / RECORD) or _refused("died", last_words.strip())


def _refused(kind: Kind, words: str) -> Outcome:
    return Outcome(refused=(Refusal(kind=kind, words=words),))


def _plain(name: str) -> str:
    """Return the name of a file without folders and unprinted letters, and no longer than a file system takes."""
    bare = "".join(letter if letter.isprintable() else "_" for letter in name.replace("\\", "/").rpartition("/")[2])
    return f"_{bare[-LONGEST_NAME:]}" if bare.strip(". ") == "" else bare[-LONGEST_NAME:]


def _environment() -> dict[str, str]:
    """Return the environment of the command: whoever reads files from outside has no key and no way to own figures."""
    return {name: value for name, value in os.environ.items() if name not in SECRET}


def read(record: Path) -> Outcome | None:
    """Return what a record says; None where there is none, or one that cannot be read."""
    try:
        content = json.loads(record.read_text(encoding="utf-8"))
        return Outcome(
            build=str(content["build"]),
            would_change=bool(content["rehearsed"]),
            is_held=bool(content["same"]),
            recognised=tuple(_words(one, "title") for one in content["recognised"]),
            brought=tuple(map(_brought, content["tables_of"])),
            changes=revisions.changes_of(content),
            refused=tuple(Refusal(kind=one["kind"], words=str(one["words"])) for one in content["refused"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _brought(record: dict[str, Any]) -> Brought:
    before, now = _words(record, "edition_before"), _words(record, "edition")
    return Brought(table=str(record["table"]), title=_words(record, "title"), before=before, now=now)


def _words(record: dict[str, Any], name: str) -> Words:
    return Words(en=str(record[name]), cy=str(record[f"{name}_cy"]))


def adding(*, released: str = "", accepted: Collection[Kind] = (), why: str = "", rehearsal: bool) -> tuple[str, ...]:
    """Return `add` with its options: what a person says of the file, and whether it is a rehearsal."""
    flags = [f"--released={released}"] if released else []
    flags += [flag(kind) for kind in ASKED if kind in accepted]
    return ("add", *flags, *([f"--why={why}"] if why and accepted else []), *(["--dry-run"] if rehearsal else []))
