"""Community profile: percentages are never added, intervals travel along."""

from __future__ import annotations

import pytest

from dashboard import queries
from dashboard.blocks import profile
from dashboard.i18n import LANGUAGES, t
from tests.every_block import cells, usual_block

CARDIFF, VALE, BOTH, FORCE, WALES = "W06000015", "W06000014", "XCAV", "W15000003", "W92000004"


@pytest.mark.parametrize("make", [profile.living_standards, profile.wellbeing, profile.deprivation])
def test_a_place_of_two_authorities_shows_each_and_no_average(view, make):
    figure = make(view(BOTH))
    assert set(cells(figure, "area_code")) == {CARDIFF, VALE}
    for place in (CARDIFF, VALE):
        alone = make(view(place))
        keys = [
            k for k in ("measure", "category", "period_start", "value") if k in {c.key for c in figure.table.columns}
        ]
        rows = set(zip(*(cells(alone, k) for k in keys), strict=True))
        together = zip(cells(figure, "area_code"), *(cells(figure, k) for k in keys), strict=True)
        assert rows == {row for area, *values in together if area == place for row in [tuple(values)]}


def test_the_intervals_of_well_being_are_held_and_hold_their_figures(view):
    for series in queries.breakdown("personal_wellbeing", CARDIFF, build=view(CARDIFF).build):
        assert len(series.observations) >= 10
        for figure in series.observations:
            assert figure.lower <= figure.value <= figure.upper
    said = profile.wellbeing(view(CARDIFF)).caveat_texts
    assert t("caveat.interval_survey", lang="en") in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_shares_of_domains_are_worded_as_shares_are_everywhere(view, lang):
    """Monmouthshire: none of its small areas in the most deprived tenth by income in 2025, and 19.0% by access."""
    sentence = profile.deprivation(view("W06000021", lang)).sentence
    assert {"en": "Income: 0%; ", "cy": "Incwm: 0%; "}[lang] in sentence
    assert ": 19.0%; " in sentence
    assert "0.0" not in sentence


def test_deprivation_is_a_share_of_small_areas_as_published(view):
    figure = profile.deprivation(view(CARDIFF))
    assert "17.0%" in figure.title  # 37 of 218
    assert figure.title.endswith("in the index of 2025")
    assert set(cells(figure, "period_start")) == {"2025-01-01"}  # 2019 never stands beside it
    assert t("deprivation.places", lang="en") in figure.caveat_texts


@pytest.mark.parametrize("place", [CARDIFF, BOTH, FORCE])
def test_referrals_stand_under_the_force_that_made_them_and_say_which_of_three_ideas_it_is(view, place):
    figure = profile.modern_slavery(view(place))
    assert set(cells(figure, "area_code")) == {FORCE}
    assert "23" in figure.title
    for key in ("modern_slavery.not_victims", "modern_slavery.three_ideas"):
        assert t(key, lang="en") in figure.caveat_texts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cohesion_is_said_to_be_that_of_wales_in_every_place(view, lang):
    for place in (CARDIFF, WALES):
        figure = profile.cohesion_wales(view(place, lang))
        assert set(cells(figure, "area_code")) == {WALES}
        assert sorted(cells(figure, "value")) == [52, 64]
        assert t("cohesion.wales_only", lang=lang) in figure.caveat_texts
        assert figure.plot["data"][0]["mode"] == "markers"  # two years are no line


@pytest.mark.parametrize(
    ("lang", "part", "said"),
    [
        ("en", "", "Children under 16 in relative poverty, before housing costs: 19.6% (2024/25)"),
        ("en", "after_housing_costs", "Children under 16 in relative poverty, after housing costs: 26.8% (2024/25)"),
        ("cy", "after_housing_costs", "Plant dan 16 oed mewn tlodi cymharol, ar ôl costau tai: 26.8% (2024/25)"),
    ],
)
def test_child_poverty_says_how_it_is_counted_and_is_counted_as_chosen(view, lang, part, said):
    figure = usual_block(view(CARDIFF, lang), code="living_standards", **({"part": part} if part else {}))
    assert said in figure.sentence
    assert said.split(":")[0] == figure.drawing.panels[0].title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_of_several_units_are_each_written_with_theirs(view, lang):
    sentence = usual_block(view(CARDIFF, lang), code="living_standards").sentence
    assert ": 3.8% (2025)" in sentence
    assert ": 5.0% (2023)" in sentence
    assert ": £20,020 (2023)" in sentence


def test_an_older_index_is_told_as_the_older_one(view):
    figure = usual_block(view(VALE), code="deprivation", at="2019-12-31")
    assert figure.title.startswith("3.8% of the small areas in the Vale of Glamorgan were ")
    assert figure.title.endswith(" in the index of 2019")


@pytest.mark.parametrize(
    ("lang", "none"), [("en", "None of the small areas in Monmouthshire was"), ("cy", "nid oedd yr un")]
)
def test_a_place_without_any_of_the_most_deprived_areas_is_told_so_in_words(view, lang, none):
    assert none in profile.deprivation(view("W06000021", lang)).title
