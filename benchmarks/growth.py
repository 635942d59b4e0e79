"""Page times with six core tables and with all of them: `python benchmarks/growth.py`.

Each build is timed in a process of its own, one after the other and then the other way round, so that neither
gains from the other's warm caches. Only blocks whose figures lie in the core tables draw the same in both builds.
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from streamlit.testing.v1 import AppTest  # noqa: E402

from benchmarks import arguments, pages  # noqa: E402
from benchmarks.apart import apart  # noqa: E402
from dashboard import store  # noqa: E402
from etl.pipeline import load  # noqa: E402

CORE = (
    "police_recorded_crime_pfa",
    "hate_crime_england_wales",
    "hate_crime_force_totals",
    "population_mid_year_wales",
    "population_mid_year_2024",
    "components_of_change_2012_2019",
)
PAGES = ("home", "hate_crime", "migration")  # what the core tables fill; the other pages hold other figures
ROUNDS = 2


def main() -> None:
    """Print a table: the median rerun of each page with the core tables and with all of them."""
    arguments.nothing(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        builds = {"core": core(Path(folder) / "data"), "all": ROOT / "data"}
        took: dict[str, list[dict[str, float]]] = {name: [] for name in builds}
        for turn in range(ROUNDS):
            for name in list(builds)[:: -1 if turn % 2 else 1]:
                took[name].append(apart(measure, environment={"COHESION_DATA": str(builds[name])}))
        count = {name: len(list((data / "tidy").glob("*.csv"))) for name, data in builds.items()}
    print(f"Median rerun in milliseconds with warm caches; {ROUNDS} processes each\n")
    print(f"| page | {count['core']} tables | {count['all']} tables | ratio |\n|---|---:|---:|---:|")
    for page in ("empty page", *PAGES):
        few, many = (median(one[page] for one in took[name]) for name in ("core", "all"))
        print(f"| {page} | {few:.1f} | {many:.1f} | {many / few:.2f} |")


def core(data: Path) -> Path:
    """Copy the reference tables and the core tables alone."""
    shutil.copytree(ROOT / "data" / "reference", data / "reference")
    (data / "tidy").mkdir()
    for name in CORE:
        for kind in ("csv", "toml"):
            shutil.copy(ROOT / "data" / "tidy" / f"{name}.{kind}", data / "tidy")
    return data


def measure() -> dict[str, float]:
    """Return the median rerun of each page over the data folder that COHESION_DATA names."""
    logging.disable(logging.WARNING)
    load.build(data=store.DATA)
    empty = AppTest.from_file(str(ROOT / "benchmarks" / "empty.py"))
    pages.timed(AppTest.from_file(str(ROOT / "benchmarks" / "empty.py")))
    return {"empty page": pages.timed(empty)[1]} | {page: pages.timed(pages.opened(page, "en"))[1] for page in PAGES}


if __name__ == "__main__":
    main()
