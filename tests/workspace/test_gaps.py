"""The page of gaps: logged in a click, asked for in both languages' own words, and closed by what came back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document

from dashboard.figure import Subject
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.text import written
from dashboard.queries import area
from dashboard.store import build_id
from local_figures import door, gaps
from local_figures.store import editions
from local_figures.store.editions import Act
from local_figures.templates import named, templates
from tests.said import box, button, said
from tests.workspace.conftest import CARDIFF, VALE, act
from workspace import identity
from workspace.gaps import asking
from workspace.gaps.letter import docx_bytes

TODAY = date(2026, 11, 29)
ANSWERS = set(named(gaps.TEMPLATE).column("answer").choices)


@pytest.fixture(autouse=True)
def on_a_sunday(monkeypatch):
    monkeypatch.setenv("COHESION_TODAY", TODAY.isoformat())


def told(key: str, lang="en", **values) -> str:
    return t(f"own.gaps.{key}", lang=lang, **values)


def rows(store):
    return list(door.lines(store, act(), gaps.TEMPLATE).lines.values())


def subject(code: str = CARDIFF) -> Subject:
    return Subject(place=area(code, build=build_id()), build=build_id())


def test_a_gap_is_logged_as_sent_today_in_one_click_and_its_answer_ends_the_wait(store, open_page):
    app = open_page("own_gaps", place=CARDIFF)
    assert told("none") in said(app)
    box(app, "selectbox", told("what")).set_value("bullying")
    app = button(app.run(), told("log_sent")).click().run()
    assert told("waiting", n=0, due="25 December 2026") in said(app)
    assert told("over") not in said(app)
    (row,) = rows(store)
    assert (row["gap_code"], row["holder"], row["answer"]) == ("bullying", "council", gaps.WAITING)
    assert (row["asked_on"], row["brought_by"]) == ("2026-11-29", "school_bullying")
    box(app, "selectbox", "What came back").set_value("part")
    app = button(app, told("keep")).click().run()
    assert f"Answered on: {t('local.check.missing', lang='en')}" in said(app)
    box(app, "text_input", "Answered on").set_value("29/11/2026")
    app = button(app, told("keep")).click().run()
    assert [one["answer"] for one in rows(store)] == ["part"]
    assert "./own_bring_in" in said(app)
    box(app, "selectbox", told("what")).set_value("bullying")
    assert told("logged") in said(app.run())


def test_what_waits_over_four_weeks_is_said_to_be_likely_over(store, open_page):
    row = gaps.row(gap="Counts", holder="police", answer="waiting", asked_on="2026-10-05")
    editions.upload(store, act(), template=gaps.TEMPLATE, lines={2: row})
    assert told("over") in said(open_page("own_gaps"))


@pytest.mark.parametrize(("lang", "called", "day"), [("en", "Bullying", "20 November"), ("cy", "Bwlio", "20 Tachwedd")])
def test_an_answer_stands_with_the_edition_that_brought_it_in_whatever_language_it_was_logged_in(
    store, open_page, lang, called, day
):
    row = gaps.row(gap="Something typed", gap_code="bullying", holder="council", answer="given", brought_by="training")
    row |= {
        "asked_on": "2026-10-05",
        "answered_on": "2026-11-18",
        "answer": sorted(ANSWERS - {"waiting", "not_asked"})[0],
    }
    editions.upload(store, act(), template=gaps.TEMPLATE, lines={2: row})
    assert templates()["training"].name[lang] in said(open_page("own_gaps", lang=lang, place=CARDIFF))
    later = Act(workspace=act().workspace, who="ann", now=datetime(2026, 11, 20, tzinfo=UTC))
    editions.upload(store, later, template="training", lines={2: {"quarter": "2026-07-01"}})
    text = said(open_page("own_gaps", lang=lang, place=CARDIFF))
    brought = told("brought", lang, template=templates()["training"].name[lang], number=1, day=f"{day} 2026")
    assert brought in text
    assert called in text
    assert "Something typed" not in text.split("Freedom")[0].split("Rhyddid")[0]


def test_something_else_is_logged_and_its_words_are_searched(store, open_page):
    app = open_page("own_gaps", place=CARDIFF)
    box(app, "text_input", "What is missing").set_value("What Jane Smith said")
    box(app, "selectbox", "Who holds it").set_value("other")
    app = button(app, told("keep")).click().run()
    assert t("local.check.seems_name", lang="en") in said(app)
    assert rows(store) == []
    box(app, "text_input", "What is missing").set_value("Repairs after graffiti")
    app = button(app, told("keep")).click().run()
    assert [(one["gap"], one["answer"]) for one in rows(store)] == [("Repairs after graffiti", "not_asked")]
    said(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_gap_has_words_in_both_languages_and_a_letter_as_a_word_file(lang):
    for ask in asking.asks(subject()):
        paragraphs = asking.letter(ask, subject(), lang)
        assert all(paragraphs)
        assert "{" not in "".join(paragraphs)
        document = Document(BytesIO(docx_bytes(paragraphs, lang=lang, day=TODAY)))
        assert [one.text for one in document.paragraphs] == list(paragraphs)
        assert document.core_properties.language == {"en": "en-GB", "cy": "cy-GB"}[lang]


def test_what_a_template_brings_in_stands_first_with_who_holds_it_here():
    asks = asking.asks(subject())
    with_template = [one.code for one in asks if one.template]
    assert [one.code for one in asks[: len(with_template)]] == with_template
    assert set(with_template) == set(asking.BROUGHT_BY)
    assert {one.template for one in asks if one.template} <= set(templates())
    assert {one.holder for one in asks} <= set(named(gaps.TEMPLATE).column("holder").choices)
    by_code = {one.code: one for one in asks}
    assert asking.holder_name("police", subject(), "cy") == "Heddlu De Cymru"
    assert asking.holder_name("council", subject(VALE), "en") == "the council of the Vale of Glamorgan"
    assert "Cardiff" in written(by_code["strands_by_force"].request, "en")
    assert "Caerdydd" in written(by_code["nrm_authority"].request, "cy")


def test_a_police_force_has_no_gaps_that_concern_councils_alone():
    codes = {one.code for one in asking.asks(subject("W15000003"))}
    assert {"strands_by_force", "nrm_authority"} & codes == {"strands_by_force"}


@pytest.mark.parametrize("role", [editions.READER, editions.PARTNER])
def test_who_may_not_write_has_no_form_and_a_partner_no_log(store, open_page, monkeypatch, role):
    row = gaps.row(gap="Counts of ours", holder="police")
    editions.upload(store, act(), template=gaps.TEMPLATE, lines={2: row})
    editions.set_role(store, act(), person="pat", role=role)
    monkeypatch.setattr(identity, "_this_person", lambda: "pat")
    app = open_page("own_gaps")
    assert ("Counts of ours" in said(app)) is (role == editions.READER)
    assert [one.label for one in app.button if one.label.startswith(("Log", told("keep")))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_in_both_languages_for_a_place_that_is_not_ours(store, open_page, lang):
    text = said(open_page("own_gaps", lang=lang, place="W06000001"))
    assert told("ask_intro", lang) in text
