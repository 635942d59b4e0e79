"""Survey estimates are dots with intervals and never a line; a published point names its place, day and count."""

from __future__ import annotations

import pytest

from dashboard.blocks import abroad, slavery, travellers
from dashboard.charts import IntervalDots
from dashboard.figure import NotHeld
from dashboard.i18n import t
from dashboard.model import Years
from tests.every_block import cells

CARDIFF, VALE, BOTH, FORCE, WALES, MERTHYR = (
    *("W06000015", "W06000014", "XCAV", "W15000003", "W92000004", "W06000024"),
)
ESTIMATES = [abroad.born_abroad, abroad.not_british]


@pytest.mark.parametrize("make", ESTIMATES)
def test_years_stand_in_their_order_each_with_its_interval_and_no_line(view, make):
    figure = make(view(VALE))
    assert isinstance(figure.drawing, IntervalDots)
    names = [row.at for row in figure.drawing.rows]
    assert names == [str(year) for year in range(2011, 2021)]
    assert not figure.drawing.ranked
    assert all(row.lower < row.value < row.upper for row in figure.drawing.rows)
    plot = figure.plot
    assert plot["data"][0]["mode"] == "markers"
    assert plot["layout"]["yaxis"]["categoryarray"] == names[::-1]  # the first year on top
    assert t("abroad.no_trend", lang="en") in figure.caveat_texts


@pytest.mark.parametrize("make", ESTIMATES)
def test_beside_other_places_the_newest_year_of_ours_is_strong_and_theirs_have_their_year(view, make):
    figure = make(view(VALE, beside=f"{CARDIFF},{MERTHYR}"))
    (ours, *_) = [row for row in figure.drawing.rows if row.at == "2020"]
    assert set(figure.drawing.chosen) == {ours.code, CARDIFF, MERTHYR}
    assert [row.at for row in figure.drawing.rows][-2:] == ["Cardiff, 2020", "Merthyr Tydfil, 2020"]
    assert [row.hover.split("<br>")[:2] for row in figure.drawing.rows][-2:] == [
        ["Cardiff", "2020"],  # by the first a click finds its place
        ["Merthyr Tydfil", "2020"],
    ]


@pytest.mark.parametrize("make", ESTIMATES)
def test_only_the_years_that_are_chosen_are_drawn(view, make):
    figure = make(view(VALE, years=Years(first=2015, last=2018), beside=CARDIFF))
    assert [row.at for row in figure.drawing.rows] == ["2015", "2016", "2017", "2018", "Cardiff, 2018"]
    assert "2018" in figure.title
    assert "2015 – 2018" in figure.subtitle
    assert "years old" not in figure.subtitle
    assert {str(year)[:4] for year in cells(figure, "period_end")} <= {"2015", "2016", "2017", "2018"}
    assert figure.is_of_years
    assert isinstance(make(view(VALE, years=Years(first=2022, last=2024))), NotHeld)


def test_the_vale_is_five_thousand_give_or_take_three_in_its_title(view):
    assert "Vale of Glamorgan: 5,000 (2,000–8,000)" in abroad.born_abroad(view(VALE)).title
    assert "2020" in abroad.born_abroad(view(VALE)).title


def test_cardiff_and_the_vale_stand_apart_because_intervals_do_not_add(view):
    figure = abroad.born_abroad(view(BOTH))
    assert {row.code: row.value for row in figure.drawing.rows} == {VALE: 5000, CARDIFF: 49000}
    assert set(cells(figure, "area_code")) == {VALE, CARDIFF}
    assert "54,000" not in figure.title + figure.sentence


def test_the_authorities_of_a_force_are_counted_in_its_title_and_not_listed(view):
    figure = abroad.not_british(view(FORCE))
    assert "7 authorities in the South Wales Police area" in figure.title
    assert len(figure.drawing.rows) == 7


def test_the_settlement_scheme_says_applications_on_a_day_and_what_became_of_them(view):
    assert "21,200 applications" in abroad.settlement_scheme(view(CARDIFF)).title
    vale = abroad.settlement_scheme(view(VALE))
    assert "1,330 applications" in vale.title
    assert "had been concluded by 30 September 2020" in vale.title
    assert cells(abroad.settlement_scheme(view(WALES)), "value") == [99_910, 90_580, 50_100, 44_100]
    assert isinstance(abroad.settlement_scheme(view(MERTHYR)), NotHeld)
    assert t("settlement.not_people", lang="en") in vale.caveat_texts


def test_the_countys_referrals_are_those_of_cardiff_and_the_vale_and_of_no_other_place(view):
    for place in (CARDIFF, VALE, BOTH):
        figure = slavery.referrals_county(view(place))
        assert "27 referrals" in figure.title
        assert cells(figure, "area_code") == [BOTH]
    assert isinstance(slavery.referrals_county(view(FORCE)), NotHeld)


def test_the_kingdoms_referrals_say_that_no_welsh_part_is_given(view):
    figure = slavery.referrals_kingdom(view(CARDIFF))
    assert "4,142" in figure.title
    assert set(cells(figure, "area_code")) == {"K02000001"}
    assert t("referrals_kingdom.no_wales", lang="en") in figure.caveat_texts


def test_caravans_are_told_of_wales_alone_in_every_place_and_their_kinds_add_up(view):
    for place in (CARDIFF, WALES):
        figure = travellers.caravans(view(place))
        total, *kinds = cells(figure, "value")
        assert total == sum(kinds) == 1_166
        assert set(cells(figure, "area_code")) == {WALES}
        assert t("caravans.not_people", lang="en") in figure.caveat_texts
