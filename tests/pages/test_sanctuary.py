"""Sanctuary as a reader meets it: each block under its question, no sum of routes, no place below an authority."""

from __future__ import annotations

import re

import pytest

from dashboard.figures.catalogue import on_page
from dashboard.i18n import LANGUAGES, t

PAGE = "sanctuary"
BLOCKS = [
    *("asylum_support", "asylum_accommodation", "accommodation_over_time", "asylum_map", "afghan_programme"),
    *("ukraine", "guests_funded", "resettlement", "resettlement_schemes", "afghan_schemes", "children_transferred"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["W06000015", "W06000014", "XCAV", "W06000021", "W92000004"])
def test_every_question_has_its_block_in_one_order(open_page, read, lang, place):
    text = read(open_page(PAGE, lang=lang, place=place))
    asked = re.findall(r'<h2 id="([^"]+)">', text)
    assert asked == [entry.code for entry in on_page(PAGE)]
    assert [code for code in asked if code in BLOCKS] == BLOCKS  # none was lost, none changed places
    assert t("migration.routes_no_sum", lang=lang) in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["stock", "flow", "cumulative"])
def test_the_page_says_which_kind_of_number_each_is(open_page, read, lang, kind):
    assert t(f"kind.{kind}.explained", lang=lang) in read(open_page(PAGE, lang=lang, place="W06000015"))


def test_the_three_routes_of_a_place_are_nowhere_added(open_page, read):
    """Reg_02 prints 1,978 for Cardiff on 31 December 2025: the three routes in one number, which we do not show."""
    text = read(open_page(PAGE, place="W06000015"))
    assert "1,313" in text
    assert "1,978" not in text
    assert f"{1313 + 76 + 503:,}" not in text


def test_no_postcode_address_or_site_is_on_the_page(open_page, read):
    text = re.sub(r"<[^>]+>", " ", read(open_page(PAGE, place="W06000014")))
    assert re.findall(r"\b(?:CF|NP|SA|LL)\d{1,2}\s?\d[A-Z]{2}\b", text) == []
    assert [word for word in ("Llantwit", "Eagleswell", "Hotel ", "barracks") if word in text] == []
