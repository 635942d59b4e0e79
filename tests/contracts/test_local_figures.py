"""The council's own figures stay where they are: no page, file, build, address or log knows of them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAIN = """
import sys
import app
ROOMS = ('local_figures', 'workspace', 'sqlalchemy', 'alembic', 'psycopg')
loaded = [name for name in sys.modules if name.split('.')[0] in ROOMS]
assert loaded == [], loaded
from dashboard.navigation import PAGES, every_page
assert every_page() == PAGES
"""


def test_a_plain_run_loads_nothing_of_the_room_and_no_database_of_its():
    result = subprocess.run([sys.executable, "-c", PLAIN], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_the_store_is_no_part_of_the_repository_and_lies_outside_what_is_served_and_built():
    from local_figures.store.engine import FOLDER

    ignored = subprocess.run(["git", "check-ignore", "data/local/figures.sqlite"], cwd=ROOT, check=False)
    assert ignored.returncode in (0, 128)  # 128: a copy without git
    assert (ROOT / ".gitignore").read_text(encoding="utf-8").count("data/local/") == 1
    served_or_built = [ROOT / "dashboard" / "static", ROOT / "data" / "build", ROOT / "data" / "tidy"]
    assert not any(FOLDER.is_relative_to(folder) for folder in served_or_built)


def calls(name: str) -> list[str]:
    """Return the modules of the room that call a function of this name."""
    found = []
    for path in sorted((ROOT / "local_figures").rglob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if any(isinstance(n, ast.Call) and getattr(n.func, "id", getattr(n.func, "attr", None)) == name for n in nodes):
            found.append(path.relative_to(ROOT / "local_figures").as_posix())
    return found


@pytest.mark.parametrize("name", ["kept_editions", "newest", "tabulated", "protect"])
def test_only_the_door_reads_counts_and_decides_what_is_hidden(name):
    assert calls(name) == ["door.py"]


def test_nothing_is_printed_or_logged_but_by_the_command():
    assert calls("print") == ["__main__.py"]
    assert calls("getLogger") == []


def test_the_pages_of_a_workspace_come_to_counts_by_the_door_alone_and_remember_nothing_by_them():
    behind = ("local_figures.store.rows", "local_figures.tabulate", "local_figures.control")
    for path in sorted((ROOT / "workspace").rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        modules = [n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)]
        modules += [name.name for n in nodes if isinstance(n, ast.Import) for name in n.names]
        assert not [m for m in modules if m.startswith(behind)], path
        cached = [n.attr for n in nodes if isinstance(n, ast.Attribute) and n.attr.startswith("cache_")]
        assert not {"cache_data", "cache_resource"} & set(cached), path
