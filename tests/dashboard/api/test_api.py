"""The API answers with the rows that are held, all of them and no others, and says in words what it will not do."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.testclient import TestClient

from dashboard import queries, store
from dashboard.answers import Remembered
from dashboard.api import service
from dashboard.api.resources import MOST_ROWS, RESOURCES
from dashboard.figures.catalogue import ENTRIES
from dashboard.i18n import LANGUAGES

CARDIFF = "W06000015"


@pytest.fixture(scope="module")
def api(build) -> TestClient:
    routes = [Mount(service.PATH, service.service())]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(Remembered)]))
    client.base_url = client.base_url.join(f"{service.PATH}/")
    return client


def test_the_rows_of_a_place_are_those_that_the_pages_draw(api, build):
    answer = api.get("observations", params={"measure": "population", "area": CARDIFF, "limit": MOST_ROWS}).json()
    drawn = queries.series("population", CARDIFF, build=build).observations
    assert [(r["period_start"], r["value"], r["source"]) for r in answer["rows"]] == [
        (o.period.start.isoformat(), o.value, o.source) for o in drawn
    ]
    assert (answer["count"], answer["next"], answer["build"]) == (len(drawn), None, build)


def test_published_figures_typed_by_hand(api):
    """Mid-2025 population of Cardiff, as the Office for National Statistics published it on 29 July 2026."""
    (row,) = api.get("observations", params={"measure": "population", "area": CARDIFF, "from": "2025"}).json()["rows"]
    assert (row["value"], row["period_end"], row["area_cy"], row["grade"]) == (381_516, "2025-06-30", "Caerdydd", "C")


@pytest.mark.parametrize("name", [one.name for one in RESOURCES])
def test_csv_and_json_of_every_list_hold_the_same_rows(api, name):
    rows = api.get(name, params={"limit": 50}).json()["rows"]
    table = list(csv.DictReader(StringIO(api.get(f"{name}.csv", params={"limit": 50}).content.decode("utf-8-sig"))))
    assert rows
    assert table == [{k: "" if v is None else str(v) for k, v in row.items()} for row in rows]


@pytest.mark.parametrize("name", [one.name for one in RESOURCES])
def test_a_list_that_matches_nothing_has_its_headings_all_the_same(api, name):
    head = api.get(f"{name}.csv", params={"limit": 1}).content.split(b"\r\n")[0]
    assert api.get(f"{name}.csv", params={"offset": 9_999_999}).content.split(b"\r\n") == [head, b""]


def test_everything_can_be_had_page_by_page_and_no_row_comes_twice(api, build):
    (held,) = store.rows("SELECT count(*) AS n FROM observation WHERE measure = 'hate_crimes'", build=build)
    address, rows = "observations?measure=hate_crimes&limit=100", []
    while address:
        answer = api.get(address).json()
        rows += answer["rows"]
        address = answer["next"]
    keys = {(r["area"], r["period_start"], r["period_months"], r["category"]) for r in rows}
    assert len(rows) == len(keys) == held["n"] > 100


def test_an_answer_names_the_next_rows_in_a_header_for_programs_that_read_csv(api):
    answer = api.get("observations.csv", params={"measure": "population,hate_crimes", "limit": 2})
    assert answer.headers["link"] == '<observations.csv?limit=2&offset=2&measure=population,hate_crimes>; rel="next"'
    assert int(answer.headers["x-total-count"]) > 2


def test_filters_given_twice_or_with_commas_are_one(api):
    one = api.get("observations?measure=population&measure=hate_crimes&limit=3000").json()
    other = api.get("observations?measure=hate_crimes,%20population,&limit=3000").json()
    assert one["rows"] == other["rows"]
    assert {row["measure"] for row in one["rows"]} == {"population", "hate_crimes"}


def test_periods_are_those_that_lie_whole_within_the_days_asked_for(api):
    params = {"measure": "rra_offences", "area": "W15000003", "from": "2024-04-01", "to": "2025-03-31"}
    rows = api.get("observations", params=params).json()["rows"]
    assert rows
    assert {row["period_start"] >= "2024-04-01" and row["period_end"] <= "2025-03-31" for row in rows} == {True}


def test_an_empty_value_has_a_marker_and_is_never_nought(api):
    rows = api.get(
        "observations", params={"topic": "migration", "nation": "W92000004,S92000003", "limit": MOST_ROWS}
    ).json()["rows"]
    empty = [row for row in rows if row["value"] is None]
    assert empty
    assert all(row["marker"] for row in empty)


def test_a_break_of_the_force_is_found_for_the_authority_within_it(api, build):
    rows = api.get("breaks", params={"area": CARDIFF, "measure": "rra_offences"}).json()["rows"]
    assert [row["date"] for row in rows] == [
        one.date.isoformat() for one in queries.breaks("rra_offences", CARDIFF, build=build)
    ]
    assert {row["area"] for row in rows} - {CARDIFF}


def test_figures_are_listed_with_their_question_in_both_languages(api):
    rows = api.get("figures", params={"place": CARDIFF}).json()["rows"]
    assert [row["figure"] for row in rows] == [entry.code for entry in ENTRIES]
    first = next(row for row in rows if row["figure"] == "population")
    assert "Cardiff" in first["question_en"]
    assert "Nghaerdydd" in first["question_cy"]
    goals = {row["figure"]: row["goals"] for row in rows}
    assert (goals["asylum_support"], goals["rra_quarterly"]) == ("global", "equal cohesive")
    assert goals["population_change_map"] == ""


NOTHING_MATCHES = "observations?measure=hate_crimes&area=W01000001&from=2030"
REFUSED = {
    "observations?measure=nope": ("measure", "/api/v1/measures"),
    "observations?area=W06": ("area", "/api/v1/areas"),
    "observations?kind=<b>x</b>": ("kind", "local_authority"),
    "observations?topic=hate": ("topic", "hate_crime"),
    "observations?place=W06000015": ("openapi.json", ""),
    "observations?limit=0": ("limit", "1–10,000"),
    "observations?limit=10001": ("limit", "1–10,000"),
    "observations?limit=many": ("limit", "1–10,000"),
    "observations?offset=-1": ("offset", "0, 1, 2"),
    "observations?from=yesterday": ("from", "2018-04-01"),
    "observations?from=0000": ("from", "2018-04-01"),
    "observations?to=2025-02-30": ("to", "2018-04-01"),
    "observations?from=2025&to=2018": ("from", "to"),
    "figures?place=nope": ("place", "W06000015"),
    "observations?limit=1&limit=2": (),
    "observations?from=2020&from=2021": (),
}


@pytest.mark.parametrize("address", REFUSED)
def test_what_cannot_be_meant_is_refused_in_both_languages_with_what_can(api, address):
    answer = api.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    for lang in LANGUAGES:
        assert all(part in answer.json()[f"detail_{lang}"] for part in REFUSED[address])
    assert "<b>" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_what_exists_and_matches_nothing_gives_no_rows_and_says_why(api, build):
    (small,) = store.rows("SELECT min(code) AS code FROM area WHERE kind = 'lsoa'", build=build)
    answer = api.get("observations", params={"measure": "hate_crimes", "area": small["code"]})
    assert answer.status_code == 200
    assert (answer.json()["rows"], answer.json()["count"]) == ([], 0)
    assert set(answer.json()["note"]) == set(LANGUAGES)


def test_a_list_that_is_none_and_a_method_that_writes_are_told(api):
    assert api.get("persons").status_code == 404
    assert "observations" in api.get("persons").json()["detail_en"]
    assert api.post("observations").status_code == 405


def test_a_refusal_may_be_read_from_another_page_too(api):
    assert api.get("observations?measure=nope").headers["access-control-allow-origin"] == "*"


def test_an_address_with_a_stroke_at_its_end_leads_to_no_other_host(api):
    answer = api.get("gaps/", headers={"host": "evil.example"}, follow_redirects=False)
    assert (answer.status_code, "location" in answer.headers) == (404, False)


def test_without_figures_it_says_so(api, monkeypatch):
    def none():
        raise store.NoBuildError("none")

    monkeypatch.setattr(store, "build_id", none)
    assert api.get("measures").status_code == 503


def test_the_description_names_every_list_and_every_filter(api):
    paths = api.get("openapi.json").json()["paths"]
    assert set(paths) == {"/", *(f"/{one.name}{form}" for one in RESOURCES for form in ("", ".csv"))}
    filters = {one["name"] for one in paths["/observations"]["get"]["parameters"]}
    assert {"measure", "area", "from", "to", "limit", "offset"} <= filters


def test_pandas_reads_it_as_it_comes(api):
    content = api.get("observations.csv", params={"measure": "population", "area": CARDIFF}).content
    table = pd.read_csv(BytesIO(content), parse_dates=["period_start"])
    assert table.columns[0] == "measure"
    assert table.set_index("period_start").loc["2025-06-30", "value"] == 381_516
