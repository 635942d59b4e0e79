"""A kept briefing reads as it was written, and what is none of ours is refused with what was expected and where."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from dashboard.briefing.compose import cleaned
from dashboard.briefing.model import Officer
from dashboard.briefing.saved_briefing import LONGEST, SavedBriefing, SavedBriefingError, file_text, read
from dashboard.model import Words
from tests.dashboard.briefing.conftest import HOSTILE

WHOLE = SavedBriefing(
    kind="mine",
    form="pptx",
    language="both",
    tray="hate_crime-rra_quarterly",
    places=("W06000015", "W06000014"),
    beside=("W92000004",),
    years=(("from", 2018), ("to", 2024)),
    dates=(("since", date(2026, 9, 10)), ("next", date(2026, 12, 10))),
    officer=cleaned(HOSTILE),
)


def test_what_is_kept_comes_back_word_for_word():
    assert read(file_text([WHOLE, SavedBriefing(kind="data")])) == (WHOLE, SavedBriefing(kind="data"))


def test_a_file_may_come_from_another_system():
    text = "\ufeff" + file_text([WHOLE]).replace("\n", "\r\n")
    assert read(text) == (WHOLE,)


def test_a_text_without_a_language_is_for_both_and_a_place_needs_no_brackets():
    (one,) = read('[[briefing]]\nplaces = "all"\ntitle = "Bore da"\nsince = "2026-09-10"')
    assert one.places == ("all",)
    assert (one.officer.title, one.officer.title_cy) == ("Bore da", "Bore da")
    assert one.dates == (("since", date(2026, 9, 10)),)


def test_a_section_whose_code_is_none_of_ours_still_makes_a_file_that_can_be_parsed():
    own = Officer(headings=(('a b".c', Words(en="Seen", cy="")),))
    (one,) = tomllib.loads(file_text([SavedBriefing(officer=own)]))["briefing"]
    assert one["headings"] == {'a b".c': {"en": "Seen"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected .*briefing"),
        ("x = 1", "came x"),
        ("[briefing]\nkind = 'mine'", "at the head of each"),
        ("[[briefing]]\nkind = 3", "briefing 1, kind: expected a text in quotation marks; came '3'"),
        ("[[briefing]]\n[[briefing]]\ncolour = 'red'", "briefing 2: expected only .*; came colour"),
        ("[[briefing]]\nsince = 2026", "since: expected a day such as 2026-09-10; came '2026'"),
        ("[[briefing]]\nsince = 2026-09-10T10:00:00", "expected a day"),
        ("[[briefing]]\nfrom = 'x'", "from: expected a year"),
        ("[[briefing]]\ntitle.fr = 'x'", "title: expected en or cy; came 'fr'"),
        ("[[briefing]]\nplaces = [1]", "places: expected a text"),
        ("[[briefing]]\nbeside = 1", "beside: expected codes of places in brackets; came '1'"),
        ("[[briefing]]\nletter_to = 5", "letter_to: expected e-mail addresses in brackets; came '5'"),
        ("[[briefing]]\nactions.rows = 1", "actions: expected rows"),
        ("[[briefing]]\nquestions.rows = [1]", "questions: expected rows"),
        ("[[briefing]]\nquestions = 1", "questions: expected names"),
        ("[[briefing]]\ncomments = 'x'", "comments: expected names with their values"),
        ("[[briefing]]\ncomments.'a b'.en = 'x'", "comments: expected the code of a section, such as hate_crime; came"),
        ("[[briefing]]\nheadings.'Ŵ' = 'x'", "headings: expected the code of a section"),
        (f"[[briefing]]\nheadings.{'a' * 9_000}.en = 'x'", "headings: expected the code of a section"),
        ("[[briefing]]\nfrom = " + "1" * 5_000, "came a number"),
        ("[[briefing]]\nto = 0x" + "f" * 9_000, "to: expected a year such as 2019; came a number"),
        ("[[briefing]]\ntitle = [0x" + "f" * 9_000 + "]", "title: expected names with their values; came a number"),
        ("[[briefing]]\nkind" + ".a" * 20_000 + " = 1", "kind: expected a text"),
        ("[[briefing]]\n" + "b" * 9_000 + " = 1", "briefing 1: expected only"),
        ("a = " + "[" * 100_000, "brackets without end|TOML"),
        ("x" * (LONGEST + 1), "at most 2,000,000 letters"),
    ],
)
def test_what_is_no_kept_briefing_is_refused_in_one_sentence(text, said):
    with pytest.raises(SavedBriefingError, match=said) as refused:
        read(text)
    assert len(str(refused.value)) < 600
