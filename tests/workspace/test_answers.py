"""Files of own figures: for whoever has a role now, marked, kept by nobody; for anybody else one sentence."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile

import pikepdf
import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.briefing.forms import FORMS
from dashboard.i18n import LANGUAGES, t
from local_figures import door
from local_figures.store import editions
from tests import files as files_of
from tests.workspace import example
from tests.workspace.conftest import CARDIFF, act
from workspace import routes
from workspace.figures import catalogue, files

TRAY = ".own-own_police_figures_recorded-own_police_figures_strands-own_outcomes_groups.hate_crime-rra_quarterly"
MARK = {lang: t("own.mark.private", lang=lang) for lang in LANGUAGES}


@pytest.fixture
def shown(store):
    example.put_on_show(store, example.EVERY, act=act())
    return store


@pytest.fixture
def visitor(shown):
    return TestClient(Starlette(routes=[*routes.ROUTES]))


def own(visitor, name: str, **query: str):
    return visitor.get(f"/own/figures/{name}", params={"place": CARDIFF, "lang": "en", **query})


def brief(visitor, form: str, *, tray: str = TRAY, lang: str = "en"):
    return visitor.get(f"/own/briefing/{form}", params={"place": CARDIFF, "lang": lang, "tray": tray})


@pytest.mark.parametrize("code", catalogue.BY_CODE)
def test_the_rows_of_every_own_figure_are_a_file_that_nobody_keeps(visitor, code):
    answer = own(visitor, f"{code}.csv")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert MARK["en"] in answer.text
    assert "ann" not in answer.headers["content-disposition"]
    assert code in answer.headers["content-disposition"]


OF_FORMS = {
    "docx": files_of.docx_text,
    "pptx": files_of.pptx_text,
    "html": files_of.html_text,
    "xlsx": files_of.cells_text,
    "pdf": files_of.pdf_text,
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_says_what_a_hidden_own_number_is_and_on_which_day_it_was_extracted(visitor, lang):
    """The publisher of a council's own figures is the council: it is nobody else who holds a number back."""
    for form, text in OF_FORMS.items():
        told = " ".join(text(brief(visitor, form, lang=lang).content).split())
        assert "[c]" in told, form
        assert any(t(key, lang=lang) in told for key in ("marker.own_c", "own.hidden")), form
        assert {"en": "extracted on 12 October 2026", "cy": "echdynnwyd ar 12 Hydref 2026"}[lang] in told, form
        if form != "xlsx":  # there the published tables have a key of their own
            assert t("marker.c", lang=lang) not in told, form


def test_what_was_taken_out_stands_in_the_audit_table(visitor, shown):
    own(visitor, "own_outcomes_groups.xlsx")
    assert ("exported", "outcomes", 1) in [(what, name, n) for _, _, what, name, n in editions.history(shown, act())]


def test_a_file_that_cannot_be_made_is_a_sentence_and_was_not_taken_out(visitor, shown, monkeypatch, caplog):
    def fails(*_, **__):
        raise ValueError("7 in Adamsdown")

    monkeypatch.setattr("workspace.answers.as_file", fails)
    monkeypatch.setitem(files.FORMS, "csv", replace(files.FORMS["csv"], make=fails))
    for answer in (own(visitor, "own_outcomes_groups.csv"), brief(visitor, "pdf")):
        assert answer.status_code == 500
        assert t("own.file.not_made", lang="cy") in unescape(answer.text)
        assert "Adamsdown" not in answer.text + caplog.text
    assert "exported" not in [what for _, _, what, _, _ in editions.history(shown, act())]


def test_what_a_workbook_tells_of_itself_is_no_number_and_who_may_see_it(visitor):
    book = load_workbook(BytesIO(own(visitor, "own_police_figures_recorded.xlsx").content)).properties
    assert "recorded 95" not in f"{book.title} {book.subject} {book.description}"
    assert MARK["en"] == book.subject == book.keywords


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("own_secret.csv", {}),
        ("own_outcomes_groups.exe", {}),
        ("own_outcomes_groups.csv", {"place": "<script>"}),
        ("own_outcomes_groups.csv", {"from": "nineteen"}),
        ("own_outcomes_groups.csv", {"from": "2020", "to": "1999"}),
        ("own_outcomes_groups.csv", {"lang": "fr"}),
        ("../outcomes", {}),
    ],
)
def test_an_address_that_means_nothing_is_a_sentence_in_both_languages(visitor, name, query):
    answer = own(visitor, name, **query)
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_a_withdrawn_edition_gives_nothing_to_a_kept_link(visitor, shown):
    editions.withdraw(shown, act(), template="outcomes", number=1)
    answer = own(visitor, "own_outcomes_groups.csv")
    assert answer.status_code == 404
    assert t("own.file.not_on_show", lang="cy") in unescape(answer.text)
    assert "of 240 offences" not in answer.text


