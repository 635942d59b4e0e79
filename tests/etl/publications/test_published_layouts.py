"""The publishers' layouts pass the same checks as the held copies, and each way to break one is refused by its cell."""

# ruff: noqa: E501 (a case of damage and its refusal stand on one line)

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.release.recognise import RELEASES, recognise
from tests import synthetic as made
from tests.etl.publications.unchanged import BOOKS, unchanged
from tests.synthetic import write_nomis, write_ods, write_xlsx


def table(name, path):
    return tidy_table(RELEASES[name], file=path)


def value(tidy, **where):
    rows = tidy
    for column, wanted in where.items():
        rows = rows[rows[column] == wanted]
    (found,) = rows["value"]
    return found


@pytest.mark.parametrize("name", BOOKS)
def test_a_whole_file_keeps_every_check_of_its_dataset(tmp_path, name):
    write, book = BOOKS[name]
    assert name in recognise(write(tmp_path / "any", book()))
    assert len(unchanged(name)) > 0


@pytest.mark.parametrize("name", [n for n, (write, _) in BOOKS.items() if write is not write_nomis])
def test_both_formats_give_the_same_figures(tmp_path, name):
    write, book = BOOKS[name]
    write_other = write_xlsx if write is write_ods else write_ods
    assert table(name, write_other(tmp_path / "other", book())).equals(unchanged(name))


@pytest.mark.parametrize("name", [n for n, (write, _) in BOOKS.items() if write is not write_nomis])
def test_a_header_that_moved_down_is_found(tmp_path, name):
    write, make = BOOKS[name]
    moved = {sheet: [["moved"], ["down"], *grid] for sheet, grid in make().items()}
    assert table(name, write(tmp_path / "a", moved)).equals(unchanged(name))


def put(book: dict[str, Any], sheet: str, row: int, column: int, cell: Any) -> None:
    book[sheet][row - 1][column] = cell


def broken(name: str, tmp_path, change) -> str:
    write, make = BOOKS[name]
    book = deepcopy(make())
    change(book)
    with pytest.raises(ContractError) as told:
        table(name, write(tmp_path / "file", book))
    return str(told.value)


def rename(old: str, new: str):
    return lambda book: book.__setitem__(new, book.pop(old))


def drop(sheet: str, word: str):
    return lambda book: book[sheet].__setitem__(slice(None), [r for r in book[sheet] if word not in r])


def cell(sheet: str, row: int, column: int, text: Any):
    return lambda book: put(book, sheet, row, column, text)


def new_column(sheet: str, header: int):
    def change(book):
        for number, row in enumerate(book[sheet], start=1):
            if number >= header:
                row.append("A new heading" if number == header else 1)

    return change


