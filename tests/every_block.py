"""Every block there is, found in the code: one that is added tomorrow is tested tomorrow without being listed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType

import dashboard.blocks
from dashboard.blocks import census, compare_places, comparison, migration, small_areas
from dashboard.figure import Block, Figure, View

Make = Callable[[View], Block | None]
ANSWERS = ("Block", "Block | None", "NotHeld | None", "Figure", "Figure | None")
HELPERS = ("build", "common", "compare")  # what blocks are made with
# Those that are asked for more than a view: a year, a section, a layer, a choice of the reader.
GIVEN_MORE = {"components", "answer", "local_map", "area_map", "ranked", "funnel"}


def newest_components(view: View) -> Block:
    """Return the waterfall of the newest year held."""
    return migration.components(view, year=next(iter(migration.waterfall_years(view)), None))


def every_block() -> dict[str, Make]:
    """Return every block as a function of a view alone, by name; those of a choice with each of its choices."""
    found: dict[str, Make] = {f.__name__: f for f in _public() if _needs(f) == ["view"]}
    found |= {f"census_{s.name}": partial(census.answer, s) for s in census.SECTIONS}
    found |= {f"small_areas_{each.code}": partial(small_areas.local_map, layer=each) for each in small_areas.LAYERS}
    for choice in comparison.CHOICES:
        asked = compare_places.Asked(measure=choice.code, among="wales", form="map")
        for make in (compare_places.area_map, compare_places.ranked, compare_places.funnel):
            found[f"compare_{make.__name__}_{choice.code}"] = partial(make, asked=asked)
    return found | {"components": newest_components}


def unknown() -> set[str]:
    """Return the blocks that `every_block` does not know how to ask."""
    return {f.__name__ for f in _public() if _needs(f) != ["view"]} - GIVEN_MORE


def _public() -> Iterator[FunctionType]:
    for info in iter_modules(dashboard.blocks.__path__):
        if info.name in HELPERS:
            continue
        module = import_module(f"dashboard.blocks.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            mine = function.__module__ == module.__name__ and not name.startswith("_")
            if mine and str(inspect.signature(function).return_annotation) in ANSWERS:
                yield function


def _needs(function: FunctionType) -> list[str]:
    return [p.name for p in inspect.signature(function).parameters.values() if p.default is p.empty]


def cells(figure: Figure, key: str) -> list:
    """Return one column of a figure's table."""
    index = [c.key for c in figure.table.columns].index(key)
    return [row[index] for row in figure.table.rows]
