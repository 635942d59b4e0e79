"""A refusal is a sentence: no list, tuple or dictionary of Python stands in one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ETL = Path(__file__).parents[2] / "etl"
BUILDERS = {"sorted", "list", "dict", "set", "tuple"}
METHODS = {"tolist", "to_list", "to_dict", "head", "unique"}
LITERALS = (ast.List, ast.Dict, ast.Set, ast.Tuple, ast.ListComp, ast.DictComp, ast.SetComp)


def holds_several(node: ast.expr) -> bool:
    """Say whether an expression gives several things, as far as its form tells."""
    if isinstance(node, ast.Call):
        name = node.func
        return (isinstance(name, ast.Name) and name.id in BUILDERS) or (
            isinstance(name, ast.Attribute) and name.attr in METHODS
        )
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Slice) and holds_several(node.value)
    inside = node.values if isinstance(node, ast.BoolOp) else [node.left] if isinstance(node, ast.BinOp) else []
    return isinstance(node, LITERALS) or any(map(holds_several, inside))


def said_as_they_are(source: str) -> Iterator[str]:
    """Yield what refusals put into their sentence that holds several things and is not listed in words."""
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)):
        given = [node for node in ast.walk(function) if isinstance(node, ast.Assign) and holds_several(node.value)]
        names = {target.id for node in given for target in node.targets if isinstance(target, ast.Name)}
        refusals = [node for node in ast.walk(function) if isinstance(node, ast.Call) and is_call_of(node, REFUSALS)]
        for value in dict.fromkeys(value for call in refusals for value in shown(call)):
            if holds_several(value) or (isinstance(value, ast.Name) and value.id in names):
                yield f"{function.name}: {ast.unparse(value)}"


REFUSALS = ("ContractError", "Problem")


def is_call_of(call: ast.Call, names: tuple[str, ...]) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in names


def shown(call: ast.Call) -> Iterator[ast.expr]:
    """Yield the expressions that a call writes as Python would: in braces, or by `str` and `repr`."""
    for node in ast.walk(call):
        if isinstance(node, ast.FormattedValue):
            yield node.value
        if isinstance(node, ast.Call) and is_call_of(node, ("str", "repr")):
            yield from node.args


@pytest.mark.parametrize("path", sorted(ETL.rglob("*.py")), ids=lambda path: path.relative_to(ETL).as_posix())
def test_no_refusal_shows_a_list_of_python(path):
    assert list(said_as_they_are(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('raise ContractError(f"came {sorted(off)}")', ["check: sorted(off)"]),
        ('raise ContractError(f"came {sorted(off)[:5]}")', ["check: sorted(off)[:5]"]),
        ('raise ContractError([Problem(file="a", expected="b", came=str(off.to_dict()))])', ["check: off.to_dict()"]),
        ('wrong = [1]; raise ContractError(f"came {wrong}")', ["check: wrong"]),
        ('raise ContractError(f"came {listed(sorted(off))}")', []),
        ('raise ContractError(f"came {len(off)}")', []),
    ],
)
def test_a_list_in_a_refusal_is_seen(line, told):
    assert list(said_as_they_are(f"def check(off):\n    {line}\n")) == told
