"""What a partner finds on each page before anything was approved: nothing of the workspace, and the reason why."""

from __future__ import annotations

import pytest

from dashboard.i18n import LANGUAGES, t
from local_figures.store import editions
from tests.said import said
from tests.workspace import canaries
from tests.workspace.conftest import CARDIFF, act

SAYS = {
    "own_scorecard": "own.scorecard.nothing_on_show",
    "own_meeting": "own.meeting.members",
    "own_gaps": "own.gaps.members",
    "own_briefing": "own.briefing.empty",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", SAYS)
def test_a_partner_is_told_why_there_is_nothing(store, open_page, monkeypatch, page, lang):
    for template, rows in canaries.ROWS.items():
        editions.upload(store, act(), template=template, lines=dict(enumerate(rows, start=2)))
    editions.set_role(store, act(), person="pat", role=editions.PARTNER)
    monkeypatch.setattr("workspace.identity._this_person", lambda: "pat")
    text = said(open_page(page, lang=lang, place=CARDIFF))
    assert t(SAYS[page], lang=lang) in text
    assert canaries.none_in(text) == []
