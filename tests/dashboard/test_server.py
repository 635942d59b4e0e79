"""What the server adds to the answers of the app it wraps."""

from __future__ import annotations

import asyncio

from dashboard.server import DocumentLanguage, SecurityHeaders

PAGE = b'<!doctype html><html lang="en"><title>Streamlit</title></html>'


async def page(scope, receive, send):
    """Answer like Streamlit: in two pieces, with a length."""
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(PAGE)).encode()), (b"etag", b"1")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE[:20], "more_body": True})
    await send({"type": "http.response.body", "body": PAGE[20:], "more_body": False})


def answer(app, query: bytes = b"", kind: str = "http"):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": kind,
        "method": "GET",
        "path": "/",
        "query_string": query,
        "headers": [(b"accept-encoding", b"gzip")],
    }
    asyncio.run(app(scope, None, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(m.get("body", b"") for m in sent[1:])


def test_every_answer_carries_the_security_headers():
    headers, body = answer(SecurityHeaders(page))
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "http:" not in headers["content-security-policy"]
    assert body == PAGE


def test_a_welsh_address_gets_a_welsh_document_of_the_right_length():
    async def compressing(scope, receive, send):
        assert b"accept-encoding" not in dict(scope["headers"]), "a compressed page could not be corrected"
        await page(scope, receive, send)

    headers, body = answer(DocumentLanguage(compressing), query=b"place=W06000015&lang=cy")
    assert b'<html lang="cy"' in body
    assert headers["content-length"] == str(len(body))
    assert "etag" not in headers


def test_an_answer_that_is_already_in_welsh_passes_with_its_tag():
    welsh = PAGE.replace(b"en", b"cy", 1)

    async def presenter(scope, receive, send):
        headers = [(b"content-length", str(len(welsh)).encode()), (b"etag", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": welsh})

    headers, body = answer(DocumentLanguage(presenter), query=b"lang=cy")
    assert body == welsh
    assert headers == {"content-length": str(len(welsh)), "etag": "1"}


def test_any_other_address_passes_untouched():
    for query in (b"", b"lang=en", b"lang=cyx", b"lang=cy&lang=en"):
        headers, body = answer(DocumentLanguage(page), query=query)
        assert body == PAGE
        assert headers["etag"] == "1"


def test_a_websocket_is_none_of_their_business():
    seen = []

    async def inner(scope, receive, send):
        seen.append((scope["type"], send))
        await send({"type": "http.response.start", "headers": []})

    answer(SecurityHeaders(inner), kind="websocket")
    answer(DocumentLanguage(inner), query=b"lang=cy", kind="websocket")
    assert [kind for kind, _ in seen] == ["websocket", "websocket"]
