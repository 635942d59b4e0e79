"""Every page of a workspace opens in both languages, says who may see it, and is not there without local mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.i18n import LANGUAGES, t
from dashboard.navigation import NOBODY, PAGES, every_page, join
from local_figures.store import editions
from tests.said import said
from tests.workspace.conftest import CARDIFF, act
from workspace.navigation import OF_NO_PLACE, OF_ONE_PLACE
from workspace.navigation import PAGES as OWN

FOLDER = Path(__file__).parents[2] / "workspace" / "pages"


def test_each_page_stands_in_the_navigation():
    assert set(OWN) == {path.stem for path in FOLDER.glob("own_*.py")}


def test_they_are_pages_only_where_local_mode_is_on(joined):
    assert every_page() == (*PAGES, *OWN)
    join(NOBODY)
    assert every_page() == PAGES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", OWN)
def test_a_page_opens_with_its_title_and_who_may_see_it(store, open_page, page, lang):
    app = open_page(page, lang=lang)
    assert not app.exception
    assert f">{t(f'nav.{page}', lang=lang)}</h1>" in said(app)
    assert t("own.mark.private", lang=lang) in said(app)


def test_a_choice_that_would_change_nothing_does_not_stand_above_a_page(store, open_page):
    for page in OWN:
        labels = {one.label for one in open_page(page, place=CARDIFF).selectbox}
        assert (t("frame.place_label", lang="en") in labels) == (page not in OF_NO_PLACE), page
        beside = {t("beside.add", lang="en"), t("period.from", lang="en")}
        assert (beside <= labels) == (page not in OF_NO_PLACE | OF_ONE_PLACE), page


def test_a_partner_is_not_told_whether_there_is_a_local_event(store, open_page, monkeypatch):
    event = {"date": "2025-06-02", "area_code": CARDIFF, "event_kind": "vigil", "title_en": "A vigil", "title_cy": ""}
    editions.set_role(store, act(), person="pat", role=editions.PARTNER)
    monkeypatch.setattr("workspace.identity._this_person", lambda: "pat")
    without = said(open_page("own_more", place=CARDIFF))
    editions.upload(store, act(), template="local_events", lines={2: event})
    with_one = said(open_page("own_more", place=CARDIFF))
    assert t("own.events.members", lang="en") in without
    assert t("own.events.none", lang="en") not in without
    assert with_one == without


def test_the_first_visit_opens_a_workspace_and_its_visitor_is_the_approver(open_page):
    app = open_page("own_area")
    assert t("own.first.title", lang="en") in said(app)
    app.multiselect[0].set_value([CARDIFF]).run()
    app.button[-1].click().run()
    assert not app.exception
    assert t("own.mark.private", lang="en") in said(app)
    from workspace.session import opened

    assert editions.role(opened(), act()) == editions.APPROVER
    assert editions.areas(opened(), act()) == {CARDIFF}


def test_who_has_no_role_in_the_workspace_sees_nothing_of_it(store, open_page, monkeypatch):
    monkeypatch.setattr("workspace.identity._this_person", lambda: "mallory")
    app = open_page("own_area")
    assert t("local.refused.no_workspace", lang="en") in said(app)
    assert t("own.held.title", lang="en") not in said(app)


def test_what_is_held_is_told_by_edition_and_drafts_by_their_number(store, open_page):
    lines = {2: {"quarter": "2026-04-01", "area_code": CARDIFF}}
    editions.upload(store, act(), template="police_figures", lines=lines)
    told = said(open_page("own_area"))
    assert t("own.held.none_on_show", lang="en", name="Police figures by authority") in told
    assert t("own.held.drafts", lang="en", n=1) in told
