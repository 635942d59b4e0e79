"""What the tests of the dashboard look at: the build of the repository's own data, and views of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import queries
from dashboard.figure import View
from etl import load


@pytest.fixture(scope="session")
def build(data_folder: Path) -> str:
    """Build the repository's data, unless that very build exists, and return its id."""
    return load.build(data=data_folder)


@pytest.fixture(scope="session")
def view(build: str) -> Callable[..., View]:
    """Return a maker of views: `view("W06000015", "cy")`."""
    return lambda place, lang="en": View(place=queries.area(place, build=build), lang=lang, build=build)
