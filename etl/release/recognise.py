"""Telling which publication a file is by what is in it; its name may be anything.

The awkward fact: the newest partnership table unpacks to more than a gigabyte, so a workbook is read only until
one of its sheets has given it away.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from etl.contract import ContractError, Problem
from etl.pipeline.dataset import Dataset
from etl.pipeline.published_files import Edition, as_published
from etl.reading.ods import Row
from etl.reading.sheets import HEADER_WITHIN, rows
from etl.reading.wording import listed
from etl.reading.zip_safety import csv_heads, opened
from etl.registry import ALL, PUBLISHED_FILES, SIGNS

# The same datasets as the registry's, with what reads the publisher's own file; and the poorer tables they end.
RELEASES: dict[str, Dataset] = {name: as_published(ALL[name], live) for name, live in PUBLISHED_FILES.items()}
REPLACED: dict[str, tuple[str, ...]] = {name: live.replaces for name, live in PUBLISHED_FILES.items() if live.replaces}
GROWING = frozenset(name for name, live in PUBLISHED_FILES.items() if live.grows)
SHEETS_TOLD = 8  # in a refusal
WORKBOOK = {"content.xml", "xl/workbook.xml"}  # the part that an ODS, or an XLSX, has
LOOKED_FOR = "; ".join(signs.looked_for for signs in SIGNS if signs.looked_for)


def recognise(path: Path) -> tuple[str, ...]:
    """Return the names of the datasets that a file gives, by its content alone; raise when it is none we know."""
    for signs in SIGNS:
        if signs.in_file and path.is_file() and (names := signs.in_file(path)):
            return names
    with opened(path) as archive:
        parts = set(archive.namelist())
    return _in_workbook(path) if parts & WORKBOOK else _refused_archive(path)


def _in_workbook(path: Path) -> tuple[str, ...]:
    """Return the datasets that the first telling row of a workbook gives; raise with the sheets that came."""
    likeliest: dict[str, Row] = {}  # row of each sheet to be its header: the first of the fullest
    for row in rows(path):
        if row.number > HEADER_WITHIN:
            continue
        for signs in SIGNS:
            if signs.in_row and (names := signs.in_row(path, row)):
                return names
        if _filled(row) > _filled(likeliest.get(row.sheet)):
            likeliest[row.sheet] = row
    raise ContractError(
        [Problem(file=path.name, expected=LOOKED_FOR, came=_sheets_in_words(likeliest.values()))], kind="unknown"
    )


def _refused_archive(path: Path) -> tuple[str, ...]:
    """Raise with the tables that an archive holds."""
    tables = [f"{part!r} with {listed(header, most=6)}" for part, header, _ in csv_heads(path)]
    came = f"an archive without such tables: {'; '.join(tables[:SHEETS_TOLD]) or 'no CSV in it'}"
    raise ContractError([Problem(file=path.name, expected=LOOKED_FOR, came=came)], kind="unknown")


def _filled(row: Row | None) -> int:
    return sum(map(bool, row.cells)) if row else 0


def _sheets_in_words(likeliest: Iterable[Row]) -> str:
    """Return which sheets came, each with the row that is likeliest to be its header."""
    publications = [
        f"a sheet {row.sheet!r} with {listed((cell[:40] for cell in row.cells if cell), most=6)} in row {row.number}"
        for row in likeliest
    ]
    more = f"; and {len(publications) - SHEETS_TOLD} more sheets" if len(publications) > SHEETS_TOLD else ""
    return f"none of these: {'; '.join(publications[:SHEETS_TOLD]) or 'no sheet with words'}{more}"


def edition_of(path: Path) -> Edition | None:
    """Return which edition a file says it is, or None where its layout has no such words."""
    read = PUBLISHED_FILES[recognise(path)[0]].edition
    return None if read is None else read(path)


def loader_of(name: str) -> str:
    """Return the file of the code that reads a publisher's own file of a dataset ("etl/…/published_file.py"), or ""."""
    read = PUBLISHED_FILES[name].read if name in PUBLISHED_FILES else None
    function = read.func if isinstance(read, partial) else read
    return f"{function.__module__.replace('.', '/')}.py" if function else ""


def caution_of(name: str, path: Path) -> tuple[str, str] | None:
    """Return what a file itself warns of in one of its tables, in English and Welsh, or None where it is not asked."""
    live = PUBLISHED_FILES.get(name)
    return live.caution(path) if live and live.caution else None
