"""One place without a newest figure holds up nobody: others are shown, it is named, and a few places are no period."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard import memory, places, queries, store
from dashboard.blocks import compare_places, hate_crime, migration, sanctuary
from dashboard.figure import Figure, View
from dashboard.findings import Scope
from dashboard.findings import sanctuary as told
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import written
from dashboard.model import Period
from etl.pipeline import load
from tests.scratch import DATA

BUILD = "spoilt"
CARDIFF, GWYNEDD, WALES, KENT = "W06000015", "W06000002", "W92000004", "E23000032"
JUNE, MARCH = Period(start=date(2026, 6, 30), months=0), Period(start=date(2026, 3, 31), months=0)
YEAR, MID_2024 = Period(start=date(2024, 4, 1), months=12), Period(start=date(2024, 6, 30), months=0)
ASYLUM, NEWEST = "measure = 'asylum_supported'", "period_start = '2026-06-30'"
SPOILT = (
    # Gwynedd is suppressed on the newest day of asylum support, so Wales has no sum of ours on it.
    f"UPDATE observation SET value = NULL, marker = '[c]' WHERE {ASYLUM} AND {NEWEST} AND area_code = '{GWYNEDD}'",
    f"DELETE FROM observation WHERE {ASYLUM} AND {NEWEST} AND derived",
    f"DELETE FROM observation WHERE measure = 'hate_crimes' AND period_start = '2024-04-01' AND area_code = '{KENT}'",
    f"DELETE FROM observation WHERE measure = 'population' AND period_start = '2024-06-30' AND area_code = '{GWYNEDD}'",
    # A quarter of Ukrainian arrivals for Cardiff alone.
    """INSERT INTO observation SELECT * REPLACE (DATE '2026-09-30' AS period_start) FROM observation
       WHERE measure = 'homes_for_ukraine_arrivals' AND area_code = 'W06000015' AND period_start = '2026-06-30'""",
)


@pytest.fixture(scope="module")
def folder(build: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("spoilt")
    (data / "build").mkdir()
    database = data / "build" / f"cohesion-{BUILD}.duckdb"
    shutil.copy(DATA / "build" / f"cohesion-{build}.duckdb", database)
    with duckdb.connect(str(database)) as con:
        for change in SPOILT:
            con.execute(change)
        con.execute("DELETE FROM packed")
        con.execute((load.HERE / "packed.sql").read_text(encoding="utf-8"))
    (data / "build" / "current.json").write_text(json.dumps({"build": BUILD, "file": database.name}), encoding="utf-8")
    return data


@pytest.fixture(autouse=True)
def on_show(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(store, "DATA", folder)
    yield
    memory.forget()


def view(place: str = CARDIFF, lang: str = "en") -> View:
    return View(place=queries.area(place, build=BUILD), lang=lang, build=BUILD)


def newest(measure: str, **asked: object) -> Period | None:
    return queries.latest_period(measure, kind="local_authority", build=BUILD, **asked)  # type: ignore[arg-type]


def test_one_suppressed_cell_does_not_freeze_a_map_and_is_named():
    assert newest("asylum_supported", nation=WALES) == JUNE
    assert newest("asylum_supported", nation=WALES, whole=True) == MARCH
    found = places.compared(choice="asylum_supported", among="wales", place=CARDIFF, build=BUILD)
    assert found is not None
    assert (found.period, len(found.counted), found.without) == (JUNE, 21, (GWYNEDD,))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_names_the_place_and_counts_the_others(lang):
    figure = sanctuary.asylum_map(view(lang=lang))
    assert isinstance(figure, Figure)
    assert any("Gwynedd." in caveat for caveat in figure.caveat_texts)
    assert {
        "en": "of the 21 local authorities of Wales that have a figure",
        "cy": "o'r 21 awdurdod lleol yng Nghymru sydd â ffigur",
    }[lang] in figure.title
    keys = [column.key for column in figure.table.columns]
    (row,) = [
        row for row in (dict(zip(keys, cells, strict=True)) for cells in figure.table.rows) if GWYNEDD in row.values()
    ]
    assert row["count"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_compare_opens_without_wales_and_names_the_place(lang):
    found = places.compared(choice="asylum_supported", among="wales", place=CARDIFF, build=BUILD)
    assert found is not None
    assert (found.period, found.wales.value, len(found.drawn), len(found.rows)) == (JUNE, None, 21, 22)
    notes = compare_places._set_notes(found, view(lang=lang))
    assert any("Gwynedd." in written(note.text, lang) for note in notes)


def test_sums_and_middles_are_told_of_the_last_day_that_all_have():
    place, force = (queries.area(code, build=BUILD) for code in (CARDIFF, "W15000003"))
    draft = told.asylum_level(Scope(place=place, police=force, build=BUILD))
    assert draft is not None
    assert draft.keys[:3] == ("finding.asylum_level", "finding.asylum_per", "finding.asylum_rest_then")
    assert draft.values["day_of_all"].period == MARCH  # type: ignore[union-attr,attr-defined]


def test_a_silent_force_is_named_and_the_others_are_of_the_newest_year():
    assert queries.latest_period("hate_crimes", kind="police_force", build=BUILD) == YEAR
    every = queries.figures("hate_crimes", periods=(YEAR,), build=BUILD)
    silent = queries.areas_without("hate_crimes", kind="police_force", period=YEAR, among=every, build=BUILD)
    assert silent == (KENT,)
    figure = hate_crime.forces_compared(view())
    assert isinstance(figure, Figure)
    assert any(caveat == "No figure, so not drawn: Kent Police." for caveat in figure.caveat_texts)
    found = places.compared(choice="hate_crimes", among="england_wales", place=CARDIFF, build=BUILD)
    assert found is not None
    assert [row.marker for row in found.rows if row.area.code == KENT] == ["[x]"]


def test_a_missing_row_of_population_leaves_the_others_on_the_map():
    figure = migration.population_change_map(view())
    assert isinstance(figure, Figure)
    assert "of the 21 local authorities of Wales that have a figure" in figure.title
    assert any("Gwynedd." in caveat for caveat in figure.caveat_texts)


def test_a_few_places_are_no_period():
    assert newest("homes_for_ukraine_arrivals", nation=WALES) == JUNE
    mine = queries.series("homes_for_ukraine_arrivals", CARDIFF, build=BUILD).latest
    assert mine is not None
    assert mine.period.start == date(2026, 9, 30)  # where one place is shown, its own newest day
