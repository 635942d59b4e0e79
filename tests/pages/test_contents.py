"""The list of what a long page holds: on every page of many figures, in the page's order, each link with its target."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard.figures.catalogue import on_page
from dashboard.i18n import LANGUAGES, t
from dashboard.navigation import PAGES
from dashboard.widgets import contents

LISTED = re.compile(r"<nav class='ct-contents' aria-label='([^']*)'>(.*?)</nav>", re.DOTALL)
LONG = sorted(page for page in PAGES if len(on_page(page)) > contents.FEW)


def listed(text: str) -> list[tuple[str, str]]:
    ((_, inside),) = LISTED.findall(text)
    return [(code, unescape(name)) for code, name in re.findall(r"<a href='#([^']+)'>([^<]+)</a>", inside)]


def headings(text: str) -> list[tuple[str, str]]:
    found = re.findall(r"""<h2(?: id=["']([^"']+)["'])?>(.*?)</h2>|<section id='(messages)'><h2>(.*?)</h2>""", text)
    return [(code or messages, unescape(name or other)) for code, name, messages, other in found if code or messages]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["XCAV", "W06000021", "W15000003", "W92000004"])
@pytest.mark.parametrize("page", [*LONG, *sorted(contents.LISTS)])
def test_a_long_page_lists_what_it_holds_in_its_order_and_nothing_else(open_page, read, page, lang, place):
    text = read(open_page(page, lang=lang, place=place))
    assert LISTED.findall(text)[0][0] == t("page.contents", lang=lang)
    assert listed(text) == headings(text)
    assert len(listed(text)) > contents.FEW


def test_four_pages_at_least_are_long():
    assert {"hate_crime", "migration", "sanctuary", "profile"} <= set(LONG)


@pytest.mark.parametrize("page", sorted(set(PAGES) - set(LONG) - contents.LISTS))
def test_a_short_page_has_no_list_and_keeps_no_room_for_one(open_page, read, page):
    text = read(open_page(page, place="XCAV"))
    assert LISTED.findall(text) == []
    assert "Room for the contents" not in text


def test_a_long_page_keeps_room_in_the_style_that_comes_before_everything(open_page, read):
    (style,) = re.findall(r"<style>(.*?)</style>", read(open_page("profile", place="XCAV")), re.DOTALL)
    assert "Room for the contents" in style


def test_the_choices_of_the_address_are_asked_for_once_and_told_of_once(open_page):
    session = open_page("migration", place="XCAV", year="1066")
    assert len(session.info) == 1
