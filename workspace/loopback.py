"""On this computer: answers only what this person's own browser asks of this computer's own address.

The awkward fact: a page of any other site may have a browser ask this computer, under a name of that site's own that
leads here. So a request that names another host, comes through a proxy or from a page of elsewhere is refused. And a
browser sends a cookie to every port of a name: whoever listens at another one, also another person of this computer,
may receive ours. It is worth nothing to them: where the system tells whose a connection is, it must be this person's.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

OURS = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?")
THIS_COMPUTER = ("127.0.0.1", "::1")
OF_A_PROXY = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip")
REFUSED = 421  # misdirected request
CLOSED = {"type": "websocket.close", "code": 1008}
CONNECTIONS = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))  # of Linux: each with its address, and whose it is
FROM, TO, STATE, OWNER = 1, 2, 3, 7  # columns of it
LISTENS = "0A"
ROOT = 0  # reads the memory of everybody anyway


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
    client, port = scope.get("client") or ("", 0)
    is_own = not origin or origin.partition("://")[2] == host
    through = any(name in headers for name in OF_A_PROXY)
    if not OURS.fullmatch(host) or client not in THIS_COMPUTER or not is_own or through:
        return False
    here = (scope.get("server") or ("", None))[1]
    return all(owner in _these_people() for owner in _owners(client, port, here))


def _these_people() -> frozenset[int]:
    """Return who may ask: who runs this, also by `sudo`, and root."""
    if not hasattr(os, "getuid"):
        return frozenset()
    by_sudo = os.environ.get("SUDO_UID", "")
    return frozenset({ROOT, os.getuid(), *([int(by_sudo)] if by_sudo.isdecimal() else [])})


def _owners(client: str, port: int, here: int | None) -> Iterator[int]:
    """Yield whose the other end of a connection to a port of ours is, as far as this system tells."""
    names = _forms_of(client)
    for table in CONNECTIONS:
        try:
            lines = table.read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            address, _, at = fields[FROM].partition(":")
            leads_here = here is None or int(fields[TO].rpartition(":")[2], 16) == here
            if address in names and int(at, 16) == port and leads_here and fields[STATE] != LISTENS:
                yield int(fields[OWNER])


def _forms_of(client: str) -> tuple[str, ...]:
    """Return how Linux writes an address: in words of four bytes each, whose last byte comes first."""
    if ":" in client:
        return (_hex(socket.inet_pton(socket.AF_INET6, client)),)
    plain = socket.inet_aton(client)
    return _hex(plain), _hex(bytes(10) + b"\xff\xff" + plain)


def _hex(address: bytes) -> str:
    return "".join(address[at : at + 4][::-1].hex().upper() for at in range(0, len(address), 4))
