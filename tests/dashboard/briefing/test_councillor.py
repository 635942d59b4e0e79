"""What a councillor may say is true as it stands, and what follows for services is a question."""

from __future__ import annotations

import re

import pytest

from dashboard import queries
from dashboard.briefing import councillor
from dashboard.briefing.html import html_bytes
from dashboard.briefing.model import Bullets, Contact, KeyMessages, Officer, Picture, Terms
from dashboard.findings import Quantity, messages
from dashboard.i18n import LANGUAGES


def items(briefing, code: str) -> tuple:
    return next(section.items for section in briefing.sections if section.code == code)


def test_every_place_has_three_lines_of_messages_each_with_source_and_date(compose_for, build):
    for place in queries.places(build=build):
        (lines,) = [one for one in items(compose_for("councillor", place), "lines") if isinstance(one, KeyMessages)]
        assert len(lines.messages) == councillor.MOST_LINES
        for lang in LANGUAGES:
            for text, message in zip(lines.texts(lang), lines.messages, strict=True):
                assert text.startswith(message.brief(lang))
                assert re.search(r"\([^()]+ 20\d\d\)$", text), text


def test_a_line_names_the_source_of_what_it_counts_and_no_other(compose_for):
    (lines,) = [one for one in items(compose_for("councillor"), "lines") if isinstance(one, KeyMessages)]
    people = next(text for text in lines.texts("en") if "people living" in text)
    assert people.endswith("(Office for National Statistics, 29 July 2026)")


def test_questions_are_of_what_the_place_has(compose_for):
    def asked(place: str) -> str:
        found = [one for one in items(compose_for("councillor", place), "services") if isinstance(one, Bullets)]
        return " ".join(text.text("en") for one in found for text in one.texts)

    assert "asylum support live in Cardiff" in asked("W06000015")
    assert "asylum" not in asked("W06000008"), "nobody receives it in Ceredigion"
    assert "By the newest estimate around 72,700 people lived in Ceredigion in mid-2025. " in asked("W06000008")


@pytest.mark.parametrize("place", ["XCAV", "W06000008", "W06000021", "W92000004"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_newest_day_of_the_population_stands_all_over_the_sheet(compose_for, place, lang):
    sheet = compose_for("councillor", place)
    newest, before = {"en": ("mid-2025", "mid-2024"), "cy": ("nghanol 2025", "nghanol 2024")}[lang]
    (chart,) = [one for one in items(sheet, "changed") if one.figure.code == "population"]
    assert newest in chart.figure.title.text(lang)
    told = [text for one in items(sheet, "lines") if isinstance(one, KeyMessages) for text in one.texts(lang)]
    told += [text.text(lang) for one in items(sheet, "services") if isinstance(one, Bullets) for text in one.texts]
    assert sum(newest in text for text in told) == 2
    assert not [text for text in told if before in text]


def test_the_sheet_says_when_newer_figures_usually_come(compose_for):
    (listed,) = [one for one in items(compose_for("councillor"), "coming") if isinstance(one, Bullets)]
    assert "Mid-year population estimates: each July" in [text.text("en") for text in listed.texts]
    assert "Amcangyfrifon canol blwyddyn o'r boblogaeth: bob mis Gorffennaf" in [t.text("cy") for t in listed.texts]


def test_the_second_page_draws_asylum_support_or_who_was_resettled_and_tells_the_other_ways(compose_for):
    for place, code in (("XCAV", "asylum_support"), ("W06000008", "resettlement")):
        chart, told = items(compose_for("councillor", place), "sanctuary")
        assert chart.figure.code == code
        assert "asylum_level" not in [message.rule for message in told.messages], "it is one of the three lines"


def test_the_question_on_reporting_names_the_force_whose_figure_it_is(compose_for):
    def asked(place: str, lang: str) -> str:
        found = [one for one in items(compose_for("councillor", place), "services") if isinstance(one, Bullets)]
        return " ".join(text.text(lang) for one in found for text in one.texts)

    assert "South Wales Police recorded hate crime. " in asked("W06000014", "en")
    assert "Cofnododd Heddlu Gwent droseddau casineb. " in asked("W06000022", "cy")
    assert "The four police forces of Wales recorded hate crime. " in asked("W92000004", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_ends_as_one_and_no_place_has_an_effect_told(compose_for, build, lang):
    for place in queries.places(build=build):
        found = [one for one in items(compose_for("councillor", place), "services") if isinstance(one, Bullets)]
        assert all(text.text(lang).endswith("?") for one in found for text in one.texts)


def test_what_not_to_say_is_of_the_place(compose_for):
    def names(place: str) -> list[str]:
        (terms,) = [one for one in items(compose_for("councillor", place), "not_say") if isinstance(one, Terms)]
        return [term.name.text("en") for term in terms.entries]

    assert "That a figure of South Wales Police is a figure of the Vale of Glamorgan" in [
        name.replace("figure of Vale", "figure of the Vale") for name in names("W06000014")
    ]
    assert not [name for name in names("W92000004") if "is a figure of" in name]


def test_the_contact_that_was_typed_stands_where_whom_to_ask_stands(compose_for):
    assert isinstance(items(compose_for("councillor"), "ring")[0], Contact)
    officer = Officer(contact="Siân, 029 2000 0000")
    (told,) = items(compose_for("councillor", officer=officer), "ring")
    assert told.text.text("cy").endswith("Siân, 029 2000 0000")
    said = html_bytes(compose_for("community", officer=officer), lang="en").decode()
    assert said.count("Siân, 029 2000 0000") >= 2


def test_every_question_has_a_sentence_that_brings_it_somewhere(build):
    known = {key for place in queries.places(build=build) for m in messages(subject(place, build)) for key in m.keys}
    assert {councillor.ASKED[key] for key in councillor.ASKED if key in known} == set(councillor.ASKED.values())


def subject(place: str, build: str):
    from dashboard.figure import Subject

    return Subject(place=queries.area(place, build=build), build=build)


CHANGES = {"difference", "size_of_difference", "percent_change", "change_lower", "change_upper"}
OF_CHANGE = re.compile(r"\b(what changed|newest change|beth newidiodd|newid diweddaraf)\b", re.IGNORECASE)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["W06000015", "W06000002", "W92000004"])
@pytest.mark.parametrize("kind", ["councillor", "one_page", "four_pages", "deck", "strand"])
def test_what_is_called_a_change_holds_changes_alone(compose_for, kind, place, lang):
    sheet = compose_for(kind, place)
    assert not OF_CHANGE.search(f"{sheet.title.text(lang)} {sheet.subtitle.text(lang)}")
    for section in sheet.sections:
        told = [one for item in section.items if isinstance(item, KeyMessages) for one in item.messages]
        drawn = [item.figure.code for item in section.items if isinstance(item, Picture)]
        if OF_CHANGE.search(section.heading.text(lang)):
            assert all({v.how for _, v in one.values if isinstance(v, Quantity)} & CHANGES for one in told)
            assert set(drawn) <= {"population_change", "components_of_change"}, section.code
