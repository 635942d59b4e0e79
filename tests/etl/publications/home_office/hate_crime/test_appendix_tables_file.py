"""The year of an appendix table: what names it, what may not contradict it, and what is no period of a table at all."""

# ruff: noqa: E501 (a case and its refusal stand on one line)

from __future__ import annotations

from pathlib import Path

import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_and_apart
from etl.publications.home_office.hate_crime import appendix_tables_file as hate_crime_appendix
from etl.release.recognise import RELEASES
from tests.synthetic import appendix, write_ods


def book_of(sheet: str, *above: str) -> dict:
    """Return the table of one year, with its sheet's name and what stands above it."""
    (grid,) = [grid for name, grid in appendix(years=["2024/25"]).items() if name != "Cover"]
    return {"Cover": [["cover"]], sheet: [*([text] for text in above), *grid[2:]]}


def years(tmp_path: Path, sheet: str, *above: str) -> set[str]:
    return set(hate_crime_appendix.read(write_ods(tmp_path / "a.ods", book_of(sheet, *above)))["year"])


@pytest.mark.parametrize(
    ("sheet", "above"),
    [
        ("A1", ["Table 1: by force, year ending March 2026"]),
        ("A1", ["Table 1: by force, year ending 31 March 2026"]),
        ("A1", ["Table 1: by force, year to March 2026"]),
        ("A1", ["Table 1: by force, April 2025 \u2013 March 2026 (extracted July 2026)"]),
        ("A1", ["Table 1: by force, year ending March 2026, published 8 October 2026"]),
        ("A1", ["Table 1: by force, 2025 to 2026"]),
        ("A1", ["Table 1: by force, 2025/2026"]),
        ("A1", ["moved down", "Table 1: by force, 2025/26"]),
        ("A1", ["Hate crime by force", "England and Wales, year ending March 2026"]),
        ("2025_26", ["Hate crime by force"]),
        ("2025_26", ["Hate crime by force, 2025/26", "Note: no figures of Kent before the year ending March 2023"]),
        ("A1", ["Hate crime by force, 2025/26", "Compared with 2019/20 more forces record it"]),
    ],
)  # fmt: skip
def test_the_year_is_what_the_title_or_the_sheet_says(tmp_path, sheet, above):
    assert years(tmp_path, sheet, *above) == {"2025/26"}


@pytest.mark.parametrize(
    ("sheet", "above", "came"),
    [
        ("2025_26", ["Hate crime by force", "Note: the year ending March 2023"], "'2025_26'; 'Note: the year ending March 2023'"),
        ("2025_26", ["Hate crime by force, year ending March 2025"], "'2025_26'; 'Hate crime by force, year ending March 2025'"),
        ("2025_26", ["Hate crime by force", "2024/25"], "'2025_26'; '2024/25'"),
        ("2025_26", ["Hate crime by force, year ending June 2025"], "'Hate crime by force, year ending June 2025'"),
        ("A1", ["Hate crime by force, Q1 2025/26"], "'Hate crime by force, Q1 2025/26'"),
        ("A1", ["Hate crime by force, 2025/26, January to March 2026"], "'Hate crime by force, 2025/26, January"),
        ("A1", ["Hate crime by force", "Note: the year ending March 2023"], "''"),
        ("A1", ["Hate crime by force, calendar year 2025"], "''"),
    ],
)  # fmt: skip
def test_a_year_that_is_contradicted_or_only_in_a_note_is_refused(tmp_path, sheet, above, came):
    with pytest.raises(ContractError, match="one financial year") as refusal:
        years(tmp_path, sheet, *above)
    assert f"came {came}" in str(refusal.value)


def test_a_column_of_years_that_ends_before_the_title_is_refused(tmp_path):
    book = appendix(year_column=True)
    book["A1"][0] = ["Table 1: by force, years ending March 2024 and year ending March 2026"]
    with pytest.raises(ContractError, match=r"the year that stands above them; came rows to 2024/25 below a title of"):
        hate_crime_appendix.read(write_ods(tmp_path / "a.ods", book))


def test_a_new_force_of_england_is_kept_apart(tmp_path):
    book = appendix()
    for grid in book.values():
        for row in grid:
            row[:1] = ["Cheshire and Merseyside" if row[:1] == ["Cheshire"] else cell for cell in row[:1]]
    table, apart = tidy_and_apart(RELEASES["hate_crime_strands_by_force"], file=write_ods(tmp_path / "a.ods", book))
    assert apart == {"E23 Cheshire and Merseyside": ""}
    assert "E23000006" not in set(table["area_code"])
    assert {"W15000001", "W15000002", "W15000003", "W15000004"} <= set(table["area_code"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda grid: grid.insert(4, ["Wales", 999, 99, 99, 99, 99, 1200]), "Welsh forces that add to the 999 of Wales in race, 2024/25; came 206"),
        (lambda grid: grid[4].__setitem__(6, 5000), "no more offences than the strands add to; not so for Gwent 2024/25"),
        (lambda grid: grid.__setitem__(0, ["Table 1: hate incidents by force, 2024/25"]), "expected a table of counts; came 'Table 1: hate incidents"),
        (lambda grid: grid.__setitem__(0, ["Table 1: victims by force, 2024/25"]), "expected a table of counts; came 'Table 1: victims"),
        (lambda grid: grid.__setitem__(0, ["Table 1: offences with a charge or summons, 2024/25"]), "expected a table of counts"),
        (lambda grid: grid.__setitem__(0, ["Table 1: change on the year before, 2024/25"]), "expected a table of counts; came 'Table 1: change"),
        (lambda grid: grid.__setitem__(0, ["Table 1: online hate crime by force, 2024/25"]), "expected a table of counts; came 'Table 1: online"),
        (lambda grid: grid.__setitem__(0, ["Table 1: aggravated offences by force, 2024/25"]), "expected a table of counts; came 'Table 1: aggravated"),
        (lambda grid: grid.__setitem__(0, ["Table 1: hate crimes of violence by force, 2024/25"]), "expected a table of counts"),
        (lambda grid: grid.__setitem__(0, ["Table 1: public order hate crimes by force, 2024/25"]), "expected a table of counts"),
    ],
)  # fmt: skip
def test_counts_that_do_not_fit_and_tables_of_other_counts_are_refused(tmp_path, change, told):
    book = appendix(years=["2024/25"])
    change(book["Appendix_0"])
    with pytest.raises(ContractError, match=told):
        tidy_and_apart(RELEASES["hate_crime_strands_by_force"], file=write_ods(tmp_path / "a.ods", book))


def test_a_row_of_wales_that_is_the_sum_of_its_forces_passes(tmp_path):
    book = appendix(years=["2024/25"])
    forces = book["Appendix_0"][3:7]
    book["Appendix_0"].insert(7, ["Wales", *(sum(row[n] for row in forces) for n in range(1, 7))])
    tidy_and_apart(RELEASES["hate_crime_strands_by_force"], file=write_ods(tmp_path / "a.ods", book))
