"""How large the letters of each form are and how much it says, read from the finished files."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from dashboard.briefing.html import html_bytes
from dashboard.briefing.model import Officer
from dashboard.briefing.pdf import pdf_bytes, pdf_in_each
from dashboard.briefing.presenter import BOTH, presenter_html
from dashboard.briefing.word import docx_bytes
from dashboard.briefing.words import notes
from dashboard.charts.svg import svg
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES

PLACES = ("XCAV", "W06000014", "W06000008", "W92000004")
PAGES = {
    "one_page": {1},
    "four_pages": {4},
    "councillor": {1, 2},
    "community": {1, 2},
    "strand": {1, 2},
    "group": {1, 2},
}
BODY, NOTES = (
    {"one_page": 11.0, "four_pages": 10.5, "councillor": 11.0, "community": 12.0, "strand": 10.5, "group": 10.5},
    9.0,
)
MOST_WORDS = {
    "one_page": 450,
    "four_pages": 2_450,
    "councillor": 1_000,
    "community": 550,
    "strand": 1_050,
    "group": 950,
}
WORD = re.compile(r"\S*[^\W\d_]\S*")  # a number alone is no word
PRINTED = {"width": 700, "height": 1040}  # CSS pixels between the margins of A4
# The least size of the letters that are printed, in points; those of charts as they are scaled.
SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter((one) => one.getClientRects().length && [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize) *
    (one.ownerSVGElement ? one.getScreenCTM().a : 1))) * 0.75"""
# On a slide of 960 by 540 CSS pixels a pixel is a point of PowerPoint's.
ON_SLIDE = SMALLEST.replace("'body *'", "'.deck:not([hidden]) .slide:not([hidden]) .stage *'").replace(" * 0.75", "")
CASES = [(kind, place) for kind in PAGES for place in PLACES]


def words_in(text: str) -> int:
    return len(WORD.findall(text))


def words_drawn(briefing, lang) -> int:
    """Return how many words stand inside the charts of a briefing, which are pictures."""
    drawn = (svg(in_language(figure.drawing, lang), width=350) for figure in briefing.figures)
    return sum(words_in(text) for one in drawn for text in re.findall(r">([^<]+)<", one))


def sizes(reader: PdfReader) -> Counter[float]:
    """Return how many letters of a PDF have each size in points."""
    found: Counter[float] = Counter()

    def visit(text, current, matrix, font, size):
        if text.strip():
            found[round(abs(size * (matrix[3] or matrix[1]) * (current[3] or current[1])), 1)] += len(text.strip())

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return found


def word_sizes(content: bytes) -> dict[str, float]:
    """Return the size of the letters of each style that a Word file uses."""
    document = Document(BytesIO(content))
    cells = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    used = {p.style.name for p in (*document.paragraphs, *cells, *document.sections[0].footer.paragraphs)}
    runs = {
        f"run of {run.font.size.pt}": run.font.size.pt for p in document.paragraphs for run in p.runs if run.font.size
    }
    return {name: document.styles[name].font.size.pt for name in used} | runs


