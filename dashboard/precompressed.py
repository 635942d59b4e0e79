"""What never changes and travels to every browser, packed once: Streamlit's scripts, ours, and its icons.

The awkward fact: Streamlit sends its scripts as they are, 3 MB for an empty page, and leaves packing to a proxy that an
office's computer does not have; and for the one arrow that a narrow page shows, a font of 4,000 icons.
"""

from __future__ import annotations

import gzip
import re

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.scripts import FOLDER, FOR_GOOD, VENDOR

# Their names carry a digest of what they are.
UNCHANGING = re.compile(rf"/(static/(js|css)/[\w.-]+\.(js|css)|{FOLDER}/[\w.-]+\.js)")
ICONS = re.compile(r"/static/media/MaterialSymbols-Rounded\.[\w-]+\.woff2")
FEW = VENDOR / "MaterialSymbols-few.woff"
PACKED = ((b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding"))
DROPPED = frozenset({b"accept-ranges", b"content-length", b"etag"})  # which spoke of the file as it is
Answer = tuple[list[tuple[bytes, bytes]], bytes]


class Packed:
    """Send what is `UNCHANGING` packed to whoever understands it; pass everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app
        self._packed: dict[str, Answer] = {}  # as many as there are files of Streamlit's, 6 MB in all

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send from memory; what is asked for the first time is packed, and only a whole answer is kept."""
        path = str(scope.get("path", "")).removeprefix(scope.get("below", ""))
        if scope["type"] == "http" and ICONS.fullmatch(path):
            await Response(FEW.read_bytes(), media_type="font/woff", headers=FOR_GOOD)(scope, receive, send)
            return
        if not _may_be_packed(scope, path):
            await self.app(scope, receive, send)
            return
        if path not in self._packed and not await self._pack(path, scope, receive, send):
            return
        headers, body = self._packed[path]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _pack(self, path: str, scope: Scope, receive: Receive, send: Send) -> bool:
        """Keep an answer packed; one that is not whole is sent as it came, and False returned."""
        start: Message = {}
        parts: list[bytes] = []

        async def gather(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            else:
                parts.append(message.get("body", b""))

        plain = [
            (name, value) for name, value in scope["headers"] if name not in (b"accept-encoding", b"if-none-match")
        ]
        await self.app({**scope, "headers": plain}, receive, gather)
        body = b"".join(parts)
        if start["status"] != 200 or b"html" in dict(start["headers"]).get(b"content-type", b""):
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return False
        small = await run_in_threadpool(gzip.compress, body, 9, mtime=0)
        headers = [(name, value) for name, value in start["headers"] if name not in DROPPED]
        length = (b"content-length", str(len(small)).encode())
        self._packed[path] = [*headers, *PACKED, length], small
        return True


def _may_be_packed(scope: Scope, path: str) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or not UNCHANGING.fullmatch(path):
        return False
    headers = dict(scope["headers"])
    return b"gzip" in headers.get(b"accept-encoding", b"") and b"range" not in headers
