"""The zip of data: every number of every table, described as a validator of CSVW accepts it, and nothing to run."""

from __future__ import annotations

import csv
import json
import re
import warnings
from collections.abc import Callable
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from csvw.metadata import CSVW

from dashboard.briefing.dataset import csv_zip_bytes
from dashboard.downloads import csv_of_table
from dashboard.figure import Column, Table, in_language
from dashboard.i18n import LANGUAGES, t
from dashboard.model import MARKERS

LANGS = pytest.mark.parametrize("lang", LANGUAGES)
METADATA, README = "csv-metadata.json", "README.txt"
RUNS = re.compile(r"[=+\-@\t\r]")


@pytest.fixture(scope="module")
def briefing(compose_for):
    return compose_for("data", "XCAV")


@pytest.fixture(scope="module")
def parts(compose_for) -> Callable[..., dict[str, bytes]]:
    """Return a maker of zips, unpacked, each made once: `parts("cy", place="XCAV")`."""

    def made(lang: str, place: str = "XCAV") -> dict[str, bytes]:
        with ZipFile(BytesIO(csv_zip_bytes(compose_for("data", place), lang=lang))) as whole:
            return {name: whole.read(name) for name in whole.namelist()}

    return cache(made)


def own_tables(briefing, lang: str) -> dict[str, Table]:
    figures = {f"{f.code}.csv": in_language(f, lang).table for f in briefing.figures}
    return figures | {f"{r.code}.csv": in_language(r.table, lang) for r in briefing.tables}


def problems(parts: dict[str, bytes], folder: Path) -> list[str]:
    """Return what a validator of the W3C's vocabulary says against the files of a zip."""
    for name, content in parts.items():
        (folder / name).write_bytes(content)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = CSVW(str(folder / METADATA), validate=True)
        valid = found.is_valid
    said = [str(one.message) for one in (*caught, *found.warnings)]
    return said if said or valid else ["not valid"]


