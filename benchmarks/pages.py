"""Script time of every page with warm caches, beside an empty page in the same run: `python benchmarks/pages.py`."""

from __future__ import annotations

import logging
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from streamlit.testing.v1 import AppTest  # noqa: E402

from benchmarks import arguments  # noqa: E402
from dashboard.script_path import settle_path  # noqa: E402
from etl.pipeline import load  # noqa: E402

settle_path()
RERUNS = 20
PLACE = "XCAV"


def main() -> None:
    """Print a table: first run and median rerun of the empty page and of each page in both languages."""
    arguments.nothing(__doc__)
    logging.disable(logging.WARNING)
    load.build(data=ROOT / "data")
    pages = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    timed(AppTest.from_file(str(ROOT / "benchmarks" / "empty.py")))  # Streamlit's own first run is nobody's page
    rows = [("empty page", *timed(AppTest.from_file(str(ROOT / "benchmarks" / "empty.py"))))]
    rows += [(f"{page} ({lang})", *timed(opened(page, lang))) for page in pages for lang in ("en", "cy")]
    floor = rows[0][2]
    print(f"Script time in milliseconds; reruns: median and 95th percentile of {RERUNS} with warm caches\n")
    print("| page | first run | rerun | p95 | rerun over empty |\n|---|---:|---:|---:|---:|")
    for name, first, rerun, slow in rows:
        print(f"| {name} | {first:.0f} | {rerun:.1f} | {slow:.1f} | {rerun - floor:+.1f} |")


def opened(page: str, lang: str) -> AppTest:
    """Return a session that is about to open a page."""
    session = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=60)
    session.query_params["lang"] = lang
    session.query_params["place"] = PLACE
    return session.switch_page(f"../pages/{page}.py")


def timed(session: AppTest) -> tuple[float, float, float]:
    """Return the first run, the median rerun and the 95th percentile, in milliseconds."""
    took = [once(session) for _ in range(RERUNS + 1)]
    first, *reruns = took
    return first, median(reruns), sorted(reruns)[round(0.95 * (RERUNS - 1))]


def once(session: AppTest) -> float:
    """Run a session's page once and return the milliseconds; a page that fails ends the benchmark."""
    start = time.perf_counter()
    session.run()
    took = (time.perf_counter() - start) * 1000
    if session.exception:
        raise RuntimeError(f"a page failed: {session.exception[0].value}")
    return took


if __name__ == "__main__":
    main()
