"""Who signs in with a real provider sees what their role lets them see; an address without a session gives nothing.

The awkward fact: the provider's own pages want a style sheet from elsewhere, which nobody here waits for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard.i18n import t
from local_figures.store import editions
from local_figures.store.editions import EDITOR, PARTNER, READER, Act
from local_figures.store.engine import DATABASE, Store, open_store
from tests.browser import driving
from workspace import settings

ANN, BEN, REN = "ann@council.example", "ben@council.example", "ren@council.example"
PAT, EVE, NEW = "pat@partner.example", "eve@elsewhere.example", "nia@newport.example"
SECRETS = """[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "a secret of these tests alone, long enough"
client_id = "cohesion-trends"
client_secret = "told to nobody"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
"""


@dataclass(frozen=True)
class Council:
    base: str
    store: Store


def act(who: str = ANN, workspace: str = "cardiff") -> Act:
    return Act(workspace=workspace, who=who, now=datetime.now(UTC))


@pytest.fixture(scope="module")
def council(build: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    """A server where people sign in, a provider that knows six of them, and two workspaces."""
    folder, port = tmp_path_factory.mktemp("council"), driving.free_port()
    store = open_store(f"sqlite:///{folder / 'local.sqlite'}")
    editions.open_workspace(store, act(), areas=["W06000015"])
    editions.open_workspace(store, act(NEW, "newport"), areas=["W06000022"])
    for person, role in ((BEN, EDITOR), (REN, READER), (PAT, PARTNER)):
        editions.set_role(store, act(), person=person, role=role)
    users = [User(sub=name, claims={"email": name}) for name in (ANN, BEN, REN, PAT, EVE, NEW)]
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # this provider has no certificate
    with run_server_in_thread(user_claims=users) as provider:
        secrets = folder / "secrets.toml"
        secrets.write_text(SECRETS.format(port=port, provider=provider.server_port), encoding="utf-8")
        environment = {DATABASE: str(store.engine.url), "STREAMLIT_SECRETS_FILES": str(secrets)}
        with driving.serving(port=port, **environment) as base:
            yield Council(base.replace("127.0.0.1", "localhost"), store)
    store.engine.dispose()


@pytest.fixture
def visitor(chrome: Browser) -> Iterator[BrowserContext]:
    context = chrome.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(driving.PATIENCE)
    context.route("**/cdn.jsdelivr.net/**", lambda route: route.abort())
    yield context
    context.close()


def sign_in(visitor: BrowserContext, council: Council, who: str, *, lang: str = "en") -> Page:
    """Sign somebody in as they would do it, and accept the terms where they are asked for."""
    tab = driving.visit(visitor.new_page(), council.base, "own_area", lang=lang)
    tab.get_by_role("link", name=t("own.sign_in", lang=lang)).click()
    tab.get_by_role("button", name=who).click()
    driving.settle(tab)
    accept = tab.get_by_role("button", name=t("own.terms.accept", lang=lang))
    if accept.count():
        accept.click()
        accept.wait_for(state="detached")
        driving.settle(tab)
    return tab


def says(tab: Page, key: str, *, lang: str = "en", **values: str) -> None:
    expect(tab.locator("body")).to_contain_text(t(key, lang=lang, **values))


def is_silent_on(tab: Page, key: str) -> None:
    expect(tab.locator("body")).not_to_contain_text(t(key, lang="en"))


def file(visitor: BrowserContext, address: str) -> int:
    return visitor.request.get(address).status


def test_an_approver_gives_a_role_and_whoever_has_it_taken_sees_nothing_at_the_next_click(council, visitor, chrome):
    tab = sign_in(visitor, council, ANN, lang="cy")
    tab.wait_for_url("**lang=cy**")
    says(tab, "own.held.title", lang="cy")
    tab.get_by_role("link", name=t("nav.own_people", lang="cy")).click()
    tab.get_by_role("heading", name=t("own.people.give", lang="cy")).wait_for()
    other = chrome.new_context()
    other.route("**/cdn.jsdelivr.net/**", lambda route: route.abort())
    reader = sign_in(other, council, REN)
    says(reader, "own.held.title")
    editions.take_role(council.store, act(), person=REN)
    reader.get_by_role("link", name=t("nav.own_people", lang="en")).click()
    reader.get_by_text(t("own.stopped.stranger", lang="en", who=REN)).wait_for()
    is_silent_on(reader, "own.held.title")
    other.close()


def test_a_stranger_is_told_so_and_a_partner_reads_no_list_of_people(council, visitor, chrome):
    stranger = sign_in(visitor, council, EVE)
    says(stranger, "own.stopped.stranger", who=EVE)
    is_silent_on(stranger, "own.held.title")
    other = chrome.new_context()
    other.route("**/cdn.jsdelivr.net/**", lambda route: route.abort())
    partner = sign_in(other, council, PAT)
    says(partner, "own.mark.partners")
    driving.visit(partner, council.base, "own_people")
    says(partner, "own.role.partner.may")
    expect(partner.locator("body")).not_to_contain_text(ANN)
    other.close()


def test_the_address_of_a_file_is_for_its_own_people_alone(council, visitor, chrome):
    approver = sign_in(visitor, council, ANN)
    driving.visit(approver, council.base, "own_people")
    link = approver.get_by_role("link", name=t("own.people.audit_file", lang="en"))
    address = f"{council.base}/{link.get_attribute('href').removeprefix('./')}"
    assert "cardiff" not in address
    assert file(visitor, address) == 200
    nobody, newport = chrome.new_context(), chrome.new_context()
    newport.route("**/cdn.jsdelivr.net/**", lambda route: route.abort())
    sign_in(newport, council, NEW)
    assert [file(one, address) for one in (nobody, newport)] == [404, 404]
    for one in (nobody, newport):
        one.close()


def test_signing_out_ends_every_tab_and_a_copied_cookie(council, visitor, chrome):
    first = sign_in(visitor, council, BEN)
    second = driving.visit(visitor.new_page(), council.base, "own_area")
    says(second, "own.held.title")
    kept = visitor.cookies()
    first.get_by_role("button", name=t("own.sign_out", lang="en")).click()
    first.wait_for_url("**/end_session**")
    second.get_by_role("link", name=t("nav.own_people", lang="en")).click()
    second.get_by_text(t("own.stopped.ended", lang="en")).wait_for()
    is_silent_on(second, "own.held.title")
    thief = chrome.new_context()
    thief.add_cookies(kept)
    copied = driving.visit(thief.new_page(), council.base, "own_area")
    says(copied, "own.stopped.ended")
    thief.close()


def test_on_one_computer_the_key_of_its_start_opens_the_workspace_and_nothing_else(build, tmp_path, tab):
    key = "the-key-of-this-start"
    environment = {settings.LOCAL: "1", settings.KEY: key, DATABASE: f"sqlite:///{tmp_path / 'local.sqlite'}"}
    with driving.serving(**environment) as base:
        driving.visit(tab, base, "own_area")
        says(tab, "own.stopped.key")
        tab.goto(f"{base}/own/open?key={key}")
        driving.settle(tab)
        tab.get_by_role("button", name=t("own.first.open", lang="en")).click()
        tab.get_by_role("heading", name=t("own.held.title", lang="en")).wait_for()
        expect(tab.get_by_role("button", name=t("own.sign_out", lang="en"))).to_have_count(0)
        driving.visit(tab, base, "own_people")
        link = tab.get_by_role("link", name=t("own.people.audit_file", lang="en")).get_attribute("href")
        address = f"{base}/{link.removeprefix('./')}"
        assert tab.request.get(address).status == 200
        assert tab.request.get(address, headers={"sec-fetch-site": "same-site"}).status == 404
        assert tab.request.get(address, headers={"host": "trends.example"}).status == 421
