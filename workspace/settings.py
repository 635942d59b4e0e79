"""How local mode is on: for whoever sits at this computer, or on a server where people sign in."""

from __future__ import annotations

import os

import streamlit as st

LOCAL = "COHESION_LOCAL"  # set by `run.py --local`
AUTH = "auth"  # the section of Streamlit's secrets that names a provider


def signs_in() -> bool:
    """Tell whether people sign in here: a server whose secrets name a provider."""
    return bool(st.secrets.load_if_toml_exists()) and AUTH in st.secrets


def on_this_computer() -> bool:
    """Tell whether this is a workspace of one computer, without sign-in; a provider that is named goes first."""
    return os.environ.get(LOCAL) == "1" and not signs_in()
