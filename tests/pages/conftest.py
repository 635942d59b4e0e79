"""Pages run as Streamlit runs them, without a browser: a script, a session, an address."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from tests.said import html

ROOT = Path(__file__).parents[2]
Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def on_show(build: str) -> str:
    """Put the repository's data on show before any page is opened."""
    return build


def visit(page: str, **address: str | list[str]) -> AppTest:
    """Open a page as a visitor who comes by an address."""
    session = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=30)
    for name, value in address.items():
        session.query_params[name] = value
    return session.switch_page(f"../pages/{page}.py").run()


@pytest.fixture
def open_page() -> Open:
    """Return a visitor's browser: `open_page("migration", lang="cy", place="W06000015")`."""
    return visit


@pytest.fixture
def no_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every figure away: the store looks into an empty folder."""
    monkeypatch.setattr(store, "DATA", tmp_path)


@pytest.fixture
def read() -> Callable[[AppTest], str]:
    """Return a reader of everything that a page says, as one text."""

    def text(session: AppTest) -> str:
        plain = [e.value for kind in ("title", "markdown", "info", "code") for e in getattr(session, kind)]
        return unescape("\n".join([html(session), *plain]))

    return text
