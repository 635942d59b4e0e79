"""A file is told by what is in it: under any name, in either format, and a stranger is named as one."""

from __future__ import annotations

import pytest

from etl.__main__ import main
from etl.contract import ContractError
from etl.registry import ALL, AWAITED, DATASETS, PUBLISHED_FILES
from etl.release.recognise import RELEASES, REPLACED, edition_of, loader_of, recognise
from tests import synthetic as made
from tests.scratch import scratch_data
from tests.synthetic import write_nomis, write_ods, write_xlsx

ASYLUM = ("asylum_support", "asylum_support_2014_2021", "asylum_support_by_type", "asylum_support_by_accommodation")
KINDS = [
    (made.pfa, ("police_recorded_crime_pfa", "modern_slavery_offences")),
    (
        lambda: made.pfa(sheet=lambda year: year.replace("/", "-")),
        ("police_recorded_crime_pfa", "modern_slavery_offences"),
    ),
    (made.csp, ("police_recorded_crime_csp",)),
    (lambda: made.csp(years=["2016/17"], count="Number of Offences"), ("police_recorded_crime_csp_2016_2020",)),
    (lambda: made.csp(years=["2011/12"], count="Number of Offences"), ("police_recorded_crime_csp_2012_2015",)),
    (made.asy_d11, ASYLUM),
    (made.res_d01, ("resettlement",)),
    (made.reg_02, ("immigration_groups_jun_2026",)),
    (lambda: made.reg_02(day="31 December 2025"), ("immigration_groups_dec_2025",)),
    (lambda: made.reg_02(day="30 September 2026"), ("immigration_groups",)),
    (made.myeb3, ("components_of_change_rebased", "population_mid_year_rebased")),
    (made.hate_crime, ("hate_crime_england_wales", "hate_crime_religion_targeted")),
    (made.table_12, ("nrm_county",)),
    (made.responders, ("nrm_first_responders",)),
    (made.appendix, ("hate_crime_strands_by_force",)),
    (lambda: made.appendix(year_column=True), ("hate_crime_strands_by_force",)),
]
ARCHIVES = [
    (made.ts012, "census_country_of_birth"),
    (made.ts021, "census_ethnic_group"),
    (made.ts029, "census_english_proficiency"),
    (made.ts019, "census_migrant_indicator"),
]


@pytest.mark.parametrize("write", [write_ods, write_xlsx])
@pytest.mark.parametrize(("book", "names"), KINDS)
def test_a_workbook_is_told_by_its_content(tmp_path, write, book, names):
    assert recognise(write(tmp_path / "prc-hate-asy.tmp", book())) == names
    assert set(names) <= set(PUBLISHED_FILES)


@pytest.mark.parametrize(("parts", "name"), ARCHIVES)
def test_a_census_archive_is_told_by_its_headings(tmp_path, parts, name):
    assert recognise(write_nomis(tmp_path / "download", parts())) == (name,)


@pytest.mark.parametrize(
    "book",
    [
        {"Sheet1": [["Financial Year", "Force Name", "Offence Code"]]},  # no sheet of a year
        {"2015_16": [["Financial Year", "Place", "Offence Code"]]},
        {"Asy_D11": [["LAD Code", "Support Type", "People"]]},  # the pivot, not the data
        {"2": [["Strand of hate crime", "2024/25"]]},
        {"Reg_02": [["as at 30 June 2026"], ["Local authority"]]},
        {"MYEB2": [["ladcode23", "births_2012"]]},
        {},
    ],
)
def test_another_workbook_is_refused_with_what_was_looked_for(tmp_path, book):
    with pytest.raises(
        ContractError, match=r"prc-pfa.ods: expected .*sheets named after financial years.* Nomis archive"
    ):
        recognise(write_ods(tmp_path / "prc-pfa.ods", book))


def test_another_archive_and_another_file_are_refused(tmp_path):
    with pytest.raises(ContractError, match="an archive without such tables"):
        recognise(write_nomis(tmp_path / "a.zip", {"a.csv": [["date", "geography", "geography code", "Distance: 1"]]}))
    (tmp_path / "page.ods").write_text("<html>Sorry</html>")
    with pytest.raises(ContractError, match="a web page"):
        recognise(tmp_path / "page.ods")


def test_a_header_far_down_is_not_found(tmp_path):
    book = made.res_d01()
    book["Data_Res_D01"] = [["x"]] * 30 + book["Data_Res_D01"]
    with pytest.raises(ContractError, match="none of these"):
        recognise(write_xlsx(tmp_path / "a.xlsx", book))


