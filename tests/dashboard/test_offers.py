"""A figure's files: had by a link for as long as somebody looks at the figure, and never somebody else's."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import offers, queries
from dashboard.blocks import migration
from dashboard.downloads import csv_bytes, file_stem
from dashboard.figure import View
from dashboard.i18n import LANGUAGES, t
from dashboard.server import Document, KnownPages, SecurityHeaders
from tests.markup import read

CLICKED = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}  # as a browser asks that follows a link


@pytest.fixture(scope="module")
def client():
    """Return a client of the route behind what the app puts around it."""
    around = [Middleware(SecurityHeaders), Middleware(KnownPages), Middleware(Document)]
    return TestClient(Starlette(routes=[Route(offers.PATH, offers.answer)], middleware=around), headers=CLICKED)


def shown(build, *, place="W06000015", lang="en"):
    view = View(place=queries.area(place, build=build), lang=lang, build=build)
    return replace(migration.population(view)), view  # a figure of its own, that nobody else remembers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_gives_the_rows_under_a_name_that_says_what_they_are(client, build, lang):
    figure, view = shown(build, lang=lang)
    answer = client.get(offers.offer(figure, view)[1:] + ".csv")
    assert answer.status_code == 200
    assert answer.content == csv_bytes(figure, lang=lang)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    stem = file_stem(figure, place="W06000015", lang=lang, build=build)
    assert answer.headers["content-disposition"] == f'attachment; filename="{stem}.csv"'
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_workbook_is_one(client, build):
    figure, view = shown(build)
    answer = client.get(offers.offer(figure, view)[1:] + ".xlsx")
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-disposition"].endswith('.xlsx"')


def test_two_places_and_two_languages_have_addresses_of_their_own_and_one_figure_keeps_its(build):
    several = [shown(build, place=place, lang=lang) for place in ("W06000015", "W06000022") for lang in LANGUAGES]
    assert len({offers.offer(figure, view) for figure, view in several}) == 4
    (figure, view), (same, _) = shown(build), shown(build)
    assert offers.offer(figure, view) == offers.offer(same, view)


def test_a_file_that_nobody_shows_any_more_is_missed_in_both_languages(client, build):
    figure, view = shown(build, place="W06000022")
    address = offers.offer(figure, view)[1:] + ".csv"
    del figure
    gc.collect()
    answer = client.get(address)
    assert answer.status_code == 404
    assert [h.text for h in read(answer.content).iter("h1")] == [t("offers.gone.title", lang=x) for x in LANGUAGES]


@pytest.mark.parametrize("name", ["0000000000000000.csv", "..%2f..%2fapp.csv", "%3Cscript%3E.csv"])
def test_a_made_up_address_is_missed_and_not_repeated(client, name):
    answer = client.get(f"/download/{name}")
    assert answer.status_code == 404
    assert "script>" not in answer.text.replace("</script>", "")


def test_another_ending_is_missed(client, build):
    figure, view = shown(build)
    assert client.get(offers.offer(figure, view)[1:] + ".exe").status_code == 404
