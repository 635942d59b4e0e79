"""Who a sign-in is, how long it lasts, and what a page says to each: without a browser and without a provider."""

from __future__ import annotations

import json
import time
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.i18n import LANGUAGES, t
from local_figures.store import editions, people, sign_ins
from local_figures.store.editions import APPROVER, EDITOR, PARTNER, READER, Act
from local_figures.store.engine import open_store
from local_figures.store.schema import GROUP
from tests.said import said
from tests.workspace.conftest import CARDIFF, act
from workspace import entrance, files, identity, routes, session, settings
from workspace.files import File, offer
from workspace.identity import Identity, of_claims
from workspace.landing import Landing, remembered_way
from workspace.presence import PRESENCE, Presence

ORIGIN = "https://trends.example"
ANN, BEN, EVE = "ann@council.example", "ben@council.example", "eve@elsewhere.example"


def claims(email: str = ANN, **more) -> dict:
    return {"is_logged_in": True, "iss": "https://id.example", "sub": email, "iat": time.time(), "email": email} | more


def test_a_person_is_who_the_provider_says_by_a_verified_address():
    assert of_claims(claims(" Ann@Council.EXAMPLE ")).who == ANN
    assert of_claims(claims(groups=["team", 7])).groups == ("team",)
    assert of_claims(claims(email_verified=True)).who == ANN


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_logged_in": False},
        {"is_logged_in": "true"},
        {"email": None},
        {"email": ""},
        {"email": ["ann@council.example"]},
        {"email": "ann@council.example\nperson:x"},
        {"email": "<b>ann</b>@council.example"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"groups": "team"},
    ],
)
def test_anything_else_is_nobody_or_of_no_group(wrong):
    found = of_claims(claims() | wrong)
    assert found is None or (found.groups == () and "groups" in wrong)


def test_two_sign_ins_of_one_person_are_two():
    assert of_claims(claims(iat=1.0)).sign_in != of_claims(claims(iat=2.0)).sign_in


@pytest.fixture
def kept(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'kept.sqlite'}")
    yield store
    store.engine.dispose()


def test_a_sign_in_ends_when_somebody_leaves_or_does_nothing_or_after_a_day(kept):
    clock = [1000.0]
    here = Presence(clock=lambda: clock[0])
    here.keep_in(lambda: kept)
    ann = Identity(who=ANN, sign_in="one", since=1000.0)
    assert here.renew(ann)
    clock[0] += 60 * settings.IDLE_MINUTES - 1
    assert here.is_here(ann)
    assert here.renew(ann)
    clock[0] += 60 * settings.IDLE_MINUTES + 1
    assert not here.renew(ann)
    clock[0] -= 60 * settings.IDLE_MINUTES
    assert not here.renew(ann)  # once ended, it stays so
    again = Identity(who=ANN, sign_in="two", since=clock[0])
    assert here.renew(again)
    forgotten: list[str] = []
    here.when_left(forgotten.append)
    here.leave(again)
    assert forgotten == [ANN]
    assert not here.renew(again)
    long = Identity(who=ANN, sign_in="three", since=clock[0])
    for _ in range(2 * settings.LONGEST_HOURS + 1):
        still = here.renew(long)
        clock[0] += 60 * settings.IDLE_MINUTES - 1
    assert not still or not here.renew(long)


def test_who_signed_out_at_one_replica_is_gone_at_the_other_and_after_a_restart(joined, monkeypatch):
    monkeypatch.delenv(settings.LOCAL)
    monkeypatch.setattr(settings, "of_server", lambda _, usual: usual)
    one, other, restarted = Presence(), Presence(), Presence()
    for replica in (one, other, restarted):
        replica.keep_in(session.opened)
    ann = Identity(who=ANN, sign_in="one", since=time.time())
    assert one.renew(ann)
    assert other.renew(ann)
    one.leave(ann)
    assert not other.is_here(ann)
    assert not other.renew(ann)
    assert not restarted.renew(ann)
    assert other.renew(Identity(who=ANN, sign_in="two", since=time.time()))


