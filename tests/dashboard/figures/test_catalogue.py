"""The catalogue of figures: one row each, one id for the figure and its card, and everything that leads to one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from dashboard import queries
from dashboard.figure import View
from dashboard.figures import catalogue, latest
from dashboard.figures.catalogue import BY_CODE, ENTRIES, UnknownFigureError, answer, on_page, with_usual
from dashboard.findings import RULES
from dashboard.i18n import t
from dashboard.navigation import PAGES
from tests.every_block import every_block, unknown, usual_block

PLACES = ("XCAV", "W06000015", "W06000001", "W15000003", "W92000004")


def test_every_figure_stands_in_the_catalogue_once():
    assert [code for code, times in Counter(entry.code for entry in ENTRIES).items() if times > 1] == []
    assert unknown() == set()


@pytest.mark.parametrize("place", PLACES)
def test_every_figure_and_every_card_calls_itself_by_its_code(view, place):
    here = view(place)
    made = {name: make(here) for name, make in every_block().items()}  # `answer` refuses another code
    assert {block.code for block in made.values() if block is not None} <= set(BY_CODE)
    assert sum(block is not None for block in made.values()) > 60


def test_a_block_that_calls_itself_otherwise_is_refused(view, monkeypatch):
    odd = replace(BY_CODE["population"], block=BY_CODE["flows"].block)
    monkeypatch.setattr(catalogue, "BY_CODE", {**BY_CODE, "population": odd})
    with pytest.raises(ValueError, match="expected the figure population; came one that calls itself flows"):
        usual_block(view("XCAV"), code="population")


def test_an_unknown_code_is_told_what_there_is(view):
    with pytest.raises(UnknownFigureError, match=r"expected one of population_change_map, .*came 'nope'"):
        answer("nope", with_usual("population", view("XCAV")))


def test_every_page_of_the_catalogue_is_one_and_messages_and_newest_figures_lead_where_the_figure_stands(view):
    assert {page for entry in ENTRIES for page in (entry.page, entry.also) if page} <= set(PAGES)
    astray = [
        rule.id
        for rule in RULES
        if rule.block and rule.page not in (BY_CODE[rule.block].page, BY_CODE[rule.block].also)
    ]
    assert astray == []
    for place in PLACES:
        for one in latest.figures(view(place)):
            assert one.block in {entry.code for entry in on_page(one.page)}


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_every_question_has_its_words(build, lang):
    place = View(place=queries.area("XCAV", build=build), lang=lang, build=build)
    for entry in ENTRIES:
        key = entry.question_for(with_usual(entry.code, place))
        assert t(key, lang=lang, in_place="", place="")
