"""Census blocks: a share is of its own table's total and says whom it is of, and what nests is not drawn together."""

from __future__ import annotations

import re

import pytest

from dashboard import queries
from dashboard.blocks import census
from dashboard.figure import Figure, NotHeld
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.numbers import percent
from tests.every_block import cells, usual_block

CARDIFF, VALE, BOTH, FORCE, WALES = "W06000015", "W06000014", "XCAV", "W15000003", "W92000004"
SECTIONS = {section.name: section for section in census.SECTIONS}
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
    figure = census.answer(SECTIONS[section], view(CARDIFF))
    assert round(of(figure, category, "share"), 1) == published
    assert percent(published, lang="en", places=1) in figure.title + figure.sentence


@every_section
def test_a_share_is_of_the_total_of_its_own_table(view, section):
    for place in (CARDIFF, BOTH):
        figure = census.answer(section, view(place))
        if isinstance(figure, NotHeld):
            continue
        rows = list(zip(*(cells(figure, key) for key in ("measure", "category_code", "count", "share")), strict=True))
        totals = {measure: count for measure, category, count, _ in rows if category == "total"}
        for measure, _, count, share in rows:
            assert share == pytest.approx(count / totals[measure] * 100)


@every_section
def test_no_drawn_category_lies_inside_another_that_is_drawn(view, section):
    """Nested rows on one chart would be read as a sum."""
    if section.also:
        return  # of several tables, each with its own total
    known = queries.categories(section.measure, build=view(CARDIFF).build)
    drawn = {s.category.code for s in census.shares(section, CARDIFF, build_id=view(CARDIFF).build)}
    assert drawn
    for code in drawn:
        above = known[code].parent
        while above:
            assert above not in drawn, code
            above = known[above].parent if above in known else None


@every_section
def test_the_drawn_parts_never_pass_the_whole(view, section):
    shares = [s.share for s in census.shares(section, CARDIFF, build_id=view(CARDIFF).build)]
    assert sum(shares) <= 100 + 1e-9 or section.also


def test_totals_of_two_tables_are_left_as_far_apart_as_they_were_published(view):
    totals = {s.name: of(census.answer(s, view(CARDIFF)), "total", "count") for s in census.SECTIONS}
    assert totals["country_of_birth"] == 362_310
    assert totals["disability"] == 362_307
    assert len(set(totals.values())) > 2


@every_section
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_stands_beside_wales_and_wales_beside_nothing(view, section, lang):
    here = census.answer(section, view(CARDIFF, lang))
    whole = census.answer(section, view(WALES, lang))
    if isinstance(whole, NotHeld):
        assert len(here.plot["data"]) == 1
        return
    assert len(here.plot["data"]) == (1 if section.name == "gypsy_roma" else 2)
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
        figure = census.answer(SECTIONS[section], view(place, lang))
        assert base in figure.title
        assert base.strip("% ").rsplit(" ", 1)[0] in figure.subtitle


def test_counts_of_two_authorities_are_added_before_the_share_is_taken(view):
    both, cardiff, vale = (census.answer(SECTIONS["ethnic_group"], view(p)) for p in (BOTH, CARDIFF, VALE))
    for category in ("total", "white", "asian_indian"):
        assert of(both, category, "count") == of(cardiff, category, "count") + of(vale, category, "count")
    assert of(both, "white", "share") != pytest.approx((of(cardiff, "white", "share") + of(vale, "white", "share")) / 2)


def test_ages_stand_in_their_order_and_other_answers_by_size(view):
    ages = census.answer(SECTIONS["age"], view(CARDIFF)).plot["data"][-1]["y"]
    assert (ages[-1], ages[0]) == ("Aged 0 to 4", "Aged 85 and over")  # the first on top
    assert len(ages) == 11
    religions = census.answer(SECTIONS["religion"], view(CARDIFF)).plot["data"][-1]["x"]
    assert religions == sorted(religions)


@pytest.mark.parametrize(
    ("section", "category", "count"),
    [
        ("birthplaces", "middle_east_and_asia_southern_asia_india", 5_147),
        ("main_language", "arabic", 4_945),
        ("main_language", "chinese", 2_414),
        ("national_identity_detailed", "polish", 2_604),
        ("year_of_arrival", "2020_to_2021", 6_874),
    ],
)
def test_nested_answers_are_drawn_down_to_the_smallest(view, section, category, count):
    found = census.shares(SECTIONS[section], CARDIFF, build_id=view(CARDIFF).build)
    drawn = {s.category.code: s.figure.value for s in found}
    assert drawn[category] == count
    assert not {"europe_united_kingdom", "europe_united_kingdom_wales", "english_or_welsh", "born_in_uk"} & set(drawn)


