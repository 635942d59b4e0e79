"""Periods have one name per language and style, with Welsh months in their right form."""

from datetime import date

import pytest
from babel import Locale

from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.periods import in_period, period_label

PERIODS = [
    (date(2026, 3, 31), 0, "long", "31 March 2026", "31 Mawrth 2026"),
    (date(2026, 3, 31), 0, "short", "31 Mar 2026", "31 Maw 2026"),
    (date(2024, 6, 30), 0, "mid_year", "mid-2024", "canol 2024"),
    (date(2020, 2, 1), 1, "long", "February 2020", "Chwefror 2020"),
    (date(2023, 1, 1), 3, "long", "January to March 2023", "Ionawr i Fawrth 2023"),
    (date(2023, 4, 1), 3, "long", "April to June 2023", "Ebrill i Fehefin 2023"),
    (date(2023, 7, 1), 3, "long", "July to September 2023", "Gorffennaf i Fedi 2023"),
    (date(2023, 10, 1), 3, "long", "October to December 2023", "Hydref i Ragfyr 2023"),
    (date(2023, 7, 1), 3, "short", "Jul–Sep 2023", "Gorff–Medi 2023"),
    (date(2023, 3, 1), 3, "long", "March to May 2023", "Mawrth i Fai 2023"),
    (date(2023, 9, 1), 3, "long", "September to November 2023", "Medi i Dachwedd 2023"),
    (date(2023, 5, 1), 3, "long", "May to July 2023", "Mai i Orffennaf 2023"),
    (date(2023, 11, 1), 3, "long", "November 2023 to January 2024", "Tachwedd 2023 i Ionawr 2024"),
    (date(2023, 12, 1), 3, "short", "Dec 2023–Feb 2024", "Rhag 2023–Chwef 2024"),
    (date(2024, 4, 1), 12, "long", "year ending March 2025", "y flwyddyn hyd at fis Mawrth 2025"),
    (date(2024, 4, 1), 12, "short", "2024/25", "2024/25"),
    (date(1999, 4, 1), 12, "short", "1999/00", "1999/00"),
    (date(2018, 7, 1), 12, "long", "year to mid-2019", "y flwyddyn hyd at ganol 2019"),
    (date(2018, 7, 1), 12, "short", "mid-2018 to mid-2019", "canol 2018 i ganol 2019"),
    (date(2024, 1, 1), 12, "long", "2024", "2024"),
    (date(2019, 4, 1), 36, "long", "April 2019 to March 2022", "Ebrill 2019 i Fawrth 2022"),
    (date(2019, 4, 1), 36, "short", "Apr 2019–Mar 2022", "Ebr 2019–Maw 2022"),
    (date(2020, 5, 1), 5, "long", "1 May 2020 to 30 September 2020", "1 Mai 2020 i 30 Medi 2020"),
    (date(2023, 10, 1), 12, "long", "1 October 2023 to 30 September 2024", "1 Hydref 2023 i 30 Medi 2024"),
    (date(2023, 5, 15), 3, "long", "15 May 2023 to 14 August 2023", "15 Mai 2023 i 14 Awst 2023"),
]


@pytest.mark.parametrize(("start", "months", "style", "english", "welsh"), PERIODS)
def test_a_period_has_its_name_in_both_languages(start, months, style, english, welsh):
    assert period_label(start=start, months=months, lang="en", style=style) == english
    assert period_label(start=start, months=months, lang="cy", style=style) == welsh


@pytest.mark.parametrize(
    ("start", "months", "english", "welsh"),
    [
        (date(2026, 3, 31), 0, "on 31 March 2026", "ar 31 Mawrth 2026"),
        (date(2020, 5, 1), 1, "in May 2020", "ym mis Mai 2020"),
        (date(2023, 7, 1), 3, "between July and September 2023", "rhwng Gorffennaf a Medi 2023"),
        (date(2023, 2, 1), 3, "between February and April 2023", "rhwng Chwefror ac Ebrill 2023"),
        (date(2023, 9, 1), 3, "between September and November 2023", "rhwng Medi a Thachwedd 2023"),
        (date(2024, 4, 1), 12, "in the year ending March 2025", "yn y flwyddyn hyd at fis Mawrth 2025"),
        (date(2018, 7, 1), 12, "in the year to mid-2019", "yn y flwyddyn hyd at ganol 2019"),
        (date(2024, 1, 1), 12, "in 2024", "yn 2024"),
        (date(2019, 4, 1), 36, "between April 2019 and March 2022", "rhwng Ebrill 2019 a Mawrth 2022"),
        (date(2020, 5, 1), 5, "between 1 May 2020 and 30 September 2020", "rhwng 1 Mai 2020 a 30 Medi 2020"),
    ],
)
def test_a_sentence_says_when_in_a_whole_phrase(start, months, english, welsh):
    assert in_period(start=start, months=months, lang="en") == english
    assert in_period(start=start, months=months, lang="cy") == welsh


def test_a_sentence_says_mid_year_in_a_whole_phrase():
    assert in_period(start=date(2024, 6, 30), months=0, lang="cy", mid_year=True) == "yng nghanol 2024"
    assert in_period(start=date(2024, 6, 30), months=0, lang="en", mid_year=True) == "in mid-2024"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_month_names_are_those_of_the_unicode_locale_data(lang):
    months = Locale(lang).months["format"]
    for style, width in (("long", "wide"), ("short", "abbreviated")):
        named = [t(f"month.{style}.{number}", lang=lang) for number in range(1, 13)]
        assert named == list(months[width].values())


@pytest.mark.parametrize(("start", "months"), [(date(2024, 7, 1), 0), (date(2024, 6, 30), 12)])
def test_mid_year_is_refused_for_anything_but_30_june(start, months):
    with pytest.raises(ValueError, match="30 June"):
        period_label(start=start, months=months, lang="en", style="mid_year")


def test_a_period_that_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match="0 months or more"):
        period_label(start=date(2024, 1, 1), months=-3, lang="en", style="long")
    with pytest.raises(ValueError, match="day 1 to 28"):
        period_label(start=date(2024, 1, 31), months=1, lang="en", style="long")
