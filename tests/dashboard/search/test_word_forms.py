"""Words as people type them: accents, slips of the finger, and the first letters that Welsh changes."""

from __future__ import annotations

import pytest

from dashboard.search.word_forms import radicals, slips


@pytest.mark.parametrize(
    ("changed", "radical"),
    [
        ("nghaerdydd", "caerdydd"),
        ("gaerdydd", "caerdydd"),
        ("chaerdydd", "caerdydd"),
        ("mhowys", "powys"),
        ("bowys", "powys"),
        ("phowys", "powys"),
        ("nhorfaen", "torfaen"),
        ("dorfaen", "torfaen"),
        ("thorfaen", "torfaen"),
        ("fro", "bro"),
        ("mro", "bro"),
        ("ngwynedd", "gwynedd"),
        ("wynedd", "gwynedd"),
        ("fon", "mon"),
        ("loches", "lloches"),
        ("nyfed", "dyfed"),
        ("ddyfed", "dyfed"),
        ("rondda", "rhondda"),
        ("hanabledd", "anabledd"),
        ("wlad", "gwlad"),
        ("oedran", "goedran"),
    ],
)
def test_a_changed_word_is_led_back_to_what_it_may_have_been(changed, radical):
    assert radical in radicals(changed)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("asylum", "asylum", 0),
        ("assylum", "asylum", 1),  # put in
        ("aslum", "asylum", 1),  # left out
        ("asilum", "asylum", 1),  # changed
        ("sayulm", "asylum", 2),  # two pairs swapped
        ("asylum", "census", 3),  # more than two, whatever it is
        ("a", "asylum", 3),
        ("", "ab", 2),
    ],
)
def test_slips_are_counted_up_to_the_most_that_matter(one, other, expected):
    assert slips(one, other, most=2) == slips(other, one, most=2) == expected
