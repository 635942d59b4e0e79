"""Names say their subject: a word that says how a value came about says nothing of what it is.

The awkward fact: the house had thousands of them before anyone counted, since such a name is always at hand. So the
rooms have none; many of the tests still do. `expected` and `came` are the pair of an error.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BARE = frozenset(
    (
        "found",
        "told",
        "held",
        "asked",
        "made",
        "said",
        "known",
        "shown",
        "given",
        "kept",
        "wanted",
        "taken",
        "seen",
        "got",
    )
)
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
ROOMS = ("cohesion", "etl", "local_figures", "workspace", "dashboard", "pages", "benchmarks")


def bare_names(text: str) -> Iterator[str]:
    """Yield each bare name of a module with its line, once for each function that has it."""
    yield from _of_scope(ast.parse(text))


def _of_scope(scope: ast.AST) -> Iterator[str]:
    lines: dict[str, int] = {}
    inner: list[ast.AST] = []
    todo = [scope]
    while todo:
        for node in ast.iter_child_nodes(todo.pop()):
            name = _bound(node)
            plain = name.strip("_")
            if plain in BARE or (plain.istitle() and plain.lower() in BARE):  # classes too, but no constants
                lines.setdefault(name, getattr(node, "lineno", 0))
            (inner if isinstance(node, SCOPES) else todo).append(node)
    yield from (f"{line}: {name}" for name, line in lines.items())
    for each in inner:
        yield from _of_scope(each)


def _bound(node: ast.AST) -> str:
    """Return the name that a node gives to something, "" for none."""
    if isinstance(node, ast.Name):
        return node.id if isinstance(node.ctx, ast.Store) else ""
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.alias):
        return node.asname or ""
    return node.name or "" if isinstance(node, NAMED) else ""


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_no_names_without_a_subject(room):
    files = [path for path in sorted((ROOT / room).rglob("*.py")) if "vendor" not in path.parts]
    names = [
        f"{path.relative_to(ROOT)}:{one}" for path in files for one in bare_names(path.read_text(encoding="utf-8"))
    ]
    assert files
    assert names == [], "name the subject (rows, figures, sentence): see docs/names.md"


def test_a_bare_name_is_seen_wherever_it_is_bound():
    lines = (
        "def given(found):",
        "    for said in found:",
        "        held = [told for told in said]",
        "    return lambda asked: held, asked",
        "async def made():",
        "    from names import known as kept",
        "    try: pass",
        "    except OSError as seen: pass",
        "    match seen:",
        "        case shown: pass",
        "class _Wanted: pass",
    )
    of_a_function = {"1: given", "1: found", "2: said", "3: held", "3: told", "4: asked"}
    of_another = {"5: made", "6: kept", "8: seen", "10: shown", "11: _Wanted"}
    assert {*bare_names("\n".join(lines))} == of_a_function | of_another
