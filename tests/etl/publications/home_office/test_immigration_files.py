"""Asy_D11, Res_D01 and Reg_02 as they are published and as they slip: the right figure, or a refusal that names it."""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path

import pandas as pd
import pytest

from etl.__main__ import main
from etl.contract import ContractError
from etl.geo.geography import load_areas, match_authority_name, match_force
from etl.pipeline import load
from etl.pipeline.extract import tidy_table
from etl.release.recognise import RELEASES
from tests import synthetic as made
from tests.etl.publications.unchanged import unchanged
from tests.scratch import DATA, scratch_data

CARDIFF, NEWPORT = "W06000015", "W06000022"
D11, D01, GROUPS = "asylum_support", "resettlement", "immigration_groups_jun_2026"
NEWEST = "30 Jun 2026"


def asylum(tmp_path: Path, change) -> pd.DataFrame:
    book = deepcopy(made.asy_d11())
    change(book["Data_Asy_D11"])
    return tidy_table(RELEASES[D11], file=made.write_xlsx(tmp_path / "d11", book))


def groups(tmp_path: Path, change) -> pd.DataFrame:
    book = deepcopy(made.reg_02())
    change(book["Reg_02"])
    return tidy_table(RELEASES[GROUPS], file=made.write_ods(tmp_path / "reg", book))


def of(table: pd.DataFrame, *, area: str = CARDIFF, start: str = "2026-06-30", category: str = "total") -> list[str]:
    chosen = (table["area_code"] == area) & (table["period_start"] == start) & (table["category"] == category)
    return table.loc[chosen, "value"].tolist()


def cardiff(grid: list) -> list:
    return next(row for row in grid if len(row) > 4 and row[4] == CARDIFF and row[0] == NEWEST)


def test_two_rows_of_one_key_are_added(tmp_path):
    plain = int(of(unchanged(D11))[0])
    twice = asylum(tmp_path, lambda grid: grid.insert(-1, [*cardiff(grid)[:6], 9]))
    assert of(twice) == [str(plain + 9)]


def test_a_row_that_stands_twice_with_the_same_people_is_refused(tmp_path):
    """It was added, and told nobody: of the rows of one key in the edition of September 2024 none are alike."""
    with pytest.raises(ContractError, match=r"expected each row once; came twice 2026-06-30 .* Cardiff W06000015"):
        asylum(tmp_path, lambda grid: grid.insert(-1, list(cardiff(grid))))


@pytest.mark.shared
def test_the_publishers_own_totals_say_that_rows_of_one_key_are_added(shared_sources):
    """Edinburgh: 7 and 35 in hotels on 31 December 2022, in the total of the edition of March 2026."""
    folder = shared_sources / "migration"
    rows = pd.read_csv(folder / "asy_d11-local-authority-support-2014-2024.csv", keep_default_na=False)
    day = rows[(rows["Date"] == "2022-12-31") & (rows["LAD Code"] == "S12000036")]
    assert day["Accommodation Type"].duplicated().any()
    later = pd.read_csv(folder / "asy_d11-edition-mar-2026-la-quarterly.csv")
    (total,) = later.loc[(later["date"] == "31 Dec 2022") & (later["code"] == "S12000036"), "v"]
    assert day["People"].astype(int).sum() == total
    assert not rows.duplicated().any()


def test_a_day_pasted_twice_is_refused(tmp_path):
    def paste(grid: list) -> None:
        grid[-1:-1] = [list(row) for row in grid if row[0] == NEWEST]

    with pytest.raises(ContractError, match="expected each day once; came most rows twice on 2026-06-30"):
        asylum(tmp_path, paste)


@pytest.mark.parametrize("day", ["31 Mar 2014", NEWEST])
def test_a_code_of_another_authority_is_refused_on_every_day(tmp_path, day):
    def change(grid: list) -> None:
        next(row for row in grid if row[0] == day and row[3] == "Cardiff")[4] = NEWPORT

    with pytest.raises(
        ContractError,
        match=f"row \\d+: expected each code beside its own name; came 'Cardiff' beside {NEWPORT}, the code of Newport",
    ):
        asylum(tmp_path, change)


def test_a_large_authority_without_a_row_on_the_newest_day_is_not_read_as_nobody(tmp_path):
    def lose(grid: list) -> None:
        before = next(row for row in grid if row[0] == "31 Mar 2026" and row[3] == "Cardiff")
        before[6] = 1418
        grid[:] = [row for row in grid if not (row[0] == NEWEST and row[3] == "Cardiff")]

    with pytest.raises(ContractError, match=r"expected a row on 2026-06-30; came none for Cardiff, [\d,]+ people"):
        asylum(tmp_path, lose)


