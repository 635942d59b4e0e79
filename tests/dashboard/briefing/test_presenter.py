"""The deck as one file for a projector: both languages whole, one slide to a section, and nothing fetched."""

from __future__ import annotations

import base64
import hashlib

import pytest

from dashboard.briefing.model import Officer, Rows
from dashboard.briefing.presenter import LONGEST_ON_SLIDE, MOST_ROWS, presenter_html
from dashboard.briefing.presenter import slides as slides_of
from dashboard.briefing.words import citations, references, standing
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES, t
from tests.markup import (
    bare_tables,
    broken_references,
    fetched,
    heading_levels,
    read,
    repeated_ids,
    skipped_levels,
    text_of,
    unnamed_pictures,
)

PLACES = ("XCAV", "W06000024", "W15000004", "W92000004")
ENDS = ("sources",)


@pytest.fixture(scope="module", params=PLACES)
def deck(request, compose_for):
    """Return the deck of a place."""
    return compose_for("deck", request.param)


@pytest.fixture(scope="module")
def page(deck):
    """Return its presenter as read, drawn once for all tests of it."""
    return read(presenter_html(deck))


def decks(page):
    return {one.get("lang"): one for one in page.xpath("//div[@class='deck']")}


def slides(page, lang):
    return decks(page)[lang].xpath(".//section")


def test_both_languages_are_in_the_file_slide_for_slide(deck, page):
    assert set(decks(page)) == set(LANGUAGES)
    for lang, one in decks(page).items():
        assert one.get("data-title") == deck.title.text(lang)
        headings = [text_of(slide.find(".//h2")) for slide in slides(page, lang)]
        ends = [t(f"briefing.{end}", lang=lang) for end in ENDS]
        expected = [*(section.heading.text(lang) for section in deck.sections), *ends]
        assert [heading for heading in headings if heading in expected] == expected
        later = {t("briefing.continued", lang=lang, heading=one, n=n) for one in expected for n in range(2, 20)}
        assert set(headings) - set(expected) <= later
        assert len(headings) == len(set(headings))


def test_every_message_caveat_script_and_source_is_there_in_both_languages(deck, page):
    for lang in LANGUAGES:
        words = text_of(decks(page)[lang])
        said = [*deck.message_texts(lang)]
        said += [text.text(lang) for section in deck.sections for text in section.script]
        said += [*standing(deck, lang=lang), *(r.text for r in references(deck, lang=lang))]
        for one in deck.figures:
            said += [
                in_language(one, lang).subtitle,
                in_language(one, lang).sentence,
                *in_language(one, lang).chips,
                *in_language(one, lang).caveat_texts,
            ]
        said += [text for message in deck.messages for text in message.note_texts(lang)]
        assert [text for text in said if " ".join(text.split()) not in words] == []


def test_the_talk_is_counted_and_the_backup_is_counted_apart(compose_for):
    page = read(presenter_html(compose_for("deck")))
    counters = [slide.get("data-counter") for slide in slides(page, "en")]
    assert counters[:10] == [f"{n} / 10" for n in range(1, 11)]
    behind = len(counters) - 10
    assert behind > 1
    assert counters[10:] == [f"Appendix {n} / {behind}" for n in range(1, behind + 1)]
    assert slides(page, "cy")[3].get("data-announced").startswith("Sleid 4 o 10: ")


def test_a_long_table_is_shared_out_and_every_row_stands_on_one_slide(compose_for):
    briefing = compose_for("deck", "XCAV")
    long = [i for s in briefing.sections for i in s.items if isinstance(i, Rows) and len(i.table.rows) > MOST_ROWS]
    assert long
    for lang in LANGUAGES:
        made = slides_of(briefing, lang=lang)
        shown = [item for slide in made for item in slide.section.items if isinstance(item, Rows)]
        assert max(len(item.table.rows) for item in shown) <= MOST_ROWS
        for one in long:
            parts = [item.table.rows for item in shown if item.code == one.code]
            assert [row for rows in parts for row in rows] == list(one.table.rows)
            assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_notes_hold_the_script_the_table_and_the_sources_of_their_slide(deck, page):
    headed = {text_of(slide.find(".//h2")): slide for slide in slides(page, "cy")}
    for section in deck.sections:
        slide = headed[section.heading.text("cy")]
        (notes,) = slide.xpath(".//aside")
        expected = [text.text("cy") for text in section.script] + list(citations(section.sources, lang="cy"))
        assert [text for text in expected if text not in text_of(notes)] == []
        assert len(notes.xpath(".//table")) == sum(type(item).__name__ == "Picture" for item in section.items)


def test_a_reader_finds_headings_names_and_table_headers(page):
    assert repeated_ids(page) == set()
    assert broken_references(page) == set()
    assert bare_tables(page) == []
    assert unnamed_pictures(page) == []
    for one in decks(page).values():
        assert heading_levels(one).count(1) == 1
        assert skipped_levels(heading_levels(one)) == []
        assert len(one.xpath(".//main")) == len(one.xpath(".//nav")) == 1
    assert page.xpath("//*[@id='live']/@role") == ["status"]


def test_nothing_is_fetched_and_only_our_own_script_may_run(page):
    assert fetched(page) == []
    (script,) = page.xpath("//script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"default-src 'none'; script-src 'sha256-{digest}';" in policy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_in_the_language_asked_for(compose_for, lang):
    page = read(presenter_html(compose_for("deck"), lang=lang))
    assert page.get("lang") == lang
    assert page.findtext("head/title") == compose_for("deck").title.text(lang)


def test_an_officers_words_stay_words(compose_for, hostile):
    briefing = compose_for("deck", officer=hostile)
    page = read(presenter_html(briefing))
    for lang in LANGUAGES:
        deck = decks(page)[lang]
        assert text_of(deck.find(".//h1")) == " ".join(briefing.title.text(lang).split())
        assert briefing.officer.introduction in deck.xpath("string(.//aside)")
        assert briefing.officer.contact in text_of(deck)
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//img | //@onerror | //@onload") == []


def test_a_short_introduction_stands_on_the_first_slide_and_a_long_one_only_in_its_notes(compose_for):
    for length, shown in ((LONGEST_ON_SLIDE, 1), (LONGEST_ON_SLIDE + 1, 0)):
        page = read(presenter_html(compose_for("deck", officer=Officer(introduction="x" * length))))
        first = slides(page, "en")[0]
        assert len(first.xpath(".//div[@class='stage']//p[@class='own']")) == shown
        assert "x" * length in text_of(first.find(".//aside"))


def test_the_same_deck_gives_the_same_bytes(compose_for):
    assert presenter_html(compose_for("deck")) == presenter_html(compose_for("deck"))
