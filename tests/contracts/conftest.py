"""The build whose promises are tested: that of the repository's own data."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl import load


@pytest.fixture(scope="session")
def build(data_folder: Path) -> str:
    """Build the repository's data, unless that very build exists, and return its id."""
    return load.build(data=data_folder)
