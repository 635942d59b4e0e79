"""Clean build time, beside the floor of only reading the same tables: `python benchmarks/build.py`."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from benchmarks import arguments  # noqa: E402
from etl.pipeline import load  # noqa: E402
from etl.pipeline.tables import read_tables  # noqa: E402

ROUNDS = 5


def main() -> None:
    """Print a table of medians: reading, checking, building, and asking for a build that exists."""
    arguments.nothing(__doc__)
    tables = [*sorted((ROOT / "data" / "tidy").glob("*.csv")), *sorted((ROOT / "data" / "reference").glob("*.csv"))]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        for part in ("reference", "tidy"):
            shutil.copytree(ROOT / "data" / part, data / part)
        rows = [
            ("floor: read the same tables with pandas, as text", seconds(lambda: [read(path) for path in tables])),
            ("read and check every table (`etl check`)", seconds(lambda: read_tables(data=data))),
            ("clean build (`etl build`)", seconds(lambda: load.build(data=data), before=lambda: forget(data))),
            ("build again, nothing changed", seconds(lambda: load.build(data=data))),
        ]
        figures = len(read_tables(data=data).observation)
        size = max(path.stat().st_size for path in (data / "build").glob("*.duckdb"))
    print(f"{figures:,} figures in {len(tables)} tables; the database has {size / 1e6:.1f} MB; median of {ROUNDS}\n")
    print("| step | seconds |\n|---|---:|")
    for name, took in rows:
        print(f"| {name} | {took:.2f} |")


def read(path: Path) -> pd.DataFrame:
    """Read one table as the loader does, without looking at it."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def forget(data: Path) -> None:
    """Take every build away."""
    shutil.rmtree(data / "build", ignore_errors=True)


def seconds(work: Callable[[], object], *, before: Callable[[], None] = lambda: None) -> float:
    """Return the median time of some work; `before` is not counted, and one round before all is thrown away."""
    took = []
    for _ in range(ROUNDS + 1):
        before()
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return median(took[1:])


if __name__ == "__main__":
    main()
