"""Community profile as a reader meets it: every census question, and a map whose layer lives in the address."""

from __future__ import annotations

import json
import re

import pytest

from dashboard.blocks import census as census_blocks
from dashboard.blocks import small_areas
from dashboard.drill import NAME as SMALL_AREA
from dashboard.figures.catalogue import on_page
from dashboard.i18n import LANGUAGES, t
from tests.said import charts

PAGE = "profile"
TOPICS = [
    *("small_areas", "deprivation", "living_standards", "wellbeing", "modern_slavery", "modern_slavery_offences"),
    *("referrals_county", "referrals_kingdom", "caravans", "cohesion_wales"),
]


def shaded(session) -> str:
    """Return the chart of small areas."""
    (found,) = small_maps(session)
    return found


def small_maps(session) -> list[str]:
    return [text for text in map(json.dumps, charts(session)) if "cardiff_vale_" in text]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["XCAV", "W06000022", "W15000003", "W92000004"])
def test_every_census_question_and_every_topic_is_asked_in_every_place(open_page, read, lang, place):
    asked = re.findall(r'<h2 id="([^"]+)">', read(open_page(PAGE, lang=lang, place=place)))
    assert asked == [entry.code for entry in on_page(PAGE) if entry.code != SMALL_AREA]  # none is chosen
    known = [f"census_{section.name}" for section in census_blocks.SECTIONS] + TOPICS
    assert [code for code in asked if code in known] == known  # none was lost, none changed places


@pytest.mark.parametrize("layer", [small_areas.LAYERS[0], small_areas.LAYERS[-1]], ids=lambda layer: layer.code)
def test_the_layer_of_the_map_is_in_the_address(open_page, read, build, layer):
    session = open_page(PAGE, place="XCAV", layer=layer.code)
    assert not session.exception
    assert small_areas.layer_name(layer, build_id=build).text("en") in read(session)
    assert f"cardiff_vale_{layer.geography}.geojson" in shaded(session)
    assert session.query_params["layer"] == layer.code


def test_another_layer_can_be_picked_and_only_the_map_changes(open_page):
    session = open_page(PAGE, place="XCAV")
    before = charts(session)
    picker = session.selectbox(key="layer_picker_en")
    picker.select(picker.options[-1]).run()
    after = charts(session)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1
    assert session.query_params["layer"] == small_areas.LAYERS[-1].code


@pytest.mark.parametrize(("layer", "notices"), [("crime", 1), ("census_religion", 1), ("<b>", 1), ("", 0)])
def test_a_layer_that_is_not_offered_gives_the_first_and_a_plain_notice_and_none_named_the_first(
    open_page, layer, notices
):
    session = open_page(PAGE, place="XCAV", layer=layer)
    assert not session.exception
    assert session.query_params["layer"] == small_areas.LAYERS[0].code
    assert len(session.info) == notices


@pytest.mark.parametrize("lang", LANGUAGES)
def test_outside_cardiff_and_the_vale_a_card_stands_for_the_map(open_page, read, lang):
    session = open_page(PAGE, lang=lang, place="W06000022")
    assert t("small_areas.not_held.reason", lang=lang) in read(session)
    assert small_maps(session) == []
