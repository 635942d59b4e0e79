"""Slides in both languages: each word in its own language beside the other, each number once, ten slides ten."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pptx import Presentation
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.briefing.compose import Own, compose
from dashboard.briefing.forms import BOTH, as_file, is_bilingual, name_and_type
from dashboard.briefing.model import KeyMessages, Officer, Picture
from dashboard.briefing.pdf import pdf_bytes
from dashboard.briefing.pieces import home
from dashboard.briefing.powerpoint import pptx_bytes
from dashboard.briefing.presenter import presenter_html
from dashboard.briefing.tray import read as tray_of
from dashboard.briefing.web import PATH, present
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES, LOCALE, t
from dashboard.i18n.bilingual import ORDER, Both, laid_together, on_lines
from dashboard.model import Words
from tests.dashboard.briefing.conftest import MADE
from tests.dashboard.briefing.test_type_and_length import sizes
from tests.markup import bare_tables, broken_references, fetched, read, repeated_ids, text_of, unnamed_pictures

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACES = ("XCAV", "W06000014", "W06000008", "W92000004")


@pytest.fixture(scope="module")
def decks(compose_for):
    made = {place: compose_for("deck", place) for place in PLACES}
    return {place: (one, Presentation(BytesIO(pptx_bytes(one, lang=None)))) for place, one in made.items()}


@pytest.mark.parametrize(
    ("welsh", "english", "both"),
    [
        ("Cymru 1.95", "Wales 1.95", "Cymru / Wales 1.95"),
        ("2.62 uwch", "2.62 higher", "2.62 uwch / higher"),
        ("30 Mehefin 2026", "30 June 2026", "30 Mehefin / June 2026"),
        ("Merthyr Tudful", "Merthyr Tydfil", "Merthyr Tudful / Merthyr Tydfil"),
        ("2025", "2026", "2025 / 2026"),
        (
            *("Lluniwyd ar 29 Tachwedd 2026", "Made on 29 November 2026"),
            "Lluniwyd ar 29 Tachwedd 2026 / Made on 29 November 2026",
        ),
        ("Swyddfa, Mehefin 2026.", "Home Office, June 2026.", "Swyddfa, Mehefin 2026. / Home Office, June 2026."),
        ("Teitl (rhan 2)", "Title (part 2)", "Teitl (rhan 2) / Title (part 2)"),
        ("22 o awdurdodau.", "22 authorities.", "22 o awdurdodau. / 22 authorities."),
        (
            *("48 o bobl mewn llety dros dro yn Abertawe", "48 people in temporary homes in Swansea"),
            "48 o bobl mewn llety dros dro yn Abertawe / 48 people in temporary homes in Swansea",
        ),
    ],
)
def test_numbers_that_both_languages_share_are_written_once(welsh, english, both):
    text = Both(welsh, english)
    assert text == both == "".join(part for _, part in text.parts)
    assert text.alone == (welsh, english)
    assert on_lines(text) == both.replace(" / ", "\n")


def test_things_in_an_order_of_the_alphabet_are_matched_by_their_codes(decks):
    figure = next(f for f in decks["XCAV"][0].figures if f.code == "population_change_map")
    welsh, english = (in_language(figure.drawing, lang) for lang in ORDER)
    turned = type(english)(**{**vars(english), "points": english.points[::-1]})
    names = {p.code: p.at for p in english.points}
    for point in laid_together(welsh, turned).points:
        assert str(point.at).endswith(names[point.code])


def test_ten_slides_are_ten_and_each_is_titled_in_both_languages(decks):
    for briefing, deck in decks.values():
        titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
        assert titles[10].split("\n") == [t("briefing.backup", lang=lang) for lang in ORDER]
        for section, title in zip(briefing.sections[1:10], titles[1:], strict=False):
            assert all(section.heading.text(lang) in title for lang in LANGUAGES)


def test_each_run_is_tagged_with_its_own_language_and_has_eighteen_points(decks):
    for briefing, deck in decks.values():
        said = {lang: runs_of(deck, lang) for lang in LANGUAGES}
        for section in briefing.sections[:10]:
            for lang in LANGUAGES:
                assert set(words_on(section, lang)) <= said[lang], (section.code, lang)
        sizes = [int(r.get("sz")) for s in deck.slides for r in s._element.iter(f"{A}rPr") if r.get("sz")]
        assert min(sizes) >= 1800


def runs_of(deck, lang):
    runs = (run for slide in deck.slides for run in slide._element.iter(f"{A}r"))
    return {run.findtext(f"{A}t") for run in runs if run.find(f"{A}rPr").get("lang") == LOCALE[lang]}


def words_on(section, lang):
    for item in section.items:
        if isinstance(item, KeyMessages):
            yield from item.texts(lang)
        elif isinstance(item, Picture):
            figure = in_language(item.figure, lang)
            yield figure.subtitle
            yield figure.told_at_once(1)[0]


def test_both_languages_stand_in_letters_of_one_size(decks):
    for briefing, deck in decks.values():
        for section, slide in zip(briefing.sections[1:10], list(deck.slides)[1:10], strict=True):
            sizes = {lang: {} for lang in LANGUAGES}
            for run in slide._element.iter(f"{A}r"):
                look = run.find(f"{A}rPr")
                lang = next(one for one in LANGUAGES if LOCALE[one] == look.get("lang"))
                sizes[lang][run.findtext(f"{A}t")] = look.get("sz")
            pairs = zip(*([sizes[lang].get(x) for x in words_on(section, lang)] for lang in ORDER), strict=True)
            assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_everything_stands_on_the_slide(decks):
    for place, (_, deck) in decks.items():
        for number, slide in enumerate(deck.slides, start=1):
            for shape in slide.shapes:
                assert min(shape.left, shape.top) >= 0
                assert shape.top + shape.height <= deck.slide_height, (place, number, shape.name)


def test_notes_have_the_script_in_one_language_after_the_other(decks):
    briefing, deck = decks["XCAV"]
    for section, slide in zip(briefing.sections[:10], deck.slides, strict=False):
        notes = slide.notes_slide.notes_text_frame
        for lang in LANGUAGES:
            runs = {r.text: r._r.find(f"{A}rPr").get("lang") for p in notes.paragraphs for r in p.runs}
            assert {runs[text.text(lang)] for text in section.script} == {LOCALE[lang]}
        first = [notes.text.index(t("briefing.notes.in_language", lang=lang)) for lang in ORDER]
        assert first == sorted(first)


@pytest.mark.parametrize("place", ["XCAV", "W06000008"])
def test_the_pdf_has_both_languages_on_ten_pages_in_eighteen_points(compose_for, place):
    briefing = compose_for("deck", place)
    content = pdf_bytes(briefing, lang=None)
    pages = PdfReader(BytesIO(content))
    assert min(sizes(pages)) >= 17.95
    for section, page in zip(briefing.sections[1:10], pages.pages[1:10], strict=True):
        said = "".join(page.extract_text().split())
        for lang in LANGUAGES:
            assert "".join(section.heading.text(lang).split()) in said
    assert content == pdf_bytes(briefing, lang=None)


def test_only_slides_become_a_pdf_in_both_languages(compose_for):
    with pytest.raises(ValueError, match="expected slides for both languages at once; came one_page"):
        pdf_bytes(compose_for("one_page"), lang=None)


def test_the_presenter_opens_with_both_languages_and_has_each_alone(compose_for, hostile):
    for officer in (None, hostile):
        page = read(presenter_html(compose_for("deck", officer=officer), lang=None))
        assert [one.get("data-code") for one in page.xpath("//div[contains(@class, 'deck')]")] == ["both", *LANGUAGES]
        assert (page.get("data-code"), page.get("lang")) == ("both", ORDER[0])
        assert repeated_ids(page) == broken_references(page) == set()
        assert unnamed_pictures(page) == bare_tables(page) == fetched(page) == []
        assert len(page.xpath("//script")) == 1


def test_the_presenter_tags_each_language_and_has_the_notes_of_both(compose_for):
    briefing = compose_for("deck", "W06000008")
    page = read(presenter_html(briefing, lang=None))
    slides = page.xpath("//div[@id='deck-both']//section")
    for section in briefing.sections:
        of_it = [one for one in slides if section.heading.text("en") in text_of(one.find(".//h2"))]
        english = " ".join(text_of(one) for slide in of_it for one in slide.xpath(".//*[@lang='en']"))
        assert of_it
        wanted = [*words_on(section, "en"), *(text.text("en") for text in section.script)]
        assert [text for text in wanted if " ".join(text.split()) not in english] == []


@pytest.mark.parametrize("lang", ["both", "cy%2Ben", "CY+EN"])
def test_the_presenter_is_shown_in_both_languages_where_a_link_asks(lang):
    answer = client().get(f"{PATH}?place=W06000008&lang={lang}")
    assert answer.status_code == 200
    assert 'data-code="both"' in answer.text


def client():
    return TestClient(Starlette(routes=[Route(PATH, present)]))


def test_slides_in_both_languages_are_one_file_whose_name_says_so(compose_for):
    briefing = compose_for("deck", "W06000015")
    assert name_and_type(briefing, form="pptx", languages=BOTH)[0] == "caerdydd_sleidiau_2026-11-25_cy+en.pptx"
    assert not is_bilingual("one_page", form="pdf", languages=BOTH)
    assert as_file(briefing, form="pptx", languages=BOTH).content == pptx_bytes(briefing, lang=None)


def test_an_officers_words_stand_in_the_column_of_their_language(compose_for):
    officer = Officer(introduction="Good morning", title="Ours", introduction_cy="Bore da\nbawb")
    deck = Presentation(BytesIO(pptx_bytes(compose_for("deck", "XCAV", officer=officer), lang=None)))
    texts = [shape.text_frame.text for shape in deck.slides[1].shapes if shape.has_text_frame]
    assert {"Good morning", "Bore da\nbawb"} <= set(texts)


def test_hostile_words_come_out_as_typed(compose_for, hostile):
    deck = Presentation(BytesIO(pptx_bytes(compose_for("deck", "XCAV", officer=hostile), lang=None)))
    said = {p.text for s in deck.slides for x in s.shapes if x.has_text_frame for p in x.text_frame.paragraphs}
    assert {line for line in hostile.introduction.split("\n") if line} <= said


LONG = Words(en="word " * 1_000, cy="gair" * 1_250)


def test_what_an_officer_put_together_stands_whole_on_slides_in_both_languages(build):
    """Rows of 43 forces, letters that stand for something, a code that is gone, 5,000 letters, one language alone."""
    comments = (
        ("compare", LONG),
        ("migration", Words(en="", cy="Sylw <i> 🙂")),
        ("sanctuary", Words(en="Only here", cy="")),
    )
    forces = "compare_dots*measure*hate_crimes*set*england_wales_forces"
    text = f"compare-{forces}.migration-gone_code-proxies.sanctuary-ukraine"
    own = Own(tray=tray_of(text, home=home), since=date(2031, 1, 1))
    briefing = compose(
        kind="deck", place="W06000008", build=build, made_on=MADE, own=own, officer=Officer(comments=comments)
    )
    deck = Presentation(BytesIO(pptx_bytes(briefing, lang=None)))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    assert max(shape.top + shape.height for shape in shapes) <= deck.slide_height
    said = " ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    assert LONG.cy in said.replace("\n", "")
    assert said.count("word") >= 1_000
    assert all(words in said for words in ("Sylw <i> 🙂", "Only here", "gone_code"))
    html = presenter_html(briefing, lang=None).decode()
    assert all(words in html for words in ("Sylw &lt;i&gt; 🙂", "Only here", "gone_code", LONG.cy))
    assert pdf_bytes(briefing, lang=None)


def lowest(page) -> float:
    """Return how many points over the edge of a page its lowest letters stand."""
    found = []

    def visit(text, current, matrix, font, size):
        if text.strip():
            found.append(matrix[5] * current[3] + current[5])

    page.extract_text(visitor_text=visit)
    return min(found)


@pytest.mark.parametrize("place", ["XCAV", "W06000008", "W92000004"])
def test_a_long_source_in_both_languages_stands_on_the_slide(compose_for, place):
    pages = PdfReader(BytesIO(pdf_bytes(compose_for("deck", place), lang=None))).pages
    assert {number: round(y) for number, page in enumerate(pages, start=1) if (y := lowest(page)) < 8} == {}
