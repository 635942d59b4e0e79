"""What bears on which well-being goal, as published; and a directory that lists every measure with its gap."""

from __future__ import annotations

import pytest

from dashboard import queries
from dashboard.figure import in_language
from dashboard.figures import goals
from dashboard.figures.catalogue import BY_CODE
from dashboard.figures.goals import GOALS, NOT_APPLICABLE, directory, earlier, of_figure, of_goal
from dashboard.figures.where import block_of
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import written
from dashboard.tables import as_read

CARDIFF, CEREDIGION, WALES, FORCE = "W06000015", "W06000008", "W92000004", "W15000003"


def rows(view, goal: str) -> dict[str, tuple[str, ...]]:
    """Return the cells of each row of a goal, by what is counted; of two councils the last."""
    read = as_read(in_language(of_goal(goal, view.subject).table, view.lang), lang=view.lang)
    return {row[0]: row[1:] for row in read.rows}


def test_the_seven_goals_are_called_as_the_act_calls_them():
    assert [written(goals.name(goal), "cy") for goal in GOALS] == [
        "Cymru lewyrchus",
        "Cymru gydnerth",
        "Cymru iachach",
        "Cymru sy'n fwy cyfartal",
        "Cymru o gymunedau cydlynus",
        "Cymru â diwylliant bywiog lle mae'r Gymraeg yn ffynnu",
        "Cymru sy'n gyfrifol ar lefel fyd-eang",
    ]


def test_what_bears_on_a_goal_is_a_measure_we_hold_and_a_figure_of_the_catalogue(build):
    for measures in GOALS.values():
        for measure, parts in measures.items():
            assert set(parts) <= set(queries.categories(measure, build=build)), measure
            assert {block_of(measure, part) for part in parts} <= set(BY_CODE), measure


def test_a_figure_knows_its_goals():
    assert of_figure("asylum_support") == ("global",)
    assert of_figure("census_disability") == ("healthier",)
    assert of_figure("rra_quarterly") == ("equal", "cohesive")
    assert of_figure("population_change_map") == ()


def test_a_large_place_stands_beside_the_rest_of_wales_and_a_small_one_beside_wales(view):
    # Census 2021, TS038: Cardiff 67,506 of 362,307; Wales 670,264 of 3,107,487. Without Cardiff 602,758 of 2,745,180.
    name = "People by disability: Disabled under the Equality Act"
    assert rows(view(CARDIFF), "healthier")[name][:2] == ("67,506 (18.6%)", "The rest of Wales: 22.0%")
    assert rows(view(CEREDIGION), "healthier")[name][:2] == ("15,637 (21.9%)", "Wales: 21.6%")
    assert rows(view(WALES), "healthier")[name][:2] == ("670,264 (21.6%)", "No earlier figure")  # no column of itself


def test_asylum_support_is_of_one_day_a_year_apart_with_its_rate(view):
    # Home Office, Reg_02, 30 June 2026: 1,313 people supported in Cardiff; a year before 1,442.
    row = rows(view(CARDIFF), "global")["People receiving asylum support"]
    assert row == (
        "1,313 (34.4 per 10,000)",
        "The rest of Wales: 6.8 per 10,000",
        "−129 since 30 June 2025 (1,442)",
        "30 June 2026",
        "This place",
    )


def test_offences_are_set_beside_the_same_quarter_of_a_year_before(view):
    row = rows(view(FORCE), "equal")["Racially or religiously aggravated offences recorded by the police"]
    assert row[2] == "+10 since October to December 2024 (404)"


def test_the_change_is_what_a_reader_gets_who_takes_one_number_from_the_other(view):
    row = rows(view("W06000014"), "equal")["Children under 16 in relative poverty: Before housing costs"]
    assert (row[0], row[2]) == ("15.3%", "0.0 percentage points since year ending March 2024 (15.3%)")


def test_no_change_is_given_across_a_rebasing_nor_of_fewer_than_five_people(view, build):
    assert earlier(queries.series("population", CARDIFF, build=build)) is None
    told = rows(view(CARDIFF), "global")
    few = told["Unaccompanied children transferred under the National Transfer Scheme: Transfers into the authority"]
    assert few[0] == "fewer than five"


def test_a_count_held_for_less_than_a_year_stands_beside_the_first_and_a_break_is_no_missing_figure(view):
    told = rows(view("W06000014"), "global")
    assert (
        told["Cumulative Homes for Ukraine arrivals with a household sponsor"][2] == "+8 since 31 December 2025 (277)"
    )
    people = rows(view("W06000014"), "cohesive")["Population at mid-year"]
    assert people[2] == "None that may be set beside it"  # mid-2024: 135,743, before a rebasing


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("goal", GOALS)
def test_every_goal_says_what_is_not_held_of_it(view, goal, lang):
    table = in_language(of_goal(goal, view(CEREDIGION).subject), lang)
    assert table.table.rows
    assert table.notes[-1].startswith({"en": "Not held: ", "cy": "Heb fod gennym: "}[lang])


def test_nobody_has_no_rate(view):
    assert rows(view(CEREDIGION), "global")["People receiving asylum support"][0] == "nobody"


def test_the_directory_has_each_measure_once_with_its_edition_calendar_place_and_gap(view, build):
    table = in_language(directory(view(CARDIFF).subject).table, "en")
    assert sorted(table.cells("code")) == sorted(queries.measures(build=build))
    by_code = dict(zip(table.cells("code"), as_read(table, lang="en").rows, strict=True))
    assert by_code["asylum_supported"] == (
        "People receiving asylum support",
        "Home Office: Regional and local authority data on immigration groups (Reg_02)",
        "As at 30 June 2026 (August 2026), grade C",
        "Late February, May, August and November",
        "Cardiff, 30 June 2026",
        "A globally responsible Wales",
        "sanctuary#asylum_support",
    )
    told = dict(zip(table.cells("code"), table.cells("gap"), strict=True))
    assert told["asylum_supported"] == NOT_APPLICABLE
    assert told["hate_crimes"] == "Not held for the place itself; the figure is of a larger area: South Wales Police."
    assert by_code["unattributable_change"][1] == "[x]"
    # the name of a publisher's file is no part of an edition as it is read
    assert by_code["rra_offences"][2] == "April 2026 (23 April 2026), grade C"


def test_a_share_has_its_sign_whatever_its_unit_says_it_is_of(view):
    measures = {"hate_crime_charged_share": ("all_hate_crime",)}
    found = goals.of_measures(measures, view(WALES).subject, code="x", caption="")
    (row,) = as_read(in_language(found.table, "en"), lang="en").rows
    assert row[1].endswith("%")
    assert "percentage point" in " ".join(row)
