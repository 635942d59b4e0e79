"""One small area: its shares are of its own people, a ward's are sums of its LSOAs, and what is not held says so."""

from __future__ import annotations

import pytest

from dashboard import drill, queries
from dashboard.blocks import small_area
from dashboard.blocks.small_area import KIND_OF
from dashboard.figure import NotHeld
from dashboard.i18n import LANGUAGES
from tests.every_block import cells, usual_block

CARDIFF, VALE, NEWPORT = "W06000015", "W06000014", "W06000022"
CATHAYS, MSOA, LSOA = "W05001274", "W02000251", "W01001694"
OF_ONE = "W05001390"  # Llandough
EMPTY = "W05001398"  # St Nicholas and Llancarfan: its people are counted with those of its neighbours


def figure(view, code: str, lang: str = "en"):
    place = {CATHAYS: CARDIFF, LSOA: CARDIFF, MSOA: VALE}[code]
    return usual_block(view(place, lang), code="small_area", small_area=code)


def rows(found) -> dict[str, dict[str, object]]:
    keys = [column.key for column in found.table.columns]
    return {row[keys.index("category")]: dict(zip(keys, row, strict=True)) for row in found.table.rows}


def test_nothing_is_asked_of_a_place_in_which_no_small_area_is_chosen(view):
    for place in (CARDIFF, "XCAV", NEWPORT, "W92000004"):
        assert usual_block(view(place), code="small_area") is None


def test_a_wards_figure_is_the_sum_of_its_lsoas(view, build):
    held = queries.small_area_values("census_religion", kind="lsoa", categories=("muslim", "total"), build=build)
    inside = drill.parts(CATHAYS, build=build)
    muslim, everyone = (sum(held[c][lsoa] for lsoa in inside) for c in ("muslim", "total"))
    row = rows(figure(view, CATHAYS))["Muslim"]
    assert (row["count"], row["share"]) == (muslim, muslim / everyone * 100) == (1773, pytest.approx(8.128, abs=0.001))
    assert row["made"] == "Our sum of its small areas"
    assert row["around"] == pytest.approx(33651 / 362311 * 100, abs=0.05)


def test_an_lsoas_figures_are_as_published_and_its_ranks_are_listed(view):
    found = rows(figure(view, LSOA))
    assert (found["Muslim"]["count"], found["Muslim"]["made"]) == (346, "As published")
    assert found["Overall index"]["count"] == 189
    assert found["Overall index"]["share"] is None


def test_only_tables_that_are_published_small_enough_are_shown(view):
    def measures(code: str) -> set[object]:
        return set(cells(figure(view, code), "measure"))

    of_lsoas, of_wards, of_msoas = (measures(code) for code in (LSOA, CATHAYS, MSOA))
    assert len(of_lsoas) == len(of_wards) == 3  # religion, disability, deprivation
    assert len(of_msoas) == len(KIND_OF) + 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", [CATHAYS, MSOA, LSOA])
def test_every_kind_says_what_it_is_and_beside_whom_it_stands(view, build, code, lang):
    found, area = figure(view, code, lang), queries.area(code, build=build)
    around = queries.area(area.within, build=build).name.text(lang)
    assert area.name.text(lang) in found.title
    assert around in found.title
    assert area.name.text(lang) in found.subtitle
    assert found.drawing.rings
    assert len(found.drawing.chosen) == len(found.drawing.points)


def test_the_map_outlines_what_is_chosen(view, build):
    def outlined(code: str, layer: str, place: str = CARDIFF):
        return usual_block(view(place), code="small_areas", layer=layer, small_area=code)

    lsoas, msoas = "census_religion-muslim", "census_ethnic_group-asian"
    assert outlined(CATHAYS, lsoas).drawing.chosen == drill.parts(CATHAYS, build=build)
    assert outlined(LSOA, lsoas).drawing.chosen == (LSOA,)
    assert outlined(LSOA, msoas).drawing.chosen == (drill.msoa_of(LSOA, build=build).code,)
    nothing = outlined(CATHAYS, msoas)
    assert nothing.drawing.chosen == ()
    assert "Cathays is a ward" in nothing.sentence
    assert "decile 1." in outlined(LSOA, "wimd_decile-total").sentence


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", [CATHAYS, LSOA])
def test_of_two_halves_the_words_name_the_smaller_one_alone(view, build, code, lang):
    by_code = queries.categories("census_disability", build=build)
    disabled, without = (by_code[one].name.text(lang) for one in ("disabled", "not_disabled"))
    found = figure(view, code, lang)
    assert without not in f"{found.title} {found.sentence}"
    assert {disabled, without} <= set(cells(found, "category"))


@pytest.mark.parametrize(
    ("around", "told"),
    [((81.0, 19.0), ["second"]), ((81.2, 18.9), ["second"]), ((3.0, 5.0), ["first", "second"]), ((60.0,), ["first"])],
)
def test_two_parts_are_halves_only_where_they_leave_nobody_out(build, around, told):
    of = {"measure": queries.measure("census_religion", build=build), "figure": None, "share": 1.0, "wales": None}
    named = zip(("first", "second"), around, strict=False)
    parts = [small_area.Row(category=name, around=share, **of) for name, share in named]
    assert [part.category for part in small_area._without_complements(parts)] == told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_ward_to_which_the_best_fit_counts_nothing_is_a_card_and_no_outline(view, build, lang):
    assert drill.parts(EMPTY, build=build) == ()
    card = usual_block(view(VALE, lang), code="small_area", small_area=EMPTY)
    assert isinstance(card, NotHeld)
    assert queries.area(EMPTY, build=build).name.text(lang) in card.title
    told = usual_block(view(VALE, lang), code="small_areas", small_area=EMPTY).sentence
    assert {"en": "none of these maps can show it", "cy": "ni all yr un o'r mapiau hyn ei dangos"}[lang] in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_ward_of_one_small_area_has_nothing_added_up(view, build, lang):
    assert len(drill.parts(OF_ONE, build=build)) == 1
    found = usual_block(view(VALE, lang), code="small_area", small_area=OF_ONE)
    told = {"en": "the one small area (LSOA)", "cy": "yr unig ardal fach (LSOA)"}[lang]
    assert told in found.subtitle
    told = {"en": "its one small area is not in the most", "cy": "nid yw ei hunig ardal fach yn y 10%"}[lang]
    assert told in found.sentence


def test_every_small_area_that_can_be_chosen_has_an_answer(view, build):
    for place in (CARDIFF, VALE):
        for code in drill.small_areas(view(place).place, build=build):
            assert usual_block(view(place), code="small_area", small_area=code), code
