"""Open this first: everything we pull, as the modules below `etl/publications` declare it themselves.

A module says which tables it makes (`DATASETS`), how a publisher's own file gives them (`PUBLISHED_FILES`), and by what
such a file is told from others (`SIGNS`). There is no other list: a folder that is there is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from etl import publications
from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.published_files import PublishedFile, Signs

Declared = TypeVar("Declared")


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return every module of every publication, by publisher, publication and name; none is left out by its folder.

    Raises `ContractError` with what is wrong in the files beside all of them.
    """
    (root,) = map(Path, publications.__path__)
    files = sorted(path.relative_to(root).with_suffix("") for path in root.rglob("*.py") if path.stem != "__init__")
    loaded, problems = [], []
    for file in files:
        try:
            loaded.append(import_module(".".join([publications.__name__, *file.parts])))
        except ContractError as error:
            problems += [str(error)]
    if problems:
        raise ContractError("\n".join(dict.fromkeys(problems)))
    return tuple(loaded)


def _declared(name: str) -> Iterator[Any]:
    for module in modules():
        yield from getattr(module, name, ())


def _datasets() -> dict[str, Dataset]:
    every: list[Dataset] = list(_declared("DATASETS"))
    return _each_once([dataset.name for dataset in every], every, what="each dataset declared once")


def _published_files() -> dict[str, PublishedFile]:
    every: list[PublishedFile] = list(_declared("PUBLISHED_FILES"))
    return _each_once([file.dataset for file in every], every, what="one published file of each dataset")


def _each_once(names: list[str], every: list[Declared], *, what: str) -> dict[str, Declared]:
    """Return what was declared by its names; raise `ContractError` where one of them would be lost to another."""
    if twice := sorted(name for name, times in Counter(names).items() if times > 1):
        raise ContractError(f"etl/publications: expected {what}; came twice {', '.join(twice)}")
    return dict(zip(names, every, strict=True))


ALL = _datasets()
# Datasets of which no file was ever at hand: there is no table of theirs, and `extract all` leaves them out.
AWAITED = tuple(name for name, dataset in ALL.items() if not dataset.material)
DATASETS = {name: dataset for name, dataset in ALL.items() if name not in AWAITED}
PUBLISHED_FILES = _published_files()
SIGNS: tuple[Signs, ...] = tuple(_declared("SIGNS"))
