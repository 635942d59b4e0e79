"""No title, message or heading states a superseded figure where the current one for the same year is held.

The awkward fact: a superseded total stays true of its own series, and false of the place. So where it is still worth
showing (its parts explain a year), the sentence says whose it is and gives today's beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard import findings, queries
from dashboard.blocks import migration
from dashboard.briefing.compose import compose
from dashboard.figure import Figure, View
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.numbers import signed
from tests.every_block import every_block

SUPERSEDED = "superseded"


@pytest.fixture(scope="module")
def places(build) -> tuple[str, ...]:
    return queries.places(build=build)


def views(build, places) -> Iterator[View]:
    for code in places:
        for lang in LANGUAGES:
            yield View(place=queries.area(code, build=build), lang=lang, build=build)


def test_no_message_of_any_place_rests_on_a_superseded_source(build, places):
    for view in views(build, places):
        if view.lang == "en":
            for message in findings.messages(view):
                old = {s.code for s in message.sources if s.vintage == SUPERSEDED}
                assert not old, (view.place.code, message.rule, old)


def test_every_year_of_older_components_says_so_and_gives_todays_estimate(build, places):
    """74 of 224 place-years since 2011/12 had another sign in today's estimates, under a plain "grew by"."""
    told = 0
    for view in views(build, places):
        today = {
            o.period: o.value for o in queries.series("population_change", view.place.code, build=build).observations
        }
        for year in migration.waterfall_years(view):
            title = migration.components(view, year=year).title
            assert ("older estimates" if view.lang == "en" else "hŷn") in title
            if year.period in today:
                told += 1
                assert ("today's estimates" if view.lang == "en" else "amcangyfrifon heddiw") in title
                assert signed(today[year.period], lang=view.lang) in title
    assert told == len(LANGUAGES) * len(places) * 14  # the years to mid-2006 to mid-2019


@pytest.mark.parametrize("code", ["XCAV", "W06000011", "W15000001", "W92000004"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_of_a_superseded_source_says_it_in_a_chip_and_in_its_table(build, code, lang):
    view = View(place=queries.area(code, build=build), lang=lang, build=build)
    seen = 0
    for name, block in every_block().items():
        figure = block(view)
        if isinstance(figure, Figure) and any(s.vintage == SUPERSEDED for s in figure.sources):
            seen += 1
            part = len({s.vintage for s in figure.sources}) > 1
            assert t("chip.older_part" if part else "chip.older_series", lang=lang) in figure.chips, name
            if name in ("flows", "components_of_change"):
                newest = {source.code: source.vintage for source in figure.sources}[figure.newest[0].source]
                assert (("older estimates" if lang == "en" else "hŷn") in figure.title) == (newest == SUPERSEDED), name
            keys = [column.key for column in figure.table.columns]
            if "vintage" in keys:
                at = keys.index("vintage")
                assert t("vintage.superseded", lang=lang) in {row[at] for row in figure.table.rows}, name
    assert seen >= 2


@pytest.mark.parametrize("kind", ["one_page", "deck"])
@pytest.mark.parametrize("code", ["XCAV", "W06000011", "W92000004"])
def test_one_page_and_slides_hold_no_superseded_figure(build, code, kind):
    made = compose(kind=kind, place=code, build=build, made_on=date(2026, 11, 28))
    for figure in made.figures:
        assert all(s.vintage != SUPERSEDED for s in figure.sources), figure.code
