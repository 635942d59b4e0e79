"""Code that stays readable: short functions, short pages, nothing left to do in a comment."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FUNCTION = 60
LONGEST_PAGE = 60
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
PAGES = [
    *(path for room in ("pages", "workspace/pages") for path in sorted((ROOT / room).glob("*.py"))),
    ROOT / "app.py",
]
ROOMS = ("cohesion", "etl", "dashboard", "local_figures", "workspace")
CODE = [
    *sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")),
    *PAGES,
]
COLOUR = re.compile(r"""["']#[0-9A-Fa-f]{6}["']""")


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_no_function_is_longer_than_a_screen():
    functions = [
        (f"{path.relative_to(ROOT).as_posix()} {node.name}", node.end_lineno - node.lineno + 1)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert len(functions) > 100
    assert [(name, length) for name, length in functions if length > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_picks_asks_and_shows_in_fewer_than_sixty_lines(page):
    assert len(lines(page)) < LONGEST_PAGE


def test_nothing_is_left_to_do_in_a_comment():
    tests = (path for path in (ROOT / "tests").rglob("*.py"))
    places = [*CODE, *tests, *(ROOT / "dashboard" / "sql").glob("*.sql"), ROOT / "run.py"]
    left = [f"{path.name}: {line.strip()}" for path in places for line in lines(path) if UNFINISHED.search(line)]
    assert left == []


def test_no_colour_is_written_where_blocks_and_widgets_are_made():
    made = [path for path in CODE if {"blocks", "widgets", "pages"} & set(path.relative_to(ROOT).parts)]
    assert [f"{path.name}: {line.strip()}" for path in made for line in lines(path) if COLOUR.search(line)] == []