@pytest.mark.parametrize("label", ["(Dec 2023 - Sep 2024)", "(Dec 2023 - Dec 2024)"])
def test_a_pseudo_area_is_known_by_its_form_whatever_its_dates(tmp_path, label):
    name = f"N/A - Subsistence Only {label}"
    row = ["30 Sep 2024", "Section 95", "N/A", name, name, "Subsistence only", 93]
    plain, more = unchanged(D11), asylum(tmp_path, lambda grid: grid.insert(-1, row))
    pd.testing.assert_frame_equal(plain, more)
    with pytest.raises(ContractError, match="Hotels"):
        asylum(tmp_path, lambda grid: grid.insert(-1, [*row[:3], "N/A - Hotels", "N/A - Hotels", *row[5:]]))


def test_who_sponsored_is_part_of_a_schemes_name(tmp_path):
    book = deepcopy(made.res_d01())
    grid = book["Data_Res_D01"]
    for number, row in enumerate(grid[1:-1]):
        row.insert(6, "N/A" if number else "Community Sponsorship")
    sponsored = [
        2026,
        "2026 Q2",
        "Wales",
        CARDIFF,
        "Cardiff",
        "UK Resettlement Scheme",
        "Community Sponsorship Scheme",
        6,
    ]
    grid.insert(-1, sponsored)
    plain = [2026, "2026 Q2", "Wales", CARDIFF, "Cardiff", "UK Resettlement Scheme", "N/A", 4]
    grid.insert(-1, plain)
    tidy = tidy_table(RELEASES[D01], file=made.write_xlsx(tmp_path / "d01", book))
    where = {"start": "2026-04-01", "area": CARDIFF}
    assert of(tidy, category="uk_resettlement_scheme_community_sponsorship", **where) == ["6"]
    assert of(tidy, category="uk_resettlement_scheme", **where) == ["4"]
    assert of(tidy, **where) == ["10"]


def test_people_in_no_authority_and_spaces_in_headings_are_passed_over(tmp_path):
    def live(grid: list) -> None:
        grid[1][4] += " "
        width = len(grid[1])
        grid.insert(-1, ["Unknown", "Unknown", "Unknown", *[0] * (width - 4), "-"])

    pd.testing.assert_frame_equal(unchanged(GROUPS), groups(tmp_path, live))


@pytest.mark.parametrize("note", ["2", "[note 3]", " (note 1)", "¹", " [r]"])
def test_a_note_after_a_name_is_no_part_of_it(tmp_path, note):
    def change(grid: list) -> None:
        next(row for row in grid if len(row) > 2 and row[2] == CARDIFF)[0] += note

    pd.testing.assert_frame_equal(unchanged(GROUPS), groups(tmp_path, change))
    assert match_force(pd.Series([f"North Wales{note}"])).tolist() == ["W15000001"]


def test_a_word_after_a_name_is_no_note():
    with pytest.raises(ContractError, match="'Cardiff 2nd', 'Cardiff East'"):
        match_authority_name(pd.Series(["Cardiff 2nd", "Cardiff East"]), areas=load_areas())


def test_a_count_typed_as_text_with_a_comma_is_its_number_and_a_slipped_comma_is_named(tmp_path):
    def count(text: str):
        def change(grid: list) -> None:
            row = next(row for row in grid if len(row) > 2 and row[2] == CARDIFF)
            row[3] = text

        return change

    arrivals = groups(tmp_path, count("1,313"))
    chosen = arrivals[(arrivals["measure"] == "homes_for_ukraine_arrivals") & (arrivals["area_code"] == CARDIFF)]
    assert chosen["value"].tolist() == ["1313"]
    with pytest.raises(ContractError, match=r"expected a number for 'Homes for Ukraine.*came '13,13'"):
        groups(tmp_path, count("13,13"))


def test_a_code_beside_another_authoritys_name_is_refused(tmp_path):
    def change(grid: list) -> None:
        next(row for row in grid if len(row) > 2 and row[2] == CARDIFF)[0] = "Swansea"

    with pytest.raises(
        ContractError, match=r"each code beside its own name; came 'Swansea' beside W06000015, the code of Cardiff"
    ):
        groups(tmp_path, change)


