"""Charts on slides: read from the back row, or shared out over several slides; nothing is lost without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.briefing import in_a_room
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.model import Picture
from dashboard.briefing.pieces import home
from dashboard.briefing.tray import read
from dashboard.charts.fewer import many
from dashboard.charts.spec import IntervalDots, RankedDots, SmallMultiples
from dashboard.charts.svg import sheet
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES, t

PIECES = "living_standards-strands_england_wales-census_age-census_religion-by_group-compare_dots-forces_compared"


@pytest.fixture(scope="module")
def talk(build):
    """Return an officer's own slides of charts with many rows or many small charts."""
    own = Own(tray=read(f"people-{PIECES}", home=home))
    return compose(kind="deck", place="XCAV", build=build, made_on=date(2026, 11, 30), own=own)


def pictures(talk, code) -> list[Picture]:
    return [item for one in talk.sections if one.code == code for item in one.items if isinstance(item, Picture)]


def rows(drawing) -> list[Any]:
    return [one.at for one in (drawing.points if isinstance(drawing, RankedDots) else drawing.rows)]


def test_no_chart_of_a_slide_has_more_than_is_read_in_letters_of_eighteen_points(talk):
    drawn = [p.figure.drawing for p in talk.items() if isinstance(p, Picture)]
    assert len(drawn) > len(PIECES.split("-"))
    for lang in LANGUAGES:
        for drawing in (in_language(one, lang) for one in drawn):
            if isinstance(drawing, RankedDots | IntervalDots):
                assert sheet(drawing, width=in_a_room.WIDTH).height <= in_a_room.HEIGHT, rows(drawing)
    assert all(many(one) <= in_a_room.PANELS for one in drawn if isinstance(one, SmallMultiples))


def test_small_charts_and_rows_in_an_order_go_on_on_the_next_slide_and_none_is_lost(talk):
    strands = pictures(talk, "strands_england_wales")
    assert [len(one.figure.drawing.panels) for one in strands] == [2, 3]
    ages = [name.text("en") for one in pictures(talk, "census_age") for name in rows(one.figure.drawing)]
    assert (ages[0], ages[-1], len(ages)) == ("Aged 0 to 4", "Aged 85 and over", 11)


def test_slides_that_go_on_are_called_apart_and_say_so_in_the_script(talk):
    for lang in LANGUAGES:
        goes_on = t("briefing.script.goes_on", lang=lang)
        slides = [one for one in talk.sections if one.code == "strands_england_wales"]
        first, second = (one.heading.text(lang) for one in slides)
        assert second == t("briefing.continued", lang=lang, heading=first, n=2)
        assert [[text.text(lang) for text in one.script] == [goes_on] for one in slides] == [False, True]
    assert slides[1].talk.minutes < slides[0].talk.minutes


def test_of_many_places_ours_and_the_largest_are_drawn_and_the_slide_says_of_how_many(talk):
    (compared,) = pictures(talk, "compare_dots")
    drawing = compared.figure.drawing
    names = [name if isinstance(name, str) else name.text("en") for name in rows(drawing)]
    assert {"Cardiff", "Vale of Glamorgan"} <= set(names)
    assert compared.figure.subtitle.text("en").endswith(f"drawn here: {len(names)} of 22")
    assert compared.figure.subtitle.text("cy").endswith(f"yma dangosir {len(names)} allan o 22")


def test_a_chart_that_fits_is_left_as_it_is():
    from tests.dashboard.briefing.test_powerpoint import BY_YEAR

    drawing = RankedDots(points=BY_YEAR[:3], chosen=(), labels=("10", "11", "12"))
    assert list(in_a_room._parts(drawing)) == [drawing]
    in_order = replace(drawing, points=BY_YEAR, labels=tuple("123456789012"), ranked=False)
    parts = list(in_a_room._parts(in_order))
    assert [point for part in parts for point in part.points] == list(BY_YEAR)
    assert len(parts) > 1
