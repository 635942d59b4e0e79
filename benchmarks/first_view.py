"""A page's first view in two checkouts, in turns: `python benchmarks/first_view.py OLD NEW [--page profile]`.

Each view has a process of its own, in which other pages of Wales were opened before: so Python's modules are
read, and nothing is remembered of the place. What is timed is the page's script, on the processor and by the clock.
With `--beside W06000022,W06000011` these stand on every line of the second checkout, which may be the first again.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from benchmarks.apart import apart  # noqa: E402

RUNS = 9
BEFORE = ("data_and_methods", "home")  # what any page imports, and what those of briefings do


def main() -> None:
    """Print a table: the median and the least of each checkout, and the new one's share of the old one's time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkouts", nargs="*", type=Path, metavar="CHECKOUT", help="old and new")
    parser.add_argument("--page", default="profile")
    parser.add_argument("--place", default="XCAV")
    parser.add_argument("--beside", default="", help="codes of places beside ours, in the second checkout alone")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    if len(options.checkouts) != 2:
        parser.error(f"expected an old and a new checkout; came {len(options.checkouts)} paths")
    took = [
        [
            apart(_once, options.page, options.place, options.beside if second else "", checkout=one)
            for second, one in enumerate(options.checkouts)
        ]
        for _ in range(options.runs)
    ]
    print(f"First view of {options.page} for {options.place}: ms, median (least) of {options.runs} in turns\n")
    print("| | old | new | new / old | in pairs, from to |\n|---|---:|---:|---:|---|")
    for name, pairs in (
        ("on the processor", [[view[0] for view in pair] for pair in took]),
        ("by the clock", [[view[1] for view in pair] for pair in took]),
    ):
        old, new = (sorted(pair[n] for pair in pairs) for n in (0, 1))
        ratios = sorted(after / before for before, after in pairs)
        share = f"{median(new) / median(old):.2f} ({new[0] / old[0]:.2f})"
        times = " | ".join(f"{median(every):.0f} ({every[0]:.0f})" for every in (old, new))
        print(f"| {name} | {times} | {share} | {ratios[0]:.2f} to {ratios[-1]:.2f} |")


def _once(page: str, place: str, beside: str) -> tuple[float, float]:
    """Return the milliseconds that a page's script takes on the processor and by the clock."""
    sys.path[0] = str(Path.cwd())
    logging.disable(logging.WARNING)
    from dashboard.script_path import settle_path  # noqa: PLC0415 - of the checkout that is asked

    settle_path()
    for other in BEFORE:
        _open(other, "W92000004")
    return _open(page, place, beside=beside)


def _open(page: str, place: str, *, beside: str = "") -> tuple[float, float]:
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner  # noqa: PLC0415
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415

    took: list[tuple[float, float]] = []
    run = ScriptRunner._run_script

    def timed(self: ScriptRunner, *args: object, **kwargs: object) -> None:
        start = time.process_time(), time.perf_counter()
        run(self, *args, **kwargs)
        took.append(((time.process_time() - start[0]) * 1000, (time.perf_counter() - start[1]) * 1000))

    session = AppTest.from_file(str(Path.cwd() / "dashboard" / "main.py"), default_timeout=120)
    session.query_params["lang"], session.query_params["place"] = "en", place
    if beside:
        session.query_params["with"] = beside
    ScriptRunner._run_script = timed
    try:
        session.switch_page(f"../pages/{page}.py").run()
    finally:
        ScriptRunner._run_script = run
    if session.exception:
        raise RuntimeError(f"a page failed: {session.exception[0].value}")
    return took[-1]


if __name__ == "__main__":
    main()
