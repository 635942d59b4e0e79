"""The briefing with own figures: an officer's words are in its files, each in its language, and in no address."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest
from pptx import Presentation
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.i18n import LANGUAGES, t
from local_figures.store import editions
from tests import files
from tests.said import html
from tests.workspace import example
from tests.workspace.conftest import act
from workspace import routes
from workspace.bringing import personal_files

TRAY = "hate_crime-own_police_figures_recorded"
TYPED = {
    "briefings.own_title": {"en": "For the zebra board", "cy": "I fwrdd y sebra"},
    "briefings.own_text": {"en": "Read this first.", "cy": "Darllenwch hwn yn gyntaf."},
    "briefings.own_contact": {"en": "The zebra office", "cy": "Swyddfa'r sebra"},
}
COMMENT = {"en": "Mind the zebra year.", "cy": "Gwyliwch flwyddyn y sebra."}


@pytest.fixture
def on_page(store, open_page, monkeypatch):
    monkeypatch.setenv("COHESION_TODAY", "2026-11-29")
    example.put_on_show(store, example.EVERY, act=act())
    app = open_page("own_briefing", lang="en", place=example.AREA, tray=TRAY)
    for key, words in TYPED.items():
        for lang, text in words.items():
            box(app, t(f"{key}.{lang}", lang="en")).set_value(text)
    section = t("briefing.section.hate_crime", lang="en")
    for lang, text in COMMENT.items():
        box(app, t(f"briefings.own_comment.{lang}", lang="en", section=section)).set_value(text)
    return app.run()


def box(app, label):
    return next(one for one in (*app.text_input, *app.text_area) if one.label == label)


def address(app, form, lang):
    found = re.findall(r"href='([^']*own/briefing/[^']*)'", html(app))
    return next(unescape(one)[1:] for one in found if f"/{form}?" in one and f"lang={lang}" in one)


def visitor():
    return TestClient(Starlette(routes=[*routes.ROUTES]))


def words_of(form, content):
    return {"pdf": files.pdf_text, "docx": files.docx_text}[form](content)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_title_introduction_contact_and_comments_are_in_the_file_of_their_own_language(on_page, form, lang):
    text = words_of(form, visitor().get(address(on_page, form, lang)).content)
    (other,) = set(LANGUAGES) - {lang}
    for words in (*TYPED.values(), COMMENT):
        assert words[lang] in text
        assert words[other] not in text


def test_the_slides_have_the_words_too(on_page):
    deck = Presentation(BytesIO(visitor().get(address(on_page, "pptx", "cy")).content))
    said = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert any(TYPED["briefings.own_title"]["cy"] in one for one in said)
    assert any(COMMENT["cy"] in one for one in said)


def test_no_word_stands_in_an_address_and_without_words_nothing_waits(on_page, open_page):
    everything = " ".join(re.findall(r"href='([^']*)'", html(on_page))) + repr(on_page.query_params)
    assert "zebra" not in everything.casefold()
    assert "words=" in everything
    again = open_page("own_briefing", lang="en", place=example.AREA, tray=TRAY)
    assert "words=" not in address(again, "pdf", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_given_to_who_typed_them_alone_and_what_was_let_go_is_said(on_page, store, monkeypatch, lang):
    wanted = address(on_page, "docx", lang)
    editions.set_role(store, act(), person="ben", role=editions.EDITOR)
    monkeypatch.setattr("workspace.identity._this_person", lambda: "ben")
    refused = visitor().get(wanted)
    assert refused.status_code == 404
    assert "zebra" not in refused.text.casefold()
    assert t("own.file.words_gone", lang=lang) in unescape(refused.text)
    monkeypatch.setattr("workspace.identity._this_person", lambda: "ann")
    assert visitor().get(wanted).status_code == 200
    personal_files.forget_all_of("ann")
    assert visitor().get(wanted).status_code == 404


def test_words_stay_the_same_address_until_they_change(on_page):
    before = address(on_page, "pdf", "en")
    assert address(on_page.run(), "pdf", "en") == before
    box(on_page, t("briefings.own_title.en", lang="en")).set_value("Another title")
    after = address(on_page.run(), "pdf", "en")
    assert after != before
    assert visitor().get(before).status_code == 404
    assert "Another title" in files.pdf_text(visitor().get(after).content)
