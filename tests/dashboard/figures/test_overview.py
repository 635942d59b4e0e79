"""The place on one screen: every measure that is held, with its date, beside Wales in the same measure and period."""

from __future__ import annotations

from statistics import median

import pytest
from lxml import etree

from dashboard import queries
from dashboard.charts.svg.spark import spark
from dashboard.denominators import people_of
from dashboard.figure import in_language
from dashboard.figures import latest
from dashboard.figures.overview import CENSUS_PARTS, TOLD_ALREADY, overview
from dashboard.figures.where import SOURCES, block_of
from dashboard.i18n import LANGUAGES, t
from dashboard.navigation import PAGES

CARDIFF, FORCE, WALES = "W06000015", "W15000003", "W92000004"


def lines(view):
    return {line.name: line for group in overview(view) for line in group.lines}


def test_published_figures_typed_by_hand(view):
    """From the Home Office's tables of 30 June 2026 and the ONS release of 29 July 2026, divided by hand."""
    found = lines(view(CARDIFF))
    asylum = found["People receiving asylum support"]
    assert (asylum.value, asylum.period, asylum.here, asylum.beside) == (
        "1,313",
        "30 June 2026",
        "34.4 per 10,000",
        "10.2 per 10,000",
    )
    people = found["Population at mid-year"]
    assert (people.value, people.beside, people.here) == ("381,516", "3,175,181", "")
    offences = found["Racially or religiously aggravated offences recorded by the police"]
    assert (offences.value, offences.where) == ("414", "South Wales Police")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_measure_that_is_held_for_the_place_has_a_line(view, build, lang):
    here = view(CARDIFF, lang)
    shown = {line.block for group in overview(here) for line in group.lines}
    held = {
        measure
        for measure in queries.measures(build=build)
        if block_of(measure) != SOURCES and measure not in TOLD_ALREADY
        if any(
            not queries.series(measure, CARDIFF, category=c, build=build).is_empty
            for c in queries.categories(measure, build=build)
        )
        if not measure.startswith("census_") or measure in CENSUS_PARTS
    }
    assert {block_of(measure) for measure in held} <= shown


@pytest.mark.parametrize("place", [CARDIFF, FORCE, WALES, "XCAV", "W06000024"])
def test_every_line_says_when_and_leads_to_a_page(view, place):
    for line in lines(view(place)).values():
        assert line.value
        assert line.period
        assert line.page in PAGES
        assert line.block


def test_wales_stands_beside_no_figure_of_its_own(view):
    assert {line.beside for line in lines(view(WALES)).values()} == {""}


def test_no_rate_is_given_where_there_is_no_population_to_divide_by(view):
    running_total = lines(view(CARDIFF))["Cumulative Homes for Ukraine arrivals with a household sponsor"]
    assert running_total.here == ""


def test_a_small_line_is_cut_at_a_hard_break_and_holds_no_other_line_of_editions(view, build):
    population = lines(view(CARDIFF))["Population at mid-year"]
    values = [value for _, value in population.trend]
    assert 381_516 not in values  # mid-2025 does not join the line before it
    drawn = etree.fromstring(spark(((0.0, 1.0), (1.0, 2.0), (2.0, None), (3.0, 4.0), (4.0, 5.0))))
    assert len(list(drawn.iter("{*}polyline"))) == 2


def test_nothing_is_drawn_of_one_figure():
    assert spark(()) == spark(((1.0, 2.0),)) == spark(((1.0, None), (2.0, 3.0))) == ""


def test_a_fall_below_nought_is_drawn_below_it():
    drawn = etree.fromstring(spark(((0.0, 5.0), (1.0, -5.0))))
    (nought,) = (float(one.get("y1")) for one in drawn.iter("{*}line"))
    (newest,) = (float(one.get("cy")) for one in drawn.iter("{*}circle"))
    assert newest > nought


@pytest.mark.parametrize("lang", LANGUAGES)
def test_groups_have_headings_in_both_languages(view, lang):
    for group in overview(view(CARDIFF, lang)):
        assert t(group.heading, lang=lang)


def test_places_beside_stand_in_the_same_period_and_the_same_way(view):
    beside = view("W06000015", beside="W06000022,E08000025,W92000004,W06000014")
    found = {line.block: line for group in in_language(overview(beside.subject), "en") for line in group.lines}
    assert found["asylum_support"].others == ("18.2 per 10,000", "", found["asylum_support"].others[2])
    assert found["asylum_support"].others[2].endswith(" per 10,000")
    assert found["population"].others[0] == "168,584"
    assert found["census_religion"].others[0]
    assert found["forces_compared"].others == ("2.62 per 1,000", "", "")  # the Vale has the force of Cardiff


def test_the_median_of_similar_areas_is_of_rates_and_shares_and_never_of_counts(view, build):
    beside = view("W06000015", beside="W06000022,similar")
    found = {line.name: line for group in in_language(overview(beside.subject), "en") for line in group.lines}
    areas = queries.similar_areas("W06000015", flavour="demographic", build=build)
    held = (queries.series("births", code, build=build).latest for code in areas)
    births = [newest for newest in held if newest]
    assert len({o.period for o in births}) == 1
    middle = median(o.value / people_of(o, build=build).value * 10_000 for o in births)
    assert found["Births"].others[1] == f"{middle:.1f} per 10,000" == "116.5 per 10,000"
    assert found["Population at mid-year"].others[1] == found["Other changes"].others[1] == ""
    assert found["Children under 16 in relative poverty: Before housing costs"].others[1] == ""  # held in Wales alone


def test_a_small_line_gives_no_number_of_one_to_four_people(view, build):
    resettled = queries.series("resettled_people", "W06000021", build=build)
    assert any(0 < (o.value or 0) < 5 for o in resettled.observations)
    drawn = {value for _, value in lines(view("W06000021"))["People resettled"].trend}
    assert not drawn & {1.0, 2.0, 3.0, 4.0}
    assert 2.5 in drawn


def test_the_newest_figures_of_places_beside_are_of_the_same_period(view):
    beside = view("W06000015", beside="W06000022,W06000014")
    found = {one.block: one for one in in_language(latest.figures(beside.subject), "en")}
    assert found["population"].others == ("168,584", "135,362")  # ONS mid-2025
    assert found["asylum_support"].others[0] == "306"
    assert found["forces_compared"].others == ("1,575", "")
