"""A workspace of this computer answers its own browser alone."""

from __future__ import annotations

import os
import socket

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from workspace import loopback
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


TABLE = """  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:2135 00000000:0000 0A 00000000:00000000 00:00000000 00000000   {listener}        0 1 1
   1: 0100007F:C350 0100007F:2135 01 00000000:00000000 00:00000000 00000000   {owner}        0 2 1
   2: 0100007F:C351 0100007F:2135 01 00000000:00000000 00:00000000 00000000   4444        0 3 1
   3: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000   4444        0 4 1
"""


@pytest.mark.parametrize(("owner", "status"), [(1234, 200), (0, 200), (4321, REFUSED)])
def test_a_cookie_that_another_person_of_this_computer_received_is_worth_nothing(tmp_path, monkeypatch, owner, status):
    (tmp_path / "tcp").write_text(TABLE.format(owner=owner, listener=9))
    monkeypatch.setattr(loopback, "CONNECTIONS", (tmp_path / "tcp", tmp_path / "none"))
    monkeypatch.setattr(loopback.os, "getuid", lambda: 1234)
    assert client().get("/").status_code == status


def test_an_address_is_written_as_linux_writes_it():
    assert loopback._forms_of("127.0.0.1") == ("0100007F", "0000000000000000FFFF00000100007F")
    assert loopback._forms_of("::1") == ("00000000000000000000000001000000",)


def test_a_connection_of_our_own_is_found_to_be_ours():
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as ours:
        client, port = ours.getsockname()
        owners = list(loopback._owners(client, port, listener.getsockname()[1]))
    assert set(owners) <= {os.getuid()}
    assert bool(owners) is loopback.CONNECTIONS[0].exists()
