"""Every package that pyproject.toml declares is used by name in what it is declared for."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SOURCES = [
    *ROOT.glob("*.py"),
    *(
        path
        for room in ("cohesion", "etl", "dashboard", "local_figures", "pages", "workspace")
        for path in (ROOT / room).rglob("*.py")
    ),
]
# Named by those who ordered the dashboard: charts are its dictionaries, its own script draws them, its Python judges
# them in the tests (decision 24). It is imported there alone, for its import is slow.
# psycopg is found by the address of a PostgreSQL; the tests of the second store are the ones that call it.
JUDGES = {
    "plotly": [ROOT / "tests" / "dashboard" / "test_plot.py"],
    "psycopg": [ROOT / "tests" / "local_figures" / "store" / "conftest.py"],
}


def name(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower()


@pytest.mark.parametrize("package", [name(one) for one in PROJECT["dependencies"]])
def test_a_declared_package_is_imported_somewhere(package):
    modules = [
        module
        for module, owners in packages_distributions().items()
        if package in {owner.lower().replace("_", "-") for owner in owners}
    ]
    assert modules
    used = re.compile(rf"^\s*(?:import|from) (?:{'|'.join(map(re.escape, modules))})\b|files\(\"{package}\"\)", re.M)
    assert any(used.search(path.read_text(encoding="utf-8")) for path in JUDGES.get(package, SOURCES))
