"""Visitors without a browser: sessions that speak Streamlit's own websocket protocol.

The awkward fact: an HTTP load generator measures nothing of a Streamlit app, whose every click is a message on a
websocket and whose answer is a stream of messages up to "script finished".
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from asyncio import Barrier, BrokenBarrierError, Event
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from ssl import SSLContext
from typing import Any

import httpx
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME

from dashboard.web.rows import APART, MOST

SECRETS = """[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{secret}"
client_id = "benchmark"
client_secret = "told to nobody"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"
"""
TOKEN = generate_xsrf_token_string()  # what a page shows beside its cookies to be believed who it is
LARGEST = 64 * 2**20
SLOWEST = 60  # seconds
PATIENCE = 15  # seconds without a word, after which a browser's connection counts as dead
TABLE = re.compile("data-table='([^']*)'")  # where a page says that a folded table is had
SPREAD = 0.618034  # spreads any number of visitors evenly over a pause


@dataclass
class Answers:
    """What came back: seconds and bytes of each click, the tables its page names, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)  # addresses that the newest page names
    broken: int = 0  # connections that ended before their answer


@dataclass(frozen=True, kw_only=True)
class Click:
    """One thing a visitor asks for: a page (empty for the first) and a view of it."""

    page: str
    query: str


async def ask(
    socket: websockets.ClientConnection,
    click: Click,
    answers: Answers,
    *,
    patience: float = SLOWEST,
    says: Sequence[str] = (),
) -> None:
    """Send one click and read until its script has finished; an answer that says none of `says` is an error."""
    message = BackMsg()
    message.rerun_script.query_string = click.query
    message.rerun_script.page_name = click.page
    start, size, is_said, html = time.perf_counter(), 0, not says, list[str]()
    await socket.send(message.SerializeToString())
    while True:
        raw = await asyncio.wait_for(socket.recv(), patience)
        size += len(raw)
        is_said = is_said or any(words.encode() in raw for words in says)
        answer = ForwardMsg.FromString(raw)
        if answer.delta.new_element.HasField("exception"):
            answers.errors.append(answer.delta.new_element.exception.message)
        html.append(answer.delta.new_element.html.body)
        if answer.WhichOneof("type") == "script_finished":
            break
    if not is_said:
        answers.errors.append(f"{click.page} said none of what was expected")
    answers.seconds.append(time.perf_counter() - start)
    answers.bytes.append(size)
    answers.tables = [unescape(one) for body in html for one in TABLE.findall(body)]


def rows_of(tables: Sequence[str]) -> Iterator[str]:
    """Yield the addresses by which a browser asks for tables, many of one query at once (static/folded.js)."""
    codes: dict[str, list[str]] = {}
    for table in dict.fromkeys(tables):
        path, _, query = table.partition("?")
        codes.setdefault(query, []).append(path.rpartition("/")[2])
    for query, every in codes.items():
        for first in range(0, len(every), MOST):
            yield f"/rows/{APART.join(every[first : first + MOST])}?{query}"


async def read_tables(
    client: httpx.AsyncClient, base: str, tables: Sequence[str], *, read: set[str], errors: list[str]
) -> None:
    """Ask for the tables that a page names as a browser does, for none twice: it keeps what it has `read`."""
    for address in rows_of(tables):
        if address in read:
            continue
        read.add(address)
        answer = await client.get(base + address)
        if answer.status_code != httpx.codes.OK:
            errors.append(f"{address} was answered with {answer.status_code}")


