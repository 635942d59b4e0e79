"""Every file of an own figure says who may see it: in each row, on each sheet, in the picture."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest

from dashboard import queries, store
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES
from local_figures.store import editions
from local_figures.store.engine import open_store
from tests.workspace import example
from workspace.figures import catalogue
from workspace.figures.files import FORMS, named
from workspace.figures.inputs import Inputs

CODE = "own_caravans_status"


@pytest.fixture(scope="module", params=LANGUAGES)
def figure(request, tmp_path_factory):
    opened = open_store(folder=tmp_path_factory.mktemp("room"))
    editions.open_workspace(opened, example.ACT, areas=[example.AREA])
    every = {"caravans": example.caravans()}
    example.put_on_show(opened, every)
    place = queries.area(example.AREA, build=store.build_id())
    yield in_language(
        catalogue.unread(CODE, Inputs(place=place, editions=example.on_show(opened, every))), request.param
    )
    opened.engine.dispose()


def test_every_row_of_a_csv_says_who_may_see_it(figure):
    rows = list(csv.reader(StringIO(FORMS["csv"].make(figure, "en").decode("utf-8-sig"))))
    assert len(rows) == 11
    assert all(figure.mark in row for row in rows[1:])


def test_every_sheet_of_a_workbook_says_who_may_see_it_and_none_names_a_licence_or_a_build(figure):
    book = openpyxl.load_workbook(BytesIO(FORMS["xlsx"].make(figure, "en")))
    for sheet in book:
        texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
        assert figure.mark in texts
        assert not any("Open Government" in text or "Build" in text for text in texts)


def test_a_picture_says_who_may_see_it(figure):
    assert figure.mark.split(":")[0] in FORMS["svg"].make(figure, "en").decode()
    assert FORMS["png"].make(figure, "en").startswith(b"\x89PNG")


def test_the_name_of_a_file_tells_figure_place_day_and_language():
    name = named(CODE, place=example.AREA, lang="cy", day=date(2026, 11, 29), form="csv")
    assert name == "own_caravans_status_W06000015_2026-11-29_cy.csv"