def text_of_word(content: bytes) -> str:
    body = Document(BytesIO(content)).element.body
    return "\n".join("".join(run.text or "" for run in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


@pytest.mark.parametrize(("kind", "place"), CASES)
def test_paper_keeps_its_sizes_its_words_and_its_pages_in_both_languages(compose_for, kind, place):
    briefing = compose_for(kind, place)
    read = {lang: PdfReader(BytesIO(pdf)) for lang, pdf in pdf_in_each(briefing).items()}
    found = {lang: sizes(one) for lang, one in read.items()}
    assert min(min(one) for one in found.values()) >= NOTES
    least = 0.02 if kind == "group" else 0.2  # of all letters: it is tables, whose letters are those of notes
    assert all(one[BODY[kind]] > least * one.total() for one in found.values())
    assert set(found["en"]) == set(found["cy"]), "nobody reads smaller letters for their language"
    for lang, one in read.items():
        assert len(one.pages) in PAGES[kind]
        said = words_in("\n".join(page.extract_text() for page in one.pages))
        assert said - words_drawn(briefing, lang) <= MOST_WORDS[kind], lang


@pytest.mark.parametrize(("kind", "place"), CASES)
def test_word_keeps_its_sizes_and_its_words(compose_for, kind, place):
    for lang in LANGUAGES:
        content = docx_bytes(compose_for(kind, place), lang=lang)
        found = word_sizes(content)
        assert min(found.values()) >= NOTES
        assert found["Normal"] == found.get("List Bullet", BODY[kind]) == BODY[kind]
        assert words_in(text_of_word(content)) <= MOST_WORDS[kind]


def test_a_long_introduction_adds_a_page_and_takes_no_size_away(compose_for):
    briefing = compose_for("one_page", officer=Officer(introduction="Word after word. " * 110))
    read = PdfReader(BytesIO(pdf_bytes(briefing, lang="en")))
    assert len(read.pages) == 2
    assert min(sizes(read)) >= NOTES


SLIDE_LEAST = 18.0
WORDS_A_MINUTE, MINUTES = 130, 15


@pytest.mark.parametrize("place", PLACES)
def test_slides_of_the_pdf_have_eighteen_points_and_more_and_the_talk_ten_pages(compose_for, place):
    briefing = compose_for("deck", place)
    for lang in LANGUAGES:
        read = PdfReader(BytesIO(pdf_bytes(briefing, lang=lang)))
        assert {(float(one.mediabox.width), float(one.mediabox.height)) for one in read.pages} == {(960.0, 540.0)}
        assert min(sizes(read)) >= SLIDE_LEAST - 0.05, (place, lang)
        last_of_talk, first_behind = (briefing.sections[n].heading.text(lang).split()[0] for n in (9, 10))
        assert last_of_talk in read.pages[9].extract_text()
        assert first_behind in read.pages[10].extract_text()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rehearsal_ends_within_fifteen_minutes(compose_for, place, lang):
    talk = [section for section in compose_for("deck", place).sections if section.talk]
    assert len(talk) == 10
    spoken = {
        section.code: sum(len(line.split()) for note in notes(section, lang=lang) if note.aloud for line in note.lines)
        for section in talk
    }
    assert MINUTES * 0.5 <= sum(spoken.values()) / WORDS_A_MINUTE <= MINUTES
    read_out = {
        section.code: sum(len(text.text(lang).split()) for text in (*section.script, section.talk.bridge))
        for section in talk
    }
    assert {c: n for c, n in read_out.items() if n > next(s for s in talk if s.code == c).talk.minutes * 140} == {}


@pytest.mark.browser
@pytest.mark.parametrize("place", PLACES)
def test_the_ten_slides_of_the_presenter_have_eighteen_points_and_more(compose_for, chrome, tmp_path, place):
    page = chrome.new_page(viewport={"width": 960, "height": 540})
    file = tmp_path / "deck.html"
    file.write_bytes(presenter_html(compose_for("deck", place), lang=None))
    for lang in (*LANGUAGES, BOTH):
        for number in range(1, 11):
            page.goto(f"{file.as_uri()}?lang={lang}#{number}")
            page.wait_for_timeout(60)
            assert page.evaluate(ON_SLIDE) >= SLIDE_LEAST - 0.3, (place, lang, number)
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("kind", PAGES)
def test_printed_html_comes_to_the_pages_of_its_name(compose_for, chrome, tmp_path, kind):
    page = chrome.new_page(viewport=PRINTED)
    page.emulate_media(media="print")
    for place in PLACES:
        for lang in LANGUAGES:
            file = tmp_path / f"{place}_{lang}.html"
            file.write_bytes(html_bytes(compose_for(kind, place), lang=lang))
            page.goto(file.as_uri())
            read = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
            assert len(read.pages) in PAGES[kind], (place, lang)
            assert page.evaluate(SMALLEST) >= NOTES - 0.01, (place, lang)
    page.close()
