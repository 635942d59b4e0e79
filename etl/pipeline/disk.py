"""What the disk refuses, told in words: a disk that is full or broken, and a file that this user may not read or write.

The awkward fact: a refusal comes as one error of a file, as a list of a whole folder's, or as a text of DuckDB's; and
who may not read a file is led astray by being told to make room.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import filemode

import duckdb

from etl.contract import ContractError, Problem

OF_DUCKDB = (duckdb.IOException, duckdb.OutOfMemoryException)
_NUMBERED = re.compile(r"\[Errno (\d+)\]")  # how Python begins the reason that one file of a folder was not copied
_NOT_PERMITTED = (errno.EACCES, errno.EPERM)
_OF_A_FILE = re.compile(r'"([^"]+)": Permission denied')  # DuckDB's words
ADVICE = "run it as a user who may (deploy/README.md says who owns data/)"


@contextmanager
def disk_in_words() -> Iterator[None]:
    """Turn what the disk refuses into a `ContractError` that speaks of the disk, and not of a table.

    Of a file that this user may not read or write it says whose it is, for the disk is sound.
    """
    try:
        yield
    except (OSError, *OF_DUCKDB) as error:
        if (refused := permission_of(error)) is not None:
            raise ContractError([not_permitted(refused)], kind="permission") from error
        came = _first_reason(error)
        raise ContractError(f"the disk: expected to read and write data/; came {came}", kind="disk") from error


def not_permitted(error: PermissionError) -> Problem:
    """Return which file this user may not read or write, with its owner and its rights where they can be told."""
    came, file = error.strerror or str(error), "data"
    if error.filename:
        path = Path(str(error.filename))
        file = path.name
        with suppress(OSError, KeyError, NotImplementedError):  # no owner by name, or a system without owners
            came = f"one of {path.owner()} with the rights {filemode(path.stat().st_mode)} ({came})"
    return Problem(file=file, expected="a file that this user may read and write", came=f"{came}; {ADVICE}")


def permission_of(error: Exception) -> PermissionError | None:
    """Return the refusal of a user's rights that an error is, or that it tells of first; None for any other."""
    if isinstance(error, PermissionError):
        return error
    if isinstance(error, duckdb.Error) and (file := _OF_A_FILE.search(str(error))):
        return PermissionError(errno.EACCES, os.strerror(errno.EACCES), file[1])
    path, why = _first_of_folder(error)
    number = _NUMBERED.match(why)
    if number and int(number[1]) in _NOT_PERMITTED:
        return PermissionError(int(number[1]), os.strerror(int(number[1])), path)
    return None


def _first_reason(error: Exception) -> str:
    """Return why the disk refused; of a folder that could not be copied, of its first file and how many more."""
    _, why = _first_of_folder(error)
    more = len(error.args[0]) - 1 if why else 0
    return f"{why}, and so for {more} more files" if more else why or str(error)


def _first_of_folder(error: Exception) -> tuple[str, str]:
    """Return the first file of a folder that could not be copied, and why; nothing of any other error."""
    if not (isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list)):
        return "", ""
    file, _, why = error.args[0][0]
    return str(file), str(why)
