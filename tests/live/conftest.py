"""The tables that are committed, whatever edition they are: what the rules of this folder are held against."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import store
from etl.pipeline import load

LIVE = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def live_build() -> str:
    """Build the committed tables, unless that very build exists, and return its id."""
    return load.build(data=LIVE)


@pytest.fixture(autouse=True)
def live_on_show(live_build: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let every question go to the build of the committed tables."""
    monkeypatch.setattr(store, "DATA", LIVE)
    return live_build
