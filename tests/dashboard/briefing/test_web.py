"""The presenter's address: it answers with the slides, says plainly why not, and never hands back what it was sent."""

from __future__ import annotations

from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import files, store, trouble
from dashboard.briefing import web
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import say
from dashboard.routes import ROUTES
from dashboard.server import Document, SecurityHeaders
from tests.markup import fetched, read

MARKUP = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def client(build):
    """Return a client of the route with the middleware that the app puts around it."""
    middleware = [Middleware(SecurityHeaders), Middleware(Document)]
    return TestClient(Starlette(routes=[Route(web.PATH, web.present)], middleware=middleware))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_and_a_language_give_its_slides(client, lang):
    answer = client.get("/present", params={"place": "W06000015", "lang": lang})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'sha256-")
    assert answer.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    page = read(answer.content)
    assert page.get("lang") == lang
    assert ("Caerdydd" if lang == "cy" else "Cardiff") in page.findtext("head/title")
    assert fetched(page) == []


def test_without_a_place_it_is_the_region_in_english(client):
    page = read(client.get("/present").content)
    assert page.get("lang") == "en"
    assert page.findtext("head/title").startswith("Cardiff and the Vale of Glamorgan")


@pytest.mark.parametrize(
    ("asked", "status", "key"),
    [
        ({"place": "W06000099"}, 404, "presenter.unknown_place.title"),
        ({"place": MARKUP}, 404, "presenter.unknown_place.title"),
        ({"place": ""}, 404, "presenter.unknown_place.title"),
        ({"place": ["W06000015", "W06000014"]}, 404, "presenter.unknown_place.title"),
        ({"place": "W06000015", "lang": "fr"}, 400, "presenter.unknown_language.title"),
        ({"lang": MARKUP}, 400, "presenter.unknown_language.title"),
    ],
)
def test_a_wrong_address_is_answered_plainly_in_both_languages(client, asked, status, key):
    answer = client.get("/present", params=asked)
    assert answer.status_code == status
    assert MARKUP not in answer.text
    page = read(answer.content)
    assert [h.text for h in page.iter("h1")] == [t(key, lang=lang) for lang in LANGUAGES]
    assert page.xpath("//section/@lang") == list(LANGUAGES)
    assert fetched(page) == []


@pytest.mark.parametrize(
    ("more", "told"),
    [("kind=strand&strand=foo", "deck, mine"), ("kind=deck&group=age", "place, lang"), ("strand=race", "tray")],
)
def test_slides_of_a_kind_that_has_none_are_refused(client, more, told):
    answer = client.get(f"/present?place=W06000015&{more}")
    assert answer.status_code == 400
    assert told in read(answer.content).text_content()


def test_without_a_build_it_says_so(client, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "DATA", tmp_path)
    answer = client.get("/present")
    assert answer.status_code == 503
    assert t("no_build.title", lang="cy") in read(answer.content).text_content()
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "current.json").write_bytes(b'{"build": "')
    words = read(client.get("/present").content).text_content()
    assert [t(key, lang=lang) in words for key in trouble.ABSENCES["not_whole"] for lang in LANGUAGES] == [True] * 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_browser_that_has_the_slides_of_this_build_is_not_sent_them_again(client, build, lang):
    asked = {"place": "XCAV", "lang": lang}
    first = client.get("/present", params=asked)
    assert first.headers["cache-control"] == "private, no-cache"
    assert f"{build}-XCAV" in first.headers["etag"]
    again = client.get("/present", params=asked, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    stale = first.headers["etag"].replace(build, "0" * len(build))
    assert client.get("/present", params=asked, headers={"if-none-match": stale}).status_code == 200


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("trends.example.wales", "http://trends.example.wales"),
        ("localhost:8501", "http://localhost:8501"),
        ("[::1]:8501", "http://[::1]:8501"),
        ('evil"><script>', ""),
        ("user@evil.example", ""),
        ("evil.example/path", ""),
        ("a" * 64 + ".example", ""),
        ("", ""),
    ],
)
def test_only_a_host_that_looks_like_one_becomes_an_address(host, address):
    scope = {"type": "http", "method": "GET", "path": "/present", "scheme": "http", "query_string": b""}
    request = web.Request({**scope, "headers": [(b"host", host.encode())]})
    assert web.address_of(request) == address


