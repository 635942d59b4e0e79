"""Who may see a briefing that is not for everybody is said on every page, slide and sheet of it, in its language."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pikepdf
import pptx
import pytest
from docx import Document

from dashboard.briefing.forms import as_file
from dashboard.briefing.powerpoint.frame import MARK_LEAST, MARK_SIZE, WHOLE_WIDTH
from dashboard.charts.measure import width_of
from dashboard.i18n import LANGUAGES
from dashboard.model import Words
from tests import files

MARK = Words(en='Private: the council\'s own "copy"', cy="Preifat: copi'r cyngor ei hun")


@pytest.fixture(scope="module")
def marked(compose_for):
    """Return a maker of files of a marked briefing."""

    def make(kind, form, *, lang="cy", mark=MARK):
        return as_file(replace(compose_for(kind), mark=mark), form=form, languages=lang).content

    return make


@pytest.mark.parametrize("kind", ["four_pages", "deck"])
def test_it_stands_on_every_page_of_a_pdf(marked, kind):
    content = marked(kind, "pdf")
    with pikepdf.open(BytesIO(content)) as document:
        pages = len(document.pages)
    assert files.pdf_text(content).count(MARK.cy) == pages + 1, "and once where it is read aloud"
    assert MARK.en not in files.pdf_text(content)


def test_it_is_the_head_of_every_page_in_word(marked):
    document = Document(BytesIO(marked("four_pages", "docx")))
    assert {section.header.paragraphs[0].text for section in document.sections} == {MARK.cy}


@pytest.mark.parametrize("languages", [*LANGUAGES, "both"])
def test_it_stands_on_every_slide(marked, languages):
    wanted = {MARK.cy, MARK.en, f"{MARK.cy} / {MARK.en}"} if languages == "both" else {MARK.text(languages)}
    deck = pptx.Presentation(BytesIO(marked("deck", "pptx", lang=languages)))
    assert all(wanted & {shape.name for shape in slide.shapes} for slide in deck.slides)


def test_it_stands_on_every_slide_of_the_presenter_and_over_every_printed_page(marked):
    talk = marked("deck", "presenter").decode()
    assert talk.count('<p class="for-whom">') == talk.count('<section class="slide')
    printed = marked("four_pages", "html", lang="en").decode()
    assert 'content: "Private: the council\\27 s own \\22 copy\\22 "' in printed, "no sign of it ends the text"


def test_it_stands_on_every_sheet(marked):
    book = openpyxl.load_workbook(BytesIO(marked("data", "xlsx")))
    assert all(sheet["A2"].value == MARK.cy for sheet in book)
    assert all(sheet.oddHeader.right.text == MARK.cy for sheet in book)


def test_what_is_for_everybody_says_nothing(marked):
    none = Words(en="", cy="")
    assert b'class="for-whom"' not in marked("deck", "presenter", mark=none)
    assert b"@top-right" not in marked("four_pages", "html", mark=none)


def test_a_long_mark_stands_on_one_line_over_a_slide(marked):
    long = Words(en="For partners: for this workspace and those it named.", cy="I bartneriaid: " + "gweithle " * 6)
    deck = pptx.Presentation(BytesIO(marked("deck", "pptx", lang="both", mark=long)))
    (line,) = next(one for one in deck.slides[0].shapes if long.en in one.name).text_frame.paragraphs
    size = line.runs[0].font.size.pt
    assert MARK_LEAST <= size < MARK_SIZE
    assert width_of(line.text, size=size, bold=True) <= WHOLE_WIDTH
