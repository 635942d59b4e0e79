"""Every block there is, found in the code: one that is added tomorrow is tested tomorrow without being listed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pkgutil import iter_modules

import dashboard.blocks
from dashboard.blocks import migration, profile, small_areas
from dashboard.figure import Block, Figure, View

Make = Callable[[View], Block | None]
GIVEN_MORE = {"components", "census", "local_map"}  # these are asked for a year, a section or a layer too


def newest_components(view: View) -> Block:
    """Return the waterfall of the newest year held."""
    return migration.components(view, year=next(iter(migration.waterfall_years(view)), None))


def every_block() -> dict[str, Make]:
    """Return every public function of `dashboard.blocks` that makes a block of a view, by name."""
    found = dict(_made_of_a_view())
    found |= {f"census_{s.name}": partial(profile.census, s) for s in profile.SECTIONS}
    found |= {f"small_areas_{each.code}": partial(small_areas.local_map, layer=each) for each in small_areas.LAYERS}
    return found | {"components": newest_components}


def _made_of_a_view() -> Iterator[tuple[str, Make]]:
    for info in iter_modules(dashboard.blocks.__path__):
        module = import_module(f"dashboard.blocks.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            signature = inspect.signature(function)
            if str(signature.return_annotation) not in ("Block", "NotHeld | None", "Block | None"):
                continue
            needed = [p.name for p in signature.parameters.values() if p.default is p.empty]
            if needed == ["view"]:
                yield name, function
            elif name not in GIVEN_MORE:
                raise AssertionError(
                    f"{module.__name__}.{name}({', '.join(needed)}): tell tests/every_block.py how to ask it"
                )


def cells(figure: Figure, key: str) -> list:
    """Return one column of a figure's table."""
    index = [c.key for c in figure.table.columns].index(key)
    return [row[index] for row in figure.table.rows]
