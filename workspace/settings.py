"""How local mode is on: for whoever sits at this computer, or on a server where people sign in."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from typing import Any

import streamlit as st

LOCAL = "COHESION_LOCAL"  # set by `run.py --local`
KEY = "COHESION_LOCAL_KEY"  # made by it anew at each start
AUTH, OURS = "auth", "workspace"  # sections of Streamlit's secrets: the provider's, and ours
IDLE_MINUTES, LONGEST_HOURS = 30, 12  # after which somebody signs in anew, unless `[workspace]` says otherwise
_OWN_KEY = secrets.token_urlsafe(24)


def signs_in() -> bool:
    """Tell whether people sign in here: a server whose secrets name a provider."""
    return bool(st.secrets.load_if_toml_exists()) and AUTH in st.secrets


def on_this_computer() -> bool:
    """Tell whether this is a workspace of one computer, without sign-in; a provider that is named goes first."""
    return os.environ.get(LOCAL) == "1" and not signs_in()


def key() -> str:
    """Return what a browser of this computer must show: the address that `run.py --local` tells carries it."""
    return os.environ.get(KEY) or _OWN_KEY


def of_server(name: str, usual: Any) -> Any:
    """Return a setting of `[workspace]`, of the kind that the usual one is; any other is the usual one."""
    section: Mapping[str, Any] = st.secrets[OURS] if signs_in() and OURS in st.secrets else {}
    setting = section.get(name, usual)
    return setting if isinstance(setting, type(usual)) and not isinstance(setting, bool) else usual
