"""Figures typed by hand from the publications, asked the way a page asks: what we show is what was published."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import queries

EW, SOUTH_WALES, GWENT, NORTH_WALES, DYFED_POWYS = "XEWEXMET", "W15000003", "W15000002", "W15000001", "W15000004"
WALES, CARDIFF, VALE, CONWY = "W92000004", "W06000015", "W06000014", "W06000003"

BULLETIN = "Home Office, Hate crime, England and Wales, year ending March 2025 (9 October 2025), table 2a"
RELIGION = "Home Office, Hate crime, England and Wales, year ending March 2025 (9 October 2025), table 5a"
FORCE_LIST = "Press list (9 October 2025) of the force table of the same publication"
STATEMENT = "Welsh Government, Written Statement: National Hate Crime Awareness Week 2024"
OPEN_DATA = "Home Office, Police recorded crime open data, police force area tables (19 October 2023)"
MID_2020 = "ONS mid-year estimates after rebasing (July 2025), thousands to two decimals"
MID_2024 = "ONS mid-2024 estimates, as the population column of Home Office Reg_02 (31 December 2025) carries them"
COMPONENTS = "ONS, MYEB3 summary components of change, mid-2019 edition"
ASYLUM = "Home Office, Asylum support by local authority, Asy_D11"
REG_02 = "Home Office, Regional and local authority data on immigration groups, Reg_02"

YEAR, QUARTER, DAY = 12, 3, 0
FIGURES = [
    ("hate_crimes", EW, "2024-04-01", YEAR, "total", 115_990, BULLETIN),
    ("hate_crimes", EW, "2024-04-01", YEAR, "race", 82_490, BULLETIN),
    ("hate_crimes", EW, "2024-04-01", YEAR, "religion", 7_164, BULLETIN),
    ("hate_crimes", EW, "2024-04-01", YEAR, "sexual_orientation", 18_702, BULLETIN),
    ("hate_crimes", EW, "2024-04-01", YEAR, "disability", 10_224, BULLETIN),
    ("hate_crimes", EW, "2024-04-01", YEAR, "transgender", 3_809, BULLETIN),
    ("hate_crimes", EW, "2023-04-01", YEAR, "total", 113_166, BULLETIN),
    ("hate_crimes", EW, "2019-04-01", YEAR, "race", None, BULLETIN + ": no data from Greater Manchester"),
    ("hate_crimes_by_religion_targeted", EW, "2024-04-01", YEAR, "muslim", 3_199, RELIGION),
    ("hate_crimes_by_religion_targeted", EW, "2024-04-01", YEAR, "jewish", 1_715, RELIGION),
    ("hate_crimes", SOUTH_WALES, "2024-04-01", YEAR, "total", 2_868, FORCE_LIST),
    ("hate_crimes", SOUTH_WALES, "2023-04-01", YEAR, "total", 2_801, FORCE_LIST),
    ("hate_crimes", GWENT, "2024-04-01", YEAR, "total", 1_575, FORCE_LIST),
    ("hate_crimes", NORTH_WALES, "2024-04-01", YEAR, "total", 1_373, FORCE_LIST),
    ("hate_crimes", DYFED_POWYS, "2024-04-01", YEAR, "total", 397, FORCE_LIST),
    ("hate_crimes", DYFED_POWYS, "2023-04-01", YEAR, "total", 594, FORCE_LIST),
    ("hate_crimes", WALES, "2023-04-01", YEAR, "total", 5_929, STATEMENT),
    ("hate_crimes", WALES, "2023-04-01", YEAR, "race", 3_632, STATEMENT),
    ("hate_crimes", WALES, "2023-04-01", YEAR, "sexual_orientation", 1_139, STATEMENT),
    ("hate_crimes", WALES, "2023-04-01", YEAR, "disability", 752, STATEMENT),
    ("hate_crimes", WALES, "2023-04-01", YEAR, "religion", 346, STATEMENT),
    ("hate_crimes", WALES, "2023-04-01", YEAR, "transgender", 306, STATEMENT),
    ("rra_offences", SOUTH_WALES, "2023-04-01", QUARTER, "9B", 243, OPEN_DATA + ", 2023/24 quarter 1"),
    ("rra_offences", SOUTH_WALES, "2023-04-01", QUARTER, "8M", 17, OPEN_DATA + ", 2023/24 quarter 1"),
    ("rra_offences", SOUTH_WALES, "2023-04-01", QUARTER, "105B", 34, OPEN_DATA + ", 2023/24 quarter 1"),
    ("rra_offences", SOUTH_WALES, "2023-04-01", QUARTER, "8P", 9, OPEN_DATA + ", 2023/24 quarter 1"),
    ("rra_offences", SOUTH_WALES, "2023-04-01", QUARTER, "58J", 13, OPEN_DATA + ", 2023/24 quarter 1"),
    ("population", CARDIFF, "2024-06-30", DAY, "total", 383_919, MID_2024),
    ("population", CARDIFF, "2020-06-30", DAY, "total", 360_290, MID_2020 + " (369,202 before rebasing)"),
    ("population", VALE, "2024-06-30", DAY, "total", 135_743, MID_2024),
    ("population_pre_rebase", CARDIFF, "2001-06-30", DAY, "total", 310_088, COMPONENTS),
    ("population_pre_rebase", VALE, "2002-06-30", DAY, "total", 120_279, COMPONENTS),
    ("births", VALE, "2001-07-01", YEAR, "total", 1_169, COMPONENTS + ", births_2002"),
    ("deaths", VALE, "2001-07-01", YEAR, "total", 1_307, COMPONENTS + ", deaths_2002"),
    ("internal_inflow", VALE, "2001-07-01", YEAR, "total", 5_532, COMPONENTS + ", internal_in_2002"),
    ("international_outflow", CARDIFF, "2001-07-01", YEAR, "total", 2_305, COMPONENTS + ", international_out_2002"),
    ("asylum_supported", CARDIFF, "2022-12-31", DAY, "total", 1_777, ASYLUM + ": Section 98 counted from this day"),
    ("asylum_supported", CARDIFF, "2025-12-31", DAY, "total", 1_418, ASYLUM),
    ("asylum_supported", CARDIFF, "2026-06-30", DAY, "total", 1_313, REG_02),
    ("asylum_supported", VALE, "2026-06-30", DAY, "total", 21, REG_02),
    ("asylum_supported", CONWY, "2026-06-30", DAY, "total", 22, REG_02),
]


def name(row: tuple) -> str:
    return "-".join(map(str, row[:5]))


@pytest.mark.parametrize("figure", FIGURES, ids=name)
def test_a_published_figure_is_shown_as_published(build, figure):
    measure, area, start, months, category, value, where = figure
    series = queries.series(measure, area, category=category, months=months, build=build)
    found = [o for o in series.observations if o.period.start == date.fromisoformat(start)]
    assert [o.value for o in found] == [value], where
    assert not found[0].derived, where


@pytest.mark.parametrize(
    ("force", "years"),
    [
        (DYFED_POWYS, {2016: 88, 2017: 136, 2018: 245}),
        (NORTH_WALES, {2016: 220, 2017: 292, 2018: 396}),
    ],
)
def test_quarters_add_to_the_financial_years_that_show_a_change_of_recording(build, force, years):
    quarters = queries.series("rra_offences", force, months=3, build=build).observations
    sums = {
        year: sum(o.value for o in quarters if date(year, 4, 1) <= o.period.start < date(year + 1, 4, 1))
        for year in years
    }
    assert sums == years, OPEN_DATA


@pytest.mark.parametrize(("year", "rounded"), [(2024, 3_187_000), (2023, 3_167_000), (2022, 3_134_000)])
def test_the_authorities_of_wales_add_to_its_rounded_population(build, year, rounded):
    wales = queries.series("population", WALES, build=build).observations
    (people,) = [o.value for o in wales if o.period.start.year == year]
    assert people == pytest.approx(rounded, abs=600), "Welsh Government, Mid year estimates of the population: 2024"


def test_wales_in_the_newest_year_is_our_sum_of_four_forces_and_says_so(build):
    newest = queries.series("hate_crimes", WALES, build=build).latest
    assert (newest.value, newest.derived) == (2_868 + 1_575 + 1_373 + 397, True)
