"""A day as it is typed in either language; the day comes first, as in Wales."""

from __future__ import annotations

from datetime import date

import pytest

from cohesion.days import day_written


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-10",
        "10/09/2026",
        "10/9/26",
        "10.9.2026",
        "10-9-2026",
        "10 September 2026",
        " 10  september 2026 ",
        "10th of September 2026",
        "10 Sep 2026",
        "10 Sept. 26",
        "10-Sep-26",
        "10 Medi 2026",
        "10fed Medi 2026",
        "10 Med 26",
        "10 o Fedi 2026",
        "2026/9/10",
    ],
)
def test_a_day_is_read_in_every_form_that_people_type(text):
    assert day_written(text, short_years=True) == date(2026, 9, 10)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *(("1af o Fai 2026", 5), ("1 o Fehefin 2026", 6), ("1 o Orffennaf 2026", 7), ("1 o Dachwedd 2026", 11)),
        *(("1 o Ragfyr 2026", 12), ("1 o Fawrth 2026", 3), ("1 o Awst 2026", 8), ("1 Chwe 2026", 2)),
        *(("1 Mai 2026", 5), ("1 Mar 2026", 3), ("1 Maw 2026", 3), ("1af Rhagfyr 2026", 12), ("1 Jul 2026", 7)),
    ],
)
def test_a_month_is_one_of_either_language(text, month):
    assert day_written(text, short_years=True) == date(2026, month, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "last month",
        "mis diwethaf",
        "31/02/2026",
        "10/13/2026",
        "September 2026",
        "10 Ma 2026",
        "10/9",
        "10/9.2026",
        "٣/٣/2026",
        "26-9-10",
        "1 January 99",
    ],
)
def test_what_is_no_day_is_none(text):
    assert day_written(text, short_years=True) is None


@pytest.mark.parametrize("text", ["10/9/26", "10 Sep 26"])
def test_a_file_writes_its_years_whole(text):
    assert day_written(text, short_years=False) is None


@pytest.mark.parametrize(("text", "day"), [("2il Awst 2026", 2), ("3ydd o Awst 2026", 3), ("5ed Awst 2026", 5)])
def test_a_number_may_have_its_ending_in_welsh(text, day):
    assert day_written(text, short_years=True) == date(2026, 8, day)
