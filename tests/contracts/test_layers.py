"""Imports run one way, and the law that says so has teeth."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, check=False)


def contracts() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def test_every_contract_is_kept():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout
    assert [name for name in contracts() if f"{name} KEPT" not in result.stdout] == []


BROKEN = {
    "cohesion/vocabulary.py": ("import pandas", "the vocabulary knows nobody"),
    "pages/home.py": ("import pandas", "pages ask and show"),
    "pages/migration.py": ("from etl.pipeline import load", "pages know no publications"),
    "dashboard/queries.py": ("from dashboard.blocks import common", "imports run one way"),
    "dashboard/blocks/census.py": ("import streamlit", "only widgets and the frame draw"),
    "dashboard/briefing/slides.py": ("from dashboard.blocks import sanctuary", "through the catalogue alone"),
    "dashboard/tables.py": ("import duckdb", "only the store opens the database"),
    "dashboard/charts/geometry/dots.py": ("from dashboard import queries", "drawn from what they are given"),
    "dashboard/charts/spec.py": ("from dashboard.charts.svg import svg", "decided without a drawer"),
    "dashboard/charts/geometry/lines.py": ("import pptx", "decided without a drawer"),
    "dashboard/charts/svg/canvas.py": (
        "from dashboard.charts.plotly import plot",
        "a drawer knows no other drawer",
    ),
    "dashboard/charts/plotly/maps.py": ("import geopandas", "geometry is the work of the etl"),
    "etl/geo/geography.py": ("from etl.release import refresh", "inside the etl a room knows only those below it"),
    "dashboard/findings/gaps.py": (
        "from local_figures.control import protect",
        "no other room knows the council's own",
    ),
    "local_figures/store/backup.py": ("from local_figures.store import rows", "read by the door alone"),
    "local_figures/__init__.py": ("from dashboard import store", "never touch the published store"),
    "workspace/settings.py": ("from workspace import session", "stands above them"),
    "workspace/frame.py": ("from local_figures.store import rows", "has come through the door"),
    "local_figures/control/model.py": ("import pandas", "decided from counts alone"),
    "etl/reading/periods.py": ("from dashboard.i18n import t", "do not know each other"),
}


@pytest.fixture(scope="module")
def law_broken_everywhere(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Break every contract in a copy of the code, and return what the linter says."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for room in ("cohesion", "dashboard", "etl", "local_figures", "pages", "workspace"):
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for file, (line, _) in BROKEN.items():
        with (copy / file).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    return lint(copy).stdout


@pytest.mark.parametrize(("line", "contract"), BROKEN.values(), ids=BROKEN)
def test_an_import_against_the_street_is_seen(law_broken_everywhere, line, contract):
    (name,) = [one for one in contracts() if contract in one]
    assert f"{name} BROKEN" in law_broken_everywhere, f"after {line!r}"


def test_every_contract_was_broken_once_above():
    assert [one for one in contracts() if not any(contract in one for _, contract in BROKEN.values())] == []