def test_the_refusal_of_another_workbook_lists_the_sheets_and_headings_that_came(tmp_path):
    book = {"Cover": [["Made up"]], "2a": [["Table 2a"], ["Hate crime strand", "2024/25"], ["Race", "3"]]}
    with pytest.raises(
        ContractError,
        match=r"came none of these: a sheet 'Cover' with 'Made up' in row 1; "
        r"a sheet '2a' with 'Hate crime strand' and '2024/25' in row 2$",
    ):
        recognise(write_xlsx(tmp_path / "a.xlsx", book))


def test_components_may_name_the_year_of_their_codes_in_the_sheets_name(tmp_path):
    book = {"MYEB3 (2025 Geography)" if name == "MYEB3" else name: grid for name, grid in made.myeb3().items()}
    assert recognise(write_xlsx(tmp_path / "a.xlsx", book)) == (
        "components_of_change_rebased",
        "population_mid_year_rebased",
    )


def test_the_file_of_the_code_that_reads_a_dataset_is_known():
    assert loader_of("resettlement") == "etl/publications/home_office/resettlement/published_file.py"
    census = "etl/publications/ons/census_2021/published_file.py"
    assert loader_of("census_country_of_birth") == loader_of("census_migrant_indicator") == census
    assert loader_of("no such dataset") == ""
    assert all(loader_of(name) for name in RELEASES)


@pytest.mark.parametrize(
    ("book", "english", "welsh", "released"),
    [
        (made.csp, "Updated 23 July 2026", "Diweddarwyd 23 Gorffennaf 2026", "2026-07-23"),
        (lambda: made.asy_d11(last="31 Dec 2026"), "December 2026", "Rhagfyr 2026", "2027-02"),
        (made.res_d01, "June 2026", "Mehefin 2026", "2026-08"),
        (made.reg_02, "As at 30 June 2026", "Ar 30 Mehefin 2026", "2026-08"),
        (made.hate_crime, "Year ending March 2025", "Blwyddyn hyd at fis Mawrth 2025", "2025-10"),
        (made.myeb3, "Mid-2014, rebased", "Canol 2014, wedi'i ailseilio", "2015"),
        (made.table_12, "Quarter from July 2025 (Table_12)", "Chwarter o fis Gorffennaf 2025 (Table_12)", "2025-11"),
        (lambda: made.table_12(quarter="October to December 2025"), "Quarter from October 2025 (Table_12)",
         "Chwarter o fis Hydref 2025 (Table_12)", "2026-02"),
    ],
)  # fmt: skip
def test_a_file_says_which_edition_it_is_in_both_languages(tmp_path, book, english, welsh, released):
    edition = edition_of(write_ods(tmp_path / "a.ods", book()))
    assert edition is not None
    assert (edition.english, edition.welsh, edition.released) == (english, welsh, released)


@pytest.mark.parametrize(
    "words", ["Last updated: 22 October 2026", "Updated on 22/10/2026", "Diweddarwyd: 22 Hydref 2026"]
)
def test_police_notes_say_their_day_in_more_ways_than_one(tmp_path, words):
    book = made.csp() | {"Notes": [["Notes"], [words], ["Next update: 21 January 2027"]]}
    edition = edition_of(write_ods(tmp_path / "a.ods", book))
    assert edition is not None
    assert (edition.english, edition.released) == ("Updated 22 October 2026", "2026-10-22")


def test_of_police_notes_without_a_day_a_person_has_to_say_it(tmp_path, capsys):
    file = write_ods(tmp_path / "a.ods", made.pfa() | {"Notes": [["Notes"], ["To be updated 22 October 2026"]]})
    assert edition_of(file) is None
    assert main(["--data", str(scratch_data(tmp_path)), "add", str(file)]) == 1
    assert "expected its day of release; came none; say it with --released" in capsys.readouterr().err


def test_readers_of_live_files_belong_to_datasets_and_what_was_never_met_has_one():
    assert set(PUBLISHED_FILES) == set(RELEASES) <= set(ALL)
    assert set(AWAITED) == set(ALL) - set(DATASETS)
    assert set(AWAITED) <= set(PUBLISHED_FILES)
    assert all(set(ended) <= set(ALL) - {name} for name, ended in REPLACED.items())
    assert all(not release.corrections for release in RELEASES.values())
