"""Places side by side: who may share a line, as which numbers, and what is said where one may not."""

from __future__ import annotations

import csv
import re
from io import StringIO
from itertools import pairwise

import pytest

from dashboard.blocks.build import Dot, among
from dashboard.blocks.census import SECTIONS, has_shares
from dashboard.caveats import Weight, heaviest
from dashboard.charts import AreaMap, Other, Point, RankedDots, SmallMultiples, TimeLine
from dashboard.charts.geometry.endings import endings, height_of, set_apart
from dashboard.charts.geometry.lines import time_line
from dashboard.charts.svg import svg
from dashboard.downloads import csv_bytes
from dashboard.figure import Figure, in_language
from dashboard.figures.by_group import evidence
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.text import say
from dashboard.places import compared
from dashboard.tables import as_read
from tests.every_block import cells, every_block, usual_block

CARDIFF, VALE, NEWPORT, BRISTOL, WALES = "W06000015", "W06000014", "W06000022", "E06000023", "W92000004"
SOUTH_WALES, GWENT = "W15000003", "W15000002"


def names(drawing: TimeLine) -> list[str]:
    return [drawing.name, *(other.name for other in drawing.others)]


def test_places_of_different_size_stand_side_by_side_as_rates(view):
    figure = usual_block(view(CARDIFF, beside=f"{NEWPORT},{WALES}"), code="asylum_support")
    assert isinstance(figure.drawing, TimeLine)
    assert names(figure.drawing) == ["Cardiff", "Newport", "Wales"]
    # 1,313 of 381,516 people (Home Office Reg_02, 30 June 2026; ONS mid-2025)
    assert figure.drawing.points[-1].value == pytest.approx(1313 / 381_516 * 10_000)
    assert figure.drawing.latest == "34.4"
    assert "Cardiff 34.4; Newport 18.2; Wales 10.2." in figure.sentence
    assert figure.sentence in figure.alt
    assert "per 10,000 people" in figure.subtitle
    assert {"Cardiff", "Newport", "Wales"} == set(cells(figure, "area"))
    assert "population_mid_year_2025" in [source.code for source in figure.sources]


def test_the_rows_of_a_file_hold_every_place_with_count_population_and_rate(view):
    figure = usual_block(view(CARDIFF, beside=NEWPORT), code="asylum_support")
    rows = list(csv.DictReader(StringIO(csv_bytes(figure, lang="en").decode("utf-8-sig"))))
    newest = {row["Area"]: row for row in rows if row["Period"] == "30 June 2026"}
    assert (newest["Cardiff"]["People"], newest["Cardiff"]["Population"]) == ("1313", "381516")
    assert float(newest["Cardiff"]["Per 10,000 people"]) == pytest.approx(34.415, abs=0.001)
    assert newest["Newport"]["Area code"] == NEWPORT


def test_counts_without_a_rate_have_an_axis_each_where_sizes_differ(view):
    apart = usual_block(view(CARDIFF, beside=WALES), code="population")
    assert isinstance(apart.drawing, SmallMultiples)
    assert [panel.title for panel in apart.drawing.panels] == ["Cardiff", "Wales"]
    together = usual_block(view(CARDIFF, beside=NEWPORT), code="population")
    assert isinstance(together.drawing, TimeLine)
    assert "larger place" in " ".join(together.caveat_texts)


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        (GWENT, "Gwent Police is not shown beside Cardiff. These figures are for different kinds of area"),
        (f"{NEWPORT},similar", "Median of similar areas is not shown: this is a count without a rate"),
    ],
)
def test_the_guard_refuses_in_words_where_the_place_would_have_stood(view, beside, said):
    figure = usual_block(view(CARDIFF, beside=beside), code="population")
    assert said in figure.sentence
    assert said in figure.alt


def test_a_place_whose_figure_is_not_held_is_named(view):
    figure = usual_block(view(CARDIFF, beside=BRISTOL), code="population_change")
    assert (
        "Bristol, City of is not shown beside Cardiff: this figure is not held for it in these periods."
        in figure.sentence
    )


