"""Words that look alike are alike after cleaning; a note is no part of a name, and a name's own words all stay."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.reading import wording


@pytest.mark.parametrize(
    "cell",
    [
        "Cardiff [note 3]",
        "Cardiff[3]",
        "Cardiff (note 3)",
        "Cardiff (notes 1, 2)",
        "Cardiff (1)",
        "Cardiff (r)",
        "Cardiff [r]",
        "Cardiff¹,²",
        "Cardiff2",
        "Cardiff *",
        "Cardiff [note 1], [note 2]",
        "\ufeffCardiff\u00a0",
        "  Cardiff\u200b ",
        "Cardiff\n",
    ],
)
def test_a_note_and_spaces_are_no_part_of_a_name(cell):
    assert wording.name(cell) == "Cardiff"


@pytest.mark.parametrize(
    "cell",
    [
        "W06000015",
        "2026 Q2",
        "Section 95",
        "105B",
        "8K",
        "N/A - Section 4 (pre-2018)",
        "Supported Asylum (total) (population)",
        "[x]",
        "*",
        "Percentage of population (%)",
        "births_2012",
    ],
)
def test_what_looks_like_a_note_and_is_none_stays(cell):
    assert wording.name(cell) == cell


def test_dashes_apostrophes_and_letters_are_written_in_one_way():
    assert wording.name("Dyfed\u2013Powys") == wording.name("Dyfed\u2011Powys") == "Dyfed-Powys"
    assert wording.name("King\u2019s Lynn") == "King's Lynn"
    assert wording.name("Ynys Mo\u0302n") == "Ynys Môn"


def test_a_heading_is_plain():
    assert wording.plain("LAD  Code [note 2]") == "lad code"


def test_a_list_is_a_sentence():
    assert wording.listed([]) == "none"
    assert wording.listed(["a"]) == "'a'"
    assert wording.listed([*"abc"], most=2) == "'a', 'b' and 1 more"
    assert wording.listed(["a", "b", "c"]) == "'a', 'b' and 'c'"


@pytest.mark.parametrize(
    ("things", "words"),
    [
        ([], "none"),
        (["a"], "'a'"),
        (["a", "b", "c"], "'a', 'b' and 'c'"),
        ("one text", "one text"),
        ({"W06000015": 3, "W06000014": 4.0}, "W06000015 3 and W06000014 4"),
        ({("births", "2019"): 1_234}, "births 2019 1,234"),
        ([("Cardiff", "2026-03-31"), ["Swansea", float("nan")]], "Cardiff 2026-03-31 and Swansea none"),
        (range(12), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more"),
        (pd.Series([5], index=["a"]), "5"),
    ],
)
def test_things_are_listed_as_a_sentence_lists_them(things, words):
    assert wording.listed(things) == words