def test_other_figures_of_a_day_are_asked_about_and_an_older_day_stands_beside_the_newest(tmp_path, capsys):
    """Reg_02 holds one day alone: an edition of 31 March is no step back, and ends the table of four authorities.

    A file of the day held is a correction of it, whatever day is said: its large changes are a question.
    """
    data = scratch_data(tmp_path)
    for path in (DATA / "tidy").glob("immigration_groups_*_2026.*"):
        shutil.copy(path, data / "tidy")
    load.build(data=data)
    june = made.write_ods(tmp_path / "june.ods", made.reg_02())
    assert main(["--data", str(data), "add", str(june), "--released", "2026-07-01"]) == 1
    assert "expected figures near those before" in capsys.readouterr().err
    march = made.write_ods(tmp_path / "march.ods", made.reg_02(day="31 March 2026"))
    assert main(["--data", str(data), "add", str(march), "--released", "2026-05-28"]) == 0
    assert not (data / "tidy" / "immigration_groups_mar_2026.csv").exists()
    assert (data / "tidy" / "immigration_groups_jun_2026.csv").exists()
    assert set(pd.read_csv(data / "tidy" / "immigration_groups.csv")["period_start"]) == {"2026-03-31"}


@pytest.mark.parametrize("write", [made.write_xlsx, made.write_ods])
def test_an_older_sheet_beside_the_table_is_refused_hidden_or_not(tmp_path, write):
    older = {"Data - Asy_D11": made.asy_d11(last="31 Mar 2026")["Data_Asy_D11"]}
    with pytest.raises(ContractError, match=r"one sheet for one table; came '(Data - Asy_D11|Data_Asy_D11)' and"):
        tidy_table(RELEASES[D11], file=write(tmp_path / "shown", made.asy_d11() | older))
    book = older | made.asy_d11()
    with pytest.raises(ContractError, match="'Data - Asy_D11': expected a sheet that is shown; came a hidden one"):
        tidy_table(RELEASES[D11], file=write(tmp_path / "hidden", book, hidden="Data - Asy_D11"))
    contents = tidy_table(RELEASES[D11], file=write(tmp_path / "other", made.asy_d11(), hidden="Contents"))
    assert of(contents)


@pytest.mark.parametrize(
    "name",
    ["The Cardiff", "Caerdydd", "Cardiff / Caerdydd", "cardiff", "Cardiff [r]", "Cardiff\u00a0", "City of Cardiff"],
)
def test_the_spellings_of_a_name_stand_beside_its_code(tmp_path, name):
    def change(grid: list) -> None:
        cardiff(grid)[3] = name

    pd.testing.assert_frame_equal(asylum(tmp_path, change), unchanged(D11))


@pytest.mark.parametrize("sheet", ["D01", "MYEB3"])
def test_swapped_codes_are_refused_with_their_rows_in_other_tables(tmp_path, sheet):
    book = made.res_d01() if sheet == "D01" else made.myeb3()
    grid = book["Data_Res_D01" if sheet == "D01" else "MYEB3"]
    swap = {CARDIFF: "W06000011", "W06000011": CARDIFF}
    for row in grid:
        row[:] = [swap.get(cell, cell) for cell in row]
    name = D01 if sheet == "D01" else "components_of_change_rebased"
    with pytest.raises(ContractError, match=r"row [0-9]+: .* came 'Cardiff' beside W06000011, the code of Swansea"):
        tidy_table(RELEASES[name], file=made.write_xlsx(tmp_path / "file", book))


def test_a_negative_count_is_named_with_its_sheet_and_cell(tmp_path):
    book = made.myeb3()
    book["MYEB3"][5][4] = -5
    with pytest.raises(ContractError, match=r"'MYEB3', E6: expected a number for 'births_2012', whole and not below 0"):
        tidy_table(RELEASES["components_of_change_rebased"], file=made.write_xlsx(tmp_path / "file", book))


@pytest.mark.parametrize("written", ["30 June 2026", "30/06/2026", "2026-06-30", "30-Jun-26", "30th June 2026"])
def test_a_day_may_be_written_in_the_forms_people_write(tmp_path, written):
    def change(grid: list) -> None:
        for row in grid:
            row[0] = written if row[0] == NEWEST else row[0]

    pd.testing.assert_frame_equal(unchanged(D11), asylum(tmp_path, change))


