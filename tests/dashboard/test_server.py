"""What the server adds to the answers of the app it wraps: headers, the reader's language, and a way home."""

from __future__ import annotations

import asyncio
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from dashboard import findings, queries, store
from dashboard.figure import Subject
from dashboard.findings.message import phrase_in
from dashboard.i18n import LANGUAGES, t
from dashboard.navigation import PAGES, TITLES
from dashboard.opening import COPY
from dashboard.server import OTHER_ROUTES, Below, Closed, Document, KnownPages, SecurityHeaders

PAGE = (
    b'<!doctype html><html lang="en"><title>Streamlit</title><link rel="stylesheet" href="./x.css"><body>'
    b"<noscript><p>You need to enable JavaScript to run this app.</p>\n<p>Agents: see /mcp</p></noscript>"
    b'<div id="root"></div></html>'
)
NOTHING = PlainTextResponse("nothing", status_code=404)
BROWSER = (b"accept", b"text/html,application/xhtml+xml,*/*;q=0.8")


async def page(scope, receive, send):
    """Answer like Streamlit: in two pieces, with a length."""
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(PAGE)).encode()), (b"etag", b"1")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE[:20], "more_body": True})
    await send({"type": "http.response.body", "body": PAGE[20:], "more_body": False})


def answer(app, query: bytes = b"", kind: str = "http", path: str = "/", accept=BROWSER, host: bytes = b""):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": kind,
        "method": "GET",
        "path": path,
        "query_string": query,
        "headers": [(b"accept-encoding", b"gzip"), (b"host", host), accept],
    }
    asyncio.run(app(scope, None, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(m.get("body", b"") for m in sent[1:])


def test_the_navigation_names_every_page_there_is():
    assert set(PAGES) == {path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py")}


def test_every_answer_carries_the_security_headers():
    headers, body = answer(SecurityHeaders(page))
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "http:" not in headers["content-security-policy"]
    (scripts,) = re.findall("script-src ([^;]+)", headers["content-security-policy"])
    assert re.fullmatch(
        r"'self'( 'sha256-[A-Za-z0-9+/]{43}=')+", scripts
    )  # no script but those of ours and Streamlit's
    assert body == PAGE


@pytest.mark.parametrize(
    ("query", "lang"),
    [
        (b"place=W06000015&lang=cy", "cy"),
        (b"", "en"),
        (b"lang=en", "en"),
        (b"lang=cyx", "en"),
        (b"lang=CY", "cy"),
        (b"place=XCAV&amp;lang=Welsh.", "cy"),
        (b"lang=cy&lang=en", "en"),
    ],
)
def test_a_document_opens_in_the_language_its_address_asks_for(query, lang):
    async def compressing(scope, receive, send):
        assert b"accept-encoding" not in dict(scope["headers"]), "a compressed page could not be corrected"
        await page(scope, receive, send)

    headers, body = answer(Document(compressing), query=query)
    text = unescape(body.decode())
    assert f'<html lang="{lang}"' in text
    assert f"<title>{t('app.title', lang=lang)}</title>" in text
    assert f"<a id='ct-skip' href='#content'>{t('frame.skip', lang=lang)}</a>" in text
    assert t("frame.needs_script", lang=lang) in text
    assert headers["content-length"] == str(len(body))
    assert "etag" not in headers


def first_words(query: bytes, path: str = "/") -> str:
    """Return what a document says before its scripts come."""
    text = answer(Document(page), query=query, path=path)[1].decode()
    return unescape(re.search("<div id='ct-opening'>(.*)</div></div>", text, flags=re.DOTALL)[1])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_document_has_the_heading_and_the_first_message_of_its_page(build, name, lang):
    place = queries.area("W06000015", build=build)
    told = first_words(f"place=Caerdydd&lang={lang}".encode(), path=f"/{'' if name == 'home' else name}")
    (heading,) = re.findall("<h1>(.*?)</h1>", told)
    script = (Path(__file__).parents[2] / "pages" / f"{name}.py").read_text(encoding="utf-8")
    (titled,) = re.findall(r'page_title\("([^"]+)"', script)
    assert heading == t(TITLES[titled], lang=lang, in_place=phrase_in(place).text(lang), place=place.name.text(lang))
    every = findings.messages(Subject(place=place, build=build))
    own = [one for one in every if one.page == name] or every
    assert f"<p>{own[0].text(lang)}" in told


@pytest.mark.parametrize(
    "query", [b"place=Nowhere", b"place=W06000015&place=W06000014", b"place=%3Cscript%3E", b"place=W01001714"]
)
def test_a_document_has_no_number_where_it_is_not_sure_whose_it_would_be(build, query):
    told = first_words(query)
    assert f"<h1>{t('nav.home', lang='en')}</h1><p id='ct-waiting'" in told
    assert "<script" not in told


def test_first_words_stand_before_the_sheet_of_styles_and_say_how_to_go_on_without_a_script(build, monkeypatch):
    monkeypatch.setenv(COPY, "https://copy.example/tueddiadau/")
    text = answer(Document(page), query=b"lang=cy")[1].decode()
    assert text.index("ct-opening'") < text.index('<link rel="stylesheet"') < text.index('<div id="root">')
    way = f"<a href='https://copy.example/tueddiadau/'>{t('opening.copy', lang='cy')}</a>"
    assert unescape(text).count(way) == 2
    monkeypatch.setenv(COPY, "javascript:alert(1)")
    assert "javascript:" not in first_words(b"lang=cy")


def test_a_document_opens_where_there_are_no_figures_at_all(monkeypatch):
    def none() -> str:
        raise store.NoBuildError

    monkeypatch.setattr(store, "build_id", none)
    assert f"<h1>{t('nav.home', lang='en')}</h1>" in first_words(b"")
    monkeypatch.setattr(store, "build_id", lambda: 1 / 0)
    assert f"<h1>{t('app.title', lang='en')}</h1>" in first_words(b"")


@pytest.mark.parametrize("accept", [(b"accept", b"*/*"), (b"accept", b"application/json")])
def test_what_is_not_asked_for_as_a_page_passes_untouched(accept):
    headers, body = answer(Document(page), query=b"lang=cy", path="/no_such_page", accept=accept)
    assert body == PAGE
    assert headers["etag"] == "1"


@pytest.mark.parametrize("accept", [(b"accept", b"*/*"), (b"user-agent", b"says nothing of what it takes")])
def test_who_takes_anything_has_a_page_in_its_language_and_a_script_as_it_is(accept):
    _, body = answer(Document(page), query=b"lang=cy", path="/hate_crime", accept=accept)
    assert b'<html lang="cy"' in body
    assert t("frame.needs_script", lang="cy") in unescape(body.decode())
    assert b"/mcp" not in body
    for path in ("/static/js/index.js", "/hate_crime/_stcore/health"):
        assert answer(Document(page), query=b"lang=cy", path=path, accept=accept)[1] == PAGE


@pytest.mark.parametrize("accept", [BROWSER, (b"accept", b"*/*")])
@pytest.mark.parametrize(
    "path",
    [
        "/no_such_page",
        "/no/such/page",
        "/pages/home.py",
        "/" + "x" * 500,
        "//elsewhere.example",
        "/hate_crime/x",
        "/a%2Fb",
        "/figures/\0.csv",
        "/figures/../x.csv",
        "/figures/a\\b.csv",
        "//figures/population.csv",
    ],
)
def test_an_address_that_means_no_page_is_answered_with_nothing_and_leads_nowhere(path, accept):
    headers, body = answer(KnownPages(page, lost=NOTHING), path=path, accept=accept)
    assert body == b"nothing"
    assert "location" not in headers


@pytest.mark.parametrize(
    ("path", "query", "target"),
    [
        ("/home", b"lang=cy", "./?lang=cy"),
        ("/home", b"", "./"),
        ("/Hate_Crime", b"place=W06000015", "./hate_crime?place=W06000015"),
        ("/hate_crime/", b"", "../hate_crime"),
        ("/hate_crime.", b"lang=cy", "./hate_crime?lang=cy"),
        ("/hate-crime", b"", "./hate_crime"),
        ("/troseddau-casineb", b"lang=cy", "./hate_crime?lang=cy"),
        ("/hate_crime&lang=cy&place=W06000015", b"", "./hate_crime?lang=cy&place=W06000015"),
        ("/Hafan", b"", "./"),
        ("/Present", b"lang=cy", "./present?lang=cy"),
    ],
)
def test_an_address_that_is_spelt_otherwise_leads_to_the_page_it_means(path, query, target):
    headers, _ = answer(KnownPages(page, lost=NOTHING), query=query, path=path)
    assert headers.get("location") == target


@pytest.mark.parametrize(
    "path",
    ["/", "/migration", "/health", "/_stcore/health", "/app/static/a.css", "/media/x.csv", "/static/a.js"],
)
def test_an_address_we_know_is_passed_on(path):
    _, body = answer(KnownPages(page, lost=NOTHING), path=path)
    assert body == PAGE


def test_a_websocket_is_none_of_their_business():
    seen = []

    async def inner(scope, receive, send):
        seen.append((scope["type"], send))
        await send({"type": "http.response.start", "headers": []})

    answer(SecurityHeaders(inner), kind="websocket")
    answer(KnownPages(Document(inner), lost=NOTHING), query=b"lang=cy", kind="websocket", path="/no_such_page")
    assert [kind for kind, _ in seen] == ["websocket", "websocket"]


@pytest.mark.parametrize("path", sorted(OTHER_ROUTES))
def test_what_our_own_routes_answer_passes_untouched(path):
    for wrapped in (Document(page), KnownPages(page, lost=NOTHING)):
        headers, body = answer(wrapped, query=b"lang=cy", path=path)
        assert body == PAGE
        assert headers["etag"] == "1"


@pytest.mark.parametrize(
    "path",
    ["/_stcore/upload_file/1/2", "/below/_stcore/upload_file/1/2", "/app/static/" + "x" * 300, "/media/" + "y" * 201],
)
def test_nothing_is_uploaded_and_no_name_is_asked_for_that_no_file_can_have(path):
    _, body = answer(Closed(page), path=path)
    assert body == b"not found"


def test_a_page_may_speak_by_websocket_with_its_own_host_and_no_other():
    def policy(host: bytes) -> str:
        headers, _ = answer(SecurityHeaders(page), host=host)
        return re.search("connect-src ([^;]*);", headers["content-security-policy"])[1]

    assert policy(b"cohesion.example:8501") == "'self' ws://cohesion.example:8501 wss://cohesion.example:8501 data:"
    assert policy(b"[::1]:8501") == "'self' ws://[::1]:8501 wss://[::1]:8501 data:"
    for odd in (b"", b"evil.example; script-src *", b"a b", b"x\r\ny", b"*"):
        assert policy(odd) == "'self' data:"


def test_a_websocket_that_sends_text_is_closed_and_one_that_sends_bytes_is_heard():
    messages = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "bytes": b"x", "text": None},
        {"type": "websocket.receive", "text": "x"},
    ]
    heard = []

    async def receive():
        return messages.pop(0)

    async def inner(_scope, receive, _send):
        heard.extend([await receive(), await receive(), await receive()])

    asyncio.run(Closed(inner)({"type": "websocket", "path": "/_stcore/stream", "headers": []}, receive, None))
    assert [one["type"] for one in heard] == ["websocket.connect", "websocket.receive", "websocket.disconnect"]


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ("/cohesion", "/cohesion/"),
        ("/cohesion/Hate_Crime", "/cohesion/hate_crime"),
        ("/cohesion//hate-crime", "/cohesion/hate_crime"),
        ("/cohesion/hate_crime/", "/cohesion/hate_crime"),
    ],
)
def test_no_redirect_leaves_the_path_that_the_dashboard_stands_below(asked, way):
    client = TestClient(
        Below(KnownPages(PlainTextResponse("page"), lost=NOTHING), base=lambda: "cohesion"), follow_redirects=False
    )
    answered = client.get(asked, headers={"accept": "text/html"})
    assert (answered.status_code, answered.headers["location"]) == (307, way)


@pytest.mark.parametrize(("path", "kept"), [("/media/0123.png", "no-store"), ("/static/index.js", None)])
def test_no_cache_on_the_way_keeps_what_holds_somebodys_own_words(path, kept):
    headers, _ = answer(SecurityHeaders(PlainTextResponse("x")), path=path)
    assert headers.get("cache-control") == kept
