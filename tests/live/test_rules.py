"""What holds of any edition: the committed tables keep the contract, and everything made of them has its words.

No figure and no edition is named here: a refresh that `etl check` lets through leaves these tests green.
"""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import findings, queries
from dashboard.briefing.compose import compose
from dashboard.briefing.model import KINDS
from dashboard.briefing.presenter import presenter_html
from dashboard.figure import Figure, NotHeld, View
from dashboard.i18n import LANGUAGES, t
from etl.__main__ import main
from tests.every_block import every_block

PLACES = ("W06000015", "XCAV", "W15000003", "W92000004")


def views(build: str) -> list[View]:
    return [
        View(place=queries.area(code, build=build), lang=lang, build=build) for code in PLACES for lang in LANGUAGES
    ]


def test_the_tables_keep_the_contract():
    assert main(["check"]) == 0


def test_every_figure_of_every_place_is_drawn_with_its_words_and_sources_or_said_not_to_be_held(live_build):
    for view in views(live_build):
        for name, make in every_block().items():
            block = make(view)
            if isinstance(block, Figure):
                assert block.title, name
                assert block.alt, name
                assert block.table.rows, name
                assert block.sources, name
                grades = {t(f"grade.{source.grade}", lang=view.lang) for source in block.sources}
                assert grades <= set(block.chips), name
            elif isinstance(block, NotHeld):
                assert block.url.startswith("https://"), name


def test_every_message_has_words_in_both_languages_and_rests_on_no_superseded_figure(live_build):
    for code in queries.places(build=live_build):
        messages = findings.messages(View(place=queries.area(code, build=live_build), lang="en", build=live_build))
        assert messages, code
        for message in messages:
            assert all(message.text(lang) for lang in LANGUAGES), (code, message.rule)
            assert message.sources or not message.observations, (code, message.rule)
            assert {source.vintage for source in message.sources} <= {"current"}, (code, message.rule)


@pytest.mark.parametrize("place", PLACES)
def test_every_kind_of_briefing_is_made(live_build, place):
    for kind in KINDS:
        briefing = compose(kind=kind, place=place, build=live_build, made_on=date(2026, 11, 29))
        assert briefing.sections
    assert presenter_html(briefing := compose(kind="deck", place=place, build=live_build, made_on=date(2026, 11, 29)))
    assert briefing.edition.text("cy")
