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
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

from dashboard import revisions, store
from dashboard.model import Words
from dashboard.revisions import TableChange
from local_figures.store.engine import DATABASE
from workspace import settings

ROOT = Path(__file__).parents[2]
PATIENCE = 3600  # seconds; the largest publication takes minutes
AT_ITS_END = 5  # seconds that a stopped command is waited for
BEHIND = 10  # how much later than the pages it gets the processor
LONGEST_NAME = 120  # letters; the day in a publication's name stands at its end
MOST_WORDS = 2_000  # letters of what a command says last, where it leaves no record
SECRET = frozenset(
    {settings.KEY, settings.LOCAL, DATABASE, "STREAMLIT_SERVER_COOKIE_SECRET", "STREAMLIT_SECRETS_FILES"}
)
# What is done at a step of the command, told in one of these words, and how far that is.
STAGES = {"": 0.05, "held": 0.1, "reading": 0.25, "comparing": 0.6, "showing": 0.85}
_READING, _HELD, _COMPARING = ("extract", "write"), ("copy",), ("compare",)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What was refused: its kind, one of those of the etl's contract or "died", and the check's own words."""

    kind: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Brought:
    """One table of what was brought: its code, its title, and its edition before ("" where none was held) and now."""

    table: str
    title: Words
    before: Words
    now: Words


@dataclass(frozen=True, kw_only=True)
class Told:
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
        self, *command: str, file: tuple[str, bytes] | None = None, then: Callable[[Told], None] = lambda _: None
    ) -> None:
        """Begin: `command` is "add" or "rollback" with its options, `file` a name and its bytes for `add`."""
        self._command, self._file, self._then = command, file, then
        self._over, self._told = Event(), Told()
        self._folder: Path | None = None
        self._is_given_up = False
        self._process: subprocess.Popen[bytes] | None = None
        Thread(target=self._run, daemon=True).start()

    def told(self, *, within: float) -> Told | None:
        """Return what came of it, as soon as that is known; None when it is not `within` some seconds."""
        return self._told if self._over.wait(within) else None

    @property
    def stage(self) -> str:
        """Return what is being done now, a word of `STAGES`."""
        try:
            step = (self._folder / "told" / "step").read_text(encoding="utf-8") if self._folder else ""
        except OSError:
            return ""
        first = step.partition(" ")[0]
        named = {"held": _HELD, "reading": _READING, "comparing": _COMPARING}
        return next((stage for stage, steps in named.items() if first in steps), "showing" if step else "")

    def give_up(self) -> None:
        """Stop a rehearsal that nobody waits for any more, so that the next does not find it at work."""
        self._is_given_up = True
        if self._process is not None:
            self._process.terminate()
        self._over.wait(AT_ITS_END)

    def _run(self) -> None:
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="cohesion-release-"))
            self._told = self._done(self._folder)
        except OSError as error:
            self._told = Told(refused=(Refusal(kind="disk", words=str(error.strerror or type(error).__name__)),))
        except Exception as error:
            self._told = Told(refused=(Refusal(kind="died", words=type(error).__name__),))
        finally:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
            with suppress(Exception):
                self._then(self._told)
            self._over.set()

    def _done(self, folder: Path) -> Told:
        name, *options = self._command
        arguments = [name, *options, "--tell", str(folder / "told")]
        if self._file is not None:
            (folder / "file").mkdir()
            file = folder / "file" / _plain(self._file[0])
            file.write_bytes(self._file[1])
            arguments.append(str(file))
        started = [sys.executable, "-m", "etl", "--data", str(store.DATA), *arguments]
        with (folder / "said").open("w+b") as said:
            self._process = subprocess.Popen(  # noqa: S603 - a list of our own, and no shell
                started, cwd=ROOT, env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
            )
            if self._is_given_up:
                self._process.terminate()
            if hasattr(os, "setpriority"):
                with suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, self._process.pid, BEHIND)
            self._process.wait(PATIENCE)
            said.seek(0)
            last = said.read().decode("utf-8", "replace")[-MOST_WORDS:]
        return read(folder / "told" / "outcome.json") or Told(refused=(Refusal(kind="died", words=last.strip()),))


def _plain(name: str) -> str:
    """Return the name of a file without folders and unprinted letters, and no longer than a file system takes."""
    bare = "".join(letter if letter.isprintable() else "_" for letter in name.replace("\\", "/").rpartition("/")[2])
    return f"_{bare[-LONGEST_NAME:]}" if bare.strip(". ") == "" else bare[-LONGEST_NAME:]


def _environment() -> dict[str, str]:
    """Return the environment of the command: whoever reads files from outside has no key and no way to own figures."""
    return {name: value for name, value in os.environ.items() if name not in SECRET}


def read(record: Path) -> Told | None:
    """Return what a record says; None where there is none, or one that cannot be read."""
    try:
        content = json.loads(record.read_text(encoding="utf-8"))
        return Told(
            build=str(content["build"]),
            would_change=bool(content["rehearsed"]),
            is_held=bool(content["same"]),
            recognised=tuple(_words(one, "title") for one in content["recognised"]),
            brought=tuple(map(_brought, content["tables_of"])),
            changes=revisions.changes_of(content),
            refused=tuple(Refusal(kind=str(one["kind"]), words=str(one["text"])) for one in content["refused"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _brought(record: dict[str, Any]) -> Brought:
    before, now = _words(record, "edition_before"), _words(record, "edition")
    return Brought(table=str(record["table"]), title=_words(record, "title"), before=before, now=now)


def _words(record: dict[str, Any], name: str) -> Words:
    return Words(en=str(record[name]), cy=str(record[f"{name}_cy"]))


def options(*, released: str = "", accepted: Sequence[str] = (), why: str = "", rehearsal: bool) -> tuple[str, ...]:
    """Return the options of `add`: what a person says of the file, and whether it is a rehearsal."""
    said = [f"--released={released}"] if released else []
    said += [f"--accept-{kind.replace('_', '-')}" for kind in accepted]
    return ("add", *said, *([f"--why={why}"] if why and accepted else []), *(["--dry-run"] if rehearsal else []))