@pytest.mark.parametrize(("place", "travellers", "roma"), [(CARDIFF, "673", "593"), (VALE, "48", "26")])
def test_gypsies_travellers_and_roma_stand_in_the_open_as_counts(view, place, travellers, roma):
    figure = census.answer(SECTIONS["gypsy_roma"], view(place))
    assert f"Gypsy or Irish Traveller: {travellers}; Roma: {roma}" in figure.title
    assert t("census.gypsy_roma_caveat", lang="en") in figure.caveat_texts
    cymraeg = census.answer(SECTIONS["gypsy_roma"], view(place, "cy"))
    assert f"Sipsi neu Deithiwr Gwyddelig: {travellers}; Roma: {roma}" in cymraeg.title


@pytest.mark.parametrize(
    ("lang", "section", "title", "listed"),
    [
        ("en", "ethnic_group", "White: 286,931 people in Cardiff", "White: 286,931; "),
        ("cy", "ethnic_group", "Gwyn: 286,931 o bobl yng Nghaerdydd", "Gwyn: 286,931; "),
        ("en", "tenure", "Owned: 85,427 households in Cardiff", "Owned: 85,427; "),
        ("en", "unpaid_care", "No unpaid care: 314,251 in Cardiff, of people aged five and over", "314,251; "),
        ("cy", "unpaid_care", "Dim gofal di-dâl: 314,251 o bobl sy'n bum oed a throsodd yng Nghaerdydd", "314,251; "),
    ],
)
def test_a_question_of_the_census_is_drawn_as_counts_without_those_of_wales(view, lang, section, title, listed):
    figure = usual_block(view(CARDIFF, lang), code=f"census_{section}", unit="count")
    assert figure.title == title
    assert listed in figure.sentence
    assert figure.drawing.rings == ()
    drawn = census.shares(SECTIONS[section], CARDIFF, build_id=view(CARDIFF).build)
    assert {p.value for p in figure.drawing.points} == {one.figure.value for one in drawn}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counts_say_whom_they_are_of_in_title_subtitle_and_alternative_text(view, build, lang):
    named = 0
    for section in census.SECTIONS:
        figure = usual_block(view(CARDIFF, lang), code=f"census_{section.name}", unit="count")
        measure = queries.measure(section.measure, build=build)
        if isinstance(figure, NotHeld) or measure.base is None:
            continue
        base = measure.base.text(lang)
        assert base in figure.subtitle, section.name
        if measure.counts == "people":
            named += 1
            assert base in figure.title, section.name
            assert base in figure.alt, section.name
    assert named >= 8


def test_counts_of_two_places_stand_under_one_heading_and_say_that_one_is_larger(view):
    figure = usual_block(view(CARDIFF, beside=VALE), code="census_religion", unit="count")
    assert "Cardiff 155,589; Vale of Glamorgan 63,164." in figure.sentence
    assert "larger place" in " ".join(figure.caveat_texts)
    assert {*cells(figure, "area_code")} == {CARDIFF, VALE}


def test_no_title_or_chart_gives_a_count_of_one_to_four_people(view):
    build = view(CARDIFF).build
    for place in queries.places(build=build):
        figure = census.answer(SECTIONS["gypsy_roma"], view(place))
        if isinstance(figure, NotHeld):
            continue
        written = figure.title + str(figure.drawing.labels)
        small = [int(n) for n in cells(figure, "count") if 0 < n < 5]
        assert not re.search(r"(?<![\d,.])[1-4](?![\d,.])", written), (place, small)


def test_every_census_measure_that_is_held_by_authority_stands_in_a_block(build):
    measures = {code for code, measure in queries.measures(build=build).items() if measure.topic == "census"}
    assert measures - set(census.MEASURES) == {"census_born_outside_uk"}  # on Compare places


@pytest.mark.parametrize("place", [CARDIFF, VALE, WALES])
def test_a_household_table_says_households(view, place):
    figure = census.answer(SECTIONS["tenure"], view(place))
    assert "% of households in" in figure.title
    assert next(c.label for c in figure.table.columns if c.key == "count") == t("unit.households", lang="en")


@pytest.mark.parametrize(("lang", "under"), [("en", "under 0.1%"), ("cy", "llai na 0.1%")])
def test_a_share_that_is_not_nothing_is_never_written_as_nothing(view, lang, under):
    """29 of 70,000 people in Ceredigion cannot speak English: 0.04%."""
    for code in ("census_english", "census_tenure"):
        figure = usual_block(view("W06000008", lang), code=code)
        assert f": {under}" in figure.sentence
        assert ": 0.0%" not in figure.sentence
        assert under in {point.hover.rpartition("<b>")[2].partition("</b>")[0] for point in figure.drawing.points}
