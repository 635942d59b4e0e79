"""Compare, Briefings and Community profile (with its small areas) by addresses spoilt in every part at once."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard import drill
from tests.said import html

OF_EVERY_PAGE = ("place", "with", "from", "to", "lang", "build", "since", "tray", "foo")
OF_PAGES = {
    "compare": ("measure", "set", "form", "part", "unit", "at"),
    "briefings": ("kind", "form", "next"),
    "profile": ("layer", "part", "unit", "at"),
}
PAGES = list(OF_PAGES)
CARDIFF = "W06000015"
TWENTY = ",".join(f"W060000{n:02}" for n in (*range(1, 7), *range(8, 15), *range(18, 25)))
HIDDEN = "\0\u202e\x1b\r\n"  # what a reader does not see, but a browser or a log might obey


def notices(session) -> list[str]:
    return [unescape(one.value) for one in session.info]


@pytest.mark.parametrize("spoilt", ["<img src=x onerror=alert(1)>", "`](javascript:x)", HIDDEN + "**x**", "x" * 9_000])
@pytest.mark.parametrize("page", PAGES)
def test_each_part_of_an_address_is_told_once_as_its_letters_and_left_out(open_page, page, spoilt):
    names = (*OF_EVERY_PAGE, *OF_PAGES[page])
    session = open_page(page, **{name: f"{name}.{spoilt}" for name in names})
    assert not session.exception
    told_once = notices(session)
    for name in names:
        (one,) = [notice for notice in told_once if f"{name}." in notice]
        letters = re.search(r"\((?:[a-z]+: )?(`+) (.*) \1\)", one)
        assert letters, (name, one)
        assert not set(HIDDEN) & set(one)
        assert len(one) < 300
    assert len(told_once) == len(names)
    assert not re.search(r"<img src=x|(?:href|src)=['\"]?[^'\" >]*javascript:", html(session))
    left = {name: session.query_params[name] for name in session.query_params if name in names}
    assert [name for name, value in left.items() if f"{name}." in str(value)] == []
    assert not session.run().info  # told once


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("page", PAGES)
def test_twenty_places_a_period_turned_round_and_days_that_are_none_cost_no_page(open_page, page, lang):
    days = {"since": "2026-99-99", "next": "0000-00-00"} if page == "briefings" else {"since": "2026-99-99"}
    choices = {"with": TWENTY, "from": "2025", "to": "2018", **days}
    session = open_page(page, place=CARDIFF, lang=lang, **choices)
    assert not session.exception
    assert len(notices(session)) == 2 + len(days)  # the places, the years that belong together, each day
    assert len(session.query_params["with"].split(",")) == 3
    assert CARDIFF not in session.query_params["with"]
    assert not {"from", "to", *days} & set(session.query_params)


@pytest.mark.parametrize("area", ["W99999999", "W01000000", "<b>x</b>", "W06000022"])
def test_a_small_area_that_is_none_of_the_place_is_told_and_left_out(open_page, area):
    session = open_page("profile", place=CARDIFF, lang="en", **{drill.NAME: area})
    assert not session.exception
    (notice,) = notices(session)
    assert f"({drill.NAME}: ` {area} `)" in notice
    assert drill.NAME not in session.query_params
