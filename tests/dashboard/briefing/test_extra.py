"""Somebody's own figures in a briefing: there for whom they are given, and in nothing that is made for others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from dashboard import queries
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.model import NO_MARK
from dashboard.briefing.pieces import home
from dashboard.briefing.tray import Piece, read
from dashboard.figure import Figure, Subject
from dashboard.figures.catalogue import first_shown
from dashboard.i18n import t
from dashboard.i18n.text import translatable
from dashboard.model import Words

PLACE, MINE = "W06000015", Piece(code="own_example")
MARK = Words(en="For two people", cy="I ddau berson")
TRAY = read(f".-{MINE.code}.hate_crime-rra_quarterly", home=home)


@dataclass(frozen=True, kw_only=True)
class Given:
    """An own figure for one reader, or none that is on show."""

    figure: Figure | None

    def knows(self, piece):
        return piece == MINE

    def block(self, _):
        return self.figure

    def name(self, _):
        return translatable("What is ours?")

    def mark(self, _):
        return MARK if self.figure else NO_MARK


@pytest.fixture(scope="module")
def figure(build):
    subject = Subject(place=queries.area(PLACE, build=build), build=build)
    return replace(first_shown(subject, "population"), code=MINE.code, title="Ours alone", mark=MARK, newest=())


def made(build, kind, extra=None):
    own = Own(tray=TRAY)
    return compose(kind=kind, place=PLACE, build=build, made_on=date(2026, 11, 29), own=own, extra=extra)


def left_out(briefing):
    sections = [section for section in briefing.sections if section.code == "left_out"]
    return [text.text("en") for section in sections for item in section.items for text in item.texts]


@pytest.mark.parametrize("kind", ["mine", "deck", "data"])
def test_a_briefing_for_everybody_leaves_own_figures_out_and_says_so(build, kind):
    briefing = made(build, kind)
    assert MINE.code not in {one.code for one in briefing.figures}
    assert left_out(briefing) == [t("briefing.left_out.own", lang="en")]
    assert briefing.mark is NO_MARK


@pytest.mark.parametrize("kind", ["mine", "deck", "data"])
def test_for_whom_it_is_given_an_own_figure_stands_there_under_who_may_see_it(build, kind, figure):
    briefing = made(build, kind, Given(figure=figure))
    assert MINE.code in {one.code for one in briefing.figures}
    assert briefing.mark == MARK
    assert left_out(briefing) == []
    assert "own" in {section.part or section.code for section in briefing.sections}


def test_what_was_given_to_one_is_not_given_to_the_next(build, figure):
    made(build, "mine", Given(figure=figure))
    briefing = made(build, "mine", Given(figure=None))
    assert MINE.code not in {one.code for one in briefing.figures}
    assert left_out(briefing) == [t("briefing.left_out.not_on_show", lang="en", name="What is ours?")]
    assert briefing.mark is NO_MARK
    assert MINE.code not in {one.code for one in made(build, "mine").figures}


def test_slides_with_own_figures_do_not_say_that_all_is_published(build, figure):
    rules = made(build, "deck", Given(figure=figure)).sections[0]
    said = [text.text("en") for item in rules.items for text in item.texts]
    assert t("briefing.rule.sources_own", lang="en") in said
    assert t("briefing.rule.sources", lang="en") not in said
