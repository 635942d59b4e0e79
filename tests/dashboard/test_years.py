"""The years a reader chooses: finding, sentence, rows, picture and places beside follow; judgements keep their past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.figure import Figure, NotHeld
from dashboard.i18n import LANGUAGES
from dashboard.model import Period, Years
from tests.every_block import cells, usual_block

CARDIFF, NEWPORT, POWYS, WALES = "W06000015", "W06000022", "W06000023", "W92000004"
CHOSEN = Years(first=2018, last=2022)


def test_a_period_belongs_to_the_year_it_ends_in():
    year = Period(start=date(2017, 4, 1), months=12)
    assert Years(first=2018).hold(year)
    assert not Years(last=2017).hold(year)
    assert not Years(first=2019, last=2020).hold(year)
    assert Years(last=2018).reach(Period(start=date(1999, 6, 30), months=0))


def test_title_sentence_rows_and_alternative_text_are_of_the_years_chosen(view):
    figure = usual_block(view(CARDIFF, years=CHOSEN), code="population")
    assert figure.title == "369,850 people lived in Cardiff in mid-2022"
    assert "355,120 in mid-2018 and 369,850 in mid-2022" in figure.sentence
    assert figure.sentence in figure.alt
    assert "Years chosen: 2018 – 2022" in figure.subtitle
    assert {day[:4] for day in cells(figure, "period_start")} == {"2018", "2019", "2020", "2021", "2022"}
    assert [point.at[:4] for point in figure.drawing.points] == ["2018", "2019", "2020", "2021", "2022"]
    assert figure.age == ""  # the reader chose where it ends


def test_an_open_end_is_open(view):
    since = usual_block(view(CARDIFF, years=Years(first=2020)), code="population")
    assert since.title == "381,516 people lived in Cardiff in mid-2025"
    assert min(cells(since, "period_start")) == "2020-06-30"
    until = usual_block(view(CARDIFF, years=Years(last=2010)), code="population")
    assert (min(cells(until, "period_start")), max(cells(until, "period_start"))) == ("2005-06-30", "2010-06-30")


def test_what_is_expected_of_a_quarter_comes_from_all_before_it_whatever_is_drawn(view):
    whole = usual_block(view(CARDIFF, years=Years(last=2022)), code="rra_quarterly")
    part = usual_block(view(CARDIFF, years=CHOSEN), code="rra_quarterly")
    assert (part.title, part.sentence) == (whole.title, whole.sentence)
    assert part.drawing.points[0].at.startswith("2018")
    assert min(at for band in part.drawing.bands for at in band.at) >= "2018"
    assert min(event.at for event in part.drawing.events) >= "2018"


def test_places_beside_follow(view):
    figure = usual_block(view(CARDIFF, beside=NEWPORT, years=CHOSEN), code="asylum_support")
    assert figure.drawing.others[0].points[-1].at == "2022-12-31"
    assert "31 December 2022: Cardiff 48.0; Newport 27.0." in figure.sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_years_in_which_nothing_is_held_say_what_is(view, lang):
    card = usual_block(view(CARDIFF, lang, years=Years(first=2030, last=2031)), code="population")
    assert isinstance(card, NotHeld)
    assert "2030 – 2031" in card.title
    assert "2005" in card.reason
    assert "2025" in card.reason
    assert card.url.startswith("https://")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "The years chosen (2018 – 2022) do not change this figure"),
        ("cy", "Nid yw'r blynyddoedd a ddewiswyd (2018 – 2022) yn newid y ffigur hwn"),
    ],
)
def test_what_lies_ahead_is_shown_whole_and_says_so(view, lang, words):
    chosen, whole = (
        usual_block(view(CARDIFF, lang, years=years), code="projected_population") for years in (CHOSEN, Years())
    )
    assert isinstance(whole, Figure)
    assert chosen == replace(whole, subtitle=f"{whole.subtitle}. {words}")


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (
            "children_transferred",
            "10 unaccompanied children were transferred to Cardiff, January 2018 to December 2022",
        ),
        (
            "guests_funded",
            "Funding was claimed for 32 guests who arrived in Cardiff between September and November 2022",
        ),
    ],
)
def test_flows_of_schemes_are_those_of_the_years_chosen(view, code, title):
    figure = usual_block(view(CARDIFF, years=CHOSEN), code=code)
    assert figure.title.startswith(title)
    assert "Years chosen: 2018 – 2022" in figure.subtitle
    assert "September to November 2022 – September" not in figure.subtitle  # one period is named once
    assert figure.age == ""
    assert {day[:4] for day in cells(figure, "period_end")} <= {"2018", "2019", "2020", "2021", "2022"}


def test_a_running_total_is_drawn_within_the_years_chosen_and_counted_from_its_beginning(view):
    chosen, whole = (
        usual_block(view(CARDIFF, years=years), code="resettlement_schemes") for years in (CHOSEN, Years())
    )
    ends = [{p.at: p.value for p in one.drawing.panels[0].points} for one in (chosen, whole)]
    assert {day[:4] for day in ends[0]} == {"2018", "2019", "2020", "2021", "2022"}
    assert ends[0].items() <= ends[1].items()  # each day the same total as ever, be it of people who came before
    assert max(cells(chosen, "period_end")) == "2022-12-31"
    assert min(cells(chosen, "period_end")) < "2018"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("place", "largest", "everyone"), [(WALES, 1331, 1513), (CARDIFF, 100, 105)])
def test_schemes_add_up_to_everyone_where_most_came_under_one_that_ended_before_the_years(
    view, place, largest, everyone, lang
):
    figure = usual_block(view(place, lang, years=Years(first=2022)), code="resettlement_schemes")
    newest = [panel.points[-1] for panel in figure.drawing.panels]
    assert (newest[0].value, sum(point.value for point in newest)) == (largest, everyone)
    assert {point.at for point in newest} == {"2024-09-30"}  # an ended scheme is a flat line
    assert {point.value for point in figure.drawing.panels[0].points} == {largest}
    assert min(point.at for panel in figure.drawing.panels for point in panel.points) >= "2022"
    for number in (largest, everyone):
        assert f"{number:,}" in figure.title
        assert f"{number:,}" in figure.alt
    ended = figure.drawing.panels[0].title
    rows = zip(cells(figure, "category"), cells(figure, "value"), strict=True)
    assert sum(value for category, value in rows if category == ended) == largest


@pytest.mark.parametrize(
    ("lang", "title", "months"),
    [
        ("en", "108 unaccompanied children", "January 2023 to September 2023"),
        ("cy", "108 o blant", "Ionawr 2023 i Fedi 2023"),
    ],
)
def test_months_of_no_whole_year_are_drawn_as_the_months_they_are(view, lang, title, months):
    figure = usual_block(view(WALES, lang, years=Years(first=2023)), code="children_transferred")
    assert isinstance(figure, Figure)
    assert title in figure.title
    assert months in figure.subtitle
    assert "70" in figure.sentence
    assert [[point.value for point in panel.points] for panel in figure.drawing.panels] == [[108], [70]]
    assert any(months in text for text in figure.caveat_texts)
    assert set(cells(figure, "period_months")) == {9}


def test_a_part_of_a_year_is_told_of_only_where_it_is_among_the_years_chosen(view):
    told = {
        years: [
            text
            for text in usual_block(view(WALES, years=years), code="children_transferred").caveat_texts
            if text.startswith("Whole years are drawn")
        ]
        for years in (Years(), CHOSEN, Years(first=2022))
    }
    assert told[CHOSEN] == []
    assert "2016" in told[Years()][0]
    assert "2023" in told[Years()][0]
    assert "2016" not in told[Years(first=2022)][0]


def test_the_last_year_collected_is_called_so_where_it_is_shown_alone(view):
    titles = [
        usual_block(view(CARDIFF, years=years), code="racist_incidents").title for years in (Years(), Years(last=2014))
    ]
    assert ["the last year collected" in title for title in titles] == [True, False]


def test_a_kind_of_accommodation_on_one_day_has_one_number(view):
    whole, day = (
        usual_block(view(POWYS, years=years), code="accommodation_over_time").sentence
        for years in (Years(), Years(first=2026))
    )
    assert ", then " in whole
    assert ", then " not in day


def test_the_newest_figure_is_called_so_where_no_day_is_chosen(view):
    whole, at = (usual_block(view(CARDIFF), code="ukraine", **chosen).sentence for chosen in ({}, {"at": "2025-12-31"}))
    assert "newest" in whole
    assert "newest" not in at


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("year", "is_revised"), [(2016, False), (2021, False), (2022, True), (2023, True), (2024, True)]
)
def test_only_the_years_that_the_newer_release_revised_are_said_to_be(view, year, is_revised, lang):
    told = {"en": "have since been revised", "cy": "Diwygiwyd ffigurau"}[lang]
    chosen = view(CARDIFF, lang, years=Years(first=year, last=year))
    for code in ("population", "population_change"):
        assert (told in usual_block(chosen, code=code).sentence) == is_revised, code


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Gwent Police recorded no modern slavery offences between October and December 2016"),
        ("cy", "Ni chofnododd Heddlu Gwent unrhyw droseddau caethwasiaeth fodern rhwng Hydref a Rhagfyr 2016"),
    ],
)
def test_a_quarter_without_offences_has_none_in_its_title(view, lang, title):
    chosen = view(NEWPORT, lang, years=Years(first=2016, last=2016))
    assert usual_block(chosen, code="modern_slavery_offences").title == title


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (2019, "Net internal migration: +141; Net international migration: +2,863."),
        (2020, "Net internal migration: −378; "),
    ],
)
def test_a_net_flow_has_its_sign_in_title_and_sentence(view, last, told):
    figure = usual_block(view("XCAV", years=Years(last=last)), code="flows")
    assert told in figure.sentence
    assert figure.title.rpartition(" was ")[2].startswith("+")
