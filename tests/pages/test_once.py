"""What is true of all figures of a page, or refused beside several, is said once above them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import queries
from dashboard.caveats import Caveat, Weight
from dashboard.figure import View
from dashboard.figures.catalogue import on_page
from dashboard.i18n import LANGUAGES, t
from dashboard.widgets import once
from tests.every_block import usual_block

CARDIFF, GWENT = "W06000015", "W15000002"


@pytest.fixture
def here(build):
    return View(place=queries.area(CARDIFF, build=build), lang="en", build=build)


@pytest.fixture
def figures(here):
    return [usual_block(here, code=code) for code in ("population", "flows", "proxies")]


def with_caveats(figure, *texts: str):
    return replace(figure, caveats=tuple(Caveat(text=one, weight=Weight(3 - n)) for n, one in enumerate(texts[:3])))


def test_what_all_figures_do_not_tell_stands_above_them_unless_it_is_the_heaviest_of_one(figures):
    one, other = (with_caveats(f, head, "of both", last) for f, head, last in zip(figures, "ab", "cd", strict=False))
    said = once.of([one, other])
    assert said.caveats == ("of both",)
    assert said.under(one).open == ("a", "c")
    assert said.under(other).folded == ()
    assert once.of([one]).caveats == ()
    heavy = with_caveats(figures[1], "of both", "e")
    assert once.of([one, heavy]).caveats == ()


def test_three_caveats_stand_open_and_one_that_a_figure_above_has_open_folds(figures):
    first, second, third = (with_caveats(f, head, "again", "more") for f, head in zip(figures, "abc", strict=True))
    said = once.of([first, second, replace(third, caveats=(*third.caveats, Caveat(text="last", weight=Weight(1))))])
    assert said.caveats == ("again", "more")
    alone = once.of([first, with_caveats(figures[1], "x", "again"), with_caveats(figures[2], "y", "z")])
    assert alone.under(first).open == ("a", "again", "more")
    second = with_caveats(figures[1], "x", "again")
    assert (alone.under(second).open, alone.under(second).folded) == (("x",), ("again",))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_that_stands_beside_no_census_figure_is_told_of_once(open_page, read, lang):
    page = read(open_page("profile", lang=lang, place=CARDIFF, **{"with": GWENT}))
    assert "id='not_beside'" in page
    above = page.split("id='not_beside'")[1].split("</section>")[0]
    assert above.count("<li>") >= 1
    for line in above.split("<li>")[1:]:
        refusal = line.split(" (")[0]
        assert page.count(f"{refusal}</p>") + page.count(f"{refusal} <a") == 0
    assert page.count(t("figure.not_beside", lang=lang)) > 1


def test_every_figure_still_says_its_heaviest_caveat_openly(here):
    found = [usual_block(here, code=entry.code) for entry in on_page("profile")]
    every = [one for one in found if hasattr(one, "caveats")]
    said = once.of(every)
    for figure in every:
        assert set(figure.told_at_once(1)) <= set(said.under(figure).open)
        assert set(figure.caveat_texts) == {*said.under(figure).open, *said.under(figure).folded, *said.caveats} & set(
            figure.caveat_texts
        )
