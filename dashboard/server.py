"""What the server adds to Streamlit's answers: security headers, and the right language on the first page.

The awkward fact: Streamlit sends `<html lang="en">` whatever the page says. A screen reader has begun to read
before any script runs, so the language the link asks for is written into the document on its way out.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: ws: wss:; "
        "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_RAW_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_ENGLISH, _WELSH = b'<html lang="en"', b'<html lang="cy"'


def _asks_for_welsh(scope: Scope) -> bool:
    if scope["type"] != "http" or scope.get("method") != "GET":
        return False
    return parse_qs(scope.get("query_string", b"")).get(b"lang") == [b"cy"]


def _of_length(start: Message, length: int) -> Message:
    """Return the start of an answer whose body was rewritten: its length said anew, its old tag taken off."""
    kept = [(n, v) for n, v in start["headers"] if n.lower() not in (b"content-length", b"etag")]
    return {**start, "headers": [*kept, (b"content-length", str(length).encode())]}


class SecurityHeaders:
    """Add the security headers to every HTTP answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                added = [(name, value) for name, value in _RAW_HEADERS if name not in present]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self.app(scope, receive, with_headers)


class DocumentLanguage:
    """Write `lang="cy"` into the HTML document when the address asks for Welsh."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; an HTML answer to a Welsh address is held back, corrected and sent whole."""
        if not _asks_for_welsh(scope):
            await self.app(scope, receive, send)
            return
        # Without this the inner app compresses the page, and there is nothing to correct.
        plain = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
        start: Message = {}
        body = b""

        async def corrected(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                await send(start if _ENGLISH not in body else _of_length(start, len(body)))
                await send({**message, "body": body.replace(_ENGLISH, _WELSH, 1)})

        await self.app({**scope, "headers": plain}, receive, corrected)
