"""The scripts of a page: at addresses that change with their content, loaded by the document, kept for good."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import scripts


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
    addresses = re.findall(r"'\./(scripts/[^']+)'", scripts.in_document())
    assert len(addresses) == 2
    assert [client.get(f"/{address}").status_code for address in addresses] == [200, 200]


def test_plotly_is_the_one_of_the_locked_package():
    assert scripts.plotly().content.startswith(b"/**\n* plotly.js v")


def test_every_script_in_the_folder_is_sent():
    assert {path.stem for path in scripts.STATIC.glob("*.js")} == set(scripts.OURS)
