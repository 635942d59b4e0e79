"""Answers of figures, rows, cards, embeds and the API, each made once: kept by build, day and address, sent by tag.

The awkward fact: a link in a newsletter is opened by a thousand people in an hour, and each would have the same file
made. So an answer is remembered as it was sent, within a bound of bytes, and who holds it already is told so.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import store
from dashboard.age import today

FOLDERS = frozenset({"api", "cards", "embed", "figures", "rows"})
MOST_BYTES, LARGEST = 48_000_000, 4_000_000  # of all that is remembered, and of one answer
LONGEST = 1_000  # letters of an address that is remembered; nobody sends around a longer one
ENTRY = 1_000  # bytes that an answer takes besides its own
Headers = tuple[tuple[bytes, bytes], ...]


class Remembered:
    """Answer a repeated GET from memory, and with 304 where the tag is known; pass everything else on."""

    def __init__(self, app: ASGIApp, *, most_bytes: int = MOST_BYTES) -> None:
        """Wrap `app`."""
        self.app, self.most_bytes = app, most_bytes
        self._answers: OrderedDict[tuple[str, ...], tuple[Headers, bytes]] = OrderedDict()
        self._size, self._lock = 0, Lock()
        self._making: dict[tuple[str, ...], asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is remembered, or have it made; only a whole answer of status 200 is kept."""
        key = _key(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        if key in self._making:  # somebody else asks for the same at this moment
            await self._making[key].wait()
        answer = self._get(key)
        if answer is None:
            done = self._making.setdefault(key, asyncio.Event())
            try:
                answer = await self._fresh_answer(key, scope, receive, send)
            finally:
                self._making.pop(key, None)
                done.set()
        if answer is not None:
            await _sent(answer, scope, send)

    def _get(self, key: tuple[str, ...]) -> tuple[Headers, bytes] | None:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    async def _fresh_answer(
        self, key: tuple[str, ...], scope: Scope, receive: Receive, send: Send
    ) -> tuple[Headers, bytes] | None:
        """Return the answer with its tag; None where it was a refusal, which is sent as it came."""
        start: Message = {}
        body = b""

        async def gather(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
            else:
                body += message.get("body", b"")

        # Whole and as it is: a tag that the reader holds is looked at here, and packing is the work of the proxy.
        plain = [(n, v) for n, v in scope["headers"] if n.lower() not in (b"if-none-match", b"accept-encoding")]
        await self.app({**scope, "method": "GET", "headers": plain}, receive, gather)
        if start["status"] != 200:
            await send(start)
            await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})
            return None
        tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'.encode()
        answer = ((*((n, v) for n, v in start["headers"] if n.lower() != b"etag"), (b"etag", tag)), body)
        self._keep(key, answer)
        return answer

    def _keep(self, key: tuple[str, ...], answer: tuple[Headers, bytes]) -> None:
        if len(answer[1]) > LARGEST or sum(map(len, key)) > LONGEST:
            return
        with self._lock:
            if (
                self._answers and next(iter(self._answers))[:2] != key[:2]
            ):  # of an earlier build or day: never asked for again
                self._answers.clear()
                self._size = 0
            if key in self._answers:
                self._size -= len(self._answers.pop(key)[1]) + ENTRY
            self._answers[key] = answer
            self._size += len(answer[1]) + ENTRY
            while self._size > self.most_bytes:
                _, (_, oldest) = self._answers.popitem(last=False)
                self._size -= len(oldest) + ENTRY


def _key(scope: Scope) -> tuple[str, ...] | None:
    """Return what an answer depends on; None for what is not remembered, or where there is no build to speak of."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    path = scope["path"].removeprefix(scope.get("below", ""))
    if path.strip("/").split("/")[0] not in FOLDERS:
        return None
    try:
        build = store.build_id()
    except store.NoBuildError:
        return None
    query = scope.get("query_string", b"").decode("latin-1")
    return build, today().isoformat(), scope.get("below", ""), path, query


async def _sent(answer: tuple[Headers, bytes], scope: Scope, send: Send) -> None:
    headers, body = answer
    tags = dict(scope["headers"]).get(b"if-none-match", b"").decode("latin-1")
    if _is_known(dict(headers)[b"etag"].decode(), tags):
        again = [(n, v) for n, v in headers if n.lower() not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": again})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})


def _is_known(tag: str, named: str) -> bool:
    """Tell whether a reader holds the very bytes; what packs an answer on the way may have called the tag weak."""
    tags = {one.strip().removeprefix("W/") for one in named.split(",")}
    return tag in tags or "*" in tags