def test_a_click_at_one_replica_counts_at_the_other_and_after_a_restart(kept, tmp_path):
    clock, idle = [1000.0], 60 * settings.IDLE_MINUTES
    other_engine = open_store(f"sqlite:///{tmp_path / 'kept.sqlite'}")
    one, other = (Presence(clock=lambda: clock[0]) for _ in range(2))
    one.keep_in(lambda: kept)
    other.keep_in(lambda: other_engine)
    ann = Identity(who=ANN, sign_in="one", since=1000.0)
    for _ in range(4):  # all her clicks are at the first
        assert one.renew(ann)
        clock[0] += idle - 1
    assert other.is_here(ann)
    assert [one.is_here(ann), other.is_here(ann)] == [True, True]
    clock[0] += 2
    assert [one.is_here(ann), other.is_here(ann)] == [False, False]
    restarted = Presence(clock=lambda: clock[0])
    restarted.keep_in(lambda: kept)
    assert not restarted.renew(ann)
    other_engine.engine.dispose()


def test_not_every_click_is_written_and_being_asked_is_none(kept, monkeypatch):
    clock, written = [1000.0], []
    here = Presence(clock=lambda: clock[0])
    here.keep_in(lambda: kept)
    ann = Identity(who=ANN, sign_in="one", since=1000.0)
    renew = sign_ins.renew
    monkeypatch.setattr(sign_ins, "renew", lambda *told, **more: (written.append(more["at"]), renew(*told, **more)))
    for _ in range(130):
        assert here.renew(ann)
        assert here.is_here(ann)
        clock[0] += 1
    assert written == [1000.0, 1060.0, 1120.0]


def test_a_cookie_that_is_older_than_a_pause_and_was_never_seen_is_no_sign_in(kept):
    here = Presence()
    here.keep_in(lambda: kept)
    ann = Identity(who=ANN, sign_in="one", since=time.time() - 60 * settings.IDLE_MINUTES - 1)
    assert not here.renew(ann)


@pytest.fixture
def server(joined, monkeypatch):
    """A server where people sign in, with a workspace of two people; nobody has signed in yet."""
    monkeypatch.delenv(settings.LOCAL)
    monkeypatch.setattr(settings, "signs_in", lambda: True)
    monkeypatch.setattr(settings, "of_server", lambda _, usual: usual)
    monkeypatch.setattr(identity, "get_origin_from_redirect_uri", lambda: ORIGIN)
    store = session.opened()
    mine = Act(workspace="cardiff", who=ANN, now=act().now)
    editions.open_workspace(store, mine, areas=[CARDIFF])
    for person, role in ((BEN, READER), ("pat@partner.example", PARTNER)):
        editions.set_role(store, mine, person=person, role=role)
    return store


@pytest.fixture
def as_person(server, monkeypatch):
    def sign(email: str, **more) -> dict:
        signed = claims(email, **more)
        monkeypatch.setattr(identity, "of_page", lambda: of_claims(signed))
        monkeypatch.setattr(session, "of_page", lambda: of_claims(signed))
        monkeypatch.setattr("workspace.frame.of_page", lambda: of_claims(signed))
        monkeypatch.setattr(entrance, "is_signed_in", lambda: bool(signed.get("is_logged_in")))
        return signed

    return sign


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_has_not_signed_in_is_offered_to_and_sees_nothing(as_person, open_page, lang):
    as_person(ANN, is_logged_in=False)
    told = said(open_page("own_area", lang=lang))
    assert t("own.stopped.sign_in", lang=lang) in told
    assert "./own/sign-in?lang=" in told
    assert t("own.held.title", lang=lang) not in told


def test_a_stranger_is_told_so_and_of_no_workspace(as_person, open_page):
    as_person(EVE)
    told = said(open_page("own_area"))
    assert t("own.stopped.stranger", lang="en", who=EVE) in told
    assert "cardiff" not in told.lower().replace("cardiff and the vale", "").split("<h1")[-1]


def test_terms_are_asked_for_once_and_then_the_page_is_there(as_person, server, open_page):
    as_person(BEN)
    app = open_page("own_area")
    assert t("own.terms.title", lang="en") in said(app)
    assert t("own.held.title", lang="en") not in said(app)
    app.button(key="own_accept").click().run()
    assert t("own.held.title", lang="en") in said(app)
    assert t("own.held.title", lang="en") in said(open_page("own_area"))
    assert not app.exception


