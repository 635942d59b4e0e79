"""Figures typed by hand from the publications, asked the way a page asks: what we show is what was published."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import queries

EW, SOUTH_WALES, GWENT, NORTH_WALES, DYFED_POWYS = "XEWEXMET", "W15000003", "W15000002", "W15000001", "W15000004"
WALES, CARDIFF, VALE, CONWY = "W92000004", "W06000015", "W06000014", "W06000003"
UK, ENGLAND_AND_WALES, GLASGOW, SWANSEA = "K02000001", "K04000001", "S12000049", "W06000011"
FLINTSHIRE = "W06000005"
MSOA, LSOA, LSOA_2011 = "W02000237", "W01001720", "W01001694"

BULLETIN = "Home Office, Hate crime, England and Wales, year ending March 2025 (9 October 2025), table 2a"
RELIGION = "Home Office, Hate crime, England and Wales, year ending March 2025 (9 October 2025), table 5a"
FORCE_LIST = "Press list (9 October 2025) of the force table of the same publication"
STATEMENT = "Welsh Government, Written Statement: National Hate Crime Awareness Week 2024"
OPEN_DATA = "Home Office, Police recorded crime open data, police force area tables (April 2026)"
MID_2020 = "ONS mid-year estimates after rebasing (July 2025), thousands to two decimals"
MID_2024 = "ONS mid-2024 estimates, as the population column of Home Office Reg_02 (31 December 2025) carries them"
MID_2025 = "ONS mid-2025 estimates (29 July 2026)"
COMPONENTS = "ONS, MYEB3 summary components of change, mid-2019 edition"
ASYLUM = "Home Office, Asylum support by local authority, Asy_D11"
REG_02 = "Home Office, Regional and local authority data on immigration groups, Reg_02"
BY_TYPE = ASYLUM + ", edition of March 2026, newest day by type"
ASYLUM_UK = "Home Office, Asylum summary tables, June 2026, Asy_00a"
RES_D01 = "Home Office, Resettlement by local authority, Res_D01, edition of September 2024"
RES_D01_2026 = "Home Office, Resettlement by local authority, Res_D01, edition of June 2026"
TRANSFERS = "Home Office, Transfers of unaccompanied asylum-seeking children under the National Transfer Scheme"
CARAVANS = "Welsh Government, Gypsy and Traveller caravan count: July 2022"
UKRAINE = "GOV.UK, Homes for Ukraine: local authority funding allocations (Wales), Annex A"
EUSS = "Home Office, EU Settlement Scheme quarterly statistics, as quoted by "
NEWSLETTER = "Welsh Government, Statistics Wales demography newsletter, December 2025"
PROJECTION = "ONS, National population projections: 2022-based, Wales (28 January 2025), sheet Population, both sexes"
LAMIS = "ONS, Local Area Migration Indicators, UK (17 September 2021), sheet "
NRM = "Home Office, National Referral Mechanism quarterly tables, Table 12, "
CENSUS = "ONS, Census 2021, "
QUIZ = "ONS, Census 2021, published figures of every authority (quiz data, version 9), "
ELS = "ONS, Explore local statistics, "
WIMD = "Welsh Government, Welsh Index of Multiple Deprivation 2019, "
WIMD_2025 = "Welsh Government, Welsh Index of Multiple Deprivation 2025, "
SURVEY = "Welsh Government, National Survey for Wales: "
AT_FIRST = "As first published, quoted by "
FIRST = "hate_crimes_as_first_published"
TABLE_2_01 = "Home Office, Hate crime 2015/16, appendix table 2.01 (October 2016)"
TABLE_3_01 = "Home Office, Hate crime 2015/16, appendix table 3.01 (October 2016)"
BBC_COPY = "Home Office, Hate crime appendix tables 2017/18 and 2018/19, in the BBC data unit's copy"

YEAR, QUARTER, DAY = 12, 3, 0
CEREDIGION, GWYNEDD, NEWPORT = "W06000008", "W06000002", "W06000022"
CENSUS_DAY = "2021-03-21"
# Sums of authorities and differences of mid-years: no publication prints them, and the database marks them so.
WORKED_OUT = [
    ("asylum_supported", WALES, "2026-06-30", DAY, "total", 3_223, REG_02),
    ("afghan_programme_population", WALES, "2026-06-30", DAY, "total", 879, REG_02),
    ("homes_for_ukraine_arrivals", WALES, "2026-06-30", DAY, "total", 5_220, REG_02),
    ("population", WALES, "2025-06-30", DAY, "total", 3_175_181, MID_2025 + ", sum of the 22 authorities"),
    ("population_change", WALES, "2023-07-01", YEAR, "total", 19_260, MID_2024 + " less mid-2023, to ten people"),
    ("population_change", WALES, "2022-07-01", YEAR, "total", 33_140, MID_2020 + ", mid-2023 less mid-2022"),
    ("population_change", WALES, "2018-07-01", YEAR, "total", 3_910, MID_2020 + " (+14,248 before rebasing)"),
    ("population_change", SWANSEA, "2018-07-01", YEAR, "total", -470, MID_2020 + " (+527 before rebasing)"),
    ("population_change", CARDIFF, "2022-07-01", YEAR, "total", 9_890, MID_2020 + ", mid-2023 less mid-2022"),
    ("population_change", VALE, "2018-07-01", YEAR, "total", 640, MID_2020 + " (+1,422 before rebasing)"),
]
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
    ("rra_offences", SOUTH_WALES, "2023-04-01", QUARTER, "9B", 257, OPEN_DATA + ", 2023/24 quarter 1"),
    ("rra_offences", SOUTH_WALES, "2023-04-01", QUARTER, "8M", 20, OPEN_DATA + ", 2023/24 quarter 1"),
    ("rra_offences", SOUTH_WALES, "2023-04-01", QUARTER, "105B", 37, OPEN_DATA + ", 2023/24 quarter 1"),
    ("rra_offences", SOUTH_WALES, "2023-04-01", QUARTER, "8P", 11, OPEN_DATA + ", 2023/24 quarter 1"),
    ("rra_offences", SOUTH_WALES, "2023-04-01", QUARTER, "58J", 13, OPEN_DATA + ", 2023/24 quarter 1"),
    ("rra_offences", SOUTH_WALES, "2025-10-01", QUARTER, "total", 414, OPEN_DATA + ", 289 + 44 + 41 + 26 + 14"),
    ("rra_offences", SOUTH_WALES, "2025-07-01", QUARTER, "9B", 385, OPEN_DATA + ", 2025/26 quarter 2"),
    ("rra_offences", GWENT, "2025-10-01", QUARTER, "9B", 150, OPEN_DATA + ", 2025/26 quarter 3"),
    ("rra_offences", GWENT, "2025-10-01", QUARTER, "8M", 37, OPEN_DATA + ", 2025/26 quarter 3"),
    ("rra_offences", NORTH_WALES, "2025-07-01", QUARTER, "105B", 29, OPEN_DATA + ", 2025/26 quarter 2"),
    ("rra_offences", NORTH_WALES, "2025-04-01", QUARTER, "8P", 0, OPEN_DATA + ", 2025/26 quarter 1"),
    ("rra_offences", DYFED_POWYS, "2025-10-01", QUARTER, "total", 57, OPEN_DATA + ", 36 + 6 + 8 + 2 + 5"),
    ("recorded_crime", SOUTH_WALES, "2025-10-01", QUARTER, "total", 26_833, OPEN_DATA + ", all codes"),
    ("modern_slavery_offences", DYFED_POWYS, "2025-04-01", QUARTER, "total", 20, OPEN_DATA + ", code 106"),
    # hate crime by force and strand as first published, and racist incidents
    (FIRST, SOUTH_WALES, "2015-04-01", YEAR, "total", 1_693, TABLE_2_01),
    (FIRST, SOUTH_WALES, "2015-04-01", YEAR, "race", 1_245, TABLE_2_01),
    (FIRST, SOUTH_WALES, "2015-04-01", YEAR, "religion", 80, TABLE_2_01),
    (FIRST, SOUTH_WALES, "2015-04-01", YEAR, "sexual_orientation", 241, TABLE_2_01),
    (FIRST, SOUTH_WALES, "2015-04-01", YEAR, "disability", 179, TABLE_2_01),
    (FIRST, SOUTH_WALES, "2015-04-01", YEAR, "transgender", 24, TABLE_2_01),
    (FIRST, GWENT, "2015-04-01", YEAR, "total", 213, TABLE_2_01),
    (FIRST, NORTH_WALES, "2015-04-01", YEAR, "total", 385, TABLE_2_01),
    (FIRST, DYFED_POWYS, "2015-04-01", YEAR, "race", 88, TABLE_2_01),
    (FIRST, DYFED_POWYS, "2015-04-01", YEAR, "transgender", 0, TABLE_2_01),
    (FIRST, WALES, "2015-04-01", YEAR, "race", 1_747, TABLE_2_01),
    (FIRST, ENGLAND_AND_WALES, "2015-04-01", YEAR, "total", 62_518, TABLE_2_01),
    (FIRST, SOUTH_WALES, "2017-04-01", YEAR, "total", 1_800, BBC_COPY),
    (FIRST, GWENT, "2017-04-01", YEAR, "race", 397, BBC_COPY),
    (FIRST, DYFED_POWYS, "2017-04-01", YEAR, "religion", 9, BBC_COPY),
    (FIRST, SOUTH_WALES, "2018-04-01", YEAR, "race", 1_305, BBC_COPY),
    (FIRST, GWENT, "2018-04-01", YEAR, "total", 715, BBC_COPY),
    (FIRST, NORTH_WALES, "2018-04-01", YEAR, "disability", 109, BBC_COPY),
    (FIRST, WALES, "2018-04-01", YEAR, "race", 2_676, AT_FIRST + "the Welsh Government, 15 October 2019"),
    (FIRST, WALES, "2011-04-01", YEAR, "total", 1_809, AT_FIRST + "the press, 2016"),
    (FIRST, NORTH_WALES, "2016-04-01", YEAR, "race", 336, AT_FIRST + "the press, October 2019"),
    (FIRST, GWENT, "2016-04-01", YEAR, "religion", 7, AT_FIRST + "the press, October 2018"),
    ("racist_incidents", SOUTH_WALES, "2009-04-01", YEAR, "total", 1_810, TABLE_3_01),
    ("racist_incidents", SOUTH_WALES, "2015-04-01", YEAR, "total", 1_683, TABLE_3_01),
    ("racist_incidents", NORTH_WALES, "2013-04-01", YEAR, "total", 282, TABLE_3_01 + ", crimes only"),
    ("racist_incidents", DYFED_POWYS, "2015-04-01", YEAR, "total", 207, TABLE_3_01),
    ("racist_incidents", WALES, "2010-04-01", YEAR, "total", 2_785, TABLE_3_01),
    ("racist_incidents", ENGLAND_AND_WALES, "2014-04-01", YEAR, "total", 53_902, TABLE_3_01 + ", as printed"),
    ("hate_crimes_in_local_report", SWANSEA, "2020-01-01", YEAR, "total", 330, "Safer Swansea Partnership, Feb. 2022"),
    ("hate_crimes_in_local_report", SWANSEA, "2021-01-01", YEAR, "total", 456, "Safer Swansea Partnership, Feb. 2022"),
    ("hate_incidents_in_local_report", FLINTSHIRE, "2013-04-01", YEAR, "total", 70, "Flintshire Council, Oct. 2016"),
    ("population", CARDIFF, "2024-06-30", DAY, "total", 383_919, MID_2024),
    ("population", CARDIFF, "2020-06-30", DAY, "total", 360_290, MID_2020 + " (369,202 before rebasing)"),
    ("population", VALE, "2024-06-30", DAY, "total", 135_743, MID_2024),
    ("population_pre_rebase", CARDIFF, "2001-06-30", DAY, "total", 310_088, COMPONENTS),
    ("population_pre_rebase", VALE, "2002-06-30", DAY, "total", 120_279, COMPONENTS),
    ("births", VALE, "2001-07-01", YEAR, "total", 1_169, COMPONENTS + ", births_2002"),
    ("deaths", VALE, "2001-07-01", YEAR, "total", 1_307, COMPONENTS + ", deaths_2002"),
    ("internal_inflow", VALE, "2001-07-01", YEAR, "total", 5_532, COMPONENTS + ", internal_in_2002"),
    ("international_outflow", CARDIFF, "2001-07-01", YEAR, "total", 2_305, COMPONENTS + ", international_out_2002"),
    ("asylum_supported", CARDIFF, "2014-03-31", DAY, "total", 979, ASYLUM),
    ("asylum_supported", CARDIFF, "2022-12-31", DAY, "total", 1_777, ASYLUM + ": Section 98 counted from this day"),
    ("asylum_supported", CARDIFF, "2025-12-31", DAY, "total", 1_418, ASYLUM),
    ("asylum_supported", CARDIFF, "2026-06-30", DAY, "total", 1_313, REG_02),
    ("asylum_supported", VALE, "2026-06-30", DAY, "total", 21, REG_02),
    ("asylum_supported", CONWY, "2026-06-30", DAY, "total", 22, REG_02),
    ("asylum_supported", SWANSEA, "2026-06-30", DAY, "total", 618, REG_02),
    ("asylum_supported", "W06000022", "2026-06-30", DAY, "total", 306, REG_02),
    ("asylum_supported", "W06000008", "2026-06-30", DAY, "total", 0, REG_02),
    ("asylum_supported_accommodation", SWANSEA, "2026-06-30", DAY, "subsistence", 18, REG_02),
    ("asylum_supported_accommodation", CARDIFF, "2026-06-30", DAY, "dispersal", 1_181, REG_02),
    ("afghan_programme_population", "W06000005", "2026-06-30", DAY, "la_housing", 121, REG_02),
    ("homes_for_ukraine_arrivals", "W06000023", "2026-06-30", DAY, "total", 406, REG_02),
    ("homes_for_ukraine_arrivals", "W06000019", "2026-06-30", DAY, "total", 41, REG_02),
    ("asylum_supported_accommodation", CARDIFF, "2024-06-30", DAY, "dispersal", 1_425, REG_02),
    ("resettled_since_2014", CARDIFF, "2026-06-30", DAY, "total", 105, RES_D01_2026),
    (
        "euss_applications",
        "W06000020",
        "2020-06-30",
        DAY,
        "total",
        620,
        EUSS + "the South Wales Argus (27 August 2020)",
    ),
    ("euss_applications", WALES, "2020-01-31", DAY, "total", 50_100, EUSS + "Deeside.com (14 February 2020)"),
    ("gypsy_traveller_caravans", WALES, "2022-07-21", DAY, "total", 1_166, CARAVANS),
    ("gypsy_traveller_caravans", WALES, "2022-07-21", DAY, "unauthorised", 254, CARAVANS),
    ("resettled_since_2014", VALE, "2026-06-30", DAY, "community_sponsorship", 10, RES_D01_2026),
    ("resettled_since_2014", "W06000023", "2026-06-30", DAY, "total", 148, RES_D01_2026),
    ("resettled_in_year", "W06000004", "2025-01-01", YEAR, "total", 13, RES_D01_2026),
    ("children_transferred", CARDIFF, "2021-01-01", YEAR, "in", 8, TRANSFERS),
    ("children_transferred", CARDIFF, "2021-01-01", YEAR, "from_port", 9, TRANSFERS),
    ("children_transferred", "W06000010", "2023-01-01", 9, "in", 12, TRANSFERS + ", to September"),
    ("asylum_supported_accommodation", CARDIFF, "2024-06-30", DAY, "subsistence", None, REG_02 + ": not split in 2024"),
    ("asylum_supported_accommodation", CARDIFF, "2025-03-31", DAY, "contingency", 91, REG_02),
    ("asylum_supported_accommodation", SWANSEA, "2025-09-30", DAY, "total", 709, REG_02),
    ("asylum_supported_accommodation", SWANSEA, "2024-06-30", DAY, "total", 844, REG_02),
    ("asylum_supported_accommodation", CARDIFF, "2026-03-31", DAY, "initial", 65, REG_02),
    ("afghan_programme_population", VALE, "2026-03-31", DAY, "transitional", 68, REG_02),
    ("homes_for_ukraine_arrivals", CARDIFF, "2026-03-31", DAY, "total", 495, REG_02),
    # asylum support by type and accommodation, the Afghan programme, Homes for Ukraine, resettlement
    (
        "asylum_supported",
        CARDIFF,
        "2014-03-31",
        DAY,
        "section_95",
        979,
        ASYLUM + ": 972 in dispersal and 7 on subsistence",
    ),
    ("asylum_supported", CARDIFF, "2022-12-31", DAY, "section_95_dispersal", 1_247, ASYLUM),
    ("asylum_supported", CARDIFF, "2022-12-31", DAY, "section_98_hotel", 176, ASYLUM),
    ("asylum_supported", SWANSEA, "2024-09-30", DAY, "section_4_dispersal", 37, ASYLUM),
    ("asylum_supported", CARDIFF, "2026-03-31", DAY, "section_4", 114, BY_TYPE),
    ("asylum_supported", CARDIFF, "2026-03-31", DAY, "section_98", 6, BY_TYPE),
    ("asylum_supported", GLASGOW, "2026-03-31", DAY, "section_95", 3_371, BY_TYPE),
    ("asylum_supported", UK, "2026-03-31", DAY, "total", 97_519, ASYLUM_UK),
    ("asylum_supported", UK, "2026-06-30", DAY, "total", 93_293, ASYLUM_UK),
    ("asylum_supported_accommodation", CARDIFF, "2025-12-31", DAY, "initial", 89, REG_02),
    ("asylum_supported_accommodation", CARDIFF, "2025-12-31", DAY, "dispersal", 1_236, REG_02),
    ("asylum_supported_accommodation", CARDIFF, "2026-06-30", DAY, "contingency", 96, REG_02),
    ("afghan_programme_population", VALE, "2025-12-31", DAY, "transitional", 122, REG_02),
    ("afghan_programme_population", VALE, "2025-12-31", DAY, "total", 249, REG_02),
    ("afghan_programme_population", VALE, "2026-06-30", DAY, "transitional", 0, REG_02),
    ("afghan_programme_population", VALE, "2026-06-30", DAY, "total", 127, REG_02),
    ("homes_for_ukraine_arrivals", CARDIFF, "2025-12-31", DAY, "total", 486, REG_02),
    ("homes_for_ukraine_arrivals", VALE, "2026-06-30", DAY, "total", 285, REG_02),
    ("homes_for_ukraine_guests_funded", CARDIFF, "2022-09-01", QUARTER, "total", 32, UKRAINE + ", 16 March 2023"),
    ("homes_for_ukraine_guests_funded", CARDIFF, "2023-07-01", QUARTER, "total", 22, UKRAINE + ", 18 January 2024"),
    ("resettled_people", CARDIFF, "2021-01-01", QUARTER, "vulnerable_persons_resettlement_scheme", 12, RES_D01),
    ("resettled_people", VALE, "2021-10-01", QUARTER, "uk_resettlement_scheme_community_sponsorship", 6, RES_D01),
    ("euss_applications", CARDIFF, "2021-03-31", DAY, "total", 21_200, EUSS + "ADR Wales"),
    ("euss_applications", WALES, "2021-06-30", DAY, "total", 99_910, EUSS + "Senedd Research, 6 October 2021"),
    ("euss_concluded", VALE, "2020-09-30", DAY, "total", 1_330, EUSS + "the Barry & District News"),
    # population, projections and the indicators of migration
    ("population", GLASGOW, "2024-06-30", DAY, "total", 650_300, MID_2024),
    ("population", CARDIFF, "2025-06-30", DAY, "total", 381_516, MID_2025),
    ("population", VALE, "2025-06-30", DAY, "total", 135_362, MID_2025),
    ("population", CONWY, "2025-06-30", DAY, "total", 114_421, MID_2025),
    ("population", CARDIFF, "2023-06-30", DAY, "total", 379_740, MID_2020),
    ("projected_population_change", CARDIFF, "2022-06-30", 120, "total", 10.5, NEWSLETTER),
    ("projected_population_change", VALE, "2022-06-30", 120, "total", 9.9, NEWSLETTER),
    ("projected_population_change", WALES, "2022-06-30", 120, "total", 5.9, NEWSLETTER),
    ("projected_population_change", "W06000024", "2022-06-30", 120, "total", 1.0, NEWSLETTER),
    ("projected_population", WALES, "2022-06-30", DAY, "total", 3_132_676, PROJECTION),
    ("projected_population", WALES, "2032-06-30", DAY, "total", 3_316_059, PROJECTION),
    ("projected_population", WALES, "2047-06-30", DAY, "total", 3_455_485, PROJECTION),
    ("births", CARDIFF, "2001-07-01", YEAR, "total", 3_537, COMPONENTS + ", births_2002"),
    ("international_inflow", CARDIFF, "2019-07-01", YEAR, "total", 7_196, LAMIS + "Migration Flows"),
    ("internal_outflow", CARDIFF, "2019-07-01", YEAR, "total", 22_958, LAMIS + "Migration Flows"),
    ("population_pre_rebase", CARDIFF, "2019-06-30", DAY, "total", 366_903, LAMIS + "Migration Flows"),
    ("non_uk_born_population", CARDIFF, "2011-01-01", YEAR, "total", 43_000, LAMIS + "Non-UK Born Population"),
    ("non_british_population", CARDIFF, "2020-01-01", YEAR, "total", 34_000, LAMIS + "Non-British Population"),
    ("nino_registrations", CARDIFF, "2020-01-01", YEAR, "total", 2_972, LAMIS + "NINo Registrations"),
    ("gp_registrations_flag4", CARDIFF, "2019-07-01", YEAR, "total", 6_722, LAMIS + "GP Registrations"),
    ("short_term_inflow", CARDIFF, "2008-07-01", YEAR, "total", 909, LAMIS + "Short-Term Migration Inflows"),
    ("births_all_mothers", CARDIFF, "2019-01-01", YEAR, "total", 3_738, LAMIS + "Births to Non-UK Born Mothers"),
    (
        "births_non_uk_born_mothers",
        CARDIFF,
        "2019-01-01",
        YEAR,
        "total",
        1_070,
        LAMIS + "Births to Non-UK Born Mothers",
    ),
    # modern slavery, outcomes, survey, referrals, and totals as first published
    ("modern_slavery_offences", SOUTH_WALES, "2022-10-01", QUARTER, "total", 57, OPEN_DATA + ", code 106"),
    ("nrm_referrals_police_first_responder", SOUTH_WALES, "2022-04-01", QUARTER, "total", 19, NRM + "2022 quarter 2"),
    ("nrm_referrals_police_first_responder", SOUTH_WALES, "2023-10-01", QUARTER, "total", 23, NRM + "2023 quarter 4"),
    (
        "nrm_referrals_police_first_responder",
        UK,
        "2023-10-01",
        QUARTER,
        "total",
        995,
        NRM + "2023 quarter 4, police total",
    ),
    ("nrm_referrals", UK, "2023-10-01", QUARTER, "adult", 1_978, NRM + "time series"),
    ("nrm_referrals", UK, "2023-10-01", QUARTER, "child", 1_945, NRM + "time series"),
    ("nrm_referrals_by_county", "XCAV", "2025-07-01", QUARTER, "total", 27, NRM + "UK county South Glamorgan"),
    (
        "hate_crime_charged_share",
        ENGLAND_AND_WALES,
        "2015-04-01",
        YEAR,
        "all_hate_crime",
        21,
        "Home Office, Hate crime, 2015/16, 24 forces",
    ),
    (
        "hate_crime_charged_share",
        ENGLAND_AND_WALES,
        "2021-04-01",
        YEAR,
        "rra_offences",
        8,
        "Home Office, Hate crime, 2021/22, all forces",
    ),
    (
        "survey_hate_crime_incidents",
        ENGLAND_AND_WALES,
        "2022-04-01",
        36,
        "total",
        176_000,
        BULLETIN + ", key results: incidents a year",
    ),
    (
        "hate_support_centre_referrals",
        WALES,
        "2024-04-01",
        YEAR,
        "total",
        2_230,
        "Victim Support, press release, October 2025",
    ),
    ("hate_crimes_as_first_published", WALES, "2021-04-01", YEAR, "total", 6_295, AT_FIRST + "the BBC, 6 October 2022"),
    (
        "hate_crimes_as_first_published",
        WALES,
        "2016-04-01",
        YEAR,
        "total",
        2_941,
        AT_FIRST + "the Welsh Government, 2017",
    ),
    (
        "hate_crimes_as_first_published",
        DYFED_POWYS,
        "2022-04-01",
        YEAR,
        "race",
        458,
        AT_FIRST + "the Cambrian News, 2023",
    ),
    # Census Day, 21 March 2021
    ("census_ethnic_group", CARDIFF, CENSUS_DAY, DAY, "asian_bangladeshi", 6_887, CENSUS + "TS021"),
    ("census_ethnic_group", CARDIFF, CENSUS_DAY, DAY, "white_roma", 593, CENSUS + "TS021"),
    ("census_ethnic_group", MSOA, CENSUS_DAY, DAY, "asian", 46, CENSUS + "TS021 by MSOA"),
    ("census_country_of_birth", CARDIFF, CENSUS_DAY, DAY, "total", 362_310, CENSUS + "TS012"),
    ("census_country_of_birth", CARDIFF, CENSUS_DAY, DAY, "africa", 10_678, CENSUS + "TS012"),
    ("census_country_of_birth", CARDIFF, CENSUS_DAY, DAY, "europe_united_kingdom", 302_460, CENSUS + "TS012"),
    ("census_born_outside_uk", CARDIFF, CENSUS_DAY, DAY, "outside_uk", 59_850, QUIZ + "16.5%"),
    ("census_national_identity", CARDIFF, CENSUS_DAY, DAY, "welsh_only", 169_253, CENSUS + "TS027, 46.7%"),
    ("census_main_language", CARDIFF, CENSUS_DAY, DAY, "arabic", 4_945, CENSUS + "TS024"),
    ("census_passports", CARDIFF, CENSUS_DAY, DAY, "none", 42_750, CENSUS + "TS005, 11.8%"),
    ("census_passports", CARDIFF, CENSUS_DAY, DAY, "poland", 3_361, CENSUS + "TS005"),
    ("census_migrant_indicator", MSOA, CENSUS_DAY, DAY, "outside_uk", 22, CENSUS + "TS019 by MSOA"),
    ("census_english_proficiency", MSOA, CENSUS_DAY, DAY, "not_at_all", 4, CENSUS + "TS029 by MSOA"),
    ("census_religion", CARDIFF, CENSUS_DAY, DAY, "muslim", 33_650, CENSUS + "TS030"),
    ("census_religion", VALE, CENSUS_DAY, DAY, "no_religion", 63_164, CENSUS + "TS030"),
    ("census_religion", CEREDIGION, CENSUS_DAY, DAY, "no_religion", 30_749, CENSUS + "TS030"),
    ("census_national_identity", VALE, CENSUS_DAY, DAY, "welsh_only", 73_276, CENSUS + "TS027"),
    ("census_national_identity", GWYNEDD, CENSUS_DAY, DAY, "welsh_only", 69_560, CENSUS + "TS027"),
    ("census_national_identity_detailed", CEREDIGION, CENSUS_DAY, DAY, "polish", 785, CENSUS + "TS028"),
    ("census_main_language", VALE, CENSUS_DAY, DAY, "arabic", 120, CENSUS + "TS024"),
    ("census_main_language", NEWPORT, CENSUS_DAY, DAY, "polish", 1_503, CENSUS + "TS024"),
    ("census_year_of_arrival", CARDIFF, CENSUS_DAY, DAY, "2020_to_2021", 6_874, CENSUS + "TS015"),
    ("census_year_of_arrival", VALE, CENSUS_DAY, DAY, "2020_to_2021", 467, CENSUS + "TS015"),
    ("census_disability", CARDIFF, CENSUS_DAY, DAY, "disabled", 67_506, CENSUS + "TS038"),
    ("census_disability", VALE, CENSUS_DAY, DAY, "disabled", 26_289, CENSUS + "TS038"),
    ("census_disability", CEREDIGION, CENSUS_DAY, DAY, "not_disabled", 55_837, CENSUS + "TS038"),
    ("census_ethnic_group", CARDIFF, CENSUS_DAY, DAY, "white_gypsy_or_irish_traveller", 673, CENSUS + "TS021"),
    ("census_ethnic_group", VALE, CENSUS_DAY, DAY, "white_gypsy_or_irish_traveller", 48, CENSUS + "TS021"),
    ("census_ethnic_group", VALE, CENSUS_DAY, DAY, "white_roma", 26, CENSUS + "TS021"),
    ("census_ethnic_group", NEWPORT, CENSUS_DAY, DAY, "white_roma", 406, CENSUS + "TS021"),
    ("census_age", CARDIFF, CENSUS_DAY, DAY, "85_and_over", 7_117, CENSUS + "TS007"),
    ("census_age", CEREDIGION, CENSUS_DAY, DAY, "85_and_over", 2_348, CENSUS + "TS007"),
    ("census_sex", VALE, CENSUS_DAY, DAY, "female", 68_345, CENSUS + "TS008"),
    ("census_sex", GWYNEDD, CENSUS_DAY, DAY, "female", 59_868, CENSUS + "TS008"),
    ("census_welsh_speaking", CARDIFF, CENSUS_DAY, DAY, "can", 42_757, CENSUS + "TS033"),
    ("census_welsh_speaking", GWYNEDD, CENSUS_DAY, DAY, "can", 73_560, CENSUS + "TS033"),
    ("census_passports", VALE, CENSUS_DAY, DAY, "uk", 111_019, CENSUS + "TS005"),
    ("census_gender_identity", CARDIFF, CENSUS_DAY, DAY, "non_binary", 426, CENSUS + "TS070"),
    ("census_sexual_orientation", CEREDIGION, CENSUS_DAY, DAY, "bisexual", 1_617, CENSUS + "TS077"),
    ("census_sexual_orientation", VALE, CENSUS_DAY, DAY, "bisexual", 1_213, CENSUS + "TS077"),
    ("census_tenure", NEWPORT, CENSUS_DAY, DAY, "social_rented", 12_864, CENSUS + "TS054"),
    ("census_household_deprivation", VALE, CENSUS_DAY, DAY, "four", 68, CENSUS + "TS011"),
    ("census_english_proficiency", CARDIFF, CENSUS_DAY, DAY, "not_at_all", 1_002, CENSUS + "TS029"),
    ("census_english_proficiency", VALE, CENSUS_DAY, DAY, "not_at_all", 71, CENSUS + "TS029"),
    ("census_economic_activity", CEREDIGION, CENSUS_DAY, DAY, "long_term_sick_or_disabled", 2_730, CENSUS + "TS066"),
    ("census_qualifications", VALE, CENSUS_DAY, DAY, "none", 16_740, CENSUS + "TS067"),
    ("census_unpaid_care", CARDIFF, CENSUS_DAY, DAY, "50_or_more", 8_641, CENSUS + "TS039"),
    ("census_household_religions", CARDIFF, CENSUS_DAY, DAY, "total", 147_330, CENSUS + "TS075"),
    ("census_migrant_indicator", CARDIFF, CENSUS_DAY, DAY, "outside_uk", 5_181, CENSUS + "TS019"),
    ("census_migrant_indicator", VALE, CENSUS_DAY, DAY, "outside_uk", 651, CENSUS + "TS019"),
    ("census_general_health", CARDIFF, CENSUS_DAY, DAY, "very_bad", 5_172, CENSUS + "TS037"),
    ("census_age_on_arrival", VALE, CENSUS_DAY, DAY, "0_to_4", 1_666, CENSUS + "TS018"),
    ("census_length_of_residence", CARDIFF, CENSUS_DAY, DAY, "less_than_2_years", 10_247, CENSUS + "TS016"),
    ("census_household_ethnic_groups", VALE, CENSUS_DAY, DAY, "within_partnerships", 2_557, CENSUS + "TS023"),
    ("census_household_language", CEREDIGION, CENSUS_DAY, DAY, "nobody", 391, CENSUS + "TS025"),
    ("census_household_main_languages", CARDIFF, CENSUS_DAY, DAY, "within_partnerships", 3_136, CENSUS + "TS026"),
    ("census_welsh_skills", VALE, CENSUS_DAY, DAY, "none", 106_545, CENSUS + "TS032"),
    ("census_welsh_writing", CEREDIGION, CENSUS_DAY, DAY, "can", 27_137, CENSUS + "TS034"),
    ("census_welsh_reading", CARDIFF, CENSUS_DAY, DAY, "can", 44_910, CENSUS + "TS035"),
    ("census_welsh_understanding", VALE, CENSUS_DAY, DAY, "can", 18_435, CENSUS + "TS036"),
    ("census_household_disability", CARDIFF, CENSUS_DAY, DAY, "two_or_more", 10_553, CENSUS + "TS040"),
    ("census_passports", CARDIFF, CENSUS_DAY, DAY, "india", 2_521, QUIZ + "passport held"),
    ("census_religion", LSOA, CENSUS_DAY, DAY, "christian", 563, CENSUS + "TS030 by LSOA"),
    ("census_disability", LSOA, CENSUS_DAY, DAY, "disabled", 307, CENSUS + "TS038 by LSOA"),
    # living standards, deprivation, well-being, cohesion
    (
        "children_in_relative_poverty_share",
        CARDIFF,
        "2024-04-01",
        YEAR,
        "after_housing_costs",
        26.80706258,
        ELS + "poverty",
    ),
    ("claimant_count_share", VALE, "2020-01-01", YEAR, "total", 4.7, ELS + "claimant count"),
    ("modelled_unemployment_rate", CARDIFF, "2022-01-01", YEAR, "total", 3.1, ELS + "modelled unemployment"),
    ("household_income_per_head", CARDIFF, "2023-01-01", YEAR, "total", 20_020, ELS + "disposable household income"),
    ("personal_wellbeing", CARDIFF, "2022-04-01", YEAR, "happiness", 7.1, ELS + "personal well-being"),
    ("homicide_rate", SOUTH_WALES, "2022-04-01", 36, "total", 6.896487175735794, ELS + "homicide, three years"),
    ("wimd_most_deprived_share", CARDIFF, "2019-01-01", YEAR, "total", 18.2243, WIMD + "39 of 214 small areas"),
    ("wimd_most_deprived_share", VALE, "2019-01-01", YEAR, "income", 6.3291, WIMD + "5 of 79 small areas"),
    ("wimd_decile", LSOA_2011, "2019-01-01", YEAR, "total", 1, WIMD + "small areas of 2011"),
    ("wimd_rank", LSOA_2011, "2019-01-01", YEAR, "total", 184, WIMD + "small areas of 2011"),
    (
        "wimd_most_deprived_share",
        CARDIFF,
        "2025-01-01",
        YEAR,
        "total",
        16.9725,
        WIMD_2025 + "37 of 218, 17.0% in the bulletin",
    ),
    (
        "wimd_most_deprived_share",
        VALE,
        "2025-01-01",
        YEAR,
        "total",
        8.5366,
        WIMD_2025 + "7 of 82, 8.5% in the bulletin",
    ),
    ("wimd_most_deprived_share", NEWPORT, "2025-01-01", YEAR, "total", 18, WIMD_2025 + "18 of 100"),
    ("wimd_rank", LSOA, "2025-01-01", YEAR, "total", 1_199, WIMD_2025 + "ranks"),
    ("wimd_rank", LSOA, "2025-01-01", YEAR, "access_to_services", 1_879, WIMD_2025 + "ranks"),
    ("wimd_decile", LSOA, "2025-01-01", YEAR, "total", 7, WIMD_2025 + "deciles"),
    ("community_cohesion_agree_share", WALES, "2018-04-01", YEAR, "total", 52, SURVEY + "SB 52/2019"),
    ("community_cohesion_agree_share", WALES, "2021-04-01", YEAR, "total", 64, SURVEY + "notice of 14 July 2022"),
    ("safe_after_dark_share", WALES, "2024-04-01", YEAR, "total", 68, SURVEY + "Wellbeing of Wales 2025"),
    ("volunteering_share", WALES, "2024-04-01", YEAR, "total", 32, SURVEY + "Wellbeing of Wales 2025"),
]
INTERVALS = [
    ("non_uk_born_population", CARDIFF, "2011-01-01", "total", 34_000, 52_000, LAMIS + "Non-UK Born: 43,000 ± 9,000"),
    ("non_british_population", CARDIFF, "2020-01-01", "total", 23_000, 45_000, LAMIS + "Non-British: 34,000 ± 11,000"),
    ("modelled_unemployment_rate", CARDIFF, "2022-01-01", "total", 2.1, 4.1, ELS + "modelled unemployment"),
    ("personal_wellbeing", CARDIFF, "2022-04-01", "happiness", 6.62, 7.58, ELS + "personal well-being"),
    ("personal_wellbeing", VALE, "2022-04-01", "anxiety", 3.08, 3.79, ELS + "personal well-being"),
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


@pytest.mark.parametrize("figure", WORKED_OUT, ids=name)
def test_a_figure_worked_out_from_published_ones_is_right_and_says_that_it_is_ours(build, figure):
    measure, area, start, months, category, value, where = figure
    series = queries.series(measure, area, category=category, months=months, build=build)
    found = [o for o in series.observations if o.period.start == date.fromisoformat(start)]
    assert [(o.value, o.derived) for o in found] == [(value, True)], where


@pytest.mark.parametrize("interval", INTERVALS, ids=name)
def test_a_published_interval_stands_beside_its_figure(build, interval):
    measure, area, start, category, lower, upper, where = interval
    held = queries.series(measure, area, category=category, build=build).observations
    (found,) = [o for o in held if o.period.start == date.fromisoformat(start)]
    assert (found.lower, found.upper) == (lower, upper), where


def test_every_table_holds_a_figure_that_was_typed_here_by_hand(build):
    """A table that comes in brings a figure for the list above, read from its publication and not from data/tidy."""
    used = set()
    for measure, area, start, months, category, *_ in FIGURES:
        held = queries.series(measure, area, category=category, months=months, build=build).observations
        used |= {o.source for o in held if o.period.start == date.fromisoformat(start)}
    assert len(set(map(name, FIGURES))) == len(FIGURES) >= 60
    assert {held.source.code for held in queries.catalogue(build=build)} - used == set()


@pytest.mark.parametrize(
    ("force", "years"),
    [
        (DYFED_POWYS, {2016: 88, 2017: 137, 2018: 245}),
        (NORTH_WALES, {2016: 220, 2017: 292, 2018: 397}),
    ],
)
def test_quarters_add_to_the_financial_years_that_show_a_change_of_recording(build, force, years):
    quarters = queries.series("rra_offences", force, months=3, build=build).observations
    sums = {
        year: sum(o.value for o in quarters if date(year, 4, 1) <= o.period.start < date(year + 1, 4, 1))
        for year in years
    }
    assert sums == years, OPEN_DATA


@pytest.mark.parametrize(
    ("year", "south_wales", "wales"), [(2023, 1_491, 2_968), (2024, 1_637, 3_373), (2025, 1_374, 2_696)]
)
def test_quarters_of_the_newest_edition_add_to_its_years(build, year, south_wales, wales):
    """The last of them is nine months, April to December 2025."""
    sums = []
    for force in (SOUTH_WALES, GWENT, NORTH_WALES, DYFED_POWYS):
        quarters = queries.series("rra_offences", force, months=3, build=build).observations
        sums.append(sum(o.value for o in quarters if date(year, 4, 1) <= o.period.start < date(year + 1, 4, 1)))
    assert (sums[0], sum(sums)) == (south_wales, wales), OPEN_DATA


@pytest.mark.parametrize(("year", "rounded"), [(2024, 3_187_000), (2023, 3_167_000), (2022, 3_134_000)])
def test_the_authorities_of_wales_add_to_its_rounded_population(build, year, rounded):
    wales = queries.series("population", WALES, build=build).observations
    (people,) = [o.value for o in wales if o.period.start.year == year]
    assert people == pytest.approx(rounded, abs=600), "Welsh Government, Mid year estimates of the population: 2024"


def test_wales_in_the_newest_year_is_our_sum_of_four_forces_and_says_so(build):
    newest = queries.series("hate_crimes", WALES, build=build).latest
    assert (newest.value, newest.derived) == (2_868 + 1_575 + 1_373 + 397, True)
