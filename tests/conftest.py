"""What every test may lean on: the repository's own data, one browser, and the maintainers' sources where they are.

The awkward fact: this is read by three processes before the first test of the smallest room. So what only some rooms
need (pages, the etl, a browser) is imported by the fixture that needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from dashboard import store
from dashboard.age import TODAY, today
from dashboard.script_path import settle_path
from tests import frozen, office
from tests.browser import driving
from tests.local_figures import cluster

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from dashboard.static_copy.extent import Extent

settle_path()
os.environ[TODAY] = "2026-11-29"  # what is said of a figure's age is the same whenever the tests are run
store.DATA = frozen.folder()
os.environ["COHESION_DATA"] = str(store.DATA)  # for servers and commands that tests start
ROOT = Path(__file__).parent.parent
BROWSER = ROOT / "tests" / "browser"
HALVES = ("browser", "not browser")
SHARING = dict.fromkeys(
    ("contracts/test_caveats.py", "contracts/test_one_number_in_every_form.py"), "documents of tests/documents.py"
)
LONGEST = (
    "browser/test_other_engines.py",
    "browser/test_every_page.py",
    "browser/test_journeys.py",
    "browser/test_hands_and_eyes.py",
    "pages/test_one_publication_alone.py",
    "contracts/test_caveats.py",
    "contracts/test_one_number_in_every_form.py",
    "dashboard/test_new_releases.py",
    "etl/release/test_fuzz.py",
    "contracts/test_reorganisation.py",
    "contracts/test_static_copy.py",
    "dashboard/briefing/test_pdf.py",
    "test_deploy.py",
)
SOURCES = ROOT.parent / "shared" / "sources"
NO_CHROMIUM = (
    "no Chromium on this machine (Debian: apt install chromium-headless-shell; or name one in COHESION_CHROMIUM)"
)
ABSENT = {} if SOURCES.is_dir() else {"shared": "the published sources (../shared/sources) are not on this machine"}
ABSENT |= {} if driving.chromium() else {"browser": NO_CHROMIUM}
ABSENT |= {} if office.program() else {"office": office.NONE}
ABSENT |= {} if cluster.programs() else {"postgres": cluster.NONE}
ABSENT |= {} if find_spec("chdb") else {"clickhouse": "no ClickHouse on this machine (pip install chdb)"}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Read for one half of the tests (run.py) no module that has tests of the other alone."""
    half = config.option.markexpr
    if half not in HALVES or not collection_path.name.startswith("test_"):
        return None
    is_browsers = BROWSER in collection_path.parents
    if half == "not browser":
        return is_browsers or None
    return not (is_browsers or "mark.browser" in collection_path.read_text(encoding="utf-8")) or None


class Together(LoadFileScheduling):
    """Give a worker whole modules, so that what their tests share is made once: of those in `SHARING` all at once.

    The awkward fact: a mark of pytest-xdist 3.8 (`xdist_group`) means nothing to pytest 9.2, and says nothing of it.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return SHARING.get(module.removeprefix("tests/"), module)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together | None:
    """Let `--dist loadfile` know which modules share."""
    return Together(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest; leave out what this machine lacks, and say so; never in CI."""
    order = {f"tests/{name}": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.relative_to(ROOT).as_posix(), len(order)))
    if os.environ.get("CI"):
        return
    for marker, reason in ABSENT.items():
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """Look through all installed packages for components of Streamlit once, not in every session of AppTest (80 ms)."""
    if "streamlit" in sys.modules:
        from streamlit.components.v2 import manifest_scanner

        manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session")
def shared_sources() -> Path:
    """Return the folder of published sources (only for tests marked `shared`)."""
    return SOURCES


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the data folder of the frozen edition (tests/frozen.py)."""
    return store.DATA


@pytest.fixture(scope="session")
def build(data_folder: Path) -> str:
    """Build the frozen edition, unless that very build exists, and return its id."""
    from etl.pipeline import load

    return load.build(data=data_folder)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """Return a running Chromium, the only one of a test run; in CI its absence is a failure."""
    from playwright.sync_api import sync_playwright

    if driving.chromium() is None:
        pytest.fail(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = driving.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def copied(build: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Extent]:
    """Return a static copy of every public page of Cardiff in both languages, and what it holds."""
    from dashboard.static_copy import work
    from dashboard.static_copy.extent import Extent

    extent = Extent(build=build, day=today(), places=("W06000015",))
    folder = tmp_path_factory.mktemp("copy")
    work.make(folder, extent, processes=1, tell=lambda _: None)
    return folder, extent