def accepted(store, email: str, workspace: str = "cardiff") -> None:
    people.accept(store, Act(workspace=workspace, who=email, now=act().now), version=entrance.TERMS, words={})


def test_a_role_that_is_taken_is_gone_with_the_next_click(as_person, server, open_page):
    as_person(BEN)
    accepted(server, BEN)
    app = open_page("own_area")
    assert t("own.held.title", lang="en") in said(app)
    editions.take_role(server, Act(workspace="cardiff", who=ANN, now=act().now), person=BEN)
    app.run()
    assert t("own.held.title", lang="en") not in said(app)
    assert t("own.stopped.stranger", lang="en", who=BEN) in said(app)


def test_a_group_lets_its_people_in(as_person, server, open_page):
    editions.set_role(server, Act(workspace="cardiff", who=ANN, now=act().now), person="t1", role=EDITOR, kind=GROUP)
    as_person(EVE, groups=["t1"])
    accepted_by = Act(workspace="cardiff", who=EVE, now=act().now, groups=("t1",))
    people.accept(server, accepted_by, version=entrance.TERMS, words={})
    assert t("own.held.title", lang="en") in said(open_page("own_area"))


def test_somebody_with_two_workspaces_chooses_one(as_person, server, open_page):
    editions.open_workspace(server, Act(workspace="newport", who=BEN, now=act().now), areas=["W06000022"])
    for workspace in ("cardiff", "newport"):
        accepted(server, BEN, workspace)
    as_person(BEN)
    app = open_page("own_area")
    assert t("own.held.title", lang="en") not in said(app)
    choice = next(one for one in app.selectbox if one.label == t("own.choose.label", lang="en"))
    choice.set_value("newport").run()
    assert t("own.held.title", lang="en") in said(app)


def test_a_sign_in_that_ended_shows_nothing_and_keeps_nothing(as_person, server, open_page):
    signed = as_person(BEN)
    accepted(server, BEN)
    app = open_page("own_area")
    PRESENCE.leave(of_claims(signed))
    app.run()
    assert t("own.stopped.ended", lang="en") in said(app)
    assert t("own.held.title", lang="en") not in said(app)
    assert entrance.CHOSEN not in app.session_state


@pytest.fixture
def visitor(server, monkeypatch):
    """Somebody who asks for files with Streamlit's own cookie."""

    @offer("test_file")
    def made(asked, options):
        return File(content=asked.role.encode(), name="x.csv", mime="text/csv", template="police_figures", number=1)

    @offer("test_broken")
    def broken(asked, options):
        raise RuntimeError("4 offences")

    def ask(email, name: str = "test_file", *, workspace: str = "cardiff", of: str = "", signed=None, **headers):
        client = TestClient(Starlette(routes=[*routes.ROUTES]), base_url=ORIGIN)
        if email:
            payload = (signed or claims(email)) | {"origin": ORIGIN}
            cookie = create_signed_value(get_cookie_secret(), "_streamlit_user", json.dumps(payload))
            client.cookies.set("_streamlit_user", cookie.decode() if isinstance(cookie, bytes) else cookie)
        return client.get(f"/own/files/{name}", params={files.OF: of or files.mark(workspace)}, headers=headers)

    yield ask
    for name in ("test_file", "test_broken"):
        files.MAKERS.pop(name)


def test_a_file_is_for_who_has_a_role_kept_by_nobody_and_written_down(visitor, server):
    accepted(server, BEN)
    answer = visitor(BEN)
    assert (answer.status_code, answer.text) == (200, READER)
    assert answer.headers["cache-control"] == "no-store"
    assert "cardiff" not in str(answer.url) + answer.headers["content-disposition"]
    last = editions.history(server, Act(workspace="cardiff", who=ANN, now=act().now))[-1]
    assert last[1:] == (BEN, "exported", "police_figures", 1)


