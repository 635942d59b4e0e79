"""The folder of a copy, and the list of what stands in it: which page was made of what, and its files.

The awkward fact: whoever names the wrong folder must lose nothing. So a folder is ours only by its list, which is
written before the first file; nothing is ever removed that does not stand in it, and a file is replaced whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from cohesion.files import written_whole

LIST, LOCK = "copy.json", ".copy.lock"
MAKER, FORMAT = "python -m dashboard.static", 1


class FolderError(Exception):
    """The folder cannot hold the copy that is wanted: what was expected, what came, and where."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page that was made: of what (a digest), and its files with the bytes of each."""

    of: str
    files: Mapping[str, int]


@dataclass(kw_only=True)
class Listing:
    """What a copy holds: its places, pages and languages, and each page by its path."""

    holds: dict[str, list[str]]
    build: str = ""
    pages: dict[str, Page] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, int]:
        """Every file with its bytes."""
        return {path: size for one in self.pages.values() for path, size in one.files.items()}


def read(folder: Path) -> Listing | None:
    """Return what stands in a folder; None for one that is new or empty; `FolderError` for one that is not ours."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise FolderError(f"expected a folder for the copy; came the file {folder}")
    written = folder / LIST
    if not written.exists():
        others = sorted(one.name for one in folder.iterdir() if one.name != LOCK)
        if others:
            raise FolderError(f"expected a new folder, an empty one or one that holds a copy; {folder} has {others[0]}")
        return None
    return _listed(written)


def _listed(written: Path) -> Listing:
    """Return a list as it was written; of an earlier form all is known but what it was made of."""
    try:
        document: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
        if document["made_by"] != MAKER:
            raise FolderError(f"expected a list made by {MAKER}; {written} was made by {document['made_by']!r}")
        if document["format"] > FORMAT:
            raise FolderError(f"expected a copy of form {FORMAT} or earlier; {written} is of form {document['format']}")
        is_of_today = document["format"] == FORMAT
        pages = {
            path: Page(
                of=one["of"] if is_of_today else "", files={name: int(size) for name, size in one["files"].items()}
            )
            for path, one in document["made"].items()
        }
        holds = {str(name): [str(one) for one in codes] for name, codes in document["holds"].items()}
        return Listing(holds=holds, build=str(document["build"]), pages=pages)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FolderError(
            f"expected the list of a copy; {written} cannot be read as one: give another folder"
        ) from error


def write(folder: Path, listed: Listing) -> None:
    """Write the list of a copy."""
    pages = {path: asdict(page) for path, page in listed.pages.items()}
    document = {"made_by": MAKER, "format": FORMAT, "holds": listed.holds, "build": listed.build, "made": pages}
    written_whole(folder / LIST, json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())


def stands(folder: Path, page: Page) -> bool:
    """Tell whether every file of a page is there, as large as it was made."""
    return all(_size(folder / path) == size for path, size in page.files.items())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def put(folder: Path, files: Mapping[str, bytes]) -> dict[str, int]:
    """Write files that are new or other than before, each whole; return the bytes of each."""
    for path, content in files.items():
        target = folder / path
        if _size(target) == len(content) and target.read_bytes() == content:
            continue  # whoever sends the copy on sends what has changed
        target.parent.mkdir(parents=True, exist_ok=True)
        written_whole(target, content)
    return {path: len(content) for path, content in files.items()}


def remove(folder: Path, paths: Iterable[str]) -> int:
    """Remove files of ours that are gone from the copy, and folders that are empty then; return how many there were."""
    removed = 0
    for path in paths:
        inside = PurePosixPath(path)
        if inside.is_absolute() or ".." in inside.parts:
            raise FolderError(f"expected files inside {folder} in its list; came {path!r}: nothing more was removed")
        target = folder / path
        with suppress(FileNotFoundError):
            target.unlink()
            removed += 1
        for parent in target.parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
    return removed


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep a second run out of a folder for as long as this one writes into it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            _lock(lock.fileno())
        except BlockingIOError as error:
            raise FolderError(f"expected to write alone; another run is writing into {folder}") from error
        yield


def _lock(number: int) -> None:
    """Take the lock of a file, which is let go with it; where the system has none, nobody is kept out."""
    with suppress(ImportError):
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
