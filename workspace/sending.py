"""How what is private is sent: kept by no proxy and no disk, found by no search, drawn into nobody else's page."""

from __future__ import annotations

from starlette.responses import Response

PRIVATE = {
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}


def attached(content: bytes, *, name: str, mime: str) -> Response:
    """Return a file as a download."""
    headers = {**PRIVATE, "content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=mime, headers=headers)
