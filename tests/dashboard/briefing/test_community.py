"""The community version is read by everybody: its words are measured as they are said, in every place."""

from __future__ import annotations

import re

import pytest

from dashboard import queries
from dashboard.briefing import community
from dashboard.briefing.html import html_bytes
from dashboard.briefing.model import Bullets, KeyMessages, Prose, Terms
from dashboard.figure import Subject
from dashboard.findings import messages
from dashboard.i18n import LANGUAGES
from tests.readability import grade, sentences, syllables, words

READING_AGE, SCHOOL_FROM = 11, 5
JARGON = {
    "en": ("strand", "stock", "rebas", "aggravated", "band", "estimate", "incident", "demographic", "component"),
    "cy": ("ffactor", "stoc", "ailseilio", "gwaethyg", "amcangyf", "cydran"),
}
# No formula of Welsh has been tried on readers, so its lengths are held to those of the English, a tenth more at most:
# Welsh says "nid yw" for "not" and "a ydyw" for "is it", and so has more and shorter words to a sentence.
MOST_OF_A_SENTENCE, MOST_ON_AVERAGE, LETTERS_ON_AVERAGE = {"en": 25, "cy": 25}, {"en": 10, "cy": 11}, 4.5


def said(briefing, lang: str) -> str:
    """Return all that its sections say, a line each."""
    lines = []
    for section in briefing.sections:
        lines.append(section.heading.text(lang))
        for item in section.items:
            match item:
                case Prose():
                    lines.append(item.text.text(lang))
                case Bullets():
                    lines += [text.text(lang) for text in item.texts]
                case KeyMessages():
                    lines += item.texts(lang)
                case Terms():
                    lines += [f"{term.name.text(lang)}\n{term.text.text(lang)}" for term in item.entries]
                case _:
                    raise AssertionError(f"expected words alone; came {item}")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("word", "number"),
    [("crime", 1), ("police", 2), ("community", 4), ("asked", 1), ("wanted", 2), ("people", 2), ("nation", 2)],
)
def test_syllables_are_counted_as_they_are_said(word, number):
    assert syllables(word) == number


def test_a_hard_text_has_a_higher_grade_than_an_easy_one():
    hard = "Racially or religiously aggravated offences constitute a statutory subset of recorded criminality."
    assert grade("The cat sat on the mat. It was fat.") < 2 < 12 < grade(hard)


def test_the_reading_age_of_the_community_version_is_eleven_in_every_place(compose_for, build):
    found = {place: grade(said(compose_for("community", place), "en")) for place in queries.places(build=build)}
    assert len(found) == 28
    assert {place: round(one, 1) for place, one in found.items() if one + SCHOOL_FROM > READING_AGE} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_and_words_are_short_in_both_languages_in_every_place(compose_for, build, lang):
    for place in queries.places(build=build):
        text = said(compose_for("community", place), lang)
        lengths = [len(words(sentence)) for sentence in sentences(text)]
        assert max(lengths) <= MOST_OF_A_SENTENCE[lang], (place, max(sentences(text), key=lambda one: len(words(one))))
        assert sum(lengths) / len(lengths) <= MOST_ON_AVERAGE[lang], place
        assert sum(map(len, words(text))) / len(words(text)) <= LETTERS_ON_AVERAGE, place


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_trade_stands_in_the_file(compose_for, build, lang):
    for place in queries.places(build=build):
        page = html_bytes(compose_for("community", place), lang=lang).decode()
        inside = page.partition("<body")[2].partition('id="sources"')[0]  # addresses of sources are as they are
        text = re.sub("<[^>]+>", " ", inside).lower()
        assert [word for word in JARGON[lang] if re.search(rf"\b{word}", text)] == [], place


def test_every_sentence_that_a_place_is_told_has_plain_words_or_is_left_out_whole(compose_for, build):
    rules = ("population_growth", "hate_crime_year", "asylum_level", "ukraine")
    for place in queries.places(build=build):
        held = {m.rule: m for m in messages(Subject(place=queries.area(place, build=build), build=build))}
        plain = {m.rule: m for m in compose_for("community", place).messages}
        assert set(plain) == set(rules) & set(held)
        assert all(plain[rule].keys and plain[rule].observations == held[rule].observations for rule in plain)


def test_nobody_and_fewer_than_five_are_told_in_words(compose_for):
    text = said(compose_for("community", "W06000008"), "en")
    assert "Nobody got this help in Ceredigion" in text
    assert not re.search(r"\b[0-4] people", text)
    assert set(community.PLAIN.values()) >= {"plain.asylum_few", "plain.asylum_nobody", "plain.ukraine_few"}


def test_a_place_is_named_as_a_sentence_names_it_and_years_are_those_that_may_be_compared(compose_for):
    anglesey = said(compose_for("community", "W06000001"), "en")
    assert "It is not just for the Isle of Anglesey." in anglesey
    assert "We cannot say if more or fewer people lived here in mid-2024 than in mid-2014." in anglesey