D11, D01, MYE = "Data_Asy_D11", "Data_Res_D01", "MYEB3"
PFA, CSP = "police_recorded_crime_pfa", "police_recorded_crime_csp"
HATE, RELIGION, GROUPS = "hate_crime_england_wales", "hate_crime_religion_targeted", "immigration_groups_jun_2026"
COMPONENTS = "components_of_change_rebased"


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        # a sheet that is called otherwise
        (PFA, rename("2015_16", "Year 2015"), "sheet 'Year 2015': expected a sheet of a year to be called after it alone"),
        (HATE, rename("2", "Strands"), "a sheet '2' with a header that begins 'Hate crime strand'"),
        (RELIGION, rename("5", "Religions"), "a sheet '5'"),
        ("asylum_support", rename(D11, "Data"), "a sheet Data_Asy_D11; came ('Contents' and 'Data'|'Data' and 'Contents')"),
        ("resettlement", rename(D01, "Res"), "a sheet Data_Res_D01; came 'Res'"),
        (GROUPS, rename("Reg_02", "Reg_03"), "a sheet Reg_02"),
        (COMPONENTS, rename(MYE, "MYEB4"), "a sheet MYEB3"),
        ("nrm_county", rename("Table_12", "Table_13"), "a sheet Table_12"),
        # a heading that is new, gone or twice
        (PFA, new_column("2015_16", 1), "file, sheet '2015_16', I1: expected only known headings.*'A new heading'"),
        (CSP, new_column("2024_25", 1), "sheet '2024_25', J1: expected only known headings"),
        ("asylum_support", new_column(D11, 2), "sheet 'Data_Asy_D11', H2: expected only known headings"),
        ("resettlement", new_column(D01, 2), "H2: expected only known headings"),
        (GROUPS, new_column("Reg_02", 2), "sheet 'Reg_02', P2: expected only known headings"),
        (COMPONENTS, new_column(MYE, 2), "only known headings"),
        (HATE, cell("2", 7, 15, "A new heading"), "sheet '2', P7: expected years such as 2024/25; came .*A new heading"),
        ("nrm_county", cell("Table_12", 6, 1, "Everyone"), "a column 'Total' or 'Total referrals'|with the headings"),
        (PFA, cell("2015_16", 1, 7, "Offences counted"), "row 1: expected a column 'Number of Offences'.*came none"),
        (PFA, cell("2015_16", 1, 3, "Force Name"), "D1: expected only known headings, each once"),
        (COMPONENTS, cell(MYE, 2, 4, "birth_2012"), "E2: expected only known headings, each once; came 'birth_2012'"),
        (HATE, cell("2", 7, 0, "Strand"), "a header that begins 'Hate crime strand'"),
        # a marker or word where a number stands
        (PFA, cell("2015_16", 9, 7, "[new]"), r"sheet '2015_16', H9: expected a number for 'Number of Offences'; came '\[new\]'"),
        (PFA, cell("2015_16", 9, 7, ""), "H9: expected a number.*came ''"),
        ("asylum_support", cell(D11, 5, 6, "*"), r"sheet 'Data_Asy_D11', G5: expected a number for 'People'; came '\*'"),
        (GROUPS, cell("Reg_02", 7, 3, "~"), "sheet 'Reg_02', D7: expected a number.*came '~'"),
        (COMPONENTS, cell(MYE, 9, 6, ":"), "sheet 'MYEB3', G9: expected a number.*came ':'"),
        (HATE, cell("2", 8, 3, "[y]"), r"sheet '2', D8: expected a whole number or a known marker; came '\[y\]'"),
        ("nrm_county", cell("Table_12", 8, 1, "few"), "B8: expected a number"),
        # a place or category that is not known
        (PFA, cell("2015_16", 2, 2, "Heddlu Borset"), "a police force that etl/geo/geography.py knows; came 'Heddlu Borset'"),
        (PFA, cell("2015_16", 2, 2, "South Wles"), "a police force that etl/geo/geography.py knows; came 'South Wles'"),
        ("asylum_support_2014_2021", cell(D11, 3, 4, "W06000099"), "'Vale of Glamorgan' beside W06000099, a code we do not know"),
        ("asylum_support", cell(D11, 7, 3, "N/A - Section 99"), "N/A - Section 99"),
        ("asylum_support_by_type", cell(D11, 3, 1, "Section 55"), "Section 55"),
        ("resettlement", cell(D01, 3, 3, "W06000099"), "'Cardiff' beside W06000099, a code we do not know"),
        ("resettlement", cell(D01, 3, 5, "A new scheme"), "A new scheme"),
        (GROUPS, cell("Reg_02", 5, 2, "E06000099"), "row 5: expected each code beside its own name; came '.*' beside E06000099"),
        (COMPONENTS, cell(MYE, 5, 0, "E06000099"), "row 5: expected each code beside its own name; came 'Conwy' beside E06000099"),
        (HATE, cell("2", 9, 0, "Age"), "sheet '2', A9: expected one of race, religion.*came 'Age'"),
        # a row that is lost or stands twice
        (PFA, drop("2015_16", "Gwent"), "expected the forces Dyfed-Powys, Gwent.* lacking .*W15000002"),
        (PFA, lambda book: book["2015_16"].append(book["2015_16"][5]), "expected each Financial Year.*Offence Code once"),
        ("asylum_support", drop(D11, "30 Sep 2024"), "every quarter end; came otherwise: .*2024-09-30"),
        ("resettlement", lambda book: book[D01].insert(4, book[D01][3]), "once"),
        (GROUPS, drop("Reg_02", "Cardiff"), "each of 22 Welsh authorities, and no authority twice"),
        (COMPONENTS, drop(MYE, "Cardiff"), "expected 22 Welsh authorities; came 21"),
        ("nrm_county", drop("Table_12", "South Glamorgan"), "expected one row of South Glamorgan|add to 45; came 18"),
        (HATE, drop("2", "Disability"), "expected rows of 2011/12 that add to the sum printed"),
        # sums that do not agree
        (HATE, cell("2", 8, 5, 51_000), "rows of 2015/16 that add to the sum printed, 90,000; came 91,000"),
        (GROUPS, cell("Reg_02", 9, 4, 60), "categories differ from the total"),
        (COMPONENTS, cell(MYE, 5, 4, 1), "account to close|each net"),
        ("nrm_county", cell("Table_12", 8, 1, 28), "counties that add to 45; came 46"),
        # a word of time that is not one, or of another sheet
        (PFA, cell("2015_16", 2, 0, "2014/15"), "sheet '2015_16': expected rows of that year only; came 2014/15"),
        (PFA, cell("2015_16", 2, 1, 5), "a financial quarter from 1 to 4; came '5'"),
        ("asylum_support", cell(D11, 3, 0, "March 2014"), "a day such as 31 Mar 2026"),
        ("resettlement", cell(D01, 3, 1, "2025 Q1"), "each quarter in its year; came '2025 Q1'"),
        (GROUPS, cell("Reg_02", 1, 0, "Immigration groups"), "a title of Reg_02 with 'as at' and a day"),
        ("nrm_county", cell("Table_12", 1, 0, "Table 12"), "a quarter such as"),
    ],
)  # fmt: skip
def test_what_is_not_as_documented_is_refused_with_its_cell(tmp_path, name, change, told):
    words = broken(name, tmp_path, change)
    assert re.search(told, words, flags=re.DOTALL), words