def test_an_address_with_a_tray_shows_the_officers_own_slides(client):
    tray = "since-since.sanctuary-ukraine-gone_code"
    asked = {"place": "W06000015", "with": "W06000014", "tray": tray, "since": "10/9/2026", "lang": "cy"}
    answer = client.get("/present", params=asked)
    assert answer.status_code == 200
    said = answer.content.decode()
    assert all(text in said for text in ("Caerdydd, Bro Morgannwg", "gone_code", "ers 10 Medi 2026"))


@pytest.mark.parametrize("name", ["with", "from", "to"])
def test_what_only_an_officers_own_slides_have_is_refused_without_a_tray(client, name):
    value = {"with": "W06000014", "from": "2018", "to": "2024"}[name]
    answer = client.get("/present", params={"place": "W06000015", name: value})
    assert answer.status_code == 400
    text = read(answer.content).text_content()
    assert all(t("presenter.no_tray", lang=lang) in text for lang in LANGUAGES)
    assert client.get("/present", params={"place": "W06000015", name: ""}).status_code == 200


def one_day(*parts):
    return PeriodName(start=date(*parts), months=0)


OWN = {"place": "W06000015", "tray": "migration-population"}


@pytest.mark.parametrize("others", ["w06000014", " W06000014", "W06000014,", "W06000014, w92000004"])
def test_places_beside_are_understood_as_a_page_understands_them(client, others):
    said = client.get("/present", params={**OWN, "with": others}).content.decode()
    assert "Cardiff, Vale of Glamorgan" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"with": "W06000014,ZZZ"}, say("compare.refused.beside_unknown")),
        ({"with": MARKUP}, say("compare.refused.beside_unknown")),
        ({"with": "w06000015"}, say("compare.refused.beside_itself")),
        ({"with": "W06000014,w06000014"}, say("compare.refused.beside_twice")),
        ({"with": "W06000014,W06000018,W06000019,W06000020"}, say("compare.refused.beside_many")),
        ({"with": ["W06000014", "W06000018"]}, say("presenter.twice")),
        ({"lang": ["cy", "en"]}, say("presenter.twice")),
        ({"from": "2024", "to": "2018"}, say("compare.refused.period_turned")),
        ({"from": "long ago"}, say("files.unknown_value", name="from", allowed="1900 – 2100")),
        ({"since": "last meeting"}, say("presenter.no_day", name="since")),
        ({"next": "2026-02-30"}, say("presenter.no_day", name="next")),
        (
            {"since": "2026-09-10", "next": "2026-09-09"},
            say("presenter.turned", next=one_day(2026, 9, 9), since=one_day(2026, 9, 10)),
        ),
        ({"tray": "*nonsense"}, say("presenter.tray_damaged")),
        ({"tray": MARKUP}, say("presenter.tray_damaged")),
        ({"tray": ".".join(f"-a{n}" for n in range(121))}, say("presenter.tray_many", n="120")),
    ],
)
def test_what_cannot_be_followed_is_said_and_nothing_else_is_shown_for_it(client, asked, said):
    answer = client.get("/present", params={**OWN, **asked})
    assert answer.status_code == 400
    assert MARKUP not in answer.text
    text = read(answer.content).text_content()
    assert all(said.text(lang) in text for lang in LANGUAGES)


def test_a_talk_is_of_one_build_though_a_newer_one_comes_in_between(client, build, monkeypatch):
    asked_for = iter([build])
    monkeypatch.setattr(web.store, "build_id", lambda: next(asked_for))
    assert client.get("/present", params={**OWN, "with": "W06000014"}).status_code == 200


def test_slides_wait_for_their_turn_as_files_do(build, monkeypatch):
    turns = files.BoundedSemaphore(1)
    monkeypatch.setattr(files, "_TURNS", turns)
    monkeypatch.setattr(files, "PATIENCE", 0.0)
    client = TestClient(Starlette(routes=[route for route in ROUTES if getattr(route, "path", "") == web.PATH]))
    with turns:
        busy = client.get("/present", params=OWN)
    assert busy.status_code == 503
    assert t("presenter.not_now", lang="cy") in read(busy.content).text_content()
    assert client.get("/present", params=OWN).status_code == 200
