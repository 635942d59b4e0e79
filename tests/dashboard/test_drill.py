"""From Wales down to a small area and back: nothing twice, nothing lost, and what cannot be meant means nothing."""

from __future__ import annotations

import pytest

from dashboard import drill, queries
from dashboard.figures.catalogue import entry
from dashboard.figures.request import read
from dashboard.i18n import LANGUAGES
from dashboard.model import SMALL_AREAS

CARDIFF, VALE, BOTH, NEWPORT, FORCE, WALES = "W06000015", "W06000014", "XCAV", "W06000022", "W15000003", "W92000004"
CATHAYS, ADAMSDOWN, MSOA, LSOA, ENDED = "W05001274", "W05001270", "W02000251", "W01001694", "W01001061"


def codes(found) -> list[str]:
    return [one.code for one in found]


def test_the_lsoas_of_an_authority_are_those_of_its_wards_and_of_its_msoas_each_once(build):
    for place, lsoas, wards, msoas in ((CARDIFF, 218, 28, 48), (VALE, 82, 24, 15), (BOTH, 300, 52, 63)):
        held = [queries.area(c, build=build) for c in drill.small_areas(queries.area(place, build=build), build=build)]
        whole = sorted(one.code for one in held if one.kind == "lsoa")
        assert [sum(one.kind == kind for one in held) for kind in SMALL_AREAS] == [wards, msoas, lsoas]
        for kind in ("ward", "msoa"):
            inside = [lsoa for one in held if one.kind == kind for lsoa in drill.parts(one.code, build=build)]
            assert sorted(inside) == whole


@pytest.mark.parametrize("place", [NEWPORT, FORCE, WALES])
def test_no_other_place_has_any(build, place):
    assert drill.small_areas(queries.area(place, build=build), build=build) == ()


def test_a_redrawn_lsoa_is_no_place_of_today(build):
    assert not drill.is_small(ENDED, build=build)
    assert drill.meant(ENDED, build=build) is None


def test_the_trail_leads_from_wales_to_where_the_reader_stands(build):
    def way(place: str, small: str = "") -> list[str]:
        area = queries.area(small, build=build) if small else None
        return codes(drill.trail(queries.area(place, build=build), area, build=build))

    assert way(WALES) == [WALES]
    assert way(FORCE) == [WALES, FORCE]
    assert way(CARDIFF) == [WALES, FORCE, CARDIFF]
    assert way(BOTH) == [WALES, FORCE, BOTH]
    assert way(CARDIFF, CATHAYS) == [WALES, FORCE, CARDIFF, CATHAYS]
    assert way(VALE, MSOA) == [WALES, FORCE, VALE, MSOA]
    assert way(CARDIFF, LSOA) == [WALES, FORCE, CARDIFF, ADAMSDOWN, LSOA]


def test_what_lies_inside_is_one_step_further_down_and_in_the_readers_alphabet(build):
    def inside(place: str, small: str = "", lang: str = "cy") -> list[str]:
        area = queries.area(small, build=build) if small else None
        found = drill.inside(queries.area(place, build=build), area, build=build, lang=lang)
        return [one.name.text(lang) for one in found]

    assert inside(WALES) == ["Heddlu De Cymru", "Heddlu Dyfed-Powys", "Heddlu Gogledd Cymru", "Heddlu Gwent"]
    assert inside(BOTH) == ["Bro Morgannwg", "Caerdydd"]
    assert inside("W15000001") == ["Conwy", "Gwynedd", "Sir Ddinbych", "Sir y Fflint", "Wrecsam", "Ynys Môn"]
    assert inside(CARDIFF) == [] == inside(CARDIFF, LSOA)
    assert len(inside(CARDIFF, CATHAYS)) == 10


def test_wards_stand_in_the_alphabet_of_a_language(build):
    cardiff = queries.area(CARDIFF, build=build)
    for lang in LANGUAGES:
        held = [queries.area(c, build=build) for c in drill.small_areas(cardiff, build=build, lang=lang)]
        names = [one.name.text(lang) for one in held if one.kind == "ward"]
        assert names[0] == "Adamsdown"
        if lang == "cy":  # "ll" after every "l", "rh" after every "r", "th" after every "t"
            assert names.index("Pontprennau a Phentref Llaneirwg") < names.index("Radur") < names.index("Rhiwbeina")
            assert names.index("Glanyrafon") < names.index("Grangetown") < names.index("Llandaf")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        *[(one, CATHAYS) for one in ("W05001274", "w05001274", "Cathays", "cathays ", "CATHAYS")],
        *[(one, LSOA) for one in ("Cardiff 036A", "caerdydd 036a", "Nghaerdydd 036a", "W01001694")],
        *[("Treganna", "W05001273"), ("Canton", "W05001273"), ("Y Mynydd Bychan", "W05001280")],
        *[("Vale of Glamorgan 015", MSOA), ("Bro Morgannwg 015", MSOA)],
        *[
            (one, None)
            for one in (
                "",
                " ",
                "036A",
                "Newport 001A",
                "Cardiff",
                "W06000015",
                "W05009999",
                "x" * 10_000,
                " " * 10_000,
            )
        ],
    ],
)
def test_a_small_area_is_meant_by_its_code_or_a_name(build, asked, code):
    assert drill.meant(asked, build=build) == code


def test_a_link_to_a_file_leaves_out_what_is_not_chosen(build):
    options = entry("small_areas").options
    whole, _ = read({"place": CARDIFF}, options=options)
    one, notices = read({"place": CARDIFF, "small_area": CATHAYS}, options=options)
    _, wrong = read({"place": VALE, "small_area": CATHAYS}, options=options)
    assert "small_area" not in whole.address()
    assert f"small_area={CATHAYS}" in one.address()
    assert not notices
    assert [notice.name for notice in wrong] == ["small_area"]
