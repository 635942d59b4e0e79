"""Who looks at a page of a workspace, asked anew each time one is drawn.

The awkward fact: a page that stays open outlives the role of whoever opened it. So nothing of a role is remembered
between two clicks, and a page that may not be seen stops before it has asked for a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import streamlit as st

from dashboard.i18n import Language
from dashboard.widgets import address
from local_figures.door import Level
from local_figures.store import editions, people
from local_figures.store.editions import Act, RefusedError
from local_figures.store.engine import Store, StoreError, open_store
from workspace import entrance, first_run, settings
from workspace.identity import ON_THIS_COMPUTER, Identity, of_page
from workspace.presence import PRESENCE

CHECKED_EVERY = 60  # seconds: a page left open is cleared when its sign-in has ended


@dataclass(frozen=True, kw_only=True)
class Session:
    """One person in one workspace for the time that a page is drawn, and what they may see there."""

    store: Store
    workspace: str
    who: str
    role: str
    areas: frozenset[str]
    lang: Language
    groups: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """Return whose figures these eyes may see: partners see what was approved for them, members everything."""
        return "partners" if self.role == editions.PARTNER else "private"

    def act(self) -> Act:
        """Return who does something here now, as the store wants to know it."""
        return Act(workspace=self.workspace, who=self.who, now=datetime.now(UTC), groups=self.groups)


def may(session: Session, role: str) -> bool:
    """Tell whether somebody may do what a role may: `may(session, "editor")`."""
    return editions.RANKS.index(session.role) >= editions.RANKS.index(role)


def session() -> Session:
    """Return who is here; where nobody is who may see this page, say why and how to get there, and stop."""
    lang = address.language()
    identity = of_page()
    if identity is None:
        entrance.closed(lang)
    try:
        if not PRESENCE.renew(identity):
            entrance.ended(lang)
        store = opened()
        own = _of(identity, _workspace(store, identity, lang), lang, store=store)
        st.session_state[entrance.CHOSEN] = own.workspace
        if settings.signs_in():
            entrance.terms(own.store, own.act(), identity, lang)
            _watch(identity)
    except RefusedError as error:
        entrance.stop(error.key, lang, **error.values)
    except StoreError as error:
        entrance.stop(error.key, lang, kind=error.kind)
    return own


def session_for(identity: Identity, workspace: str, lang: Language) -> Session:
    """Return who asks without a page; refused where they have no role in the workspace, or accepted no terms."""
    own = _of(identity, workspace, lang, store=opened())
    if settings.signs_in() and not people.has_accepted(own.store, own.act(), version=entrance.TERMS):
        raise RefusedError("local.refused.no_workspace")
    return own


@cache
def opened() -> Store:
    """Return the store, opened once; what failed is tried again."""
    return open_store()


def _of(identity: Identity, workspace: str, lang: Language, *, store: Store) -> Session:
    act = Act(workspace=workspace, who=identity.who, now=datetime.now(UTC), groups=identity.groups)
    role, areas = editions.role(store, act), editions.areas(store, act)
    return Session(
        store=store,
        workspace=workspace,
        who=identity.who,
        role=role,
        areas=areas,
        lang=lang,
        groups=identity.groups,
    )


def _workspace(store: Store, identity: Identity, lang: Language) -> str:
    """Return the workspace that is looked at; on this computer there is one, and its first visitor opens it."""
    if settings.on_this_computer():
        act = Act(workspace=ON_THIS_COMPUTER, who=identity.who, now=datetime.now(UTC))
        if not editions.is_there(store, act):
            first_run.show(store, act, lang)
        return ON_THIS_COMPUTER
    own = people.workspaces(store, who=identity.who, groups=identity.groups)
    return entrance.chosen(own, identity, lang)


@st.fragment(run_every=CHECKED_EVERY)
def _watch(identity: Identity) -> None:
    """Draw the page anew once its sign-in has ended, wherever that was done."""
    try:
        here = PRESENCE.is_here(identity)
    except StoreError:
        here = False  # the page says so when it is drawn
    if not here:
        st.rerun()
