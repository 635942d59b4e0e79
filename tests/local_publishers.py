"""GOV.UK, ONS, Nomis, ArcGIS and StatsWales as played by this machine. Every byte they serve here is made up.

A test says what stands at an address; `LocalTransport` takes each request to 127.0.0.1 instead of its host, so that
no real host can be asked, while the code under test sees the publishers' own addresses.
"""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it came: the whole address and its headers."""

    url: str
    headers: httpx.Headers


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a host says. `cut`: only so many bytes come, then the line is dead. `wait`: seconds before anything does."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    wait: float = 0
    endless: bool = False
    length: bool = True


Script = Answer | list[Answer] | Callable[[Asked], Answer]


class Publishers:
    """What stands at which address, and what was asked for, in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Script] = {}
        self.starts: dict[str, Script] = {}
        self.asked: list[Asked] = []

    def answer(self, asked: Asked) -> Answer:
        """Return the answer of an address; the last of a list stays."""
        self.asked.append(asked)
        script = self.answers.get(asked.url) or self._of_start(asked.url)
        if isinstance(script, list):
            return script.pop(0) if len(script) > 1 else script[0]
        return script if isinstance(script, Answer) else script(asked)

    def any_of(self, start: str, script: Script) -> None:
        """Let one answer stand at every address that begins so: a service that is asked with queries."""
        self.starts[start] = script

    def _of_start(self, url: str) -> Script:
        none = Answer(status=404, body=b"<html>made-up: no such page</html>")
        return next((script for start, script in self.starts.items() if url.startswith(start)), none)

    def urls(self) -> list[str]:
        """Return the addresses asked for, in order."""
        return [asked.url for asked in self.asked]


class LocalTransport(httpx.BaseTransport):
    """Takes every request to a port of this machine; the host it was meant for goes along as the Host header."""

    def __init__(self, port: int) -> None:
        self._inner = httpx.HTTPTransport(verify=False)  # plain HTTP on this machine: no certificates to load
        self._port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask the local server instead."""
        local = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        headers = {**request.headers, "host": request.url.host, "connection": "close"}
        return self._inner.handle_request(
            httpx.Request(request.method, local, headers=headers, extensions=request.extensions)
        )

    def close(self) -> None:
        """Close its connections."""
        self._inner.close()


@contextmanager
def playing(publishers: Publishers) -> Iterator[ThreadingHTTPServer]:
    """Serve the publishers on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = Asked(
                url=f"https://{self.headers['Host']}{self.path}", headers=httpx.Headers(list(self.headers.items()))
            )
            _send(self, publishers.answer(asked))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    if answer.wait:
        time.sleep(answer.wait)
    try:
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.length and not answer.endless and answer.status != 304:
            handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        handler.wfile.write(answer.body[: answer.cut])
        while answer.endless:
            handler.wfile.write(bytes(65536))
    except (BrokenPipeError, ConnectionResetError):
        pass  # the other side had enough


def ranged(body: bytes, *, etag: str = '"made-up-1"', cut: int | None = None) -> Callable[[Asked], Answer]:
    """Return a host that knows ETags and ranges; with `cut`, its first whole answer stops there."""
    cuts = [cut] if cut is not None else []

    def answer(asked: Asked) -> Answer:
        if asked.headers.get("If-None-Match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        wanted = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("Range", ""))
        if wanted and asked.headers.get("If-Range") == etag:
            start = int(wanted[1])
            said = {"ETag": etag, "Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            return Answer(status=206, body=body[start:], headers=said)
        return Answer(body=body, headers={"ETag": etag}, cut=cuts.pop() if cuts else None)

    return answer


def made_up_workbook(text: str = "made up") -> bytes:
    """Return a ZIP that looks like an ODS from outside and holds nothing real."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<made-up>{text}</made-up>" * 200)
    return buffer.getvalue()
