"""Publishers' words for time: the traps are the financial quarter and the mid-year flow."""

from __future__ import annotations

from datetime import date

import pytest

from etl.contract import ContractError
from etl.reading.periods import (
    calendar_quarter_start,
    financial_quarter_start,
    financial_year_start,
    iso_interval,
    mid_year_flow_start,
    point_in_time,
)


@pytest.mark.parametrize("written", ["2012/13", "2012_13", "2012-13", " 2012/13 "])
def test_a_financial_year_starts_on_the_first_of_april(written: str) -> None:
    assert financial_year_start(written) == date(2012, 4, 1)


def test_the_financial_year_that_crosses_a_century_is_one_year() -> None:
    assert financial_year_start("1999/00") == date(1999, 4, 1)
    assert financial_year_start("1980/81") == date(1980, 4, 1)


@pytest.mark.parametrize("written", ["2012/14", "2012", "12/13", "2012/2013", "", "year ending March 2013"])
def test_other_words_for_a_financial_year_are_refused(written: str) -> None:
    with pytest.raises(ContractError, match="financial year such as 2012/13"):
        financial_year_start(written)


@pytest.mark.parametrize(
    ("quarter", "first_day"),
    [("1", date(2023, 4, 1)), ("2", date(2023, 7, 1)), ("3", date(2023, 10, 1)), ("4", date(2024, 1, 1))],
)
def test_the_fourth_financial_quarter_is_in_the_next_calendar_year(quarter: str, first_day: date) -> None:
    assert financial_quarter_start("2023/24", quarter) == first_day


@pytest.mark.parametrize("quarter", ["0", "5", "Q1", ""])
def test_a_fifth_quarter_is_refused(quarter: str) -> None:
    with pytest.raises(ContractError, match="quarter from 1 to 4"):
        financial_quarter_start("2023/24", quarter)


def test_population_change_of_2019_starts_in_july_2018() -> None:
    assert mid_year_flow_start("2019") == date(2018, 7, 1)


def test_a_range_is_no_mid_year() -> None:
    with pytest.raises(ContractError, match="year such as 2019"):
        mid_year_flow_start("2018-19")


@pytest.mark.parametrize(
    "written",
    [
        "31 Mar 2026", "2026-03-31", "31 March 2026", "31st March 2026", "31-Mar-26", "31-Mar-2026", "31.03.2026",
        "31/03/2026", "2026-03-31 00:00:00", "2026-03-31T00:00:00", "March 31, 2026", "As at 31 March 2026",
        "31  mar  2026", "31 Mawrth 2026",
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_ways_it_is_written(written: str) -> None:
    assert point_in_time(written) == date(2026, 3, 31)


@pytest.mark.parametrize(
    "written",
    [
        "03/06/2026",
        "03/31/2026",
        "31 Feb 2026",
        "Mar 2026",
        "46112",
        "31 Smarch 2026",
        "",
        "2026",
        "2026-03-31 09:30:00",
    ],
)
def test_an_ambiguous_or_impossible_day_is_refused(written: str) -> None:
    with pytest.raises(ContractError, match="a day such as"):
        point_in_time(written)


@pytest.mark.parametrize(
    ("written", "start", "months"),
    [
        ("2021-04-01/P1Y", date(2021, 4, 1), 12),
        ("2014-04-01/P3Y", date(2014, 4, 1), 36),
        ("2021-07-01/P3M", date(2021, 7, 1), 3),
    ],
)
def test_an_iso_interval_is_a_first_day_and_months(written: str, start: date, months: int) -> None:
    assert iso_interval(written) == (start, months)


@pytest.mark.parametrize("written", ["2021", "2021-04-01", "2021-04-01/P1D", "2021-04-15/P1Y", "2021-04-01/P0Y", ""])
def test_other_intervals_are_refused(written: str) -> None:
    with pytest.raises(ContractError, match="such as 2021-04-01/P1Y"):
        iso_interval(written)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2023-Q3", "2023-07-01"),
        ("2009 Q2", "2009-04-01"),
        ("2022-Q1", "2022-01-01"),
        ("2023Q3", "2023-07-01"),
        ("Q3 2023", "2023-07-01"),
        ("Quarter 3 2023", "2023-07-01"),
        ("Jul-Sep 2023", "2023-07-01"),
        ("July to September 2023", "2023-07-01"),
        ("1 July 2023 to 30 September 2023", "2023-07-01"),
    ],
)
def test_a_calendar_quarter_is_not_a_financial_one(text: str, start: str) -> None:
    assert calendar_quarter_start(text).isoformat() == start


@pytest.mark.parametrize(
    "text",
    [
        "2023-Q5",
        "2023/24 Q1",
        "Q1 2023/24",
        "",
        "June to August 2023",
        "October 2022 to December 2023",
        "July to September",
    ],
)
def test_a_wrong_calendar_quarter_is_refused(text: str) -> None:
    with pytest.raises(ContractError, match="calendar quarter such as 2023-Q3"):
        calendar_quarter_start(text)
