"""A name is imported from the module that makes it, not from another that happens to import it too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("cohesion", "dashboard", "etl", "local_figures", "pages", "workspace")


def borrowed_in(path: Path) -> Iterator[str]:
    """Yield each name that a module takes from one of ours that only imports it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or (node.module or "").split(".")[0] not in ROOMS:
            continue
        source = ROOT.joinpath(*node.module.split(".")).with_suffix(".py")
        if source.is_file():  # what a package gives out stands in its __init__
            only_imported = imported_by(source) - made_by(source)
            yield from (
                f"{path.relative_to(ROOT)}:{node.lineno} {one.name}" for one in node.names if one.name in only_imported
            )


@cache
def imported_by(path: Path) -> frozenset[str]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return frozenset(
        (one.asname or one.name).split(".")[0]
        for node in body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for one in node.names
        if one.asname != one.name  # said to be given on
    )


@cache
def made_by(path: Path) -> frozenset[str]:
    nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    lists = [node.value for node in nodes if isinstance(node, ast.Assign) and _names_all(node.targets[0])]
    return frozenset(bound | defined | {name for one in lists for name in ast.literal_eval(one)})


def _names_all(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id == "__all__"


def test_every_name_is_imported_from_where_it_is_made():
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    assert len(files) > 400
    assert [one for path in files for one in borrowed_in(path)] == []


def test_a_borrowed_name_is_seen(tmp_path, monkeypatch):
    (tmp_path / "etl").mkdir()
    (tmp_path / "etl" / "lender.py").write_text("from datetime import date\nDAY = 1\n", encoding="utf-8")
    borrower = tmp_path / "etl" / "borrower.py"
    borrower.write_text("from etl.lender import DAY, date\n", encoding="utf-8")
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    assert [*borrowed_in(borrower)] == ["etl/borrower.py:1 date"]
