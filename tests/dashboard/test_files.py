"""A figure's files at their addresses: the rows of the page in every form, from any server, and a plain no."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, request_response
from starlette.testclient import TestClient

from dashboard import files
from dashboard.answers import Remembered
from dashboard.downloads import csv_bytes, file_stem
from dashboard.figure import Figure, in_language
from dashboard.figures.catalogue import BY_CODE, TABLES, with_usual
from dashboard.i18n import LANGUAGES, t
from dashboard.server import Document, KnownPages, SecurityHeaders
from dashboard.web import site
from tests.every_block import usual_block
from tests.markup import read, text_of

CLICKED = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}  # as a browser asks that follows a link
HERE = "place=W06000015&lang=en"


@pytest.fixture(scope="module")
def client(build) -> TestClient:
    """Return a client of the routes behind what the app puts around them."""
    around = [
        Middleware(Remembered),
        Middleware(SecurityHeaders),
        Middleware(KnownPages, lost=request_response(site.not_found)),
        Middleware(Document),
    ]
    routes = [Route(files.PATH, files.respond), Route(files.OLD_PATH, files.moved)]
    return TestClient(Starlette(routes=routes, middleware=around), headers=CLICKED)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_address_on_a_page_gives_the_rows_under_a_name_that_says_what_they_are(client, view, lang):
    here = view("W06000015", lang)
    address = files.address_of("population", with_usual("population", here), form="csv")
    assert address == f"./figures/population.csv?place=W06000015&lang={lang}"
    answer = client.get(address[1:])
    assert answer.status_code == 200
    assert answer.content == csv_bytes(usual_block(here, code="population"), lang=lang)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    stem = file_stem("population", place="W06000015", lang=lang, build=here.build)
    assert answer.headers["content-disposition"] == f'attachment; filename="{stem}.csv"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == files.NEWEST


@pytest.mark.parametrize("form", files.FORMS)
def test_every_form_is_answered_and_not_sent_twice(client, form):
    address = f"/figures/strands_wales.{form}?{HERE}"
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, files.FORMS[form].mime)
    tag = answer.headers["etag"]
    assert tag.startswith('"')
    assert client.head(address).headers["etag"] == tag
    again = client.get(address, headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"if-none-match": tag[:-2] + '"'}).status_code == 200


def test_the_json_holds_the_words_in_both_languages_and_the_rows(client, view):
    whole = client.get(f"/figures/strands_wales.json?{HERE}").json()
    for lang in LANGUAGES:
        figure = usual_block(view("W06000015", lang), code="strands_wales")
        assert (whole["title"][lang], whole["caveats"][lang]) == (figure.title, list(figure.caveat_texts))
        assert [column["label"][lang] for column in whole["columns"]] == [c.label for c in figure.table.columns]
        assert whole["sources"][0]["title"][lang] == figure.sources[0].title.text(lang)
    english = usual_block(view("W06000015"), code="strands_wales")
    assert whole["rows"] == json.loads(json.dumps(english.table.rows))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_says_everything_that_stands_with_the_chart(client, view, lang):
    figure = usual_block(view("W06000015", lang), code="strands_wales")
    drawn = etree.fromstring(client.get(f"/figures/strands_wales.svg?place=W06000015&lang={lang}").content)
    written = " ".join(" ".join(drawn.itertext()).split())
    for words in (figure.title, figure.subtitle, figure.sentence, *figure.caveat_texts, figure.sources[0].url):
        assert " ".join(words.split()) in written


@pytest.mark.parametrize("named", ["W06000015", "W06000022,W06000022", "XX", "<b>", ",".join(["W92000004"] * 20)])
def test_places_that_may_not_stand_beside_are_refused_with_those_that_may(client, named):
    answer = client.get("/figures/population.csv", params={"place": "W06000015", "lang": "en", "with": named})
    assert answer.status_code == 400
    assert "W06000022" in answer.text
    assert "<b>" not in answer.text


CHOSEN = (
    ("asylum_map", "at=2020-03-31"),
    ("asylum_support", "unit=rate"),
    ("asylum_support", "support=section_95"),
    ("asylum_accommodation", "unit=share&at=2025-06-30"),
    ("rra_quarterly", "offence=8M&unit=rate"),
    ("rra_quarterly", "ranges=hidden"),
    ("small_areas", "at=2019-12-31"),  # some of whose areas have no outline any more
    ("strands_england_wales", "strand=religion"),
    ("flows", "unit=rate"),
    ("proxies", "unit=rate"),
    ("modern_slavery_offences", "unit=rate"),
)


@pytest.mark.parametrize(("code", "chosen"), CHOSEN)
def test_every_choice_of_a_figure_is_answered_in_every_form_and_is_not_the_usual_one(client, code, chosen):
    for form in files.FORMS:
        usual, other = (client.get(f"/figures/{code}.{form}?{HERE}{more}") for more in ("", f"&{chosen}"))
        assert (other.status_code, usual.status_code) == (200, 200)
        assert other.content != usual.content, form
    asked = client.get(f"/figures/{code}.json?{HERE}&{chosen}").json()["request"]
    assert asked | dict(part.split("=") for part in chosen.split("&")) == asked


@pytest.mark.parametrize("name", ["at", "unit", "ranges", "offence"])
@pytest.mark.parametrize("value", ["<b>x</b>", "nothing", "", "2025-02-30"])
def test_a_choice_that_there_is_not_is_refused_with_those_there_are(client, name, value):
    code, allowed = {
        "at": ("asylum_map", "2014-03-31"),
        "unit": ("asylum_support", "count, rate"),
        "ranges": ("rra_quarterly", "shown, hidden"),
        "offence": ("rra_quarterly", "total, 9B"),
    }[name]
    answer = client.get(f"/figures/{code}.csv", params={"place": "W06000015", name: value})
    assert answer.status_code == 400
    assert allowed in answer.text
    assert "<b>x" not in answer.text


@pytest.mark.parametrize(
    ("code", "where", "choice"),
    [
        ("born_abroad", "W06000015", "at=2015-12-31"),
        ("resettlement", "W06000015", "unit=rate"),
        ("asylum_support", "W06000021", "unit=share"),
        ("asylum_support", "W06000024&from=2019&to=2019", "unit=rate"),  # too few in those years for one
    ],
)
def test_a_choice_that_a_figure_has_not_for_a_place_is_refused_and_not_left_out(client, code, where, choice):
    usual, other = (client.get(f"/figures/{code}.csv?place={where}{more}") for more in ("", f"&{choice}"))
    assert (usual.status_code, other.status_code) == (200, 400)
    assert t("files.unknown_name", lang="en", allowed="place, ")[:70] in other.text


@pytest.mark.parametrize("among", ["economic", "demographic", "global"])
def test_a_map_of_similar_places_is_drawn_though_areas_around_it_have_ended(client, among):
    assert client.get(f"/figures/compare_map.svg?{HERE}&set={among}").status_code == 200


def test_choices_are_part_of_the_address(client):
    first, second = (client.get(f"/figures/components_of_change.csv?{HERE}&year={year}") for year in (2018, 2019))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content != second.content


def test_the_same_figure_has_the_same_rows_in_its_csv_and_on_its_page_for_every_code(client, view):
    for code in BY_CODE:
        figure = usual_block(view("W06000015"), code=code)
        answer = client.get(f"/figures/{code}.csv?{HERE}")
        if not isinstance(figure, Figure):
            assert answer.status_code == 404, code
            continue
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))
        assert len(rows) == 1 + len(figure.table.rows), code


REFUSED = {
    "/figures/nope.csv": (404, "population_change_map"),
    "/figures/nope": (404, "population_change_map"),
    "/figures/": (404, "population_change_map"),
    "/figures/population.exe": (404, "csv, xlsx, json, svg, png"),
    "/figures/population": (404, "csv, xlsx, json, svg, png"),
    "/figures/..%2f..%2fapp.csv": (404, "not_found.title"),
    "/figures/population.csv?place=W06": (400, "XCAV"),
    "/figures/population.csv?place=": (400, "XCAV"),
    "/figures/population.csv?lang=fr": (400, "en, cy"),
    "/figures/population.csv?year=2020": (400, "place, with, from, to, lang, build"),
    "/figures/components_of_change.csv?year=1066": (400, "2019, 2018"),
    "/figures/compare_map.csv?measure=hate_crimes&form=hex": (400, "compare.refused.hex"),
    "/figures/compare_map.csv?set=wales_forces": (400, "wales"),
    "/figures/population.csv?place=W06000015&place=W06000014": (400, "files.twice"),
    "/figures/population.csv?build=000000000000": (410, "build"),
    "/figures/population.csv?build=..%2f..": (410, "build"),
    "/download/0123456789abcdef.csv": (410, "files.moved.title"),
}


@pytest.mark.parametrize("address", REFUSED)
def test_what_there_is_not_is_told_in_both_languages_with_what_there_is(client, address):
    status, told = REFUSED[address]
    answer = client.get(address)
    assert answer.status_code == status
    page = read(answer.content)
    assert [part.get("lang") for part in page.iter("section")] == list(LANGUAGES)
    for part in page.iter("section"):
        words = t(told, lang=part.get("lang")) if told.startswith(("compare.", "files.", "not_found.")) else told
        assert words in text_of(part)
    assert answer.headers["cache-control"] == "no-store"


def test_thousands_of_parameters_are_looked_at_once_each(client):
    many = "&".join(f"n{n}=1" for n in range(4_000))
    assert client.get(f"/figures/population.csv?{many}").status_code == 400


def test_nothing_of_an_address_is_written_back(client):
    for address in (
        "/figures/<b>x</b>.csv",
        "/figures/population.csv?place=<b>x</b>",
        "/figures/population.csv?<b>x=1",
    ):
        assert "<b>" not in client.get(address).text


def test_a_figure_that_is_not_held_says_so_in_its_cards_words(client):
    answer = client.get("/figures/deprivation.csv?place=W92000004")
    assert answer.status_code == 404
    for lang, part in zip(LANGUAGES, read(answer.content).iter("section"), strict=True):
        assert t("not_held.no_rows", lang=lang) in text_of(part) or t("not_held.title", lang=lang) in text_of(part)


def test_the_files_of_a_build_may_be_kept_and_are_those_of_the_build(client, build):
    answer = client.get(f"/figures/population.csv?{HERE}&build={build}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, files.PINNED)
    assert answer.content == client.get(f"/figures/population.csv?{HERE}").content


def test_a_build_that_todays_code_cannot_read_is_gone_and_a_fault_of_our_own_is_not_hidden(client, build, monkeypatch):
    def broken(*_: object) -> None:
        raise KeyError("no such column")

    monkeypatch.setattr(files, "_content", broken)
    monkeypatch.setattr(files.store, "build_id", lambda: "0" * 12)
    assert client.get(f"/figures/population.csv?build={build}").status_code == 410
    monkeypatch.setattr(files.store, "build_id", lambda: build)
    with pytest.raises(KeyError):
        client.get(f"/figures/population.csv?build={build}")


def test_when_too_many_files_are_being_made_that_is_said(client, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 0.0)
    monkeypatch.setattr(files, "_TURNS", files.BoundedSemaphore(1))
    address = "/figures/population.csv?place=W06000011"  # which no other test here has made remembered
    with files._TURNS:
        assert client.get(address).status_code == 503
    assert client.get(address).status_code == 200


ELSEWHERE = """
import hashlib, json, sys
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient
from dashboard import files
from dashboard.answers import Remembered
client = TestClient(Starlette(routes=[Route(files.PATH, files.respond)], middleware=[Middleware(Remembered)]))
answers = {address: client.get(address) for address in sys.argv[1:]}
print(json.dumps({a: [r.headers["etag"], hashlib.sha256(r.content).hexdigest()] for a, r in answers.items()}))
"""


def test_another_server_answers_the_same_bytes_under_the_same_tag(client):
    addresses = [f"/figures/strands_wales.{form}?{HERE}" for form in files.FORMS]
    ran = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, *addresses],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(files.__file__).parents[1],
    )
    there = json.loads(ran.stdout)
    answers = {address: client.get(address) for address in addresses}
    here = {a: [r.headers["etag"], hashlib.sha256(r.content).hexdigest()] for a, r in answers.items()}
    assert there == here


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", TABLES)
def test_a_small_table_has_an_address_as_figures_have(client, view, code, lang):
    here = view("W06000015", lang)
    table = in_language(TABLES[code](here.subject), lang)
    address = f"/figures/{code}.{{}}?place=W06000015&lang={lang}"
    answer = client.get(address.format("csv"))
    assert answer.status_code == 200
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0][:-1] == [column.label for column in table.table.columns]
    assert len(rows) == len(table.table.rows) + 1
    whole = json.loads(client.get(address.format("json")).content)
    assert (whole["title"][lang], whole["caveats"][lang]) == (table.caption, list(table.notes))
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(address.format("xlsx")).content))
    notes = [str(row[0]) for row in book.get_sheet_by_name(t("figure.notes", lang=lang)).to_python()]
    assert {table.caption, *table.notes} <= set(notes)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("routes.svg", 404),
        ("routes.png?place=W06000015", 404),
        ("routes.csv?with=W92000004", 400),
        ("routes.csv?from=2020", 400),
        ("routes.csv?place=W06000099", 400),
        ("nothing.csv", 404),
    ],
)
def test_what_a_small_table_has_not_is_refused_with_what_it_has(client, address, status):
    answer = client.get(f"/figures/{address}")
    assert answer.status_code == status
    assert {"routes.svg": "csv, xlsx, json", "nothing.csv": "routes"}.get(address, "") in answer.text
