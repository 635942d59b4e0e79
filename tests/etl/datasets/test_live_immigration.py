"""Asy_D11, Res_D01 and Reg_02 as they are published and as they slip: the right figure, or a refusal that names it."""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path

import pandas as pd
import pytest

from etl import load
from etl.__main__ import main
from etl.contract import ContractError
from etl.extract import tidy_table
from etl.geography import load_areas, match_authority_name, match_force
from etl.recognise import RELEASES
from tests import synthetic as made
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
    plain = int(of(asylum(tmp_path, lambda _grid: None))[0])
    twice = asylum(tmp_path, lambda grid: grid.insert(-1, [*cardiff(grid)[:6], 8]))
    assert of(twice) == [str(plain + 8)]


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

    with pytest.raises(ContractError, match=r"expected a row on 2026-06-30; came none for Cardiff, \d+ people"):
        asylum(tmp_path, lose)


@pytest.mark.parametrize("label", ["(Dec 2023 - Sep 2024)", "(Dec 2023 - Dec 2024)"])
def test_a_pseudo_area_is_known_by_its_form_whatever_its_dates(tmp_path, label):
    name = f"N/A - Subsistence Only {label}"
    row = ["30 Sep 2024", "Section 95", "N/A", name, name, "Subsistence only", 93]
    plain, more = asylum(tmp_path, lambda _grid: None), asylum(tmp_path, lambda grid: grid.insert(-1, row))
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

    pd.testing.assert_frame_equal(groups(tmp_path, lambda _grid: None), groups(tmp_path, live))


@pytest.mark.parametrize("note", ["2", "[note 3]", " (note 1)", "¹", " [r]"])
def test_a_note_after_a_name_is_no_part_of_it(tmp_path, note):
    def change(grid: list) -> None:
        next(row for row in grid if len(row) > 2 and row[2] == CARDIFF)[0] += note

    pd.testing.assert_frame_equal(groups(tmp_path, lambda _grid: None), groups(tmp_path, change))
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

    pd.testing.assert_frame_equal(asylum(tmp_path, change), asylum(tmp_path, lambda _grid: None))


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
