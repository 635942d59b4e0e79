"""Thirteen templates: whole in both languages, and each taken by its own check when it is filled as its example is."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from itertools import combinations

import openpyxl
import pytest

from dashboard.i18n import LANGUAGES
from dashboard.i18n.spelling import Text, is_available, misspellings
from local_figures import places
from local_figures.checking.cells import Place
from local_figures.checking.check import check
from local_figures.checking.reading import read
from local_figures.templates import Template, files, lists_of_pages, named, templates

PLACE = Place(today=date(2026, 11, 29), areas=frozenset({"W06000015", "W06000014"}))
EVERY = list(templates().values())
OF_PAGES = list(lists_of_pages().values())


def each(test):
    return pytest.mark.parametrize("template", EVERY, ids=lambda one: one.key)(test)


def filled(template: Template) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([template.names, *template.example])
    return text.getvalue().encode()


def test_each_may_be_approved_for_those_it_may_be_shown_to():
    widest = {one.key: one.widest for one in (*EVERY, *OF_PAGES)}
    partners, private = {"tension_log"}, {"meeting_log", "local_events", *(one.key for one in OF_PAGES)}
    assert {key for key, level in widest.items() if level == "partners"} == partners
    assert {key for key, level in widest.items() if level == "private"} == private


def test_there_are_thirteen():
    assert len(EVERY) == 13


@pytest.mark.parametrize("template", OF_PAGES, ids=lambda one: one.key)
def test_what_a_page_keeps_by_row_is_no_template_is_read_by_row_and_passes_its_own_check(template):
    assert template.key not in templates()
    assert named(template.key) is template
    assert (template.read_by_row, template.counts) == (True, False)
    checked = check(read(filled(template)), template, PLACE, place_words=places.words_of_places())
    assert [problem.text(lang="en") for problem in (*checked.errors, *checked.warnings)] == []


@each
def test_an_example_passes_the_check_of_its_template(template):
    checked = check(read(filled(template)), template, PLACE, place_words=places.words_of_places())
    assert [problem.text(lang="en") for problem in checked.errors] == []
    assert len(checked.lines) == len(template.example)


@each
def test_an_example_that_is_left_as_it_is_given_is_refused(template):
    checked = check(read(files.example_bytes(template)), template, PLACE)
    assert [problem.key for problem in checked.errors] == ["header_extra"]


@each
def test_the_empty_template_has_the_exact_names_and_no_rows(template):
    checked = check(read(files.csv_bytes(template)), template, PLACE)
    assert [problem.key for problem in checked.errors] == ["no_rows"]


@each
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_offers_lists_and_is_taken_when_it_is_filled(template, lang):
    book = openpyxl.load_workbook(BytesIO(files.xlsx_bytes(template, lang=lang)))
    sheet = book.worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == template.names
    lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert len(lists) == sum(bool(column.choices) for column in template.columns)
    assert all(len(one.formula1) <= 257 for one in lists)
    for row in template.example:
        sheet.append(row)
    saved = BytesIO()
    book.save(saved)
    assert check(read(saved.getvalue()), template, PLACE, place_words=places.words_of_places()).errors == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lists_of_a_workbook_hold_the_areas_of_the_workspace(lang):
    content = files.xlsx_bytes(templates()["police_figures"], lang=lang, areas=["W06000015", "W06000014"])
    told = [[cell.value for cell in one] for one in openpyxl.load_workbook(BytesIO(content)).worksheets[2]]
    assert ["area_code", "W06000015", "Cardiff", "Caerdydd"] in told
    assert sum(one[0] == "area_code" for one in told) == 2


@each
def test_csvw_names_every_column_in_both_languages(template):
    told = json.loads(files.csvw_bytes(template))["tableSchema"]
    assert [column["name"] for column in told["columns"]] == list(template.names)
    for column in told["columns"]:
        assert {title["@language"] for title in column["dc:title"]} == set(LANGUAGES)
    assert set(told["primaryKey"]) <= set(template.names)


@each
def test_rules_name_columns_that_there_are(template):
    named = {*template.row_key, *template.numbers, *template.ordered, *(n for pair in template.rules for n in pair)}
    named |= {name for dims in template.by for name in dims} | ({template.total} if template.total else set())
    assert named <= set(template.names)


def test_a_part_of_a_part_is_limited_by_the_whole_without_a_rule():
    four = replace(EVERY[0], rules=(("a", "b"), ("c", "d"), ("b", "c")))
    assert set(four.limits) == {*combinations("abcd", 2)}
    assert len(four.limits) == 6


@pytest.mark.skipif(not is_available(), reason="aspell is not installed")
def test_every_word_of_the_templates_is_spelt_right():
    texts = [
        Text(where=f"{template.key} {column.name}", lang=lang, text=words[lang])
        for template in (*EVERY, *OF_PAGES)
        for column in template.columns
        for words in (template.name, column.heading, column.about, *column.choices.values())
        for lang in LANGUAGES
    ]
    assert sorted({(one.word, one.where) for one in misspellings(texts)}) == []
