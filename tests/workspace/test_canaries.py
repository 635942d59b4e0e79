"""Numbers and words that stand nowhere else are laid into a workspace, everything is used, and they are looked for.

None may be on a public page or file, in an address, a key of what is remembered, a log line, an error or a build.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper, lru_cache
from html import unescape
from itertools import chain
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard import store as published
from dashboard.i18n import LANGUAGES
from dashboard.navigation import PAGES
from dashboard.routes import ROUTES
from local_figures import door
from local_figures.store import editions
from local_figures.store.editions import RefusedError
from local_figures.templates import named
from tests.said import html
from tests.workspace.conftest import CARDIFF, ROOT, act
from workspace import routes
from workspace.figures import catalogue
from workspace.navigation import PAGES as OWN

NUMBERS = ("71933", "71911", "71893", "71881")
WORDS = ("quaggaword", "okapicourse", "numbattitle", "dugongitem", "axolotlperson")
CANARIES = (*NUMBERS, *(f"{n[:2]},{n[2:]}" for n in NUMBERS), *WORDS)
WHO = "axolotlperson"
OURS = ("dashboard", "workspace", "local_figures", "cohesion")
POLICE = {"area_code": CARDIFF, "crime_or_incident": "crime", "extracted_on": "2026-10-12"}
ROWS: dict[str, list[dict[str, str]]] = {
    "police_figures": [
        POLICE | {"quarter": quarter, "strand": strand, "count": count}
        for quarter in ("2026-04-01", "2026-07-01")
        for strand, count in zip(("total", "race", "religion"), NUMBERS, strict=False)
    ],
    "training": [
        {"quarter": "2026-07-01", "department": "Schools", "course": WORDS[1]}
        | {"attended": NUMBERS[0], "feedback_n": NUMBERS[1], "more_confident_n": NUMBERS[3]}
    ],
    "tension_log": [
        {"week_start": "2026-11-16", "area_code": CARDIFF, "tension_kind": "experienced", "theme": "race"}
        | {"level": "2", "action": WORDS[0], "count": NUMBERS[2]}
    ],
    "local_events": [
        {"date": "2026-10-10", "area_code": CARDIFF, "event_kind": "campaign"}
        | {"title_en": WORDS[2], "title_cy": WORDS[2]}
    ],
    "scorecard": [
        {"outcome": "1", "item": WORDS[3], "quadrant": "how_much", "period": "2025/26", "value": NUMBERS[3]}
        | {"unit": "schools", "target": "", "note": WORDS[0]}
    ],
}  # fmt: skip


@pytest.fixture
def laid(store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay the canaries into the workspace, put on show what can be, and be a person of a telling name."""
    editions.set_role(store, act(), person=WHO, role=editions.EDITOR)
    for template, rows in ROWS.items():
        lines = {at: dict.fromkeys(named(template).names, "") | row for at, row in enumerate(rows, start=2)}
        number = editions.upload(store, act(WHO), template=template, lines=lines)
        if named(template).told:
            door.approve(store, act(), template, number)
    monkeypatch.setattr("workspace.identity._this_person", lambda: WHO)


def told(app: AppTest) -> str:
    """Return everything that a page shows."""
    return unescape(html(app)) + repr(app.main) + repr(app.sidebar)


def addresses(app: AppTest) -> str:
    return repr(dict(app.query_params.to_dict() if hasattr(app.query_params, "to_dict") else app.query_params))


def remembered() -> Iterator[object]:
    """Yield the keys of everything that is remembered by its arguments, in our own code."""
    for one in gc.get_objects():
        if isinstance(one, _lru_cache_wrapper) and str(one.__module__).split(".")[0] in OURS:
            held = (found for found in gc.get_referents(one) if isinstance(found, dict) and found is not vars(one))
            yield from chain.from_iterable(held)


def written_since(moment: float) -> Iterator[Path]:
    for folder in (published.DATA / "build", ROOT / "data", ROOT / "dashboard" / "static"):
        yield from (path for path in folder.rglob("*") if path.is_file() and path.stat().st_mtime >= moment)


def none_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def test_no_canary_leaves_the_workspace(laid, open_page: Callable[..., AppTest], caplog, capfd, tmp_path):
    caplog.set_level(logging.DEBUG)
    began = tmp_path.stat().st_mtime
    own = {(page, lang): open_page(page, lang=lang, area=CARDIFF) for page in OWN for lang in LANGUAGES[:1]}
    assert "71,933" in told(own["own_area", "en"]), "the canaries are on the page that is for them"
    assert [none_in(addresses(app)) for app in own.values()] == [[]] * len(own)
    visitor = TestClient(Starlette(routes=[*ROUTES, *routes.ROUTES]))
    for code in catalogue.BY_CODE:
        answer = visitor.get(f"/own/figures/{code}.csv", params={"place": CARDIFF, "lang": "en"})
        assert none_in(str(answer.headers)) == []
    public = {route.path for route in ROUTES if "{" not in route.path}
    assert {path: none_in(visitor.get(path).text) for path in public} == {path: [] for path in public}
    for page in PAGES:
        app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=60)
        app.query_params["area"] = CARDIFF
        app.switch_page(f"../pages/{page}.py").run()
        assert not app.exception, page
        assert none_in(told(app) + addresses(app)) == [], page
    out, err = capfd.readouterr()
    assert none_in(caplog.text + out + err) == []
    assert [none_in(repr(key)) for key in remembered() if none_in(repr(key))] == []
    content = {path: path.read_bytes() for path in written_since(began)}
    assert [path for path, held in content.items() if any(c.encode() in held for c in CANARIES)] == []


def test_what_is_remembered_by_a_canary_would_be_found():
    @lru_cache
    def remembering(word: str) -> str:
        return word

    remembering.__module__ = "dashboard.anywhere"
    remembering(WORDS[0])
    assert any(none_in(repr(key)) for key in remembered())


def test_no_refusal_tells_what_is_held_or_of_whom(laid, store):
    for call in (
        lambda: door.show(store, act("eve"), "police_figures"),
        lambda: door.lines(store, act("eve"), "tension_log"),
        lambda: door.approve(store, act(), "police_figures", 71933),
        lambda: door.show(store, act(WHO), "tension_log_of_nobody"),
    ):
        with pytest.raises((RefusedError, KeyError)) as error:
            call()
        assert none_in(str(error.value).replace("71933", "")) == []
