"""What a file is taken for, what stands in the cell of a problem, and what a session holds of it."""

from __future__ import annotations

from datetime import date

import pytest

from local_figures.templates import files, templates
from workspace.bringing.brought_file import Memory, brought, cell_of, checked

AREAS = frozenset({"W06000015"})
TODAY = date(2026, 11, 29)


@pytest.mark.parametrize("key", templates())
def test_each_template_is_recognised_by_its_names(key):
    assert brought(files.csv_bytes(templates()[key])).likely == key
    assert brought(files.xlsx_bytes(templates()[key], lang="cy")).likely == key


@pytest.mark.parametrize(
    ("header", "likely"),
    [
        ("quarter,area_code,crime_or_incident,strand,number,extracted_on", "police_figures"),
        ("Quarter,Area_Code,Crime_or_incident,Strand,Count,extracted_on,note", "police_figures"),
        ("quarter,area_code,count", None),
        ("name,address", None),
        ("", None),
    ],
)
def test_a_file_that_is_nearly_one_is_recognised_and_any_other_is_not(header, likely):
    assert brought(f"{header}\nx".encode()).likely == likely


def test_a_file_that_cannot_be_read_is_no_sheet():
    one = brought(b"%PDF-1.4 \x00")
    assert (one.sheet, one.problem.key, one.likely) == (None, "not_table", None)


def test_what_stands_in_the_cell_of_a_problem_is_found():
    content = "quarter,area_code,crime_or_incident,strand,count,extracted_on\n2026-07-01,W06000015,crime,race,<5\n"
    found = checked(brought(content.encode()).sheet, template="police_figures", areas=AREAS, today=TODAY)
    assert [(one.key, cell_of(found, one)) for one in found.errors] == [("not_whole", "<5"), ("missing", "")]


def test_a_thing_is_held_for_what_it_depends_on_and_for_nothing_else():
    memory = Memory()
    assert memory.get("a", 1, str) is None
    assert memory.put("a", 1, "made for 1") == "made for 1"
    assert [memory.get("a", of, str) for of in (1, 2)] == ["made for 1", None]
    memory.put("a", 2, "made for 2")
    assert [memory.get("a", of, str) for of in (1, 2)] == [None, "made for 2"]
    memory.forget()
    assert memory.get("a", 2, str) is None
