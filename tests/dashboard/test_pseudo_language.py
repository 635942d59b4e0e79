"""A third language is a catalogue and columns: one that nobody speaks runs through every figure, page and form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pikepdf import Pdf

from dashboard import queries
from dashboard.briefing.compose import compose
from dashboard.briefing.forms import as_file
from dashboard.briefing.model import Briefing
from dashboard.figure import Table, View
from dashboard.i18n.text import say
from tests import pseudo
from tests.every_block import every_block

# Columns that hold codes, and days as data files write them.
WRITTEN = re.compile(r"slides/slide\d+|notesSlide\d+|word/document")
CODES = re.compile(r".*_code$|^code$|^grade$|^marker$|^period_start$|^count_months$")


@pytest.fixture(scope="module", autouse=True)
def spoken(build: str) -> Iterator[None]:
    with pseudo.spoken():
        yield


def words(thing: Any) -> Iterator[str]:
    """Yield every text of a figure that somebody reads: not its codes, days and addresses."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Table):
        yield from (column.label for column in thing.columns)
        for row in thing.rows:
            cells = zip(row, thing.columns, strict=True)
            yield from (cell for cell, one in cells if isinstance(cell, str) and not CODES.match(one.key))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from words(part)
    elif "W" in str(getattr(type(thing), "__parameters__", "")):
        for name, value in vars(thing).items():
            if name not in ("code", "url", "line", "letter", "verdict", "outlines", "chosen", "ground", "dash"):
                is_day = name == "at" and re.fullmatch(r"[\d\- ]+[A-Z]?\d*", str(value))
                yield from () if is_day else words(value)


@pytest.mark.parametrize("place", ["W06000015", "W92000004"])
def test_no_figure_says_a_word_that_nobody_can_translate(build, place):
    view = View(place=queries.area(place, build=build), lang=pseudo.LANG, build=build)
    found = {}
    for code, make in every_block().items():
        plain = {word for text in words(make(view)) for word in pseudo.untranslated(text)}
        if plain:
            found[code] = plain
    assert found == {}


def test_a_literal_is_found():
    literal = say("home.map").text(pseudo.LANG) + " about ten"
    assert pseudo.untranslated(literal) == ["about", "ten"]


def composed(build: str, kind: str) -> Briefing:
    return compose(kind=kind, place="W06000015", build=build, made_on=date(2026, 11, 25))


@pytest.mark.parametrize(
    ("form", "kind"), [("html", "one_page"), ("html", "four_pages"), ("docx", "four_pages"), ("pptx", "deck")]
)
def test_no_form_says_a_word_that_nobody_can_translate(build, form, kind):
    content = as_file(composed(build, kind), form=form, languages=pseudo.LANG).content
    text = content.decode() if form == "html" else office_text(content)
    assert len(text) > 10_000
    assert set(pseudo.untranslated(text)) == set()


def office_text(content: bytes) -> str:
    """Return what is written in the slides, notes or pages of an Office file."""
    with ZipFile(BytesIO(content)) as parts:
        told = [parts.read(name).decode() for name in parts.namelist() if WRITTEN.search(name)]
    return " ".join(text for part in told for text in re.findall(r"<[aw]:t(?: [^>]*)?>([^<]*)<", part))


# Letters keep their size: Welsh, the longer of our languages, keeps to four pages in every place; one that is a third
# longer than English needs a fifth.
@pytest.mark.parametrize(("kind", "pages"), [("one_page", 1), ("four_pages", 5)])
def test_a_language_a_third_longer_adds_at_most_a_page(build, kind, pages):
    content = as_file(composed(build, kind), form="pdf", languages=pseudo.LANG).content
    assert len(Pdf.open(BytesIO(content)).pages) == pages
