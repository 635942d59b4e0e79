"""What the server adds to Streamlit's answers: security headers, and a first page in the reader's own language.

The awkward fact: Streamlit sends one English document, titled "Streamlit", to whatever address is asked for. A screen
reader has begun to read before any script runs, so the language, the title and the skip link are written into the
document on its way out; and an address that names no page is answered with 404, and not with a page that looks whole.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import links, scripts
from dashboard.engine import environment
from dashboard.i18n import Language, t
from dashboard.navigation import every_page, joined
from dashboard.opening import Opening, address_of_copy, opening

_LOG = logging.getLogger(__name__)


def _inline_scripts() -> str:
    """Return what a policy calls the scripts that stand in Streamlit's own document: "'sha256-…' 'sha256-…'"."""
    document = files("streamlit").joinpath("static", "index.html").read_text(encoding="utf-8")
    digests = (
        hashlib.sha256(script.encode()).digest() for script in re.findall(r"<script>(.*?)</script>", document, re.S)
    )
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


HEADERS = {
    "content-security-policy": (
        f"default-src 'self'; script-src 'self' {_inline_scripts()}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data:; "
        "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_RAW_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_HOST = re.compile(rb"[A-Za-z0-9.-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")
MEDIA = "media"  # Streamlit's: pictures, and files on their way to who asked for them
UPLOADS = "/_stcore/upload_file"  # Streamlit's; no page of the dashboard asks for a file
LONGEST_NAME = 200  # of a part of an address; a file system refuses names of over 255 bytes
_UNSAFE = re.compile(r"\0|\\|(?:^|/)\.\.(?:/|$)|^/?[A-Za-z]:|^//")  # Streamlit answers those with two English words
_MORE = re.compile(r"[&?;](?=\w+=|amp;|#38;)")
STREAMLITS_OWN = frozenset({"app", "component", "favicon.png", "manifest.json", "media", "static"})
# app.py's own, not with Streamlit's document:
_FILES = {"coming.atom", "coming.ics", "feed.atom", "robots.txt", "sitemap.xml"}
OTHER_ROUTES = frozenset(
    {"api", "cards", "download", "embed", "figures", "health", "present", "rows", "scripts"} | _FILES
)
_NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)  # whatever Streamlit says there, and in English
_SHEET = re.compile(rb'<link rel="stylesheet"[^>]*>')
_ROOT = b'<div id="root">'
SKIP_STYLE = (
    "html{font-size:106.25%!important}"  # 17 px where the reader asks for the usual 16; Streamlit sets 17 for everybody
    "#ct-skip{position:absolute;left:-999px;top:0;z-index:9999999;padding:.6rem 1rem;background:#fff;color:#12436D;"
    "font:1rem sans-serif}#ct-skip:focus{left:0;outline:3px solid #12436D;outline-offset:-3px}"
)
OPENING_STYLE = (
    "#ct-opening{position:fixed;inset:0;z-index:999980;overflow:auto;background:#fff;color:#0B0C0C;padding:4.5rem 1rem;"
    "font:1rem/1.55 'Source Sans',sans-serif}#ct-opening>div{max-width:62rem;margin:auto}"
    "#ct-opening h1{font-size:2.1rem;line-height:1.2}#ct-opening a{color:#12436D}#ct-opening .ct-name{margin:0;"
    "padding-bottom:.5rem;border-bottom:3px solid #12436D;font-size:1.25rem;font-weight:700;color:#12436D}"
    "#ct-waiting{color:#505A5F}#ct-broken{border-left:4px solid #12436D;padding-left:.8rem}"
    "body:has(#root h1) #ct-opening{display:none}@media print{#ct-opening{position:static}}"  # also without our script
)


def _asks_for_document(scope: Scope) -> bool:
    """Tell whether a page of Streamlit's is asked for, and not something that a script uses.

    A browser says that it wants HTML; what previews a link, and who reads without a browser, often takes anything.
    """
    if scope["type"] != "http" or scope.get("method") != "GET" or _first(scope["path"]) in OTHER_ROUTES:
        return False
    accepted = b",".join(value for name, value in scope["headers"] if name == b"accept") or b"*/*"
    is_page = _inside(scope).strip("/") in ("", *every_page())
    return b"text/html" in accepted or (is_page and b"*/*" in accepted)


def _first(path: str) -> str:
    return path.strip("/").split("/")[0]


def _inside(scope: Scope) -> str:
    """Return the path asked for, from where the dashboard begins."""
    return str(scope.get("path", "").removeprefix(scope.get("below", "")))


def _parts(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)


def _of_length(start: Message, length: int) -> Message:
    """Return the start of an answer whose body was rewritten: its length said anew, its old tag taken off."""
    headers = [(n, v) for n, v in start["headers"] if n.lower() not in (b"content-length", b"etag")]
    return {**start, "headers": [*headers, (b"content-length", str(length).encode())]}


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
                framed = any(
                    n.lower() == b"content-security-policy"
                    and b"frame-ancestors" in v
                    and b"frame-ancestors 'none'" not in v
                    for n, v in message["headers"]
                )
                present |= {b"x-frame-options"} if framed else set()  # which knows no hosts, and would forbid them all
                added = [(name, value) for name, value in _for_host(scope) if name not in present]
                if _first(_inside(scope)) == MEDIA:  # a file with somebody's own words: no proxy and no disk keeps it
                    added = [*added, (b"cache-control", b"no-store")]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self.app(scope, receive, with_headers)


def _for_host(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Return the headers, with word that a page may speak with its own host by websocket, and with no other.

    To some browsers 'self' is a page's own scheme alone.
    """
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    own = b" ws://" + host + b" wss://" + host if _HOST.fullmatch(host) else b""
    return [(name, value.replace(b"connect-src 'self'", b"connect-src 'self'" + own)) for name, value in _RAW_HEADERS]


class Closed:
    """Answer 404 where nothing is offered: uploads, and names no file can have; close a websocket that sends text."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what Streamlit understands, and nothing that it would only write into its log."""
        path = _inside(scope)
        endless = _first(path) in STREAMLITS_OWN and any(len(part) > LONGEST_NAME for part in path.split("/"))
        uploads = UPLOADS in path and not joined().may_upload(scope)
        if scope["type"] == "http" and (uploads or endless):
            await PlainTextResponse("not found", status_code=404)(scope, receive, send)
            return

        async def bytes_only() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and message.get("bytes") is None:
                return {"type": "websocket.disconnect", "code": 1003}
            return message

        await self.app(scope, bytes_only if scope["type"] == "websocket" else receive, send)


class Below:
    """Let everything be asked for below a path of the host, `server.baseUrlPath`: our own routes too."""

    def __init__(self, app: ASGIApp, *, base: Callable[[], str]) -> None:
        """Wrap `app`, which begins at `base`: "" or "cohesion"."""
        self.app, self.base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say where the dashboard begins; Streamlit knows it for its own addresses, and ours are told without it."""
        base = self.base().strip("/")
        if base and f"{scope.get('path', '')}/".startswith(f"/{base}/"):
            scope = {**scope, "below": f"/{base}"}
            if _first(_inside(scope)) in OTHER_ROUTES | joined().routes:
                inside = _inside(scope).rstrip("/")  # Starlette's own way to a path without it would leave the base
                scope = {**scope, "path": inside, "raw_path": inside.encode()}
        await self.app(scope, receive, send)


class KnownPages:
    """Lead an address to the page of ours that it means; answer 404 where it means none."""

    def __init__(self, app: ASGIApp, *, lost: ASGIApp) -> None:
        """Wrap `app`; `lost` answers where there is nothing."""
        self.app, self.lost = app, lost

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a known address on; answer any other with the way to the page it means, or say that there is none."""
        path = _inside(scope)
        if scope["type"] != "http" or scope.get("method") not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
        elif path == "" and scope.get("below"):
            await RedirectResponse(f"{scope['below']}/?{urlencode(_parts(scope))}".rstrip("?"))(scope, receive, send)
        elif _is_known(path) and not _UNSAFE.search(path):
            await self.app(scope, receive, send)
        elif way := _way_to(path, scope):
            await RedirectResponse(way)(scope, receive, send)
        else:
            await self.lost(scope, receive, send)


def _is_known(path: str) -> bool:
    first, *more = path.strip("/").split("/")
    streamlits = any(
        part in STREAMLITS_OWN or part.startswith("_") for part in (first, *(more if first in every_page() else ()))
    )
    is_page = path in ("", "/") or (path.startswith("/") and path[1:] in every_page() and path != "/home")
    return is_page or first in OTHER_ROUTES | joined().routes or streamlits


def _way_to(address: str, scope: Scope) -> str:
    """Return where the page stands that an address means, below a path of its host or not; "" where it means none.

    Parts that follow the path without a question mark are parts all the same.
    """
    path, *more = _MORE.split(address.strip("/"), maxsplit=1)
    meant = links.page_meant(path, every_page()) or links.value_meant(path, ("present",))
    if meant is None:
        return ""
    parts = [*parse_qsl("&".join(more), keep_blank_values=True), *_parts(scope)]
    raw = scope.get("raw_path", address.encode()).partition(b"?")[0].decode("latin-1")
    start = links.way_up(raw_path=raw, below=scope.get("below", ""))
    return f"{start}{'' if meant == 'home' else meant}?{urlencode(parts)}".rstrip("?")


class Document:
    """Write the language, the title, the skip link and the first words into the document that a browser opens first."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a document is held back, written in the language its address asks for, and sent whole."""
        if not _asks_for_document(scope):
            await self.app(scope, receive, send)
            return
        lang: Language = links.language_of(scope.get("query_string", b"").decode("latin-1")) or "en"
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
                written = body
                if b"<title>Streamlit</title>" in body:
                    first = await run_in_threadpool(_first_words, _inside(scope), _parts(scope), lang)
                    written = _in_language(body, first, lang)
                await send(start if written == body else _of_length(start, len(written)))
                await send({**message, "body": written})

        await self.app({**scope, "headers": plain}, receive, corrected)


def _first_words(path: str, parts: list[tuple[str, str]], lang: Language) -> Opening:
    """Return the first words of a page; the product's name where they cannot be had: the page itself says why."""
    try:
        return opening(path, parts, lang=lang)
    except Exception as error:
        _LOG.error("the first words of a page were not found: %s", type(error).__name__)
        return Opening(title=t("app.title", lang=lang))


def _in_language(document: bytes, first: Opening, lang: Language) -> bytes:
    """Return Streamlit's document in `lang`, with the first words of a page in it.

    Its sheet of styles stands behind them: a browser paints nothing before one in the head has come.
    """
    ours = _written()
    document = _NOSCRIPT.sub(b"", document)
    if _ROOT in document:
        sheets = b"".join(_SHEET.findall(document))
        document = _SHEET.sub(b"", document).replace(_ROOT, sheets + _ROOT, 1)
    for old, new in {
        '<html lang="en"': f'<html lang="{lang}"',
        "<title>Streamlit</title>": ours.title(lang=lang),
        "<body>": ours.opening(first, lang, address_of_copy(), Markup(SKIP_STYLE + OPENING_STYLE)),  # noqa: S704 - our own
        'href="./favicon.png"': 'href="./app/static/icon.png"',
        "</head>": ours.scripts(**scripts.in_document()),
    }.items():
        document = document.replace(old.encode(), str(new).encode(), 1)
    return document


@cache
def _written() -> Any:
    """Return the macros of what is written into the document."""
    engine = environment(Path(__file__).parent / "templates")
    engine.globals |= {"t": t}
    return engine.get_template("document.html").module


@asynccontextmanager
async def without_waiting(_: ASGIApp) -> AsyncIterator[None]:
    """Have every connection send what is written at once (TCP_NODELAY), from before the server listens.

    Streamlit binds the socket itself and leaves its protocol unsaid, asyncio turns the delay off only where it is said
    (uvicorn, issue 3149), and on Linux each answer but the first of a connection then came 40 ms late.
    """
    loop = asyncio.get_running_loop()
    create_server = loop.create_server

    async def listening(*arguments: Any, sock: socket.socket | None = None, **options: Any) -> asyncio.Server:
        if sock and sock.family in (socket.AF_INET, socket.AF_INET6):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what it accepts has it from there
        return await create_server(*arguments, sock=sock, **options)

    loop.create_server = listening  # type: ignore[method-assign]
    yield
