"""How local mode is composed: `app.py` calls `join` where it is on, and the dashboard shows what it is handed."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import config

from dashboard.navigation import Group
from dashboard.navigation import join as show
from workspace import audit, ending, navigation, paper_files, routes, rows, settings
from workspace.bringing.personal_files import forget_all_of
from workspace.landing import Landing
from workspace.loopback import Loopback
from workspace.presence import PRESENCE
from workspace.session import opened
from workspace.uploader import MOST_MB

LARGEST_MB = 400  # on this computer: a publisher's largest file (etl/publications, `largest`)
MAKERS = (audit, ending, paper_files, rows)  # imported here so that the files they offer can be asked for


@dataclass(frozen=True, kw_only=True)
class Joined:
    """What the server adds for a workspace: its addresses, and what every request passes first."""

    routes: tuple[BaseRoute, ...]
    middleware: tuple[Middleware, ...]


def join() -> Joined:
    """Show the pages of a workspace, and return what the server needs for them."""
    show(
        Group(
            title=navigation.TITLE,
            folder=navigation.FOLDER,
            pages=navigation.PAGES,
            long=navigation.LONG,
            of_one_place=navigation.OF_ONE_PLACE,
            of_no_place=navigation.OF_NO_PLACE,
            routes=routes.STARTS | (routes.SIGN_IN if settings.signs_in() else frozenset()),
            may_upload=routes.may_upload,
        )
    )
    PRESENCE.when_left(forget_all_of)
    PRESENCE.keep_in(opened)
    most = LARGEST_MB if settings.on_this_computer() else MOST_MB
    config.set_option("server.maxUploadSize", most)  # nobody else is let send anything: may_upload
    guards = (Middleware(Loopback if settings.on_this_computer() else Landing),)
    return Joined(routes=routes.ROUTES, middleware=guards)
