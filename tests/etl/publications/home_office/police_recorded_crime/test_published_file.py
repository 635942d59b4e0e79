"""What a publisher's slip, or the affairs of England, may do to the police tables: nothing to Wales or unsaid."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pandas as pd
import pytest

from etl.__main__ import main
from etl.contract import ContractError
from etl.pipeline.checks import coverage_did_not_shrink
from etl.pipeline.extract import tidy_and_apart
from etl.pipeline.unknown_places import has_been_added
from etl.reading import sheets
from etl.release.recognise import RELEASES
from tests import synthetic as made
from tests.etl.publications.unchanged import unchanged
from tests.scratch import scratch_data

PFA, SLAVERY, CSP = "police_recorded_crime_pfa", "modern_slavery_offences", "police_recorded_crime_csp"
KENT = "E23000032"
MOVED = r"expected (a number for 'Number of Offences'|in every row an offence code)"


def read(tmp_path: Path, dataset: str, book: made.Book) -> tuple[pd.DataFrame, dict[str, str]]:
    return tidy_and_apart(RELEASES[dataset], file=made.write_ods(tmp_path / "a.ods", book))


def renamed(book: made.Book, old: str, new: str, *, column: int = 2) -> made.Book:
    """Return the tables with a force, or what else stands in a column, called otherwise."""
    for grid in book.values():
        for row in grid:
            if len(row) > column and row[column] == old:
                row[column] = new
    return book


def without(book: made.Book, *forces: str) -> made.Book:
    return {sheet: [row for row in grid if len(row) < 3 or row[2] not in forces] for sheet, grid in book.items()}


@pytest.mark.parametrize("dataset", [PFA, SLAVERY])
def test_a_silent_force_of_england_does_not_stop_wales(tmp_path, dataset):
    whole = unchanged(dataset)
    table, apart = read(tmp_path, dataset, without(made.pfa(), "Kent"))
    assert set(whole["area_code"]) - set(table["area_code"]) == {KENT}
    assert apart == {}
    pd.testing.assert_frame_equal(whole[whole["area_code"] != KENT].reset_index(drop=True), table)


@pytest.mark.parametrize("dataset", [PFA, SLAVERY])
def test_many_silent_forces_are_a_file_that_was_cut(tmp_path, dataset):
    with pytest.raises(
        ContractError, match=r"expected 44 forces in every quarter, 4 at most of them silent; came .*39"
    ):
        read(tmp_path, dataset, without(made.pfa(), *made.FORCES[:5]))


@pytest.mark.parametrize("dataset", [PFA, SLAVERY])
def test_a_quarter_in_between_that_is_missing_is_refused(tmp_path, dataset):
    book = made.pfa(years=["2015/16"])
    book["2015_16"] = [row for row in book["2015_16"] if row[1] != 3]
    with pytest.raises(ContractError, match=r"in every quarter; came lacking 2015-10-01"):
        read(tmp_path, dataset, book)


@pytest.mark.parametrize("dataset", [PFA, SLAVERY])
def test_a_new_force_of_england_is_told_and_kept_apart(tmp_path, dataset):
    whole = unchanged(dataset)
    table, apart = read(tmp_path, dataset, renamed(made.pfa(), "Kent", "Kent & Sussex [note 4]"))
    assert apart == {"E23 Kent & Sussex": ""}
    pd.testing.assert_frame_equal(whole[whole["area_code"] != KENT].reset_index(drop=True), table)


@pytest.mark.parametrize(
    "name", ["South Wles", "Heddlu Newydd", "Police of Wales", "Dyfed", "Powys and Gwent", "Northwales"]
)
@pytest.mark.parametrize("dataset", [PFA, CSP])
def test_a_force_that_may_be_welsh_is_refused(tmp_path, dataset, name):
    book = made.pfa() if dataset == PFA else made.csp()
    book = renamed(book, "South Wales", name)
    with pytest.raises(ContractError, match=f"a police force that etl/geo/geography.py knows; came '{name}'"):
        read(tmp_path, dataset, book)


def test_a_new_force_of_england_in_the_partnership_tables_is_told(tmp_path):
    whole = unchanged(CSP)
    table, apart = read(tmp_path, CSP, renamed(made.csp(), "Avon & Somerset", "Severnside"))
    assert apart == {"E23 Severnside": ""}
    pd.testing.assert_frame_equal(whole, table)


@pytest.mark.parametrize("place", ["Cardiff", "Unassigned South Wales"])
def test_a_welsh_place_under_an_unknown_force_is_refused(tmp_path, place):
    book = made.csp()
    book["2024_25"] += [[*row[:2], "Severnside", *row[3:]] for row in book["2024_25"] if row[3] == place]
    with pytest.raises(ContractError, match=r"expected a Welsh partnership under .*; came 'Severnside'"):
        read(tmp_path, CSP, book)


def test_a_force_of_england_that_was_held_and_ended_is_no_loss(tmp_path):
    held = tmp_path / "held.csv"
    unchanged(PFA).to_csv(held, index=False)
    table, _ = read(tmp_path, PFA, without(made.pfa(), "Kent"))
    coverage_did_not_shrink(table, previous=held)
    with pytest.raises(ContractError, match="W15000002"):
        coverage_did_not_shrink(table[table["area_code"] != "W15000002"], previous=held)


def test_the_force_is_told_by_the_command_and_its_file_read_again_once_it_is_known(tmp_path, capsys):
    data = scratch_data(tmp_path)
    file = made.write_ods(tmp_path / "a.ods", renamed(made.pfa(), "Kent", "Kent and Sussex"))
    command = ["--data", str(data), "add", str(file), "--accept-large-changes"]
    assert main(command) == 0
    assert "not in our list of areas: Kent and Sussex; kept apart" in capsys.readouterr().out
    note = (data / "tidy" / f"{PFA}.toml").read_text(encoding="utf-8")
    assert (
        "Cedwir ar wahân leoedd nad ydynt yn ein rhestr ardaloedd, ac nid yw symiau drostynt ar gael: Kent and Sussex."
        in note
    )
    assert not has_been_added(["E23 Kent and Sussex"])
    assert has_been_added(["E23 Kent"])


@pytest.mark.parametrize("dataset", [PFA, CSP])
def test_a_name_with_a_note_is_the_name(tmp_path, dataset):
    make = made.pfa if dataset == PFA else made.csp
    whole = unchanged(dataset)
    noted, apart = read(
        tmp_path,
        dataset,
        renamed(renamed(make(), "South Wales", "South Wales [note 2]"), "Cardiff", "Cardiff [note 3]", column=3),
    )
    assert apart == {}
    pd.testing.assert_frame_equal(whole, noted)


@pytest.mark.parametrize(
    ("column", "old", "new", "told"),
    [
        (6, "106", "106A", "modern slavery under the code 106; came '106A'"),
        (4, "Violence against the person", "Fraud", "fraud in the group 'Fraud offences'; came 'Fraud'"),
    ],
)
def test_modern_slavery_and_fraud_under_another_name_are_refused(tmp_path, column, old, new, told):
    book = made.pfa()
    for row in book["2015_16"][1:]:
        if row[6] == "106":
            row[3] = "Modern slavery"
            row[column] = new if row[column] == old else row[column]
    with pytest.raises(ContractError, match=told):
        read(tmp_path, SLAVERY, book)


def test_a_series_that_begins_later_is_a_question_that_a_person_may_answer(tmp_path, capsys):
    data = scratch_data(tmp_path)
    first = made.write_ods(tmp_path / "a.ods", made.pfa(years=["2015/16", "2016/17"]))
    later = made.write_ods(tmp_path / "b.ods", made.pfa(years=["2016/17"]))
    command = ["--data", str(data), "add"]
    assert main([*command, str(first), "--accept-large-changes"]) == 0
    assert main([*command, str(later)]) == 1
    assert "run it again with --accept-lost-periods" in capsys.readouterr().err
    assert main([*command, str(later), "--accept-lost-periods", "--accept-large-changes"]) == 0
    for name in (PFA, SLAVERY):
        assert pd.read_csv(data / "tidy" / f"{name}.csv")["period_start"].min() == "2016-04-01"


HATE, RELIGION = "hate_crime_england_wales", "hate_crime_religion_targeted"


def blanked(*, sheet: str, label: str, years: int) -> made.Book:
    """Return the hate crime tables with the newest years of a row, or of every row, marked as not available."""
    book = deepcopy(made.hate_crime())
    header = next(n for n, row in enumerate(book[sheet]) if row[0].startswith(("Hate crime strand", "Perceived")))
    last = max(n for n, cell in enumerate(book[sheet][header]) if str(cell)[:2] == "20")
    for row in book[sheet][header + 1 :]:
        if row[0].startswith(("Total number of mot", label)):
            row[last - years + 1 : last + 1] = ["[x]"] * years
    return book


@pytest.mark.parametrize(
    ("dataset", "sheet", "label", "category"),
    [(HATE, "2", "Disability", "disability"), (RELIGION, "5", "Sikh", "sikh")],
)
def test_a_strand_that_is_not_available_in_a_new_year_is_marked(tmp_path, dataset, sheet, label, category):
    table, _ = read(tmp_path, dataset, blanked(sheet=sheet, label=label, years=1))
    new = table[table["period_start"] == "2024-04-01"].set_index("category")
    assert tuple(new.loc[category, ["value", "marker"]]) == ("", "[x]")
    assert (new.drop(category)["value"] != "").all()


@pytest.mark.parametrize(("dataset", "sheet"), [(HATE, "2"), (RELIGION, "5")])
def test_a_year_without_any_figure_is_refused(tmp_path, dataset, sheet):
    with pytest.raises(ContractError, match="expected a figure in every year but 2019/20; came none in 2024-04-01"):
        read(tmp_path, dataset, blanked(sheet=sheet, label="", years=1))


def again(book: made.Book, column: int, name: str, *, sheet: str, of: tuple[int, str]) -> made.Book:
    """Return the tables with the rows of a place or force a second time, under another spelling."""
    rows = [list(row) for row in book[sheet] if row[of[0]] == of[1]]
    for row in rows:
        row[column] = name
    book[sheet] += rows
    return book


@pytest.mark.parametrize(
    ("column", "name", "of"),
    [
        (3, "CARDIFF", (3, "Cardiff")),
        (3, "The Vale of Glamorgan", (3, "Vale of Glamorgan")),
        (3, "Unassigned: South Wales", (3, "Unassigned South Wales")),
        (2, "South Wales Police", (2, "South Wales")),
    ],
)
def test_a_partnership_under_two_spellings_is_not_counted_twice(tmp_path, column, name, of):
    with pytest.raises(
        ContractError, match="expected each place, quarter and code once; came twice 2024/25 1 South Wales"
    ):
        read(tmp_path, CSP, again(made.csp(), column, name, sheet="2024_25", of=of))


@pytest.mark.parametrize("dataset", [PFA, SLAVERY])
def test_a_force_under_two_spellings_is_not_counted_twice(tmp_path, dataset):
    with pytest.raises(
        ContractError, match="each year, quarter, force and code once; came twice 28: '2015/16/1/Gwent Police"
    ):
        read(tmp_path, dataset, again(made.pfa(), 2, "Gwent Police", sheet="2015_16", of=(2, "Gwent")))


@pytest.mark.parametrize("place", ["Cardiff", "Unassigned South Wales"])
def test_a_welsh_place_under_another_welsh_force_is_refused(tmp_path, place):
    book = made.csp()
    for row in book["2024_25"]:
        row[2] = "Gwent" if row[3] == place else row[2]
    with pytest.raises(ContractError, match=f"expected each Welsh place under its own force; came {place} Gwent"):
        read(tmp_path, CSP, book)


def test_a_welsh_force_without_a_row_of_some_offence_is_refused(tmp_path):
    book = made.pfa()
    book["2015_16"] = [row for row in book["2015_16"] if not (row[6] == "8K" and row[2] == "Gwent" and row[1] == 2)]
    with pytest.raises(
        ContractError, match="same offences of every Welsh force in a quarter; lacking 2015/16 2 Gwent 8K"
    ):
        read(tmp_path, PFA, book)


@pytest.mark.parametrize(
    "sheet", ["Latest", "Data", "Table 3", "16-17", "Year to Mar-17", "Notes and data 2016_17", "Current_quarter"]
)
@pytest.mark.parametrize("dataset", [PFA, CSP])
def test_a_sheet_of_figures_that_is_not_called_after_its_year_is_refused(tmp_path, dataset, sheet):
    book = made.pfa(years=["2015/16", "2016/17"]) if dataset == PFA else made.csp(years=["2023/24", "2024/25"])
    book[sheet] = book.pop("2016_17" if dataset == PFA else "2024_25")
    with pytest.raises(ContractError, match=f"sheet '{sheet}': expected a sheet of a year to be called after it alone"):
        read(tmp_path, dataset, book)


@pytest.mark.parametrize(
    "sheet",
    ["Table of contents", "Cover_sheet", "User guide to the data tables", "Force_notes", "Notes 2016-17", "Metadata"],
)
def test_a_sheet_of_words_may_be_called_anything(tmp_path, sheet):
    whole = unchanged(PFA)
    table, _ = read(tmp_path, PFA, made.pfa() | {sheet: [["Words about 2016/17"]]})
    pd.testing.assert_frame_equal(whole, table)


@pytest.mark.parametrize(
    ("dataset", "sheet", "row", "title"),
    [
        (HATE, "2", 0, "Table 2: rate per 1,000 population"),
        (HATE, "2", 1, "England and Wales, including the Metropolitan Police"),
        (HATE, "2", 0, "Table 2: hate incidents by strand"),
        (RELIGION, "5", 0, "Table 5: percentage of religious hate crime"),
        (RELIGION, "5", 0, "Table 5: victims by perceived religion"),
    ],
)
def test_a_title_of_other_counts_is_refused(tmp_path, dataset, sheet, row, title):
    book = made.hate_crime()
    book[sheet][row] = [title]
    with pytest.raises(
        ContractError, match="expected a table of crimes counted, without the Metropolitan Police; came"
    ) as told:
        read(tmp_path, dataset, book)
    assert title in str(told.value)


def test_a_title_that_speaks_of_a_change_in_per_cent_beside_the_counts_is_a_table_of_counts(tmp_path):
    book = made.hate_crime()
    book["2"][0] = ["Table 2: number of hate crimes and percentage change, excluding the Metropolitan Police"]
    assert len(read(tmp_path, HATE, book)[0]) == len(unchanged(HATE))


@pytest.mark.parametrize(
    ("sheets", "lacking"),
    [(("2016_17",), "2016-04-01"), (("2015_16", "2016_17"), "2015-04-01")],
)
def test_modern_slavery_under_another_code_is_missed_in_the_newest_year_and_in_all(tmp_path, sheets, lacking):
    book = made.pfa(years=("2015/16", "2016/17"))
    for sheet in sheets:
        for row in book[sheet]:
            row[6] = "106A" if row[6] == "106" else row[6]
    told = rf"expected offences of the code 106 \(modern slavery\) in every quarter; came none in '{lacking}'"
    with pytest.raises(ContractError, match=told):
        read(tmp_path, "modern_slavery_offences", book)
    assert len(read(tmp_path, "police_recorded_crime_pfa", book)[0])


def test_a_file_of_partnerships_is_laid_out_once_for_each_of_its_tables(tmp_path):
    file = made.write_ods(tmp_path / "a.ods", made.csp())
    before = sheets._table.cache_info().hits
    for _ in range(2):
        tidy_and_apart(RELEASES[CSP], file=file)
    assert sheets._table.cache_info().hits == before + 1


@pytest.mark.parametrize("at", range(8))
@pytest.mark.parametrize("is_filled_up", [False, True], ids=["a cell too many", "a cell too few"])
@pytest.mark.parametrize("dataset", [PFA, SLAVERY, CSP])
def test_a_row_whose_cells_stand_beside_their_columns_is_refused_and_not_passed_over(
    tmp_path, dataset, is_filled_up, at
):
    book = made.csp() if dataset == CSP else made.pfa()
    grid = max(book.values(), key=len)
    code = "9B" if dataset != SLAVERY else "106"
    row = next(row for row in grid if "Gwent" in row and code in row)
    row[:] = [*row[:at], *row[at + 1 :], ""] if is_filled_up else [*row[:at], "", *row[at:]]
    with pytest.raises(ContractError, match=MOVED):
        read(tmp_path, dataset, book)


@pytest.mark.parametrize("other", [0, 8], ids=["the year", "the count"])
def test_a_row_whose_code_has_changed_places_is_refused_and_not_passed_over(tmp_path, other):
    book = made.csp()
    grid = max(book.values(), key=len)
    row = next(row for row in grid if "Gwent" in row and "8P" in row)
    row[7], row[other] = row[other], row[7]
    with pytest.raises(ContractError, match=r"expected (a number for|rows of that year|a financial year|in every row)"):
        read(tmp_path, CSP, book)


def test_a_row_of_a_partnership_that_was_lost_is_missed_where_noughts_are_written(tmp_path):
    """The force tables write every nought: 285 of the 9,900 rows of the five codes up to June 2023."""
    book = made.csp()
    rows = book["2024_25"]
    at = next(n for n, row in enumerate(rows) if row[3] == "Cardiff" and row[1] == 2 and row[7] == "8P")
    assert any(row[3] in made.WELSH_CSPS["Gwent"] and row[8] == 0 for row in rows)
    del rows[at]
    with pytest.raises(ContractError, match="in every quarter, as of noughts; lacking 2024/25 2 cardiff 8P"):
        read(tmp_path, CSP, book)
    for row in rows[1:]:
        row[8] = row[8] or 1
    table, _ = read(tmp_path, CSP, book)  # a file without noughts does not say whether one was lost
    assert not table.empty


@pytest.mark.parametrize(("dataset", "sheet"), [(HATE, "2"), (RELIGION, "5")])
def test_headings_of_years_that_changed_places_are_refused(tmp_path, dataset, sheet):
    book = made.hate_crime()
    heading = next(row for row in book[sheet] if "2022/23" in row)
    there, other = heading.index("2022/23"), heading.index("2023/24")
    heading[there], heading[other] = heading[other], heading[there]
    with pytest.raises(ContractError, match="expected each year once, one after another"):
        read(tmp_path, dataset, book)