def test_a_day_that_could_be_two_is_refused(tmp_path):
    def change(grid: list) -> None:
        cardiff(grid)[0] = "06/07/2026"

    with pytest.raises(ContractError, match="expected a day such as 31 Mar 2026 or 2026-03-31; came '06/07/2026'"):
        asylum(tmp_path, change)


@pytest.mark.parametrize(
    "title",
    [
        "Reg_02: made up, as at 30 Jun 2026", "As at: 30th June 2026", "Reg_02 as at 30/06/2026 [note 1]",
        "Immigration groups as of 2026-06-30",
    ],
)  # fmt: skip
def test_the_day_of_reg_02_may_be_written_in_the_forms_people_write(tmp_path, title):
    def change(grid: list) -> None:
        grid[0][0] = title

    pd.testing.assert_frame_equal(unchanged(GROUPS), groups(tmp_path, change))


@pytest.mark.parametrize(
    "lines",
    [
        ["Reg_02: made up", "Figures as at 31 March 2026 were revised"],
        ["Reg_02: change between those as at 31 March 2026 and as at 30 June 2026"],
        ["Reg_02: made up, as at the end of June"],
    ],
)
def test_a_day_that_is_not_the_titles_own_is_refused(tmp_path, lines):
    def change(grid: list) -> None:
        grid[:1] = [[line] for line in lines]

    with pytest.raises(
        ContractError, match="expected a title of Reg_02 with 'as at' and a day, and no other day; came"
    ):
        groups(tmp_path, change)


def test_a_note_above_the_table_may_speak_of_another_day(tmp_path):
    def change(grid: list) -> None:
        grid.insert(1, ["Figures as at 31 March 2026 were revised"])

    pd.testing.assert_frame_equal(unchanged(GROUPS), groups(tmp_path, change))


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "Err:502"])
def test_a_spreadsheets_error_is_refused_in_any_cell(tmp_path, error):
    """Each column has the error in a row of its own, for of one row the first failed cell is told."""

    def change(grid: list) -> None:
        for column in range(7):
            grid[2 + column][column] = error

    with pytest.raises(ContractError) as told:
        asylum(tmp_path, change)
    for column in range(7):
        cell = f"{'ABCDEFG'[column]}{3 + column}"
        assert f"{cell}: expected a cell without a spreadsheet's error; came '{error}'" in str(told.value)


def resettled(tmp_path: Path, change) -> pd.DataFrame:
    book = deepcopy(made.res_d01())
    change(book["Data_Res_D01"])
    return tidy_table(RELEASES[D01], file=made.write_xlsx(tmp_path / "d01", book))


@pytest.mark.parametrize("written", ["2026Q2", "Q2 2026", "2026-Q2", "Apr-Jun 2026", "April to June 2026"])
def test_a_quarter_may_be_written_in_the_forms_people_write(tmp_path, written):
    def change(grid: list) -> None:
        for row in grid:
            row[1:2] = [written] if row[1:2] == ["2026 Q2"] else row[1:2]

    pd.testing.assert_frame_equal(unchanged(D01), resettled(tmp_path, change))


def received(year: int, quarter: int, code: str = CARDIFF, name: str = "Cardiff") -> list:
    return [year, f"{year} Q{quarter}", "Wales", code, name, "UK Resettlement Scheme", 4]


def test_a_quarter_without_a_row_of_anybody_is_lost_but_for_those_in_which_nobody_came(tmp_path):
    before_2020 = [received(2019, 4), received(2020, 1), received(2020, 4)]
    resettled(tmp_path, lambda grid: grid.__setitem__(slice(2, -1), before_2020))
    with pytest.raises(ContractError, match="Res_D01: expected rows of every quarter; came none of '2026Q1'"):
        resettled(tmp_path, lambda grid: grid.__setitem__(2, received(2025, 4)))


def test_a_welsh_authority_without_a_row_since_2014_is_lost(tmp_path):
    welsh = [(code, name) for code, name, nation in made.authorities() if nation == "W"]
    quarters = pd.period_range("2015Q3", "2020Q1", freq="Q")
    every = [received(q.year, q.quarter, *welsh[n % len(welsh)]) for n, q in enumerate([*quarters, *quarters])]
    resettled(tmp_path, lambda grid: grid.__setitem__(slice(2, -1), every))
    without = [row if row[3] != CARDIFF else received(row[0], int(row[1][-1]), "W06000014", "Vale of Glamorgan")
               for row in every]  # fmt: skip
    without = [row for n, row in enumerate(without) if row[:4] not in [other[:4] for other in without[:n]]]
    with pytest.raises(ContractError, match="expected rows of every Welsh authority; came none of 'Cardiff'"):
        resettled(tmp_path, lambda grid: grid.__setitem__(slice(2, -1), without))


