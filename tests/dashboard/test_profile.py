"""Community profile: a share is of its own table's total, percentages are never added, intervals travel along."""

from __future__ import annotations

import pytest

from dashboard import queries
from dashboard.blocks import profile
from dashboard.figure import Figure, NotHeld
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.numbers import percent
from tests.every_block import cells

CARDIFF, VALE, BOTH, FORCE, WALES = "W06000015", "W06000014", "XCAV", "W15000003", "W92000004"
SECTIONS = {section.name: section for section in profile.SECTIONS}
every_section = pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)


def of(figure: Figure, category: str, key: str) -> float | None:
    return dict(zip(cells(figure, "category_code"), cells(figure, key), strict=True))[category]


@pytest.mark.parametrize(
    ("section", "category", "published"),
    [
        ("ethnic_group", "white", 79.2),
        ("ethnic_group", "asian", 9.7),
        ("country_of_birth", "europe_united_kingdom", 83.5),
        ("religion", "muslim", 9.3),
        ("religion", "no_religion", 42.9),
        ("passports", "none", 11.8),
    ],
)
def test_shares_of_cardiff_are_the_percentages_that_were_published(view, section, category, published):
    figure = profile.census(SECTIONS[section], view(CARDIFF))
    assert round(of(figure, category, "share"), 1) == published
    assert percent(published, lang="en", places=1) in figure.title + figure.sentence


@every_section
def test_a_share_is_of_the_total_of_its_own_table(view, section):
    for place in (CARDIFF, BOTH):
        figure = profile.census(section, view(place))
        if isinstance(figure, NotHeld):
            continue
        total = of(figure, "total", "count")
        for count, share in zip(cells(figure, "count"), cells(figure, "share"), strict=True):
            assert share == pytest.approx(count / total * 100)


@every_section
def test_no_drawn_category_lies_inside_another_that_is_drawn(view, section):
    """Nested rows on one chart would be read as a sum."""
    known = queries.categories(section.measure, build=view(CARDIFF).build)
    drawn = {s.category.code for s in profile.shares(section, CARDIFF, build_id=view(CARDIFF).build)}
    assert drawn
    for code in drawn:
        above = known[code].parent
        while above:
            assert above not in drawn, code
            above = known[above].parent if above in known else None


@every_section
def test_the_drawn_parts_never_pass_the_whole(view, section):
    shares = [s.share for s in profile.shares(section, CARDIFF, build_id=view(CARDIFF).build)]
    assert sum(shares) <= 100 + 1e-9


def test_totals_of_two_tables_are_left_as_far_apart_as_they_were_published(view):
    totals = {s.name: of(profile.census(s, view(CARDIFF)), "total", "count") for s in profile.SECTIONS}
    assert totals["country_of_birth"] == 362_310
    assert totals["disability"] == 362_307
    assert len(set(totals.values())) > 2


@every_section
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_stands_beside_wales_and_wales_beside_nothing(view, section, lang):
    here = profile.census(section, view(CARDIFF, lang))
    whole = profile.census(section, view(WALES, lang))
    if isinstance(whole, NotHeld):
        assert len(here.plot["data"]) == 1
        return
    assert len(here.plot["data"]) == 2
    assert len(whole.plot["data"]) == 1
    assert cells(whole, "share") == cells(whole, "wales")


@pytest.mark.parametrize("place", [CARDIFF, BOTH, FORCE, WALES])
@pytest.mark.parametrize(
    ("section", "base_en", "base_cy"),
    [
        ("religion", "% of people in", "% o bobl y"),
        ("sexual_orientation", "% of people aged 16 and over in", "% o bobl sy'n 16 oed a throsodd y"),
        ("gender_identity", "% of people aged 16 and over in", "% o bobl sy'n 16 oed a throsodd y"),
        ("english", "% of people aged three and over in", "% o bobl sy'n dair oed a throsodd y"),
        ("moved", "% of people aged one and over in", "% o bobl sy'n flwydd oed a throsodd y"),
    ],
)
def test_a_title_says_whom_its_share_is_of(view, place, section, base_en, base_cy):
    for lang, base in (("en", base_en), ("cy", base_cy)):
        figure = profile.census(SECTIONS[section], view(place, lang))
        assert base in figure.title
        assert base.strip("% ").rsplit(" ", 1)[0] in figure.subtitle


def test_counts_of_two_authorities_are_added_before_the_share_is_taken(view):
    both, cardiff, vale = (profile.census(SECTIONS["ethnic_group"], view(p)) for p in (BOTH, CARDIFF, VALE))
    for category in ("total", "white", "asian_indian"):
        assert of(both, category, "count") == of(cardiff, category, "count") + of(vale, category, "count")
    assert of(both, "white", "share") != pytest.approx((of(cardiff, "white", "share") + of(vale, "white", "share")) / 2)


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
    said = profile.wellbeing(view(CARDIFF)).caveats
    assert t("caveat.interval_survey", lang="en") in said


def test_deprivation_is_a_share_of_small_areas_as_published(view):
    figure = profile.deprivation(view(CARDIFF))
    assert "17.0%" in figure.title  # 37 of 218, the index of 2025
    assert set(cells(figure, "period_start")) == {"2025-01-01"}  # 2019 never stands beside it
    assert t("deprivation.places", lang="en") in figure.caveats


@pytest.mark.parametrize("place", [CARDIFF, BOTH, FORCE])
def test_referrals_stand_under_the_force_that_made_them_and_say_which_of_three_ideas_it_is(view, place):
    figure = profile.modern_slavery(view(place))
    assert set(cells(figure, "area_code")) == {FORCE}
    assert "23" in figure.title
    for key in ("modern_slavery.not_victims", "modern_slavery.three_ideas"):
        assert t(key, lang="en") in figure.caveats


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cohesion_is_said_to_be_that_of_wales_in_every_place(view, lang):
    for place in (CARDIFF, WALES):
        figure = profile.cohesion_wales(view(place, lang))
        assert set(cells(figure, "area_code")) == {WALES}
        assert sorted(cells(figure, "value")) == [52, 64]
        assert t("cohesion.wales_only", lang=lang) in figure.caveats
        assert figure.plot["data"][0]["mode"] == "markers"  # two years are no line
