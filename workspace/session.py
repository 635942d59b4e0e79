"""Who looks at a page of a workspace, asked anew each time one is drawn.

The awkward fact: a page that stays open outlives the role of whoever opened it. So nothing of a role is remembered
between two clicks, and a page that may not be seen stops before it has asked for a figure.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import NoReturn

import streamlit as st

from dashboard.i18n import Language, t
from dashboard.navigation import PageEnded
from dashboard.widgets import address
from dashboard.widgets.html import part
from local_figures.door import Level
from local_figures.store import editions
from local_figures.store.editions import Act, RefusedError
from local_figures.store.engine import Store, StoreError, open_store
from workspace import first_run, settings

ON_THIS_COMPUTER = "local"  # what the one workspace of a computer is called


@dataclass(frozen=True, kw_only=True)
class Session:
    """One person in one workspace for the time that a page is drawn, and what they may see there."""

    store: Store
    workspace: str
    who: str
    role: str
    areas: frozenset[str]
    lang: Language

    @property
    def level(self) -> Level:
        """Return whose figures these eyes may see: partners see what was approved for them, members everything."""
        return "partners" if self.role == editions.PARTNER else "private"

    def act(self) -> Act:
        """Return who does something here now, as the store wants to know it."""
        return _act(self.workspace, self.who)


def may(session: Session, role: str) -> bool:
    """Tell whether somebody may do what a role may: `may(session, "editor")`."""
    return editions.RANKS.index(session.role) >= editions.RANKS.index(role)


def session() -> Session:
    """Return who is here; where nobody is who may see this page, say why and how to get there, and stop."""
    lang = address.language()
    if not settings.on_this_computer():
        stop("own.stopped.sign_in", lang)
    try:
        store = opened()
        act = this_computer()
        if not editions.is_there(store, act):
            first_run.show(store, act, lang)
            raise PageEnded
        role, areas = editions.role(store, act), editions.areas(store, act)
    except RefusedError as error:
        stop(error.key, lang, **error.values)
    except StoreError as error:
        stop(error.key, lang, kind=error.kind)
    return Session(store=store, workspace=act.workspace, who=act.who, role=role, areas=areas, lang=lang)


@cache
def opened() -> Store:
    """Return the store, opened once; what failed is tried again."""
    return open_store()


def this_computer() -> Act:
    """Return whoever sits at this computer, in its one workspace."""
    return _act(ON_THIS_COMPUTER, _this_person())


def stop(key: str, lang: Language, **values: object) -> NoReturn:
    """Say in one sentence why this page is not shown, and draw no more of it."""
    st.html(part("parts", "title", text=t("own.title", lang=lang)))
    st.html(part("frame", "notice", said=t(key, lang=lang, **values)))
    raise PageEnded


def _act(workspace: str, who: str) -> Act:
    return Act(workspace=workspace, who=who, now=datetime.now(UTC))


def _this_person() -> str:
    """Return the name this computer knows its user by; some have none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ON_THIS_COMPUTER