def county(tmp_path: Path, *lines: str) -> pd.DataFrame:
    book = deepcopy(made.table_12())
    book["Table_12"][: len(lines)] = [[line] for line in lines]
    return tidy_table(RELEASES["nrm_county"], file=made.write_ods(tmp_path / "nrm", book))


@pytest.mark.parametrize("title", ["Table 12: made up, Jul-Sep 2025", "Made up, 1 July 2025 to 30 September 2025 [1]"])
def test_the_quarter_of_table_12_may_be_written_in_the_forms_people_write(tmp_path, title):
    pd.testing.assert_frame_equal(unchanged("nrm_county"), county(tmp_path, title))
    pd.testing.assert_frame_equal(unchanged("nrm_county"), county(tmp_path, title, "Compared with April to June 2025"))


@pytest.mark.parametrize(
    "lines",
    [
        ["Table 12: made up", "The quarter April to June 2025 was revised"],
        ["Table 12: change between April to June 2025 and July to September 2025"],
        ["Table 12: made up, June to August 2025"],
    ],
)
def test_a_quarter_that_is_not_the_titles_own_is_refused(tmp_path, lines):
    with pytest.raises(ContractError, match=r"expected a quarter such as .* in the title of Table_12, and no other"):
        county(tmp_path, *lines)


def test_a_refusal_names_the_file_of_the_code_that_read_the_table(tmp_path, capsys):
    book = deepcopy(made.reg_02())
    book["Reg_02"][1][3] = "Ukrainians"
    path = made.write_ods(tmp_path / "reg.ods", book)
    assert main(["--data", str(scratch_data(tmp_path)), "add", str(path), "--released", "2026-08-20"]) == 1
    told = capsys.readouterr().err
    assert "D2: expected only known headings, each once; came 'Ukrainians'" in told
    loader = "etl/publications/home_office/immigration_groups/published_file.py"
    assert f"read by {loader}; docs/new-release.md says what to change there" in told


ASIDE = "expected an authority by its code and its name, or by neither; came"


@pytest.mark.parametrize(
    ("column", "text", "told"), [(3, "Unknown", f"'Unknown' beside {CARDIFF}"), (4, "N/A", "'Cardiff' beside N/A")]
)
def test_an_authoritys_row_that_would_be_set_aside_is_refused(tmp_path, column, text, told):
    def change(grid: list) -> None:
        cardiff(grid)[column] = text

    with pytest.raises(ContractError, match=f"row \\d+: {ASIDE} {told}"):
        asylum(tmp_path, change)
    with pytest.raises(ContractError, match=f"row 3: {ASIDE} {told.replace('N/A', 'Unknown')}"):
        resettled(tmp_path, lambda grid: grid[2].__setitem__(7 - column, "Unknown"))


@pytest.mark.parametrize("code", ["Unknown", ""])
def test_an_authoritys_row_without_its_code_is_refused_in_reg_02_too(tmp_path, code):
    def second(grid: list) -> None:
        own = next(row for row in grid if len(row) > 2 and row[2] == CARDIFF)
        grid.insert(-1, [own[0], own[1], code, *own[3:]])

    with pytest.raises(ContractError, match=f"{ASIDE} 'Cardiff' beside {code or 'no code'}"):
        groups(tmp_path, second)


def test_a_section_that_vanishes_everywhere_is_lost(tmp_path):
    def lose(grid: list) -> None:
        grid[:] = [row for row in grid if row[0] != NEWEST or row[1] != "Section 95"]

    with pytest.raises(ContractError, match="expected rows of every section on 2026-06-30; came none of 'section 95'"):
        asylum(tmp_path, lose)


def test_a_table_cut_off_before_its_newer_days_is_told_in_words(tmp_path):
    with pytest.raises(ContractError, match="Asy_D11: expected figures of at least one day; came none"):
        asylum(tmp_path, lambda grid: grid.insert(30, ["End of table"]))


def test_a_scheme_is_known_in_whatever_letters(tmp_path):
    def change(grid: list) -> None:
        grid[2][5] = "UK resettlement scheme"

    pd.testing.assert_frame_equal(unchanged(D01), resettled(tmp_path, change))
