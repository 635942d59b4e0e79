"""Files that come out whole or not at all, in every room: what others read while it is written anew.

The awkward fact: a process can be killed at any byte. So a file is written beside its place under a name of its own and
moved there in one act, and what a kill leaves behind is known by that name.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

LONGEST_STEM = 50  # letters of the file's own name: with four bytes each and the rest, a file system takes it
_UNFINISHED = re.compile(r"\.(.+)\.[0-9a-f]{16}\.part")


@contextmanager
def begun(target: Path, *, for_owner: bool = False, durable: bool = False) -> Iterator[BinaryIO]:
    """Give a stream beside `target`, and move what was written there once nothing was raised.

    `for_owner` lets nobody else on this machine read it; `durable` waits until the disk has it.
    """
    unfinished = target.with_name(f".{target.name[:LONGEST_STEM]}.{secrets.token_hex(8)}.part")
    mode = 0o600 if for_owner else 0o666
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_EXCL, mode), "wb") as stream:
            yield stream
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def written_whole(target: Path, content: bytes, *, for_owner: bool = False, durable: bool = False) -> None:
    """Write a file so that a reader meets the old one or the new one, and never a half."""
    with begun(target, for_owner=for_owner, durable=durable) as stream:
        stream.write(content)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, by which it is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def left_behind(folder: Path, *, of: str | None = None) -> list[Path]:
    """Return what writes that were broken off left in a folder, of every file or of the one of a name."""
    stem = None if of is None else of[:LONGEST_STEM]
    named = ((path, _UNFINISHED.fullmatch(path.name)) for path in sorted(folder.glob(".*.part")))
    return [path for path, name in named if name and stem in (None, name[1])]
