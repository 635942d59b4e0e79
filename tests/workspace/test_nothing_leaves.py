"""No page of a workspace uses what would let a figure out by itself: Streamlit's own files and caches, and the log."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "workspace"
# Streamlit gives what these are handed an address that asks nobody who they are, or shares it among sessions.
NEVER = ("download_button", "image", "audio", "video", "pdf", "cache_data", "cache_resource", "remembered", "print")
PUBLIC = {("download_button", "gaps/page.py")}  # a letter that asks for what nobody publishes: its words are public
LOGS = {"answers.py", "routes.py"}  # the kind of an error, never its text


def used() -> dict[str, set[str]]:
    """Return every name that a module calls or decorates with, by module."""
    found = {}
    for path in sorted(ROOM.rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        calls = [n.func for n in nodes if isinstance(n, ast.Call)]
        marks = [mark for n in nodes if isinstance(n, ast.FunctionDef) for mark in n.decorator_list]
        names = {getattr(one, "id", getattr(one, "attr", "")) for one in (*calls, *marks)}
        found[path.relative_to(ROOM).as_posix()] = names
    return found


@pytest.mark.parametrize("name", NEVER)
def test_nothing_is_handed_to_what_asks_nobody(name):
    assert [module for module, names in used().items() if name in names and (name, module) not in PUBLIC] == []


def test_only_the_routes_write_a_log_line_and_no_exception_goes_into_it():
    assert {module for module, names in used().items() if "getLogger" in names} <= LOGS
    assert not any("exception" in names for names in used().values())


def test_what_is_remembered_for_the_life_of_the_server_is_no_figure():
    remembering = {module for module, names in used().items() if names & {"cache", "lru_cache"}}
    assert remembering <= {"html.py", "session.py"}  # engines of templates, and the open store
