"""On this computer: answers only what this computer's own browser asks of its own address.

The awkward fact: a page of any other site may have a browser ask this computer, under a name of that site's own that
leads here. So a request that names another host, comes through a proxy or from a page of elsewhere is refused.
"""

from __future__ import annotations

import re

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

OURS = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?")
THIS_COMPUTER = ("127.0.0.1", "::1")
OF_A_PROXY = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip")
REFUSED = 421  # misdirected request
CLOSED = {"type": "websocket.close", "code": 1008}


class Loopback:
    """Refuse whatever was not asked by a browser of this computer at an address of this computer."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from here."""
        if scope["type"] not in ("http", "websocket") or _is_of_here(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse("only for this computer", status_code=REFUSED)(scope, receive, send)
        else:
            await send(CLOSED)


def _is_of_here(scope: Scope) -> bool:
    headers = dict(scope["headers"])
    host = headers.get(b"host", b"").decode("latin-1")
    origin = headers.get(b"origin", b"").decode("latin-1")
    client = (scope.get("client") or ("",))[0]
    is_own = not origin or origin.partition("://")[2] == host
    through = any(name in headers for name in OF_A_PROXY)
    return bool(OURS.fullmatch(host)) and client in THIS_COMPUTER and is_own and not through
