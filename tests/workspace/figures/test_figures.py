"""Own figures are figures: made of what the door gives, with words, rows and mark, and nothing worked out of a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from dashboard import queries, store
from dashboard.caveats import Weight
from dashboard.charts import RankedDots, SmallMultiples, TimeLine
from dashboard.charts.plotly import plot
from dashboard.charts.svg import svg
from dashboard.figure import Figure, NotHeld, in_language
from dashboard.i18n import LANGUAGES, t
from dashboard.model import Period, Words, Years
from dashboard.widgets import once
from local_figures.door import HIDDEN_MARK
from local_figures.store import editions
from local_figures.store.engine import open_store
from tests.workspace import example
from workspace.figures import catalogue, hate_crime, make
from workspace.figures.files import FORMS
from workspace.figures.inputs import Count, Event, Inputs, Line
from workspace.figures.make import NO_SHARE


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    opened = open_store(folder=tmp_path_factory.mktemp("room"))
    editions.open_workspace(opened, example.ACT, areas=[example.AREA])
    example.put_on_show(opened, example.EVERY)
    place = queries.area(example.AREA, build=store.build_id())
    yield Inputs(place=place, editions=example.on_show(opened, example.EVERY))
    opened.engine.dispose()


def cells(given: Inputs, template: str) -> dict[tuple[str, ...], int | None]:
    return {one.cell.key: one.count for one in given.editions[template].figures}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", catalogue.BY_CODE)
def test_every_own_figure_is_made_with_its_mark_its_source_and_words(given, code, lang):
    figure = in_language(catalogue.unread(code, given), lang)
    assert isinstance(figure, Figure)
    assert figure.code == code
    assert figure.mark == figure.chips[0] == Words(**example_mark()).text(lang)
    assert figure.sources[0].edition.text(lang).endswith("1")
    assert {*figure.table.cells("mark")} == {figure.mark}
    assert figure.told_at_once(1)
    assert plot(figure.drawing)["data"]
    assert svg(figure.drawing, width=320, font="Source Sans 3")


def example_mark() -> dict[str, str]:
    return {
        "en": "Private: only for those with a role in this workspace.",
        "cy": "Preifat: dim ond i'r rhai sydd â rôl yn y gweithle hwn.",
    }


def test_codes_can_lie_in_a_tray_and_begin_as_no_public_one_does():
    from dashboard.briefing.tray import is_code
    from dashboard.figures.catalogue import BY_CODE

    assert all(is_code(code) and code.startswith("own_") for code in catalogue.BY_CODE)
    assert not any(code.startswith("own_") for code in BY_CODE)


def test_no_figure_shows_a_number_that_the_door_did_not_give(given):
    for code in catalogue.BY_CODE:
        figure, template = catalogue.unread(code, given), catalogue.entry(code).template
        counts = {count for count in cells(given, template).values() if count is not None}
        shares = {x for one in given.shares(template) for x in (one.n, one.percent, *(one.interval or ()))}
        numbers = [c.key for c in figure.table.columns if c.kind == "number" and not c.key.startswith("expected")]
        told = {cell for key in numbers for cell in figure.table.cells(key) if cell is not None}
        assert told <= counts | shares | {HIDDEN_MARK, NO_SHARE}
        assert not told & {1, 2, 3, 4}


def test_a_bullying_figure_says_how_many_schools_sent_figures(given):
    figure = in_language(catalogue.unread("own_school_bullying_characteristics", given), "en")
    assert "Secondary: 14 of 18 schools sent figures." in figure.sentence


def test_a_share_of_training_is_told_where_ten_or_more_answered(given):
    figure = in_language(catalogue.unread("own_training_courses", given), "en")
    assert figure.title == (
        "Education: Responding to hate crime: 77% of the 26 who answered between July and September 2026"
        " were more confident"
    )
    assert "Cardiff" not in figure.subtitle
    few = [row for row in figure.table.rows if "Cohesion basics" in row]
    assert few
    assert {row[figure.table.at("more_confident_n_share_feedback_n")] for row in few} == {HIDDEN_MARK}


def test_the_column_of_a_share_names_its_whole_and_each_whole_has_its_column(given):
    labels = {one.key: one.label for one in in_language(hate_crime.outcomes(given), "en").table.columns}
    assert labels["count_share_total"].endswith("share of “All recorded offences” (%)")
    on_show = given.editions["training"]
    answered = [one for one in on_show.shares if one.cell.measure == "training.more_confident_n"]
    both = (*on_show.shares, *(replace(one, of="training.attended", percent=50.0) for one in answered))
    told = replace(given, editions={"training": replace(on_show, shares=both)})
    table = in_language(catalogue.unread("own_training_courses", told), "en").table
    wholes = [one.key for one in table.columns if one.key.startswith("more_confident_n_share")]
    assert wholes == ["more_confident_n_share_feedback_n", "more_confident_n_share_attended"]
    assert {*table.cells(wholes[1])} == {50.0, HIDDEN_MARK}
    assert 50.0 not in table.cells(wholes[0])


def test_of_a_hidden_share_is_told_what_its_mark_says(given):
    on_show = given.editions["training"]
    shares = tuple(replace(one, percent=None, between=(80.0, 95.0)) for one in on_show.shares)
    told = replace(given, editions={"training": replace(on_show, shares=shares)})
    figure = in_language(catalogue.unread("own_training_courses", told), "en")
    assert figure.title == "No share of those trained between July and September 2026 may be told"
    assert "80% to 95% of 26" in figure.sentence
    assert not figure.has_chart


def test_a_survey_tells_how_many_answered_and_whom_to_read_with_care(given):
    figure = in_language(catalogue.unread("own_resident_survey_answers", given), "en")
    assert figure.title.startswith("Get on well: all: an estimated 71.5% in Cardiff")
    assert figure.title.endswith("(412 answered)")
    assert "(67.1% to 75.9%; 412 answered)" in figure.sentence
    assert any("read this with care: Get on well: aged 16 to 24" in text for text in figure.caveat_texts)
    assert "few: 5" not in figure.sentence
    drawn = {row.code: (row.lower, row.upper) for row in figure.drawing.rows}
    assert drawn["get_on_well_all"] == pytest.approx((67.1, 75.9))
    assert "get_on_well_few" not in drawn


def test_a_hidden_count_is_a_mark_in_the_table_and_a_gap_with_its_mark_in_the_chart(given):
    figure = in_language(catalogue.unread("own_police_figures_strands", given), "en")
    rows = [row for row in figure.table.rows if "Transgender identity" in row]
    assert HIDDEN_MARK in rows[0]
    assert isinstance(figure.drawing, SmallMultiples)
    panel = next(one for one in figure.drawing.panels if one.title == "Transgender identity")
    hidden = [point for point in panel.points if point.value is None]
    assert hidden
    assert {point.marker for point in hidden} == {HIDDEN_MARK}
    assert HIDDEN_MARK in svg(figure.drawing, width=700, font="Source Sans 3")
    assert any(one.get("text") == HIDDEN_MARK for one in plot(figure.drawing)["layout"]["annotations"])
    told = next(one for one in figure.caveats if one.text.startswith("[c]"))
    assert told.weight == Weight.MISLEADS


def without(given: Inputs, template: str, *starts: str) -> Inputs:
    """Return what is given, but of some periods nothing was brought in."""
    on_show = given.editions[template]
    figures = tuple(one for one in on_show.figures if one.cell.start not in starts)
    return replace(given, editions={template: replace(on_show, figures=figures)})


def test_a_quarter_that_was_not_brought_in_is_a_gap_in_the_line(given):
    gone = without(given, "police_figures", "2025-01-01", "2025-04-01")
    figure = in_language(hate_crime.recorded(gone), "en")
    points = [(one.at[:4], one.hover) for one in figure.drawing.points if one.value is None]
    assert points == [
        ("2025", "January to March 2025<br><b>no number was brought in</b>"),
        ("2025", "April to June 2025<br><b>no number was brought in</b>"),
    ]
    assert any(None in one["y"] for one in plot(figure.drawing)["data"])
    assert svg(figure.drawing, width=320, font="Source Sans 3")
    assert len(hate_crime.recorded(given).drawing.points) == len(figure.drawing.points)
    panels = hate_crime.strands(gone).drawing.panels
    assert all([point.value for point in one.points].count(None) >= 2 for one in panels)


@pytest.mark.parametrize(
    ("months", "starts", "between"),
    [
        (3, ["2024-10-01", "2025-01-01"], []),
        (3, ["2024-10-01", "2025-07-01"], ["January to March 2025", "April to June 2025"]),
        (12, ["2023-04-01", "2025-04-01"], ["year ending March 2025"]),
        (0, ["2025-01-16", "2025-07-17"], []),
        (0, ["2025-01-16", "2026-01-15"], ["1 July 2025 to 31 December 2025"]),
    ],
)
def test_what_lies_between_two_counts_goes_by_how_often_they_are_counted(months, starts, between):
    counts = tuple(Count(period=Period(start=date.fromisoformat(day), months=months), count=9) for day in starts)
    points = make._points(Line(code="a", name="A", counts=counts))
    assert [one.hover.text("en").split("<br>")[0] for one in points[1:-1]] == between


@pytest.mark.parametrize(
    ("code", "drawn"),
    [
        ("own_school_bullying_characteristics", 1),
        ("own_training_courses", 1),
        ("own_resident_survey_answers", 1),
        ("own_outcomes_groups", 1),
        ("own_police_figures_strands", 2),
    ],
)
def test_the_subtitle_gives_the_periods_that_are_drawn(given, code, drawn):
    template = catalogue.entry(code).template
    on_show = given.editions[template]
    before = (replace(one, cell=replace(one.cell, start=f"2019{one.cell.start[4:]}")) for one in on_show.figures)
    longer = replace(given, editions={template: replace(on_show, figures=(*on_show.figures, *before))})
    figure = in_language(catalogue.unread(code, longer), "en")
    periods = {*figure.table.cells("period")}
    assert len(periods) > 1
    assert sum(period.casefold() in figure.subtitle.casefold() for period in periods) == drawn


def test_of_two_days_the_newest_is_drawn_alone_and_given_alone(given):
    figure = in_language(catalogue.unread("own_caravans_status", given), "en")
    assert len({*figure.table.cells("period")}) == 2
    assert figure.subtitle.endswith("Cardiff, 16 July 2026")


def test_the_largest_is_of_those_shown_where_another_has_no_number(given):
    hidden = in_language(catalogue.unread("own_nrm_referrals_responders", given), "en")
    assert hidden.title.endswith("(the most of those shown)")
    every = in_language(catalogue.unread("own_support_services", given), "en")
    assert "of those shown" not in every.title


def test_no_course_and_no_group_is_named_for_its_place_in_the_alphabet(given):
    on_show = given.editions["training"]
    one = next(one for one in reversed(given.shares("training")) if one.cell.measure.endswith("more_confident_n"))
    category = tuple((name, "Another" if name == "course" else code) for name, code in one.cell.category)
    other = replace(one, cell=replace(one.cell, category=category))
    two = replace(given, editions={"training": replace(on_show, shares=(*on_show.shares, other))})
    assert in_language(catalogue.unread("own_training_courses", two), "en").title == (
        "What share of those who answered between July and September 2026 were more confident, course by course"
    )
    on_show = given.editions["resident_survey"]
    groups = tuple(one for one in on_show.shares if ("group", "all") not in one.cell.category)
    alone = in_language(catalogue.unread("own_resident_survey_answers", parted(given, on_show, groups)), "en")
    assert alone.title.startswith("Get on well: aged 16 to 24: an estimated")
    more = tuple(replace(one, cell=replace(one.cell, category=renamed(one))) for one in groups)
    several = in_language(catalogue.unread("own_resident_survey_answers", parted(given, on_show, groups + more)), "en")
    assert several.title.startswith("What residents who answered in Cardiff said")


def parted(given: Inputs, on_show, shares) -> Inputs:
    return replace(given, editions={"resident_survey": replace(on_show, shares=shares)})


def renamed(one):
    return tuple((name, f"{code} again" if name == "group" else code) for name, code in one.cell.category)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_publisher_is_said_to_hold_an_own_number_back(given, lang):
    figure = in_language(catalogue.unread("own_police_figures_strands", given), lang)
    book = openpyxl.load_workbook(BytesIO(FORMS["xlsx"].make(figure, lang)))
    told = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert t("own.hidden", lang=lang) in told
    assert f"[c] {t('marker.own_c', lang=lang)}." in told
    assert not any(t("marker.c", lang=lang) in one for one in told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_share_that_is_not_made_is_told_from_the_one_that_is_hidden(given, lang):
    """Of the whole itself there is no share; where a number is hidden its share is as well."""
    table = in_language(hate_crime.outcomes(given), lang).table
    shares = dict(zip(table.cells("outcome_group"), table.cells("count_share_total"), strict=True))
    whole = catalogue.templates()["outcomes"].column("outcome_group").choices["total"][lang]
    assert shares.pop(whole) == NO_SHARE
    assert NO_SHARE not in shares.values()
    assert any(NO_SHARE in text for text in in_language(hate_crime.outcomes(given), lang).caveat_texts)
    results = given.editions["outcomes"]
    without = tuple(
        replace(one, count=None) if "total" in dict(one.cell.category).values() else one for one in results.figures
    )
    told = replace(
        given,
        editions={"outcomes": replace(results, figures=without, shares=(replace(results.shares[0], percent=None),))},
    )
    hidden_with_their_whole = in_language(hate_crime.outcomes(told), lang).table.cells("count_share_total")
    assert set(hidden_with_their_whole) == {HIDDEN_MARK}
    on_show = given.editions["training"]
    share = next(one for one in on_show.shares if one.percent is not None and one.of == "training.attended")
    fewer = tuple(one for one in on_show.shares if one is not share)

    def drawn(figures):
        told = replace(given, editions={"training": replace(on_show, figures=figures, shares=fewer)})
        table = in_language(catalogue.unread("own_training_courses", told), lang).table
        return table.cells("feedback_n_share_attended")

    assert NO_SHARE in drawn(on_show.figures)
    hidden = tuple(replace(one, count=None) if one.cell == share.cell else one for one in on_show.figures)
    assert NO_SHARE not in drawn(hidden)
    assert drawn(hidden).count(HIDDEN_MARK) == drawn(on_show.figures).count(HIDDEN_MARK) + 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_incidents_of_which_totals_alone_are_held_are_shown(given, lang):
    on_show = given.editions["police_figures"]
    totals = tuple(
        replace(one, cell=replace(one.cell, category=(("crime_or_incident", "incident"), ("strand", "total"))))
        for one in on_show.figures
        if ("strand", "total") in one.cell.category and one.cell.months == 3
    )
    only = replace(given, editions={"police_figures": replace(on_show, figures=totals)})
    figure = in_language(hate_crime.incidents(only), lang)
    assert "95" in figure.title
    assert isinstance(figure.drawing, TimeLine)


def test_hidden_rows_of_dots_stand_as_their_mark(given):
    figure = in_language(catalogue.unread("own_school_bullying_characteristics", given), "en")
    assert isinstance(figure.drawing, RankedDots)
    assert HIDDEN_MARK in figure.drawing.labels
    assert HIDDEN_MARK in svg(figure.drawing, width=700, font="Source Sans 3")
    assert any(one["text"] == HIDDEN_MARK for one in plot(figure.drawing)["layout"]["annotations"])


def test_the_newest_total_stands_beside_what_earlier_quarters_lead_to_expect(given):
    figure = in_language(catalogue.unread("own_police_figures_recorded", given), "en")
    assert figure.title == "The police recorded 95 hate crimes in Cardiff between July and September 2026"
    assert figure.sentence.startswith("This is within the range that we would expect from 15 earlier quarters")
    assert isinstance(figure.drawing, TimeLine)
    assert figure.drawing.bands
    assert figure.table.cells("expected_upper")[0]


def test_nothing_is_expected_over_a_hidden_quarter(given):
    on_show = given.editions["police_figures"]
    of_total = [
        one
        for one in on_show.figures
        if ("strand", "total") in one.cell.category and ("crime_or_incident", "crime") in one.cell.category
    ]
    a_late_one = sorted((one for one in of_total if one.cell.months == 3), key=lambda one: one.cell.start)[-3]
    figures = tuple(replace(one, count=None) if one is a_late_one else one for one in on_show.figures)
    hidden = replace(on_show, figures=figures)
    figure = in_language(hate_crime.recorded(replace(given, editions={"police_figures": hidden})), "en")
    assert figure.sentence.startswith("What to expect cannot be said")
    assert figure.drawing.bands == ()
    assert not figure.table.holds("expected_upper")


def test_a_hidden_newest_total_is_said_to_be_hidden_and_never_as_a_number(given):
    on_show = given.editions["police_figures"]
    figures = tuple(replace(one, count=None) for one in on_show.figures)
    hidden = replace(on_show, figures=figures)
    figure = in_language(hate_crime.recorded(replace(given, editions={"police_figures": hidden})), "en")
    assert (
        figure.title
        == "How many hate crimes the police recorded in Cardiff between July and September 2026 is hidden ([c])"
    )
    assert not figure.has_chart


def test_what_was_last_told_of_a_hidden_count_stands_beside_it_with_its_edition(given):
    on_show = given.editions["outcomes"]
    figures = tuple(replace(one, count=None, before=(40, 1), whole=True) for one in on_show.figures)
    told = replace(given, editions={"outcomes": replace(on_show, number=2, figures=figures)})
    figure = in_language(hate_crime.outcomes(told), "en")
    assert {*figure.table.cells("count_before")} == {"40 in edition 1"}
    assert {*figure.table.cells("count")} == {HIDDEN_MARK}
    assert any("no safe way" in text for text in figure.caveat_texts)


def test_local_events_are_numbered_on_the_line_and_said_not_to_be_a_cause(given):
    event = Event(day=date(2025, 6, 2), kind="campaign", title=Words(en="A campaign", cy="Ymgyrch"))
    figure = in_language(hate_crime.recorded(replace(given, events=(event,))), "en")
    assert [mark.letter for mark in figure.drawing.events] == ["1"]
    note = next(one for one in figure.caveat_texts if "A campaign" in one)
    assert "does not say that it caused it" in note
    assert hate_crime.recorded(replace(given, events=(replace(event, day=date(1999, 1, 1)),))).drawing.events == ()


def test_what_came_through_the_police_stands_apart(given):
    figure = in_language(catalogue.unread("own_third_party_reports_routes", given), "en")
    assert [panel.title for panel in figure.drawing.panels][-1] == "Through the police (apart)"


def test_third_party_reports_and_police_figures_stand_in_one_sentence_and_in_no_number(given):
    said = [one.text("en") for one in hate_crime.beside_police(given)]
    assert said[0] == (
        "The police recorded 95 hate crimes in Cardiff between July and September 2026."
        " Third parties took 56 reports in Cardiff between July and September 2026."
    )
    assert "151" not in " ".join(said)
    assert "39" not in " ".join(said)
    assert hate_crime.beside_police(replace(given, editions={}))[0].text("en").startswith("The two can be read")


def test_cases_not_yet_decided_stand_among_outcomes(given):
    figure = in_language(catalogue.unread("own_outcomes_groups", given), "en")
    assert "Not yet decided: 50" in figure.sentence
    assert "Cases not yet decided" in figure.told_at_once(1)[0]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["own_third_party_reports_strands", "own_third_party_reports_routes"])
def test_that_few_reports_are_not_calm_is_the_first_that_is_said_in_every_form(given, code, lang):
    figure = in_language(catalogue.unread(code, given), lang)
    few = t("own.few_is_not_calm", lang=lang)
    assert figure.told_at_once(1)[0] == few
    for form in ("csv", "svg"):
        assert few.split(",")[0] in " ".join(FORMS[form].make(figure, lang).decode().replace("</text>", " ").split())
    both = [in_language(catalogue.unread(one, given), lang) for one in catalogue.BY_CODE if "third_party" in one]
    assert few in once.of(both).under(figure).open


@pytest.mark.parametrize("code", catalogue.BY_CODE)
def test_a_partner_is_not_sent_where_only_editors_may_go(given, code):
    card = in_language(catalogue.unread(code, replace(given, editions={}, is_member=False)), "en")
    assert card.url == catalogue.ABOUT
    assert card.how == t("own.empty.how_partner", lang="en")


@pytest.mark.parametrize("code", catalogue.BY_CODE)
def test_a_figure_that_nobody_brought_in_is_a_card_that_names_its_template(given, code):
    card = in_language(catalogue.unread(code, replace(given, editions={})), "en")
    assert isinstance(card, NotHeld)
    name = catalogue.templates()[catalogue.entry(code).template].name["en"]
    assert name in card.reason
    assert name in card.how


def test_the_years_of_the_reader_hold_for_own_figures_too(given):
    figure = in_language(hate_crime.recorded(replace(given, years=Years(first=2026))), "en")
    assert {day[:4] for day in figure.table.cells("period_end")} == {"2026"}
    assert "15 earlier quarters" in figure.sentence  # what was expected is made of those before as well
    assert {at[:4] for band in figure.drawing.bands for at in band.at} == {"2026"}


def test_what_carries_a_mark_is_remembered_by_nobody(given):
    figure = catalogue.unread("own_outcomes_groups", given)
    assert in_language(figure, "en") is not in_language(figure, "en")
    assert in_language(figure.table, "en") is not in_language(figure.table, "en")


def test_an_unknown_code_is_refused_without_repeating_it(given):
    with pytest.raises(catalogue.UnknownOwnFigureError, match="came another code"):
        catalogue.unread("own_secret", given)
