"""The entry: `streamlit run app.py`, `python app.py` or `uvicorn app:app`. Builds the data when there is none."""

from __future__ import annotations

import importlib
import os

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route, request_response

from cohesion.builds import FETCHED
from dashboard import store, trouble
from dashboard.answers import Remembered
from dashboard.precompressed import Packed
from dashboard.routes import ROUTES
from dashboard.script_path import SCRIPT, settle_path
from dashboard.server import Below, Closed, Document, KnownPages, SecurityHeaders, without_waiting
from dashboard.web.site import health, not_found
from etl.release import start

settle_path()


def ensure_build() -> None:
    """Build from `data/tidy`, or go on with the last good build; keep for Data and methods what a reader may know.

    Where finished builds are fetched, tables that lie here are older than they: nothing is made of them.
    """
    if not os.environ.get(FETCHED):
        trouble.note(start.ready(data=store.DATA))


def is_local() -> bool:
    """Tell whether a council's own figures are wanted: by `run.py --local`, or with a provider to sign in with."""
    return os.environ.get("COHESION_LOCAL") == "1" or (st.secrets.load_if_toml_exists() and "auth" in st.secrets)


ensure_build()
OWN = importlib.import_module("workspace.joining").join() if is_local() else None
app = st.App(
    SCRIPT,
    routes=[Route("/health", health), *(OWN.routes if OWN else ()), *ROUTES],
    middleware=[
        Middleware(Below, base=lambda: str(st.get_option("server.baseUrlPath"))),
        Middleware(SecurityHeaders),
        *(OWN.middleware if OWN else ()),
        Middleware(Closed),
        Middleware(KnownPages, lost=request_response(not_found)),
        *map(Middleware, (Remembered, Packed, Document)),
    ],
    lifespan=without_waiting,
)

if __name__ == "__main__":
    app.run()
