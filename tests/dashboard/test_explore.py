"""What a click on a chart leads to: places that exist, in the reader's words, and nothing where there is one area."""

from __future__ import annotations

import pytest

from dashboard import beside, drill
from dashboard.figures.catalogue import BY_CODE, with_usual
from dashboard.i18n import LANGUAGES
from dashboard.widgets.explore import ways
from tests.every_block import usual_block

CARDIFF = "W06000015"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_area_of_a_map_leads_there_or_beside_in_whole_words(view, lang):
    here = view(CARDIFF, lang)
    found = ways(usual_block(here, code="asylum_map"), with_usual("asylum_map", here))
    said = {
        "en": ("Newport", "Go to Newport", "Put Newport beside"),
        "cy": ("Casnewydd", "Mynd i Gasnewydd", "Rhoi Casnewydd wrth ochr y lle hwn"),
    }[lang]
    assert found[said[0]] == {"place": "W06000022", "go": said[1], "beside": said[2]}


def test_the_place_itself_and_a_figure_of_one_area_lead_nowhere(view):
    here = view(CARDIFF)
    assert "Cardiff" not in ways(usual_block(here, code="asylum_map"), with_usual("asylum_map", here))
    assert ways(usual_block(here, code="population"), with_usual("population", here)) == {}


def test_a_place_that_stands_beside_already_is_not_offered_to_stand_there(view):
    here = view(CARDIFF, beside="W06000022")
    found = ways(usual_block(here, code="asylum_map"), with_usual("asylum_map", here))
    assert found["Newport"] == {"place": "W06000022", "go": "Go to Newport"}
    assert set(found["Swansea"]) == {"place", "go", "beside"}


def test_an_english_force_may_stand_beside_and_has_no_page_of_its_own(view):
    here = view(CARDIFF)
    found = ways(usual_block(here, code="forces_compared"), with_usual("forces_compared", here))
    english = [way for way in found.values() if way["place"].startswith("E23")]
    assert english
    assert all(set(way) == {"place", "beside"} for way in english)


def test_every_way_of_every_figure_leads_to_what_there_is(view, build):
    here = view(CARDIFF)
    for code in BY_CODE:
        block = usual_block(here, code=code)
        if block is None or not hasattr(block, "table"):
            continue
        for label, way in ways(block, with_usual(code, here)).items():
            assert label, code
            assert ("go" in way) <= (way["place"] in drill.every_place(build=build, lang="en"))
            assert ("beside" in way) <= (way["place"] in beside.choices(here.place, build=build))
