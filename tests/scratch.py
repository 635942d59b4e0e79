"""A small data folder of real rows that a test may damage: the reference tables and a few tidy tables."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from etl.pipeline.origin import content_of
from tests import frozen

DATA = frozen.folder()
FORCES = "hate_crime_force_totals"
WALES = "hate_crime_wales_strands"
COMPONENTS = "components_of_change_2012_2019"
COMPONENT_KEYS = tuple(
    f"{measure},{area},2018-07-01,12,total,"
    for measure in ("births", "internal_inflow")
    for area in ("W06000014", "W06000015")
)


def scratch_data(folder: Path) -> Path:
    """Copy the reference tables, the police forces' totals, Wales by strand, and two components of two authorities."""
    data = folder / "data"
    shutil.copytree(DATA / "reference", data / "reference")
    (data / "tidy").mkdir()
    for name in (FORCES, WALES, COMPONENTS):
        for kind in ("csv", "toml"):
            shutil.copy(DATA / "tidy" / f"{name}.{kind}", data / "tidy")
    edit(
        data / "tidy" / f"{COMPONENTS}.csv",
        lambda lines: [lines[0], *(x for x in lines if x.startswith(COMPONENT_KEYS))],
    )
    return data


def edit(path: Path, change: Callable[[list[str]], Iterable[str]]) -> None:
    """Rewrite a text file line by line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_bytes(("\n".join(change(lines)) + "\n").encode("utf-8"))
    vouch(path)


def replace(path: Path, old: str, new: str) -> None:
    """Replace one piece of text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not hold {old!r}"
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))
    vouch(path)


def vouch(table: Path) -> None:
    """Let a table's origin speak of the text it has now, as after a command of ours; nothing for another file."""
    note = table.with_suffix(".toml")
    if table.suffix != ".csv" or not note.exists():
        return
    content = content_of(table.read_bytes())
    head = note.read_text(encoding="utf-8").partition("[table]")[0].rstrip()
    note.write_text(
        f'{head}\n\n[table]\nrows = {content.rows}\ntable_sha256 = "{content.table_sha256}"\n', encoding="utf-8"
    )
