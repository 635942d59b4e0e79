"""What two spellings of one thing may differ in, and what makes them two things."""

from __future__ import annotations

import pytest

from cohesion.folding import folded, without_accents, words


def test_small_letters_apostrophes_and_spaces_make_no_difference_and_accents_do():
    assert folded(" CHILDREN’S \n services") == folded("Children's Services") == "children's services"
    assert folded("Môr") != folded("Mor")


@pytest.mark.parametrize("text", ["Ynys Môn", "Ynys Mo\u0302n"], ids=["composed", "apart"])
def test_a_text_without_accents_keeps_its_capitals(text):
    assert without_accents(text) == "Ynys Mon"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ynys Môn.", ("ynys", "mon")),
        ("Pen-y-bont ar Ogwr", ("pen", "y", "bont", "ar", "ogwr")),
        ("  HATE\tcrime\n", ("hate", "crime")),
        ("<b>race</b>", ("b", "race", "b")),
        ("1,234 people", ("1234", "people")),
        ("sy'n \u202e\U0001f3f4", ("sy", "n")),
        ("…!?", ()),
    ],
)
def test_a_text_is_its_words_without_accents_signs_or_pictures(text, expected):
    assert words(text) == expected