def test_everything_else_is_answered_alike(visitor, server, caplog):
    accepted(server, BEN)
    editions.open_workspace(server, Act(workspace="newport", who=EVE, now=act().now), areas=["W06000022"])
    gone = claims(BEN)
    PRESENCE.leave(of_claims(gone))
    refused = [
        visitor(None),
        visitor(EVE),
        visitor(ANN),  # has accepted no terms yet
        visitor(BEN, "no_such_file"),
        visitor(BEN, "test_broken"),
        visitor(BEN, workspace="newport"),
        visitor(BEN, workspace="no such"),
        visitor(BEN, of="é"),
        visitor(BEN, signed=gone),
        visitor(BEN, signed=claims(BEN, iat=time.time() - 90_000)),
        visitor(BEN, **{"sec-fetch-site": "cross-site"}),
        visitor(BEN, **{"sec-fetch-site": "same-site"}),
    ]
    assert {(one.status_code, one.text, one.headers["cache-control"]) for one in refused} == {
        (404, refused[0].text, "no-store")
    }
    assert all(t("own.file.not_given", lang=lang) in unescape(refused[0].text) for lang in LANGUAGES)
    assert "4 offences" not in caplog.text


def test_a_cookie_that_was_not_signed_here_is_nobody(visitor, server, monkeypatch):
    accepted(server, BEN)
    monkeypatch.setattr(identity, "get_cookie_secret", lambda: "another")
    assert visitor(BEN).status_code == 404
    monkeypatch.undo()


def test_who_may_send_files_is_who_is_here_with_a_role_to_and_has_accepted_the_terms(server):
    def may_send(email: str, **more) -> bool:
        payload = claims(email, **more) | {"origin": ORIGIN}
        cookie = create_signed_value(get_cookie_secret(), "_streamlit_user", json.dumps(payload))
        text = cookie.decode() if isinstance(cookie, bytes) else cookie
        return routes.may_upload({"type": "http", "headers": [(b"cookie", f"_streamlit_user={text}".encode())]})

    assert not may_send(ANN)
    for person in (ANN, BEN):
        accepted(server, person)
    assert (may_send(ANN), may_send(BEN), may_send(EVE)) == (True, False, False)
    assert not may_send(ANN, iat=time.time() - 90_000)
    editions.set_role(server, Act(workspace="cardiff", who=ANN, now=act().now), person=BEN, role=APPROVER)
    assert may_send(BEN)
    editions.take_role(server, Act(workspace="cardiff", who=BEN, now=act().now), person=ANN)
    assert not may_send(ANN)  # also with a page that is still open


def test_the_way_back_from_the_provider_leads_to_the_pages_in_the_language_left():
    async def back(_):
        return RedirectResponse("/", headers={"set-cookie": "_streamlit_user=x"})

    app = Starlette(routes=[Route("/oauth2callback", back), Route("/", back)], middleware=[Middleware(Landing)])
    client = TestClient(app, follow_redirects=False)
    name, _, value = remembered_way(lang="cy").partition(";")[0].partition("=")
    client.cookies.set(name, value)
    answer = client.get("/oauth2callback?code=1")
    assert answer.headers["location"] == "./own_area?lang=cy"
    assert answer.headers["set-cookie"] == "_streamlit_user=x"
    assert client.get("/").headers["location"] == "/"


def test_this_computers_key_opens_the_pages_and_no_other_does(joined, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv(settings.LOCAL, "1")
    client = TestClient(Starlette(routes=[*routes.ROUTES]), follow_redirects=False)
    assert client.get("/own/sign-in").status_code == 404
    wrong = client.get("/own/open", params={"key": "é"})
    right = client.get("/own/open", params={"key": settings.key()})
    assert "set-cookie" not in wrong.headers
    assert settings.key() not in right.headers["set-cookie"]  # other ports of this computer are sent it too
    assert f"{identity.cookie_name()}={identity.cookie_value()}" in right.headers["set-cookie"]
    assert "HttpOnly" in right.headers["set-cookie"]
    assert "SameSite=strict" in right.headers["set-cookie"]
    assert right.headers["location"] == "../own_area"
    name, value = identity.cookie_name(), identity.cookie_value()

    def asked(cookie: str):
        return identity.of_request({"type": "http", "headers": [(b"cookie", cookie.encode())]})

    assert asked(f"{name}={value}") is not None
    assert asked(f"{name}={settings.key()}") is None
    assert asked("") is None
    monkeypatch.setenv(settings.KEY, "of another start")
    assert asked(f"{name}={value}") is None
