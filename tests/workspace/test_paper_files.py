"""Papers of a workspace as files: for whoever has a role now, each page marked, kept by nobody."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.i18n import LANGUAGES, t
from local_figures import door
from local_figures.store import editions
from tests import files
from tests.workspace.conftest import CARDIFF, act
from workspace import routes

SCORE = {"outcome": "1", "quadrant": "how_much", "item": "Zebra visits", "period": "2025/26", "unit": "visits"}
ROW = dict.fromkeys(("owner_role", "due", "closed_on", "came_of_it"), "") | {"status": "open"}
CLOSED = {"meeting_date": "2026-09-01", "status": "done", "came_of_it": "Ours"}
LOG = (
    {"meeting_date": "2026-09-01", "number": "0", "meeting_kind": "meeting", "words": "Group", "status": "done"},
    {"meeting_date": "2026-09-01", "number": "1", "meeting_kind": "action", "words": "Ask about zebras"}
    | {"due": "2026-10-01", "owner_role": "lead"},
    {"meeting_date": "2026-11-03", "number": "1", "meeting_kind": "question", "words": "How many zebras?"},
    CLOSED | {"number": "2", "meeting_kind": "action", "words": "Count the stripes", "closed_on": "2026-11-10"},
    CLOSED | {"number": "3", "meeting_kind": "question", "words": "Whose zebras?", "closed_on": "2026-11-10"},
    CLOSED | {"number": "4", "meeting_kind": "question", "words": "Which zebra?", "closed_on": "2026-11-03"},
)


@pytest.fixture
def kept(store, monkeypatch):
    monkeypatch.setenv("COHESION_TODAY", "2026-11-29")
    score = {2: SCORE | {"value": "3", "target": "9", "note": "quagga"}}
    editions.upload(store, act(), template="scorecard", lines=score)
    lines = dict(enumerate((ROW | row for row in LOG), start=2))
    editions.upload(store, act(), template="meeting_log", lines=lines)
    return store


@pytest.fixture
def visitor(kept):
    return TestClient(Starlette(routes=[*routes.ROUTES]))


def paper(visitor, name, **query):
    what, _, form = name.partition(".")
    return visitor.get(f"/own/files/{what}", params={"place": CARDIFF, "lang": "en", "form": form, **query})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf"])
def test_a_draft_is_one_in_every_file_until_it_is_approved(visitor, kept, lang, form):
    def told() -> str:
        answer = paper(visitor, f"scorecard.{form}", outcome="1", lang=lang).content
        if form == "xlsx":
            return " ".join(str(c) for sheet in load_workbook(BytesIO(answer)) for row in sheet.values for c in row)
        return files.pdf_text(answer) if form == "pdf" else files.docx_text(answer)

    drafted, means = t("own.scorecard.draft", lang=lang, value="3 visits"), t("own.scorecard.draft_means", lang=lang)
    assert drafted in told()
    assert means in told()
    door.approve_scorecard(kept, act(), 1, level="private")
    assert drafted not in told()
    assert "3 visits" in told()


def marked(named: str, lang: str) -> str:
    mark = t("own.mark.private", lang=lang)
    return t("own.marked_paper", lang=lang, paper=t(named, lang=lang), mark=mark)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_scorecard_is_marked_on_every_page_and_sheet(visitor, lang):
    mark = marked("own.scorecard.with_drafts", lang)
    content = paper(visitor, "scorecard.pdf", outcome="1", lang=lang).content
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    text = files.pdf_text(content)
    assert text.count(mark) == pages + 1
    assert "Zebra visits" in text
    assert t("own.scorecard.draft", lang=lang, value="3 visits") in text
    document = Document(BytesIO(paper(visitor, "scorecard.docx", lang=lang).content))
    assert {section.header.paragraphs[0].text for section in document.sections} == {mark}
    book = load_workbook(BytesIO(paper(visitor, "scorecard.xlsx", lang=lang).content))
    assert all(sheet["A2"].value == mark for sheet in book)


@pytest.mark.parametrize(("lang", "called"), [("en", "minutes"), ("cy", "cofnodion")])
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_minutes_are_called_minutes_and_nothing_else_everywhere(visitor, lang, called, form):
    answer = paper(visitor, f"minutes.{form}", meeting="2", lang=lang)
    assert f"_{called}-2026-11-03_" in answer.headers["content-disposition"]
    text = files.pdf_text(answer.content) if form == "pdf" else files.docx_text(answer.content)
    assert not re.search(r"\bbriefing|\b[bf]riff|\bpapur", text, re.IGNORECASE)
    if form == "docx":
        document = Document(BytesIO(answer.content))
        assert document.core_properties.title.casefold().startswith(called)
        assert {one.header.paragraphs[0].text for one in document.sections} == {marked("own.meeting.paper", lang)}
    else:
        with pikepdf.open(BytesIO(answer.content)) as pdf:
            assert str(pdf.docinfo["/Title"]).casefold().startswith(called)
            assert text.count(marked("own.meeting.paper", lang)) > len(pdf.pages)


def test_a_file_is_kept_by_nobody_and_its_name_tells_no_workspace_and_no_person(visitor, kept):
    answer = paper(visitor, "scorecard.pdf", outcome="1")
    assert answer.headers["cache-control"] == "no-store"
    assert "cardiff_scorecard-outcome-1_2026-11-29_en.pdf" in answer.headers["content-disposition"]
    assert [entry[2] for entry in editions.history(kept, act())][-1] == "exported"


def test_minutes_are_of_one_meeting_with_what_was_brought_to_it(visitor):
    text = files.docx_text(paper(visitor, "minutes.docx", meeting="2").content)
    assert "Minutes of the meeting of 3 November 2026" in text
    assert "Whose zebras?" in text
    assert "How many zebras?" in text
    assert "Ask about zebras" in text
    assert "How many zebras?" not in files.docx_text(paper(visitor, "minutes.docx", meeting="1").content)


@pytest.mark.parametrize("lang", [*LANGUAGES, "both"])
def test_the_slides_of_the_next_meeting_hold_the_open_questions_and_actions_of_the_log(visitor, lang):
    deck = Presentation(BytesIO(paper(visitor, "slides.pptx", lang=lang).content))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert cells.count("Ask about zebras") >= 2, "what was agreed, and the table to go on in"
    assert cells.count("How many zebras?") >= 2
    said = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    for one in LANGUAGES if lang == "both" else (lang,):
        meeting = {"en": "1 September 2026, 1", "cy": "1 Medi 2026, 1"}[one]
        due = {"en": "1 October 2026", "cy": "1 Hydref 2026"}[one]
        assert meeting in cells or lang == "both"
        assert any(t("own.meeting.has_passed", lang=one, day=due) in cell for cell in cells)
        assert t("briefing.actions.still_open", lang=one) in said
        assert t("briefing.actions.caption", lang=one) not in said, "an action of September is not from this meeting"
    assert "Count the stripes" not in cells, "what is closed does not come back"
    assert cells.count("Whose zebras?") == 1, "its answer is told once"
    assert "Which zebra?" not in cells, "those who were there heard the answer"
    marks = [t("own.mark.private", lang=one) for one in LANGUAGES]
    named = [" ".join(shape.name for shape in slide.shapes) for slide in deck.slides]
    assert all(any(mark in names for mark in marks) for names in named)


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "scorecard.pdf", "outcome": "8"},
        {"name": "scorecard.exe", "outcome": "1"},
        {"name": "scorecard.pdf", "lang": "both"},
        {"name": "scorecard.pdf", "place": "nowhere"},
        {"name": "minutes.docx", "meeting": "3"},
        {"name": "minutes.docx", "meeting": "²"},
        {"name": "minutes.docx", "meeting": "9" * 5000},
        {"name": "minutes.pptx", "meeting": "1"},
    ],
    ids=str,
)
def test_what_there_is_not_is_said_in_a_sentence(visitor, asked):
    answer = paper(visitor, **{k: v for k, v in asked.items() if k != "name"}, name=asked["name"])
    assert answer.status_code == 404
    assert "zebra" not in answer.text.lower()
    assert "Traceback" not in answer.text


def test_a_stranger_is_given_nothing(visitor, monkeypatch):
    monkeypatch.setattr("workspace.identity._this_person", lambda: "mallory")
    for name in ("scorecard.pdf", "minutes.docx", "slides.pptx"):
        answer = paper(visitor, name, meeting="1")
        assert answer.status_code == 404
        assert "zebra" not in answer.text.lower()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_of_the_scorecard_holds_the_end_of_its_sources_alone(visitor, lang):
    pages = files.pdf_pages(paper(visitor, "scorecard.pdf", outcome="1", lang=lang).content)
    heading, licence = t("briefing.sources", lang=lang), files.one_line(t("footer.licence", lang=lang))
    assert f" {heading} {licence} 1. " in pages[-1], "the list stands on the last page, from heading and licence on"
    assert not any(licence in page for page in pages[:-1])


def test_a_partner_has_the_approved_scorecard_without_small_counts_and_no_log(visitor, kept, monkeypatch):
    editions.set_role(kept, act(), person="pat", role=editions.PARTNER)
    monkeypatch.setattr("workspace.identity._this_person", lambda: "pat")
    assert paper(visitor, "scorecard.pdf", outcome="1").status_code == 404
    door.approve_scorecard(kept, act(), 1, level="partners")
    text = files.pdf_text(paper(visitor, "scorecard.pdf", outcome="1").content)
    assert t("own.mark.partners", lang="en") in text
    assert "[c]" in text
    assert "quagga" not in text
    assert {paper(visitor, name, meeting="1").status_code for name in ("minutes.docx", "slides.pptx")} == {404}
