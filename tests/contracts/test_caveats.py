"""What could mislead most stands with its figure in every form and language, whatever else is cut."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from dashboard import queries
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.documents import READY
from dashboard.briefing.forms import FORMS
from dashboard.briefing.model import Briefing, Item, Picture, Rows
from dashboard.caveats import COMPLETING, MISLEADING, Caveat, Letter, Range, Weight, at_once, heaviest
from dashboard.figure import Figure, View, in_language
from dashboard.figures.catalogue import BY_CODE, shown, with_usual
from dashboard.figures.picture import svg_picture
from dashboard.files import FORMS as FILES
from dashboard.i18n import LANGUAGES, read_catalogue
from dashboard.web import cards
from tests import files
from tests.contracts.test_one_number_in_every_form import whole_text

MADE = date(2026, 11, 25)
PLACES = ("XCAV", "W92000004")
PARTS = [(kind, form.code) for form in FORMS.values() for kind in form.kinds]


def squeezed(text: str) -> str:
    """Leave out what a line break changes."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def told_first(figure: Figure) -> str:
    return heaviest(figure.caveats, most=1)[0].text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", BY_CODE)
def test_the_heaviest_caveat_stands_in_every_file_of_every_figure(build, code, lang):
    for place in PLACES:
        view = View(place=queries.area(place, build=build), lang=lang, build=build)
        figure = shown(view, code=code)
        if not isinstance(figure, Figure):
            continue
        request = with_usual(code, view)
        said = {
            "csv": FILES["csv"].make(figure, request).decode().replace('""', '"'),
            "xlsx": files.cells_text(FILES["xlsx"].make(figure, request)),
            "svg": "".join(ElementTree.fromstring(svg_picture(figure, lang=lang)).itertext()),
            "card": "".join(ElementTree.fromstring(cards.card_svg(figure, lang=lang)).itertext()),
            "card's text": cards.card_text(figure, lang=lang).decode(),
        }
        assert [form for form, text in said.items() if squeezed(told_first(figure)) not in squeezed(text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "form"), PARTS, ids=lambda value: value)
def test_the_heaviest_caveat_stands_in_every_briefing_of_every_form(build, kind, form, lang):
    for place in PLACES:
        own = Own(tray=READY["four_pages"]) if kind == "mine" else None
        briefing = compose(kind=kind, place=place, build=build, made=MADE, own=own)
        text = squeezed(whole_text(FORMS[form].make(briefing, lang=lang), form).replace('""', '"'))
        figures = [figure for item in briefing.items() if (figure := figure_of(item, briefing, lang))]
        assert figures
        assert [figure.code for figure in figures if squeezed(told_first(figure)) not in text] == []


def figure_of(item: Item, briefing: Briefing, lang: str) -> Figure | None:
    """Return the figure an item shows, be it as a chart or, where it has none, as a finding over rows."""
    if isinstance(item, Picture):
        return in_language(item.figure, lang)
    if isinstance(item, Rows) and item.code in BY_CODE:
        view = View(place=briefing.place, lang=lang, build=briefing.build)
        return shown(view, code=item.code)
    return None


def test_a_weight_is_given_to_texts_that_there_are_and_none_has_two():
    keys = {message.id for message in read_catalogue("en")}
    assert keys >= MISLEADING | COMPLETING
    assert not MISLEADING & COMPLETING


def test_the_heaviest_stand_in_their_order_and_letters_are_always_explained():
    said = [
        Caveat(text="light", weight=Weight.COMPLETES),
        Caveat(text="first"),
        Caveat(text="a: lettered", explains=Letter(letter="a"), weight=Weight.COMPLETES),
        Caveat(text="heavy", weight=Weight.MISLEADS),
        Caveat(text="the range", explains=Range(), weight=Weight.COMPLETES),
        Caveat(text="second"),
    ]
    assert [one.text for one in heaviest(said, most=2)] == ["first", "heavy"]
    assert [one.text for one in at_once(said, most=1)] == ["a: lettered", "heavy"]
    assert [one.text for one in at_once(said, most=2)] == ["first", "a: lettered", "heavy", "the range"]


def test_a_caveat_is_known_by_what_it_explains_and_not_by_how_it_begins(build):
    view = View(place=queries.area("W06000015", build=build), lang="en", build=build)
    figure = shown(view, code="flows")
    lettered = [one for one in figure.caveats if isinstance(one.explains, Letter)]
    assert [one.explains.letter for one in lettered] == ["a", "b"]
    plain = replace(figure, caveats=(Caveat(text="a: is only how this begins"), *figure.caveats))
    assert "a: is only how this begins" not in plain.told_at_once(1)
