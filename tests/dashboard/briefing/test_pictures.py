"""Every printed kind for four places in both languages, and decks, opened and drawn: pages, ink, edges, fonts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from dashboard.briefing.model import Officer
from dashboard.briefing.pdf import pdf_bytes, pdf_in_each
from dashboard.briefing.powerpoint import pptx_bytes
from dashboard.briefing.word import docx_bytes
from dashboard.charts.letters import FONTS
from dashboard.i18n import LANGUAGES, t
from tests import files, office
from tests.dashboard.briefing.test_type_and_length import CASES, PAGES

pytestmark = pytest.mark.office
DECKS_OF = ("XCAV", "W06000008")  # with a chart of asylum support, and without one
SPOKEN = {"en": "en", "cy": "cy", "both": None}  # of a deck
SIDE, FOOT = 0.02, 0.06  # shares of a page that nothing stands in but a slide's bar, and that its foot takes
FILLED = 0.5  # of a page that another follows


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return where the files of this module lie."""
    return tmp_path_factory.mktemp("opened")


@pytest.fixture(scope="module")
def made(compose_for) -> dict[str, bytes]:
    """Return every Word file and every deck by a name that says kind, place and language."""
    papers = {
        f"{kind}-{place}-{lang}.docx": docx_bytes(compose_for(kind, place), lang=lang)
        for kind, place in CASES
        for lang in LANGUAGES
    }
    decks = {
        f"deck-{place}-{name}.pptx": pptx_bytes(compose_for("deck", place), lang=lang)
        for place in DECKS_OF
        for name, lang in SPOKEN.items()
    }
    return papers | decks


@pytest.fixture(scope="module")
def opened(made, folder) -> dict[str, Path]:
    """Return those files as LibreOffice prints them."""
    return office.as_pdf(made, folder=folder)


@pytest.fixture(scope="module")
def typeset(compose_for, folder) -> dict[str, Path]:
    """Return our own PDF of the same."""

    def kept(name: str, content: bytes) -> Path:
        path = folder / f"own-{name}.pdf"
        path.write_bytes(content)
        return path

    papers = {
        f"{kind}-{place}-{lang}.pdf": kept(f"{kind}-{place}-{lang}", content)
        for kind, place in CASES
        for lang, content in pdf_in_each(compose_for(kind, place)).items()
    }
    decks = {
        f"deck-{place}-{name}.pdf": kept(f"deck-{place}-{name}", pdf_bytes(compose_for("deck", place), lang=lang))
        for place in DECKS_OF
        for name, lang in SPOKEN.items()
    }
    return papers | decks


@pytest.fixture(scope="module")
def looks() -> Callable[..., list[office.Look]]:
    """Return a maker of the looks of a file's pages, each drawn once."""
    return cache(office.looks)


def kind_of(name: str) -> str:
    return name.partition("-")[0]


def test_word_files_come_to_the_pages_of_their_name(opened):
    pages = {name: len(PdfReader(path).pages) for name, path in opened.items() if name.endswith(".docx")}
    assert len(pages) == 2 * len(CASES)
    assert {name: number for name, number in pages.items() if number not in PAGES[kind_of(name)]} == {}


def test_a_deck_has_as_many_pages_as_slides_and_the_appendix_begins_behind_the_tenth(made, opened):
    for name in (one for one in opened if one.endswith(".pptx")):
        pages = files.pdf_pages(opened[name].read_bytes())
        assert len(pages) == len(Presentation(BytesIO(made[name])).slides), name
        lang = "cy" if "-both" in name else name.rpartition("-")[2].partition(".")[0]
        assert files.one_line(pages[10]).startswith(t("briefing.backup", lang=lang)), name


def test_every_page_has_something_on_it_and_nothing_runs_over_its_edge(opened, typeset, looks):
    wrong = []
    for name, path in (opened | typeset).items():
        for number, page in enumerate(looks(path), start=1):
            barred = name.endswith(".pptx")  # a bar stands over the whole top of a slide
            sides = barred or (page.left >= SIDE and page.right <= 1 - SIDE)
            if not page.bottom or not sides or page.bottom > 1 - SIDE / 2 or (page.top < SIDE / 2 and not barred):
                wrong.append((name, number, page))
    assert wrong == []


def test_no_page_of_a_paper_is_left_half_empty_before_the_next(opened, typeset, looks):
    papers = {name: path for name, path in (opened | typeset).items() if kind_of(name) != "deck"}
    empty = {
        (name, number): round(page.bottom, 2)
        for name, path in papers.items()
        for number, page in enumerate(looks(path, foot=FOOT)[:-1], start=1)
        if page.bottom < FILLED
    }
    assert empty == {}


def test_where_its_font_is_missing_a_file_opens_with_all_that_was_typed(compose_for, folder):
    typed = "Geiriau'r swyddog: ŵ ŷ <b>1 & 2</b>"
    officer = Officer(introduction=typed, introduction_cy=typed)
    made = {
        "typed.docx": docx_bytes(compose_for("one_page", officer=officer), lang="cy"),
        "typed.pptx": pptx_bytes(compose_for("deck", officer=officer), lang=None),
    }
    for name, path in office.as_pdf(made, folder=folder, fonts=FONTS).items():
        content = path.read_bytes()
        assert files.one_line(typed) in files.one_line(" ".join(files.pdf_pages(content))), name
        used = {str(font) for page in PdfReader(path).pages for font in fonts_of(page)}
        assert used, name
        assert not [font for font in used if "Arial" in font or "Liberation" in font], name


def fonts_of(page) -> list[str]:
    return [one.get_object()["/BaseFont"] for one in page["/Resources"]["/Font"].values()]