def test_police_figures_are_those_of_the_force_that_a_place_lies_in(view):
    figure = usual_block(view(CARDIFF, beside=f"{VALE},{NEWPORT}"), code="rra_quarterly")
    assert names(figure.drawing) == ["South Wales Police", "Gwent Police"]
    assert "Vale of Glamorgan is not shown beside South Wales Police: its figures here are" in figure.sentence
    assert figure.drawing.bands  # the expected range, as rates
    assert max(figure.drawing.bands[-1].upper) < 10


def test_a_figure_of_one_area_says_that_nobody_stands_beside_it(view):
    figure = usual_block(view(CARDIFF, beside=NEWPORT), code="cohesion_wales")
    assert figure.sentence.endswith("This figure is of one area alone (Wales), so no place stands beside it.")


def test_rates_are_drawn_only_where_every_place_has_a_population_of_one_edition(view):
    figure = usual_block(view(CARDIFF, beside=BRISTOL), code="asylum_support")
    assert figure.drawing.points[0].at == "2024-06-30"  # of Bristol mid-2024 alone is held
    assert "30 June 2024 – 30 June 2026" in " ".join(figure.caveat_texts)
    assert "2014-03-31" in cells(figure, "period_start")


@pytest.mark.parametrize(("lang", "by"), [("en", "the population in mid-{}"), ("cy", "boblogaeth yng nghanol {}")])
@pytest.mark.parametrize("others", ["S12000036", BRISTOL, "similar", f"{NEWPORT},{BRISTOL}"])
def test_two_rates_of_one_place_in_one_sentence_each_name_their_mid_year(view, others, lang, by):
    """Cardiff is 34.4 by mid-2025 and 34.2 by mid-2024, the newest that a place outside Wales has."""
    sentence = usual_block(view(CARDIFF, lang, beside=others), code="asylum_support").sentence
    assert "34.4" in sentence
    assert "34.2" in sentence
    assert by.format(2025) in sentence
    assert by.format(2024) in sentence


def test_a_rate_by_the_newest_mid_year_of_ours_is_told_once_by_which(view):
    sentence = usual_block(view(CARDIFF, beside=WALES), code="asylum_support").sentence
    assert sentence.count("mid-2025") == 1
    assert "all by the population" not in sentence


def test_the_middle_of_similar_areas_is_one_of_rates(view):
    figure = usual_block(view(CARDIFF, beside="similar"), code="asylum_support")
    assert names(figure.drawing) == ["Cardiff", "Median of similar areas"]
    assert all(other.is_benchmark for other in figure.drawing.others)
    assert "similar_areas" in [source.code for source in figure.sources]
    rows = zip(cells(figure, "area_code"), cells(figure, "value"), cells(figure, "marker"), strict=True)
    assert {(value, marker) for code, value, marker in rows if code == "similar"} == {(None, "[z]")}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["flows", "asylum_support", "rra_quarterly", "living_standards", "wellbeing"])
def test_no_names_touch_at_the_ends_of_lines(view, lang, code):
    here = view(CARDIFF, lang, beside=f"{VALE},{NEWPORT},{BRISTOL},{WALES}")
    drawing = usual_block(here, code=code).drawing
    for panel in drawing.panels if isinstance(drawing, SmallMultiples) else [drawing]:
        line = time_line(TimeLine(points=panel.points, latest=panel.latest, others=panel.others))
        found = endings(panel, line, room=120)
        high = max(300.0, height_of(found))
        placed = sorted(set_apart(found, line, high=high, above=lambda v: 100 + v % 7), key=lambda one: one.middle)
        for lower, upper in pairwise(placed):
            assert upper.middle - lower.middle >= (upper.height + lower.height) / 2 - 1e-6
        assert all(one.height / 2 - 1e-6 <= one.middle <= high - one.height / 2 + 1e-6 for one in placed)
    for width in (330, 700):
        assert svg(drawing, width=width).count('class="ending"') >= 2


