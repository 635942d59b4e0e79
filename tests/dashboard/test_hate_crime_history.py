"""Past editions and other tables: each stands as what it is, in words and rows, and no line joins its editions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard import queries
from dashboard.blocks import hate_crime_history, police_crime
from dashboard.charts import RankedDots, TimeLine
from dashboard.figure import Figure, View
from dashboard.i18n import LANGUAGES, t
from tests.every_block import cells

CARDIFF, NORTH_WALES, DYFED_POWYS, WALES = "W06000015", "W15000001", "W15000004", "W92000004"


@pytest.fixture
def view(build: str) -> Callable[..., View]:
    return lambda place, lang="en": View(place=queries.area(place, build=build), lang=lang, build=build)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_strands_as_first_published_are_dots_of_one_year_with_every_year_in_the_table(view, lang):
    figure = hate_crime_history.strands_first_published(view(CARDIFF, lang))
    assert isinstance(figure, Figure)
    assert isinstance(figure.drawing, RankedDots)
    assert "1,906" in figure.title
    assert {"en": "South Wales Police", "cy": "Heddlu De Cymru"}[lang] in figure.title
    years = set(cells(figure, "period_start"))
    assert years == {"2015-04-01", "2017-04-01", "2018-04-01"}
    assert {s.code for s in figure.sources} == {
        "hate_crimes_first_published_2015_16",
        "hate_crimes_first_published_2017_2019",
    }
    assert t("strand.no_sum", lang=lang) in figure.caveat_texts


def test_a_year_that_lacks_a_strand_is_in_the_table_and_never_drawn(view):
    figure = hate_crime_history.strands_first_published(view(NORTH_WALES))
    assert "2022-04-01" in cells(figure, "period_start")
    assert "year ending March 2019" in figure.title
    assert [p.value for p in figure.drawing.points] == [616, 46, 178, 109, 25]
    whole = hate_crime_history.strands_first_published(view(DYFED_POWYS))
    assert "750 hate crimes in the year ending March 2023" in whole.title


def test_a_place_is_told_that_the_figures_are_its_forces(view):
    for block in (
        hate_crime_history.strands_first_published,
        hate_crime_history.racist_incidents,
        police_crime.all_crime,
        police_crime.modern_slavery_offences,
    ):
        assert any("not figures for Cardiff" in caveat for caveat in block(view(CARDIFF)).caveat_texts), block.__name__
        assert not any("not figures for" in caveat for caveat in block(view(WALES)).caveat_texts), block.__name__


def test_racist_incidents_end_with_2015_16_and_say_which_year_counts_crimes_alone(view):
    figure = hate_crime_history.racist_incidents(view(NORTH_WALES))
    assert isinstance(figure.drawing, TimeLine)
    assert "427 racist incidents in the year ending March 2016, the last year collected" in figure.title
    assert any("North Wales Police supplied crimes alone" in caveat for caveat in figure.caveat_texts)
    assert any("no crime count too" in caveat for caveat in figure.caveat_texts)
    assert len(figure.table.rows) == 7


def test_religions_are_named_and_neither_added_nor_divided(view):
    figure = hate_crime_history.religion_targeted(view(CARDIFF))
    assert "Muslim (3,199)" in figure.title
    assert "Jewish: 1,715" in figure.sentence
    assert any("not added together" in caveat for caveat in figure.caveat_texts)


def test_charges_are_dots_by_year_and_group_of_forces_and_no_change_is_told(view):
    figure = hate_crime_history.charged(view(CARDIFF))
    assert isinstance(figure.drawing, RankedDots)
    assert sorted(p.value for p in figure.drawing.points) == [8, 9, 10, 12, 21]
    assert figure.title.startswith("In 9% of the hate crimes recorded in the year ending March 2022")
    assert any("not compared" in caveat for caveat in figure.caveat_texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_crime_stands_beside_the_aggravated_offences_and_no_share_is_made(view, lang):
    figure = police_crime.all_crime(view(CARDIFF, lang))
    assert "26,833" in figure.title
    assert "414" in figure.sentence
    assert "%" not in f"{figure.title} {figure.sentence}"
    assert t("all_crime.no_share", lang=lang) in figure.caveat_texts


def test_modern_slavery_offences_are_kept_apart_from_referrals(view):
    figure = police_crime.modern_slavery_offences(view(CARDIFF))
    assert "67 modern slavery offences between October and December 2025" in figure.title
    assert {s.code for s in figure.sources} == {"modern_slavery_offences"}
    assert "apart from a referral" in figure.sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_the_place_of_a_local_report_is_shown_it_with_its_publisher(view, lang):
    figure = hate_crime_history.local_report(view("W06000011", lang))
    assert "456" in figure.title
    assert figure.sources[0].publisher.text(lang) in figure.title
    assert isinstance(figure.drawing, RankedDots)
    assert hate_crime_history.local_report(view("W06000005", lang)).sources[0].code == "local_report_flintshire"
    assert hate_crime_history.local_report(view(CARDIFF, lang)) is None
    assert hate_crime_history.local_report(view(WALES, lang)) is None


def test_a_publisher_stands_in_a_welsh_sentence_where_its_name_keeps_its_first_letter(view):
    """After "gan" it would be "Bartneriaeth"."""
    figure = hate_crime_history.local_report(view("W06000011", "cy"))
    assert figure.title.startswith("Cyfrifodd adroddiad Partneriaeth Abertawe Mwy Diogel 456 o droseddau casineb")
