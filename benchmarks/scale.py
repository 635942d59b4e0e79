"""Page times with ten and a hundred times the rows: `python benchmarks/scale.py`.

The rows that are added are copies of every figure under other measures, which no page asks for: what is drawn stays the
same, and what it is found among grows. They follow one another as tables do when they are loaded, so DuckDB passes over
most of them by the smallest and largest name of each block; shuffled rows would be read one and all.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

import duckdb  # noqa: E402
from streamlit.testing.v1 import AppTest  # noqa: E402

from benchmarks import arguments, pages  # noqa: E402
from benchmarks.apart import apart  # noqa: E402
from cohesion.builds import SCHEMA  # noqa: E402
from cohesion.files import sha256_of  # noqa: E402
from dashboard import store  # noqa: E402
from etl.pipeline import load  # noqa: E402

TIMES = (1, 10, 100)
MEMORY = "2GB"  # that making the rows may take
PAGES = ("home", "hate_crime", "migration", "profile", "compare")
PLACES = ("W06000022", "W06000011", "W06000006")  # each seen for the first time, so nothing is remembered


def main() -> None:
    """Print a table: the first view of a place and the rerun of each page, by the number of rows."""
    arguments.nothing(__doc__)
    load.build(data=ROOT / "data")
    with tempfile.TemporaryDirectory() as folder:
        by_times = {times: apart(measured, str(grown(Path(folder) / str(times), times))) for times in TIMES}
    heads = " | ".join(f"{times}×: new place / rerun" for times in TIMES)
    print(
        f"Milliseconds; medians; a process each\n\n| page | {heads} | 100× over 1× |\n|---|{'---:|' * (len(TIMES) + 1)}"
    )
    for page in by_times[1]:
        cells = " | ".join(f"{by_times[times][page][0]:.0f} / {by_times[times][page][1]:.0f}" for times in TIMES)
        ratio = " / ".join(f"{by_times[100][page][n] / by_times[1][page][n]:.2f}" for n in (0, 1))
        print(f"| {page} | {cells} | {ratio} |")


def grown(data: Path, times: int) -> Path:
    """Write a build with `times` as many figures; return its data folder."""
    folder = data / "build"
    folder.mkdir(parents=True)
    original = ROOT / "data" / "build" / f"cohesion-{store.build_id()}.duckdb"
    frugal = {"memory_limit": MEMORY, "threads": 1}
    with duckdb.connect(str(folder / f"cohesion-x{times}.duckdb"), config=frugal) as con:
        con.execute(f"ATTACH '{original}' AS held (READ_ONLY)")
        kinds = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'held'").fetchall()
        for (table,) in kinds:
            con.execute(f'CREATE TABLE "{table}" AS FROM held."{table}"')
        for table in ("observation", "packed"):
            for number in range(1, times):  # one statement for all would hold all in memory: 20 GB at a thousand times
                con.execute(
                    f"INSERT INTO {table} SELECT * REPLACE ('{number}_' || measure AS measure) FROM held.{table}"
                )
        views = con.execute("SELECT sql FROM duckdb_views() WHERE database_name = 'held' AND NOT internal").fetchall()
        con.execute("DETACH held")
        for (view,) in views:
            con.execute(view)
    file = folder / f"cohesion-x{times}.duckdb"
    pointer = {"build": f"x{times}", "schema": SCHEMA, "file": file.name, "sha256": sha256_of(file)}
    (folder / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    return data


def measured(data: str) -> dict[str, list[float]]:
    """Return (first view of a new place, rerun) of each page with the build in `data`, in milliseconds."""
    logging.disable(logging.WARNING)
    store.DATA = Path(data)
    by_page = {}
    for page in PAGES:
        session: AppTest = pages.opened(page, "en")
        rerun = pages.timed(session)[1]
        new = []
        for place in PLACES:
            session.query_params["place"] = place
            new.append(pages.once(session))
        by_page[page] = [median(new), rerun]
    return by_page


if __name__ == "__main__":
    main()
