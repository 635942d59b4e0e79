"""Numbers are written one way: comma, decimal point, true minus, and words where there is none."""

import math
from decimal import Decimal

import pytest

from dashboard.i18n import LANGUAGES
from dashboard.i18n.numbers import PerCent, decimal, percent, share, signed, whole


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234, "1,234"),
        (-12, "−12"),
        (0, "0"),
        (2.5, "3"),
        (-2.5, "−3"),
        (-0.4, "0"),
        (1e6, "1,000,000"),
        (-0.0, "0"),
        (-1234.0, "−1,234"),
    ],
)
def test_whole_numbers(value, text, lang):
    assert whole(value, lang=lang) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(1234.55, 1, "1,234.6"), (2.675, 2, "2.68"), (3, 1, "3.0"), (-0.04, 1, "0.0"), (Decimal("-8.25"), 1, "−8.3")],
)
def test_decimals_round_half_away_from_zero_with_a_point_in_both_languages(value, places, text):
    assert {decimal(value, places=places, lang=lang) for lang in LANGUAGES} == {text}


@pytest.mark.parametrize(("value", "text"), [(12, "+12"), (-1200, "−1,200"), (0, "0"), (0.4, "0"), (-0.4, "0")])
def test_signed_changes(value, text):
    assert signed(value, lang="en") == text


def test_percentages():
    assert percent(15.0, lang="cy") == "15%"
    assert percent(15.25, lang="en", places=1) == "15.3%"
    assert percent(15, lang="en", with_sign=True) == "+15%"
    assert percent(-3, lang="en") == "−3%"


@pytest.mark.parametrize(
    ("value", "places", "en", "cy"),
    [
        (0, 1, "0%", "0%"),
        (0.049, 1, "under 0.1%", "llai na 0.1%"),
        (0.05, 1, "0.1%", "0.1%"),
        (0.4, 0, "under 1%", "llai nag 1%"),
        (19.55, 1, "19.6%", "19.6%"),
        (77.0, 0, "77%", "77%"),
        (None, 1, "not available", "ddim ar gael"),
    ],
)
def test_a_share_of_some_is_never_written_as_none(value, places, en, cy):
    for lang, text in (("en", en), ("cy", cy)):
        assert share(value, lang=lang, places=places) == PerCent(value, places=places).text(lang) == text


@pytest.mark.parametrize("missing", [None, math.nan])
def test_a_missing_figure_is_said_in_words_and_never_as_0(missing):
    for lang, words in {"en": "not available", "cy": "ddim ar gael"}.items():
        assert whole(missing, lang=lang) == words
        assert decimal(missing, places=1, lang=lang) == words
        assert signed(missing, lang=lang) == words
        assert percent(missing, lang=lang) == words


def test_an_infinite_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        whole(math.inf, lang="en")