def frame(content: bytes) -> pd.DataFrame:
    return pd.read_csv(BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")


@LANGS
@pytest.mark.parametrize("place", ["XCAV", "W15000004"])
def test_a_validator_of_csv_on_the_web_finds_nothing_wrong(parts, tmp_path, place, lang):
    assert problems(parts(lang, place), tmp_path) == []


@pytest.mark.parametrize(("before", "after"), [(b"2023-04-01", b"April 2023"), (b",414,", b",many,")])
def test_the_validator_would_tell_of_a_wrong_day_or_number(parts, tmp_path, before, after):
    broken = parts("en")["rra_quarterly.csv"].replace(before, after)
    assert broken != parts("en")["rra_quarterly.csv"]
    assert problems(parts("en") | {"rra_quarterly.csv": broken}, tmp_path)


@LANGS
def test_the_headings_are_the_titles_of_the_columns_in_the_language_of_the_file(parts, lang):
    for table in json.loads(parts(lang)[METADATA])["tables"]:
        titles = [column["titles"][lang] for column in table["tableSchema"]["columns"]]
        assert list(frame(parts(lang)[table["url"]]).columns) == titles


@LANGS
def test_every_value_of_every_table_stands_in_its_file(briefing, parts, lang):
    tables = own_tables(briefing, lang)
    assert {name for name in parts(lang) if name.endswith(".csv")} == set(tables)
    for name, table in tables.items():
        there = frame(parts(lang)[name])
        assert len(there) == len(table.rows)
        for number, column in enumerate(table.columns):
            right = [row[number] for row in table.rows]
            if column.label not in there.columns:
                assert not column.is_shown
                assert set(right) == {None}
            elif column.kind == "number":
                assert [float(cell) if cell else None for cell in there[column.label]] == right
            else:
                assert list(there[column.label]) == [cell or "" for cell in right]


def test_both_languages_have_the_same_numbers_under_the_same_names(parts):
    english, welsh = (json.loads(parts(lang)[METADATA])["tables"] for lang in LANGUAGES)
    for one, other in zip(english, welsh, strict=True):
        assert one["url"] == other["url"]
        kinds = [(c["name"], c["datatype"]) for c in one["tableSchema"]["columns"]]
        assert kinds == [(c["name"], c["datatype"]) for c in other["tableSchema"]["columns"]]
        numbers = [n for n, (_, kind) in enumerate(kinds) if kind in ("integer", "double")]
        frames = (frame(parts(lang)[one["url"]]).iloc[:, numbers].to_numpy().tolist() for lang in LANGUAGES)
        assert next(frames) == next(frames)


@LANGS
def test_the_metadata_says_what_a_reader_of_either_language_must_know(briefing, parts, lang):
    told = json.loads(parts(lang)[METADATA])
    assert told["dc:identifier"] == briefing.build
    assert "open-government-licence" in told["dc:license"]["@id"]
    assert told["dc:title"] == [
        {"@value": briefing.title.text("en"), "@language": "en"},
        {"@value": briefing.title.text("cy"), "@language": "cy"},
    ]
    sources = {one["dc:identifier"]: one for table in told["tables"] for one in table["dc:source"]}
    for figure in briefing.figures:
        for source in figure.sources:
            assert sources[source.code]["@id"] == source.url
            assert sources[source.code]["schema:sha256"] == source.sha256
            assert [one["@value"] for one in sources[source.code]["dc:license"]] == [
                source.licence.en,
                source.licence.cy,
            ]
    for table in told["tables"]:
        for column in table["tableSchema"]["columns"]:
            assert set(column["titles"]) == {"en", "cy"}
            assert ("schema:unitText" in column) == (column["datatype"] in ("integer", "double"))


def test_days_are_days_whole_numbers_are_whole_and_codes_are_explained(parts):
    told = json.loads(parts("cy")[METADATA])["tables"]
    columns = {
        c["name"]: c for c in next(o for o in told if o["url"] == "asylum_support.csv")["tableSchema"]["columns"]
    }
    assert columns["period_start"]["datatype"] == {"base": "date", "format": "yyyy-MM-dd"}
    assert columns["value"]["datatype"] == "integer"
    (english, welsh) = (one["@value"] for one in columns["marker"]["dc:description"])
    assert all(mark in english and mark in welsh for mark in MARKERS)
    assert t("grade.T", lang="cy") in columns["grade"]["dc:description"][1]["@value"]


def test_every_row_names_its_source_edition_and_grade_where_its_table_has_one_source(briefing, parts):
    for figure in briefing.figures:
        if len(figure.sources) == 1:
            there = frame(parts("en")[f"{figure.code}.csv"])
            for key in ("column.source", "figure.edition", "grade.label"):
                assert (there[t(key, lang="en")] != "").all()


@pytest.mark.parametrize("place", ["XCAV", "W06000024", "W15000004", "W92000004"])
def test_no_cell_of_ours_could_run_in_a_spreadsheet(parts, place):
    for name, content in parts("cy", place).items():
        if name.endswith(".csv"):
            cells = [cell for row in csv.reader(StringIO(content.decode("utf-8-sig"))) for cell in row]
            assert not [cell for cell in cells if RUNS.match(cell) and not re.fullmatch(r"-[\d.]+", cell)]


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        *((text, f"'{text}") for text in ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)")),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
    ],
)
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(text, inert):
    table = Table(columns=(Column(key="area", label=text),), rows=((text,),))
    written = csv.reader(StringIO(csv_of_table(table).decode("utf-8-sig"), newline=""))
    assert list(written) == [[inert], [inert]]


@pytest.mark.parametrize("cell", [-378.0, "-378", "+10.5%", "-0.4"])
def test_a_number_below_nought_stays_a_number(cell):
    table = Table(columns=(Column(key="value", label="People"),), rows=((cell,),))
    assert csv_of_table(table).decode("utf-8-sig") == f"People\r\n{-378 if cell == -378.0 else cell}\r\n"


def test_an_officers_words_stand_in_no_csv_file_and_the_rest_stays_valid(compose_for, hostile, tmp_path):
    content = csv_zip_bytes(compose_for("data", "XCAV", officer=hostile), lang="en")
    with ZipFile(BytesIO(content)) as whole:
        found = {name: whole.read(name) for name in whole.namelist()}
    assert hostile.contact in found[README].decode("utf-8-sig")
    assert not [name for name, part in found.items() if name.endswith(".csv") and b"cmd()" in part]
    assert problems(found, tmp_path) == []


@LANGS
def test_the_readme_says_in_its_language_what_the_files_are(briefing, parts, lang):
    lines = parts(lang)[README].decode("utf-8-sig").split("\r\n")
    assert lines[0] == briefing.title.text(lang)
    assert t("footer.licence", lang=lang) in lines
    assert t("briefing.other_language", lang=lang) in lines
    for name in parts(lang):
        assert name in (METADATA, README) or any(line.startswith(f"{name}: ") for line in lines)
    assert any(briefing.build in line for line in lines)


def test_the_same_briefing_makes_the_same_zip(briefing):
    assert csv_zip_bytes(briefing, lang="cy") == csv_zip_bytes(briefing, lang="cy")
