"""What is never held here is said to everybody who has a role, in both languages."""

from __future__ import annotations

from html import unescape

import pytest

from dashboard.i18n import LANGUAGES, t
from local_figures.store import editions
from tests.said import html
from tests.workspace.conftest import act
from workspace import identity
from workspace.about import SAID


@pytest.mark.parametrize("role", [editions.READER, editions.PARTNER])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_no_intelligence_about_people_is_held_is_said_to_members_and_partners(
    store, open_page, monkeypatch, lang, role
):
    editions.set_role(store, act(), person="pat", role=role)
    monkeypatch.setattr(identity, "_this_person", lambda: "pat")
    app = open_page("own_about", lang=lang)
    assert not app.exception
    text = unescape(html(app))
    for what, texts in SAID.items():
        for one in texts:
            assert t(f"own.about.{what}.{one}", lang=lang) in text