async def visitor(
    base: str,
    clicks: Sequence[Click],
    *,
    first: int,
    seconds: float,
    pause: float,
    opened: Barrier,
    answers: Answers,
    client: httpx.AsyncClient | None = None,
    **headers: str,
) -> None:
    """Open a session, wait for all the others, and click for `seconds` through `clicks` from number `first` on.

    With a `client` the rows of each page are asked for after it, while the visitor looks at it, whatever the pause.
    """
    own, read = Answers(seconds=answers.seconds, bytes=answers.bytes, errors=answers.errors), set[str]()
    beside: list[asyncio.Task[None]] = []
    try:
        async with connected(base, **headers) as socket:
            opening = Answers(errors=answers.errors)
            await ask(socket, clicks[first % len(clicks)], opening)  # the first run also imports and connects
            await opened.wait()
            until = time.monotonic() + seconds
            await asyncio.sleep(pause * (first * SPREAD % 1))  # people do not click in step
            number = first
            while time.monotonic() < until:
                number += 1
                await ask(socket, clicks[number % len(clicks)], own)
                if client:
                    reading = read_tables(client, base, own.tables, read=read, errors=answers.errors)
                    beside.append(asyncio.create_task(reading))
                await asyncio.sleep(pause)
            await asyncio.gather(*beside)
    except (httpx.HTTPError, OSError, TimeoutError, BrokenBarrierError, websockets.WebSocketException) as error:
        await opened.abort()
        answers.errors.append(f"{type(error).__name__}: {error}")


async def reader(
    base: str,
    clicks: Sequence[Click],
    *,
    first: int,
    pause: float,
    until: Event,
    answers: Answers,
    says: Sequence[str] = (),
    **connecting: Any,
) -> None:
    """Click until something is over, as a browser does: where the connection ends it is opened anew and asked again.

    The seconds of a click are counted from when the visitor clicked, however often it had to be asked.
    """
    number, clicked = first, 0.0
    while not until.is_set():
        try:
            async with connected(base, **connecting) as socket:
                while not until.is_set():
                    clicked = clicked or time.perf_counter()
                    await ask(socket, clicks[number % len(clicks)], answers, patience=PATIENCE, says=says)
                    answers.seconds[-1] = time.perf_counter() - clicked
                    number, clicked = number + 1, 0.0
                    await asyncio.sleep(pause)
        except (websockets.ConnectionClosed, TimeoutError):
            answers.broken += 1
        except (OSError, websockets.InvalidHandshake) as error:
            answers.errors.append(f"{type(error).__name__}: {error}")
            await asyncio.sleep(0.5)


def signed_in(who: str, *, base: str, secret: str) -> str:
    """Return the cookies that a sign-in at `base` leaves, made as a server with these `SECRETS` makes them."""
    claims = {"is_logged_in": True, "iss": "benchmark", "sub": who, "email": who, "iat": time.time(), "origin": base}
    value = create_signed_value(secret, USER_COOKIE_NAME, json.dumps(claims))
    return f"{USER_COOKIE_NAME}={value.decode()}; {XSRF_COOKIE_NAME}={TOKEN}"


def connected(base: str, *, ssl: SSLContext | None = None, token: str = "", **headers: str) -> websockets.connect:
    """Return a connection to the app at `base` ("http://127.0.0.1:8501"), to be entered.

    `token` is that of somebody who is signed in (`TOKEN`).
    """
    return websockets.connect(
        base.replace("http", "ws", 1) + "/_stcore/stream",
        subprotocols=[websockets.Subprotocol(one) for one in ("streamlit", token) if one],
        origin=websockets.Origin(base),
        max_size=LARGEST,
        ssl=ssl,
        additional_headers=headers,
    )


async def crowd(
    base: str,
    clicks: Sequence[Click],
    *,
    sessions: int,
    seconds: float,
    pause: float,
    client: httpx.AsyncClient | None = None,
    **headers: str,
) -> Answers:
    """Let many visitors click at once and return everything that was answered after the first view of each."""
    answers = Answers()
    shared: dict[str, Any] = {"opened": Barrier(sessions), "answers": answers, "client": client, **headers}
    many = (visitor(base, clicks, first=n, seconds=seconds, pause=pause, **shared) for n in range(sessions))
    await asyncio.gather(*many)
    return answers
