"""A workspace of this computer answers its own browser alone."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from workspace.loopback import REFUSED, Loopback


def client(**options) -> TestClient:
    app = Starlette(
        routes=[Route("/", lambda _: PlainTextResponse("here"), methods=["GET", "POST"])],
        middleware=[Middleware(Loopback)],
    )
    return TestClient(app, **{"base_url": "http://localhost:8501", "client": ("127.0.0.1", 50000)} | options)


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "localhost", "[::1]:8501"])
def test_a_browser_of_this_computer_is_answered(host):
    assert client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "trends.example"},
        {"host": "localhost.trends.example"},
        {"host": "127.0.0.1.trends.example:8501"},
        {"host": "192.168.1.7:8501"},
        {"host": ""},
        {"x-forwarded-for": "192.168.1.7"},
        {"forwarded": "for=192.168.1.7"},
        {"origin": "http://trends.example"},
        {"origin": "http://localhost:3000"},
        {"origin": "null"},
    ],
)
def test_whatever_comes_from_elsewhere_is_refused(headers):
    assert client().get("/", headers=headers).status_code == REFUSED


def test_another_computer_is_refused_whatever_it_says():
    assert client(client=("192.168.1.7", 50000)).get("/").status_code == REFUSED
