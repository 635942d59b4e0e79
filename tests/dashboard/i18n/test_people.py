"""Counts of people in prose: nobody is nobody, one to four are fewer than five, and a number is exact."""

from __future__ import annotations

import pytest

from dashboard.i18n import LANGUAGES
from dashboard.i18n.people import number_of_people, people_key, say_people

PLACE = {"in_place": "yng Ngheredigion", "when": "ar 31 Mawrth 2026"}


@pytest.mark.parametrize(
    ("people", "key"),
    [(0, "a.b_nobody"), (1, "a.b_few"), (4, "a.b_few"), (5, "a.b"), (1_313, "a.b"), (None, "a.b")],
)
def test_the_form_of_a_text_suits_the_count(people, key):
    assert people_key("a.b", people) == key


def test_a_count_below_0_is_refused_and_named():
    with pytest.raises(ValueError, match=r"a\.b.*0 or more.*-3"):
        people_key("a.b", -3)


def test_nobody_has_its_own_verb_in_welsh():
    assert say_people("asylum.title", people=0, **PLACE).text("cy") == (
        "Nid oedd neb yn derbyn cymorth lloches yng Ngheredigion ar 31 Mawrth 2026"
    )


def test_one_person_is_never_pointed_at():
    for people in (1, 2, 3, 4):
        text = say_people("asylum.title", people=people, **PLACE).text("cy")
        assert text == "Roedd llai na phump o bobl yn derbyn cymorth lloches yng Ngheredigion ar 31 Mawrth 2026"


def test_from_five_on_the_number_is_exact():
    said = say_people("asylum.title", people=1_313, in_place="in Cardiff", when="on 30 June 2026").text("en")
    assert said == "1,313 people were receiving asylum support in Cardiff on 30 June 2026"


def test_a_count_inside_a_list():
    written = {lang: [number_of_people(n).text(lang) for n in (0, 3, 5, None)] for lang in LANGUAGES}
    assert written == {
        "en": ["nobody", "fewer than five", "5", "not available"],
        "cy": ["neb", "llai na phump", "5", "ddim ar gael"],
    }
