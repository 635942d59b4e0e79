"""Who asks: from the cookie of a sign-in, or by the key of this computer; the same for a page and for a file.

The awkward fact: Streamlit reads its cookie when a page connects, keeps it for thirty days and forgets it in one tab
alone. So a sign-in has a name of its own here, under which it ends for every tab and file at once (`presence.py`).
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from starlette.requests import HTTPConnection
from streamlit import config
from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from local_figures.store.editions import called, is_person
from workspace import settings

ON_THIS_COMPUTER = "local"  # what the one workspace of a computer is called, and its person where it has no name
MOST_GROUPS = 500
Claims = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A person who signed in, the groups that the provider says they are of, and which sign-in it was."""

    who: str
    groups: tuple[str, ...] = ()
    sign_in: str = ""  # "" on this computer, where nobody signs in
    since: float = 0.0


def of_page() -> Identity | None:
    """Return who looks at the page that is being drawn."""
    if settings.on_this_computer():
        return _here(st.context.cookies)
    return of_claims(st.user.to_dict())


def of_request(scope: Mapping[str, Any]) -> Identity | None:
    """Return who asks for something without a page: by the same cookie."""
    cookies = HTTPConnection(dict(scope)).cookies
    return _here(cookies) if settings.on_this_computer() else of_claims(_signed(cookies))


def of_claims(claims: Claims) -> Identity | None:
    """Return who a provider says somebody is; None for nobody, and for an address that it did not verify."""
    name = claims.get(settings.of_server("person", "email"))
    is_true = claims.get("is_logged_in") is True and claims.get("email_verified", True) in (True, "true")
    if not is_true or not isinstance(name, str) or not is_person(called(name)):
        return None
    listed, since = claims.get(settings.of_server("groups", "groups")), claims.get("iat")
    groups = tuple(one for one in listed if isinstance(one, str))[:MOST_GROUPS] if isinstance(listed, list) else ()
    which = json.dumps([claims.get(part) for part in ("iss", "sub", "iat", "nonce", "sid")], default=str)
    return Identity(
        who=called(name),
        groups=groups,
        sign_in=hashlib.sha256(which.encode()).hexdigest(),
        since=float(since) if isinstance(since, int | float) else 0.0,
    )


def is_signed_in() -> bool:
    """Tell whether somebody signed in at all, whoever they are."""
    return bool(st.user.to_dict().get("is_logged_in"))


def cookie_name() -> str:
    """Return what the cookie of this computer is called: browsers send it to every port of a name, so it names ours."""
    return f"own_{config.get_option('server.port')}"


def cookie_value() -> str:
    """Return what a browser that showed the key is given: of this start and port alone, and not the key itself."""
    return hmac.new(settings.key().encode(), cookie_name().encode(), hashlib.sha256).hexdigest()


def _here(cookies: Mapping[str, str]) -> Identity | None:
    return Identity(who=_this_person()) if _has_key(cookies) else None


def _has_key(cookies: Mapping[str, str]) -> bool:
    cookie = cookies.get(cookie_name(), "")
    return hmac.compare_digest(cookie.encode(), cookie_value().encode())


def _this_person() -> str:
    """Return the name this computer knows its user by; some have none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ON_THIS_COMPUTER


def _signed(cookies: Mapping[str, str]) -> Claims:
    """Return the claims of Streamlit's own cookie, as it reads them when a page connects; {} where it would not."""
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return None if value is None else decode_signed_value(secret, name, value.encode("latin-1", "replace"))

    try:
        claims = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    origin = get_origin_from_redirect_uri()
    is_ours = isinstance(claims, dict) and origin is not None and claims.get("origin") == origin
    return claims if is_ours else {}
