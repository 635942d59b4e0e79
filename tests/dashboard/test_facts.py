"""Facts: today's numbers as published, and each card gone when its figure no longer answers the claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import queries
from dashboard.findings import facts
from dashboard.findings.facts import COMMUNITIES, FACTS, cards
from dashboard.i18n import LANGUAGES

CODES = [fact.rule.id for fact in FACTS]


def card(code: str, build: str) -> facts.Card | None:
    return next((one for one in cards(build=build) if one.fact.rule.id == code), None)


@pytest.fixture
def with_value(monkeypatch):
    """Return a changer of one figure, as a new edition would: `with_value("census_…", "white_roma", 40_000)`."""
    published = facts.figure

    def change(measure: str, category: str, value: float | None) -> None:
        def changed(one: str, part: str = "total", **more):
            figure = published(one, part, **more)
            if (one, part) != (measure, category) or figure is None:
                return figure
            return None if value is None else replace(figure, value=value)

        monkeypatch.setattr(facts, "figure", changed)

    return change


def test_every_fact_holds_today_and_every_community_has_one(build):
    assert [one.fact.rule.id for one in cards(build=build)] == CODES
    assert tuple(dict.fromkeys(fact.community for fact in FACTS)) == COMMUNITIES


@pytest.mark.parametrize(
    ("code", "said"),
    [
        # Census 2021, TS021 and RM: 3,552 and 1,842 of 3,107,513 people
        ("gypsy_roma", ("around 3,550 people", "around 1,840", "0.1%")),
        # Welsh Government caravan count, 21 July 2022: 254 of 1,166 on unauthorised sites
        ("caravan_sites", ("around 1,170", "254 (22%)", "21 July 2022")),
        # Reg_02 of June 2026: 3,223 in Wales; population of mid-2025 3,175,181
        ("asylum_share", ("around 3,220 people", "10.2 of every 10,000 people")),
        ("asylum_kingdom", ("around 93,300", "3.5%")),  # 3,223 of 93,293
        ("asylum_housing", ("94%", "3.0%")),  # 3,039 and 96 of 3,223
        ("born_abroad", ("6.9%", "around 215,000 people")),  # TS015: 215,429 of 3,107,491
        ("spoken_english", ("around 101,000", "18%", "3.7%")),  # TS029: 18,495 and 3,670 of 100,527
        ("race_strand", ("around 5,930", "around 3,630 (61%)", "year ending March 2024")),  # 3,632 of 5,929
        ("told_and_untold", ("176,000", "around 116,000")),  # crime survey; appendix table 2 of 2025: 115,990
    ],
)
def test_the_numbers_are_those_published(build, code, said):
    text = card(code, build).message.text("en")
    assert [part for part in said if part not in text] == []


@pytest.mark.parametrize(
    ("code", "measure", "category", "value"),
    [
        ("gypsy_roma", "census_ethnic_group", "white_roma", 40_000),
        ("caravan_sites", "gypsy_traveller_caravans", "unauthorised", 600),
        ("asylum_share", "asylum_supported", "total", 40_000),
        ("asylum_kingdom", "asylum_supported", "total", 0),
        ("asylum_housing", "asylum_supported_accommodation", "contingency", 900),
        ("asylum_housing", "asylum_supported_accommodation", "dispersal", 1_500),
        ("born_abroad", "census_year_of_arrival", "arrived", 400_000),
        ("spoken_english", "census_english_proficiency", "not_well", 60_000),
        ("race_strand", "hate_crimes", "race", 5_800),
        ("race_strand", "hate_crimes", "race", 2_000),  # race would not be the most frequent ground for certain
        ("told_and_untold", "survey_hate_crime_incidents", "total", 90_000),
    ],
)
def test_a_card_goes_when_a_new_edition_no_longer_answers_its_claim(build, with_value, code, measure, category, value):
    with_value(measure, category, value)
    assert card(code, build) is None


@pytest.mark.parametrize(
    ("code", "measure", "category"),
    [("gypsy_roma", "census_ethnic_group", "white_roma"), ("race_strand", "hate_crimes", "race")],
)
def test_a_card_goes_with_its_figure(build, with_value, code, measure, category):
    with_value(measure, category, None)
    assert card(code, build) is None
    assert len(cards(build=build)) >= len(FACTS) - 2


def test_a_new_edition_changes_the_number_of_a_card_that_stays(build, with_value):
    with_value("gypsy_traveller_caravans", "unauthorised", 200)
    assert "200 (17%)" in card("caravan_sites", build).message.text("en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_the_claim_is_named_once_and_never_in_the_heading(build, code, lang):
    one = card(code, build)
    claim = one.text("claim", lang)
    heading = one.message.text(lang)
    assert claim.startswith({"en": "The claim that", "cy": "Yr honiad"}[lang])
    assert claim not in heading
    assert not {"claim", "myth", "honiad"} & set(heading.lower().split())
    assert one.text("plain", lang) not in heading


@pytest.mark.parametrize("code", CODES)
def test_every_card_has_its_source_its_figures_and_a_page(build, code):
    message = card(code, build).message
    assert message.sources
    assert message.observations
    assert message.page
    assert message.block


def test_a_card_speaks_of_the_place_where_the_figure_is_held_for_it(build):
    cardiff = {one.fact.rule.id: one for one in cards(build=build, place=queries.area("W06000015", build=build))}
    assert list(cardiff) == CODES
    english = cardiff["asylum_share"].message.text("en")
    assert "received by around 1,310 people in Cardiff" in english  # Reg_02 of June 2026: 1,313
    assert "34.4 of every 10,000" in english
    assert "yng Nghaerdydd" in cardiff["asylum_share"].message.text("cy")
    assert cardiff["asylum_share"].text("plain", "cy").startswith("O bob cant o bobl yng Nghaerdydd")
    held = {code: one.place.code for code, one in cardiff.items()}
    assert held["caravan_sites"] == held["race_strand"] == "W92000004"  # published for Wales alone
    assert held["told_and_untold"] not in ("W06000015", "W92000004")
    assert held["born_abroad"] == "W92000004"  # one in six in Cardiff: no answer to the claim there


def test_no_card_of_a_place_is_about_few_people(build):
    for code in queries.places(build=build):
        for one in cards(build=build, place=queries.area(code, build=build)):
            if one.place.code == code != "W92000004":
                counts = [o.value for o in one.message.observations if o.measure != "population"]
                assert not [n for n in counts if 0 < n < 5]
                assert max(counts) >= 50


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_card_of_a_place_names_wales(build, lang):
    wales = {"en": ("Wales",), "cy": ("Nghymru", "Gymru")}[lang]
    for one in cards(build=build, place=queries.area("W06000015", build=build)):
        if one.place.code == "W06000015":
            said = " ".join((one.message.text(lang), *(one.text(part, lang) for part in ("claim", "plain", "not"))))
            assert not [word for word in wales if word in said]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "fewer than one in ten, or nobody, in a hotel"), ("cy", "mae llai nag un o bob deg, neu neb, mewn")],
)
def test_where_nobody_is_in_a_hotel_no_card_says_that_somebody_is(build, with_value, lang, words):
    with_value("asylum_supported_accommodation", "contingency", 0.0)
    plain = card("asylum_housing", build).text("plain", lang)
    assert words in plain
    assert "ffactor" in card("race_strand", build).text("plain", "cy")
    assert "sail" not in card("race_strand", build).text("plain", "cy")
