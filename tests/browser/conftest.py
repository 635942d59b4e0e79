"""One server and one Chromium for all browser tests of a worker; a fresh visitor for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import driving

HERE = Path(__file__).parent
ABSENT = "no Chromium on this machine (Debian: apt install chromium; or name one in COHESION_CHROMIUM)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here `browser`; leave it out, and say so, where there is no Chromium; never in CI."""
    absent = driving.chromium() is None and not os.environ.get("CI")
    for item in (item for item in items if HERE in item.path.parents):
        item.add_marker(pytest.mark.browser)
        if absent:
            item.add_marker(pytest.mark.skip(reason=ABSENT))


@pytest.fixture(scope="session")
def site(build: str) -> Iterator[str]:
    """Return the address of the dashboard, served as a visitor would meet it, with the repository's data."""
    with driving.serving() as address:
        yield address


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """Return a running Chromium; in CI its absence is a failure."""
    if driving.chromium() is None:
        pytest.fail(ABSENT)
    with sync_playwright() as playwright:
        browser = driving.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def tab(chrome: Browser) -> Iterator[Page]:
    """Return a new visitor's tab at 1400 px: no cookies, nothing remembered."""
    context = chrome.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(driving.PATIENCE)
    yield context.new_page()
    context.close()
