"""Opening a ZIP archive (ODS, XLSX, Nomis) without trusting it.

The awkward fact: an archive says how large it unpacks, and may lie. Python's own reader stops at the size
that was said and then compares the checksum; other readers go on. So every part is unpacked once, in small
pieces and without keeping any, before another library may see the file.
"""

from __future__ import annotations

import csv
import errno
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path, PurePosixPath

from cohesion.errors import OF_DAMAGED_ARCHIVES
from cohesion.releases import Kind
from etl.contract import ContractError, Problem

LONGEST_HEAD = 1_000_000  # bytes in which the header of a CSV and its first row must stand
LARGEST_PART = 4_000_000_000  # bytes unpacked; the newest partnership table is about 1,400,000,000
LARGEST_WHOLE = 5_000_000_000
MOST_PARTS = 5_000
MOST_TIMES_SMALLER = 400  # deflate reaches 1,000 on nothing but repeats; sheets of a table stay near 50
SMALL = 10_000_000  # below this many bytes no ratio can hurt
PIECE = 1 << 18
_HTML = (b"<!doctype html", b"<html")
_COMPOUND = b"\xd0\xcf\x11\xe0"  # how an old .xls begins, and a new workbook under a password
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Give the archive when its list of parts is one we take; raise `ContractError` for any other file."""
    if not path.is_file():
        raise ContractError([Problem(file=path.name, expected="a file", came="nothing there")])
    try:
        with zipfile.ZipFile(path) as archive:
            problems = list(_problems(archive, file=path.name))
            if problems:
                raise ContractError(problems, kind="password" if _has_password(archive) else "archive")
            yield archive
    except (*OF_DAMAGED_ARCHIVES, OSError) as error:
        # EINVAL is of a part that is said to begin before the file; any other OSError is the disk's own trouble.
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise
        kind, came = _start(path)
        raise ContractError(
            [Problem(file=path.name, expected=_what(path), came=f"{came} ({error})")], kind=kind
        ) from error


def bounded_text(archive: zipfile.ZipFile, part: str, *, largest: int, file: str) -> str:
    """Return a part as text in UTF-8, refused before it is read when it unpacks to more than `largest` bytes."""
    size = archive.getinfo(part).file_size
    if size > largest:
        where = f"{file}, part {part!r}"
        expected = f"at most {largest:,} bytes unpacked"
        raise ContractError([Problem(file=where, expected=expected, came=f"{size:,}")], kind="archive")
    return archive.read(part).decode("utf-8-sig")


def csv_heads(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield for each CSV of the archive its part's name, its header and its first row."""
    with opened(path) as archive:
        for part in archive.namelist():
            if part.lower().endswith(".csv"):
                with archive.open(part) as stream:
                    lines = csv.reader(StringIO(stream.read(LONGEST_HEAD).decode("utf-8-sig", "replace"), newline=""))
                    yield part, next(lines, []), next(lines, [])


def tried(path: Path) -> Path:
    """Unpack every part once, keeping nothing; return the path when sizes and checksums hold."""
    with opened(path) as archive:
        for part in archive.infolist():
            with archive.open(part) as stream:
                while stream.read(PIECE):
                    pass
    return path


def _problems(archive: zipfile.ZipFile, *, file: str) -> Iterator[Problem]:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        yield Problem(file=file, expected=f"at most {MOST_PARTS:,} parts", came=f"{len(parts):,}")
    if (whole := sum(part.file_size for part in parts)) > LARGEST_WHOLE:
        yield Problem(file=file, expected=f"at most {LARGEST_WHOLE:,} bytes unpacked", came=f"{whole:,}")
    if len({part.filename for part in parts}) != len(parts):
        yield Problem(file=file, expected="each part once", came="a name twice")
    for part in parts:
        yield from _part_problems(part, file=file)


def _part_problems(part: zipfile.ZipInfo, *, file: str) -> Iterator[Problem]:
    where = f"{file}, part {part.filename!r}"
    name = PurePosixPath(part.filename)
    if name.is_absolute() or ".." in name.parts or "\\" in part.filename or ":" in part.filename:
        yield Problem(file=where, expected="a name inside the archive", came="a way out of it")
    if part.flag_bits & 0x1:
        yield Problem(file=where, expected="no password", came="an encrypted part")
    if part.file_size > LARGEST_PART:
        yield Problem(file=where, expected=f"at most {LARGEST_PART:,} bytes unpacked", came=f"{part.file_size:,}")
    times = part.file_size / max(part.compress_size, 1)
    if part.file_size > SMALL and times > MOST_TIMES_SMALLER:
        expected = f"unpacked at most {MOST_TIMES_SMALLER} times as large as packed"
        yield Problem(file=where, expected=expected, came=f"{times:,.0f} times")


def _what(path: Path) -> str:
    return f"a whole {path.suffix.lstrip('.').upper() or 'ZIP'} file"


def _has_password(archive: zipfile.ZipFile) -> bool:
    return any(part.flag_bits & 0x1 for part in archive.infolist())


def _start(path: Path) -> tuple[Kind, str]:
    """Say what a file that is no archive seems to be, as a kind of refusal and in words."""
    with path.open("rb") as file:
        start = file.read(200)
    if not start:
        return "empty", "an empty file"
    if start.startswith(_COMPOUND):
        return _compound(path)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_HTML):
        return "web_page", "a web page"
    if start.startswith(b"PK"):
        return "damaged", "a file that is cut off or damaged"
    return "unknown", "another kind of file"


def _compound(path: Path) -> tuple[Kind, str]:
    with path.open("rb") as file:
        protected = _PROTECTED in file.read(SMALL)
    if protected:
        return "password", "a workbook under a password: open it and save it without one"
    return "old_excel", "an old Excel workbook (.xls): open it and save it as .xlsx or .ods"
