"""Events and glossary: confirmed by a source, neutral, in both languages, and never a place of sanctuary."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline import load
from etl.pipeline.events import event_problems
from etl.pipeline.tables import read_tables
from tests.scratch import scratch_data

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
EVENTS = pd.read_csv(REFERENCE / "events.csv", dtype=str, keep_default_na=False)
GLOSSARY = pd.read_csv(REFERENCE / "glossary.csv", dtype=str, keep_default_na=False)
AREAS = pd.read_csv(REFERENCE / "areas.csv", dtype=str, keep_default_na=False)["code"]
LOADED = re.compile(r"surge|flood|influx|soar|spike|hotspot|riot|terror|far-right|hotel", re.IGNORECASE)
TERMS = (
    *("hate crime", "hate incident", "strand", "racially or religiously aggravated offence", "recorded by the police"),
    *("police force area", "stock", "flow", "cumulative", "mid-year estimate", "rebasing", "net migration"),
    *("internal migration", "international migration", "components of change", "natural change", "asylum support"),
    *("Section 95", "Section 4", "Section 98", "dispersal accommodation", "contingency accommodation", "resettlement"),
    *("Homes for Ukraine", "first responder", "Flag 4", "confidence interval", "expected range", "break in a series"),
    *("provisional", "accredited official statistics", "grade", "Census"),
)


def planted(**changes: str) -> pd.DataFrame:
    return pd.DataFrame([{**EVENTS.iloc[1].to_dict(), **changes}])


def test_the_events_we_hold_keep_the_contract() -> None:
    assert event_problems(EVENTS, areas=AREAS) == []
    assert len(EVENTS) == 14
    assert EVENTS.sort_values("date", kind="stable")["date"].tolist() == EVENTS["date"].tolist()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title_en": "Manchester Arena attack (CONFIRM DAY before use)"}, "only confirmed events"),
        ({"source_title": "UNCERTAIN: day from general knowledge"}, "only confirmed events"),
        ({"date_precision": "day NOT in retrieved text"}, "day or month"),
        ({"date": "2016-06-00"}, "a date as exact as it says"),
        ({"date": "2016-06", "date_precision": "month"}, "a date as exact as it says"),
        ({"date": "2016-06-23", "date_precision": "month"}, "a date as exact as it says"),
        ({"scope_area": "GB"}, "an area of areas.csv"),
        ({"source_url": ""}, "the address of a page"),
        ({"source_url": "http://www.gov.uk/x"}, "the address of a page (https)"),
    ],
    ids=str,
)
def test_a_doubtful_event_is_refused_with_its_row(changes: dict[str, str], told: str) -> None:
    found = [str(problem) for problem in event_problems(planted(**changes), areas=AREAS)]
    assert any(told in problem for problem in found), found
    assert all(problem.startswith("events.csv, row 2:") for problem in found)


def test_a_build_refuses_a_planted_event(tmp_path: Path) -> None:
    data = scratch_data(tmp_path)
    assert len(read_tables(data=data).reference["event"]) == len(EVENTS)
    with (data / "reference" / "events.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(planted(title_en="CONFIRM DAY before use").iloc[0])
    with pytest.raises(ContractError, match=r"events\.csv, row 16: expected only confirmed events"):
        read_tables(data=data)


def test_events_and_terms_are_in_the_build(tmp_path: Path) -> None:
    data = scratch_data(tmp_path)
    load.build(data=data)
    path = next((data / "build").glob("cohesion-*.duckdb"))
    with duckdb.connect(str(path), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM event").fetchone() == (len(EVENTS),)
        assert con.execute("SELECT count(*) FROM glossary").fetchone() == (len(GLOSSARY),)
        abroad = con.execute("SELECT count(*) FROM event WHERE scope_area IS NULL").fetchone()
    assert abroad == (2,)
    shutil.rmtree(data)


def test_wording_is_neutral_and_names_no_place_of_sanctuary() -> None:
    titles = pd.concat([EVENTS["title_en"], EVENTS["title_cy"]])
    assert titles[titles.str.contains(LOADED)].tolist() == []
    assert titles[titles.str.contains("Llantwit|Llanilltud|Eagleswell", case=False)].tolist() == []


@pytest.mark.parametrize("table", [EVENTS, GLOSSARY], ids=["events", "glossary"])
def test_every_text_is_there_in_both_languages(table: pd.DataFrame) -> None:
    texts = table[[c for c in table.columns if c.endswith(("_en", "_cy"))]]
    assert texts.map(str.strip).ne("").all(axis=None)
    for column in (c.removesuffix("_en") for c in map(str, texts) if c.endswith("_en")):
        assert (table[f"{column}_en"] != table[f"{column}_cy"]).all()


def test_the_glossary_has_the_terms_the_pages_use_once_each() -> None:
    assert not set(TERMS) - set(GLOSSARY["term_en"])
    for column in ("term_en", "term_cy"):
        assert GLOSSARY[column].is_unique
    assert GLOSSARY[["meaning_en", "meaning_cy"]].map(lambda text: text.endswith(".")).all(axis=None)


@pytest.mark.shared
def test_each_event_is_a_row_that_the_list_confirms(shared_sources: Path) -> None:
    listed = pd.read_csv(shared_sources / "context" / "events-for-annotation.csv", dtype=str, keep_default_na=False)
    doubtful = listed.apply(" ".join, axis=1).str.contains("CONFIRM|NOT in retrieved|NOT seen")
    sure, unsure = listed[~doubtful], listed[doubtful]
    assert len(unsure) == 3
    for event in EVENTS.to_dict("records"):
        exact = event["date"] if event["date_precision"] == "day" else event["date"][:7]
        of_that_date = sure[sure["date"].str.startswith(exact)]
        assert not of_that_date.empty, event["title_en"]
        safe = {url for url in of_that_date["source_url"] if url.startswith("https://")}
        # Where the list has no address that we may show, another page that gives the day stands for it.
        assert event["source_url"] in safe or not safe, event["title_en"]
        assert not unsure["date"].str.startswith(exact).any(), event["title_en"]
