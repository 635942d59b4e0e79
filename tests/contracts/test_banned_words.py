"""No text we write makes people into water, weather or disease, and no finding says why something happened."""

from __future__ import annotations

import re

import pytest

from dashboard import findings, queries
from dashboard.figure import View
from dashboard.i18n import LANGUAGES, read_catalogue

# The words and their endings. Welsh forms carry their mutations; "mewnlif" (an inflow, a term of the statistics) is not
# among them, "mewnlifiad" (an influx) is.
BANNED = {
    "en": re.compile(
        r"\b(surg(?:e|es|ed|ing)|flood\w*|influx\w*|soar(?:s|ed|ing)?|hot ?spots?|waves?|swamp\w*|cris[ei]s"
        r"|explo(?:de|sion)\w*|plagues?|invasion|invad\w+|swarms?|overrun|overwhelm\w*|skyrocket\w*|tidal|alarming|shocking)\b",
        re.IGNORECASE,
    ),
    "cy": re.compile(
        r"\b(ymchwydd\w*|l?lifogydd|mewnlifiad\w*|fewnlifiad\w*|[td]on(?:nau)? o|thon(?:nau)? o|argyf(?:wng|yngau)"
        r"|ff?rwydr\w*|[pb]la|phla|[bf]oddi|dylif\w*|ddylif\w*|goresg\w*|haid|heidi\w*|mannau problemus"
        r"|brawychus|esgyn\w*|saethu i fyny)\b",
        re.IGNORECASE,
    ),
}
CAUSES = {
    "en": re.compile(r"\b(because|due to|caused? by|owing to|thanks to|as a result|led to|driven by)\b", re.IGNORECASE),
    "cy": re.compile(r"\b(oherwydd|am fod|o achos|wedi achosi|yn sgil|diolch i|arweiniodd at)\b", re.IGNORECASE),
}


def texts(lang: str) -> dict[str, list[str]]:
    found = {}
    for message in read_catalogue(lang):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = [message.string] if isinstance(message.string, str) else list(message.string)
    return found


# One Welsh word is "crisis" and "emergency": beside 101 it says when to ring, and nothing about a place.
MEANT = (("briefing.support.police.name", "argyfwng"),)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_of_the_catalogue_uses_a_banned_word(lang):
    forms = [(key, form) for key, every in texts(lang).items() for form in every]
    found = [(key, m.group()) for key, form in forms if (m := BANNED[lang].search(form))]
    assert [one for one in found if one not in MEANT] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_message_of_any_place_uses_a_banned_word_or_says_why(lang, build):
    places = [queries.area(code, build=build) for code in queries.places(build=build)]
    said = [m for place in places for m in findings.messages(View(place=place, lang=lang, build=build))]
    assert len(said) > len(places)
    every = {text for m in said for text in (m.text(lang), *m.note_texts(lang))}
    assert [text for text in every if BANNED[lang].search(text)] == []
    assert [m.text(lang) for m in said if CAUSES[lang].search(m.text(lang))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_a_finding_says_why(lang):
    sentences = {key: forms for key, forms in texts(lang).items() if key.startswith(("finding.", "range."))}
    assert sentences
    assert [form for forms in sentences.values() for form in forms if CAUSES[lang].search(form)] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A surge in arrivals"),
        ("en", "Services were swamped"),
        ("en", "a hotspot community"),
        ("en", "Numbers soared"),
        ("en", "a wave of migration"),
        ("en", "the crisis"),
        ("cy", "ton o fudwyr"),
        ("cy", "llifogydd o bobl"),
        ("cy", "mewnlifiad mawr"),
        ("cy", "yr argyfwng"),
        ("cy", "ffrwydrad yn y niferoedd"),
        ("cy", "fel pla"),
    ],
)
def test_the_banned_words_would_be_seen(lang, text):
    assert BANNED[lang].search(text)


@pytest.mark.parametrize(
    "text", ["Mewnlif rhyngwladol (mewnfudo)", "all-lif net", "Tonypandy", "Mae'r llifau'n gostwng", "plant"]
)
def test_the_terms_of_the_statistics_are_not_banned(text):
    assert not BANNED["cy"].search(text)
