"""The edition that tests look at: the tables as they were when somebody last froze them, whatever is on show.

The awkward fact: a test that says "211 in Cardiff" is a good test until the next release, and then it is red for the
wrong reason. So the tables are kept once more in `tests/frozen.zip`, which changes when somebody means it to; the
tables on show are looked at by rules alone (tests/live). The reference tables are those of today in both.

`python -m tests.frozen` freezes the tables of data/tidy: after a module came or reads otherwise, never after a refresh.
`python -m tests.frozen build` builds the frozen edition, so that no worker of the tests waits for it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
ARCHIVE = Path(__file__).with_name("frozen.zip")
UNPACKED = ROOT / "data" / "build" / "frozen"


def folder() -> Path:
    """Return the data folder of the frozen tables and today's reference tables, unpacked at the first call."""
    target = UNPACKED / hashlib.sha256(ARCHIVE.read_bytes()).hexdigest()[:12]
    if not target.exists():
        UNPACKED.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=UNPACKED, prefix="unfinished-"))
        with zipfile.ZipFile(ARCHIVE) as archive:
            archive.extractall(unfinished / "tidy")
        try:
            unfinished.rename(target)
        except OSError:  # another process was faster
            shutil.rmtree(unfinished)
    _todays_reference(target)
    return target


def _todays_reference(target: Path) -> None:
    """Let the folder's reference tables be those of the repository, copied one by one where they differ."""
    (target / "reference").mkdir(exist_ok=True)
    for path in (ROOT / "data" / "reference").iterdir():
        copy, content = target / "reference" / path.name, path.read_bytes()
        if not copy.exists() or copy.read_bytes() != content:
            unfinished = copy.with_suffix(f".{os.getpid()}.tmp")
            unfinished.write_bytes(content)
            unfinished.replace(copy)


def freeze() -> Path:
    """Write the archive anew from the tables of data/tidy; the same tables give the same bytes."""
    with zipfile.ZipFile(ARCHIVE, "w", zipfile.ZIP_LZMA) as archive:
        for path in sorted((ROOT / "data" / "tidy").glob("*.*")):
            archive.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_LZMA)
    return ARCHIVE


if __name__ == "__main__":
    if sys.argv[1:] == ["build"]:
        from etl.pipeline import load  # what only reads the frozen tables waits for no pandas

        load.build(data=folder())
        sys.exit()
    sys.stdout.write(f"{freeze().name}: {ARCHIVE.stat().st_size:,} bytes\n")