def test_a_line_that_ends_apart_keeps_its_number_on_a_line_of_its_own():
    other = Other(name="Rhondda Cynon Taf", points=(Point(at="2024-01-01", value=2.0, hover=""),), latest="1,234,567")
    drawing = TimeLine(points=(Point(at="2024-01-01", value=1.0, hover=""),), latest="1", name="A", others=(other,))
    ours, theirs = endings(drawing, time_line(drawing), room=80)
    assert (ours.lines, ours.number, ours.is_apart) == (("A",), "1", False)
    assert (theirs.lines, theirs.is_apart) == (("Rhondda", "Cynon Taf"), True)


def test_a_newest_number_of_several_words_is_not_torn_and_stands_once():
    other = Other(name="Sir Fynwy", points=(Point(at="2024-01-01", value=2.0, hover=""),), latest="<5 o bobl")
    drawing = TimeLine(points=(Point(at="2024-01-01", value=1.0, hover=""),), latest="1", name="A", others=(other,))
    _, theirs = endings(drawing, time_line(drawing), room=110)
    assert (theirs.lines, theirs.number, theirs.is_apart) == (("Sir Fynwy",), "<5 o bobl", True)


def test_each_category_has_a_row_for_each_place(view):
    figure = usual_block(view(CARDIFF, beside=f"{NEWPORT},{WALES}"), code="asylum_accommodation")
    drawing = figure.drawing
    assert isinstance(drawing, RankedDots)
    assert drawing.names[:4] == ("Dispersal accommodation", "Cardiff", "Newport", "Wales")
    assert drawing.places[:4] == (-1, 0, 1, 4)  # a heading, ours, the second colour, a benchmark's grey
    assert drawing.labels[1:4] == ("31.0", "17.9", "9.6")
    assert {"Cardiff", "Newport", "Wales"} == set(cells(figure, "area"))
    assert (drawing.labels[5], drawing.names[5]) == ("2.5", "Cardiff")
    assert figure.plot["data"][0]["y"] == [p.at for p in drawing.points if p.value is not None][::-1]


def test_a_census_table_stands_side_by_side(view):
    figure = usual_block(view(CARDIFF, beside=f"{NEWPORT},{BRISTOL}"), code="census_welsh")
    assert "Side by side (Can speak Welsh): Cardiff 12.2%; Newport 7.5%." in figure.sentence
    assert "Bristol, City of is not shown beside Cardiff" in figure.sentence
    assert figure.drawing.rings == ()
    assert {"Cardiff", "Newport"} == set(cells(figure, "area"))
    assert svg(figure.drawing, width=330).count("14.7%") == 1


@pytest.mark.parametrize("unit", ["share", "count"])
@pytest.mark.parametrize("code", [f"census_{section.name}" for section in SECTIONS if has_shares(section)])
def test_what_is_told_side_by_side_is_what_the_title_tells(view, code, unit):
    figure = usual_block(view(CARDIFF, beside=NEWPORT), code=code, unit=unit)
    told = re.search(r"Side by side \((.*?)\)(?:, 21 March 2021)?: Cardiff (\S+?%?); Newport ", figure.sentence)
    assert told, figure.sentence
    assert figure.title.startswith(f"{told[1]}: {told[2]} ")


@pytest.mark.parametrize(
    ("lang", "pounds"), [("en", "Cardiff £20,020; Newport £"), ("cy", "Caerdydd £20,020; Casnewydd £")]
)
def test_published_shares_and_pounds_have_their_sign_side_by_side(view, lang, pounds):
    sentence = usual_block(view(CARDIFF, lang, beside=NEWPORT), code="living_standards").sentence
    assert pounds in sentence
    assert re.search(r"(?:2024/25|2025)\)?: (Cardiff|Caerdydd) [\d.]+%; (Newport|Casnewydd) [\d.]+%\.", sentence)


@pytest.mark.parametrize("code", ["asylum_map", "ukraine", "forces_compared", "population_change_map"])
def test_wales_is_no_row_of_its_own_parts_though_its_figure_is_held(view, code):
    sentence = usual_block(view(CARDIFF, beside=WALES), code=code).sentence
    assert sentence.endswith("Wales is not one of the areas shown here, so it does not stand among them.")


