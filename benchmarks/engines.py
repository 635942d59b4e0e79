"""The same questions of DuckDB, PostgreSQL and ClickHouse, over more and more rows: `python benchmarks/engines.py`.

Rows are added as `scale.py` adds them: copies of every figure under other measures. PostgreSQL is started in a
temporary folder; ClickHouse runs inside a process (`pip install chdb`).
`--times 1,10,100` says how many; `--engines` which. Beside the milliseconds of the clock stand those of the processor,
which another's work does not lengthen; PostgreSQL's are another process's and are not counted.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from statistics import median  # noqa: E402

from benchmarks import scale  # noqa: E402
from dashboard import store, warehouse  # noqa: E402
from etl.pipeline import load  # noqa: E402
from etl.release import warehouse as carrying  # noqa: E402
from tests.local_figures import cluster  # noqa: E402

ENGINES = ("duckdb", "postgresql", "chdb")
ROUNDS = 7
MEMORY = "4GB"  # that DuckDB may keep of what it has read
PLACES = ("W06000015", "W06000022", "W06000011", "W06000006", "W06000024", "W06000001", "W06000002")
ASKED: dict[str, list[dict[str, str | None]]] = {
    "packed": [{"about": [place]} for place in PLACES],
    "of_measure": [{"measure": "asylum_supported", "category": "total"}] * ROUNDS,
    "coverage": [{"measure": "population", "category": "total", "kind": "local_authority", "nation": None}] * ROUNDS,
    "catalogue": [{}] * 3,
}


def main() -> None:
    """Print a table: milliseconds of each question and megabytes on the disk, by engine and number of rows."""
    options = _options()
    if options.ask:
        print(json.dumps(_asked(options.ask, options.build)))
        return
    load.build(data=ROOT / "data")
    print("| engine | rows | carried in s | MB | " + " | ".join(f"{name} ms" for name in ASKED) + " |")
    print("|---|" + "---:|" * (3 + len(ASKED)))
    for times in map(int, options.times.split(",")):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            grown = scale.grown(Path(folder), times)
            for engine in options.engines.split(","):
                print(_row(engine, grown, times), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", default="1,10,100")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--folder", help="where the databases are written (default: the system's)")
    parser.add_argument("--ask", help=argparse.SUPPRESS)
    parser.add_argument("--build", help=argparse.SUPPRESS)
    return parser.parse_args()


def _row(engine: str, grown: Path, times: int) -> str:
    build = f"x{times}"
    database = load.build_file(build, data=grown)
    began, spent = time.monotonic(), time.process_time()
    with ExitStack() as held:
        address, size = str(grown), database
        if engine == "postgresql":
            address = held.enter_context(cluster.running()).replace("+psycopg", "")
            size = Path(address.split("host=")[1])
        elif engine == "chdb":
            folder = held.enter_context(tempfile.TemporaryDirectory(dir=grown.parent))
            address, size = f"chdb://{folder}", Path(folder)
        if engine != "duckdb":
            carrying.carry_file(address, database, build=build)
        carried = f"{time.monotonic() - began:.0f} / {time.process_time() - spent:.0f}"
        answers = _apart(address, build)
        times = (" / ".join(f"{ms:,.1f}" for ms in answers[name]) for name in ASKED)
        cells = (engine, f"{answers['rows'][0]:,.0f}", carried, f"{_bytes(size) / 1e6:,.0f}", *times)
    return f"| {' | '.join(cells)} |"


def _bytes(path: Path) -> int:
    return (
        path.stat().st_size if path.is_file() else sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
    )


def _apart(address: str, build: str) -> dict[str, list[float]]:
    command = [sys.executable, __file__, "--ask", address, "--build", build]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def _asked(address: str, build: str) -> dict[str, list[float]]:
    """Return the median milliseconds of each question, of the clock and of the processor, in a process of its own."""
    elsewhere = "://" in address
    if not elsewhere:
        store.DATA = Path(address)
        store.tuples(f"SET memory_limit = '{MEMORY}'", build=build)

    def ask(sql: str, bound: dict[str, object]) -> list[tuple[object, ...]]:
        if elsewhere:
            return warehouse.answer(address, sql, bound, build=build)[1]
        return store.tuples(sql, bound, build=build)

    ((rows,),) = ask("SELECT count(*) FROM observation", {})
    answers = {"rows": [float(str(rows))]}
    clocks = [time.perf_counter] if address.startswith("postgresql") else [time.perf_counter, time.process_time]
    for name, every in ASKED.items():
        took = []
        for bound in every:
            began = [clock() for clock in clocks]
            ask(store.question(name), bound)
            took.append([1000 * (clock() - since) for clock, since in zip(clocks, began, strict=True)])
        answers[name] = [median(each) for each in zip(*took, strict=True)]
    return answers


if __name__ == "__main__":
    main()
