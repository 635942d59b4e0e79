"""One command at a time in a data folder: the lock that build, refresh, add and rollback all take.

The awkward fact: a build takes seconds, a refresh minutes. So a build waits a while for another build, as two servers
that start together must, while a second refresh is told at once who is at work.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from etl.contract import ContractError, Problem
from etl.pipeline.disk import ADVICE, not_permitted

LOCK = "refresh.lock"
A_MOMENT = 0.1  # seconds between two tries
PATIENCE_OF_A_BUILD = 60.0  # seconds; a build takes about five


@contextmanager
def only_one(*, data: Path, doing: str, patience: float = 0.0) -> Iterator[None]:
    """Hold the lock of a data folder, or refuse after `patience` seconds and name the process that has it.

    `doing` says what for ("a build"): it stands in the file, for whoever has to wait.

    The operating system lets the lock go when its holder ends, however it ends: no lock is ever stale, and the process
    id in the file is only there to be told. Raises `ContractError` too where the lock itself may not be written.
    """
    with _opened(data / "build" / LOCK) as file:
        _take(file, name=LOCK, until=time.monotonic() + patience)
        file.truncate(0)
        file.write(f"{os.getpid()} ({doing})")
        file.flush()
        yield


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except PermissionError as error:
        raise ContractError([not_permitted(error)], kind="permission") from error
    except OSError as error:
        came = f"{error.strerror or error}; {ADVICE}"
        problem = Problem(file=f"data/build/{path.name}", expected="a file this user may write", came=came)
        raise ContractError([problem], kind="disk") from error
    with file:
        yield file


def _take(file: IO[str], *, name: str, until: float) -> None:
    while True:
        try:
            _lock(file.fileno())
        except OSError as error:
            if time.monotonic() >= until:
                file.seek(0)
                holder = f"process {file.read().strip() or 'unknown'} is at work"
                raise ContractError(
                    [Problem(file=name, expected="no other command at work in data/", came=holder)], kind="busy"
                ) from error
            time.sleep(A_MOMENT)
        else:
            return


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> None:
        os.lseek(number, 1 << 20, os.SEEK_SET)  # far behind the text, which others must be able to read
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