def test_an_area_of_the_map_without_a_figure_of_its_period_is_told_of(view):
    rows = [
        Dot(name=code, value=value, label="1", hover="", code=code) for code, value in ((CARDIFF, 1.0), (NEWPORT, None))
    ]
    figure = usual_block(view(CARDIFF), code="asylum_map")
    added = in_language(among(figure, rows, view(CARDIFF, beside=NEWPORT)), "en")
    assert added.sentence.endswith(
        "Newport has no figure of this period here, so it does not stand among the areas shown."
    )


@pytest.mark.parametrize("code", ["population_change_map", "asylum_map", "compare_map", "compare_dots", "ukraine"])
def test_places_that_are_rows_are_as_strong_as_ours_and_told(view, code):
    figure = usual_block(view(CARDIFF, beside=f"{NEWPORT},{BRISTOL}"), code=code)
    assert {CARDIFF, NEWPORT} <= set(figure.drawing.chosen)
    assert "Side by side: Cardiff" in figure.sentence
    assert "Bristol, City of is not one of the areas shown here" in figure.sentence
    if isinstance(figure.drawing, AreaMap):
        assert figure.sentence.split("Side by side")[1] in figure.alt


def test_a_middle_of_the_few_similar_areas_that_are_held_is_none(view):
    figure = usual_block(view(CARDIFF, beside="similar"), code="deprivation")  # of Wales alone: one of the twenty
    assert "Median of similar areas is not shown beside Cardiff" in figure.sentence


def test_estimates_with_intervals_stand_below_ours(view):
    figure = usual_block(view(CARDIFF, beside=VALE), code="born_abroad")
    assert figure.drawing.rows[-1].at == "Vale of Glamorgan, 2020"
    assert "Vale of Glamorgan: 5,000 (2,000–8,000)" in figure.sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_of_a_figure_with_places_beside_is_read(view, lang):
    for asked in (view(CARDIFF, lang=lang, beside=f"{WALES},{NEWPORT}"), view(WALES, lang=lang, beside=GWENT)):
        for name, make in every_block().items():
            figure = make(asked)
            if isinstance(figure, Figure):
                assert as_read(figure.table, lang=lang).rows, name


def test_the_counts_of_gypsies_travellers_and_roma_stand_beside_those_of_other_places(view):
    figure = usual_block(view(CARDIFF, beside=WALES), code="census_gypsy_roma")
    named = zip(*(cells(figure, key) for key in ("area", "category_code", "count")), strict=True)
    counts = {(area, category): count for area, category, count in named}
    # Census 2021, TS021
    assert (counts["Cardiff", "white_roma"], counts["Wales", "white_roma"]) == (593, 1_842)


def test_the_components_of_a_year_stand_beside_those_of_other_places(view):
    figure = usual_block(view("W06000015", beside="W06000022,E08000025,W15000003"), code="components_of_change")
    totals = {
        area: value
        for what, value, area in zip(*(cells(figure, key) for key in ("component", "value", "area_code")), strict=True)
        if what == "Population change"
    }
    assert totals == {"W06000015": 2655, "W06000022": 1374, "E08000025": 442}
    assert "Total change side by side: Cardiff +2,655; Newport +1,374; Birmingham +442." in figure.sentence
    assert "South Wales Police is not shown beside Cardiff" in figure.sentence
    assert figure.alt.endswith(figure.sentence.rpartition("Total change")[2])


def test_the_guests_of_each_period_stand_beside_those_of_other_places(view):
    figure = usual_block(view("W06000014", beside="W06000022,E08000025"), code="guests_funded")
    assert set(cells(figure, "area_code")) == {"W06000014", "W06000022"}
    assert len(set(cells(figure, "period"))) == 3
    assert "Birmingham is not shown beside Vale of Glamorgan" in figure.sentence


