"""Both catalogues say the same things: same keys, same values to fill in, nothing empty, no glued places."""

import gettext
import re
from pathlib import Path
from string import Formatter

import pytest

from dashboard.i18n import LANGUAGES, Language, read_catalogue, t, tn

LOCALE = Path(__file__).parents[3] / "dashboard" / "i18n" / "locale"
# A Welsh preposition changes the first letter of a name: a place comes in as a whole phrase, others not behind one.
GLUED_PLACE = re.compile(
    r"\b(?:yn|ym|yng)\s+\{\w+\}"
    r"|\b(?:i|o|ar|at|am|gan|dan|dros|drwy|heb|hyd|wrth|neu|a|â|gyda|tua|trwy|mewn)\s+\{\w*(?:place|area|force|publisher|strand)\w*\}",
    re.IGNORECASE,
)
WHOLE_NUMBERS = re.compile(r"\byn \{year\}$")


def texts_by_key(lang: Language) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for message in read_catalogue(lang):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = [message.string] if isinstance(message.string, str) else list(message.string)
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys_in_the_same_order():
    assert list(texts_by_key("en")) == list(texts_by_key("cy"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_stands_once(lang):
    lines = (LOCALE / f"{lang}.po").read_text(encoding="utf-8").splitlines()
    keys = [line for line in lines if line.startswith("msgid ") and line != 'msgid ""']
    assert len(keys) == len(set(keys)) == len(texts_by_key(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_has_stray_spaces(lang):
    wrong = [key for key, forms in texts_by_key(lang).items() for form in forms if not form or form != form.strip()]
    assert wrong == []


def test_both_languages_ask_for_the_same_values():
    english, welsh = texts_by_key("en"), texts_by_key("cy")
    wanted = {key: placeholders(english[key][0]) for key in english}
    different = {
        key: form for key in english for form in [*english[key], *welsh[key]] if placeholders(form) != wanted[key]
    }
    assert different == {}


@pytest.mark.parametrize(("lang", "forms"), [("en", 2), ("cy", 6)])
def test_every_plural_has_all_the_forms_of_its_language(lang, forms):
    plurals = [message for message in read_catalogue(lang) if not isinstance(message.id, str)]
    assert plurals
    assert [message.id[0] for message in plurals if len(message.string) != forms] == []


def test_no_welsh_text_glues_a_preposition_to_a_place():
    glued = {
        key: form
        for key, forms in texts_by_key("cy").items()
        for form in forms
        if GLUED_PLACE.search(WHOLE_NUMBERS.sub("", form))
    }
    assert glued == {}


@pytest.mark.parametrize("text", ["Troseddau yn {place}", "o {area}", "neu {force_name}", "Yng {anything}"])
def test_the_glue_check_would_see_glue(text):
    assert GLUED_PLACE.search(text)


def test_the_same_key_gives_each_language_its_own_text():
    assert t("nav.hate_crime", lang="en") == "Hate crime"
    assert t("nav.hate_crime", lang="cy") == "Troseddau casineb"


def test_named_values_are_put_in():
    text = t("notice.unknown_place", lang="cy", value="xyz", place="Caerdydd")
    assert text.startswith(
        "Roedd y ddolen yn enwi lle nad ydym yn ei adnabod (xyz). Rydym yn dangos Caerdydd yn lle hynny."
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_key_names_the_key_and_the_language(lang):
    with pytest.raises(KeyError, match=rf"nav\.nowhere.*{lang}"):
        t("nav.nowhere", lang=lang)
    with pytest.raises(KeyError, match=rf"count\.nothing.*{lang}"):
        tn("count.nothing", count=2, lang=lang)


def test_a_value_that_was_not_given_is_named():
    with pytest.raises(KeyError, match=r"footer\.build.*build"):
        t("footer.build", lang="en")


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="en, cy"):
        t("nav.home", lang="fr")


@pytest.mark.parametrize(
    ("lang", "form_of_count"),
    [("en", {0: 1, 1: 0, 2: 1}), ("cy", {0: 0, 1: 1, 2: 2, 3: 3, 4: 5, 6: 4, 11: 5, 1200: 5})],
)
def test_the_plural_form_follows_the_count_as_the_language_counts(lang, form_of_count):
    rule = gettext.c2py(str(read_catalogue(lang).plural_expr))
    assert {count: rule(count) for count in form_of_count} == form_of_count


def test_a_counted_sentence_carries_its_number():
    words = {"of": 22, "fell": 1, "unclear": 4, "first": "canol 2014", "last": "canol 2024"}
    text = tn("population_map.title", count=17, lang="cy", **words)
    assert text.startswith("Cynyddodd y boblogaeth mewn 17 o'r 22 awdurdod lleol")


def test_the_caveat_of_recorded_crime_keeps_its_agreed_words():
    assert t("caveat.more_recorded", lang="en") == (
        "More recorded crime can mean more crime, more reporting, or better recording. "
        "These figures cannot tell us which."
    )
    assert t("caveat.more_recorded", lang="cy") == (
        "Gall mwy o droseddau a gofnodwyd olygu mwy o droseddu, mwy o adrodd, neu gofnodi gwell. "
        "Ni all y ffigurau hyn ddweud wrthym pa un."
    )
