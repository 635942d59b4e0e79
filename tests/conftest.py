"""What every test may lean on: the repository's own data, and the maintainers' sources where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl import load

ROOT = Path(__file__).parent.parent
SOURCES = ROOT.parent / "shared" / "sources"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out tests marked `shared` where the published sources are not at hand, and say so; never in CI."""
    if SOURCES.is_dir() or os.environ.get("CI"):
        return
    absent = pytest.mark.skip(reason="the published sources (../shared/sources) are not on this machine")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def shared_sources() -> Path:
    """Return the folder of published sources (only for tests marked `shared`)."""
    return SOURCES


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the repository's data folder."""
    return ROOT / "data"


@pytest.fixture(scope="session")
def build(data_folder: Path) -> str:
    """Build the repository's data, unless that very build exists, and return its id."""
    return load.build(data=data_folder)