@pytest.mark.parametrize(("code", "place"), [("settlement_scheme", "W06000015"), ("local_report", "W06000011")])
def test_what_one_place_alone_counted_says_why_no_other_stands_there(view, code, place):
    figure = usual_block(view(place, beside="W06000022"), code=code)
    assert "Newport is not shown beside" in figure.sentence
    assert set(cells(figure, "area_code")) == {place}


@pytest.mark.parametrize("code", ["compare_map", "compare_dots"])
def test_a_place_elsewhere_stands_in_the_table_below_those_compared_and_is_told(view, code):
    alone, beside = (
        usual_block(view("W06000015", beside=others), code=code, measure="international_net")
        for others in ("", "E08000025")
    )
    assert "Birmingham: +38.8 per 10,000 people. It is none of the places compared here" in beside.sentence
    codes = cells(beside, "area_code")
    assert [one for one in codes if one != "E08000025"] == cells(alone, "area_code")
    assert codes.index("E08000025") == len(codes) - 2  # before Wales
    drawn, ours = points(beside), points(alone)
    if code == "compare_map":
        assert [point.value for point in drawn] == [point.value for point in ours]
        return
    assert [point.value for point in drawn] == sorted((point.value for point in drawn), reverse=True)
    assert {point.code for point in drawn} - {point.code for point in ours} == {"E08000025"}
    assert "E08000025" in beside.drawing.chosen
    assert next(point for point in drawn if point.code == "E08000025").verdict == ""
    assert beside.title == alone.title  # nothing is said of those compared that counts it


def points(figure):
    return figure.drawing.points if isinstance(figure.drawing, AreaMap) else figure.drawing.rows


def test_a_place_elsewhere_is_divided_by_a_population_of_the_same_day(build):
    found = compared(
        choice="asylum_supported", among="wales", place="W06000015", build=build, beside=("E08000025", "E92000001")
    )
    days = {row.whole.period for row in (*found.rows, *found.others) if row.whole}
    assert len(days) == 1


def test_wales_is_the_line_and_is_not_said_to_be_missing(view):
    figure = usual_block(view("W06000015", beside="W92000004"), code="compare_dots", measure="claimants")
    assert "Wales is not one" not in figure.sentence


@pytest.mark.parametrize(
    ("code", "with_one", "told"),
    [("population_change", NEWPORT, "Cardiff +"), ("flows", WALES, "Wales +")],
)
def test_a_balance_has_its_sign_beside_others_too(view, code, with_one, told):
    place = CARDIFF if code == "population_change" else "XCAV"
    figure = usual_block(view(place, beside=with_one), code=code)
    assert told in figure.sentence.partition("Side by side")[2]


@pytest.mark.parametrize("place", [CARDIFF, WALES])
def test_every_figure_says_what_became_of_a_place_beside_it(view, place):
    alone, together = (every_block(), every_block())
    for name, make in together.items():
        figure, plain = make(view(place, beside=NEWPORT)), alone[name](view(place))
        if isinstance(figure, Figure):
            assert figure.sentence != plain.sentence, name


@pytest.mark.parametrize(("place", "told"), [(CARDIFF, "Outlined: Cardiff; Newport."), (WALES, "Outlined: Newport.")])
def test_every_outline_of_a_map_is_named(view, place, told):
    assert told in usual_block(view(place, beside=NEWPORT), code="compare_map").sentence


def test_what_is_held_of_a_group_stands_beside_that_of_other_places(view):
    figure = usual_block(view(CARDIFF, beside=f"{NEWPORT},{WALES},{BRISTOL}"), code="by_group", group="religion")
    assert isinstance(figure.drawing, RankedDots)
    muslim = [
        (name, label)
        for point, name, label in zip(figure.drawing.points, figure.drawing.names, figure.drawing.labels, strict=True)
        if point.at.split()[0]
        == next(p.at for p, n in zip(figure.drawing.points, figure.drawing.names, strict=True) if n == "Muslim")
    ]
    assert [name for name, _ in muslim] == ["Muslim", "Cardiff", "Newport", "Wales"]
    assert figure.drawing.rings == ()
    assert "hollow rings" not in figure.sentence
    shares = {
        row["area"]: row["share"]
        for row in (dict(zip([c.key for c in figure.table.columns], cells, strict=True)) for cells in figure.table.rows)
        if row["category"] == "Muslim" and row["share"] is not None
    }
    assert {area: f"{share:.1f}%" for area, share in shares.items()} == dict(muslim[1:])
    assert "Bristol, City of is not shown beside Cardiff" in figure.refused[0]
    assert "Newport" in figure.subtitle


