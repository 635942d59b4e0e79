"""What is coming, as a calendar and a feed: whole days, tentative where the month alone is known, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from cohesion.atom import ATOM
from dashboard import queries
from dashboard.figures.coming import Expected, expected, held_words, release_words, weeks
from dashboard.i18n import LANGUAGES, t
from dashboard.web import coming
from tests.atom import valid
from tests.markup import read, text_of

HERE = "place=W06000015"
TODAY = date(2026, 11, 28)
NAMES = {"a": ATOM}
LANGS = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def client(build) -> TestClient:
    routes = [Route(path, coming.respond) for path in (coming.CALENDAR, coming.FEED)]
    return TestClient(Starlette(routes=routes), base_url="https://trends.example.wales")


@pytest.fixture(autouse=True)
def _a_day(monkeypatch):
    monkeypatch.setenv("COHESION_TODAY", TODAY.isoformat())


def events(content: bytes) -> list[dict[str, str]]:
    """Read a calendar as RFC 5545 says, without the library that wrote it: lines end with CRLF and are folded."""
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    found: list[dict[str, str]] = []
    for line in content.replace(b"\r\n ", b"").decode().split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            found[-1][name.partition(";")[0]] = value.replace("\\,", ",").replace("\\;", ";")
    return found


@LANGS
def test_the_calendar_has_each_week_in_its_language_over_whole_days(client, lang):
    answer = client.get(f"/coming.ics?{HERE}&lang={lang}")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    found = {one["UID"].partition("-2")[0]: one for one in events(answer.content)}
    name = {"en": "Holocaust Memorial Day", "cy": "Diwrnod Cofio'r Holocost"}[lang]
    one = found["holocaust_memorial_day"]
    assert (one["SUMMARY"], one["DTSTART"], one["DTEND"]) == (name, "20270127", "20270128")
    assert (one["STATUS"], one["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    assert one["URL"] == f"https://trends.example.wales/briefings?{HERE}&lang={lang}#coming"
    assert "/cards/holocaust_memorial_day.zip" in one["DESCRIPTION"]
    assert len({one["UID"] for one in events(answer.content)}) == len(events(answer.content))


@LANGS
def test_what_has_no_day_yet_lies_over_its_month_and_says_that_it_must_be_checked(client, lang):
    found = {
        one["UID"].partition("-2")[0]: one for one in events(client.get(f"/coming.ics?{HERE}&lang={lang}").content)
    }
    one = found["hate_crime_week"]
    assert (one["DTSTART"], one["DTEND"], one["STATUS"]) == ("20271001", "20271101", "TENTATIVE")
    assert t("ahead.to_check", lang=lang, name="").strip() in one["SUMMARY"]
    releases = [one for code, one in found.items() if code.startswith("release-")]
    assert len(releases) > 5
    assert {one["STATUS"] for one in releases} == {"TENTATIVE"}


def test_what_is_held_for_a_week_is_counted_in_the_right_form_with_the_cards_it_makes(view):
    place = view("W06000008").place  # nobody there is receiving asylum support
    found = {one.code: one for one in weeks(view("W06000008").subject, day=TODAY)}
    week = found["refugee_week"]
    assert set(week.figures) - set(week.cards) == {"asylum_support", "asylum_accommodation"}
    one = replace(week, figures=("ukraine",), facts=2)
    assert held_words(one, place).text("en") == "Held for Ceredigion: 1 figure, 2 facts."
    assert held_words(one, place).text("cy").endswith("Ceredigion: 1 ffigur, 2 o ffeithiau.")
    none = replace(week, figures=(), facts=1)
    assert held_words(none, place).text("en") == "Held for Ceredigion: 1 fact."
    assert held_words(none, place).text("cy").endswith("Ceredigion: 1 ffaith.")
    only = replace(week, figures=("ukraine",), facts=0)
    assert held_words(only, place).text("en") == "Held for Ceredigion: 1 figure."
    nothing = held_words(replace(week, figures=(), facts=0), place)
    assert nothing.text("en") == "No figures and no facts are held for Ceredigion."


def test_a_release_is_expected_in_the_months_its_publication_usually_comes_out(build):
    place = queries.area("W06000015", build=build)
    found = {one.publication.en: one for one in expected(place, build=build, day=TODAY)}
    hate = found["Hate crime in England and Wales"]
    assert (hate.first, hate.last) == (date(2027, 10, 1), date(2027, 10, 31))
    assert found["Police recorded crime open data"].first == date(2027, 1, 1)
    assert found["Immigration system statistics"].first == date(2026, 11, 1)  # this month is not over


@LANGS
def test_the_feed_tells_of_each_six_weeks_before_and_once(client, lang, monkeypatch):
    def told(day: date) -> dict[str, str]:
        monkeypatch.setenv("COHESION_TODAY", day.isoformat())
        whole = valid(client.get(f"/coming.atom?{HERE}&lang={lang}").content)
        entries = whole.findall("a:entry", NAMES)
        return {one.findtext("a:id", namespaces=NAMES): one.findtext("a:updated", namespaces=NAMES) for one in entries}

    name = f"tag:cohesion-trends,2026:coming:W06000015:{lang}:holocaust_memorial_day-2027"
    first = date(2027, 1, 27) - timedelta(days=42)
    assert name not in told(first - timedelta(days=1))
    assert told(first)[name] == told(first + timedelta(days=9))[name] == f"{first}T00:00:00Z"
    assert name not in told(date(2027, 1, 28))


@pytest.mark.parametrize("query", ["place=nope", "lang=fr", "day=2026-01-01", "place=W06000015&place=W06000014"])
def test_an_address_that_cannot_be_followed_is_refused_in_both_languages(client, query):
    for path in (coming.CALENDAR, coming.FEED):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert [part.get("lang") for part in read(answer.content).iter("section")] == list(LANGUAGES)
        assert t("newsfeed.takes", lang="cy") in text_of(read(answer.content))


def test_a_release_of_this_month_may_be_out_unless_it_is_held(build):
    """Immigration system statistics: each February, May, August and November; that of 27 August 2026 is held."""

    def of(day: date) -> Expected:
        place = queries.area("W06000015", build=build)
        every = expected(place, build=build, day=day)
        return next(one for one in every if one.publication.en == "Immigration system statistics")

    late = of(date(2026, 11, 30))
    assert (late.first, late.may_be_out) == (date(2026, 11, 1), True)
    assert "It may be out already: the newest release held is of" in release_words(late).text("en")
    assert "Gall fod wedi'i gyhoeddi eisoes" in release_words(late).text("cy")
    assert not of(date(2026, 11, 1)).may_be_out
    held_already = of(date(2026, 8, 31))
    assert (held_already.first, held_already.may_be_out) == (date(2026, 11, 1), False)
    assert "already" not in release_words(held_already).text("en")


@pytest.mark.parametrize(("day", "may_be"), [(date(2026, 11, 1), False), (date(2026, 11, 30), True)])
def test_a_week_of_this_month_whose_days_are_not_known_may_be_over(view, day, may_be):
    found = {one.code: one for one in weeks(view("W06000015").subject, day=day)}
    assert found["anti_bullying_week"].may_be_over == may_be
    assert [one.code for one in found.values() if one.may_be_over and one.occasion.is_dated] == []


@LANGS
def test_the_calendar_says_of_a_week_and_a_release_of_this_month_that_they_may_be_over(client, lang, monkeypatch):
    monkeypatch.setenv("COHESION_TODAY", "2026-11-30")
    found = {
        one["UID"].partition("-2")[0]: one for one in events(client.get(f"/coming.ics?{HERE}&lang={lang}").content)
    }
    assert t("ahead.may_be_over", lang=lang) in found["anti_bullying_week"]["DESCRIPTION"]
    assert t("ahead.may_be_over", lang=lang) not in found["holocaust_memorial_day"]["DESCRIPTION"]
    told = {"en": "It may be out already", "cy": "Gall fod wedi'i gyhoeddi eisoes"}[lang]
    assert told in found["release-immigration_system_statistics"]["DESCRIPTION"]
