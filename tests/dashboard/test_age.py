"""The age of a figure follows the calendar of its publication and the day it is read on."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import age, queries
from dashboard.figures.coming import expected
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import written
from dashboard.model import Period

APRIL_TO_JUNE_2023 = Period(start=date(2023, 4, 1), months=3)
CARDIFF = "W06000015"
REVIEWED = date(2026, 11, 28)  # the day a reviewer counted by hand


def source(code: str, build: str):
    return queries.sources(build=build)[code]


def test_today_is_the_day_the_environment_names(monkeypatch):
    monkeypatch.setenv(age.TODAY, "2026-02-03")
    assert age.today() == date(2026, 2, 3)


def test_without_a_named_day_it_is_today(monkeypatch):
    monkeypatch.delenv(age.TODAY)
    assert age.today() == date.today()


@pytest.mark.parametrize("wrong", ["28/11/2026", "2026-13-01", "tomorrow"])
def test_a_bad_day_is_a_clear_error(monkeypatch, wrong):
    monkeypatch.setenv(age.TODAY, wrong)
    with pytest.raises(age.BadDayError, match=f"COHESION_TODAY: expected a day such as 2026-11-28; came '{wrong}'"):
        age.today()


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "over two years old; its publisher has suspended updates"),
        ("cy", "o dros ddwy flynedd yn ôl; mae'r cyhoeddwr wedi atal diweddariadau"),
    ],
)
def test_nothing_newer_is_out_of_a_suspended_publication_nor_expected(build, lang, told):
    newest = queries.series("modelled_unemployment_rate", CARDIFF, build=build).latest
    assert age.of(source(newest.source, build), newest.period, day=REVIEWED).text(lang) == told
    due = expected(queries.area(CARDIFF, build=build), build=build, day=REVIEWED)
    assert "Modelled unemployment" not in {one.publication.en for one in due}


# Counted by a reviewer against the printed calendar on 28 November 2026.
@pytest.mark.parametrize(
    ("code", "newest", "missed", "months"),
    [
        ("police_recorded_crime_pfa", APRIL_TO_JUNE_2023, 12, 40),
        ("hate_crime_force_totals", Period(start=date(2024, 4, 1), months=12), 1, 19),
        ("components_of_change_2012_2019", Period(start=date(2018, 7, 1), months=12), 6, 88),
        ("resettlement", Period(start=date(2024, 7, 1), months=3), 7, 25),
        ("asylum_support", Period(start=date(2026, 3, 31), months=0), 1, 7),
        ("asylum_support_reg02_jun_2026", Period(start=date(2026, 6, 30), months=0), 0, 4),
        ("population_mid_year_wales", Period(start=date(2024, 6, 30), months=0), 1, 28),
        ("census_ethnic_group", Period(start=date(2021, 3, 21), months=0), 0, 68),
    ],
)
def test_releases_are_counted_by_the_calendar_of_the_publication(build, code, newest, missed, months):
    found = age.of(source(code, build), newest, day=REVIEWED)
    assert (found.missed, found.months, found.older) == (missed, months, missed > 0)


@pytest.mark.parametrize(
    ("day", "missed"),
    [(date(2026, 10, 31), 0), (date(2026, 11, 1), 1), (date(2027, 10, 31), 1), (date(2027, 11, 1), 2)],
)
def test_a_release_is_out_once_its_month_is_over(build, day, missed):
    year = Period(start=date(2024, 4, 1), months=12)
    assert age.of(source("hate_crime_force_totals", build), year, day=day).missed == missed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_follow_the_kind_of_publication(build, lang):
    said = {
        "police_recorded_crime_pfa": (
            "over three years old; newer quarters are out",
            "o dros dair blynedd yn ôl; mae chwarteri mwy diweddar wedi'u cyhoeddi",
        ),
        "hate_crime_force_totals": ("", ""),
        "census_ethnic_group": ("", ""),
        "personal_wellbeing": ("over three years old", "o dros dair blynedd yn ôl"),
    }
    newest = {
        "hate_crime_force_totals": Period(start=date(2025, 4, 1), months=12),
        "personal_wellbeing": Period(start=date(2022, 4, 1), months=12),
    }
    for code, texts in said.items():
        found = age.of(source(code, build), newest.get(code, APRIL_TO_JUNE_2023), day=REVIEWED)
        assert found.text(lang) == texts[LANGUAGES.index(lang)]


def test_one_release_missed_is_due_and_not_called_published(build):
    found = age.of(source("asylum_support", build), Period(start=date(2026, 3, 31), months=0), day=REVIEWED)
    assert found.text("en") == "seven months old; newer figures are due"
    assert found.text("cy") == "o saith mis yn ôl; mae ffigurau mwy diweddar i'w disgwyl"


def test_a_release_of_which_other_figures_are_held_is_out_and_not_due(build):
    estimates = source("population_mid_year_2024", build)
    mid_2024 = Period(start=date(2024, 6, 30), months=0)
    until = queries.held_until(estimates, build=build)
    assert until == date(2025, 6, 30)
    found = age.of(estimates, mid_2024, day=REVIEWED, held_until=until)
    assert found.text("en") == "over two years old; newer years are out"
    assert age.of(estimates, mid_2024, day=REVIEWED).text("en") == "over two years old; newer figures are due"
    mid_2025 = Period(start=date(2025, 6, 30), months=0)
    assert age.of(estimates, mid_2025, day=REVIEWED, held_until=until).text("en") == ""


def test_age_lowers_a_rank_by_ten_a_year_and_sixty_at_most(build):
    def lowered(code: str, start: date, months: int) -> int:
        return age.of(source(code, build), Period(start=start, months=months), day=REVIEWED).lowers_rank_by

    assert lowered("asylum_support", date(2026, 6, 30), 0) == 0
    assert lowered("asylum_support", date(2026, 3, 31), 0) == 10
    assert lowered("police_recorded_crime_pfa", date(2023, 4, 1), 3) == 30
    assert lowered("components_of_change_2012_2019", date(2011, 7, 1), 12) == 60


def test_the_oldest_is_the_one_whose_publication_has_moved_on_furthest(build):
    old = age.of(source("police_recorded_crime_pfa", build), APRIL_TO_JUNE_2023, day=REVIEWED)
    census = age.of(source("census_ethnic_group", build), Period(start=date(2021, 3, 21), months=0), day=REVIEWED)
    assert age.oldest([census, old, age.NEW]) == old
    assert age.oldest([]) == age.NEW


def test_a_figure_that_nothing_newer_follows_has_its_age_beside_others(build):
    racist_incidents = source("racist_incidents", build)
    last_year = Period(start=date(2015, 4, 1), months=12)
    old = age.of(racist_incidents, last_year, day=REVIEWED)
    assert (old.text("en"), written(old.beside_others, "en")) == ("", "over ten years old")
    assert written(age.of(racist_incidents, last_year, day=date(2016, 12, 1)).beside_others, "en") == ""