def test_a_count_of_a_group_that_may_not_stand_there_says_why(view):
    figure = usual_block(view(CARDIFF, beside=NEWPORT), code="by_group", group="refugees")
    assert "Side by side (People on the Afghan Resettlement Programme): Cardiff 76; Newport 11." in figure.sentence
    assert any(one.startswith("People resettled since 2014: Newport is not shown") for one in figure.refused)
    places = cells(figure, "area")
    assert places.count("Newport") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("group", "beside", "is_of_counts"),
    [("refugees", WALES, True), ("refugees", "", False), ("religion", WALES, False)],
)
def test_counts_of_a_group_side_by_side_say_that_a_larger_place_has_larger_ones(
    view, lang, group, beside, is_of_counts
):
    figure = usual_block(view(CARDIFF, lang, beside=beside), code="by_group", group=group)
    assert (t("beside.counts", lang=lang) in figure.caveat_texts) == is_of_counts


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("group", "is_of_shares"), [("asylum", False), ("refugees", False), ("religion", True)])
def test_a_group_of_counts_alone_speaks_of_no_share(view, lang, group, is_of_shares):
    figure = usual_block(view(CARDIFF, lang), code="by_group", group=group)
    assert (t("by_group.bases", lang=lang) in figure.caveat_texts) == is_of_shares
    assert ({"en": "per cent", "cy": "chanran"}[lang] in figure.subtitle) == is_of_shares
    assert (say("by_group.bases") in evidence(group, view(CARDIFF, lang).subject).notes) == is_of_shares


def test_a_force_named_beside_its_own_figures_is_not_said_to_stand_beside_itself(view):
    figure = usual_block(view(CARDIFF, beside=f"{SOUTH_WALES},{GWENT}"), code="all_crime")
    assert "South Wales Police is not shown beside South Wales Police" not in figure.sentence
    assert figure.refused == (
        "South Wales Police does not stand here a second time: the figures shown are already its own.",
    )


def test_a_rate_that_rests_on_fewer_than_twenty_is_named_as_such(view):
    """Dyfed-Powys, October to December 2025: 5 of aggravated damage, 8 assaults, 6 of harassment; Gwent: 150 of one."""
    dyfed_powys = "W15000004"
    of_few = "A rate of fewer than 20 changes a great deal with a few more or fewer. That is so here of: "
    few = usual_block(view(GWENT, beside=dyfed_powys), code="rra_by_offence")
    (said,) = (text for text in few.caveat_texts if text.startswith(of_few))
    assert "Dyfed-Powys Police" in said
    many = usual_block(view(GWENT, beside=dyfed_powys), code="all_crime")
    assert not [text for text in many.caveat_texts if text.startswith(of_few)]
    chosen = usual_block(view(GWENT, beside=dyfed_powys), code="rra_by_offence", unit="rate")
    assert not [text for text in chosen.caveat_texts if text.startswith(of_few)]  # none is given there


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chart_that_draws_a_part_of_the_years_it_names_says_so_first(view, lang):
    figure = usual_block(view(CARDIFF, lang, beside=BRISTOL), code="rra_quarterly")
    drawn = [point.at for point in figure.drawing.points if point.value is not None]
    assert "2012" in figure.subtitle
    assert drawn[0] >= "2022"
    told = t("beside.rates_within", lang=lang, span="|").split("|")[0]
    (said,) = [one for one in figure.caveats if one.text.startswith(told)]
    assert said in heaviest(figure.caveats, most=1)
    assert said.weight is Weight.MISLEADS
