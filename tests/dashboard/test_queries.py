"""Questions get their answer in model objects; a code nobody knows is refused, a place without figures is empty."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import queries, store
from dashboard.model import Period

MID_2024 = Period(start=date(2024, 6, 30), months=0)


def test_the_picker_offers_28_places_with_cardiff_and_the_vale_first(build):
    places = queries.places(build=build)
    assert len(places) == 28
    assert places[:3] == ("XCAV", "W06000015", "W06000014")
    kinds = [queries.area(code, build=build).kind for code in places]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "composite": 1,
        "local_authority": 22,
        "police_force": 4,
        "country": 1,
    }


WELSH_ORDER = [
    *("Caerdydd a Bro Morgannwg", "Caerdydd", "Bro Morgannwg"),
    *("Abertawe", "Blaenau Gwent", "Caerffili", "Casnewydd", "Castell-nedd Port Talbot", "Ceredigion", "Conwy"),
    *("Gwynedd", "Merthyr Tudful", "Pen-y-bont ar Ogwr", "Powys", "Rhondda Cynon Taf", "Sir Benfro", "Sir Ddinbych"),
    *("Sir Fynwy", "Sir Gaerfyrddin", "Sir y Fflint", "Torfaen", "Wrecsam", "Ynys Môn"),
    *("Heddlu De Cymru", "Heddlu Dyfed-Powys", "Heddlu Gogledd Cymru", "Heddlu Gwent", "Cymru"),
]
ENGLISH_ORDER = [
    *("Cardiff and the Vale of Glamorgan", "Cardiff", "Vale of Glamorgan"),
    *("Blaenau Gwent", "Bridgend", "Caerphilly", "Carmarthenshire", "Ceredigion", "Conwy", "Denbighshire"),
    *("Flintshire", "Gwynedd", "Isle of Anglesey", "Merthyr Tydfil", "Monmouthshire", "Neath Port Talbot", "Newport"),
    *("Pembrokeshire", "Powys", "Rhondda Cynon Taf", "Swansea", "Torfaen", "Wrexham"),
    *("South Wales Police", "Dyfed-Powys Police", "Gwent Police", "North Wales Police", "Wales"),
]


@pytest.mark.parametrize(("lang", "names"), [("cy", WELSH_ORDER), ("en", ENGLISH_ORDER)])
def test_the_picker_follows_the_alphabet_of_its_language(lang, names, build):
    offered = queries.places(build=build, lang=lang)
    assert [queries.area(code, build=build).name.text(lang) for code in offered] == names


WELSH_PAIRS = (
    *("Cwm Chwilog", "Dyfed Ddôl", "Fynwy Ffair", "Gwent Ngwent", "Ngwent Hirwaun", "Ég Eisteddfod", "Lwc Llan"),
    *("Pwll Phil", "Rwmania Rhondda", "Tywyn Theatr", "Môn Mynydd", "Ŵyl Yr"),
)


@pytest.mark.parametrize(("before", "after"), [pair.split() for pair in WELSH_PAIRS])
def test_the_database_sorts_by_the_welsh_alphabet_without_fetching_anything(before, after, build):
    asked = "SELECT icu_sort_key($before, 'cy') < icu_sort_key($after, 'cy') AS right_order"
    found = store.rows(asked, {"before": before, "after": after}, build=build)
    assert found == [{"right_order": True}]


def test_the_glossary_follows_the_alphabet_of_its_language(build):
    terms = [entry.heading.text("cy") for entry in queries.glossary(build=build, lang="cy")]
    initials = [term[0].lower() for term in terms]
    assert initials == sorted(initials)
    assert terms != [entry.heading.text("cy") for entry in queries.glossary(build=build, lang="en")]


def test_every_place_has_its_whole_phrases_in_both_languages(build):
    for code in queries.places(build=build):
        place = queries.area(code, build=build)
        for phrase in (place.name, place.in_, place.to, place.from_):
            assert phrase is not None, code
            assert phrase.text("en")
            assert phrase.text("cy")
    assert queries.area("W06000015", build=build).in_.cy == "yng Nghaerdydd"
    assert queries.area("W06000014", build=build).in_.cy == "ym Mro Morgannwg"


@pytest.mark.parametrize(
    ("place", "force"),
    [
        ("W06000015", "W15000003"),
        ("W06000014", "W15000003"),
        ("XCAV", "W15000003"),
        ("W06000022", "W15000002"),
        ("W06000001", "W15000001"),
        ("W06000008", "W15000004"),
        ("W15000002", "W15000002"),
    ],
)
def test_a_place_lies_in_one_force(build, place, force):
    assert queries.force_of(place, build=build).code == force


def test_wales_lies_in_no_one_force(build):
    assert queries.force_of("W92000004", build=build) is None


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda build: queries.area("W99999999", build=build), "an area.*W99999999"),
        (lambda build: queries.measure("crime", build=build), "a measure.*crime"),
        (lambda build: queries.series("rra_offences", "W15000003", category="8K", build=build), "rra_offences.*8K"),
        (lambda build: queries.force_of("Cardiff", build=build), "an area.*Cardiff"),
    ],
)
def test_a_code_nobody_knows_is_named(build, ask, named):
    with pytest.raises(queries.UnknownCodeError, match=named):
        ask(build)


def test_a_place_without_figures_is_an_empty_answer_and_no_error(build):
    offences = queries.series("rra_offences", "W06000015", build=build)
    assert offences.is_empty
    assert offences.sources == ()
    assert queries.breakdown("rra_offences", "W06000015", build=build) == ()


def test_a_series_runs_forward_and_cites_every_source_it_uses(build):
    support = queries.series("asylum_supported", "W06000015", build=build)
    starts = [o.period.start for o in support.observations]
    assert starts == sorted(set(starts))
    assert (starts[0], starts[-1]) == (date(2014, 3, 31), date(2026, 6, 30))
    assert {s.code for s in support.sources} == {o.source for o in support.observations}
    assert len(support.sources) == 3


def test_the_breaks_of_a_country_reach_its_authorities_and_those_of_a_force_stay_there(build):
    assert date(2018, 3, 31) in {b.date for b in queries.breaks("asylum_supported", "W06000015", build=build)}
    dyfed_powys = {b.date for b in queries.breaks("rra_offences", "W15000004", build=build)}
    south_wales = {b.date for b in queries.breaks("rra_offences", "W15000003", build=build)}
    assert dyfed_powys - south_wales == {date(2017, 4, 1)}


def test_a_breakdown_leaves_the_total_out(build):
    found = queries.breakdown("hate_crimes", "XEWEXMET", build=build)
    assert {s.category.code for s in found} == {"race", "religion", "sexual_orientation", "disability", "transgender"}
    assert found[0].category.code == "race"


def test_a_snapshot_of_wales_has_its_22_authorities(build):
    wales = queries.snapshot("population", kind="local_authority", period=MID_2024, nation="W92000004", build=build)
    assert len(wales) == 22
    assert all(o.value > 0 for o in wales)


def test_the_newest_period_is_the_newest_that_every_area_has_not_the_newest_of_a_few(build):
    held = {
        nation: queries.latest_period("asylum_supported", kind="local_authority", nation=nation, build=build)
        for nation in ("W92000004", None)
    }
    assert held["W92000004"] == Period(start=date(2026, 6, 30), months=0)
    assert held[None] == Period(start=date(2026, 3, 31), months=0)  # 30 June 2026 is held for Wales only


def test_a_whole_is_the_sum_of_its_members_and_says_so(build):
    parts = [queries.series("population", code, build=build).latest.value for code in ("W06000015", "W06000014")]
    whole = queries.series("population", "XCAV", build=build).latest
    assert whole.value == sum(parts)
    assert whole.derived


def test_strands_forces_and_inflows_that_may_not_be_added_are_not_held_for_a_whole(build):
    for measure in ("internal_inflow", "internal_outflow", "international_inflow", "international_outflow"):
        assert queries.series(measure, "XCAV", build=build).is_empty
        assert queries.series(measure, "W92000004", build=build).is_empty
        assert not queries.series(measure, "W06000015", build=build).is_empty


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        (Period(start=date(2024, 4, 1), months=12), date(2024, 6, 30)),  # the mid-year inside a financial year
        (Period(start=date(2024, 3, 31), months=0), date(2023, 6, 30)),
        (Period(start=date(2025, 6, 29), months=0), date(2024, 6, 30)),
        (Period(start=date(2025, 6, 30), months=0), date(2025, 6, 30)),  # mid-2025 serves from its own day on
        (Period(start=date(2026, 6, 30), months=0), date(2025, 6, 30)),
        (Period(start=date(2025, 4, 1), months=12), date(2025, 6, 30)),
        (Period(start=date(2029, 6, 30), months=0), None),  # older than three years
        (Period(start=date(2001, 4, 1), months=12), None),
        (Period(start=date(2024, 7, 1), months=3), None),  # no mid-year inside
    ],
)
def test_the_population_beside_a_count_is_of_a_suitable_day_or_there_is_none(build, asked, used):
    found = queries.population("W06000015", period=asked, build=build)
    assert (found.period.start if found else None) == used


def test_components_of_a_year_close_on_the_population_of_the_same_series(build):
    by_year = {c.period.start.year: c for c in queries.components("W06000015", build=build)}
    people = {
        o.period.start.year: o.value
        for o in queries.series("population_pre_rebase", "W06000015", build=build).observations
    }
    year = by_year[2018]
    parts = (year.births, -year.deaths, year.internal_net, year.international_net, year.other_change)
    assert sum(parts) == people[2019] - people[2018]
    assert by_year[2019].births is None  # only the flows of the year to mid-2020 are held
    assert by_year[2019].internal_net is not None


def test_every_category_of_several_measures_comes_in_one_answer_and_equals_its_series(build):
    held = queries.newest_by_category(("census_religion", "wimd_most_deprived_share"), "W06000015", build=build)
    assert set(held) == {"census_religion", "wimd_most_deprived_share"}
    assert len(held["census_religion"]) == 10
    for measure, categories in held.items():
        for category, figure in categories.items():
            assert figure == queries.series(measure, "W06000015", category=category, build=build).latest
    assert {o.period.start.year for o in held["wimd_most_deprived_share"].values()} == {2025}  # never 2019 beside it
    assert queries.newest_by_category(("census_religion",), "XEWEXMET", build=build) == {}


@pytest.mark.parametrize(
    ("code", "called"),
    [
        ("W06000014", "the Vale of Glamorgan"),
        ("W06000001", "the Isle of Anglesey"),
        ("W06000015", "Cardiff"),
        ("XCAV", "Cardiff and the Vale of Glamorgan"),
        ("W15000003", "South Wales Police"),
        ("W92000004", "Wales"),
    ],
)
def test_a_place_has_its_article_inside_an_english_sentence(code, called, build):
    place = queries.area(code, build=build)
    assert place.called.text("en") == called
    assert place.called.text("cy") == place.name.text("cy")
