"""Weeks and days that officers plan by: each by its rule, none with a day that nobody has set."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard import queries
from dashboard.campaigns import ahead
from dashboard.figures.catalogue import BY_CODE
from dashboard.findings.facts import COMMUNITIES

FILE = Path(__file__).parents[2] / "data" / "reference" / "campaigns.csv"
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def campaigns(build):
    return {one.code: one for one in queries.campaigns(build=build)}


@pytest.mark.parametrize(
    ("code", "year", "first", "last"),
    [
        ("holocaust_memorial_day", 2027, date(2027, 1, 27), date(2027, 1, 27)),
        ("anti_slavery_day", 2026, date(2026, 10, 18), date(2026, 10, 18)),
        ("migrants_day", 2026, date(2026, 12, 18), date(2026, 12, 18)),
        ("lgbt_history_month", 2028, date(2028, 2, 1), date(2028, 2, 29)),
        # as its organisers published it: 13–20 November 2016, 11–18 November 2018, 10–17 November 2024
        ("inter_faith_week", 2016, date(2016, 11, 13), date(2016, 11, 20)),
        ("inter_faith_week", 2018, date(2018, 11, 11), date(2018, 11, 18)),
        ("inter_faith_week", 2024, date(2024, 11, 10), date(2024, 11, 17)),
        ("inter_faith_week", 2020, date(2020, 11, 8), date(2020, 11, 15)),  # 1 November was a Sunday
    ],
)
def test_a_rule_gives_the_days_of_a_year(campaigns, code, year, first, last):
    one = campaigns[code].in_year(year)
    assert (one.first, one.last, one.is_dated) == (first, last, True)


@pytest.mark.parametrize("code", ["hate_crime_week", "refugee_week", "anti_bullying_week", "disability_history_month"])
def test_what_is_set_each_year_has_its_month_and_never_a_day(campaigns, code):
    one = campaigns[code].in_year(2027)
    assert not one.is_dated
    assert one.first.day == 1
    assert (one.last + timedelta(days=1)).day == 1


def test_each_stands_once_as_it_is_next_and_nothing_that_is_over(campaigns):
    found = ahead(campaigns.values(), TODAY)
    assert {one.campaign.code for one in found} == set(campaigns)
    assert [one.first for one in found] == sorted(one.first for one in found)
    assert all(one.last >= TODAY for one in found)
    assert next(one.first for one in found if one.campaign.code == "transgender_remembrance_day").year == 2027
    last_day = ahead(campaigns.values(), date(2026, 12, 18))
    assert next(one.first for one in last_day if one.campaign.code == "migrants_day").year == 2026


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 11, 1), 2026), (date(2026, 12, 5), 2026), (date(2026, 12, 20), 2026), (date(2027, 1, 1), 2027)],
)
def test_what_runs_on_into_another_month_is_not_over_with_its_first(campaigns, day, year):
    found = {one.campaign.code: one for one in ahead(campaigns.values(), day)}
    one = found["disability_history_month"]  # 14 November to 20 December in 2024, as its organisers set it
    assert (one.first, one.last, one.is_dated) == (date(year, 11, 1), date(year, 12, 31), False)


def test_what_runs_over_new_year_is_ahead_in_its_second_month(campaigns):
    winter = replace(campaigns["disability_history_month"], month=12, last_month=1)
    (one,) = ahead([winter], date(2027, 1, 10))
    assert (one.first, one.last) == (date(2026, 12, 1), date(2027, 1, 31))


def test_every_figure_and_community_named_is_one_there_is(campaigns):
    assert {code for one in campaigns.values() for code in one.figures} <= set(BY_CODE)
    assert {code for one in campaigns.values() for code in one.facts} <= set(COMMUNITIES)


def test_each_says_where_its_rule_was_read_and_has_both_names():
    with FILE.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            assert row["name_en"] != row["name_cy"], row["campaign"]
            assert (row["rule"] == "each_year") <= (row["day"] == row["days"] == ""), row["campaign"]
