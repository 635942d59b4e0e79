"""Scripts travel packed, are packed once, and an icon does not bring four thousand."""

from __future__ import annotations

import gzip

import pytest
from fontTools.ttLib import TTFont
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.precompressed import FEW, Packed
from tests.icons import named, signs

SCRIPT = b"var everything = 'is repeated';" * 1000
ICONS = "/static/media/MaterialSymbols-Rounded.nEdyypZU.woff2"
UNKNOWN_TO_THE_FONT = {"spinner", "star_filled"}  # drawn otherwise, or not by Streamlit's own font either


class Server:
    """A server that counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def answer(self, request: Request) -> Response:
        self.asked += 1
        if "missing" in request.url.path:
            return PlainTextResponse("none", status_code=404)
        if "page" in request.url.path:
            return HTMLResponse("<p>a page</p>")
        return Response(SCRIPT, media_type="text/javascript", headers={"etag": '"1"', "x-also": "this"})


@pytest.fixture
def server():
    """Return what answers behind."""
    return Server()


@pytest.fixture
def client(server):
    """Return a browser that understands what is packed."""
    app = Packed(Starlette(routes=[Route("/{path:path}", server.answer)]))
    return TestClient(app, headers={"accept-encoding": "gzip, deflate, br"})


def test_a_script_travels_packed_and_is_packed_once(client, server):
    for _ in range(3):
        answer = client.get("/static/js/index.Dor_m-vYxC.js")
        assert answer.content == SCRIPT
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < len(SCRIPT) / 10
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["x-also"] == "this"
        assert "etag" not in answer.headers
    assert server.asked == 1


@pytest.mark.parametrize("headers", [{"accept-encoding": "identity"}, {"range": "bytes=0-9"}])
def test_who_does_not_understand_it_or_wants_a_part_gets_it_as_it_is(client, server, headers):
    answer = client.get("/static/js/index.D.js", headers=headers)
    assert "content-encoding" not in answer.headers
    assert answer.content == SCRIPT
    assert server.asked == 1


@pytest.mark.parametrize("path", ["static/js/missing.js", "static/js/page.js"])
def test_what_is_not_there_is_said_every_time_and_not_kept(client, server, path):
    first, second = client.get(f"/{path}"), client.get(f"/{path}")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert "content-encoding" not in second.headers
    assert server.asked == 2


@pytest.mark.parametrize("path", ["home", "static/media/x.png", "api/v1/static/js/a.js", "static/js/../../app.js"])
def test_everything_else_is_passed_on(client, server, path):
    assert "content-encoding" not in client.get(f"/{path}").headers
    assert server.asked == 1


def test_the_icon_font_is_the_few(client, server):
    answer = client.get(ICONS)
    assert answer.content == FEW.read_bytes()
    assert len(answer.content) < 20_000
    assert server.asked == 0


def test_every_icon_that_streamlit_names_is_among_the_few():
    assert {"keyboard_arrow_right", "keyboard_double_arrow_right", "error"} < named()
    assert named() - set(signs(TTFont(FEW))) <= UNKNOWN_TO_THE_FONT


def test_packed_twice_is_the_same_to_the_byte(client):
    one = gzip.compress(SCRIPT, 9, mtime=0)
    assert len(one) == int(client.get("/static/css/index.C1.css").headers["content-length"])
