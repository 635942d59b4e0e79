"""Many places and many blocks take few questions to the database, and none the second time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from inspect import unwrap
from types import MappingProxyType

import pytest

from dashboard import beside, places, queries, store
from dashboard.blocks import census, common, groups, hate_crime, looking_ahead, migration
from dashboard.figure import Figure, Subject, Table
from dashboard.figures import catalogue
from dashboard.model import Period
from dashboard.navigation import PAGES
from dashboard.widgets import blocks
from tests.counting import cold, forget, questions
from tests.every_block import usual_block

CARDIFF = "W06000015"
COLUMNS = "measure, area_code, period_start, period_months, category, value, lower, upper, marker, source"
LEADING = {"forces_compared", "population_change_map", "ukraine", "compare_dots", "compare_map", "asylum_map"}
ONCE = 1  # read once for a build: the newest period of each publication


@pytest.mark.parametrize("choice", places.BY_CODE)
def test_22_authorities_take_at_most_four_questions(choice, build):
    asked = cold(lambda: places.compared(choice=choice, among="wales", place=CARDIFF, build=build))
    assert asked <= 4 + ONCE


@pytest.mark.parametrize("among", places.SIMILAR)
def test_similar_areas_take_one_more_for_their_list(among, build):
    asked = cold(lambda: places.compared(choice="asylum_supported", among=among, place=CARDIFF, build=build))
    assert asked <= 5 + ONCE


def test_nine_census_blocks_take_at_most_nine_questions_and_so_do_all(view):
    here = view(CARDIFF)
    assert cold(lambda: [census.answer(section, here) for section in census.SECTIONS[:9]]) <= 9
    assert cold(lambda: [census.answer(section, here) for section in census.SECTIONS]) <= 9


def test_the_forces_and_the_map_of_change_take_few_questions(view):
    here = view(CARDIFF)
    assert cold(lambda: hate_crime.forces_compared(here)) <= 4 + ONCE
    assert cold(lambda: migration.population_change_map(here)) <= 3 + ONCE


def test_a_pair_with_its_authorities_and_force_takes_one_question_and_so_do_the_countries(build):
    def of(*codes: str) -> int:
        return cold(lambda: [queries.series("population", code, build=build) for code in codes])

    alone = of("W06000011")
    assert of("XCAV", CARDIFF, "W06000014", "W15000003") == of("W92000004", "K02000001", "E92000001") == alone
    assert of("W06000011", "W06000012") == alone + 1


def test_a_whole_page_takes_few_questions(view):
    def page(code: str) -> int:
        here = view(code)
        return cold(lambda: [usual_block(here, code=one.code) for one in catalogue.on_page("profile")])

    assert page("XCAV") <= 4 + ONCE
    assert page(CARDIFF) <= 4 + ONCE


def test_every_authority_of_one_measure_takes_one_question(build, view):
    def every() -> int:
        return len(queries.series_of_areas("asylum_supported", kinds=("local_authority",), build=build))

    here = view(CARDIFF)
    assert cold(every) == 1
    assert every() > 350
    assert cold(lambda: looking_ahead.projected_change(here)) <= 3 + ONCE


def test_what_was_asked_before_takes_no_question(view, build):
    def page() -> None:
        for section in census.SECTIONS:
            unwrap(census.answer)(section, view(CARDIFF))
        unwrap(hate_crime.forces_compared)(view(CARDIFF))
        for choice in places.BY_CODE:
            unwrap(places.compared)(choice=choice, among="wales", place=CARDIFF, build=build)

    page()
    with questions() as asked:
        page()
    assert asked == []


def test_a_series_in_bulk_is_the_series_of_its_place(build):
    for measure in ("asylum_supported", "population", "hate_crimes"):
        many = queries.series_of_areas(measure, kinds=("local_authority", "country", "police_force"), build=build)
        alone = tuple(queries.series(measure, one.area.code, build=build) for one in many[::20])
        assert many[::20] == alone


def test_one_period_of_every_place_is_what_each_place_holds(build):
    period = queries.latest_period("census_religion", kind="local_authority", build=build)
    parts = tuple(queries.categories("census_religion", build=build))
    held = queries.figures("census_religion", periods=(period,), categories=parts, build=build)
    cardiff = {o.category: o for (area, _, _), o in held.items() if area == CARDIFF}
    assert len(cardiff) > 9
    assert cardiff == queries.newest_by_category(("census_religion",), CARDIFF, build=build)["census_religion"]


def test_what_is_remembered_cannot_be_changed(build):
    newest = queries.newest_by_category(("census_religion",), CARDIFF, build=build)
    answers = (
        newest,
        queries.areas(build=build),
        queries.measures(build=build),
        queries.sources(build=build),
        queries.categories("census_religion", build=build),
        queries.figures("population", periods=(), build=build),
    )
    assert {type(one) for one in answers} == {MappingProxyType}
    with pytest.raises(TypeError):
        newest["census_religion"]["christian"] = None


def test_places_beside_ours_their_forces_and_the_members_of_a_median_take_one_question_more(view, build):
    place = queries.area(CARDIFF, build=build)

    def page(*codes: str) -> int:
        others, why = beside.read(codes, place=place, build=build)
        assert why == ""
        here = replace(view(CARDIFF), beside=others)
        return cold(lambda: [usual_block(here, code=one.code) for one in catalogue.on_page("hate_crime")])

    alone = page()
    assert page("W06000022") <= alone + 2
    assert page("W06000022", "W06000011", "W06000001") <= alone + 2
    assert page("W06000022", "W06000011", "similar") <= alone + 2


def test_what_is_read_at_once_is_what_each_place_holds_and_is_not_read_again(build):
    codes = ("W06000022", "W06000011", "W15000001")
    alone = {}
    for code in codes:
        forget()
        alone[code] = queries.series("population", code, build=build)
    forget()
    with questions() as asked:
        queries.hold(codes, build=build)
        assert {code: queries.series("population", code, build=build) for code in codes} == alone
        queries.hold(codes[1:], build=build)
    assert len([one for one in asked if "FROM packed" in one]) == 1


@pytest.mark.parametrize("code", [CARDIFF, "XCAV", "W92000004", "W15000003", "W01001059"])
def test_what_is_packed_of_a_place_is_every_figure_of_it(code, build):
    rows = store.tuples(f"SELECT {COLUMNS} FROM observation WHERE area_code = $area", {"area": code}, build=build)
    held = [
        (o.measure, o.area, o.period.start, o.period.months, o.category, o.value, o.lower, o.upper, o.marker, o.source)
        for measure, category in sorted({(row[0], row[4]) for row in rows})
        for o in queries.series(measure, code, category=category, build=build).observations
    ]
    assert held == sorted(rows, key=lambda row: (row[0], row[4], row[2], row[3]))
    assert len(held) > 10


def test_every_figure_is_packed_once(build):
    (counts,) = store.rows(
        """SELECT (SELECT count(*) FROM observation) AS figures,
                  (SELECT sum(CAST(figures ->> '$[0]' AS INTEGER)) FROM packed) AS packed""",
        build=build,
    )
    assert counts["packed"] == counts["figures"] > 100_000


def test_a_period_of_small_areas_is_the_newest_or_the_one_asked_for(build):
    newest = queries.small_area_figures("wimd_decile", kind="lsoa", categories=("total",), build=build)["total"]
    every = queries.periods("wimd_decile", kind="lsoa", build=build)
    assert {o.period for o in newest} == {every[0]}
    assert queries.latest_period("wimd_decile", kind="lsoa", build=build) == every[0]
    assert queries.small_area_values("wimd_decile", kind="lsoa", categories=("total", "no"), build=build) == {
        "total": {o.area: o.value for o in newest},
        "no": {},
    }
    before = queries.small_area_figures(
        "wimd_decile", kind="lsoa", categories=("total",), period=Period(start=date(1999, 1, 1), months=0), build=build
    )
    assert before == {"total": ()}
    figures = queries.figures("wimd_decile", periods=(every[0],), build=build)
    assert not queries.areas_without("wimd_decile", kind="lsoa", period=every[0], among=figures, build=build)


@pytest.mark.parametrize("others", ["", "W06000022,W06000011,W06000023"])
def test_a_page_makes_and_reads_none_of_the_tables_that_it_folds_but_those_whose_areas_its_chart_leads_to(view, others):
    here, made = view(CARDIFF, "cy", beside=others), set()
    forget()
    for entry in (one for page in PAGES for one in catalogue.on_page(page) if one.block is not groups.by_group):
        block, request = usual_block(here, code=entry.code), catalogue.with_usual(entry.code, here)
        if isinstance(block, Figure) and block.has_chart:
            assert "<tr>" not in blocks._written(block, request, blocks.ALONE.under(block), above="")
            made |= {entry.code} if block.table.is_made else set()
    assert made <= LEADING


def test_the_areas_that_a_table_is_told_before_it_is_made_are_those_of_its_rows(view):
    told = 0
    for others in ("", "W06000022,W06000011,similar"):
        for place in (CARDIFF, "XCAV"):
            here = view(place, beside=others if place == CARDIFF else "")
            for code in catalogue.BY_CODE:
                block = usual_block(here, code=code)
                if not isinstance(block, Figure) or block.table.is_made:
                    continue
                areas = dict(block.table.areas())
                told += not block.table.is_made
                rows = Table(columns=block.table.columns, rows=block.table.rows)
                assert areas == rows.areas(), code
    assert told > 100


def test_whether_a_change_was_revised_takes_no_question_where_its_source_says_so_and_one_where_places_must_be_asked(
    build, monkeypatch
):
    comparison = places.compared(choice="population_change", among="wales", place=CARDIFF, build=build)
    figures, here = comparison.counted, Subject(place=queries.area(CARDIFF, build=build), build=build)
    assert len(figures) == 22
    assert cold(lambda: common.revised_words(figures, here)) <= ONCE
    held = {code: replace(source, vintage="current") for code, source in queries.sources(build=build).items()}
    monkeypatch.setattr(queries, "sources", lambda **_: held)
    monkeypatch.setattr(common, "revised_since", lambda *_, **__: False)  # so all of them are asked about
    alone = cold(lambda: queries.series("population", CARDIFF, build=build))
    assert cold(lambda: common.revised_words(figures, here)) == alone
