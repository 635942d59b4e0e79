"""The scripts of a page: at addresses that change with their content, loaded by the document, kept for good."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import scripts, server
from dashboard.opening import Opening
from dashboard.widgets import address


@pytest.fixture(scope="module")
def client():
    """Return a client of the route."""
    return TestClient(Starlette(routes=[Route(scripts.PATH, scripts.answer)]))


@pytest.mark.parametrize("one", [scripts.ours, scripts.plotly], ids=["ours", "plotly"])
def test_a_script_is_answered_and_may_be_kept_for_good(client, one):
    answer = client.get(f"/scripts/{one().name}")
    assert answer.status_code == 200
    assert answer.content == one().content
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["page.000000000000.js", "page.js", "..%2fserver.py", "later.js"])
def test_a_script_of_another_day_is_missed(client, name):
    assert client.get(f"/scripts/{name}").status_code == 404


def test_the_document_loads_what_is_answered(client):
    addresses = scripts.in_document().values()
    assert len(addresses) == 2
    assert [client.get(f"/{address}").status_code for address in addresses] == [200, 200]


def test_the_part_of_plotly_is_of_the_version_inside_the_locked_package_and_as_it_was_published():
    whole = files("plotly").joinpath("package_data", "plotly.min.js").read_text(encoding="utf-8")
    version, ours = (
        re.search(r"v([\d.]+)\n", text)[1] for text in (whole[:200], scripts.plotly().content[:200].decode())
    )
    assert ours == version
    told = (scripts.VENDOR / "README.md").read_text(encoding="utf-8")
    assert f"plotly.js {version}, the part" in told
    assert hashlib.sha256(scripts.plotly().content).hexdigest() in told
    assert len(scripts.plotly().content) < 2_000_000


def test_everything_of_others_has_its_licence_beside_it():
    told = (scripts.VENDOR / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in scripts.VENDOR.iterdir() if path.name != "README.md" and path.name not in told] == []


def test_a_document_fetches_no_chart_library_of_its_own_accord():
    head = server._in_language(b"<html><head></head><body></body></html>", Opening(title="Home"), "en").decode()
    assert re.findall(r"rel='(\w[\w-]*)'", head) == ["ct-library"]
    assert head.count("<script") == 1


def test_every_script_in_the_folder_is_sent():
    assert {path.stem for path in scripts.STATIC.glob("*.js")} == set(scripts.OURS)


def test_the_browser_knows_which_choices_a_session_remembers_and_an_address_may_lack():
    listed = re.search(r"MAY_BE_EMPTY = (\[.*\]);", files("dashboard").joinpath("static/steps.js").read_text("utf-8"))
    assert json.loads(listed[1]) == [name for name in address.MAY_BE_EMPTY if name not in address.QUIET]
