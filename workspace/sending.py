"""How what is private is sent: kept by no proxy and no disk, found by no search, drawn into nobody else's page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from dashboard.briefing.web import sorry
from dashboard.i18n.text import say

PRIVATE = {
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}


def nothing(http: Request) -> Response:
    """Answer for whatever is not given, the same whether it is there or not: a page in both languages."""
    answer = sorry(http, status=404, title=say("own.file.none"), text=say("own.file.not_given"))
    answer.headers.update(PRIVATE)
    return answer


def attached(content: bytes, *, name: str, mime: str) -> Response:
    """Return a file as a download."""
    headers = {**PRIVATE, "content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=mime, headers=headers)
