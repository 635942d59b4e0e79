"""Every figure there is, from the catalogue: one that is added tomorrow is tested tomorrow without being listed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType

import dashboard.blocks
from dashboard import places
from dashboard.blocks import groups, small_areas
from dashboard.figure import Block, Figure, View
from dashboard.figures.catalogue import COMPARED, ENTRIES, GROUP, LAYER, answer, with_usual

Make = Callable[[View], Block | None]
ANSWERS = ("Block", "Block | None", "NotHeld | None", "Figure", "Figure | None")
HELPERS = ("build", "common", "compare")  # what blocks are made with
CHOICES = {
    GROUP: [{"group": each.code} for each in groups.GROUPS],
    LAYER: [{"layer": each.code} for each in small_areas.LAYERS],
    COMPARED: [{"measure": choice.code} for choice in places.CHOICES],
}


def every_block() -> dict[str, Make]:
    """Return every figure as a function of a view alone, by its code; those of a choice with each of its choices."""
    return {
        "_".join((entry.code, *options.values())): partial(usual_block, code=entry.code, **options)
        for entry in ENTRIES
        for options in CHOICES.get(entry.options, [{}])
    }


def usual_block(view: View, /, *, code: str, **options: str) -> Block | None:
    """Return a figure as a page first shows it to a view, but for the `options` given."""
    return answer(code, with_usual(code, view, **options))


def unknown() -> set[str]:
    """Return the functions that answer with a figure and stand in no entry of the catalogue."""
    listed = {getattr(entry.block, "func", entry.block) for entry in ENTRIES}
    return {function.__name__ for function in _public() if function not in listed}


def _public() -> Iterator[FunctionType]:
    for info in iter_modules(dashboard.blocks.__path__):
        if info.name in HELPERS:
            continue
        module = import_module(f"dashboard.blocks.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            mine = function.__module__ == module.__name__ and not name.startswith("_")
            if mine and str(inspect.signature(function).return_annotation) in ANSWERS:
                yield function


def cells(figure: Figure, key: str) -> list:
    """Return one column of a figure's table."""
    index = [c.key for c in figure.table.columns].index(key)
    return [row[index] for row in figure.table.rows]
