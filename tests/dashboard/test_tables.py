"""Tables keep exact values, newest first, and write them for the page without ever turning a gap into a zero."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import queries
from dashboard.figure import Column, Table, in_language
from dashboard.i18n import LANGUAGES
from dashboard.model import Period
from dashboard.tables import as_read, marker_key, period_text, series_table, written


def column(table, key: str) -> list:
    index = [c.key for c in table.columns].index(key)
    return [row[index] for row in table.rows]


def shown(table) -> set[str]:
    return {c.key for c in table.columns if c.is_shown}


def test_rows_run_from_the_newest_and_carry_code_measure_edition_and_grade(build):
    offences = queries.series("rra_offences", "W15000003", build=build)
    table = in_language(series_table([offences], build=build), "en")
    assert len(table.rows) == 55  # April 2012 to December 2025
    assert column(table, "period")[0] == "October to December 2025"
    assert column(table, "value")[0] == 414
    assert set(column(table, "area_code")) == {"W15000003"}
    assert set(column(table, "grade")) == {"C"}
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert shown(table) == {"period", "value"}


def test_a_marker_is_shown_with_its_gap_and_the_gap_is_never_zero(build):
    race = queries.series("hate_crimes", "XEWEXMET", category="race", build=build)
    table = in_language(series_table([race], build=build), "en")
    gaps = [
        (value, marker) for value, marker in zip(column(table, "value"), column(table, "marker"), strict=True) if marker
    ]
    assert gaps == [(None, "[x]")]
    assert "marker" in shown(table)


def test_several_categories_are_told_apart(build):
    strands = queries.breakdown("hate_crimes", "W92000004", build=build)
    table = in_language(series_table(strands, build=build), "cy")
    assert "category" in shown(table)
    assert len(set(column(table, "category"))) == 5


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        (Column(key="v", label="", kind="number"), 383_920, "383,920"),
        (Column(key="v", label="", kind="number", decimals=2), 2.0605, "2.06"),
        (Column(key="v", label="", kind="number", signed=True), -1418, "\N{MINUS SIGN}1,418"),
        (Column(key="v", label="", kind="number", signed=True), 12, "+12"),
        (Column(key="v", label="", kind="number"), 0, "0"),
        (Column(key="v", label="", kind="number"), None, "not available"),
        (Column(key="v", label=""), None, ""),
        (Column(key="v", label=""), "Ynys Môn", "Ynys Môn"),
    ],
)
def test_cells_are_written_by_what_they_are(kind, cell, text):
    assert written(cell, column=kind, lang="en") == text


def test_populations_are_named_by_their_mid_year_and_other_days_by_the_day():
    mid_year = Period(start=date(2024, 6, 30), months=0)
    assert period_text(mid_year, lang="en", measure="population") == "mid-2024"
    assert period_text(mid_year, lang="en", measure="asylum_supported") == "30 June 2024"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_languages_have_the_same_rows_and_other_words(build, lang):
    people = queries.series("population", "W06000001", build=build)
    table = in_language(series_table([people], build=build), lang)
    assert len(table.rows) == len(people.observations)
    assert set(column(table, "area")) == {"Isle of Anglesey" if lang == "en" else "Ynys Môn"}


def test_a_table_is_read_without_the_columns_that_only_files_have():
    columns = (
        Column(key="area", label="Area"),
        Column(key="code", label="Code", is_shown=False),
        Column(key="value", label="People", kind="number"),
    )
    table = Table(columns=columns, rows=(("Cardiff", "W06000015", 1234.0), ("Vale", "W06000014", None)))
    read = as_read(table, lang="en")
    assert [column.key for column in read.columns] == ["area", "value"]
    assert read.rows == (("Cardiff", "1,234"), ("Vale", written(None, column=columns[2], lang="en")))


def test_numbers_that_are_written_among_words_are_read_as_numbers_and_stay_texts():
    columns = (Column(key="area", label="Area"), Column(key="rate", label="Rate", kind="written"))
    read = as_read(Table(columns=columns, rows=(("Cardiff", "25.8"), ("Vale", "Not applicable"))), lang="en")
    assert [column.kind for column in read.columns] == ["text", "number"]
    assert read.rows == (("Cardiff", "25.8"), ("Vale", "Not applicable"))


def test_only_the_markers_a_table_has_are_explained():
    columns = (Column(key="area", label="Area"), Column(key="marker", label="Marker"))
    table = Table(columns=columns, rows=(("Cardiff", "[x]"), ("Vale", None)))
    assert [line.split(" ")[0] for line in marker_key(table, lang="cy")] == ["[x]"]
    assert marker_key(table, lang="en") == ("[x] Not available.",)
    assert marker_key(Table(columns=columns, rows=(("Cardiff", None),)), lang="en") == ()
    hidden = Table(columns=columns, rows=(("Cardiff", "[c]"), ("Vale", "[x]")))
    assert "publisher" in marker_key(hidden, lang="en")[0]
    own = hidden.beside([Column(key="mark", label="Who may see it", is_shown=False)], [("For us",)] * 2)
    assert "publisher" not in " ".join(marker_key(own, lang="en"))
    assert [line.split(" ")[0] for line in marker_key(own, lang="en")] == ["[c]", "[x]"]
