"""HTML is made by templates, which escape whatever is put in, and nowhere else.

The awkward fact: one f-string in which somebody forgets to escape a title opens every page that shows it. So no module
of the dashboard or of the pages holds a tag of HTML, but for those named here with their reasons.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TAG = re.compile(
    r"</?(?!b>|br>)[a-z][a-z0-9]*(?:[\s/>]|$)"
)  # Plotly and our hovers know <b> and <br>, and nothing else
OTHERS = {  # rooms and modules in which a tag is none of ours, with what it is
    "charts/": "the words of Plotly for what stands at the pointer",
    "server.py": "the tags of Streamlit's document, which ours are put in the place of",
    "web/rows.py": "the cells of tables, thousands to a page: escaped row by row (table_html)",
}
FEWEST_MODULES = 100


def modules() -> Iterator[Path]:
    for room in ("dashboard", "pages", "workspace"):
        yield from sorted((ROOT / room).rglob("*.py"))


def written_in(source: str) -> list[str]:
    """Return every text of a module that holds a tag; of docstrings nothing is made."""
    tree = ast.parse(source)
    holders = [
        n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    told = {id(n.body[0].value) for n in holders if n.body and isinstance(n.body[0], ast.Expr)}
    texts = (
        n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in told
    )
    return [one.value for one in texts if TAG.search(one.value)]


def is_of_others(path: Path) -> bool:
    return any(str(path.relative_to(ROOT / path.relative_to(ROOT).parts[0])).startswith(name) for name in OTHERS)


def test_no_module_holds_a_tag_of_html():
    every = list(modules())
    assert len(every) > FEWEST_MODULES
    found = {str(path): written_in(path.read_text(encoding="utf-8")) for path in every if not is_of_others(path)}
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_nobody_escapes_by_hand_but_where_texts_are_cells_or_svg():
    by_hand = re.compile(r"from html import .*escape|html\.escape\(")
    found = {str(path.relative_to(ROOT)) for path in modules() if by_hand.search(path.read_text(encoding="utf-8"))}
    assert found <= {"dashboard/web/rows.py", "dashboard/web/cards.py", "dashboard/figures/picture.py"} | {
        one for one in found if one.startswith("dashboard/charts/")
    }


def test_each_exception_is_needed():
    for name in OTHERS:
        held = [path for path in modules() if is_of_others(path) and name in str(path)]
        assert any(written_in(path.read_text(encoding="utf-8")) for path in held), name


@pytest.mark.parametrize(
    "source",
    [
        "x = f\"<p class='a'>{y}</p>\"",
        "x = '<li>' + y",
        "Markup('<a href={}>').format(y)",
        "x = '</ul>'",
        "x = '<br/>'",
    ],
)
def test_the_check_would_see_it(source):
    assert written_in(source)


@pytest.mark.parametrize(
    "source", ["x = '<b>3</b><br>people'", '"""A <p> in a docstring."""', "x = 'a < b'", "x = '<5'"]
)
def test_the_check_lets_other_texts_pass(source):
    assert not written_in(source)