@pytest.mark.parametrize(
    ("name", "column", "row", "text", "told"),
    [
        ("census_ethnic_group", 3, 14, "1", "children that add to 'total'"),
        ("census_ethnic_group", 4, 0, "Ethnic group: Another", "unknown 'Another'"),
        ("census_ethnic_group", 3, 0, "Religion: Total", "columns of 'Ethnic group'"),
        ("census_ethnic_group", 2, 0, "code", "a CSV with the columns date, geography, geography code"),
        ("census_english_proficiency", 6, 0, "Proficiency in English language: Fluent", "no column 'Main language"),
        ("census_migrant_indicator", 7, 0, "Migrant indicator: From elsewhere", "no column 'Migrant from outside"),
    ],
)
def test_a_census_table_that_is_not_as_documented_is_refused(tmp_path, name, column, row, text, told):
    def change(parts):
        parts["b-ltla.csv"][row][column] = text

    assert told in broken(name, tmp_path, change)


def test_asylum_figures_come_from_the_rows_of_the_right_place_and_day():
    where = {"area_code": "W06000015", "period_start": "2026-06-30", "category": "total"}
    rows = [r for r in made.asy_d11()[D11] if r[0] == "30 Jun 2026" and r[4] == "W06000015"]
    tidy = unchanged("asylum_support")
    assert value(tidy, **where) == str(sum(r[6] for r in rows))
    assert value(tidy, area_code="W06000001", period_start="2026-06-30") == "0"


def test_afghan_arrivals_of_newer_editions_stand_by_authority_and_in_the_uk_without_a_zero():
    tidy = unchanged("resettlement")
    afghan = {"category": "afghan_arap", "period_start": "2026-04-01"}
    assert value(tidy, area_code="W06000015", **afghan) == "7"
    assert value(tidy, area_code="K02000001", **afghan) == "27"
    assert tidy[(tidy["area_code"] == "W06000014") & (tidy["category"] == "afghan_arap")].empty
    assert value(tidy, area_code="W06000014", category="total", period_start="2026-04-01") == "5"


def test_what_the_rebasing_could_not_explain_is_kept_apart_and_closes_the_account(tmp_path):
    book = made.myeb3(unattributed="unattributable")
    tidy = table(COMPONENTS, write_xlsx(tmp_path / "a", book))
    assert "unattributable_change" in set(tidy["measure"])
    assert set(tidy["period_start"]) == {"2011-07-01", "2012-07-01", "2013-07-01"}
    assert "unattributable_change" not in set(unchanged(COMPONENTS)["measure"])


def test_a_star_is_kept_as_suppressed():
    tidy = unchanged(GROUPS)
    hidden = tidy[tidy["marker"] == "[c]"]
    assert list(hidden["measure"]) == ["homes_for_ukraine_arrivals"]
