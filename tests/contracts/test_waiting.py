"""A browser test waits for what it says of a page, and never reads it once.

The awkward fact: after a click a page still says what it said before. `expect(...)` looks until it is so; what an
`assert` reads is what stood there at that moment, and passes or fails by how busy a machine is.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

BROWSER = Path(__file__).parents[1] / "browser"
ONCE = frozenset(
    {"inner_text", "text_content", "inner_html", "all_inner_texts", "all_text_contents", "input_value"}
    | {"is_visible", "is_hidden", "is_enabled", "is_disabled", "is_checked", "get_attribute", "title"}
)


def read_once(source: str) -> list[int]:
    """Return the lines where what a page says is asserted as it was read; `count()` without words is of a page too."""
    asserted = (one.test for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Assert))
    calls = (one for test in asserted for one in ast.walk(test) if isinstance(one, ast.Call))
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and (call.func.attr in ONCE or (call.func.attr == "count" and not call.args))
    ]


@pytest.mark.parametrize("path", sorted(BROWSER.glob("test_*.py")), ids=lambda path: path.stem)
def test_nothing_of_a_page_is_asserted_as_it_was_read_once(path):
    assert read_once(path.read_text(encoding="utf-8")) == []


def test_what_is_read_once_would_be_found():
    assert read_once("assert 'a' in tab.locator('p').inner_text()\nassert tab.locator('p').count() == 1") == [1, 2]
    assert read_once("assert text.count('a') == 2\nexpect(tab.locator('p')).to_have_count(1)") == []
