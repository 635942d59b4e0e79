"""The entry: `streamlit run app.py`, `python app.py` or `uvicorn app:app`. Builds the data when there is none."""

from __future__ import annotations

import logging

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dashboard import offers, scripts, store
from dashboard.briefing import web
from dashboard.server import SCRIPT, Document, KnownPages, SecurityHeaders, settle_path
from etl.contract import ContractError
from etl.load import build
from etl.staging import interrupted, only_one, recover

log = logging.getLogger("cohesion")
settle_path()


def ensure_build() -> None:
    """Build the database from `data/tidy`; when a table is wrong, say so and go on with the build on show.

    A refresh that was killed half way is put right first, unless another one is at work in the folder.
    """
    try:
        if interrupted(data=store.DATA):
            with only_one(data=store.DATA):
                log.warning("A refresh was stopped half way. %s", recover(data=store.DATA))
        build(data=store.DATA)
    except (ContractError, OSError) as error:
        log.error("The figures were not rebuilt; the build on show stays.\n%s", error)


async def health(_: Request) -> PlainTextResponse:
    """Answer with the build on show, or 503 when there is none."""
    try:
        return PlainTextResponse(store.build_id())
    except store.NoBuildError:
        return PlainTextResponse("no build", status_code=503)


ensure_build()
app = st.App(
    SCRIPT,
    routes=[
        Route("/health", health),
        Route(web.PATH, web.present),
        Route(offers.PATH, offers.answer),
        Route(scripts.PATH, scripts.answer),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(KnownPages), Middleware(Document)],
)

if __name__ == "__main__":
    app.run()
