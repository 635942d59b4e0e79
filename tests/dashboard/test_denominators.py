"""A population of another place, day or vintage is refused as a denominator, by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard import queries
from dashboard.denominators import DenominatorError, one_vintage, people_per, per_of, suits
from dashboard.findings.figures import per
from dashboard.findings.message import Draft, Rule, Scope, message_of
from dashboard.model import Observation, Period
from dashboard.places import CHOICES, compared

CARDIFF, VALE, HARTLEPOOL = "W06000015", "W06000014", "E06000001"


def at(measure: str, area: str, day: date, build: str, months: int = 0) -> Observation:
    held = queries.series(measure, area, months=months, build=build).observations
    return next(o for o in held if o.period.start == day)


def people(area: str, year: int, build: str, measure: str = "population") -> Observation:
    return at(measure, area, date(year, 6, 30), build)


def test_what_is_cumulative_or_no_rate_is_given_per_nobody(build):
    known = queries.measures(build=build)
    assert [per_of(known[code]) for code in ("hate_crimes", "rra_offences", "census_disability")] == [1_000, 10_000, 0]
    assert per_of(replace(known["hate_crimes"], kind="cumulative")) == 0


def test_mid_2025_divides_dates_from_its_own_day_on(build):
    for day, year in ((date(2025, 6, 30), 2025), (date(2026, 3, 31), 2025), (date(2025, 3, 31), 2024)):
        figure = at("asylum_supported", CARDIFF, day, build)
        suits(figure, people(CARDIFF, year, build), build=build)
        assert queries.population(CARDIFF, period=figure.period, build=build) == people(CARDIFF, year, build)


@pytest.mark.parametrize(
    ("year", "area", "measure", "named"),
    [
        (2025, CARDIFF, "population", "mid-year in or before"),  # later than the figure
        (2024, VALE, "population", "expected the population of W06000015; came that of W06000014"),
        (2019, CARDIFF, "population_pre_rebase", "one vintage.*mid_year_before_rebasing"),
    ],
)
def test_a_population_that_does_not_suit_is_named(build, year, area, measure, named):
    figure = at("asylum_supported", CARDIFF, date(2025, 3, 31), build)
    with pytest.raises(DenominatorError, match=named):
        suits(figure, people(area, year, build, measure), build=build)


def test_a_flow_of_the_older_series_is_divided_by_its_own_population_alone(build):
    flow = at("international_net", CARDIFF, date(2018, 7, 1), build, months=12)
    suits(flow, people(CARDIFF, 2019, build, "population_pre_rebase"), build=build)
    with pytest.raises(DenominatorError, match="one vintage"):
        suits(flow, people(CARDIFF, 2019, build), build=build)


def test_places_are_never_set_side_by_side_over_two_mid_years(build):
    one_vintage([people(CARDIFF, 2024, build), people(HARTLEPOOL, 2024, build)], build=build)
    with pytest.raises(DenominatorError, match="one mid-year and one vintage"):
        one_vintage([people(CARDIFF, 2025, build), people(HARTLEPOOL, 2024, build)], build=build)


def test_a_message_over_the_wrong_population_is_not_made(build):
    figure = at("asylum_supported", CARDIFF, date(2025, 3, 31), build)
    asked = Scope(place=queries.area(CARDIFF, build=build), police=queries.area("W15000003", build=build), build=build)

    def write(_asked: Scope) -> Draft:
        rate = per(figure, people(CARDIFF, 2025, build))
        return Draft(keys=("finding.asylum_rate",), values={"rate": rate})

    with pytest.raises(DenominatorError, match="mid-year in or before"):
        message_of(Rule(id="wrong", importance=1, page="home", block="", write=write), asked)


@pytest.mark.parametrize("among", ["wales", "demographic", "economic", "global"])
def test_compared_places_are_divided_by_one_mid_year(build, among):
    found = compared(choice="asylum_supported", among=among, place=CARDIFF, build=build)
    used = [row.whole for row in (*found.rows, found.wales) if row.whole]
    assert {o.period for o in used} == {Period(start=date(2025 if among == "wales" else 2024, 6, 30), months=0)}
    one_vintage(used, build=build)
    assert all(row.value is None or row.whole for row in found.rows)


def test_a_figure_of_a_day_before_any_population_has_none(build):
    figure = at("asylum_supported", CARDIFF, date(2025, 3, 31), build)
    early = replace(figure, period=Period(start=date(2001, 3, 31), months=0))
    assert queries.population(CARDIFF, period=early.period, build=build) is None


def test_a_measure_has_one_base_on_pages_in_messages_and_in_files():
    assert [people_per(one) for one in ("hate_crimes", "rra_offences", "asylum_supported")] == [1_000, 10_000, 10_000]
    assert {one.unit for one in CHOICES if one.how == "rate"} == {"per_1000", "per_10000"}
    assert [one.code for one in CHOICES if one.per == 1_000] == ["hate_crimes"]
