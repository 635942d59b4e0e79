"""An answer that was made is not made again, is sent by tag, and never outlives its build, its day or its bound."""

from __future__ import annotations

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import answers, store
from dashboard.answers import Remembered


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def client(build, asked) -> TestClient:
    def answer(request):
        asked.append(str(request.url.query))
        status = int(request.query_params.get("status", 200))
        return Response(b"x" * int(request.query_params.get("size", 10)), status_code=status)

    routes = [Route("/figures/{name}", answer), Route("/other", answer)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Remembered, most_bytes=2_500)]))


def test_the_second_reader_gets_what_the_first_had_made(client, asked):
    first, second = client.get("/figures/a?n=1"), client.get("/figures/a?n=1")
    assert (first.content, first.headers["etag"]) == (second.content, second.headers["etag"])
    assert asked == ["n=1"]
    assert client.get("/figures/a?n=1", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert client.head("/figures/a?n=1").headers["content-length"] == "10"
    assert asked == ["n=1"]


def test_a_refusal_and_another_folder_are_not_remembered(client, asked):
    for address in ("/figures/a?status=404", "/other"):
        client.get(address)
        client.get(address)
    assert len(asked) == 4


def test_the_oldest_goes_when_there_is_too_much(client, asked):
    for n in (1, 2, 3, 1):
        client.get(f"/figures/a?size=200&n={n}")
    assert asked == [f"size=200&n={n}" for n in (1, 2, 3, 1)]


def test_an_endless_address_is_answered_and_not_remembered(client, asked):
    for _ in range(2):
        client.get(f"/figures/a?n={'1' * answers.LONGEST}")
    assert len(asked) == 2


def test_many_small_answers_take_their_room_too(client, asked):
    for n in range(3):
        client.get(f"/figures/a?size=0&n={n}")
    client.get("/figures/a?size=0&n=0")
    assert len(asked) == 4  # the first one had gone: its address and headers count


def test_who_asks_at_the_same_moment_waits_for_the_one_answer(build):
    made = []

    async def slow(scope, receive, send):
        made.append(scope["path"])
        await asyncio.sleep(0.05)
        await Response(b"x")(scope, receive, send)

    async def ask_twice():
        app = Remembered(slow)
        got = []

        async def send(message):
            got.append(message)

        scope = {"type": "http", "method": "GET", "path": "/cards/a.png", "headers": [], "query_string": b""}
        await asyncio.gather(*(app(scope, None, send) for _ in range(5)))
        return [one["status"] for one in got if "status" in one]

    assert asyncio.run(ask_twice()) == [200] * 5
    assert made == ["/cards/a.png"]


@pytest.mark.parametrize("name", ["today", "build_id"])
def test_another_day_or_another_build_is_another_answer(client, asked, monkeypatch, name):
    client.get("/figures/a")
    if name == "today":
        tomorrow = answers.today().replace(year=2099)
        monkeypatch.setattr(answers, "today", lambda: tomorrow)
    else:
        monkeypatch.setattr(store, "build_id", lambda: "f" * 12)
    client.get("/figures/a")
    assert len(asked) == 2
