"""The same questions of DuckDB, PostgreSQL and ClickHouse, over more and more rows: `python benchmarks/engines.py`.

Rows are added as `scale.py` adds them: copies of every figure under other measures, for PostgreSQL and ClickHouse made
by the engine itself of a build that was carried there. PostgreSQL is started in a temporary folder; ClickHouse runs
inside a process (`pip install chdb`).
`--times 1,10,100` says how many; `--engines` which. Beside the milliseconds of the clock stand those of the processor,
which another's work does not lengthen; PostgreSQL's are another process's and are not counted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

import psycopg  # noqa: E402

from benchmarks import scale  # noqa: E402
from benchmarks.apart import apart  # noqa: E402
from cohesion.builds import schema_of  # noqa: E402
from dashboard import store, warehouse  # noqa: E402
from etl.pipeline import load  # noqa: E402
from etl.release import warehouse as carrying  # noqa: E402
from tests.local_figures import cluster  # noqa: E402

ENGINES = ("duckdb", "postgresql", "chdb")
ROUNDS = 7
TOGETHER = 25  # copies that ClickHouse makes at a time
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
    file = load.build_file(load.build(data=ROOT / "data"), data=ROOT / "data")
    print("| engine | rows | carried in s | copied in s | MB | " + " | ".join(f"{name} ms" for name in ASKED) + " |")
    print("|---|" + "---:|" * (4 + len(ASKED)))
    for times in map(int, options.times.split(",")):
        for engine in options.engines.split(","):
            with tempfile.TemporaryDirectory(dir=options.folder) as folder:
                print(_row(engine, file, times=times, folder=Path(folder)), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", default="1,10,100")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--folder", help="where the databases are written (default: the system's)")
    return parser.parse_args()


def _row(engine: str, file: Path, *, times: int, folder: Path) -> str:
    ((rows,),) = store.tuples("SELECT count(*) FROM observation", {}, build=store.build_id())
    build, carried, copied = f"x{times}", "", ""
    with ExitStack() as running:
        if engine == "duckdb":
            began = _clocks()
            address = str(scale.grown(folder / "data", times))
            copied, size = _since(began), folder
        else:
            address, size = f"chdb://{folder}", folder
            if engine == "postgresql":
                address = running.enter_context(cluster.running()).replace("+psycopg", "")
                size = Path(address.split("host=")[1])
            began = _clocks()
            carrying.carry_file(address, file, build=build)
            carried, began = _since(began), _clocks()
            COPY[engine](address, schema_of(build), times)
            copied = _since(began)
        answers = apart(_milliseconds, address, build)
        if answers["rows"][0] != times * rows:
            raise ValueError(f"{engine}: expected {times} times {rows:,} rows; came {answers['rows'][0]:,.0f}")
        milliseconds = (" / ".join(f"{ms:,.1f}" for ms in answers[name]) for name in ASKED)
        cells = (engine, f"{answers['rows'][0]:,.0f}", carried, copied, f"{_bytes(size) / 1e6:,.0f}", *milliseconds)
    return f"| {' | '.join(cells)} |"


def _clocks() -> tuple[float, float]:
    return time.monotonic(), time.process_time()


def _since(began: tuple[float, float]) -> str:
    return " / ".join(f"{now - then:.0f}" for now, then in zip(_clocks(), began, strict=True))


def _copied_in_postgresql(address: str, schema: str, times: int) -> None:
    """Add the copies without the indexes, and make these anew."""
    with psycopg.connect(address, autocommit=True) as con:
        con.execute("SET maintenance_work_mem = '2GB'")
        named = con.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = %s", (schema,)).fetchall()
        for name, _ in named:
            con.execute(f'DROP INDEX {schema}."{name}"')
        for table in carrying.ORDER:
            named_columns = con.execute(
                """SELECT column_name FROM information_schema.columns
                   WHERE table_schema = %s AND table_name = %s ORDER BY ordinal_position""",
                (schema, table),
            )
            columns = ", ".join("n || '_' || measure" if one == "measure" else one for (one,) in named_columns)
            con.execute(
                f"""INSERT INTO {schema}.{table}
                    SELECT {columns} FROM {schema}.{table}, generate_series(1, {times - 1}) AS n"""
            )
        for _, definition in named:
            con.execute(definition)
        for table in carrying.ORDER:
            con.execute(f"ANALYZE {schema}.{table}")


def _copied_in_clickhouse(address: str, schema: str, times: int) -> None:
    """Add the copies a few at a time, each few as one part of the table."""
    with closing(carrying.ClickHouse(address)) as warehouse:
        for table in carrying.ORDER:
            for first in range(1, times, TOGETHER):
                many = min(TOGETHER, times - first)
                warehouse._session.query(
                    f"""INSERT INTO {schema}.{table}
                        SELECT held.* REPLACE (concat(toString(n.number), '_', held.measure) AS measure)
                        FROM {schema}.{table} AS held CROSS JOIN numbers({first}, {many}) AS n
                        WHERE NOT match(held.measure, '^[0-9]')"""
                )


COPY = {"postgresql": _copied_in_postgresql, "chdb": _copied_in_clickhouse}


def _bytes(path: Path) -> int:
    return (
        path.stat().st_size if path.is_file() else sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
    )


def _milliseconds(address: str, build: str) -> dict[str, list[float]]:
    """Return the median milliseconds of each question, of the clock and of the processor."""
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
