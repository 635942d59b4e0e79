"""The history of refreshes, kept with the tables: one line for each publication that was brought in.

The awkward fact: what is kept beside the builds stays on the computer that refreshed. So each line lies among the
tables (`data/tidy/refreshes.jsonl`): it is committed with them, moves with them, and goes back at a rollback.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from cohesion.releases import ASKED, CHANGES
from etl.contract import ContractError, Problem

FILE = "refreshes.jsonl"
_WORDS = (
    "title",
    "title_cy",
    "edition_before",
    "edition_before_cy",
    "edition",
    "edition_cy",
    "released_before",
    "released",
)
COLUMNS = (
    *("refresh", "day", "publication", "file", "source", *_WORDS, *CHANGES),
    *(f"accepted_{what}" for what in ASKED),
    "why",
)


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """How much of what came in a person looked at and took for right."""

    lost_periods: int = 0
    large_changes: int = 0
    contradictions: int = 0


@dataclass(frozen=True, kw_only=True)
class Intake:
    """One publication that was brought in: its file, the tables it gives, and those that it took figures out of."""

    publication: str
    file: str
    sha256: str
    tables: tuple[str, ...]
    accepted: Accepted = field(default_factory=Accepted)


Origins = Mapping[str, Mapping[str, str]]
Entry = Mapping[str, Any]  # one publication that was brought in, as its line has it


def lines(entries: Iterable[Entry]) -> str:
    """Return entries as the lines of the file."""
    return "".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in entries)


def entry(
    one: Intake, *, counts: Mapping[str, Mapping[str, int]], before: Origins, after: Origins, day: date, why: str
) -> Entry:
    """Return the entry of one publication; `before` and `after` are the origins of the tables, by name.

    `counts` says by table how many figures are `new`, `revised`, `replaced` and `lost`.
    """
    tables = [
        {
            "table": name,
            **_words(before.get(name, {}), after.get(name, {})),
            **counts.get(name, dict.fromkeys(CHANGES, 0)),
        }
        for name in one.tables
        if name in before or name in after
    ]
    accepted = asdict(one.accepted)
    return {
        "day": day.isoformat(),
        "publication": one.publication,
        "file": one.file,
        "sha256": one.sha256,
        "tables": tables,
        "accepted": accepted,
        "why": why if any(accepted.values()) else "",
    }


def _words(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Return what a table is called, and its edition before and now; "" where there was or is none."""
    named = after or before
    return {
        "title": named["title_en"],
        "title_cy": named["title_cy"],
        "edition_before": before.get("edition", ""),
        "edition_before_cy": before.get("edition_cy", ""),
        "edition": after.get("edition", ""),
        "edition_cy": after.get("edition_cy", ""),
        "released_before": before.get("released", ""),
        "released": after.get("released", ""),
    }


def read(folder: Path, problems: list[Problem]) -> pd.DataFrame:
    """Return the history of a folder of tables as text, a row for each refresh and table; note what is wrong."""
    path = folder / FILE
    rows: list[list[str]] = []
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for number, line in enumerate(text.splitlines(), start=1):
            rows += _rows(line, number=number)
    except (ContractError, UnicodeDecodeError) as error:
        problems += error.problems if isinstance(error, ContractError) else [_wrong(0, came="another")]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(line: str, *, number: int) -> Iterator[list[str]]:
    try:
        entry = json.loads(line)
        fixed = [
            str(number),
            date.fromisoformat(entry["day"]).isoformat(),
            str(entry["publication"]),
            str(entry["file"]),
        ]
        accepted = [str(int(entry["accepted"][what])) for what in ASKED]
        for table in entry["tables"]:
            words = [str(table[name]) for name in ("table", *_WORDS)]
            counts = [str(int(table[name])) for name in CHANGES]
            yield [*fixed, *words, *counts, *accepted, str(entry["why"])]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ContractError([_wrong(number, came=f"{type(error).__name__}: {error}")]) from error


def _wrong(row: int, *, came: str) -> Problem:
    return Problem(file=FILE, row=row, expected="a refresh as etl/pipeline/history.py writes it, in UTF-8", came=came)