def test_a_role_that_was_taken_gives_nothing_from_then_on(visitor, monkeypatch):
    assert own(visitor, "own_outcomes_groups.csv").status_code == 200
    monkeypatch.setattr("workspace.identity._this_person", lambda: "mallory")
    for answer in (own(visitor, "own_outcomes_groups.csv"), own(visitor, "own_secret.csv"), brief(visitor, "pdf")):
        assert answer.status_code == 404
        assert "of 240 offences" not in answer.text
        assert answer.headers["cache-control"] == "no-store"


def test_without_local_mode_an_address_gives_nothing(visitor, monkeypatch):
    monkeypatch.delenv("COHESION_LOCAL")
    assert own(visitor, "own_outcomes_groups.csv").status_code == 404
    assert brief(visitor, "pdf").status_code == 404


def test_a_partner_is_given_what_was_approved_for_partners_alone(visitor, shown, monkeypatch):
    editions.set_role(shown, act(), person="pat", role=editions.PARTNER)
    editions.set_level(shown, act(), template="outcomes", number=1, level="partners")
    monkeypatch.setattr("workspace.identity._this_person", lambda: "pat")
    answer = own(visitor, "own_outcomes_groups.csv")
    assert t("own.mark.partners", lang="en") in answer.text
    assert own(visitor, "own_caravans_status.csv").status_code == 404
    read = _pdf(brief(visitor, "pdf").content)
    assert all(t("own.mark.partners", lang="en") in page for page in read)
    assert any("not on show for you now" in page for page in read)


def _pdf(content: bytes) -> list[str]:
    from pypdf import PdfReader

    assert pikepdf.open(BytesIO(content))
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_a_pdf_says_who_may_see_it(visitor, lang):
    answer = brief(visitor, "pdf", lang=lang)
    assert answer.status_code == 200
    assert all(MARK[lang] in page for page in _pdf(answer.content))


def test_a_word_file_says_it_at_the_head_of_every_page(visitor):
    document = Document(BytesIO(brief(visitor, "docx").content))
    heads = [" ".join(p.text for p in section.header.paragraphs) for section in document.sections]
    assert all(MARK["en"] in head for head in heads)
    assert any("The police recorded 95 hate crimes in Cardiff" in p.text for p in document.paragraphs)


def test_every_slide_says_it(visitor):
    deck = Presentation(BytesIO(brief(visitor, "pptx").content))
    for slide in deck.slides:
        assert any(MARK["en"] in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_every_slide_in_both_languages_says_it_in_both(visitor):
    deck = Presentation(BytesIO(brief(visitor, "pptx", lang="both").content))
    for slide in deck.slides:
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert all(mark in said for mark in MARK.values())


def test_every_sheet_says_it(visitor):
    book = load_workbook(BytesIO(brief(visitor, "xlsx").content))
    for sheet in book:
        assert any(cell == MARK["en"] for row in sheet.iter_rows(max_row=4, values_only=True) for cell in row)


def test_every_row_of_own_data_says_it_and_the_whole_is_under_no_open_licence(visitor):
    with ZipFile(BytesIO(brief(visitor, "csv").content)) as archive:
        assert MARK["en"] in archive.read("README.txt").decode("utf-8-sig")
        rows = archive.read("own_outcomes_groups.csv").decode("utf-8-sig").splitlines()
        assert all(MARK["en"] in row for row in rows[1:])
        assert "open-government-licence" not in archive.read("csv-metadata.json").decode()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_made_and_kept_by_nobody(visitor, form):
    answer = brief(visitor, form, lang="cy")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


def test_an_offline_pack_says_it_on_each_slide(visitor):
    page = unescape(brief(visitor, "presenter").text)
    assert MARK["en"] in page


def test_a_briefing_without_own_figures_says_nothing_of_who_may_see_it(visitor):
    pages = _pdf(brief(visitor, "pdf", tray=".hate_crime-rra_quarterly").content)
    assert not any(MARK["en"] in page for page in pages)


def test_a_piece_whose_edition_was_withdrawn_is_left_out_and_said_to_be(visitor, shown):
    editions.withdraw(shown, act(), template="outcomes", number=1)
    said = " ".join(_pdf(brief(visitor, "pdf").content))
    assert "What came of the offences recorded in Cardiff? It is not on show for you now" in said
    assert "of 240 offences" not in said


def test_a_tray_that_is_damaged_and_an_address_that_names_a_choice_twice_are_refused(visitor):
    assert brief(visitor, "pdf", tray="*damaged").status_code == 400
    twice = visitor.get(f"/own/briefing/pdf?place={CARDIFF}&tray={quote(TRAY)}&lang=en&lang=cy")
    assert (twice.status_code, t("files.twice", lang="cy") in unescape(twice.text)) == (400, True)
    assert brief(visitor, "pdf", tray="").status_code == 404
    assert brief(visitor, "exe").status_code == 404
    assert visitor.get(f"/own/briefing/pdf?place={CARDIFF}&tray={quote(TRAY)}&since=yesterday").status_code == 400


def test_what_the_door_gives_is_all_that_a_file_holds(visitor, shown):
    text = own(visitor, "own_police_figures_strands.csv").text
    hidden = [one for one in door.show(shown, act(), "police_figures").figures if one.count is None]
    assert hidden
    assert "[c]" in text
