"""The tables behind figures, as a page asks for them when they are opened."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from lxml.html import fromstring
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard import answers, files, server
from dashboard.figures.catalogue import BY_CODE, with_usual
from dashboard.i18n import LANGUAGES, t
from dashboard.routes import ROUTES
from dashboard.tables import as_read
from dashboard.web import rows
from tests import said
from tests.every_block import usual_block

ROOT = Path(__file__).parents[3]
HERE = "place=W06000015"
ROWS = re.compile(r"data-table='([^']*)'")


@pytest.fixture(scope="module")
def client(build) -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_several_figures_are_answered_at_once_each_with_its_table_in_the_language_of_the_page(client, view, lang):
    answer = client.get(f"/rows/population,flows?{HERE}&lang={lang}")
    assert answer.headers["content-type"] == "application/json"
    figures = {code: usual_block(view("W06000015", lang), code=code) for code in ("population", "flows")}
    assert answer.json() == {code: rows.of_figure(one, lang=lang) for code, one in figures.items()}
    for code, one in figures.items():
        assert answer.json()[code].count("<tr>") == len(one.table.rows) + 1
        assert one.title in unescape(answer.json()[code])


def test_an_address_names_its_choices_and_its_build_and_may_be_kept(client, view, build):
    request = replace(with_usual("population", view("W06000015", beside="W06000022")), lang="cy")
    address = rows.address_of("population", request)
    assert address == f"./rows/population?{HERE}&with=W06000022&lang=cy&build={build}"
    answer = client.get(address.removeprefix("."))
    assert answer.json()["population"].count("Casnewydd") > 5
    assert answer.headers["cache-control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/rows/nope?{HERE}", 404),
        (f"/rows/nope,own:x?{HERE}", 404),
        (f"/rows/population?{HERE}&part=x", 400),
        ("/rows/population?place=x", 400),
        (f"/rows/population?{HERE}&build=x", 410),
        (f"/rows/?{HERE}", 404),
        (f"/rows/{','.join(list(BY_CODE)[: rows.MOST + 1])}?{HERE}", 400),
    ],
)
def test_what_is_not_there_or_too_much_is_refused(client, address, status):
    assert client.get(address).status_code == status


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_table_that_cannot_be_had_costs_no_other_and_says_why(client, lang):
    whole = client.get(f"/rows/population,flows?{HERE}&lang={lang}")
    partly = client.get(f"/rows/population,nope,flows?{HERE}&lang={lang}")
    assert (partly.status_code, partly.headers["cache-control"]) == (207, "no-store")
    refusal = partly.json().pop("nope")
    assert refusal["status"] == 404
    assert refusal["why"].startswith(t("files.unknown_figure", lang=lang, allowed="population")[:30])
    assert {code: table for code, table in partly.json().items() if code != "nope"} == whole.json()


def test_who_asks_for_too_many_is_told_how_many_came(client):
    answer = client.get(f"/rows/{','.join(list(BY_CODE)[: rows.MOST + 3])}?{HERE}")
    for lang in LANGUAGES:
        assert t("files.too_many_tables", lang=lang, most=20, came=23) in unescape(answer.text)


def test_a_table_waits_for_no_file_and_no_slides(client, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 0.01)
    monkeypatch.setattr(files, "_TURNS", BoundedSemaphore(1))
    with files._TURNS:
        assert client.get(f"/figures/population.csv?{HERE}").status_code == 503
        assert client.get(f"/rows/population?{HERE}").status_code == 200


def test_what_is_answered_is_remembered_and_leads_to_no_page():
    assert rows.FOLDER in answers.FOLDERS
    assert rows.FOLDER in server.OTHER_ROUTES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_holds_the_address_of_every_folded_table_and_none_of_its_rows(build, lang):
    session = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=60)
    session.query_params["place"], session.query_params["lang"] = "W06000015", lang
    session.query_params["with"] = "W06000022"
    session.switch_page("../pages/migration.py").run()
    assert not session.exception
    sent = "\n".join(element.proto.body for element in session.get("html"))
    addresses = [unescape(one) for one in ROWS.findall(sent)]
    assert len(addresses) > 8
    assert all("with=W06000022" in one and f"lang={lang}" in one for one in addresses)
    assert said.html(session).count("<tr>") > sent.count("<tr>") + 100


def test_the_table_of_groups_folds_into_cards_whose_cells_name_their_columns(view):
    figure = usual_block(view("W06000015", "cy"), code="by_group", group="age")
    table = fromstring(rows.of_figure(figure, lang="cy", folds=True)).find(".//table")
    heads = [column.label for column in as_read(figure.table, lang="cy").columns]
    first, *others = table.find("tbody").find("tr")
    assert (table.get("class"), first.tag, first.get("role")) == ("ct-table ct-stacked", "th", "rowheader")
    assert [cell.get("data-head") for cell in others] == heads[1:]
    plain = fromstring(rows.of_figure(figure, lang="cy")).find(".//table")
    assert plain.get("class") == "ct-table"
    assert [cell.text for cell in plain.iter("td")] == [cell.text for cell in table.iter("td")]
