"""What the tests of the dashboard look at: views of the build of the repository's own data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard import queries
from dashboard.figure import View


@pytest.fixture(scope="session")
def view(build: str) -> Callable[..., View]:
    """Return a maker of views: `view("W06000015", "cy")`."""
    return lambda place, lang="en": View(place=queries.area(place, build=build), lang=lang, build=build)
