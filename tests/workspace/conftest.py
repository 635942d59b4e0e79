"""Pages of a workspace as Streamlit runs them, without a browser: a store of the test's own, and somebody in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import navigation
from local_figures.store import editions
from local_figures.store.editions import Act
from local_figures.store.engine import DATABASE, Store
from workspace import identity, joining, session, settings
from workspace.presence import PRESENCE

ROOT = Path(__file__).parents[2]
CARDIFF, VALE = "W06000015", "W06000014"
Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def on_show(build: str) -> str:
    """Put the repository's data on show before any page is opened."""
    return build


@pytest.fixture
def joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Turn local mode on for one test, as `run.py --local` does, with an empty store."""
    monkeypatch.setenv(settings.LOCAL, "1")
    monkeypatch.setenv(DATABASE, f"sqlite:///{tmp_path / 'local.sqlite'}")
    monkeypatch.setattr(identity, "_this_person", lambda: "ann")
    monkeypatch.setattr(identity, "_has_key", lambda _: True)
    session.opened.cache_clear()
    joining.join()
    yield
    PRESENCE.keep_in(None)
    session.opened().engine.dispose()
    session.opened.cache_clear()
    navigation.join(navigation.NOBODY)


@pytest.fixture
def store(joined: None) -> Store:
    """Return the store, with a workspace for Cardiff and the Vale whose approver is ann."""
    opened = session.opened()
    editions.open_workspace(opened, act(), areas=(CARDIFF, VALE))
    return opened


def act(who: str = "ann") -> Act:
    """Return somebody who does something in the workspace now."""
    return Act(workspace=session.ON_THIS_COMPUTER, who=who, now=datetime.now(UTC))


@pytest.fixture
def open_page(joined: None) -> Open:
    """Return a visitor's browser: `open_page("own_area", lang="cy")`."""

    def visit(page: str, **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=30)
        for name, value in address.items():
            app.query_params[name] = value
        return app.switch_page(f"../workspace/pages/{page}.py").run()

    return visit
