"""Periods know their last day, series their newest figure, and nothing can be changed after it was made."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import queries
from dashboard.model import Observation, Period, Words


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2023, 4, 1), 3, date(2023, 6, 30)),
        (date(2023, 10, 1), 3, date(2023, 12, 31)),
        (date(2024, 1, 1), 3, date(2024, 3, 31)),
        (date(2024, 2, 1), 1, date(2024, 2, 29)),
        (date(2018, 7, 1), 12, date(2019, 6, 30)),
        (date(2026, 6, 30), 0, date(2026, 6, 30)),
    ],
)
def test_a_period_ends_on_its_last_day(start, months, end):
    assert Period(start=start, months=months).end == end


@pytest.mark.parametrize(
    ("released", "first", "last"),
    [
        ("2026-08-20", date(2026, 8, 20), date(2026, 8, 20)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_release_of_which_only_the_month_or_year_is_known_may_have_been_on_any_day_of_it(
    build, released, first, last
):
    source = replace(next(iter(queries.sources(build=build).values())), released=released)
    assert (source.first_day, source.last_day) == (first, last)
    assert source.is_news(last - timedelta(days=1))
    assert not source.is_news(last)
    assert not source.is_news(None)


@settings(deadline=None)
@given(
    start=st.dates(date(1990, 1, 1), date(2060, 1, 1)).map(lambda day: day.replace(day=1)),
    months=st.integers(1, 120),
)
def test_the_day_after_a_period_is_the_first_of_a_month_that_many_months_on(start, months):
    after = Period(start=start, months=months).end + timedelta(days=1)
    assert after.day == 1
    assert (after.year - start.year) * 12 + after.month - start.month == months


def test_periods_stand_in_order_of_time():
    quarters = [Period(start=date(2023, month, 1), months=3) for month in (7, 1, 4)]
    assert [p.start.month for p in sorted(quarters)] == [1, 4, 7]


def test_the_newest_figure_is_the_last_one_with_a_value(build):
    strands = queries.series("hate_crimes", "XEWEXMET", category="race", build=build)
    until_gap = replace(strands, observations=tuple(o for o in strands.observations if o.period.start.year <= 2019))
    assert until_gap.observations[-1].value is None
    assert until_gap.observations[-1].marker == "[x]"
    assert until_gap.latest.period.start == date(2018, 4, 1)
    assert not until_gap.is_empty


def test_a_series_of_gaps_is_empty(build):
    strands = queries.series("hate_crimes", "XEWEXMET", category="race", build=build)
    gaps = replace(strands, observations=tuple(o for o in strands.observations if o.value is None))
    assert gaps.observations
    assert gaps.latest is None
    assert gaps.is_empty


def test_what_was_made_cannot_be_changed_or_made_by_position():
    figure = Observation(
        measure="population",
        area="W06000015",
        period=Period(start=date(2024, 6, 30), months=0),
        category="total",
        value=1.0,
        source="s",
    )
    with pytest.raises(FrozenInstanceError):
        figure.value = 2.0
    with pytest.raises(TypeError):
        Words("Cardiff", "Caerdydd")


def test_words_speak_the_language_that_is_asked():
    assert [Words(en="Cardiff", cy="Caerdydd").text(lang) for lang in ("en", "cy")] == ["Cardiff", "Caerdydd"]
