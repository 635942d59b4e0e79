"""What stands in the way of a workspace: signing in, a role, its terms; each says in plain words how to go on.

The awkward fact: somebody may have signed in rightly and still have no role here, or a role in several workspaces. None
of them is told of a workspace that is not theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st

from dashboard.i18n import LANGUAGES, Language, t
from dashboard.navigation import PageEnded
from dashboard.widgets.html import part
from local_figures.store import people
from local_figures.store.editions import Act
from local_figures.store.engine import Store, StoreError
from workspace import buttons, settings
from workspace.identity import Identity, is_signed_in
from workspace.presence import PRESENCE

TERMS = "1"  # the version that is accepted; another one is asked about anew
PARTS = ("purpose", "people", "sharing", "passing_on", "audit")
CHOSEN = "own_workspace"


def stop(key: str, lang: Language, **values: object) -> NoReturn:
    """Say in one sentence why this page is not shown, and draw no more of it."""
    _say(key, lang, **values)
    raise PageEnded


def closed(lang: Language) -> NoReturn:
    """Say how to get in: by the address that the terminal told, or by signing in."""
    if settings.on_this_computer():
        stop("own.stopped.key", lang)
    if is_signed_in():
        _say("own.stopped.no_name", lang)
        leaving(None, lang)
        raise PageEnded
    _say("own.stopped.sign_in", lang)
    _sign_in(lang)
    raise PageEnded


def ended(lang: Language) -> NoReturn:
    """Say that a sign-in has ended, forget what this page held, and offer to sign in again."""
    st.session_state.clear()
    _say("own.stopped.ended", lang)
    _sign_in(lang)
    raise PageEnded


def chosen(own: Sequence[str], identity: Identity, lang: Language) -> str:
    """Return the workspace that is looked at: the only one, or the one chosen of several."""
    if not own:
        if sentence := buttons.take_said():  # they closed the last
            st.html(part("frame", "done", text=sentence))
        _say("own.stopped.stranger", lang, who=identity.who)
        leaving(identity, lang)
        st.session_state.clear()  # what was typed while there was a role
        raise PageEnded
    if len(own) == 1:
        return own[0]
    remembered = st.session_state.get(CHOSEN)
    index = own.index(remembered) if remembered in own else None
    workspace = st.selectbox(
        t("own.choose.label", lang=lang),
        own,
        index=index,
        placeholder=t("own.choose.placeholder", lang=lang),
        width=420,
    )
    if workspace is None:
        raise PageEnded
    st.session_state[CHOSEN] = workspace
    return workspace


def terms(store: Store, act: Act, identity: Identity, lang: Language) -> None:
    """Ask once for the terms of this version to be accepted, and keep them as they were read."""
    if people.has_accepted(store, act, version=TERMS):
        return
    st.html(part("parts", "title", text=t("own.terms.title", lang=lang)))
    st.html(part("parts", "listed", texts=[t(f"own.terms.{one}", lang=lang) for one in PARTS]))
    if st.button(t("own.terms.accept", lang=lang), type="primary", key="own_accept"):
        words: dict[str, str] = {
            one: "\n".join(t(f"own.terms.{name}", lang=one) for name in PARTS) for one in LANGUAGES
        }
        people.accept(store, act, version=TERMS, words=words)
        st.rerun()
    leaving(identity, lang)
    raise PageEnded


def leaving(identity: Identity | None, lang: Language) -> None:
    """Offer to sign out: for every tab, with all that this session held."""
    if st.button(t("own.sign_out", lang=lang), key="own_sign_out"):
        try:
            if identity is not None:
                PRESENCE.leave(identity)
        except StoreError as error:  # another replica would still let it in
            stop(error.key, lang, kind=error.kind)
        st.session_state.clear()
        st.logout()
        raise PageEnded


def _say(key: str, lang: Language, **values: object) -> None:
    st.html(part("parts", "title", text=t("own.title", lang=lang)))
    st.html(part("frame", "notice", text=t(key, lang=lang, **values)))


def _sign_in(lang: Language) -> None:
    target = f"./own/sign-in?{urlencode({'lang': lang})}"
    st.html(part("parts", "link", target=target, text=t("own.sign_in", lang=lang)))
