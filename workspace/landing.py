"""Where somebody lands who comes back from the provider: on the page of a workspace, in the language they left in.

The awkward fact: Streamlit leads everybody back to its first page, which opens in English. A cookie that only says the
language brings them to the pages they wanted; it is sent to the address of the provider's answer alone.
"""

from __future__ import annotations

from http.cookies import SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.i18n import LANGUAGES, Language

BACK = "oauth2callback"
COOKIE = "own_language"
PAGE = "own_area"


def remembered_way(*, lang: Language) -> str:
    """Return the cookie that remembers a language until the browser is closed."""
    return f"{COOKIE}={lang}; HttpOnly; SameSite=Lax; Path=/"


class Landing:
    """Lead whoever comes back from the provider on to the pages of a workspace."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the answer to one that comes back leads to a page instead of the first."""
        if scope["type"] != "http" or scope["path"].rstrip("/").split("/")[-1] != BACK:
            await self.app(scope, receive, send)
            return

        async def led_on(message: Message) -> None:
            if message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                others = [(name, value) for name, value in message["headers"] if name.lower() != b"location"]
                where = f"./{PAGE}?lang={_language(scope)}".encode()
                message = {**message, "headers": [*others, (b"location", where)]}
            await send(message)

        await self.app(scope, receive, led_on)


def _language(scope: Scope) -> str:
    raw = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
    cookies: SimpleCookie = SimpleCookie()
    cookies.load(raw)
    cookie = cookies[COOKIE].value if COOKIE in cookies else ""
    return cookie if cookie in LANGUAGES else LANGUAGES[0]
