"""What a workspace answers without a page, and who may send it a file.

The awkward fact: a plain link carries no session of Streamlit's. So who asks is found anew from the request itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.routing import BaseRoute, Route

from dashboard.web.site import not_found
from workspace import settings

FOLDER = "own"
STARTS = frozenset({FOLDER})
SIGN_IN = frozenset({"auth", "oauth2callback"})  # Streamlit's own
ROUTES: tuple[BaseRoute, ...] = tuple(Route(f"/{FOLDER}{rest}", not_found) for rest in ("", "/{rest:path}"))


def may_upload(_: Mapping[str, Any]) -> bool:
    """Tell whether a file may be sent with this request."""
    return settings.on_this_computer()
