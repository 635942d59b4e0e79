"""What a workspace answers without a page, and who may send it a file.

The awkward fact: a plain link carries no session of Streamlit's. So who asks is found anew from the request itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from dashboard.web.site import not_found
from workspace import answers, settings
from workspace.answers import Asker
from workspace.session import opened, this_computer

FOLDER = "own"
STARTS = frozenset({FOLDER})
SIGN_IN = frozenset({"auth", "oauth2callback"})  # Streamlit's own


def who_asks(_: Request) -> Asker | None:
    """Return who asks for a file and in which workspace; None for whoever is not known."""
    return Asker(store=opened(), act=this_computer()) if settings.on_this_computer() else None


ROUTES: tuple[BaseRoute, ...] = (
    Route(f"/{FOLDER}/figures/{{name:path}}", partial(answers.figure, find=who_asks)),
    Route(f"/{FOLDER}/briefing/{{form}}", partial(answers.briefing, find=who_asks)),
    *(Route(f"/{FOLDER}{rest}", not_found) for rest in ("", "/{rest:path}")),
)


def may_upload(_: Mapping[str, Any]) -> bool:
    """Tell whether a file may be sent with this request."""
    return settings.on_this_computer()
