"""One server for all browser tests; a fresh visitor for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import driving

HERE = Path(__file__).parent
expect.set_options(timeout=driving.PATIENCE)  # as long as everything else that is waited for


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here `browser`."""
    for item in (item for item in items if HERE in item.path.parents):
        item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(build: str) -> Iterator[str]:
    """Return the address of the dashboard, served as a visitor would meet it, with the repository's data."""
    with driving.serving() as address:
        yield address


@pytest.fixture
def tab(chrome: Browser) -> Iterator[Page]:
    """Return a new visitor's tab at 1400 px: no cookies, nothing remembered."""
    context = chrome.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(driving.PATIENCE)
    yield context.new_page()
    context.close()
