"""Files of a workspace: what makes each, and the address at which it is asked for.

The awkward fact: an address is copied, sent on and kept. So it says which workspace is meant by a mark that only this
server can read, never by its name, and whoever comes by it is asked who they are all the same.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st
from streamlit.auth_util import get_signing_secret

from workspace import settings
from workspace.entrance import CHOSEN
from workspace.session import Session

FOLDER = "own/files"
OF, LANG = "of", "lang"
Options = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class File:
    """A finished file; its template and the number of its edition are what the audit table is told."""

    content: bytes
    name: str
    mime: str
    template: str | None = None
    number: int | None = None


Maker = Callable[[Session, Options], File | None]
MAKERS: dict[str, Maker] = {}


def offer(name: str) -> Callable[[Maker], Maker]:
    """Let a function make the files that are asked for under a name; None, and a refusal, are answered alike."""

    def register(maker: Maker) -> Maker:
        MAKERS[name] = maker
        return maker

    return register


def link(session: Session, name: str, **options: str) -> str:
    """Return the address of a file, seen from any page; options stand in it, so that no count or word may be one."""
    return f"./{FOLDER}/{name}?{urlencode({OF: mark(session.workspace), LANG: session.lang} | options)}"


def of_page() -> dict[str, str]:
    """Return what an address must say besides, for a file of the workspace that the page being drawn is of."""
    return {OF: mark(st.session_state[CHOSEN])} if CHOSEN in st.session_state else {}


def mark(workspace: str) -> str:
    """Return what stands for a workspace in an address."""
    secret = settings.key() if settings.on_this_computer() else get_signing_secret()
    return hmac.new(secret.encode(), f"workspace:{workspace}".encode(), hashlib.sha256).hexdigest()[:32]
