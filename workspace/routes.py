"""What a workspace answers without a page: its files, the way to sign in, and the door for this computer's key.

The awkward fact: a plain link carries no session of Streamlit's, and a page of elsewhere may have a browser follow it.
So who asks is found from the request's own cookie, what another site asked for is refused, and whatever is refused is
answered alike: nobody learns from an address what there is.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit.user_info import generate_login_redirect_url

from dashboard import links
from dashboard.i18n import LANGUAGES, Language
from local_figures.store import editions, people
from local_figures.store.editions import RefusedError
from local_figures.store.engine import StoreError
from workspace import answers, identity, settings
from workspace.answers import Asker
from workspace.bringing import answers as bringing
from workspace.files import FOLDER, MAKERS, OF, mark
from workspace.identity import ON_THIS_COMPUTER, Identity
from workspace.landing import remembered_way
from workspace.presence import PRESENCE
from workspace.sending import PRIVATE, attached, nothing
from workspace.session import Session, may, opened, session_for

ROOT = "own"
STARTS = frozenset({ROOT})
SIGN_IN = frozenset({"auth", "oauth2callback"})  # Streamlit's own
_LOG = logging.getLogger(__name__)


def may_upload(scope: Mapping[str, Any]) -> bool:
    """Tell whether a file may be sent with this request: by somebody who is here and has the role to now."""
    who = identity.of_request(scope)
    try:
        if who is None or not PRESENCE.is_here(who):
            return False
        return settings.on_this_computer() or any(_may_edit(who, name) for name in _own(who))
    except StoreError:
        return False


def _may_edit(who: Identity, workspace: str) -> bool:
    try:
        return may(session_for(who, workspace, LANGUAGES[0]), editions.EDITOR)
    except RefusedError:
        return False


def send(http: Request) -> Response:
    """Answer with a file for whoever may have it; else as for an address that means nothing."""
    try:
        session = _session(http)
        file = MAKERS[http.path_params["name"]](session, dict(http.query_params)) if session else None
        if session is None or file is None:
            return nothing(http)
        editions.exported(session.store, session.act(), template=file.template, number=file.number)
    except (KeyError, RefusedError, StoreError):
        return nothing(http)
    except Exception as error:
        _LOG.error("a file was not made: %s", type(error).__name__)
        return nothing(http)
    return attached(file.content, name=file.name, mime=file.mime)


def who_asks(http: Request) -> Asker | None:
    """Return who asks for a file and in which workspace; None for whoever is not known."""
    try:
        session = _session(http)
    except (RefusedError, StoreError):
        return None
    return Asker(store=session.store, act=session.act()) if session else None


def sign_in(http: Request) -> Response:
    """Lead to the provider, and remember in which language somebody left."""
    if not settings.signs_in():
        return nothing(http)
    inside = generate_login_redirect_url("default").removeprefix(http.scope.get("below", "")).lstrip("/")
    answer = RedirectResponse(f"../{inside}", status_code=302, headers=PRIVATE)
    answer.headers.append("set-cookie", remembered_way(lang=_language(http)))
    return answer


def let_in(http: Request) -> Response:
    """Give this computer's browser the key that the address from the terminal carries; a wrong one gives nothing."""
    answer = RedirectResponse("../own_area", status_code=302, headers=PRIVATE)
    if settings.on_this_computer() and _is(settings.key(), http.query_params.get("key", "")):
        answer.set_cookie(identity.cookie_name(), identity.cookie_value(), httponly=True, samesite="strict", path="/")
    return answer


def _session(http: Request) -> Session | None:
    """Return who asks, in the workspace that the address means; None where that is nobody who may."""
    who = identity.of_request(http.scope)
    if who is None or not _is_asked_here(http) or not PRESENCE.renew(who):
        return None
    own, mark_asked = _own(who), http.query_params.get(OF)
    named = [name for name in own if (len(own) == 1 if mark_asked is None else _is(mark(name), mark_asked))]
    return session_for(who, named[0], _language(http)) if named else None


def _own(who: Identity) -> tuple[str, ...]:
    if settings.on_this_computer():
        return (ON_THIS_COMPUTER,)
    return people.workspaces(opened(), who=who.who, groups=who.groups)


def _is_asked_here(http: Request) -> bool:
    """Tell whether a browser says that one of our own pages, or its reader's own hand, asks."""
    return http.headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def _is(secret: str, presented: str) -> bool:
    """Tell whether somebody shows a secret, in a time that tells nothing of it."""
    return hmac.compare_digest(secret.encode(), presented.encode(errors="replace"))


def _language(http: Request) -> Language:
    return links.language_of(str(http.query_params)) or "en"


ROUTES: tuple[BaseRoute, ...] = (
    Route(f"/{FOLDER}/{{name}}", send),
    Route(f"/{ROOT}/figures/{{name:path}}", partial(answers.figure, find=who_asks)),
    Route(f"/{ROOT}/briefing/{{form}}", partial(answers.briefing, find=who_asks)),
    Route(f"/{ROOT}/sign-in", sign_in),
    Route(f"/{ROOT}/open", let_in),
    Route(f"/{ROOT}/templates/{{name}}", partial(bringing.template, find=who_asks)),
    Route(f"/{ROOT}/handed/{{token}}", partial(bringing.marked, find=who_asks)),
    *(Route(f"/{ROOT}{rest}", nothing) for rest in ("", "/{rest:path}")),
)
