"""Schemes apart: each running total is the sum of its quarters, few people are never a headline, no kinds are added."""

from __future__ import annotations

import pytest

from dashboard import queries
from dashboard.blocks import accommodation, schemes
from dashboard.figure import Figure
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.text import written
from tests.every_block import cells

CARDIFF, VALE, BOTH, CONWY, MERTHYR, WALES = "W06000015", "W06000014", "XCAV", "W06000003", "W06000024", "W92000004"
ANGLESEY, RHONDDA = "W06000001", "W06000016"


def panels(figure: Figure) -> dict[str, list[float | None]]:
    return {panel.title: [p.value for p in panel.points] for panel in figure.drawing.panels}


@pytest.mark.parametrize(("place", "vulnerable", "everyone"), [(CARDIFF, 100, 105), (VALE, 73, 92), (BOTH, 173, 197)])
def test_each_scheme_is_drawn_as_its_running_total(view, place, vulnerable, everyone):
    figure = schemes.resettlement_schemes(view(place))
    drawn = panels(figure)["Vulnerable Persons Resettlement Scheme"]
    assert drawn == sorted(drawn)
    assert drawn[-1] == vulnerable
    assert f"{vulnerable} of the {everyone} people" in figure.title
    assert sum(values[-1] for values in panels(figure).values()) == everyone
    assert "by 30 June 2026" in figure.sentence


def test_the_rows_of_schemes_are_the_published_quarters_and_no_running_total_of_ours(view):
    figure = schemes.resettlement_schemes(view(CARDIFF))
    rows = list(zip(cells(figure, "period"), cells(figure, "category"), cells(figure, "value"), strict=True))
    quarters = [value for period, category, value in rows if category == "Vulnerable Persons Resettlement Scheme"]
    assert sum(quarters) == 100
    assert max(quarters) < 100
    assert ("30 June 2026", "All schemes counted by local authority", 105) in rows


@pytest.mark.parametrize(("lang", "said"), [("en", "All 8 people"), ("cy", "pob un o'r 8 o bobl")])
def test_where_one_scheme_brought_all_it_says_all(view, lang, said):
    assert said in schemes.resettlement_schemes(view(MERTHYR, lang)).title


def test_afghan_schemes_are_the_united_kingdoms_and_say_so_in_every_place(view):
    figure = schemes.afghan_schemes(view(CARDIFF))
    assert "17,956" in figure.title
    assert set(cells(figure, "area_code")) == {"K02000001"}
    assert t("afghan_schemes.kingdom", lang="en") in figure.caveat_texts
    assert len(figure.drawing.points) == 9


@pytest.mark.parametrize("lang", LANGUAGES)
def test_children_are_drawn_in_whole_years_and_the_rest_stands_in_the_rows(view, lang):
    figure = schemes.children_transferred(view(WALES, lang))
    assert "201" in figure.title
    assert "199" in figure.sentence
    assert "400" not in figure.title + figure.sentence  # the kinds are not added
    assert {len(panel.points) for panel in figure.drawing.panels} == {6}  # 2017 to 2022
    assert {6, 9, 12} == set(cells(figure, "period_months"))
    assert len(figure.drawing.panels) == 2


@pytest.mark.parametrize(("place", "lang", "said"), [(CONWY, "en", "Fewer than five"), (CONWY, "cy", "llai na phump")])
def test_fewer_than_five_children_are_no_headline(view, place, lang, said):
    figure = schemes.children_transferred(view(place, lang))
    assert said in figure.title
    assert " 4 " not in figure.title


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (CARDIFF, "for 22 guests"),
        (CONWY, "for fewer than five guests"),
        (MERTHYR, "for no guest"),
        (ANGLESEY, "More claims for guests were taken back than made"),
    ],
)
def test_guests_funded_may_be_few_none_or_below_none(view, place, said):
    figure = schemes.guests_funded(view(place))
    assert said in figure.title
    assert t("guests.no_trend", lang="en") in figure.caveat_texts


def test_no_guest_is_nobody_though_claims_may_be_taken_back(view):
    """A correction may be below none; a balance alone is of some who came and as many who went at 0."""
    assert "nobody" in written(schemes.guests_funded(view(MERTHYR)).sentence, "en")


def test_guests_whom_wales_sponsors_itself_stand_beside_its_total_alone(view):
    figure = schemes.guests_funded(view(WALES))
    assert panels(figure)["Guests sponsored by the Welsh Government"] == [186, 42, 22]
    assert t("guests.super_sponsor", lang="en") in figure.caveat_texts
    assert t("guests.super_sponsor", lang="en") not in schemes.guests_funded(view(CARDIFF)).caveat_texts


def test_a_kind_of_accommodation_has_holes_where_it_is_not_known(view):
    figure = accommodation.accommodation_over_time(view(CARDIFF))
    drawn = panels(figure)
    assert drawn["Dispersal accommodation"] == [1425, 1443, 1313, 1270, 1252, 1236, 1228, 1181]
    assert drawn["Subsistence only"][:2] == [None, None]
    assert "1,425, then 1,181" in figure.sentence
    assert [row for row in cells(figure, "marker") if row] == ["[x]", "[x]"]


def test_a_kind_that_houses_nobody_on_any_day_is_not_drawn(view):
    assert "Contingency accommodation" not in panels(accommodation.accommodation_over_time(view(RHONDDA)))


def test_a_small_area_has_cards_and_no_zeros(view):
    for make in (schemes.resettlement_schemes, schemes.children_transferred, schemes.guests_funded):
        assert not isinstance(make(view("W02000381")), Figure)
    assert queries.breakdown("children_transferred", "W02000381", build=view(CARDIFF).build) == ()


def test_one_to_four_people_are_not_written_beside_a_point(view):
    figure = schemes.resettlement_schemes(view("W06000008"))
    assert [panel.latest for panel in figure.drawing.panels] == ["74", "<5"]
    assert 3 in cells(figure, "value")


def test_three_periods_of_guests_are_dots_in_order_of_time_with_their_numbers_in_words(view):
    figure = schemes.guests_funded(view("W06000008"))
    assert figure.sentence.startswith("Guests for whom funding was claimed: September to November 2022: 13;")
    assert [point.value for point in figure.drawing.points] == [13, 8, 9]


def test_where_nobody_was_housed_on_any_day_that_is_said_and_not_that_nothing_is_held(view):
    figure = accommodation.accommodation_over_time(view("W06000008"))
    assert isinstance(figure, Figure)
    assert figure.title == "Dispersal accommodation: nobody in Ceredigion on 30 June 2026"
    assert figure.sentence == t("accommodation.no_one", lang="en")
