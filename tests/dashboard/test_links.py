"""Links that people, letters and newsletters have handled reach the place that was meant."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from dashboard import links
from dashboard.briefing.kinds import CHOICES
from dashboard.figures.catalogue import ENTRIES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        *((text, "W06000015") for text in ("w06000015", "W06000015.", "W06000015,", "(W06000015)", " W06000015%20")),
        *(
            (text, "W06000015")
            for text in ("Cardiff", "cardiff", "Caerdydd", "Nghaerdydd", "Gaerdydd", "yng Nghaerdydd")
        ),
        *((text, "W06000001") for text in ("Ynys Môn", "Ynys Mon", "ynys-mon", "Ynys%20M%C3%B4n", "Anglesey")),
        *((text, "W06000011") for text in ("Swansea", "ABERTAWE", "Swansea>")),
        *((text, "XCAV") for text in ("xcav", "XCAV.", "Cardiff & Vale", "Caerdydd a Bro Morgannwg")),
        *((text, "W06000014") for text in ("Bro Morgannwg", "the Vale of Glamorgan", "Fro Morgannwg")),
        *((text, "W15000003") for text in ("South Wales Police", "heddlu de cymru", "w15000003;")),
        *((text, "W92000004") for text in ("Wales", "Cymru", "Nghymru")),
        *(
            (text, None)
            for text in ("", " ", ".", "y", "Sir", "Gwent", "Bristol", "W99999999", "E06000023", "<b>", "Glamorgan")
        ),
    ],
)
def test_a_place_is_known_by_whatever_it_is_called(build, asked, code):
    assert links.place_meant(asked, build=build) == code


@pytest.mark.parametrize("lang", links.LANGUAGES)
def test_every_place_is_reached_by_its_name_in_either_language(build, lang):
    for code in links.queries.places(build=build):
        area = links.queries.area(code, build=build)
        assert links.place_meant(area.name.text(lang).upper() + ".", build=build) == code
        assert links.place_meant(area.in_.text(lang), build=build) == code


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        ("cy", "cy"),
        ("CY", "cy"),
        ("Welsh", "cy"),
        ("Cymraeg.", "cy"),
        ("cy-GB", "cy"),
        ("EN", "en"),
        ("Saesneg", "en"),
        ("fr", None),
        ("", None),
        ("cyx", None),
    ],
)
def test_a_language_is_known_by_whatever_it_is_called(asked, lang):
    assert links.language_meant(asked) == lang


@pytest.mark.parametrize(
    "query",
    [
        "lang=cy&place=W06000015",
        "lang=cy&amp;place=W06000015",
        "lang=cy&amp;amp;place=W06000015",
        "lang=cy&#38;place=W06000015",
        "lang=cy;place=W06000015",
        "lang=cy?place=W06000015",
        "?lang=cy&place=W06000015",
        "lang=cy%26place%3DW06000015",
        "lang=cy%26amp%3Bplace=W06000015",
        "lang%3Dcy&place=W06000015",
        "Lang=cy&PLACE=W06000015",
        "iaith=cy&lle=W06000015",
        "lang=cy&place=W06000015&utm_source=letter&fbclid=1",
    ],
)
def test_parts_are_told_apart_however_they_were_joined(query):
    assert links.understood(parse_qsl(query, keep_blank_values=True)) == ({"lang": "cy", "place": "W06000015"}, {})


def test_what_means_nothing_is_told_and_words_looked_for_are_left_alone():
    asked = [("foo", "bar"), ("q", "a&lang=cy"), ("place", "X"), ("place", "Y"), ("Place", "Z")]
    assert links.understood(asked) == ({"q": "a&lang=cy", "place": "Y"}, {"foo": "bar"})


@pytest.mark.parametrize(
    ("asked", "meant"), [("2012.", "2012"), ("RRA_Offences", "rra_offences"), ("", None), ("x", None)]
)
def test_another_choice_is_known_by_its_letters_and_digits(asked, meant):
    assert links.value_meant(asked, ("2012", "2013", "rra_offences")) == meant


def test_every_part_that_a_page_asks_for_has_its_name_here():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dashboard" / "widgets").glob("*.py"))
    asked = set(re.findall(r'(?:chosen|_applicable|keep_text|keep|select)\(\s*"(\w+)"', code))
    assert {"place", "lang", "year", "q", "kind"} <= asked <= links.PARTS
    assert {option.name for entry in ENTRIES for option in entry.options} <= links.PARTS
    assert {choice.name for choice in CHOICES} <= links.PARTS


@pytest.mark.parametrize("part", ["?", "&", "amp;", "&amp;", "%26", "#38;"])
def test_a_link_of_thousands_of_separators_is_read_as_it_stands(part):
    long = part * 20_000
    assert links.understood([("place", long)]) == ({"place": long}, {})
    assert links.language_of(f"lang=cy&place={long}") == "cy"


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("Cardiff", ("W06000015",)),
        ("Cardiff & Vale", ("XCAV",)),
        ("W06000015,W06000014", ("W06000015", "W06000014")),
        ("W06000015 W06000014", ("W06000015", "W06000014")),
        ("Cardiff; Swansea", ("W06000015", "W06000011")),
        ("Abertawe a Chaerdydd", ("W06000011", "W06000015")),
        ("Cardiff and Swansea", ("W06000015", "W06000011")),
        ("Cardiff, Caerdydd", ("W06000015",)),
        ("Bristol/Cardiff", (None, "W06000015")),
        ("Bristol", (None,)),
        ("", (None,)),
        (",", (None,)),
    ],
)
def test_a_list_of_places_is_read_place_by_place(build, asked, codes):
    assert links.places_named(asked, build=build) == codes


def test_whatever_is_said_under_one_name_is_known_and_what_is_empty_says_nothing():
    asked = [("place", "X"), ("lang", "cy"), ("lle", "Y"), ("place", ""), ("place", "X")]
    assert links.every_value(asked) == {"place": ("X", "Y"), "lang": ("cy",)}
    assert links.understood(asked)[0] == {"place": "X", "lang": "cy"}


@pytest.mark.parametrize("lang", links.LANGUAGES)
def test_a_picker_knows_a_place_by_its_label_and_by_whatever_else_it_is_called(build, lang):
    areas = [links.queries.area(code, build=build) for code in links.queries.places(build=build)]
    every = [links.called(area, lang) for area in areas]
    assert [label for label, *_ in every] == [area.name.text(lang) for area in areas]
    cardiff = next(names for names in every if {"Cardiff", "Caerdydd"} <= set(names))
    assert {"yng Nghaerdydd", "i Gaerdydd", "Chaerdydd"} <= set(cardiff)
    assert all(len(set(names)) == len(names) for names in every)
